"""`guitu ledger`: check, import and export ledgers 台账."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guitu.cli.main import language, say
from guitu.cli.opening import amount
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.access import Actor
    from guitu.exchange.ledgers.area import Area
    from guitu.exchange.ledgers.check import CheckResult, SheetResult

SHOWN: Final = 200
"""How many problems are printed line by line; the rest are in --json and in the held workbook."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its three tasks."""
    about = Label("核对、导入、导出台账", "check, import and export ledgers")
    ledger = subparsers.add_parser("ledger", help=say(about), description=say(about))
    tasks = ledger.add_subparsers(metavar=say(Label("做什么", "TASK")), required=True)
    _add_check(tasks)
    _add_import(tasks)
    _add_export(tasks)


def _task(
    tasks: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: Label
) -> argparse.ArgumentParser:
    from guitu.cli.opening import add_day

    parser = tasks.add_parser(name, help=say(about), description=say(about))
    parser.add_argument("--lang", choices=("zh", "en"), help=say(Label("输出语言", "language of the output")))
    add_day(parser)
    return parser


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar=say(Label("文件", "FILE")),
        help=say(Label(".xlsx、.xls 或 .csv", ".xlsx, .xls or .csv")),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.add_argument(
        "--max-mb",
        type=amount,
        default=20,
        metavar="MB",
        help=say(Label("文件大小上限，默认 20", "the largest file accepted, 20 without it")),
    )


def _add_check(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label(
        "核对台账，不写入任何内容：哪些行可导入，哪些退回、错在哪里",
        "check a ledger and write nothing: which rows can go in, which are held, and where each fault is",
    )
    parser = _task(tasks, "check", about)
    _add_file(parser)
    parser.add_argument(
        "--held",
        metavar=say(Label("文件", "FILE")),
        help=say(Label("把退回行另存为工作簿", "save the held rows as a workbook")),
    )
    parser.set_defaults(run=check)


def _add_import(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = Label(
        "导入台账：无误的行写入档案，每张工作表一次写完；重复导入不会重复登记",
        "import a ledger: rows without a fault go into the files, each sheet as a whole; again adds nothing",
    )
    parser = _task(tasks, "import", about)
    _add_file(parser)
    parser.add_argument(
        "--unit",
        required=True,
        help=say(Label("报送单位的代码", "the code of the unit whose ledger this is")),
    )
    parser.add_argument(
        "--as",
        "--user",
        dest="user",
        help=say(
            Label("以此账号的名义登记，默认为系统", "record in the name of this account, else of the service")
        ),
    )
    parser.add_argument(
        "--held",
        metavar=say(Label("文件", "FILE")),
        help=say(Label("把退回行另存为工作簿", "save the held rows as a workbook")),
    )
    parser.set_defaults(run=import_)


def import_(options: argparse.Namespace) -> int:
    """Import one file and print what became of each sheet."""
    from guitu.cli.opening import noted, now, open_store, today
    from guitu.cli.progress import Progress

    open_store()
    from guitu.exchange.ledgers import held_workbook
    from guitu.exchange.ledgers.importing import import_workbook
    from guitu.exchange.ledgers.workbook import read_bytes

    most = options.max_mb << 20
    data = read_bytes(options.file, most)
    noted("record", (), f"ledger-import {options.unit}")
    label = Label("正在导入 {done} / {total} 行", "importing row {done} of {total}")
    with Progress(label) as shown:
        result = import_workbook(
            data,
            name=Path(options.file).name,
            unit=options.unit,
            on=options.on or today(),
            actor=_actor(options.user),
            now=now(),
            language=language(),
            most_bytes=most,
            progress=lambda _sheet, done, total: shown.at(done, total),
        )
    if options.held:
        save(options.held, held_workbook(data, result.check))
    if options.json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
        return 0
    for checked, sheet in zip(result.check.sheets, result.sheets, strict=True):
        line = Label(
            f"{sheet.sheet} · ✓新导入 {sheet.new:,} 行（{sheet.entries:,} 条记录） · "
            f"○与已有记录相同 {sheet.there:,} · ✕退回 {sheet.held:,}",
            f"{sheet.sheet} · ✓ {sheet.new:,} rows in ({sheet.entries:,} entries) · "
            f"○ {sheet.there:,} already there · ✕ {sheet.held:,} held",
        )
        print(say(line))
        _unseen(checked)
        for place, rows in sheet.unplaced.items():
            note = Label(
                f"  ◇提示  单位树中没有“{place.left}”（{rows} 行），责任单位暂记为{place.name}，原文记入备注",
                f"  ◇ note  the tree has no unit “{place.left}” ({rows} rows); {place.name} stands for it "
                "and the words are kept as a remark.",
            )
            print(say(note))
    _problems(result.check)
    return 0


def _add_export(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from guitu.exchange.ledgers.declared import ledgers

    about = Label(
        "按规定格式导出台账，可直接打印；导出的再导入不会有任何变化",
        "write a ledger in its prescribed layout, ready to print; importing it again changes nothing",
    )
    parser = _task(tasks, "export", about)
    named = "、".join(f"{one.name}（{one.label.zh}）" for one in ledgers().values())
    in_english = ", ".join(f"{one.name} ({one.label.en})" for one in ledgers().values())
    parser.add_argument("ledger", metavar=say(Label("台账", "LEDGER")), help=say(Label(named, in_english)))
    parser.add_argument("--unit", required=True, help=say(Label("单位代码", "the unit's code")))
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar=say(Label("文件", "FILE")),
        help=say(Label("存到哪里，- 为标准输出", "where to save it; - is standard output")),
    )
    parser.add_argument(
        "--as",
        "--user",
        dest="user",
        metavar=say(Label("账号", "ACCOUNT")),
        help=say(Label("以此账号的名义导出", "export in the name of this account")),
    )
    parser.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write one ledger."""
    from guitu.cli.opening import noted, now, open_store, say_who_looks, today

    open_store()
    from guitu.exchange.ledgers.export import export_ledger

    actor = _actor(options.user)
    made = export_ledger(
        options.ledger,
        unit=options.unit,
        on=options.on or today(),
        actor=actor,
        now=now(),
        made_by=options.user or "",
    )
    noted("export", made.files, f"ledger {options.ledger} {options.unit}", actor, made.decision.reason)
    save(options.output, made.data)
    say_who_looks(actor)
    if options.output != "-":
        print(
            say(
                Label(f"已导出 {made.rows:,} 行：{options.output}", f"{made.rows:,} rows in {options.output}")
            )
        )
    return 0


def _actor(username: str | None) -> Actor:
    """The account's posts, or the service itself."""
    from guitu.cli.opening import acting

    return acting(username)


def check(options: argparse.Namespace) -> int:
    """Check one file and print what was found."""
    from guitu.cli.opening import now, today
    from guitu.exchange.ledgers import check_workbook, held_workbook
    from guitu.exchange.ledgers.workbook import read_bytes

    area = _area_here()
    if area:
        from guitu.exchange.ledgers.printed import let_printed_through
    result = check_workbook(
        options.file,
        on=options.on or today(),
        known_person=area.known if area else None,
        language=language(),
        most_bytes=options.max_mb << 20,
        printed=(lambda tables: let_printed_through(tables, area, now())) if area else None,
    )
    if options.held:
        save(options.held, held_workbook(read_bytes(options.file, options.max_mb << 20), result))
    if options.json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        _show(result)
    return 0


def _area_here() -> Area | None:
    """Whom this office's store knows, if there is a store; a check needs none and makes none."""
    import os

    folder = Path(os.environ.get("GUITU_HOME") or Path.home() / ".guitu").expanduser()
    if not os.environ.get("GUITU_DATABASE_URL") and not (folder / "guitu.sqlite3").is_file():
        return None
    from django.db import Error

    from guitu.cli.opening import start_django
    from guitu.kernel.errors import GuituError

    try:
        start_django()
        from guitu.access import house
        from guitu.exchange.ledgers.area import Area

        area = Area(house("ledger"))
        area.known(["0"])
    except (Error, GuituError):
        note = Label(
            "没有查对档案库，只在本文件内找人。",
            "The store could not be asked; people are looked for in this file alone.",
        )
        print(say(note), file=sys.stderr)
        return None
    return area


def _show(result: CheckResult) -> None:
    """The findings for a reader at a terminal."""
    from guitu.exchange.ledgers import ledgers

    for sheet in result.sheets:
        line = Label(
            f"{sheet.sheet} · {ledgers()[sheet.ledger].label.zh} · 表头在第 {sheet.header_row} 行 · "
            f"✓可导入 {sheet.accepted:,} · ✕退回 {sheet.held:,}",
            f"{sheet.sheet} · {ledgers()[sheet.ledger].label.en} · header in row {sheet.header_row} · "
            f"✓ {sheet.accepted:,} can go in · ✕ {sheet.held:,} held",
        )
        print(say(line))
        _unseen(sheet)
        if sheet.unknown_columns:
            listed = "、".join(sheet.unknown_columns)
            print(
                "  "
                + say(Label(f"不认识、不导入的列：{listed}", f"columns not known and not taken in: {listed}"))
            )
    if result.passed_over:
        listed = "、".join(result.passed_over)
        print(
            say(Label(f"不是台账、未读的工作表：{listed}", f"sheets that are no ledgers, not read: {listed}"))
        )
    _problems(result)


def _unseen(sheet: SheetResult) -> None:
    """What of the sheet was hidden and was read all the same."""
    if label := sheet.unseen:
        print(say(Label(f"  ◇提示  {label.zh}", f"  ◇ note  {label.en}")))


def _problems(result: CheckResult) -> None:
    """Every problem with its place and its sentence."""
    _table(
        [
            (
                problem.sheet,
                str(problem.row),
                say(Label("✕有误", "✕ fault")) if problem.held else say(Label("◇提示", "◇ note")),
                problem.label.say(language()),
            )
            for problem in result.problems[:SHOWN]
        ]
    )
    more = len(result.problems) - SHOWN
    if more > 0:
        print(say(Label(f"…… 另有 {more:,} 处，用 --json 查看全部", f"… {more:,} more; see all with --json")))


def _table(rows: Sequence[tuple[str, str, str, str]]) -> None:
    if not rows:
        return
    print()
    for sheet, row, mark, message in rows:
        print(say(Label(f"{sheet} 第 {row} 行  {mark}  {message}", f"{sheet} row {row}  {mark}  {message}")))


def save(path: str, data: bytes) -> None:
    """Write a file that the command was asked for; `-` is standard output."""
    if path == "-":
        sys.stdout.buffer.write(data)
        return
    from guitu.kernel.errors import GuituError

    try:
        Path(path).write_bytes(data)
    except OSError as problem:
        raise GuituError(
            Label("不能写入这个文件，请换一个位置。", "This file cannot be written; choose another place."),
            where=path,
        ) from problem
