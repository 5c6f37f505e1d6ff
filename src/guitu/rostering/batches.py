"""The first step of closed duty: who is in which batch. Every batch gets its share of each brigade, sex and
skill, and leave falls where the batch is at home."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ortools.sat.python import cp_model

from guitu.centre.roster.model import Problem
from guitu.rostering.plan import Plan

EFFORT = 2.0
"""Deterministic seconds."""


def choose(problem: Problem, seed: int) -> dict[str, int]:
    """A batch for everybody who has none; nothing where there is no closed duty."""
    closed = problem.rules.closed
    if closed is None or all(p.batch is not None for p in problem.people):
        return {}
    plan, model = Plan(problem), cp_model.CpModel()
    cost: list[tuple[cp_model.IntVar, int]] = []
    here = {
        (b, d) for b in range(closed.batches) for d in range(problem.days) if closed.phase(b, d) == "duty"
    }
    alike: dict[tuple[str, str, frozenset[str]], list[str]] = defaultdict(list)
    vars: dict[tuple[str, int], cp_model.IntVar] = {}
    for person in problem.people:
        alike[person.brigade, person.sex, person.skills].append(person.id)
        may = [person.batch] if person.batch is not None else plan.batches_for(person)
        mine = []
        for b in may or range(closed.batches):
            var = vars[person.id, b] = model.new_bool_var("")
            mine.append(var)
            away = sum((b, d) in here for d in person.leave)
            if away:
                cost.append((var, 4 * away))
        model.add_exactly_one(mine)
    groups = [*alike.values(), *([p.id for p in problem.people if post.may(p)] for post in problem.posts)]
    for group in groups:
        fair = len(group) // closed.batches
        for b in range(closed.batches):
            total = cp_model.LinearExpr.sum([vars[i, b] for i in group if (i, b) in vars])
            off = model.new_int_var(0, len(group), "")
            model.add(off >= fair - total)
            model.add(off >= total - fair - (len(group) % closed.batches > 0))
            cost.append((off, 20))
    model.minimize(cp_model.LinearExpr.weighted_sum(*map(list, zip(*cost, strict=True))))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.relative_gap_limit = 0.05
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    own = {p.id for p in problem.people if p.batch is not None}
    return {i: b for (i, b), var in vars.items() if i not in own and solver.boolean_value(var)}


def settled(problem: Problem, batches: dict[str, int]) -> Problem:
    """The problem with the batches that were chosen as everybody's own."""
    people = tuple(p if p.batch is not None else replace(p, batch=batches.get(p.id)) for p in problem.people)
    return replace(problem, people=people)
