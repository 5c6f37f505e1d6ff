"""A case file as it was known at a moment: which entries count, and as what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Final
from uuid import UUID

from guitu.casefile.entry import Entry

VOID: Final = "void"
"""The kind whose entries withdraw another entry instead of replacing it."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All entries about one person or one unit, in any order; what counts does not depend on it."""

    id: UUID
    entries: tuple[Entry, ...] = ()
    _found: dict[str, tuple[Entry, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )
    """What counts of everything that is known: a page asks for it many times over."""

    def known(self, at: datetime | None = None) -> tuple[Entry, ...]:
        """The entries recorded up to `at` (all, without it), oldest recorded first."""
        known = [e for e in self.entries if at is None or e.recorded_at <= at]
        known.sort(key=_recorded)
        return tuple(known)

    def counted(self, at: datetime | None = None) -> tuple[Entry, ...]:
        """The entries that count as known at `at`: corrected ones as what they were corrected to, withdrawn
        ones not at all. Ordered by the day they happened, then by when they were recorded.

        A correction that is itself withdrawn gives the earlier answer back. A correction of an entry that
        is not (yet) known counts on its own, so entries that arrive out of order lose nothing.
        """
        if at is not None:
            return tuple(sorted(self._standing(at), key=_happened))
        if "counted" not in self._found:
            self._found["counted"] = tuple(sorted(self.standing(), key=_happened))
        return self._found["counted"]

    def standing(self, at: datetime | None = None) -> list[Entry]:
        """The entries that count as known at `at`, as in `counted`, for those who put them in an order of
        their own."""
        if at is not None:
            return self._standing(at)
        if "standing" not in self._found:
            self._found["standing"] = tuple(self._standing())
        return list(self._found["standing"])

    def _standing(self, at: datetime | None = None) -> list[Entry]:
        known = self.entries if at is None else [e for e in self.entries if e.recorded_at <= at]
        plain = [e for e in known if e.corrects is None and e.kind != VOID]
        if len(plain) == len(known):  # most files: nothing to settle
            return plain
        known = self.known(at)
        by_id = {e.id: e for e in known}
        corrections: dict[UUID, list[Entry]] = defaultdict(list)
        for entry in known:
            if entry.corrects is not None and entry.corrects in by_id and entry.corrects != entry.id:
                corrections[entry.corrects].append(entry)
        counted: dict[UUID, Entry] = {}
        for entry in known:
            if entry.kind == VOID or (entry.corrects is not None and entry.corrects in by_id):
                continue
            settled = _settle(entry, corrections, frozenset())
            if settled is not None:
                counted[settled.id] = settled
        return list(counted.values())

    def status(self, at: datetime | None = None) -> dict[UUID, Entry | None]:
        """For every known entry that no longer counts: what it counts as now, or None if it was withdrawn."""
        known = self.known(at)
        standing = {e.id for e in self.counted(at)}
        corrections: dict[UUID, list[Entry]] = defaultdict(list)
        for entry in known:
            if entry.corrects is not None:
                corrections[entry.corrects].append(entry)
        return {
            e.id: _settle(e, corrections, frozenset())
            for e in known
            if e.id not in standing and e.kind != VOID
        }


_recorded = attrgetter("recorded_at", "id.int")
_happened = attrgetter("happened_on", "recorded_at", "id.int")


def _settle(entry: Entry, corrections: dict[UUID, list[Entry]], seen: frozenset[UUID]) -> Entry | None:
    """What `entry` counts as: the last standing correction, None if withdrawn, else itself."""
    seen |= {entry.id}
    for later in reversed(corrections.get(entry.id, [])):
        if later.id in seen:
            continue
        settled = _settle(later, corrections, seen)
        if settled is None:
            continue
        return None if later.kind == VOID else settled
    return entry
