"""`guitu migrate`: bring the tables of an existing store to this edition."""

from __future__ import annotations

import argparse

from guitu.cli.main import say
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "把数据库表结构更新到本版本（请先备份）", "bring the tables to this edition (make a backup first)"
    )
    subparsers.add_parser("migrate", help=say(about), description=say(about)).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Migrate."""
    from guitu.cli.opening import start_django

    start_django()
    from django.db import DatabaseError

    from guitu.store import engine
    from guitu.store.setup import migrate

    try:
        migrate()
    except DatabaseError as problem:
        raise engine.unavailable(problem) from problem
    print(say(Label("表结构已是最新。", "The tables are of this edition.")))
    return 0
