"""Collects a unit: its figures, its staff, and the branches below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.access import Actor
from guitu.kernel.labels import Label, many
from guitu.store import read, unitfiles
from guitu.store.read import desk
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.page import show, shows
from guitu.web.pages.today.choices import unit_in_area
from guitu.web.pages.units import build
from guitu.web.pages.units.build import Reader
from guitu.web.pages.units.page import FILE, UNTOLD, VACANT, Below, Found, Person, UnitPage
from guitu.web.who import Who, who

LONGEST = 60


@shows("units")
def units(request: HttpRequest) -> HttpResponse:
    """The reader's own unit; or what a search found."""
    reader = _reader(request)
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    sees = Reader.of(reader)
    if not text:
        return show(request, _unit(request, sees, sees.home, reader.actor))
    found, total = build.search(sees, text, clock.today())
    if total == 1:
        return HttpResponseRedirect(found[0].href)
    empty = None
    if total == 0:
        summary = Label(f"没有找到“{text}”", f"No match for “{text}”")
        empty = Empty(
            Label(
                "可换名称的一部分、拼音、首字母或单位代码再找。",
                "Try part of the name, pinyin, initials or the unit's code.",
            ),
            (Button(Label("回到本单位", "Back to this unit"), href="/units/"),),
        )
    elif total > len(found):
        summary = Label(
            f"找到 {total} 个单位 · 显示 {len(found)}", f"{total} units found · {len(found)} shown"
        )
    else:
        summary = Label(f"找到 {total} 个单位", f"{total} units found")
    return show(request, Found(text, found, summary, empty))


@shows("units")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit in the reader's area."""
    reader = _reader(request)
    return show(request, _unit(request, Reader.of(reader), unit_in_area(reader, code, tree()), reader.actor))


@shows("units")
def below(request: HttpRequest, code: str) -> HttpResponse:
    """The branches under one unit, fetched when it is unfolded."""
    reader = _reader(request)
    here = unit_in_area(reader, code, tree())
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(build.address(here.code))
    day = clock.today()
    found = build.nodes(Reader.of(reader), read.unit_lines(here.code, day), day)
    told = Label(f"{here.name}：{len(found)} 个下级单位", f"{here.name}: {many(len(found), 'unit')} below")
    return show(request, Below(found, told), part="below")


def _reader(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None
    return reader


def _unit(request: HttpRequest, sees: Reader, here: Unit, actor: Actor) -> UnitPage:
    day = clock.today()
    view = read.unit_view(here.code, day)
    due = desk.duties_under([here], day).get(here.no, 0)
    staff = tuple(Person(one.name, one.role.label) for one in desk.staff_at([here]))
    return UnitPage(
        code=here.code,
        name=here.name,
        level=LEVEL_LABELS.get(here.level, here.level),
        crumbs=build.crumbs(sees, here),
        counts=build.counts(sees, view.here, due),
        measures=build.measures(sees, view),
        staff=staff,
        branches=build.branches(build.nodes(sees, view.below, day), request.path, request.GET),
        vacant=None if staff else VACANT,
        notices=build.closed_notice(here, day),
        file=Button(FILE, href=f"{build.address(here.code)}file/", look="link")
        if unitfiles.may_read(actor, here).allowed
        else None,
        untold=UNTOLD if build.untold(sees, here) else None,
    )
