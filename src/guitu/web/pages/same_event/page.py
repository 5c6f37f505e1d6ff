"""Which events were recorded differently by two colleagues, and which of them is right?"""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Section
from guitu.web.pages.same_event import words

_TABLE: Final = Table(
    Label("两条记录", "The two entries"),
    (
        Column(Label("项目", "Question"), phone="lead"),
        Column("李晓梅 · 河东镇 2026-11-23 09:07"),
        Column("张强 · 东坡村 2026-11-23 10:12"),
    ),
    (
        Row((Cell(Label("结果", "Result")), Label("阴性", "Negative"), Label("阳性", "Positive"))),
        Row((Cell(Label("备注", "Note")), "—", "现场检测")),
    ),
)
_EXAMPLE: Final = Board(
    words.TITLE,
    words.lead(1),
    (
        Section(
            "e1",
            Label("王小明：检测 2026-11-22", "王小明: Urine test 2026-11-22"),
            _TABLE,
            buttons=(
                Button(words.OPEN, "#", "plain"),
                Button(words.correct("李晓梅"), "#", "link"),
                Button(words.withdraw("李晓梅"), "#", "link"),
                Button(words.correct("张强"), "#", "link"),
                Button(words.withdraw("张强"), "#", "link"),
            ),
            ask=words.ask("469023-2026-00001", "a", "b", "c", ""),
        ),
    ),
)

STATES: Final = (
    State("one", Label("有一处不同", "One differs"), _EXAMPLE),
    State(
        "none",
        Label("没有不同", "Nothing differs"),
        Board(
            words.TITLE,
            words.NONE,
            (Section("none", words.HEAD, empty=Empty(words.NONE, (Button(words.PEOPLE, "/people/"),))),),
            notices=(Notice("fresh", words.SETTLED),),
        ),
    ),
)
