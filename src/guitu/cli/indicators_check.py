"""`guitu indicators check`: the figures of a targets file counted back from the records.

It is declared under `guitu indicators` (`declare`), not as a command of its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from guitu.cli.main import language, say
from guitu.cli.opening import add_day
from guitu.indicators.counting import COUNTING_UNITS
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.indicators.comparing import Compared

VERDICTS: Final = {
    "equal": Label("一致", "equal"),
    "near": Label("约数，有差", "differs; printed as about"),
    "different": Label("不一致", "DIFFERENT"),
    "missing": Label("没有数", "MISSING"),
}
_HEAD: Final = (
    Label("指标", "figure"),
    Label("地区", "place"),
    Label("期间", "period"),
    Label("公布", "printed"),
    Label("本系统", "ours"),
    Label("差", "difference"),
    Label("结果", "result"),
)
_NUMBERS: Final = frozenset({3, 4, 5})


def declare(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command below `guitu indicators`."""
    about = Label("按目标文件核对数字", "count the figures of a targets file back")
    parser = subparsers.add_parser(
        "check",
        help=say(about),
        description=say(
            Label(
                "用指标把目标文件里的每个数字从记录数回来，列出公布数、本系统的数和差。"
                "准确数有差，退出码为 1。",
                "Count every figure of a targets file from the records and print the figure, the printed"
                " value, ours and the difference. The exit code is 1 where an exact figure differs.",
            )
        ),
    )
    parser.add_argument(
        "--targets", type=Path, required=True, metavar=say(Label("文件", "FILE")),
        help=say(Label("目标文件（TOML）", "targets file (TOML)")),
    )  # fmt: skip
    add_day(parser)
    parser.add_argument("--json", action="store_true", help=say(Label("输出 JSON", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, print, and say by the exit code whether every exact figure came out."""
    from guitu import compose
    from guitu.indicators.comparing import compare, faults
    from guitu.indicators.targets import read

    targets = read(options.targets)
    from guitu.cli.opening import now, open_store, today

    open_store()
    from guitu.store.analysis import up_to_date

    with up_to_date(options.on or today(), now()) as rows:
        compared = compare(targets, compose.indicator_versions(), rows)
    if options.json:
        print(json.dumps([_as_json(one) for one in compared], ensure_ascii=False, indent=1))
    else:
        print(table(compared))
    return 1 if faults(compared) else 0


def table(compared: Sequence[Compared]) -> str:
    """Every figure on a line of its own, notes below it, and a closing sentence."""
    rows = [[say(head) for head in _HEAD], *(_row(one) for one in compared)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [_line(rows[0], widths)]
    for one, row in zip(compared, rows[1:], strict=True):
        lines.append(_line(row, widths))
        lines += [f"    {note}" for note in _notes(one)]
    return "\n".join([*lines, "", say(_closing(compared))])


def _row(one: Compared) -> list[str]:
    target = one.target
    return [
        target.label,
        one.place.name or one.place.code,
        one.period.label.say(language()),
        _number(target.value, one),
        "—" if one.figure.value is None else _number(target.as_printed(one.figure.value), one),
        "—" if one.difference is None else f"{one.difference:+,f}" if one.difference else "0",
        say(VERDICTS[one.verdict]),
    ]


def _number(value: Decimal, one: Compared) -> str:
    symbol = one.target.counting.symbol.say(language())
    return f"{value:,f}{symbol}" if one.target.counting.per else f"{value:,f} {symbol}"


def _notes(one: Compared) -> list[str]:
    """What must be said beside a figure: another print, another unit, where ours comes from, warnings."""
    target, found = one.target, []
    if target.conflict is not None:
        found.append(
            Label(
                f"另一处印作 {target.conflict}：两处都保留，不取舍。",
                f"printed elsewhere as {target.conflict}: both are kept, none is chosen.",
            )
        )
    if target.printed_unit:
        printed, meant = COUNTING_UNITS[target.printed_unit], target.counting
        found.append(
            Label(
                f"原文单位印作 {printed.symbol.zh}，应为 {meant.symbol.zh}。",
                f"printed in {printed.symbol.en}; {meant.symbol.en} is meant.",
            )
        )
    if one.published:
        found.append(
            Label(
                "公布的汇总数，照录，不从人员推算。",
                "a published aggregate, as entered; not counted from persons.",
            )
        )
    if target.period is None:
        found.append(
            Label(
                "原文未写期间，按整份文件的期间计。",
                "the print states no period; counted for the span of the file.",
            )
        )
    if not target.exact:
        found.append(Label("原文为约数。", "the print says about so many."))
    return [say(note) for note in (*found, *(warning.label for warning in one.warnings))]


def _closing(compared: Sequence[Compared]) -> Label:
    exact = [one for one in compared if one.target.exact]
    wrong = [one for one in exact if one.at_fault]
    conflicts = sum(one.target.conflict is not None or bool(one.target.printed_unit) for one in compared)
    return Label(
        f"共 {len(compared)} 个数字，准确数 {len(exact)} 个，其中不一致 {len(wrong)} 个；"
        f"原文自相矛盾或单位有误 {conflicts} 处。",
        f"{len(compared)} figures; {len(exact)} are exact, {len(wrong)} of them differ; {conflicts} prints"
        " contradict themselves or have the wrong unit.",
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        " " * (width - _width(cell)) + cell if at in _NUMBERS else cell + " " * (width - _width(cell))
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _as_json(one: Compared) -> dict[str, Any]:
    target = one.target

    def number(value: Decimal | int | None) -> int | float | None:
        if value is None:
            return None
        return int(value) if value == int(value) else float(value)

    return {
        "key": target.key,
        "label": target.label,
        "scope": target.scope,
        "unit_code": one.place.code,
        "from": one.period.first.isoformat(),
        "until": one.period.last.isoformat(),
        "printed": number(target.value),
        "ours": None if one.figure.value is None else number(target.as_printed(one.figure.value)),
        "difference": number(one.difference),
        "unit": target.unit,
        "printed_unit": target.printed_unit or None,
        "exact": target.exact,
        "imported": one.published,
        "conflict": number(target.conflict),
        "verdict": one.verdict,
        "version": one.indicator.version,
        "warnings": [{"code": w.code, "label": say(w.label)} for w in one.warnings],
    }
