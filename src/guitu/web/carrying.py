"""Asking who calls, and putting on the connection along with the answer what that caller may read.

What a caller could read is remembered from the last time (`guitu.store.scope`), by session or by token. It is
a guess that saves a statement and gives nothing by itself: a request is nobody until it is known whose it is
and in which post, and where that is not what was guessed, the connection is told before it is asked again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

from guitu.kernel.lately import Lately
from guitu.store import engine
from guitu.store.engine import Row
from guitu.store.read import asked
from guitu.store.scope import NOBODY, SET_COLUMNS, Scope, enter, settings_of

MANY: Final = 10_000

LAST: Final = Lately[Hashable, Scope](MANY)
"""What a caller could read when this process last asked: a guess, never an answer."""

_CARRIED: Final = 3
"""Columns of SET_COLUMNS."""


def rows(caller: Hashable, select: str, parameters: Sequence[Any]) -> list[Row]:
    """The rows of "SELECT " and this, which may read only what everybody may. On PostgreSQL the caller's
    guessed scope is put on the connection with it."""
    if not engine.is_postgresql():
        return asked.rows(f"SELECT {select}", parameters)
    guess = LAST.get(caller) or NOBODY
    found = asked.rows_bringing(guess, f"SELECT {SET_COLUMNS}, {select}", [*settings_of(guess), *parameters])
    return [row[_CARRIED:] for row in found]


def reads(caller: Hashable, scope: Scope) -> None:
    """Whoever calls so may read that, for the rest of this request."""
    enter(scope)
    if LAST.get(caller) != scope:
        LAST.keep(caller, scope)
