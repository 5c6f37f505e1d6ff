"""From hand-overs as the store found them to the board. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.home.handover.baton import STATES, Baton
from guitu.home.handover.materials import Material
from guitu.kernel.labels import Label
from guitu.store.home.handover import Line
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.handover import words
from guitu.web.pages.today.choices import address

Names = Callable[[str], str]
"""The name of a unit, by its code."""
PATH: Final = "/handover/"
SIDES: Final = {
    "": Label("全部", "All"),
    "received": Label("发给我们的", "Sent to us"),
    "sent": Label("我们发出的", "Sent by us"),
}
COLUMNS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("阶段", "Stage"), phone="bare"),
    Column(Label("从 → 到", "From → to"), phone="bare"),
    Column(Label("最近一步", "Last step")),
    Column(Label("应办", "Owed")),
    Column(Label("材料缺", "Missing")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a side, a stage (or what is late), a page of so many."""

    side: str = ""
    state: str = ""
    page: int = 1
    size: int = SIZES[0]

    def href(self, **other: str) -> str:
        """The address with other answers; the page starts again from the first."""
        return address(PATH, self.pairs(**other), self.size)

    def pairs(self, **other: str) -> tuple[tuple[str, str], ...]:
        """The answers as they stand in the address, some changed."""
        return tuple((k, v) for k, v in {"side": self.side, "state": self.state, **other}.items() if v)


def on_side(lines: Sequence[Line], side: str) -> list[Line]:
    """The lines of one side; within one's own area both are one's own."""
    return [one for one in lines if not side or one.side in (side, "above")]


def in_state(lines: Sequence[Line], state: str) -> list[Line]:
    """The lines of one stage, or those that are late."""
    if state == LATE:
        return [one for one in lines if one.late > 0]
    return [one for one in lines if not state or one.baton.state == state]


def lead(lines: Sequence[Line]) -> Label:
    """The page's first line: has everybody who left us really been received?"""
    under_way = [one for one in lines if not one.baton.over]
    late = sum(1 for one in under_way if one.late > 0)
    done = sum(1 for one in lines if one.baton.state in ("accepted", "contacted"))
    over = sum(1 for one in lines if one.baton.sent is not None and one.baton.state != "overtaken")
    if not under_way:
        return Label(
            f"没有在途移交；近期 {over} 件，已接收 {done} 件",
            f"None in transit; {done} of {over} lately were accepted",
        )
    return Label(
        f"在途 {len(under_way)} 件，逾期 {late} 件；近期发出 {over} 件，已接收 {done} 件",
        f"{len(under_way)} in transit, {late} late; {done} of {over} sent lately were accepted",
    )


def tabs(lines: Sequence[Line], asked: Asked) -> Tabs:
    """Both sides, with how many are under way on each."""
    found = []
    for side, label in SIDES.items():
        count = sum(1 for one in on_side(lines, side) if not one.baton.over)
        found.append(Tab(label, Asked(side).href(), side == asked.side, count))
    return Tabs(tuple(found), Label("移交方向", "Which side"))


def filters(lines: Sequence[Line], asked: Asked) -> Filters:
    """The stages as links, each with how many there are."""
    counts = Counter(one.baton.state for one in lines)
    late = sum(1 for one in lines if one.late > 0)
    chips = [
        Chip(
            Label("逾期", "Late"),
            asked.href(state=LATE),
            late,
            asked.state == LATE,
            kind=LATE if late else "",
        ),
        *(
            Chip(_named(state, lines), asked.href(state=state), counts[state], asked.state == state)
            for state in STATES
            if counts[state]
        ),
    ]
    chosen = (Chip(_named(asked.state, lines), asked.href(state="")),) if asked.state else ()
    group = Group(Label("阶段", "Stage"), tuple(chips))
    return Filters((group,), chosen, asked.href(state="") if chosen else "", Label("按阶段", "By stage"))


def _named(state: str, lines: Sequence[Line]) -> Label:
    """What a stage is called on the lines that have it."""
    if state == LATE:
        return Label("逾期", "Late")
    said = list(dict.fromkeys(words.state(one.baton) for one in lines if one.baton.state == state))
    said = said or [STATES[state]]  # type: ignore[index]
    return Label("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def page_of(lines: Sequence[Line], asked: Asked) -> tuple[Sequence[Line], Pager]:
    """The lines of the page that is asked for, and the way to the others."""
    return paged(lines, asked.page, asked.size, asked.pairs(), PATH)


def table(part: Sequence[Line], pager: Pager, asked: Asked, on: date, names: Names) -> Table:
    """One page of the board; what is latest stands first."""
    return Table(
        Label("移交", "Hand-overs"),
        COLUMNS,
        tuple(_row(one, on, names) for one in part),
        (
            Label(f"共 {pager.total} 件", f"{pager.total} in all"),
            Label("逾期久的在前", "the latest first"),
            *pager.spans,
        ),
        pager,
        _empty(asked),
        id="board",
        hide_caption=True,
    )


def _empty(asked: Asked) -> Empty:
    if asked.state or asked.side:
        press = Button(Label("看全部", "Show all"), href=PATH)
        return Empty(Label("没有这样的移交。", "There is no such hand-over."), (press,))
    return Empty(
        Label(
            "没有在途移交。要移交某人，先打开其档案，再登记“准备移交”。",
            "None in transit. To hand somebody over, open their file and record “Hand-over prepared”.",
        )
    )


def _row(one: Line, on: date, names: Names) -> Row:
    href = f"{PATH}{one.case_no}/"
    clock = one.owed
    due: Cell | Text = "—"
    if clock is not None and (word := words.deadline(clock, on)) is not None:
        day = clock.due.isoformat() if clock.due else ""
        below = [Label(day, day)] if day else []
        if (up := words.raised(one.level, one.baton)) is not None:
            below.append(up)
        both = " · ".join(b.zh for b in below), " · ".join(b.en for b in below)
        due = Cell(part=word, sub=Label(*both) if below else "")
    return Row(
        (
            Cell(one.name, href, sub=one.case_no if one.known and one.name != one.case_no else ""),
            Cell(part=words.stage(one.baton), sub=words.awaited(one.baton, one.about)),
            Cell(way(one.baton, names), sub=words.OCCASIONS[one.about]),
            last(one.baton, names),
            due,
            lacking(one.missing) if one.known else Cell("—"),
            Cell(part=Button(Label("办理", "Go on"), href=href, look="small", describes=one.name)),
        ),
        one.case_no,
    )


def way(baton: Baton, names: Names) -> Text:
    """From where to where."""
    sender = names(baton.sender)
    if not baton.receiver:
        return Label(f"{sender} → {words.NOBODY.zh}", f"{sender} → {words.NOBODY.en}")
    return f"{sender} → {names(baton.receiver)}"


def last(baton: Baton, names: Names) -> Cell:
    """The step that was made last, when and where."""
    step = baton.placed or baton.last
    if step is None:
        return Cell("—")
    return Cell(step.happened_on.isoformat(), sub=names(step.unit))


def lacking(missing: Sequence[Material]) -> Cell:
    """What the package lacks, the first three by name; in English, whose names are longer, the first two."""
    if not missing:
        return Cell(part=Word("done", Label("齐全", "Complete")))
    zh = "、".join(one.label.zh for one in missing[:3])
    first, *others = (one.label.en for one in missing[:2])
    en = ", ".join((first, *(f"{name[0].lower()}{name[1:]}" for name in others)))
    if len(missing) > 3:
        zh = f"{zh} 等 {len(missing)} 项"
    if len(missing) > 2:
        en = f"{en} and {len(missing) - 2} more"
    return Cell(Label(zh, en))
