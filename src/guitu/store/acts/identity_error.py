"""A person listed in error: the wrong entries are withdrawn, recorded anew where they belong if that is
known, the file is closed and sealed, and the entry made here is what a certificate speaks of.

If the personal information is to be erased too, that is proposed at once and decided apart: the certificate
must be handed out before the keys are destroyed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.casefile.records import SEALED
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import acting, clock, proposals
from guitu.store.acts import Doing, Payload
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.read import FileView

KIND: Final = "identity_error"
REASON: Final = "错列更正：{found}"
THEN: Final = ("seal", "erase")
"""What becomes of the file: sealed; or sealed, and its erasure proposed."""

STAYS: Final = frozenset({"person", "responsible_unit", VOID, KIND})
"""Kinds that are not withdrawn: they say whose file it is, for the certificate and for whoever asks."""


def movable(found: FileView) -> tuple[Entry, ...]:
    """The entries that may belong to somebody else: what counts, without who the person is."""
    known = kinds()
    return tuple(
        e
        for e in found.case_file.counted()
        if e.kind not in STAYS and not known[e.kind].act and e.file == found.id
    )


def _right(payload: Payload) -> tuple[UUID, ...]:
    return (UUID(payload["right"]),) if payload.get("right") else ()


def _check(payload: Payload, file: UUID | None, _actor: Actor, now: datetime) -> None:
    found = acting.view(file)
    acting.not_merged(found)
    if not str(payload.get("found", "")).strip():
        raise CannotPropose(Label("请写明如何发现。", "Say how it was found."))
    if date.fromisoformat(payload["found_on"]) > clock.office_day(now):
        raise CannotPropose(Label("发现日期不能晚于今天。", "The day found cannot be after today."))
    known = {str(e.id) for e in movable(found)}
    if not payload["wrong"] or not known.issuperset(payload["wrong"]):
        raise CannotPropose(Label("请选择错列的记录。", "Choose the entries that were made in error."))
    if payload["then"] not in THEN:
        raise CannotPropose(Label("请选择档案如何处理。", "Choose what becomes of the file."))
    for right in _right(payload):
        if right == file:
            raise CannotPropose(Label("应属的档案不能是本档案。", "It cannot belong to this very file."))
        acting.not_merged(acting.view(right))


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    payload = proposal.payload
    _check(payload, proposal.file, proposal.proposer, now)
    found = acting.open_file(proposal.file)
    writing = acting.Writing(proposal, second, now)
    right = next(iter(_right(payload)), None)
    wrong = [e for e in movable(found) if str(e.id) in set(payload["wrong"])]
    reason = REASON.format(found=payload["found"])
    entries = [writing.void(entry, reason) for entry in wrong]
    if right is not None:
        entries += [writing.moved(entry, right) for entry in wrong]
    finding = writing.made(
        proposal.file,
        KIND,
        {
            "found_on": date.fromisoformat(payload["found_on"]),
            "found": payload["found"],
            "right_file": acting.view(right).case_no if right else None,
            "told": payload.get("told", ""),
        },
        writing.day,
    )
    entries.append(finding)
    whole = len(wrong) == len(movable(found))
    if whole:
        entries.append(writing.entry(proposal.file, SEALED, basis="identity_error"))
    writing.append(entries)
    if whole and payload["then"] == "erase":
        proposals.propose(
            "erase", {"why": "identity_error"}, file=proposal.file, actor=proposal.proposer,
            reason=proposal.reason, now=now,
        )  # fmt: skip
    return finding.id


DOING: Final = Doing(_perform, check=_check, others=_right)
