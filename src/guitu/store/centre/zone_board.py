"""Who is in which zone of a centre since when, who stays beyond the plan, who may move, and how people
flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from guitu.centre import zones
from guitu.centre.zones import Course, Flow, Plan, Position
from guitu.store.centre import plans
from guitu.store.centre.stays import Resident, centre_of, lately_left, residents
from guitu.store.centre.worked import Worked
from guitu.store.units import Unit

DAYS: Final = (30, 90)
NOWHERE: Final = "none"
"""Under what people stand who are in no zone yet."""

Part = Literal["all", "long", "unexplained", "ready", "short"]


@dataclass(frozen=True, slots=True)
class Placed:
    """One resident and where they are; `position` None without any movement."""

    resident: Resident
    position: Position | None

    @property
    def zone(self) -> str:
        """The zone they are in."""
        return self.position.zone if self.position else NOWHERE

    def is_in(self, part: Part) -> bool:
        """Whether they belong to a part of the list."""
        here = self.position
        if part == "all":
            return True
        if here is None:
            return False
        if part == "ready":
            return here.ready
        if part == "unexplained":
            return here.standing == "long" and not here.explained
        return here.standing == part


@dataclass(frozen=True, slots=True)
class Board:
    """A unit's people by zone on a day. `middles` are the median days in each zone; `flows` by days."""

    unit: Unit
    centre: Unit | None
    on: date
    plan: Plan
    people: tuple[Placed, ...]
    flows: Mapping[int, Mapping[str, Flow]]
    middles: Mapping[str, int | None]
    _those: dict[tuple[str, Part], tuple[Placed, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def those(self, zone: str = "", part: Part = "all") -> tuple[Placed, ...]:
        """The people of one zone (all without one) and one part: first those of whom something is to be done
        (too long and not explained, ready to move), then those too long; within these the longest first."""
        kept = self._those.get((zone, part))
        if kept is None:
            found = [p for p in self.people if (not zone or p.zone == zone) and p.is_in(part)]
            kept = self._those[zone, part] = tuple(sorted(found, key=_first))
        return kept

    @property
    def names(self) -> tuple[str, ...]:
        """The zones to be shown: those of the plan in its order, then others that somebody is in."""
        planned = [zone.zone for zone in self.plan.zones]
        found = {p.zone for p in self.people} - {*planned, NOWHERE}
        return (*planned, *(name for name in zones.NAMES if name in found))


def _first(placed: Placed) -> tuple[int, int, int]:
    here = placed.position
    if here is None:
        return 0, 0, placed.resident.no
    parts: tuple[Part, ...] = ("unexplained", "ready", "long", "all")
    return next(n for n, part in enumerate(parts) if placed.is_in(part)), -here.days, placed.resident.no


def _place(resident: Resident, plan: Plan, on: date) -> tuple[Course, Placed]:
    course = zones.course_of(resident.entries, resident.arrived)
    return course, Placed(resident, zones.position(course, plan, on))


def board(unit: Unit, on: date) -> Board:
    """The board of a unit. The caller has asked access about the page and the unit."""
    centre = centre_of(unit)
    plan = plans.zone_plan(centre, on)
    here, gone = residents(unit), lately_left(unit, on, max(DAYS))
    return _boards.of(
        unit.no,
        (*here, None, *gone),
        (unit, centre, on, plan),
        lambda: _board(unit, centre, on, plan, here, gone),
    )


_boards: Final[Worked[Board]] = Worked(64)
_placed: Final[Worked[tuple[Course, Placed]]] = Worked()


def _board(
    unit: Unit, centre: Unit | None, on: date, plan: Plan, here: Sequence[Resident], gone: Sequence[Resident]
) -> Board:
    found = [_placed.of(r.no, (r,), (plan, on), lambda r=r: _place(r, plan, on)) for r in here]  # type: ignore[misc]
    people = tuple(placed for _, placed in found)
    every = [*(course for course, _ in found), *(zones.course_of(r.entries, r.arrived) for r in gone)]
    by_zone: dict[str, list[int]] = {}
    for one in people:
        if one.position is not None:
            by_zone.setdefault(one.zone, []).append(one.position.days)
    return Board(
        unit,
        centre,
        on,
        plan,
        people,
        {days: zones.flow(every, plan, on, days) for days in DAYS},
        {name: zones.middle(by_zone.get(name, ())) for name in zones.NAMES},
    )
