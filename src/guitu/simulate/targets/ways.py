"""On which ways home which kinds of entry occur, and when: found by living a few, not by a second list.

Which way to try next is drawn by how often it was taken before: a figure that only a rare life counts for is
found after some tries, and then soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
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

_Slice = tuple[str, int]


class Choice:
    """Ways and days after their beginning, tried and told how it went."""

    def __init__(self, slices: Mapping[_Slice, int]) -> None:
        self._slices = list(slices)
        self._tries = [_HOPE] * len(slices)
        self._taken = [_HOPE] * len(slices)
        self._at = {one: at for at, one in enumerate(self._slices)}

    def draw(self, rng: Random) -> tuple[str, int]:
        """A way, and how many days after its beginning the entry is hoped for."""
        weights = [max(_LEAST, t / n) for t, n in zip(self._taken, self._tries, strict=True)]
        path, part = self._slices[rng.choices(range(len(weights)), weights)[0]]
        return path, part * _SLICE + rng.randrange(_SLICE)

    def told(self, path: str, after: int, *, taken: bool) -> None:
        """How a try went. What was long ago counts less."""
        at = self._at[path, after // _SLICE]
        self._tries[at] = self._tries[at] * 0.97 + 1
        self._taken[at] = self._taken[at] * 0.97 + taken


class Ways:
    """What occurs where, for one province."""

    def __init__(self, world: World) -> None:
        self._found: dict[str, dict[_Slice, int]] = {}
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


def _any(paths: Iterable[str]) -> dict[_Slice, int]:
    return {(path, part): 1 for path in paths for part in range(0, 18, 3)}
