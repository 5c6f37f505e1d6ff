"""What takes two people: what waits, what one proposed, what became of it; deciding it and taking it back.

A program decides as the officer whose token it has, never what the same account proposed. Deciding has a
scope of its own, so that a token that records or lists decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel

from guitu.access import ROLES
from guitu.kernel.labels import Label
from guitu.store import proposals as store
from guitu.store.proposals import AlreadyDecided, NotYours, Proposal
from guitu.store.read import proposals as lists
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, Cursor, Long, Said, Sent, after, cursor_of, label
from guitu.web.noted import LISTED, noted
from guitu.web.pages.proposals import told
from guitu.web.pages.proposals.view import entries_seen, steps_of
from guitu.web.who import Who

TAG: Final = "approvals"


class ProposalLine(BaseModel):
    """One proposal in a list. `name` is empty where it is about nobody, or a sealed file."""

    id: UUID
    act: str
    label: Said
    state: str
    state_label: Said
    case_no: str
    name: str
    proposed_by: str
    role: str
    office: str
    proposed_at: datetime
    until: datetime


class Proposals(BaseModel):
    """A page of proposals, and how many each list holds."""

    items: list[ProposalLine]
    next: str | None
    total: int
    counts: dict[str, int]


class ToldOut(BaseModel):
    """One thing that is proposed, and what it says."""

    label: Said
    text: Said


class StepOut(BaseModel):
    """What happened to it: when (the office's clock), what, by whom, and why."""

    at: str
    what: Said
    by: Said
    reason: str


class ProposalOut(ProposalLine):
    """One proposal whole. `decides`: this token's account may decide it now; `approved_by` are the roles that
    may; `effect` is what passing it does."""

    why: str
    told: list[ToldOut]
    steps: list[StepOut]
    effect: Said
    reasons: list[Said]
    approved_by: list[str]
    decides: bool


class AskedProposals(Sent):
    """Which list: what waits for this officer, what they proposed, what was decided in their area."""

    list: Literal["waiting", "mine", "decided"] = "waiting"
    cursor: Cursor | None = None


class Decided(Sent):
    """A decision; refusing takes a reason."""

    decision: Literal["approve", "refuse"]
    reason: Long = ""


class TakenBack(Sent):
    """Taking one's own proposal back."""

    reason: Long = ""


@router.get(
    "/proposals", response={200: Proposals, **FAULTS}, auth=Bearer("proposals"), url_name="api_proposals",
    operation_id="listProposals", tags=[TAG],
    summary="待复核、本人提出、已办结的事项 / What takes two people",
)  # fmt: skip
def every(request: HttpRequest, asked: Query[AskedProposals]) -> dict[str, Any]:
    """One of the three lists of the page."""
    reader = reader_of(request)
    start = after("r", asked.cursor)
    found = lists.lines(asked.list, reader.actor, clock.now(), page=start + 1)
    counts = {"waiting": found.waiting, "mine": found.mine, "decided": found.decided}
    total = counts[asked.list]
    shown = [one.proposal.file_no for one in found.lines if one.proposal.file_no is not None]
    noted(request, "list", shown, LISTED, detail="api proposals")
    more = (start + 1) * lists.SIZE < total
    rows = found.lines if start * lists.SIZE < total else ()
    return {
        "items": [_line(one.proposal, one.name) for one in rows],
        "next": cursor_of("r", start + 1) if more else None,
        "total": total,
        "counts": counts,
    }


@router.get(
    "/proposals/{proposal}", response={200: ProposalOut, **FAULTS}, auth=Bearer("proposals"),
    url_name="api_proposal", operation_id="readProposal", tags=[TAG],
    summary="一件待复核事项 / One proposal",
)  # fmt: skip
def one(request: HttpRequest, proposal: Path[UUID]) -> dict[str, Any]:
    """One proposal: the reader's own, or one of those they may decide."""
    reader = reader_of(request)
    return _whole(_found(request, reader, proposal), reader)


@router.post(
    "/proposals/{proposal}/decision", response={200: ProposalOut, **FAULTS}, auth=Bearer("approve"),
    url_name="api_proposal_decision", operation_id="decideProposal", tags=[TAG],
    summary="通过、退回 / Approve or refuse",
)  # fmt: skip
def decision(request: HttpRequest, proposal: Path[UUID], sent: Decided) -> dict[str, Any]:
    """Decide it as the second officer; what it proposes is done at once. Never one's own."""
    reader = reader_of(request)
    _found(request, reader, proposal)
    with _refused():
        store.decide_proposal(
            proposal, actor=reader.actor, approve=sent.decision == "approve", reason=sent.reason,
            now=clock.now(),
        )  # fmt: skip
    noted(request, "record", (), detail=f"api {sent.decision} {proposal}")
    return _again(proposal, reader)


@router.post(
    "/proposals/{proposal}/withdrawal", response={200: ProposalOut, **FAULTS}, auth=Bearer("proposals"),
    url_name="api_proposal_withdrawal", operation_id="withdrawProposal", tags=[TAG],
    summary="撤回本人提出的 / Take one's own back",
)  # fmt: skip
def withdrawal(request: HttpRequest, proposal: Path[UUID], sent: TakenBack) -> dict[str, Any]:
    """Take back what this account proposed, while it waits."""
    reader = reader_of(request)
    _found(request, reader, proposal)
    with _refused():
        store.withdraw(proposal, actor=reader.actor, reason=sent.reason, now=clock.now())
    noted(request, "record", (), detail=f"api withdraw {proposal}")
    return _again(proposal, reader)


@contextmanager
def _refused() -> Iterator[None]:
    """Why a proposal cannot be decided or taken back, as the API says it."""
    try:
        yield
    except NotYours as refused:
        raise Refused(403, "not_allowed", refused.label) from refused
    except AlreadyDecided as refused:
        raise Refused(409, "decided", refused.label) from refused


def _found(request: HttpRequest, reader: Who, proposal: UUID) -> Proposal:
    found = store.find(proposal)
    if found is None or not (
        found.username == reader.username or store.may_approve(found, reader.actor).allowed
    ):
        raise Refused(404, "not_there", NOT_THERE)
    if found.file_no is not None:
        parts = {found.compartment or "identity", "identity"}
        noted(request, "open", (found.file_no,), sorted(parts), detail="api proposal", area=found.area)
    return found


def _again(proposal: UUID, reader: Who) -> dict[str, Any]:
    found = store.find(proposal)
    assert found is not None, "a proposal is never deleted"
    return _whole(found, reader)


def _line(found: Proposal, name: str) -> dict[str, Any]:
    return {
        "id": found.id,
        "act": found.act.name,
        "label": label(told.act_label(found)),
        "state": found.state,
        "state_label": label(store.STATES[found.state]),
        "case_no": found.case_no,
        "name": name,
        "proposed_by": found.username,
        "role": found.role,
        "office": found.office,
        "proposed_at": found.at,
        "until": found.until,
    }


def _whole(found: Proposal, reader: Who) -> dict[str, Any]:
    waits = found.state == "proposed" and found.until >= clock.now()
    return {
        **_line(found, ""),
        "why": found.reason,
        "told": [
            {"label": label(_said(t.label)), "text": label(_said(t.text))}
            for t in told.told(found, entries_seen(found, reader))
        ],
        "steps": [
            {"at": s.at, "what": label(_said(s.what)), "by": label(_said(s.by)), "reason": s.reason}
            for s in steps_of(found)
        ],
        "effect": label(found.act.effect),
        "reasons": [label(one) for one in found.act.reasons],
        "approved_by": [name for name in found.act.approved_by if name in ROLES],
        "decides": waits and store.may_approve(found, reader.actor).allowed,
    }


def _said(text: object) -> Label | str:
    return text if isinstance(text, Label) else str(text)
