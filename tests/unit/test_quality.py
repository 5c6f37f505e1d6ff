"""Data quality is counted once, over the snapshot, for every unit with those below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guitu.indicators.engines.quality import FILE, Count, counts, write
from guitu.kernel.zone import CHINA

OCTOBER, EPOCH = date(2026, 10, 1), date(1970, 1, 1)
PROVINCE, COUNTY, TOWN = 1, 2, 3
LEVELS = {PROVINCE: (1, None, None), COUNTY: (1, 2, None), TOWN: (1, 2, 3)}


class Small:
    """A snapshot of a few rows."""

    def __init__(self, folder: Path, tables: Mapping[str, pa.Table]) -> None:
        self.folder = folder
        self.kinds = {"urine_test": 0, "void": 1}
        for name, table in tables.items():
            pq.write_table(table, folder / f"{name}.parquet")

    def parts(self, table: str) -> Sequence[Path]:
        """The one file of a table."""
        return (self.folder / f"{table}.parquet",)


def recorded(on: date) -> int:
    """Ten in the evening of the office's day, in milliseconds."""
    return int(datetime(on.year, on.month, on.day, 22, 0, tzinfo=CHINA).timestamp() * 1000)


def spine(*rows: tuple[int, date, date, int | None, int]) -> pa.Table:
    """Entries: at which unit, happened, recorded, what it corrects, kind."""
    return pa.table(
        {
            "at": pa.array([r[0] for r in rows], pa.int32()),
            "day": pa.array([(r[1] - EPOCH).days for r in rows], pa.int32()),
            "recorded": pa.array([recorded(r[2]) for r in rows], pa.int64()),
            "corrects_seq": pa.array([r[3] for r in rows], pa.int64()),
            "kind": pa.array([r[4] for r in rows], pa.uint16()),
        }
    )


def levels(column: str, keys: Mapping[int, int]) -> pa.Table:
    """Rows with the units above them."""
    data: dict[str, Any] = {column: pa.array(list(keys), pa.int64())}
    for at in range(5):
        above = [LEVELS[unit][at] if at < 3 else None for unit in keys.values()]
        data[f"at{at + 1}"] = pa.array(above, pa.int32())
    return pa.table(data)


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Two people in the town, one with an overdue duty and no measure; four entries, one of them late."""
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    tables = {
        "spine": spine(
            (TOWN, first, first, None, 0),
            (TOWN, first, date(2026, 10, 4), None, 0),
            (TOWN, first, date(2026, 10, 5), None, 0),
            (COUNTY, first, last, 7, 0),
            (COUNTY, first, last, 8, 1),
        ),
        "files": levels("person", {11: TOWN, 12: TOWN}),
        "units": levels("unit", {PROVINCE: PROVINCE, COUNTY: COUNTY, TOWN: TOWN}),
        "duties": pa.table(
            {"person": [11, 11, 12], "due": [first, last, last], "state": ["overdue", "done", "open"]}
        ),
        "measures": pa.table({"person": pa.array([11], pa.int64())}),
        "notcovered": pa.table({"person": pa.array([], pa.int64())}),
    }
    small = Small(tmp_path, tables)
    swept = {name: small.parts(name) for name in ("duties", "measures", "notcovered")}
    return write(small, swept, tmp_path, date(2026, 11, 1))  # type: ignore[arg-type]


def found(board: Path, unit: int, name: str) -> tuple[int, int]:
    """How many, of how many."""
    return next((c.n, c.of) for c in counts(board, [unit], OCTOBER) if c.name == name)


def test_an_entry_is_late_on_the_fourth_day_after_what_it_tells_of(board: Path) -> None:
    assert found(board, TOWN, "late") == (1, 3)


def test_a_correction_is_a_correction_and_never_late_and_a_withdrawal_is_neither(board: Path) -> None:
    assert found(board, COUNTY, "corrected") == (1, 5)
    assert found(board, COUNTY, "late") == (1, 5)


@pytest.mark.parametrize("unit", [TOWN, COUNTY, PROVINCE])
def test_what_is_missing_counts_at_every_unit_above_the_file(board: Path, unit: int) -> None:
    assert found(board, unit, "missing") == (1, 3)
    assert found(board, unit, "unassessed") == (1, 2)
    assert found(board, unit, "uncovered") == (0, 2)


def test_another_month_has_only_what_is_counted_as_things_stand(board: Path) -> None:
    assert {c.name for c in counts(board, [TOWN], date(2026, 9, 1))} == {"missing", "unassessed", "uncovered"}


def test_without_a_file_nothing_was_counted(tmp_path: Path) -> None:
    assert counts(tmp_path / FILE, [TOWN], OCTOBER) == ()
    assert Count(TOWN, None, "late", 0, 1).of == 1
