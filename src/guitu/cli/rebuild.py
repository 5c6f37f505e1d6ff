"""`guitu rebuild` and `guitu refresh`: working lists out again."""

from __future__ import annotations

import argparse

from guitu.cli.main import say
from guitu.kernel.labels import Label

_REBUILD = Label(
    "从记录重新推算全部名单、应办事项和统计（可随时运行，不影响使用）",
    "work every list, duty and count out again from the entries (at any time, while people work)",
)
_REFRESH = Label(
    "每日例行：重新推算到这一天可能变化的档案，并签署每日根",
    "the nightly task: work out again whose answer may have changed by this day, and sign the daily root",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands."""
    from guitu.cli.opening import add_day

    for name, about, run in (("rebuild", _REBUILD, rebuild), ("refresh", _REFRESH, refresh)):
        parser = subparsers.add_parser(name, help=say(about), description=say(about))
        add_day(parser)
        parser.set_defaults(run=run)


def rebuild(options: argparse.Namespace) -> int:
    """Work everything out again."""
    from guitu.cli.opening import open_store, today
    from guitu.cli.progress import Progress

    open_store()
    from guitu.store.rebuild import rebuild as work

    with Progress(Label("已推算 {done} / {total} 人", "{done} of {total} people")) as progress:
        people = work(options.on or today(), progress.at)
    print(say(Label(f"已重新推算 {people} 人。", f"{people} people worked out again.")))
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Bring the lists to a new day and sign the root."""
    from guitu.cli.opening import open_store, today
    from guitu.cli.progress import Progress

    open_store()
    from guitu.store.readings.roots import sign as sign_log
    from guitu.store.rebuild import refresh as work
    from guitu.store.roots import sign

    day = options.on or today()
    with Progress(Label("已推算 {done} / {total} 人", "{done} of {total} people")) as progress:
        people = work(day, progress=progress.at)
    print(say(Label(f"已按 {day} 重新推算 {people} 人。", f"{people} people worked out again as of {day}.")))
    sign_log(day)
    root = sign(day)
    if root is not None:
        print(
            say(
                Label(
                    f"已签署 {root.day} 的根，含 {root.files} 份档案：{root.root.hex()}",
                    f"Signed the root of {root.day} over {root.files} files: {root.root.hex()}",
                )
            )
        )
    return 0
