"""Opening the store for a command: an empty SQLite one is made where there is none."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from guitu.cli.main import say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.access import Actor
    from guitu.store.access_log import What

CLI: Final = "cli"
"""Where a command's readings come from, and what its account begins with."""


def open_store() -> None:
    """Set Django up and see that the tables are there and of this edition.

    A database without tables gets them. One with tables of an earlier edition is brought up to date on
    SQLite; on PostgreSQL that is an administrator's step, `guitu migrate`.
    """
    start_django()
    from django.db import DatabaseError

    from guitu.store import engine
    from guitu.store.setup import prepare

    try:
        made = prepare()
    except DatabaseError as problem:
        raise engine.unavailable(problem) from problem
    if made is not None:
        print(say(made), file=sys.stderr)


def noted(
    what: What, files: Iterable[int], detail: str, actor: Actor | None = None, why: Label | None = None
) -> None:
    """Note in the access log that whoever runs this command on the server is shown these files (by number),
    in the post of the account it looks as. Raises StoreUnavailable if it cannot be noted: then nothing is
    shown."""
    import getpass

    from guitu.store.access_log import Reading, note

    reason = why or Label("在服务器上运行的命令", "a command run on the server")
    who = f"{CLI}:{getpass.getuser()}"
    post = actor.posts[0] if actor and actor.posts else None
    role, unit = (post.role, post.unit) if post else ("", "")
    if post and actor and actor.name.isascii():
        detail = f"{detail} as {actor.name}"
    note(Reading(who, role, unit, what, tuple(files), (), reason, source=CLI, detail=detail), now())


def start_django() -> None:
    """Django with this product's settings, as the house; a malformed setting is one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guitu.web.settings")
    import django

    try:
        django.setup()
    except ValueError as fault:
        text = str(fault)
        zh, _, en = text.partition(" / ")
        raise GuituError(Label(zh, en or zh)) from fault
    from guitu.store import scope

    scope.be_the_house()


def add_day(parser: argparse.ArgumentParser, *, name: str = "--on") -> None:
    """The option that says which day is meant; today without it."""
    parser.add_argument(
        name, metavar="YYYY-MM-DD", type=day, help=say(Label("日期，默认今天", "the day; today without it"))
    )


def add_account(parser: argparse.ArgumentParser) -> None:
    """The option that says as whom somebody looks."""
    parser.add_argument(
        "--as",
        dest="account",
        metavar=say(Label("账号", "ACCOUNT")),
        help=say(
            Label(
                "以此账号的岗位查看，只显示它可以看的内容；不写则以系统名义查看全部",
                "look as this account, and see what its posts may see; everything without it, as the service",
            )
        ),
    )


def acting(account: str | None) -> Actor:
    """As whom the command looks: a named account, or the service itself. Raises GuituError for an account
    that does not exist or holds no post."""
    from guitu.access import house
    from guitu.store import staff

    if account is None:
        return house("cli")
    found = staff.actor(account)
    if not found.posts:
        raise GuituError(
            Label(
                f"账号“{account}”不存在或没有岗位；请核对账号名。",
                f"there is no account “{account}”, or it holds no post; check its name.",
            )
        )
    return found


def say_who_looks(actor: Actor) -> None:
    """Say on standard error, beside what is shown, that nobody in particular is looking."""
    if actor.is_house:
        told = Label(
            "以系统名义查看，不受岗位限制；代某人查看请用 --as 账号。",
            "Looking as the service itself, past every post; name an account with --as to look as somebody.",
        )
        print(say(told), file=sys.stderr)


def day(text: str) -> date:
    """A day as an option's value."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            say(
                Label(
                    f"“{text}”不是日期，应写成 2026-11-23", f"“{text}” is not a day; write it like 2026-11-23"
                )
            )
        ) from None


MOST: Final = 100_000_000
"""Of anything that a command is asked to make or to do: nobody means more."""


def amount(text: str) -> int:
    """How many of something, as an option's value: from 1 to MOST."""
    found = int(text) if text.isdecimal() and len(text) < 10 else 0
    if 0 < found <= MOST:
        return found
    raise argparse.ArgumentTypeError(
        say(
            Label(
                f"应为 1 到 {MOST:,} 的整数，现为“{text}”",
                f"must be a whole number from 1 to {MOST:,}, not “{text}”",
            )
        )
    )


def now() -> datetime:
    """The present moment. Commands are the outermost layer: here the clock is read and handed inwards."""
    from guitu.kernel.zone import CHINA

    return datetime.now(CHINA)


def today() -> date:
    """The present day in China."""
    return now().date()
