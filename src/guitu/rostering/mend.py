"""Closes what is open in a roster with CP-SAT: a gap at a post, or somebody short of their contract. Small
parts around it are solved, everything else standing as it is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from ortools.sat.python import cp_model

from guitu.rostering.part import GAP, MISSING, Part
from guitu.rostering.plan import Grid, Row

EFFORT: Final = 0.3
"""Deterministic seconds for a part."""
CELLS: Final = 150
"""Cells of a part."""
WIDTHS: Final = (7, 10, 14, 21)
"""Days of a part."""


def mend(grid: Grid, rng: Random, told: Callable[[int], bool], tries: int | None) -> bool:
    """Solve part after part until nothing is open, `told` (how many were tried) says it is over, or there
    were so many tries. Whether nothing is open."""
    groups = grid.plan.together(range(grid.plan.problem.days))
    done = 0
    while True:
        gaps, short = grid.gaps(), grid.short()
        if not gaps and not short:
            return True
        if told(done) or (tries is not None and done >= tries):
            return False
        free = _around(grid, rng, groups, gaps, short)
        if not free:
            return False
        _solve(grid, rng, free)
        done += 1


def _around(
    grid: Grid, rng: Random, groups: list[list[int]], gaps: list[Row], short: list[int]
) -> dict[int, list[int]]:
    """The cells of those who can help, on days around what is open; nothing where nobody can."""
    plan, days = grid.plan, grid.plan.problem.days
    lead: list[int] = []
    middle = rng.randrange(days)
    if gaps and (not short or rng.random() < 0.7):
        post, middle, _ = rng.choice(gaps)
        lead = [n for n, line in enumerate(plan.options) if any(s.post == post for s in line[middle])]
    if not lead and short:
        lead = [rng.choice(short)]
    group = next((g for g in groups if lead and lead[0] in g), [])
    width = min(days, rng.choice(WIDTHS))
    start = min(max(0, middle - rng.randrange(width)), days - width)
    span = range(start, start + width)
    leaders, posts = set(lead), plan.posts[lead[0]] if lead else set()
    order = sorted((n not in leaders, not posts & plan.posts[n], rng.random(), n) for n in group)
    free: dict[int, list[int]] = {}
    cells = 0
    for *_, n in order:
        if mine := [d for d in span if plan.options[n][d]]:
            free[n] = mine
            cells += len(mine)
        if cells >= CELLS and len(free) >= 2:
            break
    return free


def _solve(grid: Grid, rng: Random, free: dict[int, list[int]]) -> None:
    """Solve a part, and take it over unless more is open than before."""
    part = Part(grid.plan, grid, free, grid.plan.problem.days - 1).build()
    part.hint()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = rng.randrange(1 << 30)
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    if solver.solve(part.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return
    cells = part.take(solver)
    before = {key: grid.cells[key[0]][key[1]] for key in cells}
    rows = {(s.post, d, s.shift) for n, d in cells for s in (cells[n, d], before[n, d]) if s}
    open_before = _open(grid, free, rows)
    for (n, d), slot in cells.items():
        grid.put(n, d, slot)
    if _open(grid, free, rows) > open_before:
        for (n, d), slot in before.items():
            grid.put(n, d, slot)


def _open(grid: Grid, free: dict[int, list[int]], rows: set[Row]) -> int:
    return GAP * sum(map(grid.lacks, rows)) + MISSING * sum(map(grid.missing, free))
