"""Working days and holidays, and what is said of years that are not published yet."""

from __future__ import annotations

from datetime import date

import pytest

from guitu.policy import holidays


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2024, 10, 1), False),  # National Day, a Tuesday
        (date(2024, 10, 12), True),  # a Saturday swapped into work
        (date(2024, 10, 19), False),  # an ordinary Saturday
        (date(2024, 10, 21), True),  # an ordinary Monday
    ],
)
def test_published_holidays_and_swapped_days_are_known(day: date, working: bool) -> None:
    assert holidays.is_working_day(day) == (working, True)


@pytest.mark.parametrize("year", [1949, 2003, 2031, 2099])
def test_in_an_unknown_year_weekends_are_off_and_it_says_that_it_does_not_know(year: int) -> None:
    for number in range(1, 8):
        day = date(year, 10, number)
        working, known = holidays.is_working_day(day)
        assert not known
        assert working == (day.weekday() < 5)
    assert str(year) in holidays.unknown_year(year).zh
    assert str(year) in holidays.unknown_year(year).en


def test_a_last_day_in_a_long_holiday_moves_to_the_first_working_day() -> None:
    assert holidays.roll(date(2024, 10, 3)) == (date(2024, 10, 8), True)
    assert holidays.roll(date(2024, 10, 12)) == (date(2024, 10, 12), True)
    assert holidays.roll(date(2031, 10, 4)) == (date(2031, 10, 6), False)


def test_it_never_fails_at_the_edges_of_the_calendar() -> None:
    assert holidays.roll(date.max)[0] <= date.max
    assert holidays.is_working_day(date.min)[1] is False


def test_working_days_are_counted_backwards_and_forwards_over_holidays() -> None:
    assert holidays.add_working_days(date(2024, 10, 8), -3) == (date(2024, 9, 27), True)
    assert holidays.add_working_days(date(2024, 9, 30), 1) == (date(2024, 10, 8), True)
