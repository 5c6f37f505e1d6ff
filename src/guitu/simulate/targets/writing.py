"""A plan written through the one gate: places, unit files, the people who are needed, everybody else.

One file after the other, none kept: memory does not grow with the number of people. The same plan gives the
same entries, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate.accounts import author
from guitu.simulate.targets import lives
from guitu.simulate.targets.background import background
from guitu.simulate.targets.plan import Plan
from guitu.simulate.targets.unitwork import Made
from guitu.store import bulk, engine, units
from guitu.store.unitfiles import file_of
from guitu.store.units import NewUnit

_OPENS: Final = time(9, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: the number of the file it is in, and its name."""

    file: str
    fault: str


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    files: int
    entries: int
    faults: tuple[Fault, ...]


def write(plan: Plan, now: datetime, progress: Callable[[int, int], None] | None = None) -> Written:
    """Write the whole plan. `progress` is told files and entries done."""
    add_places(plan)
    planted: list[tuple[UUID, str]] = []
    outcome = bulk.load(_noting(plan, planted), now, progress=progress)
    return Written(outcome.files, outcome.new, tuple(_numbered(planted)))


def add_places(plan: Plan) -> None:
    """The units: places first, then the institutions in them."""
    province = plan.offices.province
    places = [NewUnit(d.code, d.name, d.level, d.parent) for d in province.divisions]
    units.add(places + [NewUnit(i.code, i.name, i.kind, i.parent) for i in province.institutions])


def files(plan: Plan) -> Iterator[tuple[UUID, Sequence[Entry], str]]:
    """Every file in the order in which it is written: its id, its entries, its planted fault."""
    for unit, made in _by_unit(plan.unit_entries):
        yield file_of(unit), unit_entries(plan, unit, made), ""
    for recipe in plan.planner.recipes:
        yield *lives.entries(recipe, plan.world), recipe.fault
    for recipe, life in background(plan.planner, plan.people - plan.needed):
        yield *lives.entries(recipe, plan.world, life), recipe.fault


def _noting(plan: Plan, planted: list[tuple[UUID, str]]) -> Iterator[Sequence[Entry]]:
    for file, entries, fault in files(plan):
        if fault:
            planted.append((file, fault))
        yield entries


def _by_unit(made: Sequence[Made]) -> Iterator[tuple[str, list[Made]]]:
    found: dict[str, list[Made]] = {}
    for one in made:
        found.setdefault(one.unit, []).append(one)
    for unit in sorted(found):
        yield unit, sorted(found[unit], key=lambda one: one.day)


def unit_entries(plan: Plan, unit: str, made: Sequence[Made]) -> tuple[Entry, ...]:
    """The entries of one unit's file, each recorded on the day it happened."""
    rng = Random(f"targets/{plan.seed}/unit/{unit}")
    known = kinds()
    written = []
    for one in made:
        at = datetime.combine(one.day, _OPENS, CHINA)
        ms = int(at.timestamp() * 1000) + rng.randrange(25_000_000)
        written.append(
            Entry(
                id=uuid7(ms, rng.randbytes(10)),
                file=file_of(unit),
                kind=one.kind,
                happened_on=one.day,
                recorded_at=datetime.fromtimestamp(ms / 1000, CHINA),
                version=known[one.kind].version,
                author=author(one.role, unit),
                unit=unit,
                fields=one.fields,
            )
        )
    return tuple(sorted(written, key=lambda entry: entry.recorded_at))


def _numbered(planted: Sequence[tuple[UUID, str]]) -> Iterator[Fault]:
    """The planted faults by the number that their file was given."""
    numbers = {
        engine.uuid_of(row[0]): str(row[1])
        for row in engine.rows_for(
            "SELECT id, case_no FROM store_casefile WHERE id IN ({})", [file.hex for file, _ in planted]
        )
    }
    for file, fault in planted:
        yield Fault(numbers[file], fault)
