"""Checklists that concern a unit, and how far those below are with the ones it handed to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guitu.levels import checklists as rules
from guitu.levels.checklists import Checklist
from guitu.store.levels import reading
from guitu.store.units import Unit, tree


@dataclass(frozen=True, slots=True)
class Given:
    """A list, the unit that drew it up, and the unit that fills it in (whose sheets `sheets` are)."""

    by: Unit
    to: Unit
    list: Checklist


def to_fill(unit: Unit) -> tuple[Given, ...]:
    """The lists that a unit fills in itself: its own, and those handed to units of its level from above."""
    found = reading.traced([*reading.above(unit), unit], rules.KINDS)
    own = found.get(unit.code, reading.NOTHING)
    made = []
    for above in (*reading.above(unit), unit):
        for one in rules.in_file(found.get(above.code, reading.NOTHING)):
            if one.who == "own" if above.no == unit.no else one.given_to(unit.level):
                made.append(Given(above, unit, rules.with_sheets(one, own.counted)))
    return tuple(made)


def drawn_up(unit: Unit) -> tuple[Checklist, ...]:
    """The lists that a unit drew up, with the sheets it filled in itself."""
    return rules.in_file(reading.of_one(unit, rules.KINDS))


def find(by: Unit, identifier: UUID) -> Checklist | None:
    """One list of a unit."""
    return next((one for one in drawn_up(by) if one.id == identifier), None)


def given(by: Unit, one: Checklist, within: Unit) -> tuple[Given, ...]:
    """For each unit within an area that the list was handed to: the list with that unit's sheets."""
    units = [u for u in tree().subtree(within) if one.given_to(u.level) and u.no != by.no]
    if one.who == "own":
        units = [by]
    found = reading.traced(units, {rules.FILLED})
    return tuple(
        Given(by, u, rules.with_sheets(one, found.get(u.code, reading.NOTHING).counted)) for u in units
    )
