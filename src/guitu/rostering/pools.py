"""Makes small groups of a large one for a week: posts are put together so that each group needs about as much
as the others, and everybody goes to one group, so that every post has enough people who may hold it."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from guitu.rostering.plan import Grid

SIZE = 16
"""About so many people are planned at once."""
SPARE = 5
"""So many percent more than is needed there must be at every post, for what does not fit together."""


Pool = tuple[list[int], frozenset[str] | None]
"""People and the posts they hold; None for every post they may hold."""


def split(grid: Grid, group: list[int], days: range, seed: int) -> list[Pool]:
    """The small groups; the whole as it is where it is small or cannot be split."""
    plan = grid.plan
    need: dict[str, int] = defaultdict(int)
    skilled: dict[tuple[str, str], int] = defaultdict(int)
    mine = {s.post for n in group for d in days for s in plan.options[n][d]}
    for day in days:
        for slot in plan.asked[day]:
            if slot.post in mine:
                demand = plan.rows[slot.post, day, slot.shift]
                need[slot.post] += demand.heads
                for skill, least in demand.skilled:
                    skilled[slot.post, skill] += least
    count = round(len(group) / SIZE)
    if count < 2 or len(need) < 2:
        return [(group, None)]
    bins: list[list[str]] = [[] for _ in range(min(count, len(need)))]
    load = [0] * len(bins)
    for post in sorted(need, key=lambda p: (-need[p], p)):
        at = load.index(min(load))
        bins[at].append(post)
        load[at] += need[post]
    return _share(grid, group, days, bins, need, skilled, seed) or [(group, None)]


def _share(
    grid: Grid, group: list[int], days: range, bins: list[list[str]], need: dict[str, int],
    skilled: dict[tuple[str, str], int], seed: int,
) -> list[Pool] | None:  # fmt: skip
    """Everybody to one of the groups; None where that cannot be done with some to spare."""
    plan = grid.plan
    model = cp_model.CpModel()
    where: dict[tuple[int, int], cp_model.IntVar] = {}
    can = {n: _days(grid, n, days) for n in group}
    posts = {n: {s.post for d in days for s in plan.options[n][d]} for n in group}
    for n in group:
        may = [b for b, held in enumerate(bins) if posts[n] & set(held)]
        for b in may:
            where[n, b] = model.new_bool_var("")
        model.add_exactly_one([where[n, b] for b in may])
    worst = model.new_int_var(0, 40, "")  # by how much the tightest post has more than it needs, in percent
    people = plan.problem.people
    for b, held in enumerate(bins):
        wants = [(frozenset([post]), "", need[post]) for post in held]
        wants += [(frozenset([post]), skill, n) for (post, skill), n in skilled.items() if post in held]
        wants.append((frozenset(held), "", sum(need[p] for p in held)))
        for of, skill, amount in wants:
            able = [n for n in group if (n, b) in where and posts[n] & of
                    and (not skill or skill in people[n].skills)]  # fmt: skip
            total = cp_model.LinearExpr.weighted_sum(
                [where[n, b] for n in able], [100 * can[n] for n in able]
            )
            model.add(total >= 100 * amount + amount * worst)
    model.maximize(worst)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = 0.1
    solver.parameters.relative_gap_limit = 0.2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE) or solver.value(worst) < SPARE:
        return None
    return [
        ([n for n in group if (n, b) in where and solver.boolean_value(where[n, b])], frozenset(held))
        for b, held in enumerate(bins)
    ]


def _days(grid: Grid, person: int, days: range) -> int:
    """About how many of these days somebody can work: leave, days in a row and days off taken off."""
    rules, here = grid.plan.problem.rules, sum(bool(grid.plan.options[person][d]) for d in days)
    if rules.most_days_row is not None:
        here = min(here, len(days) - len(days) // (rules.most_days_row + 1))
    if rules.days_off is not None:
        least, within = rules.days_off
        here = min(here, len(days) * (within - least) // within)
    shortest = min(s.minutes for s in grid.plan.problem.shifts)
    if rules.most_minutes_week is not None:
        here = min(here, rules.most_minutes_week * len(days) // (7 * shortest))
    return here
