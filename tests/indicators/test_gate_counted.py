"""The gate and the way out, counted on a few files by hand with the answer beside it."""

from __future__ import annotations

from decimal import Decimal

from tests.indicators.small import CENTRE, Small, day

D = Decimal


def brought() -> Small:
    """Four people are brought: two taken in the same day, one three days later, one never."""
    small = Small()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.entry("delivery", person, "03-10", CENTRE, brought_by="公安所", decision_seen="yes")
    small.entry("transfer", 1, "03-10", CENTRE, place="justice_centre")
    small.entry("admission", 2, "03-10", CENTRE, place="police_centre")
    small.entry("transfer", 3, "03-13", CENTRE, place="justice_centre")
    small.entry(
        "admission_deferred", 3, "03-10", CENTRE, why="hospital", reason="急腹症", review_on=day("03-13")
    )
    small.entry(
        "admission_deferred", 4, "2024-12-31", CENTRE, why="other", reason="某", review_on=day("03-13")
    )
    return small


def test_the_day_after_is_not_the_same_day_and_the_never_admitted_are_not_left_out() -> None:
    assert brought().value("admission.same_day_rate") == D("50.00")


def test_deferrals_are_those_of_the_period() -> None:
    assert brought().value("admission.deferred") == 1


def test_the_median_runs_from_delivery_to_transfer() -> None:
    assert brought().value("admission.days_to_acceptance") == D("1.5")  # 0 and 3; two have no transfer


def test_a_package_is_complete_only_with_everything_on_the_day_of_release() -> None:
    small = Small()
    small.person(1, 2, 3, 4)
    for person, last in ((1, "06-30"), (2, "06-30"), (3, "06-30"), (4, "06-30")):
        small.worked_out(
            "measures", person, measure="compulsory_isolation", state="ended", ordered_on="2023-07-01",
            starts_on="2023-07-01", ends_on=last, left_on=last,
        )  # fmt: skip
        if person != 4:
            small.entry("handover_sent", person, "06-28", CENTRE, to_unit="469023100")
        back = {"complete": "no", "missing": "手表"} if person == 3 else {"complete": "yes"}
        small.entry("belongings_returned", person, last, CENTRE, to="person", **back)
        small.entry("paper_made", person, "07-01" if person == 2 else last, CENTRE, paper="certificate")
    assert small.value("leaving.complete_rate") == D("25.00")
    assert small.value("leaving.papers") == 4
