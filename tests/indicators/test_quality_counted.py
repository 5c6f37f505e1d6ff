"""Data quality is counted also where the sweep found nothing of a sort, and left no file for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from guitu.indicators.engines import quality

DAY = 20_454  # 2026-01-01, as days since 1970
MS = 24 * 60 * 60 * 1000
AT = {"at1": 1, "at2": 2, "at3": None, "at4": None, "at5": None}


def file(folder: Path, name: str, rows: list[dict[str, Any]], **types: pa.DataType) -> tuple[Path]:
    path = folder / f"{name}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(types)), path)
    return (path,)


def test_what_the_sweep_left_no_file_for_counts_as_nothing_found(tmp_path: Path) -> None:
    levels = {name: pa.int32() for name in AT}
    parts = {
        "spine": file(
            tmp_path, "spine",
            [{"at": 2, "recorded": (DAY + late) * MS, "day": DAY, "corrects_seq": None, "kind": 1}
             for late in (0, 40)],
            at=pa.int32(), recorded=pa.int64(), day=pa.int32(), corrects_seq=pa.int64(), kind=pa.uint16(),
        ),
        "files": file(tmp_path, "files", [{"person": 7, "unit": 2, **AT}], person=pa.int64(),
                      unit=pa.int32(), **levels),
        "units": file(tmp_path, "units", [{"unit": 2, **AT}], unit=pa.int32(), **levels),
    }  # fmt: skip
    snapshot: Any = SimpleNamespace(parts=parts.__getitem__, kinds={"void": 9})
    path = quality.write(snapshot, dict.fromkeys(quality.SWEPT, ()), tmp_path, date(2026, 3, 1))
    rows = pq.read_table(path).to_pylist()
    found = {(row["unit"], row["name"]): (row["n"], row["of"]) for row in rows if row["month"] is None}
    assert found == {
        (1, "unassessed"): (1, 1),
        (2, "unassessed"): (1, 1),
        (1, "uncovered"): (0, 1),
        (2, "uncovered"): (0, 1),
    }
    late = {row["month"]: row["n"] for row in rows if row["name"] == "late"}
    assert late == {date(2026, 1, 1): 0, date(2026, 2, 1): 1}
