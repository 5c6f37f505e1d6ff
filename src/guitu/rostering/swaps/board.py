"""A problem and a roster in the making as arrays, for people who share no row of demand with anybody else.

Shifts are numbered from 1 (0 is a day off, `UNKNOWN` a day of which nothing is known), slots likewise. Days
are columns: those before the roster first, as many as anybody has, then the roster's own.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from guitu.centre.roster.model import OFF, Person
from guitu.centre.roster.scoring import KINDS, served
from guitu.rostering.plan import Grid, Plan
from guitu.rostering.swaps.arrays import (
    ANY,
    BEFORE,
    BEST,
    CAP,
    COUNT,
    ENDS,
    FIRST,
    HARD,
    HEADS,
    MINUTES,
    NIGHTS,
    NONE,
    NOW,
    OVER,
    REACH,
    SHARE,
    SHIFTS,
    SKILLED,
    START,
    STOP,
    UNDER,
    UNKNOWN,
    WEEKENDS,
    WIDE,
    WITHIN,
    Arrays,
)  # fmt: skip

Array = Any


class Board:
    """The arrays of some people of a plan, filled from a roster in the making; and the way back."""

    def __init__(self, plan: Plan, people: list[int], grid: Grid, seed: object) -> None:
        self.plan, self.people = plan, people
        problem = plan.problem
        self.persons = [problem.people[n] for n in people]
        self.codes = [OFF, *(s.code for s in problem.shifts)]
        self.number = {code: n for n, code in enumerate(self.codes)}
        self.slots = sorted({slot for n in people for line in plan.options[n] for slot in line})
        self.place = {slot: n + 1 for n, slot in enumerate(self.slots)}
        self.before = max((len(p.before) for p in self.persons), default=0)
        self.cells = sum(bool(slots) for n in people for slots in plan.options[n])
        """How many cells can be other than off."""
        self.arrays = self._arrays(grid, Random(f"board/{seed}").getrandbits(64) | 1)

    def _arrays(self, grid: Grid, seed: int) -> Arrays:
        problem, size, codes = self.plan.problem, len(self.people), len(self.codes)
        shifts, days = problem.shifts, problem.days
        may, wish = (
            np.zeros((size, days, len(self.slots) + 1), np.bool_),
            np.zeros((size, days, codes), np.int64),
        )
        of, here = np.zeros((size, codes, 2), np.int64), np.zeros((size, days), np.bool_)
        may[:, :, 0], of[:, :, 0] = True, NONE
        for i, (n, person) in enumerate(zip(self.people, self.persons, strict=True)):
            for day, options in enumerate(self.plan.options[n]):
                if options:
                    here[i, day] = True
                    may[i, day, [self.place[s] for s in options]] = True
            self._wishes(person, wish[i])
            for code, most in person.limits.most_of:
                if code in self.number:
                    of[i, self.number[code], 0] = most
        rules = self._rules()
        cell = np.zeros((size, days, 4), np.int64)
        cell[:, :, NOW] = [[self.place.get(s, 0) if s else 0 for s in grid.cells[n]] for n in self.people]
        cell[:, :, BEST] = cell[:, :, NOW]
        _stretches(here, rules, max(3, self._longest() + 1), cell)
        by_day = [np.flatnonzero(here[:, d]) for d in range(days)]
        monday = -problem.first.weekday()
        day = np.zeros((days + 1, 4), np.int64)
        day[1:, 0] = np.cumsum([len(x) for x in by_day])
        day[:days, 1] = [(d - monday) // 7 for d in range(days)]
        day[:days, 2] = [d // problem.rules.period for d in range(days)]
        day[:days, 3] = [problem.weekend(d) for d in range(days)]
        row, asked, skill = self._rows(may.any(axis=0), cell[:, :, NOW])
        arrays = Arrays(
            rules=rules, who=self._who(), cell=cell,
            code=np.full((size, self.before + days), UNKNOWN, np.uint8), row=row, asked=asked, skill=skill,
            slot=np.array([0, *(self.number[s.shift] for s in self.slots)], np.int64),
            kind=np.array([(0, 0), *((s.minutes, int(s.night)) for s in shifts)], np.int64), of=of,
            sums=np.zeros((size, int(day[:, 1:3].max()) + 1, 3), np.int64), day=day,
            people=np.concatenate([*by_day, np.zeros(0, np.int64)]).astype(np.int64), may=may, wish=wish,
            clash=self._clash(), patterns=self._patterns(),
            free=np.ascontiguousarray(np.argwhere(here), np.int64), dice=np.array([seed], np.uint64),
        )  # fmt: skip
        self._counted(arrays)
        return arrays

    def _wishes(self, person: Person, into: Array) -> None:
        price = self.plan.problem.rules.weights.wish
        for w in person.wishes:
            if not 0 <= w.day < len(into):
                continue
            meets = [n for n, code in enumerate(self.codes) if n and w.shift in ("", code)]
            if w.on:
                into[w.day] += price * w.weight
                into[w.day, meets] -= price * w.weight
            else:
                into[w.day, meets] += price * w.weight

    def _limits(self, person: Person) -> list[int]:
        limits, rules = person.limits, self.plan.problem.rules
        found = (
            limits.most_minutes,
            limits.least_minutes,
            limits.most_row if limits.most_row is not None else rules.most_days_row,
            limits.least_row if limits.least_row is not None else rules.least_row,
            limits.least_off_row if limits.least_off_row is not None else rules.least_off_row,
            limits.most_nights,
            limits.most_weekends,
        )
        return [NONE if x is None else x for x in found]

    def _rules(self) -> Array:
        problem, rules = self.plan.problem, self.plan.problem.rules
        least, within = rules.days_off or (NONE, 0)
        rows = [
            max(x) for x in zip(*(self._limits(problem.people[n])[2:5] for n in self.people), strict=True)
        ]
        longest = self._longest()
        nights = NONE if rules.most_nights_row is None else rules.most_nights_row
        reach = max(3, *(r + 2 for r in rows), nights + 2, within, longest + 1)
        found = (
            self.before,
            nights,
            NONE if rules.most_minutes_week is None else rules.most_minutes_week,
            NONE if rules.most_minutes_period is None else rules.most_minutes_period,
            least,
            within,
            reach,
            min(s.minutes for s in problem.shifts),
        )
        weights = rules.weights
        return np.array([*found, weights.night, weights.weekend, weights.load, 0, 0, ANY, ANY], np.int64)

    def _rows(self, held: Array, cells: Array) -> tuple[Array, Array, Array]:
        """The rows of demand that somebody here may hold, what they ask in skills, and who has them."""
        row = np.zeros((*held.shape, SKILLED + 2), np.int64)
        row[:, :, CAP] = ANY
        names: dict[str, int] = {}
        asked: list[tuple[int, int, int]] = []
        for day, line in enumerate(held):
            for k, slot in enumerate(self.slots, 1):
                row[day, k, SKILLED] = row[day, k, SKILLED + 1] = len(asked)
                d = self.plan.rows.get((slot.post, day, slot.shift)) if line[k] else None
                if d is None:
                    continue
                there = [p for p, c in zip(self.persons, cells[:, day], strict=True) if c == k]
                row[day, k, COUNT], row[day, k, HEADS], row[day, k, HARD] = len(there), d.heads, d.hard
                row[day, k, UNDER], row[day, k, OVER] = d.under or 0, d.over or 0
                if d.most is not None:
                    row[day, k, CAP] = d.most
                elif d.hard and d.over is None:
                    row[day, k, CAP] = d.heads
                for skill, least in d.skilled:
                    has = sum(skill in p.skills for p in there)
                    asked.append((names.setdefault(skill, len(names)), least, has))
                row[day, k, SKILLED + 1] = len(asked)
        skill = np.array([[name in p.skills for name in names] for p in self.persons], np.bool_)
        return row, np.array(asked, np.int64).reshape(len(asked), 3), skill.reshape(len(skill), len(names))

    def _who(self) -> Array:
        who = np.zeros((len(self.persons), WIDE), np.int64)
        who[:, SHARE + 1 :: 2] = ANY
        for one, person in zip(who, self.persons, strict=True):
            one[:FIRST], one[FIRST] = self._limits(person), self.before - len(person.before)
            for k, kind in enumerate(KINDS):
                if (kind, person.id) in self.plan.bounds:
                    bounds = np.array(self.plan.bounds[kind, person.id])
                    one[SHARE + 2 * k : SHARE + 2 * k + 2] = bounds - served(person, kind)
        return who

    def _clash(self) -> Array:
        clash = np.zeros((3, len(self.codes), len(self.codes)), np.bool_)
        for lag, pairs in self.plan.clashes.items():
            for code, bad in pairs.items():
                clash[lag, self.number[code], [self.number[b] for b in bad]] = True
        return clash

    def _longest(self) -> int:
        return max((len(p) for p in self.plan.problem.rules.forbidden), default=0)

    def _patterns(self) -> Array:
        forbidden = [p for p in self.plan.problem.rules.forbidden if all(c in self.number for c in p)]
        found = np.zeros((len(forbidden), self._longest() + 1), np.int64)
        for line, pattern in zip(found, forbidden, strict=True):
            line[0] = len(pattern)
            line[1 : len(pattern) + 1] = [self.number[c] for c in pattern]
        return found

    def _counted(self, a: Arrays) -> None:
        """Count what the cells add up to, days before the roster included where a rule looks at them."""
        first = self.plan.problem.first.weekday()
        for i, person in enumerate(self.persons):
            for back, name in enumerate(reversed(person.before), 1):
                number = self.number.get(name, 0)
                a.code[i, self.before - back] = number
                if back <= first:
                    a.sums[i, 0, 0] += a.kind[number, 0]
        shift = a.slot[a.cell[:, :, NOW]]
        a.code[:, self.before :] = shift
        minutes, night, worked = a.kind[shift, 0], a.kind[shift, 1], shift > 0
        end = worked & (a.day[:-1, 3] > 0)
        for d, (_, week, block, _) in enumerate(a.day[:-1]):
            a.sums[:, week, 0] += minutes[:, d]
            a.sums[:, block, 1] += minutes[:, d]
            a.sums[:, week, 2] += end[:, d]
        a.who[:, MINUTES], a.who[:, NIGHTS], a.who[:, ENDS] = minutes.sum(1), night.sum(1), end.sum(1)
        a.who[:, SHIFTS], a.who[:, WEEKENDS] = worked.sum(1), (a.sums[:, :, 2] > 0).sum(1)
        for k in range(1, len(self.codes)):
            a.of[:, k, 1] = (shift == k).sum(1)

    def put(self, grid: Grid) -> None:
        """Put the best that was found into a roster."""
        slots = [None, *self.slots]
        for n, line in zip(self.people, self.arrays.cell[:, :, BEST], strict=True):
            for day, k in enumerate(line):
                if grid.cells[n][day] != slots[k]:
                    grid.put(n, day, slots[k])


def _stretches(here: Array, rules: Array, after: int, cell: Array) -> None:
    """For each person and day, the columns that rules about rows can connect with it: from the end of the
    last days on which the person cannot be there for longer than any rule reaches, to a little after the
    beginning of the next."""
    before, within, reach, days = int(rules[BEFORE]), int(rules[WITHIN]), int(rules[REACH]), here.shape[1]
    for i, line in enumerate(here):
        on = np.flatnonzero(line)
        if not len(on):
            continue
        cuts = np.flatnonzero(np.diff(on) > reach)
        begins, ends = np.r_[on[0], on[cuts + 1]], np.r_[on[cuts], on[-1]]
        for number, (a, b) in enumerate(zip(begins, ends, strict=True)):
            cell[i, a : b + 1, START] = before + a if number else 0
            cell[i, a : b + 1, STOP] = before + min(days - 1, max(b + after, within))
