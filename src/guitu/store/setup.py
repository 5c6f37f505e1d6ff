"""Making sure that the tables are there before anything is read or written."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, kinds
from guitu.store.rebuild import name_again


def prepare() -> Label | None:
    """Make the tables where there are none; what was done, or None if nothing had to be.

    SQLite tables of an earlier edition are brought up to date; PostgreSQL ones are an administrator's to
    migrate.
    """
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = any(_waiting(MigrationExecutor(connections[name])) for name in connections)
    except OperationalError as problem:
        raise engine.unavailable(problem) from problem
    empty = not executor.loader.applied_migrations
    if not waiting:
        with engine.house():
            kinds.tell_the_database()
        return None
    if not empty and engine.is_postgresql():
        raise GuituError(
            Label(
                "数据库的表结构较旧；请备份后运行 guitu migrate。",
                "The tables are of an earlier edition; make a backup and run guitu migrate.",
            )
        )
    migrate()
    if not empty:
        return None
    place = connection.settings_dict["NAME"]
    return Label(f"已新建空的数据库：{place}", f"Made an empty store: {place}")


def migrate() -> None:
    """Bring the tables to this edition, those of the access log too where it has a database of its own, and
    what people are found by where that is not worked out yet."""
    with engine.house():
        for name in connections:
            call_command("migrate", database=name, verbosity=0, interactive=False)
        name_again()


def _waiting(executor: MigrationExecutor) -> bool:
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
