"""Rounds of visits of one station, with OR-tools' routing: one vehicle for each day of each team, as few days
and as little way as it finds in a fixed number of solutions: the same demand gives the same rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from guitu.home.geography import Point
from guitu.home.plan import Demand, Station, Stop, Terms, round_of

SOLUTIONS: Final = 60
"""Solutions looked at for one station."""
FAILURES: Final = 20_000
"""Dead ends after which the search ends even so. Where a station has hardly a stop there may be no further
solution to look at, and a search limited by solutions alone would look for it for ever; counted, not timed,
so that the same demand still gives the same rounds."""
LEFT_OUT: Final = 10_000_000
"""What it costs to leave a stop out: only where no day has room."""
A_DAY: Final = 100_000
"""Metres that a day on the road is worth."""


def rounds(
    station: Station,
    demands: Sequence[Demand],
    points: Mapping[str, Point],
    terms: Terms,
    *,
    vehicles: int,
    solutions: int = SOLUTIONS,
) -> tuple[list[tuple[Stop, ...]], list[Demand]]:
    """The stops of each round, the nearest rounds first, and what found no room. `vehicles` is how many
    rounds there may be."""
    most = terms.minutes(station)
    stops = [part for one in demands for part in _parts(one, station, points, terms, most)]
    if not stops or vehicles < 1:
        return [], [Demand(s.place, "visit", s.people) for s in stops]
    start = station.at or next((points[s.place] for s in stops if s.place in points), None)
    here = [start, *(points.get(s.place, start) for s in stops)]
    way = [[terms.roads.metres(a, b) if a is not None and b is not None else 0 for b in here] for a in here]
    # a round's minutes are rounded up once, at its end; here each leg, which is never less
    takes = [0, *(terms.visit * s.people for s in stops)]
    minutes = [
        [terms.roads.minutes(way[i][j]) + takes[i] for j in range(len(here))] for i in range(len(here))
    ]
    needed = sum(takes) // max(1, most) + len(stops) // 4 + 2
    used = min(vehicles, needed)
    manager = pywrapcp.RoutingIndexManager(len(here), used, 0)
    model = pywrapcp.RoutingModel(manager)
    distance = model.RegisterTransitMatrix(way)
    model.SetArcCostEvaluatorOfAllVehicles(distance)
    time = model.RegisterTransitMatrix(minutes)
    model.AddDimension(time, 0, most, True, "minutes")
    model.SetFixedCostOfAllVehicles(A_DAY)
    for n in range(1, len(here)):
        model.AddDisjunction([manager.NodeToIndex(n)], LEFT_OUT)
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.solution_limit = solutions
    solver = model.solver()
    model.AddSearchMonitor(solver.FailuresLimit(FAILURES))
    found = model.SolveWithParameters(search)
    if found is None:
        return [], [Demand(s.place, "visit", s.people) for s in stops]
    made: list[tuple[Stop, ...]] = []
    seen: set[int] = set()
    for vehicle in range(used):
        index, order = found.Value(model.NextVar(model.Start(vehicle))), list[Stop]()
        while not model.IsEnd(index):
            node = manager.IndexToNode(index)
            seen.add(node)
            order.append(stops[node - 1])
            index = found.Value(model.NextVar(index))
        if order:
            made.append(_joined(order))
    left = [Demand(s.place, "visit", s.people) for n, s in enumerate(stops, 1) if n not in seen]
    made.sort(key=lambda r: (round_of(station, r, points, terms)[1], r[0].place))
    return made, left


def _parts(one: Demand, station: Station, points: Mapping[str, Point], terms: Terms, most: int) -> list[Stop]:
    """The people of a place in portions that one day has room for, the way there and back reckoned."""
    road = round_of(station, (Stop(one.place, 0),), points, terms)[0]
    each = max(1, (most - road - 2) // terms.visit)
    # a few smaller portions fit better beside those of other places than one that fills the day
    each = min(each, 4)
    parts, left = [], one.people
    while left:
        parts.append(Stop(one.place, min(each, left)))
        left -= parts[-1].people
    return parts


def _joined(order: Sequence[Stop]) -> tuple[Stop, ...]:
    """Portions of one place that follow one another are one stop."""
    found: list[Stop] = []
    for stop in order:
        if found and found[-1].place == stop.place:
            found[-1] = Stop(stop.place, found[-1].people + stop.people)
        else:
            found.append(stop)
    return tuple(found)
