"""How far it is from one village to another: along the ground by a great circle, longer by what roads wind,
and how long that takes. No map is needed; whoever drives there knows the road."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place by its degrees, north and east positive."""

    lat: float
    lon: float


def straight_km(a: Point, b: Point) -> float:
    """Kilometres along a great circle."""
    lat, lon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    part = sin(lat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(part)))


@dataclass(frozen=True, slots=True)
class Roads:
    """How roads run: `detour` per cent longer than the straight line, driven at `speed` km/h."""

    detour: int = 30
    speed: int = 30

    def metres(self, a: Point, b: Point) -> int:
        """Metres by road, whole."""
        return round(straight_km(a, b) * (100 + self.detour) * 10)

    def minutes(self, metres: int) -> int:
        """Minutes for so many metres, rounded up."""
        return -(-metres * 60 // (self.speed * 1000))
