"""`guitu retention`: how long this office keeps what, and what is past its term."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from guitu.cli.main import language, say
from guitu.cli.opening import add_day
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "各类资料的保存期限：本单位规定了什么，哪些已过期限；不自动销毁任何内容",
        "how long what is kept: what this office has decided, and what is past its term; erases nothing",
    )
    parser = subparsers.add_parser("retention", help=say(about), description=say(about))
    tasks = parser.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)
    told = Label("每一类的期限；没有规定的写明", "the term of each category, and which have none")
    status_parser = tasks.add_parser("status", help=say(told), description=say(told))
    status_parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    status_parser.set_defaults(run=status)
    told = Label(
        "某日已过期限的档案及原因；可以提出销毁，由第二人复核",
        "the files past a term on a day, and why; can propose their erasure to a second officer",
    )
    due_parser = tasks.add_parser("due", help=say(told), description=say(told))
    add_day(due_parser)
    due_parser.add_argument(
        "--propose-as",
        metavar=say(Label("账号", "ACCOUNT")),
        help=say(Label("以此账号的名义提出销毁", "propose their erasure in the name of this account")),
    )
    due_parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    due_parser.set_defaults(run=due)


def status(options: argparse.Namespace) -> int:
    """Print each category with its term."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store.retention import CATEGORIES, UNSET, terms

    known = terms()
    if options.json:
        told: dict[str, Any] = {
            name: {"months": t.months, "decided_by": t.decided_by, "decided_on": t.decided_on.isoformat()}
            if (t := known.get(name))
            else None
            for name in CATEGORIES
        }
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for name, category in CATEGORIES.items():
        term = known.get(name)
        if term is None:
            said = say(UNSET)
        else:
            said = say(
                Label(
                    f"{term.months} 个月（{term.decided_by}，{term.decided_on}）",
                    f"{term.months} months ({term.decided_by}, {term.decided_on})",
                )
            )
        print(f"{name:<20} {say(category.label)}  {said}  · {say(category.since)}")
    print(
        say(
            Label(
                "保存期限应为实现目的所必要的最短时间（《个人信息保护法》第19条、第47条）；"
                "写入数据目录的 retention.yaml。",
                "A term is the shortest that the purpose needs (个人信息保护法 arts 19, 47); write it into"
                " retention.yaml in the data folder.",
            )
        )
    )
    return 0


def due(options: argparse.Namespace) -> int:
    """Print what is past its term; propose its erasure if asked."""
    from guitu.cli.opening import noted, open_store, today

    open_store()
    from guitu.store.retention import due as found_on
    from guitu.store.retention import terms

    known = terms()
    on: date = options.on or today()
    lines = []
    found = list(found_on(on))
    if found:
        noted("list", [one.no for one in found], "retention")
    for one in found:
        said = _propose(one.file, one.compartments, options.propose_as) if options.propose_as else ""
        lines.append(one)
        if not options.json:
            parts = ", ".join(f"{n} {known[n].months}m" for n in one.compartments)
            print(
                say(
                    Label(
                        f"{one.case_no}  措施 {one.ended_on} 结束，{one.past} 期满（{parts}）{said}",
                        f"{one.case_no}  measure ended {one.ended_on}, term over {one.past} ({parts}){said}",
                    )
                )
            )
    if options.json:
        print(
            json.dumps(
                [
                    {
                        "case_no": one.case_no,
                        "ended_on": one.ended_on.isoformat(),
                        "past": one.past.isoformat(),
                        "compartments": list(one.compartments),
                    }
                    for one in lines
                ],
                ensure_ascii=False,
            )
        )
    elif not lines:
        print(
            say(
                Label("没有已过期限的档案。", "Nothing is past its term.")
                if known
                else Label("没有设定期限，无从判断。", "No term is set, so nothing can be said.")
            )
        )
    return 0


def _propose(file: str, compartments: tuple[str, ...], username: str) -> str:
    """Propose the erasure of these compartments; what came of it, in words."""
    from uuid import UUID

    from guitu.cli.opening import acting, now
    from guitu.kernel.errors import GuituError
    from guitu.store.proposals import propose

    payload = {"why": "retention", "compartments": list(compartments)}
    reason = "保存期限届满" if language() == "zh" else "the term of retention is over"
    try:
        propose("erase", payload, file=UUID(file), actor=acting(username), reason=reason, now=now())
    except GuituError as refused:
        return f" ✕ {say(refused.label)}"
    return say(Label(" ✓ 已提出销毁，待第二人复核", " ✓ erasure proposed to a second officer"))
