"""Everybody else: people whom no figure of the file counts, and among them the planted faults.

A way is tried and asked what it would count for; whoever would change a printed figure is not let in. Where
the figures leave hardly any room (a whole province's admissions up to yesterday), what remains are people
whose way lies before or after, and at last files that were only just opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from guitu.simulate.faults import FAULTS
from guitu.simulate.life import Life
from guitu.simulate.targets import lives
from guitu.simulate.targets.lives import OPENED, Recipe
from guitu.simulate.targets.people import Planner
from guitu.simulate.targets.ways import Choice, beginnings

_YEARS: Final = 9  # how long ago somebody's way may have begun
_TRIES: Final = 40
_FAULTY: Final = 0.02  # share of people with a planted fault


def background(planner: Planner, people: int) -> Iterator[tuple[Recipe, Life]]:
    """So many more people with their lives, one after the other: none of them is kept here."""
    rng = Random(f"{planner.frame.world.seed}/background")
    choice = beginnings(_YEARS)
    for place in range(people):
        found = None
        if rng.random() < _FAULTY:
            found = _planted(planner, FAULTS[place % len(FAULTS)].name)
        yield found or _ordinary(planner, choice, rng)


def _ordinary(planner: Planner, choice: Choice, rng: Random) -> tuple[Recipe, Life]:
    today = planner.frame.world.today
    for _ in range(_TRIES):
        path, ago = choice.draw(rng)
        recipe = planner.new(path, today - timedelta(days=1 + ago))
        life = _uncounted(planner, recipe)
        choice.told(path, ago, taken=life is not None)
        if life is not None:
            return recipe, life
    recipe = planner.new(OPENED, today - timedelta(days=1))
    return recipe, lives.live(recipe, planner.frame.world)


def _planted(planner: Planner, name: str) -> tuple[Recipe, Life] | None:
    recipe = planner.new(name, planner.frame.world.today - timedelta(days=1))
    recipe.fault = name
    life = _uncounted(planner, recipe)
    return None if life is None else (recipe, life)


def _uncounted(planner: Planner, recipe: Recipe) -> Life | None:
    """The life of somebody who leaves every figure as it is; None of one who would not."""
    found = planner.tried(recipe, None)
    return found[0] if found is not None and planner.leaves_rates(found[1]) else None
