"""Statements that differ from one time to the next in their values only: PostgreSQL plans each once per
connection. With row-level security that takes longer than to answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

Row = tuple[Any, ...]

MOST_KEPT: Final = 250
"""Statements that a connection keeps planned; the one not asked for longest goes."""


def rows(connection: Any, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """All rows of such a statement, asked on Django's connection to PostgreSQL."""
    with _cursor(connection) as cursor:
        found: list[Row] = cursor.execute(sql, parameters, prepare=True).fetchall()
    return found


def execute(connection: Any, sql: str, parameters: Sequence[Any]) -> None:
    """Run one that gives no rows."""
    with _cursor(connection) as cursor:
        cursor.execute(sql, parameters, prepare=True)


@contextmanager
def _cursor(connection: Any) -> Iterator[Any]:
    from psycopg import Cursor

    raw = connection.connection
    if raw.prepare_threshold is None:  # Django turns all preparing off; its own cursors never ask for it
        raw.prepare_threshold, raw.prepared_max = 5, MOST_KEPT
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        yield cursor


def array(values: Sequence[Any]) -> Any:
    """Values as one parameter for `= ANY(%s)`. Numbers and texts go as an array's literal without a type, so
    that it has the type of what it is compared with: a number of any size, a UUID as its digits."""
    if not all(isinstance(value, int | str) for value in values):
        return list(values)
    return "{" + ",".join(str(v) if isinstance(v, int) else _quoted(v) for v in values) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
