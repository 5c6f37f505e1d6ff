"""The person's own page and its forms. Collects, and decides nothing: whose file it is says the store, what
may be seen the access table, what is due the pathway."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, cast
from uuid import UUID

from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from guitu import access
from guitu.access import Target
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.centre.assessing import Settings
from guitu.exchange.documents.own_copy import NoFont, TooMuch, own_copy
from guitu.exchange.handed import Paper
from guitu.exchange.phone.reading import handed_source
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import access_log, complaints, grants, personal
from guitu.store import clock as store_clock
from guitu.store.grants import Grant
from guitu.store.personal import Tie
from guitu.store.read import FileView, assessment
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import fresh_id
from guitu.web.language import spoken
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.mine import asking, build, papers
from guitu.web.pages.mine.page import AskPage, AwayPage, ClosedPage, Seen
from guitu.web.who import Who, who

SEEN_FOR: Final = timedelta(days=90)
MOST_SEEN: Final = 20
SEEN_AS: Final = {
    "open": Label("查看", "Opened"),
    "hit": Label("查找时看到", "Found in a search"),
    "number": Label("看证件号", "Saw the identity number"),
    "print": Label("打印", "Printed"),
    "export": Label("导出", "Exported"),
    "break_glass": Label("应急查看", "Opened in an emergency"),
    "record": Label("登记", "Recorded"),
}
"""What the person is told of; standing in a list of work is not told line by line."""
COPY_SAID: Final = (
    Label("除了涉及他人的内容，档案里有的都在。", "Everything in the file, except what tells of others."),
    Label("每次取用都会记下来。", "Each time is noted."),
)


TOLD_FOR: Final = 90
"""Days for which the person is told of an emergency; the list of who has seen the file keeps it longer."""
MOST_TOLD: Final = 3


class Own:
    """The file this account opens now, on this day, and why."""

    def __init__(self, request: HttpRequest) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        found = personal.open_own(reader.username)
        if found is None:
            raise Http404(reader.username)
        self.request = request
        self.reader: Who = reader
        self.view: FileView = found[0]
        self.tie: Tie = found[1]
        self.now = clock.now()
        self.today: date = store_clock.office_day(self.now)
        self.part = ""
        if self.tie.consent is not None:
            self.part = personal.family_may_see(self.view, self.tie.consent, self.today)
        self.decision: Decision = self._decide()

    def _decide(self) -> Decision:
        target = Target(
            area=self.view.area,
            own=self.tie.consent is None,
            grants=frozenset({"family"}) if self.part else frozenset(),
        )
        return access.decide(self.reader.actor, "open", target, "own")

    @property
    def settings(self) -> Settings:
        """The days for assessments of the centre that holds the person."""
        return personal.assessment_days(self.view, self.today)

    def only_person(self) -> None:
        """Nobody but the person goes on."""
        if self.tie.consent is not None:
            raise Http404("family")

    def note(self, what: str, detail: str = "") -> None:
        """Note what is shown, before it is."""
        noted(
            self.request, what, [self.view.no], ("identity", "legal", "support"), self.decision,  # type: ignore[arg-type]
            purpose="own", detail=detail, area=self.view.area,
        )  # fmt: skip


def phone() -> str:
    return os.environ.get("GUITU_PHONE", "")


def closed(own: Own, text: Text, why: Text) -> HttpResponse:
    office = own.view.unit.name if own.view.unit else ""
    return show(own.request, ClosedPage(text, why, office, phone()), status=403)


@shows("mine")
def mine(request: HttpRequest) -> HttpResponse:
    """The page."""
    own = Own(request)
    if not own.decision.allowed:
        return closed(
            own,
            Label("现在不能查看", "This is not open now"),
            Label("本人的同意已经到期，或者已经收回。", "The person’s consent is over, or was taken back."),
        )
    own.note("own")
    family = own.tie.consent is not None
    about = build.About(
        own.view,
        assessment(own.view, own.today),
        own.today,
        () if family else tuple(_complaints(own)),
        None if family else _seen(own),
        own.part,
        phone(),
        _notice(request, own),
        () if family else _opened(own),
        own.settings,
    )
    return show(request, build.mine(about))


def _complaints(own: Own) -> list[tuple[complaints.Line, str, Text]]:
    """The person's complaints, the answer's words and its outcome."""
    found: list[tuple[complaints.Line, str, Text]] = []
    for line in complaints.of_person(own.view.no):
        answer = None
        if line.answered_on is not None and (thread := complaints.thread(line.id)) is not None:
            answer = thread.answer
        text = str(answer.get("text") or "") if answer else ""
        found.append((line, text, build.outcome_of(answer) if answer else ""))
    return found


def _seen(own: Own) -> tuple[Seen, ...]:
    """Who looked into the file lately: office and post, the latest first."""
    units, found = tree(), []
    for short in access_log.short_form(own.view.no, own.now - SEEN_FOR):
        if short.role in personal.ROLES or not short.role:
            continue
        unit = units.get(short.unit)
        for what, label in SEEN_AS.items():
            if times := short.counts.get(what, 0):
                office = unit.name if unit else ""
                found.append(Seen(short.day, office, access.role(short.role).label, label, times))
    return tuple(found[:MOST_SEEN])


def _opened(own: Own) -> tuple[Grant, ...]:
    """In what emergencies the file was opened lately."""
    since = own.now - timedelta(days=TOLD_FOR)
    return tuple(g for g in grants.notices_for_file(own.view.no) if g.asked >= since)[:MOST_TOLD]


def _notice(request: HttpRequest, own: Own) -> Notice | None:
    """What was just done, by the number in the address."""
    number = request.GET.get("saved", "")
    if number == "ended":
        return Notice(
            "fresh", Label("已收回，家属现在看不到了", "Taken back: your family cannot look any more")
        )
    if number == "left":
        return Notice("fresh", Label("已登记：您离开了康复场所", "Recorded: you have left the place"))
    if number == "stopped":
        return Notice("fresh", Label("已登记：不再发提醒短信", "Recorded: no more messages"))
    if not number.isalnum() or len(number) != 6:
        return None
    return Notice(
        "fresh",
        Label(f"已收到，编号 {number}", f"Received: number {number}"),
        Label("答复会出现在“我提出的”里。", "The answer will stand under what you asked for."),
    )


# ── asking ────────────────────────────────────────────────────────────────────────────────────────


def _new_id(own: Own) -> str:
    return str(fresh_id(own.now))


@csrf_exempt  # where papers come along the handlers must be set before the form is read; `_ask` checks
@shows("mine")
def ask(request: HttpRequest, what: str) -> HttpResponse:
    """A form, and what was filled in."""
    if request.method == "POST" and what in asking.WITH_PAPERS:
        request.upload_handlers = [InMemory(request)]
    return cast(HttpResponse, _ask(request, what))


@csrf_protect
def _ask(request: HttpRequest, what: str) -> HttpResponse:
    own = Own(request)
    own.only_person()
    if what not in asking.FORMS:
        raise Http404(what)
    if request.method != "POST":
        page = asking.ask_page(
            what, own.view, own.today, _new_id(own), settings=own.settings, given=request.GET
        )
        return show(request, _asking(own, page))
    answered = asking.read(what, request.POST, own.view, own.today, settings=own.settings)
    handed_in, wrong = papers.papers_of(request, what)
    answered = papers.with_fault(answered, wrong)
    try:
        identifier = UUID(request.POST.get("id", ""))
    except ValueError:
        identifier = UUID(_new_id(own))
    if answered.faults:
        page = asking.ask_page(
            what, own.view, own.today, str(identifier), answered=answered, settings=own.settings
        )
        return show(request, _asking(own, page), status=422)
    try:
        number = _write(own, what, answered, identifier, handed_in)
    except DifferentContent:
        return HttpResponseRedirect("/mine/")
    except GuituError as fault:
        page = asking.ask_page(
            what, own.view, own.today, str(identifier), answered=answered, settings=own.settings
        )
        return show(request, _asking(own, _with_fault(page, fault.label)), status=422)
    return HttpResponseRedirect(f"/mine/?saved={number}")


def _asking(own: Own, page: AskPage) -> AskPage:
    return replace(page, action=f"/mine/ask/{page.what}/", phone=phone())


def _with_fault(page: AskPage, text: Label) -> AskPage:
    return replace(page, summary=ErrorSummary((Fault(text),)))


def _write(
    own: Own, what: str, answered: asking.Answered, identifier: UUID, handed_in: tuple[Paper, ...] = ()
) -> str:
    """Record it; its number."""
    form = asking.FORMS[what]
    if form.kind == "complaint":
        against = asking.blamable(own.view)
        unit = next(u for u in against if u.code == answered.fields["against"])
        made = complaints.lodge(
            own.view, against=unit, text=str(answered.fields["text"]),
            named=answered.fields["named"] == "yes", actor=own.reader.actor, now=own.now, first=identifier,
        )  # fmt: skip
        return build.number_of(made[0])
    entry = Entry(
        id=identifier, file=own.view.id, kind=form.kind, happened_on=answered.day, recorded_at=own.now,
        author=own.reader.username, fields=answered.fields,
        source=handed_source(papers.OWN, own.today, tuple(p.named for p in handed_in)) if handed_in else "",
    )  # fmt: skip
    personal.write_own(entry, actor=own.reader.actor, view=own.view, now=own.now)
    papers.keep(entry, handed_in, own.now)
    return build.number_of(identifier)


@shows("mine")
@require_POST
def end_family(request: HttpRequest) -> HttpResponse:
    """Take a consent back; it closes at once."""
    own = Own(request)
    own.only_person()
    entry = Entry(
        id=UUID(_new_id(own)), file=own.view.id, kind="family_consent_withdrawn", happened_on=own.today,
        recorded_at=own.now, author=own.reader.username, fields={"to": request.POST.get("to", "")[:40]},
    )  # fmt: skip
    try:
        personal.write_own(entry, actor=own.reader.actor, view=own.view, now=own.now)
    except GuituError:
        raise Http404("consent") from None
    return HttpResponseRedirect("/mine/?saved=ended")


# ── a copy ────────────────────────────────────────────────────────────────────────────────────────


@shows("mine")
def copy(request: HttpRequest) -> HttpResponse:
    """Choosing the form of a copy; and the copy itself, made in memory and noted before it is handed over."""
    own = Own(request)
    own.only_person()
    if request.method != "POST":
        return show(request, _copy_page(own))
    form = request.POST.get("form", "")
    if form not in FORMS:
        form = "json"
    restricted = request.POST.get("restricted") == "yes"
    made = own_copy(own.view, assessment(own.view, own.today), own.now, restricted=restricted)
    try:
        body = {"pdf": made.pdf, "json": made.json, "zip": made.folder}[form](spoken())
    except (NoFont, TooMuch) as fault:
        return show(request, _with_fault(_copy_page(own), fault.label), status=422)
    own.note("copy", form)
    entry = Entry(
        id=UUID(_new_id(own)), file=own.view.id, kind="own_copy_given", happened_on=own.today,
        recorded_at=own.now, author=own.reader.username,
        fields={"form": form, "restricted": "yes" if restricted else "no"},
    )  # fmt: skip
    personal.write_own(entry, actor=own.reader.actor, view=own.view, now=own.now)
    response = HttpResponse(body, content_type=f"application/{form}")
    response["Content-Disposition"] = content_disposition_header(True, f"my-copy-{own.today}.{form}")
    return response


FORMS: Final = ("pdf", "json", "zip")

FORMS_OF_COPY = Field(
    "form",
    Label("哪一种", "Which"),
    "choice",
    "pdf",
    options=(
        Option("pdf", Label("可以读、可以打印的（PDF）", "To read and print (PDF)")),
        Option("json", Label("数据文件（JSON）", "A data file (JSON)")),
        Option(
            "zip",
            Label(
                "两样都要，连同我交的照片和材料（ZIP）", "Both, with the photos and papers I handed in (ZIP)"
            ),
        ),
    ),
)
RESTRICTED_TOO = Field(
    "restricted",
    Label("要不要特别保密的医疗信息", "Restricted medical data too?"),
    "choice",
    "no",
    options=(
        Option("no", Label("不要", "No")),
        Option("yes", Label("要，我会自己保管好", "Yes, I will keep it safe")),
    ),
)


def _copy_page(own: Own) -> AskPage:
    return AskPage(
        "copy",
        Label("要一份我的档案", "A copy of my file"),
        (FORMS_OF_COPY, RESTRICTED_TOO),
        "",
        Label("取一份", "Get it"),
        COPY_SAID,
        action="/mine/copy/",
        office=own.view.unit.name if own.view.unit else "",
        phone=phone(),
    )


# ── leaving ───────────────────────────────────────────────────────────────────────────────────────


@shows("away", public=True)
def away(request: HttpRequest) -> HttpResponse:
    """Leave at once: the session ends, and what stands on the screen says nothing."""
    if request.method == "POST":
        auth.logout(request)
        return HttpResponseRedirect("/away/")
    return show(request, AwayPage(clock.today()))
