"""Where the access log lies, and how it is asked: SQLite in a file of its own, PostgreSQL with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connections, transaction

from guitu.store import engine
from guitu.store.engine import Row

OWN: Final = "readings"
"""The name under which the settings hold the log's own database, if it has one."""


@cache
def alias() -> str:
    """Which of the settings' databases holds the log."""
    return OWN if OWN in connections.settings else "default"


def connection() -> Any:
    """This thread's connection to the log."""
    return connections[alias()]


def is_postgresql() -> bool:
    """Whether the log lies in PostgreSQL."""
    return bool(connection().vendor == "postgresql")


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query."""
    with connection().cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def row(sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    found = rows(sql, parameters)
    return found[0] if found else None


def rows_for(sql: str, values: Sequence[Any], before: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query that ends with an IN ({}) of many values, asked in chunks."""
    found: list[Row] = []
    for chunk in engine.in_chunks(values):
        found += rows(sql.format(engine.marks(len(chunk))), [*before, *chunk])
    return found


def execute(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run one statement; the number of rows it touched."""
    with connection().cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def stream(sql: str, parameters: Sequence[Any] = (), size: int = 5000) -> Iterator[Row]:
    """The rows of a long query, a few at a time. Call it inside `steady`."""
    with connection().chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while batch := cursor.fetchmany(size):
            yield from batch


@contextmanager
def steady() -> Iterator[None]:
    """Everything read inside shows one moment of the log."""
    here = connection()
    if here.in_atomic_block:
        yield
    elif here.vendor == "postgresql":
        with transaction.atomic(using=alias()):
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            execute("ROLLBACK")


@contextmanager
def writing() -> Iterator[None]:
    """One transaction in the log: all or nothing; a log that cannot be written is one clear sentence."""
    try:
        with transaction.atomic(using=alias()):
            yield
    except (OperationalError, InterfaceError) as problem:
        raise engine.unavailable(problem) from problem


class Router:
    """Keeps the log's tables in the log's database, and all others out of it."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """The log's database for its models."""
        return alias() if _is_log(model._meta.model_name) else None

    db_for_write = db_for_read

    def allow_migrate(
        self, database: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """Whether a migration's step belongs into a database. Steps without a model say `readings=True`."""
        if alias() == "default":
            return None
        log = hints.get("readings", False) or (app_label == "store" and _is_log(model_name or ""))
        return log if database == OWN else not log


def _is_log(model: str) -> bool:
    return model.startswith("reading")
