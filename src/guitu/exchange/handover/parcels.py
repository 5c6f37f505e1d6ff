"""What this system owes another: of each file that was sent there, or came from there, the entries that the
other has not acknowledged. Worked out from the entries each time; nothing is remembered besides.

The sender gives the whole file as far as it may leave (what only one's own doctors may know does not), and
whatever is recorded later. The receiver gives back its answers: opened, accepted, sent back, first contact.
Where a file was withdrawn or sent elsewhere, whoever had it is told that and nothing more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeVar
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.casefile.kind import APART
from guitu.compose import kinds
from guitu.exchange.handover.peers import Peer
from guitu.home.handover.baton import EXCHANGED, MEETS, SENT, STEPS
from guitu.store import casefiles, clock, engine
from guitu.store.units import Tree, path_in, tree

T = TypeVar("T")

AGO: Final = timedelta(days=400)
"""How long after it was sent a file is looked at for what is still to be said of it."""
LOCAL: Final = frozenset({EXCHANGED})
"""Kinds that never leave: each system's own notes of what the other said."""
ANSWERS: Final = (STEPS | MEETS) - LOCAL
"""Kinds that a receiver gives back."""
RECEIVED: Final = ("delivered", "papers")
"""The states of an answer that say that the other has it: entries, or papers."""
AT_ONCE: Final = 40
"""Files in one bundle."""
MOST_ENTRIES: Final = 4000
"""Entries in one bundle, unless one file alone has more."""
Role = Literal["sender", "receiver", "told"]
"""`told`: the file went elsewhere, or was withdrawn, after the other system had it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to go to another system of one file. `digest` stands for these entries."""

    no: int
    file: UUID
    case_no: str
    role: Role
    digest: str
    ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Outline:
    """An entry as far as it decides whether it goes along."""

    id: UUID
    kind: str
    corrects: UUID | None
    source: str
    unit: str
    body: Mapping[str, object]


def pending(peer: Peer, now: datetime) -> tuple[Parcel, ...]:
    """What the other system has not acknowledged, by file number. Called as the house."""
    units = tree()
    numbers = candidates(peer, now, units)
    named = {
        row[0]: (engine.uuid_of(row[1]), row[2])
        for row in engine.rows_for("SELECT no, id, case_no FROM store_casefile WHERE no IN ({})", numbers)
    }
    found = []
    for no, rows in outlines(numbers).items():
        file, case_no = named[no]
        made = _parcel(no, file, case_no, rows, peer, units)
        if made is not None and made.digest not in acknowledged(rows, peer.name):
            found.append(made)
    return tuple(found)


def contents(parcels: Sequence[Parcel]) -> dict[int, list[Entry]]:
    """The entries of these parcels, opened, by file number. Called as the house."""
    files = casefiles.by_numbers([one.no for one in parcels])
    casefiles.fill(files, unseal=None)
    wanted = {one.no: one.ids for one in parcels}
    return {held.no: [e for e in held.entries if e.id in wanted[held.no]] for held in files}


def outlines(numbers: Iterable[int]) -> dict[int, list[Outline]]:
    """The entries of these files as far as they decide what goes along, in the order in which they came."""
    found: dict[int, list[Outline]] = {}
    for no, identifier, kind, corrects, source, unit, body in engine.rows_for(
        "SELECT file, id, kind, corrects, source, unit, CASE WHEN kind IN ('handover_sent',"
        " 'handover_exchanged') THEN body ELSE '' END FROM store_entry WHERE file IN ({}) ORDER BY file, n",
        sorted(numbers),
    ):
        one = Outline(
            engine.uuid_of(identifier), kind, engine.uuid_of(corrects) if corrects else None, source, unit,
            json.loads(body) if body else {},
        )  # fmt: skip
        found.setdefault(no, []).append(one)
    return found


def acknowledged(rows: Iterable[Outline], peer: str) -> frozenset[str]:
    """The digests of which the other system has said that it has all they stand for."""
    return frozenset(
        str(one.body.get("digest"))
        for one in rows
        if one.kind == EXCHANGED and one.body.get("peer") == peer and one.body.get("state") in RECEIVED
    )


def role_of(rows: Sequence[Outline], peer: Peer, units: Tree) -> Role | None:
    """What this system is to the other in respect of a file; None if nothing."""
    withdrawn = {one.corrects for one in rows if one.kind == VOID}
    sent = [one for one in rows if one.kind == SENT]
    standing = [one for one in sent if one.id not in withdrawn]
    if standing:
        last = standing[-1]
        if _theirs(last, peer, units) and not under(last.unit, peer, units):
            return "sender"
        if under(last.unit, peer, units) and not _theirs(last, peer, units):
            return "receiver"
    had = any(one.kind == EXCHANGED and one.body.get("peer") == peer.name for one in rows)
    ours = any(_theirs(one, peer, units) and not under(one.unit, peer, units) for one in sent)
    return "told" if had and ours else None


def under(code: str, peer: Peer, units: Tree) -> bool:
    """Whether a unit is one whose work is done in the other system."""
    path = path_in(code, units)
    return any(one in path for one in peer.card.units)


def _theirs(sent: Outline, peer: Peer, units: Tree) -> bool:
    return under(str(sent.body.get("to_unit") or ""), peer, units)


def _parcel(
    no: int, file: UUID, case_no: str, rows: Sequence[Outline], peer: Peer, units: Tree
) -> Parcel | None:
    role = role_of(rows, peer, units)
    if role is None:
        return None
    ids = frozenset(goes(rows, role, peer))
    digest = sm3(file.bytes + b"".join(sorted(one.bytes for one in ids))).hex()
    return Parcel(no, file, case_no, role, digest, ids) if ids else None


def batches(some: Iterable[Parcel]) -> Iterator[tuple[Parcel, ...]]:
    """Parcels in bundles of a bounded size."""
    return bounded(some, lambda one: len(one.ids), MOST_ENTRIES, many=AT_ONCE)


def bounded(
    some: Iterable[T], weigh: Callable[[T], int], most: int, *, many: int = sys.maxsize
) -> Iterator[tuple[T, ...]]:
    """In their order in lots of at most `many` that weigh at most `most` together; what weighs more stands
    alone."""
    now: list[T] = []
    weight = 0
    for one in some:
        if now and (len(now) >= many or weight + weigh(one) > most):
            yield tuple(now)
            now, weight = [], 0
        now.append(one)
        weight += weigh(one)
    if now:
        yield tuple(now)


def goes(rows: Sequence[Outline], role: Role, peer: Peer) -> Iterator[UUID]:
    """The entries that go along; what withdraws one goes with it, and stays with it."""
    kept: set[UUID] = set()
    known = kinds()
    for one in rows:
        if one.source.partition(" ")[0] == peer.source:
            continue
        if one.kind == VOID:
            if one.corrects in kept or (one.corrects is not None and _is_theirs(one.corrects, rows, peer)):
                yield one.id
            continue
        if one.kind in LOCAL or known[one.kind].compartment in APART:
            continue
        if role == "sender" or one.kind in (ANSWERS if role == "receiver" else STEPS):
            kept.add(one.id)
            yield one.id


def _is_theirs(identifier: UUID, rows: Sequence[Outline], peer: Peer) -> bool:
    """Whether an entry came from the other system: then it has it."""
    return any(one.id == identifier and one.source.partition(" ")[0] == peer.source for one in rows)


def candidates(peer: Peer, now: datetime, units: Tree) -> list[int]:
    """Files that may concern the other system: sent to one of its units, or held by one, lately; and those of
    which it has ever said anything."""
    since = (clock.office_day(now) - AGO).isoformat()
    said = "SELECT DISTINCT file FROM store_entry WHERE kind = 'handover_exchanged' AND happened_on >= %s"
    found = {row[0] for row in engine.rows(said, [since])}
    begun = (
        "EXISTS (SELECT 1 FROM store_entry e WHERE e.file = {} AND e.kind = 'handover_sent'"
        " AND e.happened_on >= %s)"
    )
    sees = (
        "SELECT DISTINCT a.file FROM store_filearea a JOIN store_unitabove u ON u.unit = a.unit"
        f" WHERE u.above = %s AND {begun.format('a.file')}"
    )
    for code in peer.card.units:
        if (unit := units.get(code)) is None:
            continue
        holds = (
            f"SELECT s.file FROM store_casestatus s WHERE s.{unit.column} = %s AND {begun.format('s.file')}"
        )
        for sql in (sees, holds):
            found.update(row[0] for row in engine.rows(sql, [unit.no, since]))
    return sorted(found)
