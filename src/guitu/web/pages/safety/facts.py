"""Incidents with the reports made, hazards with owner and day, drills with their lessons: lists of what the
units recorded, and the ways to record more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.casefile.traced import Traced
from guitu.centre import safety as rules
from guitu.centre.safety import SIX, Owed
from guitu.centre.times import words as time_words
from guitu.kernel.labels import Label
from guitu.store.centre import safety as store
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.safety import chains, words
from guitu.web.pages.safety.desk import Desk

MOST: Final = 200
"""Lines of a list; what is older stands in the units' own files."""
LATELY: Final = timedelta(days=365)
NOT_COVERED: Final = Label(
    "死亡和脱逃的报告有法律依据，在本人档案里办理。其他几类应当报给谁、多久，没有核实到条文，这里不作规定，"
    "只登记已经作出的报告；传染病另按医疗中心的报告时限。",
    "Reports of a death and of an escape rest on law and are made in that person's file. To whom and how soon"
    " the other classes are reported was not found in any article read, so nothing is demanded here and what"
    " was reported is recorded; infectious diseases have their own clocks in the medical centre.",
)


@shows("safety")
def incidents(request: HttpRequest) -> HttpResponse:
    """What happened and what nearly did, with the reports that were made."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    traced = store.traced(desk.places, store.INCIDENTS)
    sort, what = desk.asked("sort"), desk.asked("what")
    found = [
        e
        for e in reversed(traced.counted)
        if e.kind == "incident" and sort in ("", e.get("sort")) and what in ("", e.get("what"))
    ]
    happened = sum(e.get("what") == "happened" and e.get("sort") in SIX for e in found)
    near = sum(e.get("what") == "near_miss" for e in found)
    buttons = []
    if desk.opens("safety_record") and desk.may("incident"):
        buttons.append(
            Button(
                Label("登记事件", "Record an incident"), words.record(desk.unit.code, "incident"), "primary"
            )
        )
    if sort or what:
        buttons.append(Button(Label("看全部", "See all"), desk.href("incidents")))
    else:
        buttons.append(
            Button(Label("只看险些发生的", "Near misses only"), desk.href("incidents", what="near_miss"))
        )
    lead = Label(
        f"六类事件 {happened} 起 · 险些发生 {near} 起",
        f"{happened} of the six classes · {near} near misses",
    )
    if sort in SIX:
        said = words.sort_label(sort)
        lead = Label(
            f"{said.zh}：{happened} 起，险些发生 {near} 起", f"{said.en}: {happened}, near misses {near}"
        )
    sections = [
        Section(
            "incidents",
            Label("事件", "Incidents"),
            _incidents(desk, traced, found),
            says=(NOT_COVERED,),
        )
    ]
    owed = chains.section(desk)
    if owed is not None:
        sections.insert(0, owed)
    return show(
        request,
        Board(
            desk.title(Label("事件", "Incidents")),
            lead,
            tuple(sections),
            buttons=tuple(buttons),
            notices=desk.saved(),
            tabs=desk.tabs("incidents"),
        ),
    )


def _incidents(desk: Desk, traced: Traced, found: list[Entry]) -> Table:
    reports: dict[str, list[Entry]] = {}
    for entry in traced.counted:
        if entry.kind == "incident_reported":
            reports.setdefault(traced.first(entry.get("to")), []).append(entry)
    rows = []
    for entry in found[:MOST]:
        unit = desk.unit_of(entry)
        made = reports.get(traced.first(entry.id), [])
        said = [words.choice(e, "to_whom") for e in made]
        zh = "、".join(_zh(one) for one in said)
        en = ", ".join(_en(one) for one in said)
        told = [f"{e.happened_on} {time_words(e.get('told_at'))} {e.get('by')}" for e in made]
        times = Label("；".join(told), "; ".join(told)) if told else ""
        act: Cell | str = ""
        if desk.opens("safety_record") and desk.may("incident_reported", unit):
            act = Cell(
                part=Button(
                    Label("登记报告", "Record a report"),
                    words.record(unit.code, "incident_reported", to=str(entry.id)),
                    "small",
                )
            )
        rows.append(
            Row(
                (
                    Cell(entry.happened_on.isoformat(), strong=True),
                    Cell(words.choice(entry, "sort"), sub=str(entry.get("note") or "")),
                    words.choice(entry, "what"),
                    desk.short(unit),
                    Cell(Label(zh, en), sub=times) if said else "—",
                    act,
                ),
                id=f"incident-{entry.id}",
            )
        )
    return Table(
        Label("事件和险些发生的事件", "Incidents and near misses"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("类别", "Class"), phone="bare"),
            Column(Label("是否发生", "Did it happen")),
            Column(words.UNIT),
            Column(Label("已报告", "Reported to")),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(found)} 件", f"{len(found)} entries"), Label("最近的在前", "latest first")),
        empty=Empty(Label("没有登记。险些发生的也要登记。", "None recorded. Near misses are recorded too.")),
        id="incident-list",
    )


def _zh(text: object) -> str:
    return text.zh if isinstance(text, Label) else str(text)


def _en(text: object) -> str:
    return text.en if isinstance(text, Label) else str(text)


@shows("safety")
def hazards(request: HttpRequest) -> HttpResponse:
    """Hazards that are open, the longest overdue first; and what was removed lately."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    every = rules.hazards(store.traced(desk.places, rules.OF_HAZARDS))
    todo = rules.first_due(every, desk.today)
    late = sum(o.state(desk.today) == "late" for o in todo)
    ended = [o for o in every if o.closed is not None and o.closed.happened_on > desk.today - LATELY]
    in_time = sum(o.closed is not None and o.closed.happened_on <= o.first_due for o in ended)
    ended.sort(key=lambda o: o.closed.happened_on if o.closed else o.due, reverse=True)
    buttons = []
    if desk.opens("safety_record") and desk.may("hazard"):
        buttons.append(
            Button(Label("登记隐患", "Record a hazard"), words.record(desk.unit.code, "hazard"), "primary")
        )
    return show(
        request,
        Board(
            desk.title(Label("隐患", "Hazards")),
            Label(
                f"没有整改的 {len(todo)} 处，其中逾期 {late} 处 · 一年内销号 {len(ended)} 处，"
                f"按最初期限 {in_time} 处",
                f"{len(todo)} open, {late} of them overdue · {len(ended)} removed within a year, {in_time} of"
                " them by the day set first",
            ),
            (
                Section("open", Label("没有整改的", "Open"), _open(desk, todo)),
                Section("removed", Label("一年内销号的", "Removed within a year"), _removed(desk, ended)),
            ),
            buttons=tuple(buttons),
            notices=desk.saved(),
            tabs=desk.tabs("hazards"),
        ),
    )


def owner_due(owed: Owed) -> Cell:
    """By when, with the days it had before."""
    sub: Text = ""
    if owed.moved:
        sub = Label(
            f"最初 {owed.first_due}，延期 {len(owed.moved)} 次",
            f"first {owed.first_due}, postponed {len(owed.moved)} times",
        )
    return Cell(owed.due.isoformat(), sub=sub)


def _open(desk: Desk, todo: Iterable[Owed]) -> Table:
    rows = []
    for owed in todo:
        entry, unit = owed.entry, desk.unit_of(owed.entry)
        meanwhile = next(
            (str(e.get("meanwhile")) for e in reversed((entry, *owed.moved)) if e.get("meanwhile")), ""
        )
        said = str(entry.get("what") or "")
        act: Cell | str = ""
        if desk.opens("safety_record") and desk.may("hazard_closed", unit):
            act = Cell(
                part=Button(
                    Label("销号", "Removed"),
                    words.record(unit.code, "hazard_closed", to=str(entry.id)),
                    "small",
                    describes=str(entry.get("place") or ""),
                )
            )
        rows.append(
            Row(
                (
                    Cell(str(entry.get("place") or "—"), sub=words.choice(entry, "sort"), strong=True),
                    Cell(
                        said,
                        sub=Label(f"整改前：{meanwhile}", f"Until then: {meanwhile}") if meanwhile else "",
                    ),
                    desk.short(unit),
                    str(entry.get("owner") or "—"),
                    owner_due(owed),
                    Cell(part=words.state_word(owed.state(desk.today), (desk.today - owed.due).days)),
                    act,
                    _postpone(desk, owed),
                ),
                id=f"hazard-{entry.id}",
            )
        )
    return Table(
        Label("没有整改的隐患", "Open hazards"),
        (
            Column(Label("地点", "Where"), phone="lead"),
            Column(Label("情况", "What is wrong"), phone="bare"),
            Column(words.UNIT),
            Column(Label("责任人", "Whose")),
            Column(Label("期限", "By when")),
            Column(Label("状态", "State"), phone="bare"),
            Column(words.ACT, phone="act", hide_label=True),
            Column(Label("延期", "Postpone"), phone="bare", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 处", f"{len(rows)} open"), Label("逾期最久的在前", "longest overdue first")),
        empty=Empty(Label("没有未整改的隐患。", "No hazard is open.")),
        id="hazard-list",
    )


def _postpone(desk: Desk, owed: Owed) -> Cell | str:
    unit = desk.unit_of(owed.entry)
    if not (desk.opens("safety_record") and desk.may("hazard_moved", unit)):
        return ""
    href = words.record(unit.code, "hazard_moved", to=str(owed.entry.id))
    return Cell(
        part=Button(Label("延期", "Postpone"), href, "small", describes=str(owed.entry.get("place") or ""))
    )


def _removed(desk: Desk, ended: list[Owed]) -> Table:
    rows = []
    for owed in ended[:MOST]:
        assert owed.closed is not None
        after = (owed.closed.happened_on - owed.first_due).days
        word = Label("按期", "in time")
        if after > 0:
            word = Label(f"晚于最初期限 {after} 天", f"{after} days after the day set first")
        rows.append(
            Row(
                (
                    Cell(
                        str(owed.entry.get("place") or "—"), sub=words.choice(owed.entry, "sort"), strong=True
                    ),
                    str(owed.closed.get("done") or "—"),
                    desk.short(desk.unit_of(owed.entry)),
                    str(owed.entry.get("owner") or "—"),
                    str(owed.closed.get("checked_by") or "—"),
                    Cell(owed.closed.happened_on.isoformat(), sub=word),
                )
            )
        )
    return Table(
        Label("销号的隐患", "Hazards removed"),
        (
            Column(Label("地点", "Where"), phone="lead"),
            Column(Label("做了什么", "What was done"), phone="bare"),
            Column(words.UNIT),
            Column(Label("责任人", "Whose")),
            Column(Label("复核人", "Checked by")),
            Column(Label("销号日期", "Removed on")),
        ),
        tuple(rows),
        (Label(f"共 {len(ended)} 处", f"{len(ended)} removed"),),
        empty=Empty(Label("一年内没有销号的隐患。", "None was removed within a year.")),
        id="removed-list",
    )


@shows("safety")
def drills(request: HttpRequest) -> HttpResponse:
    """Drills with what was learnt, the latest first."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    found = [e for e in reversed(store.traced(desk.places, store.DRILLS).counted) if e.kind == "drill"]
    year = [e for e in found if e.happened_on > desk.today - LATELY]
    unannounced = sum(e.get("announced") == "no" for e in year)
    rows = []
    for entry in found[:MOST]:
        n = {name: entry.get(name) or 0 for name in ("staff", "residents", "minutes")}
        how = words.choice(entry, "announced")
        act: Cell | str = ""
        unit = desk.unit_of(entry)
        if desk.opens("safety_record") and desk.may("hazard", unit):
            href = words.record(unit.code, "hazard", found_by="drill")
            act = Cell(part=Button(Label("转为隐患", "Make a hazard"), href, "small"))
        rows.append(
            Row(
                (
                    Cell(entry.happened_on.isoformat(), strong=True),
                    Cell(
                        words.choice(entry, "sort"),
                        sub=Label(f"事先通知：{_zh(how)}", f"announced: {_en(how)}"),
                    ),
                    desk.short(unit),
                    Cell(
                        Label(f"{n['staff']}＋{n['residents']}", f"{n['staff']} + {n['residents']}"),
                        sub=Label(f"{n['minutes']} 分钟", f"{n['minutes']} min"),
                    ),
                    str(entry.get("lessons") or "—"),
                    str(entry.get("again_on") or "—"),
                    act,
                )
            )
        )
    table = Table(
        Label("演练", "Drills"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("内容", "What for"), phone="bare"),
            Column(words.UNIT),
            Column(Label("工作人员＋戒毒人员", "Staff + residents")),
            Column(Label("问题和教训", "What was learnt"), phone="bare"),
            Column(Label("下次", "Next")),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(found)} 次", f"{len(found)} drills"),),
        empty=Empty(Label("还没有登记演练。", "No drill is recorded yet.")),
        id="drill-list",
    )
    buttons: tuple[Button, ...] = ()
    if desk.opens("safety_record") and desk.may("drill"):
        href = words.record(desk.unit.code, "drill")
        buttons = (Button(Label("登记演练", "Record a drill"), href, "primary"),)
    return show(
        request,
        Board(
            desk.title(Label("演练", "Drills")),
            Label(
                f"一年内 {len(year)} 次，其中没有事先通知的 {unannounced} 次",
                f"{len(year)} within a year, {unannounced} of them unannounced",
            ),
            (Section("drills", Label("演练", "Drills"), table),),
            buttons=buttons,
            notices=desk.saved(),
            tabs=desk.tabs("drills"),
        ),
    )
