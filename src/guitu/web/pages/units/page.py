"""Units: who is responsible where, what has each open, and where is nobody?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.safestring import SafeString

from guitu.indicators.disclosure import Mark
from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Table
from guitu.web.components.take.component import Take
from guitu.web.components.word.component import Word
from guitu.web.pages.units import listed
from guitu.web.pages.units.nodes import STAFF, Count, Node, lines

PEOPLE: Final = Label("在册", "Current")
DUE: Final = Label("待办", "To do")
LATE: Final = Label("逾期", "Overdue")
LONGER: Final = {
    PEOPLE: Label("在册人员", "People on a measure"),
    DUE: Label("待办，含一周内", "To do within a week"),
    LATE: Label("其中逾期", "Of these overdue"),
}
"""What the unit's own figures are, where there is room to say it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Units of one sort below: divisions, or institutions; those of one page and the way to the others."""

    name: str
    label: Label
    nodes: tuple[Node, ...]
    pager: Pager | None = None

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self.pager.total if self.pager else len(self.nodes)

    @property
    def body(self) -> SafeString:
        """All lines as HTML."""
        return lines(self.nodes)

    @property
    def take(self) -> Take:
        """The links by which they are taken along."""
        return Take(self.name, self.label)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in post here."""

    name: str
    role: Label


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: the way down to it, its figures, its staff, its people by measure (`untold` where they are
    not told), what is below, and the way to its own file."""

    code: str
    name: str
    level: Text
    crumbs: Crumbs | None
    counts: tuple[Count, ...]
    measures: tuple[Count, ...]
    staff: tuple[Person, ...]
    branches: tuple[Branch, ...] = ()
    vacant: Word | None = None
    notices: tuple[Notice, ...] = ()
    q: str = ""
    file: Button | None = None
    untold: Label | None = None

    @property
    def title(self) -> str:
        """The unit's own name."""
        return self.name

    @property
    def heads(self) -> tuple[Label, ...]:
        """What the figures of a line are."""
        return HEADS

    @property
    def figures(self) -> tuple[tuple[Label, SafeString], ...]:
        """The unit's own figures."""
        return tuple((LONGER.get(c.label, c.label), SafeString(c.html(named=True))) for c in self.counts)

    @property
    def by_measure(self) -> tuple[tuple[Label, SafeString], ...]:
        """How many people under each measure."""
        return tuple((c.label, SafeString(c.html(named=True))) for c in self.measures)

    @property
    def to_take(self) -> tuple[Table, ...]:
        """The units below as tables."""
        return tuple(listed.table_of(b.name, b.label, b.nodes, b.pager) for b in self.branches)


@dataclass(frozen=True, slots=True)
class Found:
    """Several units that a search found, or none."""

    TEMPLATE: ClassVar = "found"

    q: str
    nodes: tuple[Node, ...]
    summary: Text
    empty: Empty | None = None
    title: Label = Label("查找单位", "Find a unit")  # noqa: RUF009 - Label is frozen

    @property
    def heads(self) -> tuple[Label, ...]:
        """What the figures of a line are."""
        return HEADS

    @property
    def body(self) -> SafeString:
        """All lines as HTML."""
        return lines(self.nodes)


@dataclass(frozen=True, slots=True)
class Below:
    """The branches under one unit, fetched when it is unfolded; `told` is said aloud when they have come."""

    TEMPLATE: ClassVar = "below"

    nodes: tuple[Node, ...]
    told: Label
    title: Label = Label("下级单位", "Units below")  # noqa: RUF009 - Label is frozen

    @property
    def body(self) -> SafeString:
        """All lines as HTML."""
        return lines(self.nodes)


HEADS: Final = (PEOPLE, DUE, LATE, STAFF)
FILE: Final = Label("单位档案", "Unit's file")
VACANT: Final = Word("gap", Label("空缺", "Vacant"))
UNTOLD: Final = Label(
    "人数少，为防推算，不按措施分列。", "Not broken down: a small number could be worked out."
)


def _counts(people: int, due: int, late: int, *, mark: Mark = "") -> tuple[Count, ...]:
    beside: Mark = "also" if mark else ""
    return (
        Count(PEOPLE, people, "#", mark),
        Count(DUE, due, "#", beside),
        Count(LATE, late, "#", beside, late=True),
    )


def _node(name: str, level: Label, counts: tuple[Count, ...], *, staff: int = 1, deep: bool = False) -> Node:
    return Node(
        name,
        name,
        "#",
        level,
        counts,
        Label(f"{staff} 人", f"{staff}"),
        None if staff else VACANT,
        "#" if deep else "",
    )


_TOWN: Final = Label("乡镇（街道）", "Town")
_VILLAGE: Final = Label("村（社区）", "Village")
_DIVISIONS: Final = Branch(
    "divisions",
    Label("下级区划", "Divisions below"),
    (
        _node("河西镇", _TOWN, _counts(1128, 60, 3), staff=2, deep=True),
        _node("河东镇", _TOWN, _counts(96, 12, 0), staff=0, deep=True),
        _node("南山街道", _TOWN, _counts(0, 0, 0)),
    ),
)
_INSTITUTIONS: Final = Branch(
    "institutions",
    Label("机构", "Institutions"),
    (_node("示例县指导站", Label("社戒社康指导站", "Guidance station"), _counts(0, 0, 0)),),
)
_CRUMBS: Final = Crumbs((Crumb("示例省"), Crumb("示例县")))
_MEASURES: Final = (
    Count(Label("社区戒毒", "Community treatment"), 820, "#"),
    Count(Label("社区康复", "Community recovery"), 404, "#"),
)
_STAFF: Final = (Person("林县明", Label("县级主管", "County supervisor")),)
_COUNTY: Final = UnitPage(
    "469023",
    "示例县",
    Label("县级", "County"),
    _CRUMBS,
    _counts(1224, 72, 3),
    _MEASURES,
    _STAFF,
    (_DIVISIONS, _INSTITUTIONS),
    file=Button(FILE, href="#", look="link"),
)

STATES: Final = (
    State("county", Label("县", "County"), _COUNTY),
    State(
        "village",
        Label("村，无下级", "Village, nothing below"),
        UnitPage(
            "469023101200",
            "东坡村",
            _VILLAGE,
            Crumbs((Crumb("示例省"), Crumb("示例县"), Crumb("河西镇", "#"), Crumb("东坡村"))),
            _counts(21, 6, 0),
            _MEASURES[:1],
            (Person("李晓梅", Label("村级专干", "Village worker")),),
        ),
    ),
    State(
        "vacant",
        Label("空缺", "Vacant"),
        UnitPage(
            "469023101201",
            "南园村",
            _VILLAGE,
            Crumbs((Crumb("示例省"), Crumb("示例县"), Crumb("河西镇", "#"), Crumb("南园村"))),
            _counts(8, 1, 1),
            (),
            (),
            vacant=VACANT,
        ),
    ),
    State(
        "closed",
        Label("已停用", "Closed"),
        UnitPage(
            "469023102",
            "旧街镇",
            _TOWN,
            Crumbs((Crumb("示例省"), Crumb("示例县", "#"), Crumb("旧街镇"))),
            _counts(0, 0, 0),
            (),
            (),
            notices=(Notice("barred", Label("本单位已于 2025-12-31 停用。", "Closed on 2025-12-31.")),),
        ),
    ),
    State(
        "figures_only",
        Label("只看数字", "Figures only"),
        UnitPage(
            "469023101",
            "河西镇",
            _TOWN,
            _CRUMBS,
            _counts(214, 31, 0),
            (),
            _STAFF,
            (
                Branch(
                    "divisions",
                    Label("下级区划", "Divisions below"),
                    (
                        _node("东坡村", _VILLAGE, _counts(3, 1, 0, mark="small")),
                        _node("南园村", _VILLAGE, _counts(28, 4, 0, mark="also")),
                        _node("西坡村", _VILLAGE, _counts(183, 26, 0)),
                    ),
                ),
            ),
            untold=UNTOLD,
        ),
    ),
    State(
        "found",
        Label("找到几个", "Several found"),
        Found("he", _DIVISIONS.nodes[:2], Label("找到 2 个单位", "2 units found")),
    ),
    State(
        "none",
        Label("没有找到", "None found"),
        Found(
            "zz",
            (),
            Label("没有找到“zz”", "No match for “zz”"),
            Empty(
                Label(
                    "可换名称的一部分、拼音、首字母或单位代码再找。",
                    "Try part of the name, pinyin, initials or the unit's code.",
                )
            ),
        ),
    ),
)
