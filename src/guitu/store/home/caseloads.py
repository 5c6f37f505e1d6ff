"""Who has how many people under community treatment and recovery: worker by worker in a town, office by
office above. Whether the reader may list them the caller has asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.store import engine
from guitu.store.read import asked, desk
from guitu.store.units import Unit, tree

MEASURES: Final = ("community_treatment", "community_recovery")
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
    """A unit below with its people, its workers, the duties overdue there, and how many of its villages have
    people and no worker."""

    unit: Unit
    people: int
    workers: int
    overdue: int
    vacant: int


def of_town(town: Unit) -> tuple[Caseload, ...]:
    """Everybody of a town (or one of its villages) by worker, the fullest first; workers who have nobody too.
    A person whose file names no worker is the village worker's, if there is one."""
    rows = asked.rows(
        "SELECT unit, worker, count(*), sum(CASE WHEN overdue_n > 0 THEN 1 ELSE 0 END)"
        f" FROM store_casestatus WHERE {town.column} = %s AND measure IN (%s, %s)"
        " AND state NOT IN ('', 'ended') GROUP BY unit, worker ORDER BY unit, worker",
        [town.no, *MEASURES],
    )
    units = tree()
    below = units.subtree(town)
    holders = {unit.no: [] for unit in below}  # type: dict[int, list[str]]
    for one in desk.staff_at(below):
        if one.role.name == WORKER:
            holders[one.unit].append(one.name)
    found: dict[str, tuple[set[int], int, int]] = {
        name: ({no}, 0, 0) for no, names in holders.items() for name in names
    }
    for no, named, people, overdue in rows:
        name = named or next(iter(sorted(holders.get(no, ()))), "")
        at, many, late = found.get(name, (set(), 0, 0))
        found[name] = (at | {no}, many + int(people), late + int(overdue))
    lines = (
        Caseload(name, tuple(units.by_no[no] for no in sorted(at) if no in units.by_no), many, late)
        for name, (at, many, late) in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.people, line.name)))


def of_offices(offices: Iterable[Unit], day: date) -> tuple[Office, ...]:
    """These units with what stands in their tallies: nothing is counted person by person."""
    offices, units = tuple(offices), tree()
    villages = {office.no: units.subtree(office) for office in offices}
    every = sorted({unit.no for some in villages.values() for unit in some})
    people = {
        no: int(many)
        for no, many in engine.rows_for(
            "SELECT unit, sum(n) FROM store_filetally WHERE measure IN (%s, %s)"
            " AND state NOT IN ('', 'ended') AND unit IN ({}) GROUP BY unit",
            every, MEASURES,
        )
    }  # fmt: skip
    late = {
        no: int(many)
        for no, many in engine.rows_for(
            "SELECT unit, sum(n) FROM store_dutytally WHERE due_key < %s AND unit IN ({}) GROUP BY unit",
            [office.no for office in offices], [day.isoformat()],
        )
    }  # fmt: skip
    posts = {
        no: int(many)
        for no, many in engine.rows_for(
            "SELECT unit, count(DISTINCT user_id) FROM store_staffpost WHERE role = %s AND unit IN ({})"
            " GROUP BY unit",
            every, [WORKER],
        )
    }  # fmt: skip
    return tuple(
        Office(
            office,
            people.get(office.no, 0),
            sum(posts.get(unit.no, 0) for unit in villages[office.no]),
            late.get(office.no, 0),
            sum(
                1
                for unit in villages[office.no]
                if unit.level == "village" and people.get(unit.no) and not posts.get(unit.no)
            ),
        )
        for office in offices
    )
