"""A small made-up province to make packs of, without a store: rows by table, and figures that are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from guitu.exchange.packs.counting import Quality
from guitu.exchange.packs.flow import Moves, moves
from guitu.indicators import Figure, Indicator, Period, Place
from guitu.kernel.zone import CHINA

MEASURES = pa.schema(
    [("person", pa.int64()), ("starts_on", pa.date32()), ("ended_on", pa.date32()), ("ended_by", pa.string())]
)
HOMES = pa.schema([("person", pa.int64()), ("from_day", pa.date32()), ("unit", pa.int32())])

PROVINCE = Place(1, "46", "示例省", "province", None, (1,))
COUNTY = Place(2, "469023", "示例县", "county", 1, (1, 2))
EAST = Place(3, "469023100", "河东镇", "town", 2, (1, 2, 3))
WEST = Place(4, "469023101", "河西镇", "town", 2, (1, 2, 4))
OCTOBER = Period.month(2026, 10)

Key = tuple[str, int, str]
"""Indicator, unit, and the word of its breakdown ("" for all)."""


def tables(
    measures: Sequence[Mapping[str, Any]], homes: Sequence[Mapping[str, Any]]
) -> duckdb.DuckDBPyConnection:
    """The two tables that moves are counted from."""
    there = duckdb.connect()
    there.register("measures", pa.Table.from_pylist([dict(m) for m in measures], schema=MEASURES))
    there.register("homes", pa.Table.from_pylist([dict(h) for h in homes], schema=HOMES))
    return there


@dataclass
class Given:
    """A counter that answers what it was given: counts by key (value, or over and under), the same in every
    period but those in `others`."""

    counts: Mapping[Key, int | tuple[int, int]] = field(default_factory=dict)
    others: Mapping[tuple[Key, Period], int | tuple[int, int]] = field(default_factory=dict)
    measures: Sequence[Mapping[str, Any]] = ()
    homes: Sequence[Mapping[str, Any]] = ()
    records: Quality = field(default_factory=Quality)
    wrong: int = 0
    seq: int = 1204
    known: datetime = datetime(2026, 11, 2, 6, 0, tzinfo=CHINA)
    on: date = date(2026, 11, 2)

    def places(self) -> Sequence[Place]:
        """The province, a county, two towns."""
        return (PROVINCE, COUNTY, EAST, WEST)

    def figures(
        self,
        indicators: Sequence[Indicator],
        places: Sequence[Place],
        periods: Sequence[Period],
        by: Sequence[str] = (),
    ) -> list[Figure]:
        """What was given, as figures."""  # fmt: skip
        return [
            self._figure(i, place, period, name, by)
            for i in indicators
            for place in places
            for period in periods
            for name in self._names(i, place, by)
        ]

    def _names(self, indicator: Indicator, place: Place, by: Sequence[str]) -> list[str]:
        if not by:
            return [""]
        return [n for key, no, n in self.counts if (key, no) == (indicator.key, place.no) and n]

    def _figure(
        self, indicator: Indicator, place: Place, period: Period, name: str, by: Sequence[str]
    ) -> Figure:
        key = (indicator.key, place.no, name)
        found = self.others.get((key, period), self.counts.get(key, 0))
        group = ((by[0], name),) if by else ()
        common: dict[str, Any] = {
            "indicator": indicator.key, "version": indicator.version, "unit_no": place.no,
            "level": place.level, "period": period, "by": group,
        }  # fmt: skip
        if isinstance(found, tuple):
            from decimal import Decimal

            over, under = found
            value = Decimal(over * 100) / under if under else None
            return Figure(**common, value=value, over=over, under=under, n=under)
        return Figure(**common, value=found, over=found, n=found)

    def moves(self, place: Place, period: Period) -> Moves:
        """Counted from the rows; the closing is off by `wrong`."""
        units = [p.no for p in self.places() if place.no in p.at]
        found = moves(tables(self.measures, self.homes), units, period)
        return Moves(found.opening, found.closing + self.wrong, found.into, found.out)

    def quality(self, place: Place, period: Period) -> Quality:
        """As given."""
        return self.records


def under(
    person: int, since: str, until: str = "", by: str = "", *, unit: int = 3
) -> tuple[dict[str, Any], ...]:
    """A measure and a home of one person, from and until these days."""
    return (
        {
            "person": person, "starts_on": date.fromisoformat(since),
            "ended_on": date.fromisoformat(until) if until else None, "ended_by": by or None,
        },
        {"person": person, "from_day": date.fromisoformat(since), "unit": unit},
    )  # fmt: skip
