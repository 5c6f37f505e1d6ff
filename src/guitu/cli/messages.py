"""`guitu messages send`: send the reminders that are due, for a timer to run every so often in the day."""

from __future__ import annotations

import argparse
import json

from guitu.cli.main import say
from guitu.cli.opening import noted, now, open_store
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its task."""
    about = Label("短信提醒", "reminders by short message")
    top = subparsers.add_parser("messages", help=say(about), description=say(about))
    tasks = top.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)
    does = Label(
        "发送到期的提醒：只发给同意的人，只在各单位定的时间里；再运行不会重复",
        "send the reminders that are due: to those who agreed, within each office's hours; run again, it"
        " repeats nothing",
    )
    send = tasks.add_parser("send", help=say(does), description=say(does))
    send.add_argument(
        "--unit", metavar=say(Label("单位代码", "CODE")),
        help=say(Label("只发这个单位和下级的；不写则全部", "of this unit and below; of all without it")),
    )  # fmt: skip
    dry = Label("只数一数，不发送", "count, and send nothing")
    send.add_argument("--dry-run", action="store_true", help=say(dry))
    send.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    send.set_defaults(run=run_send)


def run_send(options: argparse.Namespace) -> int:
    """Send; 1 if the gateway stopped answering or something could not be recorded."""
    from pathlib import Path

    from django.conf import settings

    open_store()
    from guitu.access import house
    from guitu.exchange import messages
    from guitu.exchange.messages import Outcome
    from guitu.store.home.messages import waiting
    from guitu.store.units import tree

    units = tree()
    if options.unit and units.get(options.unit) is None:
        raise GuituError(Label(f"没有代码为“{options.unit}”的单位。", f"there is no unit “{options.unit}”."))
    gateway = messages.configured(Path(settings.HOME))
    roots = [units.find(options.unit)] if options.unit else [u for u in units.by_no.values() if u.depth == 1]
    moment = now()
    due = [one for root in roots for one in waiting(root, moment, lambda lines: lines)]
    ready = [one for one in due if one.why_not is None and one.setting.may_send(moment)]
    found = Outcome(
        quiet=sum(one.why_not is None for one in due) - len(ready),
        cannot=sum(one.why_not is not None for one in due),
    )
    if not options.dry_run and ready:
        noted("export", [one.no for one in ready], f"messages {gateway.name}")
        sent = messages.send(ready, gateway, actor=house("messages"), office="", now=moment)
        found.taken, found.refused, found.stopped, found.wrong = (
            sent.taken, sent.refused, sent.stopped, sent.wrong,
        )  # fmt: skip
    _tell(found, len(ready), gateway.name, options)
    return 1 if found.stopped or found.wrong else 0


def _tell(found: object, ready: int, gateway: str, options: argparse.Namespace) -> None:
    from guitu.exchange.messages import Outcome

    assert isinstance(found, Outcome)
    faults = [*([found.stopped] if found.stopped else []), *found.wrong]
    if options.json:
        told = {
            "gateway": gateway, "ready": ready, "taken": found.taken, "refused": found.refused,
            "quiet": found.quiet, "cannot": found.cannot, "faults": [say(one) for one in faults],
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    print(say(Label(
        f"{gateway}：到期 {ready}，已发 {found.taken}，被拒 {found.refused}，不在时间内 {found.quiet}，"
        f"不能发 {found.cannot}",
        f"{gateway}: {ready} due, {found.taken} sent, {found.refused} refused, {found.quiet} not at this"
        f" hour, {found.cannot} cannot go",
    )))  # fmt: skip
    for one in faults:
        print(f"  ✕ {say(one)}")
