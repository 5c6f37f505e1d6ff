"""The roster of the first centre: about forty officers, this month, published; and what staff ask for.

It stands in tables of its own, so it is furnished once the offices and the accounts are there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from guitu.access import Actor, Post
from guitu.simulate.accounts import DEMO_CENTRE, accounts
from guitu.simulate.names import name
from guitu.store import roster_issues, rosters
from guitu.store.units import tree

STAFF: Final = 40
ROUNDS: Final = 20
"""So many parts of the roster are made better: the same ones every time."""
_BRIGADES: Final = ("一大队", "二大队", "三大队", "机关")
_DUTY: Final = frozenset({"brigade_officer", "doctor", "nurse", "counsellor", "teacher", "intake_officer"})

SHIFTS: Final = [
    {"code": "D", "zh": "白班", "en": "Day", "start": "08:00", "hours": 8},
    {"code": "E", "zh": "中班", "en": "Late", "start": "16:00", "hours": 8},
    {"code": "N", "zh": "夜班", "en": "Night", "start": "00:00", "hours": 8, "night": True},
]
POSTS: Final = [
    {"code": "W1", "zh": "一大队", "en": "First brigade"},
    {"code": "W2", "zh": "二大队", "en": "Second brigade"},
    {"code": "W3", "zh": "三大队", "en": "Third brigade"},
    {"code": "GATE", "zh": "大门", "en": "Gate"},
    {"code": "CTRL", "zh": "指挥中心", "en": "Control room", "skill": "监控"},
    {"code": "MED", "zh": "医务室", "en": "Surgery", "skill": "医护"},
    {"code": "FEM", "zh": "女性检查岗", "en": "Women’s search", "sex": "female"},
]
NEEDS: Final = {
    "W1": "211",
    "W2": "211",
    "W3": "211",
    "GATE": "211",
    "CTRL": "111",
    "MED": "111",
    "FEM": "100",
}
"""Heads in the three shifts, for each post."""


def data(today: date) -> dict[str, Any]:
    """What the centre plans with."""
    rng = Random("roster/46J01")
    people: list[dict[str, Any]] = []
    for one in accounts():
        if one.unit.startswith(DEMO_CENTRE) and one.role in _DUTY:
            sex = "female" if Random(f"staff/{one.role}/{one.unit}").random() < 0.4 else "male"
            skills = ["医护"] if one.role in ("doctor", "nurse") else []
            people.append({"id": one.username, "name": one.display_name, "sex": sex, "brigade": _BRIGADES[3],
                           "skills": skills})  # fmt: skip
    for number in range(len(people), STAFF):
        sex = "female" if rng.random() < 0.3 else "male"
        skills = [s for s, part in (("监控", 0.35), ("医护", 0.22)) if rng.random() < part]
        people.append({"id": f"46J01-{number + 1:03}", "name": name(rng, sex)[0], "sex": sex,
                       "brigade": _BRIGADES[number % 3], "skills": skills})  # fmt: skip
    for person in people:
        if rng.random() < 0.3:
            first = today.replace(day=1) + timedelta(days=rng.randrange(28))
            person["leave"] = [(first + timedelta(days=d)).isoformat() for d in range(rng.randrange(1, 6))]
        if rng.random() < 0.5:
            wished = today.replace(day=1) + timedelta(days=rng.randrange(28))
            person["wishes"] = [{"day": wished.isoformat(), "shift": rng.choice(["", "N"])}]
    demand = [
        {"post": post, "shift": shift["code"], "heads": int(heads)}
        for post, row in NEEDS.items()
        for shift, heads in zip(SHIFTS, row, strict=True)
        if heads != "0"
    ]
    rules = {
        "rest": 11,
        "most_days_row": 6,
        "most_nights_row": 3,
        "most_week": 48,
        "most_period": 176,
        "days_off": [2, 8],
    }
    return {"shifts": SHIFTS, "posts": POSTS, "people": people, "demand": demand, "rules": rules}


def furnish(today: date, now: datetime) -> int:
    """Set up, plan and publish this month's roster; how many shifts it has."""
    from guitu.rostering.solve import solve  # heavy, and nothing else of the demonstration needs it

    unit = tree().get(DEMO_CENTRE)
    if unit is None:
        return 0
    planner = Actor("planner", (Post("duty_planner", DEMO_CENTRE),))
    with_people = data(today)
    rosters.keep_setup(unit, with_people, by=planner.name, now=now)
    first = today.replace(day=1)
    days = ((first + timedelta(days=32)).replace(day=1) - first).days
    begun = rosters.begin(unit, first, days, now=now)
    draft = rosters.draft(begun)
    assert draft is not None, "it has just been begun"
    found = solve(draft.problem, seconds=600, seed=46, workers=1, rounds=ROUNDS)
    rosters.change(begun, dict(found.roster.cells), "proposal", by=planner.name, now=now)
    draft = rosters.draft(begun)
    assert draft is not None, "it was there a moment ago"
    if found.complete:
        roster_issues.publish(unit, draft, actor=planner, now=now)
    someone, other = with_people["people"][0]["id"], with_people["people"][1]["id"]
    roster_issues.ask(unit, someone, "leave", today + timedelta(days=2), until=today + timedelta(days=3),
                      reason="家中有事", now=now)  # fmt: skip
    roster_issues.ask(unit, other, "swap", today + timedelta(days=4), other=someone, now=now)
    return len(found.roster.cells)
