"""What of the tree's people is told to those who see figures only: small counts are hidden, and as many more
as it takes so that none can be worked out, on whatever pages in whatever order.

The marks are always worked out over the whole tree below the reader's own unit. A unit that is hidden is
hidden with all its figures and with everything under it. For every hidden count of people at least two
numbers fit all that is shown and what the marks say; since the units make one tree, the least and the most
that a count can be are exact. What is hidden along is chosen by its place, not by its size
(docs/decisions/0024).

A measure is told of all units below one or of none. Of what is not told there, only the sums are known: each
unit's over the measures and each measure's over the units; a count could be another where there are two of
each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from guitu.indicators.disclosure import THRESHOLD, Mark

NO_MEASURE: Final = ""
"""People whose measure has no name that a page could say."""

_MANY: Final = 10**9

Range = tuple[int, int]
"""The least and the most that somebody who reads the marks knows of a count."""


@dataclass(frozen=True, slots=True)
class Told:
    """The people of each unit, their marks, and by measure the marks of those units that are told by
    measure."""

    people: Mapping[int, Mapping[str, int]]
    marks: Mapping[int, Mark]
    measures: Mapping[int, Mapping[str, Mark]]

    def total(self, unit: int) -> int:
        """How many people there are in all."""
        return sum(self.people.get(unit, {}).values())


def tell(root: int, below: Mapping[int, Sequence[int]], people: Mapping[int, Mapping[str, int]]) -> Told:
    """What is told of `root` and all under it. `people` says by unit how many are under each measure, those
    of the units below included."""
    return _Telling(root, below, people).told()


def _unsure(ranges: Sequence[Range], total: int) -> bool:
    """Whether each of these counts, which together make `total`, could be another number."""
    if len(ranges) < 2 or total < THRESHOLD:
        return False
    least, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    return all(max(low, total - most + high) < min(high, total - least + low) for low, high in ranges)


def _range(n: int) -> Range:
    return (1, THRESHOLD - 1) if n < THRESHOLD else (THRESHOLD, _MANY)


@dataclass(slots=True)
class _Telling:
    root: int
    below: Mapping[int, Sequence[int]]
    people: Mapping[int, Mapping[str, int]]
    total: dict[int, int] = field(default_factory=dict)
    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The units directly below that have anybody, the smallest trees first."""
    rest: dict[int, int] = field(default_factory=dict)
    """How many belong to a unit itself and to none below it. Told nowhere, and counted as a hidden part."""
    ranges: dict[int, Range] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    """Units that must be hidden whatever else is."""
    blurred: set[int] = field(default_factory=set)
    """Small units whose mark may not say so: so many below have somebody that it would say how many."""
    marks: dict[int, Mark] = field(default_factory=dict)
    measures: dict[int, dict[str, Mark]] = field(default_factory=dict)

    def told(self) -> Told:
        self._from_below()
        if self.root in self.closed:
            self._hide(self.root)
        elif self.total[self.root]:
            self._show_below(self.root)
            if (shown := _of_measures(self.people[self.root])) is not None:
                self._by_measure(self.root, shown)
        return Told(self.people, self.marks, self.measures)

    def _from_below(self) -> None:
        order = [self.root]
        for unit in order:
            order.extend(self.below.get(unit, ()))
        sizes: dict[int, int] = {}
        for unit in reversed(order):
            children = self.below.get(unit, ())
            sizes[unit] = 1 + sum(sizes[child] for child in children)
            n = self.total[unit] = sum(self.people.get(unit, {}).values())
            parts = sorted((child for child in children if self.total[child]), key=sizes.__getitem__)
            self.parts[unit] = tuple(parts)
            self.rest[unit] = n - sum(self.total[part] for part in parts) if parts else 0
            self._bound(unit, n)

    def _bound(self, unit: int, n: int) -> None:
        low, high = _range(n)
        ranges = self._ranges(unit, self.parts[unit])
        if ranges:
            low, most = max(low, sum(r[0] for r in ranges)), sum(r[1] for r in ranges)
            if low >= high:
                self.blurred.add(unit)
                high = _MANY
            high = min(high, most)
        self.ranges[unit] = (low, high)
        if 0 < n < THRESHOLD or (self._any_small(unit) and not _unsure(ranges, n)):
            self.closed.add(unit)

    def _any_small(self, unit: int) -> bool:
        """Whether some part of a unit must be hidden whatever else is."""
        return 0 < self.rest[unit] < THRESHOLD or any(part in self.closed for part in self.parts[unit])

    def _ranges(self, unit: int, hidden: Iterable[int]) -> list[Range]:
        """Those of the hidden parts of a unit."""
        ranges = [self.ranges[part] for part in hidden]
        return [*ranges, _range(self.rest[unit])] if self.rest[unit] else ranges

    def _hide(self, top: int) -> None:
        waiting = [top]
        for unit in waiting:
            small = self.total[unit] < THRESHOLD and unit not in self.blurred
            self.marks[unit] = "small" if small else "also"
            waiting.extend(self.parts[unit])

    def _show_below(self, top: int) -> None:
        waiting = [top]
        for unit in waiting:
            parts = self.parts[unit]
            hidden = [part for part in parts if part in self.closed]
            shown = [part for part in parts if part not in self.closed]
            if self._any_small(unit):
                known = sum(self.total[part] for part in shown)
                while shown and not _unsure(self._ranges(unit, hidden), self.total[unit] - known):
                    hidden.append(shown.pop(0))
                    known -= self.total[hidden[-1]]
            for part in hidden:
                self._hide(part)
            waiting.extend(shown)

    def _by_measure(self, top: int, shown: dict[str, Mark]) -> None:
        """Which measures are told of which units. Those that are not told of one are not told below it."""
        self.measures[top] = shown
        waiting = [top]
        for unit in waiting:
            mine, parts = self.measures[unit], [p for p in self.parts[unit] if p not in self.marks]
            if len(self.parts[unit]) == 1 and not self.rest[unit]:
                told = dict(mine)
            elif sum(map(bool, self.people[unit].values())) == 1:
                told = mine
            elif len(parts) < len(self.parts[unit]):
                continue
            else:
                told = dict.fromkeys(self._told_below(unit), "")
            for part in parts if told else ():
                people = self.people[part]
                self.measures[part] = {measure: mark for measure, mark in told.items() if people.get(measure)}
            waiting.extend(parts if told else ())

    def _told_below(self, unit: int) -> list[str]:
        """The measures that are told of every part of a unit: no count of them is small, what is left of each
        part is not small either, and is of two measures that are known of the whole, or of none."""
        parts = [self.people[part] for part in self.parts[unit]]
        whole = self.people[unit]
        own = {name: n - sum(part.get(name, 0) for part in parts) for name, n in whole.items()}
        rows = [*parts, own]
        before = [name for name, mark in self.measures[unit].items() if not mark]
        told = [name for name in before if not any(0 < row.get(name, 0) < THRESHOLD for row in rows)]
        while told:
            left = [name for name in before if name not in told]
            pieces = len(left) + (sum(whole.values()) > sum(whole[name] for name in before))
            rests = (sum(row.values()) - sum(row.get(name, 0) for name in told) for row in rows)
            if (not left or pieces > 1) and not any(0 < n < THRESHOLD for n in rests):
                break
            told.pop()
        return told


def _of_measures(people: Mapping[str, int]) -> dict[str, Mark] | None:
    """The marks of a unit's people by measure, where they are told; None where all would have to be hidden
    and still would not do."""
    named = [measure for measure, n in people.items() if n and measure != NO_MEASURE]
    hidden = [measure for measure in named if people[measure] < THRESHOLD]
    shown = [measure for measure in named if people[measure] >= THRESHOLD]
    if not hidden and not people.get(NO_MEASURE):
        return dict.fromkeys(named, "")
    other = [_range(people[NO_MEASURE])] if people.get(NO_MEASURE) else []
    total = sum(people.values())
    while not _unsure(
        [*other, *(_range(people[measure]) for measure in hidden)],
        total - sum(people[measure] for measure in shown),
    ):
        if not shown:
            return None
        hidden.append(shown.pop())
    marks: dict[str, Mark] = dict.fromkeys(named, "")
    marks.update({measure: "small" if people[measure] < THRESHOLD else "also" for measure in hidden})
    return marks
