"""Getting past the database's own guard, as somebody with full access to it could; and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_GUARDED = (
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)


@contextmanager
def triggers_off() -> Iterator[None]:
    """No trigger guards the tables inside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_GUARDED)
            tables = [row[0] for row in cursor.fetchall()]
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            before = [f"DROP TRIGGER {name}" for name, _ in found]
            after = [sql for _, sql in found]
    _run(before)
    try:
        yield
    finally:
        _run(after)


def _run(statements: list[str]) -> None:
    with connection.schema_editor(atomic=False) as editor:
        for sql in statements:
            editor.execute(sql)


def tamper(*statements: str) -> None:
    """Run these past the triggers."""
    with triggers_off(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
