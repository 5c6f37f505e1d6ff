"""How reading asks the database: the same few statements again and again, with other values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from guitu.store import engine
from guitu.store.engine import Row
from guitu.store.postgresql import prepared
from guitu.store.scope import Scope

rows = engine.rows_again


def rows_bringing(scope: Scope, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """The same on PostgreSQL for a statement that itself puts that scope on the connection, if it has any
    rows to say it in. It may read only what everybody may."""
    connection.ensure_connection()
    connection.carries = None
    found = prepared.rows(connection, sql, parameters)
    if found:
        connection.carries = scope
    return found


def row(sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of such a statement, or None."""
    found = rows(sql, parameters)
    return found[0] if found else None
