"""Leading groups, listings, model programmes and changes of the units of an area; who is staff of a unit and
what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guitu.casefile import Entry
from guitu.casefile.traced import Traced
from guitu.levels import organisation as rules
from guitu.levels.organisation import Group, Listing, Site
from guitu.store import engine
from guitu.store.levels import reading
from guitu.store.read import desk
from guitu.store.read.desk import StaffLine
from guitu.store.units import Unit, tree


def groups(unit: Unit, on: date) -> tuple[Group, ...]:
    """The leading groups of one unit on a day."""
    return rules.groups(unit.code, reading.of_one(unit, rules.GROUPS), on)


def groups_below(unit: Unit, on: date) -> dict[str, tuple[Group, ...]]:
    """Those of every unit under one, by code."""
    under = tree().subtree(unit)[1:]
    found = reading.traced(under, rules.GROUPS)
    return {code: made for code, one in found.items() if (made := rules.groups(code, one, on))}


def listings(unit: Unit) -> tuple[Listing, ...]:
    """Every place of an area that stands or stood on a watch list, the latest first; and the places above it,
    which it is part of."""
    found = reading.traced([*reading.above(unit), *tree().subtree(unit)], {rules.WATCH})
    every = [one for code, traced in found.items() for one in rules.listings(code, traced.counted)]
    return tuple(sorted(every, key=lambda one: (one.ended is None, one.since.happened_on), reverse=True))


@dataclass(frozen=True, slots=True)
class Programme:
    """A model programme, the unit that runs it, and its places in the area that is looked at."""

    by: Unit
    id: str
    entry: Entry
    sites: tuple[Site, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """What the office asks, a line each."""
        lines = (" ".join(line.split()) for line in str(self.entry.get("criteria") or "").splitlines())
        return tuple(line for line in lines if line)


def programmes(unit: Unit) -> tuple[Programme, ...]:
    """The programmes that units above an area, the area itself and those below run, with the places of the
    area in each."""
    under = tree().subtree(unit)
    every = [*reading.above(unit), *under]
    found = reading.traced(every, {rules.PROGRAMME})
    places = list(reading.traced(under, rules.MODELS).items())
    made = []
    for by in every:
        traced = found.get(by.code)
        for e in traced.counted if traced is not None else ():
            if traced is not None and e.kind == rules.PROGRAMME:
                root = traced.first(e.id)
                made.append(Programme(by, root, e, rules.sites(root, places)))
    return tuple(made)


def changes(unit: Unit) -> tuple[tuple[Unit, Entry], ...]:
    """What became of the units of an area, the latest first."""
    units = tree()
    found = reading.traced(units.subtree(unit), {rules.CHANGE})
    every = [
        (units.find(code), e) for code, one in found.items() for e in one.counted if e.kind == rules.CHANGE
    ]
    return tuple(sorted(every, key=lambda pair: pair[1].happened_on, reverse=True))


@engine.house()
def posted(unit: Unit) -> tuple[StaffLine, ...]:
    """Who holds which post in a unit."""
    return desk.staff_at([unit])


def about_staff(unit: Unit) -> Traced:
    """Duties and qualifications that a unit wrote down of its staff, and how many are in post."""
    return reading.of_one(unit, rules.STAFF | {"staffing"})
