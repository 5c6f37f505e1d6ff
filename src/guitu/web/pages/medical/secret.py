"""What only doctors see: restricted conditions and whether they were reported in time.

The rules of reporting (MED-2a, MED-2b) are worked out here and nowhere else: elsewhere even that something is
to be reported would tell on the person.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.centre.reporting import FOUND, REPORTED, Report, of_month, reports
from guitu.compose import policy
from guitu.kernel.labels import Label
from guitu.pathway import assess
from guitu.store.centre import medical
from guitu.store.centre.medical import Patient
from guitu.store.projections.compute import APART
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.medical import words
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.page import Board, Section

KINDS: Final = frozenset({FOUND, REPORTED})
BACK: Final = timedelta(days=1500)
DUTY: Final = "report_restricted"

KEEP: Final = Notice(
    "info",
    Label(
        "这一页只有医生能看。打开本页、看到了谁，都有记录。",
        "Only doctors can open this page. That it was opened, and who was seen on it, is written down.",
    ),
    Label(
        "未经本人或者其监护人同意，不得公开其姓名、病史等信息（艾滋病防治条例第39条）。大队需要配合的，另写“照护提示”，不写病名。",
        "Name, history and the like may not be disclosed without consent (AIDS Regulations art."
        " 39). What a brigade must do goes"
        " into a care note, without the illness.",
    ),
)


def page(asked: Asked) -> Board:
    """Everybody with such a condition, those to be reported first; the numbers of the month."""
    people = medical.lately(asked.actor, asked.unit, asked.today, asked.now, KINDS, asked.today - BACK)
    people = tuple(p for p in people if any(e.kind == FOUND for e in p.entries))
    asked.note("restricted", people, ("medical_restricted",))
    owed: list[tuple[Patient, Report, Entry]] = []
    for person in people:
        found = {e.id: e for e in person.entries if e.kind == FOUND}
        owed += [(person, r, found[r.finding]) for r in reports(person.entries, asked.now)]
    order = ("overdue", "open", "done_late", "done", "not_owed")
    owed.sort(key=lambda one: (order.index(one[1].state), -one[1].found.timestamp()))
    month = of_month((r for _, r, _ in owed), asked.today)
    return Board(
        title=Label("特别保密病情", "Restricted conditions"),
        lead=Label(f"{len(people)} 人", f"{len(people)} people"),
        sections=(_list(asked, owed), _month(month)),
        tabs=asked.tabs("medical_restricted"),
        notices=(KEEP,),
        foot=(
            Label(
                "依据：传染病防治法第45条：甲类等两小时，乙类、丙类二十四小时网络直报（规则"
                " MED-2a、MED-2b）。",
                "Basis: Infectious Diseases Law art. 45: class A and the like within two hours,"
                " classes B and C within 24 (rules"
                " MED-2a and MED-2b).",
            ),
        ),
    )


def due_days(person: Patient, asked: Asked) -> dict[UUID, date]:
    """By finding, the last day that the rules give it."""
    rules = policy(asked.home.path[0][:2], [APART])
    answer = assess(CaseFile(person.line.file, person.entries), rules, asked.today)
    return {d.measure: d.due for d in answer.duties if d.name == DUTY and d.due and d.measure}


def _list(asked: Asked, owed: list[tuple[Patient, Report, Entry]]) -> Section:
    heading = Label("按报告先后", "Those to be reported first")
    if not owed:
        return Section("found", heading, says=Label("没有登记。", "Nothing is recorded."))
    days = {
        finding: day
        for p in {o[0].no: o[0] for o in owed}.values()
        for finding, day in due_days(p, asked).items()
    }
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=words.person(p.line.case_no), sub=p.line.unit_name),
                words.choice(FOUND, "what", e.get("what")),
                words.choice(FOUND, "state", e.get("state")),
                words.moment(r.found),
                Cell(part=word_of(r), sub=_last_day(days.get(r.finding))),
                Cell(part=_act(p, r))
                if r.reported is None and r.due
                else words.moment(r.reported)
                if r.reported
                else "—",
            )
        )
        for p, r, e in owed
    )
    columns = (
        Column(Label("姓名", "Name"), phone="lead"),
        Column(Label("病种", "Which"), phone="bare"),
        Column(Label("情况", "How sure")),
        Column(Label("发现", "Found")),
        Column(Label("报告", "Report"), phone="bare"),
        Column(Label("上报", "Reported")),
    )
    return Section("found", heading, Table(heading, columns, rows, id="found-list", hide_caption=True))


def _last_day(day: date | None) -> Text:
    """The day that the rules work out, beside the minute."""
    return Label(f"按日计最迟 {day.isoformat()}", f"in days: by {day.isoformat()}") if day else ""


def word_of(one: Report) -> Word:
    """How a report stands, to the minute."""
    if one.state == "not_owed" or one.due is None:
        return Word("done", Label("不需再报", "Not owed"))
    due = words.moment(one.due)
    if one.state == "done":
        return Word("done", Label("按时报告", "In time"))
    if one.state == "done_late":
        return Word("gap", Label(f"迟报（应于 {due}）", f"Late (due {due})"))
    left = words.minutes(abs(one.left))
    if one.state == "overdue":
        return Word("late", Label(f"应于 {due}，已迟 {left.zh}", f"due {due}, {left.en} late"))
    return Word("today", Label(f"{due} 前，还有 {left.zh}", f"by {due}, {left.en} left"))


def _act(person: Patient, one: Report) -> Button:
    href = addresses.record(person.line.case_no, REPORTED, (("to", str(one.finding)),))
    return Button(Label("登记上报", "Record the report"), href=href, look="small", describes=person.line.name)


def _month(month: tuple[int, int]) -> Section:
    found, in_time = month
    return Section(
        "month",
        Label("本月合计", "This month"),
        says=Label(
            f"应报告 {found} 例，按时报告 {in_time} 例。所领导据此登记“传染病报告月计”，只写数，不写人。",
            f"{found} to report, {in_time} in time. The head records these two numbers in the"
            " centre’s own file:"
            " numbers only.",
        ),
    )
