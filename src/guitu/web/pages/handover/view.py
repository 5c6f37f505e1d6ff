"""Collects hand-overs and the acts that the reader may do, and takes in that a package was opened. Decides
nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.access.compartments import HANDED_OVER
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.handover import baton as steps
from guitu.home.handover import materials
from guitu.home.handover.baton import Baton, batons
from guitu.home.handover.clocks import clocks, late, level
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.pathway.model import Duty
from guitu.store import clock as store_clock
from guitu.store import gate
from guitu.store.home import handover
from guitu.store.staff import staff_names
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.fresh import fresh_id
from guitu.web.noted import noted_list, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_file, recordable
from guitu.web.pages.gate.view import notices
from guitu.web.pages.handover import build, held, law
from guitu.web.pages.handover import person as shown
from guitu.web.pages.handover.build import Asked
from guitu.web.pages.handover.page import HandoverPage, PersonPage, Press
from guitu.web.pages.handover.person import Known
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.who import Who, who

BACK: Final = Button(Label("回到移交", "Back to hand-overs"), href=build.PATH, look="link")
SOON: Final = timedelta(days=60)
SENT_BACK: Final = Notice(
    "fresh",
    Label(
        "已退回。仍由移交单位负责，原因对方看得到；本单位不再能打开这份档案。",
        "Sent back. The sender goes on answering for the person and sees the reason; your unit no longer"
        " opens the file.",
    ),
)


def _name(code: str) -> str:
    unit = tree().get(code)
    return unit.name if unit is not None else code


def _reader(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None
    assert reader.post is not None, "the middleware opens this page to nobody without a post"
    return reader


@shows("handover")
def board(request: HttpRequest) -> HttpResponse:
    """Every hand-over that concerns the reader's unit."""
    reader = _reader(request)
    assert reader.post is not None
    root, today = tree().find(reader.post.unit), clock.today()
    asked = _asked(request)
    every = handover.board(root, reader.actor, today)
    here = build.on_side(every, asked.side)
    part, pager = build.page_of(build.in_state(here, asked.state), asked)
    noted_list(request, "list", part, root, "handover")
    page = HandoverPage(
        build.lead(every),
        build.tabs(every, asked),
        build.filters(here, asked),
        build.table(part, pager, asked, today, _name),
        held.link(reader, root),
        (SENT_BACK,) if request.GET.get("saved") == steps.REFUSED else (),
    )
    return show(request, page)


def _asked(request: HttpRequest) -> Asked:
    side, state = (request.GET.get(name, "") for name in ("side", "state"))
    return Asked(
        side if side in build.SIDES else "", state if state in {*steps.STATES, build.LATE} else "",
        whole(request.GET.get("page"), 1), size_of(request.GET),
    )  # fmt: skip


@shows("handover")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person's hand-over."""
    reader = _reader(request)
    try:
        opened = open_file(case, reader)
    except Http404:
        if "saved" not in request.GET:
            raise
        # whoever sent the file back does not see it any more
        return HttpResponseRedirect(f"{build.PATH}?saved={steps.REFUSED}")
    noted_file(request, opened, detail="handover")
    return _person(request, reader, opened)


def _person(
    request: HttpRequest, reader: Who, opened: Opened, notice: Notice | None = None, *, status: int = 200
) -> HttpResponse:
    today = clock.today()
    now, earlier = _batons(opened, today)
    known, days = _known(reader, opened, now, earlier, today)
    narrow = opened.sight.narrow
    page = PersonPage(
        identity=identity(opened, today, kinds()),
        lead=shown.lead(known, days),
        responsible=shown.responsible(known),
        steps=shown.table(known, today),
        package=None if narrow or now.over else shown.package(known),
        law=None if narrow else _law(opened, now, today),
        duties=None if narrow or now.over else shown.duties(known, today),
        earlier=None if narrow else shown.earlier(known),
        acts=shown.acts(known),
        press=_press(opened, known),
        back=BACK,
        notices=(*((notice,) if notice else ()), *(() if narrow else notices(request, opened, today))),
    )
    return show(request, page, status=status)


def _batons(opened: Opened, today: date) -> tuple[Baton, tuple[Baton, ...]]:
    """The hand-over that stands now, and those before it. Whoever is in a centre to which they were handed
    over has another one before them."""
    units = tree()
    found = batons(opened.view.case_file.counted(), handover.within(units))
    unit = opened.view.unit
    here = unit.code if unit is not None else ""
    if not found:
        return Baton(handover.centre_of(here, units) or here, "", "due"), ()
    last, centre = found[-1], handover.centre_of(here, units)
    if last.over and centre and handover.centre_of(last.sender, units) != centre:
        return Baton(centre, "", "due"), found
    return last, found[:-1]


def _known(
    reader: Who, opened: Opened, now: Baton, earlier: tuple[Baton, ...], today: date
) -> tuple[Known, int]:
    units, sight = tree(), opened.sight
    inside, here = handover.within(units), reader.post.unit if reader.post else ""
    owing = now.sender if now.whose == "sender" else now.receiver
    assessed = opened.assessed(today)
    about = handover.occasion_of(now, units, assessed.ends_on, today)
    leaves = assessed.ends_on if about == "release" and assessed.measure == handover.MEASURE else None
    terms = handover.terms(units.get(now.sender), today)
    every = clocks(now, about, terms, leaves=leaves)
    days = late(now, every, today)
    sees = sight.open & HANDED_OVER if sight.receiving else sight.open
    known = Known(
        opened.case_no,
        now,
        earlier,
        every,
        level(days, terms),
        materials.package(opened.shown.counted(), about, sees),
        tuple(d for d in shown.every(assessed.duties) if d.name not in handover.LAW),
        recordable(reader.actor, sight.target),
        _name,
        staff_names(opened.authors),
        opened.shows,
        about,
        meets=inside(here, now.receiver) or inside(now.receiver, here),
        owes=bool(now.whose) and inside(here, owing),
        none=now.state == "due" and not handover.centre_of(now.sender, units),
    )
    return known, days


def _law(opened: Opened, now: Baton, today: date) -> Table | None:
    """What the law gives days for, of this hand-over."""
    first = now.prepared or now.sent
    since = first.happened_on - SOON if first is not None else today - SOON
    found = [d for d in opened.assessed(today).duties if d.name in handover.LAW and _lately(d, since)]
    return law.table(found, today)


def _lately(duty: Duty, since: date) -> bool:
    return duty.state in ("open", "overdue") or (duty.done_on is not None and duty.done_on >= since)


def _press(opened: Opened, known: Known) -> Press | None:
    if known.baton.state != "sent" or steps.OPENED not in known.may:
        return None
    identifier = fresh_id(clock.now())
    return Press(f"{build.PATH}{opened.case_no}/open/", str(identifier))


@shows("handover")
@require_POST
def opened_now(request: HttpRequest, case: str) -> HttpResponse:
    """The receiver has looked at the package."""
    reader = _reader(request)
    opened = open_file(case, reader)
    noted_file(request, opened, detail="handover")
    if opened.sight.narrow:
        raise Http404(case)
    try:
        identifier = UUID(request.POST.get("id", ""))
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if identifier.version != 7:
        raise BadRequest("the id is not a UUIDv7")
    now = clock.now()
    kind = kinds()[steps.OPENED]
    if not opened.may_record(reader.actor, kind).allowed:
        barred = Label(
            "没有移交给本单位，或已经接收。", "It was not sent to this unit, or is accepted already."
        )
        return _person(request, reader, opened, Notice("barred", barred), status=403)
    entry = Entry(
        id=identifier, file=opened.view.id, kind=kind.name, version=kind.version,
        happened_on=store_clock.office_day(now), recorded_at=now, author=reader.actor.name,
        unit=reader.post.unit if reader.post else "",
    )  # fmt: skip
    try:
        gate.record(entry, actor=reader.actor, now=now)
    except GuituError as wrong:
        return _person(request, reader, opened, Notice("fault", wrong.label), status=422)
    noted_write(request, opened.view.no, entry.id, entry.kind, opened.view.area)
    return HttpResponseRedirect(f"{build.PATH}{opened.case_no}/?saved={entry.id}")
