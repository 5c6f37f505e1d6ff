"""The classes of a map: at most four, of equal width over round numbers, each with its words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from typing import Final

from guitu.kernel.labels import Label, spanned

MARKS: Final = ("▁", "▃", "▅", "▇")
"""A bar that grows: the class of a place, readable in grey print."""


@dataclass(frozen=True, slots=True)
class Class:
    """From `least` up to, not including, `below`; `words` as `80% ～ 85%`."""

    least: float
    below: float
    words: Label
    mark: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes from the lowest."""

    classes: tuple[Class, ...]

    def of(self, value: float) -> int:
        """The number of the class that a value is in; the ends take what lies beyond them."""
        for n, one in enumerate(self.classes):
            if value < one.below:
                return n
        return len(self.classes) - 1


def scale_of(values: Sequence[float], unit: str = "") -> Scale:
    """Classes over these values, cut at round numbers. One class where all are the same."""
    if not values:
        return Scale(())
    low, high = min(values), max(values)
    step = _round_step((high - low) / len(MARKS)) if high > low else _round_step(abs(high) or 1)
    start = floor(low / step) * step
    cuts = [start]
    while cuts[-1] <= high:
        cuts.append(cuts[-1] + step)
    while len(cuts) - 1 > len(MARKS):  # a step wider, so that the round numbers stay round
        step = _round_step(step * 1.01)
        start = floor(low / step) * step
        cuts = [start]
        while cuts[-1] <= high:
            cuts.append(cuts[-1] + step)
    named = [
        Class(a, b, spanned(f"{plain(a)}{unit}", f"{plain(b)}{unit}"), MARKS[n])
        for n, (a, b) in enumerate(itertools.pairwise(cuts))
    ]
    return Scale(tuple(named))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `least`."""
    power = 10.0 ** floor(log10(least))
    for times in (1.0, 2.0, 2.5, 5.0, 10.0):
        if times * power >= least - 1e-12:
            return times * power
    return 10 * power


def plain(value: float) -> str:
    """A number with thousands and no more digits than it has: `1,240`, `0.25`."""
    text = f"{Decimal(repr(round(value, 6))):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def axis_of(
    values: Sequence[float], *, from_zero: bool = True, most: int = 5
) -> tuple[float, float, list[float]]:
    """The ends of an axis and its marked values, over round numbers."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    low = min(low, 0.0) if from_zero else low
    if high == low:
        high = low + (abs(low) * 0.1 or 1)
    step = _round_step((high - low) / most)
    first = floor(low / step + 1e-9) * step
    marked = [first]
    while marked[-1] < high - 1e-9:
        marked.append(marked[-1] + step)
    return first, marked[-1], [round(v, 9) for v in marked]
