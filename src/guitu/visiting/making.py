"""The whole plan: shares people out among the stations, makes rounds of their visits, and lays calls evenly
over the days, villages together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from guitu.home.geography import Point
from guitu.home.plan import Day, Demand, Plan, Station, Stop, Terms, round_of
from guitu.visiting.allot import allot
from guitu.visiting.rounds import SOLUTIONS, rounds

ROAD_SHARE = 3
"""Of a visiting day one part in so many is reckoned for the road when people are shared out."""


def make(
    demands: Iterable[Demand],
    stations: Sequence[Station],
    points: Mapping[str, Point],
    above: Mapping[str, Sequence[str]],
    terms: Terms,
    *,
    solutions: int = SOLUTIONS,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """A plan in which everybody stands once, or is among those left over. `progress` is told how many
    stations are done, of how many."""
    every = [d for d in demands if d.people > 0]
    calls = sorted((d for d in every if d.way == "phone"), key=lambda d: d.place)
    visits = sorted((d for d in every if d.way == "visit"), key=lambda d: d.place)
    days, over = list[Day](), list[Demand]()
    n = len(terms.days)
    given, left = allot(calls, stations, {s.code: terms.calls(s) * n for s in stations}, above, points)
    over += left
    for station in stations:
        days += _calls(station, given[station.code], terms)
    for_visits = {
        s.code: s.teams * n * max(1, terms.minutes(s) * (ROAD_SHARE - 1) // ROAD_SHARE // terms.visit)
        for s in stations
    }
    given, left = allot(visits, stations, for_visits, above, points)
    over += left
    for done, station in enumerate(stations):
        if progress is not None:
            progress(done, len(stations))
        some, left = rounds(
            station, given[station.code], points, terms, vehicles=station.teams * n, solutions=solutions
        )
        over += left
        days += _spread(station, some, points, terms)
    return Plan(tuple(sorted(days, key=lambda d: (d.station, d.on, d.way, d.team))), _summed(over))


def _calls(station: Station, given: Sequence[Demand], terms: Terms) -> list[Day]:
    """So many calls a day as spread them evenly over the days; villages in the order of their codes, so that
    those of one village stand together."""
    total = sum(d.people for d in given)
    found: list[Day] = []
    queue = [Stop(d.place, d.people) for d in sorted(given, key=lambda d: d.place)]
    told = 0
    for at, on in enumerate(terms.days, 1):
        wanted = total * at // len(terms.days) - told
        told += wanted
        stops = _take(queue, wanted)
        if stops:
            found.append(Day(station.code, on, "phone", stops))
    return found


def _take(queue: list[Stop], people: int) -> tuple[Stop, ...]:
    taken: list[Stop] = []
    while people and queue:
        first = queue.pop(0)
        now = min(people, first.people)
        taken.append(Stop(first.place, now))
        people -= now
        if first.people > now:
            queue.insert(0, Stop(first.place, first.people - now))
    return tuple(taken)


def _spread(
    station: Station, some: Sequence[tuple[Stop, ...]], points: Mapping[str, Point], terms: Terms
) -> list[Day]:
    """Rounds over the days of the teams, evenly over the weeks rather than all at the start."""
    slots = [(on, team) for on in terms.days for team in range(1, station.teams + 1)]
    found = []
    for n, stops in enumerate(some):
        on, team = slots[n * len(slots) // len(some)]
        minutes, metres = round_of(station, stops, points, terms)
        found.append(Day(station.code, on, "visit", stops, team, minutes, metres))
    return found


def _summed(some: Iterable[Demand]) -> tuple[Demand, ...]:
    """One for each place and way."""
    found: dict[tuple[str, str], Demand] = {}
    for one in some:
        before = found.get((one.place, one.way))
        found[one.place, one.way] = Demand(one.place, one.way, one.people + (before.people if before else 0))
    return tuple(found[key] for key in sorted(found))


def plainly(plan: Plan, stations: Sequence[Station], points: Mapping[str, Point], terms: Terms) -> int:
    """Metres that the same visits take if each station goes through its villages in the order of their codes
    and turns home when the day is full: what an office does with a list on paper."""
    metres = 0
    for station in stations:
        mine = [d for d in plan.days if d.station == station.code and d.way == "visit"]
        people: dict[str, int] = {}
        for day in mine:
            for stop in day.stops:
                people[stop.place] = people.get(stop.place, 0) + stop.people
        day_stops: list[Stop] = []
        for place in sorted(people):
            for _ in range(people[place]):
                tried = [*day_stops, Stop(place, 1)]
                if day_stops and round_of(station, tried, points, terms)[0] > terms.minutes(station):
                    metres += round_of(station, day_stops, points, terms)[1]
                    tried = [Stop(place, 1)]
                day_stops = tried
        if day_stops:
            metres += round_of(station, day_stops, points, terms)[1]
    return metres
