"""What is added to lives because a figure wants it: a course, a follow-up, a job, a diagnosis.

Such entries say nothing about where a measure stands, so they may be added to any life whose days fit: it is
written down by the office that answered for the person on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from guitu.casefile import Kind
from guitu.simulate.targets import answers
from guitu.simulate.targets.answers import Companion, Wanted, wanted
from guitu.simulate.targets.lives import Extra
from guitu.simulate.targets.offices import Offices

AT: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "village": (("village_worker", 0), ("town_office", 9), ("county_supervisor", 6)),
    "town": (("town_office", 0), ("county_supervisor", 6)),
    "county": (("county_supervisor", 0),),
    "police_centre": (("intake_officer", 0), ("doctor", 0), ("nurse", 0), ("centre_head", 0)),
    "brigade": (
        ("brigade_officer", 0), ("teacher", -2), ("doctor", -2), ("nurse", -2), ("counsellor", -2),
        ("centre_head", -2), ("intake_officer", -2),
    ),
    "justice_centre": (
        ("teacher", 0), ("doctor", 0), ("nurse", 0), ("counsellor", 0), ("centre_head", 0),
        ("intake_officer", 0),
    ),
}  # fmt: skip
"""Who records about somebody whom a unit of that level answers for, and how much of its code is left for the
office where they sit (0: all of it)."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody was when: from which day (as ordinals) which unit answered, and the last day on which
    anything may be written. `tested` are the days on which something else may not be added."""

    since: tuple[tuple[int, str], ...]
    until: int

    def unit(self, day: int) -> str:
        """Who answered on that day; "" before the file was opened."""
        found = ""
        for first, unit in self.since:
            if first <= day:
                found = unit
        return found

    def within(self, place: str, first: int, last: int) -> list[tuple[int, int]]:
        """The stretches of days from `first` to `last` on which a unit in that place answered."""
        found = []
        for at, (begins, unit) in enumerate(self.since):
            ends = self.since[at + 1][0] - 1 if at + 1 < len(self.since) else self.until
            a, b = max(begins, first), min(ends, last, self.until)
            if a <= b and unit.startswith(place):
                found.append((a, b))
        return found


def recorder(kind: Kind, unit: str, offices: Offices) -> tuple[str, str] | None:
    """Role and unit of whoever records such an entry about somebody for whom that unit answers."""
    for role, kept in AT.get(offices.levels.get(unit, ""), ()):
        if role in kind.recorded_by:
            return role, unit[:kept] if kept else unit
    return None


def addition(
    kind: Kind, asked: Wanted, stay: Stay, place: str, first: int, last: int, offices: Offices, rng: Random
) -> Extra | None:
    """One such entry somewhere in those days, written down in that place; None if there is no such day."""
    stretches = stay.within(place, first, last)
    if not stretches:
        return None
    a, b = stretches[rng.randrange(len(stretches))]
    day = a + rng.randrange(b - a + 1)
    return at_day(kind, asked, stay, day, offices)


def at_day(kind: Kind, asked: Wanted, stay: Stay, day: int, offices: Offices) -> Extra | None:
    """Such an entry on that day; None if nobody there records it."""
    found = recorder(kind, stay.unit(day), offices)
    if found is None or day > stay.until:
        return None
    role, unit = found
    made = answers.fields(kind, asked, date.fromordinal(day), unit)
    return Extra(day, kind.name, role, unit, tuple(made.items()))


def companions(
    asked: Wanted,
    kinds: Mapping[str, Kind],
    helped: Sequence[str],
    stay: Stay,
    day: int,
    period: tuple[int, int],
    offices: Offices,
    rng: Random,
) -> Iterator[Extra | None]:
    """What a condition wants besides, around the day that is counted; None for one that does not fit. Kinds
    that are not `helped` come from lives alone and are passed over."""
    for companion in asked.companions:
        if companion.of in helped:
            yield _companion(companion, kinds[companion.of], stay, day, period, offices, rng)


def _companion(
    companion: Companion,
    kind: Kind,
    stay: Stay,
    day: int,
    period: tuple[int, int],
    offices: Offices,
    rng: Random,
) -> Extra | None:
    first, last = period if companion.in_period else _around(companion, day, stay)
    first = max(first, stay.since[0][0])
    last = min(last, stay.until)
    if companion.in_period and first <= day <= last:
        first = day  # what follows from something comes after it
    if first > last:
        return None
    asked = wanted(companion.of, companion.where)
    nearest = day if first <= day <= last else first
    for tried in (nearest, *(first + rng.randrange(last - first + 1) for _ in range(6))):
        found = at_day(kind, asked, stay, tried, offices)
        if found is not None:
            return found
    return None


def _around(companion: Companion, day: int, stay: Stay) -> tuple[int, int]:
    first = day + companion.least if companion.least is not None else stay.since[0][0]
    last = day + companion.most if companion.most is not None else stay.until
    return first, last
