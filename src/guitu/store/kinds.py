"""The declared kinds as a table, for the database's own lock: it must know which compartment an entry is of.

The skeleton of a file is what its assessment and its place are worked out from. Whoever sees the file sees
it, without what is sealed in it; entries of other kinds are there only for those who hold their compartment.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from guitu.casefile.records import TELLING, UNSEALED
from guitu.compose import kinds
from guitu.store import engine, scope

COLUMNS: Final = ("name", "compartment", "skeleton")
COUNTS: Final = frozenset({"person", "void"})
"""Kinds that say whose file it is, and what in it counts."""

RECORD: Final = TELLING | {UNSEALED}
"""Kinds that say whether the file is sealed, closed, erased or merged: without them nobody is refused it."""


@cache
def skeleton() -> frozenset[str]:
    """The names of the kinds of the skeleton: those that rules read, and those that say who holds the
    file and how far its hand-over has come."""
    from guitu.home.handover.baton import STEPS
    from guitu.store.placing import PLACING
    from guitu.store.projections.compute import OUT_BY

    read = {name for name, kind in kinds().items() if kind.general}
    return COUNTS | read | PLACING | OUT_BY | STEPS | RECORD


def hidden(kind: str, seen_by: scope.Scope) -> bool:
    """Whether entries of that kind are not there for this scope: the policy of `store_entry`, for SQLite."""
    return kind not in skeleton() and not seen_by.opens(kinds()[kind].compartment)


@lru_cache(maxsize=256)
def among(names: frozenset[str]) -> tuple[str, tuple[object, ...]]:
    """The condition that a row's kind is one of these, told by the shorter of two lists, and its values. A
    kind that nothing declares any more may come through by the other list: whoever reads looks again."""
    others = kinds().keys() - names
    if len(others) < len(names):
        return f"kind NOT IN ({engine.marks(len(others))})", tuple(sorted(others))
    return f"kind IN ({engine.marks(len(names))})", tuple(sorted(names))


def tell_the_database() -> None:
    """Bring the table to the declared kinds."""
    wanted = {(name, kind.compartment, name in skeleton()) for name, kind in kinds().items()}
    there = {(r[0], r[1], bool(r[2])) for r in engine.rows(f"SELECT {', '.join(COLUMNS)} FROM store_kind")}
    if wanted == there:
        return
    with engine.writing():
        engine.execute("DELETE FROM store_kind")
        engine.insert("store_kind", COLUMNS, sorted(wanted))
