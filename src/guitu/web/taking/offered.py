"""Whether the page that is being written offers its lists, and under which address. One variable, because a
component knows nothing of the request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

TAKE: Final = "take"
"""What an address carries that asks for the file: an ending."""
LIST: Final = "take-list"
"""Which of the page's lists, by its id."""
ENDINGS: Final = ("xlsx", "csv")

_OFFERED: Final[ContextVar[str]] = ContextVar("offered", default="")

offered = _OFFERED.get
"""The address of the page that offers its lists; empty where it does not."""


@contextmanager
def offering(path: str) -> Iterator[None]:
    """Offer the lists under that address for as long as this lasts."""
    before = _OFFERED.set(path)
    try:
        yield
    finally:
        _OFFERED.reset(before)


def asked_for(query: str) -> bool:
    """Whether a query asks for a file; reads no more of it than it must, because every request asks."""
    return TAKE in query and any(name == TAKE for name, _ in parse_qsl(query))


@lru_cache(maxsize=512)
def narrowed(path: str) -> tuple[tuple[str, str], ...]:
    """The list's own choices in an address: without its page, and without what asks for a file."""
    pairs = parse_qsl(urlsplit(path).query)
    return tuple(pair for pair in pairs if pair[0] not in {"page", "size", TAKE, LIST})


def address(path: str, list_id: str, ending: str) -> str:
    """The list of the page at `path` as a file, from that page."""
    return f"?{urlencode((*narrowed(path), (LIST, list_id), (TAKE, ending)))}"
