"""A small random world for indicators: a tree of units, people who move in it, entries corrected and
withdrawn, and random declarations over all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from guitu.indicators import (
    All,
    Any_,
    AtLeast,
    AtMost,
    Change,
    Condition,
    Events,
    Exists,
    Indicator,
    Is,
    LessThan,
    Median,
    Missing,
    MoreThan,
    Not,
    People,
    Period,
    Place,
    Present,
    Published,
    Ratio,
    Rows,
    Stock,
    Sum,
    Survival,
    Within,
)
from guitu.indicators.tables import ENTRY, WORKED_OUT, ColumnType, Table
from guitu.kernel.labels import Label

START = date(2024, 11, 1)
REACH = date(2026, 2, 10)
SPAN = (REACH - START).days

_COLUMNS: Mapping[str, ColumnType] = {"how": "word", "size": "whole", "later": "day"}


def _kind(name: str, owner: str, columns: Mapping[str, ColumnType] = _COLUMNS) -> Table:
    key = "person" if owner == "person" else "unit"
    return Table(
        name=name,
        label=Label("表", "Table"),
        owner=owner,  # type: ignore[arg-type]
        columns={**ENTRY, key: "whole", **columns},
        entries=True,
    )


TABLES = {
    table.name: table
    for table in (
        _kind("order", "person"),  # names that SQL knows as words
        _kind("visit", "person"),
        _kind("talk", "unit"),
        _kind(
            "published_figure",
            "unit",
            {"series": "word", "first": "day", "last": "day", "value": "decimal", "replaces": "word"},
        ),
        *(t for t in WORKED_OUT if t.name in ("measures", "duties", "files", "units", "staff")),
    )
}

TREE = (
    Place(1, "46", "省", "province", None, (1,)),
    Place(2, "469023", "甲县", "county", 1, (1, 2)),
    Place(3, "469024", "乙县", "county", 1, (1, 3)),
    Place(4, "469023100", "丙镇", "town", 2, (1, 2, 4)),
    Place(5, "469023101", "丁镇", "town", 2, (1, 2, 5)),
    Place(6, "469023100201", "戊村", "village", 4, (1, 2, 4, 6)),
)
PERIODS = (
    Period.month(2025, 1),
    Period.month(2025, 12),
    Period.quarter(2025, 1),
    Period.year(2025),
    Period.span(date(2024, 11, 15), date(2025, 6, 3)),
    Period.day(date(2025, 3, 31)),
    Period.year(2026),  # not over: the rows reach 10 February
)


def world(seed: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, as the snapshot and the sweep would have them; the same for the same seed."""
    dice = Random(seed)
    seq = iter(range(1, 1000))
    some = dice.choice

    def day() -> date:
        return START + timedelta(days=dice.randint(0, SPAN))

    def perhaps(thing: Any) -> Any:
        return thing if dice.random() < 0.75 else None

    def person() -> int:
        return dice.randint(1, 7)

    def entries(owner: str, most: int) -> list[dict[str, Any]]:
        found = []
        for _ in range(dice.randint(0, most)):
            number = next(seq)
            whose = {"person": person()} if owner == "person" else {"unit": dice.randint(1, 6)}
            found.append(
                {
                    **whose,
                    "seq": number,
                    "day": day(),
                    "recorded": number * 1000 + dice.randint(0, 3000),
                    "at": perhaps(dice.randint(1, 6)),
                    "how": perhaps(some("abc")),
                    "size": perhaps(dice.randint(-3, 9)),
                    "later": perhaps(day()),
                }
            )
        return found

    rows = {"order": entries("person", 14), "visit": entries("person", 20), "talk": entries("unit", 10)}
    rows["published_figure"] = [
        {
            "unit": dice.randint(1, 3),
            "seq": (number := next(seq)),
            "day": REACH,
            "recorded": number,
            "at": 1,
            "series": some("xy"),
            "first": (period := some(PERIODS[:3])).first,
            "last": period.last,
            "value": Decimal(dice.randint(-300, 300)) / 100,
            "replaces": some(("yes", "no", "no", None)),
        }
        for _ in range(dice.randint(0, 12))
    ]
    rows["fates"] = [
        {
            "person": person(),
            "set_seq": dice.randint(1, 40),
            "entry_seq": dice.randint(1, 40),
            "at_ms": number * 1500,  # no two at once: which holds would be a matter of taste
            "counts": dice.random() < 0.3,
        }
        for number in range(dice.randint(0, 12))
    ]
    moves = sorted({(person(), day()) for _ in range(dice.randint(0, 14))})
    rows["homes"] = [
        {"person": whose, "from_day": since, "unit": perhaps(dice.randint(1, 6))} for whose, since in moves
    ]
    rows["files"] = [
        {
            "person": whose,
            "unit": None,
            "sex": perhaps(some(("male", "female"))),
            "birth_year": perhaps(dice.randint(1955, 2010)),
            "opened": day(),
        }
        for whose in range(1, 8)
        if dice.random() < 0.85
    ]
    rows["measures"] = [
        {
            "person": person(),
            "order_seq": dice.randint(1, 9),
            "measure": perhaps(some("abc")),
            "starts_on": perhaps(day()),
            "ended_on": perhaps(day()),
        }
        for _ in range(dice.randint(0, 14))
    ]
    rows["duties"] = [
        {
            "person": person(),
            "order_seq": dice.randint(1, 9),
            "name": perhaps(some("abc")),
            "due": perhaps(day()),
            "done_on": perhaps(day()),
        }
        for _ in range(dice.randint(0, 10))
    ]
    rows["units"] = [
        {
            "unit": place.no,
            "code": place.code,
            "name": place.name,
            "level": place.level,
            "parent": place.parent,
            **{f"at{n + 1}": place.at[n] if n < place.depth else None for n in range(5)},
            "active_from": perhaps(day()),
            "active_until": perhaps(day()),
        }
        for place in TREE
    ]
    rows["staff"] = [
        {"unit": dice.randint(1, 6), "role": perhaps(some("abc")), "n": dice.randint(1, 4)}
        for _ in range(dice.randint(0, 6))
    ]
    return rows


def worlds() -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """Random worlds. From a seed: drawn value by value they would be mostly empty, and slow."""
    return st.integers(0, 2**32).map(world)


def leaves(in_period: bool = True) -> st.SearchStrategy[Condition]:
    """Conditions on the fields that every kind of the world has."""
    bounds = st.one_of(st.none(), st.integers(-200, 200))
    return st.one_of(
        st.builds(Is, st.just("how"), st.sampled_from(("a", "b")), st.sampled_from(("b", "c"))),
        st.builds(Is, st.just("size"), st.integers(-3, 9)),
        st.builds(AtLeast, st.just("size"), st.integers(-2, 8)),
        st.builds(MoreThan, st.just("size"), st.integers(-2, 8)),
        st.builds(AtMost, st.just("size"), st.integers(-2, 8)),
        st.builds(LessThan, st.just("size"), st.integers(-2, 8)),
        st.builds(Missing, st.sampled_from(("how", "size", "later"))),
        st.builds(Present, st.sampled_from(("how", "size", "later"))),
        st.builds(Within, st.just("day"), st.just("later"), bounds, bounds),
    )


def combined(of: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Conditions put together."""
    return st.recursive(
        of,
        lambda part: st.one_of(
            st.builds(Not, part), st.builds(All, part, part), st.builds(Any_, part, part), st.builds(All)
        ),
        max_leaves=4,
    )


@st.composite
def exists(draw: st.DrawFn, in_period: bool) -> Exists:
    """Another row of the same person."""
    where = draw(st.one_of(st.none(), combined(leaves())))
    of = draw(st.sampled_from(("order", "visit")))
    if in_period and draw(st.booleans()):
        return Exists(of=of, where=where, in_period=True)
    bounds = st.one_of(st.none(), st.integers(-120, 120))
    return Exists(
        of=of,
        where=where,
        day=draw(st.sampled_from(("day", "later"))),
        least=draw(bounds),
        most=draw(bounds),
    )


def conditions(table: str, in_period: bool = True) -> st.SearchStrategy[Condition | None]:
    """Conditions on a table of the world, or none."""
    if table in ("order", "visit"):
        return st.one_of(st.none(), combined(st.one_of(leaves(), exists(in_period))))
    if table == "talk":
        return st.one_of(st.none(), combined(leaves()))
    if table == "measures":
        return st.one_of(st.none(), combined(st.one_of(
            st.builds(Is, st.just("measure"), st.sampled_from("abc")), exists(in_period),
            st.builds(Within, st.just("starts_on"), st.just("ended_on"), st.just(0), st.integers(0, 300)),
        )))  # fmt: skip
    return st.none()


@st.composite
def counts(draw: st.DrawFn) -> Any:
    """Any count over any table."""
    sort = draw(st.sampled_from(("events", "people", "sum", "stock", "latest")))
    if sort == "stock":
        of = draw(st.sampled_from(("measures", "duties", "files", "units", "staff", "order")))
        where = draw(conditions(of))
        if of == "staff":
            return Stock(of=of, count="total", field="n")
        if of == "units":
            return Stock(of=of, count="rows", where=where)
        since = {"since": "day", "until": draw(st.sampled_from(("", "later")))} if of == "order" else {}
        return Stock(of=of, count=draw(st.sampled_from(("people", "rows"))), where=where, **since)
    if sort == "latest":
        of = draw(st.sampled_from(("order", "talk")))
        by = draw(st.sampled_from(("", "how")))
        until = draw(st.sampled_from(("", "later")))
        return Stock(
            of=of, count="total", field="size", latest=True, latest_by=by, until=until,
            where=draw(conditions(of)),
        )  # fmt: skip
    of = draw(st.sampled_from(("order", "visit") if sort == "people" else ("order", "visit", "talk")))
    where, day = draw(conditions(of)), draw(st.sampled_from(("day", "later")))
    if sort == "sum":
        return Sum(of=of, field="size", where=where, day=day)
    return (Events if sort == "events" else People)(of=of, where=where, day=day)


def chosen_rows(in_period: bool = False) -> st.SearchStrategy[Rows]:
    """Some rows of a kind about persons."""
    return st.sampled_from(("order", "visit")).flatmap(
        lambda of: st.builds(Rows, of=st.just(of), where=conditions(of, in_period))
    )


@st.composite
def medians(draw: st.DrawFn) -> Median:
    """A median of a field, of days to a column, or to a later row."""
    of = draw(st.sampled_from(("order", "visit")))
    length = draw(
        st.one_of(
            st.just({"field": "size"}),
            st.just({"until": "later"}),
            chosen_rows().map(lambda rows: {"then": rows}),
        )
    )
    return Median(of=of, where=draw(conditions(of)), longest=draw(st.booleans()), **length)


@st.composite
def survivals(draw: st.DrawFn) -> Survival:
    """A cohort and what became of it."""
    months = tuple(sorted(draw(st.sets(st.sampled_from((1, 2, 3, 6, 12)), min_size=1, max_size=3))))
    some = st.lists(chosen_rows(), max_size=2).map(tuple)
    return Survival(
        start=draw(chosen_rows(in_period=True)),
        kept=draw(st.lists(chosen_rows(), min_size=1, max_size=2).map(tuple)),
        failed=draw(some),
        ended=draw(some),
        months=months,
        at=draw(st.sampled_from(months)),
        window=draw(st.integers(1, 4)),
    )


MEASURES: Mapping[str, st.SearchStrategy[Any]] = {
    "count": counts(),
    "ratio": st.builds(Ratio, over=counts(), under=counts(), per=st.sampled_from((100, 1000))),
    "median": medians(),
    "survival": survivals(),
    "published": st.builds(Published, series=st.sampled_from(("x", "y"))),
}


@st.composite
def declarations(draw: st.DrawFn) -> list[Indicator]:
    """Several indicators at once, one of every sort, two plain counts, and the change of the first."""
    found = []
    for number, sort in enumerate(("count", "count", *MEASURES)):
        value = draw(MEASURES[sort])
        found.append(declared_as(f"t.{number}", value, draw(st.sampled_from(("recorded", "home")))))
    base = draw(st.sampled_from(("year", "previous", PERIODS[0])))
    found.append(declared_as("t.change", Change(of="t.0", base=base)))
    return found


def declared_as(key: str, value: Any, where_counted: Any = "recorded") -> Indicator:
    """A declaration of this value."""
    unit = "entry"
    if isinstance(value, Ratio):
        unit = "percent" if value.per == 100 else "permille"
    elif isinstance(value, Change | Survival):
        unit = "percent"
    return Indicator(
        key=key,
        label=Label("指标", "Indicator"),
        unit=unit,
        definition=Label("定义。", "Definition."),
        value=value,
        imported=isinstance(value, Published),
        where_counted=where_counted,
    )


_ARROW = {"word": pa.string(), "whole": pa.int64(), "decimal": pa.decimal128(18, 4), "day": pa.date32()}
_LEVELS = {f"at{n}": pa.int32() for n in range(1, 6)}
_MORE = {
    "fates": {"person": pa.int64(), "set_seq": pa.int64(), "entry_seq": pa.int64(), "at_ms": pa.int64(),
              "counts": pa.bool_()},
    "homes": {"person": pa.int64(), "from_day": pa.int32(), "unit": pa.int32()},
}  # fmt: skip


def _exact(digits: str) -> Decimal:
    return Decimal(digits).quantize(Decimal("0.0001"))


def written(
    rows: Mapping[str, list[dict[str, Any]]], folder: Path, tables: Mapping[str, Table] = TABLES
) -> dict[str, list[Path]]:
    """The same rows as Parquet files, laid out as the snapshot lays them out; kinds in two versions."""
    files = {}
    for name, mine in rows.items():
        if name in _MORE:
            schema = pa.schema(_MORE[name])
        else:
            types = {column: _ARROW[kind] for column, kind in tables[name].columns.items()}
            if name == "units":
                types |= {"code": pa.string(), "name": pa.string(), "parent": pa.int32(), **_LEVELS}
            if tables[name].entries and tables[name].owner == "unit":
                types["of_unit"] = types.pop("unit")
            schema = pa.schema(types)
        made = [{("of_unit" if k == "unit" and "of_unit" in schema.names else k): v for k, v in row.items()}
                for row in mine]  # fmt: skip
        if name == "homes":
            made = [{**row, "from_day": (row["from_day"] - date(1970, 1, 1)).days} for row in made]
        exact = [c for c, kind in tables[name].columns.items() if kind == "decimal"] if name in tables else []
        made = [{**row, **{c: _exact(row[c]) for c in exact if row.get(c) is not None}} for row in made]
        path = folder / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(made, schema=schema), path)
        files[name] = [path]
    return files
