"""The entries of a few kinds of many files at once, without reading the rest of them: what boards and
worklists of a centre are made of. It reads what the present scope gives; whoever calls it has asked
access."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from guitu.casefile import CaseFile, Entry
from guitu.store import casefiles, engine
from guitu.store.encoding import READ, entry_read
from guitu.store.kinds import hidden
from guitu.store.scope import wanted


def of_kinds(
    files: Iterable[int], kinds: Collection[str], *, unseal: bool = False
) -> dict[int, tuple[Entry, ...]]:
    """By file number, the entries of these kinds that count now, corrections and withdrawals settled; files
    without any are left out. `unseal` opens what is sealed in them. Two or three queries. Of a file that
    others are merged into, what stands in those is not among them."""
    seen = wanted()
    names = sorted(name for name in {*kinds, "void"} if seen.everything or not hidden(name, seen))
    held = {file.no: file for file in casefiles.by_numbers(files)}
    if not held or not names:
        return {}
    if unseal:
        for no, compartment, cipher, wrapped in engine.rows_for(
            "SELECT file, compartment, cipher, wrapped FROM store_filekey WHERE file IN ({})", held
        ):
            if seen.opens(compartment):
                held[no].keys.known[compartment] = (cipher, bytes(wrapped))
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE kind IN ({engine.marks(len(names))}) AND file IN ({{}})"
        " ORDER BY file, n",
        held, names,
    ):  # fmt: skip
        file = held[row[0]]
        found[row[0]].append(entry_read(row, file.id, file.keys if unseal else None))
    return {
        no: counted
        for no, entries in found.items()
        if (counted := CaseFile(held[no].id, tuple(entries)).counted())
    }
