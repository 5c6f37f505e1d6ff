"""Changing a unit: asked first, then shown with all that moves and all that stays, then done; and undoing it.
Decides nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.casefile import Entry
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.organisation import CHANGE
from guitu.store import unitfiles
from guitu.store.levels import reorganising as store
from guitu.store.levels.reorganising import Change, Concerned
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Form, Section
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.dispatch.words import area_of
from guitu.web.pages.organisation import shown
from guitu.web.pages.organisation.shown import SURE, WAYS, Choices, One
from guitu.web.pages.organisation.words import address
from guitu.web.pages.units.build import closed


def changes(area: Area) -> bool:
    """Whether the reader changes the unit that is looked at."""
    return area.opens("units_change") and store.may(area.actor, area.unit).allowed


def buttons(area: Area) -> tuple[Button, ...]:
    """What can be done with the unit that is looked at."""
    if not changes(area) or not area.unit.at_work(area.today):
        return ()
    return tuple(
        Button(label, href=address(f"change/{way}", area.code), look="plain")
        for way, (label, _) in WAYS.items()
    )


def below(area: Area) -> tuple[Section, ...]:
    """The units directly below, for whoever may change them: the way to each."""
    if not area.opens("units_change"):
        return ()
    some = [u for u in tree().children(area.unit) if store.may(area.actor, u).allowed]
    if not some:
        return ()
    heading = Label("变更下级单位", "Change a unit below")
    rows = []
    for unit in some:
        word = closed(unit, area.today)
        rows.append(
            Row(
                (
                    Cell(unit.name, address("changes", unit.code)),
                    LEVEL_LABELS.get(unit.level, unit.level),
                    unit.code,
                    Cell(part=word) if word else "",
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("单位", "Unit"), phone="lead"),
            Column(Label("层级", "Level")),
            Column(Label("编码", "Code")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 个", f"{len(rows)} units"),),
        id="below-list",
        hide_caption=True,
    )
    says = Label(
        "打开一个单位，再更名、并入、分出或者停用。", "Open a unit to rename, merge, split or close it."
    )
    return (Section("below", heading, table, says=(says,)),)


def undo_of(area: Area, unit: Unit, entry: Entry) -> Cell | str:
    """The way to undo a change that changed the tree."""
    if entry.source != store.BY or not area.opens("units_change"):
        return ""
    other = tree().get(str(entry.get("other") or ""))
    if not all(store.may(area.actor, u).allowed for u in (unit, *((other,) if other else ()))):
        return ""
    href = address(f"changes/{unit.code}/{entry.id}/undo", area.code)
    return Cell(part=Button(Label("撤销", "Undo"), href=href, look="small", describes=unit.name))


@shows("units_change")
def change(request: HttpRequest, way: str) -> HttpResponse:
    """Ask, show what moves, and do it."""
    area = area_of(request)
    if way not in WAYS or not changes(area):
        raise Http404(way)
    found = store.concerned(area.unit, area.today)
    asked = _asked(area, way)
    if request.method != "POST":
        return show(request, _form(area, way, found, str(area.new_id()), None))
    identifier = area.identifier()
    try:
        if area.asked(SURE) != "1":
            if unitfiles.unit_file(area.unit).entry(identifier) is None:
                store.checked(asked, found, area.today)
            return show(request, shown.confirm(_one(area), asked, found, str(identifier)))
        moved = store.carry_out(asked, identifier, actor=area.actor, now=area.now)
    except GuituError as wrong:
        page = _form(area, way, found, str(identifier), wrong)
        return show(request, page, status=422)
    _noted(request, area, moved, f"units {way} {area.unit.code}")
    above = tree().ancestors(area.unit)[-2]
    back = "" if above.no == area.home.no else above.code
    return HttpResponseRedirect(address("changes", back, saved=CHANGE))


def _noted(request: HttpRequest, area: Area, moved: tuple[int, ...], detail: str) -> None:
    decision = access.decide(area.actor, "list", access.Target(area.unit.path))
    noted(request, "record", moved, LISTED, decision, detail=detail)


def _asked(area: Area, way: str) -> Change:
    words_ = area.asked("workers").replace("，", "、").replace(",", "、").split("、")
    other = tree().get(area.asked("other"))
    if way == "merged" and other not in store.others(area.unit, area.home, area.today):
        other = None
    if way == "split" and other not in store.parents(area.unit, area.home, area.today):
        other = None
    return Change(
        area.unit, way,
        name=" ".join(area.asked("name").split()) if way in ("renamed", "split") else "",
        other=other if way in ("merged", "split") else None,
        code=area.asked("code").upper() if way == "split" else "",
        workers=tuple(dict.fromkeys(w.strip() for w in words_ if w.strip())) if way == "split" else (),
        paper=area.asked("paper")[:100],
        note=area.asked("note")[:500],
    )  # fmt: skip


def _where(unit: Unit) -> str:
    return " ".join(u.name for u in tree().ancestors(unit)[-2:])


def _one(area: Area) -> One:
    return One(area.unit, area.code, area.request.POST if area.request.method == "POST" else area.request.GET)


def _form(area: Area, way: str, found: Concerned, identifier: str, wrong: GuituError | None) -> Form:
    parents = store.parents(area.unit, area.home, area.today) if way == "split" else ()
    into = store.others(area.unit, area.home, area.today) if way == "merged" else ()
    choices = Choices(tuple(parents), tuple((u.code, _where(u)) for u in into))
    return shown.form(_one(area), way, found, choices, identifier, wrong)


@shows("units_change")
def undo(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """Show what undoing a change brings back, and do it."""
    area = area_of(request)
    at = tree().get(code)
    if at is None or not tree().within(at, area.home) or not store.may(area.actor, at).allowed:
        raise Http404(code)
    file = unitfiles.unit_file(at)
    entry = file.entry(identifier)
    if entry is None or entry.kind != CHANGE:
        raise Http404(str(identifier))
    back = address("changes", area.code)
    fresh = area.identifier() if request.method == "POST" else area.new_id()
    if request.method == "POST" and file.entry(fresh) is not None:
        return HttpResponseRedirect(back)
    if file.view is None or entry.id in file.view.case_file.status():
        raise Http404(str(identifier))
    wrong: GuituError | None = None
    found: store.Undoing | None = None
    try:
        found = store.undoable(at, entry, area.today)
        if request.method == "POST":
            moved = store.undo(found, area.asked("reason")[:500], fresh, actor=area.actor, now=area.now)
            _noted(request, area, moved, f"units undo {at.code}")
            return HttpResponseRedirect(back)
    except GuituError as refused:
        wrong = refused
    return show(
        request,
        shown.undoing(_one(area), at, entry, found, wrong, str(fresh)),
        status=422 if wrong and request.method == "POST" else 200,
    )
