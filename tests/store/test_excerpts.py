"""The entries of a few kinds of many files: what counts, what is open to whom, and nothing stale."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from guitu.access import house
from guitu.kernel.lately import Lately
from guitu.store import casefiles, engine, excerpts, gate, scope
from guitu.store.centre import residents
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen
from tests.web.inside import BRIGADE, held

OFTEN = excerpts.Often(frozenset({"roll_exception"}), date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def people(places: object, now: datetime) -> list[Pen]:
    excerpts.forget()
    return held(now)


def put(now: datetime, *entries: object) -> None:
    gate.record_many(list(entries), actor=house(), now=now)  # type: ignore[arg-type]


def number(pen: Pen) -> int:
    return casefiles.by_ids([pen.file])[pen.file].no


def missed(pen: Pen, on: str, **more: object) -> object:
    return pen.entry("roll_exception", on, at="07:00", what="missing", **more)  # type: ignore[arg-type]


def test_a_day_asked_for_holds_what_was_corrected_into_it_and_not_what_was_corrected_out(
    people: list[Pen], now: datetime
) -> None:
    pen = people[0]
    out, into = missed(pen, "2026-11-02"), missed(pen, "2026-10-02")
    put(now, out, into)
    put(
        now,
        missed(pen, "2026-10-30", corrects=out.id),  # type: ignore[attr-defined]
        missed(pen, "2026-11-03", corrects=into.id),  # type: ignore[attr-defined]
    )
    found = excerpts.counted([number(pen)], (), often=OFTEN)[number(pen)]
    assert [e.happened_on for e in found] == [date(2026, 11, 3)]


def test_what_is_recorded_or_withdrawn_is_seen_at_once(people: list[Pen], now: datetime) -> None:
    pen = people[0]
    no = number(pen)
    assert excerpts.counted([no], ("roll_exception",)) == {no: ()}
    entry = missed(pen, "2026-11-02")
    put(now, entry)
    assert len(excerpts.counted([no], ("roll_exception",))[no]) == 1
    put(now, pen.entry("void", "2026-11-02", corrects=entry.id, reason="记错了人"))  # type: ignore[attr-defined]
    assert excerpts.counted([no], ("roll_exception",)) == {no: ()}


def test_what_one_reader_opened_is_not_there_for_another_who_may_not(
    people: list[Pen], now: datetime
) -> None:
    pen, unit = people[0], tree().find(CENTRE)
    put(now, pen.entry("counselling", "2026-11-02", mode="individual", reason="planned", minutes=40))
    no, kinds = number(pen), ("counselling", "person")

    def seen(*compartments: str) -> dict[str, object]:
        with scope.scope([unit.no], compartments):
            found = excerpts.counted([no], kinds, unseal=excerpts.EVERY)[no]
            return {e.kind: dict(e.fields) for e in found}

    support, custody = seen("identity", "support", "medical"), seen("custody")
    assert "counselling" in support
    assert support["person"]["name"] == "符海生"  # type: ignore[index]
    assert "counselling" not in custody
    assert "name" not in custody["person"]  # type: ignore[operator]
    with scope.scope([unit.no], ("identity", "support", "medical")):
        (closed,) = (e for e in excerpts.counted([no], kinds)[no] if e.kind == "person")
        assert "name" not in closed.fields  # asked without unsealing


def test_a_file_that_the_reader_does_not_come_to_is_not_there(people: list[Pen]) -> None:
    no = number(people[0])
    assert no in excerpts.of_files([no, 10**9], ("order",))
    if engine.is_postgresql():
        with scope.scope([tree().find("469024").no], ("custody",)):
            assert excerpts.of_files([no], ("order",)) == {}


def test_what_was_asked_for_longest_ago_is_forgotten_first(
    people: list[Pen], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = number(people[0]), number(people[1])
    room_for_one = Lately(3, excerpts.weight)  # a file with its order, and a little more
    monkeypatch.setattr(excerpts, "_kept", room_for_one)
    before = excerpts.of_files([first], ("order",))[first]
    assert excerpts.of_files([first], ("order",))[first] is before
    excerpts.of_files([second], ("order",))
    assert excerpts.of_files([first], ("order",))[first] is not before


def test_who_is_inside_is_the_same_whoever_asks(people: list[Pen], now: datetime) -> None:
    left = people[0]
    put(now, left.entry("release", "2026-11-02"))
    brigade = tree().find(BRIGADE)
    numbers = residents.numbers(brigade)
    assert set(numbers) == {number(pen) for pen in people[1:]}
    assert [line.no for line in residents.inside(brigade)] == list(numbers)
    assert residents.count(tree().find(CENTRE)) == len(numbers)
