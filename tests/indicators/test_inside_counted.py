"""What goes on inside a centre, counted on a few rows by hand with the answer beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guitu import compose
from tests.indicators.small import CENTRE, Small

D = Decimal


def answers(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """These answers, and something for whatever else the kind must be told."""
    given = dict(fields)
    for ask in compose.kinds()[kind].fields:
        if ask.required and ask.name not in given and ask.applies(given):
            match ask.type:
                case "choice":
                    given[ask.name] = ask.choices[0].value
                case "whole":
                    given[ask.name] = ask.least or 0
                case "decimal":
                    given[ask.name] = f"{ask.least or 1}.5"
                case "day":
                    given[ask.name] = date(2025, 1, 1)
                case "unit":
                    given[ask.name] = "46J01"
                case _:
                    given[ask.name] = "文字"
    return given


class Inside(Small):
    """Rows of which only what matters is said."""

    def of(self, kind: str, person: int, on: str, **fields: Any) -> None:
        """An entry about a person, recorded in the centre."""
        self.entry(kind, person, on, CENTRE, **answers(kind, fields))

    def done(self, kind: str, on: str, **fields: Any) -> None:
        """An entry in the centre's own file."""
        self.work(kind, on, CENTRE, **answers(kind, fields))


EACH = {
    "assessments.made": ("assessment", {}, None),
    "assessments.rechecks": ("assessment_recheck", {}, None),
    "assessments.signed": ("assessment_sheet", {}, None),
    "contact.calls": ("call", {}, None),
    "contact.visits": ("visit", {"outcome": "held"}, {"outcome": "refused"}),
    "daily.conduct_notes": ("conduct_note", {}, None),
    "fitness.stops": ("training_stop", {}, None),
    "learning.unexcused": ("class_absence", {"why": "unexcused"}, {"why": "ill"}),
    "medical.leaves_begun": ("medical_leave", {}, None),
    "medical.referrals": ("referral_out", {}, None),
    "remote.calls": ("remote_call", {}, None),
    "remote.requests": ("remote_request", {}, None),
    "safety.drills": ("drill", {}, None),
    "safety.hazards_found": ("hazard", {}, None),
    "protocols.tms_session": ("tms_session", {}, None),
    "protocols.vr_session": ("vr_session", {}, None),
    "protocols.tms_session_adverse": ("tms_session", {"adverse": "headache"}, {"adverse": "none"}),
    "protocols.vr_session_adverse": ("vr_session", {"adverse": "dizziness"}, {"adverse": "none"}),
    "psychology.alerts": ("screening", {"alert": "yes"}, {"alert": "no"}),
    "psychology.sessions": ("counselling", {}, None),
    "work.pay_slips": ("work_pay", {}, None),
    "rights.complaints": ("complaint", {}, None),
    "zones.back": ("zone_review", {"outcome": "back"}, {"outcome": "move"}),
    "restraint.people": ("restraint", {}, None),
    "fitness.prescribed": ("exercise_prescription", {}, None),
    "fitness.tested": ("fitness_test", {}, None),
    "learning.entry_education": ("entry_education_begun", {}, None),
}
"""By indicator: the kind, answers that count, and answers that do not."""


@pytest.mark.parametrize("key", EACH)
def test_each_is_counted_in_its_period_and_nothing_else_is(key: str) -> None:
    kind, counts, other = EACH[key]
    small = Inside()
    small.person(1, 2, 3, 4)
    unit_file = compose.kinds()[kind].about == "unit"
    assert small.value(key) in (0, None)
    for person, on in ((1, "03-01"), (2, "12-31"), (3, "2024-12-31")):
        small.done(kind, on, **counts) if unit_file else small.of(kind, person, on, **counts)
    if other is not None:
        small.of(kind, 4, "03-02", **other)
    assert small.value(key) == 2


SUMS = {
    "contact.box_papers": ("box_opened", "papers"),
    "daily.rolls_missing": ("roll_call", "missing"),
    "psychology.group_attendance": ("group_counselling", "present"),
    "work.person_days": ("work_day", "worked"),
}


@pytest.mark.parametrize("key", SUMS)
def test_numbers_of_a_unit_are_added_up(key: str) -> None:
    kind, field = SUMS[key]
    small = Inside()
    for on, number in (("03-01", 3), ("03-02", 4), ("2024-03-01", 100)):
        small.done(kind, on, **{field: number})
    assert small.value(key) == 7


SHARES = {
    "contact.leave_back_in_time": ("home_leave_back", {"outcome": "in_time"}, {"outcome": "late"}),
    "contact.visits_refused": ("visit", {"outcome": "refused"}, {"outcome": "held"}),
    "daily.conduct_objected": ("conduct_note", {"objects": "objects"}, {"objects": "agrees"}),
}


@pytest.mark.parametrize("key", SHARES)
def test_a_share_is_of_those_that_could_have_been(key: str) -> None:
    kind, part, rest = SHARES[key]
    small = Inside()
    small.person(1, 2, 3, 4)
    small.of(kind, 1, "03-01", **part)
    for person in (2, 3, 4):
        small.of(kind, person, "03-01", **rest)
    assert small.value(key) == D("25.00")


@pytest.mark.parametrize(
    ("key", "kind", "of"),
    [
        ("learning.attendance_rate", "class_held", "enrolled"),
        ("fitness.attendance_rate", "training_session", "expected"),
    ],
)
def test_attendance_is_of_those_expected(key: str, kind: str, of: str) -> None:
    small = Inside()
    small.done(kind, "03-01", present=9, **{of: 10})
    small.done(kind, "03-02", present=6, **{of: 10})
    assert small.value(key) == D("75.00")
    assert small.value("learning.classes" if kind == "class_held" else "fitness.sessions") == 2


def test_rolls_held_are_of_those_that_the_timetable_asked_for() -> None:
    small = Inside()
    small.done("roll_call", "03-01", scheduled="yes", due=1)
    small.done("roll_call", "03-02", scheduled="yes", due=3)
    small.done("roll_call", "03-02", scheduled="no", due=0)
    assert small.value("daily.rolls_held") == D("50.00")


def test_rounds_walked_and_points_reached_are_of_those_planned() -> None:
    small = Inside()
    small.done("patrol_round", "03-01", planned="yes", due=1, points=6, visited=6)
    small.done("patrol_round", "03-02", planned="yes", due=3, points=6, visited=3)
    small.done("patrol_round", "03-03", planned="no", due=0, points=4, visited=3)
    assert small.value("patrol.rounds_held") == D("50.00")
    assert small.value("patrol.points_reached") == D("75.00")


def test_cleared_are_those_with_a_clearance_at_the_end_of_the_period() -> None:
    small = Inside()
    small.person(1, 2, 3)
    small.of("training_clearance", 1, "03-01", conclusion="cleared", until=date(2026, 3, 1))
    small.of("training_clearance", 2, "03-01", conclusion="cleared", until=date(2025, 9, 1))
    small.of("training_clearance", 3, "03-01", conclusion="not_cleared")
    assert small.value("fitness.cleared") == 1


def test_tested_again_are_those_with_a_test_four_weeks_before() -> None:
    small = Inside()
    small.person(1, 2)
    for person, second in ((1, "03-29"), (2, "03-28")):
        small.of("fitness_test", person, "03-01")
        small.of("fitness_test", person, second)
    assert small.value("fitness.tested_again") == 1


def learners() -> Inside:
    """Four enrolled: one certified and at work, one examined without success, one neither, one in another
    class."""
    small = Inside()
    small.person(1, 2, 3, 4)
    for person, course in ((1, "vocational"), (2, "school"), (3, "vocational"), (4, "other")):
        small.of("training_enrolled", person, "02-01", course=course)
    small.of("training_exam", 1, "05-01", result="passed")
    small.of("training_exam", 2, "05-01", result="failed")
    small.of("training_certificate", 1, "05-20")
    small.of("job_placement", 1, "06-01")
    return small


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("learning.enrolled", 3),
        ("learning.examined", 2),
        ("learning.certified", 1),
        ("learning.placed", 1),
        ("learning.certified_of_enrolled_rate", D("33.33")),
        ("learning.certified_of_examined_rate", D("50.00")),
        ("learning.placed_rate", D("33.33")),
    ],
)
def test_the_way_from_enrolment_to_work(key: str, answer: int | Decimal) -> None:
    assert learners().value(key) == answer


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("learning.retained_1_rate", D("100.00")),
        ("learning.retained_3_rate", D("100.00")),
        ("learning.retained_6_rate", D("0.00")),
        ("learning.retained_12_rate", D("0.00")),
    ],
)
def test_who_was_not_reached_any_more_is_lost_and_not_left_out(key: str, answer: Decimal) -> None:
    small = learners()
    small.of("follow_up", 1, "06-20", result="reached", at_work="yes")
    assert small.value(key) == answer


def test_entry_education_of_at_least_four_weeks_is_done() -> None:
    small = Inside()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.of("entry_education_begun", person, "03-01")
    small.of("entry_education_done", 1, "03-29")
    small.of("entry_education_done", 2, "03-28")
    assert small.value("learning.entry_education_rate") == D("25.00")


def test_who_was_screened_within_thirty_days_of_arrival() -> None:
    small = Inside()
    small.person(1, 2)
    for person, seen in ((1, "03-31"), (2, "04-01")):
        small.of("transfer", person, "03-01", place="justice_centre")
        small.of("screening", person, seen, alert="no")
    assert small.value("psychology.screened_rate") == D("50.00")


def test_an_alert_counts_as_answered_when_somebody_saw_the_person_that_day() -> None:
    small = Inside()
    small.person(1, 2)
    for person, seen in ((1, "03-01"), (2, "03-02")):
        small.of("screening", person, "03-01", alert="yes")
        small.of("safety_check", person, seen)
    assert small.value("psychology.seen_same_day_rate") == D("50.00")


def test_days_in_a_zone_run_to_the_next_one() -> None:
    small = Inside()
    small.person(1, 2, 3)
    for person, left in ((1, "03-11"), (2, "03-31"), (3, "")):
        small.of("zone_move", person, "03-01", zone="consolidation")
        if left:
            small.of("zone_move", person, left, zone="return")
    assert small.value("zones.consolidation_days") == D("20.0")


def test_imported_cases_are_those_from_outside_that_were_found_inside() -> None:
    small = Inside()
    small.done("epidemic_case", "03-01", people=2, sort="staff", found="entry", origin="outside")
    small.done("epidemic_case", "03-02", people=1, sort="resident", found="observation", origin="outside")
    small.done("epidemic_case", "03-03", people=4, sort="visitor", found="inside", origin="outside")
    small.done("epidemic_case", "03-04", people=5, sort="resident", found="inside", origin="unknown")
    small.done("epidemic_case", "03-05", people=7, sort="resident", found="inside", origin="inside")
    assert small.value("epidemic.imported") == 4
    assert small.value("epidemic.intercepted") == 3
    assert small.value("epidemic.unknown_source") == 5


def test_arrivals_screened_are_those_of_that_day_or_the_next() -> None:
    small = Inside()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.of("transfer", person, "03-01", place="justice_centre")
    small.of("entry_screening", 1, "03-01", occasion="arrival")
    small.of("entry_screening", 2, "03-02", occasion="arrival")
    small.of("entry_screening", 3, "03-03", occasion="arrival")
    small.of("entry_screening", 4, "03-01", occasion="back")
    assert small.value("epidemic.arrivals_screened") == D("50.00")


def test_others_screened_and_items_done_are_of_those_counted() -> None:
    small = Inside()
    small.done("entry_counted", "03-01", sort="staff", came=30, screened=30)
    small.done("entry_counted", "03-02", sort="visitor", came=10, screened=8)
    small.done("checklist_filled", "03-01", asked=6, done=6)
    small.done("checklist_filled", "03-02", asked=4, done=3)
    assert small.value("epidemic.others_screened") == D("95.00")
    assert small.value("epidemic.checklist_done") == D("90.00")


def test_days_under_observation_run_to_its_end_and_people_count_once() -> None:
    small = Inside()
    small.person(1, 2)
    small.of("health_observation", 1, "03-01")
    small.of("health_observation_end", 1, "03-08")
    small.of("health_observation", 2, "03-01")
    small.of("health_observation_end", 2, "03-04")
    small.of("health_observation", 2, "03-20")
    assert small.value("epidemic.observed") == 2
    assert small.value("epidemic.observation_days") == 5
