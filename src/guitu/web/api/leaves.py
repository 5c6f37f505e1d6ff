"""Requests for leave to open the file of a minor: what waits for this officer's answer, and answering it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, Field

from guitu.store import grants, read
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.approvals import TAG
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, Cursor, Sent, Size, after, cursor_of
from guitu.web.noted import noted
from guitu.web.pages.casefile.opened import sight_of

MOST: Final = 2**31 - 1


class LeaveOut(BaseModel):
    """One request: whose file (its number, no name), who asks, why, and since when."""

    number: int
    case_no: str
    account: str
    name: str
    role: str
    unit: str
    why: str
    asked_at: datetime
    state: Literal["asked", "given", "refused"]


class Leaves(BaseModel):
    """A page of requests, the oldest first."""

    items: list[LeaveOut]
    next: str | None
    total: int


class AskedLeaves(Sent):
    """A page of what waits."""

    cursor: Cursor | None = None
    limit: Size = 50


class Answer(Sent):
    """Leave for so many days, or none."""

    answer: Literal["give", "refuse"]
    days: int = Field(0, ge=0, le=1000, strict=True)


@router.get(
    "/leaves", response={200: Leaves, **FAULTS}, auth=Bearer("leaves"), url_name="api_leaves",
    operation_id="listLeaves", tags=[TAG],
    summary="待审批的查阅申请 / Requests for leave that wait",
)  # fmt: skip
def every(request: HttpRequest, asked: Query[AskedLeaves]) -> dict[str, Any]:
    """What waits for this officer's answer, the oldest first. What is answered meanwhile is gone from the
    list: begin anew after answering."""
    reader = reader_of(request)
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    start, total = after("k", asked.cursor), grants.waiting(unit)
    found = grants.requests(unit, limit=asked.limit, after=start)
    files = sorted({g.file for g in found})
    noted(request, "list", files, purpose="supervision", detail="api minor-requests")
    end = start + asked.limit
    return {
        "items": [_told(one) for one in found],
        "next": cursor_of("k", end) if end < total else None,
        "total": total,
    }


@router.post(
    "/leaves/{number}/answer", response={200: LeaveOut, **FAULTS}, auth=Bearer("leaves"),
    url_name="api_leave_answer", operation_id="answerLeave", tags=[TAG],
    summary="批准、不批准查阅 / Give or refuse leave",
)  # fmt: skip
def answer(request: HttpRequest, number: Path[int], sent: Answer) -> dict[str, Any]:
    """Answer one request. Never one's own."""
    reader = reader_of(request)
    asked = grants.request(number) if 0 < number <= MOST else None
    view = read.looked_up(asked.case_no) if asked is not None else None
    if asked is None or view is None or asked.what != "minor":
        raise Refused(404, "not_there", NOT_THERE)
    give = sent.answer == "give"
    target = sight_of(view, reader).target
    try:
        grants.answer(asked, target, reader.actor, approve=give, days=sent.days, now=clock.now())
    except grants.NotGranted as refused:
        if refused.decision.cites:  # outside the area: not there
            raise Refused(404, "not_there", NOT_THERE) from refused
        raise Refused(403, "not_allowed", refused.label) from refused
    noted(request, "admin", (view.no,), detail=f"api minor-{'given' if give else 'refused'}")
    now = grants.request(number)
    assert now is not None, "a request is never deleted"
    return _told(now)


def _told(found: grants.Grant) -> dict[str, Any]:
    return {
        "number": found.id,
        "case_no": found.case_no,
        "account": found.user,
        "name": found.name,
        "role": found.role,
        "unit": found.unit,
        "why": found.reason,
        "asked_at": found.asked,
        "state": found.state,
    }
