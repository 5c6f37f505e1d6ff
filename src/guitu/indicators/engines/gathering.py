"""A scan of many rows, counted in few passes and little memory; `scans.count_query` answers the same in one.

Rows are gathered once by unit, period, group and person. What is counted of them adds up over the tree of
units, except persons: who has rows in two villages is one person in their town. Nearly nobody has, so persons
are added up too, and those few are looked at again for every level and taken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.scans import By, Scan, Wanted, counted, dims
from guitu.indicators.engines.sql import name
from guitu.indicators.measures import Stock, Sum
from guitu.indicators.tables import Table


class Gathering:
    """The statements of one scan: `slice` for each slice of people, `first` saying it is the first one; then
    `added`. They leave a table `part_<number>` with the columns of `count_query`."""

    def __init__(self, number: int, scan: Scan, table: Table, layout: Layout, wanted: Wanted) -> None:
        self.number, self.scan, self.table, self.layout, self.wanted = number, scan, table, layout, wanted
        self.by = [name("by_" + dim) for dim in dims(scan.groups)]
        self.layers = ["period"] if scan.by_end or scan.shape.apart else layout.columns
        many = range(1, len(scan.counts) + 1)
        self.counts = [f"c{n}" for n in many]
        self.totals = [f"s{n}" for n in many if isinstance(c := scan.counts[n - 1], Sum | Stock) and c.field]

    def slice(self, *, first: bool) -> Iterator[str]:
        """Counts the rows of the people that the views hold now."""
        base, twice = f"base_{self.number}", f"twice_{self.number}"
        yield f"CREATE OR REPLACE TEMP TABLE gathered AS {self._rows()}"
        for nth, (layer, group) in enumerate(
            (layer, group) for layer in self.layers for group in self.scan.groups
        ):
            keys = ["period_no", *self._mine(group)]
            summed = [f"CAST(SUM({c}) AS BIGINT) AS {c}" for c in self.counts]
            summed += [f"SUM({s}) AS {s}" for s in self.totals]
            yield (
                f"CREATE OR REPLACE TEMP TABLE of_set AS SELECT unit, {layer} AS period_no,"
                f" {_listed(self._mine(group))}person, {', '.join(summed)} FROM gathered"
                f" WHERE {layer} IS NOT NULL GROUP BY unit, {layer}, {_listed(self._mine(group))}person"
            )
            persons = [f"COUNT(CASE WHEN {c} > 0 THEN 1 END) AS p{c[1:]}" for c in self.counts]
            begins = first and nth == 0
            yield _into(
                base, f"SELECT unit, period_no, {_listed(self._all(group))}{', '.join([*summed, *persons])}"
                f" FROM of_set GROUP BY {', '.join(['unit', *keys])}", begins=begins,
            )  # fmt: skip
            on = " AND ".join(f"g.{key} = m.{key}" for key in [*keys, "person"])
            yield _into(
                twice, f"SELECT g.unit, g.period_no, {_listed(self._all(group, 'g.'))}g.person,"
                f" {', '.join('g.' + c for c in self.counts)} FROM of_set AS g JOIN (SELECT"
                f" {', '.join(keys)}, person FROM of_set GROUP BY {', '.join([*keys, 'person'])}"
                f" HAVING COUNT(*) > 1) AS m ON {on}", begins=begins,
            )  # fmt: skip

    def added(self) -> Iterator[str]:
        """Adds up what the slices gave, at every level of the tree."""
        keys = ["place", "period_no", *self.by]
        for nth, depth in enumerate(self.wanted.depths):
            where = f"tr.at{depth} IS NOT NULL"
            if self.by and self.wanted.split is not None and depth not in self.wanted.split:
                where += "".join(f" AND {by} IS NULL" for by in self.by)
            placed = f"tr.at{depth} AS place, period_no, {_listed(self.by)}"
            grouped = f" GROUP BY {', '.join([f'tr.at{depth}', 'period_no', *self.by])}"
            numbers = [*self.counts, *self.totals]
            all_of_them = (
                f"SELECT {placed}{', '.join([*numbers, *(f'p{c[1:]}' for c in self.counts)])}"
                f" FROM base_{self.number} JOIN tree AS tr USING (unit) WHERE {where}"
            )
            often = [f"COUNT(CASE WHEN {c} > 0 THEN 1 END) AS n{c[1:]}" for c in self.counts]
            less = [f"-GREATEST(n{c[1:]} - 1, 0)" for c in self.counts]
            again = (
                f"SELECT {', '.join([*keys, *('0' for _ in numbers), *less])} FROM (SELECT {placed}person,"
                f" {', '.join(often)} FROM twice_{self.number} JOIN tree AS tr USING (unit)"
                f" WHERE {where}{grouped}, person)"
            )
            sums = []
            for c in self.counts:
                n = c[1:]
                sums += [f"CAST(SUM(c{n}) AS BIGINT) AS c{n}", f"CAST(SUM(p{n}) AS BIGINT) AS p{n}"]
                sums += [f"COALESCE(SUM(s{n}), 0) AS s{n}"] if f"s{n}" in self.totals else []
            yield _into(
                f"part_{self.number}",
                f"SELECT {', '.join([*keys, *sums])} FROM ({all_of_them} UNION ALL {again})"
                f" GROUP BY {', '.join(keys)}",
                begins=nth == 0,
            )
        yield f"DROP TABLE base_{self.number}"
        yield f"DROP TABLE twice_{self.number}"

    def _rows(self) -> str:
        inner = []
        for n in range(1, len(self.scan.counts) + 1):
            inner.append(f"COUNT(CASE WHEN f{n} THEN 1 END) AS c{n}")
            count = self.scan.counts[n - 1]
            if isinstance(count, Sum | Stock) and count.field:
                inner.append(f"SUM(CASE WHEN f{n} THEN {name('v_' + count.field)} END) AS s{n}")
        keys = ", ".join(["unit", *self.layers, *self.by, "person"])
        return counted(
            self.scan, self.table, self.layout, self.wanted,
            f"SELECT {keys}, {', '.join(inner)} FROM placed GROUP BY {keys}",
        )  # fmt: skip

    def _mine(self, group: By) -> list[str]:
        return [name("by_" + dim) for dim in group]

    def _all(self, group: By, of: str = "") -> list[str]:
        """Every group's column, those of other groups empty."""
        mine = self._mine(group)
        return [f"{of}{by} AS {by}" if by in mine else f"CAST(NULL AS VARCHAR) AS {by}" for by in self.by]


def _listed(columns: Sequence[str]) -> str:
    return "".join(f"{column}, " for column in columns)


def _into(table: str, query: str, *, begins: bool) -> str:
    return f"CREATE OR REPLACE TEMP TABLE {table} AS {query}" if begins else f"INSERT INTO {table} {query}"
