"""Days of work and months of pay: the counts of a day are written from its plan and exceptions, so that
nobody types them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.centre import ceilings, work
from guitu.centre.work import Worked
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.store import clock, engine, gate
from guitu.store.centre import standing
from guitu.store.centre.brigade import Member
from guitu.store.centre.standing import Lately
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

RATE: Final = ("work_rate",)


def closed(counted: Iterable[Entry]) -> dict[date, Entry]:
    """The days of work that are closed: their counts are recorded."""
    return {entry.happened_on: entry for entry in counted if entry.kind == "work_day"}


def _id(said: str, on: date) -> UUID:
    return uuid7(clock.milliseconds(clock.midnight(on)), hashlib.sha256(f"work {said}".encode()).digest())


def _entry(
    identifier: UUID, file: UUID, kind: str, on: date, actor: Actor, office: str, now: datetime,
    fields: Mapping[str, Value],
) -> Entry:  # fmt: skip
    return Entry(
        id=identifier, file=file, kind=kind, happened_on=on, recorded_at=now, version=kinds()[kind].version,
        author=actor.name, unit=office, fields=fields,
    )  # fmt: skip


def close(
    unit: Unit, on: date, planned: Decimal, members: Sequence[Member], said: Mapping[int, Mapping[str,
    Value]], *, actor: Actor, office: str, now: datetime,
) -> dict[int, Entry]:  # fmt: skip
    """Record the exceptions of a day, by file number, and its counts; what was recorded of whom. The ids
    follow from brigade and day: a day is closed once. Raises like the gate."""
    noted = {
        m.no: _entry(_id(f"{unit.code} {on} {m.no}", on), m.line.file, "work_exception", on, actor, office,
        now, said[m.no]) for m in members
        if m.no in said
    }  # fmt: skip
    people = [(*m.entries, *m.kept, *([noted[m.no]] if m.no in noted else [])) for m in members]
    count = work.day_count(people, on, planned)
    day = _entry(
        _id(f"{unit.code} {on}", on), file_of(unit.code), "work_day", on, actor, office, now,
        {"worked": count.worked, "within": count.within},
    )  # fmt: skip
    gate.record_many([day, *noted.values()], actor=actor, now=now)
    return noted


@dataclass(frozen=True, slots=True)
class Month:
    """One person's month: what was worked, what it comes to, and the slip if it is paid in."""

    member: Member
    worked: Worked
    amount: Decimal
    paid: Entry | None


@engine.house()
def rate(file: Lately, on: date) -> Entry | None:
    """The rate of pay: the brigade's own, else that of the nearest unit above that has one. The centre's
    file is not the brigade's to read: of it the rate is told, and nothing else."""
    for unit in reversed(tree().ancestors(file.unit)):
        found = work.rate_on(standing.of_unit(unit, RATE, RATE, on).counted(), on)
        if found is not None:
            return found
    return None


def month(file: Lately, members: Sequence[Member], on: date, per_hour: Decimal) -> tuple[Month, ...]:
    """The month of everybody, from the closed days that lie in it."""
    first, last = work.month_of(on)
    counted = file.counted()
    plans, done = ceilings.plans(counted), closed(counted)
    hours = {
        day: Decimal(str(plans[day].get("hours") or 0))
        for day in done
        if first <= day <= last and day in plans
    }
    made = []
    for member in members:
        spent = work.worked((*member.entries, *member.kept), hours)
        paid = next(
            (e for e in reversed(member.entries) if e.kind == "work_pay" and e.get("month") == first), None
        )
        made.append(Month(member, spent, work.pay(spent.hours, per_hour), paid))
    return tuple(made)


def pay(
    unit: Unit, on: date, months: Sequence[Month], per_hour: Decimal, *, actor: Actor, office: str, day: date,
    now: datetime,
) -> dict[int, Entry]:  # fmt: skip
    """Pay in the month of everybody who worked and has no slip yet; what was recorded, by file number. Raises
    like the gate."""
    first, _ = work.month_of(on)
    made = {
        one.member.no: _entry(
            _id(f"pay {unit.code} {first} {one.member.no}", day), one.member.line.file, "work_pay", day,
            actor, office, now,
            {"month": first, "days": one.worked.days, "hours": work.plain(one.worked.hours),
             "rate": work.plain(per_hour), "amount": work.plain(one.amount)},
        )
        for one in months
        if one.paid is None and one.worked.days
    }  # fmt: skip
    if made:
        gate.record_many(list(made.values()), actor=actor, now=now)
    return made
