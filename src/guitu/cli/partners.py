"""`guitu partners`: the mappings by which other systems are told and heard, and a file of theirs taken in."""

from __future__ import annotations

import argparse
from pathlib import Path

from guitu.cli.main import say
from guitu.cli.opening import acting, add_account, noted, now, open_store, start_django
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its tasks."""
    about = Label("合作单位的映射和交换", "mappings of partners, and exchanges with them")
    top = subparsers.add_parser("partners", help=say(about), description=say(about))
    tasks = top.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)

    every = Label("列出映射", "list the mappings")
    listed = tasks.add_parser("list", help=say(every), description=say(every))
    listed.set_defaults(run=run_list)

    looks = Label("检查一个映射文件", "check a mapping")
    check = tasks.add_parser("check", help=say(looks), description=say(looks))
    check.add_argument("file", type=Path, metavar=say(Label("文件", "FILE")))
    check.set_defaults(run=run_check)

    into = Label(
        "读入合作单位送来的文件：每一条成为待采纳的记录，由有权登记的人决定；退回的说明行列和原因",
        "take in a partner's file: each line becomes a proposal for whoever may record it; what is refused is"
        " told by row, column and reason",
    )
    take = tasks.add_parser("take", help=say(into), description=say(into))
    take.add_argument("partner", metavar=say(Label("合作单位", "PARTNER")))
    take.add_argument("file", type=Path, metavar=say(Label("文件", "FILE")))
    add_account(take)
    take.set_defaults(run=run_take)


def run_list(options: argparse.Namespace) -> int:
    """Each mapping in a line."""
    start_django()
    from guitu.exchange.partners import partners

    for one in partners().values():
        ways = [
            *([say(Label("送出", "gives"))] if one.gives else []),
            *([say(Label("送来", "takes"))] if one.takes else []),
        ]
        own = say(Label("本单位", "own")) if one.own else say(Label("随产品", "shipped"))
        print(f"{one.name}  {say(one.label)}  {one.form}  {'、'.join(ways)}  {own}")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Read a mapping; the first fault is the command's."""
    start_django()
    from guitu.exchange.partners import read_partner

    found = read_partner(options.file)
    print(say(Label(f"✓ {found.name}：{found.label.zh}", f"✓ {found.name}: {found.label.en}")))
    return 0


def run_take(options: argparse.Namespace) -> int:
    """Take a file in; 1 if anything is refused."""
    open_store()
    from guitu.exchange.partners import partners
    from guitu.exchange.partners.receiving import receive
    from guitu.store.units import tree

    actor = acting(options.account)
    if not actor.posts:
        raise GuituError(
            Label("请用 --as 写明由哪个账号收下。", "name with --as the account that takes the file in.")
        )
    try:
        raw = options.file.read_bytes()
    except OSError as problem:
        raise GuituError(
            Label("文件读不出来", "the file cannot be read"), where=str(options.file)
        ) from problem
    unit = tree().find(actor.posts[0].unit)
    partner = partners()[options.partner]
    taken = receive(partner, raw, options.file.name, actor=actor, unit=unit, now=now())
    if taken.proposed:
        noted("hit", sorted({no for no, _ in taken.proposed}), f"partner {partner.name}", actor)
    print(
        say(
            Label(
                f"{taken.lines} 条：待采纳 {len(taken.proposed)}，以前送来过 {taken.known}，"
                f"退回 {len(taken.refused)}",
                f"{taken.lines} lines: {len(taken.proposed)} proposed, {taken.known} came before,"
                f" {len(taken.refused)} refused",
            )
        )
    )
    for refusal in taken.refused:
        print(f"  ✕ {refusal.where} {refusal.column}: {say(refusal.label)}")
    return 1 if taken.refused else 0
