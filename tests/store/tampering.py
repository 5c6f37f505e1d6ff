"""How somebody with the database in hand would tamper: the triggers off, plain SQL, the triggers on again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection, connections

from guitu.store.readings import database

_migration = import_module("guitu.store.migrations.0002_append_only")
_log = import_module("guitu.store.migrations.0008_access_log")

_destroyed = import_module("guitu.store.migrations.0014_key_destroyed")


@contextmanager
def triggers_off() -> Iterator[None]:
    """No trigger guards the tables inside."""
    with _entries_unguarded(), _log_unguarded():
        yield


@contextmanager
def _log_unguarded() -> Iterator[None]:
    _guard_log("DISABLE", _log.remove)
    try:
        yield
    finally:
        _guard_log("ENABLE", _log.install)


def _guard_log(word: str, on_sqlite: Callable[[None, Any], None]) -> None:
    here = connections[database.alias()]
    with here.schema_editor(atomic=False) as editor:
        if here.vendor == "postgresql":
            for table in _log.KEYS:
                editor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")
        else:
            on_sqlite(None, editor)


@contextmanager
def _entries_unguarded() -> Iterator[None]:
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


def tamper_with_log(*statements: str) -> None:
    """The same with the access log."""
    with triggers_off(), connections[database.alias()].cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
