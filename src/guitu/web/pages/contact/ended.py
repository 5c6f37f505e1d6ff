"""From those whose measure has ended to the three lists of the page. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from guitu.kernel.labels import Label
from guitu.store.read import PersonLine
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.contact.build import ENDED_PATH, count_of
from guitu.web.pages.contact.page import Section
from guitu.web.pages.people.lines import measure
from guitu.web.pages.today.choices import address

T = TypeVar("T")
ENDED: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("措施", "Measure"), phone="bare"),
    Column(Label("期满", "Last day")),
    Column(Label("告知乡镇", "Town told"), phone="bare"),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
ALONE: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("措施结束", "Measure ended")),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see of those whose measure has ended: a unit, one list alone, a page of so
    many."""

    unit: str = ""
    part: str = ""
    page: int = 1
    size: int = SIZES[0]

    @property
    def leads_back(self) -> tuple[tuple[str, str], ...]:
        """What an address of a form carries that is to lead back to this page."""
        pairs = (*self._pairs(self.part), *((("page", str(self.page)),) if self.page > 1 else ()))
        return ("from", "list"), ("row", address(ENDED_PATH, pairs, self.size))

    def href(self, part: str) -> str:
        """One list alone; all of them without its name."""
        return address(ENDED_PATH, self._pairs(part), self.size)

    def page_of(self, part: str, found: Sequence[T]) -> tuple[Sequence[T], Pager]:
        """The page of one list: the first, unless that list is looked at alone."""
        at = self.page if self.part == part else 1
        return paged(found, at, self.size, self._pairs(part), ENDED_PATH)

    def shows(self, part: str) -> bool:
        """Whether that list stands on the page."""
        return self.part in ("", part)

    def _pairs(self, part: str) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in (("unit", self.unit), ("list", part)) if pair[1])


PARTS: Final = {
    "notices": Label("待告知乡镇", "Town to be told"),
    "alone": Label("待决定不再管控", "Control to be ended"),
    "lately": Label("近 90 天期满", "Ended in the last 90 days"),
}


def filters(asked: Asked, lengths: Mapping[str, int]) -> Filters:
    """The lists, each by itself, with how many there are."""
    chips = tuple(
        Chip(label, asked.href("" if asked.part == part else part), lengths[part], asked.part == part)
        for part, label in PARTS.items()
    )
    chosen = (Chip(PARTS[asked.part], asked.href("")),) if asked.part else ()
    group = Group(Label("名单", "Lists"), chips)
    return Filters((group,), chosen, asked.href("") if chosen else "", Label("只看一份名单", "One list"))


def due_notices(
    some: Sequence[tuple[PersonLine, date]], pager: Pager, asked: Asked, may: bool, on: date
) -> Section:
    """Whose measure has ended and whose town was not told."""
    rows = []
    for line, due in some:
        days = (due - on).days
        href = addresses.record(line.case_no, "end_notice", asked.leads_back)
        act = Button(Label("登记告知", "Record the notice"), href=href, look="small", describes=line.name)
        rows.append(
            Row(
                (
                    Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.case_no),
                    measure(line.measure, line.state),
                    line.ends_on.isoformat() if line.ends_on else "—",
                    Cell(
                        part=Word("late" if days < 0 else "open" if days else "today", days_word(days)),
                        sub=Label(f"最迟 {due}", f"by {due}"),
                    ),
                    line.unit_name or "—",
                    Cell(part=act) if may else "",
                ),
                line.case_no,
            )
        )
    return _section(
        "notices",
        Label("期满，待告知乡镇", "Ended, town to be told"),
        Table(
            Label("期满，待告知乡镇", "Ended, town to be told"),
            ENDED,
            tuple(rows),
        ),
        pager,
        Label("没有待告知的。", "Every town has been told."),
        Label(
            "措施自期满之日起依法解除，不等文书（《戒毒条例》第二十三条、第四十条）；七日内通知乡镇。",
            "The measure is over at its last day by law, paper or no paper (戒毒条例 arts 23, 40); the town"
            " is told within seven days.",
        ),
    )


def lately_ended(some: Sequence[PersonLine], pager: Pager) -> Section:
    """Whose measure ended lately: nobody is to look for them any more."""
    return _section(
        "lately",
        Label("近 90 天期满", "Ended in the last 90 days"),
        Table(Label("近 90 天期满", "Ended lately"), ALONE, tuple(_over(line) for line in some)),
        pager,
        Label("近期没有期满的。", "Nobody lately."),
        Label(
            "已依法解除，不再要求报到、检测或者见面；愿意继续接受帮助的，另行登记。",
            "Over by law: no reporting, testing or meeting is asked for any more; help goes on if they wish.",
        ),
    )


def left_alone(some: Sequence[PersonLine], pager: Pager, asked: Asked, may: bool) -> Section:
    """For whom the end of dynamic control is to be decided."""

    def act(line: PersonLine) -> Cell:
        href = addresses.record(line.case_no, "monitoring_ended", asked.leads_back)
        says = Label("登记不再管控", "Record the end")
        return Cell(part=Button(says, href=href, look="small", describes=line.name))

    return _section(
        "alone",
        Label("三年未复吸，待决定不再管控", "Three years clean: control to be ended"),
        Table(
            Label("待决定不再管控", "Control to be ended"),
            ALONE,
            tuple(_over(line, act(line) if may else "") for line in some),
        ),
        pager,
        Label("没有待决定的。", "Nobody waits for it."),
        Label(
            "对戒断三年未复吸的人员，不再实行动态管控（《戒毒条例》第七条）。由负责的人决定并登记；登记后不列入任何名单。",
            "After three years without relapse dynamic control ends (戒毒条例 art. 7). An officer decides and"
            " records it; afterwards the person stands in no list.",
        ),
    )


def _over(line: PersonLine, act: Cell | str = "") -> Row:
    """Somebody whose measure is over, in the columns of ALONE."""
    name = Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.case_no)
    ended = line.ends_on.isoformat() if line.ends_on else "—"
    return Row((name, ended, line.unit_name or "—", act), line.case_no)


def _section(id: str, title: Label, table: Table, pager: Pager, nobody: Label, note: Label) -> Section:
    """One list under its heading, with how many there are and the way to its other pages."""
    counts = (count_of(pager.total), *pager.spans)
    empty = None if table.rows else Empty(nobody)
    whole = replace(table, counts=counts, pager=pager, empty=empty, id=id, named_above=True)
    return Section(id, title, whole, note=note)
