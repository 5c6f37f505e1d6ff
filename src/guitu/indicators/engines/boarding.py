"""Makes the board: every indicator for every unit and the regular periods up to a day, in one file.

The same scans as for single questions, for all units at once; shares, changes and parts are then put together
inside DuckDB, for a province has millions of figures. What is nought has no row. Groups (sex, age …) are kept
for counties and above, and for institutions: in a town or village nearly all of their cells would be small.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from guitu.casefile.snapshot import slices_of
from guitu.indicators import board as boards
from guitu.indicators.engines import scans, sql
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.gathering import Gathering
from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.rows import Shape, shape_of
from guitu.indicators.engines.sql import literal, name
from guitu.indicators.figures import UNDEFINED, defined
from guitu.indicators.indicator import Indicator, tables_read
from guitu.indicators.making import base_of
from guitu.indicators.measures import (
    OUTCOMES,
    Change,
    Count,
    Median,
    People,
    Published,
    Ratio,
    Stock,
    Sum,
    Survival,
    counts,
)
from guitu.indicators.periods import Period
from guitu.indicators.running import Known

Progress = Callable[[int, int], None]
Versions = Mapping[str, tuple[Indicator, ...]]
KEYS: Final = "place, period, dim, value"
UNSPLIT: Final = ("town", "village")
"""Levels of which no groups are kept."""
GATHERED_FROM: Final = 20_000
"""A scan of more rows is gathered first (`gathering`); one of fewer is quicker in one query."""
AT_ONCE: Final = 4_000_000
"""About so many rows are gathered at a time."""
GROUP_ROWS: Final = 4_000
"""Rows that are read together: about what a unit and those below it have."""


def regular_periods(day: date) -> list[Period]:
    """The months, quarters and years that a board holds, newest first; the running ones included."""
    found = []
    for newest, many in (
        (Period.month(day.year, day.month), boards.MONTHS),
        (Period.quarter(day.year, (day.month + 2) // 3), boards.QUARTERS),
        (Period.year(day.year), boards.YEARS),
    ):
        period = newest
        for _ in range(many):
            found.append(period)
            period = period.before()
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the board, and how many figures it holds."""

    board: boards.Board
    figures: int


def make(
    source: DuckSource,
    versions: Versions,
    folder: Path,
    *,
    seq: int,
    made_ms: int,
    progress: Progress | None = None,
    periods: Sequence[Period] | None = None,
) -> Made:
    """Work out the board and put it in the place of the one before, in one step. `source` holds the rows up
    to its day; `seq` is the entry number they reach; `made_ms` is now."""
    folder.mkdir(parents=True, exist_ok=True)
    work = _Work(source, versions, list(periods or regular_periods(source.on)), progress)
    work.count()
    work.put_together()
    board = boards.Board(
        folder, seq, source.on.isoformat(), made_ms, {key: them[-1].version for key, them in versions.items()}
    )
    figures = work.write(board.figures)
    told = {"seq": seq, "day": board.day, "made_ms": made_ms, "versions": board.versions, "figures": figures}
    fresh = folder / f".{boards.MANIFEST}"
    fresh.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, folder / boards.MANIFEST)
    old = sorted(folder.glob(boards.FIGURES.format(made_ms="*")), key=lambda path: path.stat().st_mtime_ns)
    for path in old[:-2]:  # the one before stays for whoever is reading it
        path.unlink(missing_ok=True)
    return Made(board, figures)


@dataclass(eq=False)
class _Work:
    source: DuckSource
    versions: Versions
    wanted_periods: list[Period]
    progress: Progress | None
    layout: Layout = field(init=False)
    everything: set[str] = field(init=False)
    where: dict[tuple[Shape, Count], tuple[str, int]] = field(default_factory=dict)
    apart: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bases = {
            base_of(one.value, period): None
            for one in self._all()
            if isinstance(one.value, Change)
            for period in self.wanted_periods
        }
        self.layout = Layout(
            [*self.wanted_periods, *(p for p in bases if p not in self.wanted_periods)], self.source.on
        )
        self.source.see(Known())
        self.everything = {name for one in self._all() for name in tables_read(one)}
        self.source.need(self.everything)
        self.source.lay(self.layout)
        self.run = self.source.connection.execute
        places = self.source.places()
        depths = sorted({place.depth for place in places} or {1})  # without units nothing is found anywhere
        split = sorted({place.depth for place in places if place.level not in UNSPLIT}) or depths[:1]
        self.wanted = scans.Wanted(tuple(depths), split=tuple(split))
        self.run("CREATE OR REPLACE TEMP TABLE end_of (end_no INTEGER, period INTEGER)")
        ends = [(self.layout.ends[self.layout.stock_day(p)], n) for n, p in enumerate(self.layout.periods)]
        if ends:
            self.source.connection.executemany("INSERT INTO end_of VALUES (?, ?)", ends)
        self.run(
            "CREATE OR REPLACE TEMP TABLE made (indicator VARCHAR, version INTEGER, place BIGINT,"
            " period INTEGER, dim VARCHAR, value VARCHAR, figure DOUBLE, over DOUBLE, under DOUBLE, n BIGINT,"
            " parts VARCHAR)"
        )

    def _all(self) -> Iterator[Indicator]:
        for versions in self.versions.values():
            yield from versions

    # counting ------------------------------------------------------------------------------------

    def count(self) -> None:
        """Every scan into a table of its own. Those of many rows take one slice of people after the other:
        what is counted of people's rows adds up over people, and stays in memory so."""
        tables = self.source.tables
        groups = [(), *((dim,) for dim in dict.fromkeys(d for one in self._all() for d in one.breakdowns))]
        fused = scans.scans_for(self._all(), tables, groups)
        alone = [one for one in self._all() if isinstance(one.value, Median | Survival)]
        for number, scan in enumerate(fused):
            table = tables[scan.shape.of]
            if table.owner == "person" and (rows := self._rows(scan)) > GATHERED_FROM:
                self._gather(Gathering(number, scan, table, self.layout, self.wanted), rows)
            else:
                text = scans.count_query(scan, table, self.layout, self.wanted)
                self.run(f"CREATE OR REPLACE TEMP TABLE part_{number} AS {text}")
            text = f"SELECT * FROM part_{number}"
            self._keep(f"scan_{number}", text, scans.dims(scan.groups), by_end=scan.by_end)
            self.run(f"DROP TABLE part_{number}")
            for place, count in enumerate(scan.counts, start=1):
                self.where[scan.shape, count] = f"scan_{number}", place
            self._tell(number + 1, len(fused) + len(alone))
        for number, one in enumerate(alone, start=len(fused)):
            self._count_alone(number, one)
            self._tell(number + 1, len(fused) + len(alone))

    def _rows(self, scan: scans.Scan) -> int:
        """About how many rows a scan looks at: those of its table, of a stock once for every last day."""
        rows = self.source.rows(scan.shape.of)
        if scan.shape.stock is not None:
            return rows * len(self.layout.periods if scan.shape.apart else self.layout.ends)
        return rows * len(self.layout.layers) if scan.shape.apart else rows

    def _gather(self, gathering: Gathering, rows: int) -> None:
        read = {
            gathering.scan.shape.of,
            *(one.of for one in sql.exists_in(c.where for c in gathering.scan.counts)),
        }
        slices = slices_of(1 << max(0, (rows // AT_ONCE).bit_length()))
        for nth, slice_ in enumerate(slices):
            if len(slices) > 1:
                self.source.narrow(slice_, read)
            for statement in gathering.slice(first=nth == 0):
                self.run(statement)
        self.source.narrow(None, self.everything)
        for statement in gathering.added():
            self.run(statement)

    def _count_alone(self, number: int, one: Indicator) -> None:
        value = one.value
        assert isinstance(value, Median | Survival)
        of = value.of if isinstance(value, Median) else value.start.of
        table = self.source.tables[of]
        groups = [(), *((dim,) for dim in one.breakdowns)]
        home = scans.homed(one, table)
        if isinstance(value, Median):
            text = scans.median_query(value, home, table, self.layout, self.wanted, groups)
        else:
            text = scans.cohort_query(value, home, table, self.layout, self.wanted, groups)
        self._keep(f"scan_{number}", text, scans.dims(groups), by_end=False)
        self.apart[one.key, one.version] = f"scan_{number}"

    def _keep(self, kept: str, text: str, split: Sequence[str], *, by_end: bool) -> None:
        by = [f"q.{name('by_' + dim)}" for dim in split]
        dim = "".join(
            f" WHEN {column} IS NOT NULL THEN {literal(d)}" for column, d in zip(by, split, strict=True)
        )
        group = f"CASE{dim} ELSE '' END" if by else "''"
        value = f"COALESCE({', '.join(by)}, '')" if by else "''"
        period = "e.period" if by_end else "q.period_no"
        joined = " JOIN end_of AS e ON e.end_no = q.period_no" if by_end else ""
        self.run(
            f"CREATE OR REPLACE TEMP TABLE {kept} AS SELECT q.*, {period} AS period, {group} AS dim,"
            f" {value} AS value FROM ({text}) AS q{joined}"
        )

    # putting together --------------------------------------------------------------------------------

    def put_together(self) -> None:
        """The figures of every indicator, those that are changes of others last."""
        for one in self._all():
            if not isinstance(one.value, Change):
                self._insert(one, self._selected(one))
        for one in self._all():
            if isinstance(one.value, Change):
                self._change(one, one.value)

    def _selected(self, one: Indicator) -> str:
        value = one.value
        match value:
            case Published():
                return self._published(value)
            case Median():
                parts = _json({"values": "n_values", "open": "n_open"})
                return (
                    f"SELECT {KEYS}, median AS figure, NULL AS over, NULL AS under, NULLIF(persons, 0) AS n,"
                    f" {parts} AS parts FROM {self.apart[one.key, one.version]}"
                )
            case Survival():
                return self._survival(one, value)
            case Ratio():
                over, under = self._part(one, value.over), self._part(one, value.under)
                parts = _json({"over.n": "o.people", "under.n": "u.people"})
                keys = ", ".join(f"COALESCE(o.{key}, u.{key}) AS {key}" for key in KEYS.split(", "))
                share = f"COALESCE(o.number, 0)::DOUBLE * {value.per} / NULLIF(u.number, 0)"
                return (
                    f"SELECT {keys}, {share} AS figure, COALESCE(o.number, 0) AS over,"
                    f" COALESCE(u.number, 0) AS under, u.people AS n, {parts} AS parts FROM ({over}) AS o"
                    f" FULL JOIN ({under}) AS u USING ({KEYS})"
                )
            case _:
                ((_, count),) = counts(value)
                part = self._part(one, count)
                return (
                    f"SELECT {KEYS}, number AS figure, number AS over, NULL AS under, people AS n,"
                    f" NULL AS parts FROM ({part})"
                )

    def _part(self, one: Indicator, count: Count) -> str:
        table = self.source.tables[count.of]
        shape = shape_of(count, table, one.where_counted)
        kept, n = self.where[shape, count]
        people = f"p{n}" if table.owner == "person" else "CAST(NULL AS BIGINT)"
        if isinstance(count, Sum) or (isinstance(count, Stock) and count.count == "total"):
            number = f"s{n}"
        elif isinstance(count, People) or (isinstance(count, Stock) and count.count == "people"):
            number = f"p{n}"
        else:
            number = f"c{n}"
        return f"SELECT {KEYS}, {number} AS number, {people} AS people FROM {kept} WHERE c{n} > 0"

    def _survival(self, one: Indicator, value: Survival) -> str:
        names = {"cohort": "cohort"}
        names |= {f"{m}.{outcome}": f"m{m}_{outcome}" for m in value.months for outcome in OUTCOMES}
        kept, known = f"m{value.at}_kept", f"(cohort - m{value.at}_censored)"
        return (
            f"SELECT {KEYS}, {kept} * 100.0 / NULLIF({known}, 0) AS figure, {kept} AS over, {known} AS under,"
            f" cohort AS n, {_json(names)} AS parts FROM {self.apart[one.key, one.version]}"
        )

    def _published(self, value: Published) -> str:
        """What was entered first and not replaced; others that differ as `also.…`."""
        relation = name(f"rows_{value.of}")
        # An entry stands unless a later one of the same series, unit and period replaces it.
        return (
            "WITH entered AS (SELECT t.unit AS place, p.number AS period, t.value AS number, t.recorded,"
            f" t.seq, t.replaces FROM {relation} AS t JOIN periods AS p"
            " ON p.first = t.first AND p.last = t.last"
            f" WHERE t.series = {literal(value.series)} AND t.value IS NOT NULL), standing AS (SELECT e.*,"
            " ROW_NUMBER() OVER (PARTITION BY place, period ORDER BY recorded, seq) AS nth FROM entered AS e"
            " WHERE NOT EXISTS (SELECT 1 FROM entered AS x WHERE x.place = e.place AND x.period = e.period"
            " AND x.replaces = 'yes' AND (x.recorded, x.seq) > (e.recorded, e.seq))), firsts AS"
            " (SELECT * FROM standing WHERE nth = 1), others AS (SELECT DISTINCT s.place, s.period, s.number"
            " FROM standing AS s JOIN firsts AS f USING (place, period) WHERE s.number <> f.number)"
            " SELECT f.place, f.period, '' AS dim, '' AS value, f.number AS figure, NULL AS over,"
            " NULL AS under, NULL AS n, (SELECT '{' ||"
            " string_agg('\"also.' || nth || '\": ' || number, ', ') || '}' FROM"
            " (SELECT o.number, ROW_NUMBER() OVER (ORDER BY o.number) AS nth FROM others AS o"
            " WHERE o.place = f.place AND o.period = f.period) AS listed) AS parts FROM firsts AS f"
        )

    def _change(self, one: Indicator, change: Change) -> None:
        for inner in self.versions[change.of]:
            pairs = []
            for number, period in enumerate(self.layout.periods):
                chosen, said = defined(self.versions[change.of], period)
                base = base_of(change, period)
                undefined = any(warning.code in UNDEFINED for warning in said)
                early = inner.valid_from is not None and base.last < inner.valid_from
                if chosen is inner and base in self.layout.periods and not undefined and not early:
                    pairs.append((number, self.layout.periods.index(base)))
            if not pairs:
                continue
            listed = ", ".join(f"({a}, {b})" for a, b in pairs)
            missing = "NULL" if isinstance(inner.value, Ratio | Median | Survival | Published) else "0"
            mine = f"m.indicator = {literal(inner.key)} AND m.version = {inner.version}"
            now = f"(SELECT m.*, b.base FROM made AS m JOIN (VALUES {listed}) AS b(now, base)"
            now += f" ON b.now = m.period WHERE {mine})"
            then = f"(SELECT m.*, b.now FROM made AS m JOIN (VALUES {listed}) AS b(now, base)"
            then += f" ON b.base = m.period WHERE {mine})"
            parts = _json({"now": "after", "base": "before"})
            self._insert(
                one,
                f"SELECT {KEYS}, CASE WHEN before > 0 THEN (after - before) * 100.0 / before END AS figure,"
                f" after AS over, before AS under, n, {parts} AS parts FROM (SELECT"
                " COALESCE(a.place, z.place) AS place, COALESCE(a.period, z.now) AS period,"
                " COALESCE(a.dim, z.dim) AS dim,"
                f" COALESCE(a.value, z.value) AS value, COALESCE(a.figure, {missing}) AS after,"
                f" COALESCE(z.figure, {missing}) AS before, a.n AS n FROM {now} AS a FULL JOIN {then} AS z"
                " ON z.place = a.place AND z.now = a.period AND z.dim = a.dim AND z.value = a.value) AS c",
            )

    def _insert(self, one: Indicator, selected: str) -> None:
        """The rows of the periods that this version defines, of the groups that it offers."""
        defines = []
        for number, period in enumerate(self.layout.periods):
            chosen, said = defined(self.versions[one.key], period)
            if chosen is one and not any(warning.code in UNDEFINED for warning in said):
                defines.append(str(number))
        if not defines:
            return
        offered = ", ".join(literal(dim) for dim in ("", *one.breakdowns))
        self.run(
            f"INSERT INTO made SELECT {literal(one.key)}, {one.version}, s.place, s.period, s.dim, s.value,"
            f" s.figure, s.over, s.under, s.n, s.parts FROM ({selected}) AS s"
            f" WHERE s.period IN ({', '.join(defines)}) AND s.dim IN ({offered})"
        )

    def write(self, path: Path) -> int:
        """The file, sorted by unit; how many figures stand in it."""
        last = len(self.wanted_periods)
        unsplit = ", ".join(literal(level) for level in UNSPLIT)
        self.run("CREATE OR REPLACE TEMP TABLE kind_of (number INTEGER, kind VARCHAR)")
        kinds = [(n, p.kind) for n, p in enumerate(self.wanted_periods)]
        self.source.connection.executemany("INSERT INTO kind_of VALUES (?, ?)", kinds)
        fresh = path.with_name(f".{path.name}")
        self.run(
            "COPY (SELECT m.indicator, m.version, CAST(m.place AS INTEGER) AS unit, t.level,"
            " k.kind AS period_kind, p.first AS period_from, p.last AS period_until, m.dim, m.value,"
            " m.figure, m.over, m.under, m.n, m.parts FROM made AS m JOIN periods AS p ON p.number = m.period"
            " JOIN kind_of AS k ON k.number = m.period JOIN tree_names AS t ON t.unit = m.place"
            f" WHERE m.period < {last} AND (m.dim = '' OR t.level NOT IN ({unsplit}))"
            " ORDER BY unit, m.indicator, k.kind, p.first, m.dim, m.value)"
            f" TO {literal(str(fresh))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP_ROWS})"
        )
        os.replace(fresh, path)
        found = self.run(f"SELECT COUNT(*) FROM read_parquet({literal(str(path))})").fetchone()
        return int(found[0]) if found else 0

    def _tell(self, done: int, steps: int) -> None:
        if self.progress is not None:
            self.progress(done, steps)


def _json(names: Mapping[str, str]) -> str:
    """An expression that writes numbers as JSON, those that are null left out."""
    pieces = [
        f"CASE WHEN {column} IS NULL THEN '' ELSE ', \"{word}\": ' || CAST({column} AS VARCHAR) END"
        for word, column in names.items()
    ]
    text = " || ".join(pieces)
    return f"NULLIF('{{' || SUBSTR({text}, 3) || '}}', '{{}}')"
