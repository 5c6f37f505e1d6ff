"""Entries of units' files with their corrections settled, in which an answer finds what it answers although
that was corrected since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from guitu.casefile import CaseFile, Entry


class Chains:
    """Entries, of one file or several. `counted` are those that stand, in the order of their days."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = tuple(entries)
        self._before = {e.id: e.corrects for e in known if e.corrects is not None}
        self.counted = CaseFile(UUID(int=0), known).counted()
        self._standing = {self.first(e.id): e for e in self.counted}

    def first(self, identifier: object) -> str:
        """The entry that this one goes back to: the same for all its corrections."""
        try:
            at = UUID(str(identifier))
        except ValueError:
            return str(identifier)
        seen = {at}
        while (before := self._before.get(at)) is not None and before not in seen:
            seen.add(at := before)
        return str(at)

    def standing(self, identifier: object) -> Entry | None:
        """What stands now of the entry with that id or of its corrections; None if nothing does."""
        return self._standing.get(self.first(identifier)) if identifier else None

    def of(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one kind that stand."""
        return tuple(e for e in self.counted if e.kind == kind)

    def answering(self, kind: str, name: str = "to") -> dict[str, list[Entry]]:
        """The entries of a kind by the first id of what they name in that field."""
        found: dict[str, list[Entry]] = {}
        for entry in self.of(kind):
            if to := entry.get(name):
                found.setdefault(self.first(to), []).append(entry)
        return found


def over(entry: Entry, on: date) -> bool:
    """Whether its `until` has come."""
    until = entry.get("until")
    return isinstance(until, date) and until <= on
