"""The list of a period: a line for each pack and for each unit without one, a page at a time, in the order
that was asked for. What a pack holds is unsealed for the lines that are shown only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from guitu.exchange.packs import making
from guitu.exchange.packs.words import shown
from guitu.indicators import Period
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.levels.reorganising import names_then
from guitu.store.packs import STATES, Fixed
from guitu.store.units import Unit
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.packs import work
from guitu.web.pages.packs.build import DONE, word_of
from guitu.web.pages.packs.progress import CUT_SHORT, DOING, address
from guitu.web.pages.packs.shown import COLUMNS
from guitu.web.pages.packs.work import Job
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.then import beside

SORTED: Final = {"unit": 0, "state": 1, "last": 4}
"""By which of the columns the list can be sorted, and their places."""
_FAR: Final = ("", "busy", *STATES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a unit with a pack, one that is being put together, or nothing yet. `place` is the unit's own
    place in the list."""

    place: int
    unit: Unit
    pack: Fixed | None = None
    job: Job | None = None

    @property
    def far(self) -> int:
        """How far it is; what is still to do comes first."""
        return _FAR.index(self.pack.state if self.pack else "busy" if self.job else "")

    @property
    def at(self) -> str:
        """When its last step was taken; what nobody has begun comes first."""
        if self.pack is None:
            return ""
        return (self.pack.steps[-1].at if self.pack.steps else self.pack.at).isoformat()


def busy_of(mine: Mapping[int, list[Fixed]], units: list[Unit], period: Period) -> dict[int, Job]:
    """What is being put together, or was not finished and not tried again since."""
    found = {}
    for unit in units:
        job = work.job_of(unit, period)
        if job is None or job.state == "done":
            continue
        if job.beat is not None or not any(pack.standing for pack in mine[unit.no]):
            found[unit.no] = job
    return found


def lines(mine: Mapping[int, list[Fixed]], units: list[Unit], busy: Mapping[int, Job]) -> list[Line]:
    """Every line, the units in their own order."""
    found = []
    for place, unit in enumerate(units):
        found += [Line(place, unit, pack) for pack in mine[unit.no]]
        if (job := busy.get(unit.no)) is not None:
            found.append(Line(place, unit, job=job))
        elif not mine[unit.no]:
            found.append(Line(place, unit))
    return found


def table(
    mine: Mapping[int, list[Fixed]], units: list[Unit], period: Period, busy: Mapping[int, Job],
    asked: QueryDict,
) -> Table:  # fmt: skip
    """The page of the list that was asked for: `sort` by one of SORTED (`-` in front: the other way), `page`
    and `size`."""
    every = lines(mine, units, busy)
    sort = asked.get("sort", "")
    name = sort.removeprefix("-") if sort.removeprefix("-") in SORTED else "unit"
    down = sort == f"-{name}"
    keys = {"unit": lambda one: one.place, "state": lambda one: one.far, "last": lambda one: one.at}
    every.sort(key=keys[name], reverse=down)
    size = size_of(asked)
    query = [("kind", period.kind), ("period", period.text)]
    kept = (("sort", f"-{name}" if down else name),) if down or name != "unit" else ()
    last = max(1, -(-len(every) // size))
    pager = Pager(
        min(whole(asked.get("page"), 1), last), size, len(every), (*query, *kept), "/packs/"
    )  # fmt: skip
    some = every[max(0, pager.first - 1) : pager.last]
    then = names_then([one.unit for one in some], period.last)
    return Table(
        Label("各单位", "Units"), columns(query, name, down=down),
        tuple(_row(one, period, then) for one in some),
        (Label(f"共 {len(every)} 行", f"{len(every)} rows"), *((pager.span,) if pager.pages > 1 else ())),
        pager if pager.total > SIZES[0] else None,
    )  # fmt: skip


def columns(query: Sequence[tuple[str, str]], name: str, *, down: bool) -> tuple[Column, ...]:
    """The heads: those of SORTED lead to the list by them, or the other way round."""
    found = list(COLUMNS)
    for one, place in SORTED.items():
        to = f"-{one}" if one == name and not down else one
        was = COLUMNS[place]
        found[place] = Column(
            was.label, was.numeric, was.unit, f"/packs/?{urlencode([*query, ('sort', to)])}",
            ("descending" if down else "ascending") if one == name else "", was.phone,
        )  # fmt: skip
    return tuple(found)


def _row(one: Line, period: Period, then: Mapping[str, str]) -> Row:
    sub = beside(then.get(one.unit.code, ""))
    if one.job is not None:
        word = Word("open", DOING) if one.job.beat is not None else Word("gap", CUT_SHORT)
        cell = Cell(one.unit.name, href=address(one.unit, period), sub=sub)
        return Row((cell, Cell(part=word), "—", "—", "—"))
    pack = one.pack
    if pack is None:
        word = Word("open", Label("未汇总", "Not yet"))
        return Row((Cell(one.unit.name, sub=sub), Cell(part=word), "—", "—", "—"))
    last = pack.steps[-1] if pack.steps else None
    told = DONE[last.what] if last else Label("已汇总", "Put together")
    at, by = (last.at, last.by) if last else (pack.at, pack.by)
    day = store_clock.office_day(at).isoformat()
    return Row(
        (
            Cell(one.unit.name, href=f"/packs/{pack.id}/", sub=sub),
            Cell(part=word_of(pack)),
            pack.number,
            shown(making.opened(pack).flow.closing, "person"),
            Label(f"{day} {told.zh} {by}", f"{day} {told.en}, {by}"),
        )
    )
