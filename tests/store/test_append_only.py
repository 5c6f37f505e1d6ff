"""The database itself refuses to change or delete what happened, whoever asks."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from guitu.store import gate, roots
from tests.store.writing import CLERK, Pen


@pytest.fixture
def written(places: object, now: datetime) -> None:
    """One file with one entry, and a signed root."""
    gate.record(Pen(1).person(), actor=CLERK, now=now)
    roots.sign(now.date())


def refused(sql: str) -> bool:
    """Whether the database refuses to run this."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as problem:
        return "append-only" in str(problem)
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE store_entry SET body = '{}'",
        "UPDATE store_entry SET happened_on = '2020-01-01' WHERE n = 1",
        "DELETE FROM store_entry",
        "DELETE FROM store_entry WHERE n = 1",
        "UPDATE store_dayroot SET files = 0",
        "DELETE FROM store_dayroot",
    ],
)
def test_entries_and_roots_cannot_be_changed_or_deleted(written: None, sql: str) -> None:
    assert refused(sql)


def test_no_entry_can_be_replaced_or_all_swept_away_at_once(written: None) -> None:
    if connection.vendor == "postgresql":
        statements = [
            "TRUNCATE store_entry",
            "TRUNCATE store_entry, store_casefile",
            "TRUNCATE store_dayroot",
        ]
    else:
        columns = (
            "seq, file, n, id, kind, version, happened_on, recorded_ms, stored_ms, author, unit, corrects"
        )
        columns += ", source, body, sealed, digest"
        statements = [
            f"INSERT OR REPLACE INTO store_entry ({columns}) SELECT {columns} FROM store_entry",
            f"REPLACE INTO store_entry ({columns}) SELECT seq + 1, {columns[5:]} FROM store_entry",
            "REPLACE INTO store_dayroot SELECT * FROM store_dayroot",
        ]
    assert [sql for sql in statements if not refused(sql)] == []


def test_the_orm_cannot_go_round_it(written: None) -> None:
    from guitu.store.models import Entry

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(author="somebody else")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
