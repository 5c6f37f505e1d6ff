"""How somebody with the database in hand would tamper: the triggers off, plain SQL, the triggers on again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connection, connections

from guitu.store.readings import database

_GUARDED = (
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)


@contextmanager
def triggers_off() -> Iterator[None]:
    """No trigger guards the tables inside, neither those of entries nor those of readings."""
    with ExitStack() as stack:
        for alias in {connection.alias, database.alias()}:
            stack.enter_context(_unguarded(connections[alias]))
        yield


@contextmanager
def _unguarded(here: Any) -> Iterator[None]:
    with here.cursor() as cursor:
        if here.vendor == "postgresql":
            cursor.execute(_GUARDED)
            tables = [row[0] for row in cursor.fetchall()]
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            before = [f"DROP TRIGGER {name}" for name, _ in found]
            after = [sql for _, sql in found]
    _run(here, before)
    try:
        yield
    finally:
        _run(here, after)


def _run(here: Any, statements: list[str]) -> None:
    with here.schema_editor(atomic=False) as editor:
        for sql in statements:
            editor.execute(sql)


def tamper(*statements: str) -> None:
    """Run these past the triggers."""
    with triggers_off(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def tamper_with_log(*statements: str) -> None:
    """The same with the access log."""
    with triggers_off(), connections[database.alias()].cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
