"""Erasure: destroying keys of one file. What they sealed can never be read again, here or in any copy of the
database made afterwards, and every chain still verifies, for it covers the ciphertext.

What remains: that there was a file, its number, its chain, what rules read in the open (kinds, days,
choices), and the record of the destruction, which is never changed. What is worked out from what is gone goes
with it. What copies made before hold, only their own deletion ends: docs/how-to/keys.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from guitu.access import Actor
from guitu.store import casefiles, clock, engine, memory
from guitu.store.apart import file_id
from guitu.store.keys import provider

PEOPLE: Final = ("store_personkey", "store_oldnumber", "store_recentfile")
"""Tables whose rows of a file go with its identity."""


COMPLAINTS: Final = "legal"
"""The compartment whose end takes the person's complaints along, which stand in a file of their own."""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A key that is gone: of which compartment, when, by whom, and why."""

    compartment: str
    at: datetime
    actor: str
    reason: str


@engine.house()
def erase(
    file: UUID, compartments: Iterable[str] | None = None, *, actor: Actor, reason: str, now: datetime
) -> tuple[str, ...]:
    """Destroy the keys of these compartments of a file, of all for None; those that were there. All or
    nothing, inside the caller's transaction if there is one.

    That it is lawful, and that two officers want it, the caller has seen to.
    """
    with engine.writing(), engine.overwritten():
        held = casefiles.by_ids([file], lock=True)[file]
        there = engine.rows(
            "SELECT compartment FROM store_filekey WHERE file = %s ORDER BY compartment", [held.no]
        )
        wanted = None if compartments is None else frozenset(compartments)
        gone = tuple(r[0] for r in there if wanted is None or r[0] in wanted)
        engine.execute_many(
            "DELETE FROM store_filekey WHERE file = %s AND compartment = %s", [(held.no, c) for c in gone]
        )
        told = provider().hidden(file, reason)
        engine.insert(
            "store_keydestroyed",
            ("file", "compartment", "at_ms", "actor", "reason"),
            [(held.no, c, clock.milliseconds(now), actor.name, told) for c in gone],
        )
        if wanted is None or "identity" in wanted:
            for table in PEOPLE:
                engine.execute(f"DELETE FROM {table} WHERE file = %s", [held.no])
            engine.execute(
                "UPDATE store_person SET keys = '', sealed = %s, id_blind = NULL WHERE file = %s",
                [b"", held.no],
            )
        if wanted is None or COMPLAINTS in wanted:
            apart = file_id(file)
            if casefiles.by_ids([apart]):
                erase(apart, None, actor=actor, reason=reason, now=now)
        memory.new_edition()
        transaction.on_commit(memory.drop)
    return gone


@engine.house()
def destroyed(file: UUID) -> tuple[Destroyed, ...]:
    """What was destroyed of a file, in that order."""
    found = engine.rows(
        "SELECT d.compartment, d.at_ms, d.actor, d.reason FROM store_keydestroyed d"
        " JOIN store_casefile f ON f.no = d.file WHERE f.id = %s ORDER BY d.id",
        [engine.key(file)],
    )
    guard = provider()
    return tuple(Destroyed(c, clock.moment(ms), who, guard.opened(bytes(why))) for c, ms, who, why in found)
