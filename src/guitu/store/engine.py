"""What SQLite and PostgreSQL do differently, in one place; everything else in the store is written once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)  # fmt: skip

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.postgresql import prepared
from guitu.store.scope import admit, house, scope

__all__ = ["admit", "house", "scope"]

T = TypeVar("T")
Row = tuple[Any, ...]

AT_ONCE = 400
"""How many values go into one IN (…): below every engine's limit, and a plan that uses the index."""
VALUES_AT_ONCE = 900
"""How many values are inserted by one statement: below every engine's limit."""
LARGE: Final = (
    "store_casefile", "store_filekey", "store_entry", "store_casestatus", "store_person", "store_personkey",
    "store_duty", "store_dutytally", "store_filetally",
)  # fmt: skip
"""Tables that have a row or more for each file, or count them."""
FEW: Final = 8
"""Rows for which PostgreSQL keeps a statement of its own planned; more of them are copied."""


class StoreUnavailable(GuituError):
    """The database cannot take or give anything now: full disk, locked, unreachable. Nothing was written.

    `passing` says that trying again at once may help."""

    def __init__(self, label: Label, *, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(label)


def is_postgresql() -> bool:
    """Whether the store is PostgreSQL."""
    return connection.vendor == "postgresql"


def carried() -> None:
    """A connection that carries the scope of whoever asks, for those who use the driver's own cursors."""
    connection.ensure_connection()
    if is_postgresql():
        connection.carry()


def has_table(name: str) -> bool:
    """Whether there is a table of that name."""
    return name in connection.introspection.table_names()


def in_chunks(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    remaining = iter(values)
    while chunk := list(islice(remaining, size)):
        yield chunk


def holds(column: str) -> str:
    """The condition that a column holds a parameter as it stands, capitals and all."""
    return f"strpos({column}, %s) > 0" if is_postgresql() else f"instr({column}, %s) > 0"


def marks(count: int) -> str:
    """`count` parameter places: %s, %s, %s."""
    return ", ".join(["%s"] * count)


_PLACE: Final = re.compile(r"(?<!%)%s")


@lru_cache(maxsize=4096)
def _in_sqlite(sql: str) -> str:
    """A statement with SQLite's own parameter places: the same few hundred are asked again and again."""
    return _PLACE.sub("?", sql).replace("%%", "%")


def _own() -> Any | None:
    """SQLite's connection where statements go straight to its driver, for what Django's cursor does around
    each costs more than most of them. None where Django's is asked: somebody listens (a count of queries, a
    wrapper), the transaction is broken, or it is PostgreSQL."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "sqlite" or here.needs_rollback or here.execute_wrappers or here.queries_logged:
        return None
    here.ensure_connection()
    return here


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query."""
    own, found = _own(), list[Row]()
    if own is not None:
        with own.wrap_database_errors:
            found = own.connection.execute(_in_sqlite(sql), parameters).fetchall()
        return found
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchall()
    return found


def row(sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    own: Any = _own()
    found: Row | None = None
    if own is not None:
        with own.wrap_database_errors, closing(own.connection.cursor()) as mine:
            found = mine.execute(_in_sqlite(sql), parameters).fetchone()
        return found
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchone()
    return found


def rows_for(sql: str, values: Iterable[Any], before: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query whose last condition is an IN ({}) of many values, asked in chunks. On PostgreSQL
    the values are one array, so that one plan serves however many there are."""
    found: list[Row] = []
    for chunk in in_chunks(values):
        among, parameters = is_any("", chunk)
        found.extend(rows_again(sql.replace("IN ({})", among), [*before, *parameters]))
    return found


def is_any(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The condition that a column holds any of these values, and its parameters. On PostgreSQL its text is
    the same however many there are, for `rows_again`."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [prepared.array(values)]
    return f"{column} IN ({marks(len(values))})", list(values)


def execute_for(sql: str, values: Iterable[Any]) -> None:
    """Run a statement whose last condition is an IN ({}) of many values, in chunks, as `rows_for` asks."""
    for chunk in in_chunks(values):
        among, parameters = is_any("", chunk)
        execute_again(sql.replace("IN ({})", among), parameters)


def rows_again(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a statement that differs from one time to the next in its values only. PostgreSQL plans it
    once per connection, and for any values: so LIMIT and OFFSET belong into the text, where the plan sees
    them. SQLite keeps its statements by itself."""
    if not _plans_itself():
        return rows(sql, parameters)
    carried()
    return prepared.rows(connection, sql, parameters)


def execute_again(sql: str, parameters: Sequence[Any] = ()) -> None:
    """Run a statement that differs from one time to the next in its values only, as `rows_again` asks."""
    if not _plans_itself():
        execute(sql, parameters)
        return
    carried()
    prepared.execute(connection, sql, parameters)


def _plans_itself() -> bool:
    """Whether a statement may go to PostgreSQL past Django's cursor: nobody counts queries or wraps them.
    Raises TransactionManagementError where the transaction is broken."""
    if not is_postgresql() or connection.execute_wrappers or connection.queries_logged:
        return False
    connection.validate_no_broken_transaction()
    return True


def stream(sql: str, parameters: Sequence[Any] = (), size: int = 2000) -> Iterator[Row]:
    """The rows of a long query, a few at a time and never all in memory. Call it inside `steady` or
    `writing`."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while batch := cursor.fetchmany(size):
            yield from batch


def execute(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run one statement; the number of rows it touched."""
    own: Any = _own()
    touched = 0
    if own is not None:
        with own.wrap_database_errors, closing(own.connection.cursor()) as mine:
            touched = int(mine.execute(_in_sqlite(sql), parameters).rowcount)
        return touched
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def insert(table: str, columns: Sequence[str], new: Sequence[Row], *, more: str = "") -> None:
    """Insert many rows as fast as the engine can. `more` is an ON CONFLICT clause.

    PostgreSQL takes more than a few rows by COPY, into a table of this session first: it copies into none
    that is under row-level security; a few by a statement that it has planned before. On SQLite some rows
    stand in one statement, for what each costs is felt (the more where a trigger guards the table).
    """
    if not new:
        return
    names = ", ".join(columns)
    carried()
    on_postgresql = is_postgresql()
    if on_postgresql and not more and len(new) > FEW:
        _copy(table, names, new)
        return
    places = f"({', '.join(['%s' if on_postgresql else '?'] * len(columns))})"
    # Django's own cursor would translate every statement anew for SQLite
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        for chunk in in_chunks(new, VALUES_AT_ONCE // len(columns)):
            sql = f"INSERT INTO {table} ({names}) VALUES {', '.join([places] * len(chunk))} {more}"
            values = list(chain.from_iterable(chunk))
            if on_postgresql and len(chunk) <= FEW:
                prepared.execute(connection, sql, values)
            else:
                cursor.execute(sql, values)


def _copy(table: str, names: str, new: Sequence[Row]) -> None:
    """Copy rows into a table of PostgreSQL; COPY is not known to Django's own cursors."""
    beside = f"beside_{table}"
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {beside} AS SELECT {names} FROM {table} LIMIT 0"
        )
        with cursor.copy(f"COPY {beside} ({names}) FROM STDIN") as copy:
            for values in new:
                copy.write_row(values)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {beside}")
        cursor.execute(f"TRUNCATE {beside}")


def execute_many(sql: str, parameters: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of parameters."""
    if not parameters:
        return
    if (own := _own()) is not None:
        with own.wrap_database_errors:
            own.connection.executemany(_in_sqlite(sql), parameters)
        return
    if is_postgresql() and len(parameters) <= FEW:
        for values in parameters:
            execute_again(sql, values)
        return
    with connection.cursor() as cursor:
        cursor.executemany(sql, parameters)


def analyse() -> None:
    """Tell the planner how much there is of what, else it walks everybody in a province to find a few. SQLite
    does not look by itself, and is shown a few thousand rows of each index. PostgreSQL does, but up to a
    minute after a ledger went in: until then a search would take five times as long. A table that is being
    looked at already is passed over, for nobody is to wait for that."""
    if is_postgresql():
        execute(f"ANALYZE (SKIP_LOCKED) {', '.join(LARGE)}")
        return
    execute("PRAGMA analysis_limit = 5000")
    execute("ANALYZE")


def last_seq() -> int:
    """The largest number of an entry that is there; 0 while there is none."""
    found = row("SELECT coalesce(max(seq), 0) FROM store_entry")
    return int(found[0]) if found else 0


def for_update() -> str:
    """The clause that locks rows read before writing; SQLite's IMMEDIATE transaction already locks all."""
    return " FOR UPDATE" if is_postgresql() else ""


def key(value: UUID) -> str:
    """A UUID as a parameter of either engine."""
    return value.hex


def uuid_of(value: Any) -> UUID:
    """A UUID as either engine gives it back."""
    return value if isinstance(value, UUID) else UUID(hex=value)


def day_of(value: Any) -> date | None:
    """A day as either engine gives it back."""
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


@contextmanager
def steady() -> Iterator[None]:
    """Everything read inside shows one and the same moment, whatever others write meanwhile."""
    if connection.in_atomic_block:
        yield
    elif is_postgresql():
        with transaction.atomic():
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        execute("BEGIN DEFERRED")  # not Django's transaction, which would keep writers out
        try:
            yield
        finally:
            execute("ROLLBACK")


@contextmanager
def writing() -> Iterator[None]:
    """One transaction: all or nothing. A full disk or a lost connection is one clear sentence."""
    try:
        with transaction.atomic():
            yield
    except (OperationalError, InterfaceError) as problem:
        raise unavailable(problem) from problem


BEDS: Final = 1
"""What `alone_with` keeps apart: the beds of a centre."""


def alone_with(what: int, which: int) -> None:
    """From here to the end of the transaction nobody else passes this point for the same thing: what is
    looked up after it stays so until it is written. SQLite writes for one at a time anyway."""
    if is_postgresql():
        execute("SELECT pg_advisory_xact_lock(%s, %s)", [what, which])


@contextmanager
def overwritten() -> Iterator[None]:
    """What is deleted inside a transaction is overwritten in SQLite's file, and once it is committed its log
    is emptied. PostgreSQL's pages are cleaned by its own VACUUM, its log goes with its archive."""
    if is_postgresql():
        yield
        return
    before = row("PRAGMA secure_delete")
    execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        execute(f"PRAGMA secure_delete = {int(before[0]) if before else 0}")
    transaction.on_commit(lambda: execute("PRAGMA wal_checkpoint(TRUNCATE)"))


def page_cache(size: int) -> int:
    """Let SQLite keep so much of its file in memory (as its pragma counts: below zero, KiB); what held
    before. PostgreSQL's memory is its administrator's: 0."""
    if is_postgresql():
        return 0
    before = row("PRAGMA cache_size")
    execute(f"PRAGMA cache_size = {size}")
    return int(before[0]) if before else 0


def attempt() -> AbstractContextManager[Any]:
    """Within a transaction: if what is done inside fails, it alone is undone."""
    attempted: AbstractContextManager[Any] = transaction.atomic()
    return attempted


def taken(*, passing: bool = False) -> StoreUnavailable:
    """The sentence for rows that somebody else is writing."""
    return StoreUnavailable(
        Label(
            "另一项操作正在写入，没有写入任何内容；请稍后重试。",
            "Another operation is writing and nothing was written; try again in a moment.",
        ),
        passing=passing,
    )


def unavailable(problem: DatabaseError | InterfaceError) -> StoreUnavailable:
    """The sentence for a database that cannot work now."""
    text = str(problem).splitlines()[0] if str(problem) else ""
    state = getattr(problem.__cause__, "sqlstate", "") or ""
    if "disk is full" in text or state == "53100":
        return StoreUnavailable(
            Label(
                "磁盘已满，没有写入任何内容；请清理磁盘后重试。",
                "The disk is full and nothing was written; free some space and try again.",
            )
        )
    if "locked" in text or state in {"55P03", "40P01", "40001"}:
        return taken(passing=state == "40P01")
    return StoreUnavailable(
        Label(
            f"数据库暂时不可用，没有写入任何内容（{text}）。",
            f"The database cannot be used now and nothing was written ({text}).",
        )
    )
