"""Who receives a complaint: the inspector of the place and the nearest above the unit complained of, never
that unit itself."""

from __future__ import annotations

import pytest

from guitu.access import Actor, Post
from guitu.access.complaints import may_open, receivers

TOWN = ("46", "469023", "469023100")
VILLAGE = (*TOWN, "469023100200")


@pytest.mark.parametrize(
    ("against", "held", "expected"),
    [
        (TOWN, [("inspector", "46")], [("46", "inspector")]),
        (TOWN, [("inspector", "46"), ("inspector", "469023")], [("469023", "inspector")]),
        (
            VILLAGE,
            [("inspector", "46"), ("county_supervisor", "469023"), ("provincial_supervisor", "46")],
            [("46", "inspector"), ("469023", "supervisor")],
        ),
        (TOWN, [("inspector", "469023100"), ("county_supervisor", "469023100")], [("46", "inspector")]),
        (("46", "469023"), [("county_supervisor", "469023")], [("46", "inspector")]),
        (TOWN, [], [("46", "inspector")]),
        (("46",), [("inspector", "46")], []),
    ],
    ids=[
        "the inspector of the province",
        "the nearest inspector",
        "the nearest supervisor too",
        "never the unit itself",
        "never the supervisor complained of",
        "the top of the tree where nobody inspects",
        "nobody above the top",
    ],
)
def test_a_complaint_goes_up_and_to_the_inspector(
    against: tuple[str, ...], held: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    assert receivers(against, [Post(role, unit) for role, unit in held]) == tuple(expected)


@pytest.mark.parametrize(
    ("role", "unit", "allowed"),
    [
        ("inspector", "46", True),
        ("inspector", "469023", False),
        ("provincial_supervisor", "46", False),
        ("town_office", "469023100", False),
        ("auditor", "46", False),
        ("system_admin", "46", False),
    ],
)
def test_only_the_post_it_came_to_opens_a_complaint(role: str, unit: str, allowed: bool) -> None:
    actor = Actor("somebody", (Post(role, unit),))
    assert may_open(actor, "46", "inspector", TOWN).allowed is allowed


def test_a_unit_never_opens_a_complaint_about_itself() -> None:
    actor = Actor("chief", (Post("county_supervisor", "469023"),))
    assert not may_open(actor, "469023", "supervisor", ("46", "469023")).allowed
