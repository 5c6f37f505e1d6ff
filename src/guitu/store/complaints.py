"""Complaints, in a file of their own for each person, which nobody's area holds: the person's own file stays
without a word of them, and the unit complained of finds nothing (docs/decisions/0015).

The id of that file follows from the person's; its keys are its own. `store_complaintline` lists, for each
receiver, how far a complaint is; it is worked out from the entries and holds no word of them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor, Post
from guitu.access.complaints import RECEIVERS, may_open, receivers
from guitu.casefile import Entry, Value
from guitu.kernel.ids import uuid7
from guitu.kernel.reasons import Decision
from guitu.pathway.requests import due_of
from guitu.store import casefiles, clock, engine, gate, personal
from guitu.store.apart import file_id
from guitu.store.read import FileView, file_view, rules
from guitu.store.read.asked import row, rows
from guitu.store.units import Tree, Unit, tree

ANSWER: Final = "answer_complaint"
_COLUMNS: Final = (
    "id, file, person, receiver, receiver_role, against, lodged_on, received_on, forwarded_on, answered_on"
)
_STEPS: Final = {
    "complaint_received": "received_on",
    "complaint_forwarded": "forwarded_on",
    "complaint_answer": "answered_on",
}


@dataclass(frozen=True, slots=True)
class Line:
    """How far one complaint is: where it came to and under which word, about whom, and the days. `due` is by
    when it is to be answered, where the receiving unit has set a number of days."""

    id: UUID
    file: int
    person: int
    receiver: Unit
    word: str
    against: Unit
    lodged_on: date
    received_on: date | None
    forwarded_on: date | None
    answered_on: date | None
    due: date | None

    def late(self, on: date) -> bool:
        """Whether it should have been answered before that day."""
        return self.answered_on is None and self.due is not None and on > self.due


@dataclass(frozen=True, slots=True)
class Thread:
    """One complaint with what followed it. `view` is the file it stands in."""

    line: Line
    view: FileView
    complaint: Entry
    after: tuple[Entry, ...]

    @property
    def answer(self) -> Entry | None:
        """The answer, once there is one."""
        return next((e for e in self.after if e.kind == "complaint_answer"), None)


# ── lodging ───────────────────────────────────────────────────────────────────────────────────────


def who_receives(against: Unit, units: Tree) -> tuple[tuple[Unit, str], ...]:
    """The units that a complaint about this one goes to, each with a word of `access.complaints`."""
    above = [unit.no for unit in units.ancestors(against)]
    held = [
        Post(role, units.by_no[no].code)
        for role, no in engine.rows_for(
            "SELECT p.role, p.unit FROM store_staffpost p JOIN auth_user u ON u.id = p.user_id"
            " WHERE u.is_active AND p.unit IN ({})",
            above,
        )
    ]
    return tuple((units.find(code), word) for code, word in receivers(against.path, held))


def staffed(unit: Unit, word: str) -> bool:
    """Whether anybody in that very unit receives complaints under that word."""
    roles = sorted(RECEIVERS[word])
    return bool(
        engine.rows(
            "SELECT 1 FROM store_staffpost p JOIN auth_user u ON u.id = p.user_id"
            f" WHERE u.is_active AND p.unit = %s AND p.role IN ({engine.marks(len(roles))}) LIMIT 1",
            [unit.no, *roles],
        )
    )


@engine.house()
def lodge(
    view: FileView, *, against: Unit, text: str, named: bool, actor: Actor, now: datetime,
    source: str = "", unit: str = "", first: UUID | None = None,
) -> tuple[UUID, ...]:  # fmt: skip
    """Lodge a complaint of a file's person: one entry for each receiver; their ids.

    `unit` is the office of the member of staff who wrote it down for the person, and `source` says from what.
    `first` is the id of the first entry, so that a form sent twice lodges once. Raises NotAllowed and
    NotAccepted like the gate.
    """
    units, made = tree(), []
    decided = _may_lodge(actor, view, bool(unit))
    with engine.writing():
        for receiver, word in who_receives(against, units):
            entry = _entry(
                file_id(view.id), "complaint", actor, now,
                {"against": against.code, "receiver": receiver.code, "receiver_role": word, "text": text,
                 "named": "yes" if named else "no"},
                source=source, unit=unit, identifier=UUID(int=first.int + len(made)) if first else None,
            )  # fmt: skip
            gate.record(entry, actor=actor, now=now, decided=decided)
            _project(entry, view.no, units)
            made.append(entry.id)
    return tuple(made)


def _may_lodge(actor: Actor, view: FileView, written_down: bool) -> Decision:
    """The person about anybody; a member of staff who writes it down, whom the access table lets write of the
    person at all."""
    if not written_down:
        return personal.may_lodge(actor, view)
    return personal.may_write_down(actor, "complaint", view)


def _entry(
    file: UUID, kind: str, actor: Actor, now: datetime, fields: Mapping[str, Value], *, source: str = "",
    unit: str = "", identifier: UUID | None = None,
) -> Entry:  # fmt: skip
    return Entry(
        id=identifier or uuid7(clock.milliseconds(now), secrets.token_bytes(10)),
        file=file,
        kind=kind,
        happened_on=clock.office_day(now),
        recorded_at=now,
        author=actor.name,
        unit=unit,
        fields=fields,
        source=source,
    )


def paper_id(opening: UUID, paper: int) -> UUID:
    """Under which id a paper out of a complaints box is lodged: it follows from the opening of the box and
    the paper's number in it, so each is lodged once, and neither file says where it came from."""
    told = hashlib.sha256(opening.bytes + paper.to_bytes(4, "big")).digest()
    return uuid7(opening.int >> 80, told[:9] + b"\0")


@engine.house()
def lodged_papers(opening: UUID, papers: int) -> frozenset[int]:
    """Which of the papers of an opening, from one on, are lodged: that they are, and nothing else of them."""
    by_id = {paper_id(opening, paper).hex: paper for paper in range(1, papers + 1)}
    found = engine.rows_for("SELECT id FROM store_complaintline WHERE id IN ({})", by_id)
    return frozenset(by_id[engine.uuid_of(row[0]).hex] for row in found)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


@engine.house()
def received(receiver: Unit, words: Iterable[str], *, limit: int = 200) -> tuple[Line, ...]:
    """What came to a unit under these words: first what is not answered, the oldest first."""
    wanted = sorted(words)
    if not wanted:
        return ()
    found = rows(
        f"SELECT {_COLUMNS} FROM store_complaintline WHERE receiver = %s"
        f" AND receiver_role IN ({engine.marks(len(wanted))})"
        f" ORDER BY answered_on IS NOT NULL, lodged_on, id LIMIT {limit}",
        [receiver.no, *wanted],
    )
    return tuple(map(_line, found))


@engine.house()
def of_person(person: int) -> tuple[Line, ...]:
    """Every complaint of one person, the latest first."""
    found = rows(
        f"SELECT {_COLUMNS} FROM store_complaintline WHERE person = %s ORDER BY lodged_on DESC, id DESC",
        [person],
    )
    return tuple(map(_line, found))


@engine.house()
def thread(identifier: UUID) -> Thread | None:
    """One complaint with what followed, unsealed; None if there is none. The caller has asked access."""
    found = row(f"SELECT {_COLUMNS} FROM store_complaintline WHERE id = %s", [identifier.hex])
    if found is None:
        return None
    line = _line(found)
    held = casefiles.by_numbers([line.file])
    view = file_view(held[0].id) if held else None
    complaint = next((e for e in view.entries if e.id == identifier), None) if view else None
    if view is None or complaint is None:
        return None
    after = tuple(e for e in view.entries if e.get("to") == str(identifier))
    return Thread(line, view, complaint, after)


def may_handle(actor: Actor, line: Line) -> Decision:
    """Whether this account may read and answer the complaint."""
    return may_open(actor, line.receiver.code, line.word, line.against.path)


@engine.house()
def answer(
    found: Thread, kind: str, fields: Mapping[str, Value], *, actor: Actor, unit: str, now: datetime
) -> UUID:
    """Record that a complaint was received, forwarded or answered; the entry's id. Raises NotAllowed and
    NotAccepted like the gate."""
    entry = _entry(found.view.id, kind, actor, now, {**fields, "to": str(found.line.id)}, unit=unit)
    with engine.writing():
        gate.record(entry, actor=actor, now=now, decided=may_handle(actor, found.line))
        _advance(entry)
        if kind == "complaint_forwarded":
            _hand_on(found, entry, actor, now)
    return entry.id


def _hand_on(found: Thread, forwarded: Entry, actor: Actor, now: datetime) -> None:
    """The same complaint for the unit it was forwarded to, which then answers it."""
    units = tree()
    fields = dict(found.complaint.fields)
    fields["receiver"] = forwarded.get("receiver")
    copy = _entry(found.view.id, "complaint", actor, now, fields, unit=forwarded.unit,
                  source=f"complaint {found.line.id}")  # fmt: skip
    gate.record(copy, actor=actor, now=now, decided=may_handle(actor, found.line))
    _project(copy, found.line.person, units)


# ── the list ──────────────────────────────────────────────────────────────────────────────────────


def _line(found: engine.Row) -> Line:
    units = tree()
    identifier, file, person, receiver, word, against, *days = found
    lodged, got, forwarded, answered = map(engine.day_of, days)
    assert lodged is not None
    to = units.by_no[receiver]
    return Line(
        engine.uuid_of(identifier), file, person, to, word, units.by_no[against], lodged, got, forwarded,
        answered, due_of(rules(to), ANSWER, lodged),
    )  # fmt: skip


def _project(entry: Entry, person: int, units: Tree) -> None:
    """The line of a new complaint."""
    found = row("SELECT no FROM store_casefile WHERE id = %s", [entry.file.hex])
    assert found is not None, "the gate has just written into it"
    engine.insert(
        "store_complaintline",
        ("id", "file", "person", "receiver", "receiver_role", "against", "lodged_on"),
        [(
            entry.id.hex, found[0], person, units.find(str(entry.get("receiver"))).no,
            str(entry.get("receiver_role")), units.find(str(entry.get("against"))).no,
            entry.happened_on.isoformat(),
        )],
        more="ON CONFLICT (id) DO NOTHING",
    )  # fmt: skip


def _advance(entry: Entry) -> None:
    """How far an entry brought its complaint."""
    column = _STEPS.get(entry.kind)
    if column is not None:
        engine.execute(
            f"UPDATE store_complaintline SET {column} = %s WHERE id = %s AND {column} IS NULL",
            [entry.happened_on.isoformat(), UUID(str(entry.get("to"))).hex],
        )


@engine.house()
def rebuild() -> int:
    """Work the list out again from the entries; how many complaints. Goes through every person's file id, for
    the id of the complaint file follows from it."""
    units, done = tree(), 0
    with engine.writing():
        engine.execute("DELETE FROM store_complaintline")
        apart = {r[0]: engine.uuid_of(r[1]) for r in engine.rows(
            "SELECT f.no, f.id FROM store_casefile f WHERE f.about = 'unit' AND EXISTS"
            " (SELECT 1 FROM store_entry e WHERE e.file = f.no AND e.n = 1 AND e.kind = 'complaint')"
        )}  # fmt: skip
        if not apart:
            return 0
        whose = {
            file_id(engine.uuid_of(identifier)): no
            for no, identifier in engine.rows("SELECT no, id FROM store_casefile WHERE about = 'person'")
        }
        for held in casefiles.by_numbers(apart):
            casefiles.fill([held], unseal=None)
            counted = held.case_file.counted() if held.id in whose else ()
            for entry in counted:
                if entry.kind == "complaint":
                    _project(entry, whose[held.id], units)
                    done += 1
            for entry in counted:
                _advance(entry)
    return done
