"""The four zones: the plan of the site, days in a zone, who stays too long and why, and flow."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu import compose
from guitu.casefile import Entry
from guitu.centre import zones
from guitu.centre.zones import UNPLANNED, Course, Move, Plan, Review, Zone
from guitu.kernel.zone import CHINA

ON = date(2026, 11, 23)
PLAN = Plan(
    (
        Zone("detox", 1, "脱毒区", 7, 30),
        Zone("adaptation", 2, shortest=30, longest=60),
        Zone("consolidation", 3),
        Zone("return", 4, shortest=30),
    ),
    date(2026, 1, 1),
)


def entry(n: int, kind: str, on: date, **fields: object) -> Entry:
    at = datetime(on.year, on.month, on.day, 9, n % 60, tzinfo=CHINA)
    return Entry(id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on, recorded_at=at, fields=fields)  # type: ignore[arg-type]


def test_the_words_of_the_plan_are_those_of_the_legal_movement() -> None:
    legal = {c.value: c.label for c in compose.kind("zone_move").ask("zone").choices}
    assert legal == zones.NAMES
    assert {c.value: c.label for c in compose.kind("zone_review").ask("from_zone").choices} == legal


def test_the_five_questions_are_those_that_the_doctors_kind_asks() -> None:
    asks = compose.kind("physiological_check").fields
    assert tuple(a.name for a in asks if a.choices) == zones.CRITERIA


def test_a_site_that_has_set_nothing_holds_no_length_against_anybody() -> None:
    assert zones.plan_of((), ON) == UNPLANNED
    found = zones.position(Course((Move("detox", date(2020, 1, 1)),)), UNPLANNED, ON)
    assert found is not None
    assert found.standing == "no_length"
    assert [z.label.zh for z in UNPLANNED.zones] == ["生理脱毒区", "教育适应区", "康复巩固区", "回归指导区"]


def test_a_plan_has_versions_in_time_and_the_site_s_own_order_and_names() -> None:
    used = dict.fromkeys((f"{z}_used" for z in zones.NAMES), "yes")
    old = entry(1, "zone_plan", date(2025, 1, 1), **used, detox_longest=20)
    new = entry(
        2, "zone_plan", date(2026, 11, 23), **{**used, "adaptation_used": "no"}, detox_name="医疗戒护区",
        detox_place=2, consolidation_place=1, detox_criteria="检测阴性\n\n 停药 ",
    )  # fmt: skip
    before = zones.plan_of((new, old), date(2026, 11, 22))
    assert before.zone("detox").longest == 20
    assert before.since == date(2025, 1, 1)
    now = zones.plan_of((new, old), ON)
    assert [z.zone for z in now.zones] == ["consolidation", "detox", "return"]
    assert now.zone("detox").label.en == "医疗戒护区"
    assert now.zone("detox").criteria == ("检测阴性", "停药")
    assert now.zone("detox").longest is None
    assert now.place("adaptation") == 0


@pytest.mark.parametrize(("days", "standing"), [(6, "short"), (7, "within"), (30, "within"), (31, "long")])
def test_both_ends_of_a_length_still_fit_it(days: int, standing: str) -> None:
    course = Course((Move("detox", ON - timedelta(days=days - 1)),))
    found = zones.position(course, PLAN, ON)
    assert found is not None
    assert (found.days, found.standing) == (days, standing)


def test_a_length_with_one_end_only_is_held_at_that_end() -> None:
    assert PLAN.zone("return").standing(29) == "short"
    assert PLAN.zone("return").standing(3000) == "within"
    assert PLAN.zone("consolidation").standing(3000) == "no_length"


def test_somebody_is_nowhere_before_the_first_movement() -> None:
    course = Course((Move("detox", ON),))
    assert zones.position(course, PLAN, ON - timedelta(days=1)) is None
    assert zones.position(course, PLAN, ON) is not None


def test_why_somebody_stays_is_what_the_latest_review_in_this_zone_says() -> None:
    came = ON - timedelta(days=40)
    stay, move = Review(ON - timedelta(days=5), "stay"), Review(ON - timedelta(days=2), "move", "adaptation")
    old = Review(came - timedelta(days=1), "stay")

    def at(*reviews: Review) -> zones.Position:
        found = zones.position(Course((Move("detox", came),), reviews), PLAN, ON)
        assert found is not None
        return found

    assert not at().explained
    assert not at(old).explained  # a review of the zone before says nothing of this one
    assert at(old, stay).explained
    assert at(stay, move).ready
    assert not at(stay, move).explained
    assert not at(move, Review(ON, "stay")).ready


def test_an_earlier_isolation_is_another_way_and_two_moves_into_one_zone_are_one() -> None:
    entries = [
        entry(1, "zone_move", date(2020, 1, 1), zone="detox"),
        entry(2, "zone_move", date(2026, 1, 3), zone="detox"),
        entry(3, "zone_move", date(2026, 1, 9), zone="detox"),
        entry(4, "zone_review", date(2026, 2, 1), from_zone="detox", outcome="move", to_zone="adaptation"),
        entry(5, "release", date(2026, 3, 1)),
    ]
    course = zones.course_of(entries, date(2026, 1, 1))
    assert course.moves == (Move("detox", date(2026, 1, 3)),)
    assert course.reviews == (Review(date(2026, 2, 1), "move", "adaptation", UUID(int=4)),)
    assert course.left == date(2026, 3, 1)


def test_flow_counts_in_out_back_and_left_within_the_days_and_not_a_day_more() -> None:
    first = ON - timedelta(days=29)
    on_time = Course((Move("detox", first), Move("adaptation", ON)))
    too_early = Course((Move("detox", first - timedelta(days=1)),))
    back = Course((Move("adaptation", date(2026, 1, 1)), Move("detox", ON)))
    left = Course((Move("return", date(2026, 9, 1)),), left=ON)
    found = zones.flow((on_time, too_early, back, left), PLAN, ON, 30)
    assert found["detox"] == zones.Flow(into=2, out=1, back=1)
    assert found["adaptation"] == zones.Flow(into=1, out=1)
    assert found["return"] == zones.Flow(out=1, left=1)
    assert found["consolidation"] == zones.Flow()


def test_the_middle_of_days_is_the_median() -> None:
    assert zones.middle([]) is None
    assert zones.middle([9, 1, 5]) == 5
    assert zones.middle([1, 2, 5, 9]) == 3
