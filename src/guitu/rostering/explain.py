"""Why a post cannot be held: counted where counting is enough, otherwise the rules, leave and posts that
cannot all be kept, found by leaving out one after the other for as long as it still cannot be done.

The set is irreducible: without any one of it the rest could be kept. It need not be the only one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Final

from ortools.sat.python import cp_model

from guitu.centre.roster.checking import RULES
from guitu.centre.roster.model import Problem, Roster
from guitu.kernel.labels import Label
from guitu.rostering import batches as batching
from guitu.rostering.part import Part
from guitu.rostering.plan import Grid, Plan, Row

SWITCHES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("forbidden", {"forbidden": ()}),
    ("forward", {"forward": False}),
    ("least_row", {"least_row": None}),
    ("least_off", {"least_off_row": None}),
    ("nights_row", {"most_nights_row": None}),
    ("period", {"most_minutes_period": None}),
    ("days_off", {"days_off": None}),
    ("week", {"most_minutes_week": None}),
    ("days_row", {"most_days_row": None}),
    ("rest", {"rest": None}),
)
"""Rules, by the name the checker gives them, and what leaves each out."""
REACH: Final = 7
"""Days before and after a gap that are looked at with it."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why one row of demand is not held. `clash` are the things that cannot all be kept; empty where counting
    says it, or where the time was not enough to find them."""

    row: Row
    says: Label
    clash: tuple[Label, ...] = ()


def explain(problem: Problem, roster: Roster, *, seconds: float = 20.0, most: int = 5) -> list[Why]:
    """Why the posts that are not held cannot be, the first `most` of them that differ."""
    until = time.monotonic() + seconds
    settled = batching.settled(problem, dict(roster.batches))
    plan = Plan(settled)
    grid = Grid(plan)
    grid.load(roster)
    found: list[Why] = []
    seen: set[object] = set()
    for row in grid.gaps():
        if len(found) >= most:
            break
        counted = _counted(grid, row)
        if counted is not None:
            found.append(counted)
        elif (key := (row[0], row[1] // REACH)) not in seen:
            seen.add(key)
            found.append(_clash(settled, roster, row, until))
    return found


def _where(problem: Problem, row: Row) -> Label:
    post, day, shift = row
    where, when = problem.post[post].label, problem.shift[shift].label
    return Label(f"{problem.day(day)} {where.zh}{when.zh}", f"{where.en}, {when.en}, {problem.day(day)}")


def _counted(grid: Grid, row: Row) -> Why | None:
    """What counting says: fewer can be there than are asked for on the day, whatever the rules."""
    plan, (post, day, _) = grid.plan, row
    problem = plan.problem
    demand, place = plan.rows[row], _where(problem, row)
    able = [n for n, p in enumerate(problem.people) if problem.post[post].may(p)]
    leave = sum(day in problem.people[n].leave for n in able)
    here = [n for n in able if plan.present[n][day]]
    asked = sum(d.heads for r, d in plan.rows.items() if r[:2] == (post, day))
    turn = len(able) - leave - len(here)
    if len(here) < asked:
        return Why(
            row,
            Label(
                f"{place.zh}：这一天该岗位各班共需 {asked} 人，能任此岗的 {len(able)} 人中 {leave} 人请假、"
                f"{turn} 人不在执勤阶段，只剩 {len(here)} 人。"
                "可改：调整请假，减少需求，或让更多人具备条件。",
                f"{place.en}: the post needs {asked} over the day. Of {len(able)} who may hold it {leave}"
                f" are on leave and {turn} not on their turn: {len(here)} are left."
                " Change leave, ask for fewer, or"
                " let more people qualify.",
            ),
        )
    for skill, least in demand.skilled:
        has = sum(skill in problem.people[n].skills for n in here)
        if has < least:
            return Why(
                row,
                Label(
                    f"{place.zh}：须有 {least} 人具备“{skill}”，这一天能到岗的只有 {has} 人具备。",
                    f"{place.en}: {least} must have “{skill}”; of those who can be there {has} do.",
                ),
            )
    return None


def _clash(problem: Problem, roster: Roster, row: Row, until: float) -> Why:
    """The things that cannot all be kept around a gap."""
    place = _where(problem, row)
    days = range(max(0, row[1] - REACH), min(problem.days, row[1] + REACH + 1))
    start = {name for name, change in SWITCHES if _uses(problem, change)}
    away = {p.id for p in problem.people if p.leave & set(days) and problem.post[row[0]].may(p)}
    items = [("leave", i) for i in sorted(away)] + [("rule", n) for n, _ in SWITCHES if n in start]
    kept = set(items)
    if _possible(problem, roster, row, days, kept, until) is not False:
        return Why(
            row,
            Label(
                f"{place.zh}：时间内没有排满，也没有证明排不满；可以给更多时间，或先手工调整。",
                f"{place.en}: not held in the time there was, nor shown to be impossible."
                " Give it more time, or move somebody by hand.",
            ),
        )
    for item in items:
        if _possible(problem, roster, row, days, kept - {item}, until) is False:
            kept.discard(item)
    named = tuple(_said(problem, item) for item in items if item in kept)
    zh = "、".join(n.zh for n in (place, *named))
    en = "; ".join(n.en for n in (place, *named))
    return Why(
        row,
        Label(
            f"这些不能同时满足：{zh}。至少要放宽其中一项，或减少该岗位的需求。",
            f"these cannot all be kept: {en}. At least one of them has to give, or fewer be asked for.",
        ),
        named,
    )


def _uses(problem: Problem, change: dict[str, Any]) -> bool:
    return any(getattr(problem.rules, key) not in (value, None, (), False) for key, value in change.items())


def _said(problem: Problem, item: tuple[str, str]) -> Label:
    kind, name = item
    if kind == "leave":
        person = problem.person[name].name
        return Label(f"{person}请假", f"leave of {person}")
    return Label(f"“{RULES[name].zh}”", f"“{RULES[name].en}”")


def _possible(
    problem: Problem, roster: Roster, row: Row, days: range, kept: set[tuple[str, str]], until: float
) -> bool | None:
    """Whether the row can be held with only these things kept, all other cells near it being free and those
    further away as they are; None if that was not found out in time."""
    left = until - time.monotonic()
    if left <= 0:
        return None
    rules = problem.rules
    for name, change in SWITCHES:
        if ("rule", name) not in kept:
            rules = replace(rules, **change)
    people = tuple(
        p if ("leave", p.id) in kept else replace(p, leave=p.leave - set(days)) for p in problem.people
    )
    plan = Plan(replace(problem, rules=rules, people=people))
    grid = Grid(plan)
    grid.load(roster)
    group = next((g for g in plan.together(days) if any(row[0] in plan.posts[n] for n in g)), [])
    free = {n: [d for d in days if plan.options[n][d]] for n in group}
    free = {n: mine for n, mine in free.items() if mine}
    part = Part(plan, grid, free, problem.days - 1, gaps=False, fair=False, must=row).build()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.max_time_in_seconds = min(left, 4.0)
    solver.parameters.stop_after_first_solution = True
    part.model.clear_objective()
    status = solver.solve(part.model)
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)
