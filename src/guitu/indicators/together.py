"""Which figures of a list may be shown together: figures of any places and any periods, as a scoreboard has
them. Pure.

The figures of a board are protected by the board's own tables (`shown`); a list is no table. Here every two
figures of one indicator that lie in each other (a county in its province, a year in a campaign) are tied by
what is left between them, and what is left counts as a cell too: a remainder of three people is hidden as
three people are. A share is hidden with what it divides, and where all but a few are in it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from guitu.indicators.disclosure import THRESHOLD, Cell, Mark, Sum, protect
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import Ratio, Survival
from guitu.indicators.periods import Period
from guitu.indicators.shown import of_people


@dataclass(frozen=True, slots=True)
class Listed:
    """One figure of a list. `path` holds the codes of its unit's ancestors and its own; `over` is the count
    itself where nothing is divided; `people` and `over_people` are how many persons stand behind, where they
    are counted."""

    id: Hashable
    indicator: Indicator
    path: tuple[str, ...]
    period: Period
    over: int
    under: int | None = None
    people: int | None = None
    over_people: int | None = None


_Key = tuple[str, str, tuple[str, ...], Period]


def marks(figures: Iterable[Listed]) -> dict[Hashable, Mark]:
    """The marks that are not empty, by the figures' ids. The same list gives the same answer."""
    listed = [one for one in figures if of_people(one.indicator)]
    found: dict[Hashable, Mark] = {}
    for key in dict.fromkeys(one.indicator.key for one in listed):
        found.update(_of_one([one for one in listed if one.indicator.key == key]))
    return found


def _of_one(listed: Sequence[Listed]) -> dict[Hashable, Mark]:
    cells: dict[Hashable, Cell] = {}
    sums: list[Sum] = []
    for one in listed:
        ratio = isinstance(one.indicator.value, Ratio | Survival)
        over = _key(one, "over")
        cells[over] = Cell(over, one.over, one.over_people if ratio else one.people)
        if one.under is None:
            continue
        under = _key(one, "under")
        cells[under] = Cell(under, one.under, one.people)
        if ratio and one.over <= one.under:
            sums += _left(cells, under, (over,))
    for which in ("over", "under"):
        there = [one for one in listed if _key(one, which) in cells]
        for one in there:
            inside = [other for other in there if _lies_in(other, one)]
            for group in _groups(one, inside):
                sums += _left(cells, _key(one, which), tuple(dict.fromkeys(_key(x, which) for x in group)))
    if not any(0 < cell.behind < THRESHOLD and cell.count > 0 for cell in cells.values()):
        return {}
    hidden = protect(cells.values(), sums)
    return {
        one.id: mark
        for one in listed
        if (mark := hidden[_key(one, "over")].mark or (
            hidden[_key(one, "under")].mark if _key(one, "under") in hidden else ""
        ))
    }  # fmt: skip


def _key(one: Listed, which: str) -> _Key:
    return (one.indicator.key, which, one.path, one.period)


def _lies_in(inner: Listed, outer: Listed) -> bool:
    """Whether what one figure counts is part of what the other counts."""
    if inner.path == outer.path and inner.period == outer.period:
        return False
    return (
        inner.path[: len(outer.path)] == outer.path
        and outer.period.first <= inner.period.first
        and inner.period.last <= outer.period.last
    )


def _groups(outer: Listed, inside: Sequence[Listed]) -> list[list[Listed]]:
    """What is subtracted from a figure: each that lies in it, alone; and all units of its own period that do
    not lie in one another."""
    same = [one for one in inside if one.period == outer.period]
    apart = [one for one in same if not any(_lies_in(one, other) for other in same)]
    found = [[one] for one in inside]
    if len({one.path for one in apart}) > 1:
        found.append(apart)
    return found


def _left(cells: dict[Hashable, Cell], whole: Hashable, parts: tuple[Hashable, ...]) -> list[Sum]:
    """What ties a whole to these parts: what is left of it is a cell too. Nothing where the parts are more
    than the whole, for then they are no parts of it (a person may be counted in two)."""
    left = cells[whole].count - sum(cells[part].count for part in parts)
    if left < 0:
        return []
    if left == 0:
        return [Sum(whole, parts, "all")]
    rest = ("left", whole, parts)
    cells[rest] = Cell(rest, left)
    return [Sum(whole, (*parts, rest), "all")]
