"""Rolls: those that were held, and recording one. One entry in the brigade's file, and one in a person's file
only where something is to be said of that person.

The ids of a roll's entries follow from brigade, day and time. So the same roll sent twice is recorded once,
and a second one for the same time is refused, also where two officers press at the same moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.centre import roll, times, timetable
from guitu.centre.roll import Counts
from guitu.centre.timetable import DaySort
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock, gate
from guitu.store.centre import standing
from guitu.store.centre.brigade import Member
from guitu.store.centre.standing import Lately
from guitu.store.guards import day_of
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll that was recorded: the minute of its day, and its entry as it counts now."""

    at: int
    entry: Entry

    @property
    def missing(self) -> int:
        """How many were missing."""
        return int(self.entry.get("missing") or 0)


class AlreadyHeld(GuituError):
    """That roll is recorded already; `there` is its entry. Nothing was written."""

    def __init__(self, there: Entry | None, at: int) -> None:
        self.there = there
        time = times.clock(at)
        super().__init__(
            Label(
                f"{time} 的点名已经登记过，这一次没有写入。要改请更正那一条。",
                f"The roll of {time} is recorded already; nothing was written. To change it, correct that"
                f" entry.",
            )
        )


OFTEN: Final = ("roll_call", "work_plan", "work_day")
"""Kinds of a brigade's file that are recorded every day."""
ALWAYS: Final = ("timetable", "work_rate")
_KEPT: Final = timedelta(days=70)


def lately(unit: Unit, on: date) -> Lately:
    """A brigade's own file as its pages about that day need it."""
    return standing.of_unit(unit, OFTEN, ALWAYS, on - _KEPT)


def sort_of(on: date) -> tuple[DaySort, bool]:
    """What sort of day it is, and whether that is known (a year's holidays may not be)."""
    day = day_of(on)
    return day.sort, day.known


def due_on(file: Lately, on: date) -> tuple[int, ...]:
    """The minutes at which rolls are due on a day by the timetable in force then."""
    version = timetable.in_force(file.counted(), on)
    return timetable.rolls(version.of(sort_of(on)[0])) if version else ()


def held(file: Lately, on: date) -> tuple[Roll, ...]:
    """The rolls of a day, in the order of their times."""
    found = [
        Roll(minute, entry)
        for entry in file.counted()
        if entry.kind == "roll_call" and entry.happened_on == on
        and (minute := times.minutes_of(str(entry.get("at")))) is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.at))


def roll_id(unit: Unit, on: date, at: int) -> UUID:
    """The id of a roll's entry."""
    return _id(f"{unit.code} {on.isoformat()} {at}", on, at)


def _id(said: str, on: date, at: int) -> UUID:
    moment = clock.midnight(on) + timedelta(minutes=at)
    return uuid7(clock.milliseconds(moment), hashlib.sha256(f"roll {said}".encode()).digest())


def save(
    unit: Unit, file: Lately, on: date, at: int, members: Sequence[Member], marked: Mapping[int, str], *,
    actor: Actor, office: str, now: datetime, elsewhere: Collection[int] = (), source: str = "",
) -> tuple[Entry, tuple[Entry, ...]]:  # fmt: skip
    """Record a roll: the brigade's entry and those of people of whom something is said. `elsewhere` are those
    who are expected elsewhere in the centre: counted, and nothing is said of them. All or nothing.

    Raises AlreadyHeld, and NotAllowed and NotAccepted like the gate.
    """
    identifier = roll_id(unit, on, at)
    day_rolls = held(file, on)
    due = due_on(file, on)
    out = [m.no for m in members if m.out is not None]
    numbers = roll.counts([m.no for m in members], out, marked, elsewhere)
    entry = _entry(
        identifier, file_of(unit.code), "roll_call", on, actor, office, now,
        {"at": times.clock(at), "scheduled": "yes" if at in due else "no",
         "due": _due(file, on, at) if at in due else 0, **asdict(numbers)}, source,
    )  # fmt: skip
    there = next((r.entry for r in day_rolls if r.at == at), None)
    if there is not None and not (there.id == identifier and _same(there, numbers)):
        raise AlreadyHeld(there, at)
    if there is not None:
        return there, ()
    by_no = {m.no: m for m in members}
    noted = tuple(
        _entry(
            _id(f"{identifier} {no}", on, at), by_no[no].line.file, "roll_exception", on, actor, office, now,
            {"at": times.clock(at), "what": what, "roll": str(identifier)}, source,
        )
        for no, what in sorted(marked.items())
        if no in by_no and what != roll.HERE
    )  # fmt: skip
    try:
        gate.record_many([entry, *noted], actor=actor, now=now)
    except DifferentContent as taken:
        raise AlreadyHeld(there, at) from taken
    return entry, noted


def _same(there: Entry, numbers: Counts) -> bool:
    return all(there.get(name) == number for name, number in asdict(numbers).items())


def _due(file: Lately, on: date, at: int) -> int:
    """How many rolls of the timetable were due since the last that was recorded."""
    earlier = [
        (e.happened_on, minute)
        for e in file.counted()
        if e.kind == "roll_call" and e.get("scheduled") == "yes"
        and (minute := times.minutes_of(str(e.get("at")))) is not None and (e.happened_on, minute) < (on,
        at)
    ]  # fmt: skip
    return roll.due_since(max(earlier, default=None), (on, at), lambda day: due_on(file, day))


def found_again(
    member: Member, on: date, at: int, *, actor: Actor, office: str, now: datetime
) -> Entry:  # fmt: skip
    """Record that somebody whom a roll missed was found. Raises like the gate."""
    assert member.missing is not None, "only of somebody who is missing"
    entry = _entry(
        _id(f"found {member.missing.id}", on, at), member.line.file, "roll_exception", on, actor, office, now,
        {"at": times.clock(at), "what": "found", "roll": str(member.missing.get("roll") or "")},
    )  # fmt: skip
    gate.record(entry, actor=actor, now=now)
    return entry


def _entry(
    identifier: UUID, file: UUID, kind: str, on: date, actor: Actor, office: str, now: datetime,
    fields: Mapping[str, str | int], source: str = "",
) -> Entry:  # fmt: skip
    return Entry(
        id=identifier, file=file, kind=kind, happened_on=on, recorded_at=now, version=kinds()[kind].version,
        author=actor.name, unit=office, fields=dict(fields), source=source,
    )  # fmt: skip
