"""`guitu handover`: hand people over to another system, over HTTP or as files that somebody carries."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from guitu.cli.main import say
from guitu.cli.opening import now, open_store
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

_FOLDER = Label("文件夹", "FOLDER")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its tasks."""
    about = Label("与其他系统移交档案", "hand files over to other systems")
    top = subparsers.add_parser("handover", help=say(about), description=say(about))
    tasks = top.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)

    own = Label("本系统的名片：交给对方登记", "this system's card: for the other to register")
    card = tasks.add_parser("card", help=say(own), description=say(own))
    card.add_argument("--name", help=say(Label("本系统名称，如 haikou", "its name, such as haikou")))
    card.add_argument(
        "--units", nargs="+", default=[], metavar=say(Label("代码", "CODE")),
        help=say(Label("本系统管理的单位代码，含其下级", "units that work here, with all below them")),
    )  # fmt: skip
    card.set_defaults(run=run_card)

    other = Label("登记对方的名片", "register the card of another system")
    peer = tasks.add_parser("peer", help=say(other), description=say(other))
    peer.add_argument("file", type=Path, metavar=say(Label("名片文件", "CARD")))
    where = Label("对方地址；不写则用文件交换", "where it answers; by file only without it")
    peer.add_argument("--url", default="", help=say(where))
    peer.set_defaults(run=run_peer)

    standing = Label("各系统还有多少未确认", "how much each system has not acknowledged")
    status = tasks.add_parser("status", help=say(standing), description=say(standing))
    status.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    status.set_defaults(run=run_status)

    wire = Label("经网络交换：送出、取回所欠的", "exchange over HTTP: send and fetch what is owed")
    exchange = tasks.add_parser("exchange", help=say(wire), description=say(wire))
    exchange.add_argument("peer", nargs="*", metavar=say(Label("系统", "SYSTEM")))
    exchange.set_defaults(run=run_exchange)

    out = Label("写成文件，由人带去", "write what is owed as files to be carried")
    write = tasks.add_parser("write", help=say(out), description=say(out))
    write.add_argument("peer", metavar=say(Label("系统", "SYSTEM")))
    write.add_argument("folder", type=Path, metavar=say(_FOLDER))
    write.set_defaults(run=run_write)

    into = Label("读入带来的文件，写出回执", "take in files that were carried here, write answers")
    read = tasks.add_parser("read", help=say(into), description=say(into))
    read.add_argument("file", type=Path, nargs="+", metavar=say(Label("文件", "FILE")))
    read.add_argument(
        "--answers", type=Path, default=Path(), metavar=say(_FOLDER),
        help=say(Label("回执写到哪里，默认当前文件夹", "where answers go; the present folder without it")),
    )  # fmt: skip
    read.set_defaults(run=run_read)


def run_card(options: argparse.Namespace) -> int:
    """Name this system, if asked; print its card. The fingerprint goes to standard error, to be read over the
    telephone."""
    open_store()
    from guitu.exchange.handover.peers import card, name_this
    from guitu.store.units import tree

    if bool(options.name) != bool(options.units):
        raise GuituError(Label("--name 和 --units 要一起写。", "--name and --units go together."))
    for code in options.units:
        tree().find(code)
    own = name_this(options.name, tuple(options.units)) if options.name else card()
    print(json.dumps(own.as_json(), ensure_ascii=False, indent=1))
    print(say(Label(f"指纹 {own.fingerprint}", f"fingerprint {own.fingerprint}")), file=sys.stderr)
    return 0


def run_peer(options: argparse.Namespace) -> int:
    """Register a card."""
    open_store()
    from guitu.exchange.handover import add_peer
    from guitu.store.units import tree

    try:
        told = json.loads(options.file.read_text(encoding="utf-8"))
    except ValueError as wrong:
        no_json = Label("不是 JSON 文件。", "this is no JSON file.")
        raise GuituError(no_json, where=str(options.file)) from wrong
    found = add_peer(told, options.url)
    told_fingerprint = found.card.fingerprint
    print(say(Label(
        f"已登记“{found.name}”，指纹 {told_fingerprint}；请与对方电话核对。",
        f"registered “{found.name}”, fingerprint {told_fingerprint}; compare it by telephone.",
    )))  # fmt: skip
    if unknown := [code for code in found.card.units if tree().get(code) is None]:
        listed = " ".join(unknown)
        print(say(Label(
            f"名片上的单位 {listed} 在本系统里没有；不先建立这些单位，就没有档案可以移交给它们。",
            f"units on the card that are not known here: {listed}; until they are added no file can be handed"
            " over to them.",
        )))  # fmt: skip
    return 0


def run_status(options: argparse.Namespace) -> int:
    """How many files, and papers of how many files, each other system has not acknowledged."""
    open_store()
    from guitu.exchange.handover import papers, peers, pending

    found = [
        (one, len(pending(one, now())), len({lot.no for lot in papers.pending(one, now(), ahead=True)}))
        for one in peers()
    ]
    if options.json:
        print(json.dumps([{"name": p.name, "url": p.url, "fingerprint": p.card.fingerprint, "pending": n,
                           "papers": m} for p, n, m in found], ensure_ascii=False))  # fmt: skip
        return 0
    for one, count, some in found:
        place = one.url or say(Label("用文件", "by file"))
        zh, en = (f"，材料未送到 {some} 份", f", papers of {some}") if some else ("", "")
        print(f"{one.name}  {place}  {one.card.fingerprint}  "
              + say(Label(f"未确认 {count} 份{zh}", f"{count} not acknowledged{en}")))  # fmt: skip
    if not found:
        print(say(Label("没有登记其他系统。", "No other system is registered.")))
    return 0


def run_exchange(options: argparse.Namespace) -> int:
    """Exchange with these systems, or with all that have an address."""
    open_store()
    from guitu.exchange.handover import exchange, peer, peers
    from guitu.exchange.handover.link import Outcome

    some = [peer(name) for name in options.peer] or [one for one in peers() if one.url]
    if not some:
        print(say(Label("没有登记有地址的其他系统。", "No other system with an address is registered.")))
    code = 0
    for one in some:
        try:
            found: Outcome = exchange(one, now())
        except GuituError as wrong:
            print(f"{one.name}: {say(wrong.label)}")
            code = 1
            continue
        code = max(code, _told(one.name, found))
    return code


def run_write(options: argparse.Namespace) -> int:
    """Write what is owed as files."""
    open_store()
    from guitu.exchange.handover import peer, write_files

    written = write_files(peer(options.peer), options.folder, now())
    for path in written:
        print(path)
    if not written:
        nothing = Label(
            "没有要送给“{peer}”的，没有写文件。", "nothing is owed to “{peer}”; no file was written."
        )
        print(say(nothing.fill(peer=options.peer)))
    return 0


def run_read(options: argparse.Namespace) -> int:
    """Take in files; 1 if anything is held, 2 if one could not be read, which stops none of the others."""
    open_store()
    from guitu.exchange.handover import NotReadable, read_file

    code = 0
    for path in options.file:
        try:
            found, answers = read_file(path, options.answers, now())
        except NotReadable as wrong:
            print(f"{path.name}: {say(wrong.label)}", file=sys.stderr)
            code = 2
            continue
        code = max(code, _told(path.name, found))
        if answers is not None:
            print(say(Label(f"回执：{answers}", f"answer: {answers}")))
    return code


def _told(name: str, found: object) -> int:
    from guitu.exchange.handover.link import Outcome

    assert isinstance(found, Outcome)
    print(f"{name}: " + say(Label(
        f"送出 {found.sent}，送达 {found.delivered}，收到 {found.came}，材料 {found.papers}，"
        f"暂存 {len(found.held)}",
        f"sent {found.sent}, delivered {found.delivered}, came {found.came}, papers {found.papers},"
        f" held {len(found.held)}",
    )))  # fmt: skip
    for reason in found.held:
        print(f"  ✕ {say(reason)}")
    return 1 if found.held else 0
