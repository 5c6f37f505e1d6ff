"""Looks for a roster: batches with CP-SAT; then people who share no row of demand apart from one another, by
cells that change places (`guitu.rostering.swaps`); what stays open is closed with CP-SAT part by part.

With the same seed, number of workers and number of rounds the roster is the same. By the clock it cools as
time goes by, so that two searches of twenty seconds may end differently.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Final, Literal

from guitu.centre.roster.model import Problem, Roster
from guitu.centre.roster.scoring import Score, score
from guitu.rostering import batches as batching
from guitu.rostering.mend import mend
from guitu.rostering.plan import Grid, Plan
from guitu.rostering.swaps.arrays import BEST_BROKEN, BEST_COST
from guitu.rostering.swaps.board import Board

Stage = Literal["batches", "fill", "gaps", "better"]

MOVES: Final = 40
"""Tries for each cell in a round."""
FILLING: Final = 400
"""Tries for each cell, at most, until nothing is broken."""
HOT, COLD, WARM = 6.0, 0.3, 1.0
"""How much worse is taken with good chances: at first, at last; and at first where there is a roster to go on
from."""
STEEP: Final = 0.6
"""At first at least so much of the highest price: otherwise nothing would ever be paid that is dear."""
HEAVY: Final = 10.0
"""What a breach weighs, in what is taken at first."""
MENDING: Final = 0.25
"""The part of the time for CP-SAT where something stays open: as much before it is made better, and after."""

ALIVE: Final = 5.0
"""So often there is a word while the machine code is made, which once takes half a minute of a core."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: the stage, rounds done and to do (0 where there is no end), seconds since the start,
    what the roster costs now and how many rows of demand have a gap (None while it is not whole)."""

    stage: Stage
    done: int
    total: int
    seconds: float
    cost: int | None = None
    gaps: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. `complete` after `first` seconds (None: never), as `opening`; `trace` what it cost
    when."""

    roster: Roster
    score: Score
    complete: bool
    first: float | None
    seconds: float
    rounds: int
    trace: tuple[tuple[float, int], ...] = ()
    opening: Roster | None = None


@dataclass
class _Chain:
    """One search among the people of one part; others may try the same part with other dice."""

    part: int
    board: Board
    done: int = 0

    @property
    def best(self) -> tuple[int, int]:
        """Breaches and cost of the best it has found."""
        rules = self.board.arrays.rules
        return int(rules[BEST_BROKEN]), int(rules[BEST_COST])


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
    clock: Callable[[], float]
    warm: bool
    first: float | None = None
    opening: Roster | None = None
    chains: list[_Chain] = field(default_factory=list)
    trace: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.clock()
        self.rng = Random(self.seed)
        self.pool = ThreadPoolExecutor(self.workers)
        prices = [x or 0 for d in self.problem.demand for x in (d.under, d.over)]
        self.hot = max(HOT, STEEP * max(prices, default=0))
        self.heavy = HEAVY * self.hot

    @property
    def spent(self) -> float:
        return self.clock() - self.began

    def over(self) -> bool:
        return self.stop() or self.spent >= self.seconds

    # ── first ──

    def lay(self, grid: Grid) -> None:
        """The chains, all of them beginning from what stands in the roster."""
        parts = grid.plan.apart()
        copies = max(1, self.workers // max(1, len(parts)))
        self.chains = [
            _Chain(n, Board(grid.plan, people, grid, f"{self.seed}/{n}/{copy}"))
            for n, people in enumerate(parts)
            for copy in range(copies)
        ]

    def fill(self, grid: Grid) -> None:
        """A first roster, as whole as it gets; CP-SAT closes what stays open."""
        self.told(Progress("fill", 0, 1, self.spent))
        list(self.pool.map(self._filled, self.chains))
        self.take(grid)
        if self.first is None and self.mend(grid):
            self.whole(grid)
            self.lay(grid)
            list(self.pool.map(self._filled, self.chains))

    def _filled(self, chain: _Chain) -> None:
        from guitu.rostering.swaps.search import search

        search(chain.board.arrays, True, FILLING * chain.board.cells, self.hot, self.hot, self.heavy)

    def take(self, grid: Grid) -> None:
        """Put the best of every part into the roster."""
        for part in {c.part for c in self.chains}:
            min((c for c in self.chains if c.part == part), key=lambda c: c.best).board.put(grid)
        if self.first is None:
            self.whole(grid)

    def whole(self, grid: Grid) -> None:
        """Note when the roster is complete for the first time."""
        if not grid.gaps() and not grid.short() and not self.broken():
            self.first, self.opening = self.spent, grid.roster()

    def broken(self) -> int:
        """The breaches of the best."""
        return sum(self._bests(0))

    def cost(self) -> int:
        """The cost of the best."""
        return sum(self._bests(1))

    def _bests(self, place: int) -> list[int]:
        best: dict[int, tuple[int, int]] = {}
        for chain in self.chains:
            best[chain.part] = min(best.get(chain.part, chain.best), chain.best)
        return [b[place] for b in best.values()]

    def mend(self, grid: Grid) -> bool:
        """Let CP-SAT close what is open; whether that helped at all."""
        until = self.spent + MENDING * max(0.0, self.seconds - self.spent)
        before = len(grid.gaps()) + len(grid.short())

        def told(done: int) -> bool:
            self.told(Progress("gaps", done, 0, self.spent, None, len(grid.gaps())))
            return self.stop() or self.spent >= until

        mend(grid, self.rng, told, self.rounds)
        return len(grid.gaps()) + len(grid.short()) < before

    # ── better ──

    def improve(self, rest: int) -> int:
        """Round after round of every chain, until the time is over; how many rounds there were. `rest` is
        what is paid whatever is done."""
        begun = self.spent
        until = self.seconds if self.first is not None else self.seconds - MENDING * (self.seconds - begun)
        waiting = [c for c in self.chains if c.board.cells]
        running: dict[Future[None], _Chain] = {}
        if self.first is not None:
            self.trace.append((self.spent, self.cost() + rest))
        while True:
            while waiting and len(running) < self.workers and not self.over() and self.spent < until:
                chain = waiting.pop(0)
                if self.rounds is None or chain.done < self.rounds:
                    running[self.pool.submit(self._round, chain, begun, until)] = chain
            if not running:
                return min((c.done for c in self.chains), default=0)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
                chain = running.pop(future)
                chain.done += 1
                waiting.append(chain)
            cost = self.cost() + rest
            if self.first is not None and cost < self.trace[-1][1]:
                self.trace.append((self.spent, cost))
            self.told(Progress("better", chain.done, self.rounds or 0, self.spent, cost))
            if self.first is not None and cost == 0:
                waiting.clear()

    def _round(self, chain: _Chain, begun: float, until: float) -> None:
        from guitu.rostering.swaps.search import search

        if self.rounds is not None:
            hot, cold = self._heat(chain.done / self.rounds), self._heat((chain.done + 1) / self.rounds)
        else:
            hot = cold = self._heat((self.spent - begun) / max(0.001, until - begun))
        search(chain.board.arrays, False, MOVES * chain.board.cells, hot, cold, self.heavy)

    def _heat(self, part: float) -> float:
        hot = WARM if self.warm else self.hot
        return float(hot * (COLD / hot) ** min(1.0, part))


@cache
def ready() -> None:
    """See to it that the search is there as machine code: made when it is first wanted, and then kept."""
    from datetime import date

    from guitu.centre.roster.model import Demand, Person, Post, Rules, Shift
    from guitu.kernel.labels import Label
    from guitu.rostering.swaps.search import search

    word = Label("-", "-")
    shifts, posts = (Shift("D", word, 480, 480),), (Post("W", word),)
    demand = (Demand("W", 0, "D", 1),)
    plan = Plan(Problem(date(2026, 1, 5), 1, shifts, posts, (Person("a", "a", ""),), demand, Rules()))
    search(Board(plan, [0], Grid(plan), 0).arrays, True, 1, HOT, COLD, HEAVY * HOT)


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
    returned. `clock` counts the seconds; making the machine code, once after an installation, is not among
    them."""
    with ThreadPoolExecutor(1) as one:
        made = one.submit(ready)
        while not wait([made], timeout=ALIVE).done:
            told(Progress("batches", 0, 1, 0.0))
        made.result()
    run = _Run(problem, seconds, seed, workers, rounds, told, stop, clock, start is not None)
    told(Progress("batches", 0, 1, run.spent))
    chosen = dict(start.batches) if start is not None else batching.choose(problem, seed)
    plan = Plan(problem, chosen)
    grid = Grid(plan)
    if start is not None:
        grid.load(start)
    run.lay(grid)
    run.fill(grid)
    rest = score(grid.roster(), problem).total - run.cost() if run.first is not None else 0
    done = run.improve(rest)
    run.take(grid)
    if run.first is None and run.mend(grid):
        run.whole(grid)
    run.pool.shutdown()
    roster = grid.roster()
    return Result(
        roster, score(roster, problem), run.first is not None, run.first, run.spent, done, tuple(run.trace),
        run.opening,
    )  # fmt: skip
