"""Reading a few kinds out of many people's files: what may not be seen is not there, and nothing stale
is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from guitu.access import Actor, Post, house
from guitu.access.compartments import needed_by
from guitu.centre import classes, exercise
from guitu.compose import kinds
from guitu.store import casefiles, excerpts, gate, scope, unitfiles
from guitu.store.centre import learning, reading
from guitu.store.read import kept
from guitu.store.read.sight import seen_by
from guitu.store.read.targets import target_of
from guitu.store.units import tree
from tests.store.writing import CENTRE, TOWN, VILLAGE, Pen
from tests.web.inside import held

TEACHER = Actor("teacher", (Post("teacher", CENTRE),))
OUTSIDER = Actor("other", (Post("teacher", "469023100"),))
COURSE = UUID(int=77)
SEALED = {"basis": kinds()["record_sealed"].ask("basis").choices[0].value}


@pytest.fixture
def people(places: object, now: datetime) -> list[Pen]:
    excerpts.forget()
    return held(now)


def put(now: datetime, *entries: object) -> None:
    gate.record_many(list(entries), actor=house(), now=now)  # type: ignore[arg-type]


def numbers(pens: list[Pen]) -> list[int]:
    found = casefiles.by_ids([pen.file for pen in pens])
    return [found[pen.file].no for pen in pens]


def test_it_holds_the_kinds_asked_for_and_what_was_recorded_since(people: list[Pen], now: datetime) -> None:
    nos = numbers(people)
    first = reading.persons(nos, classes.PERSON_KINDS, TEACHER, now)
    assert [p.name for p in first] == ["陈大勇", "符海生", "李文强", "王小明"]
    assert all(p.entries == () for p in first)
    put(now, people[0].entry("course_enrolled", "2026-11-02", sort="law", course_id=str(COURSE)))
    put(
        now,
        people[0].entry("fitness_test", "2026-11-02", occasion="entry", battery="adult@1", results="grip=30"),
    )
    (one,) = reading.persons(nos[:1], classes.PERSON_KINDS, TEACHER, now)
    assert [e.kind for e in one.entries] == ["course_enrolled"]
    (one,) = reading.persons(nos[:1], exercise.KINDS, TEACHER, now)
    assert [e.kind for e in one.entries] == ["fitness_test"]


def test_what_the_reader_may_not_see_is_not_there(people: list[Pen], now: datetime) -> None:
    nos = numbers(people)
    put(now, people[0].entry("training_stop", "2026-11-02", sign="dizzy"))
    assert reading.persons(nos, exercise.KINDS, OUTSIDER, now) == ()
    (one,) = reading.persons(nos[:1], exercise.KINDS, TEACHER, now)
    assert one.entries == ()
    days = reading.days_of(nos[:1], "training_stop")[nos[0]]
    assert [day for day, _ in days] == [date(2026, 11, 2)]


def test_a_sealed_file_is_not_on_a_list(people: list[Pen], now: datetime) -> None:
    nos = numbers(people)
    put(now, people[0].entry("record_sealed", "2026-11-02", **SEALED))
    assert len(reading.persons(nos, classes.PERSON_KINDS, TEACHER, now)) == 3
    coach = Actor("coach", (Post("coach", CENTRE),))  # reads nothing of the compartment that says so
    unit = tree().find(CENTRE)
    with scope.scope([unit.no], needed_by("coach")):
        assert len(reading.persons(nos, exercise.KINDS, coach, now)) == 3
        view = kept.opened(str(people[0].file))
        assert view is not None
        assert not seen_by(coach, target_of(view, coach, now), tree()).decision.allowed


def test_a_units_file_is_read_by_kind_and_day_with_what_corrects_it(people: list[Pen], now: datetime) -> None:
    fields = {
        "course_id": str(COURSE),
        "sort": "law",
        "starts": "08:30",
        "minutes": 90,
        "enrolled": 3,
        "present": 3,
    }
    made = [
        unitfiles.new_entry(CENTRE, "class_held", date(2026, 11, d), {**fields, "present": 3 - n}, now=now)
        for n, d in enumerate((2, 9))
    ]
    put(now, *made)
    better = unitfiles.new_entry(
        CENTRE, "class_held", date(2026, 11, 10), fields, now=now, corrects=made[1].id, reason="日期录错"
    )
    put(now, better)
    unit = tree().find(CENTRE)
    first = learning.registers(unit, date(2026, 11, 1), date(2026, 11, 9))
    assert [(r.day.day, r.present) for r in first] == [(2, 3)]  # the second was held on the tenth
    assert [r.day.day for r in learning.registers(unit, date(2026, 11, 10), date(2026, 11, 30))] == [10]


def test_who_is_on_a_list_is_found_without_opening_every_file(people: list[Pen], now: datetime) -> None:
    course = classes.Course(COURSE, "法律", "law", date(2026, 11, 2))
    put(
        now,
        people[0].entry("course_enrolled", "2026-11-02", sort="law", course_id=str(COURSE)),
        people[1].entry("course_enrolled", "2026-11-02", sort="law", course_id=str(UUID(int=78))),
    )
    put(now, people[2].entry("course_enrolled", "2026-11-02", sort="law", course_id=str(COURSE)))
    put(now, people[2].entry("course_left", "2026-11-05", sort="law", why="moved", course_id=str(COURSE)))
    assert set(learning.candidates([course])) == {numbers(people)[0], numbers(people)[2]}
    on = learning.members(course, TEACHER, now, date(2026, 11, 20))
    assert [m.person.id for m in on] == [people[0].file]
    assert len(learning.members(course, TEACHER, now)) == 2


def test_a_learner_who_was_released_still_has_the_name_that_the_centre_recorded(
    people: list[Pen], now: datetime
) -> None:
    course = classes.Course(COURSE, "法律", "law", date(2026, 11, 2))
    both, strange = people[:2], people[1]
    for pen in both:
        put(now, pen.entry("course_enrolled", "2026-11-02", sort="law", course_id=str(COURSE)))
    strange.unit = TOWN  # of this one the town wrote down last who it is: that is not the centre's to read
    put(now, replace(strange.person("改名者"), corrects=first_entry(strange)))
    for pen in both:
        put(now, pen.entry("release", "2026-11-20"), pen.held_by(VILLAGE, "2026-11-21"))
    unit = tree().find(CENTRE)
    with scope.scope([unit.no], needed_by("teacher")):
        on = learning.members(course, TEACHER, now)
    names = {m.person.id: m.person.name for m in on}
    assert names[people[0].file] == "符海生"
    assert names[strange.file] != "改名者"


def first_entry(pen: Pen) -> UUID:
    found = casefiles.by_ids([pen.file])[pen.file]
    casefiles.fill([found])
    return next(e.id for e in found.entries if e.kind == "person")
