"""`guitu webhooks`: tell subscribers of new entries, once or for as long as it runs."""

from __future__ import annotations

import argparse
import json
import time

from guitu.cli.main import say
from guitu.cli.opening import now, open_store
from guitu.kernel.labels import Label

EVERY = 10
"""Seconds between two rounds."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its tasks."""
    about = Label("向订阅者通知新记录", "tell subscribers of new entries")
    parser = subparsers.add_parser("webhooks", help=say(about), description=say(about))
    tasks = parser.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)

    told = Label(
        "送出到期的通知：签名，送不到按间隔再送；只送往管理员批准的地址",
        "send what is due: signed, tried again until it is taken, only to addresses that were allowed",
    )
    sending = tasks.add_parser("send", help=say(told), description=say(told))
    sending.add_argument(
        "--keep-on",
        action="store_true",
        help=say(Label(f"一直运行，每 {EVERY} 秒一轮", f"go on, a round every {EVERY} seconds")),
    )
    sending.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    sending.set_defaults(run=send)

    stands = Label("每个订阅还有多少未送到", "what each subscriber has not taken yet")
    status = tasks.add_parser("status", help=say(stands), description=say(stands))
    status.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    status.set_defaults(run=show)


def send(options: argparse.Namespace) -> int:
    """One round, or one after the other; 1 if something was not taken."""
    open_store()
    from guitu.exchange.webhooks.sending import deliver

    while True:
        done = deliver(now())
        if options.json:
            print(json.dumps({"new": done.new, "taken": done.taken, "failed": done.failed}), flush=True)
        elif not options.keep_on or done.taken or done.failed:
            line = Label(
                f"新通知 {done.new}，已收 {done.taken}，未收 {done.failed}",
                f"{done.new} new, {done.taken} taken, {done.failed} not taken",
            )
            print(say(line), flush=True)
        if not options.keep_on:
            return 1 if done.failed else 0
        time.sleep(EVERY)


def show(options: argparse.Namespace) -> int:
    """Every subscription with what waits and what was given up."""
    open_store()
    from guitu.store import webhooks

    every = webhooks.every()
    if options.json:
        told = [
            {"id": str(h.id), "account": h.account, "address": h.address, "state": h.state, "due": h.due,
             "dead": h.dead}
            for h in every
        ]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for hook in every:
        line = Label(
            f"{hook.account} {hook.address} {hook.state}：待送 {hook.due}，放弃 {hook.dead}",
            f"{hook.account} {hook.address} {hook.state}: {hook.due} due, {hook.dead} given up",
        )
        print(say(line))
    if not every:
        print(say(Label("没有订阅。", "There are no subscriptions.")))
    return 0
