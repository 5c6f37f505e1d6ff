"""Tasks of a unit's board: what is its own to do, what it gave to others, what has climbed up to it, and how
those directly below it stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guitu.casefile.traced import Traced
from guitu.levels import tasks as rules
from guitu.levels.tasks import HOUSE, Task, Terms
from guitu.store.levels import reading
from guitu.store.units import Unit, tree


@dataclass(frozen=True, slots=True)
class Tasks:
    """All tasks that concern a unit, with what its offices set about reminding. `own` are its own to do,
    whoever decided them; `given` those it decided itself; `below` those decided under it."""

    unit: Unit
    terms: Mapping[str, Terms]
    own: tuple[Task, ...]
    given: tuple[Task, ...]
    below: tuple[Task, ...]

    def terms_of(self, code: str) -> Terms:
        """What holds for tasks that the unit of that code decided: its own, or of those above the nearest."""
        unit = tree().get(code)
        for near in reversed(unit.path if unit else ()):
            if near in self.terms:
                return self.terms[near]
        return HOUSE

    def climbed(self, on: date) -> tuple[Task, ...]:
        """Those decided below that are so late that this unit has to look at them, most pressing first."""
        units, found = tree(), []
        for task in self.below:
            at = units.get(task.at)
            steps = task.climbed(on, self.terms_of(task.at))
            if at is not None and steps and at.depth - steps <= self.unit.depth:
                found.append(task)
        return rules.most_pressing(found, on)

    def of_owner(self, unit: Unit) -> tuple[Task, ...]:
        """Those of a unit below and all under it to do."""
        units = tree()
        every = {t.id: t for t in (*self.own, *self.given, *self.below)}
        return tuple(
            t
            for t in every.values()
            if (owner := units.get(t.owner)) is not None and units.within(owner, unit)
        )


def of_unit(unit: Unit) -> Tasks:
    """The tasks that concern a unit and those below it."""
    units = tree()
    over, under = reading.above(unit), units.subtree(unit)
    found = reading.traced([*over, *under], rules.KINDS)
    reports = [e for one in found.values() for e in one.counted if e.kind == rules.REPORT]
    every = [t for code, one in found.items() for t in rules.tasks(code, one, reports)]
    terms = {code: set_ for code, one in found.items() if (set_ := rules.terms_of(one.counted, code))}
    higher = {u.code for u in over}
    return Tasks(
        unit,
        terms,
        tuple(t for t in every if t.owner == unit.code),
        tuple(t for t in every if t.at == unit.code),
        tuple(t for t in every if t.at != unit.code and t.at not in higher),
    )


def one(at: Unit, identifier: UUID) -> Task | None:
    """One task of the unit that decided it, with what was reported of it, by the id of any of its entries."""
    units = tree()
    own = reading.of_one(at, rules.KINDS)
    root = own.first(identifier)
    task = next((t for t in rules.tasks(at.code, own) if t.id == root), None)
    owner = units.get(task.owner) if task is not None else None
    if task is None or owner is None:
        return task
    reports = reading.of_one(owner, {rules.REPORT}).counted
    return next(t for t in rules.tasks(at.code, own, reports) if t.id == root)


def of(at: Unit, traced: Traced, owners: Iterable[Unit]) -> tuple[Task, ...]:
    """The tasks in one unit's file that is read already, with what these units reported of theirs."""
    found = reading.traced(owners, {rules.REPORT})
    return rules.tasks(at.code, traced, [e for one in found.values() for e in one.counted])
