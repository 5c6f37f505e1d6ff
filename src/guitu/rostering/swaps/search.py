"""The search itself, as machine code: cells change places, and what is worse is taken the more rarely the
cooler it gets. Every change is priced where it touches something: counters by the change itself, rules about
days in a row by looking over the days that they can reach.

Few arrays are handed from function to function: with forty of them, compiling took minutes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from guitu.rostering.swaps.arrays import (
    BEFORE,
    BEST,
    BEST_BROKEN,
    BEST_COST,
    BROKEN,
    BROKEN_NOW,
    CAP,
    COST,
    COUNT,
    DAYS_OFF,
    ENDS,
    FAIR,
    FIRST,
    HARD,
    HEADS,
    LEAST_MINUTES,
    LEAST_OFF,
    LEAST_ROW,
    MINUTES,
    MOST_ENDS,
    MOST_MINUTES,
    MOST_NIGHTS,
    MOST_ROW,
    NIGHTS,
    NIGHTS_ROW,
    NOW,
    OVER,
    PERIOD,
    REACH,
    SHARE,
    SHIFTS,
    SKILLED,
    START,
    STOP,
    UNDER,
    UNIT,
    WEEK,
    WEEKENDS,
    WITHIN,
    Arrays,
)  # fmt: skip
from guitu.rostering.swaps.jit import compiled, entrance

Array = Any
FAR = 1000
"""Days off before a stretch: longer than any rule asks."""
LONG = 21
"""The longest stretch that changes places at once."""
TRIES = 12
"""How many people are asked, when a row is filled, before it is left open."""


@compiled
def _chance(dice: Array) -> float:
    x = dice[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    dice[0] = x
    return float(x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def _below(dice: Array, most: int) -> int:
    return min(most - 1, int(_chance(dice) * most))


@compiled
def _over(number: int, most: int, unit: int) -> int:
    """How many shifts too many, about."""
    return (number - most + unit - 1) // unit if 0 <= most < number else 0


@compiled
def _rows(rules: Array, one: Array, code: Array, kind: Array, clash: Array, patterns: Array, start: int,
          low: int, high: int) -> int:  # fmt: skip
    """How often somebody's rules about days in a row are broken, at any column from `low` to `high`."""
    first, within = one[FIRST], rules[WITHIN]
    most_row, least_row, least_off = one[MOST_ROW], one[LEAST_ROW], one[LEAST_OFF]
    nights_row = rules[NIGHTS_ROW]
    most_within = within - rules[DAYS_OFF]
    begin = max(first, start, low - rules[REACH])
    work, off, night, inside, broken = 0, 0, 0, 0, 0
    unknown = begin == first  # how long the first run is, is not known
    if not unknown and begin == start:
        off = FAR
    for c in range(begin, high + 1):
        k = code[c]
        here = c >= low
        if here:
            if c > first and clash[1, code[c - 1], k]:
                broken += 1
            if c > first + 1 and clash[2, code[c - 2], k]:
                broken += 1
            for n in range(len(patterns)):
                size = patterns[n, 0]
                same = c - size + 1 >= first
                at = 0
                while same and at < size:
                    same = code[c - size + 1 + at] == patterns[n, 1 + at]
                    at += 1
                if same:
                    broken += 1
        if k:
            if off:
                if here and off < least_off and not unknown:
                    broken += least_off - off
                unknown, off = False, 0
            work += 1
            inside += 1
            night = night + 1 if kind[k, 1] else 0
            if here and 0 <= most_row < work:
                broken += 1
            if here and 0 <= nights_row < night:
                broken += 1
        else:
            if work:
                if here and work < least_row and not unknown:
                    broken += least_row - work
                unknown, work = False, 0
            off += 1
            night = 0
        if within:
            if c - within >= begin and code[c - within]:
                inside -= 1
            if here and inside > most_within and c - within + 1 >= first:
                broken += inside - most_within
    return broken


@compiled
def _unfair(rules: Array, one: Array) -> int:
    cost = 0
    for kind in range(3):
        number, low, high = one[NIGHTS + kind], one[SHARE + 2 * kind], one[SHARE + 2 * kind + 1]
        cost += rules[FAIR + kind] * (max(0, number - high) + max(0, low - number))
    return cost


@compiled
def _row(row: Array, asked: Array) -> tuple[int, int]:
    """What is wrong with a row of demand, and what it costs."""
    there, heads = row[COUNT], row[HEADS]
    broken, cost = max(0, there - row[CAP]), row[OVER] * max(0, there - heads)
    if row[HARD]:
        broken += max(0, heads - there)
    else:
        cost += row[UNDER] * max(0, heads - there)
    for at in range(row[SKILLED], row[SKILLED + 1]):
        broken += max(0, asked[at, 1] - asked[at, 2])
    return broken, cost


@compiled
def _sums(rules: Array, one: Array, week: int, block: int) -> int:
    """What is too much or too little of what adds up."""
    unit = rules[UNIT]
    broken = _over(week, rules[WEEK], unit) + _over(block, rules[PERIOD], unit)
    broken += _over(one[MINUTES], one[MOST_MINUTES], unit)
    if one[LEAST_MINUTES] > one[MINUTES]:
        broken += (one[LEAST_MINUTES] - one[MINUTES] + unit - 1) // unit
    return broken + _over(one[NIGHTS], one[MOST_NIGHTS], 1) + _over(one[WEEKENDS], one[MOST_ENDS], 1)


@compiled
def _set(a: Arrays, p: int, day: int, new: int) -> tuple[int, int]:
    """Change a cell; by how much that changes breaches and cost, rules about rows left out."""
    old = a.cell[p, day, NOW]
    broken, cost = 0, 0
    if old == new:
        return broken, cost
    for turn in range(2):
        k = new if turn else old
        if k:
            row = a.row[day, k]
            x, y = _row(row, a.asked)
            row[COUNT] += 2 * turn - 1
            for at in range(row[SKILLED], row[SKILLED + 1]):
                if a.skill[p, a.asked[at, 0]]:
                    a.asked[at, 2] += 2 * turn - 1
            z, w = _row(row, a.asked)
            broken += z - x
            cost += w - y
    a.cell[p, day, NOW] = new
    was, now = a.slot[old], a.slot[new]
    if was == now:
        return broken, cost
    one, week, block = a.who[p], a.day[day, 1], a.day[day, 2]
    broken -= _sums(a.rules, one, a.sums[p, week, 0], a.sums[p, block, 1])
    cost += a.wish[p, day, now] - a.wish[p, day, was] - _unfair(a.rules, one)
    for turn in range(2):
        k, step = (now, 1) if turn else (was, -1)
        if k:
            minutes = step * a.kind[k, 0]
            a.sums[p, week, 0] += minutes
            a.sums[p, block, 1] += minutes
            one[MINUTES] += minutes
            one[SHIFTS] += step
            one[NIGHTS] += step * a.kind[k, 1]
            if a.day[day, 3]:
                one[ENDS] += step
                a.sums[p, week, 2] += step
                if a.sums[p, week, 2] == turn:  # the first of the weekend, or the last
                    one[WEEKENDS] += step
            most, number = a.of[p, k, 0], a.of[p, k, 1]
            if most >= 0:
                broken += max(0, number + step - most) - max(0, number - most)
            a.of[p, k, 1] += step
    a.code[p, a.rules[BEFORE] + day] = now
    broken += _sums(a.rules, one, a.sums[p, week, 0], a.sums[p, block, 1])
    return broken, cost + _unfair(a.rules, one)


@compiled
def _look(a: Arrays, p: int, first: int, last: int) -> int:
    """Rules about rows as far as these days have a part in them."""
    low = a.rules[BEFORE] + first
    high = min(max(a.cell[p, first, STOP], a.cell[p, last, STOP]), a.rules[BEFORE] + last + a.rules[REACH])
    start = a.cell[p, first, START]
    return _rows(a.rules, a.who[p], a.code[p], a.kind, a.clash, a.patterns, start, low, high)


@compiled
def _count(a: Arrays) -> None:
    """Everything that is wrong and everything it costs, from the beginning."""
    broken, cost = 0, 0
    for day in range(a.row.shape[0]):
        for k in range(1, a.row.shape[1]):
            x, y = _row(a.row[day, k], a.asked)
            broken += x
            cost += y
    for p in range(a.cell.shape[0]):
        one, after = a.who[p], -1
        one[BROKEN] = 0
        cost += _unfair(a.rules, one)
        for day in range(a.cell.shape[1]):
            cost += a.wish[p, day, a.slot[a.cell[p, day, NOW]]]
            if a.cell[p, day, STOP] and a.rules[BEFORE] + day > after:  # each stretch once
                after = a.cell[p, day, STOP]
                one[BROKEN] += _rows(a.rules, one, a.code[p], a.kind, a.clash, a.patterns,
                                     a.cell[p, day, START], a.rules[BEFORE] + day, after)  # fmt: skip
        broken += one[BROKEN] + _sums(a.rules, one, 0, 0)
        for n in range(a.sums.shape[1]):
            broken += _over(a.sums[p, n, 0], a.rules[WEEK], a.rules[UNIT])
            broken += _over(a.sums[p, n, 1], a.rules[PERIOD], a.rules[UNIT])
        for k in range(1, a.of.shape[1]):
            if a.of[p, k, 0] >= 0:
                broken += max(0, a.of[p, k, 1] - a.of[p, k, 0])
    a.rules[BROKEN_NOW], a.rules[COST] = broken, cost


@compiled
def _better(rules: Array) -> bool:
    """Whether what stands is better than the best that was kept."""
    if rules[BROKEN_NOW] != rules[BEST_BROKEN]:
        return bool(rules[BROKEN_NOW] < rules[BEST_BROKEN])
    return bool(rules[COST] < rules[BEST_COST])


@compiled
def _keep(a: Arrays) -> None:
    for p in range(a.cell.shape[0]):
        for day in range(a.cell.shape[1]):
            a.cell[p, day, BEST] = a.cell[p, day, NOW]
    a.rules[BEST_BROKEN], a.rules[BEST_COST] = a.rules[BROKEN_NOW], a.rules[COST]


@compiled
def _change(a: Arrays, p: int, q: int, first: int, last: int, new: int, heavy: float, most: float) -> bool:
    """Let two people change places on these days, or (without `q`) give one of them another slot on a day;
    undone again if that is worse by more than `most`."""
    pair = 2 if q >= 0 else 1
    was, was_other, now, now_other = 0, 0, 0, 0
    if a.who[p, BROKEN]:
        was = _look(a, p, first, last)
    if q >= 0 and a.who[q, BROKEN]:
        was_other = _look(a, q, first, last)
    broken, cost, worth = -was - was_other, 0, False
    for way in range(2):  # there, and back if it is not worth it
        for day in range(first, last + 1):
            mine = a.cell[p, day, NOW]
            theirs = a.cell[q, day, NOW] if q >= 0 else new
            for turn in range(pair):
                x, y = _set(a, q if turn else p, day, mine if turn else theirs)
                broken += x
                cost += y
            new = mine
        if way:
            return False
        worth = heavy * broken + cost <= most
        for turn in range(pair):
            if worth:
                seen = _look(a, q if turn else p, first, last)
                if turn:
                    now_other = seen
                else:
                    now = seen
                broken += seen
                worth = heavy * broken + cost <= most
        if worth:
            break
    if heavy * broken + cost > 0 and _better(a.rules):  # the best yet is being left: keep it as it was
        _keep(a)
        for day in range(first, last + 1):
            a.cell[p, day, BEST] = a.cell[q, day, NOW] if q >= 0 else new
            if q >= 0:
                a.cell[q, day, BEST] = a.cell[p, day, NOW]
    a.who[p, BROKEN] += now - was
    if q >= 0:
        a.who[q, BROKEN] += now_other - was_other
    a.rules[BROKEN_NOW] += broken
    a.rules[COST] += cost
    return True


@compiled
def _fill(a: Arrays, heavy: float) -> None:
    """Fill rows that lack heads with who works least and is least wanted elsewhere, as long as that breaks
    nothing; what cannot be filled so stays open."""
    asked = np.full(a.cell.shape[0], -1, np.int64)
    mark = 0
    for day in range(a.row.shape[0]):
        for k in range(1, a.row.shape[1]):
            mark += 1
            tries = 0
            while a.row[day, k, COUNT] < a.row[day, k, HEADS] and tries < TRIES:
                who, least = -1, 1e18
                for at in range(a.day[day, 0], a.day[day + 1, 0]):
                    p = a.people[at]
                    if a.cell[p, day, NOW] or not a.may[p, day, k] or asked[p] == mark:
                        continue
                    price = 10.0 * a.who[p, SHIFTS] + _chance(a.dice)
                    for other in range(1, a.row.shape[1]):
                        row = a.row[day, other]
                        if a.may[p, day, other] and row[COUNT] < row[HEADS]:
                            price += 3.0
                    for n in range(a.row[day, k, SKILLED], a.row[day, k, SKILLED + 1]):
                        if a.asked[n, 2] < a.asked[n, 1] and a.skill[p, a.asked[n, 0]]:
                            price -= 1000.0
                    if price < least:
                        who, least = p, price
                if who < 0:
                    break
                asked[who] = mark
                if not _change(a, who, -1, day, day, k, heavy, -0.5):
                    tries += 1


@entrance
def search(a: Arrays, fresh: bool, moves: int, hot: float, cold: float, heavy: float) -> None:
    """What is `fresh` is counted and filled, then there are tries until nothing is broken, at most `moves`.
    Otherwise so many tries while it cools from `hot` to `cold`. `heavy` is what a breach weighs."""
    slots, days = a.row.shape[1], a.cell.shape[1]
    if fresh:
        _count(a)
        _fill(a, heavy)
        _keep(a)
    heat, factor = hot, (cold / hot) ** (1.0 / max(1, moves // 64))
    for at in range(moves):
        if fresh and a.rules[BROKEN_NOW] == 0:
            break
        if at % 64 == 63:
            heat *= factor
        most = -heat * math.log(1.0 - _chance(a.dice))
        kind = _chance(a.dice)
        n = _below(a.dice, len(a.free))
        p, day, q, new = a.free[n, 0], a.free[n, 1], -1, 0
        begin, last = day, day
        if kind < 0.35:
            new = _below(a.dice, slots)
            if a.rules[BROKEN_NOW] and kind < 0.15:  # somewhere it is needed
                for _ in range(8):
                    if new and a.row[day, new, COUNT] < a.row[day, new, HEADS]:
                        break
                    new = _below(a.dice, slots)
            if new == a.cell[p, day, NOW] or not a.may[p, day, new]:
                continue
            if new and a.row[day, new, COUNT] >= a.row[day, new, CAP]:
                continue
        else:
            q = a.people[a.day[day, 0] + _below(a.dice, a.day[day + 1, 0] - a.day[day, 0])]
            if p == q:
                continue
            long = 1
            if kind > 0.6:
                long = 2 + _below(a.dice, 6 if kind > 0.8 else LONG)
            begin, last = -1, -1  # the first and the last day on which the two differ
            for d in range(day, min(day + long, days)):
                x, y = a.cell[p, d, NOW], a.cell[q, d, NOW]
                if not (a.may[p, d, y] and a.may[q, d, x]):
                    break
                if x != y:
                    last = d
                    if begin < 0:
                        begin = d
            if last < 0:
                continue
        _change(a, p, q, begin, last, new, heavy, most)
    if _better(a.rules):
        _keep(a)
