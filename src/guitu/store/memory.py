"""What this process has kept in memory to be quick, and how all of it goes at once when somebody's keys are
destroyed.

Kept lists, files and pages are found again only under what the store answers now, so nothing erased is ever
shown. This is about what would still lie in memory. Whoever destroys a key changes a number that every
request reads with its session; a process that finds it changed keeps nothing of what it had.
"""

from __future__ import annotations

import secrets
import sys
from typing import Final

from guitu.store import engine

_NAME: Final = "erased"
EDITION: Final = f"(SELECT last FROM store_counter WHERE name = '{_NAME}')"
"""The number, for those who read it along with something else and tell `looked`."""

_seen: int | None = None


def new_edition() -> None:
    """Tell every process, once this transaction is done. A random number: a count could come back after a
    rollback."""
    engine.execute(
        "INSERT INTO store_counter (name, last) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        [_NAME, secrets.randbits(62) + 1],
    )


def looked(edition: int | None) -> None:
    """That is the number now."""
    global _seen
    if edition != _seen:
        if _seen is not None or edition is not None:
            drop()
        _seen = edition


def drop() -> None:
    """Keep nothing: files, pages, and the answers of every function of ours that remembers its answers."""
    for name, module in [*sys.modules.items()]:
        if name != "guitu" and not name.startswith("guitu."):
            continue
        for thing in [*vars(module).values()]:
            if callable(clear := getattr(thing, "cache_clear", None)) and thing.__module__ == name:
                clear()
    for name in ("guitu.store.read.kept", "guitu.web.kept", "guitu.store.keys"):
        if name in sys.modules:
            sys.modules[name].forget()
