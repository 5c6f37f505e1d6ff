"""Collects the draw of an office, publishes commitments and reveals seeds through the one gate. No day that
lies ahead comes near this module."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Value
from guitu.compose import kinds
from guitu.home.draw import Terms
from guitu.kernel.days import add_months
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.gate import NotAllowed
from guitu.store.home import draws
from guitu.store.home.draws import COMMITTED, REVEALED, Draw
from guitu.store.staff import staff_names
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.noted import noted, noted_list
from guitu.web.page import show, shows
from guitu.web.pages.contact.view import may
from guitu.web.pages.draw import build
from guitu.web.pages.draw.page import DrawPage, Publish, Reveal
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import home_of, size_of, unit_in_area, whole
from guitu.web.who import Who, who

MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
SAVED: Final = {
    "published": Label("已公布承诺", "The commitment is published"),
    "revealed": Label("已揭示种子，可以核验", "The seed is revealed; anybody can check"),
}
NOT_MINE: Final = Label("承诺由乡镇禁毒办或者县级主管公布", "Commitments are published by the town or county")


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


@shows("draw")
def draw(request: HttpRequest) -> HttpResponse:
    """Whose day has come, and the draws of the office."""
    return _page(request, _who(request))


def _page(
    request: HttpRequest, reader: Who, fault: Label | None = None, *, status: int = 200
) -> HttpResponse:
    today, home = clock.today(), home_of(reader, tree())
    code = request.GET.get("unit") or request.POST.get("unit") or ""
    unit = unit_in_area(reader, code, tree()) if code and code != home.code else home
    come = draws.come(unit, today)
    lines = {line.no for line in findable(reader, tuple(c.line for c in come))}
    come = tuple(c for c in come if c.no in lines)
    part = request.GET.get("list", "")
    asked = build.Asked(
        unit.code if unit.no != home.no else "",
        part if part == build.DRAWN else "",
        whole(request.GET.get("page"), 1),
        size_of(request.GET),
    )
    some, pager = asked.page_of("", come)
    noted_list(request, "list", some, unit, "draw")
    office = draws.office_of(unit)
    known = draws.draws(office) if office else ()
    publish, reveal = _offered(reader, office, known, today) if office else ((), ())
    saved = SAVED.get(request.GET.get("saved", ""))
    people = build.people_of(come)
    page = DrawPage(
        (office or unit).name,
        Label(f"到日子未检 {people} 人", f"{people} whose day has come"),
        build.come(some, pager, people, may(reader, unit, "urine_test"), today),
        _draws(asked, known, today) if office else _towns(asked, unit, today),
        publish,
        reveal,
        (Notice("fresh", saved),) if saved else (),
        ErrorSummary((Fault(fault),)) if fault else None,
    )
    return show(request, page, status=status)


def _draws(asked: build.Asked, known: tuple[Draw, ...], today: date) -> Table:
    """The page of an office's draws."""
    some, pager = asked.page_of(build.DRAWN, known)
    return build.draws(some, pager, staff_names(frozenset(d.by for d in some)), today)


def _towns(asked: build.Asked, unit: Unit, today: date) -> Table:
    """A page of the towns under a unit, and whether each has committed to this month and the next."""
    towns, pager = asked.page_of(build.DRAWN, [u for u in tree().subtree(unit) if u.level == draws.OFFICE])
    found = []
    for town in towns:
        known = draws.draws(town)
        this, next_ = (today.replace(day=1), add_months(today.replace(day=1), 1))
        found.append((town, any(d.covers(this) for d in known), any(d.covers(next_) for d in known)))
    return build.towns(found, pager)


def _offered(
    reader: Who, office: Unit, known: tuple[Draw, ...], today: date
) -> tuple[tuple[Publish, ...], tuple[Reveal, ...]]:
    """What the reader may publish and reveal now."""
    if not unitfiles.may_record(reader.actor, kinds()[COMMITTED], office).allowed:
        return (), ()
    next_ = add_months(today.replace(day=1), 1)
    publish = []
    if not any(d.covers(next_) for d in known):
        word = build.month_word(next_)
        publish.append(
            Publish(
                office.code,
                f"{next_:%Y-%m}",
                Label(f"公布{word.zh}的承诺", f"Publish for {word.en}"),
            )
        )
    reveal = []
    for one in known:
        if draws.may_reveal(one, today):
            word = build.month_word(one.terms.first)
            reveal.append(Reveal(str(one.id), Label(f"揭示{word.zh}的种子", f"Reveal the seed of {word.en}")))
    return tuple(publish), tuple(reveal)


@shows("draw")
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the commitment of a month that has not begun."""
    if request.method != "POST":
        return HttpResponseRedirect("/draw/")
    reader, today = _who(request), clock.today()
    unit = unit_in_area(reader, request.POST.get("unit", ""), tree())
    asked = MONTH.fullmatch(request.POST.get("month", ""))
    if unit.level != draws.OFFICE or asked is None or not 1 <= int(asked[2]) <= 12:
        raise Http404
    first = date(int(asked[1]), int(asked[2]), 1)
    month = draws.month(first)
    terms = Terms(unit.code, month.first, month.last, request.POST.get("weekends") == "yes")
    if first <= today:
        return _page(request, reader, Label("这个月已经开始，不能再公布", "The month has begun"), status=422)
    if first != add_months(today.replace(day=1), 1):
        return _page(
            request, reader, Label("只能公布下一个月的", "Only the next month is published"), status=422
        )
    if any(d.covers(first) for d in draws.draws(unit)):
        return _page(request, reader, Label("这个月已经公布过", "It is published already"), status=422)
    fields = {
        "first": terms.first,
        "last": terms.last,
        "weekends": "yes" if terms.weekends else "no",
        "commitment": draws.promised(terms),
    }
    return _written(request, reader, unit, COMMITTED, fields, "published")


@shows("draw")
def reveal(request: HttpRequest, draw: UUID) -> HttpResponse:
    """Reveal the seed of a draw of which nothing lies ahead."""
    reader, today = _who(request), clock.today()
    one = _one(reader, draw)
    if request.method != "POST":
        return HttpResponseRedirect("/draw/")
    if one.seed is not None:
        return HttpResponseRedirect(f"/draw/?unit={one.unit.code}")
    if not draws.may_reveal(one, today):
        text = Label("还有没到的日子，现在不能揭示", "Days lie ahead still: the seed cannot be revealed yet")
        return _page(request, reader, text, status=422)
    return _written(request, reader, one.unit, REVEALED, draws.revealing(one, today), "revealed")


def _written(
    request: HttpRequest, reader: Who, unit: Unit, kind: str, fields: dict[str, Value], told: str
) -> HttpResponse:
    assert reader.post is not None, "the middleware opens no page without a post"
    now = clock.now()
    entry = unitfiles.new_entry(
        unit.code, kind, clock.today(), fields, now=now, author=reader.username, office=reader.post.unit
    )
    try:
        unitfiles.record(entry, actor=reader.actor, now=now)
    except NotAllowed:
        return _page(request, reader, NOT_MINE, status=403)
    except GuituError as wrong:
        return _page(request, reader, wrong.label, status=422)
    return HttpResponseRedirect(f"/draw/?unit={unit.code}&saved={told}")


@shows("draw")
def sheet(request: HttpRequest, draw: UUID) -> HttpResponse:
    """The sheet by which anybody checks a draw whose seed is revealed."""
    reader = _who(request)
    one = _one(reader, draw)
    made = draws.sheet(one, clock.today())
    if made is None:
        raise Http404(draw)
    noted(request, "export", (), detail=f"draw {one.id} lots={len(made.lots)}")
    response = HttpResponse(made.json(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="draw-{one.unit.code}-{one.terms.first:%Y-%m}.json"'
    )
    return response


def _one(reader: Who, identifier: UUID) -> Draw:
    """The draw of that id, of an office in the reader's area or above it."""
    home = home_of(reader, tree())
    office = draws.office_of(home)
    units = [office] if office else [u for u in tree().subtree(home) if u.level == draws.OFFICE]
    for unit in units:
        for one in draws.draws(unit):
            if one.id == identifier:
                return one
    raise Http404(identifier)
