"""Visits, calls and letters of a brigade's people; leave to see relatives. What was said or written is
nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.centre.leave import Leave, State, leaves
from guitu.centre.roll import Somebody
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import names
from guitu.store.centre.brigade import Member
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.days import in_words
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.daily.day_build import file_of
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import BoardPage, FormPart, Section
from guitu.web.unchanged import while_unchanged

KINDS: Final = ("visit_booked", "visit", "call", "letter")
WEEK: Final = timedelta(days=7)
KEPT: Final = timedelta(days=30)
NAME: Final = Column(Label("姓名", "Name"), phone="lead")
ACT: Final = Column(Label("操作", "Act"), phone="act", hide_label=True)


@shows("daily")
@while_unchanged(minutely=True)
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """The visits of a day, and what there was in the week up to it."""
    desk = Desk(request, code)
    on = desk.on()
    members = desk.members(KINDS)
    faults: tuple[Fault, ...] = ()
    if "who" in request.GET and desk.may("visit"):
        found = _one(members, request.GET.get("who", ""))
        kind = request.GET.get("kind", "visit")
        if isinstance(found, Member) and kind in KINDS:
            return HttpResponseRedirect(addresses.record(found.line.case_no, kind))
        faults = (
            Fault(
                found if isinstance(found, Label) else Label("请选择登记哪一种", "Choose what to record"),
                "f-who",
            ),
        )
    desk.note(members, "contact")
    lately = [
        (m, e)
        for m in members
        for e in m.entries
        if e.kind != "visit_booked" and on - WEEK < e.happened_on <= on
    ]
    booked = [(m, e) for m in members for e in m.entries if e.kind == "visit_booked" and e.get("on") == on]
    sections = [Section("booked", Label("约定的会见", "Visits booked"), table=_booked(desk, booked, on))]
    if desk.may("visit"):
        sections.append(
            _recording(desk, request.GET.get("who", ""), request.GET.get("kind", "visit"), faults)
        )
    sections.append(Section("lately", Label("近七天", "The last seven days"), table=_lately(lately)))
    n = {kind: sum(1 for _, e in lately if e.kind == kind) for kind in KINDS}
    lead = Label(
        f"{in_words(on).zh} · 约定会见 {len(booked)} · 近七天会见 {n['visit']}、通话 {n['call']}、信件"
        f" {n['letter']}",
        f"{in_words(on).en} · {len(booked)} visits booked · in seven days {n['visit']} visits,"
        f" {n['call']} calls, {n['letter']} letters",
    )
    page = BoardPage(
        desk.title(Label("会见、通话、信件", "Visits, calls, letters")),
        lead,
        tuple(sections),
        desk.tabs("contact"),
        desk.days(on, "contact"),
        summary=ErrorSummary(faults) if faults else None,
    )
    return show(request, page, status=422 if faults else 200)


def _one(members: Sequence[Member], typed: str) -> Member | Label:
    """The one person that a number, initials or a name means; or why it is not one."""
    word = names.normalised(typed)
    if not word:
        return Label("请写姓名、首字母或者序号", "Enter a name, initials or a number")
    people: list[tuple[Member, Somebody]] = [(m, m.somebody) for m in members]
    some = [m for m, s in people if str(s.no) == word or word in s.keys]
    some = some or [m for m, s in people if any(k.startswith(word) for k in s.keys)]
    if len(some) == 1:
        return some[0]
    if not some:
        return Label(f"“{typed}”没有找到人", f"“{typed}” finds nobody")
    told = "、".join(f"{m.number} {m.line.name}" for m in some[:6])
    return Label(
        f"“{typed}”有 {len(some)} 人：{told}；请写序号",
        f"“{typed}” finds {len(some)}: {told}; use the number",
    )


def _recording(desk: Desk, typed: str, kind: str, faults: tuple[Fault, ...]) -> Section:
    options = tuple(Option(name, kinds()[name].label) for name in KINDS)
    fields = (
        Field(
            "who",
            Label("谁", "Who"),
            value=typed,
            error=faults[0].text if faults else "",
            hint=Label("姓名、首字母，或者名单上的序号", "A name, initials, or the number in the list"),
        ),
        Field("kind", Label("登记哪一种", "What"), "choice", value=kind, options=options),
    )
    form = FormPart(desk.href("contact"), fields, Button(Label("去登记", "Go on"), look="plain"), get=True)
    return Section("record", Label("登记", "Record"), form=form, on_paper=False)


def _booked(desk: Desk, booked: Sequence[tuple[Member, Entry]], on: date) -> Table:
    rows = []
    for member, entry in sorted(booked, key=lambda pair: str(pair[1].get("at"))):
        held = any(e.kind == "visit" and e.happened_on == on for e in member.entries)
        act: Cell | str = ""
        if held:
            act = Cell(part=Word("done", Label("已登记", "Recorded")))
        elif desk.may("visit") and on <= desk.today:
            href = addresses.record(member.line.case_no, "visit", (("relation", str(entry.get("relation"))),))
            act = Cell(
                part=Button(
                    Label("登记会见", "Record the visit"), href=href, look="small", describes=member.line.name
                )
            )
        rows.append(Row((file_of(member), str(entry.get("at")), _said(entry, "relation"), act)))
    return Table(
        Label("约定的会见", "Visits booked"),
        (NAME, Column(Label("时间", "Time")), Column(Label("会见人", "Visitor")), ACT),
        tuple(rows),
        (Label(f"{len(rows)} 次", f"{len(rows)} visits"),),
        empty=Empty(Label("这一天没有预约。", "No visit is booked for this day.")),
        id="booked-list",
    )


def _said(entry: Entry, name: str) -> Label:
    """An answer in both languages."""
    ask, value = kinds()[entry.kind].ask(name), entry.get(name)
    return Label(ask.show(value), ask.show(value, "en"))


def _lately(some: Sequence[tuple[Member, Entry]]) -> Table:
    rows = []
    for member, entry in sorted(
        some, key=lambda pair: (pair[1].happened_on, pair[1].recorded_at), reverse=True
    ):
        kind = kinds()[entry.kind]
        sentence = Label(kind.sentence(entry), kind.sentence(entry, "en"))
        rows.append(Row((file_of(member), entry.happened_on.isoformat(), kind.label, sentence)))
    return Table(
        Label("会见、通话、信件", "Visits, calls, letters"),
        (
            NAME,
            Column(Label("日期", "Day")),
            Column(Label("类别", "Sort"), phone="bare"),
            Column(Label("情况", "What"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 条", f"{len(rows)} entries"),),
        empty=Empty(Label("近七天没有登记。", "Nothing was recorded in the last seven days.")),
        id="lately-list",
    )


# ── leave ─────────────────────────────────────────────────────────────────────────────────────────

STATES: Final[dict[State, tuple[str, Label]]] = {
    "overdue": ("late", Label("逾期未回", "Not back")),
    "out": ("today", Label("在外", "Out")),
    "to_come": ("open", Label("未离所", "To come")),
    "late": ("gap", Label("逾期返回", "Back late")),
    "back": ("done", Label("按时返回", "Back in time")),
    "not_gone": ("barred", Label("没有外出", "Not taken")),
}
ORDER: Final = tuple(STATES)


@shows("daily")
@while_unchanged(minutely=True)
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Who is on leave, who should be back, and who came back lately."""
    desk = Desk(request, code)
    members = desk.members(("home_leave", "home_leave_back"))
    desk.note(members, "leave")
    every = [(m, one) for m in members for one in leaves(m.entries, desk.today)]
    some = [(m, one) for m, one in every if one.ended is None or one.ended.happened_on > desk.today - KEPT]
    some.sort(key=lambda pair: (ORDER.index(pair[1].state), pair[1].back_by))
    n = {state: sum(1 for _, one in some if one.state == state) for state in ORDER}
    lead = Label(
        f"在外 {n['out'] + n['overdue']} 人，其中逾期未回 {n['overdue']} 人；未离所 {n['to_come']} 人",
        f"{n['out'] + n['overdue']} out, {n['overdue']} of them not back in time; {n['to_come']} to come",
    )
    says = (
        Label(
            "大队提出，由所领导批准后才算数（禁毒法第46条：经批准可以外出探视配偶、直系亲属）。"
            "天数没有查到条文，由本所定"
            "。",
            "The brigade asks and a head approves (Anti-Drug Law art. 46: spouse and lineal relatives,"
            " with approval). No"
            " article was found that says how long; the centre decides.",
        ),
    )
    waiting = Button(Label("待批准", "Waiting for approval"), href="/proposals/", look="link")
    buttons = (waiting,) if desk.opens("proposals") else ()
    page = BoardPage(
        desk.title(Label("外出探视", "Leave to see relatives")),
        lead,
        (
            Section("leave", Label("外出", "Leave"), says, _leaves(desk, some), buttons=buttons),
            *_asking(desk, request),
        ),
        desk.tabs("leave"),
    )
    return show(request, page)


def _asking(desk: Desk, request: HttpRequest) -> tuple[Section, ...]:
    """Where leave is asked for somebody."""
    if not desk.may("home_leave"):
        return ()
    field = Field(
        "who",
        Label("谁", "Who"),
        hint=Label("姓名、首字母，或者名单上的序号", "A name, initials, or the number in the list"),
    )
    form = FormPart(desk.href("leave/ask"), (field,), Button(Label("提出外出", "Ask for leave")), get=True)
    return (Section("ask", Label("提出外出探视", "Ask for leave"), form=form, on_paper=False),)


@shows("daily")
def ask_leave(request: HttpRequest, code: str) -> HttpResponse:
    """To the form of whoever was named."""
    desk = Desk(request, code)
    found = _one(desk.members(), request.GET.get("who", ""))
    if isinstance(found, Member):
        return HttpResponseRedirect(addresses.record(found.line.case_no, "home_leave"))
    section = _asking(desk, request)
    page = BoardPage(
        desk.title(Label("外出探视", "Leave to see relatives")),
        found,
        section,
        desk.tabs("leave"),
        summary=ErrorSummary((Fault(found, "f-who"),)),
    )
    return show(request, page, status=422)


def _leaves(desk: Desk, some: Sequence[tuple[Member, Leave]]) -> Table:
    rows = []
    for member, one in some:
        shape, said = STATES[one.state]
        word: Word = Word(shape, said)
        if one.state == "overdue":
            late = days_word((one.back_by - desk.today).days)
            word = Word("late", Label(f"{said.zh}，{late.zh}", f"{said.en}, {late.en}"))
        act: Cell | str = ""
        if one.ended is None and desk.may("home_leave_back"):
            outcome = (
                "late" if one.state == "overdue" else "not_gone" if one.state == "to_come" else "in_time"
            )
            href = addresses.record(member.line.case_no, "home_leave_back", (("outcome", outcome),))
            act = Cell(
                part=Button(
                    Label("登记返回", "Record return"), href=href, look="small", describes=member.line.name
                )
            )
        rows.append(
            Row(
                (
                    file_of(member),
                    _said(one.entry, "relation"),
                    one.going.isoformat(),
                    one.back_by.isoformat(),
                    Cell(part=word),
                    act,
                )
            )
        )
    return Table(
        Label("外出探视", "Leave"),
        (
            NAME,
            Column(Label("探视谁", "To see")),
            Column(Label("离所", "Going")),
            Column(Label("应返回", "Back by")),
            Column(Label("状态", "State"), phone="bare"),
            ACT,
        ),
        tuple(rows),
        (Label(f"{len(rows)} 次", f"{len(rows)} leaves"),),
        empty=Empty(Label("没有外出探视。", "There is no leave.")),
        id="leave-list",
    )
