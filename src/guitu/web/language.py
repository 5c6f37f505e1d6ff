"""Which language this reader has chosen: one variable, because a page asks for it thousands of times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

CHINESE: Final = "zh-hans"
ENGLISH: Final = "en"

_SPOKEN: Final[ContextVar[str]] = ContextVar("language", default=CHINESE)

spoken = _SPOKEN.get
"""The language of this request: CHINESE unless somebody chose otherwise."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in that language for as long as this lasts."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)
