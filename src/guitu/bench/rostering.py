"""Rosters: ours beside one CP-SAT model of the same rules, in the same run on the same cores; and public
instances with the gap to the best that was published."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from ortools.sat.python import cp_model

from guitu.bench import public_rosters
from guitu.bench.duty_instance import closed_duty
from guitu.bench.report import Figure
from guitu.centre.roster import Problem, check, score
from guitu.rostering.part import Part
from guitu.rostering.plan import Grid, Plan
from guitu.rostering.solve import ready, solve

CAP = 90.0
"""Seconds that the one model has."""
CORES = 2
"""Workers of both. All seconds here are processor seconds divided by them: what it takes on cores that nobody
else uses. Ours is charged with the making of its models, the one model is not."""


def clock() -> float:
    """Processor seconds of this process, divided by the cores it may use."""
    return time.process_time() / CORES


@dataclass
class Whole(cp_model.CpSolverSolutionCallback):
    """What the one model found when, in seconds since it began to be built."""

    began: float = field(default_factory=clock)
    found: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def on_solution_callback(self) -> None:
        """Note a solution."""
        self.found.append((clock() - self.began, round(self.objective_value)))


def whole(problem: Problem, seconds: float, seed: int, workers: int, batches: dict[str, int]) -> Whole:
    """The one model: every cell free, every rule, the same objective. It chooses the batches itself, unless
    it is given them, which is easier. Building it is not counted against its time."""
    heard = Whole()
    plan = Plan(problem, batches)
    free = {n: [d for d in range(problem.days) if plan.options[n][d]] for n in range(len(problem.people))}
    part = Part(plan, Grid(plan), free, problem.days - 1, gaps=False, choose=not batches).build()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    heard.began = clock()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            if clock() - heard.began > seconds:
                solver.stop_search()
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    solver.solve(part.model, heard)
    over.set()
    watching.join()
    return heard


PEERS: Final = {"alone": "one CP-SAT model", "given": "one CP-SAT model, given our batches"}
"""The one model has to choose who belongs to which batch, as ours has; or is given ours, which is easier."""


@dataclass(slots=True)
class Sides:
    """What became of one problem: seconds to the first complete roster, and what the last one costs."""

    first: float
    cost: int | None


def run(
    seeds: int = 5, cap: float = CAP, staff: int = 300, days: int = 84, only: Sequence[str] = ()
) -> list[Figure]:
    """For each seed ours for a quarter of the time, then the one model for all of it: choosing the batches
    itself (`alone`), and with those that ours chose (`given`); or only one of them."""
    peers = {word: name for word, name in PEERS.items() if not only or word in only}
    ours: list[Sides] = []
    theirs: dict[str, list[Sides]] = {word: [] for word in peers}
    began = time.process_time()
    ready()
    figures = [Figure("roster search ready", time.process_time() - began, "s", note="machine code, once")]
    for seed in range(1, seeds + 1):
        problem = closed_duty(staff, days, seed)
        result = solve(problem, seconds=cap / 4, seed=seed, workers=CORES, clock=clock)
        breaches = len(check(result.roster, problem))
        if result.opening is None or check(result.opening, problem):
            breaches += 1  # the first that is called complete must be so to the checker as well
        ours.append(Sides(cap if result.first is None else result.first, result.score.total))
        _say(f"{seed}: ours", ours[-1], f" after {result.seconds:.1f} s, {breaches} breaches")
        for word, some in theirs.items():
            batches = dict(result.roster.batches) if word == "given" else {}
            found = whole(problem, cap, seed, CORES, batches).found
            some.append(Sides(found[0][0], found[-1][1]) if found else Sides(cap, None))
            _say(f"{seed}: {peers[word]}", some[-1], "" if found else " no roster")
    for word, name in peers.items():
        for seed, (mine, other) in enumerate(zip(ours, theirs[word], strict=True), 1):
            figures += _beside(seed, mine, other, name, cap)
        ratio = median(b.first / max(a.first, 0.01) for a, b in zip(ours, theirs[word], strict=True))
        figures.append(
            Figure(
                "roster first, median", median(a.first for a in ours), "s",
                median(b.first for b in theirs[word]), name, ratio, "15x",
                f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            )
        )  # fmt: skip
    return figures


def _say(who: str, side: Sides, more: str) -> None:
    print(f"  {who} first {side.first:.1f} s, cost {side.cost}{more}", file=sys.stderr, flush=True)


def _beside(seed: int, mine: Sides, other: Sides, name: str, cap: float) -> Iterator[Figure]:
    nothing = "" if other.cost is not None else f"it has no roster after {cap:.0f} s"
    yield Figure(
        f"roster first, seed {seed}", mine.first, "s", other.first, name, other.first / max(mine.first, 0.01),
        "15x", nothing,
    )  # fmt: skip
    cost = None if other.cost is None else float(other.cost)
    yield Figure(
        f"roster cost, seed {seed}", float(mine.cost or 0), f"after {cap / 4:.1f} s", cost,
        f"{name}, after {cap:.0f} s", cost / max(mine.cost or 0, 1) if cost else None, "lower", nothing,
    )  # fmt: skip


def public(folder: Path, seconds: float) -> list[Figure]:
    """The public instances in a folder, with the gap to the best that was published."""
    figures = []
    for path in sorted(folder.glob("*.ros"), key=public_rosters.number_of):
        number = public_rosters.number_of(path)
        problem = public_rosters.read(path)
        result = solve(problem, seconds=seconds, seed=1, workers=CORES, clock=clock)
        breaches = len(check(result.roster, problem))
        assert score(result.roster, problem) == result.score
        best = public_rosters.BEST.get(number)
        gap = f"gap {100 * (result.score.total - best) / best:.1f} %" if best else ""
        note = f"{gap}, {breaches} breaches after {result.seconds:.0f} s"
        figures.append(
            Figure(f"roster {path.stem}", result.score.total, "cost", best, "best published", None, "", note)
        )
        print(f"  {path.stem}: {result.score.total} ({best}) {note}", file=sys.stderr, flush=True)
    return figures
