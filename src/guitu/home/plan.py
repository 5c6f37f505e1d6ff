"""The plan of a campaign: how many people of which village are called or visited by which station on which
day; read and written as lines of text, checked, and who stands where in it.

A plan holds numbers and places, no names. Who is meant is worked out: the people of a village stand in the
order of their file numbers on the places that the plan has for the village. Whoever moves stands with the
village where they live now; a village that has more people than places puts them on its last day, so nobody
is left without one.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeVar

from guitu.home.campaign import Way
from guitu.home.geography import Point, Roads
from guitu.kernel.labels import Label

T = TypeVar("T")

LONGEST: Final = 3900
"""Characters of one entry's lines; what is longer goes into a further one."""


@dataclass(frozen=True, slots=True)
class Stop:
    """So many people of one place."""

    place: str
    people: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a station: calls, or the round of one team. Stops stand in the order in which they are made.
    `minutes` and `metres` are those of a visiting round, from the station and back to it."""

    station: str
    on: date
    way: Way
    stops: tuple[Stop, ...]
    team: int = 1
    minutes: int = 0
    metres: int = 0

    @property
    def people(self) -> int:
        """How many people."""
        return sum(s.people for s in self.stops)


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people of one place are first tried in this way."""

    place: str
    way: Way
    people: int


@dataclass(frozen=True, slots=True)
class Station:
    """One station: where it lies (None: nobody knows), the codes it covers (towns and what is below them) and
    how much it does in a day."""

    code: str
    at: Point | None
    covers: frozenset[str]
    calls: int = 40
    teams: int = 1
    minutes: int = 420


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan keeps to: the working days on which first attempts are made, minutes for a visit, roads,
    and per cent kept free for further attempts."""

    days: tuple[date, ...]
    visit: int = 30
    roads: Roads = field(default_factory=Roads)
    reserve: int = 30

    def calls(self, station: Station) -> int:
        """First calls of a station in a day."""
        return max(1, station.calls * (100 - self.reserve) // 100)

    def minutes(self, station: Station) -> int:
        """Minutes of a team's day for first visits."""
        return max(self.visit, station.minutes * (100 - self.reserve) // 100)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. `over` is what found no place: more people than the stations can see in the time."""

    days: tuple[Day, ...]
    over: tuple[Demand, ...] = ()

    @property
    def people(self) -> int:
        """Everybody planned."""
        return sum(d.people for d in self.days)


def working_days(first: date, last: date, holidays: Iterable[date] = ()) -> tuple[date, ...]:
    """Mondays to Fridays from one day to another, both included, less these."""
    off = frozenset(holidays)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in every if day.weekday() < 5 and day not in off)


# ── as text ───────────────────────────────────────────────────────────────────────────────────────

_LINE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})#(\d+)~(\d+)~(\d+)((?: [0-9A-Za-z]+\*\d+)+)")


def written(day: Day) -> str:
    """One day as a line: `2026-11-30#1~385~41200 460105100200*3 …` (day, team, minutes, metres, stops)."""
    stops = " ".join(f"{s.place}*{s.people}" for s in day.stops)
    return f"{day.on}#{day.team}~{day.minutes}~{day.metres} {stops}"


def read(station: str, way: Way, text: str) -> tuple[Day, ...]:
    """The days that those lines say; a line that says none is left out."""
    found = []
    for line in text.splitlines():
        if (got := _LINE.fullmatch(line.strip())) is None:
            continue
        stops = tuple(Stop(p, int(n)) for p, _, n in (s.partition("*") for s in got[5].split()))
        found.append(
            Day(station, date.fromisoformat(got[1]), way, stops, int(got[2]), int(got[3]), int(got[4]))
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Week:
    """What one entry of a plan holds: a station's days of one week in one way."""

    station: str
    monday: date
    way: Way
    people: int
    text: str


def weeks(plan: Plan) -> tuple[Week, ...]:
    """A plan in entries, the lines of each short enough to be kept."""
    grouped: dict[tuple[str, date, Way], list[Day]] = {}
    for day in sorted(plan.days, key=lambda d: (d.station, d.on, d.way, d.team)):
        monday = day.on - timedelta(days=day.on.weekday())
        grouped.setdefault((day.station, monday, day.way), []).append(day)
    found = []
    for (station, monday, way), days in grouped.items():
        lines: list[str] = []
        people = size = 0
        for day in (part for one in days for part in _short(one)):
            line = written(day)
            if lines and size + len(line) + 1 > LONGEST:
                found.append(Week(station, monday, way, people, "\n".join(lines)))
                lines, people, size = [], 0, 0
            lines.append(line)
            people += day.people
            size += len(line) + 1
        found.append(Week(station, monday, way, people, "\n".join(lines)))
    return tuple(found)


def _short(day: Day) -> Iterable[Day]:
    """A day in as many parts as its line needs; only calls ever need more than one."""
    at = max(1, LONGEST // (max((len(s.place) for s in day.stops), default=1) + 8) - 4)
    for n in range(0, len(day.stops), at):
        yield Day(day.station, day.on, day.way, day.stops[n : n + at], day.team, day.minutes, day.metres)


# ── who stands where ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's place: the day, and how far down its stops."""

    day: Day
    stop: int


def places(plan: Iterable[Day], people: Mapping[str, Sequence[tuple[T, Way]]]) -> dict[T, Slot]:
    """Where everybody stands. `people` are those of each place in a fixed order, with how they are first
    tried. Whoever finds no place of their own way takes one of the other, and after the last the last day's;
    only the people of a place that the plan does not have are left out."""
    free: dict[str, dict[Way, list[Slot]]] = {}
    ends: dict[str, Slot] = {}
    for day in sorted(plan, key=lambda d: (d.on, d.station, d.way, d.team)):
        for n, stop in enumerate(day.stops):
            slot = Slot(day, n)
            ways = free.setdefault(stop.place, {"phone": [], "visit": []})
            ways[day.way] += [slot] * stop.people
            ends[stop.place] = slot
    found: dict[T, Slot] = {}
    for place, some in people.items():
        if place not in free:
            continue
        ways = free[place]
        left: list[T] = []
        for one, way in some:
            if ways[way]:
                found[one] = ways[way].pop(0)
            else:
                left.append(one)
        spare = sorted((*ways["phone"], *ways["visit"]), key=lambda s: s.day.on)
        for n, one in enumerate(left):
            found[one] = spare[n] if n < len(spare) else ends[place]
    return found


# ── checking ──────────────────────────────────────────────────────────────────────────────────────


def faults(
    plan: Plan,
    demands: Iterable[Demand],
    stations: Iterable[Station],
    points: Mapping[str, Point],
    terms: Terms,
) -> tuple[Label, ...]:
    """Everything wrong with a plan; () if nothing is. Whoever made it is not asked."""
    by_code = {s.code: s for s in stations}
    wanted: Counter[tuple[str, Way]] = Counter()
    for one in demands:
        wanted[one.place, one.way] += one.people
    given: Counter[tuple[str, Way]] = Counter()
    for over in plan.over:
        given[over.place, over.way] += over.people
    calls: Counter[tuple[str, date]] = Counter()
    rounds: Counter[tuple[str, date, int]] = Counter()
    found: list[Label] = []
    days = frozenset(terms.days)
    for day in plan.days:
        station = by_code.get(day.station)
        if station is None:
            found.append(Label(f"没有指导站 {day.station}", f"there is no station {day.station}"))
            continue
        if day.on not in days:
            found.append(Label(f"{day.on} 不是工作日", f"{day.on} is no working day"))
        for stop in day.stops:
            given[stop.place, day.way] += stop.people
        if day.way == "phone":
            calls[station.code, day.on] += day.people
            continue
        rounds[station.code, day.on, day.team] += 1
        if not 1 <= day.team <= station.teams:
            found.append(
                Label(f"{station.code} 没有第 {day.team} 组", f"{station.code} has no team {day.team}")
            )
        minutes = round_of(station, day.stops, points, terms)[0]
        if minutes > terms.minutes(station) and len(day.stops) > 1:
            found.append(
                Label(
                    f"{station.code} {day.on} 第 {day.team} 组要 {minutes} 分钟",
                    f"{station.code}, {day.on}, team {day.team}: {minutes} minutes",
                )
            )
    for (code, on), n in calls.items():
        if n > terms.calls(by_code[code]):
            found.append(Label(f"{code} {on} 要打 {n} 个电话", f"{code}, {on}: {n} calls"))
    for (code, on, team), n in rounds.items():
        if n > 1:
            found.append(Label(f"{code} {on} 第 {team} 组排了 {n} 趟", f"{code}, {on}: team {team} twice"))
    for key in sorted(wanted.keys() | given.keys()):
        if wanted[key] != given[key]:
            found.append(
                Label(
                    f"{key[0]}（{key[1]}）应排 {wanted[key]} 人，排了 {given[key]} 人",
                    f"{key[0]} ({key[1]}): {wanted[key]} people, {given[key]} planned",
                )
            )
    return tuple(found)


def round_of(
    station: Station, stops: Sequence[Stop], points: Mapping[str, Point], terms: Terms
) -> tuple[int, int]:
    """Minutes and metres of a round from the station over these stops and back. A place of which nobody knows
    where it lies adds no way."""
    way = [station.at, *(points.get(s.place) for s in stops), station.at]
    known = [p for p in way if p is not None]
    metres = sum(terms.roads.metres(a, b) for a, b in itertools.pairwise(known))
    return terms.roads.minutes(metres) + terms.visit * sum(s.people for s in stops), metres


def in_order(
    start: Point | None, stops: Sequence[T], points: Mapping[T, Point], roads: Roads
) -> tuple[T, ...]:
    """These stops in a short round from `start` and back: the nearest next, then crossings undone. For a
    handful of repeated visits; whole plans are made by `guitu.visiting`. Those of which nobody knows where
    they lie come last, in the order given."""
    known = [s for s in stops if s in points]
    if start is None and known:
        start = points[known[0]]
    if start is None:
        return tuple(stops)
    at, left, order = start, list(known), list[T]()
    while left:
        nearest = min(left, key=lambda s: roads.metres(at, points[s]))
        left.remove(nearest)
        order.append(nearest)
        at = points[nearest]

    def length(some: Sequence[T]) -> int:
        way = [start, *(points[s] for s in some), start]
        return sum(roads.metres(a, b) for a, b in itertools.pairwise(way))

    better = len(order) > 2
    while better:
        better, now = False, length(order)
        for i in range(len(order) - 1):
            for j in range(i + 2, len(order) + 1):
                turned = [*order[:i], *reversed(order[i:j]), *order[j:]]
                if length(turned) < now:
                    order, now, better = turned, length(turned), True
    return (*order, *(s for s in stops if s not in points))
