"""Patrol of a unit: which rounds of a day were walked, what they missed, and which is due now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.centre import patrol as rules
from guitu.centre.patrol import Plan, Point, Slot
from guitu.centre.times import clock
from guitu.kernel.labels import Label
from guitu.store.centre import safety as store
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.record import day as typed_day
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk
from guitu.web.pages.safety.open_round import open_round
from guitu.web.unchanged import while_unchanged

TITLE: Final = Label("巡查", "Patrol")
DAYS: Final = 31
NO_PROOF: Final = Label(
    "到点说明某账号在那一刻打开了那个点的码；照片也能扫，所以它不证明人就在那里。",
    "A passing says that an account opened that code at that moment; a photograph of it can be scanned too,"
    " so it is no proof that somebody stood there.",
)


@shows("safety")
@while_unchanged(beside=lambda _, reader: open_round(reader.username), minutely=True)
def patrol(request: HttpRequest) -> HttpResponse:
    """The rounds of a day, unit by unit, and the last weeks in numbers."""
    desk = Desk(request)
    desk.readable()
    if not desk.places:
        return nowhere(request, words.TITLE)
    on = typed_day.read(desk.asked("on"), desk.today)
    if not isinstance(on, date):
        on = desk.today
    walks = desk.opens("safety_patrol")
    hanging: Mapping[str, Point] = store.hanging(desk.unit) if not desk.centres else {}
    rows: list[Row] = []
    starts: list[tuple[Unit, Plan]] = []
    lately: list[tuple[Unit, Entry]] = []
    due = held = 0
    for unit in desk.places:
        plans = store.plans(unit, on)
        walked = store.rounds(unit, min(on, desk.today) - timedelta(days=DAYS))
        lately += [(unit, e) for e in walked if e.kind == "patrol_round"]
        for plan in plans:
            slots = rules.day(plan, walked, on, desk.today, rules.minute_of(desk.now))
            rows += [_slot(desk, unit, plan, slot, hanging) for slot in slots]
            due += sum(slot.state in ("held", "left_out", "now") for slot in slots)
            held += sum(slot.state == "held" for slot in slots)
            if walks and on == desk.today and desk.may("patrol_round", unit):
                starts.append((unit, plan))
    lately.sort(key=lambda pair: (pair[1].happened_on, pair[1].recorded_at), reverse=True)
    notices = list(desk.saved())
    running = open_round(desk.actor.name) if walks else None
    if running is not None:
        go = Button(Label("接着巡", "Go on"), words.address("round"), "primary")
        n = len(rules.reached(running.passings))
        text = Label(
            f"您有一次没有结束的巡查：{running.plan.name}，已到 {n} 处",
            f"A round of yours is not finished: {running.plan.name}, {n} reached",
        )
        notices.insert(0, Notice("info", text, actions=(go,)))
    sections = [_start(desk, starts, hanging)] if starts and running is None else []
    sections += [
        Section("day", Label(f"{on} 应巡", f"Rounds of {on}"), _day(tuple(rows)), ask=_other_day(desk, on)),
        Section("lately", Label("近一个月", "The last month"), _lately(desk, lately), says=(NO_PROOF,)),
    ]
    buttons: tuple[Button, ...] = ()
    if walks and not desk.centres:
        buttons = (
            Button(Label("巡查点和二维码", "Checkpoints and codes"), desk.href("points")),
            Button(Label("巡查计划", "Plan of rounds"), desk.href("plan")),
        )
    return show(
        request,
        Board(
            desk.title(TITLE),
            Label(
                f"{on}：到现在应巡 {due} 次，已巡 {held} 次", f"{on}: {due} rounds due by now, {held} walked"
            ),
            tuple(sections),
            buttons=buttons,
            notices=tuple(notices),
            tabs=desk.tabs("patrol"),
        ),
    )


def _start(desk: Desk, starts: Sequence[tuple[Unit, Plan]], hanging: Mapping[str, Point]) -> Section:
    """Beginning a round: of the plan that is chosen, where there are several."""
    first = starts[0][1]
    fields: tuple[Field, ...] = ()
    hidden = [("id", str(desk.new_id()))]
    if len(starts) > 1:
        options = tuple(Option(p.id, desk.of_unit(unit, p.name)) for unit, p in starts)
        fields = (Field("plan", Label("哪个计划", "Which plan"), "choice", value=first.id, options=options),)
    else:
        hidden.append(("plan", first.id))
    n = sum(code in hanging for code in first.points)
    says = Label(
        "用手机相机扫墙上的码，打开后按“到点”；扫不了的手输。",
        "Scan the codes on the walls with the phone's camera and press “Reached”; type one that cannot be"
        " scanned.",
    )
    if len(starts) == 1:
        says = Label(f"{n} 个巡查点。{says.zh}", f"{n} checkpoints. {says.en}")
    begin = Button(Label("开始巡查", "Begin the round"), look="primary")
    return Section(
        "start",
        Label("开始巡查", "Begin a round"),
        ask=Ask(words.address("start"), fields, begin, tuple(hidden), says=says),
        on_paper=False,
    )


def _other_day(desk: Desk, on: date) -> Ask:
    hidden = (("unit", desk.code),) if desk.code else ()
    box = Field("on", Label("看哪一天", "Which day"), "day", value=on.isoformat(), hint=typed_day.HINT)
    return Ask(words.address("patrol"), (box,), Button(Label("看这一天", "Show it")), hidden, method="get")


BESIDES: Final = Label("计划外", "besides the plan")
STATES: Final = {
    "held": ("done", Label("已巡", "Walked")),
    "now": ("today", Label("现在该巡", "Due now")),
    "later": ("open", Label("未到时间", "Later")),
    "left_out": ("gap", Label("漏巡", "Left out")),
}


def _slot(desk: Desk, unit: Unit, plan: Plan, slot: Slot, hanging: Mapping[str, Point]) -> Row:
    kind, text = STATES[slot.state]
    said: Cell | str = "—"
    if slot.walked is not None:
        said = _reached(slot.walked)
        there = rules.read_passings(slot.walked.get("passings"))
        if there and not said.sub:
            said = replace(said, sub="、".join(f"{_name(hanging, p.code)} {p.time[:5]}" for p in there))
    href = ""
    if desk.opens("safety_patrol") and desk.may("patrol_plan", unit):
        href = words.address("plan", unit.code if unit.no != desk.home.no else "", plan=plan.id)
    return Row(
        (
            Cell(clock(slot.at), strong=True),
            Cell(plan.name, href),
            desk.short(unit),
            Cell(part=Word(kind, text)),
            said,
        )
    )


def _name(hanging: Mapping[str, Point], code: str) -> str:
    return hanging[code].name if code in hanging else code


def _reached(entry: Entry) -> Cell:
    n = {name: entry.get(name) or 0 for name in ("points", "visited", "missed", "typed", "minutes")}
    sub: Label | str = ""
    if n["missed"]:
        why = entry.get("why") or "—"
        sub = Label(f"漏：{entry.get('left_out')}；{why}", f"missed: {entry.get('left_out')}; {why}")
    return Cell(
        Label(
            f"{n['visited']}/{n['points']} 处，{n['minutes']} 分钟，手输 {n['typed']}",
            f"{n['visited']} of {n['points']}, {n['minutes']} min, {n['typed']} typed",
        ),
        sub=sub,
    )


def _day(rows: Sequence[Row]) -> Table:
    return Table(
        Label("应巡", "Rounds due"),
        (
            Column(Label("时间", "Time"), phone="lead"),
            Column(Label("计划", "Plan")),
            Column(words.UNIT),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("到点", "Reached"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 次", f"{len(rows)} rounds"),),
        empty=Empty(Label("没有巡查计划。", "No rounds are planned.")),
        id="slots",
    )


def _lately(desk: Desk, lately: Sequence[tuple[Unit, Entry]]) -> Table:
    rows = [
        Row(
            (
                Cell(
                    str(e.happened_on),
                    sub=rules.time_words(e.get("planned_at")) if e.get("planned_at") is not None else BESIDES,
                    strong=True,
                ),
                str(e.get("plan")),
                desk.short(unit),
                _reached(e),
                str(e.get("note") or "—"),
            )
        )
        for unit, e in lately
        if e.get("missed") or e.get("note") or e.get("planned") == "no"
    ]  # fmt: skip
    total = sum(int(str(e.get("due") or 0)) for _, e in lately)
    planned = sum(e.get("planned") == "yes" for _, e in lately)
    return Table(
        Label("漏点的、有情况的巡查", "Rounds with something missed or seen"),
        (
            Column(Label("哪次", "Which"), phone="lead"),
            Column(Label("计划", "Plan")),
            Column(words.UNIT),
            Column(Label("到点", "Reached"), phone="bare"),
            Column(Label("巡查情况", "What was seen"), phone="bare"),
        ),
        tuple(rows[:100]),
        (Label(f"应巡 {total} 次，已巡 {planned} 次", f"{total} due, {planned} walked"),),
        empty=Empty(
            Label("近一个月没有漏点，也没有登记情况。", "Nothing missed or noted in the last month.")
        ),
        id="lately-list",
    )
