"""A figure of places of the same kind side by side: a bar, its figure with numerator and denominator in
words, and a line where the whole area stands. The order is the caller's; nothing is ranked or coloured good
or bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guitu.exchange.charts.chart import Canvas, Chart, Rows, widest
from guitu.exchange.charts.look import SMALL, TEXT, Json, Look, Size
from guitu.exchange.charts.scale import axis_of
from guitu.kernel.labels import Label

UNIT: Final = Label("单位", "Unit")
FIGURE: Final = Label("数值", "Figure")
ROW: Final = 30
"""Pixels of a bar with its room."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A place's value as a number and as written (`87.5%（112/128）`). None: hidden or not recorded, as
    `shown` says; it has no bar, and 0 is not None."""

    name: str
    value: float | None
    shown: str


def bars(
    rows: Sequence[Bar],
    *,
    title: str = "",
    subtitle: str = "",
    note: str = "",
    whole: Bar | None = None,
    english: bool = False,
    look: Look = "light",
    size: Size = "wide",
) -> Chart:
    """The picture of these rows; `whole` is the area they make up, drawn as a line across."""
    known = [r.value for r in [*rows, *([whole] if whole else [])] if r.value is not None]
    low, high, _ = axis_of(known or [1.0])
    canvas = Canvas(title, subtitle, note, look, size)
    words = SMALL if size == "narrow" else TEXT
    canvas.left = min(widest([r.name for r in rows], words) + 12, canvas.whole * 0.4)
    canvas.right = min(widest([r.shown for r in rows], SMALL) + 12, canvas.whole * 0.42)
    canvas.bottom = 30 if whole and whole.value is not None else 8
    height = max(ROW * len(rows), ROW)
    width = canvas.plot

    def at(value: float) -> float:
        return width * (value - low) / (high - low)

    drawn: list[Json] = []
    shown: list[Json] = []
    named: list[Json] = []
    absent: list[Json] = []
    for n, row in enumerate(rows):
        y = n * ROW
        named.append({"x": -10, "y": y + ROW / 2, "t": row.name})
        if row.value is None:
            absent.append({"x": width + 10, "y": y + ROW / 2, "t": row.shown})
        else:
            drawn.append({"v": row.value, "y": y + 6, "y2": y + ROW - 6, "zero": max(low, 0)})
            shown.append({"x": width + 10, "y": y + ROW / 2, "t": row.shown})
    scale: Json = {"domain": [low, high], "nice": False, "zero": False}
    canvas.layers.append(
        {
            "data": {"values": drawn},
            "mark": {"type": "rect", "fill": canvas.palette.act},
            "encoding": {
                "x": {"field": "v", "type": "quantitative", "scale": scale, "axis": None},
                "x2": {"field": "zero"},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                "y2": {"field": "y2"},
            },
        }
    )
    base: list[Json] = [{"x": at(max(low, 0)), "y": 0, "y2": height}]
    _rules(canvas, base, canvas.palette.edge, [1, 0])
    if whole and whole.value is not None:
        x = at(whole.value)
        _rules(canvas, [{"x": x, "y": -2, "y2": height + 8}], canvas.palette.ink, [5, 3])
        label = f"{whole.name} {whole.shown}"
        fits = min(
            max(x, widest([label], SMALL) / 2 - canvas.left),
            width + canvas.right - widest([label], SMALL) / 2,
        )
        canvas.text([{"x": fits, "y": height + 18, "t": label}], align="center")
    canvas.text(named, align="right", fontSize=words, limit=canvas.left)
    canvas.text(shown)
    canvas.text(absent, fill=canvas.palette.ink_2)
    table = Rows(
        (UNIT.en, FIGURE.en) if english else (UNIT.zh, FIGURE.zh),
        tuple((r.name, r.shown) for r in [*rows, *([whole] if whole else [])]),
        (False, True),
    )
    said = ("; " if english else "；").join(f"{r.name} {r.shown}" for r in rows)
    return canvas.draw(height, table, ("Bars by unit. " if english else "分单位条形图。") + said)


def _rules(canvas: Canvas, values: list[Json], stroke: str, dash: list[int]) -> None:
    canvas.layers.append(
        {
            "data": {"values": values},
            "mark": {"type": "rule", "stroke": stroke, "strokeDash": dash},
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                "y2": {"field": "y2"},
            },
        }
    )
