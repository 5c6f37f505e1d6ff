"""Every declared indicator gives the same figures over Parquet as by the referee, on random rows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from guitu import compose
from guitu.indicators import Figure, Indicator, Period, run
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.memory import MemorySource
from guitu.indicators.tables import Table
from guitu.policy import names
from tests.generative.figures_world import written
from tests.indicators.small import PLACES

FIRST, ON = date(2023, 1, 1), date(2026, 6, 30)
PEOPLE = 24
PERIODS = (Period.year(2025), Period.quarter(2024, 3), Period.span(date(2023, 3, 1), date(2026, 2, 28)))


def random_rows(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Rows in every table that any indicator looks at, as wild as their columns allow."""
    dice = Random(seed)
    counter = iter(range(1, 1_000_000))
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, table in compose.tables().items():
        if name == "units":
            rows[name] = [
                {"unit": p.no, "level": p.level, "active_from": None, "active_until": None, "code": p.code,
                 "name": p.name, "parent": p.parent,
                 **{f"at{n}": p.at[n - 1] if n <= p.depth else None for n in range(1, 6)}}
                for p in PLACES
            ]  # fmt: skip
        elif name == "files":
            rows[name] = [
                {"person": n, "unit": dice.choice(PLACES).no, "sex": dice.choice(("male", "female", None)),
                 "birth_year": dice.choice((None, 1970, 1990, 2008)), "opened": FIRST}
                for n in range(1, PEOPLE + 1)
            ]  # fmt: skip
        else:
            often = 60 if name in ("measures", "order", "urine_test", "duties", "follow_up") else 25
            rows[name] = [_row(name, table, dice, next(counter)) for _ in range(often)]
    rows["homes"] = [
        {"person": n, "from_day": _day(dice), "unit": dice.choice(PLACES).no}
        for n in range(1, PEOPLE + 1)
        for _ in range(dice.choice((1, 1, 2)))
    ]
    rows["fates"] = [
        {"person": row["person"], "set_seq": 10_000, "entry_seq": row["seq"], "at_ms": 0, "counts": False}
        for row in rows["urine_test"][:5]
    ]
    return rows


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randrange((ON - FIRST).days))


def _row(name: str, table: Table, dice: Random, seq: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, kind in table.columns.items():
        if column == "seq" or column == "order_seq":
            row[column] = seq
        elif column == "person":
            row[column] = dice.randrange(1, PEOPLE + 1)
        elif column in ("unit", "at") and kind == "whole":
            row[column] = dice.choice(PLACES).no
        elif column == "recorded":
            row[column] = seq
        elif kind == "day":
            needed = column in ("day", "first", "last")
            row[column] = _day(dice) if needed or dice.random() < 0.6 else None
        elif kind == "whole":
            row[column] = dice.choice((None, 0, 1, 7, 300))
        elif kind == "decimal":
            row[column] = dice.choice(("3.21", "-9.68", "79.159"))
        else:
            row[column] = dice.choice((None, *_words(name, column, table)))
    if name == "published_figure" and dice.random() < 0.7:
        row["first"], row["last"] = PERIODS[0].first, PERIODS[0].last
    return row


def _words(name: str, column: str, table: Table) -> tuple[str, ...]:
    if column in table.words:
        return tuple(table.words[column])
    said = names()
    return {
        ("duties", "name"): ("report_in", "routine_test"),
        ("duties", "state"): tuple(said.duty_states),
        ("findings", "name"): tuple(said.findings),
    }.get((name, column)) or (tuple(said.measures) if column == "measure" else ("x",))


def same(
    asked: list[Indicator],
    rows: Any,
    folder: Path,
    by: tuple[str, ...] = (),
    periods: tuple[Period, ...] = PERIODS,
) -> list[Figure]:
    """The figures of the referee, after holding DuckDB to them."""
    memory = MemorySource(rows, compose.tables(), PLACES, ON)
    duck = DuckSource(written(rows, folder, compose.tables()), compose.tables(), ON)
    expected = run(asked, memory, places=PLACES, periods=periods, by=by)
    found = run(asked, duck, places=PLACES, periods=periods, by=by)
    wrong = [(a, b) for a, b in zip(expected, found, strict=True) if a != b]
    assert wrong[:3] == []
    return expected


def test_every_declared_indicator_is_the_same_over_parquet_as_by_the_referee(tmp_path: Path) -> None:
    asked = list(compose.indicators().values())
    figures = same(asked, random_rows(1), tmp_path)
    silent = {i.key for i in asked} - {f.indicator for f in figures if f.value}
    assert len(silent) < len(asked) / 3, sorted(silent)  # else nothing was compared


@pytest.mark.parametrize("way", ["sex", "age_band", "measure", "name", "result", "form", "given_to"])
def test_every_declared_breakdown_is_the_same_over_parquet_as_by_the_referee(
    way: str, tmp_path: Path
) -> None:
    asked = [i for i in compose.indicators().values() if way in i.breakdowns]
    figures = same(asked, random_rows(3), tmp_path, (way,), PERIODS[2:])
    assert {value for f in figures for _, value in f.by}
