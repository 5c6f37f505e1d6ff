"""The calendar of outreach: what is coming, what was held and not written down, what waits to be planned."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.levels.outreach.diary import OF_DIARY, Plan, plans, requests
from guitu.store.levels.outreach import Told
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk

ENDED: Final = 12
"""So many plans that were held or called off are shown below."""


@shows("outreach")
def calendar(request: HttpRequest) -> HttpResponse:
    """What is planned, day by day."""
    desk = Desk(request)
    told = desk.told(OF_DIARY)
    some = plans(told.chains, desk.today)
    coming = [p for p in some if p.state in ("coming", "today")]
    unreported = [p for p in some if p.state == "unreported"]
    ended = [p for p in reversed(some) if p.state in ("held", "cancelled")][:ENDED]
    waiting = [r for r in requests(told.chains, desk.today) if r.state == "waiting"]
    year = [e for e in told.chains.of("outreach_event") if date(desk.today.year, 1, 1) <= e.happened_on]
    notices = [*desk.saved()]
    if waiting:
        text = Label(
            f"{len(waiting)} 份申请还没有安排，最早的已等 {waiting[0].days} 天",
            f"{len(waiting)} requests wait to be planned, the first of them for {waiting[0].days} days",
        )
        to = Button(Label("看申请", "See the requests"), desk.href("requests"))
        notices.append(Notice("gap", text, actions=(to,)))
    plan = desk.new("talk_planned", Label("安排一次宣讲", "Plan a talk"))
    event = desk.new("outreach_event", Label("登记已办的活动", "Record an event"), "plain")
    sections = [
        Section("coming", Label("接下来", "Coming"), _table(
            desk, told, coming, Label("接下来的宣讲", "Talks to come"), "coming-list",
            Empty(Label("没有安排。", "Nothing is planned."), plan),
        )),
    ]  # fmt: skip
    if unreported:
        late = _table(
            desk, told, unreported, Label("日子已过、没有登记", "Past and not recorded"), "late-list"
        )
        sections.insert(0, Section("late", Label("讲过没有？", "Were they held?"), late))
    sections.append(Section("year", Label("今年以来", "This year"), facts=_facts(year),
                            says=(words.PERSON_TIMES,)))  # fmt: skip
    if ended:
        done = _table(desk, told, ended, Label("最近结束的", "Lately ended"), "ended-list")
        sections.append(Section("ended", Label("最近结束的", "Lately ended"), done))
    lead = Label(
        f"接下来 {len(coming)} 场 · 待登记 {len(unreported)} 场 · 待安排的申请 {len(waiting)} 份",
        f"{len(coming)} to come · {len(unreported)} to be recorded · {len(waiting)} requests waiting",
    )
    return show(
        request,
        Board(
            desk.title(words.TITLE), lead, tuple(sections), buttons=(*plan, *event), notices=tuple(notices),
            tabs=desk.tabs(""),
        ),
    )  # fmt: skip


def _facts(events: list[Entry]) -> tuple[Fact, ...]:
    there = [e for e in events if e.get("counted") != "views"]
    audience = sum(n for e in there if isinstance(n := e.get("audience"), int))
    uncounted = sum(e.get("audience") is None for e in there)
    return (
        Fact(Label("活动", "Events"), Label(f"{len(events):,} 场", f"{len(events):,}")),
        Fact(Label("受众", "Audience"), Label(f"{audience:,} 人次", f"{audience:,} person-times")),
        Fact(Label("没有清点人数的", "Not counted"), Label(f"{uncounted:,} 场", f"{uncounted:,} events")),
    )


def _table(
    desk: Desk, told: Told, some: list[Plan], caption: Label, name: str, empty: Empty | None = None
) -> Table:
    return Table(
        caption,
        (
            Column(Label("哪天", "Day"), phone="lead"),
            Column(Label("主题", "Topic")),
            Column(words.PLACE),
            Column(Label("宣讲员", "Speaker")),
            Column(Label("状态", "State"), phone="bare"),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        tuple(_row(desk, told, plan) for plan in some),
        (Label(f"{len(some)} 场", f"{len(some)} talk{'' if len(some) == 1 else 's'}"),),
        empty=empty,
        id=name,
    )


def _row(desk: Desk, told: Told, plan: Plan) -> Row:
    entry, unit = plan.entry, told.unit(plan.entry)
    topic = str(entry.get("topic") or "—")
    act: Cell | str = ""
    key = str(entry.id)
    if plan.state in ("unreported", "today"):
        act = desk.act(unit, "outreach_event", Label("登记", "Record"), topic, plan=key)
    elif plan.state == "coming":
        act = desk.act(unit, "talk_planned", Label("改期", "Move"), topic, corrects=key)
    target = str(plan.target.get("name")) if plan.target else ""
    off = str(plan.cancelled.get("reason") or "") if plan.cancelled else ""
    day = f"{plan.day} {words.clock(entry)}".strip()
    return Row(
        (
            Cell(day, words.address(f"plans/{unit.code}/{key}")),
            Cell(topic, sub=target),
            desk.place(told, entry),
            str(plan.lecturer.get("name")) if plan.lecturer else "—",
            Cell(part=words.plan_word(plan.state), sub=off),
            act,
        ),
        id=f"plan-{entry.id}",
    )
