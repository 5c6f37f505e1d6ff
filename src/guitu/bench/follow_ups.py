"""Planning a campaign of follow-up of the real size: 14,000 people, 16 stations, two months; beside an office
that goes through its villages in the order of their codes and turns home when the day is full."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from random import Random
from typing import Final

from guitu.bench.report import Figure
from guitu.home import plan as plans
from guitu.home.geography import Point
from guitu.home.plan import Demand, Station, Terms
from guitu.visiting.making import make, plainly

PEOPLE: Final = 14_000
STATIONS: Final = 16
TOWNS, VILLAGES = 10, 12
VISITS: Final = 0.15
"""So large a share is gone to see first: who did not answer the last time."""
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 17)
"""First attempts, so that two more fit into two months."""

Made = tuple[list[Demand], list[Station], dict[str, Point], dict[str, tuple[str, ...]]]


def province(people: int = PEOPLE, stations: int = STATIONS, seed: int = 20261126) -> Made:
    """Counties side by side, half a degree wide, a station in the middle of each; people over the villages by
    chance."""
    dice = Random(seed)
    points: dict[str, Point] = {}
    above: dict[str, tuple[str, ...]] = {}
    made = []
    for c in range(stations):
        county, lat, lon = f"4690{c:02d}", 18.3 + c // 4 * 0.45, 108.8 + c % 4 * 0.55
        made.append(Station(f"{county}Z01", Point(lat + 0.2, lon + 0.25), frozenset({county})))
        for t in range(TOWNS):
            town = f"{county}{100 + t}"
            at = Point(lat + dice.random() * 0.4, lon + dice.random() * 0.5)
            for v in range(VILLAGES):
                village = f"{town}{200 + v}"
                points[village] = Point(
                    at.lat + dice.uniform(-0.05, 0.05), at.lon + dice.uniform(-0.05, 0.05)
                )
                above[village] = (town, county)
    villages = sorted(points)
    counts: Counter[tuple[str, plans.Way]] = Counter(
        (dice.choice(villages), "visit" if dice.random() < VISITS else "phone") for _ in range(people)
    )
    return [Demand(place, way, n) for (place, way), n in sorted(counts.items())], made, points, above


def run(people: int = PEOPLE) -> list[Figure]:
    """Plan it, check the plan, and compare the way."""
    demands, stations, points, above = province(people)
    terms = Terms(plans.working_days(FIRST, LAST))
    began = time.perf_counter()
    plan = make(demands, stations, points, above, terms)
    seconds = time.perf_counter() - began
    wrong = plans.faults(plan, demands, stations, points, terms)
    rounds = [d for d in plan.days if d.way == "visit"]
    km = sum(d.metres for d in rounds) / 1000
    plain = plainly(plan, stations, points, terms) / 1000
    over = sum(o.people for o in plan.over)
    note = f"{plan.people} planned, {over} over, {len(wrong)} faults, {len(rounds)} rounds"
    return [
        Figure("follow-up plan", seconds, "s", wanted="14,000 people, 16 stations, 0 faults", note=note),
        Figure(
            "follow-up rounds",
            km,
            "km",
            beside=plain,
            peer="villages by code",
            ratio=plain / km if km else None,
        ),
    ]
