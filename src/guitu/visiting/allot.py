"""Shares people out among stations: the cheapest flow from places to stations, each with room for so many.

A station that covers the place costs least, then one of the same county, then any other; within each of the
three the nearer one. What no station has room for is left over, and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ortools.graph.python import min_cost_flow

from guitu.home.geography import Point, straight_km
from guitu.home.plan import Demand, Station

COVERED, SAME_COUNTY, ELSEWHERE = 0, 10_000, 1_000_000
"""What a kilometre does not outweigh."""
OVER: Final = 1_000_000_000
UNKNOWN_KM: Final = 500
"""How far a place is reckoned of which nobody knows where it lies."""


class NoFlow(Exception):
    """The solver gave no answer."""


def cost(place: str, station: Station, above: Sequence[str], points: Mapping[str, Point]) -> int:
    """What it costs that this station sees somebody of this place. `above` are the codes above the place."""
    at, there = points.get(place), station.at
    km = UNKNOWN_KM if at is None or there is None else round(straight_km(at, there))
    if station.covers & {place, *above}:
        return COVERED + km
    near = any(station.code.startswith(code) for code in above if len(code) == 6)
    return (SAME_COUNTY if near else ELSEWHERE) + km


def allot(
    demands: Sequence[Demand],
    stations: Sequence[Station],
    room: Mapping[str, int],
    above: Mapping[str, Sequence[str]],
    points: Mapping[str, Point],
) -> tuple[dict[str, list[Demand]], list[Demand]]:
    """By station, whom it sees; and who is left over. `room` says how many each station sees at most; `above`
    gives of each place the codes above it."""
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink, over = 0, 1, 2
    first_station, first_place = 3, 3 + len(stations)
    arcs: dict[int, tuple[int, int]] = {}
    everybody = 0
    for n, one in enumerate(demands):
        everybody += one.people
        flow.add_arc_with_capacity_and_unit_cost(source, first_place + n, one.people, 0)
        flow.add_arc_with_capacity_and_unit_cost(first_place + n, over, one.people, OVER)
        for m, station in enumerate(stations):
            arc = flow.add_arc_with_capacity_and_unit_cost(
                first_place + n,
                first_station + m,
                one.people,
                cost(one.place, station, above.get(one.place, ()), points),
            )
            arcs[arc] = n, m
    for m, station in enumerate(stations):
        flow.add_arc_with_capacity_and_unit_cost(first_station + m, sink, max(0, room[station.code]), 0)
    flow.add_arc_with_capacity_and_unit_cost(over, sink, everybody, 0)
    flow.set_node_supply(source, everybody)
    flow.set_node_supply(sink, -everybody)
    if everybody and flow.solve() != flow.OPTIMAL:
        raise NoFlow(f"{len(demands)} places, {len(stations)} stations")
    given: dict[str, list[Demand]] = {s.code: [] for s in stations}
    left = [one.people for one in demands]
    for arc, (n, m) in arcs.items():
        if everybody and (people := flow.flow(arc)):
            given[stations[m].code].append(Demand(demands[n].place, demands[n].way, people))
            left[n] -= people
    return given, [Demand(one.place, one.way, rest) for one, rest in zip(demands, left, strict=True) if rest]
