"""Whose figures a post sees, and that what is hidden is the same on every page."""

from __future__ import annotations

from datetime import date

import pytest

from guitu.access import Actor, Post
from guitu.access.figures import VILLAGES, may_see_figures, sees_small_figures
from guitu.compose import indicators
from guitu.indicators.shown import Counted, marks

PROVINCE, COUNTY, TOWN, VILLAGE = ("46",), ("46", "c"), ("46", "c", "t"), ("46", "c", "t", "v")
JULY, AUGUST, SEPTEMBER = (date(2026, m, 1) for m in (7, 8, 9))
ORDERS = "community.orders"


def actor(role: str, unit: str) -> Actor:
    """An account in one post."""
    return Actor("somebody", (Post(role, unit),))


@pytest.mark.parametrize(
    ("role", "unit", "opens"),
    [
        ("village_worker", "v", True),
        ("town_office", "t", True),
        ("county_supervisor", "c", False),
        ("provincial_supervisor", "46", False),
        ("statistician", "t", False),
        ("outreach", "v", False),
        ("town_office", "another", False),
    ],
)
def test_village_figures_open_to_those_who_answer_for_the_cases_and_to_nobody_else(
    role: str, unit: str, opens: bool
) -> None:
    decision = may_see_figures(actor(role, unit), VILLAGE, "village")
    assert decision.allowed is opens


def test_a_closed_village_says_why() -> None:
    decision = may_see_figures(actor("county_supervisor", "c"), VILLAGE, "village")
    assert decision.reason == VILLAGES


@pytest.mark.parametrize("role", ["county_supervisor", "statistician", "inspector"])
def test_figures_stay_inside_the_area(role: str) -> None:
    assert may_see_figures(actor(role, "c"), COUNTY, "county").allowed
    assert may_see_figures(actor(role, "c"), TOWN, "town").allowed
    assert not may_see_figures(actor(role, "c"), PROVINCE, "province").allowed
    assert not may_see_figures(actor(role, "c"), ("46", "d"), "county").allowed


@pytest.mark.parametrize("role", ["auditor", "system_admin", "person", "family"])
def test_who_needs_no_figures_sees_none(role: str) -> None:
    assert not may_see_figures(actor(role, "46"), PROVINCE, "province").allowed


def test_small_figures_stand_as_they_are_only_for_those_who_hold_the_cases() -> None:
    assert sees_small_figures(actor("town_office", "t"), VILLAGE, "town")
    assert sees_small_figures(actor("village_worker", "v"), VILLAGE, "village")
    assert not sees_small_figures(actor("statistician", "t"), TOWN, "town")
    assert not sees_small_figures(actor("county_supervisor", "c"), TOWN, "county")
    assert not sees_small_figures(actor("provincial_supervisor", "46"), TOWN, "province")
    assert not sees_small_figures(actor("town_office", "t"), ("46", "c", "u"), "town")


def months(unit: int, *counts: int) -> list[Counted]:
    """A unit's July, August and September, and the quarter that they make."""
    rows = [
        Counted(unit, "month", first, n, people=n)
        for first, n in zip((JULY, AUGUST, SEPTEMBER), counts, strict=True)
        if n
    ]
    return [*rows, Counted(unit, "quarter", JULY, sum(counts), people=sum(counts))]


def test_one_small_unit_never_stands_alone_among_its_neighbours() -> None:
    rows = [*months(1, 60, 60, 60), *months(2, 3, 20, 20), *months(3, 57, 40, 40)]
    found = marks(indicators()[ORDERS], rows, 1, (2, 3))
    assert found[2, ("month", JULY)] == "small"
    assert (3, ("month", JULY)) in found
    assert (1, ("month", JULY)) not in found


def test_a_hidden_month_cannot_be_had_from_its_quarter() -> None:
    rows = [*months(1, 3, 40, 40)]
    found = marks(indicators()[ORDERS], rows, 1, ())
    hidden = {span for (_, span) in found}
    assert ("month", JULY) in hidden
    assert hidden & {("month", AUGUST), ("month", SEPTEMBER), ("quarter", JULY)}


def test_nought_is_never_hidden() -> None:
    rows = [*months(1, 12, 30, 30), *months(2, 12, 30, 30), *months(3, 0, 0, 0)]
    assert not [key for key in marks(indicators()[ORDERS], rows, 1, (2, 3)) if key[0] == 3]


def test_a_unit_has_the_mark_that_the_table_above_it_gave() -> None:
    rows = [*months(1, 60, 60, 60), *months(2, 30, 30, 30), *months(3, 30, 30, 30)]
    found = marks(indicators()[ORDERS], rows, 1, (2, 3), given={("month", JULY): "also"})
    assert found[1, ("month", JULY)] == "also"
    assert {(2, ("month", JULY)), (3, ("month", JULY))} & set(found), "or the two make up what is hidden"


def test_where_only_the_whole_would_help_and_it_is_shown_above_every_part_is_hidden() -> None:
    rows = [*months(1, 14, 40, 40), *months(2, 4, 20, 20), *months(3, 10, 20, 20)]
    found = marks(indicators()[ORDERS], rows, 1, (2, 3), given={})
    assert (1, ("month", JULY)) not in found
    assert {(2, ("month", JULY)), (3, ("month", JULY))} <= set(found)


def test_a_share_is_hidden_where_its_numerator_is_small() -> None:
    rows = [
        Counted(1, "month", JULY, 94, 100, people=100, over_people=94),
        Counted(2, "month", JULY, 4, 40, people=40, over_people=4),
        Counted(3, "month", JULY, 90, 60, people=60, over_people=90),
    ]
    found = marks(indicators()["community.reported_rate"], rows, 1, (2, 3))
    assert found[2, ("month", JULY)] == "small"


@pytest.mark.parametrize("key", ["funds.spent", "police.seized_kg"])
def test_money_and_weights_tell_nothing_of_a_person_and_are_shown(key: str) -> None:
    rows = [Counted(1, "month", JULY, 3), Counted(2, "month", JULY, 3)]
    assert not marks(indicators()[key], rows, 1, (2,))
