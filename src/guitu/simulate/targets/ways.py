"""On which ways home which kinds of entry occur, and when: found by living a few, not by a second list.

Which way to try next is drawn by how often it was taken before: a figure that only a rare life counts for is
found after some tries, and then soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Final

from guitu.kernel.errors import unknown_key
from guitu.simulate import histories
from guitu.simulate.targets import lives
from guitu.simulate.targets.lives import Recipe, World
from guitu.simulate.targets.rows import WORKED_OUT

_PROBES: Final = 16
_SLICE: Final = 60  # days: offsets within one slice are tried as one
_HOPE: Final = 3.0  # what an untried slice is worth, in successes
_LEAST: Final = 0.02
_LONG_OVER: Final = 0.05  # how much rarer somebody is whose way ended long ago
_REFRESHED: Final = 16  # draws after which what was told is looked at again

_Slice = tuple[str, int]


class Choice:
    """Ways and days after their beginning, tried and told how it went. `slices` say how likely each is to
    begin with."""

    def __init__(self, slices: Mapping[_Slice, float]) -> None:
        self._slices = list(slices)
        self._base = list(slices.values())
        self._tries = [_HOPE] * len(slices)
        self._taken = [_HOPE] * len(slices)
        self._at = {one: at for at, one in enumerate(self._slices)}
        self._sums: list[float] = []
        self._drawn = 0

    def draw(self, rng: Random) -> tuple[str, int]:
        """A way, and how many days after its beginning the entry is hoped for."""
        if self._drawn % _REFRESHED == 0:
            weights = (
                base * max(_LEAST, taken / tries)
                for base, taken, tries in zip(self._base, self._taken, self._tries, strict=True)
            )
            self._sums = list(accumulate(weights))
        self._drawn += 1
        path, part = rng.choices(self._slices, cum_weights=self._sums)[0]
        return path, part * _SLICE + rng.randrange(_SLICE)

    def told(self, path: str, after: int, *, taken: bool) -> None:
        """How a try went. What was long ago counts less."""
        at = self._at[path, after // _SLICE]
        self._tries[at] = self._tries[at] * 0.97 + 1
        self._taken[at] = self._taken[at] * 0.97 + taken


class Ways:
    """What occurs where, for one province."""

    def __init__(self, world: World) -> None:
        self._found: dict[str, dict[_Slice, float]] = {}
        village = min(world.homes)
        start = world.today - timedelta(days=4200)
        for path in histories.PATHS:
            for number in range(_PROBES):
                recipe = Recipe(number, path, start.toordinal(), village, village)
                for fact in lives.live(recipe, world).facts:
                    slices = self._found.setdefault(fact.kind, {})
                    slice_ = (path, (fact.day - start).days // _SLICE)
                    slices[slice_] = slices.get(slice_, 0) + 1

    def __contains__(self, kind: object) -> bool:
        return kind in self._found

    def first(self, kind: str) -> int:
        """How early on some way it first occurs, in days."""
        slices = self._found.get(kind)
        return min((part for _, part in slices), default=0) * _SLICE if slices else 0

    def choice(self, kind: str) -> Choice:
        """What to try for a kind; for "" or what an assessment works out, any way at any time."""
        if kind in self._found:
            return Choice(self._found[kind])
        if kind and kind not in WORKED_OUT:
            raise unknown_key(kind, self._found, where="ways")
        return Choice(_any(histories.PATHS))


def _any(paths: Iterable[str]) -> dict[_Slice, float]:
    return {(path, part): 1.0 for path in paths for part in range(0, 18, 3)}


def beginnings(years: int) -> Choice:
    """Ways as people take them, and how many days ago they began."""
    parts = years * 365 // _SLICE
    weights: dict[_Slice, float] = {}
    for path, (_, weight, span) in histories.PATHS.items():
        for part in range(parts):
            weights[path, part] = weight * _SLICE / span * (1.0 if part * _SLICE < span else _LONG_OVER)
    return Choice(weights)
