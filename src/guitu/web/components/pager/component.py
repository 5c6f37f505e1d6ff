"""Numbered pages of a list: addresses that can be sent to a colleague, and how many rows a page has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from guitu.kernel.labels import Label
from guitu.web.component import State

SIZES: Final = (20, 50, 100)


@dataclass(frozen=True, slots=True)
class Step:
    """One number of the pager; a gap has no number."""

    number: int | None
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """`query` is the list's own address parameters without page and size. `exact` is False where the total
    is a lower bound (`1,000+`), because counting a million rows helps nobody."""

    number: int
    size: int
    total: int
    query: tuple[tuple[str, str], ...] = ()
    path: str = ""
    exact: bool = True

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
    def span(self) -> Label:
        """第 1–20 条."""
        return Label(f"第 {self.first:,}–{self.last:,} 条", f"rows {self.first:,}–{self.last:,}")

    def href(self, number: int, size: int | None = None) -> str:
        """The address of a page."""
        pairs = [*self.query]
        if number > 1:
            pairs.append(("page", str(number)))
        if (size or self.size) != SIZES[0]:
            pairs.append(("size", str(size or self.size)))
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path or "?"

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
        return tuple(Step(size, self.href(1, size), size == self.size) for size in SIZES)


STATES: Final = (
    State("first", Label("第一页", "First page"), Pager(1, 20, 128)),
    State("middle", Label("中间", "Middle"), Pager(12, 20, 1240, (("unit", "469023100"),))),
    State("last", Label("最后一页", "Last page"), Pager(3, 50, 128)),
)
