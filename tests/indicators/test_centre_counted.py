"""Figures of zones and assessments, each with the answer beside it."""

from __future__ import annotations

from decimal import Decimal

from guitu.indicators import Period
from tests.indicators.small import CENTRE, YEAR, Small

D = Decimal
LAST_YEAR = Period.year(2024)


def inside(small: Small, person: int, since: str, ended: str | None = None) -> None:
    """Somebody under compulsory isolation from a day, until, not including, another."""
    small.person(person, home=CENTRE)
    small.worked_out(
        "measures", person, measure="compulsory_isolation", starts_on=since,
        ended_on=ended,
    )  # fmt: skip


def test_people_are_counted_in_the_zone_they_were_last_moved_to_while_they_are_inside() -> None:
    small = Small()
    inside(small, 1, "2024-06-01")
    inside(small, 2, "2024-06-01", "2025-05-01")
    inside(small, 3, "2024-06-01", "2026-02-01")
    for person in (1, 2, 3):
        small.entry("zone_move", person, "2024-06-02", CENTRE, zone="detox")
    small.entry("zone_move", 1, "2025-02-01", CENTRE, zone="adaptation")
    assert small.value("zones.people", period=LAST_YEAR) == 3
    assert small.value("zones.people", period=YEAR) == 2  # the second left in May
    by_zone = small.figures("zones.people", by=("zone",))
    assert sorted(figure.value for figure in by_zone if figure.value) == [1, 1]


def test_days_in_a_zone_are_those_until_a_later_zone_and_not_a_step_back() -> None:
    small = Small()
    for person, days in ((1, "2025-03-11"), (2, "2025-03-21")):
        inside(small, person, "2025-01-01")
        small.entry("zone_move", person, "2025-03-01", CENTRE, zone="detox")
        small.entry("zone_move", person, days, CENTRE, zone="adaptation")
    inside(small, 3, "2025-01-01")
    small.entry("zone_move", 3, "2025-03-01", CENTRE, zone="adaptation")
    small.entry("zone_move", 3, "2025-03-05", CENTRE, zone="detox")
    assert small.value("zones.detox_days") == D(15)
    assert small.value("zones.adaptation_days") is None


def test_an_assessment_a_day_late_is_not_in_time_and_a_waived_one_is_none() -> None:
    small = Small()
    for person, (done, state) in enumerate(
        (("06-30", "done"), ("07-01", "done"), (None, "overdue"), (None, "waived")), 1
    ):
        inside(small, person, "2024-01-01")
        small.worked_out(
            "duties", person, name="assess_before_expiry", owed_by="authority", state=state,
            due="06-30", done_on=done,
        )  # fmt: skip
    assert small.value("assessments.before_expiry_rate") == D("33.33")


def test_objections_and_what_came_of_them() -> None:
    small = Small()
    inside(small, 1, "2024-01-01")
    small.entry("assessment_objection", 1, "03-01", CENTRE, to="a", text="…")
    small.entry("assessment_objection", 1, "04-01", CENTRE, to="b", text="…")
    small.entry("assessment_recheck", 1, "03-09", CENTRE, to="c", outcome="upheld")
    small.entry("assessment_recheck", 1, "04-09", CENTRE, to="d", outcome="changed")
    assert small.value("assessments.objections") == 2
    assert small.value("assessments.changed_rate") == D(50)
