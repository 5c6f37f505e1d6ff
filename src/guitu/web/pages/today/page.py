"""Today: whom must I see or answer today, and what is already late?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters
from guitu.web.components.filters.component import Group as FilterGroup
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.take.component import Take
from guitu.web.components.why.component import Why
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.today import lines
from guitu.web.pages.today.rows import EXCUSE, REASSIGN, DoneLine, DueRow, Group, Law

BUCKET_LABELS: Final[dict[str, Label]] = {
    "late": Label("逾期", "Overdue"),
    "today": Label("今天", "Today"),
    "week": Label("本周", "This week"),
}
KINDS: Final[dict[str, str]] = {"late": "late", "today": "today", "week": "open"}
"""The state that each bucket stands for: its shape and colour."""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """One page of duties. `office` is whose they are; `counts` the buckets as chips whose lists hold as many.

    `band` warns of rights at risk; `told` is what the post has to know beside its duties; `print_href` leads
    to the sheet to take along, `figures_href` those who answer for an area to its figures.
    """

    day: date
    office: str
    summary: Text
    tabs: Tabs | None
    filters: Filters
    groups: tuple[Group, ...]
    pager: Pager | None = None
    span: Text = ""
    band: Notice | None = None
    saved: Notice | None = None
    empty: Empty | None = None
    print_href: str = ""
    figures_href: str = ""
    told: tuple[Notice, ...] = ()
    told_title: Label = Label("知会", "To know")  # noqa: RUF009 - Label is frozen
    title: Label = Label("今日", "Today")  # noqa: RUF009 - Label is frozen

    @property
    def to_take(self) -> tuple[Table, ...]:
        """The duties as a table."""
        return (lines.table_of(self.groups, self.pager),)

    @property
    def take(self) -> Take:
        """The links by which they are taken along."""
        return Take(lines.ID, lines.CAPTION)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What comes back once something was recorded from a line: that line done in its place, every other line
    of the same person that is done with it, and the figures above the list anew. `left` is said aloud."""

    TEMPLATE: ClassVar = "done"

    line: DoneLine
    others: tuple[DoneLine, ...]
    left: Text
    summary: Text
    filters: Filters
    span: Text
    title: Label = Label("今日", "Today")  # noqa: RUF009 - Label is frozen

    @property
    def body(self) -> SafeString:
        """The lines as HTML."""
        others = "".join(line.html(elsewhere=True) for line in self.others)
        return mark_safe(self.line.html(said=self.left) + others)


@dataclass(frozen=True, slots=True)
class WhyPart:
    """The sum of days under an opened 依据."""

    TEMPLATE: ClassVar = "why"

    why: Why | None
    href: str
    title: Label = Label("依据", "Basis")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet to take along."""

    number: int
    name: str
    tail: str
    where: str
    label: Text
    due: str
    word: Word
    worker: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list on paper. The title says nothing about why these people are visited."""

    TEMPLATE: ClassVar = "sheet"

    day: date
    office: str
    by: str
    rows: tuple[SheetRow, ...]
    total: int
    back: str
    title: Label = Label("外出单", "Visit sheet")  # noqa: RUF009 - Label is frozen


_DAY: Final = date(2026, 11, 23)
_CITE: Final = (Citation("戒毒条例", "14").label,)
_SAYS: Final = Label(
    "自收到责令社区戒毒决定书之日起十五日内到执行地乡镇、街道报到",
    "Report to the town within fifteen days of receiving the order",
)


def _row(
    n: int, days: int | None, name: str, label: Label, unit: str, *, own: bool = False, reader: bool = True
) -> DueRow:
    due = None if days is None else date.fromordinal(_DAY.toordinal() + days)
    kind = "today" if days in (0, None) else "late" if days < 0 else "open"
    weekday = "一二三四五六日"[due.weekday()] if due else ""
    return DueRow(
        id=f"d{n}",
        case_no=f"469023-2026-{n:05}",
        word=Word(kind, days_word(days) if days is not None else Label("尽快", "Promptly")),
        name=name,
        href="#",
        tail=f"{1234 + n}",
        law=Law(label, _CITE, _SAYS, own),
        due=f"{due} 周{weekday}" if due else "",
        unit=unit,
        where=f"示例县 河西镇 {unit}",
        worker="李晓梅",
        why="#",
        record="#" if reader else "",
        more=((EXCUSE, "#"), (REASSIGN, "#")) if reader else (),
    )


_TEST: Final = Label("定期检测", "Routine test")
_REPORT: Final = Label("报到", "Report in")
_AGREEMENT: Final = Label("签订协议", "Sign the agreement")
_TABS: Final = Tabs(
    (
        Tab(Label("本单位及下级", "This unit and below"), "?", True, 23),
        Tab(Label("我的", "Mine"), "?scope=mine", count=9),
    ),
    Label("范围", "Scope"),
)


def _filters(late: int, today: int, week: int, *, here: str = "", chosen: tuple[Chip, ...] = ()) -> Filters:
    counts = {"late": late, "today": today, "week": week}
    return Filters(
        (
            FilterGroup(
                Label("到期", "Due"),
                tuple(Chip(BUCKET_LABELS[b], f"?due={b}", n, b == here, KINDS[b]) for b, n in counts.items()),
            ),
            FilterGroup(
                Label("事项", "Duty"),
                (Chip(_TEST, "?duty=routine_test", 12), Chip(_REPORT, "?duty=report_in", 5)),
                folded=True,
            ),
            FilterGroup(
                Label("村（社区）", "Village"),
                (Chip("东坡村", "?unit=1", 8), Chip("南园村", "?unit=2", 4)),
                folded=True,
            ),
        ),
        chosen,
        "?" if chosen else "",
        Label("筛选事项", "Filter duties"),
    )


_LATE: Final = Group(
    "late",
    BUCKET_LABELS["late"],
    (
        _row(1, -12, "符某某", _REPORT, "东坡村", own=True),
        _row(2, -3, "王某某", _TEST, "南园村"),
        _row(3, -1, "买买提·图尔荪", _AGREEMENT, "东坡村"),
    ),
)
_NOW: Final = Group(
    "today",
    BUCKET_LABELS["today"],
    (_row(4, 0, "陈某某", _TEST, "东坡村"), _row(5, None, "黎某某", _AGREEMENT, "北滘村")),
)
_WEEK: Final = Group(
    "open",
    BUCKET_LABELS["week"],
    (_row(6, 2, "吴某某", _TEST, "东坡村"), _row(7, 5, "阿卜杜热西提·买买提依明", _TEST, "南园村")),
)
_BAND: Final = Notice(
    "right",
    Label("权利有风险 2 人", "Rights at risk: 2 people"),
    Label(
        "例如期限已满仍未解除。请今天就核实、处理。",
        "For example, held past the term. Check and act on it today.",
    ),
    (Button(Label("看是哪些人", "See who"), href="#", look="small"),),
)
_BUSY: Final = TodayPage(
    _DAY,
    "河西镇 · 乡镇禁毒办",
    Label("今天要办 2 项，已逾期 3 项，一周内还有 18 项。", "2 due today, 3 overdue, 18 more within a week."),
    _TABS,
    _filters(3, 2, 18),
    (_LATE, _NOW, _WEEK),
    Pager(1, 20, 23),
    Label("共 23 项 · 按到期日 · 第 1–20 条", "23 in all · by day due · rows 1–20"),
    _BAND,
    print_href="#",
)

STATES: Final = (
    State("busy", Label("有逾期", "Overdue and due"), _BUSY),
    State(
        "filtered",
        Label("已筛选", "Filtered"),
        TodayPage(
            _DAY,
            "河西镇 · 乡镇禁毒办",
            Label("今天要办 2 项，已逾期 3 项。", "2 due today, 3 overdue."),
            _TABS,
            _filters(3, 2, 0, here="late", chosen=(Chip(_TEST, "?due=late"),)),
            (_LATE,),
            None,
            Label("共 3 项 · 按到期日", "3 in all · by day due"),
            print_href="#",
        ),
    ),
    State(
        "nothing_today",
        Label("今天没有", "Nothing today"),
        TodayPage(
            _DAY,
            "东坡村 · 村级专干",
            Label("今天没有必办事项。", "Nothing is due today."),
            None,
            _filters(0, 0, 2),
            (_WEEK,),
            span=Label("共 2 项 · 按到期日", "2 in all · by day due"),
            print_href="#",
        ),
    ),
    State(
        "empty",
        Label("没有事项", "Nothing at all"),
        TodayPage(
            _DAY,
            "东坡村 · 村级专干",
            Label("今天没有必办事项，一周内也没有。", "Nothing is due today or within a week."),
            None,
            _filters(0, 0, 0),
            (),
            empty=Empty(
                Label(
                    "没有逾期、今天或一周内到期的事项。", "Nothing overdue, due today or due within a week."
                ),
                (Button(Label("看人员名单", "See the people"), href="#"),),
            ),
        ),
    ),
    State(
        "none_match",
        Label("筛选后没有", "Nothing matches"),
        TodayPage(
            _DAY,
            "河西镇 · 乡镇禁毒办",
            Label("没有符合筛选条件的事项。", "Nothing matches the filters."),
            _TABS,
            _filters(0, 0, 0, here="late", chosen=(Chip(_TEST, "?due=late"),)),
            (),
            empty=Empty(
                Label("没有符合筛选条件的事项。", "Nothing matches the filters."),
                (Button(Label("全部清除", "Clear all"), href="#"),),
            ),
        ),
    ),
    State(
        "read_only",
        Label("只能查看", "Reading only"),
        TodayPage(
            _DAY,
            "示例省 · 检察监督",
            Label("今天要办 0 项，已逾期 1 项。", "0 due today, 1 overdue."),
            None,
            _filters(1, 0, 0),
            (
                Group(
                    "late",
                    BUCKET_LABELS["late"],
                    (_row(1, -12, "符某某", _REPORT, "东坡村", own=True, reader=False),),
                ),
            ),
            span=Label("共 1 项", "1 in all"),
            print_href="#",
        ),
    ),
    State(
        "sheet",
        Label("外出单", "Visit sheet"),
        Sheet(
            _DAY,
            "东坡村",
            "李晓梅",
            tuple(
                SheetRow(n, row.name, row.tail, row.where, row.law.label, row.due, row.word, row.worker)
                for n, row in enumerate((*_LATE.rows, *_NOW.rows), 1)
            ),
            5,
            "#",
        ),
    ),
)
