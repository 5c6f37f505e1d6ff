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
from guitu.simulate.targets import lives
from guitu.simulate.targets.lives import OPENED, Recipe
from guitu.simulate.targets.people import Planner
from guitu.simulate.targets.ways import beginnings

_YEARS: Final = 9  # how long ago somebody's way may have begun
_TRIES: Final = 40
_FAULTY: Final = 0.02  # share of people with a planted fault


def background(planner: Planner, people: int) -> Iterator[Recipe]:
    """So many more people, one after the other: none of them is kept here."""
    rng = Random(f"{planner.frame.world.seed}/background")
    choice = beginnings(_YEARS)
    today = planner.frame.world.today
    for place in range(people):
        if rng.random() < _FAULTY:
            name = FAULTS[place % len(FAULTS)].name
            recipe = _planted(planner, name)
            if recipe is not None:
                yield recipe
                continue
        for _ in range(_TRIES):
            path, ago = choice.draw(rng)
            recipe = planner.new(path, today - timedelta(days=1 + ago))
            taken = lives.grown_up(recipe, planner.frame.world) and _uncounted(planner, recipe)
            choice.told(path, ago, taken=taken)
            if taken:
                break
        else:
            recipe = planner.new(OPENED, today - timedelta(days=1))
        yield recipe


def _planted(planner: Planner, name: str) -> Recipe | None:
    world = planner.frame.world
    recipe = planner.new(name, world.today - timedelta(days=1))
    recipe.fault = name
    facts = lives.live(recipe, world).facts
    if not facts or not lives.grown_up(recipe, world, facts[0].day.toordinal()):
        return None
    return recipe if _uncounted(planner, recipe) else None


def _uncounted(planner: Planner, recipe: Recipe) -> bool:
    """Whether somebody leaves every figure as it is."""
    found = planner.tried(recipe, None)
    return found is not None and planner.leaves_rates(found[1])
