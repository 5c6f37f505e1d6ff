"""Work that is longer than a request, in a thread beside it: its signs of life, which every server process
sees, and how far it has come.

The signs go through the cache that all server processes share. Work that has not been heard of for a while
was killed with its server; whoever shows it says so and lets it be started again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches
from django.db import connections

BEAT: Final = 1.0
SILENT_FOR: Final = 30.0
"""Seconds between signs of life; and without one, after which work that was running counts as interrupted."""
KEPT_FOR: Final = 24 * 60 * 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Beat:
    """How far running work was at its last sign of life. `seconds` is how long this run has taken."""

    done: int
    total: int
    seconds: float
    at: float

    @property
    def left(self) -> int | None:
        """About how many seconds it will still take; None while that is anybody's guess."""
        if self.seconds < 2 or not self.done or self.done >= self.total:
            return None
        return max(1, round(self.seconds * (self.total - self.done) / self.done))


def beat_of(key: str) -> Beat | None:
    """The last sign of life of this work; None if there is none, or it is too long ago."""
    beat: Beat | None = caches["shared"].get(key)
    return beat if beat is not None and time.time() - beat.at < SILENT_FOR else None


def begin(work: Callable[[], None], name: str) -> threading.Thread:
    """Do this in a thread of its own, which does not keep the server from stopping. `work` catches what goes
    wrong; its connections to the database are closed after it."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


class Pulse:
    """Tells all server processes, once a second, that something is being worked on and how far it is."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._done = self._total = 0
        self._began = time.monotonic()
        self._over = threading.Event()

    def at(self, done: int, total: int) -> None:
        """So much of so much is done; told with the next beat."""
        self._done, self._total = done, total

    def far(self) -> tuple[int, int]:
        """How much of how much is done."""
        return self._done, self._total

    def start(self) -> None:
        """Beat until it is over."""
        threading.Thread(target=self._keep_on, daemon=True).start()

    def _keep_on(self) -> None:
        while not self._over.wait(BEAT):
            self.beat()

    def beat(self) -> None:
        """One sign of life."""
        beat = Beat(*self.far(), time.monotonic() - self._began, time.time())
        caches["shared"].set(self._key, beat, KEPT_FOR)

    def stop(self) -> None:
        """No more."""
        self._over.set()
        caches["shared"].delete(self._key)
