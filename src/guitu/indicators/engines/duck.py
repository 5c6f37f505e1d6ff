"""Figures from Parquet files through DuckDB: views of the rows that count, the fused scans, and the cells
that figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from guitu.indicators.engines import scans, views
from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.rows import Shape, shape_of
from guitu.indicators.engines.sql import DIALECT, tree
from guitu.indicators.figures import By, Figure
from guitu.indicators.indicator import Indicator, tables_read
from guitu.indicators.making import Cell, Found, Tally, all_periods, asked, figures
from guitu.indicators.measures import OUTCOMES, Count, Median, Published, Stock, Sum, Survival, counts
from guitu.indicators.periods import Period, Place
from guitu.indicators.running import Known, Question
from guitu.indicators.tables import Table

Cells = dict[tuple[int, int], dict[By, Cell]]
"""By number of place and number of period, the groups with rows."""


@dataclass(eq=False)
class DuckSource:
    """Tables as Parquet files. `files` are by table name as the snapshot and the sweep wrote them: for a kind
    those of every version, for `homes`, `fates` and the worked-out tables theirs; a table without files is
    empty. `on` is the day they reach. `retold` writes every query anew from its syntax tree, as engines of
    another dialect have to; the answers are the same."""

    files: Mapping[str, Sequence[Path]]
    tables: Mapping[str, Table]
    on: date
    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    retold: bool = False
    _slice: views.Slice | None = None
    _known: Known | None = None
    _described: views.Described | None = None
    _made: set[str] = field(default_factory=set)
    _units: list[Place] | None = None

    def places(self) -> Sequence[Place]:
        """Every unit, parents before children."""
        if self._units is None:
            self.see(Known())
            found = self.connection.execute(
                "SELECT unit, code, name, level, parent, at1, at2, at3, at4, at5 FROM tree_names"
                " ORDER BY code"
            ).fetchall()
            units = [
                Place(no, code, named, level, parent, tuple(n for n in at if n is not None))
                for no, code, named, level, parent, *at in found
            ]
            self._units = sorted(units, key=lambda unit: unit.depth)
        return self._units

    def see(self, known: Known) -> None:
        """Make the views of the rows that count as known then."""
        if self._known == known:
            return
        if self._described is None:
            self._described = self.describe([path for paths in self.files.values() for path in paths])
        for view in views.first_views(self.files, self.tables, known, self._described, self._slice):
            self.make(view)
        self._made.clear()
        self.reach()
        self._known = known

    def rows(self, table: str) -> int:
        """How many rows the files of a table hold, those that no longer count too."""
        files = [str(path) for path in self.files.get(table, ())]
        if not files:
            return 0
        told = "SELECT SUM(num_rows) FROM parquet_file_metadata(?)"
        ((rows,),) = self.connection.execute(told, [files]).fetchall()
        return int(rows or 0)

    def narrow(self, slice_: views.Slice | None, names: Iterable[str]) -> None:
        """Let every table of people hold those of one slice, or everybody again; of the tables of entries
        only `names` are made."""
        if slice_ != self._slice:
            assert self._known is not None, "see comes first"
            known, self._known, self._slice = self._known, None, slice_
            self.see(known)
        self.need(names)

    def reach(self) -> None:
        """Make the relation of the day that the rows reach."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE reach AS SELECT CAST(? AS DATE) AS day", [self.on]
        )

    def describe(self, files: Sequence[Path]) -> views.Described:
        """What every file holds."""
        return views.described_of(files, self.connection)

    def make(self, statement: str) -> None:
        """Run a statement that makes a view."""
        self.connection.execute(statement)

    def need(self, names: Iterable[str]) -> None:
        """Make the views of these tables, if they are not there yet."""
        assert self._known is not None, "see comes first"
        assert self._described is not None
        for table in {*names} - self._made:
            if self.tables[table].entries:
                made = views.view(self.tables[table], self.files, self._known, self._described, self._slice)
                self.make(made)
            self._made.add(table)

    def lay(self, layout: Layout) -> None:
        """Make the small tables by which a day finds its periods."""
        run = self.connection.execute
        run("CREATE OR REPLACE TEMP TABLE periods (number INTEGER, first DATE, last DATE, stock_day DATE)")
        periods = [(n, p.first, p.last, layout.stock_day(p)) for n, p in enumerate(layout.periods)]
        self.connection.executemany("INSERT INTO periods VALUES (?, ?, ?, ?)", periods)
        run("CREATE OR REPLACE TEMP TABLE ends (number INTEGER, stock_day DATE)")
        self.connection.executemany(
            "INSERT INTO ends VALUES (?, ?)", [(n, d) for d, n in layout.ends.items()]
        )
        columns = ", ".join(
            f"MAX(CASE WHEN p.number IN ({', '.join(map(str, layer))}) THEN p.number END) AS l{n}"
            for n, layer in enumerate(layout.layers, start=1)
        )
        run(
            f"CREATE OR REPLACE TEMP TABLE calendar AS SELECT CAST(d AS DATE) AS day, {columns}"
            " FROM (SELECT UNNEST(generate_series(MIN(first)::TIMESTAMP, MAX(last)::TIMESTAMP,"
            " INTERVAL 1 DAY)) AS d FROM periods) AS g JOIN periods AS p ON g.d >= p.first AND g.d <= p.last"
            " GROUP BY 1"
        )

    def query(self, text: str) -> duckdb.DuckDBPyConnection:
        """Run a query of the canonical dialect, which is DuckDB's own."""
        return self.connection.execute(tree(text).sql(dialect=DIALECT) if self.retold else text)

    def run(self, question: Question) -> list[Figure]:
        """A figure for every indicator × place × period; with `by`, one for every group that has rows."""
        if not question.places or not question.periods:
            return []
        self.see(question.known)
        counted = asked(question)
        self.need(name for one in counted for name in tables_read(one))
        layout = Layout(all_periods(question), self.on)
        self.lay(layout)
        numbers = {period: n for n, period in enumerate(layout.periods)}
        cells = self._cells(counted, question, layout)

        def find(indicator: Indicator, place: Place, period: Period) -> Found:
            mine = cells[indicator.key, indicator.version]
            return mine.get((place.no, numbers[period]), {})

        return figures(question, find, self.on)

    def _cells(
        self, indicators: Sequence[Indicator], question: Question, layout: Layout
    ) -> dict[tuple[str, int], Cells]:
        depths = tuple(sorted({place.depth for place in question.places}))
        wanted = scans.Wanted(depths, tuple(sorted({p.no for p in question.places})))
        cells: dict[tuple[str, int], Cells] = {(one.key, one.version): {} for one in indicators}
        groups = [question.by]
        passes = {}
        for scan in scans.scans_for(indicators, self.tables, groups):
            if scan.groups:
                passes.update(self._count(scan, layout, wanted))
        for one in indicators:
            mine = cells[one.key, one.version]
            table = self.tables[one.value.of] if isinstance(one.value, Median) else None
            if isinstance(one.value, Published):
                if not question.by:
                    self._published(one.value, question, layout, mine)
            elif isinstance(one.value, Median) and table is not None:
                home = scans.homed(one, table)
                self._read_medians(
                    scans.median_query(one.value, home, table, layout, wanted, groups), question.by, mine
                )
            elif isinstance(one.value, Survival):
                start = self.tables[one.value.start.of]
                text = scans.cohort_query(one.value, scans.homed(one, start), start, layout, wanted, groups)
                self._read_cohorts(text, one.value, question.by, mine)
            else:
                for part, count in counts(one.value):
                    shape = shape_of(count, self.tables[count.of], one.where_counted)
                    for key, by, tally in passes.get((shape, count), ()):
                        mine.setdefault(key, {}).setdefault(by, Cell()).tallies[part] = tally
        return cells

    def _count(
        self, scan: scans.Scan, layout: Layout, wanted: scans.Wanted
    ) -> dict[tuple[Shape, Count], list[tuple[tuple[int, int], By, Tally]]]:
        table = self.tables[scan.shape.of]
        split = scans.dims(scan.groups)
        rows = self.query(scans.count_query(scan, table, layout, wanted)).fetchall()
        found: dict[tuple[Shape, Count], list[tuple[tuple[int, int], By, Tally]]] = {}
        for number, count in enumerate(scan.counts):
            found[scan.shape, count] = []
            start = 2 + len(split) + sum(_width(one) for one in scan.counts[:number])
            total = isinstance(count, Sum | Stock) and bool(count.field)
            for row in rows:
                c, p = row[start], row[start + 1]
                if not c:
                    continue
                tally = Tally(
                    c, _exact(row[start + 2]) if total else 0, p if table.owner == "person" else None
                )
                by = tuple(zip(split, row[2 : 2 + len(split)], strict=True))
                for period in layout.of_end(row[1]) if scan.by_end else (row[1],):
                    found[scan.shape, count].append(((row[0], period), by, tally))
        return found

    def _read_medians(self, text: str, by: Sequence[str], cells: Cells) -> None:
        for place, period, *rest in self.query(text).fetchall():
            group = tuple(zip(by, rest[: len(by)], strict=True))
            median, values, still_open, persons = rest[len(by) :]
            cells.setdefault((place, period), {})[group] = Cell(
                median=None if median is None else Decimal(repr(median)).normalize(),
                values=values,
                open=still_open,
                people=persons or None,
            )

    def _read_cohorts(self, text: str, value: Survival, by: Sequence[str], cells: Cells) -> None:
        names = [f"{months}.{outcome}" for months in value.months for outcome in OUTCOMES]
        for place, period, *rest in self.query(text).fetchall():
            group = tuple(zip(by, rest[: len(by)], strict=True))
            cohort, *outcomes = rest[len(by) :]
            cells.setdefault((place, period), {})[group] = Cell(
                cohort=cohort, outcomes=dict(zip(names, outcomes, strict=True))
            )

    def _published(self, value: Published, question: Question, layout: Layout, cells: Cells) -> None:
        places = ", ".join(str(place.no) for place in question.places)
        rows = self.query(
            f'SELECT t."unit", p.number, t."value", t."replaces" FROM {views.rows_of(value.of)} AS t'
            ' JOIN periods AS p ON p.first = t."first" AND p.last = t."last"'
            f' WHERE t."series" = {views.literal(value.series)} AND t."unit" IN ({places})'
            ' AND t."value" IS NOT NULL ORDER BY t."recorded", t."seq"'
        ).fetchall()
        standing: dict[tuple[int, int], list[Decimal]] = {}
        for unit, period, number, replaces in rows:
            kept = standing.setdefault((unit, period), [])
            if replaces == "yes":
                kept.clear()
            kept.append(Decimal(number).normalize())
        for key, numbers in standing.items():
            cells[key] = {(): Cell(published=numbers)}

    def members(
        self, indicator: Indicator, place: Place, period: Period, part: str, known: Known
    ) -> list[tuple[int, int]]:
        """(person, entry seq) behind one part of a figure."""
        self.see(known)
        self.need(tables_read(indicator))
        self.lay(Layout((period,), self.on))
        text = scans.member_query(indicator, self.tables, part)
        if not text:
            return []
        wanted = f"at{place.depth} = {place.no}"
        found = self.query(
            f"SELECT DISTINCT COALESCE(m.person, 0), COALESCE(m.seq, 0) FROM ({text}) AS m"
            f" JOIN tree AS tr ON tr.unit = m.unit WHERE tr.{wanted} ORDER BY 1, 2"
        ).fetchall()
        return [(int(person), int(seq)) for person, seq in found]


def _width(count: Count) -> int:
    return 3 if isinstance(count, Sum | Stock) and count.field else 2


def _exact(value: Any) -> int | Decimal:
    """A total as it is: whole, or a decimal number."""
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return value.normalize()
    return int(value)
