"""The days inside a centre, as the demonstration tells them: always the same, and nothing else changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.simulate.accounts import accounts
from guitu.simulate.centre import CENTRES, LATELY, TOLD, Detail
from guitu.simulate.province import History, population
from guitu.store.divisions import Division, load_province
from guitu.store.unitfiles import file_of

TODAY = date(2026, 11, 23)
SEED = 20260630
PEOPLE = 400


@pytest.fixture(scope="module")
def divisions() -> list[Division]:
    return load_province("46")


@pytest.fixture(scope="module")
def plain(divisions: list[Division]) -> list[History]:
    return list(population(PEOPLE, SEED, TODAY, divisions))


@pytest.fixture(scope="module")
def told(divisions: list[Division]) -> tuple[Detail, list[History], list[Entry]]:
    """What was collected, the people's files, and the entries of the units' files."""
    detail = Detail(TODAY, SEED)
    files = list(population(PEOPLE, SEED, TODAY, divisions, detail))
    return detail, files, [entry for entries in detail.of_units() for entry in entries]


Told = tuple[Detail, list[History], list[Entry]]


def added(plain: list[History], told: Told) -> list[Entry]:
    before = {entry.id for history in plain for entry in history.entries}
    return [e for history in told[1] for e in history.entries if e.id not in before] + told[2]


def test_what_was_there_without_it_is_there_with_it_as_the_same_events(
    plain: list[History], told: Told
) -> None:
    """A subject may say more about an event (who signed an assessment), and never moves or drops one."""
    for without, with_it in zip(plain, told[1], strict=True):
        before = {entry.id: (entry.kind, entry.happened_on, entry.unit) for entry in without.entries}
        after = {e.id: (e.kind, e.happened_on, e.unit) for e in with_it.entries if e.id in before}
        assert (with_it.file, with_it.planted, after) == (without.file, without.planted, before)


def test_the_same_seed_tells_the_same(divisions: list[Division], told: Told) -> None:
    again = Detail(TODAY, SEED)
    assert list(population(PEOPLE, SEED, TODAY, divisions, again)) == told[1]
    assert [entry for entries in again.of_units() for entry in entries] == told[2]


def test_only_the_centres_that_are_told_of_have_stays_and_nobody_long_gone(told: Told) -> None:
    assert {stay.centre for stay in told[0].stays} == set(CENTRES)
    assert all(stay.brigade.startswith(tuple(TOLD)) for stay in told[0].stays)
    assert all(s.until is None or s.until >= TODAY - timedelta(days=LATELY) for s in told[0].stays)
    assert all(
        s.transferred < TODAY and not s.inside(s.transferred - timedelta(days=1)) for s in told[0].stays
    )


def test_every_entry_answers_what_its_kind_asks_and_is_written_by_a_role_that_may(
    plain: list[History], told: Told
) -> None:
    demo = {account.username: account.role for account in accounts()}
    wrong = set()
    for entry in added(plain, told):
        kind = kinds()[entry.kind]
        wrong |= {(entry.kind, fault.field, str(fault)) for fault in kind.faults(entry.fields)}
        role = demo.get(entry.author, entry.author.split(".")[0])
        if role not in kind.recorded_by:
            wrong.add((entry.kind, role, "may not record it"))
        if (
            kind.about == "unit"
            and entry.unit != ""
            and entry.file not in {file_of(unit) for unit in _units()}
        ):
            wrong.add((entry.kind, entry.unit, "stands in no file of these centres"))
    assert wrong == set()


def _units() -> list[str]:
    return [unit for centre in CENTRES for unit in (centre, *(f"{centre}{n:02d}" for n in range(1, 5)))]


def test_nothing_is_recorded_before_it_happened_or_today(plain: list[History], told: Told) -> None:
    assert all(e.happened_on <= e.recorded_at.date() < TODAY for e in added(plain, told))


def test_ids_are_never_given_twice(told: Told) -> None:
    ids = [entry.id for history in told[1] for entry in history.entries] + [entry.id for entry in told[2]]
    assert len(set(ids)) == len(ids)
