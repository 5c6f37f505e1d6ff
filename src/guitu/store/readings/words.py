"""Accounts in their posts, and the reasons of decisions, as numbers: each stands once in the log."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from django.db import transaction

from guitu.store.readings import database

_known: Final[dict[tuple[str, ...], int]] = {}
_MANY: Final = 50_000


def post(who: str, role: str, unit: str) -> int:
    """The number of an account in a post."""
    return _number("store_readingpost", ("who", "role", "unit"), (who, role, unit))


def why(zh: str, en: str) -> int:
    """The number of a reason."""
    return _number("store_readingwhy", ("zh", "en"), (zh, en))


def forget() -> None:
    """Ask the database again."""
    _known.clear()


os.register_at_fork(after_in_child=forget)


def _number(table: str, columns: tuple[str, ...], values: tuple[str, ...]) -> int:
    found = _known.get(values)
    if found is not None:
        return found
    where = " AND ".join(f"{column} = %s" for column in columns)
    query = f"SELECT no FROM {table} WHERE {where}"
    there = database.row(query, values)
    if there is None:
        marks = ", ".join(["%s"] * len(columns))
        database.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING", values
        )
        there = database.row(query, values)
    assert there is not None
    no: int = there[0]
    transaction.on_commit(partial(_keep, values, no), using=database.alias())
    return no


def _keep(values: tuple[str, ...], no: int) -> None:
    if len(_known) >= _MANY:
        _known.clear()
    _known[values] = no
