"""Units and who holds a post in them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from guitu.access import Post
from guitu.kernel.errors import GuituError
from guitu.store import engine, read, staff, units
from guitu.store.units import NewUnit, UnknownUnit
from tests.store.writing import TOWN, VILLAGE


def test_a_province_is_added_from_the_national_codes_once(db: None, today: date) -> None:
    assert units.add_province("46") == 3570
    assert units.add_province("46") == 0
    view = read.unit_view("469023100200", today)
    assert [u.name for u in view.above][:2] == ["海南省", "澄迈县"]
    assert view.here.unit.depth == 4
    assert len(read.unit_view("46", today).below) == 19


def test_a_unit_carries_the_numbers_of_all_above_it(places: object) -> None:
    tree = units.tree()
    village, town = tree.find(VILLAGE), tree.find(TOWN)
    assert village.path == ("46", "469023", TOWN, VILLAGE)
    assert village.at == (tree.find("46").no, tree.find("469023").no, town.no, village.no, None)
    assert village.column == "at4"
    assert tree.within(village, town)
    assert not tree.within(town, village)
    assert [u.code for u in tree.subtree(town)] == [TOWN, VILLAGE, "469023100201"]


def test_a_new_unit_is_known_at_once_and_everywhere(places: object) -> None:
    assert units.tree().get("469023100202") is None
    units.add([NewUnit("469023100202", "新村", "village", TOWN)])
    assert units.tree().find("469023100202").name == "新村"


def test_a_unit_without_its_superior_or_too_deep_is_refused_and_nothing_is_added(places: object) -> None:
    before = engine.rows("SELECT count(*) FROM store_unit")
    with pytest.raises(UnknownUnit, match="999"):
        units.add([NewUnit("x", "甲", "team", VILLAGE), NewUnit("y", "乙", "team", "999")])
    with pytest.raises(GuituError, match="level 6"):
        units.add([NewUnit("x", "甲", "team", VILLAGE), NewUnit("xx", "乙", "team", "x")])
    assert engine.rows("SELECT count(*) FROM store_unit") == before
    assert units.tree().get("x") is None


def test_an_account_acts_in_the_posts_it_holds(places: object) -> None:
    staff.add("lili", "long-enough-1", "李丽", [("town_office", TOWN)])
    staff.add("lili", None, "", [("village_worker", VILLAGE), ("town_office", TOWN)])
    assert staff.actor("lili").posts == (Post("town_office", TOWN), Post("village_worker", VILLAGE))
    assert [(h.role.name, h.unit.name) for h in staff.posts("lili")] == [
        ("town_office", "河东镇"),
        ("village_worker", "东坡村"),
    ]
    assert staff.posts("nobody") == []
    from django.contrib.auth import authenticate

    assert authenticate(username="lili", password="long-enough-1") is not None


@pytest.mark.parametrize(
    ("username", "role", "unit"),
    [
        ("li li", "town_office", TOWN),
        ("", "town_office", TOWN),
        ("li", "town_ofice", TOWN),
        ("li", "town_office", "9"),
    ],
)
def test_a_malformed_account_role_or_unit_is_refused(
    places: object, username: str, role: str, unit: str
) -> None:
    with pytest.raises(GuituError):
        staff.add(username, "long-enough-1", "", [(role, unit)])
    assert not staff.exists("li")


def test_one_request_looks_at_the_tree_once_and_still_sees_what_it_adds(
    places: object, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    units.tree()
    with django_assert_num_queries(1), units.steady():
        assert units.tree() is units.tree()
    with units.steady():
        units.tree()
        units.add([NewUnit("469023100203", "又一村", "village", TOWN)])
        assert units.tree().find("469023100203").name == "又一村"
