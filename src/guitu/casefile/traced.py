"""Entries with their corrections settled, in which an answer finds what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from guitu.casefile.entry import Entry
from guitu.casefile.file import CaseFile


class Traced:
    """Entries with their corrections settled, in which an answer finds what it answers although that was
    corrected since. The entries may be of several files."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._known = tuple(entries)
        self._by_id = {e.id: e for e in self._known}
        self._before = {e.id: e.corrects for e in self._known if e.corrects is not None}

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The entries that count."""
        return CaseFile(UUID(int=0), self._known).counted()

    @cached_property
    def _counting(self) -> frozenset[str]:
        return frozenset(self.first(entry.id) for entry in self.counted)

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

    def withdrawn(self, identifier: object) -> bool:
        """Whether this names an entry that was withdrawn, itself or what it was corrected to; what is not
        here was not."""
        try:
            if UUID(str(identifier)) not in self._by_id:
                return False
        except ValueError:
            return False
        return bool(self._before) and self.first(identifier) not in self._counting

    def as_written(self, entry: Entry) -> Entry:
        """What the entry said before any correction; the entry itself where it is none."""
        return self._by_id.get(UUID(self.first(entry.id)), entry)


def own_id(root: UUID, entry: Entry) -> UUID:
    """What a list or a supply is referred to by: the id it was brought with (`own_id`), or that of its first
    entry."""
    try:
        return UUID(str(entry.get("own_id")))
    except ValueError:
        return root
