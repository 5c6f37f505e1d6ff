"""A schematic map: every place a square of the same size, about where it lies. It is not a map of boundaries,
and says so. Each square has the place's name, its figure, and the mark of its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from guitu.exchange.charts.chart import Canvas, Chart, Rows
from guitu.exchange.charts.look import SMALL, Json, Look, Size, width_of
from guitu.exchange.charts.scale import Scale
from guitu.kernel.labels import Label

NAME: Final = Label("单位", "Unit")
FIGURE: Final = Label("数值", "Figure")
CLASS: Final = Label("所在段", "Class")
NONE: Final = Label("无数值或已隐去", "No figure, or hidden")
GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A place, its figure (None: hidden or not recorded, as `shown` says) and its square: row and column from
    the top left, both None for places that are laid out in their order."""

    name: str
    value: float | None
    shown: str
    row: int | None = None
    column: int | None = None


def tiles(
    places: Sequence[Tile],
    scale: Scale,
    *,
    title: str = "",
    subtitle: str = "",
    note: str = "",
    english: bool = False,
    look: Look = "light",
    size: Size = "wide",
) -> Chart:
    """The picture of these places in the classes of `scale`, with the legend above."""
    canvas = Canvas(title, subtitle, note, look, size, left=0, right=0, bottom=4)
    placed = _placed(places, 4 if size == "narrow" else 6)
    columns = max((c for _, c in placed), default=0) + 1
    rows = max((r for r, _ in placed), default=0) + 1
    side = min(canvas.plot / columns, 108.0)
    tall = 76.0 if side >= 84 else 70.0
    legend = legend_of(canvas, scale, english)
    palette = canvas.palette
    squares: list[Json] = []
    dark: list[Json] = []
    pale: list[Json] = []
    for place, (r, c) in zip(places, placed, strict=True):
        x, y = c * side, legend + r * tall
        at = scale.of(place.value) if place.value is not None and scale.classes else None
        squares.append(
            {
                "x": x, "x2": x + side - GAP, "y": y, "y2": y + tall - GAP, "none": at is None,
                "fill": palette.paper if at is None else palette.ramp[at],
            }
        )  # fmt: skip
        into = dark if at is not None and at >= 2 else pale
        middle = x + (side - GAP) / 2
        into.append({"x": middle, "y": y + 19, "t": _cut(place.name, side - GAP - 6), "bold": True})
        into.append({"x": middle, "y": y + 38, "t": _cut(brief(place.shown), side - GAP - 4), "bold": False})
        if at is not None:
            into.append({"x": middle, "y": y + 57, "t": scale.classes[at].mark, "bold": False})
    for none, dash in ((False, [1, 0]), (True, [4, 3])):
        canvas.layers.append(
            {
                "data": {"values": [s for s in squares if s["none"] is none]},
                "mark": {"type": "rect", "stroke": palette.edge, "strokeWidth": 1, "strokeDash": dash},
                "encoding": {
                    "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                    "x2": {"field": "x2"},
                    "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                    "y2": {"field": "y2"},
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                },
            }
        )
    for values, ink in ((pale, palette.ink), (dark, palette.on_act)):
        for bold in (True, False):
            some = [v for v in values if v["bold"] is bold]
            canvas.text(some, align="center", fill=ink, fontWeight=600 if bold else 400)
    said = "Schematic map, not boundaries. " if english else "示意图，不是行政区划界线。"
    table = table_of(places, scale, english)
    return canvas.draw(legend + rows * tall, table, said + listed(places, english))


def legend_of(canvas: Canvas, scale: Scale, english: bool) -> float:
    """Draw the classes with their words at the top; gives the pixels that it takes."""
    palette = canvas.palette
    x = y = 0.0
    words: list[Json] = []
    swatches: list[Json] = []
    named = [(f"{c.mark} {_in(c.words, english)}", palette.ramp[n]) for n, c in enumerate(scale.classes)]
    for text, fill in [*named, (_in(NONE, english), palette.paper)]:
        wide = 28 + width_of(text, SMALL) + 18
        if x and x + wide - 18 > canvas.plot:
            x, y = 0.0, y + 24
        swatches.append({"x": x, "x2": x + 22, "y": y + 2, "y2": y + 16, "fill": fill})
        words.append({"x": x + 28, "y": y + 9, "t": text})
        x += wide
    canvas.layers.append(
        {
            "data": {"values": swatches},
            "mark": {"type": "rect", "stroke": palette.edge, "strokeWidth": 1},
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "x2": {"field": "x2"},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                "y2": {"field": "y2"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
            },
        }
    )
    canvas.text(words)
    return y + 34


def _placed(places: Sequence[Tile], most: int) -> list[tuple[int, int]]:
    """Row and column of every place: its own, or one after the other in a block that is about square."""
    if all(p.row is not None and p.column is not None for p in places):
        return [(p.row or 0, p.column or 0) for p in places]
    across = min(max(ceil(sqrt(len(places) * 1.5)), 1), most)
    return [divmod(n, across) for n in range(len(places))]


def brief(shown: str) -> str:
    """`87.5%` of `87.5%（35/40）`: what fits into a square."""
    return shown.split("（")[0].split(" (")[0]


def _in(label: Label, english: bool) -> str:
    return label.en if english else label.zh


def _cut(text: str, room: float) -> str:
    """Words that fit, cut with a dot where they do not; the table has them whole."""
    if width_of(text, SMALL) <= room:
        return text
    while text and width_of(text + "…", SMALL) > room:
        text = text[:-1]
    return text + "…"


def table_of(places: Sequence[Tile], scale: Scale, english: bool) -> Rows:
    """The table that says the same: place, figure, class."""
    rows = []
    for place in places:
        one = scale.classes[scale.of(place.value)] if place.value is not None and scale.classes else None
        rows.append((place.name, place.shown, f"{one.mark} {_in(one.words, english)}" if one else "—"))
    head = (NAME.en, FIGURE.en, CLASS.en) if english else (NAME.zh, FIGURE.zh, CLASS.zh)
    return Rows(head, tuple(rows), (False, True, False))


def listed(places: Sequence[Tile], english: bool) -> str:
    """Every place with its figure."""
    return ("; " if english else "；").join(f"{p.name} {p.shown}" for p in places)
