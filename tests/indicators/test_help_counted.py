"""Figures of help, on a few files by hand with the answer beside it: needs met, help that lasts, work after
months with the unasked in the denominator, recovery places, stations."""

from __future__ import annotations

from decimal import Decimal

from tests.indicators.small import COUNTY, TOWN, Small

D = Decimal


def test_needs_are_met_by_what_was_received_and_lasting_is_asked() -> None:
    small = Small()
    small.person(1, 2, 3, 4)
    for person, on in ((1, "03-01"), (2, "03-01"), (3, "03-01"), (4, "2024-12-31")):
        small.entry("help_need", person, on, line="work")
    small.entry("help_referral", 3, "03-02", to="x", office="县就业局", agreed="yes")
    small.entry("help_delivered", 1, "06-01", to="x", what="工作")  # on the ninety-second day
    small.entry("help_delivered", 2, "06-02", to="x", what="工作")  # a day later
    small.entry("help_lasting", 1, "09-01", to="x", lasts="yes")
    small.entry("help_lasting", 2, "09-02", to="x", lasts="unknown")
    assert small.value("helping.needs") == 3
    assert small.value("helping.delivered") == 2
    assert small.value("helping.delivered_rate") == D("33.33")
    assert small.value("helping.lasting_rate") == D("50.00")


def test_work_is_held_by_what_was_said_within_the_month_and_the_unasked_are_lost() -> None:
    small = Small()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.entry("job_placement", person, "01-10", how="employer")
    small.entry("job_check", 1, "02-10", to="x", still="yes")
    small.entry("follow_up", 2, "02-01", mode="phone", result="reached", at_work="yes")
    small.entry("job_check", 3, "02-05", to="x", still="no")
    small.entry("job_check", 1, "04-08", to="x", still="yes")
    assert small.value("jobs.held_1_rate") == D("50.00")
    assert small.value("jobs.held_3_rate") == D("25.00")
    assert small.value("jobs.held_6_rate") == D("0.00")
    assert small.value("jobs.held_12_rate") == D("0.00")


def test_who_left_a_recovery_place_lives_there_no_more() -> None:
    small = Small()
    small.person(1, 2, 3)
    for person in (1, 2, 3):
        small.entry("recovery_place_stay", person, "03-01", voluntary="yes")
    small.entry("recovery_place_left", 1, "05-01", to="x", how="own_wish")
    small.entry("recovery_place_left", 2, "06-01", to="x", how="ended_by_place")
    assert small.value("recovery_place.present") == 1
    assert small.value("recovery_place.left") == 2
    assert small.value("recovery_place.own_wish_rate") == D("50.00")


def test_stations_cover_towns_visit_and_answer() -> None:
    small = Small()
    small.work("station_cover", "2024-01-01", COUNTY, town="469023100")
    small.work("station_visit", "03-01", COUNTY, town="469023100", what="training")
    small.work("advice_given", "03-02", TOWN, to="x", text="意见")
    assert small.value("guidance.towns") == 1
    assert small.value("guidance.visits") == 1
    assert small.value("guidance.advice") == 1
