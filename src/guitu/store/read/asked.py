"""How reading asks the database: the same few statements again and again, with other values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from guitu.store import engine
from guitu.store.engine import Row


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a statement that differs from one time to the next in its values only. PostgreSQL plans it
    once per connection, which takes longer than to answer it; so LIMIT and OFFSET belong into the text, where
    the plan sees them. SQLite keeps its statements by itself."""
    if not engine.is_postgresql():
        return engine.rows(sql, parameters)
    from psycopg import Cursor

    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:  # Django turns all preparing off; its own cursors never ask for it
        raw.prepare_threshold = 5
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()


def row(sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of such a statement, or None."""
    found = rows(sql, parameters)
    return found[0] if found else None
