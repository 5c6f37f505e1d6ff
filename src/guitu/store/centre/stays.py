"""Everybody in a centre at once, as boards and worklists of zones and assessments need them: when they came,
where they moved, what was assessed. What is sealed (reasons, grounds) is read by `opened` for the lines that
are shown. The caller asks access about the page and the unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.zone import CHINA
from guitu.store import casefiles, engine, excerpts
from guitu.store.centre import residents as inside
from guitu.store.centre.residents import ARRIVES
from guitu.store.centre.worked import Worked
from guitu.store.encoding import READ, entry_read
from guitu.store.kinds import hidden
from guitu.store.read import asked
from guitu.store.scope import wanted
from guitu.store.units import Tree, Unit, tree

KINDS: Final = frozenset(
    {
        "order", "admission", "transfer", "zone_move", "zone_review", "assessment", "assessment_sheet",
        "assessment_copy", "assessment_objection", "assessment_recheck", "opinion_written", "release",
        "death",
    }
)  # fmt: skip
"""What is read of each file."""
CENTRES: Final = frozenset({"justice_centre", "police_centre"})


@dataclass(frozen=True, slots=True)
class Resident:
    """One person under compulsory isolation whom a unit of the centre answers for: the counted entries of
    KINDS, without what is sealed in them. `ordered` is the day of the order in force; `arrived` that of the
    last arrival in a centre under it: zones are the centre's, and begin anew in another one."""

    no: int
    unit: Unit | None
    ends_on: date | None
    ordered: date | None
    arrived: date | None
    entries: tuple[Entry, ...]


def centre_of(unit: Unit, units: Tree | None = None) -> Unit | None:
    """The centre that a unit is or belongs to."""
    above = (units or tree()).ancestors(unit)
    return next((u for u in above if u.level in CENTRES), None)


def centres_under(unit: Unit) -> tuple[Unit, ...]:
    """The centres under a unit, itself included."""
    return tuple(u for u in tree().subtree(unit) if u.level in CENTRES)


def residents(unit: Unit) -> tuple[Resident, ...]:
    """Everybody under compulsory isolation under this unit, by file number."""
    where, values = inside.held_in(unit)
    rows = asked.rows(f"SELECT file, unit, ends_on FROM store_casestatus WHERE {where} ORDER BY file", values)
    units = tree()
    found = excerpts.counted([row[0] for row in rows], KINDS)
    return tuple(
        _resident(no, units.by_no.get(at), engine.day_of(ends), found.get(no, ())) for no, at, ends in rows
    )


def lately_left(unit: Unit, on: date, days: int) -> tuple[Resident, ...]:
    """Whom this unit answered for and no longer does, as far as something was recorded of them in the last
    `days` days: those who may have left in that time."""
    since = int((_moment(on) - timedelta(days=days + 1).total_seconds()) * 1000)
    rows = asked.rows(
        "SELECT s.file, s.unit FROM store_casestatus s WHERE s.last_ms >= %s AND s.file IN"
        " (SELECT a.file FROM store_filearea a JOIN store_unitabove u ON u.unit = a.unit"
        " WHERE u.above = %s AND a.how = %s) ORDER BY s.file",
        [since, unit.no, "former"],
    )
    units = tree()
    away = [row for row in rows if row[1] not in units.by_no or not units.within(units.by_no[row[1]], unit)]
    found = excerpts.counted([row[0] for row in away], KINDS)
    return tuple(_resident(no, units.by_no.get(at), None, found.get(no, ())) for no, at in away)


def _moment(on: date) -> float:
    return datetime.combine(on, time(), CHINA).timestamp()


_residents: Final[Worked[Resident]] = Worked()


def _resident(no: int, unit: Unit | None, ends_on: date | None, entries: tuple[Entry, ...]) -> Resident:
    return _residents.of(no, (entries,), (unit, ends_on), lambda: _made(no, unit, ends_on, entries))


def _made(no: int, unit: Unit | None, ends_on: date | None, entries: tuple[Entry, ...]) -> Resident:
    orders = [e for e in entries if e.kind == "order" and e.get("measure") == "compulsory_isolation"]
    ordered = max((e.happened_on for e in orders), default=None)
    came = [
        e.happened_on for e in entries if e.kind in ARRIVES and (ordered is None or e.happened_on >= ordered)
    ]
    return Resident(no, unit, ends_on, ordered, max(came, default=ordered), entries)


def opened(entries: Collection[UUID]) -> dict[UUID, Entry]:
    """These entries with what is sealed in them, as far as the present scope opens their compartments."""
    seen = wanted()
    rows = [
        row
        for row in engine.rows_for(
            f"SELECT {READ} FROM store_entry WHERE id IN ({{}})", [engine.key(i) for i in entries]
        )
        if seen.everything or not hidden(row[3], seen)
    ]
    held = {file.no: file for file in casefiles.by_numbers({row[0] for row in rows})}
    casefiles.fetch_keys(held.values())
    read = [entry_read(row, held[row[0]].id, held[row[0]].keys) for row in rows if row[0] in held]
    return {entry.id: entry for entry in read}


def waiting(unit: Unit) -> dict[int, UUID]:
    """The assessments that wait for the second signature, by file number: the id of the proposal."""
    rows = engine.rows(
        "SELECT p.file, p.id FROM store_proposal p JOIN store_casestatus s ON s.file = p.file"
        f" WHERE p.act = %s AND p.state = %s AND s.{unit.column} = %s",
        ["assess", "proposed", unit.no],
    )
    return {no: engine.uuid_of(identifier) for no, identifier in rows}
