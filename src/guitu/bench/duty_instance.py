"""A made-up centre to plan duty for: brigades with wards held day and night, a gate, a control room, doctors;
officers in three batches of closed duty. The same seed gives the same problem."""

from __future__ import annotations

from datetime import date
from random import Random

from guitu.centre.roster import Closed, Demand, Person, Post, Problem, Rules, Shift, Weights, Wish
from guitu.kernel.labels import Label

FIRST = date(2026, 11, 2)
SHIFTS = (
    Shift("D", Label("白班", "Day"), 7 * 60, 8 * 60),
    Shift("E", Label("中班", "Late"), 15 * 60, 8 * 60),
    Shift("N", Label("夜班", "Night"), 23 * 60, 8 * 60, night=True),
)


def closed_duty(staff: int = 300, days: int = 84, seed: int = 1) -> Problem:
    """`staff` officers in brigades of thirty, one of them for women, on 14 + 14 + 14 for `days` days. Who
    is in which batch is left to the roster."""
    rng = Random(f"duty/{seed}/{staff}/{days}")
    brigades = max(1, staff // 30)
    posts = []
    demand: list[Demand] = []
    for b in range(brigades):
        posts.append(
            Post(f"W{b}", Label(f"{b + 1}大队", f"Ward {b + 1}"), "female" if b == 0 else "", "",
                 frozenset({f"B{b}"}))
        )  # fmt: skip
    posts.append(Post("GATE", Label("大门", "Gate")))
    posts.append(Post("CTRL", Label("指挥中心", "Control room"), skill="monitor"))
    posts.append(Post("MED", Label("医务室", "Surgery"), skill="medic"))
    scale = staff / 300
    for day in range(days):
        for shift in SHIFTS:
            for b in range(brigades):
                heads = 2 if shift.code == "D" else 1
                demand.append(Demand(f"W{b}", day, shift.code, heads, skilled=()))
            for post, heads in (("GATE", 4), ("CTRL", 3), ("MED", 2)):
                wanted = round(heads * scale)
                if not wanted:
                    continue
                skilled = (("lead", 1),) if post == "CTRL" else ()
                demand.append(Demand(post, day, shift.code, wanted, skilled=skilled))
    people = tuple(_person(rng, n, brigades, days) for n in range(staff))
    rules = Rules(
        rest=11 * 60, most_days_row=6, most_nights_row=3, most_minutes_week=48 * 60,
        most_minutes_period=160 * 60, period=28, days_off=(3, 14), forbidden=(("N", "-", "D"),),
        closed=Closed(begins=-rng.randrange(3) * 14, most_row=14, most_sum=40),
        weights=Weights(night=3, weekend=2, load=2, wish=2),
    )  # fmt: skip
    return Problem(FIRST, days, SHIFTS, tuple(posts), people, tuple(demand), rules, f"closed {staff}×{days}")


def _person(rng: Random, number: int, brigades: int, days: int) -> Person:
    brigade = number % brigades
    sex = "female" if brigade == 0 or rng.random() < 0.15 else "male"
    skills = {s for s, part in (("monitor", 0.4), ("medic", 0.25), ("lead", 0.5)) if rng.random() < part}
    leave: set[int] = set()
    for _ in range(rng.choice((0, 0, 1, 1, 2)) if days > 14 else 0):
        start = rng.randrange(days)
        leave |= set(range(start, min(days, start + rng.randrange(2, 8))))
    wishes = {
        (rng.randrange(days), rng.choice(("", "", "N", "E", "D"))): rng.randrange(1, 4)
        for _ in range(days // 7)
    }
    return Person(
        id=f"P{number:03}",
        name=f"P{number:03}",
        sex=sex,
        brigade=f"B{brigade}",
        skills=frozenset(skills),
        leave=frozenset(leave),
        wishes=tuple(Wish(day, shift, False, weight) for (day, shift), weight in sorted(wishes.items())),
        nights_before=rng.randrange(3),
        weekends_before=rng.randrange(3),
    )
