"""Who may do what: every answer has its reason, and the tables are closed."""

from __future__ import annotations

import pytest

from guitu.access import ROLES, Actor, Post, Target, decide, house, may_see_page, role
from guitu.access.pages import PAGES
from guitu.compose import kinds
from guitu.kernel.errors import GuituError

VILLAGE = ("46", "469023", "469023100", "469023100200")


def worker(name: str, unit: str = "469023100") -> Actor:
    """Somebody with one post."""
    return Actor("somebody", (Post(name, unit),))


def test_every_role_that_a_kind_names_exists() -> None:
    unknown = {r for kind in kinds().values() for r in kind.recorded_by} - set(ROLES)
    assert unknown == set()


def test_every_kind_can_be_recorded_by_somebody() -> None:
    assert [k.name for k in kinds().values() if not k.recorded_by] == []


def test_every_role_that_a_page_names_exists_and_every_role_has_a_page() -> None:
    assert set().union(*PAGES.values()) <= set(ROLES)
    assert [r for r in ROLES if not any(r in roles for roles in PAGES.values())] == []


@pytest.mark.parametrize("post", ["46", "469023", "469023100", "469023100200"])
def test_an_area_is_the_unit_and_everything_under_it(post: str) -> None:
    assert decide(worker("town_office", post), "read", Target(VILLAGE)).allowed


@pytest.mark.parametrize("post", ["469024", "469023101", "469023100201", "4690231002000"])
def test_outside_the_area_nothing_opens_and_the_answer_says_so(post: str) -> None:
    answer = decide(worker("town_office", post), "read", Target(VILLAGE))
    assert not answer.allowed
    assert answer.reason.zh == "不在本单位辖区内"
    assert answer.cites


def test_only_the_roles_that_a_kind_names_record_it() -> None:
    order = kinds()["order"]
    target = Target(VILLAGE, order.recorded_by, order.label)
    assert decide(worker("town_office"), "record", target).allowed
    refused = decide(worker("village_worker"), "record", target)
    assert (refused.allowed, refused.reason.zh) == (False, "村级专干不登记“决定”")
    assert "Village worker" in refused.reason.en or "village worker" in refused.reason.en


@pytest.mark.parametrize("name", [r.name for r in ROLES.values() if not r.reads_files])
def test_roles_whose_work_needs_no_file_read_none(name: str) -> None:
    assert not decide(worker(name, "46"), "read", Target(VILLAGE)).allowed


def test_any_post_that_allows_it_is_enough_and_without_a_post_nothing_is_allowed() -> None:
    both = Actor("somebody", (Post("statistician", "46"), Post("town_office", "469023100")))
    assert decide(both, "read", Target(VILLAGE)).allowed
    assert not decide(Actor("nobody"), "read", Target(VILLAGE)).allowed
    assert decide(Actor("nobody"), "read", Target(VILLAGE)).reason.zh == "该账号没有岗位"


def test_the_house_itself_may_and_says_that_it_is_the_house() -> None:
    answer = decide(house("load"), "record", Target(VILLAGE, ("doctor",)))
    assert answer.allowed
    assert answer.reason.en == "the service itself"


def test_a_page_missing_from_the_table_is_a_fault_and_not_a_no() -> None:
    assert may_see_page(worker("town_office"), "today").allowed
    assert not may_see_page(worker("auditor"), "today").allowed
    with pytest.raises(GuituError, match="today"):
        may_see_page(worker("town_office"), "tody")


def test_an_unknown_role_suggests_the_nearest() -> None:
    with pytest.raises(GuituError, match="village_worker"):
        role("vilage_worker")
