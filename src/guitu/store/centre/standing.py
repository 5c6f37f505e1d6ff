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


def of_kinds(
    files: Iterable[int], kinds: Collection[str], *, unseal: bool = False
) -> dict[int, tuple[Entry, ...]]:
    """By file number, the entries of these kinds that count now, corrections and withdrawals settled; files
    without any are left out. `unseal` opens what is sealed in them. Two or three queries, and of the entries
    only those of files that have grown, or lost a key, since they were read last. Of a file that others are
    merged into, what stands in those is not among them."""
    seen = wanted()
    names = tuple(sorted(name for name in {*kinds, "void"} if seen.everything or not hidden(name, seen)))
    held = {file.no: file for file in casefiles.by_numbers(files)}
    if not held or not names:
        return {}
    if unseal:
        casefiles.fetch_keys(held.values())
    stamps = {no: (file.head, frozenset(file.keys.known)) for no, file in held.items()}
    known: dict[int, tuple[Entry, ...]] = {}
    with _lock:
        for no, stamp in stamps.items():
            there = _kept.get((no, names, unseal))
            if there is not None and there[0] == stamp:
                known[no] = there[1]
                _kept.move_to_end((no, names, unseal))
    found: dict[int, list[Entry]] = {no: [] for no in held if no not in known}
    for row in engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE kind IN ({engine.marks(len(names))}) AND file IN ({{}})"
        " ORDER BY file, n",
        found, names,
    ):  # fmt: skip
        file = held[row[0]]
        found[row[0]].append(entry_read(row, file.id, file.keys if unseal else None))
    new = {no: CaseFile(held[no].id, tuple(entries)).counted() for no, entries in found.items()}
    with _lock:
        for no, counted in new.items():
            _kept[no, names, unseal] = (stamps[no], counted)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    known |= new
    return {no: known[no] for no in sorted(known) if known[no]}


def of_units(units: Iterable[Unit], kinds: Collection[str]) -> dict[str, tuple[Entry, ...]]:
    """The same of units' own files, opened, by the units' codes: of a file that grows by thousands of entries
    a year only what is asked for."""
    codes = {unit_file_id(unit.code): unit.code for unit in units}
    numbers = {held.no: codes[held.id] for held in casefiles.by_ids(codes).values()}
    found = of_kinds(numbers, kinds, unseal=True)
    return {code: found.get(no, ()) for no, code in numbers.items()}


MOST_KEPT: Final = 20_000
"""Answers that one process keeps, some hundred bytes to some kilobytes each; which was asked for longest ago
goes first. Nothing about a reader, nothing on disk."""
_Stamp = tuple[bytes, frozenset[str]]
_kept: OrderedDict[tuple[int, tuple[str, ...], bool], tuple[_Stamp, tuple[Entry, ...]]] = OrderedDict()
"""By file, kinds and whether opened: the end of the chain and the keys that were there, and the entries."""
_lock: Final = Lock()


def forget() -> None:
    """Keep nothing: for tests that make stores anew."""
    with _lock:
        _kept.clear()


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
