"""Shows one person's file. Collects, and decides nothing: law and access answer, this asks them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import escape

from guitu import access
from guitu.access import Actor
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.model import Assessment
from guitu.store.levels.reorganising import former
from guitu.store.staff import staff_names
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import say
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES
from guitu.web.days import in_words
from guitu.web.page import show, show_kept, shows
from guitu.web.pages.casefile import about_file, addresses, build
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_file, recordable
from guitu.web.pages.casefile.page import DUTIES, HISTORY, MAIN, MEASURES, CaseFilePage, Look
from guitu.web.pages.casefile.saved import proposed_notice, saved_notice
from guitu.web.pages.record import day
from guitu.web.who import Who, who

KNOWN: Label = Label("以哪一天所知为准", "As known on")
DAY: Label = Label("哪一天", "Which day")
NOTHING_LEFT_OUT: Label = Label("不填：所有已知记录", "Empty: everything known now")


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


def _whole(text: str | None, least: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else least


def _entry(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _days(request: HttpRequest, today: date, path: str) -> tuple[date, datetime | None, Look, bool]:
    """The day asked about and the moment up to which entries count, from the address."""
    typed = {name: request.GET.get(name, "")[:20] for name in ("on", "known_at")}
    read = {name: day.read(text, today) for name, text in typed.items()}
    on = read["on"] if isinstance(read["on"], date) else today
    known = read["known_at"]
    at = datetime.combine(known, time.max, CHINA) if isinstance(known, date) else None
    fields = tuple(
        Field(
            name,
            label,
            "day",
            value=typed[name],
            error=found if isinstance(found := read[name], Label) else "",
            shown=in_words(found) if isinstance(found, date) else "",
            hint=hint,
        )
        for name, label, hint in (("on", DAY, day.HINT), ("known_at", KNOWN, NOTHING_LEFT_OUT))
    )
    wrong = any(isinstance(found, Label) for found in read.values())
    return on, at, Look(path, fields, wrong or any(typed.values())), wrong


def _shown(request: HttpRequest, case: str, tab: str) -> HttpResponse:
    account = _who(request)
    actor = account.actor
    opened = open_file(case, account)
    if opened.sight.narrow and tab not in (MAIN, HISTORY):
        raise Http404(case)
    noted_file(request, opened, detail=f"tab={tab}")
    today = clock.today()
    paths = {
        MAIN: addresses.file,
        DUTIES: addresses.duties,
        MEASURES: addresses.measures,
        HISTORY: addresses.history,
    }
    on, known_at, look, wrong = _days(request, today, paths[tab](opened.case_no))
    query = []
    if on != today:
        query.append(("on", on.isoformat()))
    if known_at is not None:
        query.append(("known_at", known_at.date().isoformat()))
    size = _whole(request.GET.get("size"), SIZES[0])
    ask = build.Ask(
        tab=tab,
        on=on,
        today=today,
        known_at=known_at,
        query=tuple(query),
        kind=request.GET.get("kind", ""),
        page=_whole(request.GET.get("page"), 1),
        size=size if size in SIZES else SIZES[0],
        entry=_entry(request.GET.get("entry")),
        part=bool(request.htmx),
    )
    reader = _reader(opened, actor)
    waiting = about_file.notices(opened, actor)
    if not (request.GET or request.htmx or waiting):  # nothing but the page itself, as it stands now
        names = tuple(sorted(reader.staff.items()))
        key = ("file", opened.view.mark, opened.sight, ask, reader.recordable, names, id(opened.policy))
        return show_kept(request, key, lambda: _page(opened, reader, ask, look))
    page = _page(opened, reader, ask, look, waiting)
    if (proposed := _entry(request.GET.get("proposed"))) is not None:
        page = replace(page, notices=(proposed_notice(proposed), *page.notices))
    saved = None if ask.away or opened.sight.narrow else _entry(request.GET.get("saved"))
    if saved is not None:
        notices = _saved(opened, opened.assessed(today), saved)
        page = replace(page, notices=(*notices, *page.notices))
    entry = opened.entry(saved) if saved else None
    if entry is not None and entry.author == actor.name:
        kept = addresses.draft(actor.name, opened.case_no, entry.kind, entry.corrects)
        page = replace(page, draft_done=kept)
    return show(request, page, part="history" if tab == HISTORY else "", status=422 if wrong else 200)


def _page(
    opened: Opened, reader: build.Reader, ask: build.Ask, look: Look, notices: tuple[Notice, ...] = ()
) -> CaseFilePage:
    page = build.case_file(opened, opened.assessed(ask.on, ask.known_at), reader, ask, look)
    return replace(page, notices=(*page.notices, *notices))


def _reader(opened: Opened, actor: Actor) -> build.Reader:
    names = staff_names(opened.authors)
    units = tree()
    named = filter(None, map(units.get, _units_named(opened)))
    may = recordable(actor, opened.sight.target)
    return build.Reader(kinds(), units, names, may, former(named))


def _units_named(opened: Opened) -> set[str]:
    """The codes of the units that stand in what the reader sees of the file."""
    known = kinds()
    found = {entry.unit for entry in opened.shown.entries}
    for entry in opened.shown.entries:
        found |= {str(entry.get(name) or "") for name in known[entry.kind].unit_fields}
    return found - {""}


def _saved(opened: Opened, assessment: Assessment, entry: UUID | None) -> tuple[Notice, ...]:
    notice = saved_notice(opened, assessment, entry) if entry else None
    return (notice,) if notice else ()


@shows("file")
def overview(request: HttpRequest, case: str) -> HttpResponse:
    """Everything in short."""
    return _shown(request, case, MAIN)


@shows("file")
def duties(request: HttpRequest, case: str) -> HttpResponse:
    """Every duty, done ones too."""
    return _shown(request, case, DUTIES)


@shows("file")
def measures(request: HttpRequest, case: str) -> HttpResponse:
    """Every measure with its sum."""
    return _shown(request, case, MEASURES)


@shows("file")
def history(request: HttpRequest, case: str) -> HttpResponse:
    """Every entry."""
    return _shown(request, case, HISTORY)


@shows("file")
def number(request: HttpRequest, case: str) -> HttpResponse:
    """The identity number in full, which is written down with who asked."""
    account = _who(request)
    actor = account.actor
    opened = open_file(case, account)
    about = replace(opened.sight.target, compartment="identity")
    if not access.decide(actor, "reveal", about).allowed:
        raise Http404(case)
    if request.method != "POST":
        return HttpResponseRedirect(addresses.file(opened.case_no))
    noted_file(request, opened, "number")
    shown = str(opened.view.identity.get("id_number") or "")
    if request.htmx:
        told = say(Label("证件号已显示，已记入查阅记录", "The number is shown; this has been written down"))
        return HttpResponse(f'<span data-say="{escape(told)}">{escape(shown)}</span>')
    return _revealed(request, opened, actor)


@shows("file")
def printed(request: HttpRequest, case: str) -> HttpResponse:
    """The browser tells that a page of the file is being printed; noted, and nothing shown."""
    opened = open_file(case, _who(request))
    if request.method != "POST":
        return HttpResponseRedirect(addresses.file(opened.case_no))
    noted_file(request, opened, "print")
    return HttpResponse(status=204)


def _revealed(request: HttpRequest, opened: Opened, actor: Actor) -> HttpResponse:
    """The same without script: the whole page, with the number in its place."""
    today = clock.today()
    look = _days(request, today, addresses.file(opened.case_no))[2]
    told = Notice(
        "info", Label("证件号已显示，已记入查阅记录。", "The number is shown; this has been written down.")
    )
    ask = build.Ask(MAIN, today, today, revealed=True)
    page = build.case_file(opened, opened.assessed(today), _reader(opened, actor), ask, look, (told,))
    return show(request, page)
