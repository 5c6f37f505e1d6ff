"""A board written by hand, for pages of figures: the same layout as the one worked out every night."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guitu.compose import indicator_versions
from guitu.indicators import Period
from guitu.indicators.board import COLUMNS, FIGURES, MANIFEST
from guitu.kernel.zone import CHINA
from guitu.store.units import tree

DAY = date(2026, 11, 23)
TYPES = {
    "indicator": pa.string(),
    "version": pa.int32(),
    "unit": pa.int32(),
    "level": pa.string(),
    "period_kind": pa.string(),
    "period_from": pa.date32(),
    "period_until": pa.date32(),
    "dim": pa.string(),
    "value": pa.string(),
    "figure": pa.float64(),
    "over": pa.float64(),
    "under": pa.float64(),
    "n": pa.int64(),
    "parts": pa.string(),
}


@dataclass(frozen=True)
class Made:
    """One figure: of which indicator, unit (by code) and period; `value` 0 to 100 for a share."""

    key: str
    unit: str
    period: str
    value: float | None
    over: float | None = None
    under: float | None = None
    n: int | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    by: tuple[str, str] = ("", "")
    version: int = 1


def share(key: str, unit: str, period: str, over: int, under: int, **more: object) -> Made:
    """A share of people."""
    parts = {"over.n": float(over), "under.n": float(under)}
    return Made(key, unit, period, over * 100 / under, over, under, under, parts, **more)  # type: ignore[arg-type]


def people(key: str, unit: str, period: str, n: int, **more: object) -> Made:
    """A number of people."""
    return Made(key, unit, period, n, n, None, n, **more)  # type: ignore[arg-type]


def write(home: Path, figures: Iterable[Made], *, day: date = DAY, at: datetime | None = None) -> Path:
    """Write the board of a home; gives its folder."""
    folder = home / "analysis" / "board"
    folder.mkdir(parents=True, exist_ok=True)
    units = tree()
    rows = []
    for one in figures:
        period = Period.parse(one.period)
        unit = units.find(one.unit)
        rows.append(
            (
                one.key, one.version, unit.no, unit.level, period.kind, period.first, period.last, *one.by,
                one.value, one.over, one.under, one.n, json.dumps(dict(one.parts)) if one.parts else None,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row[2], row[0], row[4], row[5]))
    columns = zip(*rows, strict=True) if rows else [() for _ in COLUMNS]
    table = pa.table(
        {name: pa.array(list(column), TYPES[name]) for name, column in zip(COLUMNS, columns, strict=True)}
    )
    made = at or datetime(day.year, day.month, day.day, 6, 0, tzinfo=CHINA)
    pq.write_table(table, folder / FIGURES.format(made_ms=int(made.timestamp() * 1000)))
    said = {
        "seq": 1,
        "day": day.isoformat(),
        "made_ms": int(made.timestamp() * 1000),
        "versions": {key: versions[-1].version for key, versions in indicator_versions().items()},
    }
    (folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    return folder
