"""A small line over time, drawn with the page: for one person's own figures, beside the table that has them.

The line stretches with its box; its words stand around it as text, so that they never shrink with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.table.component import Column, Row, Table

WIDTH: Final = 600
HEIGHT: Final = 140
_EDGE: Final = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """A line across: where a source begins to speak of something."""

    at: float
    label: Text


@dataclass(frozen=True, slots=True)
class Trend:
    """`points` are places in time (any unit, rising) with a value, None for a gap. `low` and `high` are the
    ends of the scale; `first` and `last` stand under the ends of the line. `says` is the picture in words."""

    says: Text
    points: tuple[tuple[float, float | None], ...]
    low: float
    high: float
    first: Text
    last: Text
    cuts: tuple[Cut, ...] = ()
    dots: bool = True
    table: Table | None = None

    @property
    def low_text(self) -> str:
        """The lower end, without needless noughts."""
        return f"{self.low:g}"

    @property
    def high_text(self) -> str:
        """The upper end."""
        return f"{self.high:g}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The stretches without a gap, as the points of an SVG polyline."""
        found: list[list[str]] = [[]]
        for x, y in self._placed():
            if y is None:
                found.append([])
            else:
                found[-1].append(f"{x:.1f},{y:.1f}")
        return tuple(" ".join(one) for one in found if len(one) > 1)

    @property
    def marks(self) -> tuple[str, ...]:
        """A dot for each value: a line of no length with round ends, which stretching leaves round."""
        if not self.dots:
            return ()
        return tuple(f"M{x:.1f} {y:.1f}h0" for x, y in self._placed() if y is not None)

    @property
    def across(self) -> tuple[tuple[str, Text], ...]:
        """The cuts: their height and their words."""
        return tuple((f"{self._height(cut.at):.1f}", cut.label) for cut in self.cuts)

    def _placed(self) -> list[tuple[float, float | None]]:
        if not self.points:
            return []
        begin, end = self.points[0][0], self.points[-1][0]
        span = (end - begin) or 1.0
        alone = end == begin
        return [
            (
                WIDTH / 2 if alone else _EDGE + (x - begin) / span * (WIDTH - 2 * _EDGE),
                None if y is None else self._height(y),
            )
            for x, y in self.points
        ]

    def _height(self, value: float) -> float:
        part = (value - self.low) / ((self.high - self.low) or 1.0)
        return HEIGHT - _EDGE - min(max(part, 0.0), 1.0) * (HEIGHT - 2 * _EDGE)


_DAYS: Final = (date(2026, 3, 1), date(2026, 5, 20), date(2026, 9, 2))
_TABLE: Final = Table(
    Label("PHQ-9 总分", "PHQ-9 total"),
    (Column(Label("日期", "Day"), phone="lead"), Column(Label("总分", "Total"), numeric=True)),
    tuple(Row((d.isoformat(), n)) for d, n in zip(_DAYS, ("14", "9", "6"), strict=True)),
    id="trend-table",
)

STATES: Final = (
    State(
        "three",
        Label("三次", "Three times"),
        Trend(
            Label("PHQ-9 总分：3 次，14、9、6", "PHQ-9 total: three times, 14, 9, 6"),
            tuple((float(d.toordinal()), v) for d, v in zip(_DAYS, (14.0, 9.0, 6.0), strict=True)),
            0, 27, "2026-03-01", "2026-09-02", (Cut(10, Label("10 分", "10")),), table=_TABLE,
        ),
    ),
    State(
        "gap",
        Label("有缺口", "With a gap"),
        Trend(
            Label("心率，中间有一段没有数据", "Heart rate, with a gap in the middle"),
            ((0, 72), (1, 75), (2, None), (3, 90), (4, 88)), 60, 100, "0:00", "5:00", dots=False,
        ),
    ),
    State(
        "one",
        Label("只有一次", "Once"),
        Trend(Label("一次：8", "Once: 8"), ((0, 8),), 0, 21, "2026-03-01", ""),
    ),
)  # fmt: skip
