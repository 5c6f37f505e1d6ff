"""Pages that were written out before, for as long as everything they are made of is the same.

A page is a function of what the store answered and of who reads it in what way. Both are the key, compared
whole: whatever has changed makes another key, so a kept page is never an old one. Kept in this process's
memory only, and never more than a few dozen megabytes of it.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final

MOST_BYTES: Final = 24 * 1024 * 1024

MARK: Final = secrets.token_hex(24)
"""Stands in a kept page where each answer has its own form token. Nobody can guess it into a page."""

MADE: Final = secrets.token_hex(24)
"""Stands in a kept page where each answer says when it was made."""

FRESH: Final = secrets.token_hex(24)
"""Stands, with a number, in a kept page where each answer has the id of what its form will record."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page written out, with what else goes with it: `beside` is its keeper's own."""

    html: bytes
    beside: tuple[object, ...] = ()


_pages: OrderedDict[Hashable, Kept] = OrderedDict()
_bytes = 0
_lock: Final = Lock()


MOST_KNOWN: Final = 4096
_known: OrderedDict[int, None] = OrderedDict()


def known(sign: int) -> bool:
    """Whether a page of that sign (its hash) was shown lately; from now on it was."""
    with _lock:
        if sign in _known:
            _known.move_to_end(sign)
            return True
        _known[sign] = None
        while len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
        return False


def page(key: Hashable) -> Kept | None:
    """The page that was kept under that key."""
    with _lock:
        found = _pages.get(key)
        if found is not None:
            _pages.move_to_end(key)
        return found


def keep(key: Hashable, html: bytes, *beside: object) -> None:
    """Keep a page; those not asked for longest go when there are too many."""
    global _bytes
    with _lock:
        before = _pages.pop(key, None)
        _bytes += len(html) - (len(before.html) if before else 0)
        _pages[key] = Kept(html, beside)
        while _bytes > MOST_BYTES:
            _bytes -= len(_pages.popitem(last=False)[1].html)


def forget() -> None:
    """Keep nothing."""
    global _bytes
    with _lock:
        _pages.clear()
        _known.clear()
        _bytes = 0
