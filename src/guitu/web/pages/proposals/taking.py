"""Asking to take many people's lines along, and taking them once a second officer has approved it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from guitu.access import ACTS
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import proposals
from guitu.store.acts import Payload
from guitu.store.acts.export import alone, downloaded, good_until
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.fresh import fresh_id
from guitu.web.page import show, shows
from guitu.web.pages.ledgers import view as ledgers
from guitu.web.pages.partners import giving as partners
from guitu.web.pages.people import listing
from guitu.web.pages.proposals.page import AskExport, Told
from guitu.web.pages.proposals.told import WHAT
from guitu.web.taking.answering import approved, back_of, counted
from guitu.web.who import who

REASON: Final = "reason"
ID: Final = "id"
ENDINGS: Final = ("xlsx", "csv")
BACK: Final = {"people": "/people/", "ledger": "/ledgers/", "partner": "/partners/"}
CARE: Final = Label(
    "涉及健康的名单，一律由第二人复核；通过后 24 小时内可以下载。",
    "A list that tells of people’s health always takes a second officer; once approved it can be downloaded"
    " for 24 hours.",
)
KEPT: Final = {
    "people": ("list", "unit", "measure", "state", "rights", "overdue", "sort"),
    "ledger": ("ledger", "unit", "on"),
    "list": ("at",),
    "partner": ("partner",),
}
"""What of an address is kept in a proposal, by what is taken along."""

LONGEST: Final = 600
"""Characters of one choice."""

NO_REASON: Final = Label("请写明用途", "State what it is for")


@shows("people_list")
def ask(request: HttpRequest) -> HttpResponse:
    """What for; and putting it before a second officer."""
    reader = who(request)
    assert reader is not None
    data = request.POST if request.method == "POST" else request.GET
    what = data.get("what", "")
    if what not in KEPT:
        raise Http404(what)
    query = {name: data[name][:LONGEST] for name in KEPT[what] if data.get(name)}
    ending = data.get("ending", ENDINGS[0])
    rows = _rows(request, what, query)
    reason = request.POST.get(REASON, "").strip()[:1000]
    now = clock.now()
    if request.method != "POST":
        fresh = str(fresh_id(now))
        return show(request, _page(what, query, ending, rows, fresh, "", None))
    try:
        identifier = UUID(request.POST.get(ID, ""))
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    fault = None if reason else NO_REASON
    if fault is None:
        payload = {"what": what, "query": query, "rows": rows, "ending": ending}
        try:
            proposals.propose(
                "export", payload, file=None, actor=reader.actor, reason=reason, now=now, id=identifier
            )
        except GuituError as refused:
            fault = refused.label
    if fault is not None:
        return show(request, _page(what, query, ending, rows, str(identifier), reason, fault), status=422)
    return HttpResponseRedirect(reverse("proposal", args=[identifier]))


def _rows(request: HttpRequest, what: str, query: dict[str, str]) -> int:
    asked = QueryDict(urlencode(query))
    if what == "people":
        return listing.counted(request, asked)
    if what == "list":
        return counted(request, query.get("at", ""))
    if what == "partner":
        return partners.counted(request, query.get("partner", ""))
    try:
        return ledgers.made_of(request, asked).rows
    except GuituError as refused:
        raise Http404(what) from refused


def _page(
    what: str,
    query: dict[str, str],
    ending: str,
    rows: int,
    identifier: str,
    reason: str,
    fault: Label | None,
) -> AskExport:
    return AskExport(
        told=(
            Told(Label("内容", "What"), WHAT[what]),
            Told(Label("人数", "People"), f"{rows:,}"),
        ),
        says=CARE
        if rows <= alone()
        else Label(
            f"超过 {alone()} 人的名单须由第二人复核；通过后 24 小时内可以下载。",
            f"A list of more than {alone()} people takes a second officer; once approved it can be downloaded"
            " for 24 hours.",
        ),
        effect=ACTS["export"].effect,
        reason=Field(REASON, Label("用途", "What it is for"), "long_text", value=reason, error=fault or ""),
        hidden=((ID, identifier), ("what", what), ("ending", ending), *query.items()),
        save=Button(Label("提交第二人复核", "Submit to a second officer"), look="grave"),
        back=Button(
            Label("取消", "Cancel"),
            href=back_of(query["at"]) if what == "list" else BACK[what],
            look="link",
        ),
        summary=ErrorSummary((Fault(fault, f"f-{REASON}"),)) if fault else None,
    )


@shows("proposals")
@require_POST
def download(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """What was approved to be taken along: for its proposer, for a day. Pressed, not looked at: each taking
    is a step of the proposal, and of a partner's list an exchange in the unit's file."""
    reader = who(request)
    assert reader is not None
    found = proposals.find(proposal)
    now = clock.now()
    until = good_until(found) if found is not None else None
    if found is None or found.act.name != "export" or found.username != reader.username:
        raise Http404(str(proposal))
    if until is None or now > until:
        return HttpResponseRedirect(f"{reverse('proposal', args=[proposal])}?late=1")
    response = _taken(request, found.payload)
    downloaded(found, reader.actor, now)
    return response


def _taken(request: HttpRequest, payload: Payload) -> HttpResponse:
    asked = QueryDict(urlencode(payload["query"]))
    if payload["what"] == "people":
        return listing.approved(request, asked, payload["ending"])
    if payload["what"] == "list":
        return approved(request, payload["query"]["at"], payload["ending"])
    if payload["what"] == "partner":
        return partners.approved(request, payload["query"]["partner"], payload["ending"])
    try:
        return ledgers.given(request, ledgers.made_of(request, asked), asked)
    except GuituError as refused:
        raise Http404(str(refused)) from refused
