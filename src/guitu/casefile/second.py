"""Which entries take a second officer: what restricts liberty or changes it, and what takes such an entry, or
one that set somebody free, back. What sets somebody free never waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from guitu.casefile.entry import Entry
from guitu.casefile.file import VOID
from guitu.casefile.kind import Kind

SECOND: Final = "second:"
"""What the source of an entry begins with that a second officer approved; then their account, a blank, and
the proposal."""

MOVED: Final = "moved:"
"""What the source of an entry begins with that was recorded anew in another file; then the entry it was."""


def second_of(source: str) -> str:
    """The account that approved an entry, by its source; empty if none did."""
    return source.removeprefix(SECOND).partition(" ")[0] if source.startswith(SECOND) else ""


def needs_second(entry: Entry, known: Mapping[str, Kind], earlier: Mapping[UUID, Entry]) -> bool:
    """Whether this entry waits for a second officer. `earlier` are the entries of its file by id.

    A correction or withdrawal waits if what it is about was countersigned, or set somebody free: either may
    put somebody back under a measure. What two people
    signed, such as a panel's assessment, is not altered by one.
    """
    about = _about(entry, earlier)
    if about is not None:
        kind = known[about.kind]
        signed = bool(second_of(about.source))
        return signed or kind.countersigned or bool(kind.act) or kind.frees(about.fields)
    kind = known[entry.kind]
    return bool(kind.act) or (kind.countersigned and not kind.frees(entry.fields))


def _about(entry: Entry, earlier: Mapping[UUID, Entry]) -> Entry | None:
    """The first entry that a correction or withdrawal goes back to; None for an entry of its own."""
    seen: set[UUID] = set()
    found: Entry | None = None
    named = entry.corrects
    while named is not None and named in earlier and named not in seen:
        seen.add(named)
        found = earlier[named]
        named = found.corrects
    return found if found is not None and found.kind != VOID else None
