"""Complaints, for those who receive them: the inspector of the place, and supervisors above the unit
complained of. What is late stands in red; what is answered last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many wait, how many of them are late, and all of them."""

    office: str
    waiting: int
    late: int
    table: Table | None
    empty: Empty | None = None
    title: Label = Label("投诉与救济", "Complaints and remedies")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done with a complaint, as a form of its own."""

    kind: str
    heading: Label
    button: Button
    fields: tuple[Field, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """One complaint, its words, its way so far, and what may be done. `who` is empty where the person wishes
    not to be named."""

    TEMPLATE: ClassVar = "complaint"

    number: str
    against: str
    lodged_on: date
    word: Word
    text: str
    who: str = ""
    way: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    summary: ErrorSummary | None = None
    notice: Notice | None = None
    action: str = ""
    title: Label = Label("投诉", "Complaint")  # noqa: RUF009 - Label is frozen


COLUMNS: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("编号", "Number"), phone="lead"),
    Column(Label("被投诉单位", "Complained of")),
    Column(Label("提出日期", "Lodged")),
    Column(Label("应答复", "Answer by")),
)
NOTHING: Final = Empty(
    Label("没有投诉。提出后会出现在这里。", "No complaints. They appear here when they are lodged.")
)


def _row(word: Word, number: str, against: str, day: str, due: str) -> Row:
    return Row((Cell(part=word), Cell(number, href="#"), Cell(against), Cell(day), Cell(due)))


ROWS: Final = (
    _row(Word("late", Label("逾期 3 天", "3 days overdue")), "8F2K90", "河西镇", "2026-11-05", "2026-11-20"),
    _row(Word("open", Label("待答复", "Waiting")), "7A11C2", "东坡村", "2026-11-20", "—"),
    _row(Word("done", Label("已答复", "Answered")), "55C0DE", "东坡村", "2026-10-08", "—"),
)

STATES: Final = (
    State("empty", Label("没有投诉", "None"), Inbox("示例省", 0, 0, None, NOTHING)),
    State(
        "waiting",
        Label("有投诉", "Some"),
        Inbox(
            "示例省",
            2,
            1,
            Table(
                Label("投诉", "Complaints"),
                COLUMNS,
                ROWS,
            ),
        ),
    ),
    State(
        "complaint",
        Label("一件投诉", "One complaint"),
        ComplaintPage(
            "8F2K90",
            "河西镇",
            date(2026, 11, 5),
            Word("open", Label("待答复", "Waiting")),
            "报到那天没有人在，说我没来。",
            way=(Label("2026-11-06 收到", "Received 2026-11-06"),),
            steps=(
                Step(
                    "complaint_answer",
                    Label("答复本人", "Answer the person"),
                    Button(Label("答复", "Answer"), look="primary", name="kind", value="complaint_answer"),
                    (Field("text", Label("答复内容", "Answer"), "long_text"),),
                ),
            ),
        ),
    ),
)
