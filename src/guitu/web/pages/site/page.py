"""What does our public site say, and is that what the public sees? The page has the shape of a board; here
are the states in which gallery and tests show it."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.pages.site import words

__all__ = ["STATES", "Board"]

_TABLE: Final = Table(
    Label("文章", "Articles"),
    (
        Column(Label("标题", "Title"), phone="lead"),
        Column(Label("栏目", "Section")),
        Column(Label("日期", "Date")),
        Column(Label("状态", "State"), phone="bare"),
        Column(Label("英文", "English")),
        Column(Label("修改", "Edit"), phone="act", hide_label=True),
    ),
    tuple(
        Row(
            (
                Cell(title, "#"),
                Label("动态", "News"),
                day,
                Cell(part=Word("done", Label("登出", "Shown"))),
                Cell(part=Word("gap", Label("缺英文", "Lacking"))),
                Cell(part=Button(Label("修改", "Edit"), "#", "small", describes=title)),
            )
        )
        for title, day in (("宣讲走进校园", "2026-11-20"), ("家人可以做什么", "2026-11-02"))
    ),
    (Label("2 篇，登出 2 篇", "2 articles, 2 shown"),),
    id="article-list",
)
_SITE: Final = Board(
    Label("宣传网站 · 示例省", "Public site · 示例省"),
    Label("2026-11-20 10:05 发布过，以后有改动", "Published 2026-11-20 10:05; changed since"),
    (
        Section(
            "publish",
            Label("发布", "Publishing"),
            facts=(Fact(Label("内容", "Content"), Label("2 篇文章", "2 articles")),),
            ask=Ask(
                "#",
                (),
                Button(Label("发布到网站文件夹", "Publish to the site's folder"), look="primary"),
                says=words.PLAIN,
            ),
            buttons=(Button(Label("先看一看", "Look at it"), "#"),),
        ),
        Section("articles", Label("文章", "Articles"), _TABLE, says=(words.RULES,)),
    ),
    buttons=(Button(Label("写文章", "Write an article"), "#"),),
)
_SAID: Final = Label("还没有网站。先填写名称和主办单位。", "There is no site yet: say what it is called.")

STATES: Final = (
    State("changed", Label("有改动没有发布", "Changed since it was published"), _SITE),
    State(
        "none",
        Label("还没有网站", "No site yet"),
        Board(
            _SITE.title,
            _SAID,
            (
                Section(
                    "none",
                    words.TITLE,
                    empty=Empty(
                        _SAID,
                        (Button(Label("填写网站说明", "Say what the site is"), "#", "primary"),),
                    ),
                ),
            ),
            summary=ErrorSummary((Fault(Label("没有发布", "Not published")),)),
        ),
    ),
)
