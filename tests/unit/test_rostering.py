"""What looks for rosters: whatever it finds keeps the rules by the checker's own account, again and again the
same; what is planted is found; what cannot be is explained."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from guitu.centre.roster import Closed, Demand, Person, Post, Problem, Roster, Rules, Slot, check, score
from guitu.centre.roster.model import OFF
from guitu.kernel.labels import Label
from guitu.rostering.explain import explain
from guitu.rostering.solve import Progress, solve
from tests.unit.test_roster_checking import MONDAY, SHIFTS

POSTS = (
    Post("W", Label("一大队", "Ward")),
    Post("F", Label("女病区", "Women's ward"), sex="female"),
    Post("C", Label("指挥中心", "Control room"), skill="monitor"),
)
CLOSED = Closed(duty=4, isolation=4, home=4, most_row=4)


def made(seed: int) -> Problem:
    """A small centre by chance: ten people, ten days or so, some rules on and some off."""
    rng = Random(seed)
    days = rng.randrange(6, 13)
    closed = CLOSED if rng.random() < 0.4 else None
    people = tuple(
        Person(
            f"p{n}",
            f"p{n}",
            "female" if n % 2 else "male",
            skills=frozenset({"monitor"} if n % 3 else ()),
            leave=frozenset(rng.sample(range(days), rng.randrange(2))),
            before=tuple(rng.choice("D-") for _ in range(rng.randrange(3))),
        )
        for n in range(18 if closed else 10)
    )
    rules = Rules(
        rest=rng.choice((None, 660)),
        most_days_row=rng.choice((None, 4, 5)),
        most_nights_row=rng.choice((None, 2)),
        most_minutes_week=rng.choice((None, 48 * 60)),
        days_off=rng.choice((None, (1, 5))),
        forward=rng.random() < 0.3,
        forbidden=rng.choice(((), (("N", OFF, "D"),))),
        least_off_row=None,
        closed=closed,
    )
    demand = []
    for day in range(days):
        demand += [Demand("W", day, "D", 1), Demand("W", day, "N", 1), Demand("F", day, "D", 1)]
        if rng.random() < 0.5:
            demand.append(Demand("C", day, "E", 1, skilled=(("monitor", 1),)))
    return Problem(MONDAY, days, SHIFTS, POSTS, people, tuple(demand), rules)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_found_keeps_every_rule_and_costs_what_it_says(seed: int) -> None:
    problem = made(seed)
    found = solve(problem, seconds=60, seed=seed, workers=1, rounds=4)
    assert found.complete == (check(found.roster, problem) == [])
    assert found.complete
    assert found.score == score(found.roster, problem)
    assert [c for _, c in found.trace] == sorted((c for _, c in found.trace), reverse=True), "never worse"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_planted_in_a_good_roster_is_found(seed: int) -> None:
    problem = made(seed)
    good = solve(problem, seconds=60, seed=1, workers=1, rounds=0).roster
    rng = Random(f"planted/{seed}")
    for _ in range(10):
        person, day = rng.choice(sorted(good.cells))
        slot = good.cells[person, day]
        gone = {k: v for k, v in good.cells.items() if k != (person, day)}
        assert any(b.rule == "gap" and day in b.days for b in check(Roster(gone, good.batches), problem))
        away = tuple(replace(p, leave=p.leave | {day}) if p.id == person else p for p in problem.people)
        planted = check(good, replace(problem, people=away))
        assert [(b.rule, b.person, b.first) for b in planted] == [("leave", person, day)]
        other = {**good.cells, (person, day): Slot("F" if slot.post != "F" else "W", "E")}
        assert "unasked" in {b.rule for b in check(Roster(other, good.batches), problem)}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_gives_the_same_roster(workers: int) -> None:
    problem = next(p for p in map(made, range(99)) if p.rules.closed is not None)
    one, two = (solve(problem, seconds=120, seed=5, workers=workers, rounds=4) for _ in range(2))
    assert one.roster == two.roster
    assert check(one.roster, problem) == []
    assert set(one.roster.batches.values()) == {0, 1, 2}


def test_it_can_be_stopped_and_says_how_far_it_is() -> None:
    heard: list[Progress] = []
    found = solve(made(1), seconds=60, seed=1, workers=1, told=heard.append, stop=lambda: len(heard) > 4)
    assert found.seconds < 60
    assert list(dict.fromkeys(p.stage for p in heard))[:2] == ["batches", "fill"]


def test_it_goes_on_from_what_stands_there() -> None:
    problem = made(3)
    found = solve(problem, seconds=60, seed=1, workers=1, rounds=0)
    person, day = sorted(found.roster.cells)[0]
    hole = Roster({k: v for k, v in found.roster.cells.items() if k != (person, day)}, found.roster.batches)
    again = solve(problem, seconds=60, seed=1, workers=1, rounds=10, start=hole)
    assert again.complete
    assert check(again.roster, problem) == []


def test_what_counting_shows_is_counted() -> None:
    people = (Person("a", "李某某", "female", leave=frozenset({0})), Person("b", "王某某", "male"))
    problem = Problem(
        MONDAY, 2, SHIFTS, POSTS, people, (Demand("F", 0, "D", 1), Demand("F", 1, "D", 1)), Rules()
    )
    found = solve(problem, seconds=20, seed=1, workers=1, rounds=1)
    assert not found.complete
    (why,) = explain(problem, found.roster)
    assert "能任此岗的 1 人中 1 人请假" in why.says.zh
    assert "Of 1 who may hold it 1 are on leave" in why.says.en


def test_rules_that_cannot_all_be_kept_are_named_and_no_others() -> None:
    people = (Person("a", "李某某", "male"), Person("b", "王某某", "male", leave=frozenset(range(4, 7))))
    demand = (*(Demand("W", d, "D", 1) for d in range(7)), Demand("W", 6, "N", 0))
    rules = Rules(rest=660, most_days_row=2, most_nights_row=3, most_minutes_week=60 * 60)
    problem = Problem(MONDAY, 7, SHIFTS, POSTS, people, demand, rules)
    found = solve(problem, seconds=20, seed=1, workers=1, rounds=3)
    assert not found.complete
    (why,) = explain(problem, found.roster)
    assert [c.zh for c in why.clash] == ["王某某请假", "“连续上班天数”"]
    assert "至少要放宽其中一项" in why.says.zh
    freed = replace(problem, rules=replace(rules, most_days_row=None))
    assert solve(freed, seconds=20, seed=1, workers=1, rounds=3).complete
