"""`guitu indicators`: list what can be counted, count it, explain a figure, bring the analysis up to date.

Other commands below it stand in modules of their own, `indicators_….py`, with `declare`.
"""

from __future__ import annotations

import argparse
import csv
import json
import pkgutil
import sys
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from guitu import cli
from guitu.cli.main import language, say
from guitu.cli.opening import add_day
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.indicators import Figure, Indicator, Period, Place, Source

_EXACT = Label(
    "以下为未经隐去的准确数，只供本单位核对，不得对外提供。",
    "Exact figures, small ones too: for the office's own checking, not to be handed out.",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    about = Label("指标：列出、计算、说明、更新", "indicators: list, count, explain, refresh")
    parser = subparsers.add_parser("indicators", help=say(about), description=say(about))
    below = parser.add_subparsers(metavar=say(Label("命令", "COMMAND")), required=True)
    _declare_list(below)
    _declare_run(below)
    _declare_explain(below)
    _declare_refresh(below)
    for found in sorted(pkgutil.iter_modules(cli.__path__), key=lambda m: m.name):
        if found.name.startswith("indicators_"):
            import_module(f"guitu.cli.{found.name}").declare(below)


def _declare_list(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label("列出所有指标", "list every indicator")
    parser = below.add_parser("list", help=say(about), description=say(about))
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=list_them)


def _declare_run(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label("计算指标", "count indicators")
    parser = below.add_parser("run", help=say(about), description=say(about))
    parser.add_argument(
        "keys", nargs="*", metavar=say(Label("指标", "KEY")), help=say(Label("不写为全部", "all without it"))
    )
    _add_where(parser)
    parser.add_argument(
        "--by",
        default="",
        metavar="A,B",
        help=say(Label("分组，如 sex,age_band", "breakdowns, such as sex,age_band")),
    )
    parser.add_argument(
        "--below", action="store_true", help=say(Label("也列出下一级单位", "units below too"))
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    shape.add_argument("--csv", action="store_true", help=say(Label("以 CSV 输出", "print CSV")))
    parser.set_defaults(run=run)


def _declare_explain(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label("说明一个指标的口径和它的组成", "explain an indicator and what a figure is made of")
    parser = below.add_parser("explain", help=say(about), description=say(about))
    parser.add_argument("key", metavar=say(Label("指标", "KEY")))
    _add_where(parser)
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=explain)


def _declare_refresh(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label(
        "更新分析快照、整体研判和各级指标",
        "bring the snapshot, everybody's assessment and the board up to date",
    )
    parser = below.add_parser("refresh", help=say(about), description=say(about))
    add_day(parser)
    parser.add_argument(
        "--full", action="store_true", help=say(Label("快照全部重新生成", "make the snapshot anew"))
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=refresh)


def _add_where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--period",
        action="append",
        default=[],
        metavar="P",
        help=say(
            Label(
                "期间，可多次：2026-10、2026Q3、2026、2016-11-01..2019-10-31；默认本月",
                "period, may be repeated: 2026-10, 2026Q3, 2026, 2016-11-01..2019-10-31; else this month",
            )
        ),
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar=say(Label("代码", "CODE")),
        help=say(
            Label("单位代码，可多次；默认最上级", "unit code, may be repeated; the top ones without it")
        ),
    )


def list_them(options: argparse.Namespace) -> int:
    """Print every indicator with its label, unit and breakdowns."""
    from guitu.compose import indicators

    found = list(indicators().values())
    if options.json:
        print(json.dumps([as_data(one) for one in found], ensure_ascii=False))
        return 0
    width = max(len(one.key) for one in found)
    for one in found:
        by = f"  [{', '.join(one.breakdowns)}]" if one.breakdowns else ""
        unit = one.counting.symbol.say(language())
        print(f"{one.key:{width}}  v{one.version}  {one.label.say(language())}（{unit}）{by}")
    return 0


def as_data(one: Indicator) -> dict[str, Any]:
    """An indicator's declaration, for programs."""
    from guitu.indicators.wording import counted_on, denominator, numerator, sources

    def both(label: Label | None) -> dict[str, str] | None:
        return {"zh": label.zh, "en": label.en} if label is not None else None

    return {
        "key": one.key,
        "version": one.version,
        "label": both(one.label),
        "unit": one.unit,
        "definition": both(one.definition),
        "numerator": both(numerator(one)),
        "denominator": both(denominator(one)),
        "counted_on": both(counted_on(one)),
        "where_counted": one.where_counted,
        "sources": list(sources(one)),
        "breakdowns": list(one.breakdowns),
        "plausible": [None if b is None else float(b) for b in one.plausible] if one.plausible else None,
        "cites": list(one.cites),
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "imported": one.imported,
        "note": both(one.note),
    }


def run(options: argparse.Namespace) -> int:
    """Count, and print a line for each figure."""
    from guitu.compose import indicator_versions, indicators

    chosen = [indicators()[key] for key in options.keys] or list(indicators().values())
    by = tuple(word.strip() for word in options.by.split(",") if word.strip())
    for one in chosen:
        missing = [word for word in by if word not in one.breakdowns]
        if missing and options.keys:
            offered = ", ".join(one.breakdowns) or "—"
            raise GuituError(
                Label(
                    f"指标“{one.key}”不能按“{missing[0]}”分组，可用：{offered}",
                    f"“{one.key}” cannot be split by “{missing[0]}”; it offers: {offered}",
                )
            )
    from guitu.cli.opening import open_store

    open_store()
    from guitu.indicators import run as count
    from guitu.store.analysis import source

    with source() as rows:
        places = _places(options.unit, rows, below=options.below)
        periods = _periods(options.period, rows)
        versions = [version for one in chosen for version in indicator_versions()[one.key]]
        figures = count(versions, rows, places=places, periods=periods, by=by, among=indicator_versions())
        named = {place.no: place for place in rows.places()}
    print(say(_EXACT), file=sys.stderr)
    if options.json:
        print(json.dumps([figure_data(one, named) for one in figures], ensure_ascii=False))
    elif options.csv:
        _csv(figures, named)
    else:
        _table(figures, named)
    return 0


def _places(codes: Sequence[str], rows: Source, *, below: bool = False) -> list[Place]:
    from guitu.kernel.errors import nearest

    by_code = {place.code: place for place in rows.places()}
    chosen = []
    for code in codes:
        if code not in by_code:
            guess = nearest(code, by_code) or ""
            raise GuituError(
                Label(
                    f"分析数据中没有代码为“{code}”的单位" + (f"，是不是“{guess}”？" if guess else ""),
                    f"the analysis has no unit “{code}”" + (f"; did you mean “{guess}”?" if guess else ""),
                )
            )
        chosen.append(by_code[code])
    chosen = chosen or [place for place in rows.places() if place.depth == 1]
    if below:
        chosen += [place for place in rows.places() if place.parent in {one.no for one in chosen}]
    return chosen


def _periods(texts: Sequence[str], rows: Source) -> list[Period]:
    from guitu.indicators import Period

    return [Period.parse(text) for text in texts] or [Period.month(rows.on.year, rows.on.month)]


def figure_data(figure: Figure, named: dict[int, Place]) -> dict[str, Any]:
    """A figure, for programs. Numbers that are not whole are text, so that none is rounded on the way."""

    def number(value: int | Decimal | None) -> int | str | None:
        return str(value) if isinstance(value, Decimal) else value

    place = named[figure.unit_no]
    return {
        "indicator": figure.indicator,
        "version": figure.version,
        "unit": place.code,
        "name": place.name,
        "level": figure.level,
        "period": figure.period.text,
        "from": figure.period.first.isoformat(),
        "until": figure.period.last.isoformat(),
        "by": dict(figure.by),
        "value": number(figure.value),
        "over": number(figure.over),
        "under": number(figure.under),
        "parts": {name: number(value) for name, value in figure.parts.items()},
        "n": figure.n,
        "warnings": [{"code": w.code, "zh": w.label.zh, "en": w.label.en} for w in figure.warnings],
    }


def _csv(figures: Sequence[Figure], named: dict[int, Place]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(
        ["indicator", "version", "unit", "name", "period", "by", "value", "over", "under", "n", "warnings"]
    )
    for one in figures:
        data = figure_data(one, named)
        by = " ".join(f"{dim}={word}" for dim, word in one.by)
        warnings = " ".join(warning["code"] for warning in data["warnings"])
        writer.writerow(
            [one.indicator, one.version, data["unit"], data["name"], data["period"], by]
            + [data[key] for key in ("value", "over", "under", "n")]
            + [warnings]
        )


def _table(figures: Sequence[Figure], named: dict[int, Place]) -> None:
    from guitu.compose import indicators
    from guitu.indicators.wording import word

    for one in figures:
        indicator = indicators()[one.indicator]
        share = f"  ({one.over}/{one.under})" if one.under is not None else ""
        by = "".join(f"  {word(dim, value).say(language())}" for dim, value in one.by)
        shown = f"{indicator.counting.show(one.value, language())}{share}"
        place, period = named[one.unit_no].name, one.period.label.say(language())
        print(f"{indicator.label.say(language())}  {place}  {period}{by}  {shown}")
        for warning in one.warnings:
            print(f"    ◇ {say(warning.label)}")


def explain(options: argparse.Namespace) -> int:
    """Print the definition, and the parts of the figures asked for."""
    from guitu.compose import indicator_versions, indicators
    from guitu.indicators.wording import described

    chosen = indicators()[options.key]
    versions = indicator_versions()[options.key]
    figures: list[Figure] = []
    named: dict[int, Place] = {}
    if options.period or options.unit:
        from guitu.cli.opening import open_store

        open_store()
        from guitu.indicators import run as count
        from guitu.store.analysis import source

        with source() as rows:
            places, periods = _places(options.unit, rows), _periods(options.period, rows)
            figures = count(versions, rows, places=places, periods=periods, among=indicator_versions())
            named = {place.no: place for place in rows.places()}
    if options.json:
        told = [figure_data(one, named) for one in figures]
        data = {"versions": [as_data(one) for one in versions], "figures": told}
        print(json.dumps(data, ensure_ascii=False))
        return 0
    for one in versions:
        for line in described(one):
            print(say(line))
    if figures:
        print(say(_EXACT), file=sys.stderr)
    for figure in figures:
        print()
        _table([figure], named)
        for name, value in figure.parts.items():
            from guitu.indicators.wording import part_word

            print(f"    {part_word(chosen, name).say(language())}  {value:,}")
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Bring everything up to date, saying how far it is."""
    from guitu.cli.opening import now, open_store, today

    open_store()
    from guitu.store import roster_phases

    roster_phases.record_all(now())  # closed duty that began by a published roster is counted too
    told = refreshed(options.on or today(), now(), full=options.full)
    if options.json:
        print(json.dumps(told))
    return 0


def refreshed(day: Any, now: Any, *, full: bool = False) -> dict[str, Any]:
    """Refresh with progress on standard error; what was done, for programs."""
    from guitu.cli.progress import Progress
    from guitu.store.analysis import STEPS, refresh

    label = Label("正在更新：{step} {done} / {total}", "Bringing up to date: {step}, {done} of {total}")
    shown: list[str] = [""]
    with Progress(label) as progress:

        def at(step: str, done: int, total: int) -> None:
            if shown[0] != step:
                shown[0] = step
                progress.label = Label(
                    label.zh.replace("{step}", STEPS[step].zh), label.en.replace("{step}", STEPS[step].en)
                )
            progress.at(done, total)

        made = refresh(day, now, full=full, progress=at)
    seconds = {step: round(took, 2) for step, took in made.seconds.items()}
    print(
        say(
            Label(
                f"已更新：新记录 {made.entries:,} 条，研判 {made.people:,} 人，指标数 {made.figures:,} 个，"
                f"用时 {sum(seconds.values()):.1f} 秒。",
                f"Up to date: {made.entries:,} new entries, {made.people:,} people assessed,"
                f" {made.figures:,} figures, {sum(seconds.values()):.1f} seconds.",
            )
        ),
        file=sys.stderr,
    )
    return {
        "seq": made.board.seq,
        "day": made.board.day,
        "entries": made.entries,
        "people": made.people,
        "figures": made.figures,
        "seconds": seconds,
    }
