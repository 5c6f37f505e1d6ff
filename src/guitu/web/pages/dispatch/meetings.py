"""Meetings: how regular they are, one meeting with the pack frozen for it, what it decided, and what earlier
ones had left open."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.access.packs import may as may_pack
from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.levels import meetings as rules
from guitu.levels import tasks as task_rules
from guitu.levels.tasks import Task
from guitu.store.levels import meetings as store
from guitu.store.levels import reading
from guitu.store.levels import tasks as task_store
from guitu.store.levels.reorganising import former
from guitu.store.packs import Fixed
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.inside.unit_form import UnitForm
from guitu.web.page import show, shows
from guitu.web.pages.dispatch import words
from guitu.web.pages.dispatch.view import MEET, SORTS, terms_by, way_down
from guitu.web.pages.dispatch.words import address, area_of
from guitu.web.then import beside, with_then

SHOWN: Final = 36
HELD: Final = Label("会议", "Meetings")


@shows("dispatch")
def listing(request: HttpRequest) -> HttpResponse:
    """The unit's meetings, and how regular those below meet."""
    area = area_of(request)
    units = [area.unit, *(u for u in tree().children(area.unit) if u.level in MEET)]
    found = store.meetings(units)
    mine = found.get(area.unit.code, ())
    regular = {one.sort: one for one in rules.held(mine, area.today)}
    buttons: tuple[Button, ...] = ()
    if area.may("meeting"):
        buttons = (
            Button(Label("登记会议", "Record a meeting"), address("meetings/new", area.code), "primary"),
        )
    zh = "，".join(f"{SORTS[s].zh} {one.held}/{one.periods}" for s, one in regular.items() if one.periods)
    en = ", ".join(f"{SORTS[s].en} {one.held}/{one.periods}" for s, one in regular.items() if one.periods)
    sections = [Section("held", HELD, _held(area, mine))]
    missing = [one for one in regular.values() if one.missing]
    if missing:
        sections[0:0] = [_missing(missing)]
    if len(units) > 1:
        sections.append(_regular(area, units, found))
    page = Board(
        area.title(HELD),
        Label(zh or "还没有登记过会议", en or "No meeting is recorded yet"),
        tuple(sections),
        crumbs=way_down(area, "meetings"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("meetings", area.code),
    )
    return show(request, page)


def _missing(some: list[rules.Held]) -> Section:
    facts = []
    for one in some:
        said = [rules.period_text(one.sort, first) for first in one.missing]
        facts.append(Fact(SORTS[one.sort], Label("、".join(said), ", ".join(said))))
    return Section(
        "missing",
        Label("没有开会的期间", "Periods without a meeting"),
        facts=tuple(facts),
        says=(
            Label(
                "从第一次会议所在的期间算起；多久开一次由本单位定，没有法律规定。",
                "From the period of the first meeting on. How often an office meets is its own: no article"
                " says it.",
            ),
        ),
    )


def _held(area: Area, mine: tuple[Entry, ...]) -> Table:
    rows = []
    decided: dict[str, list[Task]] = {}
    meetings = reading.of_one(area.unit, {rules.MEETING})
    if mine:
        traced = reading.of_one(area.unit, task_rules.KINDS)
        for task in task_rules.tasks(area.unit.code, traced):
            decided.setdefault(str(task.entry.get("meeting") or ""), []).append(task)
    names = former([area.unit])
    for entry in mine[:SHOWN]:
        root = meetings.first(entry.id)
        own = decided.get(root, [])
        done = sum(t.closed is not None for t in own)
        pack = store.pack_of(entry)
        rows.append(
            Row(
                (
                    Cell(
                        entry.happened_on.isoformat(),
                        f"{words.ROOT}meetings/{area.unit.code}/{root}/",
                        sub=beside(names.on(area.unit.code, entry.happened_on)),
                    ),
                    words.choice(entry, "sort"),
                    str(entry.get("chaired_by") or words.NOBODY),
                    str(entry.get("people") or words.NOBODY),
                    pack.number if pack else Label("没有附", "none"),
                    Label(f"{len(own)} 件，办结 {done}", f"{len(own)}, {done} closed")
                    if own
                    else words.NOBODY,
                )
            )
        )
    return Table(
        HELD,
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("会议", "Which")),
            Column(Label("主持人", "Chaired by")),
            Column(Label("参加", "Present"), numeric=True, unit=Label("人", "people")),
            Column(Label("所依据的月报", "The pack it dealt with")),
            Column(Label("议定事项", "Tasks decided")),
        ),
        tuple(rows),
        (Label(f"共 {len(mine)} 次", f"{len(mine)} in all"),),
        empty=None if rows else Empty(Label("还没有登记过会议。", "No meeting is recorded yet.")),
        id="meeting-list",
        hide_caption=True,
    )


def _regular(area: Area, units: list[Unit], found: dict[str, tuple[Entry, ...]]) -> Section:
    rows = []
    for unit in units[1:]:
        mine = found.get(unit.code, ())
        said = {one.sort: one for one in rules.held(mine, area.today)}
        rows.append(
            Row(
                (
                    Cell(unit.name, address("meetings", unit.code)),
                    *(_share(said[sort]) for sort in SORTS),
                    mine[0].happened_on.isoformat() if mine else words.NOBODY,
                )
            )
        )
    heading = Label("下级单位开会情况", "How units below meet")
    table = Table(
        heading,
        (
            Column(words.UNIT, phone="lead"),
            *(Column(label) for label in SORTS.values()),
            Column(Label("最近一次", "Last")),
        ),
        tuple(rows),
        (Label("开了的期间／已过的期间", "periods with a meeting / periods over"),),
        id="regular-list",
        hide_caption=True,
    )
    return Section("regular", heading, table)


def _share(one: rules.Held) -> str:
    return f"{one.held}/{one.periods}" if one.periods else words.NOBODY


@shows("dispatch")
def new(request: HttpRequest) -> HttpResponse:
    """A meeting that was held, with the pack it dealt with."""
    area = area_of(request)
    some = tuple(
        Option(str(p.id), Label(f"{SORTS[p.kind].zh} {p.number}", f"{SORTS[p.kind].en} {p.number}"))
        for p in store.ready(area.unit)
    )
    none = Option("", Label("没有定稿的月报", "No pack was fixed"))
    form = UnitForm(
        "meeting", area.unit, address("meetings/new", area.code), address("meetings", area.code),
        title=Label("登记会议", "Record a meeting"),
        options={"pack": (*some, none), "sort": tuple(Option(n, label) for n, label in SORTS.items())},
        typed={"sort": "month", "pack": some[0].value if some else ""},
        crumbs=words.crumbs(area, Crumb(HELD, address("meetings", area.code))),
    )  # fmt: skip
    return form.answer(area)


def _one(request: HttpRequest, code: str, identifier: UUID) -> tuple[Area, Entry, str]:
    area = area_of(request, code)
    traced = reading.of_one(area.unit, {rules.MEETING})
    root = traced.first(identifier)
    found = next((e for e in traced.counted if traced.first(e.id) == root), None)
    if found is None or found.get("sort") not in rules.MONTHS:
        raise Http404(str(identifier))
    return area, found, root


@shows("dispatch")
def one(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One meeting."""
    area, entry, root = _one(request, code, identifier)
    traced = reading.of_one(area.unit, task_rules.KINDS)
    every = task_rules.tasks(area.unit.code, traced)
    every = task_store.of(area.unit, traced, {tree().get(t.owner) for t in every} - {None})  # type: ignore[arg-type]
    own = tuple(t for t in every if str(t.entry.get("meeting")) == root)
    before = tuple(
        t for t in task_rules.most_pressing(every, entry.happened_on)
        if t not in own and t.entry.happened_on < entry.happened_on
    )  # fmt: skip
    terms = terms_by(task_store.Tasks(area.unit, _terms(area.unit), (), (), ()), every)
    buttons = []
    if area.may("action_decided"):
        href = address("tasks/new", area.unit.code, meeting=root)
        buttons.append(Button(Label("加一件议定事项", "Add a task"), href, "primary"))
    if area.opens("unit_record") and area.may("meeting"):
        href = f"/units/{area.unit.code}/file/correct/{entry.id}/"
        buttons.append(Button(Label("更正会议登记", "Correct it"), href, "small"))
    page = Board(
        Label(f"{entry.happened_on} {words.choice(entry, 'sort').say('zh')}",  # type: ignore[union-attr]
              f"{words.choice(entry, 'sort').say('en')} of {entry.happened_on}"),  # type: ignore[union-attr]
        Label(f"议定 {len(own)} 件；以前议定、当时没有办结的 {len(before)} 件",
              f"{len(own)} tasks decided; {len(before)} of before were still open then"),
        (
            Section("meeting", Label("会议", "The meeting"), facts=_facts(area, entry)),
            Section("decided", Label("议定事项", "Tasks decided"), _table(area, own, terms, "own-list")),
            Section("carried",
                    Label("带到会上的：以前议定、当时没有办结",
                          "Carried to it: decided before, still open then"),
                    _table(area, before, terms, "carried-list")),
        ),
        crumbs=words.crumbs(area, Crumb(HELD, address("meetings", area.code))),
        buttons=tuple(buttons),
        notices=area.saved(),
    )  # fmt: skip
    return show(request, page)


def _terms(unit: Unit) -> dict[str, task_rules.Terms]:
    found = reading.traced([*reading.above(unit), unit], {task_rules.TERMS})
    return {c: set_ for c, one in found.items() if (set_ := task_rules.terms_of(one.counted, c))}


def _table(area: Area, some: tuple[Task, ...], terms: dict[str, task_rules.Terms], name: str) -> Table:
    nothing = Label("没有。", "None.")
    return words.task_table(area, some, terms, Label("事项", "Tasks"), name, nothing)


def _facts(area: Area, entry: Entry) -> tuple[Fact, ...]:
    pack = store.pack_of(entry)
    if pack is None:
        fact = Fact(
            Label("所依据的月报", "The pack it dealt with"), Label("没有附定稿的月报", "No pack was fixed")
        )
    else:
        fact = Fact(Label("所依据的月报", "The pack it dealt with"), _said(pack), _href(area, pack))
    then = former([area.unit]).on(area.unit.code, entry.happened_on)
    return (
        Fact(words.UNIT, with_then(area.unit.name, then)),
        fact,
        Fact(Label("主持人", "Chaired by"), str(entry.get("chaired_by") or words.NOBODY)),
        Fact(Label("参加人数", "People present"), str(entry.get("people") or words.NOBODY)),
        Fact(Label("会议要点", "What was said"), str(entry.get("minutes") or words.NOBODY)),
    )


def _said(pack: Fixed) -> Label:
    return Label(
        f"{pack.number}，{pack.first} 至 {pack.last}，摘要 {pack.digest[:8]}",
        f"{pack.number}, {pack.first} to {pack.last}, digest {pack.digest[:8]}",
    )


def _href(area: Area, pack: Fixed) -> str:
    opens = area.opens("packs") and may_pack(area.actor, "read", pack.unit.path).allowed
    return f"/packs/{pack.id}/" if opens else ""
