"""Rehabilitation training inside a centre, as the demonstration tells it: tests that get better as a rule, a
doctor's clearances, prescriptions, two sessions a week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from guitu.simulate.centre import DAYS, Add, Stay, chance, told_days

_EVERY: Final = 90
_VALID: Final = 180
_MOST_TESTS: Final = 5
_STARTS: Final = "15:00"
_CONTENT: Final = ("八段锦、健步走", "康复操、力量", "健步走、拉伸")


def dice(stay: Stay, what: str) -> Random:
    """This person's dice for one thing."""
    return Random(f"training/{stay.centre}/{stay.name}/{stay.born}/{stay.transferred}/{what}")


def refused(stay: Stay) -> bool:
    """Whether the doctor lets the person not train."""
    return dice(stay, "clearance").random() < 0.08


def cleared(stay: Stay, day: date) -> bool:
    """Whether the person may train on that day: some wait to be examined again."""
    first = stay.transferred + timedelta(days=6)
    if refused(stay) or day < first or not stay.inside(day):
        return False
    renewed = dice(stay, "renewed").random() >= 0.1
    return renewed or day <= first + timedelta(days=_VALID)


def otherwise(stay: Stay, day: date) -> tuple[str, int | None]:
    """What went otherwise for the person at that day's session, and the exertion that was said."""
    thrown = chance(f"training/{stay.life.person.id_number}/{day}")
    if thrown >= 0.2:
        return "", None
    if thrown < 0.05:
        return "excused", None
    if thrown < 0.06:
        return "unexcused", None
    rng = dice(stay, f"{day}")
    return ("less", rng.randint(13, 16)) if thrown < 0.08 else ("told", rng.randint(10, 14))


def held(today: date, days: int = DAYS) -> Iterator[date]:
    """The days of sessions in the last weeks: Tuesdays and Thursdays."""
    for back in range(days, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() in (1, 3):
            yield day


def of_stay(stay: Stay) -> None:
    """What stands in one person's file."""
    _tests(stay)
    _clearances(stay)
    for day in held(stay.today, stay.days):
        what, exertion = otherwise(stay, day)
        if what and cleared(stay, day):
            stay.life.add(day, "training_exception", "coach", stay.centre, what=what, starts=_STARTS,
                          **({"exertion": exertion} if exertion else {}))  # fmt: skip


def _tests(stay: Stay) -> None:
    rng = dice(stay, "tests")
    woman = stay.sex == "female"
    height = rng.gauss(158 if woman else 169, 5)
    start = {
        "weight": rng.gauss(54 if woman else 62, 6), "resting_pulse": rng.gauss(80, 6),
        "vital_capacity": rng.gauss(2300 if woman else 3300, 300), "step_index": rng.gauss(50, 5),
        "grip": rng.gauss(24 if woman else 36, 5), "sit_and_reach": rng.gauss(6, 5),
        "one_leg_stand": rng.gauss(14, 5), "reaction": rng.gauss(0.52, 0.05),
    }  # fmt: skip
    better = {
        "weight": 1.2, "resting_pulse": -1.5, "vital_capacity": 90, "step_index": 1.4, "grip": 1.1,
        "sit_and_reach": 0.8, "one_leg_stand": 2.5, "reaction": -0.012,
    }  # fmt: skip
    places = {"vital_capacity": 0, "resting_pulse": 0, "one_leg_stand": 0, "reaction": 2}
    for n in range(_MOST_TESTS):
        day = stay.transferred + timedelta(days=5 + n * _EVERY)
        if not stay.inside(day):
            break
        values = {"height": f"{height:.1f}"}
        for name, first in start.items():
            value = first + better[name] * n * rng.uniform(0.4, 1.3)
            values[name] = f"{max(value, 0.2):.{places.get(name, 1)}f}"
        text = "\n".join(f"{name}={value}" for name, value in values.items())
        occasion = "entry" if n == 0 else "regular"
        if not stay.life.add(day, "fitness_test", "coach", stay.centre, occasion=occasion, battery="adult@1",
                             results=text):  # fmt: skip
            break


def _clearances(stay: Stay) -> None:
    life, rng = stay.life, dice(stay, "prescription")
    first = stay.transferred + timedelta(days=6)
    if refused(stay):
        life.add(first, "training_clearance", "doctor", stay.centre, conclusion="not_cleared",
                 see_again=first + timedelta(days=60))  # fmt: skip
        return
    day = first
    while day < stay.today and cleared(stay, day):
        until = day + timedelta(days=_VALID)
        limited = dice(stay, f"limit/{day}").random() < 0.15
        life.add(day, "training_clearance", "doctor", stay.centre, until=until,
                 **({"conclusion": "limited", "highest": 125, "avoid": "跳跃、憋气用力"} if limited
                    else {"conclusion": "cleared"}))  # fmt: skip
        age = day.year - stay.born.year
        resting, highest = rng.randint(68, 84), round(208 - 0.7 * age)
        low = round(resting + 0.4 * (highest - resting))
        high = round(resting + 0.6 * (highest - resting))
        life.add(day + timedelta(days=1), "exercise_prescription", "coach", stay.centre,
                 form=rng.choice(("walking", "exercises", "running")), formula="tanaka", highest=highest,
                 resting=resting, from_percent=40, to_percent=60, low=min(low, 125) if limited else low,
                 high=min(high, 125) if limited else high, times=3, minutes=30)  # fmt: skip
        day = until


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """The sessions of each brigade."""
    brigades = sorted({stay.brigade for stay in stays if stay.centre == centre})
    for brigade in brigades:
        here = [stay for stay in stays if stay.brigade == brigade]
        for n, day in enumerate(held(today, told_days(here))):
            people = [stay for stay in here if cleared(stay, day)]
            if not people:
                continue
            what = [otherwise(stay, day)[0] for stay in people]
            away = sum(w in ("excused", "unexcused") for w in what)
            add(centre, day, "training_session", "coach", group=brigade, starts=_STARTS, minutes=45,
                expected=len(people), present=len(people) - away, excused=what.count("excused"),
                unexcused=what.count("unexcused"), less=what.count("less"), stopped=0,
                content=_CONTENT[n % len(_CONTENT)])  # fmt: skip
