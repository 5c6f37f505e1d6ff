"""The board says what counting the same figure says."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from guitu.indicators import (
    Change,
    Events,
    Exists,
    Indicator,
    Median,
    People,
    Published,
    Ratio,
    Rows,
    Stock,
    Sum,
    Survival,
    run,
)
from guitu.indicators.board import Board, NoBoard
from guitu.indicators.engines import boarding
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.memory import MemorySource
from tests.generative.figures_world import REACH, TABLES, TREE, world, written
from tests.indicators.test_language import declared

VALUES = {
    "events": Events(of="visit", where=Exists(of="order", least=0, most=60)),
    "ratio": Ratio(
        over=People(of="visit"),
        under=Stock(of="measures", where=Exists(of="visit", in_period=True)),
        part=False,
    ),
    "median": Median(of="order", then=Rows(of="visit")),
    "cohort": Survival(start=Rows(of="order"), kept=(Rows(of="visit"),), months=(1, 3), at=3),
    "published": Published(series="x"),
    "units": Stock(of="units", count="rows"),
    "sum": Sum(of="talk", field="size"),
    "change": Change(of="events", base="year"),
    "change_of_share": Change(of="ratio", base="previous"),
}
BREAKDOWNS = {
    "events": ("how",),
    "change": ("how",),
    "median": ("sex", "age_band"),
    "cohort": ("sex", "age_band"),
}


def indicators() -> dict[str, tuple[Indicator, ...]]:
    """One of every sort."""
    shares = (Ratio, Survival, Change)
    made = {key: declared(v, "percent" if isinstance(v, shares) else "entry") for key, v in VALUES.items()}
    return {key: (replace(one, key=key, breakdowns=BREAKDOWNS.get(key, ())),) for key, one in made.items()}


@pytest.mark.parametrize("way", ["in one query", "gathered", "gathered by slices of people"])
@pytest.mark.parametrize("seed", [3, 11, 2026])
def test_the_board_holds_the_figures_that_counting_gives(
    seed: int, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = world(seed)
    if way != "in one query":
        monkeypatch.setattr(boarding, "GATHERED_FROM", -1)
    if "slices" in way:
        of = {
            row["seq"]: row["person"]
            for them in rows.values()
            for row in them
            if {"seq", "person"} <= row.keys()
        }
        for fate in rows["fates"]:  # as in a snapshot: what stands is said in the file of the entry
            fate["person"] = of.get(fate["entry_seq"], fate["person"])
        keys = sorted({row["person"] for row in rows["visit"]})
        cuts = [0, *keys[:: max(1, len(keys) // 4)], 1 << 62]
        monkeypatch.setattr(boarding, "slices_of", lambda _: tuple(pairwise(cuts)))
    source = DuckSource(written(rows, tmp_path), TABLES, REACH)
    made = boarding.make(source, indicators(), tmp_path / "board", seq=9, made_ms=5)
    kept = {
        (row[0], row[2], row[5], row[6], ((row[7], row[8]),) if row[7] else ()): row
        for row in duckdb.sql(f"SELECT * FROM read_parquet('{made.board.figures}')").fetchall()
    }
    assert len(kept) == made.figures
    asked = [one for versions in indicators().values() for one in versions]
    memory = MemorySource(rows, TABLES, TREE, REACH)
    compared = 0
    for by in ((), ("how",), ("sex",), ("age_band",)):
        for figure in run(asked, memory, places=TREE, periods=boarding.regular_periods(REACH), by=by):
            if by and figure.level in boarding.UNSPLIT:  # groups are not kept there
                continue
            row = kept.pop(
                (figure.indicator, figure.unit_no, figure.period.first, figure.period.last, figure.by), None
            )
            if row is None:
                assert not figure.value
                continue
            compared += 1
            expected = None if figure.value is None else pytest.approx(float(figure.value), abs=1e-6)
            assert row[9] == expected
            assert (row[12] or 0) == (figure.n or 0)
            assert json.loads(row[13] or "{}") == {k: float(v) for k, v in figure.parts.items()}
    assert kept == {}
    assert compared > 50


def test_a_new_board_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(NoBoard):
        Board.open(tmp_path / "board")
    source = DuckSource(written(world(1), tmp_path), TABLES, REACH)
    for made_ms in (5, 6, 7):
        boarding.make(source, indicators(), tmp_path / "board", seq=made_ms, made_ms=made_ms)
    board = Board.open(tmp_path / "board")
    assert (board.seq, board.day, board.versions["events"]) == (7, REACH.isoformat(), 1)
    assert sorted(path.name for path in board.folder.glob("*.parquet")) == [
        "figures-6.parquet",
        "figures-7.parquet",
    ]


def test_a_board_of_nothing_is_empty_and_whole(tmp_path: Path) -> None:
    made = boarding.make(DuckSource({}, TABLES, REACH), indicators(), tmp_path, seq=0, made_ms=1)
    assert made.figures == 0
    assert Board.open(tmp_path).seq == 0
