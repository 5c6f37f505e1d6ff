"""On PostgreSQL a smaller entry number may appear after a larger one. The snapshot misses none, whoever is
still writing when it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from guitu.access import house
from guitu.store import engine, gate, scope
from guitu.store.snapshot import source
from tests.store.snapshots import contents, run
from tests.store.writing import VILLAGE, Pen


@pytest.fixture
def pen(lasting_places: object, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Pen:
    """A person, and no patience with whoever is writing."""
    monkeypatch.setattr(source, "WAIT", 0.05)
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(unit=VILLAGE, served="2026-01-02"), actor=house(), now=now)
    return pen


@pytest.fixture
def others() -> Iterator[list[psycopg.Connection[Any]]]:
    """Three connections of the service, past this process."""
    known = connection.settings_dict
    found = []
    for _ in range(3):
        there = psycopg.connect(
            host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"]
        )
        there.execute(f"SELECT {scope.SET_COLUMNS}", scope.settings_of(scope.HOUSE))
        there.commit()
        found.append(there)
    yield found
    for there in found:
        there.close()


def writes(there: psycopg.Connection[Any], n: int) -> int:
    """One entry, not yet committed; its number."""
    row = there.execute(
        "INSERT INTO store_entry (file, n, id, kind, version, happened_on, recorded_ms, stored_ms, author,"
        " unit, source, body, sealed, digest) SELECT no, %s, %s, 'urine_test', 1, '2026-02-01', 1, 1,"
        " 'clerk', %s, '', '{\"outcome\":\"refused\"}', '', %s FROM store_casefile LIMIT 1 RETURNING seq",
        [n, uuid4(), VILLAGE, uuid4().bytes],
    ).fetchone()
    assert row is not None
    return int(row[0])


def refusals(taken: Any) -> int:
    return len(contents(taken.snapshot)["urine_test@1"])


def test_an_entry_that_is_still_being_written_is_not_passed_over(
    pen: Pen, others: list[psycopg.Connection[Any]], tmp_path: Path
) -> None:
    run(tmp_path)
    slow, quick, _ = others
    first = writes(slow, 101)
    second = writes(quick, 102)
    assert second > first
    quick.commit()
    taken = run(tmp_path)
    assert (taken.snapshot.seq, taken.waiting, refusals(taken)) == (first - 1, second - first + 1, 0)
    slow.commit()
    taken = run(tmp_path)
    assert (taken.snapshot.seq, taken.waiting, refusals(taken)) == (second, 0, 2)
    assert contents(taken.snapshot) == contents(run(tmp_path, full=True).snapshot)


def test_one_that_was_taken_back_is_not_waited_for(
    pen: Pen, others: list[psycopg.Connection[Any]], tmp_path: Path
) -> None:
    slow, quick, _ = others
    writes(slow, 101)
    second = writes(quick, 102)
    quick.commit()
    slow.rollback()
    taken = run(tmp_path)
    assert (taken.snapshot.seq, refusals(taken)) == (second, 1)


def test_somebody_always_writing_does_not_hold_it_up_for_ever(
    pen: Pen, others: list[psycopg.Connection[Any]], tmp_path: Path
) -> None:
    run(tmp_path)
    slow, quick, third = others
    writes(slow, 101)
    second = writes(quick, 102)
    quick.commit()
    run(tmp_path)
    slow.rollback()
    last = writes(third, 103)
    more = writes(quick, 104)
    quick.commit()
    assert more > last
    taken = run(tmp_path)
    assert (taken.snapshot.seq, refusals(taken)) == (second, 1)
    third.commit()
    assert refusals(run(tmp_path)) == 3


def test_writing_goes_on_while_a_snapshot_is_taken(
    pen: Pen, others: list[psycopg.Connection[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile = []
    before = source.entries

    def entries(*asked: Any) -> Iterator[Any]:
        meanwhile.append(writes(others[0], 101 + len(meanwhile)))
        others[0].commit()
        yield from before(*asked)

    monkeypatch.setattr(source, "entries", entries)
    taken = run(tmp_path)
    assert refusals(taken) == 0
    monkeypatch.setattr(source, "entries", before)
    assert refusals(run(tmp_path)) == 1
    assert meanwhile


def test_nobody_without_the_scope_of_the_house_reads_entries(pen: Pen, tmp_path: Path) -> None:
    """A run works as the house, whoever calls it."""
    with engine.scope([], []):
        assert len(contents(run(tmp_path).snapshot)["order@1"]) == 1
