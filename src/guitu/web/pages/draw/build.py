"""From the draws of an office to what the page shows. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from guitu.kernel.labels import Label, many
from guitu.kernel.zone import CHINA
from guitu.store.home.draws import Come, Draw
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses

T = TypeVar("T")
SHORT: Final = 16
PATH: Final = "/draw/"
DRAWN: Final = "draws"
"""What an address carries that asks for a page of the second list."""
COME: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("抽到的日子", "Day drawn"), phone="bare"),
    Column(Label("本周期至", "Period until")),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
DRAWS: Final = (
    Column(Label("月份", "Month"), phone="lead"),
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("公布", "Published")),
    Column(Label("承诺", "Commitment")),
    Column(Label("种子", "Seed")),
    Column(Label("核验表", "Sheet"), phone="act"),
)
TOWNS: Final = (
    Column(Label("乡镇", "Town"), phone="lead"),
    Column(Label("本月", "This month"), phone="bare"),
    Column(Label("下月", "Next month"), phone="bare"),
)
WORKED_OUT: Final = Label("签号按今天的记录推算", "lots worked out from today’s records")
NONE: Final = Word("gap", Label("没有承诺", "Nothing committed to"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see: a unit, and of which list a page of so many."""

    unit: str = ""
    part: str = ""
    page: int = 1
    size: int = SIZES[0]

    def page_of(self, part: str, found: Sequence[T]) -> tuple[Sequence[T], Pager]:
        """The page of one list: of the one that is not looked at the first."""
        query = tuple(pair for pair in (("unit", self.unit), ("list", part)) if pair[1])
        some, pager = paged(found, self.page if self.part == part else 1, self.size, query, PATH)
        return some, replace(pager, anchor="draws-title" if part else "")


def month_word(day: date) -> Label:
    """2026年11月."""
    return Label(f"{day.year}年{day.month}月", f"{day:%B %Y}")


def people_of(found: Sequence[Come]) -> int:
    """How many people they are: somebody may be behind for several periods."""
    return len({one.no for one in found})


def come(some: Sequence[Come], pager: Pager, people: int, may: bool, on: date) -> Table:
    """A page of those whose day has come; `people` are all of them."""
    rows = []
    for one in some:
        line, days = one.line, (on - one.day).days
        state = Word("today") if not days else Word("gap", Label(f"{days} 天前", f"{many(days, 'day')} ago"))
        known = (("occasion", "routine"), ("from", "order"))
        href = addresses.record(line.case_no, "urine_test", known)
        act = Button(Label("登记检测", "Record the test"), href=href, look="small", describes=line.name)
        rows.append(
            Row(
                (
                    Cell(
                        line.name or line.case_no, addresses.back_to("order", line.case_no), sub=line.case_no
                    ),
                    Cell(part=state, sub=one.day.isoformat()),
                    one.window.last.isoformat(),
                    line.unit_name or "—",
                    Cell(part=act) if may else "",
                ),
                line.case_no,
            )
        )
    empty = Empty(Label("今天没有抽到的人，也没有未检的。", "Nobody’s day has come.")) if not rows else None
    counts = [Label(f"共 {people} 人", many(people, "person", "people"))]
    if people != pager.total:
        counts.append(Label(f"{pager.total} 次", many(pager.total, "period")))
    return Table(
        Label("抽到的日子已到", "Whose day has come"),
        COME,
        tuple(rows),
        (*counts, *pager.spans),
        pager,
        empty,
        "come",
        named_above=True,
    )


def draws(some: Sequence[Draw], pager: Pager, names: Mapping[str, str], on: date) -> Table:
    """A page of the draws of one office, the latest first."""
    rows = tuple(_draw(one, names, on) for one in some)
    empty = (
        Empty(Label("还没有公布过承诺。公布后，下月起抽签。", "Nothing committed to yet."))
        if not rows
        else None
    )
    counts = (Label(f"共 {pager.total} 次", many(pager.total, "draw")), *pager.spans)
    return Table(Label("承诺与揭示", "Draws"), DRAWS, rows, counts, pager, empty, "draws", named_above=True)


def _draw(one: Draw, names: Mapping[str, str], on: date) -> Row:
    at = one.at.astimezone(CHINA)
    seed: Text = one.seed.hex()[:SHORT] + "…" if one.seed is not None else "—"
    take = Button(
        Label("下载", "Take it"),
        href=f"/draw/{one.id}/sheet.json",
        look="link",
        describes=month_word(one.terms.first),
    )
    return Row(
        (
            Cell(
                month_word(one.terms.first),
                sub="" if one.terms.weekends else Label("不含周末", "no weekends"),
            ),
            Cell(part=state(one, on)),
            Cell(f"{at:%Y-%m-%d %H:%M}", sub=names.get(one.by, one.by)),
            one.commitment[:SHORT] + "…",
            seed,
            Cell(part=take, sub=WORKED_OUT if one.kept is None else "") if one.seed is not None else "—",
        ),
        f"d-{one.id}",
    )


def state(one: Draw, on: date) -> Word:
    """How far a draw is."""
    if one.seed is not None:
        return Word("done", Label("已揭示", "Revealed"))
    if on < one.terms.first:
        return Word("open", Label("已公布，未开始", "Published, not begun"))
    return Word("open", Label("进行中", "Running"))


def towns(some: Sequence[tuple[Unit, bool, bool]], pager: Pager) -> Table:
    """For a county: which towns have committed to this month and the next."""

    def word(there: bool) -> Cell:
        return Cell(part=Word("done", Label("已公布", "Published")) if there else NONE)

    rows = tuple(
        Row((Cell(unit.name, f"{PATH}?unit={unit.code}"), word(now), word(then)), unit.code)
        for unit, now, then in some
    )
    counts = (Label(f"共 {pager.total} 个乡镇", many(pager.total, "town")), *pager.spans)
    return Table(Label("各镇的承诺", "Towns"), TOWNS, rows, counts, pager, id="towns")
