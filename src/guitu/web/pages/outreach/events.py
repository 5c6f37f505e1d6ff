"""What was held: the list, one event with its photos, taking a photo in, and showing it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.outreach import photos as taking
from guitu.levels.outreach.photos import NoPhoto, cleaned
from guitu.levels.site.content import PUBLIC
from guitu.store import unitfiles
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.levels import outreach as store
from guitu.store.levels.outreach import Told
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk
from guitu.web.pages.outreach.shown import EventPage, PhotoShown
from guitu.web.pages.record import drafts, form
from guitu.web.pages.record.form import Answers

OF_EVENTS: Final = frozenset({"outreach_event", "outreach_photo"})
NO_FILE: Final = Label("请先选择一张照片", "Choose a photo first")
KIND: Final = "outreach_photo"


@shows("outreach")
def events(request: HttpRequest) -> HttpResponse:
    """What was held in the area, the latest first."""
    desk = Desk(request)
    told = desk.told(OF_EVENTS)
    pictures = told.chains.answering(KIND)
    forms = kinds()["outreach_event"].ask("form").choices
    chosen = desk.asked("form")
    some = [
        e for e in reversed(told.chains.of("outreach_event"))
        if (not chosen or e.get("form") == chosen)
        and desk.matches(e.get("topic"), desk.place(told, e), e.get("speaker"), told.unit(e).name)
    ]  # fmt: skip
    audience = sum(n for e in some if e.get("counted") != "views" and isinstance(n := e.get("audience"), int))
    some = desk.ordered(some, {"day": lambda e: e.happened_on, "audience": lambda e: e.get("audience")})
    shown, pager = desk.page_of(some, "events", form=chosen)
    new = desk.new("outreach_event", Label("登记活动", "Record an event"))
    rows = []
    for e in shown:
        unit, n = told.unit(e), len(pictures.get(told.chains.first(e.id), ()))
        href = words.address(f"events/{unit.code}/{e.id}")
        rows.append(
            Row(
                (
                    Cell(e.happened_on.isoformat(), href), words.choice(e, "form"),
                    Cell(str(e.get("topic") or "—"), sub=str(e.get("speaker") or "")),
                    desk.place(told, e), words.number(e.get("audience")), words.choice(e, "counted"),
                    words.number(n) if n else "—",
                )
            )
        )  # fmt: skip
    table = Table(
        Label("宣传活动", "Events"),
        (
            desk.head(Column(Label("日期", "Day"), phone="lead"), "day", "events", form=chosen),
            Column(Label("形式", "Form")),
            Column(Label("主题", "Topic"), phone="bare"),
            Column(words.PLACE),
            desk.head(
                Column(Label("受众", "Audience"), numeric=True, unit=Label("人次", "person-times")),
                "audience",
                "events",
                form=chosen,
            ),
            Column(Label("怎样数的", "Counted how")),
            Column(Label("照片", "Photos"), numeric=True, phone="hide"),
        ),
        tuple(rows),
        (Label(f"共 {len(some):,} 场", f"{len(some):,} events"), pager.span),
        pager,
        Empty(Label("没有登记活动，或者没有符合条件的。", "No event is recorded, or none that fits."), new),
        id="event-list",
    )
    every = Option("", Label("全部", "All"))
    box = Field("form", Label("形式", "Form"), "choice", value=chosen, optional=True,
                options=(every, *(Option(c.value, c.label) for c in forms)))  # fmt: skip
    return show(
        request,
        Board(
            desk.title(Label("宣传活动", "Events")),
            Label(f"共 {len(some):,} 场，受众 {audience:,} 人次，网络浏览不计",
                  f"{len(some):,} events, {audience:,} person-times, online views left out"),
            (desk.search("events", Label("主题、地点、宣讲员、单位", "Topic, place, speaker, unit"), (box,)),
             Section("list", Label("活动", "Events"), table, says=(words.PERSON_TIMES,))),
            buttons=new, notices=desk.saved(), tabs=desk.tabs("events"),
        ),
    )  # fmt: skip


def _found(desk: Desk, entry: UUID) -> tuple[Told, Entry]:
    """The event, whichever of its versions is asked for."""
    told = desk.told(OF_EVENTS)
    found = told.chains.standing(entry)
    if found is None or found.kind != "outreach_event" or told.unit(found).no != desk.unit.no:
        raise Http404(str(entry))
    return told, found


@csrf_exempt  # the handlers must be set before anything reads the form; `_take` checks the token
@shows("outreach")
def one(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """One event with its photos; and taking a photo in."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _take(request, code, entry))
    desk = Desk(request, code)
    told, found = _found(desk, entry)
    return _page(desk, told, found, Answers({form.DAY: found.happened_on.isoformat()}))


@csrf_protect
def _take(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    desk = Desk(request, code)
    told, found = _found(desk, entry)
    kind = kinds()[KIND]
    sent: Mapping[str, str] = {
        **{name: str(value) for name, value in request.POST.items()}, "to": str(found.id), "digest": "-"
    }  # fmt: skip
    answers = form.read(kind, sent, desk.today)
    handler, file = request.upload_handlers[0], request.FILES.get("file")
    photo = None
    if isinstance(handler, InMemory) and handler.too_large:
        answers = answers.with_fault("file", taking.TOO_LARGE)
    elif not isinstance(file, UploadedFile) or not file.size:
        answers = answers.with_fault("file", NO_FILE)
    else:
        try:
            photo = cleaned(file.read())
        except NoPhoto as wrong:
            answers = answers.with_fault("file", wrong.label)
    if answers.faults or photo is None:
        return _page(desk, told, found, answers, status=422)
    assert answers.happened_on is not None
    fields = {name: value for name, value in answers.fields.items() if value is not None}
    fields["digest"] = hashlib.sha256(photo.content).hexdigest()
    made = unitfiles.new_entry(
        desk.unit.code, KIND, answers.happened_on, fields, now=desk.now, author=desk.actor.name,
        office=desk.home.code, identifier=desk.identifier(),
    )  # fmt: skip
    try:
        store.keep_photo(made, photo, actor=desk.actor, now=desk.now)
    except NotAccepted as wrong:
        return _page(desk, told, found, drafts.placed(wrong, kind, answers), status=422)
    except NotAllowed as wrong:
        return _page(desk, told, found, answers.with_fault("", wrong.decision.reason), status=403)
    except DifferentContent as wrong:
        return _page(desk, told, found, answers.with_fault("", wrong.label), status=409)
    except StoreUnavailable as wrong:
        return _page(desk, told, found, answers.with_fault("", wrong.label), status=503)
    return HttpResponseRedirect(words.address(f"events/{code}/{entry}", saved=KIND))


@shows("outreach")
def picture(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """The picture of a photo, as it was taken in."""
    desk = Desk(request, code)
    found = desk.told({KIND}).chains.standing(entry)
    photo = store.photo_of(found) if found is not None else None
    if photo is None:
        raise Http404(str(entry))
    response = HttpResponse(photo.content, content_type=photo.type)
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _page(desk: Desk, told: Told, found: Entry, answers: Answers, *, status: int = 200) -> HttpResponse:
    unit, kind = desk.unit, kinds()["outreach_event"]
    key, name = told.chains.first(found.id), str(found.get("topic") or kind.label.zh)
    facts = [Fact(kind.day, found.happened_on.isoformat())]
    facts += [
        Fact(a.label, form.shown_value(a, found.get(a.name)))
        for a in kind.fields
        if not a.internal and found.get(a.name) is not None
    ]
    some = told.chains.answering(KIND).get(key, [])
    may = desk.opens("outreach_record") and desk.may(KIND)
    buttons: tuple[Button, ...] = ()
    if may:
        where = words.record(unit.code, "outreach_event", corrects=str(found.id))
        gone = words.withdraw(unit.code, found)
        buttons = (Button(Label("更正", "Correct"), where),
                   Button(Label("作废", "Withdraw"), gone, "link"))  # fmt: skip
    board = Board(
        Label(f"{found.happened_on} {name}", f"{found.happened_on} {name}"),
        kind.label,
        (Section("event", Label("活动情况", "The event"), facts=tuple(facts)),),
        crumbs=Crumbs((Crumb(words.TITLE, words.ROOT),
                       Crumb(Label("活动", "Events"), words.address("events")), Crumb(name))),
        buttons=buttons, notices=desk.saved(),
        summary=form.summary(kinds()[KIND], answers),
    )  # fmt: skip
    photos = tuple(_photo(desk, one, may=may) for one in some)
    page = EventPage.of(
        board, photos,
        _fields(desk, answers) if may else (),
        words.address(f"events/{unit.code}/{found.id}"),
        desk.asked("id") or str(desk.new_id()),
    )  # fmt: skip
    return show(desk.request, page, status=status)


def _photo(desk: Desk, entry: Entry, *, may: bool) -> PhotoShown:
    public = entry.get("consent") in PUBLIC
    word = Word("done", Label("可以公开", "May be public")) if public else Word("barred", Label(
        "只内部存档", "Kept inside only"))  # fmt: skip
    gone = None
    if may:
        label = Label("作废（如撤回同意）", "Withdraw (consent taken back)")
        gone = Button(label, words.withdraw(desk.unit.code, entry), "link",
                      describes=str(entry.get("caption")))  # fmt: skip
    src = words.address(f"photos/{desk.unit.code}/{entry.id}")
    return PhotoShown(src, str(entry.get("caption") or ""), word, words.choice(entry, "consent"),
                      entry.happened_on, gone)  # fmt: skip


def _fields(desk: Desk, answers: Answers) -> tuple[Field, ...]:
    asked = [
        f for f in form.fields_of(kinds()[KIND], answers, focus="none") if f.name not in ("to", "digest")
    ]
    file = Field(
        "file", Label("照片", "Photo"), "file", accept=".jpg,.jpeg,.png",
        error=answers.faults.get("file", ""),
        hint=Label(
            "JPG 或者 PNG，不超过 2 MB。拍摄地点、手机型号等附在照片里的信息不保存。",
            "JPG or PNG, up to 2 MB. Place, device and all else that a camera notes in it is not kept.",
        ),
    )  # fmt: skip
    return (file, *asked)
