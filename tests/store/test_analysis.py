"""The analysis folder: made of nothing, brought up to date, and asked again about what was known before."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from guitu import compose
from guitu.access import house
from guitu.indicators import Known, Period, members, run
from guitu.indicators.board import Board, NoBoard
from guitu.kernel.errors import GuituError
from guitu.store import analysis, gate
from guitu.store.snapshot.keys import files_of
from guitu.store.units import tree
from tests.store.writing import VILLAGE, Pen, day

pytestmark = pytest.mark.usefixtures("places")

ON = day("2026-11-23")
MARCH = Period.month(2026, 3)


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> None:
    """A data folder of its own."""
    settings.HOME = tmp_path


def record(now: datetime, *entries: Any) -> None:
    gate.record_many(entries, actor=house(), now=now)


def figure(key: str, period: Period = MARCH, known: Known | None = None) -> Any:
    """The figure of the whole province."""
    with analysis.source() as rows:
        place = next(one for one in rows.places() if one.depth == 1)
        (one,) = run(
            compose.indicator_versions()[key], rows, places=[place], periods=[period], known=known,
            among=compose.indicator_versions(),
        )  # fmt: skip
        return one


def test_without_anything_the_sentence_says_what_to_do() -> None:
    with pytest.raises(GuituError, match="snapshot"), analysis.source():
        pass
    with pytest.raises(NoBoard, match="guitu indicators refresh"):
        Board.open(analysis.folder() / "board")


def test_an_office_without_people_gets_a_board_of_its_units(now: datetime) -> None:
    made = analysis.refresh(ON, now)
    assert (made.people, made.entries) == (0, 0)
    assert Board.open(analysis.folder() / "board").day == ON.isoformat()
    assert figure("community.orders").value == 0
    assert figure("tests.taken_rate").value is None


def test_a_figure_is_brought_up_to_date_and_can_be_had_as_it_was_known(now: datetime) -> None:
    pen = Pen(0)
    record(now, *pen.on_community_treatment(unit=VILLAGE, served="2026-03-02"))
    first = analysis.refresh(ON, now)
    assert figure("community.orders").value == 1
    later = now + timedelta(hours=1)
    other = Pen(1)
    record(later, *other.on_community_treatment(unit=VILLAGE, served="2026-03-05"))
    second = analysis.refresh(ON, later)
    assert second.entries > 0
    assert figure("community.orders").value == 2
    assert figure("community.orders", known=Known(seq=first.board.seq)).value == 1
    with analysis.source() as rows:
        place = next(one for one in rows.places() if one.code == tree().find(VILLAGE).path[0])
        behind = members(compose.indicators()["community.orders"], rows, place, MARCH)
    assert len({person for person, _ in behind}) == 2
    assert len(files_of({person for person, _ in behind})) == 2
