"""The requests of one person, for whoever works with the file. Collects, and decides nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu import access
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.centre.assessing import Settings
from guitu.compose import kinds
from guitu.exchange.handed import Paper
from guitu.exchange.phone.reading import handed_source
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment
from guitu.store import clock as store_clock
from guitu.store import complaints, gate, personal
from guitu.web import clock
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import fresh_id
from guitu.web.noted import noted, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.mine import asking, build, papers
from guitu.web.pages.mine.page import AskPage
from guitu.web.pages.requests.page import AccessPage, Line, RequestsPage, SheetPage, WritePage
from guitu.web.who import Who, who

FORMS = ("explain", "correct", "object", "assessment", "help", "complain", "remedy", "family", "seal")


class Desk:
    """The file and its reader."""

    def __init__(self, request: HttpRequest, case: str) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        self.request = request
        self.reader: Who = reader
        self.opened: Opened = open_whole(case, reader)
        self.now = clock.now()
        self.today: date = store_clock.office_day(self.now)

    @property
    def case_no(self) -> str:
        """The number in the address."""
        return self.opened.case_no

    @property
    def settings(self) -> Settings:
        """The days for assessments of the centre that holds the person."""
        return personal.assessment_days(self.opened.view, self.today)

    def may(self, page: str) -> bool:
        """Whether the reader's post opens that page."""
        return access.may_see_page(self.reader.actor, page).allowed

    def note(self, what: str, detail: str) -> None:
        """Note what is shown, before it is."""
        noted(
            self.request, what, [self.opened.view.no], sorted(self.opened.sight.open),  # type: ignore[arg-type]
            self.opened.sight.decision, detail=detail, area=self.opened.view.area,
        )  # fmt: skip


@shows("requests")
def requests(request: HttpRequest, case: str) -> HttpResponse:
    """Every request with its answer, and what can be written down."""
    desk = Desk(request, case)
    desk.note("open", "requests")
    may = recordable(desk.reader.actor, desk.opened.sight.target)
    account = personal.account_of(desk.opened.view.no)
    page = RequestsPage(
        desk.case_no,
        identity(desk.opened, desk.today, kinds()),
        tuple(_lines(desk, desk.opened.assessed(desk.today), may)),
        tuple(
            (asking.FORMS[what].heading, addresses.requests(desk.case_no, what))
            for what in FORMS
            if asking.FORMS[what].kind in may or what == "complain"
        ),
        account,
        addresses.own_access(desk.case_no) if not account and desk.may("person_access") else "",
        addresses.sheet(desk.case_no) if desk.may("sheet") else "",
        _saved(request),
    )
    return show(request, page)


def _saved(request: HttpRequest) -> Notice | None:
    number = request.GET.get("saved", "")
    if not number.isalnum() or len(number) != 6:
        return None
    return Notice(
        "fresh",
        Label(f"已记下，编号 {number}", f"Written down: number {number}"),
        Label("请把编号告诉本人。", "Tell the person the number."),
    )


def _lines(desk: Desk, answer: Assessment, may: frozenset[str]) -> Iterator[Line]:
    """Requests that the reader may see, the latest first; complaints are not among them."""
    view = desk.opened.view
    told = {one.number: one for one in build.asked_of(view, answer, desk.today, desk.settings)}
    duties = {duty.measure: duty for duty in answer.duties if duty.name in build.ANSWERS}
    for entry in reversed(view.case_file.counted()):
        if entry.kind not in build.REQUESTS or not desk.opened.shows(entry):
            continue
        duty = duties.get(entry.id)
        href = act = None
        if duty is not None and duty.state in ("open", "overdue") and duty.record in may:
            href = addresses.record_duty(desk.case_no, duty, desk.opened.policy)
            act = kinds()[duty.record].label
        elif duty is not None and duty.state in ("open", "overdue") and desk.may("assessments"):
            if way := addresses.by_two(desk.case_no, duty.record, entry.id):
                href, act = way, kinds()[duty.record].label
        elif (
            entry.kind == "remedy_request"
            and "remedy_outcome" in may
            and not told[build.number_of(entry.id)].outcome
        ):
            href = addresses.record(
                desk.case_no, "remedy_outcome", addresses.named("remedy_outcome", entry.id)
            )
            act = Label("登记结果", "Record the outcome")
        said = str(entry.get("text") or "")
        yield Line(told[build.number_of(entry.id)], said, href or "", act or "")


@csrf_exempt  # where papers come along the handlers must be set before the form is read; `_asked` checks
@shows("requests")
def write(request: HttpRequest, case: str, what: str) -> HttpResponse:
    """Writing down what the person says or hands in."""
    if request.method == "POST" and what in asking.WITH_PAPERS:
        request.upload_handlers = [InMemory(request)]
    return cast(HttpResponse, _asked(request, case, what))


@csrf_protect
def _asked(request: HttpRequest, case: str, what: str) -> HttpResponse:
    desk = Desk(request, case)
    if what not in FORMS:
        raise Http404(what)
    box = _out_of_box(request) if what == "complain" else None
    if request.method != "POST":
        if box is not None:
            typed = asking.Answered({"source": "paper"}, {}, desk.today)
            return _form(desk, what, str(complaints.paper_id(*box)), typed)
        return _form(desk, what, _new_id(desk))
    answered = asking.read(
        what, request.POST, desk.opened.view, desk.today, staff=True, settings=desk.settings
    )
    handed_in, wrong = papers.papers_of(request, what)
    answered = papers.with_fault(answered, wrong)
    try:
        identifier = UUID(request.POST.get("id", ""))
    except ValueError:
        identifier = UUID(_new_id(desk))
    if answered.faults:
        return _form(desk, what, str(identifier), answered, status=422)
    try:
        number = _write(desk, what, answered, identifier, handed_in)
    except DifferentContent:
        return HttpResponseRedirect(addresses.requests(desk.case_no))
    except GuituError as fault:
        return _form(desk, what, str(identifier), answered, fault=fault.label, status=422)
    if box is not None:
        return HttpResponseRedirect(f"/daily/box/?paper={box[1]}")
    return HttpResponseRedirect(f"{addresses.requests(desk.case_no)}?saved={number}")


def _out_of_box(request: HttpRequest) -> tuple[UUID, int] | None:
    """The opening of a complaints box and the number of the paper in it, where the address says so."""
    try:
        paper = int(request.GET.get("paper", ""))
        return (UUID(request.GET.get("box", "")), paper) if 0 < paper <= 1000 else None
    except ValueError:
        return None


def _new_id(desk: Desk) -> str:
    return str(fresh_id(desk.now))


def _form(
    desk: Desk, what: str, identifier: str, answered: asking.Answered | None = None, *,
    fault: Label | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    page: AskPage = asking.ask_page(
        what, desk.opened.view, desk.today, identifier, answered=answered, staff=True,
        settings=desk.settings, given=desk.request.GET,
    )  # fmt: skip
    action, back = addresses.requests(desk.case_no, what), addresses.requests(desk.case_no)
    if what == "complain" and (box := _out_of_box(desk.request)) is not None:
        action, back = f"{action}?box={box[0]}&paper={box[1]}", "/daily/box/"
    page = replace(page, action=action, back=back)
    if fault is not None:
        page = replace(page, summary=ErrorSummary((Fault(fault),)))
    about = identity(desk.opened, desk.today, kinds())
    return show(desk.request, WritePage(desk.case_no, about, page), status=status)


def _write(
    desk: Desk, what: str, answered: asking.Answered, identifier: UUID, handed_in: tuple[Paper, ...] = ()
) -> str:
    """Record it under the reader's name, with how it came; its number. Of a complaint nothing more is noted
    than that something was written down."""
    form, view = asking.FORMS[what], desk.opened.view
    post = desk.reader.post
    office = post.unit if post else ""
    source = next(o.label for o in asking.SOURCES if o.value == answered.typed["source"])
    said = source.zh if isinstance(source, Label) else str(source)
    if form.kind == "complaint":
        unit = next(u for u in asking.blamable(view) if u.code == answered.fields["against"])
        made = complaints.lodge(
            view, against=unit, text=str(answered.fields["text"]), named=answered.fields["named"] == "yes",
            actor=desk.reader.actor, now=desk.now, source=said, unit=office, first=identifier,
        )  # fmt: skip
        return build.number_of(made[0])
    if handed_in:
        said = handed_source(said, desk.today, tuple(p.named for p in handed_in))
    entry = Entry(
        id=identifier, file=view.id, kind=form.kind, happened_on=answered.day, recorded_at=desk.now,
        author=desk.reader.username, unit=office, fields=answered.fields, source=said,
    )  # fmt: skip
    gate.record(entry, actor=desk.reader.actor, now=desk.now)
    papers.keep(entry, handed_in, desk.now)
    noted_write(desk.request, view.no, entry.id, entry.kind, view.area)
    return build.number_of(identifier)


@shows("person_access")
def give(request: HttpRequest, case: str) -> HttpResponse:
    """An account for the person: the slip is shown once."""
    desk = Desk(request, case)
    view = desk.opened.view
    page = AccessPage(
        desk.case_no, identity(desk.opened, desk.today, kinds()), personal.account_of(view.no),
        office=view.unit.name if view.unit else "", phone=os.environ.get("GUITU_PHONE", ""),
    )  # fmt: skip
    if request.method != "POST":
        desk.note("open", "access")
        return show(request, page)
    try:
        given = personal.give_access(view)
    except personal.AlreadyGiven as have:
        return show(request, replace(page, account=have.username), status=422)
    except GuituError as fault:
        return show(request, replace(page, fault=fault.label), status=422)
    desk.note("admin", f"account {given.username}")
    address = request.build_absolute_uri("/mine/")
    return show(request, replace(page, account=given.username, password=given.password, address=address))


@shows("sheet")
def sheet(request: HttpRequest, case: str) -> HttpResponse:
    """The person's page on one sheet, for them to keep."""
    desk = Desk(request, case)
    if not {"legal", "support"} <= desk.opened.sight.open:
        raise Http404(case)
    desk.note("print", "sheet")
    view = desk.opened.view
    about = build.About(view, desk.opened.assessed(desk.today), desk.today, settings=desk.settings)
    page = SheetPage(
        build.mine(about), desk.today, addresses.requests(desk.case_no),
        view.unit.name if view.unit else "", os.environ.get("GUITU_PHONE", ""),
    )  # fmt: skip
    return show(request, page)
