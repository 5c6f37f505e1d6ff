"""The rows behind counts as SQL: where they count, on which day, in which group, what holds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guitu.indicators.conditions import Condition, Exists
from guitu.indicators.engines import sql
from guitu.indicators.engines.sql import name, rows_of
from guitu.indicators.indicator import UNKNOWN
from guitu.indicators.measures import Count, Rows, Stock
from guitu.indicators.tables import Table


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of one scan have in common: the table, which day counts (`day` for what happened, `stock`
    for what is there), where they count, and whether each row is looked at once for every period (`apart`)
    because a condition asks what else happened in it."""

    of: str
    day: str = ""
    stock: Stock | None = None
    home: bool = False
    apart: bool = False


def shape_of(count: Count, table: Table, where_counted: str) -> Shape:
    """The shape of a count; counts of one shape go into one scan."""
    home = table.owner == "person" and (where_counted == "home" or not table.entries)
    apart = any(one.in_period for one in sql.exists_in([count.where]))
    if isinstance(count, Stock):
        bare = Stock(
            of=count.of,
            count="rows",
            since=count.since,
            until=count.until,
            latest=count.latest,
            latest_by=count.latest_by,
        )
        return Shape(count.of, stock=bare, home=home, apart=apart)
    return Shape(count.of, day=count.day, home=home, apart=apart)


def selected(
    shape: Shape,
    table: Table,
    *,
    flags: Sequence[Condition | None],
    dims: Sequence[str] = (),
    more: Sequence[str] = (),
) -> tuple[list[str], str]:
    """The common table expressions and the last query of the rows of a shape.

    Each row has `person` (null in unit files), `unit` where it counts, `d` the day counted, `seq`, for stocks
    `period` (the number of the end, or apart of the period), the `dims` by name, `f1` … for `flags`, and the
    columns `more` as `v_` and their name.
    """
    person = 't."person"' if table.owner == "person" else "CAST(NULL AS BIGINT)"
    seq = f"t.{name(table.seq)}" if table.seq else "CAST(0 AS BIGINT)"
    source, day, period = _days(shape, table)
    ctes = [f"base AS (SELECT t.*, {day} AS c_d{period} FROM {source})"]
    found: dict[Exists, str] = {}
    joins = ""
    for number, one in enumerate(sql.exists_in(flags), start=1):
        found[one] = f"x{number}"
        ctes.append(_exists(one, f"x{number}", shape))
        joins += f" LEFT JOIN x{number} ON {_on(one, f'x{number}')}"
    unit = f"t.{name('unit')}" if table.owner == "unit" else _place(shape, table)
    if shape.home:
        joins += " LEFT JOIN homes_span AS h ON h.person = t.person"
        joins += " AND t.c_d >= h.from_day AND t.c_d < h.until_day"
    if {"sex", "age_band"} & set(dims):
        joins += " LEFT JOIN rows_files AS fi ON fi.person = t.person"
    columns = [f"{person} AS person", f"{unit} AS unit", "t.c_d AS d", f"{seq} AS seq"]
    columns += ["t.c_period AS period"] if period else []
    columns += [f"{_group(dim)} AS {name('by_' + dim)}" for dim in dims]
    columns += [f"{sql.condition(flag, 't', found)} AS f{n}" for n, flag in enumerate(flags, start=1)]
    columns += [f"t.{name(column)} AS {name('v_' + column)}" for column in more]
    return ctes, f"SELECT {', '.join(columns)} FROM base AS t{joins}"


def _days(shape: Shape, table: Table) -> tuple[str, str, str]:
    """Where rows come from, the day each is counted on, and the column of its period if it has one."""
    source = rows_of(shape.of)
    if shape.stock is None:
        day = f"t.{name(shape.day)}"
        if shape.apart:
            joined = f"{source} AS t JOIN periods AS p ON {day} >= p.first AND {day} <= p.last"
            return joined, day, ", p.number AS c_period"
        bounds = f"{day} >= (SELECT MIN(first) FROM periods) AND {day} <= (SELECT MAX(last) FROM periods)"
        return f"{source} AS t WHERE {bounds}", day, ""
    ends = "periods" if shape.apart else "ends"
    joined = f"{source} AS t JOIN {ends} AS p ON {there(shape.stock, table)}"
    if shape.stock.latest:
        owner = f"t.{name(table.owner)}"
        owner += f", t.{name(shape.stock.latest_by)}" if shape.stock.latest_by else ""
        since = f"t.{name(shape.stock.since or 'day')}"
        newest = (
            f"SELECT t.*, p.number AS c_number, p.stock_day AS c_last, ROW_NUMBER() OVER ("
            f"PARTITION BY p.number, {owner} ORDER BY {since} DESC, t.{name('seq')} DESC) AS c_newest"
            f" FROM {joined}"
        )
        until = f"t.{name(shape.stock.until)}" if shape.stock.until else ""
        ended = f" AND ({until} IS NULL OR {until} > t.c_last)" if until else ""
        return f"({newest}) AS t WHERE t.c_newest = 1{ended}", "t.c_last", ", t.c_number AS c_period"
    return joined, "p.stock_day", ", p.number AS c_period"


def there(stock: Stock, table: Table) -> str:
    """Whether row `t` is there at the end of `p.stock_day`."""
    if stock.latest:
        return f"t.{name(stock.since or 'day')} <= p.stock_day"
    since, until = stock.since or table.since, stock.until or table.until
    strictly, always = (table.strictly, table.always) if not stock.since else (False, False)
    parts = []
    if since:
        begun = f"t.{name(since)} {'<' if strictly else '<='} p.stock_day"
        parts.append(f"(t.{name(since)} IS NULL OR {begun})" if always else begun)
    if until:
        parts.append(f"(t.{name(until)} IS NULL OR t.{name(until)} > p.stock_day)")
    return " AND ".join(parts) or "TRUE"


def _place(shape: Shape, table: Table) -> str:
    at = f"t.{name('at')}"
    if not shape.home:
        return at
    return f"COALESCE(h.unit, {at})" if table.entries else "h.unit"


def _group(dim: str) -> str:
    if dim == "sex":
        return f"COALESCE(fi.sex, {sql.literal(UNKNOWN)})"
    if dim == "age_band":
        return sql.age_band("t.c_d", "fi.birth_year")
    return f"COALESCE(t.{name(dim)}, {sql.literal(UNKNOWN)})"


def _exists(one: Exists, alias: str, shape: Shape) -> str:
    """Who has such another row: by person; for bounds in days by person and the day counted; within the
    period by person and period."""
    source = f"{rows_of(one.of)} AS o"
    where = sql.condition(one.where, "o", {})
    day = f"o.{name(one.day)}"
    if one.in_period:
        joined = f"{source} JOIN periods AS p ON {day} >= p.first AND {day} <= p.last"
        return f"{alias} AS (SELECT DISTINCT o.person, p.number AS period FROM {joined} WHERE {where})"
    if one.least is None and one.most is None:
        return f"{alias} AS (SELECT DISTINCT o.person FROM {source} WHERE {where})"
    low = sql.later("k.d", one.least) if one.least is not None else ""
    high = sql.later("k.d", one.most) if one.most is not None else ""
    if shape.stock is not None:
        bounds = [f"{day} >= {low}"] if low else []
        bounds += [f"{day} <= {high}"] if high else []
        keys = f"{source} JOIN (SELECT DISTINCT stock_day AS d FROM periods) AS k ON {' AND '.join(bounds)}"
        return f"{alias} AS (SELECT DISTINCT o.person, k.d FROM {keys} WHERE {where})"
    k = "(SELECT DISTINCT person, c_d AS d FROM base) AS k"
    if not (low and high):  # the last such row says whether there is one after a day, the first before it
        far, bound = ("MAX", f"f.day >= {low}") if low else ("MIN", f"f.day <= {high}")
        furthest = f"SELECT o.person, {far}({day}) AS day FROM {source} WHERE {where} GROUP BY o.person"
        return (
            f"{alias} AS (SELECT k.person, k.d FROM {k} JOIN ({furthest}) AS f"
            f" ON f.person = k.person AND {bound})"
        )
    # Somebody has many such rows and many days: each with each would be a thousand pairs a person. The last
    # row up to the upper bound is found in one walk over both in order of time, rows before bounds.
    return (
        f"{alias} AS (SELECT DISTINCT person, d FROM (SELECT person, d, low, MAX(day) OVER (PARTITION BY"
        " person ORDER BY moment, bound ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS day FROM ("
        f"SELECT k.person, k.d, {low} AS low, {high} AS moment, 1 AS bound, CAST(NULL AS DATE) AS day"
        f" FROM {k}"
        f" UNION ALL SELECT o.person, CAST(NULL AS DATE), CAST(NULL AS DATE), {day}, 0, {day} FROM {source}"
        f" WHERE {where} AND {day} IS NOT NULL) AS walk) AS walked WHERE d IS NOT NULL AND day >= low)"
    )


def _on(one: Exists, alias: str) -> str:
    on = f"{alias}.person = t.person"
    if one.in_period:
        return f"{on} AND {alias}.period = t.c_period"
    if one.least is None and one.most is None:
        return on
    return f"{on} AND {alias}.d = t.c_d"


def plain(rows: Rows) -> tuple[list[str], str]:
    """(person, d) of rows that fulfil their condition, at any time. Conditions on the period are not for
    such rows."""
    shape = Shape(rows.of, day=rows.day)
    day = f"t.{name(rows.day)}"
    ctes = [f"base AS (SELECT t.*, {day} AS c_d FROM {rows_of(rows.of)} AS t WHERE {day} IS NOT NULL)"]
    found: dict[Exists, str] = {}
    joins = ""
    for number, one in enumerate(sql.exists_in([rows.where]), start=1):
        found[one] = f"x{number}"
        ctes.append(_exists(one, f"x{number}", shape))
        joins += f" LEFT JOIN x{number} ON {_on(one, f'x{number}')}"
    flag = sql.condition(rows.where, "t", found)
    return ctes, f"SELECT t.person, t.c_d AS d FROM base AS t{joins} WHERE {flag}"


def nested(parts: tuple[list[str], str]) -> str:
    """The query as one parenthesis, its expressions inside it."""
    ctes, last = parts
    return f"(WITH {', '.join(ctes)} {last})"


def joined(ctes: Sequence[str], last: str) -> str:
    """The whole query."""
    return f"WITH {', '.join(ctes)} {last}"
