"""Proposing what becomes of a record: collects the form and puts it before a second officer."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guitu.access import ACTS
from guitu.access.articles import SEALED
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import proposals, read
from guitu.store.acts import doing
from guitu.store.engine import StoreUnavailable
from guitu.store.read import FileView
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.fresh import fresh_id
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import open_whole, sees_of, sight_of
from guitu.web.pages.records import form
from guitu.web.pages.records.page import ActLink, ChooseAct, ProposeAct
from guitu.web.who import Who, who

ABOUT_A_FILE = ("seal", "unseal", "identity_error", "merge", "split", "erase")
ID = "id"
CHECKED = "checked"


def reader_of(request: HttpRequest) -> Who:
    """Who is looking."""
    reader = who(request)
    assert reader is not None
    return reader


def view_of(case: str, reader: Who, *, sealed: bool = False) -> FileView:
    """The file, if this reader comes to it; a sealed one only for an act that needs nothing of it."""
    found = read.opened(case)
    if sealed and found is not None and found.about == "person":
        decision = sight_of(found, reader).decision
        if decision.cites == SEALED:
            return found
    return open_whole(case, reader).view


@shows("records")
def choose(request: HttpRequest, case: str) -> HttpResponse:
    """What may be proposed about this file."""
    reader = reader_of(request)
    view = view_of(case, reader)
    noted(request, "open", (view.no,), LISTED, detail="records", area=view.area)
    role = reader.post.role if reader.post else ""
    now = clock.now()
    acts = []
    for name in ABOUT_A_FILE:
        act = ACTS[name]
        if role not in act.proposed_by:
            continue
        why_not = form.why_not(name, view, now)
        href = "" if why_not else reverse("records_act", args=[view.case_no, name])
        acts.append(ActLink(act.label, act.effect, href, why_not or ""))
    back = Button(Label("回到档案", "Back to the file"), href=addresses.file(view.case_no), look="link")
    return show(request, ChooseAct(view.case_no, tuple(acts), back))


@shows("records")
def propose(request: HttpRequest, case: str, act: str) -> HttpResponse:
    """The form of one act; and putting it before a second officer."""
    reader = reader_of(request)
    role = reader.post.role if reader.post else ""
    if act not in ABOUT_A_FILE or role not in ACTS[act].proposed_by:
        raise Http404(act)
    view = view_of(case, reader, sealed=act == "unseal")
    noted(request, "open", (view.no,), LISTED, detail=f"records {act}", area=view.area)
    now = clock.now()
    today = store_clock.office_day(now)
    typed = form.typed(act, request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        fresh = str(fresh_id(now))
        return show(request, form.page(act, view, typed, {}, fresh, sees_of(view, reader)))
    identifier = _id(request)
    payload, faults = form.payload(act, view, typed, today, reader)
    if not faults and act == "merge" and CHECKED not in request.POST:
        try:
            doing(act).check(payload, view.id, reader.actor, now)
        except GuituError as refused:
            return _again(request, act, view, typed, {"": refused.label}, identifier)
        return show(request, form.compared(view, typed, payload, str(identifier)))
    if faults:
        return _again(request, act, view, typed, faults, identifier)
    try:
        proposals.propose(
            act, payload, file=view.id, actor=reader.actor, reason=typed.one("reason"), now=now, id=identifier
        )
    except StoreUnavailable as refused:
        return _again(request, act, view, typed, {"": refused.label}, identifier, status=503)
    except GuituError as refused:
        return _again(request, act, view, typed, {"": refused.label}, identifier)
    return HttpResponseRedirect(reverse("proposal", args=[identifier]))


def _id(request: HttpRequest) -> UUID:
    try:
        found = UUID(request.POST.get(ID, ""))
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if found.version != 7:
        raise BadRequest("the id is not a UUIDv7")
    return found


def _again(
    request: HttpRequest,
    act: str,
    view: FileView,
    typed: form.Typed,
    faults: dict[str, Label],
    identifier: UUID,
    *,
    status: int = 422,
) -> HttpResponse:
    sees = sees_of(view, reader_of(request))
    page: ProposeAct = form.page(act, view, typed, faults, str(identifier), sees)
    told = tuple(Fault(text, f"f-{name}" if name else "") for name, text in faults.items())
    return show(request, replace(page, summary=ErrorSummary(told)), status=status)
