"""`guitu pack`: month, quarter and year packs: drafted, fixed, written as Word, PDF and Excel, made again."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guitu.cli.main import language, say
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.exchange.packs.content import Pack
    from guitu.exchange.packs.making import Reproduced
    from guitu.store.packs import Fixed

_SORTS: Final = {
    "month": Label("月调度：一个月的汇总", "the monthly dispatch"),
    "quarter": Label("季小结：一个季度的汇总", "the quarterly summary"),
    "year": Label("年总结：一年的汇总", "the annual report"),
}
_EXAMPLE: Final = {"month": "2026-10", "quarter": "2026Q3", "year": "2026"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with a task for each sort of pack."""
    about = Label("月调度、季小结、年总结：汇总、定稿、出文", "month, quarter and year packs")
    pack = subparsers.add_parser("pack", help=say(about), description=say(about))
    tasks = pack.add_subparsers(dest="sort", metavar=say(Label("种类", "SORT")), required=True)
    for name, told in _SORTS.items():
        _add(tasks.add_parser(name, help=say(told), description=say(told)), name)


def _add(parser: argparse.ArgumentParser, sort: str) -> None:
    from guitu.cli.opening import add_account

    parser.add_argument(
        "period",
        metavar=say(Label("期间", "PERIOD")),
        help=say(Label(f"如 {_EXAMPLE[sort]}", f"such as {_EXAMPLE[sort]}")),
    )
    parser.add_argument("--unit", required=True, help=say(Label("单位代码", "a unit's code")))
    parser.add_argument(
        "--freeze",
        action="store_true",
        help=say(
            Label(
                "定稿：数字从此不变，等待核对和审签；不写只看草稿",
                "fix it: its figures never change again and wait to be checked and signed; else a draft",
            )
        ),
    )
    parser.add_argument(
        "--correct",
        metavar=say(Label("编号", "NUMBER")),
        help=say(Label("出更正报，更正这一份已报送的", "as a correction of this submitted pack")),
    )
    parser.add_argument("--why", default="", help=say(Label("更正原因", "why it is corrected")))
    parser.add_argument(
        "--out",
        metavar=say(Label("文件夹", "DIR")),
        help=say(Label("写出 Word、PDF 和 Excel", "write Word, PDF and Excel there")),
    )
    parser.add_argument(
        "--reproduce",
        metavar=say(Label("编号", "NUMBER")),
        help=say(
            Label(
                "重新制作这一份已定稿的，并说明文件和数字是否与当时相同",
                "make this fixed pack again, and say whether files and figures are the very same",
            )
        ),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    add_account(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draft, fix or make again, and print what came of it."""
    from guitu.access.packs import may
    from guitu.cli.opening import acting, noted, now, open_store, say_who_looks
    from guitu.kernel.errors import GuituError

    open_store()
    from guitu.exchange.packs import analysis, making, periods
    from guitu.store import packs
    from guitu.store.units import tree

    actor, moment = acting(options.account), now()
    unit = tree().find(options.unit)
    period = periods.read(options.sort, options.period)
    decision = may(actor, "prepare" if options.freeze else "read", unit.path)
    if not decision.allowed:
        raise GuituError(
            Label(
                f"不能办理“{unit.name}”的月报：{decision.reason.zh}。",
                f"the packs of {unit.name} are not yours to handle: {decision.reason.en}.",
            )
        )
    noted("list", (), f"pack {options.sort} {period.text} {unit.code}", actor, decision.reason)
    say_who_looks(actor)
    there = [p for p in packs.of_units([unit]) if (p.kind, p.first) == (period.kind, period.first)]
    if options.reproduce:
        fixed = _numbered(there, options.reproduce)
        found = making.counted_again(fixed, making.reproduce(fixed))
        _write(making.opened(fixed), options.out)
        return _say_reproduced(fixed, found, as_json=options.json)
    with analysis.counter() as counting:
        if options.freeze:
            old = _numbered(there, options.correct) if options.correct else None
            fixed = making.fix(
                unit, period, counting, actor=actor, now=moment, corrects=old.id if old else None,
                why=options.why,
            )  # fmt: skip
            pack = making.opened(fixed)
        else:
            pack = making.draft(unit, period, counting, moment)
    _write(pack, options.out)
    if options.json:
        print(pack.canonical())
    else:
        _say(pack, fixed=options.freeze)
    return 1 if pack.blocked else 0


def _numbered(there: list[Fixed], number: str) -> Fixed:
    from guitu.kernel.errors import GuituError

    found = next((p for p in there if number in (p.number, str(p.id))), None)
    if found is None:
        known = ", ".join(p.number for p in there) or "—"
        raise GuituError(
            Label(
                f"这一期没有编号为“{number}”的月报；已有：{known}",
                f"there is no pack “{number}” of this period; there are: {known}",
            )
        )
    return found


def _write(pack: Pack, folder: str | None) -> None:
    """The three papers, named by the pack's number."""
    from guitu.exchange.packs.papers import PAPERS, paper

    if not folder:
        return
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for one in PAPERS.values():
        path = place / f"{pack.number.strip('（）')}.{one.suffix}"
        path.write_bytes(paper(pack, one.name))
        print(path)


def _say(pack: Pack, *, fixed: bool) -> None:
    from guitu.exchange.packs.report import title_of
    from guitu.exchange.packs.words import shown

    state = Label("已定稿，待核对", "fixed, to be checked") if fixed else Label("草稿", "draft")
    print(f"{title_of(pack)}  {pack.number}  {say(state)}")
    flow = pack.flow
    parts = [f"＋{say(m.label)} {shown(m.amount)}" for m in flow.into]
    parts += [f"－{say(m.label)} {shown(m.amount)}" for m in flow.out]
    equation = " ".join([shown(flow.opening), *parts, "=", shown(flow.closing)])
    print(say(Label("在册", "register")), equation, "✓" if flow.adds_up else "✕")
    for line in pack.lines:
        print(f"  {say(line.label)}  {shown(line.now, line.unit)}  ({line.key}@{line.version})")
    for check in pack.checks:
        print("✕" if check.blocks else "◇", say(check.label))
    print(say(Label("记录序号", "counted up to entry")), f"{pack.seq:,}", pack.known_at)
    print("SM3", pack.digest().hex())


def _say_reproduced(fixed: Fixed, found: Reproduced, *, as_json: bool) -> int:
    good = all(same is not False for same in found.papers.values()) and not found.otherwise
    if as_json:
        told = {
            "number": fixed.number, "digest": fixed.digest, "papers": found.papers,
            "made_with_then": found.then, "made_with_now": found.now, "figures_otherwise": found.otherwise,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return 0 if good else 1
    print(f"{fixed.number}  SM3 {fixed.digest}")
    words = {
        True: Label("✓ 与定稿时逐字节相同", "✓ the very same bytes as when it was fixed"),
        False: Label("✕ 与定稿时不同", "✕ not the same bytes"),
        None: Label("— 当时或现在做不出", "— could not be made then or cannot now"),
    }
    for name, same in found.papers.items():
        print(f"  {name:<6} {words[same].say(language())}")
    if found.then != found.now:
        print(say(Label("制作版本不同：", "made with other editions:")), found.then, "→", found.now)
    if found.otherwise == ():
        print(
            say(
                Label(
                    "✓ 按同一记录序号重新核算，数字全部相同",
                    "✓ counted again as of the same entry: all the same",
                )
            )
        )
    if found.not_counted is not None:
        print(say(Label("— 没有重新核算：", "— not counted again:")), say(found.not_counted))
    for key in found.otherwise or ():
        print(say(Label("✕ 重新核算后不同：", "✕ counts otherwise:")), key)
    return 0 if good else 1
