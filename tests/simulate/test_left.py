"""What the demonstration tells of who learnt a trade in a centre and left: the funnel reaches work."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from guitu.casefile import Value
from guitu.kernel.days import add_months
from guitu.simulate.centre import Stay, learn

TODAY = date(2026, 11, 23)


class Told:
    """Notes what is said of one person."""

    def __init__(self, n: int) -> None:
        self.person = SimpleNamespace(name=f"示例{n}")
        self.home = SimpleNamespace(town="469023100")
        self.said: list[tuple[date, str, dict[str, Value]]] = []

    def add(self, day: date, kind: str, role: str, unit: str, /, **fields: Value) -> bool:
        if day < TODAY:
            self.said.append((day, kind, fields))
        return day < TODAY


def left(n: int, days_ago: int) -> Told:
    life: Any = Told(n)
    until = TODAY - timedelta(days=days_ago)
    came = until - timedelta(days=600)
    born = date(1990, 1, 1) + timedelta(days=n)
    learn.of_left(Stay(life, "46J01", "46J0101", "male", born, came, came, came, until, until, (), TODAY))
    return life


def working(told: Told, months: int) -> bool:
    """Whether somebody who was placed was found at work in the three months before so many had passed."""
    (begun,) = (day for day, kind, _ in told.said if kind == "job_placement")
    due = add_months(begun, months)
    return any(
        kind == "follow_up" and fields.get("at_work") == "yes" and add_months(due, -3) <= day <= due
        for day, kind, fields in told.said
    )


def test_of_those_placed_some_still_work_after_half_a_year_and_fewer_after_a_year() -> None:
    everybody = [left(n, 500) for n in range(200)]
    placed = [told for told in everybody if any(kind == "job_placement" for _, kind, _ in told.said)]
    half, year = (sum(working(told, months) for told in placed) for months in (6, 12))
    assert len(everybody) > len(placed) > half > year > 0
    for told in placed:
        kinds = [kind for _, kind, _ in sorted(told.said, key=lambda one: one[0])]
        assert kinds.index("training_certificate") < kinds.index("job_placement")


def test_nothing_is_told_before_it_happened() -> None:
    early = [left(n, 70) for n in range(60)]
    assert all(day < TODAY for told in early for day, _, _ in told.said)
