"""How many duties were done today: by what was recorded today in files that were there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import engine, gate
from guitu.store.read import today
from guitu.store.rebuild import rebuild, refresh
from tests.store.dumping import PROJECTIONS, dump
from tests.store.writing import OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen


def done(day: date, *units: str) -> list[int]:
    return [today(unit, day).done for unit in units]


def written(entry: Entry, at: datetime) -> None:
    """Record it at that moment."""
    gate.record(replace(entry, recorded_at=at), actor=house(), now=at)


@pytest.fixture
def pen(places: object, now: datetime) -> Pen:
    """A person who was ordered to report three days ago."""
    pen = Pen(1)
    before = now - timedelta(days=3)
    for entry in pen.on_community_treatment(served="2026-11-20"):
        written(entry, before)
    return pen


def test_what_was_done_today_counts_under_every_unit_above_until_the_day_is_over(
    pen: Pen, now: datetime, today: date
) -> None:
    assert done(today, VILLAGE, "46") == [0, 0]
    written(pen.entry("reporting_in", "2026-11-23"), now)
    assert done(today, VILLAGE, TOWN, "469023", "46") == [1, 1, 1, 1]
    assert done(today, OTHER_VILLAGE, "469024") == [0, 0]
    assert done(today + timedelta(days=1), "46") == [0]
    refresh(today)
    assert done(today, "46") == [1]
    refresh(today + timedelta(days=1))
    assert done(today, "46") == [0]


def test_a_rebuild_finds_the_same_and_a_refresh_leaves_what_a_rebuild_would(
    pen: Pen, now: datetime, today: date
) -> None:
    written(pen.entry("reporting_in", "2026-11-23"), now)
    before = dump(PROJECTIONS)
    engine.execute("UPDATE store_casestatus SET done_on = NULL, done_n = NULL")
    rebuild(today)
    assert dump(PROJECTIONS) == before
    later = today + timedelta(days=1)
    refresh(later)
    refreshed = dump(PROJECTIONS)
    rebuild(later)
    assert dump(PROJECTIONS) == refreshed


def test_taking_in_a_whole_file_is_not_a_days_work(places: object, now: datetime, today: date) -> None:
    pen = Pen(2)
    entries = [*pen.on_community_treatment(served="2026-11-10"), pen.entry("reporting_in", "2026-11-12")]
    gate.record_many([replace(e, recorded_at=now) for e in entries], actor=house(), now=now)
    assert done(today, "46") == [0]
    rebuild(today)
    assert done(today, "46") == [0]


def test_a_slip_that_is_corrected_is_done_once_and_an_old_one_is_not_done_again(
    pen: Pen, now: datetime, today: date
) -> None:
    slip = pen.entry("reporting_in", "2026-11-22")
    written(slip, now)
    written(pen.entry("reporting_in", "2026-11-23", corrects=slip.id), now + timedelta(minutes=5))
    assert done(today, VILLAGE) == [1]
    tomorrow = now + timedelta(days=1)
    written(pen.entry("reporting_in", "2026-11-21", corrects=slip.id), tomorrow)
    assert done(tomorrow.date(), VILLAGE) == [0]


def test_withdrawing_it_takes_it_back_and_the_count_moves_with_the_person(
    pen: Pen, now: datetime, today: date
) -> None:
    reported = pen.entry("reporting_in", "2026-11-23")
    written(reported, now)
    written(pen.held_by(WEST_VILLAGE, "2026-11-23"), now + timedelta(minutes=1))
    assert done(today, VILLAGE, WEST_VILLAGE) == [0, 1]
    written(
        pen.entry("void", "2026-11-23", corrects=reported.id, reason="登错人"), now + timedelta(minutes=2)
    )
    assert done(today, WEST_VILLAGE) == [0]


def test_counting_reads_along_its_index(pen: Pen, today: date) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert done(today, TOWN) == [0]
    if connection.vendor == "sqlite":  # PostgreSQL reads a table this small as a whole
        (sql,) = (one["sql"] for one in asked if "done_n" in one["sql"])
        plan = " ".join(row[-1] for row in engine.rows("EXPLAIN QUERY PLAN " + sql))
        assert "COVERING INDEX status_done (done_on=? AND at1=? AND at2=? AND at3=?)" in plan
