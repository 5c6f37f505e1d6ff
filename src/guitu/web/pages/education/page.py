"""What do I teach now, who is missing, and what became of it? The pages' states; and the person's own
certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.days import in_words
from guitu.web.inside.shown import NAME, NUMBER, Ask, Board, Box, Fact, Form, Line, Section, Sheet


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The person's own copy, a sheet by itself: whose, for what, from which school. There is no frame
    round it, for a frame names the reader's unit."""

    TEMPLATE: ClassVar = "certificate"

    name: str
    birth: date | None
    subject: str | None
    sort: Label
    level: str
    school: str
    number: str
    issued: date
    back: str
    printed: str = ""

    @property
    def title(self) -> Label:
        """What the sheet is."""
        return Label("证书", "Certificate")

    @property
    def says(self) -> Label:
        """What it certifies."""
        what = f"“{self.subject}”" if self.subject else ""
        born = f"，{in_words(self.birth).zh.partition(' ')[0]}出生" if self.birth else ""
        return Label(
            f"{self.name}{born}，参加{self.sort.zh}{what}学习，考试合格。",
            f"{self.name} completed"
            f" {self.sort.en.lower()}{f' “{self.subject}”' if self.subject else ''} and passed"
            " the examination.",
        )

    @property
    def day(self) -> Label:
        """When it was issued."""
        said = in_words(self.issued)
        return Label(said.zh.partition(" ")[0], said.en.partition(" ")[2])

    @property
    def level_line(self) -> Label:
        """Grade or degree."""
        return Label(f"等级：{self.level}", f"Grade: {self.level}")

    @property
    def number_line(self) -> Label:
        """The number of the certificate."""
        return Label(f"编号：{self.number}", f"No. {self.number}")

    @property
    def print_button(self) -> Button:
        """Prints the sheet."""
        return Button(Label("打印", "Print"), look="primary", extra={"data-print": True, "type": "button"})

    @property
    def back_link(self) -> Button:
        """Back to the record."""
        return Button(Label("回到学习记录", "Back to the learning record"), href=self.back, look="link")

    @property
    def no_school(self) -> Label:
        """What is said where no school is recorded."""
        return Label(
            "没有登记发证学校，请补登后再打印。", "No school is recorded: record it before printing."
        )


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_CRUMBS: Final = Crumbs((Crumb(Label("教育", "Education"), "#"), Crumb("电工（初级）")))
_SAVE: Final = Button(Label("保存", "Save"), look="primary")
_BACK: Final = Button(Label("取消", "Cancel"), href="#", look="link")
_CLASSES: Final = Table(
    "2026-11-23 周一",
    (
        Column(Label("时间", "Time"), phone="lead"),
        Column(Label("教学班", "Class")),
        Column(Label("教室", "Room")),
        Column(Label("点名", "Register"), phone="act"),
    ),
    (
        Row(
            (
                Cell("08:30–10:10"),
                Cell("电工（初级）", "#", sub=Label("职业技能", "Vocational")),
                Cell("一教室"),
                Cell(Label("实到 28/30", "28/30 present"), "#"),
            )
        ),
        Row(
            (
                Cell("14:30–16:10"),
                Cell("法律常识", "#", sub=Label("法律常识", "Law")),
                Cell("二教室"),
                Cell(part=Button(Label("点名", "Register"), href="#", look="small")),
            )
        ),
    ),
    id="today",
)
_WHY: Final = (
    Option("", Label("到课", "Present")),
    Option("ill", Label("生病", "Ill")),
    Option("unexcused", Label("无故缺课", "No reason")),
)


def _sheet(error: bool = False) -> Sheet:
    names = ("符某某", "王某某", "买买提·图尔荪")
    return Sheet(
        Label("点名：电工（初级）", "Register: electrician"),
        Label("应到 3 人，不标的都算到课", "3 on the list; present unless marked"),
        "#",
        (NUMBER, NAME, Label("到课", "Present or why not")),
        tuple(
            Line(str(n), name, "#", (Box(f"p{n}", name, "choice", "ill" if n == 2 else "", _WHY),))
            for n, name in enumerate(names, 1)
        ),
        (),
        _SAVE,
        _BACK,
        Label("3 人", "3 persons"),
        _CRUMBS,
        (
            Field(
                "absent",
                Label("缺课的号", "Numbers absent"),
                "text",
                value="7" if error else "",
                hint=Label("写“号=原因”", "Number = reason"),
                optional=True,
                error=Label("没有第 7 号，名单到 3 号", "there is no number 7; the list ends at 3")
                if error
                else "",
            ),
        ),
        ErrorSummary(
            (
                Fault(
                    Label("没有第 7 号，名单到 3 号", "there is no number 7; the list ends at 3"), "f-absent"
                ),
            )
        )
        if error
        else None,
    )


def _certificate(school: str = "示例县中等职业学校") -> CertificatePage:
    return CertificatePage(
        "符某某",
        date(1990, 3, 5),
        "电工（初级）",
        Label("职业技能", "Vocational skill"),
        "五级",
        school,
        "示例2026001",
        date(2026, 11, 20),
        "#",
    )


STATES: Final = (
    State(
        "day",
        Label("今天的课", "The day’s classes"),
        Board(
            Label("教育", "Education"),
            Label("2 节课，已点名 1", "2 classes, 1 register filled in"),
            (
                Section("now", Label("课", "Classes"), _CLASSES),
                Section(
                    "other-day",
                    Label("看另一天", "Another day"),
                    ask=Ask(
                        "#",
                        (Field("on", Label("日期", "Day"), "day", value="2026-11-23"),),
                        Button(Label("看这一天", "Show this day")),
                        method="get",
                    ),
                ),
            ),
            buttons=(Button(Label("教学班", "Classes"), href="#"),),
            notices=(Notice("fresh", Label("已保存点名", "The register is saved")),),
        ),
    ),
    State(
        "nothing",
        Label("没有课", "Nothing taught"),
        Board(
            Label("教育", "Education"),
            Label("0 节课", "0 classes"),
            (
                Section(
                    "now",
                    Label("课", "Classes"),
                    empty=Empty(Label("这一天没有课。", "No class on this day.")),
                ),
            ),
        ),
    ),
    State(
        "course",
        Label("教学班", "A class"),
        Board(
            "电工（初级）",
            Label("现有 30 人", "30 on the list"),
            (
                Section(
                    "facts",
                    Label("教学班", "Class"),
                    facts=(Fact(Label("到课率", "Attendance"), "93.3%（28/30）"),),
                ),
            ),
            _CRUMBS,
        ),
    ),
    State(
        "new",
        Label("开新班", "Opening a class"),
        Form(
            Label("开新班", "Open a class"),
            "示范戒毒所",
            "#",
            (Field("title", Label("班名", "Name of the class")),),
            (),
            _SAVE,
            _BACK,
            _CRUMBS,
        ),
    ),
    State("register", Label("点名", "A register"), _sheet()),
    State("wrong", Label("点名有误", "A register, wrongly filled in"), _sheet(error=True)),
    State("certificate", Label("本人的证书", "The person’s own certificate"), _certificate()),
    State("no_school", Label("没有登记学校", "No school recorded"), _certificate("")),
)
