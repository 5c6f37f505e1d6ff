"""A province of a million people on PostgreSQL without waiting for hours.

A base province goes through the one gate, file by file. It is then copied inside the database as often as
wanted: the copies have numbers, ids and case numbers of their own and every projection, so lists, counts
and searches see them as they see any file; but their digests and sealed fields are the originals', so only
base files are opened one by one.
"""

from __future__ import annotations

from collections.abc import Callable

from guitu.store import engine

STRIDE = 100_000_000
"""Far above the number of any file of the base, so that copies never meet."""

_OWN = "left to the table"
_FILE = f"file + copy * {STRIDE}"
_CHANGES: dict[str, dict[str, str]] = {
    "store_casefile": {
        "no": f"no + copy * {STRIDE}",
        "id": "gen_random_uuid()",
        "case_no": "case_no || '-' || copy",
    },
    "store_entry": {"seq": _OWN, "file": _FILE, "id": "gen_random_uuid()", "corrects": "NULL"},
    "store_casestatus": {"file": _FILE},
    "store_duty": {"id": _OWN, "file": _FILE},
    "store_person": {"file": _FILE, "id_blind": "NULL"},
    "store_personkey": {"file": _FILE},
}
"""What a copy has of its own, by table and column."""


def multiply(copies: int, say: Callable[[str], None]) -> None:
    """Copy every file of the store until there are `copies` times as many. PostgreSQL only.

    Indexes are dropped meanwhile and made again at the end; the append-only triggers stay where they are."""
    if copies < 2:
        return
    dropped = _drop_indexes()
    for table, changes in _CHANGES.items():
        say(f"copying {table}")
        names = [c for c in _columns(table) if changes.get(c) != _OWN]
        values = ", ".join(changes.get(c, c) for c in names)
        engine.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"
            f" CROSS JOIN generate_series(1, {copies - 1}) AS copy"
        )
    say("tallies")
    engine.execute("UPDATE store_dutytally SET n = n * %s", [copies])
    engine.execute(
        "UPDATE store_filetally SET n = n * %s, overdue = overdue * %s, rights = rights * %s", [copies] * 3
    )
    for table, statement in dropped:
        say(f"index on {table}")
        engine.execute(statement)


def analyse() -> None:
    """Tell the planner what there is now, and do what autovacuum would have done by the next morning."""
    engine.execute("VACUUM ANALYZE")


def _columns(table: str) -> list[str]:
    return [
        r[0]
        for r in engine.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " ORDER BY ordinal_position",
            [table],
        )
    ]


def _drop_indexes() -> list[tuple[str, str]]:
    """Drop the indexes and keys of the big tables; the statements that make them again."""
    statements = []
    for table in _CHANGES:
        for name, definition in engine.rows(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
            [table],
        ):
            statements.append((table, f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
            engine.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        for name, definition in engine.rows(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table]
        ):
            statements.append((table, definition))
            engine.execute(f"DROP INDEX {name}")
    return statements
