"""Hiding small counts, and with them whatever would give them away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from guitu.indicators.disclosure.moves import LONG, QUICK, Move, everything, find
from guitu.indicators.disclosure.table import THRESHOLD, Cell, Equations, Key, Mark, Sum, equations
from guitu.kernel.labels import Label

MARKS: Final[Mapping[Mark, Label]] = {
    "small": Label("※不足{threshold}", "※ under {threshold}"),
    "also": Label("※", "※"),
}
"""What is shown in place of a hidden count; `also` is explained under the table: 为防推算，一并隐去."""


def mark_of(cell: Cell, threshold: int = THRESHOLD) -> Label | None:
    """What is shown in place of the count; None when the count itself may be shown."""
    return MARKS[cell.mark].fill(threshold=threshold) if cell.mark else None


def protect(
    cells: Iterable[Cell],
    sums: Iterable[Sum] = (),
    *,
    threshold: int = THRESHOLD,
    loss: Callable[[Key], int] | None = None,
) -> dict[Key, Cell]:
    """The same cells, by key and in the same order, marked where they must be hidden. The same table gives
    the same answer. A threshold of 1 or less hides nothing.

    `loss` says what hiding a cell costs, for choosing what is hidden along (a public fact such as its level,
    never its count); without it, a cell that others add up to costs more than one that only adds up.
    Raises DeclarationError when the sums do not fit the cells.
    """
    listed = [replace(cell, mark="") for cell in cells]
    table = equations(listed, sums)
    hiding = _Hiding(table, threshold, _costs(listed, table, loss))
    hiding.small(at for at, cell in enumerate(listed) if 0 < cell.behind < threshold and cell.count > 0)
    hiding.cover()
    return {cell.key: replace(cell, mark=hiding.marks[at]) for at, cell in enumerate(listed)}


def withheld(protected: Mapping[Key, Cell], of: Collection[Key]) -> bool:
    """Whether a ratio, a change or a median made of these counts must be hidden: when any of them is hidden,
    or is not in the table at all."""
    return any(key not in protected or protected[key].hidden for key in of)


def _costs(cells: list[Cell], table: Equations, loss: Callable[[Key], int] | None) -> tuple[int, ...]:
    """Each published cell's price; a whole costs as many as it has parts, up to a bound."""
    if loss is not None:
        return tuple(max(1, loss(cell.key)) for cell in cells)
    price = [1] * len(cells)
    for row in table.rows:
        whole = row[0][0]
        price[whole] = max(price[whole], min(len(row), 20))
    return tuple(price)


@dataclass(slots=True)
class _Hiding:
    table: Equations
    threshold: int
    costs: tuple[int, ...]
    marks: list[Mark] = field(init=False)
    unsure: set[int] = field(default_factory=set)
    """Cells for which a second value is known to fit."""

    def __post_init__(self) -> None:
        self.marks = [""] * self.table.published

    def small(self, which: Iterable[int]) -> None:
        for at in which:
            self.marks[at] = "small" if self.table.counts[at] < self.threshold else "also"

    def cover(self) -> None:
        """Find a second value for every hidden cell, hiding more where there is none."""
        waiting = [at for at, mark in enumerate(self.marks) if mark]
        for at in waiting:
            if at not in self.unsure:
                self._keep(find(self.table, at, self._hidden_only, _free, QUICK))
        for at in waiting:
            if at in self.unsure:
                continue
            move = find(self.table, at, self._hidden_only, _free, QUICK)
            for allows in (self._strictly, self._blurring):
                move = move or find(self.table, at, allows, self._price, LONG)
            self._keep(move or everything(self.table, at))

    def _keep(self, move: Move | None) -> None:
        for at, step in (move or {}).items():
            if at < self.table.published:
                self.unsure.add(at)
                after = self.table.counts[at] + step
                small = self.marks[at] == "small" and 1 <= after < self.threshold
                self.marks[at] = "small" if small else "also"

    def _hidden_only(self, at: int, step: int) -> bool:
        """Changes that stay within what is already hidden and what the marks say."""
        return (at >= self.table.published or bool(self.marks[at])) and self._strictly(at, step)

    def _strictly(self, at: int, step: int) -> bool:
        now, after = self.table.counts[at], self.table.counts[at] + step
        if at >= self.table.published:
            return after >= 0
        if self.marks[at] == "small":
            return 1 <= after < self.threshold
        return now > 0 and after >= min(now, self.threshold)

    def _blurring(self, at: int, step: int) -> bool:
        """The same, where a small count may also be shown as ※ alone: that mark says less."""
        after = self.table.counts[at] + step
        if at >= self.table.published:
            return after >= 0
        return self.table.counts[at] > 0 and after >= 1

    def _price(self, at: int) -> int:
        return 0 if at >= self.table.published or self.marks[at] else self.costs[at]


def _free(at: int) -> int:
    return 0
