"""The board: days since the last incident of each class with the near misses beside it, and what is owed now.
Above centres one line for each of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.centre import patrol as patrol_rules
from guitu.centre import safety as rules
from guitu.centre.safety import Class
from guitu.kernel.labels import Label
from guitu.store.centre import safety as store
from guitu.store.unitfiles import file_of
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.safety import chains, words
from guitu.web.pages.safety.desk import Desk
from guitu.web.pages.safety.meetings import risk_meetings
from guitu.web.pages.safety.shown import SafetyPage, Tile
from guitu.web.unchanged import while_unchanged

BESIDE = (
    ("safety.six_no", Label("指标：六无事件", "Figures: the six classes")),
    ("safety.near_misses", Label("指标：险些发生", "Figures: near misses")),
    ("rights.complaints", Label("指标：投诉", "Figures: complaints")),
)


@shows("safety")
@while_unchanged()
def safety(request: HttpRequest) -> HttpResponse:
    """The board of the reader's unit, or of one below it."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    traced = store.traced(desk.places, store.EVERYTHING)
    if desk.centres:
        return show(request, _centres(desk, traced))
    found = rules.six(traced.counted, desk.today)
    reports = chains.section(desk)
    sections = (*((reports,) if reports else ()), _owed(desk, traced), *_below(desk))
    buttons: list[Button] = []
    if desk.opens("safety_record"):
        for kind, label in (
            ("incident", Label("登记事件或险些发生的事", "Record an incident or near miss")),
            ("hazard", Label("登记隐患", "Record a hazard")),
        ):
            if desk.may(kind):
                look = "plain" if buttons else "primary"
                buttons.append(Button(label, words.record(desk.unit.code, kind), look))
    return show(
        request,
        SafetyPage(
            desk.title(words.TITLE),
            lead(found, traced.counted, desk.today.year),
            tuple(tile(one, desk) for one in found),
            desk.tabs(""),
            sections,
            tuple(buttons),
            desk.saved(),
        ),
    )


def lead(found: Iterable[Class], entries: Iterable[Entry], year: int) -> Label:
    """The board in one line."""
    some = tuple(found)
    last = min((one.days for one in some if one.days is not None), default=None)
    near = sum(
        e.get("what") == "near_miss" and e.happened_on.year == year for e in entries if e.kind == "incident"
    )
    happened = sum(one.year for one in some)
    zh = f"距上一次六类事件 {last} 天" if last is not None else "六类事件没有登记过"
    en = (
        f"{last} days since the last of the six classes"
        if last is not None
        else "none of the six classes recorded"
    )
    return Label(
        f"{zh} · 今年 {happened} 起，险些发生 {near} 起", f"{en} · this year {happened}, near misses {near}"
    )


def tile(one: Class, desk: Desk) -> Tile:
    """One class on the board."""
    return Tile(
        words.sort_label(one.sort),
        one.days,
        Label(f"上次 {one.last}", f"last {one.last}") if one.last else "",
        Label(f"今年 {one.year} 起", f"{one.year} this year"),
        Label(f"险些发生 {one.near_year} 起", f"near misses {one.near_year}"),
        desk.href("incidents", sort=one.sort),
        desk.href("incidents", sort=one.sort, what="near_miss"),
    )


def _owed(desk: Desk, traced: rules.Traced) -> Section:
    hazards = rules.first_due(rules.hazards(traced), desk.today)
    tasks = rules.first_due(rules.tasks(traced), desk.today)
    late = [sum(o.state(desk.today) == "late" for o in some) for some in (hazards, tasks)]
    drills = [e for e in traced.counted if e.kind == "drill"]
    met = risk_meetings(traced.counted)
    due = held = 0
    for unit in desk.places:
        plans = store.plans(unit, desk.today)
        if plans:
            walked = store.rounds(unit, desk.today)
            for plan in plans:
                slots = patrol_rules.day(
                    plan, walked, desk.today, desk.today, patrol_rules.minute_of(desk.now)
                )
                due += sum(slot.state in ("held", "left_out", "now") for slot in slots)
                held += sum(slot.state == "held" for slot in slots)
    facts = [
        Fact(
            Label("隐患", "Hazards"),
            Label(f"没有整改 {len(hazards)} 处，逾期 {late[0]}", f"{len(hazards)} open, {late[0]} overdue"),
            desk.href("hazards"),
        ),
        Fact(
            Label("研判事项", "Tasks of risk meetings"),
            Label(f"没有办结 {len(tasks)} 项，逾期 {late[1]}", f"{len(tasks)} open, {late[1]} overdue"),
            desk.href("meetings"),
        ),
        Fact(
            Label("今天的巡查", "Patrol today"),
            Label(f"到现在应巡 {due} 次，已巡 {held} 次", f"{due} rounds due by now, {held} walked"),
            desk.href("patrol"),
        ),
        Fact(
            Label("上次演练", "Last drill"),
            str(max(e.happened_on for e in drills)) if drills else Label("没有登记", "None recorded"),
            desk.href("drills"),
        ),
        Fact(
            Label("上次研判", "Last risk meeting"),
            str(met[0].happened_on) if met else Label("没有登记", "None recorded"),
            desk.href("meetings"),
        ),
    ]
    buttons: tuple[Button, ...] = ()
    if desk.opens("indicators"):
        buttons = tuple(
            Button(label, f"/indicators/{key}/?unit={desk.unit.code}", "link") for key, label in BESIDE
        )
    return Section("owed", Label("现在要办的", "Owed now"), facts=tuple(facts), buttons=buttons)


def _below(desk: Desk) -> tuple[Section, ...]:
    """The way to the board of each brigade."""
    some = [unit for unit in desk.places if unit.no != desk.unit.no]
    if not some:
        return ()
    links = tuple(Button(desk.short(unit), words.address("", unit.code), "small") for unit in some)
    return (Section("below", Label("各大队", "Each brigade"), buttons=links, on_paper=False),)


def _centres(desk: Desk, traced: rules.Traced) -> Board:
    """One line for each centre: days since the last of each class, and what is beside it."""
    rows = []
    every = rules.hazards(traced)
    for centre in desk.centres:
        files = {file_of(unit.code) for unit in tree().subtree(centre)}
        found = rules.six([e for e in traced.counted if e.file in files], desk.today)
        late = sum(o.state(desk.today) == "late" for o in every if o.entry.file in files)
        cells = tuple(
            Cell(
                Label(f"{one.days} 天", f"{one.days} d") if one.days is not None else "—",
                sub=Label(f"险 {one.near_year}", f"near {one.near_year}") if one.near_year else "",
            )
            for one in found
        )
        rows.append(
            Row(
                (
                    Cell(centre.name, words.address("", centre.code)),
                    *cells,
                    str(sum(one.year for one in found)),
                    str(sum(one.near_year for one in found)),
                    str(late),
                )
            )
        )
    table = Table(
        Label(
            "距上一次的天数，下面是今年险些发生的", "Days since the last; below, the near misses of this year"
        ),
        (
            Column(Label("场所", "Centre"), phone="lead"),
            *(Column(words.SHORT[sort], numeric=True) for sort in rules.SIX),
            Column(Label("今年", "This year"), numeric=True),
            Column(Label("险些", "Near"), numeric=True),
            Column(Label("隐患逾期", "Late hazards"), numeric=True),
        ),
        tuple(rows),
        (
            Label(f"{len(rows)} 个场所", f"{len(rows)} centres"),
            Label("“—”为没有登记过", "“—”: none recorded"),
        ),
        id="centre-list",
        wide=True,
    )
    buttons: tuple[Button, ...] = ()
    if desk.opens("indicators"):
        buttons = tuple(Button(label, f"/indicators/{key}/", "link") for key, label in BESIDE)
    found = rules.six(traced.counted, desk.today)
    says = (
        Label(
            "险些发生的多，不等于更不安全：登记得多，往往是因为有人看、有人说。",
            "Many near misses do not mean less safety: where somebody looks and speaks, more is recorded.",
        ),
    )
    return Board(
        desk.title(words.TITLE),
        lead(found, traced.counted, desk.today.year),
        (Section("centres", Label("各场所", "Each centre"), table, says=says),),
        buttons=buttons,
        tabs=desk.tabs(""),
    )
