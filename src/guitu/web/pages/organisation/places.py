"""Places on a watch list, model programmes and their places, and what became of units."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label, spanned
from guitu.levels import organisation as rules
from guitu.levels.organisation import Listing, Site
from guitu.store.levels import organisation as store
from guitu.store.levels.organisation import Programme
from guitu.store.units import LEVEL_LABELS, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.dispatch.words import area_of, name_of
from guitu.web.pages.organisation import changing, words
from guitu.web.pages.organisation.view import record, way_down
from guitu.web.pages.organisation.words import (
    CHANGE_COLUMNS,
    NO_CHANGE,
    NOBODY,
    STAY_AS_THEY_WERE,
    address,
    choice,
    said,
)

MODELS: Final = Label("示范创建", "Model places")


@shows("organisation")
def watch(request: HttpRequest) -> HttpResponse:
    """The watch list of an area, with the days."""
    area = area_of(request)
    found = store.listings(area.unit)
    standing = [one for one in found if one.ended is None]
    buttons: tuple[Button, ...] = ()
    if area.may("watch_status"):
        label = Label("登记列入、移出", "Record a listing or removal")
        buttons = (Button(label, record("watch_status", area), "primary"),)
    heading = Label("重点关注", "Watch list")
    rows = tuple(_listing(area, one) for one in found)
    table = Table(
        heading,
        (
            Column(Label("地方", "Place"), phone="lead"),
            Column(Label("哪一种", "Which list")),
            Column(Label("列入", "Listed")),
            Column(Label("移出（摘帽）", "Taken off")),
            Column(Label("历时", "For")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(rows)} 次", f"{len(rows)} listings"),),
        empty=None
        if rows
        else Empty(Label("没有登记过列入重点关注。", "No listing on a watch list is recorded.")),
        id="watch-list",
        hide_caption=True,
    )
    page = Board(
        area.title(heading),
        Label(f"现仍在名单上 {len(standing)} 处", f"{len(standing)} on a list now"),
        (Section("watch", heading, table),),
        crumbs=way_down(area, "watch"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("watch", area.code),
    )
    return show(request, page)


def _listing(area: Area, one: Listing) -> Row:
    since, ended = one.since, one.ended
    days = ((ended.happened_on if ended else area.today) - since.happened_on).days
    state = Word("gap", Label("在名单上", "On the list")) if ended is None else Word(
        "done", Label("已移出", "Taken off")
    )  # fmt: skip
    href = address("watch", one.at) if area.reads(one.at) else ""
    return Row(
        (
            Cell(name_of(one.at), href),
            choice(since, "which"),
            Cell(since.happened_on.isoformat(), sub=str(since.get("paper") or "")),
            Cell(ended.happened_on.isoformat(), sub=str(ended.get("paper") or "")) if ended else NOBODY,
            Label(f"{days:,} 天", f"{days:,} days"),
            Cell(part=state),
        )
    )


# ── model places ──────────────────────────────────────────────────────────────────────────────────


@shows("organisation")
def models(request: HttpRequest) -> HttpResponse:
    """The programmes."""
    area = area_of(request)
    found = store.programmes(area.unit)
    named = sum(site.granted_on is not None for one in found for site in one.sites)
    buttons: tuple[Button, ...] = ()
    if area.may("model_programme"):
        label = Label("部署示范创建", "Start a programme")
        buttons = (Button(label, record("model_programme", area), "primary"),)
    rows = tuple(
        Row(
            (
                Cell(said(one.entry, "name"), at(area, one)),
                choice(one.entry, "sort"),
                one.by.name,
                Label(f"{len(one.criteria)} 条", f"{len(one.criteria)}"),
                str(len(one.sites)),
                str(sum(s.granted_on is not None for s in one.sites)),
                Cell(part=_running(area, one)),
            )
        )
        for one in found
    )
    table = Table(
        MODELS,
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("对象", "Of what")),
            Column(Label("部署单位", "Run by")),
            Column(Label("标准", "Criteria"), numeric=True),
            Column(Label("申报", "Applied"), numeric=True),
            Column(Label("现已认定", "Models now"), numeric=True),
            Column(Label("状态", "State"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(rows)} 项", f"{len(rows)} programmes"),),
        empty=None
        if rows
        else Empty(
            Label(
                "还没有部署示范创建。标准由部署单位写，系统不代拟。",
                "No programme is running. Its criteria are the office's own.",
            )
        ),
        id="programme-list",
        hide_caption=True,
    )
    page = Board(
        area.title(MODELS),
        Label(f"辖区内现有示范单位 {named} 个", f"{named} model places in this area now"),
        (Section("programmes", MODELS, table),),
        crumbs=way_down(area, "models"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("models", area.code),
    )
    return show(request, page)


def _running(area: Area, one: Programme) -> Word:
    if rules.stands(one.entry, area.today):
        return Word("open", Label("进行中", "Running"))
    return Word("barred", Label("已结束", "Over"))


def at(area: Area, one: Programme) -> str:
    """Where one programme is, as seen from the area."""
    return address(f"models/{one.by.code}/{one.id}", area.code)


def found_one(request: HttpRequest, code: str, identifier: UUID) -> tuple[Area, Programme]:
    """One programme and the area it is looked at from: that of the unit that runs it, or one below it."""
    area = area_of(request)
    by = tree().get(code)
    found = next(
        (p for p in store.programmes(area.unit) if p.by.code == code and p.id == str(identifier)), None
    )
    if by is None or found is None:
        raise Http404(str(identifier))
    return area, found


@shows("organisation")
def one(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One programme: its criteria, and how far its places are."""
    area, programme = found_one(request, code, identifier)
    named = [s for s in programme.sites if s.granted_on is not None]
    buttons = []
    if rules.stands(programme.entry, area.today) and area.may("model_applied"):
        href = record("model_applied", area, programme=programme.id, by=code)
        buttons.append(Button(Label("申报", "Apply"), href, "primary"))
    if area.opens("unit_record") and area.reads(code) and area.may("model_programme", programme.by):
        href = f"/units/{code}/file/correct/{programme.entry.id}/"
        buttons.append(Button(Label("更正、结束创建", "Correct or end it"), href, "small"))
    facts = tuple(Fact(str(n), line) for n, line in enumerate(programme.criteria, 1))
    says = Label(
        f"标准由 {programme.by.name} 写，系统不代拟。", f"The criteria are those of {programme.by.name}."
    )
    page = Board(
        said(programme.entry, "name"),
        Label(
            f"{programme.by.name} 部署；申报 {len(programme.sites)} 个，现已认定 {len(named)} 个",
            f"Run by {programme.by.name}; {len(programme.sites)} applied, {len(named)} are models now",
        ),
        (
            Section("places", Label("申报的社区、学校", "Places"), _sites(area, programme)),
            Section("criteria", Label("标准", "Criteria"), facts=facts, says=(says,)),
        ),
        crumbs=words.crumbs(area, "models", MODELS),
        buttons=tuple(buttons),
        notices=area.saved(),
    )
    return show(request, page)


def judges(area: Area, programme: Programme, site: Site) -> bool:
    """Whether the reader says what came of it: the office that runs the programme, or one above it."""
    unit = tree().get(site.at)
    return (
        unit is not None
        and tree().within(programme.by, area.home)
        and tree().within(unit, area.home)
        and area.may("model_judged", unit)
    )


def _sites(area: Area, programme: Programme) -> Table:
    rows = []
    for site in programme.sites:
        last = site.steps[-1]
        act: Cell | str = ""
        if judges(area, programme, site):
            href = address(
                "record/model_judged", site.at, programme=programme.id, by=programme.by.code,
                place=str(site.steps[0].id),
            )  # fmt: skip
            act = Cell(
                part=Button(Label("考察、认定", "Judge"), href=href, look="small", describes=site.name)
            )
        gaps = str(last.get("gaps") or "")
        met = f"{last.get('met')}/{len(programme.criteria)}" if last.get("met") is not None else NOBODY
        rows.append(
            Row(
                (
                    Cell(site.name, sub=name_of(site.at)),
                    site.steps[0].happened_on.isoformat(),
                    _day(site, "visited"),
                    _day(site, "granted"),
                    Cell(met, sub=gaps),
                    Cell(part=words.stage_word(site), sub=last.happened_on.isoformat()),
                    act,
                )
            )
        )
    return Table(
        Label("申报的社区、学校", "Places"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("申报", "Applied")),
            Column(Label("考察", "Visited")),
            Column(Label("认定", "Named")),
            Column(Label("达到标准", "Criteria met")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 个", f"{len(rows)} places"),),
        empty=None if rows else Empty(Label("还没有单位申报。", "Nobody has applied yet.")),
        id="site-list",
        hide_caption=True,
    )


def _day(site: Site, outcome: str) -> str:
    return next(
        (e.happened_on.isoformat() for e in reversed(site.steps) if e.get("outcome") == outcome), NOBODY
    )


# ── what became of units ──────────────────────────────────────────────────────────────────────────


@shows("organisation")
def changes(request: HttpRequest) -> HttpResponse:
    """Units that were renamed, merged, split or moved; and those that are no longer, or not yet, at work."""
    area = area_of(request)
    found = store.changes(area.unit)
    buttons: tuple[Button, ...] = ()
    if area.may("unit_change"):
        label = Label("只登记沿革", "Record history only")
        buttons = (*changing.buttons(area), Button(label, record("unit_change", area), "link"))
    heading = Label("单位沿革", "History of units")
    rows = tuple(
        Row(
            (
                Cell(unit.name, address("changes", unit.code)),
                e.happened_on.isoformat(),
                choice(e, "what"),
                said(e, "before"),
                name_of(str(e.get("other"))) if e.get("other") else NOBODY,
                Cell(said(e, "paper"), sub=str(e.get("note") or "")),
                changing.undo_of(area, unit, e),
            )
        )
        for unit, e in found
    )
    table = Table(
        heading,
        CHANGE_COLUMNS,
        rows,
        (Label(f"共 {len(rows)} 次", f"{len(rows)} in all"),),
        empty=None if rows else Empty(NO_CHANGE),
        id="change-list",
        hide_caption=True,
    )
    bounded = [
        u for u in tree().subtree(area.unit)
        if (u.active_from and u.active_from > area.today) or (u.active_until and u.active_until < area.today)
    ]  # fmt: skip
    sections = [
        Section(
            "changes", heading, table,
            says=(STAY_AS_THEY_WERE,),
        )
    ]  # fmt: skip
    sections += changing.below(area)
    if bounded:
        facts = tuple(
            Fact(
                Label(f"{u.name}（{_level(u.level, 'zh')}）", f"{u.name} ({_level(u.level, 'en')})"),
                spanned(u.active_from or "…", u.active_until or "…"),
            )
            for u in bounded[:100]
        )
        sections.append(
            Section("bounded", Label("已停用、未启用的单位", "Units closed or not yet open"), facts=facts)
        )
    page = Board(
        area.title(heading),
        Label(f"变更 {len(rows)} 次，已停用、未启用 {len(bounded)} 个",
              f"{len(rows)} changes, {len(bounded)} units closed or not yet open"),
        tuple(sections),
        crumbs=way_down(area, "changes"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("changes", area.code),
    )  # fmt: skip
    return show(request, page)


def _level(level: str, language: str) -> str:
    label = LEVEL_LABELS.get(level)
    return label.say(language) if label is not None else level


def crumb(programme: Programme, area: Area) -> Crumb:
    """The way back to one programme."""
    return Crumb(said(programme.entry, "name"), at(area, programme))
