"""Figures of any places and periods that are shown together give no small figure away."""

from __future__ import annotations

import pytest

from guitu.compose import indicators
from guitu.indicators.disclosure import Mark
from guitu.indicators.periods import Period
from guitu.indicators.together import Listed, marks

PROVINCE, COUNTY, OTHER = ("46",), ("46", "469023"), ("46", "469024")
ROUND, YEAR = Period.parse("2016-11-01..2019-10-31"), Period.year(2018)


def listed(name: str, path: tuple[str, ...], over: int, period: Period = ROUND, **more: int) -> Listed:
    key = str(more.pop("key", "admissions.all"))
    return Listed(name, indicators()[key], path, period, over, people=over, **more)


def test_a_small_count_is_hidden_and_nought_and_ten_are_shown() -> None:
    found = marks([listed("a", PROVINCE, 9), listed("b", COUNTY, 0), listed("c", OTHER, 10, YEAR)])
    assert found["a"] == "small"
    assert set(found) == {"a"}


def test_what_is_left_of_a_whole_is_small_too() -> None:
    found = marks([listed("province", PROVINCE, 1000), listed("county", COUNTY, 996)])
    assert found  # 1000 − 996 would tell of four people in the other counties
    assert "county" in found or "province" in found


def test_what_is_left_is_large_and_all_is_shown() -> None:
    assert marks([listed("province", PROVINCE, 1000), listed("county", COUNTY, 900)]) == {}


def test_a_year_within_a_round_is_a_part_of_it() -> None:
    assert marks([listed("round", COUNTY, 500), listed("year", COUNTY, 497, YEAR)])
    assert marks([listed("round", COUNTY, 500), listed("year", COUNTY, 400, YEAR)]) == {}


def test_two_counties_together_are_subtracted_as_well() -> None:
    figures = [listed("province", PROVINCE, 1000), listed("a", COUNTY, 500), listed("b", OTHER, 495)]
    assert marks(figures)  # 1000 − 500 − 495


def test_a_hidden_county_cannot_be_worked_out_from_its_neighbour() -> None:
    figures = [listed("province", PROVINCE, 100), listed("a", COUNTY, 4), listed("b", OTHER, 96)]
    found = marks(figures)
    assert found["a"] == "small"
    assert len(found) > 1


@pytest.mark.parametrize(("over", "mark"), [(98, True), (80, False), (100, False), (3, True)])
def test_a_share_is_hidden_where_a_few_are_in_it_or_out_of_it(over: int, mark: bool) -> None:
    share = indicators()["training.certificate_rate"]
    one = Listed("share", share, COUNTY, YEAR, over, 100, 100, over)
    found: dict[object, Mark] = dict(marks([one]))
    assert bool(found) is mark


def test_money_and_places_are_of_no_people() -> None:
    assert marks([Listed("money", indicators()["funds.spent"], COUNTY, YEAR, 5)]) == {}
