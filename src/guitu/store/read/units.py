"""Units with what each has open: the tree one level at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guitu.store import engine
from guitu.store.units import Unit, tree


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a list: people whose measure has not ended, duties open and overdue, and units below it."""

    unit: Unit
    people: int
    open: int
    overdue: int
    below: int


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit, the way down to it, its own figures, those of each unit below, and its people by measure."""

    here: UnitLine
    above: tuple[Unit, ...]
    below: tuple[UnitLine, ...]
    measures: dict[str, int]
    files: int


def unit_view(code: str, day: date) -> UnitView:
    """The unit with this code on a day. Raises UnknownUnit."""
    units = tree()
    here = units.find(code)
    lines = lines_of([here, *units.children(here)], day)
    people = engine.rows("SELECT measure, state, n FROM store_filetally WHERE unit = %s", [here.no])
    measures: dict[str, int] = {}
    for measure, state, n in people:
        if measure and state != "ended":
            measures[measure] = measures.get(measure, 0) + n
    return UnitView(
        lines[0], tuple(units.ancestors(here)), tuple(lines[1:]), measures, sum(r[2] for r in people)
    )


def unit_lines(parent: str | None, day: date) -> tuple[UnitLine, ...]:
    """The units directly below `parent` (the provinces, for None)."""
    units = tree()
    return tuple(lines_of(units.children(units.find(parent) if parent else None), day))


def people_under(unit: Unit) -> dict[int, dict[str, int]]:
    """For this unit and every one under it, by number, how many people are under each measure that has not
    ended; those that have nobody are left out."""
    units, people = tree(), dict[int, dict[str, int]]()
    for no, measure, n in engine.rows(
        "SELECT unit, measure, sum(n) FROM store_filetally WHERE state NOT IN ('', 'ended')"
        " GROUP BY unit, measure HAVING sum(n) > 0 ORDER BY unit, measure"
    ):
        found = units.by_no.get(no)
        if found is not None and units.within(found, unit):
            people.setdefault(no, {})[measure] = int(n)
    return people


def lines_of(wanted: Sequence[Unit], day: date) -> list[UnitLine]:
    """Any units as lines, in the given order."""
    numbers = [u.no for u in wanted]
    people = {
        r[0]: r[1]
        for r in engine.rows_for(
            "SELECT unit, sum(n) FROM store_filetally WHERE state NOT IN ('', 'ended') AND unit IN ({})"
            " GROUP BY unit",
            numbers,
        )
    }
    duties = {
        r[0]: r[1:]
        for r in engine.rows_for(
            "SELECT unit, sum(n), sum(CASE WHEN due_key < %s THEN n ELSE 0 END) FROM store_dutytally"
            " WHERE unit IN ({}) GROUP BY unit",
            numbers,
            [day.isoformat()],
        )
    }
    units = tree()
    return [
        UnitLine(
            u,
            int(people.get(u.no, 0)),
            int(duties.get(u.no, (0, 0))[0]),
            int(duties.get(u.no, (0, 0))[1]),
            len(units.children(u)),
        )
        for u in wanted
    ]
