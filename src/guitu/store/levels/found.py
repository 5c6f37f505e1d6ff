"""Units in whose own files something of a rare kind stands, found without looking into every unit's file."""

from __future__ import annotations

from typing import Final, Literal

from guitu.store import engine
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit, tree

Rare = Literal["survey_planned", "printed_figure", "scoreboard_published"]
RARE: Final[frozenset[Rare]] = frozenset({"survey_planned", "printed_figure", "scoreboard_published"})
"""Kinds with an index of their own (migration 0028)."""


@engine.house()
def units_with(kind: Rare, within: Unit | None = None) -> tuple[Unit, ...]:
    """The units with an entry of that kind, at or below a unit, in the order of the tree's codes."""
    assert kind in RARE, kind
    rows = engine.rows(  # the kind stands in the text: only so is its own index used
        "SELECT f.id FROM store_casefile f WHERE f.no IN"
        f" (SELECT e.file FROM store_entry e WHERE e.kind = '{kind}')"
    )
    files = {engine.uuid_of(row[0]) for row in rows}
    if not files:
        return ()
    units = tree()
    some = units.subtree(within) if within is not None else units.by_no.values()
    return tuple(sorted((u for u in some if unit_file_id(u.code) in files), key=lambda u: u.code))
