"""The entries of a few kinds of many files at once, without reading the rest of them: what boards and
worklists of a centre are made of. It reads what the present scope gives; whoever calls it has asked
access."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from guitu.casefile import CaseFile, Entry
from guitu.casefile.kind import WORK
from guitu.store import casefiles, engine
from guitu.store.apart import unit_file_id
from guitu.store.encoding import READ, entry_read
from guitu.store.kinds import hidden
from guitu.store.scope import wanted
from guitu.store.units import Unit


def of_kinds(
    files: Iterable[int], kinds: Collection[str], *, unseal: bool = False
) -> dict[int, tuple[Entry, ...]]:
    """By file number, the entries of these kinds that count now, corrections and withdrawals settled; files
    without any are left out. `unseal` opens what is sealed in them. Two or three queries. Of a file that
    others are merged into, what stands in those is not among them."""
    return {
        no: counted for no, file in told(files, kinds, unseal=unseal).items() if (counted := file.counted())
    }


def told(files: Iterable[int], kinds: Collection[str], *, unseal: bool = False) -> dict[int, CaseFile]:
    """The same with what was corrected or withdrawn: for whoever has to know which entry took which one's
    place."""
    seen = wanted()
    names = sorted(name for name in {*kinds, "void"} if seen.everything or not hidden(name, seen))
    held = {file.no: file for file in casefiles.by_numbers(files)}
    if not held or not names:
        return {}
    if unseal:
        casefiles.fetch_keys(held.values())
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE kind IN ({engine.marks(len(names))}) AND file IN ({{}})"
        " ORDER BY file, n",
        held, names,
    ):  # fmt: skip
        file = held[row[0]]
        found[row[0]].append(entry_read(row, file.id, file.keys if unseal else None))
    return {no: CaseFile(held[no].id, tuple(entries)) for no, entries in found.items()}


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
    that day, of the others all. A year of rolls is some thousands of entries; a page needs a few weeks. A
    correction counts on its own where what it corrects lies before that day."""
    seen, file = wanted(), unit_file_id(unit.code)
    held = casefiles.by_ids([file]).get(file)
    if held is None or not (seen.everything or seen.opens(WORK)):
        return Lately(unit, ())
    casefiles.fetch_keys([held])
    names = [*sorted(always), "void"]
    rows = engine.rows(
        f"SELECT {READ} FROM store_entry WHERE file = %s AND (kind IN ({engine.marks(len(names))})"
        f" OR (kind IN ({engine.marks(len(often))}) AND happened_on >= %s)) ORDER BY n",
        [held.no, *names, *sorted(often), since.isoformat()],
    )
    entries = tuple(entry_read(row, held.id, held.keys) for row in rows)
    return Lately(unit, tuple(reversed(CaseFile(held.id, entries).counted())))
