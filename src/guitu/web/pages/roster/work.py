"""Looks for a proposal away from the request, so that the planner may go on; what it found is one step of the
draft, which can be taken back like any other. How far it is, is told through the cache that all server
processes share."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.cache import caches

from guitu.kernel.labels import Label
from guitu.store import engine, rosters
from guitu.web import background, clock

if TYPE_CHECKING:
    from guitu.rostering.solve import Progress

SECONDS: Final = 20.0
"""What a proposal may take."""
KEPT: Final = 3600

_log = logging.getLogger("guitu.roster")


@dataclass(frozen=True, slots=True)
class Search:
    """How far a search is: seconds gone of so many, what was found, and why a post cannot be held."""

    state: str
    gone: float
    of: float
    whole: bool = False
    cells: int = 0
    why: tuple[Label, ...] = ()


def search_of(id: UUID) -> Search | None:
    """The last that is known of the search for a roster; None if there is none, or it broke off."""
    found: Search | None = caches["shared"].get(_key(id))
    if found is not None and found.state == "running" and background.beat_of(_beat(id)) is None:
        return None
    return found


def stop(id: UUID) -> None:
    """Ask the search to leave off; the best so far is taken."""
    caches["shared"].set(f"{_key(id)}:stop", True, 120)


def begin(id: UUID, *, by: str, seconds: float = SECONDS, seed: int = 1) -> threading.Thread | None:
    """Start to look for a roster; None if somebody else just did."""
    running = search_of(id)
    if running is not None and running.state == "running":
        return None
    caches["shared"].delete(f"{_key(id)}:stop")
    pulse = background.Pulse(_beat(id))
    pulse.beat()
    _tell(id, Search("running", 0, seconds))
    return background.begin(lambda: _run(id, by, seconds, seed, pulse), f"roster {id}")


@engine.house()  # of its own thread; whether this roster may be planned, the page has asked
def _run(id: UUID, by: str, seconds: float, seed: int, pulse: background.Pulse) -> None:
    pulse.start()
    try:
        _tell(id, look(id, by=by, seconds=seconds, seed=seed, now=clock.now()))
    except Exception:
        _log.exception("roster %s", id)
        _tell(id, Search("broken", 0, seconds))
    finally:
        pulse.stop()


def look(id: UUID, *, by: str, seconds: float, seed: int, now: datetime, rounds: int | None = None) -> Search:
    """Look for a roster and put it into the draft."""
    draft = rosters.draft(id)
    assert draft is not None, "a roster is never deleted"

    from guitu.rostering.explain import explain  # half of a server's start, and no other page needs it
    from guitu.rostering.solve import solve

    def told(progress: Progress) -> None:
        _tell(id, Search("running", progress.seconds, seconds))

    def asked_to_stop() -> bool:
        return bool(caches["shared"].get(f"{_key(id)}:stop"))

    found = solve(
        draft.problem, seconds=seconds, seed=seed, workers=2, rounds=rounds, told=told, stop=asked_to_stop
    )
    keys = draft.roster.cells.keys() | found.roster.cells.keys()
    changed = rosters.change(id, {k: found.roster.cells.get(k) for k in keys}, "proposal", by=by, now=now)
    why = () if found.complete else tuple(w.says for w in explain(draft.problem, found.roster, most=3))
    return Search("done", found.seconds, seconds, found.complete, changed, why)


def _tell(id: UUID, search: Search) -> None:
    caches["shared"].set(_key(id), search, KEPT)


def _key(id: UUID) -> str:
    return f"roster:{id}"


def _beat(id: UUID) -> str:
    return f"roster-beat:{id}"
