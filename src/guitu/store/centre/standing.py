"""A unit's own file as far as a page needs it: of what is recorded daily the last weeks only. It reads what
the present scope gives; whoever calls it has asked access."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from guitu.casefile import Entry
from guitu.store import excerpts
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit


@dataclass(frozen=True, slots=True)
class Lately:
    """A unit's own file as far as a page needs it: the kinds that were asked for, since a day."""

    unit: Unit
    found: tuple[Entry, ...]

    def counted(self) -> tuple[Entry, ...]:
        """The entries that count now, the latest first."""
        return self.found


def of_unit(unit: Unit, often: Collection[str], always: Collection[str], since: date) -> Lately:
    """What counts now in a unit's own file: of the kinds that are recorded often those that happened since
    that day, of the others all. A year of rolls is some thousands of entries; a page needs a few weeks."""
    found = excerpts.of_file(
        unit_file_id(unit.code), always, unseal=excerpts.EVERY,
        often=excerpts.Often(frozenset(often) - {*always}, since),
    )  # fmt: skip
    return Lately(unit, tuple(reversed(found.counted)) if found else ())
