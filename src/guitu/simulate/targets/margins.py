"""How printed totals fall on places, days and sorts of entries, exactly. Pure arithmetic on whole numbers.

A margin says how many entries of a sort there are in a place and a period. Margins overlap: a county's
admissions are part of the province's, the sick are part of the admitted. They are met from the narrowest
outwards: what a narrow margin has put down counts in every wider one, and only the rest is put where no
narrow margin looks. Where margins cross and that does not arrive, whole numbers are searched for (`whole`).
A file whose parts are more than their whole is refused with both figures named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.simulate.targets.whole import whole_parts

_MOST_UNDER: Final = 200_000  # a printed rate with four decimals has a denominator well below


class Contradiction(GuituError):
    """The figures of a targets file cannot all be true."""


@dataclass(frozen=True, slots=True)
class Margin:
    """So many entries of a sort in a place and a period, both days included. `name` is how a message calls
    the figure."""

    sort: str
    place: str
    first: date
    last: date
    amount: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """`n` entries of a sort in one place, on days from `first` to `last`, that no margin of another place or
    period counts otherwise."""

    sort: str
    place: str
    first: date
    last: date
    n: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What margins lie on. `above` is the way up from a place to the top, itself last; `counts` says whether
    an entry of one sort is counted by a margin of another (its own always is); `room` how much of a place's
    share lies in itself once the places below it are taken away, 0 where nobody can be."""

    above: Callable[[str], tuple[str, ...]]
    counts: Callable[[str, str], bool]
    room: Callable[[str, frozenset[str]], int] = lambda place, without: 1


def share(total: int, weights: Sequence[int]) -> list[int]:
    """A whole number in parts as the weights say, to the unit: largest remainders, the first ones first.

    Raises ValueError where something is to be shared among nothing.
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError("nothing to share among")
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def parts(total: int, number: int, uneven: Sequence[int] = ()) -> list[int]:
    """`number` whole parts that add up to `total`, none below one where there is enough for that; as uneven
    as the weights."""
    if number == 0:
        return []
    weights = list(uneven) or [1] * number
    least = 1 if total >= number else 0
    return [least + more for more in share(total - least * number, weights)]


def rounded(over: int, under: int, per: int, places: int) -> Decimal:
    """The printed form of a ratio: `over / under * per` to so many decimals, halves up."""
    return (Decimal(over) * per / under).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def numerator(rate: Decimal, under: int, per: int = 100) -> int | None:
    """The count that makes the printed rate of that denominator; None where no whole number does."""
    places = _places(rate)
    guess = int((rate * under / per).quantize(Decimal(1), ROUND_HALF_UP))
    near = [n for n in (guess, guess - 1, guess + 1) if n >= 0 and rounded(n, under, per, places) == rate]
    return near[0] if near else None


def denominator(rate: Decimal, at_least: int = 1, per: int = 100) -> int:
    """The smallest denominator from there on that some whole number of can be printed as this rate.

    Raises Contradiction where there is none.
    """
    for under in range(max(1, at_least), max(1, at_least) + _MOST_UNDER):
        if numerator(rate, under, per) is not None:
            return under
    raise Contradiction(
        Label(f"没有哪两个整数之比是 {rate}", f"no two whole numbers are in the ratio of {rate}")
    )


def _places(rate: Decimal) -> int:
    exponent = rate.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def put_down(margins: Iterable[Margin], ground: Ground) -> list[Portion]:
    """Portions that have these margins, all of them, exactly.

    Raises Contradiction where they cannot: parts beyond their whole, or no place or day left for the rest.
    """
    wanted = _once(margins)
    cells = _cells(wanted, ground)
    try:
        return _outwards(wanted, cells, ground)
    except Contradiction:
        found = _searched(wanted, cells, ground)
        if found is None:
            raise
        return found


def _outwards(wanted: Sequence[Margin], cells: Sequence[_Cell], ground: Ground) -> list[Portion]:
    """From the narrowest margin to the widest, each rest spread evenly over what is still free."""
    made: list[Portion] = []
    done: list[Margin] = []
    for margin in _narrowest_first(wanted, ground):
        there = sum(p.n for p in made if _in(p, margin, ground))
        rest = margin.amount - there
        if rest < 0:
            raise _beyond(margin, there)
        free = [
            cell
            for cell in cells
            if _holds(margin, cell, ground)
            and not any(_counted(margin.sort, cell, other, ground) for other in done)
        ]
        if rest:
            if not any(cell.weight for cell in free):
                raise _no_room(margin, rest)
            made += _spread(margin.sort, rest, free)
        done.append(margin)
    return made


def _searched(wanted: Sequence[Margin], cells: Sequence[_Cell], ground: Ground) -> list[Portion] | None:
    """The same by search: cells that the same margins count are one unknown."""
    alike: dict[frozenset[int], tuple[str, list[_Cell]]] = {}
    for sort in dict.fromkeys(m.sort for m in wanted):
        for cell in cells:
            seen = frozenset(at for at, m in enumerate(wanted) if _counted(sort, cell, m, ground))
            if seen and cell.weight and alike.setdefault(seen, (sort, []))[0] == sort:
                alike[seen][1].append(cell)
    sums = [frozenset(at for at, seen in enumerate(alike) if m in seen) for m in range(len(wanted))]
    found = whole_parts(sums, [m.amount for m in wanted], len(alike))
    if found is None:
        return None
    made: list[Portion] = []
    for n, (sort, free) in zip(found, alike.values(), strict=True):
        made += _spread(sort, n, free)
    return made


def _spread(sort: str, n: int, free: Sequence[_Cell]) -> list[Portion]:
    shares = share(n, [cell.weight for cell in free])
    return [
        Portion(sort, c.place, c.first, c.last, part) for c, part in zip(free, shares, strict=True) if part
    ]


@dataclass(frozen=True, slots=True)
class _Cell:
    place: str
    first: date
    last: date
    weight: int


def _once(margins: Iterable[Margin]) -> list[Margin]:
    """Each figure once: two that say the same are one, two that say otherwise of the same are refused."""
    found: dict[tuple[str, str, date, date], Margin] = {}
    for one in margins:
        same = found.setdefault((one.sort, one.place, one.first, one.last), one)
        if same.amount != one.amount:
            raise Contradiction(
                Label(
                    f"“{one.name}”与“{same.name}”说的是同一个数，却是 {one.amount} 和 {same.amount}",
                    f"“{one.name}” and “{same.name}” are the same figure, given as {one.amount} and"
                    f" {same.amount}",
                )
            )
    return list(found.values())


def _cells(margins: Sequence[Margin], ground: Ground) -> list[_Cell]:
    """Places without the narrower places in them, times the stretches of days between all first and last
    days."""
    places = list(dict.fromkeys(m.place for m in margins))
    cuts = sorted({d for m in margins for d in (m.first, m.last + timedelta(days=1))})
    cells = []
    for place in places:
        below = frozenset(p for p in places if p != place and place in ground.above(p))
        room = ground.room(place, below)
        cells += [_Cell(place, a, b - timedelta(days=1), room * (b - a).days) for a, b in pairwise(cuts)]
    return cells


def _holds(margin: Margin, cell: _Cell, ground: Ground) -> bool:
    return (
        margin.first <= cell.first and cell.last <= margin.last and margin.place in ground.above(cell.place)
    )


def _counted(sort: str, cell: _Cell, margin: Margin, ground: Ground) -> bool:
    return ground.counts(sort, margin.sort) and _holds(margin, cell, ground)


def _in(portion: Portion, margin: Margin, ground: Ground) -> bool:
    cell = _Cell(portion.place, portion.first, portion.last, 0)
    return _counted(portion.sort, cell, margin, ground)


def _narrowest_first(margins: Sequence[Margin], ground: Ground) -> list[Margin]:
    """A margin stands after every one whose entries it counts: fewer sorts, deeper places, fewer days."""
    sorts = {m.sort for m in margins}
    wide = {sort: sum(ground.counts(other, sort) for other in sorts) for sort in sorts}

    def width(at: int) -> tuple[int, int, int, int]:
        m = margins[at]
        return (wide[m.sort], -len(ground.above(m.place)), (m.last - m.first).days, at)

    remaining = sorted(range(len(margins)), key=width)
    ordered: list[Margin] = []
    while remaining:
        ready = next(
            (at for at in remaining
             if not any(other != at and _inside(margins[other], margins[at], ground) for other in remaining)),
            remaining[0],
        )  # fmt: skip
        remaining.remove(ready)
        ordered.append(margins[ready])
    return ordered


def _inside(narrow: Margin, wide: Margin, ground: Ground) -> bool:
    """Whether every entry put down for one counts in the other, and not the other way round."""
    return (
        ground.counts(narrow.sort, wide.sort)
        and wide.place in ground.above(narrow.place)
        and wide.first <= narrow.first
        and narrow.last <= wide.last
        and (narrow.sort, narrow.place, narrow.first, narrow.last)
        != (wide.sort, wide.place, wide.first, wide.last)
    )


def _beyond(margin: Margin, there: int) -> Contradiction:
    return Contradiction(
        Label(
            f"“{margin.name}”为 {margin.amount}，而其中各部分合计已有 {there}",
            f"“{margin.name}” is {margin.amount}, but its parts already add up to {there}",
        )
    )


def _no_room(margin: Margin, rest: int) -> Contradiction:
    return Contradiction(
        Label(
            f"“{margin.name}”还差 {rest}，但没有不影响其他数字的地点和日期可放",
            f"“{margin.name}” still wants {rest}, but no place and day is left for them that would not change"
            " another figure",
        )
    )


def totals(portions: Iterable[Portion], margins: Iterable[Margin], ground: Ground) -> Mapping[Margin, int]:
    """How much of each margin these portions have: what `put_down` promises, counted again."""
    made = list(portions)
    return {m: sum(p.n for p in made if _in(p, m, ground)) for m in margins}
