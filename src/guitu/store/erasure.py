"""Erasure: destroying the keys of one file, and everything readable that was worked out from it."""

from __future__ import annotations

from uuid import UUID

from guitu.store import casefiles, engine
from guitu.store.read import kept


def erase(file: UUID) -> int:
    """Destroy the keys of this file, inside the caller's transaction; how many there were. What they sealed
    can never be read again, and its chain still verifies."""
    held = casefiles.by_ids([file], lock=True)[file]
    gone = engine.execute("DELETE FROM store_filekey WHERE file = %s", [held.no])
    for table in ("store_personkey", "store_oldnumber"):
        engine.execute(f"DELETE FROM {table} WHERE file = %s", [held.no])
    engine.execute(
        "UPDATE store_person SET name = '', keys = '', id_tail = '', id_blind = NULL WHERE file = %s",
        [held.no],
    )
    kept.forget()
    return gone
