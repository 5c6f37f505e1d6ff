"""Campaigns and their plans: who belongs, what is next, what came of it; everybody planned once; the real
size of 14,000 people, 16 stations and two months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest

from guitu.bench.follow_ups import province
from guitu.home import campaign as rules
from guitu.home import plan as plans
from guitu.home.campaign import Campaign
from guitu.home.geography import Point, Roads, straight_km
from guitu.home.plan import Day, Demand, Station, Stop, Terms
from guitu.visiting.making import make, plainly
from tests.store.writing import Pen

CAMPAIGN = Campaign(
    UUID(int=1), "年度回访", "46", "released", date(2024, 1, 1), date(2026, 8, 31),
    date(2026, 9, 1), date(2026, 10, 31),
)  # fmt: skip


RESULTS = ("reached", "lost", "refused", "moved", "died", "in_custody", "no_answer", "")


def test_belonging_follows_from_the_day_of_release() -> None:
    pen = Pen(1)
    assert rules.belongs([pen.entry("release", "2026-08-31")], CAMPAIGN) == "asked"
    assert rules.belongs([pen.entry("release", "2026-09-01")], CAMPAIGN) == "no"
    assert rules.belongs([pen.entry("order", "2026-01-01", measure="community_treatment")], CAMPAIGN) == "no"
    dead = [pen.entry("release", "2026-01-01"), pen.entry("death", "2026-08-31")]
    assert rules.belongs(dead, CAMPAIGN) == "died_before"
    ended = [pen.entry("release", "2024-01-01"), pen.entry("monitoring_ended", "2026-08-01")]
    assert rules.belongs(ended, CAMPAIGN) == "left_alone"


def test_attempts_climb_to_a_visit_and_stop_at_an_answer_or_a_refusal() -> None:
    pen = Pen(2)
    file = [pen.entry("release", "2026-08-01")]
    on = date(2026, 10, 31)
    assert rules.standing(file, CAMPAIGN, on, date(2026, 9, 3)).next == rules.Next(
        1, "phone", date(2026, 9, 3)
    )
    file.append(pen.entry("follow_up", "2026-09-03", mode="phone", result="no_answer"))
    file.append(pen.entry("follow_up", "2026-09-10", mode="phone", result="lost"))
    found = rules.standing(file, CAMPAIGN, on)
    assert (found.outcome, found.next) == ("lost", rules.Next(3, "visit", date(2026, 9, 17)))
    refused = [*file, pen.entry("follow_up", "2026-09-17", mode="visit", result="refused")]
    assert (rules.standing(refused, CAMPAIGN, on).outcome, rules.standing(refused, CAMPAIGN, on).next) == (
        "refused", None,
    )  # fmt: skip
    file.append(pen.entry("follow_up", "2026-09-17", mode="visit", result="no_answer"))
    assert rules.standing(file, CAMPAIGN, on).next is None
    assert rules.standing(file, CAMPAIGN, on).outcome == "lost"


def test_what_was_before_or_after_does_not_count_and_who_was_lost_before_is_gone_to_see() -> None:
    pen = Pen(3)
    file = [
        pen.entry("release", "2026-01-01"),
        pen.entry("follow_up", "2026-08-20", mode="phone", result="no_answer"),
        pen.entry("follow_up", "2026-11-02", mode="phone", result="reached"),
    ]
    assert rules.standing(file, CAMPAIGN, date(2026, 12, 31)).outcome == "untried"
    assert rules.first_way(file, CAMPAIGN) == "visit"
    assert rules.first_way(file[:1], CAMPAIGN) == "phone"


def test_outcomes_add_up_to_the_cohort() -> None:
    pen = Pen(4)
    total = rules.Results()
    for n, result in enumerate(RESULTS):
        file = [pen.entry("release", "2026-01-01")]
        if result:
            more = {"at_work": "yes"} if result == "reached" else {}
            file.append(pen.entry("follow_up", f"2026-09-1{n}", mode="phone", result=result, **more))
        total.add(rules.standing(file, CAMPAIGN, date(2026, 10, 1)))
    assert total.cohort == sum(total.outcomes.values()) == 8
    assert total.share("reached") == 12.5
    assert total.answers["at_work", "yes"] == 1
    assert total.answers["housing", "unknown"] == 1


# ── plans ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_reads_back_as_it_was_written() -> None:
    stops = (Stop("469023100200", 3), Stop("469023100201", 1))
    day = Day("469023Z01", date(2026, 9, 1), "visit", stops, 2, 385, 41200)
    assert plans.read("469023Z01", "visit", plans.written(day)) == (day,)
    assert plans.read("469023Z01", "visit", "nothing of the sort\n") == ()


def test_entries_of_a_plan_are_short_enough_to_be_kept() -> None:
    stops = tuple(Stop(f"4690231{n:05d}", 1) for n in range(700))
    plan = plans.Plan((Day("469023Z01", date(2026, 9, 1), "phone", stops),))
    weeks = plans.weeks(plan)
    assert all(len(week.text) <= 4000 for week in weeks)
    assert sum(week.people for week in weeks) == 700
    read = [day for week in weeks for day in plans.read(week.station, week.way, week.text)]
    assert tuple(stop for day in read for stop in day.stops) == stops


def test_people_stand_in_the_plan_by_number_and_nobody_of_a_planned_place_is_left_out() -> None:
    days = (
        Day("Z", date(2026, 9, 1), "phone", (Stop("A", 2), Stop("B", 1))),
        Day("Z", date(2026, 9, 2), "visit", (Stop("A", 1),)),
    )
    people: dict[str, list[tuple[int, plans.Way]]] = {
        "A": [(1, "phone"), (2, "visit"), (3, "phone"), (4, "phone")],
        "B": [(5, "visit")],
        "C": [(6, "phone")],
    }
    found = plans.places(days, people)
    assert {n: slot.day.on.day for n, slot in found.items()} == {1: 1, 2: 2, 3: 1, 4: 2, 5: 1}


def test_a_round_goes_to_the_nearest_next_and_crosses_nothing() -> None:
    points = {
        "a": Point(19.0, 110.0),
        "b": Point(19.1, 110.0),
        "c": Point(19.2, 110.0),
        "d": Point(19.3, 110.0),
    }
    start = Point(18.9, 110.0)
    assert plans.in_order(start, ("c", "a", "d", "b", "?"), points, Roads()) == ("a", "b", "c", "d", "?")  # type: ignore[arg-type]
    assert straight_km(points["a"], points["b"]) == pytest.approx(11.12, abs=0.01)


def test_fourteen_thousand_people_are_planned_over_sixteen_stations_in_two_months() -> None:
    demands, stations, points, above = province(14_000, 16)
    terms = Terms(plans.working_days(date(2026, 9, 1), CAMPAIGN.plan_until))
    plan = make(demands, stations, points, above, terms, solutions=30)
    assert plans.faults(plan, demands, stations, points, terms) == ()
    assert (plan.people, plan.over) == (14_000, ())
    driven = sum(d.metres for d in plan.days)
    assert driven < 0.9 * plainly(plan, stations, points, terms)
    assert len({d.station for d in plan.days}) == 16


@pytest.mark.parametrize("km", [5, 40, 60, 100])
def test_a_station_with_one_far_village_gets_an_answer(km: int) -> None:
    station = Station("469002Z01", Point(18.5, 109.0), frozenset(("469002",)))
    points = {"469002101001": Point(18.5 + km / 111.2, 109.0)}
    terms = Terms(plans.working_days(date(2026, 9, 1), CAMPAIGN.plan_until))
    demands = [Demand("469002101001", "visit", 2)]
    plan = make(demands, [station], points, {"469002101001": ("46", "469002")}, terms)
    assert plan.people + sum(o.people for o in plan.over) == 2
    assert bool(plan.over) == (plans.round_of(station, (Stop("469002101001", 1),), points, terms)[0] > 294)
    assert plans.faults(plan, demands, [station], points, terms) == ()


def test_what_there_is_no_room_for_is_said_and_nobody_is_lost() -> None:
    demands, stations, points, above = province(900, 2)
    terms = Terms(plans.working_days(date(2026, 9, 1), date(2026, 9, 4)))
    plan = make(demands, stations, points, above, terms, solutions=10)
    assert plan.over
    assert plan.people + sum(o.people for o in plan.over) == 900
    assert plans.faults(plan, demands, stations, points, terms) == ()


def test_a_full_station_sends_the_rest_to_the_next_and_the_same_demand_gives_the_same_plan() -> None:
    demands, stations, points, above = province(300, 2)
    only = [d for d in demands if d.place.startswith("469000")]
    terms = Terms(plans.working_days(date(2026, 9, 1), date(2026, 9, 4)))
    plan = make(only, stations, points, above, terms, solutions=10)
    by = Counter({s.code: sum(d.people for d in plan.days if d.station == s.code) for s in stations})
    assert by["469001Z01"] > 0
    assert plan == make(only, stations, points, above, terms, solutions=10)


def test_the_checker_sees_what_is_wrong() -> None:
    station = Station("Z", Point(19, 110), frozenset(), calls=10)
    terms = Terms((date(2026, 9, 1),))
    points = {"A": Point(19.5, 110)}
    plan = plans.Plan(
        (
            Day("Z", date(2026, 9, 1), "phone", (Stop("A", 8),)),
            Day("Z", date(2026, 9, 5), "visit", (Stop("A", 1), Stop("B", 20)), 3),
            Day("Y", date(2026, 9, 1), "phone", (Stop("A", 1),)),
        )
    )
    said = " ".join(f.en for f in plans.faults(plan, [Demand("A", "phone", 9)], [station], points, terms))
    for part in ("8 calls", "no working day", "no team 3", "no station Y", "minutes", "9 people, 8 planned"):
        assert part in said
