"""Who is in touch, counted on a few files by hand with the answer beside it: the lost stay in the
denominator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.indicators.small import Small

D = Decimal
PLAN = {"goals": "x", "steps": "x", "with_person": "yes", "review_on": date(2026, 10, 1)}
REPORT = {"what": "serious_breach", "to_whom": "x", "reasons": "x", "heard": "yes"}
SEALED = {
    "test": "x", "specimen": "urine", "a_no": "1", "b_no": "2", "taker_1": "x", "taker_2": "y",
    "taker_sex": "male", "told": "yes", "signed": "yes", "kept_at": "x",
}  # fmt: skip
MOVED = {"test": "x", "which": "a", "why": "laboratory", "from_whom": "x", "to_whom": "y"}
LAB = {"test": "x", "stage": "laboratory", "which": "a", "body": "x"}


def four() -> Small:
    """Four people in community treatment: one called, one tested, one lost, one of whom nobody has heard."""
    small = Small()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.worked_out(
            "measures",
            person,
            measure="community_treatment",
            state="in_force",
            ordered_on="2024-07-01",
            starts_on="2024-07-03",
            ends_on="2027-07-02",
        )
    small.entry("contact_attempt", 1, "03-10", how="phone", result="reached")
    small.entry("urine_test", 2, "05-10", outcome="taken", result="negative")
    small.entry("contact_attempt", 3, "03-10", how="phone", result="no_answer")
    small.entry("contact_attempt", 3, "03-20", how="visit", result="lost")
    return small


def test_the_lost_and_the_silent_are_in_the_denominator() -> None:
    assert four().value("reaching.in_touch_rate") == D("50.00")


def test_attempts_that_failed_are_counted_and_reach_nobody() -> None:
    assert four().value("reaching.attempts") == 3
    assert four().value("reaching.reached") == 1


def test_lost_is_the_last_word_and_a_later_meeting_takes_it_back() -> None:
    assert four().value("reaching.lost") == 1
    found = four()
    found.entry("contact_attempt", 3, "04-02", how="visit", result="reached")
    assert found.value("reaching.lost") == 0
    assert found.value("reaching.in_touch_rate") == D("75.00")


def test_who_moved_was_taken_or_died_is_told_apart_by_the_last_word() -> None:
    found = four()
    found.entry("contact_attempt", 1, "04-10", how="visit", result="moved")
    found.entry("contact_attempt", 2, "05-20", how="visit", result="in_custody")
    found.entry("contact_attempt", 4, "05-20", how="visit", result="died")
    assert found.value("reaching.moved") == 1
    assert found.value("reaching.in_custody") == 1
    assert found.value("reaching.died") == 1
    assert found.value("reaching.lost") == 1


def test_orders_with_group_plan_and_rights_are_shares_of_all_that_run() -> None:
    found = four()
    found.entry("working_group", 1, "07-10", worker="符海燕")
    found.entry("recovery_plan", 1, "07-10", **PLAN)
    found.entry("recovery_plan", 2, "07-10", **PLAN)
    found.entry("agreement_terms", 1, "07-10", rights="yes", help="x", measures="x")
    found.entry("agreement_terms", 2, "07-10", rights="no", help="x", measures="x")
    assert found.value("agreeing.group_rate") == D("25.00")
    assert found.value("agreeing.plan_rate") == D("50.00")
    assert found.value("agreeing.rights_rate") == D("25.00")


def test_reports_to_the_police_are_counted_one_by_one() -> None:
    found = four()
    found.entry("breach_report", 3, "03-21", **REPORT)
    found.entry("breach_report", 3, "05-21", **REPORT)
    assert found.value("agreeing.reports") == 2


def test_samples_are_counted_sealed_refuted_and_handed_on_broken() -> None:
    found = four()
    found.entry("sample_sealed", 1, "03-10", **SEALED)
    found.entry("sample_sealed", 2, "03-10", **SEALED)
    found.entry("sample_moved", 1, "03-11", seal="broken", **MOVED)
    found.entry("sample_moved", 2, "03-11", seal="whole", **MOVED)
    found.entry("lab_report", 1, "03-20", result="negative", **LAB)
    found.entry("lab_report", 2, "03-20", result="positive", **LAB)
    assert found.value("samples.sealed") == 2
    assert found.value("samples.broken") == 1
    assert found.value("samples.refuted") == 1
