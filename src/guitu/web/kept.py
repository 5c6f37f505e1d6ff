"""Pages that were written out before, for as long as everything they are made of is the same.

A page is a function of what the store answered and of who reads it in what way. Both are the key, compared
whole: whatever has changed makes another key, so a kept page is never an old one. Kept in this process's
memory only, and never more than a few dozen megabytes of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from guitu.kernel.lately import Lately

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


_pages: Final = Lately[Hashable, Kept](MOST_BYTES, lambda one: len(one.html))

MOST_KNOWN: Final = 4096
_known: Final = Lately[int, bool](MOST_KNOWN)


def known(sign: int) -> bool:
    """Whether a page of that sign (its hash) was shown lately; from now on it was."""
    before = _known.get(sign) is not None
    _known.keep(sign, True)
    return before


def page(key: Hashable) -> Kept | None:
    """The page that was kept under that key."""
    return _pages.get(key)


def keep(key: Hashable, html: bytes, *beside: object) -> None:
    """Keep a page; those not asked for longest go when there are too many."""
    _pages.keep(key, Kept(html, beside))


def forget() -> None:
    """Keep nothing."""
    _pages.forget()
    _known.forget()
