"""The ids of entries that were refused: what was refused once stays out, also when a call that was held up on
its way brings it again after the reason has gone. Its writer has been told, and may have written it anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from guitu.store import clock, engine


@engine.house()
def stands(entry: UUID, author: str) -> bool:
    """Whether this author's entry of that id was refused."""
    found = engine.row(
        "SELECT 1 FROM store_refusedentry WHERE id = %s AND author = %s", [engine.key(entry), author]
    )
    return found is not None


@engine.house()
def keep(entry: UUID, author: str, now: datetime) -> None:
    """Remember that it was."""
    engine.insert(
        "store_refusedentry",
        ("id", "author", "at_ms"),
        [(entry.hex, author, clock.milliseconds(now))],
        more="ON CONFLICT (id) DO NOTHING",
    )
