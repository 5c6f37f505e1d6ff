"""A list of rows: caption with counts, heads that sort, and on a phone each row as a block of a few lines.

The body is written here and not in the template: a page has hundreds of cells and a hundredth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Final, Literal

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, render, say
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.pager.component import Pager
from guitu.web.components.take.component import Take
from guitu.web.components.word.component import Word
from guitu.web.language import ENGLISH, spoken

NOTHING: Final = ("", "—")
"""What stands in a cell that has nothing."""
LONGEST_KEPT: Final = 20
"""Characters of a figure or code that stays in one piece."""


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` stands in the head, never in the cells. `href` sorts by this column; `sorted` says that it does.

    `phone` is what a phone makes of it: the row's lead line, a labelled line, a bare one, an act, or nothing.
    In a `whole` column short phrases such as 2025 年 or 145 场 are not broken over two lines.
    """

    label: Text
    numeric: bool = False
    unit: Text = ""
    href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    phone: Literal["lead", "line", "bare", "act", "hide"] = "line"
    hide_label: bool = False
    whole: bool = False

    @property
    def measured_in(self) -> Label:
        """The unit as it follows the label."""
        unit = self.unit if isinstance(self.unit, Label) else Label(str(self.unit), str(self.unit))
        return Label(f"（{unit.zh}）", f" ({unit.en})")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words, perhaps a link, perhaps a second quieter line, perhaps any component instead."""

    text: Text = ""
    href: str = ""
    sub: Text = ""
    part: object | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells, in the order of the columns; `id` is the row's anchor."""

    cells: tuple[Cell | Text, ...]
    id: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` names the list; the counts (共 128 人 · 按到期日 · 第 1–20 条) are `counts`, joined with ·.

    `wide` lets a ledger scroll sideways inside a labelled region instead of folding. `reference` says that it
    explains something and is no list to be taken along. `named_above` says that a heading above has its
    name already: only the counts are seen.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    counts: tuple[Text, ...] = ()
    pager: Pager | None = None
    empty: Empty | None = None
    id: str = "list"
    wide: bool = False
    hide_caption: bool = False
    reference: bool = False
    named_above: bool = False

    @property
    def take(self) -> Take | None:
        """The links by which the list is taken along, where the page offers it."""
        return None if self.reference else Take(self.id, self.caption)

    @property
    def on_screen(self) -> tuple[bool, ...]:
        """Of each column whether it has nothing but presses: paper, on which nothing is pressed, goes without
        it. A column in which nothing stands at all keeps its head, if that is seen."""
        return tuple(
            all(_pressed(row.cells[at]) for row in self.rows)
            and (column.hide_label or any(row.cells[at] not in NOTHING for row in self.rows))
            for at, column in enumerate(self.columns)
        )

    @property
    def heads(self) -> tuple[tuple[Column, str], ...]:
        """The columns, each with the classes of its head."""
        return tuple(
            (column, " ".join(n for n in ("num" if column.numeric else "", "on-screen" if only else "") if n))
            for column, only in zip(self.columns, self.on_screen, strict=True)
        )

    @property
    def body(self) -> SafeString:
        """All rows as HTML."""
        english = spoken() == ENGLISH
        on_screen = self.on_screen
        opens = [
            _open(column, english, self.wide, only)
            for column, only in zip(self.columns, on_screen, strict=True)
        ]
        ends = [f"</{opening[1:3]}>" for opening in opens]
        out: list[str] = []
        for row in self.rows:
            identity = f' id="{escape(row.id)}"' if row.id else ""
            out.append(f"<tr{identity}{' class=now' if row.now else ''}>")
            for column, opening, cell, end in zip(self.columns, opens, row.cells, ends, strict=True):
                keep = _phrase if column.whole else _whole
                inside = _inside(cell, english, keep) if isinstance(cell, Cell) else keep(_in(cell, english))
                out.append(f"{opening}{inside}{end}")
            out.append("</tr>\n")
        return mark_safe("".join(out))


def under(table: Table | None, *headings: Text) -> Table | None:
    """A table as it stands under these headings: what one of them says, its caption does not say again."""
    if table is None or say(table.caption) not in map(say, headings):
        return table
    return replace(table, named_above=True)


def _pressed(cell: Cell | Text) -> bool:
    """Whether a cell has what is pressed and nothing to read, or nothing at all."""
    if not isinstance(cell, Cell):
        return cell in NOTHING
    if cell.part is None:
        return cell.text in NOTHING and not cell.sub
    return getattr(cell.part, "pressed", False) and not cell.sub


def _open(column: Column, english: bool, wide: bool, only: bool = False) -> str:
    shown = ("num" if column.numeric else "", "" if wide else column.phone, "on-screen" if only else "")
    names = " ".join(n for n in shown if n)
    if column.phone == "lead":
        return f'<th scope="row" class="{names}">'
    labelled = column.phone == "line" and not wide
    label = f' data-label="{escape(_in(column.label, english))}"' if labelled else ""
    return f'<td class="{names}"{label}>'


def _in(text: Text, english: bool) -> str:
    """Like `say`, with the language already known: a page has hundreds of cells."""
    if isinstance(text, Label):
        return text.en if english else text.zh
    return text


_KEPT: Final = re.compile(rf"(?=.*\d)[ -~…⋯]{{1,{LONGEST_KEPT}}}")


@lru_cache(maxsize=8192)
def _whole(words: str) -> str:
    """A date, a number or a code is never broken over two lines. Most cells say what others have said."""
    if _KEPT.fullmatch(words):
        return f'<span class="nowrap">{escape(words)}</span>'
    return escape(words)


@lru_cache(maxsize=1024)
def _phrase(words: str) -> str:
    """The same for a short phrase, in which a Chinese character counts twice."""
    wide = sum(2 if ord(sign) > 0xFF else 1 for sign in words)
    return f'<span class="nowrap">{escape(words)}</span>' if wide <= LONGEST_KEPT else escape(words)


def _inside(cell: Cell, english: bool, keep: Callable[[str], str]) -> str:
    if cell.part is not None:
        inside: str = _word(cell.part, english) if isinstance(cell.part, Word) else render(cell.part)
    else:
        inside = keep(_in(cell.text, english))
        if cell.href:
            inside = f'<a href="{escape(cell.href)}">{inside}</a>'
        if cell.strong:
            inside = f"<strong>{inside}</strong>"
    if cell.sub:
        inside += f'<span class="sub">{_whole(_in(cell.sub, english))}</span>'
    return inside


@lru_cache(maxsize=4096)
def _word(word: Word, english: bool) -> str:
    """A state's word: the same few come again in every list. `english` only tells what is kept apart."""
    return word.html()


_COLUMNS: Final = (
    Column(Label("姓名", "Name"), href="?sort=name", phone="lead"),
    Column(Label("现措施", "Measure now"), phone="bare"),
    Column(Label("期满", "Ends"), href="?sort=ends", sorted="ascending"),
    Column(Label("下一应办", "Next duty"), phone="bare"),
    Column(Label("检测", "Tests"), numeric=True, unit=Label("次", "times"), phone="hide"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)


def _row(number: int, name: str, measure: Label, ends: str, word: Word, tests: str) -> Row:
    record = Button(Label("登记", "Record"), href="#", look="small", describes=name)
    return Row(
        (
            Cell(name, href="#", sub="981***********1234"),
            measure,
            ends,
            Cell(part=word),
            tests,
            Cell(part=record),
        ),
        f"p{number}",
    )


_ROWS: Final = (
    _row(
        1,
        "符某某",
        Label("社区戒毒", "Community treatment"),
        "2028-03-20",
        Word("late", Label("检测 逾期 3 天", "Test, 3 days overdue")),
        "12",
    ),
    _row(
        2,
        "王某某",
        Label("社区康复", "Community rehabilitation"),
        "2027-01-07",
        Word("today", Label("谈话 今天", "Talk, today")),
        "1,204",
    ),
    _row(
        3,
        "买买提·图尔荪",
        Label("社区戒毒", "Community treatment"),
        "—",
        Word("open", Label("报到 还有 12 天", "Report in, in 12 days")),
        "0",
    ),
)

STATES: Final = (
    State(
        "rows",
        Label("有行", "Rows"),
        Table(
            Label("在册人员", "Current files"),
            _COLUMNS,
            _ROWS,
            (
                Label("共 128 人", "128 people"),
                Label("按期满日", "by end date"),
                Label("第 1–20 条", "rows 1–20"),
            ),
            Pager(1, 20, 128),
        ),
    ),
    State(
        "empty",
        Label("空", "Empty"),
        Table(
            Label("在册人员", "Current files"),
            _COLUMNS,
            (),
            (Label("共 0 人", "0 people"),),
            empty=Empty(
                Label("没有符合条件的人。", "Nobody matches."),
                (Button(Label("清除筛选", "Clear filters"), href="#"),),
            ),
            id="list-2",
        ),
    ),
    State(
        "named_above",
        Label("标题已有名称", "Named by the heading above"),
        Table(
            Label("在册人员", "Current files"),
            _COLUMNS,
            _ROWS[:1],
            (Label("共 1 人", "1 person"), Label("按期满日", "by end date")),
            id="list-4",
            named_above=True,
        ),
    ),
    State(
        "wide",
        Label("宽表", "Wide"),
        Table(
            Label("台账", "Ledger"),
            tuple(
                Column(Label(f"列{n}", f"Column {n}"), phone="lead" if n == 1 else "line")
                for n in range(1, 19)
            ),
            tuple(Row(tuple(f"{r}-{n}" for n in range(1, 19))) for r in range(1, 4)),
            (Label("3 行", "3 rows"),),
            wide=True,
            id="list-3",
        ),
    ),
)
