"""Drafts of a partner put before an officer who may record them, and the exchange in the unit's own file.

Whoever brings the file must come to the person; that a file is there at all is not told to others. The same
message again is the same proposal, decided or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.compose import kinds
from guitu.exchange.partners.incoming import Draft, Read
from guitu.exchange.partners.mapping import Partner
from guitu.exchange.partners.refusing import Refusal, kept
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock, engine, proposals, unitfiles
from guitu.store.acts.record import payload_of
from guitu.store.read import FileView, file_view, find_file
from guitu.store.units import Unit

EXCHANGE: Final = "partner_exchange"
CONSENT: Final = "partner_consent"
_SPACE: Final = UUID("6f0f0c1e-2f6b-5f0e-9a53-3d7f6a5f8b11")
REASON: Final = Label(
    "合作单位“{partner}”送来，编号 {message}", "sent by the partner “{partner}”, no. {message}"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: what was proposed (with the file's number), what had come before, what is
    refused."""

    lines: int
    proposed: tuple[tuple[int, UUID], ...]
    known: int
    refused: tuple[Refusal, ...]
    exchange: UUID | None = None
    """The entry in the unit's own file that tells of it."""


def propose_all(partner: Partner, read: Read, *, actor: Actor, office: str, now: datetime) -> Taken:
    """Put every draft before an officer; each that cannot be is refused by itself."""
    proposed: list[tuple[int, UUID]] = []
    refused = list(read.refused)
    known = 0
    views: dict[str, FileView | None] = {}
    for draft in read.drafts:
        if draft.case_no not in views:
            views[draft.case_no] = _person(draft.case_no, actor)
        view = views[draft.case_no]
        if (code := _fault(draft, view, now)) is not None:
            refused.append(Refusal(draft.where, "", code))
            continue
        assert view is not None
        identifier = uuid5(_SPACE, f"{partner.name}\0{view.id}\0{draft.message}\0{draft.kind}")
        if _known(identifier):
            known += 1
            continue
        try:
            _propose(partner, draft, view, identifier, office, now)
        except GuituError:
            refused.append(Refusal(draft.where, "", "not_accepted"))
        else:
            proposed.append((view.no, identifier))
    return Taken(read.lines, tuple(proposed), known, tuple(refused))


@engine.house()
def _known(identifier: UUID) -> bool:
    return bool(engine.row("SELECT 1 FROM store_proposal WHERE id = %s", [engine.key(identifier)]))


def _person(case_no: str, actor: Actor) -> FileView | None:
    """The file, if whoever brings the message finds it."""
    identifier = find_file(case_no)
    view = file_view(identifier) if identifier is not None else None
    if view is None or view.about != "person" or view.case_no != case_no:
        return None
    return view if decide(actor, "find", Target(view.area)).allowed else None


def _fault(draft: Draft, view: FileView | None, now: datetime) -> str | None:
    """Why a draft cannot be proposed."""
    if view is None:
        return "person_unknown"
    if draft.name and str(view.identity.get("name") or "") not in ("", draft.name):
        return "name_differs"
    if draft.day > clock.office_day(now):
        return "date_in_future"
    if kinds()[draft.kind].faults(draft.fields):
        return "answer_wrong"
    return None


def _propose(
    partner: Partner, draft: Draft, view: FileView, identifier: UUID, office: str, now: datetime
) -> None:
    entry = Entry(
        id=uuid7(clock.milliseconds(now), os.urandom(10)),
        file=view.id,
        kind=draft.kind,
        version=kinds()[draft.kind].version,
        happened_on=draft.day,
        recorded_at=now,
        author=f"partner:{partner.name}",
        unit=office,
        fields=draft.fields,
    )
    payload = {**payload_of(entry), "partner": partner.name, "message": draft.message}
    act = "partner_care" if kinds()[draft.kind].compartment == "medical" else "partner_entry"
    said = REASON.fill(partner=partner.label, message=draft.message)
    proposals.propose(
        act, payload, file=view.id, actor=Actor(f"partner:{partner.name}", (), True), reason=said.zh,
        now=now, id=identifier,
    )  # fmt: skip


def exchange_entry(
    partner: Partner,
    way: str,
    unit: Unit,
    *,
    lines: int,
    refused: Iterable[Refusal] = (),
    proposed: int | None = None,
    known: int | None = None,
    content: bytes = b"",
    author: str,
    now: datetime,
) -> Entry:
    """The exchange as an entry of the unit's own file: counts, places and codes, and nobody."""
    some = tuple(refused)
    return unitfiles.new_entry(
        unit.code,
        EXCHANGE,
        clock.office_day(now),
        {
            "partner": partner.name,
            "way": way,
            "lines": lines,
            "proposed": proposed,
            "known": known,
            "refused": len(some),
            "reasons": kept(some),
            "digest": sm3(content).hex() if content else None,
        },
        now=now,
        author=author,
    )


def consents(view: FileView, partner: Partner, now: datetime) -> tuple[str, ...]:
    """The compartments that the person lets this partner be told now; none without a standing consent."""
    said = [e for e in view.case_file.counted() if e.kind == CONSENT and e.get("partner") == partner.name]
    last = max(said, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    until = last.get("until") if last is not None else None
    if last is None or last.get("answer") != "yes" or not until or until < clock.office_day(now):  # type: ignore[operator]
        return ()
    return {
        "contact": ("identity", "support"),
        "care": ("identity", "medical"),
        "both": ("identity", "support", "medical"),
    }[str(last.get("parts"))]
