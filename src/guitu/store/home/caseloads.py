"""Who has how many people under community treatment and recovery: worker by worker in a town, office by
office above. Whether the reader may list them the caller has asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.pathway.kinds import COMMUNITY
from guitu.store import engine
from guitu.store.read import asked, desk
from guitu.store.units import Unit, tree

MEASURES: Final = tuple(sorted(COMMUNITY))
WORKER: Final = "village_worker"


@dataclass(frozen=True, slots=True)
class Caseload:
    """What one worker answers for in a town. `name` is "" for people of `units` who have no worker: none is
    named in their files, and their village has none. `overdue` counts people with something overdue."""

    name: str
    units: tuple[Unit, ...]
    people: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Office:
    """A unit below with its people, its workers (named in files or posted to a village), the duties overdue
    there, and in how many of its villages somebody has no worker."""

    unit: Unit
    people: int
    workers: int
    overdue: int
    vacant: int


def of_town(town: Unit) -> tuple[Caseload, ...]:
    """Everybody of a town (or one of its villages) by worker, the fullest first; workers who have nobody too.
    A person whose file names no worker is the village worker's, if there is one."""
    posted = _posted(tree().subtree(town))
    found: dict[str, tuple[set[int], int, int]] = {
        name: ({no}, 0, 0) for no, names in posted.items() for name in names
    }
    for no, name, people, overdue in _by_worker(town, posted):
        at, many, late = found.get(name, (set(), 0, 0))
        found[name] = (at | {no}, many + people, late + overdue)
    units = tree()
    lines = (
        Caseload(name, tuple(units.by_no[no] for no in sorted(at) if no in units.by_no), many, late)
        for name, (at, many, late) in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.people, line.name)))


def of_offices(unit: Unit, offices: Iterable[Unit], day: date) -> tuple[Office, ...]:
    """These units below `unit`, each with everybody under it. Duties are those of the tallies; people are
    counted once, by village and worker."""
    offices, units = tuple(offices), tree()
    over = {one.no: office.no for office in offices for one in units.subtree(office)}
    posted = _posted([units.by_no[no] for no in over])
    late = {
        no: int(many)
        for no, many in engine.rows_for(
            "SELECT unit, sum(n) FROM store_dutytally WHERE due_key < %s AND unit IN ({}) GROUP BY unit",
            [office.no for office in offices], [day.isoformat()],
        )
    }  # fmt: skip
    people: Counter[int] = Counter()
    workers: dict[int, set[tuple[int, str]]] = {office.no: set() for office in offices}
    vacant: dict[int, set[int]] = {office.no: set() for office in offices}
    for no, names in posted.items():
        workers[over[no]] |= {(over[no], name) for name in names}
    for no, name, many, _ in _by_worker(unit, posted):
        if (office := over.get(no)) is not None:
            people[office] += many
            (workers[office].add((office, name)) if name else vacant[office].add(no))
    return tuple(
        Office(one, people[one.no], len(workers[one.no]), late.get(one.no, 0), len(vacant[one.no]))
        for one in offices
    )


def _posted(units: Sequence[Unit]) -> dict[int, list[str]]:
    """Who is posted as worker to which of these units, by number, in the order of names."""
    found: dict[int, list[str]] = {}
    for one in desk.staff_at(units):
        if one.role.name == WORKER:
            found.setdefault(one.unit, []).append(one.name)
    return {no: sorted(names) for no, names in found.items()}


def _by_worker(unit: Unit, posted: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, str, int, int]]:
    """Everybody under a unit by the unit that answers for them and their worker: how many, and how many of
    them have something overdue. `posted` is who is worker where no file names one; the name is "" where
    there is none."""
    for no, named, people, overdue in asked.rows(
        "SELECT unit, worker, count(*), sum(CASE WHEN overdue_n > 0 THEN 1 ELSE 0 END)"
        f" FROM store_casestatus WHERE {unit.column} = %s AND measure IN (%s, %s)"
        " AND state NOT IN ('', 'ended') GROUP BY unit, worker ORDER BY unit, worker",
        [unit.no, *MEASURES],
    ):
        yield no, named or next(iter(posted.get(no, ())), ""), int(people), int(overdue)
