"""Taking in what another system sent: each file through the one gate, whole or not at all; and what the other
has said of ours. Every answer says, file by file, what became of it.

Another system writes only into files that were handed over between the two: what it sends of a file that it
was never given is refused, and a receiver's answers are answers and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import house
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.compose import kinds
from guitu.exchange.handover import content, held, papers, parcels
from guitu.exchange.handover.parcels import ANSWERS, Outline, under
from guitu.exchange.handover.peers import HEARD, Peer, card, peer, peers
from guitu.exchange.handover.sealed import Header, Message, NotReadable, seal, unseal
from guitu.home.handover.baton import EXCHANGED, SENT
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock, engine, excerpts, gate, keys
from guitu.store.units import tree

DELIVERED: Final = "delivered"
PAPERS: Final = papers.WORD
"""The state of papers that were taken."""
HELD: Final = "held"
NOT_GIVEN: Final = Label(
    "这份档案没有在两个系统之间移交过，没有写入。",
    "This file was never handed over between the two systems; nothing was written.",
)
NO_UNIT: Final = Label(
    "移交的一方是代码为“{code}”的单位，收到这份档案的系统里没有这个单位。",
    "One side of the hand-over is the unit with code “{code}”, which the system that received it does not"
    " have.",
)
NOT_ON_CARD: Final = Label(
    "发出移交的单位（代码 {code}）不在对方系统的名片上；请对方用 guitu handover card 重出名片，把它写上，"
    "再在这里登记。",
    "The unit that sends it (code {code}) is not on the card of its system; have a new card made there with"
    " guitu handover card, with that unit on it, and register it here.",
)
ONLY_ANSWERS: Final = Label(
    "接收方只能送来打开、接收、退回和首次联系。",
    "A receiver sends only that it opened, accepted, sent back, or made the first contact.",
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one file: `state` delivered, papers or held, `digest` of what it was about, and why."""

    file: UUID
    digest: str
    state: str
    reason: Label | None = None

    def as_json(self) -> dict[str, Any]:
        """As it stands in a bundle."""
        why = {"zh": self.reason.zh, "en": self.reason.en} if self.reason else None
        return {"file": self.file.hex, "digest": self.digest, "state": self.state, "reason": why}


def opened(raw: bytes) -> tuple[Message, Peer]:
    """A bundle for this system, and whose it is. Raises NotReadable."""
    known = {one.name: one for one in peers()}
    message = unseal(
        raw, card().name, keys.exchange_key(),
        lambda name: known[name].card.sign if name in known else None,
    )  # fmt: skip
    return message, known[message.header.sender]


def bundle(kind: str, told: Mapping[str, Any], to: Peer, now: datetime) -> bytes:
    """A bundle of this system's. Each says that papers are taken here."""
    at = clock.milliseconds(now)
    header = Header(kind, uuid7(at, os.urandom(10)).hex, card().name, to.name, at)
    return seal(header, {**told, "takes": [papers.WORD]}, keys.site_key(), to.card.box)


def takes_papers(message: Message) -> bool:
    """Whether whoever sent this takes papers: a system of an earlier edition says nothing of them."""
    said = message.content.get("takes")
    return isinstance(said, list) and papers.WORD in said


def _named(message: Message, name: str) -> frozenset[str]:
    """The digests that a message lists under a name; none where it says nothing of them."""
    said = message.content.get(name)
    return frozenset(one for one in said if isinstance(one, str)) if isinstance(said, list) else frozenset()


def answer(raw: bytes, now: datetime) -> bytes:
    """What this system answers to a bundle: to files what became of each; to a question what it has to send;
    to answers that they were noted. Raises NotReadable."""
    with engine.house():
        message, whose = opened(raw)
        if message.header.kind == "files":
            done = [one.as_json() for one in take(message, whose, now)]
            return bundle("answers", {"answers": done}, whose, now)
        if message.header.kind == "papers":
            done = [one.as_json() for one in take_papers(message, whose, now)]
            return bundle("answers", {"answers": done}, whose, now)
        if message.header.kind == "ask":
            held_there = _named(message, "held")
            owed = [one for one in parcels.pending(whose, now) if one.digest not in held_there]
            first = next(iter(parcels.batches(owed)), ())
            if not first and takes_papers(message):
                some = [one for one in papers.pending(whose, now) if one.digest not in held_there]
                lots = next(papers.batches(some), ())
                if lots:
                    return bundle("papers", papers_of(lots, whose, now), whose, now)
            return bundle("files", files_of(first, whose, now), whose, now)
        if message.header.kind == "answers":
            acknowledge(message, whose, now)
        return bundle("answers", {"answers": []}, whose, now)


def files_of(some: Sequence[parcels.Parcel], to: Peer, now: datetime) -> dict[str, Any]:
    """These parcels as they stand in a bundle. That they leave is noted in the access log before they do."""
    _leave([one.no for one in some], to, now, f"handover {to.name}")
    entries = parcels.contents(some)
    return {
        "files": [
            {
                "file": one.file.hex, "case_no": one.case_no, "role": one.role, "digest": one.digest,
                "entries": [content.written(e) for e in content.in_order(entries[one.no])],
            }
            for one in some
        ]
    }  # fmt: skip


def papers_of(lots: Sequence[papers.Lot], to: Peer, now: datetime) -> dict[str, Any]:
    """These papers as they stand in a bundle. That they leave is noted before they do."""
    _leave([one.no for one in lots], to, now, f"handover papers {to.name}")
    return {"files": papers.written(lots)}


def _leave(numbers: Sequence[int], to: Peer, now: datetime, detail: str) -> None:
    from guitu.store.access_log import Reading, note

    if numbers:
        why = Label(f"移交给系统 {to.name}", f"handed over to the system {to.name}")
        of = tuple(dict.fromkeys(numbers))
        note(Reading(to.source, "", "", "export", of, (), why, source="handover", detail=detail), now)


def take_papers(message: Message, whose: Peer, now: datetime) -> list[Answered]:
    """Keep the papers of every file of a bundle, each file's together or none of them. Called as the
    house."""
    told = message.content.get("files")
    if not isinstance(told, list):
        raise NotReadable(Label("材料里没有档案清单。", "There is no list of files in it."))
    return [_kept(one, whose, now) for one in told]


def _kept(told: Any, whose: Peer, now: datetime) -> Answered:
    try:
        file, digest = UUID(hex=told["file"]), str(told["digest"])
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotReadable(Label("档案清单读不懂。", "The list of files could not be read.")) from wrong
    try:
        left = papers.keep(file, digest, told.get("papers"), whose, now)
    except GuituError as wrong:
        return Answered(file, digest, HELD, wrong.label)
    return Answered(file, digest, PAPERS, left)


def take(message: Message, whose: Peer, now: datetime) -> list[Answered]:
    """Take in every file of a bundle, each by itself. Called as the house."""
    told = message.content.get("files")
    if not isinstance(told, list):
        raise NotReadable(Label("材料里没有档案清单。", "There is no list of files in it."))
    return [_taken(one, whose, message.header.id, now) for one in told]


def _taken(told: Any, whose: Peer, bundle_id: str, now: datetime) -> Answered:
    try:
        file, digest = UUID(hex=told["file"]), str(told["digest"])
        listed = list(told["entries"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotReadable(Label("档案清单读不懂。", "The list of files could not be read.")) from wrong
    code: held.Code = "not_accepted"
    entries: list[Entry] = []
    other = 0
    try:
        entries = content.in_order([content.read(one, file, whose.source, bundle_id) for one in listed])
        if content.digest_of(file, entries) != digest:
            raise content.Unknown(Label("内容与摘要不符。", "The content does not fit its digest."))
        reason = _barred(file, entries, whose)
        if reason is None:
            gate.record_many(entries, actor=house(whose.source), now=now, keep_receipts=True)
            held.release(whose.name, file)
            return Answered(file, digest, DELIVERED)
        code = "not_given"
        if reason is NOT_GIVEN and (unit := _no_unit(entries)):
            code, reason = "not_accepted", NO_UNIT.fill(code=unit)
        elif reason is NOT_GIVEN and (unit := _not_on_card(entries, whose)):
            code, reason = "not_accepted", NOT_ON_CARD.fill(code=unit)
    except content.Unknown as wrong:
        code, reason = "unknown_kind", wrong.label
    except gate.SameIdentity as wrong:
        code, reason, other = "same_person", wrong.label, wrong.other or 0
    except GuituError as wrong:
        reason = wrong.label
    held.keep(whose.name, file, str(told.get("case_no") or ""), _for_whom(entries), code, reason, now, other)
    return Answered(file, digest, HELD, reason)


def _for_whom(entries: Sequence[Entry]) -> str:
    """The unit here to which the file was sent; "" where that cannot be told."""
    sent = [str(e.get("to_unit") or "") for e in entries if e.kind == SENT]
    return sent[-1] if sent and tree().get(sent[-1]) is not None else ""


def _no_unit(entries: Sequence[Entry]) -> str:
    """The code of a sender or a receiver that this system does not have: whose it is cannot be told then."""
    sides = (code for e in entries if e.kind == SENT for code in (e.unit, str(e.get("to_unit") or "")))
    return next((code for code in sides if tree().get(code) is None), "")


def _not_on_card(entries: Sequence[Entry], whose: Peer) -> str:
    """The code of a unit that sent it here though its system does not say that it works there."""
    units = tree()
    found = (
        e.unit for e in entries
        if e.kind == SENT
        and not under(e.unit, whose, units) and not under(str(e.get("to_unit") or ""), whose, units)
    )  # fmt: skip
    return next(found, "")


def _barred(file: UUID, entries: Sequence[Entry], whose: Peer) -> Label | None:
    """Why the other system may not write this into that file; None if it may."""
    units = tree()
    row = engine.row("SELECT no FROM store_casefile WHERE id = %s", [engine.key(file)])
    if any(kinds()[e.kind].about != "person" for e in entries):
        return NOT_GIVEN
    given = [
        e for e in entries
        if e.kind == SENT and under(e.unit, whose, units)
        and not under(str(e.get("to_unit") or ""), whose, units)
    ]  # fmt: skip
    if row is None:
        return None if given else NOT_GIVEN
    rows = parcels.outlines([row[0]]).get(row[0], [])
    if given and any(one.source.partition(" ")[0] == whose.source for one in rows):
        return None
    role = parcels.role_of(rows, whose, units)
    if role == "receiver":
        return None
    if role not in ("sender", "told"):
        return NOT_GIVEN
    there = {one.id for one in rows}
    answers = {e.id for e in entries if e.kind in ANSWERS and under(e.unit, whose, units)}
    allowed = all(
        e.id in there or e.id in answers
        or (e.kind == VOID and under(e.unit, whose, units)
            and (e.corrects in answers or _came(e, rows, whose)))
        for e in entries
    )  # fmt: skip
    return None if allowed or given else ONLY_ANSWERS


def _came(void: Entry, rows: Sequence[Outline], whose: Peer) -> bool:
    """Whether what is withdrawn came from the other system in the first place."""
    return any(one.id == void.corrects and one.source.partition(" ")[0] == whose.source for one in rows)


def acknowledge(message: Message, whose: Peer, now: datetime) -> list[Answered]:
    """Note in each file what the other system said of it; once, however often it is said. Called as the
    house."""
    found = []
    for told in message.content.get("answers") or ():
        try:
            why = told.get("reason")
            reason = Label(str(why["zh"]) or "—", str(why["en"]) or "—") if why else None
            one = Answered(UUID(hex=told["file"]), str(told["digest"]), str(told["state"]), reason)
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise NotReadable(Label("回执读不懂。", "The answer could not be read.")) from wrong
        if one.state in (DELIVERED, PAPERS, HELD):
            _noted(one, whose, message.header.id, now)
            found.append(one)
    return found


def _noted(one: Answered, whose: Peer, bundle_id: str, now: datetime) -> None:
    units = tree()
    row = engine.row("SELECT no FROM store_casefile WHERE id = %s", [engine.key(one.file)])
    rows = parcels.outlines([row[0]]).get(row[0], []) if row is not None else []
    sent = [r for r in rows if r.kind == SENT]
    if not sent or len(one.digest) != 64:
        return
    why = one.reason.zh[:400] if one.state != DELIVERED and one.reason else ""
    said = [
        r for r in rows
        if r.kind == EXCHANGED and r.body.get("peer") == whose.name and r.body.get("digest") == one.digest
    ]  # fmt: skip
    same = [r for r in said if r.body.get("state") == one.state]
    if one.state == HELD:
        if len(said) > len(same) or (same and not _another(why, same[-1], bundle_id, one.file)):
            return
    elif same:
        return
    unit = sent[-1].unit if not under(sent[-1].unit, whose, units) else str(sent[-1].body.get("to_unit"))
    entry = Entry(
        id=uuid7(clock.milliseconds(now), os.urandom(10)), file=one.file, kind=EXCHANGED,
        version=kinds()[EXCHANGED].version, happened_on=clock.office_day(now), recorded_at=now,
        author=whose.source, unit=unit, source=f"{HEARD} {bundle_id[:32]}",
        fields={"peer": whose.name, "state": one.state, "digest": one.digest, "reason": why},
    )  # fmt: skip
    gate.record(entry, actor=house(whose.source), now=now)


def _another(why: str, last: Outline, bundle_id: str, file: UUID) -> bool:
    """Whether a file is held for another reason than was noted last. What was said before that, and comes
    late or again, is none: the ids of bundles follow the clock of whoever makes them. Neither is any where
    the reason that was noted can be read no more."""
    if bundle_id <= last.source.partition(" ")[2]:
        return False
    read = excerpts.of_file(file, {EXCHANGED}, unseal={EXCHANGED})
    noted = next((e for e in read.case_file.entries if e.id == last.id), None) if read is not None else None
    known = noted.get("reason") if noted is not None else None
    return isinstance(known, str) and known != why


__all__ = [
    "Answered", "acknowledge", "answer", "bundle", "files_of", "opened", "peer", "take",
]  # fmt: skip
