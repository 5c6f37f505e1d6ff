"""Collects mappings and exchanges, and hands a partner's file on. What may stand in a file the gate says, and
an officer decides."""

from __future__ import annotations

from typing import Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu import access
from guitu.casefile import Entry
from guitu.exchange.partners import Partner, partners
from guitu.exchange.partners.incoming import MOST_BYTES
from guitu.exchange.partners.outgoing import NotGiven, how_many
from guitu.exchange.partners.proposing import EXCHANGE
from guitu.exchange.partners.receiving import receive
from guitu.kernel.errors import DeclarationError, GuituError
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.inside.shown import Board
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.partners import words
from guitu.web.who import Who, who

LEAD: Final = Label(
    "与哪些系统交换、送出什么、收什么；哪些被退回，为什么。",
    "With which systems data is exchanged, what goes and comes; what was refused, and why.",
)
NO_FILE: Final = Label("请先选择一个文件。", "Choose a file first.")


def reader_of(request: HttpRequest) -> tuple[Who, Unit]:
    """Who looks, and for which unit."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None
    return reader, tree().find(reader.post.unit)


def partner_of(name: str) -> Partner:
    """The partner of that name; 404 without one."""
    try:
        found = partners().get(name)
    except DeclarationError as wrong:
        raise Http404(name) from wrong
    if found is None:
        raise Http404(name)
    return found


def exchanges_of(unit: Unit) -> list[Entry]:
    """The unit's exchanges, the latest first."""
    return list(unitfiles.counted(unit, (EXCHANGE,)))


def exports(reader: Who, unit: Unit) -> bool:
    """Whether this reader takes people's data out of the house."""
    return access.decide(reader.actor, "export", access.Target(unit.path)).allowed


@shows("partners")
def partners_page(request: HttpRequest) -> HttpResponse:
    """Every mapping, and the exchanges of the reader's unit."""
    _, unit = reader_of(request)
    notices: tuple[Notice, ...] = ()
    try:
        some = tuple(partners().values())
    except DeclarationError as wrong:
        some, notices = (), (Notice("gap", wrong.label, wrong.where),)
    text = request.GET.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 1
    labels = {one.name: one.label for one in some}
    sections = (words.mappings(some), words.exchanges(exchanges_of(unit), labels, max(1, page)))
    return show(request, Board(words.TITLE, LEAD, sections, notices=notices))


@csrf_exempt  # the handlers must be set before anything reads the form; `_take` checks the token
@shows("partners")
def one(request: HttpRequest, partner: str) -> HttpResponse:
    """One partner; and taking in its file."""
    reader, unit = reader_of(request)
    found = partner_of(partner)
    if request.method == "POST" and found.takes is not None:
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _take(request, reader, unit, found))
    return show(request, page_of(request, reader, unit, found))


@csrf_protect
def _take(request: HttpRequest, reader: Who, unit: Unit, partner: Partner) -> HttpResponse:
    file = request.FILES.get(words.FILE)
    if not isinstance(file, UploadedFile):
        return show(request, page_of(request, reader, unit, partner, file_error=NO_FILE), status=422)
    now = clock.now()
    try:
        raw = file.read(MOST_BYTES + 1)
        taken = receive(partner, raw, file.name or "", actor=reader.actor, unit=unit, now=now)
    except GuituError as refused:
        page = page_of(request, reader, unit, partner, file_error=refused.label)
        return show(request, page, status=422)
    if taken.proposed:
        decision = access.decide(reader.actor, "list", access.Target(unit.path))
        numbers = sorted({no for no, _ in taken.proposed})
        noted(request, "hit", numbers, LISTED, decision, detail=f"partner {partner.name}")
    return HttpResponseRedirect(words.href(partner.name, exchange=str(taken.exchange), taken="1"))


def page_of(
    request: HttpRequest,
    reader: Who,
    unit: Unit,
    partner: Partner,
    *,
    file_error: Text = "",
    case: str = "",
    case_error: Text = "",
) -> Board:
    """The page of one partner."""
    mine = exchanges_of(unit)
    entry = words.chosen(mine, request.GET.get("exchange", ""))
    sections = [words.about(partner)]
    may = exports(reader, unit)
    if partner.gives is not None and partner.form == "table":
        total, why_not = _counted(partner, unit)
        sections.append(words.gives_list(partner, total, why_not, exports=may))
    elif partner.gives is not None:
        sections.append(words.gives_person(partner, case, case_error, exports=may))
    if partner.takes is not None:
        sections.append(words.takes(partner, file_error))
    if entry is not None:
        sections.insert(0, words.refusals(entry))
    faults = [
        *([Fault(file_error, f"f-{words.FILE}")] if file_error else []),
        *([Fault(case_error, f"f-{words.CASE}")] if case_error else []),
    ]
    return Board(
        partner.label,
        partner.says,
        tuple(sections),
        words.crumbs(Crumb(partner.label)),
        notices=_just(entry) if request.GET.get("taken") else (),
        summary=ErrorSummary(tuple(faults)) if faults else None,
    )


def _counted(partner: Partner, unit: Unit) -> tuple[int, Label | None]:
    try:
        return how_many(partner, unit), None
    except NotGiven as refused:
        return 0, refused.label


def _just(entry: Entry | None) -> tuple[Notice, ...]:
    """What became of the file a moment ago."""
    if entry is None:
        return ()
    proposed, known = entry.get("proposed") or 0, entry.get("known") or 0
    text = Label(
        f"已读入 {entry.get('lines') or 0} 条：待采纳 {proposed}，以前送来过 {known}，退回"
        f" {entry.get('refused') or 0}。",
        f"{entry.get('lines') or 0} lines taken in: {proposed} proposed, {known} came before,"
        f" {entry.get('refused') or 0} refused.",
    )
    then = Button(Label("去采纳", "Decide them"), href="/proposals/")
    return (Notice("fresh", text, actions=(then,) if proposed else ()),)
