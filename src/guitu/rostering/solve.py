"""Looks for a roster: batches; then week after week, each with a look back and group by group; then, for as
long as there is time, part after part is made better. Each step is a small CP-SAT model.

With the same seed, number of workers and number of rounds the roster is the same: what a model may spend is
counted in the solver's own steps, not in seconds. The clock only says how many rounds there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal

from ortools.sat.python import cp_model

from guitu.centre.roster.model import Problem, Roster, Slot
from guitu.centre.roster.scoring import Score, score
from guitu.rostering import batches as batching
from guitu.rostering import pools
from guitu.rostering.part import GAP, MISSING, Part
from guitu.rostering.plan import Grid, Plan

Stage = Literal["batches", "weeks", "gaps", "better"]

Cells = dict[tuple[int, int], Slot | None]
"""What is put where: slots by person number and day."""

WEEK: Final = 7
FIRST_EFFORT: Final = 1.0
"""Deterministic seconds for a group's week."""
PART_EFFORT, MOST_EFFORT = 0.03, 3.0
"""Deterministic seconds for a part that is made better: many small ones at first, longer ones once they no
longer find anything."""
PATIENCE: Final = 25
"""After so many rounds that found nothing, parts get half as much again."""
LEAST_CELLS, MOST_CELLS = 30, 1500
"""Cells of a part: more while parts are solved to the end, fewer while they are not."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: the stage, parts done and to do (0 where there is no end), seconds since the start, what
    the roster costs now and how many rows of demand have a gap (None while it is not whole)."""

    stage: Stage
    done: int
    total: int
    seconds: float
    cost: int | None = None
    gaps: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. `complete` after `first` seconds (None: never), `trace` what it cost when."""

    roster: Roster
    score: Score
    complete: bool
    first: float | None
    seconds: float
    rounds: int
    trace: tuple[tuple[float, int], ...] = ()


@dataclass
class _Run:
    """One search."""

    problem: Problem
    seconds: float
    seed: int
    workers: int
    rounds: int | None
    told: Callable[[Progress], None]
    stop: Callable[[], bool]
    clock: Callable[[], float] = time.monotonic
    first: float | None = None
    trace: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.clock()
        self.rng = Random(self.seed)
        self.pool = ThreadPoolExecutor(self.workers)
        self.size, self.effort, self.idle = 100.0, PART_EFFORT, 0

    @property
    def spent(self) -> float:
        return self.clock() - self.began

    def over(self) -> bool:
        return self.stop() or self.spent >= self.seconds

    def solver(self, effort: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.rng.randrange(1 << 30)
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = max(1.0, 4 * (self.seconds - self.spent))
        solver.parameters.linearization_level = (
            1 if effort > 10 * PART_EFFORT and self.rng.random() < 0.5 else 0
        )
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        return solver

    # ── first ──

    def weeks(self, grid: Grid) -> None:
        """Plan week after week, each looking back on those before it."""
        spans = list(_spans(self.problem))
        for number, (start, end) in enumerate(spans):
            self.told(Progress("weeks", number, len(spans), self.spent))
            days = range(start, end + 1)
            groups = grid.plan.together(days)
            split = [p for g in groups for p in pools.split(grid, g, days, self.rng.randrange(1 << 30))]
            stuck = self.fill(grid, split, days)
            whole = [(g, None) for g in groups if stuck & set(g)]
            if whole and len(split) > len(groups):
                stuck = self.fill(grid, whole, days)
                whole = [(g, None) for g in groups if stuck & set(g)]
            self.fill(grid, whole, days, gaps=True)

    def fill(self, grid: Grid, groups: Sequence[pools.Pool], days: range, *, gaps: bool = False) -> set[int]:
        """Plan these days of these groups, each for its own posts; who is left without a plan."""
        jobs = []
        for people, posts in groups:
            free = _free(grid, people, days)
            part = Part(grid.plan, grid, free, days[-1], fair=False, gaps=gaps, posts=posts)
            jobs.append((part, self.solver(FIRST_EFFORT)))
        stuck: set[int] = set()
        for (people, _), found in zip(groups, self.pool.map(_first, jobs), strict=True):
            if found is None:
                stuck |= set(people)
                continue
            for (person, day), slot in found.items():
                grid.put(person, day, slot)
        return stuck

    # ── better ──

    def improve(self, grid: Grid) -> int:
        """Make part after part better until the time is over; how many rounds there were."""
        groups = grid.plan.together(range(self.problem.days))
        costs = [grid.cost_of(n) for n in range(len(self.problem.people))]
        cost = score(grid.roster(), self.problem).total
        done, waiting = 0, True
        while True:
            gaps = grid.gaps() if waiting else []
            short = grid.short() if waiting else []
            if waiting and not gaps and not short:
                waiting, self.first = False, self.spent
            if not waiting:
                self.trace.append((self.spent, cost))
            stage: Stage = "gaps" if waiting else "better"
            self.told(Progress(stage, done, self.rounds or 0, self.spent, cost, len(gaps)))
            if (
                self.over()
                or (self.rounds is not None and done >= self.rounds)
                or (cost == 0 and not waiting)
            ):
                return done
            picks = self.pick(grid, groups, costs, gaps, short)
            if not picks:
                return done
            jobs = [
                (Part(grid.plan, grid, free, self.problem.days - 1), self.solver(self.effort))
                for free in picks
            ]
            for found in self.pool.map(_better, jobs):
                if found is None:
                    continue
                cells, optimal = found
                change = self.apply(grid, cells, costs)
                cost += change
                self.idle = 0 if change < 0 or waiting else self.idle + 1
                self.size = min(MOST_CELLS, max(LEAST_CELLS, self.size * (1.06 if optimal else 0.9)))
            done += 1
            if self.idle > PATIENCE:
                self.idle, self.effort = 0, min(MOST_EFFORT, self.effort * 1.5)

    def apply(self, grid: Grid, cells: Cells, costs: list[int]) -> int:
        """Take the cells over unless that makes it worse; what the cost changes by."""
        people = {n for n, _ in cells}
        rows = {(s.post, d, s.shift) for n, d in cells for s in (cells[n, d], grid.cells[n][d]) if s}
        before = {key: grid.cells[key[0]][key[1]] for key in cells}
        hard, soft = self._lack(grid, people, rows), self._soft(grid, rows)
        for (n, d), slot in cells.items():
            grid.put(n, d, slot)
        new = {n: grid.cost_of(n) for n in people}
        change = sum(new[n] - costs[n] for n in people) + self._soft(grid, rows) - soft
        worse = self._lack(grid, people, rows) - hard
        if worse + change > 0 or self._crowded(grid, rows):
            for (n, d), slot in before.items():
                grid.put(n, d, slot)
            return 0
        for n, value in new.items():
            costs[n] = value
        return change

    @staticmethod
    def _lack(grid: Grid, people: set[int], rows: set[tuple[str, int, str]]) -> int:
        return GAP * sum(map(grid.lacks, rows)) + MISSING * sum(map(grid.missing, people))

    @staticmethod
    def _soft(grid: Grid, rows: set[tuple[str, int, str]]) -> int:
        total = 0
        for row in rows:
            demand, there = grid.plan.rows[row], len(grid.held[row])
            total += (demand.under or 0) * max(0, demand.heads - there)
            total += (demand.over or 0) * max(0, there - demand.heads)
        return total

    @staticmethod
    def _crowded(grid: Grid, rows: set[tuple[str, int, str]]) -> bool:
        """Whether two parts that were made better at once have put too many at a post."""
        for row in rows:
            demand = grid.plan.rows[row]
            most = (
                demand.most
                if demand.most is not None
                else (None if demand.over is not None else demand.heads)
            )
            if most is not None and len(grid.held[row]) > most:
                return True
        return False

    def pick(
        self, grid: Grid, groups: list[list[int]], costs: list[int], gaps: list[tuple[str, int, str]],
        short: list[int],
    ) -> list[dict[int, list[int]]]:  # fmt: skip
        """As many parts as there are workers, with nobody in two of them."""
        taken: set[int] = set()
        found: list[dict[int, list[int]]] = []
        for _ in range(self.workers):
            free = self._one(grid, groups, costs, gaps, short, taken)
            if len(free) < 2 and found:
                break
            taken |= free.keys()
            if free:
                found.append(free)
        return found

    def _one(
        self, grid: Grid, groups: list[list[int]], costs: list[int], gaps: list[tuple[str, int, str]],
        short: list[int], taken: set[int],
    ) -> dict[int, list[int]]:  # fmt: skip
        rng, days = self.rng, self.problem.days
        weights = [1 + sum(costs[n] for n in g if n not in taken) for g in groups]
        group = rng.choices(groups, weights)[0]
        middle: int | None = None
        lead: list[int] = []
        if gaps and (not short or rng.random() < 0.7):
            _, middle, _ = row = rng.choice(gaps)
            able = [
                n for n, line in enumerate(grid.plan.options) if any(s.post == row[0] for s in line[middle])
            ]
            group = next((g for g in groups if able and able[0] in g), group)
            lead = able
        elif short:
            lead = [rng.choice(short)]
            group = next(g for g in groups if lead[0] in g)
        people = [n for n in group if n not in taken]
        if not people:
            return {}
        if not lead:
            lead = rng.choices(people, [1 + 4 * costs[n] for n in people], k=1)
        people = self._related(grid, lead, people)
        whole = middle is None and rng.random() < 0.5
        if whole:
            span = range(days)
        else:
            width = min(days, rng.choice((7, 10, 14, 21)))
            at = middle if middle is not None else self._where(grid, lead[0])
            start = min(max(0, at - rng.randrange(width)), days - width)
            span = range(start, start + width)
        free: dict[int, list[int]] = {}
        cells = 0
        most = max(2, round(len(group) * 0.6)) if self.workers > 1 and not gaps else len(group)
        for n in people[:most]:
            mine = [d for d in span if grid.plan.options[n][d]]
            if not mine:
                continue
            free[n] = mine
            cells += len(mine)
            if cells >= self.size and len(free) >= 2:
                break
        return free

    def _related(self, grid: Grid, lead: list[int], people: list[int]) -> list[int]:
        """The people in an order in which parts are cut off: those who can take each other's place stand
        together, by a post of whoever leads that few can hold."""
        plan = grid.plan
        able: dict[str, int] = {}
        mine: dict[int, set[str]] = {}
        for n in people:
            mine[n] = plan.posts[n]
            for post in mine[n]:
                able[post] = able.get(post, 0) + 1
        first = next((n for n in lead if n in mine), people[0])
        posts = sorted(mine[first])
        chosen = self.rng.choices(posts, [1 / able[p] for p in posts])[0] if posts else ""
        leaders = set(lead)
        keyed = [(n not in leaders, chosen not in mine[n], self.rng.random(), n) for n in people]
        return [n for *_, n in sorted(keyed)]

    def _where(self, grid: Grid, person: int) -> int:
        """A day to look at: one of a wish that was not met, if there is one."""
        against = []
        for wish in self.problem.people[person].wishes:
            code = grid.code(person, wish.day)
            if (code != "-" and wish.shift in ("", code)) != wish.on:
                against.append(wish.day)
        return self.rng.choice(against) if against else self.rng.randrange(self.problem.days)


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int = 2,
    rounds: int | None = None,
    start: Roster | None = None,
    told: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """Look for a roster for so many seconds, or so many rounds. With `start`, what stands there is made whole
    and better. `told` hears how far it is, `stop` is asked whether to leave off; the best so far is
    returned. `clock` counts the seconds."""
    run = _Run(problem, seconds, seed, workers, rounds, told, stop, clock)
    told(Progress("batches", 0, 1, run.spent))
    chosen = dict(start.batches) if start is not None else batching.choose(problem, seed)
    plan = Plan(problem, chosen)
    grid = Grid(plan)
    if start is not None:
        grid.load(start)
    else:
        run.weeks(grid)
    done = run.improve(grid)
    run.pool.shutdown()
    roster = grid.roster()
    return Result(
        roster, score(roster, problem), run.first is not None, run.first, run.spent, done, tuple(run.trace)
    )


def _spans(problem: Problem) -> Iterator[tuple[int, int]]:
    """First and last days that are planned together: in closed duty one stay of a batch, otherwise a week
    from Monday to Sunday. The first may be short."""
    closed, start = problem.rules.closed, 0
    while start < problem.days:
        length = WEEK - problem.day(start).weekday()
        if closed is not None:
            length = closed.duty - (start - closed.begins) % closed.duty
        end = min(problem.days - 1, start + length - 1)
        yield start, end
        start = end + 1


def _free(grid: Grid, group: list[int], days: range) -> dict[int, list[int]]:
    found = {n: [d for d in days if grid.plan.options[n][d]] for n in group}
    return {n: mine for n, mine in found.items() if mine}


def _first(job: tuple[Part, cp_model.CpSolver]) -> Cells | None:
    """The cells of a group's days, the first that fit; None if there are none, or none were found soon."""
    part, solver = job
    part.build()
    solver.parameters.linearization_level = 0
    if part.gaps:
        part.hint()
    else:
        solver.parameters.stop_after_first_solution = True
    status = solver.solve(part.model)
    return part.take(solver) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _better(job: tuple[Part, cp_model.CpSolver]) -> tuple[Cells, bool] | None:
    """The cells of a part made better, and whether it was solved to the end."""
    part, solver = job
    part.build()
    part.hint()
    status = solver.solve(part.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return part.take(solver), status == cp_model.OPTIMAL
