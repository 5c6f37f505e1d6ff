"""How reading asks the database: the same few statements again and again, with other values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from guitu.store import engine
from guitu.store.engine import Row
from guitu.store.scope import Scope


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a statement that differs from one time to the next in its values only. PostgreSQL plans it
    once per connection, which takes longer than to answer it; so LIMIT and OFFSET belong into the text, where
    the plan sees them. SQLite keeps its statements by itself."""
    if not engine.is_postgresql():
        return engine.rows(sql, parameters)
    engine.carried()
    return _prepared(sql, parameters)


def rows_bringing(scope: Scope, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """The same on PostgreSQL for a statement that itself puts that scope on the connection, if it has any
    rows to say it in. It may read only what everybody may."""
    connection.ensure_connection()
    connection.carries = None
    found = _prepared(sql, parameters)
    if found:
        connection.carries = scope
    return found


def _prepared(sql: str, parameters: Sequence[Any]) -> list[Row]:
    from psycopg import Cursor

    raw = connection.connection
    if raw.prepare_threshold is None:  # Django turns all preparing off; its own cursors never ask for it
        raw.prepare_threshold = 5
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()


def row(sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of such a statement, or None."""
    found = rows(sql, parameters)
    return found[0] if found else None
