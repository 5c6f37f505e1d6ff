"""Many indicators in few scans: counts of one shape share one pass over their table, and every level, period
and group asked for is a grouping set of it.

Persons are counted apart in each set: rows are first gathered by (place, period, group, person), then persons
are counted, so that one person in two towns is one in their county.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from guitu.indicators.conditions import Condition
from guitu.indicators.engines import sql
from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.rows import Shape, joined, nested, plain, selected, shape_of
from guitu.indicators.engines.sql import name
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import OUTCOMES, Count, Median, Rows, Stock, Sum, Survival, counts
from guitu.indicators.tables import Table

By = tuple[str, ...]
LEVELS = ("at1", "at2", "at3", "at4", "at5")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places, by depth in the tree (1 a province). `only` are the numbers of the units asked for, None
    for all; `split` the depths at which groups are told apart, None for all of them."""

    depths: tuple[int, ...]
    only: tuple[int, ...] | None = None
    split: tuple[int, ...] | None = None


@dataclass(eq=False)
class Scan:
    """One pass. Its query gives `place`, `period_no` (where `by_end`, the number of a last day), the groups
    as `by_…`, and for the n-th of `counts` its rows `c…`, persons `p…` and, of a field, total `s…`."""

    shape: Shape
    counts: list[Count] = field(default_factory=list)
    groups: dict[By, None] = field(default_factory=dict)

    @property
    def by_end(self) -> bool:
        """Whether its periods are numbers of last days."""
        return self.shape.stock is not None and not self.shape.apart


def scans_for(
    indicators: Iterable[Indicator], tables: Mapping[str, Table], groups: Sequence[By]
) -> list[Scan]:
    """The scans that plain counts and shares need; every count is in exactly one of them."""
    found: dict[Shape, Scan] = {}
    for indicator in indicators:
        mine = tuple(by for by in groups if set(by) <= set(indicator.breakdowns))
        for _, count in counts(indicator.value):
            shape = shape_of(count, tables[count.of], indicator.where_counted)
            scan = found.setdefault(shape, Scan(shape))
            scan.groups.update((by, None) for by in mine if _offers(tables[count.of], by))
            if count not in scan.counts:
                scan.counts.append(count)
    return list(found.values())


def _offers(table: Table, by: By) -> bool:
    return all(
        dim in table.columns if dim not in ("sex", "age_band") else table.owner == "person" for dim in by
    )


def dims(groups: Iterable[By]) -> list[str]:
    """Every breakdown in any group."""
    return list(dict.fromkeys(dim for by in groups for dim in by))


def count_query(scan: Scan, table: Table, layout: Layout, wanted: Wanted) -> str:
    """The fused pass of a scan of counts."""
    totals = [_field(count) for count in scan.counts]
    split = dims(scan.groups)
    inner, outer = [], []
    for n, total in enumerate(totals, start=1):
        inner.append(f"COUNT(CASE WHEN f{n} THEN 1 END) AS c{n}")
        outer.append(f"CAST(SUM(c{n}) AS BIGINT) AS c{n}")
        outer.append(f"COUNT(CASE WHEN c{n} > 0 AND person IS NOT NULL THEN 1 END) AS p{n}")
        if total:
            inner.append(f"SUM(CASE WHEN f{n} THEN {name('v_' + total)} END) AS s{n}")
            outer.append(f"COALESCE(SUM(s{n}), 0) AS s{n}")
    sets, keys = _sets(scan.by_end or scan.shape.apart, layout, tuple(scan.groups), wanted)
    by = [name("by_" + dim) for dim in split]
    gathered = (
        f"SELECT {', '.join([*keys, *by, 'person', *inner])} FROM placed"
        f" GROUP BY GROUPING SETS ({', '.join(_set([*one, 'person']) for one in sets)})"
    )
    return counted(scan, table, layout, wanted, _outer(f"({gathered})", keys, by, outer, wanted))


def counted(scan: Scan, table: Table, layout: Layout, wanted: Wanted, last: str) -> str:
    """The query `last` over `placed`: the rows of a scan that any of its counts takes, with the units above
    them, their periods and groups, and `f1` … saying which counts do."""
    flags: list[Condition | None] = [count.where for count in scan.counts]
    totals = [_field(count) for count in scan.counts]
    split = dims(scan.groups)
    ctes, rows = selected(scan.shape, table, flags=flags, dims=split, more=sorted({t for t in totals if t}))
    any_flag = " OR ".join(f"f{n}" for n in range(1, len(flags) + 1))
    ctes.append(f"picked AS ({rows})")
    ctes.append(_placed(scan.by_end or scan.shape.apart, layout, split, wanted, any_flag))
    return joined(ctes, last)


def median_query(
    value: Median, home: bool, table: Table, layout: Layout, wanted: Wanted, groups: Sequence[By]
) -> str:
    """The pass of one median, or longest: `median`, how many `n_values`, `n_open` and `persons`."""
    apart = any(one.in_period for one in sql.exists_in([value.where]))
    shape = Shape(value.of, day=value.day, home=home, apart=apart)
    split = dims(groups)
    ctes, rows = measured(value, shape, table, split)
    ctes.append(f"picked AS ({rows})")
    ctes.append(_placed(apart, layout, split, wanted, "f1"))
    sets, keys = _sets(apart, layout, groups, wanted)
    by = [name("by_" + dim) for dim in split]
    outer = [
        f"{'MAX' if value.longest else 'MEDIAN'}(v) AS median",
        "COUNT(v) AS n_values",
        "COUNT(*) - COUNT(v) AS n_open",
        "COUNT(DISTINCT CASE WHEN v IS NOT NULL THEN person END) AS persons",
    ]
    grouped = (
        f"grouped AS (SELECT {', '.join([*keys, *by, *outer])} FROM placed"
        f" GROUP BY GROUPING SETS ({', '.join(_set(one) for one in sets)}))"
    )
    names = ["median", "n_values", "n_open", "persons"]
    return joined([*ctes, grouped], _outer("grouped", keys, by, names, wanted, gathered=True))


def measured(value: Median, shape: Shape, table: Table, split: Sequence[str]) -> tuple[list[str], str]:
    """The rows of a median with their value `v`, null where it is open."""
    more = [column for column in (value.field, value.until) if column]
    ctes, rows = selected(shape, table, flags=[value.where], dims=split, more=more)
    if value.field:
        length = f"r.{name('v_' + value.field)}"
    elif value.until:
        length = sql.days("r.d", f"r.{name('v_' + value.until)}")
    else:
        assert value.then is not None
        ctes.append(f"chosen AS ({rows})")
        ctes.append(
            "following AS (SELECT k.person, k.d, MIN(o.d) AS first FROM"
            f" (SELECT DISTINCT person, d FROM chosen) AS k JOIN {nested(plain(value.then))} AS o"
            " ON o.person = k.person AND o.d >= k.d GROUP BY k.person, k.d)"
        )
        return ctes, (
            f"SELECT r.*, {sql.days('r.d', 'fo.first')} AS v FROM chosen AS r"
            " LEFT JOIN following AS fo ON fo.person = r.person AND fo.d = r.d"
        )
    return ctes, f"SELECT r.*, {length} AS v FROM ({rows}) AS r"


def cohort_query(
    value: Survival, home: bool, table: Table, layout: Layout, wanted: Wanted, groups: Sequence[By]
) -> str:
    """The pass of one cohort: its persons `cohort`, and `m…_kept`, `m…_lost` … for every horizon."""
    split = dims(groups)
    ctes, rows = followed(value, home, table, split)
    ctes.append(f"picked AS ({rows})")
    ctes.append(_placed(True, layout, split, wanted, "TRUE"))
    sets, keys = _sets(True, layout, groups, wanted)
    by = [name("by_" + dim) for dim in split]
    outer = ["COUNT(*) AS cohort"]
    names = ["cohort"]
    for months in value.months:
        for outcome in OUTCOMES:
            names.append(f"m{months}_{outcome}")
            outer.append(f"COUNT(CASE WHEN o{months} = {sql.literal(outcome)} THEN 1 END) AS {names[-1]}")
    grouped = (
        f"grouped AS (SELECT {', '.join([*keys, *by, *outer])} FROM placed"
        f" GROUP BY GROUPING SETS ({', '.join(_set(one) for one in sets)}))"
    )
    return joined([*ctes, grouped], _outer("grouped", keys, by, names, wanted, gathered=True))


def followed(value: Survival, home: bool, table: Table, split: Sequence[str]) -> tuple[list[str], str]:
    """One row for every person of a cohort and period: where and when they began, and `o3`, `o6` … what they
    became."""
    shape = Shape(value.start.of, day=value.start.day, home=home, apart=True)
    ctes, rows = selected(shape, table, flags=[value.start.where], dims=split)
    ctes.append(f"starts AS ({rows})")
    ctes.append(
        "ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY person, period ORDER BY d, seq) AS nth"
        " FROM starts WHERE f1)"
    )
    ctes.append("begun AS (SELECT * FROM ranked WHERE nth = 1)")
    ctes.append("begin_days AS (SELECT DISTINCT person, d FROM begun)")
    joins, cases = "", dict.fromkeys(value.months, "")
    furthest = sql.months_later("k.d", value.months[-1])
    target = {months: sql.months_later("k.d", months) for months in value.months}
    for kind, them in (("failed", value.failed), ("ended", value.ended)):
        if not them:
            continue
        ctes.append(
            f"{kind}_first AS (SELECT k.person, k.d, MIN(o.d) AS first FROM begin_days AS k JOIN"
            f" {_union(them)} AS o ON o.person = k.person AND o.d > k.d AND o.d <= {furthest}"
            " GROUP BY k.person, k.d)"
        )
        joins += f" LEFT JOIN {kind}_first ON {kind}_first.person = k.person AND {kind}_first.d = k.d"
        word = "failed" if kind == "failed" else "censored"
        for months in value.months:
            cases[months] += f" WHEN {kind}_first.first <= {target[months]} THEN {sql.literal(word)}"
    seen = []
    for months in value.months:
        since = f"CAST({target[months]} - INTERVAL '{value.window}' MONTH AS DATE)"
        seen.append(
            f"MAX(CASE WHEN o.d > {since} AND o.d <= {target[months]} THEN 1 ELSE 0 END) AS s{months}"
        )
        cases[months] += f" WHEN kept_at.s{months} = 1 THEN 'kept'"
    ctes.append(
        f"kept_at AS (SELECT k.person, k.d, {', '.join(seen)} FROM begin_days AS k JOIN {_union(value.kept)}"
        f" AS o ON o.person = k.person AND o.d > k.d AND o.d <= {furthest} GROUP BY k.person, k.d)"
    )
    joins += " LEFT JOIN kept_at ON kept_at.person = k.person AND kept_at.d = k.d"
    outcomes = [
        f"CASE WHEN {target[months]} > (SELECT MAX(day) FROM reach) THEN 'censored'{cases[months]}"
        f" ELSE 'lost' END AS o{months}"
        for months in value.months
    ]
    return ctes, f"SELECT k.*, {', '.join(outcomes)} FROM begun AS k{joins}"


def _union(them: Sequence[Rows]) -> str:
    return "(" + " UNION ALL ".join(f"SELECT * FROM {nested(plain(one))} AS u" for one in them) + ")"


def _field(count: Count) -> str:
    return count.field if isinstance(count, Sum | Stock) else ""


def _placed(has_period: bool, layout: Layout, split: Sequence[str], wanted: Wanted, flag: str) -> str:
    """Rows that count, with the units above them and the period of each layer."""
    calendar = "" if has_period else " JOIN calendar AS ca ON ca.day = r.d"
    layers = "" if has_period else ", " + ", ".join(f"ca.{column}" for column in layout.columns)
    near = ""
    if wanted.only is not None:
        listed = ", ".join(str(no) for no in wanted.only)
        near = " AND (" + " OR ".join(f"tr.at{depth} IN ({listed})" for depth in wanted.depths) + ")"
    return (
        f"placed AS (SELECT r.*, {', '.join('tr.' + level for level in LEVELS)}{layers}"
        f" FROM picked AS r JOIN tree AS tr ON tr.unit = r.unit{calendar} WHERE ({flag}){near})"
    )


def _sets(
    has_period: bool, layout: Layout, groups: Sequence[By], wanted: Wanted
) -> tuple[list[list[str]], list[str]]:
    """The grouping sets, and the key columns they are of."""
    layers = ["period"] if has_period else layout.columns
    sets = [
        [f"at{depth}", layer, *(name("by_" + dim) for dim in by)]
        for depth in wanted.depths
        for layer in layers
        for by in groups
        if not by or wanted.split is None or depth in wanted.split
    ]
    return sets, [*(f"at{depth}" for depth in wanted.depths), *layers]


def _set(columns: Sequence[str]) -> str:
    return "(" + ", ".join(columns) + ")"


def _outer(
    source: str,
    keys: Sequence[str],
    by: Sequence[str],
    outer: Sequence[str],
    wanted: Wanted,
    *,
    gathered: bool = False,
) -> str:
    """One place and one period of each row: of a set's levels and layers only one is not null."""
    levels = [key for key in keys if key.startswith("at")]
    layers = [key for key in keys if not key.startswith("at")]
    place, period = _first(levels), _first(layers)
    only = f" AND {place} IN ({', '.join(str(no) for no in wanted.only)})" if wanted.only is not None else ""
    where = f"{place} IS NOT NULL AND {period} IS NOT NULL{only}"
    columns = [f"{place} AS place", f"{period} AS period_no", *by, *outer]
    grouping = "" if gathered else " GROUP BY " + ", ".join([place, period, *by])
    return f"SELECT {', '.join(columns)} FROM {source} WHERE {where}{grouping}"


def _first(columns: Sequence[str]) -> str:
    return columns[0] if len(columns) == 1 else f"COALESCE({', '.join(columns)})"


def homed(indicator: Indicator, table: Table) -> bool:
    """Whether an indicator counts a table's rows at the person's home."""
    return table.owner == "person" and (indicator.where_counted == "home" or not table.entries)


def member_query(indicator: Indicator, tables: Mapping[str, Table], part: str) -> str:
    """The rows behind a part, with `person`, `seq` and `unit`; "" where none are."""
    value = indicator.value
    if isinstance(value, Median):
        table = tables[value.of]
        apart = any(one.in_period for one in sql.exists_in([value.where]))
        shape = Shape(value.of, day=value.day, home=homed(indicator, table), apart=apart)
        ctes, rows = measured(value, shape, table, ())
        wanted = "v IS NULL" if part == "open" else "v IS NOT NULL"
        return joined([*ctes, f"measured AS ({rows})"], f"SELECT * FROM measured WHERE f1 AND {wanted}")
    if isinstance(value, Survival):
        table = tables[value.start.of]
        ctes, rows = followed(value, homed(indicator, table), table, ())
        months, _, outcome = part.partition(".")
        wanted = f"o{int(months)} = {sql.literal(outcome)}" if outcome else "TRUE"
        return joined([*ctes, f"followed AS ({rows})"], f"SELECT * FROM followed WHERE {wanted}")
    for named, count in counts(value):
        if named == part:
            table = tables[count.of]
            shape = shape_of(count, table, indicator.where_counted)
            ctes, rows = selected(shape, table, flags=[count.where])
            return joined([*ctes, f"picked AS ({rows})"], "SELECT * FROM picked WHERE f1")
    return ""
