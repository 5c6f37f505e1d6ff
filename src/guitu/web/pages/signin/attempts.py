"""How many wrong passwords in a row: five, then a pause, by account and by where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches

from guitu.web.clock import ticks

MOST: Final = 5
PAUSE_MINUTES: Final = 15


@dataclass(frozen=True, slots=True)
class Attempts:
    """One account's recent failures from one place: tries left, and until when it is locked."""

    left: int
    locked_until: float | None = None


def _key(username: str, address: str) -> str:
    return "signin-" + hashlib.sha256(f"{username.casefold()}\0{address}".encode()).hexdigest()


def look(username: str, address: str) -> Attempts:
    """How things stand before an attempt."""
    failed, last = caches["shared"].get(_key(username, address), (0, 0.0))
    until = last + PAUSE_MINUTES * 60
    if failed >= MOST and until > ticks():
        return Attempts(0, until)
    return Attempts(max(0, MOST - failed))


def failed(username: str, address: str) -> Attempts:
    """Count one more failure."""
    cache, key = caches["shared"], _key(username, address)
    before, _last = cache.get(key, (0, 0.0))
    cache.set(key, (before + 1, ticks()), PAUSE_MINUTES * 60)
    return look(username, address)


def succeeded(username: str, address: str) -> None:
    """Forget earlier failures."""
    caches["shared"].delete(_key(username, address))
