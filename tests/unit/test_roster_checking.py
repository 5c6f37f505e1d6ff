"""The checker of rosters: each rule kept on one side and broken on the other, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guitu.centre.roster import (
    Closed,
    Demand,
    Limits,
    Person,
    Post,
    Problem,
    Roster,
    Rules,
    Shift,
    Slot,
    check,
    score,
)
from guitu.centre.roster.model import OFF, Weights, Wish
from guitu.centre.roster.reading import problem_data, problem_of, roster_data, roster_of
from guitu.centre.roster.scoring import bounds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MONDAY = date(2026, 11, 23)
SHIFTS = (
    Shift("D", Label("白班", "Day"), 8 * 60, 8 * 60),
    Shift("E", Label("中班", "Late"), 16 * 60, 8 * 60),
    Shift("N", Label("夜班", "Night"), 0, 8 * 60, night=True),
)
NOTHING = Rules(rest=None, most_days_row=None, most_nights_row=None, most_minutes_week=None)


def problem(line: str, rules: Rules = NOTHING, **about: Any) -> tuple[Problem, Roster]:
    """One person whose days are these shifts, asked for exactly where they stand."""
    person = Person(**{"id": "a", "name": "李某某", "sex": "male", **about})
    cells = {("a", d): Slot("W", code) for d, code in enumerate(line) if code != OFF}
    demand = tuple(Demand("W", d, code, 1) for (_, d), (_, code) in cells.items())
    found = Problem(
        MONDAY, len(line), SHIFTS, (Post("W", Label("一大队", "Ward")),), (person,), demand, rules
    )
    return found, Roster(cells)


def broken(line: str, rules: Rules = NOTHING, **about: Any) -> list[str]:
    """The rules that such a line breaks."""
    asked, roster = problem(line, rules, **about)
    return [b.rule for b in check(roster, asked)]


BEFORE = {"before": ("D", "D")}
CASES: list[tuple[str, Rules, dict[str, Any], str, str]] = [
    ("rest", Rules(rest=660), {}, "D-N", "DN"),
    ("rest", Rules(rest=660), {"before": ("E",)}, "-D", "D-"),
    ("days_row", replace(NOTHING, most_days_row=2), {}, "DD-D", "DDD"),
    ("days_row", replace(NOTHING, most_days_row=2), BEFORE, "-DD", "D--"),
    ("days_row", NOTHING, {"limits": Limits(most_row=2)}, "DD-D", "DDD"),
    ("nights_row", replace(NOTHING, most_nights_row=1), {}, "N-ND", "NN"),
    ("week", replace(NOTHING, most_minutes_week=16 * 60), {}, "DD-----DD", "D-D-D--"),
    ("period", replace(NOTHING, most_minutes_period=8 * 60, period=3), {}, "D--D", "D-D"),
    ("days_off", replace(NOTHING, days_off=(1, 3)), {}, "DD-DD", "DDD"),
    ("days_off", replace(NOTHING, days_off=(1, 3)), BEFORE, "-DD", "D-D"),
    ("forward", replace(NOTHING, forward=True), {}, "DE-D", "ED"),
    ("forbidden", replace(NOTHING, forbidden=(("N", OFF, "D"),)), {}, "N--D", "N-D"),
    ("least_row", replace(NOTHING, least_row=2), {}, "D-DD-D", "-D-DD"),
    ("least_off", replace(NOTHING, least_off_row=2), {}, "-D--D-", "D-D"),
    ("contract", NOTHING, {"limits": Limits(most_minutes=8 * 60)}, "D--", "DD-"),
    ("contract", NOTHING, {"limits": Limits(least_minutes=8 * 60)}, "D--", "---"),
    ("contract", NOTHING, {"limits": Limits(most_nights=1)}, "N-D", "N-N"),
    ("contract", NOTHING, {"limits": Limits(most_weekends=1)}, "-----DD", "-----D-------D"),
    ("contract", NOTHING, {"limits": Limits(most_of=(("E", 0),))}, "D", "E"),
    ("leave", NOTHING, {"leave": frozenset({1})}, "D-D", "DDD"),
]


@pytest.mark.parametrize(
    ("rule", "rules", "about", "good", "bad"), CASES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_each_rule_is_silent_where_it_is_kept_and_speaks_where_it_is_broken(
    rule: str, rules: Rules, about: dict[str, Any], good: str, bad: str
) -> None:
    rules = (
        replace(rules, most_days_row=None, most_nights_row=None, most_minutes_week=None)
        if rule == "rest"
        else rules
    )
    assert broken(good, rules, **about) == []
    assert rule in broken(bad, rules, **about)
    assert set(broken(bad, rules, **about)) == {rule}


def test_in_a_row_and_in_all_are_two_limits_of_closed_duty() -> None:
    apart = replace(NOTHING, closed=Closed(duty=3, isolation=3, home=3, most_row=3, most_sum=None))
    assert broken("---------" * 3, apart, batch=0) == [], (
        "three blocks of three days are no nine days in a row"
    )
    assert broken("---------" * 3, replace(apart, closed=replace(apart.closed, most_sum=8)), batch=0) == [
        "closed_sum"
    ]  # type: ignore[type-var]
    stay = {"batch": 0, "stays": ((3, 5),)}
    assert broken("---------", apart, **stay) == ["closed_row"], "six days in one go, though only six in all"
    assert broken("---D-----", apart, batch=0) == ["closed"], "who is in isolation has no shift"
    assert broken("D--------", apart, batch=0) == []


def test_a_post_that_lacks_somebody_is_a_gap_and_who_may_not_hold_it_is_named() -> None:
    ward = Post("F", Label("女病区", "Women's ward"), sex="female")
    people = (Person("a", "李某某", "male"), Person("b", "王某某", "female", skills=frozenset({"lead"})))
    demand = (Demand("F", 0, "D", 2, skilled=(("lead", 1),)), Demand("F", 1, "D", 0, most=0))
    asked = Problem(MONDAY, 2, SHIFTS, (ward,), people, demand, NOTHING)
    rules = [b.rule for b in check(Roster({("a", 0): Slot("F", "D")}), asked)]
    assert rules == ["post", "gap", "skill"]
    crowd = Roster({("b", 0): Slot("F", "D"), ("b", 1): Slot("F", "D")})
    assert [b.rule for b in check(crowd, asked)] == ["gap", "crowd"]
    sentence = check(Roster(), asked)[0].says
    assert sentence == Label(
        "2026-11-23 女病区白班需 2 人，空缺 2 人。", "Women's ward, Day, 2026-11-23: 2 wanted, 2 missing."
    )
    assert [b.rule for b in check(Roster({("b", 0): Slot("F", "N")}), asked)] == ["gap", "skill", "unasked"]
    assert [b.rule for b in check(Roster({("x", 0): Slot("F", "D")}), asked)] == ["unknown"]


def test_a_fair_share_costs_nothing_and_what_is_beyond_it_does() -> None:
    people = tuple(Person(n, n, "male") for n in "abc")
    post = Post("W", Label("一大队", "Ward"))
    demand = tuple(Demand("W", d, "N", 1) for d in range(6))
    weights = Weights(night=5, weekend=0, load=0, wish=2)
    asked = Problem(MONDAY, 6, SHIFTS, (post,), people, demand, replace(NOTHING, weights=weights))
    assert bounds(asked)["night", "a"] == (2, 3)
    fair = Roster({(p, d): Slot("W", "N") for d, p in enumerate("abcabc")})
    unfair = Roster({(p, d): Slot("W", "N") for d, p in enumerate("aaaaab")})
    assert score(fair, asked).total == 0
    assert score(unfair, asked).night == 5 * (2 + 1 + 2)
    wishing = replace(
        asked, people=(replace(people[0], wishes=(Wish(0), Wish(1, "D", on=True, weight=3))), *people[1:])
    )
    assert score(fair, wishing).wishes == 2 * 1 + 2 * 3


def test_a_problem_and_a_roster_are_the_same_after_they_were_written_and_read() -> None:
    rules = Rules(days_off=(2, 7), forbidden=(("N", "D"),), closed=Closed(begins=-3))
    asked, roster = problem(
        "D-N",
        rules,
        leave=frozenset({1}),
        wishes=(Wish(2, "E", on=True, weight=2),),
        batch=1,
        limits=Limits(most_row=3, most_of=(("N", 2),)),
        before=("D",),
        skills=frozenset({"x"}),
    )
    assert problem_of(problem_data(asked)) == asked
    assert roster_of(roster_data(roster, asked), asked) == roster


def test_a_file_that_is_wrong_says_where_and_what() -> None:
    data = problem_data(problem("D")[0])
    with pytest.raises(GuituError, match="did you mean “leave”"):
        problem_of({**data, "people": [{"id": "a", "leav": []}]})
    with pytest.raises(GuituError, match=r"roster\.first: cannot read"):
        problem_of({**data, "first": "morgen"})
    with pytest.raises(GuituError, match="“W” stands there twice"):
        problem_of({**data, "posts": [*data["posts"], *data["posts"]]})
