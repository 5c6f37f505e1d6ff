"""How somebody with the database in hand would tamper: the triggers off, plain SQL, the triggers on again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

_migration = import_module("guitu.store.migrations.0002_append_only")

_destroyed = import_module("guitu.store.migrations.0014_key_destroyed")


@contextmanager
def triggers_off() -> Iterator[None]:
    """No trigger guards the tables inside."""
    with connection.schema_editor(atomic=False) as editor:
        if connection.vendor == "postgresql":
            for table in (*_migration.PROTECTED, _destroyed.TABLE):
                editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            _migration.remove(None, editor)
            _destroyed.remove(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor(atomic=False) as editor:
            if connection.vendor == "postgresql":
                for table in (*_migration.PROTECTED, _destroyed.TABLE):
                    editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            else:
                _migration.install(None, editor)
                _destroyed.install(None, editor)


def tamper(*statements: str) -> None:
    """Run these past the triggers."""
    with triggers_off(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
