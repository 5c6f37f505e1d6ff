"""Who is in touch, counted on a few files by hand with the answer beside it: the lost stay in the
denominator."""

from __future__ import annotations

from decimal import Decimal

from tests.indicators.small import Small

D = Decimal


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
