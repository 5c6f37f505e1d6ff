"""Numbered pages of a list: addresses that can be sent to a colleague, and how many rows a page has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from urllib.parse import urlencode

from guitu.kernel.labels import Label
from guitu.web.component import State

SIZES: Final = (20, 50, 100)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One number of the pager; a gap has no number."""

    number: int | None
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """`query` is the list's own address parameters without page and size. `exact` is False where the total
    is a lower bound (`1,000+`), because counting a million rows helps nobody. A list that is `fixed` has as
    many rows as it has, and its reader chooses no other. `anchor` is the list's id where others stand above
    it on the page."""

    number: int
    size: int
    total: int
    query: tuple[tuple[str, str], ...] = ()
    path: str = ""
    exact: bool = True
    fixed: bool = False
    anchor: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The first row shown, counted from one; 0 where there is none."""
        return 0 if self.total == 0 else (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The last row shown."""
        return min(self.total, self.number * self.size)

    @property
    def spans(self) -> tuple[Label, ...]:
        """What a caption says of it: nothing where everything stands on one page."""
        return (self.span,) if self.pages > 1 else ()

    @property
    def span(self) -> Label:
        """第 1–20 条."""
        return Label(f"第 {self.first:,}–{self.last:,} 条", f"rows {self.first:,}–{self.last:,}")

    def href(self, number: int, size: int | None = None) -> str:
        """The address of a page."""
        pairs = [*self.query]
        if number > 1:
            pairs.append(("page", str(number)))
        if (size or self.size) != SIZES[0] and not self.fixed:
            pairs.append(("size", str(size or self.size)))
        here = f"#{self.anchor}" if self.anchor else ""
        return (f"{self.path}?{urlencode(pairs)}" if pairs else self.path or "?") + here

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        return self.href(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, or nothing."""
        return self.href(self.number + 1) if self.number < self.pages else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """First, last, and the neighbours of this page, with gaps between."""
        wanted = sorted(
            {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        )
        steps: list[Step] = []
        before = 0
        for number in wanted:
            if number - before > 1:
                steps.append(Step(None))
            steps.append(Step(number, self.href(number), number == self.number))
            before = number
        return tuple(steps)

    @property
    def sizes(self) -> tuple[Step, ...]:
        """How many rows a page may have."""
        sizes = () if self.fixed else SIZES
        return tuple(Step(size, self.href(1, size), size == self.size) for size in sizes)


def paged(
    rows: Sequence[T], number: int, size: int, query: tuple[tuple[str, str], ...] = (), path: str = ""
) -> tuple[Sequence[T], Pager]:
    """The rows of one page and the way to the others; what lies beyond the last page is the last."""
    pager = Pager(number, size, len(rows), query, path)
    pager = replace(pager, number=min(max(1, number), pager.pages))
    return rows[max(0, pager.first - 1) : pager.last], pager


STATES: Final = (
    State("first", Label("第一页", "First page"), Pager(1, 20, 128)),
    State("middle", Label("中间", "Middle"), Pager(12, 20, 1240, (("unit", "469023100"),))),
    State("last", Label("最后一页", "Last page"), Pager(3, 50, 128)),
    State("fixed", Label("行数不能选", "Fixed length"), Pager(2, 20, 45, fixed=True)),
)
