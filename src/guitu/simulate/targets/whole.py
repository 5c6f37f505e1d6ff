"""Whole numbers, none below zero, whose given sums come out as wanted: a small exact search.

For the few margins that cross each other (a county over three years, the province over one of them), where
going from narrow to wide does not always arrive. Fractions, a simplex tableau with Bland's rule, which cannot
go round in circles, and branches where a part comes out broken. Some dozens of sums, some hundreds of parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Final

_MOST_BRANCHES: Final = 400

Bound = tuple[int, bool, int]
"""A part, whether it is to be at most (else at least) that number, and the number."""


def whole_parts(sums: Sequence[frozenset[int]], wanted: Sequence[int], parts: int) -> list[int] | None:
    """`parts` whole numbers such that those in each set add up to what is wanted of it; None if there are
    none (or none was found within the search's bounds)."""
    waiting: list[tuple[Bound, ...]] = [()]
    for _ in range(_MOST_BRANCHES):
        if not waiting:
            return None
        bounds = waiting.pop()
        found = _solve(sums, wanted, parts, bounds)
        if found is None:
            continue
        broken = next((at for at, value in enumerate(found) if value.denominator != 1), None)
        if broken is None:
            return [int(value) for value in found]
        below = floor(found[broken])
        waiting += [(*bounds, (broken, False, below + 1)), (*bounds, (broken, True, below))]
    return None


def _solve(
    sums: Sequence[frozenset[int]], wanted: Sequence[int], parts: int, bounds: Sequence[Bound]
) -> list[Fraction] | None:
    """The first phase of the simplex method: parts that satisfy every row, or None."""
    extra = len(bounds)
    rows: list[list[Fraction]] = []
    for members, total in zip(sums, wanted, strict=True):
        rows.append(
            [Fraction(at in members) for at in range(parts)] + [Fraction(0)] * extra + [Fraction(total)]
        )
    for place, (part, at_most, number) in enumerate(bounds):
        row = [Fraction(at == part) for at in range(parts)] + [Fraction(0)] * extra + [Fraction(number)]
        row[parts + place] = Fraction(1 if at_most else -1)
        rows.append(row)
    width = parts + extra
    basis = [width + at for at in range(len(rows))]  # one artificial part for each row, to be driven out
    goal = [sum((row[at] for row in rows), Fraction(0)) for at in range(width + 1)]
    while True:
        entering = next((at for at in range(width) if goal[at] > 0), None)
        if entering is None:
            break
        ratios = [
            (row[-1] / row[entering], basis[at], at) for at, row in enumerate(rows) if row[entering] > 0
        ]
        if not ratios:
            break
        leaving = min(ratios)[2]
        pivot = rows[leaving][entering]
        chosen = rows[leaving] = [value / pivot for value in rows[leaving]]
        for at, row in enumerate(rows):
            if at != leaving and row[entering]:
                factor = row[entering]
                rows[at] = [a - factor * b for a, b in zip(row, chosen, strict=True)]
        factor = goal[entering]
        goal = [a - factor * b for a, b in zip(goal, chosen, strict=True)]
        basis[leaving] = entering
    if goal[-1] != 0:
        return None
    found = [Fraction(0)] * width
    for row, at in zip(rows, basis, strict=True):
        if at < width:
            found[at] = row[-1]
    return found[:parts]
