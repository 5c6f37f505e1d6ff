"""The medical centre's figures over a handful of rows, each with the number that must come out."""

from __future__ import annotations

from decimal import Decimal

from guitu import compose
from guitu.casefile.kind import APART
from tests.indicators.small import CENTRE, Small

D = Decimal
SEEN = {"form": "clinic", "complaint": "头晕", "assessment": "无异常", "plan": "休息"}
DOSE = {"prescription": "1", "round": 1, "time": 805}
WHY = {"given": {}, "refused": {"why": "不想吃"}, "held": {"why": "血压低"}}
HELD = {"time": 815, "reason": "self_harm", "means": "约束带", "medic": "yes", "note": "撞墙"}


def test_encounters_are_counted_each_and_people_once() -> None:
    small = Small()
    small.person(1, 2)
    for person, on in ((1, "03-01"), (1, "03-09"), (2, "03-09")):
        small.entry("encounter", person, on, at=CENTRE, **SEEN)
    assert small.value("medical.encounters") == 3
    assert small.value("medical.people_seen") == 2


def test_doses_refused_and_held_are_in_the_denominator() -> None:
    small = Small()
    small.person(1)
    for outcome in ("given", "given", "given", "refused", "held"):
        small.entry("dose", 1, "03-01", at=CENTRE, **DOSE, outcome=outcome, **WHY[outcome])
    assert small.value("medical.doses") == 5
    assert small.value("medical.doses_refused") == 1
    assert small.value("medical.doses_given_share") == D("60.00")


def test_a_restraint_counts_by_its_beginning_and_its_minutes_by_its_end() -> None:
    small = Small()
    small.person(1)
    small.entry("restraint", 1, "2024-12-31", at=CENTRE, **HELD)
    small.entry("restraint_end", 1, "01-01", time=900, minutes=95, at=CENTRE)
    small.entry("restraint", 1, "02-01", at=CENTRE, **HELD)
    small.entry("restraint_end", 1, "02-01", time=900, minutes=20, at=CENTRE)
    assert small.value("restraint.episodes") == 1
    assert small.value("restraint.minutes") == 115


def test_infectious_reports_come_from_a_centres_numbers_and_never_from_persons() -> None:
    small = Small()
    small.work("infectious_month", "01-31", CENTRE, found=3, in_time=2)
    small.work("infectious_month", "02-28", CENTRE, found=1, in_time=1)
    assert small.value("medical.infectious_reports") == 4
    assert small.value("medical.infectious_in_time") == D("75.00")
    apart = {kind.name for kind in compose.kinds().values() if kind.compartment in APART}
    assert not apart & set(compose.tables())
    assert apart
    assert not {name for one in compose.indicators().values() for name in _tables(one)} & apart


def _tables(indicator) -> set[str]:
    from guitu.indicators.measures import tables

    return set(tables(indicator.value))
