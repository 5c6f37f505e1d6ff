"""What lists show is worked out from entries: the same at once, one by one, and all over again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import transaction

from guitu.access import house
from guitu.casefile import Entry
from guitu.simulate.institutions import build
from guitu.simulate.province import population
from guitu.store import bulk, engine, gate, read, units
from guitu.store.divisions import load_province
from guitu.store.rebuild import rebuild, refresh, stale
from guitu.store.verify import verify
from tests.store.dumping import PROJECTIONS, WRITTEN, dump
from tests.store.writing import CLERK, COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen


@pytest.fixture
def histories(db: None, today: date) -> list[tuple[Entry, ...]]:
    """The case files of 150 invented people over the real tree of Hainan, with every sort of planted
    fault."""
    divisions = load_province("46")
    units.add_province("46")
    units.add(units.NewUnit(i.code, i.name, i.kind, i.parent) for i in build(divisions).institutions)
    return [h.entries for h in population(150, 7, today, divisions)]


def test_many_at_once_come_out_as_one_by_one(
    histories: list[tuple[Entry, ...]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = histories[:20]
    monkeypatch.setattr(gate, "AT_ONCE", 97)
    with transaction.atomic():
        gate.record_many(chain.from_iterable(some), actor=house(), now=now)
        at_once = dump(PROJECTIONS | WRITTEN)
        transaction.set_rollback(True)
    for entry in chain.from_iterable(some):
        gate.record(entry, actor=house(), now=now)
    one_by_one = dump(PROJECTIONS | WRITTEN)
    assert len(at_once["casefile"]) == 20
    assert differences(renumbered(at_once), renumbered(one_by_one)) == {}


def renumbered(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The same rows with files counted from 1: a sequence does not go back."""
    least = min(int(r[0]) for r in tables["casefile"])
    by_file = {"casestatus", "duty", "person", "entry", "casefile"}
    return {
        name: sorted((str(int(r[0]) - least), *r[1:]) if name in by_file else r for r in rows)
        for name, rows in tables.items()
        if name != "personkey"
    } | {"personkey": sorted((r[0], str(int(r[1]) - least)) for r in tables["personkey"])}


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, Any]:
    """What stands in one and not in the other, table by table."""
    return {
        name: (sorted(set(one[name]) - set(other[name]))[:3], sorted(set(other[name]) - set(one[name]))[:3])
        for name in one
        if one[name] != other[name]
    }


def test_whoever_comes_back_entry_by_entry_in_any_chunks_has_the_same_rows_after_a_rebuild(
    histories: list[tuple[Entry, ...]], now: datetime, today: date
) -> None:
    bulk.load(histories, now)
    before = dump(PROJECTIONS)
    filled = dict.fromkeys(PROJECTIONS, True) | {"oldnumber": False, "merged": False}
    assert {name: bool(rows) for name, rows in before.items()} == filled
    for spoiled in (
        "DELETE FROM store_duty WHERE owed = 0",
        "UPDATE store_casestatus SET state = 'ended', at1 = 7",
        "DELETE FROM store_person WHERE keys < (SELECT max(keys) FROM store_person)",
        "UPDATE store_dutytally SET n = n + 3",
        "DELETE FROM store_filetally",
        "INSERT INTO store_personkey (key, file) VALUES ('nobody', 999999)",
    ):
        engine.execute(spoiled)
    assert dump(PROJECTIONS) != before
    assert rebuild(today) == 150
    assert differences(before, dump(PROJECTIONS)) == {}
    assert rebuild(today) == 150
    assert differences(before, dump(PROJECTIONS)) == {}


def test_a_refresh_brings_everything_to_a_later_day_as_a_rebuild_would(
    histories: list[tuple[Entry, ...]], now: datetime, today: date
) -> None:
    bulk.load(histories, now)
    for days in (1, 7, 40):
        later = today + timedelta(days=days)
        touched = refresh(later)
        assert 0 < touched < 150 or days > 7
        assert not stale(later)
        refreshed = dump(PROJECTIONS)
        rebuild(later)
        assert differences(refreshed, dump(PROJECTIONS)) == {}


def test_loading_again_adds_nothing(histories: list[tuple[Entry, ...]], now: datetime) -> None:
    first = bulk.load(histories[:20], now)
    before = dump(PROJECTIONS | WRITTEN)
    second = bulk.load(histories[:20], now + timedelta(hours=1))
    assert (second.new, second.repeated) == (0, first.new)
    assert dump(PROJECTIONS | WRITTEN) == before
    assert verify().good


def test_an_order_served_gives_a_duty_to_the_village_that_answers_for_the_person(
    places: object, now: datetime, today: date
) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-20"), actor=CLERK, now=now)
    for unit in (VILLAGE, TOWN, "469023", "46"):
        (line,) = read.today(unit, today + timedelta(days=9)).rows
        assert (line.duty, line.name, line.unit, line.worker) == ("report_in", "王小明", VILLAGE, "李专干")
        assert line.cites[0].startswith("戒毒条例#14")
    assert read.today(OTHER_VILLAGE, today + timedelta(days=9)).rows == ()


def test_duties_move_with_the_person(places: object, now: datetime, today: date) -> None:
    pen = Pen(1, author="chief", unit="469023")
    gate.record_many(pen.on_community_treatment(served="2026-11-10"), actor=COUNTY, now=now)
    assert read.today(VILLAGE, today).counts == {"late": 0, "today": 0, "week": 1}
    gate.record(pen.held_by(WEST_VILLAGE, "2026-11-22", worker="周专干"), actor=COUNTY, now=now)
    assert read.today(VILLAGE, today).counts == {"late": 0, "today": 0, "week": 0}
    assert read.today(TOWN, today).rows == ()
    (line,) = read.today(WEST_VILLAGE, today).rows
    assert (line.unit, line.worker) == (WEST_VILLAGE, "周专干")
    assert read.today("469023", today).counts["week"] == 1
    view = read.file_view(pen.file)
    assert view is not None
    assert view.unit is not None
    assert view.unit.code == WEST_VILLAGE


def test_recording_what_was_due_takes_it_off_the_list(places: object, now: datetime, today: date) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-10"), actor=CLERK, now=now)
    assert [r.duty for r in read.today(VILLAGE, today).rows] == ["report_in"]
    reported = pen.entry("reporting_in", "2026-11-20")
    gate.record(reported, actor=CLERK, now=now)
    assert [r.duty for r in read.today(VILLAGE, today).rows] == ["sign_agreement"]
    gate.record(pen.entry("agreement", "2026-11-20"), actor=CLERK, now=now)
    assert read.today(VILLAGE, today).rows == ()
    gate.record(pen.entry("void", "2026-11-21", corrects=reported.id, reason="登错人"), actor=CLERK, now=now)
    assert [r.duty for r in read.today(VILLAGE, today).rows] == ["report_in"]


def test_a_day_that_passes_turns_due_into_late_without_anybody_recording(
    places: object, now: datetime, today: date
) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-08"), actor=CLERK, now=now)
    assert read.today(VILLAGE, today).counts == {"late": 0, "today": 1, "week": 0}
    tomorrow = today + timedelta(days=1)
    assert read.today(VILLAGE, tomorrow).counts == {"late": 1, "today": 0, "week": 0}
    assert stale(tomorrow)
    assert refresh(tomorrow) == 1
    (person,), _ = read.people(VILLAGE)
    assert person.findings == ("deemed_refusal",)
    assert person.overdue_n == 1
