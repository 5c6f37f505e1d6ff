"""One centre after a stretch of days, in small: as many inside as were asked for, and every day told of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.simulate import one_centre
from guitu.simulate.accounts import DEMO_CENTRE
from guitu.simulate.centre import Detail
from guitu.store.divisions import load_province

TODAY = date(2026, 11, 23)
RESIDENTS, DAYS = 30, 100

Made = tuple[Detail, list[tuple[Entry, ...]], list[Entry]]


def make() -> Made:
    detail = Detail(TODAY, 7, told={DEMO_CENTRE: 10 * RESIDENTS}, days=DAYS, left=DAYS)
    files = list(one_centre.population(RESIDENTS, 7, TODAY, load_province("46"), detail))
    return detail, files, [entry for entries in detail.of_units() for entry in entries]


@pytest.fixture(scope="module")
def made() -> Made:
    return make()


def test_as_many_are_inside_as_were_asked_for_and_others_came_and_left(made: Made) -> None:
    stays = made[0].stays
    assert sum(s.until is None for s in stays) == RESIDENTS
    assert any(s.until is not None for s in stays)
    assert any(s.transferred > TODAY - timedelta(days=DAYS) for s in stays)


def test_the_same_arguments_make_the_same_centre(made: Made) -> None:
    again = make()
    assert (again[1], again[2]) == (made[1], made[2])


def test_what_happens_often_is_told_of_from_the_first_of_the_days(made: Made) -> None:
    first = TODAY - timedelta(days=DAYS)
    for kind in ("roll_call", "training_session"):
        assert min(e.happened_on for e in made[2] if e.kind == kind) <= first + timedelta(days=7)
    inside = {
        e.kind for entries in made[1] for e in entries if first <= e.happened_on < first + timedelta(30)
    }
    assert {"dose", "call", "training_exception", "work_exception"} <= inside


def test_an_entry_is_recorded_after_the_one_it_answers_however_long_the_file(made: Made) -> None:
    for entries in made[1]:
        at = {str(entry.id): entry.recorded_at for entry in entries}
        for entry in entries:
            answered = at.get(str(entry.get("to") or ""))
            assert answered is None or answered <= entry.recorded_at, entry.kind


def test_every_entry_answers_what_its_kind_asks(made: Made) -> None:
    every = [entry for entries in made[1] for entry in entries] + made[2]
    wrong = {(e.kind, fault.field) for e in every for fault in kinds()[e.kind].faults(e.fields)}
    assert wrong == set()


def test_brigades_have_about_a_hundred_people_and_names_of_their_own() -> None:
    codes = one_centre.brigades(2000)
    assert len(codes) == 20
    assert len({one_centre._name(code) for code in codes}) == 20
    assert one_centre._name("46J0120").endswith("二十大队")
    assert one_centre._name("46J0111").endswith("十一大队")
