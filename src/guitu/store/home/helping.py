"""Needs, jobs and stays of everybody for whom a unit answers, and the employers and places registered in it.

Counts come of all files in the area; who may be listed by name decides `store.centre.reading`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.centre.safety import Traced
from guitu.home import help as needs
from guitu.home import jobs, places
from guitu.home.help import Need
from guitu.home.jobs import Employer, Job
from guitu.home.places import Place, Stay
from guitu.store import engine, excerpts
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

KINDS = needs.KINDS | jobs.KINDS | places.KINDS
_TELLS = ("help_need", "help_request", "follow_up", "job_placement", "recovery_place_stay")
_REGISTERED = frozenset({"employer", "recovery_place"})


@dataclass(frozen=True, slots=True)
class Helped:
    """One person: the file's number, the code of the unit that answers for them, and what they came to."""

    no: int
    unit: str
    needs: tuple[Need, ...]
    jobs: tuple[Job, ...]
    stays: tuple[Stay, ...]


def of_entries(
    entries: Iterable[Entry], on: date
) -> tuple[tuple[Need, ...], tuple[Job, ...], tuple[Stay, ...]]:
    """The same of the entries of one file in hand."""
    some = [e for e in entries if e.kind in KINDS or e.kind == VOID]
    return needs.needs(some, on), jobs.jobs(some, on), places.stays(some, on)


def everybody(unit: Unit, on: date) -> tuple[Helped, ...]:
    """Everybody in the area of whom anything of the kind is recorded, in the order of their files."""
    found = engine.rows(
        "SELECT DISTINCT e.file, s.unit FROM store_entry e JOIN store_casestatus s ON s.file = e.file"
        f" WHERE e.kind IN ({engine.marks(len(_TELLS))}) AND s.{unit.column} = %s",
        [*_TELLS, unit.no],
    )
    homes = {row[0]: row[1] for row in found}
    units, made = tree(), []
    for no, excerpt in sorted(excerpts.of_files(homes, KINDS).items()):
        key = ("helped", on)
        worked = excerpt.worked_out.get(key)
        if worked is None:
            worked = excerpt.worked_out[key] = of_entries(excerpt.case_file.entries, on)
        home = units.by_no.get(homes[no]) if homes[no] is not None else None
        if any(worked):
            made.append(Helped(no, home.code if home else "", *worked))
    return tuple(made)


@engine.house()
def registered(unit: Unit) -> Traced:
    """The employers and places in the files of a unit, of those above it and of those below: what a county
    has found is there for its towns. No file of a person is read."""
    units = tree()
    near = {u.no: u for u in (*units.ancestors(unit), *units.subtree(unit))}
    found = excerpts.of_ids(
        [
            file_of(u.code)
            for u in near.values()
            if u.level in ("province", "county", "town", "guidance_station")
        ],
        _REGISTERED,
        unseal=excerpts.EVERY,
    )
    return Traced(e for one in found.values() for e in one.case_file.entries)


def employers(of: Traced, some: Iterable[Helped], on: date) -> tuple[Employer, ...]:
    """Those in use, with the places that the people in hand have taken."""
    return jobs.employers(of, (j for one in some for j in one.jobs), on)


def recovery_places(of: Traced, some: Iterable[Helped], since: date, on: date) -> tuple[Place, ...]:
    """Those in use, with who lives there."""
    return places.places(of, (s for one in some for s in one.stays), since, on)


def place_of(of: Traced, stay: Stay) -> Entry | None:
    """The entry of the place in which a stay is, if it names one."""
    key = of.first(stay.place) if stay.place else ""
    return next((e for e in of.counted if e.kind == "recovery_place" and key and of.first(e.id) == key), None)
