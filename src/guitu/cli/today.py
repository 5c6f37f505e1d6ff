"""`guitu today`: what is late, due today and due this week under a unit."""

from __future__ import annotations

import argparse
import json

from guitu.cli.main import language, say
from guitu.cli.opening import amount
from guitu.kernel.labels import Label

_HEADS = {
    "late": Label("▲ 逾期", "▲ late"),
    "today": Label("● 今天", "● today"),
    "week": Label("○ 本周", "○ this week"),
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "列出一个单位逾期、今天和一周内应办的事项",
        "list what is late, due today and due within a week under a unit",
    )
    parser = subparsers.add_parser("today", help=say(about), description=say(about))
    parser.add_argument(
        "--unit", help=say(Label("单位代码，默认全部", "a unit's code; everything without it"))
    )
    parser.add_argument("--duty", default="", help=say(Label("只列这一种事项", "only this duty")))
    parser.add_argument("--page", type=amount, default=1, help=say(Label("第几页", "which page")))
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    from guitu.cli.opening import add_account, add_day

    add_day(parser)
    add_account(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one page."""
    from guitu.access import Target, decide
    from guitu.cli.opening import acting, noted, open_store, say_who_looks, today
    from guitu.kernel.errors import GuituError

    _see_that_it_is_known(options.duty)
    open_store()
    from guitu.store import read
    from guitu.store.rebuild import refresh
    from guitu.store.units import path_in, tree

    day = options.on or today()
    actor = acting(options.account)
    top = [tree().find(post.unit) for post in actor.posts] or tree().children(None)
    if not options.unit and len(top) != 1:
        raise GuituError(
            Label("请用 --unit 指明单位代码（guitu units 可查）", "name a unit with --unit (see guitu units)")
        )
    unit = tree().find(options.unit) if options.unit else top[0]
    decision = decide(actor, "list", Target(unit.path))
    if decision.allowed:
        decision = decide(actor, "find", Target(unit.path))
    if not decision.allowed:
        raise GuituError(
            Label(
                f"不能查看“{unit.name}”：{decision.reason.zh}。",
                f"{unit.name} cannot be looked at: {decision.reason.en}.",
            )
        )
    refresh(day)
    page = read.today(unit.code, day, duty=options.duty, page=options.page, size=50)
    rows = [
        r
        for r in page.rows
        if decide(actor, "find", Target(path_in(r.unit, tree()), worker=r.worker)).allowed
    ]
    noted("list", {r.no for r in rows}, f"today {page.unit.code}", actor, decision.reason)
    say_who_looks(actor)
    if options.json:
        print(
            json.dumps(
                {
                    "unit": page.unit.code,
                    "day": day.isoformat(),
                    "counts": page.counts,
                    "page": page.page,
                    "pages": page.pages,
                    "duties": [
                        {
                            "case_no": r.case_no,
                            "name": r.name,
                            "duty": r.duty,
                            "label": r.label.say(language()),
                            "owed_by": r.owed_by,
                            "due": r.due.isoformat() if r.due else None,
                            "bucket": r.bucket,
                            "cites": list(r.cites),
                            "unit": r.unit,
                            "worker": r.worker,
                        }
                        for r in rows
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 0
    print(f"{day}  {page.unit.name}  " + "  ".join(f"{say(_HEADS[b])} {n}" for b, n in page.counts.items()))
    if not rows:
        print(say(Label("没有应办事项。", "Nothing due.")))
    for r in rows:
        due = r.due.isoformat() if r.due else say(Label("及时", "promptly"))
        print(
            f"{say(_HEADS[r.bucket])}  {due}  {r.label.say(language())}  {r.name}  {r.case_no}  {r.unit_name}"
            f"  {r.worker}  {'；'.join(r.cites)}"
        )
    return 0


def _see_that_it_is_known(duty: str) -> None:
    """A duty that does not exist is a mistake, not an empty list."""
    from guitu import policy
    from guitu.kernel.errors import GuituError, nearest

    known = policy.names().duties
    if duty and duty not in known:
        guess = nearest(duty, known) or ", ".join(known)
        raise GuituError(
            Label(
                f"没有事项“{duty}”；最接近的或现有的：{guess}",
                f"there is no duty “{duty}”; the nearest, or those there are: {guess}",
            )
        )
