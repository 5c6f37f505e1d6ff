"""`guitu draw check`: whether the test days of a draw are those that its sealed seed gives. Needs no
store."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from guitu.cli.main import language, say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MOST_BYTES: Final = 256 * 1024 * 1024


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its task."""
    about = Label("检测日抽签", "the draw of test days")
    draw = subparsers.add_parser("draw", help=say(about), description=say(about))
    tasks = draw.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)
    checked = Label(
        "核验一份抽签表：种子与承诺、承诺日期、每个签号的日期；有不符时以 1 退出",
        "check the sheet of a draw: seed and commitment, when it was committed to, every lot's day; exits"
        " with 1"
        " if anything is wrong",
    )
    check = tasks.add_parser("check", help=say(checked), description=say(checked))
    check.add_argument("file", type=Path, metavar="FILE", help=say(Label("核验表（JSON）", "sheet, JSON")))
    check.add_argument(
        "--case",
        default="",
        metavar=say(Label("档案号", "CASE")),
        help=say(Label("并核对本档案的签号", "see also whether this file's lot is in it")),
    )
    check.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Check it; 1 if anything is wrong."""
    from guitu.home.draw import check, lot_of, read_sheet

    sheet, case = read_sheet(_text(options.file)), options.case.strip()
    faults = check(sheet, case_no=case)
    own = lot_of(bytes.fromhex(sheet.seed), case) if case and not _unreadable(faults) else ""
    days = [one.day.isoformat() for one in sheet.lots if one.window.lot == own] if own else []
    if options.json:
        told = {
            "lots": len(sheet.lots),
            "good": not faults,
            "lot": own,
            "days": days,
            "worked_out": sheet.worked_out.isoformat() if sheet.worked_out else None,
            "faults": [{"code": f.code, "lot": f.lot, "message": f.label.say(language())} for f in faults],
        }
        print(json.dumps(told, ensure_ascii=False))
        return 1 if faults else 0
    for fault in faults:
        print(f"✕ {fault.lot + ' ' if fault.lot else ''}{say(fault.label)}", file=sys.stderr)
    if own and days:
        print(say(Label(f"您的签号 {own}：{'、'.join(days)}", f"your lot {own}: {', '.join(days)}")))
    if sheet.worked_out is not None:
        print(
            say(
                Label(
                    f"签号揭示时没有留存，按 {sheet.worked_out} 的记录推算；此后更正、迁移会使签号变动。",
                    "The lots were not kept when the seed was revealed: they were worked out from the records"
                    f" of {sheet.worked_out}, and a correction or a move since then changes them.",
                )
            )
        )
    if not faults:
        n = len(sheet.lots)
        print(
            say(
                Label(
                    f"✓ {n} 个签号全部相符，承诺在先", f"✓ all {n} lots agree, and were committed to before"
                )
            )
        )
    return 1 if faults else 0


def _unreadable(faults: object) -> bool:
    return any(f.code == "seed_unreadable" for f in faults)  # type: ignore[attr-defined]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise GuituError(Label(f"{path} 太大", f"{path} is too large"))
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise GuituError(Label(f"读不出 {path}", f"cannot read {path}")) from problem
