"""The offices of a province that is made to measure: its divisions, its institutions, as many stations as a
file says.

Hainan's towns and villages are the real ones. Of another province only the counties are known here: its towns
and villages are invented, a few for each county, and bear it in their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from guitu.indicators.conditions import Condition, Is, walk
from guitu.indicators.measures import Stock
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.simulate.institutions import Home, Institution, Province, build
from guitu.simulate.targets.margins import Ground, Margin, put_down
from guitu.simulate.targets.rows import Line
from guitu.store.divisions import Division, load_counties, load_province, provinces

STATION: Final = "guidance_station"
TOWNS: Final = 4
VILLAGES: Final = 4


class NoOffices(GuituError):
    """A figure about places that cannot be."""


@dataclass(frozen=True, slots=True)
class Offices:
    """A province with its units by level. `levels` tells of each code what it is."""

    province: Province
    levels: Mapping[str, str]
    by_level: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str | None]
    homes: Mapping[str, Home]

    def within(self, level: str, place: str, without: Sequence[str] = ()) -> list[str]:
        """The units of a level in a place, less those in other places."""
        return [
            code
            for code in self.by_level.get(level, ())
            if code.startswith(place) and not code.startswith(tuple(without))
        ]

    def above(self, code: str) -> tuple[str, ...]:
        """The codes from the top down to that unit."""
        way: list[str] = []
        at: str | None = code
        while at is not None:
            way.append(at)
            at = self.parents.get(at)
        return tuple(reversed(way))


def furnish(province: str, lines: Iterable[Line] = ()) -> Offices:
    """The offices of the province of that two-digit code. `lines` are what a file counts: so many units where
    it counts those, and in every county it speaks of a police centre, for there its admissions are recorded.
    """
    lines = list(lines)
    divisions = load_province(province) if province in provinces() else _invented(province)
    made = _own_centres(build(divisions), {line.place for line in lines})
    offices = _offices(made)
    wanted = [line for line in lines if line.count.of == "units"]
    stations = [line for line in wanted if _level(line.count) == STATION]
    if stations:
        others = tuple(i for i in made.institutions if i.kind != STATION)
        made = replace(made, institutions=(*others, *_stations(stations, offices)))
        offices = _offices(made)
    for line in wanted:
        level = _level(line.count)
        there = len(offices.within(level, line.place))
        if there != line.amount:
            raise NoOffices(
                Label(
                    f"“{line.name}”为 {line.amount}，而区划表中 {line.place} 有 {there} 个",
                    f"“{line.name}” is {line.amount}, but the table of places has {there} in {line.place}",
                )
            )
    return offices


def _offices(made: Province) -> Offices:
    levels: dict[str, str] = {d.code: d.level for d in made.divisions}
    levels.update((i.code, i.kind) for i in made.institutions)
    by_level: dict[str, list[str]] = {}
    for code, level in levels.items():
        by_level.setdefault(level, []).append(code)
    parents: dict[str, str | None] = {d.code: d.parent for d in made.divisions}
    parents.update((i.code, i.parent) for i in made.institutions)
    return Offices(
        made,
        levels,
        {level: tuple(codes) for level, codes in by_level.items()},
        parents,
        {home.village: home for home in made.homes},
    )


def _own_centres(made: Province, places: Iterable[str]) -> Province:
    """The province with a police centre in each of these counties."""
    there = {i.code for i in made.institutions}
    names = {d.code: d.name for d in made.divisions if d.level == "county"}
    wanted = [code for code in sorted(places) if code in names and f"{code}P01" not in there]
    new = [Institution(f"{c}P01", f"{names[c]}示范公安强制隔离戒毒所", "police_centre", c) for c in wanted]
    homes = tuple(
        replace(home, police_centre=f"{home.county}P01") if home.county in wanted else home
        for home in made.homes
    )
    return replace(made, institutions=(*made.institutions, *new), homes=homes)


def _level(count: object) -> str:
    """The level that a count of units is about; "" if it names none."""
    where: Condition | None = count.where if isinstance(count, Stock) else None
    for one in walk(where) if where is not None else ():
        if isinstance(one, Is) and one.field == "level":
            return str(one.values[0])
    return ""


def _stations(lines: Sequence[Line], offices: Offices) -> list[Institution]:
    """So many guidance stations, spread over the counties of each place."""
    margins = [Margin(STATION, x.place, x.first, x.first, x.amount, x.name) for x in lines]
    names = {d.code: d.name for d in offices.province.divisions}
    ground = Ground(offices.above, lambda a, b: True)
    made: list[Institution] = []
    places = [m.place for m in margins]
    for portion in put_down(margins, ground):
        below = [p for p in places if p != portion.place and portion.place in offices.above(p)]
        hosts = offices.within("county", portion.place, below) or [portion.place]
        for at in range(portion.n):
            host = hosts[at % len(hosts)]
            number = at // len(hosts) + 1
            code, again = f"{host}Z{number:02d}", "" if number == 1 else f"第{number}"
            made.append(Institution(code, f"{names[host]}示范{again}社戒社康指导站", STATION, host))
    return made


def _invented(province: str) -> list[Division]:
    """A province of which only the counties are known, with towns and villages that nobody lives in."""
    known = load_counties()
    if province not in known:
        raise NoOffices(
            Label(f"没有代码为“{province}”的省份", f"there is no province with the code “{province}”")
        )
    found: list[Division] = []
    for division in known.values():
        if not division.code.startswith(province):
            continue
        found.append(division)
        if division.level != "county":
            continue
        for t in range(TOWNS):
            town = Division(f"{division.code}{100 + t}", f"示例{'东南西北'[t]}镇", "town", division.code)
            found.append(town)
            found += [
                Division(f"{town.code}{200 + v}", f"示例{v + 1}村委会", "village", town.code)
                for v in range(VILLAGES)
            ]
    return found
