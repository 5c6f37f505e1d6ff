"""The search by cells that change places: what it counts as it goes is what the checker and the score say of
the same cells, whatever the rules; and it does not touch what it may not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from guitu.centre.roster import Limits, Problem, Roster, Slot, around, check, score
from guitu.rostering import batches as batching
from guitu.rostering.plan import Grid, Plan
from guitu.rostering.solve import solve
from guitu.rostering.swaps.arrays import BEST_BROKEN, BEST_COST
from guitu.rostering.swaps.board import Board
from guitu.rostering.swaps.search import search
from tests.unit.test_rostering import made


def limited(seed: int) -> Problem:
    """A small centre by chance, with contracts, short runs that are too short, and posts that are wishes."""
    problem, rng = made(seed), Random(f"limited/{seed}")
    limits = Limits(
        most_minutes=rng.choice((None, 5 * 480)),
        least_minutes=rng.choice((None, 480)),
        most_row=rng.choice((None, 3)),
        least_row=rng.choice((None, 2)),
        least_off_row=rng.choice((None, 2)),
        most_nights=rng.choice((None, 2)),
        most_weekends=rng.choice((None, 1)),
        most_of=rng.choice(((), (("E", 1),))),
    )
    people = tuple(replace(p, limits=limits) if rng.random() < 0.7 else p for p in problem.people)
    demand = tuple(replace(d, under=50, over=2) if rng.random() < 0.4 else d for d in problem.demand)
    return replace(problem, people=people, demand=demand)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_counted_on_the_way_is_what_checker_and_score_say(seed: int) -> None:
    problem = limited(seed)
    batches = batching.choose(problem, seed)
    grid = Grid(Plan(problem, batches))
    everybody = [n for n, line in enumerate(grid.plan.options) if any(line)]
    board = Board(grid.plan, everybody, grid, seed)
    beside = sum(grid.cost_of(n) for n in range(len(problem.people)) if n not in everybody)
    light = 3.0  # so light that breaches are made and mended again
    for turn in range(30):
        search(board.arrays, turn == 0, 40, 20.0, 20.0, light)
        board.put(grid)
        roster, rules = grid.roster(), board.arrays.rules
        assert (rules[BEST_BROKEN] == 0) == (check(roster, problem) == []), turn
        assert rules[BEST_COST] + beside == score(roster, problem).total, turn


@pytest.mark.parametrize("seed", range(4))
def test_who_cannot_be_there_is_left_alone(seed: int) -> None:
    problem = made(seed)
    found = solve(problem, seconds=60, seed=seed, workers=2, rounds=2).roster
    possible = {"unknown", "post", "leave", "closed", "unasked", "crowd"}
    assert not [b for b in check(found, problem) if b.rule in possible]


def test_the_first_that_is_complete_is_so_to_the_checker() -> None:
    problem = made(2)
    found = solve(problem, seconds=60, seed=2, workers=1, rounds=3)
    assert found.opening is not None
    assert check(found.opening, problem) == []
    assert found.score.total <= score(found.opening, problem).total


def test_those_who_serve_in_turns_stand_apart() -> None:
    problem = next(p for p in map(made, range(99)) if p.rules.closed is not None)
    plan = Plan(problem, batching.choose(problem, 1))
    batches = [{plan.batch(problem.people[n]) for n in group} for group in plan.apart()]
    assert all(len(found) == 1 for found in batches)


@pytest.mark.parametrize("seed", range(6))
def test_what_one_cell_changes_is_found_without_looking_at_everybody(seed: int) -> None:
    problem, rng = limited(seed), Random(f"around/{seed}")
    roster = Roster()
    for _ in range(60):
        person, day = rng.choice(problem.people), rng.randrange(problem.days)
        demand = rng.choice(problem.demand)
        slot = rng.choice((None, Slot(demand.post, demand.shift)))
        cells = {k: v for k, v in roster.cells.items() if k != (person.id, day)}
        if slot is not None:
            cells[person.id, day] = slot
        after = Roster(cells)
        before = set(check(roster, problem))
        new = {b for b in check(after, problem) if b not in before}
        near = set(around(roster, problem, person, day))
        assert {b for b in around(after, problem, person, day) if b not in near} == new
        roster = after
