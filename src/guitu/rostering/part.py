"""One CP-SAT model over some cells of a roster; all others stand as they are.

Cells after `known` are not decided yet: a rule that reaches into them asks nothing of them. So the same model
serves a week that is planned after those before it, a part that is made better, and the whole at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from guitu.centre.roster.model import OFF, Person, Slot
from guitu.centre.roster.scoring import KINDS, counts, served
from guitu.rostering.plan import Grid, Plan, Row

Lit = Any
"""A literal of CP-SAT, True or False where the cell stands, or None where it is not known."""

GAP = 20_000
"""What a missing head costs while a roster is not complete: more than anything that can be wished."""
MISSING = 50
"""What each missing minute of a contract costs."""


@dataclass
class Part:
    """A model of the cells in `free` (days by person number). `gaps` lets posts stay empty at a price; `fair`
    asks for what a whole roster costs, otherwise for a quick balance; `choose` lets the model choose batches;
    with `must`, that row is held as asked and the others no worse
    than they are."""

    plan: Plan
    grid: Grid
    free: Mapping[int, Sequence[int]]
    known: int
    gaps: bool = True
    fair: bool = True
    choose: bool = False
    must: Row | None = None
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    vars: dict[tuple[int, int, Slot], Lit] = field(default_factory=dict)
    chosen: dict[tuple[int, int], Lit] = field(default_factory=dict)
    cost: list[tuple[Lit, int]] = field(default_factory=list)
    fixed: int = 0
    """What is paid whatever the model does."""

    def build(self) -> Part:
        """Make the model."""
        for number in self.free:
            _Line(self, number).build()
        self._posts()
        if self.cost:
            self.model.minimize(cp_model.LinearExpr.weighted_sum(*map(list, zip(*self.cost, strict=True))))
        return self

    def hint(self) -> None:
        """Start from what there is."""
        for (number, day, slot), var in self.vars.items():
            self.model.add_hint(var, self.grid.cells[number][day] == slot)

    def take(self, solver: cp_model.CpSolver) -> dict[tuple[int, int], Slot | None]:
        """The cells as they were found."""
        found: dict[tuple[int, int], Slot | None] = {
            (n, d): None for n, days in self.free.items() for d in days
        }
        for (number, day, slot), var in self.vars.items():
            if solver.boolean_value(var):
                found[number, day] = slot
        return found

    def batches(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """The batches that were chosen."""
        people = self.plan.problem.people
        return {people[n].id: b for (n, b), var in self.chosen.items() if solver.boolean_value(var)}

    def _posts(self) -> None:
        """Every row of demand that the free cells touch is held."""
        people = self.plan.problem.people
        touched: dict[Row, list[tuple[int, Lit]]] = {}
        for days in self.free.values():
            for day in days:
                for slot in self.plan.asked[day]:
                    touched.setdefault((slot.post, day, slot.shift), [])
        for (number, day, slot), var in self.vars.items():
            touched[slot.post, day, slot.shift].append((number, var))
        for row, mine in touched.items():
            demand = self.plan.rows[row]
            others = [n for n in self.grid.held[row] if n not in self.free or row[1] not in self.free[n]]
            variables = [v for _, v in mine]
            total, there = cp_model.LinearExpr.sum(variables), len(others)
            least = demand.heads
            if self.must is not None and row != self.must:
                least = min(least, len(self.grid.held[row]))
            if demand.hard:
                self._at_least(variables, least - there, GAP)
                top = demand.most if demand.most is not None else None
                if top is None and demand.over is None:
                    top = demand.heads
            else:
                top = demand.most
                self._soft(total, there, demand.heads, demand.under or 0, len(variables), low=True)
            if demand.over:
                self._soft(total, there, demand.heads, demand.over, len(variables), low=False)
            if top is not None and len(variables) > max(0, top - there):
                self.model.add(total <= max(0, top - there))
            for skill, wanted in demand.skilled:
                least = wanted
                if self.must is not None and row != self.must:
                    least = min(wanted, sum(skill in people[n].skills for n in self.grid.held[row]))
                has = sum(skill in people[n].skills for n in others)
                self._at_least([v for n, v in mine if skill in people[n].skills], least - has, GAP)

    def _at_least(self, variables: list[Lit], number: int, price: int) -> None:
        """At least so many of them; each that is missing at this price, where gaps are allowed."""
        if number <= 0:
            return
        if not self.gaps:
            self.model.add(cp_model.LinearExpr.sum(variables) >= number)
            return
        lack = self.model.new_int_var(0, number, "")
        self.model.add(cp_model.LinearExpr.sum([*variables, lack]) >= number)
        self.cost.append((lack, price))

    def _soft(self, total: Lit, there: int, heads: int, price: int, most: int, *, low: bool) -> None:
        if not price:
            return
        off = self.model.new_int_var(0, max(heads, most + there), "")
        self.model.add(off >= (heads - there - total if low else total + there - heads))
        self.cost.append((off, price))


class _Line:
    """The days of one person within a part."""

    def __init__(self, part: Part, number: int) -> None:
        self.part, self.number, self.plan, self.model = part, number, part.plan, part.model
        self.person: Person = self.plan.problem.people[number]
        self.rules = self.plan.problem.rules
        self.first, self.known = -len(self.person.before), part.known
        self.free = set(part.free[number])
        self.offs: dict[int, Lit] = {}
        self.shifts: dict[tuple[int, str], Lit] = {}

    # ── the cells ──

    def build(self) -> None:
        """The person's variables, rules and costs."""
        for day in sorted(self.free):
            self._cell(day)
        if self.part.choose:
            self._batch()
        self._pairs()
        self._patterns()
        self._rows()
        self._sums()
        self._windows()
        self._fewest()
        self._weekends()
        self._costs()

    def _cell(self, day: int) -> None:
        off = self.model.new_bool_var("")
        by_shift: dict[str, list[Lit]] = {}
        for slot in self.plan.options[self.number][day]:
            var = self.model.new_bool_var("")
            self.part.vars[self.number, day, slot] = var
            by_shift.setdefault(slot.shift, []).append(var)
        self.offs[day] = off
        for shift, variables in by_shift.items():
            one = variables[0]
            if len(variables) > 1:
                one = self.model.new_bool_var("")
                self.model.add_exactly_one([*variables, one.negated()])
            self.shifts[day, shift] = one
        self.model.add_exactly_one([off, *(v for s, v in self.shifts.items() if s[0] == day)])

    def _batch(self) -> None:
        closed = self.rules.closed
        if closed is None or self.person.batch is not None:
            return
        mine = {}
        for b in self.plan.batches_for(self.person):
            mine[b] = self.part.chosen[self.number, b] = self.model.new_bool_var("")
        self.model.add_exactly_one(mine.values())
        for day in self.free:
            on = [v for b, v in mine.items() if closed.phase(b, day) == "duty"]
            self.model.add_bool_or([self.offs[day], *on])

    def off(self, day: int) -> Lit:
        """Whether the day is off."""
        if day < self.first or day > self.known:
            return None
        if day in self.free:
            return self.offs[day]
        return self.part.grid.code(self.number, day) == OFF

    def on(self, day: int, code: str) -> Lit:
        """Whether the day has that shift."""
        if code == OFF:
            return self.off(day)
        if day < self.first or day > self.known:
            return None
        if day in self.free:
            return self.shifts.get((day, code), False)
        return self.part.grid.code(self.number, day) == code

    def near(self, back: int, ahead: int) -> list[int]:
        """The days from which something of that reach touches a free day, in order."""
        days = {d + k for d in self.free for k in range(-ahead, back + 1)}
        return sorted(d for d in days if self.first <= d <= self.known)

    def clause(self, literals: Iterable[tuple[Lit, bool]]) -> None:
        """At least one of these is as it should be; nothing is asked where one is not known."""
        kept = []
        for literal, wanted in literals:
            if literal is None:
                return
            if isinstance(literal, bool):
                if literal == wanted:
                    return
                continue
            kept.append(literal if wanted else literal.negated())
        if kept:
            self.model.add_bool_or(kept)

    def at_most(self, terms: Iterable[tuple[Lit, int]], most: int) -> None:
        """The sum of these is at most so much."""
        variables, weights, there = self.linear(terms)
        if variables and sum(w for w in weights if w > 0) + there > most:
            left = max(0, most - there)
            if not left and all(w > 0 for w in weights):
                for var in variables:
                    self.model.add(var == 0)
                return
            self.model.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= left)

    @staticmethod
    def linear(terms: Iterable[tuple[Lit, int]]) -> tuple[list[Lit], list[int], int]:
        """Variables, their weights, and what is there already."""
        variables, weights, there = [], [], 0
        for literal, weight in terms:
            if literal is None or literal is False or not weight:
                continue
            if literal is True:
                there += weight
            else:
                variables.append(literal)
                weights.append(weight)
        return variables, weights, there

    def minutes(self, days: Iterable[int]) -> list[tuple[Lit, int]]:
        """The minutes of these days."""
        return [(self.on(d, s.code), s.minutes) for d in days for s in self.plan.problem.shifts]

    # ── the rules ──

    def _pairs(self) -> None:
        for lag, clashes in self.plan.clashes.items():
            for day in self.near(0, lag):
                later = day + lag
                if later > self.known or (day not in self.free and later not in self.free):
                    continue
                for code, bad in clashes.items():
                    here = self.on(day, code)
                    if here is None or here is False:
                        continue
                    there = [x for x in (self.on(later, b) for b in bad) if x is not None and x is not False]
                    if here is True:
                        for x in there:
                            if x is not True:
                                self.model.add(x == 0)
                    elif any(x is True for x in there):
                        self.model.add(here == 0)
                    elif there:
                        self.model.add_at_most_one([here, *there])

    def _patterns(self) -> None:
        for pattern in self.rules.forbidden:
            for day in self.near(0, len(pattern) - 1):
                self.clause((self.on(day + k, code), False) for k, code in enumerate(pattern))

    def _rows(self) -> None:
        limits = self.person.limits
        most = limits.most_row if limits.most_row is not None else self.rules.most_days_row
        if most is not None:
            for day in self.near(0, most):
                self.clause((self.off(day + k), True) for k in range(most + 1))
        nights = [s.code for s in self.plan.problem.shifts if s.night]
        row = self.rules.most_nights_row
        if row is not None and nights:
            for day in self.near(0, row):
                if day + row <= self.known:
                    self.at_most([(self.on(day + k, c), 1) for k in range(row + 1) for c in nights], row)

    def _sums(self) -> None:
        problem, rules, limits, last = (
            self.plan.problem,
            self.rules,
            self.person.limits,
            self.plan.problem.days - 1,
        )
        if rules.most_minutes_week is not None:
            monday = -problem.first.weekday()
            for week in sorted({(d - monday) // 7 for d in self.free}):
                start = monday + week * 7
                self.at_most(self.minutes(range(start, start + 7)), rules.most_minutes_week)
        if rules.most_minutes_period is not None:
            for block in sorted({d // rules.period for d in self.free}):
                start = block * rules.period
                days = range(start, min(start + rules.period, last + 1))
                self.at_most(self.minutes(days), rules.most_minutes_period)
        whole = range(last + 1)
        if limits.most_minutes is not None:
            self.at_most(self.minutes(whole), limits.most_minutes)
        if limits.least_minutes is not None:
            self._least(limits.least_minutes * (self.known + 1) // (last + 1))
        if limits.most_nights is not None:
            nights = [s.code for s in problem.shifts if s.night]
            self.at_most([(self.on(d, c), 1) for d in whole for c in nights], limits.most_nights)
        for code, most in limits.most_of:
            if most:
                self.at_most([(self.on(d, code), 1) for d in whole], most)

    def _least(self, least: int) -> None:
        """At least so many minutes so far; short of them at a price, as long as gaps are allowed."""
        variables, weights, there = self.linear(self.minutes(range(self.known + 1)))
        if least <= there:
            return
        lack = self.model.new_int_var(0, least - there if self.part.gaps else 0, "")
        self.model.add(cp_model.LinearExpr.weighted_sum([*variables, lack], [*weights, 1]) >= least - there)
        self.part.cost.append((lack, MISSING))

    def _windows(self) -> None:
        if self.rules.days_off is None:
            return
        least, within = self.rules.days_off
        for day in self.near(0, within - 1):
            days = range(day, day + within)
            if days[-1] > self.plan.problem.days - 1:
                continue
            if sum(d > self.known for d in days) >= least:
                continue
            unknown = sum(d > self.known for d in days)
            variables, _, there = self.linear((self.off(d), 1) for d in days)
            if variables and there + unknown < least:
                self.model.add(cp_model.LinearExpr.sum(variables) >= least - there - unknown)

    def _fewest(self) -> None:
        limits = self.person.limits
        row = limits.least_row if limits.least_row is not None else self.rules.least_row
        off = limits.least_off_row if limits.least_off_row is not None else self.rules.least_off_row
        for least, is_off in ((row, False), (off, True)):
            for length in range(1, least or 1):  # a run of exactly `length` days is too short
                for day in self.near(0, length + 1):
                    if day + length + 1 > self.known:
                        continue
                    middle = [(self.off(day + k), not is_off) for k in range(1, length + 1)]
                    self.clause([(self.off(day), is_off), *middle, (self.off(day + length + 1), is_off)])

    def _weekends(self) -> None:
        most, problem = self.person.limits.most_weekends, self.plan.problem
        if most is None:
            return
        weeks: dict[tuple[int, int], list[int]] = {}
        for day in range(self.known + 1):
            if problem.weekend(day):
                iso = problem.day(day).isocalendar()
                weeks.setdefault((iso.year, iso.week), []).append(day)
        terms: list[tuple[Lit, int]] = []
        for days in weeks.values():
            offs = [self.off(d) for d in days]
            if any(o is False for o in offs):
                terms.append((True, 1))
                continue
            unknown = [o for o in offs if not isinstance(o, bool)]
            if unknown:
                worked = self.model.new_bool_var("")
                for o in unknown:
                    self.model.add_bool_or([o, worked])
                terms.append((worked, 1))
        self.at_most(terms, most)

    # ── the costs ──

    def _costs(self) -> None:
        weights = self.rules.weights
        for wish in self.person.wishes:
            if wish.day not in self.free or not weights.wish * wish.weight:
                continue
            has = self.offs[wish.day].negated() if not wish.shift else self.on(wish.day, wish.shift)
            if has is False:
                continue
            self.part.cost.append((has.negated() if wish.on else has, weights.wish * wish.weight))
        each = {"night": weights.night, "weekend": weights.weekend, "load": weights.load}
        for kind in KINDS:
            if each[kind] and (kind, self.person.id) in self.plan.bounds:
                self._fair(kind, each[kind])

    def _fair(self, kind: str, price: int) -> None:
        problem = self.plan.problem
        low, high = self.plan.bounds[kind, self.person.id]
        before = served(self.person, kind)
        days = [d for d in range(self.known + 1) if kind != "weekend" or problem.weekend(d)]
        variables, _, there = self.linear(
            (self.on(d, s.code), counts(problem, d, s.code, kind)) for d in days for s in problem.shifts
        )
        if not variables:
            return
        total = cp_model.LinearExpr.sum(variables)
        number = before + there
        most = len(days)
        if not self.part.fair:  # by what is due so far
            part = self._due()
            low, high = int(low * part), int(high * part) + 1
        if number + most > high:
            above = self.model.new_int_var(0, most + number, "")
            self.model.add(above >= total + number - high)
            self.part.cost.append((above, price))
        if number < low:
            below = self.model.new_int_var(0, low - number, "")
            self.model.add(below >= low - number - total)
            self.part.cost.append((below, price))

    def _due(self) -> float:
        """The part of the days on which the person can be there that lies within what is known."""
        here = self.plan.present[self.number]
        return sum(here[: self.known + 1]) / max(1, sum(here))
