"""The search for a second table: another set of counts that fits everything shown and differs in one cell.

A *move* changes a few cells by whole numbers so that every sum still holds and nothing shown changes. The
cells of a move are safe together: each of them has at least the two values before and after it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from guitu.indicators.disclosure.table import Equations

Move = dict[int, int]


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look: unfinished moves kept beside each other, cells in the longest move, and in how many
    orders the cells are tried."""

    width: int
    steps: int
    orders: int


QUICK: Final = Effort(4, 16, 1)
LONG: Final = Effort(6, 40, 8)

_OPEN: Final = 4
"""What an unbalanced sum weighs against hiding one more cell."""

Allows = Callable[[int, int], bool]
"""Whether a cell may be changed by that much."""


@dataclass(slots=True)
class _Draft:
    changes: Move
    off: dict[int, int]
    """Sums out of balance, and by how much."""
    cost: int


def find(
    table: Equations, target: int, allows: Allows, cost: Callable[[int], int], effort: Effort
) -> Move | None:
    """The cheapest move found that changes `target` by one; None when there is none among those looked at.
    `cost` is what hiding the cell would lose: 0 for one already hidden."""
    for order in range(effort.orders):
        found = _search(table, target, allows, cost, effort, order)
        if found is not None:
            return found
    return None


def _search(
    table: Equations, target: int, allows: Allows, cost: Callable[[int], int], effort: Effort, order: int
) -> Move | None:
    beam = [_changed(table, _Draft({}, {}, 0), target, step, 0) for step in (-1, 1) if allows(target, step)]
    best: _Draft | None = None
    for _ in range(effort.steps):
        tries: list[tuple[int, int, _Draft, int, int, int]] = []
        for draft in beam:
            if not draft.off:
                if best is None or draft.cost < best.cost:
                    best = draft
                continue
            for at, step in _repairs(table, draft, allows):
                price = draft.cost + cost(at)
                if best is None or price < best.cost:
                    worth = price + _OPEN * _left_open(table, draft, at, step)
                    tries.append((worth, _turn(at, order), draft, at, step, price))
        if best is not None and best.cost == 0:
            break
        tries.sort(key=lambda made: made[:2])
        beam = _different(table, tries, effort.width)
        if not beam:
            break
    return best.changes if best is not None else None


def _turn(at: int, order: int) -> int:
    """Where a cell stands in one of the orders: spread over the table, so that those tried beside each other
    are not all neighbours, and the same every time."""
    return (at + 1) * (2654435761 + 2 * 40503 * order) % 4294967291


def _different(
    table: Equations, tries: list[tuple[int, int, _Draft, int, int, int]], width: int
) -> list[_Draft]:
    """The first few that are not the same changes in another order."""
    kept: list[_Draft] = []
    for _, _, draft, at, step, price in tries:
        changes = {**draft.changes, at: step}
        if all(changes != other.changes for other in kept):
            kept.append(_changed(table, draft, at, step, price))
            if len(kept) == width:
                break
    return kept


def _left_open(table: Equations, draft: _Draft, at: int, step: int) -> int:
    """How many sums would be out of balance after the change."""
    off, left = draft.off, len(draft.off)
    for number, sign in table.of_cell[at]:
        before = off.get(number)
        if before is None:
            left += 1
        elif before + sign * step == 0:
            left -= 1
    return left


def _repairs(table: Equations, draft: _Draft, allows: Allows) -> list[tuple[int, int]]:
    """Changes of one untouched cell that would balance the first sum that is out."""
    first = min(draft.off)
    by = draft.off[first]
    return [
        (at, -by * sign)
        for at, sign in table.rows[first]
        if at not in draft.changes and allows(at, -by * sign)
    ]


def _changed(table: Equations, draft: _Draft, at: int, step: int, price: int) -> _Draft:
    off = dict(draft.off)
    for number, sign in table.of_cell[at]:
        left = off.get(number, 0) + sign * step
        if left:
            off[number] = left
        else:
            off.pop(number, None)
    return _Draft({**draft.changes, at: step}, off, price)


def everything(table: Equations, target: int) -> Move:
    """The move that always exists: all that hangs together with `target`, doubled. Every sum still holds."""
    reached, waiting = {target}, [target]
    while waiting:
        for number, _ in table.of_cell[waiting.pop()]:
            for at, _ in table.rows[number]:
                if at not in reached and table.counts[at]:
                    reached.add(at)
                    waiting.append(at)
    return {at: table.counts[at] for at in sorted(reached)}
