"""Who was ever reached: every town, village, school and firm with its last event, and those without any.

An event counts for the place that it names and all places above it; one that names no place counts for the
unit in whose file it stands. Online and broadcast events reach no place in particular and are left out, and
so are days still to come. Audiences are person-times; an audience that nobody counted is not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.levels.outreach.chains import Chains, over

NOWHERE: Final = frozenset({"online", "broadcast"})
"""Forms of events that are held at no place."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What was held for one place or organisation since a day: how often, for how many, and the last ever."""

    events: int = 0
    audience: int = 0
    last: date | None = None


def of_places(
    events: Iterable[Entry], path_of: Callable[[Entry], tuple[str, ...]], since: date, on: date
) -> dict[str, Reached]:
    """By the code of every place that was reached: what was held in it and below it since a day, and the last
    day ever. `path_of` gives the codes from the top down to the place of an event."""
    found: dict[str, Reached] = {}
    for entry in events:
        if entry.get("form") in NOWHERE or entry.happened_on > on:
            continue
        for code in path_of(entry):
            found[code] = _more(found.get(code, Reached()), entry, since)
    return found


def of_targets(chains: Chains, since: date, on: date) -> tuple[tuple[Entry, Reached], ...]:
    """Every school and firm on the list that has not ended, the never reached first, then the longest ago."""
    held: Mapping[str, list[Entry]] = chains.answering("outreach_event", "target")
    found = []
    for target in chains.of("outreach_target"):
        if over(target, on):
            continue
        reached = Reached()
        for entry in held.get(chains.first(target.id), ()):
            if entry.happened_on <= on:
                reached = _more(reached, entry, since)
        found.append((target, reached))
    return tuple(sorted(found, key=lambda pair: (pair[1].last or date.min, str(pair[0].get("name")))))


def _more(so_far: Reached, entry: Entry, since: date) -> Reached:
    day = entry.happened_on
    last = day if so_far.last is None else max(so_far.last, day)
    if day < since:
        return Reached(so_far.events, so_far.audience, last)
    audience = entry.get("audience")
    return Reached(so_far.events + 1, so_far.audience + (audience if isinstance(audience, int) else 0), last)
