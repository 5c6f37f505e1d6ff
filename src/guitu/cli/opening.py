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


def noted(what: What, files: Iterable[int], detail: str, why: Label | None = None) -> None:
    """Note in the access log that whoever runs this command on the server is shown these files (by number).
    Raises StoreUnavailable if it cannot be noted: then nothing is shown."""
    import getpass

    from guitu.store.access_log import Reading, note

    reason = why or Label("在服务器上运行的命令", "a command run on the server")
    who = f"{CLI}:{getpass.getuser()}"
    note(Reading(who, "", "", what, tuple(files), (), reason, source=CLI, detail=detail), now())


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


def now() -> datetime:
    """The present moment. Commands are the outermost layer: here the clock is read and handed inwards."""
    from guitu.kernel.zone import CHINA

    return datetime.now(CHINA)


def today() -> date:
    """The present day in China."""
    return now().date()
