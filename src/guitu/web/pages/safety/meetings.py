"""Risk meetings 研判 with their tasks: who, by when, done; what is open goes to the next meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.centre import safety as rules
from guitu.centre.safety import Owed
from guitu.kernel.labels import Label
from guitu.store.centre import safety as store
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk
from guitu.web.pages.safety.facts import owner_due
from guitu.web.unchanged import while_unchanged

MOST: Final = 60
TITLE: Final = Label("研判", "Risk meetings")


def risk_meetings(entries: Iterable[Entry]) -> list[Entry]:
    """The risk meetings among these, the latest first."""
    found = [e for e in entries if e.kind == "meeting" and e.get("sort") == "risk"]
    return sorted(found, key=lambda e: (e.happened_on, e.recorded_at), reverse=True)


@shows("safety")
@while_unchanged()
def meetings(request: HttpRequest) -> HttpResponse:
    """The tasks that are open, and the meetings."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    traced = store.traced(desk.places, store.MEETINGS)
    every = rules.tasks(traced)
    todo = rules.first_due(every, desk.today)
    late = sum(o.state(desk.today) == "late" for o in todo)
    held = risk_meetings(traced.counted)
    last = held[0].happened_on if held else None
    rows = []
    for entry in held[:MOST]:
        own = rules.of_meeting(traced, entry)
        done = sum(o.closed is not None for o in own)
        rows.append(
            Row(
                (
                    Cell(entry.happened_on.isoformat(), desk.href(f"meetings/{entry.id}"), strong=True),
                    desk.short(desk.unit_of(entry)),
                    str(entry.get("people") or "—"),
                    str(entry.get("weighed") or "—"),
                    Cell(Label(f"{len(own)} 项，已办结 {done}", f"{len(own)}, {done} closed")),
                    str(len(rules.carried(traced, entry))),
                )
            )
        )
    table = Table(
        Label("研判会议", "Risk meetings"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(words.UNIT),
            Column(Label("参加", "Present"), numeric=True, unit=Label("人", "people")),
            Column(Label("研判的情况", "What was weighed"), phone="bare"),
            Column(Label("议定事项", "Tasks decided")),
            Column(Label("带到会上的", "Carried to it"), numeric=True),
        ),
        tuple(rows),
        (Label(f"共 {len(held)} 次", f"{len(held)} meetings"),),
        empty=Empty(Label("还没有登记研判。", "No risk meeting is recorded yet.")),
        id="meeting-list",
    )
    buttons: tuple[Button, ...] = ()
    if desk.opens("safety_record") and desk.may("meeting"):
        href = words.record(desk.unit.code, "meeting")
        buttons = (Button(Label("登记研判", "Record a meeting"), href, "primary"),)
    zh = f"上次研判 {last}" if last else "还没有研判"
    en = f"last met {last}" if last else "not met yet"
    return show(
        request,
        Board(
            desk.title(TITLE),
            Label(f"{zh} · 没有办结的 {len(todo)} 项，其中逾期 {late} 项",
                  f"{en} · {len(todo)} tasks open, {late} of them overdue"),
            (
                Section(
                    "open",
                    Label("没有办结的事项：下次研判逐项过", "Open tasks: the next meeting looks at each"),
                    task_table(desk, todo, Label("没有办结的事项", "Open tasks"), "task-list"),
                ),
                Section("held", Label("研判会议", "Risk meetings"), table),
            ),
            buttons=buttons,
            notices=desk.saved(),
            tabs=desk.tabs("meetings"),
        ),
    )  # fmt: skip


def task_table(desk: Desk, some: Iterable[Owed], caption: Label, name: str) -> Table:
    """Tasks with whose they are and how far."""
    rows = []
    for owed in some:
        unit = desk.unit_of(owed.entry)
        state = owed.state(desk.today)
        act: Cell | str = ""
        if state in ("open", "late") and desk.opens("safety_record") and desk.may("meeting_task_done", unit):
            href = words.record(unit.code, "meeting_task_done", to=str(owed.entry.id))
            act = Cell(
                part=Button(
                    Label("办结", "Close"), href, "small", describes=str(owed.entry.get("owner") or "")
                )
            )
        said = str(owed.closed.get("how") or "") if owed.closed else ""
        rows.append(
            Row(
                (
                    Cell(str(owed.entry.get("what") or "—"), sub=said),
                    desk.short(unit),
                    str(owed.entry.get("owner") or "—"),
                    owed.entry.happened_on.isoformat(),
                    owner_due(owed),
                    Cell(part=words.state_word(state, (desk.today - owed.due).days)),
                    act,
                ),
                id=f"task-{owed.entry.id}",
            )
        )
    return Table(
        caption,
        (
            Column(Label("事项", "What"), phone="lead"),
            Column(words.UNIT),
            Column(Label("责任人", "Whose")),
            Column(Label("议定日期", "Decided")),
            Column(Label("期限", "By when")),
            Column(Label("状态", "State"), phone="bare"),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 项", f"{len(rows)} tasks"),),
        empty=Empty(Label("没有。", "None.")),
        id=name,
    )


@shows("safety")
def meeting(request: HttpRequest, entry: UUID) -> HttpResponse:
    """One meeting: what was weighed, what was carried to it, what it decided."""
    desk = Desk(request)
    desk.readable()
    traced = store.traced(desk.places, store.MEETINGS)
    found = next(
        (e for e in risk_meetings(traced.counted) if traced.first(e.id) == traced.first(entry)), None
    )
    if found is None:
        raise Http404(str(entry))
    own, before = rules.of_meeting(traced, found), rules.carried(traced, found)
    unit = desk.unit_of(found)
    buttons: tuple[Button, ...] = ()
    if desk.opens("safety_record") and desk.may("meeting_task", unit):
        href = words.record(unit.code, "meeting_task", meeting=str(found.id))
        buttons = (Button(Label("加一项任务", "Add a task"), href, "primary"),)
    facts = (
        Fact(words.UNIT, unit.name),
        Fact(Label("参加", "Present"), str(found.get("people") or "—")),
        Fact(Label("研判的情况", "What was weighed"), str(found.get("weighed") or "—")),
    )
    return show(
        request,
        Board(
            Label(f"{found.happened_on} 研判", f"Risk meeting of {found.happened_on}"),
            Label(
                f"议定 {len(own)} 项 · 带到会上 {len(before)} 项",
                f"{len(own)} tasks decided · {len(before)} carried to it",
            ),
            (
                Section("weighed", Label("研判的情况", "What was weighed"), facts=facts),
                Section(
                    "decided",
                    Label("议定事项", "Tasks decided"),
                    task_table(desk, own, Label("议定事项", "Tasks decided"), "own-list"),
                ),
                Section(
                    "carried",
                    Label(
                        "带到会上的：以前议定、当时没有办结", "Carried to it: decided before, still open then"
                    ),
                    task_table(desk, before, Label("带到会上的", "Carried to it"), "carried-list"),
                ),
            ),
            crumbs=Crumbs((Crumb(TITLE, desk.href("meetings")), Crumb(str(found.happened_on)))),
            buttons=buttons,
            notices=desk.saved(),
        ),
    )
