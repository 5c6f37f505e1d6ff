"""Remote consultations: a hospital's worklist, the centre's, one of them with what it shares, and what the
hospital writes. A hospital's doctor comes to no file: everything here that such a doctor gets passes
`access.consulting` first, one consultation at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu import access
from guitu.access import Actor
from guitu.access.consulting import ConsultAct, Consulted, may_consult
from guitu.casefile import Entry, Value
from guitu.centre import consulting
from guitu.centre.consulting import REQUEST, Consultation, consultations
from guitu.compose import kinds
from guitu.kernel.reasons import Decision
from guitu.store import engine, excerpts, gate, read
from guitu.store.appending import NotAllowed
from guitu.store.centre import reading
from guitu.store.centre.reading import Person
from guitu.store.read import FileView
from guitu.store.units import Unit, tree

BACK: Final = timedelta(days=60)
"""How far back the worklists go."""

ACTS: Final[Mapping[str, ConsultAct]] = {
    "remote_answer": "answer",
    "remote_call": "advise",
    "remote_opinion": "advise",
    "remote_prescription": "advise",
}
"""What a hospital's doctor writes, and what that takes."""

HOSPITAL: Final = "hospital"
"""The level of a unit that may be consulted."""


@dataclass(frozen=True, slots=True)
class Consult:
    """One consultation and the file it stands in. Of `view` a hospital's doctor is shown nothing but what
    `shared` and `who` give."""

    view: FileView
    consultation: Consultation

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.view.no

    @property
    def centre(self) -> str:
        """The name of the unit that asks."""
        unit = tree().get(self.consultation.request.unit)
        return unit.name if unit else self.consultation.request.unit

    @property
    def hospital(self) -> str:
        """The name of the hospital."""
        unit = tree().get(self.consultation.hospital)
        return unit.name if unit else self.consultation.hospital

    @property
    def who(self) -> str:
        """The person's name where it may be told, else the code."""
        one = self.consultation
        return str(self.view.identity.get("name") or one.code) if one.named else one.code

    @property
    def sex(self) -> str:
        """male, female or nothing."""
        return str(self.view.identity.get("sex") or "")

    def age(self, on: date) -> int | None:
        """Whole years."""
        return consulting.age_on(self.view.identity.get("birth"), on)

    @property
    def shared(self) -> tuple[Entry, ...]:
        """What the request shows, as it counts now, in the order in which it is offered."""
        settled = self.view.case_file.status()
        by_id = {e.id: e for e in self.view.case_file.counted()}
        found: dict[UUID, Entry] = {}
        for wanted in self.consultation.shares:
            entry = by_id.get(wanted) or settled.get(wanted)
            if entry is not None and entry.kind in consulting.SHAREABLE:
                found[entry.id] = entry
        return tuple(
            sorted(
                found.values(), key=lambda e: (consulting.SHAREABLE.index(e.kind), -e.happened_on.toordinal())
            )
        )

    def consulted(self, on: date) -> Consulted:
        """As access needs to know it."""
        one = self.consultation
        return Consulted(one.hospital, one.taken_by, one.open(on), one.standing)


def hospitals() -> tuple[Unit, ...]:
    """The hospitals that may be asked, by code."""
    return tuple(u for u in sorted(tree().by_code.values(), key=lambda u: u.code) if u.level == HOSPITAL)


def of_hospital(actor: Actor, hospital: str, on: date) -> tuple[Consult, ...]:
    """What was sent to that hospital lately, the latest first, if this actor may know of it."""
    found = []
    for one in _sent_to(hospital, on - BACK):
        if may_consult(actor, "list", one.consulted(on)).allowed:
            found.append(one)
    return tuple(sorted(found, key=lambda c: c.consultation.request.recorded_at, reverse=True))


@engine.house()
def _sent_to(hospital: str, since: date) -> list[Consult]:
    """The consultations of every file in which that hospital was asked since that day."""
    rows = engine.rows(
        "SELECT DISTINCT file FROM store_entry WHERE kind = 'remote_request' AND happened_on >= %s",
        [since.isoformat()],
    )
    asked = excerpts.counted((row[0] for row in rows), {REQUEST})  # its code is readable without keys
    files = {some[0].file for some in asked.values() if any(e.get("hospital") == hospital for e in some)}
    views = [view for file in files if (view := read.looked_up(str(file))) is not None]
    return [
        Consult(view, one)
        for view in {v.id: v for v in views}.values()
        for one in _of(view)
        if one.hospital == hospital and one.request.happened_on >= since
    ]


def of_centre(
    actor: Actor, unit: Unit, on: date, now: datetime, *, granted: bool = True
) -> tuple[tuple[Person, Consultation], ...]:
    """What was asked for people under that unit lately, the latest first, as far as the actor may see them.
    The caller has asked whether the unit is the actor's to list."""
    rows = engine.rows(
        "SELECT DISTINCT e.file FROM store_entry e JOIN store_casestatus s ON s.file = e.file"
        f" WHERE e.kind = 'remote_request' AND e.happened_on >= %s AND s.{unit.column} = %s",
        [(on - BACK).isoformat(), unit.no],
    )
    people = reading.persons({row[0] for row in rows}, consulting.KINDS, actor, now, granted=granted)
    found = [(p, c) for p in people for c in consultations(_counted(p)) if c.request.happened_on >= on - BACK]
    return tuple(sorted(found, key=lambda pair: pair[1].request.recorded_at, reverse=True))


def _counted(person: Person) -> Iterable[Entry]:
    """The entries that count, of those that the reader may see."""
    counted = {e.id for e in person.view.case_file.counted()}
    return (e for e in person.entries if e.id in counted)


@engine.house()
def find(identifier: UUID) -> Consult | None:
    """The consultation of that request, whoever asks: nothing of it may be shown undecided."""
    row = engine.row(
        "SELECT f.id FROM store_entry e JOIN store_casefile f ON f.no = e.file"
        " WHERE e.id = %s AND e.kind = %s",
        [engine.key(identifier), REQUEST],
    )
    view = read.looked_up(str(engine.uuid_of(row[0]))) if row is not None else None
    if view is None:
        return None
    return next((Consult(view, one) for one in _of(view) if one.id == identifier), None)


def _of(view: FileView) -> tuple[Consultation, ...]:
    return consultations(consulting.in_order(view.case_file.counted(), view.entries))


@engine.house()
def write_as_hospital(
    consult: Consult,
    actor: Actor,
    said: Iterable[tuple[UUID, str, Mapping[str, Value]]],
    on: date,
    now: datetime,
) -> tuple[Entry, ...]:
    """Record what a hospital's doctor says about a consultation: id, kind and answers of each entry, all or
    none. Raises NotAllowed, NotAccepted or DifferentContent like the gate."""
    entries = []
    decided: Decision | None = None
    for identifier, kind, fields in said:
        entry = Entry(
            id=identifier,
            file=consult.view.id,
            kind=kind,
            version=kinds()[kind].version,
            happened_on=on,
            recorded_at=now,
            author=actor.name,
            unit=consult.consultation.hospital,
            fields={"to": str(consult.consultation.id), **fields},
        )
        decided = may_consult(actor, ACTS[kind], consult.consulted(on))
        if not decided.allowed:
            raise NotAllowed(entry, kinds()[kind], decided)
        entries.append(entry)
    gate.record_many(entries, actor=actor, now=now, decided=decided)
    return tuple(entries)


def may_list(actor: Actor, unit: Unit) -> Decision:
    """Whether the actor may list who is consulted about under that unit."""
    return access.decide(actor, "find", access.Target(unit.path))
