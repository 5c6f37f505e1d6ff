"""Of the units of an area the entries of a few kinds, each with the unit in whose file it stands, and with
corrections settled. Whether the reader may see these files the caller has asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.store import excerpts
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

OFFICES = ("province", "prefecture", "county", "town", "justice_centre", "police_centre", "guidance_station")
PLACES = ("county", "town", "village")


@dataclass(frozen=True, slots=True)
class Work:
    """Entries that count, the newest first, and what leads from each to its unit and to its first version."""

    counted: tuple[Entry, ...]
    _units: dict[UUID, Unit]
    _before: dict[UUID, UUID]
    _came: dict[UUID, int]

    def of(self, *names: str) -> tuple[Entry, ...]:
        """Those of these kinds."""
        return tuple(e for e in self.counted if e.kind in names)

    def as_they_came(self, *names: str) -> tuple[Entry, ...]:
        """Those of these kinds, each file's in the order in which they came in."""
        return tuple(sorted(self.of(*names), key=lambda e: self._came[e.id]))

    def unit(self, entry: Entry) -> Unit:
        """In whose file an entry stands."""
        return self._units[entry.file]

    def first(self, identifier: object) -> str:
        """The entry that this one goes back to: the same for all its corrections."""
        try:
            at = identifier if isinstance(identifier, UUID) else UUID(str(identifier))
        except ValueError:
            return str(identifier)
        seen = {at}
        while (before := self._before.get(at)) is not None and before not in seen:
            seen.add(at := before)
        return str(at)

    def find(self, identifier: object) -> Entry | None:
        """The entry that counts now for that id, through its corrections."""
        wanted = self.first(identifier)
        return next((e for e in self.counted if self.first(e.id) == wanted), None)


def work(units: Iterable[Unit], kinds: Collection[str]) -> Work:
    """The work of these units."""
    by_file = {file_of(unit.code): unit for unit in units}
    found = excerpts.of_ids(by_file, kinds, unseal=excerpts.EVERY)
    entries: list[Entry] = []
    before: dict[UUID, UUID] = {}
    came: dict[UUID, int] = {}
    for excerpt in found.values():
        entries += excerpt.counted
        before.update(_corrections(excerpt.case_file))
        came.update((e.id, n) for n, e in enumerate(excerpt.case_file.entries))
    entries.sort(key=lambda e: (e.happened_on, e.recorded_at), reverse=True)
    return Work(tuple(entries), by_file, before, came)


def below(unit: Unit, levels: Collection[str]) -> tuple[Unit, ...]:
    """A unit and those below it of these levels."""
    return tuple(u for u in tree().subtree(unit) if u.level in levels or u.no == unit.no)


def _corrections(file: CaseFile) -> Iterator[tuple[UUID, UUID]]:
    return ((e.id, e.corrects) for e in file.entries if e.corrects is not None)
