"""`guitu readings`: who has seen a file, what an account has seen, what an auditor should look at; and old
months go."""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from guitu.cli.main import language, say
from guitu.cli.opening import amount
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from guitu.store.readings.seen import Line

DAYS = 90
LONGEST = 36_500
"""Days back, however many are asked for."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its tasks."""
    about = Label(
        "查阅记录：谁看过一份档案、一个账号看过什么、哪些查阅应当核对；清理六个月以前的月份",
        "the access log: who has seen a file, what an account has seen, what should be looked at; and how "
        "months over six go",
    )
    parser = subparsers.add_parser("readings", help=say(about), description=say(about))
    tasks = parser.add_subparsers(metavar=say(Label("任务", "TASK")), required=True)
    of = _task(
        tasks, "of", Label("谁看过这份档案，按人按日", "who has seen this file, by person and day"), _of
    )
    of.add_argument("case", metavar="CASE", help=say(Label("档案号", "a case number")))
    by = _task(tasks, "by", Label("这个账号看过什么", "what this account has seen"), _by)
    by.add_argument("account", metavar="ACCOUNT", help=say(Label("账号", "an account")))
    odd = _task(tasks, "unusual", Label("规则所指的查阅", "the reading that the rules point at"), _unusual)
    odd.add_argument(
        "--unit", default="", help=say(Label("单位代码，默认全部", "a unit’s code; all without it"))
    )
    for one in (of, by):
        one.add_argument("--page", type=amount, default=1, help=say(Label("第几页", "which page")))
    prune = _task(
        tasks,
        "prune",
        Label(
            "清理此日所在月份以前的记录，留下签名凭证；至少保存六个月（网络安全法第二十三条）",
            "remove what was noted before the month of this day and leave a signed stub; six months are kept "
            "at least (Cybersecurity Law, article 23)",
        ),
        _prune,
    )
    from guitu.cli.opening import day

    prune.add_argument("--before", required=True, metavar="YYYY-MM-DD", type=day, help=say(
        Label("此日所在月份以前", "before the month of this day")
    ))  # fmt: skip
    tie = _task(
        tasks,
        "tie",
        Label(
            "告知账号持有人的身份号码（只存加密摘要）和住处，用来发现看自己或同村人档案",
            "tell an account holder’s identity number (kept as a keyed digest only) and where they live, so "
            "that reading of one’s own or a neighbour’s file is noticed",
        ),
        _tie,
    )
    tie.add_argument("account", metavar="ACCOUNT", help=say(Label("账号", "an account")))
    tie.add_argument("--identity", default="", help=say(Label("身份号码", "the identity number")))
    tie.add_argument(
        "--lives-at", default="", help=say(Label("住处所在单位代码", "the code of the unit where they live"))
    )


def _task(
    tasks: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: Label,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = tasks.add_parser(name, help=say(about), description=say(about))
    if name in ("of", "by", "unusual"):
        parser.add_argument(
            "--days",
            type=amount,
            default=7 if name == "unusual" else DAYS,
            help=say(Label("最近多少天", "how many days back")),
        )
        parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)
    return parser


def _span(days: int) -> tuple[datetime, datetime]:
    from guitu.cli.opening import now

    return now() - timedelta(days=min(days, LONGEST)), now() + timedelta(days=1)


def _of(options: argparse.Namespace) -> int:
    """Who has seen a file."""
    from guitu.cli.opening import noted, open_store

    open_store()
    from guitu.store import engine
    from guitu.store.access_log import LABELS, readings_of_file

    found = engine.row(
        "SELECT no, case_no FROM store_casefile WHERE case_no = %s", [options.case.strip().upper()]
    )
    if found is None:
        raise GuituError(Label(f"没有档案“{options.case}”", f"there is no file “{options.case}”"))
    no, case_no = found
    noted("admin", [no], "readings-of-file")
    seen = readings_of_file(no, *_span(options.days), options.page, size=50)
    if options.json:
        _print(
            case_no=case_no,
            readings=seen.readings,
            entries=seen.entries,
            readers=seen.readers,
            outside=seen.outside,
            page=seen.page,
            total=seen.total,
            groups=[
                {
                    "day": g.day.isoformat(),
                    "account": g.who,
                    "posts": [{"role": role, "unit": unit} for role, unit in g.posts],
                    "counts": dict(g.counts),
                    "first": g.first.isoformat(),
                    "last": g.last.isoformat(),
                    "outside": g.outside,
                }
                for g in seen.groups
            ],
        )
        return 0
    print(
        say(
            Label(
                f"{case_no} 最近 {options.days} 天 {seen.readings} 次 · {seen.readers} 人"
                f" · ◇无分管关系 {seen.outside} 人日",
                f"{case_no}, last {options.days} days: {seen.readings} readings, {seen.readers} readers,"
                f" ◇ without responsibility on {seen.outside} person-days",
            )
        )
    )
    for g in seen.groups:
        counts = "  ".join(f"{say(LABELS[what])} {n}" for what, n in g.counts.items())
        posts = " ".join(f"{role}@{unit}" for role, unit in g.posts)
        print(f"{g.day}  {'◇ ' if g.outside else ''}{g.who}  {posts}  {counts}")
    return 0


def _by(options: argparse.Namespace) -> int:
    """What an account has seen."""
    from guitu.cli.opening import noted, open_store

    open_store()
    from guitu.store.access_log import LABELS, readings_of_user
    from guitu.store.readings.seen import case_numbers

    noted("admin", [], "readings-of-account")
    seen = readings_of_user(options.account, *_span(options.days), options.page, size=50)
    cases = case_numbers(f for line in seen.lines for f in line.files)
    if options.json:
        lines = [_data(line, cases) for line in seen.lines]
        _print(account=options.account, total=seen.total, page=seen.page, readings=lines)
        return 0
    head = Label(f"{options.account} 最近 {options.days} 天 {seen.total} 条",
                 f"{options.account}, last {options.days} days: {seen.total}")  # fmt: skip
    print(say(head))
    for line in seen.lines:
        files = " ".join(cases.get(f, str(f)) for f in line.files[:3]) + (" …" if len(line.files) > 3 else "")
        print(
            f"{line.at:%Y-%m-%d %H:%M:%S}  {say(LABELS[line.what])}  {files}  {say(line.why)}  {line.source}"
        )
    return 0


def _data(line: Line, cases: dict[int, str]) -> dict[str, Any]:
    return {
        "at": line.at.isoformat(),
        "what": line.what,
        "role": line.role,
        "unit": line.unit,
        "files": [cases.get(f, str(f)) for f in line.files],
        "shown": line.shown,
        "compartments": list(line.compartments),
        "why": line.why.say(language()),
        "purpose": line.purpose,
        "source": line.source,
        "detail": line.detail,
        "outside": line.outside,
    }


def _unusual(options: argparse.Namespace) -> int:
    """What the rules point at."""
    from guitu.cli.opening import noted, open_store

    open_store()
    from guitu.store.access_log import unusual
    from guitu.store.readings.seen import case_numbers

    noted("admin", [], "readings-unusual")
    found = unusual(options.unit, *_span(options.days))
    cases = case_numbers(u.file for u in found if u.file)
    if options.json:
        _print(
            unusual=[
                {
                    "day": u.day.isoformat(),
                    "account": u.who,
                    "role": u.role,
                    "unit": u.unit,
                    "case_no": cases.get(u.file),
                    "times": u.times,
                    "rules": [{"rule": name, "why": label.say(language())} for name, label in u.why],
                }
                for u in found
            ]
        )
        return 0
    if not found:
        print(say(Label("规则没有指出什么。", "The rules point at nothing.")))
    for u in found:
        why = "；".join(f"{say(label)}" for _, label in u.why)
        print(f"{u.day}  {u.who}  {u.role}@{u.unit}  {cases.get(u.file, '—')}  {why}")
    return 0


def _prune(options: argparse.Namespace) -> int:
    """Let old months go."""
    from guitu.cli.opening import noted, now, open_store

    open_store()
    import getpass

    from guitu.store.readings.prune import prune

    noted("admin", [], f"readings-prune {options.before}")
    done = prune(options.before, who=getpass.getuser(), now=now())
    told = Label(
        f"已清理 {done.before} 以前的查阅记录 {done.readings:,} 条，留下 {done.strands} 份签名凭证。",
        f"Removed {done.readings:,} readings before {done.before} and left {done.strands} signed stubs.",
    )
    print(say(told))
    return 0


def _tie(options: argparse.Namespace) -> int:
    """Tell whose an account is."""
    from guitu.cli.opening import noted, open_store

    open_store()
    from guitu.store import engine
    from guitu.store.readings.ties import tie
    from guitu.store.units import tree

    if not (options.identity or options.lives_at):
        raise GuituError(Label("请用 --identity 或 --lives-at 告知一项", "tell --identity or --lives-at"))
    if options.lives_at:
        tree().find(options.lives_at)
    if engine.row("SELECT 1 FROM auth_user WHERE username = %s", [options.account]) is None:
        raise GuituError(Label(f"没有账号“{options.account}”", f"there is no account “{options.account}”"))
    noted("admin", [], "readings-tie")
    tie(options.account, identity=options.identity, lives_at=options.lives_at)
    print(say(Label("已记下。", "Told.")))
    return 0


def _print(**data: object) -> None:
    print(json.dumps(data, ensure_ascii=False))
