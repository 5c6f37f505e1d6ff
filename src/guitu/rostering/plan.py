"""A problem made ready for solving: people and cells by number, what each may do, which pairs of shifts are
forbidden; and a roster in the making."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guitu.centre.roster.model import OFF, Demand, Person, Problem, Roster, Slot
from guitu.centre.roster.scoring import KINDS, Bounds, bounds, counts, served

Row = tuple[str, int, str]
"""A row of demand: post, day, shift."""


@dataclass
class Plan:
    """A problem with the batches that were chosen, made ready."""

    problem: Problem
    batches: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[Row, Demand]:
        """The demand by post, day and shift."""
        return {(d.post, d.day, d.shift): d for d in self.problem.demand}

    @cached_property
    def asked(self) -> list[list[Slot]]:
        """For each day, the slots somebody is asked for."""
        found: list[list[Slot]] = [[] for _ in range(self.problem.days)]
        for d in self.problem.demand:
            if d.heads > 0 or d.over is not None or d.most:
                found[d.day].append(Slot(d.post, d.shift))
        return found

    @cached_property
    def bounds(self) -> Bounds:
        """Everybody's fair share."""
        return bounds(self.problem)

    def batch(self, person: Person) -> int | None:
        """The person's batch: their own, else the one that was chosen."""
        return person.batch if person.batch is not None else self.batches.get(person.id)

    def batches_for(self, person: Person) -> list[int]:
        """The batches a person may be in without serving too long, in a row or in all."""
        closed = self.problem.rules.closed
        assert closed is not None
        key = (person.closed_row, person.closed_sum, person.stays)
        if key not in self._batches_for:
            self._batches_for[key] = [b for b in range(closed.batches) if self._bearable(person, b)]
        return self._batches_for[key]

    @cached_property
    def _batches_for(self) -> dict[object, list[int]]:
        return {}

    def _bearable(self, person: Person, batch: int) -> bool:
        closed = self.problem.rules.closed
        assert closed is not None
        row, total = person.closed_row, person.closed_sum
        for day in range(self.problem.days):
            inside = closed.phase(batch, day) == "duty" or any(a <= day <= b for a, b in person.stays)
            row = row + 1 if inside else 0
            total += inside
            if closed.most_row is not None and row > closed.most_row:
                return False
        return closed.most_sum is None or total <= closed.most_sum

    @cached_property
    def present(self) -> list[list[bool]]:
        """For each person and day, whether they can be there: no leave, and in closed duty on their turn. A
        person without a batch can, as long as none was chosen."""
        closed = self.problem.rules.closed
        found = []
        for person in self.problem.people:
            batch = self.batch(person)
            line = [day not in person.leave for day in range(self.problem.days)]
            if closed is not None and batch is not None:
                for day in range(self.problem.days):
                    extra = any(a <= day <= b for a, b in person.stays)
                    line[day] = line[day] and (extra or closed.phase(batch, day) == "duty")
            found.append(line)
        return found

    @cached_property
    def options(self) -> list[list[list[Slot]]]:
        """For each person and day, the slots they may take."""
        found = []
        for number, person in enumerate(self.problem.people):
            posts = {p.code for p in self.problem.posts if p.may(person)}
            never = {code for code, most in person.limits.most_of if most == 0}
            found.append([
                [s for s in self.asked[day] if s.post in posts and s.shift not in never]
                if self.present[number][day] else []
                for day in range(self.problem.days)
            ])  # fmt: skip
        return found

    @cached_property
    def posts(self) -> list[set[str]]:
        """For each person, the posts they may take on some day."""
        return [{s.post for slots in line for s in slots} for line in self.options]

    @cached_property
    def clashes(self) -> dict[int, dict[str, list[str]]]:
        """For one and two days later, the shifts that may not come after a shift: rest, forward rotation."""
        rules = self.problem.rules
        found: dict[int, dict[str, list[str]]] = {1: {}, 2: {}}
        for lag in (1, 2):
            for a in self.problem.shifts:
                bad = []
                for b in self.problem.shifts:
                    gap = b.start + lag * 1440 - a.end
                    if (rules.rest is not None and gap < rules.rest) or (
                        lag == 1 and rules.forward and b.start < a.start
                    ):
                        bad.append(b.code)
                if bad:
                    found[lag][a.code] = bad
        return found

    def together(self, days: Iterable[int]) -> list[list[int]]:
        """The people who can be there on these days, in groups that share no post: each group can be solved
        alone."""
        first: dict[str, int] = {}
        root = list(range(len(self.problem.people)))

        def top(n: int) -> int:
            while root[n] != n:
                root[n] = root[root[n]]
                n = root[n]
            return n

        here = set()
        for number, line in enumerate(self.options):
            for post in {s.post for day in days for s in line[day]}:
                here.add(number)
                root[top(number)] = top(first.setdefault(post, number))
        groups: dict[int, list[int]] = defaultdict(list)
        for number in sorted(here):
            groups[top(number)].append(number)
        return list(groups.values())

    def apart(self) -> list[list[int]]:
        """Everybody who can be there at all, in groups that share no row of demand: in closed duty, those who
        are there in turns stand in different groups although they hold the same posts."""
        root: dict[object, object] = {}

        def top(one: object) -> object:
            while (above := root.setdefault(one, one)) != one:
                root[one] = root[above]
                one = above
            return one

        for number, line in enumerate(self.options):
            for day, slots in enumerate(line):
                for slot in slots:
                    root[top((day, slot))] = top(number)
        groups: dict[object, list[int]] = defaultdict(list)
        for number, line in enumerate(self.options):
            if any(line):
                groups[top(number)].append(number)
        return list(groups.values())


class Grid:
    """A roster in the making: slots by person number and day."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cells: list[list[Slot | None]] = [[None] * plan.problem.days for _ in plan.problem.people]
        self.held: dict[Row, list[int]] = defaultdict(list)

    def put(self, person: int, day: int, slot: Slot | None) -> None:
        """Set a cell."""
        old = self.cells[person][day]
        if old is not None:
            self.held[old.post, day, old.shift].remove(person)
        self.cells[person][day] = slot
        if slot is not None:
            self.held[slot.post, day, slot.shift].append(person)

    def code(self, person: int, day: int) -> str:
        """The shift of a cell, days before the roster included."""
        if day < 0:
            return self.plan.problem.people[person].before[day]
        slot = self.cells[person][day]
        return slot.shift if slot else OFF

    def lacks(self, row: Row) -> int:
        """How many heads or skilled heads are missing where they must not be."""
        demand = self.plan.rows[row]
        there = self.held[row]
        lack = max(0, demand.heads - len(there)) if demand.hard else 0
        people = self.plan.problem.people
        for skill, least in demand.skilled:
            lack += max(0, least - sum(skill in people[n].skills for n in there))
        return lack

    def gaps(self) -> list[Row]:
        """The rows that are not held as they must be."""
        return [row for row in self.plan.rows if self.lacks(row)]

    def short(self) -> list[int]:
        """The people who do not reach the minutes of their contract."""
        return [n for n in range(len(self.cells)) if self.missing(n) > 0]

    def missing(self, person: int) -> int:
        """The minutes that somebody lacks to what their contract says."""
        least = self.plan.problem.people[person].limits.least_minutes
        if least is None:
            return 0
        shifts = self.plan.problem.shift
        return max(0, least - sum(shifts[s.shift].minutes for s in self.cells[person] if s))

    def cost_of(self, person: int) -> int:
        """What a person's line costs: wishes and fairness."""
        problem = self.plan.problem
        one, weights = problem.people[person], problem.rules.weights
        total = 0
        for wish in one.wishes:
            code = self.code(person, wish.day)
            has = code != OFF and wish.shift in ("", code)
            total += weights.wish * wish.weight * (has != wish.on)
        each = {"night": weights.night, "weekend": weights.weekend, "load": weights.load}
        for kind in KINDS:
            if (kind, one.id) in self.plan.bounds:
                low, high = self.plan.bounds[kind, one.id]
                number = served(one, kind) + self.count(person, kind)
                total += each[kind] * (max(0, number - high) + max(0, low - number))
        return total

    def count(self, person: int, kind: str) -> int:
        """How many nights, weekend days or shifts a person has."""
        problem = self.plan.problem
        return sum(counts(problem, d, s.shift, kind) for d, s in enumerate(self.cells[person]) if s)

    def roster(self) -> Roster:
        """As a roster."""
        people = self.plan.problem.people
        cells = {
            (people[n].id, day): slot
            for n, line in enumerate(self.cells)
            for day, slot in enumerate(line)
            if slot is not None
        }
        return Roster(cells, dict(self.plan.batches))

    def load(self, roster: Roster) -> None:
        """Take over the cells of a roster that are possible at all."""
        for number, person in enumerate(self.plan.problem.people):
            for day in range(self.plan.problem.days):
                slot = roster.cells.get((person.id, day))
                possible = slot is not None and slot in self.plan.options[number][day]
                self.put(number, day, slot if possible else None)
