"""Drawn days: nobody can choose them, anybody can check them, everybody has as many; and a draw that is not
fair is found out by the questions that the trial asks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from guitu.home import draw
from guitu.home.draw import Drawn, Sheet, Terms, Window, check, commitment, day_of, lot_of, read_sheet
from guitu.kernel.zone import CHINA
from guitu.trials.draw import asked
from guitu.trials.draw.running import try_it

SEED = bytes(range(32))
TERMS = Terms("469023100", date(2026, 11, 1), date(2026, 11, 30))
BEFORE = datetime(2026, 10, 28, 9, tzinfo=CHINA)


def sheet(people: int = 40, terms: Terms = TERMS) -> Sheet:
    lots = []
    for n in range(people):
        first = date(2026, 11, 1) + timedelta(days=n % 30)
        window = Window(lot_of(SEED, f"case-{n}"), first, first + timedelta(days=29))
        lots.append(Drawn(window, day_of(SEED, window, weekends=terms.weekends)))
    return Sheet(terms, commitment(terms, SEED), BEFORE, SEED.hex(), tuple(lots))


def codes(one: Sheet, **more: str) -> set[str]:
    return {fault.code for fault in check(one, **more)}


def test_the_day_is_always_the_same_and_lies_in_the_period() -> None:
    for one in sheet().lots:
        assert one.window.first <= one.day <= one.window.last
        assert day_of(SEED, one.window) == one.day


def test_an_honest_draw_has_nothing_wrong_and_reads_back_from_its_file() -> None:
    honest = sheet()
    assert check(honest) == ()
    assert read_sheet(honest.json()) == honest


def test_a_draw_without_weekends_has_none_and_is_checked_as_such() -> None:
    terms = replace(TERMS, weekends=False)
    quiet = sheet(terms=terms)
    assert all(one.day.weekday() < 5 for one in quiet.lots)
    assert check(quiet) == ()
    assert "other_seed" in codes(replace(quiet, terms=TERMS))
    saturday = Window("a", date(2026, 11, 21), date(2026, 11, 22))
    assert day_of(SEED, saturday, weekends=False).weekday() >= 5  # a period without other days


def test_one_changed_day_is_found_with_its_lot() -> None:
    honest = sheet()
    one = honest.lots[7]
    moved = replace(one, day=one.window.first if one.day != one.window.first else one.window.last)
    found = check(replace(honest, lots=(*honest.lots[:7], moved, *honest.lots[8:])))
    assert [(f.code, f.lot) for f in found] == [("other_day", one.window.lot)]


def test_another_seed_than_the_one_committed_to_is_found() -> None:
    other = bytes(32)
    lots = tuple(Drawn(d.window, day_of(other, d.window)) for d in sheet().lots)
    assert "other_seed" in codes(replace(sheet(), seed=other.hex(), lots=lots))


def test_a_commitment_on_the_first_day_comes_too_late() -> None:
    late = replace(sheet(), committed_at=datetime(2026, 11, 1, 0, 1, tzinfo=CHINA))
    assert codes(late) == {"too_late"}


def test_a_second_draw_for_one_lot_and_a_period_of_another_month_are_found() -> None:
    honest = sheet()
    first = honest.lots[0].window
    again = Window(first.lot, first.first + timedelta(days=1), first.last)
    assert codes(replace(honest, lots=(*honest.lots, Drawn(again, day_of(SEED, again))))) == {"twice"}
    before = Window("aa", date(2026, 10, 31), date(2026, 11, 29))
    assert codes(replace(honest, lots=(*honest.lots, Drawn(before, before.first)))) == {"outside"}


def test_somebody_finds_their_own_lot_once_the_seed_is_known() -> None:
    assert check(sheet(), case_no="case-3") == ()
    assert codes(sheet(), case_no="case-40") == {"not_in_it"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"scheme": "other"}', "[" * 5000, '{"scheme": "guitu-draw-1"}']
)
def test_what_is_no_sheet_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(draw.BadDraw):
        read_sheet(text)


def test_a_seed_that_is_none_is_said_so() -> None:
    assert codes(replace(sheet(), seed="zz")) == {"seed_unreadable"}
    assert json.loads(sheet().json())["scheme"] == draw.SCHEME


def test_nothing_can_be_known_of_the_days_beforehand_and_nobody_has_more() -> None:
    found = try_it(1500, 7)
    assert found.good, [(a.name, a.p) for a in found.answers]
    assert (found.burden, found.span, found.wrong) == (1, 1, 0)


def test_days_that_avoid_the_last_ones_or_a_weekday_are_found_out() -> None:
    rng = np.random.default_rng(3)
    length = np.full(60_000, 30)
    assert asked.uniform(rng.integers(0, 30, 60_000), length) > 1e-6
    assert asked.uniform(rng.integers(0, 29, 60_000), length) < 1e-6
    first = rng.integers(730_000, 730_365, 60_000)
    day = first + rng.integers(0, 30, 60_000)
    assert asked.weekdays(day, first, length) > 1e-6
    friday = day % 7 == 5
    assert asked.weekdays(np.where(friday & (rng.random(60_000) < 0.3), day - 1, day), first, length) < 1e-6


def test_days_that_follow_from_the_last_one_are_found_out() -> None:
    rng = np.random.default_rng(4)
    fair = rng.integers(0, 30, (4000, 20))
    length = np.full_like(fair, 30)
    tied = fair.copy()
    for n in range(1, 20):  # a tenth of the days repeats the day before
        tied[:, n] = np.where(rng.random(4000) < 0.1, tied[:, n - 1], fair[:, n])
    for at, good in ((fair, True), (tied, False)):
        place = (at + 0.5) / 30
        assert (asked.serial(place) > 1e-6) is good
        assert (asked.table(place, 1) > 1e-6) is good
        assert (asked.guess(at[:, :-1] == at[:, 1:], 1 / length[:, 1:]) > 1e-6) is good
