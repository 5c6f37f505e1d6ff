"""What is to be done, what is late, who has to look at it? The states in which gallery and tests show it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.levels.tasks import HOUSE, Task
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.dispatch import words

__all__ = ["STATES", "Board"]

_ON: Final = date(2026, 11, 23)


def _entry(n: int, kind: str, back: int, **fields: Value) -> Entry:
    on = _ON - timedelta(days=back)
    return Entry(
        id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 9, tzinfo=CHINA), author="x", fields=fields,
    )  # fmt: skip


def _task(n: int, text: str, due: int, how: str = "") -> tuple[str, Word, Label]:
    decided = _entry(n, "action_decided", 20, text=text, owner="x", due=_ON + timedelta(days=due))
    reports = (_entry(n + 1, "action_report", 2, how=how),) if how else ()
    task = Task("x", str(decided.id), decided, decided, reports)
    return text, words.state_word(task, _ON, HOUSE), words.WAYS[task.way]


_TASKS: Final = (
    _task(10, "补齐社区戒毒协议文书", -9, "stuck"),
    _task(20, "指导站完成下乡指导", 2, "going"),
    _task(30, "上报重点场所排查结果", 12, "done"),
)


def _table(name: str, rows: tuple[tuple[str, Word, Label], ...]) -> Table:
    return Table(
        Label("事项", "Tasks"),
        (
            Column(Label("事项", "What"), phone="lead"),
            Column(Label("责任单位", "Whose")),
            Column(Label("期限", "By when"), phone="bare"),
            Column(Label("办理情况", "How far"), phone="bare"),
        ),
        tuple(Row((Cell(text, "#"), "金江镇", Cell(part=word), way)) for text, word, way in rows),
        (Label(f"共 {len(rows)} 件", f"{len(rows)} in all"),),
        empty=None if rows else Empty(Label("没有要办的事项。", "Nothing to do.")),
        id=name,
        hide_caption=True,
    )


_BOARD: Final = Board(
    Label("调度 · 澄迈县", "Dispatch · 澄迈县"),
    Label(
        "要办 3 件，逾期 1，临近期限 1；交办未结 3 件，逾期 1；上升来的 1 件",
        "3 to do, 1 overdue, 1 due soon; 3 given to others, 1 overdue; 1 climbed up",
    ),
    (
        Section("own", Label("要本单位办的", "For this unit to do"), _table("own-list", _TASKS)),
        Section(
            "climbed",
            Label("逾期久了、上升到本单位的", "So late that it has climbed to this unit"),
            _table("climbed-list", _TASKS[:1]),
        ),
        Section(
            "now",
            Label("本期", "Now"),
            facts=(
                Fact(
                    Label("月调度", "Monthly dispatch"),
                    Label("2026-11 还没有开", "2026-11: not held yet"),
                    "#",
                ),
                Fact(
                    Label("督办设置", "Reminders"),
                    Label(
                        "提前 3 天提醒，每逾期 7 天上升一级（系统默认，不是法律规定）",
                        "3 days before; up one level for every 7 days late (the house's default, no"
                        " article's)",
                    ),
                ),
            ),
            buttons=(Button(Label("改督办设置", "Change reminders"), "#", "small"),),
        ),
    ),
    buttons=(Button(Label("议定一件事", "Decide a task"), "#", "primary"),),
    tabs=words.tabs("", ""),
)  # fmt: skip

_NONE: Final = Board(
    Label("调度 · 大塘村", "Dispatch · 大塘村"),
    Label("要办 0 件，逾期 0，临近期限 0", "0 to do, 0 overdue, 0 due soon"),
    (Section("own", Label("要本单位办的", "For this unit to do"), _table("own-list", ())),),
    tabs=words.tabs("", ""),
)

_CAMPAIGN: Final = Board(
    "示例专项行动",
    Label("进行中，2026-10-01 至 2026-12-31；目标 1 项，未结事项 0 件",
          "Running, 2026-10-01 to 2026-12-31; 1 targets, 0 tasks open"),
    (
        Section(
            "targets",
            Label("目标和进度", "Targets, and how far"),
            Table(
                Label("目标和进度", "Targets, and how far"),
                (
                    Column(Label("指标", "Indicator"), phone="lead"),
                    Column(Label("目标", "Target")),
                    Column(Label("本行动期间", "In this campaign"), numeric=True),
                    Column(Label("进度", "How far"), phone="bare"),
                ),
                (
                    Row(
                        (
                            Cell(Label("宣讲场次", "Talks"), sub=Label("场（次）", "Events")),
                            Label("至少达到 20", "at least 20"),
                            Label("13 次", "13 events"),
                            Cell(part=Word("gap", Label("未达到", "Not reached"))),
                        )
                    ),
                ),
                id="target-list",
                hide_caption=True,
            ),
        ),
    ),
)  # fmt: skip

STATES: Final = (
    State("board", Label("看板", "The board"), _BOARD),
    State("campaign", Label("一次行动", "A campaign"), _CAMPAIGN),
    State("none", Label("没有事项", "Nothing to do"), _NONE),
)
