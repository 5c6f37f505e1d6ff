"""What did the police publish, and which of it still holds? Most pages have the shapes of `guitu.web.inside`;
the one that takes a file is here, with the states in which gallery and tests show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.inside.shown import Board, Section
from guitu.web.pages.police_figures import words

LEAD: Final = Label(
    "只收公布的汇总数。文件里有任何一个人的资料，整个文件不收。",
    "Published aggregates only. A file in which anybody stands is refused whole.",
)
STEPS: Final = (
    Label(
        "每行一个数：指标、起止日期、数值、出处、公布日期；地区空着就是本单位。",
        "One figure a row: series, first and last day, value, source, day published; no place is your own.",
    ),
    Label(
        "先核对，看过再录入；有一行不对，一行也不写。同一个文件传两次，不会重复。",
        "It is checked first, and entered when you have looked at it; one wrong row, and none is written. The"
        " same file twice enters nothing twice.",
    ),
)


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Choose a file. `unit` is the code of the unit that is looked at, if not the reader's own."""

    TEMPLATE: ClassVar = "upload"

    title: Text
    tabs: Tabs
    action: str
    unit: str
    file: Field
    check: Button
    template: Button
    summary: ErrorSummary | None = None
    lead: Label = LEAD
    steps: tuple[Label, ...] = STEPS


def _upload(fault: Label | None) -> UploadPage:
    return UploadPage(
        Label("导入公安数据 · 示例省", "Import police figures · 示例省"),
        words.tabs("import", "", imports=True),
        "#",
        "",
        Field(
            "file", Label("选择文件", "Choose a file"), "file", error=fault or "", accept=".xlsx,.xls,.csv"
        ),
        Button(Label("核对", "Check"), look="primary"),
        Button(Label("下载模板", "Get the template"), "#", "link"),
        ErrorSummary((Fault(fault, "f-file"),)) if fault else None,
    )


_LIST: Final = Board(
    Label("公安数据 · 示例省", "Police figures · 示例省"),
    Label("在用 1 个，不一致 1 个，已被更新 0 个", "1 in use, 1 contradict them, 0 replaced"),
    (
        Section(
            "figures",
            Label("公布的数", "Published figures"),
            Table(
                Label("公布的数", "Published figures"),
                (
                    Column(Label("指标", "Series"), phone="lead"),
                    Column(Label("数值", "Value"), numeric=True),
                    Column(Label("出处", "Source")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row(
                        (
                            Cell(Label("刑事类案件同比（%）", "Change in criminal cases (%)"), "#"),
                            Cell("-29.68", strong=True),
                            Cell("示例日报", sub=Label("正文", "The text")),
                            Cell(part=words.state_word("stands")),
                        )
                    ),
                    Row(
                        (
                            Cell(Label("刑事类案件同比（%）", "Change in criminal cases (%)"), "#"),
                            "-9.68",
                            Cell("示例日报", sub=Label("数说、图表", "A box or chart")),
                            Cell(
                                part=words.state_word("conflict"),
                                sub=Label("在用的是 -29.68", "in use: -29.68"),
                            ),
                        )
                    ),
                ),
                id="figure-list",
            ),
            says=(words.ONLY_SUMS,),
        ),
    ),
    tabs=words.tabs("", "", imports=True),
)
_NONE: Final = Board(
    Label("公安数据 · 示例县", "Police figures · 示例县"),
    Label("在用 0 个，不一致 0 个，已被更新 0 个", "0 in use, 0 contradict them, 0 replaced"),
    (
        Section(
            "figures",
            Label("公布的数", "Published figures"),
            empty=Empty(Label("还没有录入公布的数。", "No published figure is entered yet.")),
        ),
    ),
    tabs=words.tabs("", "", imports=False),
)

STATES: Final = (
    State("list", Label("公布的数", "Published figures"), _LIST),
    State("upload", Label("导入", "Import"), _upload(None)),
    State(
        "refused",
        Label("整个文件没有收下", "Refused whole"),
        _upload(
            Label(
                "整个文件没有收下：第 2 行“姓名”像是人名。公安数据只收公布的汇总数，不收任何个人的行。",
                "The file was refused whole: row 2, “姓名”, looks like names. Police figures come as"
                " published aggregates only, and no row about a person is taken.",
            )
        ),
    ),
    State("none", Label("还没有", "None yet"), _NONE),
)
