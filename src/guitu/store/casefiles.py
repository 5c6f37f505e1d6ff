"""Case files as they stand in the tables: reading them, locking them for an append, opening new ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.chain import beginning
from guitu.casefile.protocol import Receipt
from guitu.casefile.records import MERGED_FROM, merged_from
from guitu.compose import kinds
from guitu.kernel.zone import CHINA
from guitu.store import clock, engine
from guitu.store.encoding import READ, entry_read
from guitu.store.engine import Row
from guitu.store.keys import KeyProvider, provider
from guitu.store.kinds import hidden
from guitu.store.scope import wanted
from guitu.store.sealing import FileKeys
from guitu.store.units import Tree, Unit, next_number

FILE: Final = ("no", "id", "about", "case_no", "opened_ms", "n", "head", "unit")
_FILE: Final = ", ".join(FILE)

UNSEALED_TO_PROJECT: Final = frozenset({"person"})
"""The only kinds whose sealed fields the projections need."""


class CountedOnce(CaseFile):
    """A file whose counted entries are worked out once: guards, pathway and projections all ask for them."""

    def counted(self, at: datetime | None = None) -> tuple[Entry, ...]:
        """As the core says."""
        if at is not None:
            return super().counted(at)
        kept: tuple[Entry, ...] | None = self.__dict__.get("_counted")
        if kept is None:
            kept = self.__dict__["_counted"] = super().counted()
        return kept


@dataclass(slots=True)
class Held:
    """One file in hand: its row, its keys, and its entries so far, the last `new` of them not written yet.
    `fresh` says that it is not in the table; `joined` are the files that were ever merged into it:
    it shows the entries of those that still are as its own."""

    no: int
    id: UUID
    about: str
    case_no: str
    opened_ms: int
    n: int
    head: bytes
    unit: int | None
    keys: FileKeys
    fresh: bool = False
    entries: list[Entry] = field(default_factory=list)
    new: int = 0
    last_ms: int = 0
    receipts: dict[UUID, Receipt] = field(default_factory=dict)
    joined: list[Held] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)
    """Compartments of which something sealed is there and no key: it was destroyed."""

    @property
    def added(self) -> list[Entry]:
        """The entries that are not written yet."""
        return self.entries[len(self.entries) - self.new :]

    @property
    def case_file(self) -> CaseFile:
        """The file as the pure core knows it, with the entries of the files merged into it."""
        entries = tuple(self.entries)
        for other in self.merged:
            entries += tuple(other.entries)
        return CountedOnce(self.id, entries)

    @property
    def merged(self) -> list[Held]:
        """The files that are merged into this one now, and those merged into them."""
        if not self.joined:
            return []
        now = merged_from(self.id, CaseFile(self.id, tuple(self.entries)).counted())
        return [f for other in self.joined if other.id in now for f in (other, *other.merged)]

    @property
    def row(self) -> Row:
        """The row, in the order of FILE."""
        return (
            self.no, self.id.hex, self.about, self.case_no, self.opened_ms, self.n, self.head, self.unit,
        )  # fmt: skip


def find(where: str, values: Sequence[object], *, lock: bool = False) -> list[Held]:
    """The files for which `where` holds, without entries; locked in the order of their numbers if asked."""
    sql = f"SELECT {_FILE} FROM store_casefile WHERE {where} ORDER BY no{engine.for_update() if lock else ''}"
    guard = provider()
    return [
        Held(no, i, about, case, opened, n, bytes(head), unit, FileKeys(i, guard))
        for no, i, about, case, opened, n, head, unit in (
            (no, engine.uuid_of(i), *rest) for no, i, *rest in engine.rows_again(sql, values)
        )
    ]


def by_ids(ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, Held]:
    """The files with these ids that exist."""
    if not (lock and engine.is_postgresql() and len(ids) > 1):
        found = [
            held
            for chunk in engine.in_chunks([i.hex for i in ids])
            for held in find(*engine.is_any("id", chunk), lock=lock)
        ]
    else:  # always locked in the order of their numbers, so that two writers never wait for each other
        numbers = engine.rows_for("SELECT no FROM store_casefile WHERE id IN ({})", [i.hex for i in ids])
        found = by_numbers([r[0] for r in numbers], lock=True)
    return {held.id: held for held in found}


def by_numbers(numbers: Iterable[int], *, lock: bool = False) -> list[Held]:
    """The files with these numbers, in the order of their numbers."""
    found: list[Held] = []
    for chunk in engine.in_chunks(sorted(numbers)):
        found.extend(find(*engine.is_any("no", chunk), lock=lock))
    return found


def fetch_keys(files: Iterable[Held]) -> None:
    """Read the keys of these files, of the compartments that the present scope opens."""
    fetch_into({held.no: held.keys for held in files})


def keys_of(number: str) -> str:
    """All keys of the file with that number as one column, for `keys_read`: NULL where there are none."""
    one = "k.compartment || ' ' || k.cipher || ' ' ||"
    listed = (
        f"string_agg({one} encode(k.wrapped, 'hex'), ',' ORDER BY k.compartment)"
        if engine.is_postgresql()
        else f"group_concat({one} hex(k.wrapped))"
    )
    return f"(SELECT {listed} FROM store_filekey k WHERE k.file = {number})"


def keys_read(told: str | None) -> dict[str, tuple[str, bytes]]:
    """The keys that such a column tells, of the compartments that the present scope opens."""
    seen = wanted()
    found = (one.split(" ") for one in told.split(",")) if told else ()
    return {
        compartment: (cipher, bytes.fromhex(wrapped))
        for compartment, cipher, wrapped in found
        if seen.opens(compartment)
    }


def fetch_into(keys: Mapping[int, FileKeys]) -> None:
    """The same by the numbers of the files."""
    seen = wanted()
    for no, compartment, cipher, wrapped in engine.rows_for(
        "SELECT file, compartment, cipher, wrapped FROM store_filekey WHERE file IN ({})", keys
    ):
        if seen.opens(compartment):
            keys[no].known[compartment] = (cipher, bytes(wrapped))


def fill(
    files: Iterable[Held],
    *,
    unseal: frozenset[str] | None = UNSEALED_TO_PROJECT,
    receipts: bool = False,
    keys: bool = True,
) -> None:
    """Read keys and entries of these files. `unseal` names the kinds to open; None opens all. Without `keys`
    the keys are there already.

    What the present scope does not open is not there: PostgreSQL leaves it out by itself, and the same is
    left out here for SQLite.
    """
    by_no = {held.no: held for held in files}
    if not by_no:
        return
    merged: set[int] = set()
    seen = wanted()
    if keys:
        fetch_keys(by_no.values())
    for row in engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE file IN ({{}}) ORDER BY file, n", by_no
    ):
        if not seen.everything and hidden(row[3], seen):
            continue
        held = by_no[row[0]]
        opened = held.keys if unseal is None or row[3] in unseal else None
        held.entries.append(entry_read(row, held.id, opened))
        if opened is not None and row[13]:
            compartment = kinds()[row[3]].compartment
            if compartment not in held.keys.known and seen.opens(compartment):
                held.erased.add(compartment)
        held.last_ms = row[7]
        if row[3] == MERGED_FROM:
            merged.add(row[0])
        if receipts:
            entry = held.entries[-1]
            held.receipts[entry.id] = Receipt(entry.id, held.id, row[1], bytes(row[14]), clock.moment(row[7]))
    for no in merged:
        held = by_no[no]
        others = [UUID(str(e.get("other"))) for e in held.entries if e.kind == MERGED_FROM]
        join(held, others, unseal, receipts=receipts)


def join(
    held: Held, others: Iterable[UUID], unseal: frozenset[str] | None, *, receipts: bool = False
) -> None:
    """Read the files that were ever merged into this one. Which of them are, its entries say."""
    missing = set(others) - {other.id for other in held.joined}
    found = list(by_ids(missing).values())
    fill(found, unseal=unseal, receipts=receipts)
    held.joined += found


def open_new(
    ids: Sequence[UUID],
    opened_by: Sequence[tuple[str, datetime]],
    about: Sequence[str],
    opened_ms: int,
    tree: Tree,
    *,
    after: int = 0,
) -> list[Held]:
    """Number and name files that are not in the table yet. They are inserted with their first entries, by
    whose office and moment they are named.

    `after` is the last number that this transaction has given out and perhaps not yet inserted.
    """
    if not ids:
        return []
    guard: KeyProvider = provider()
    of = {one: _prefix(*one, tree) for one in set(opened_by)}
    prefixes = [of[one] for one in opened_by]
    last = {p: next_number(f"case {p}", prefixes.count(p)) for p in sorted(set(prefixes))}
    given = {p: last[p] - prefixes.count(p) for p in last}
    numbers = _numbers(len(ids), after)  # after the counter, for which others who open a file wait
    opened = []
    for no, identifier, whose, prefix in zip(numbers, ids, about, prefixes, strict=True):
        given[prefix] += 1
        case_no = f"{prefix}-{given[prefix]:05d}"
        head = beginning(identifier, whose, case_no, opened_ms)
        unit = tree.whose(identifier) if whose == "unit" else None
        opened.append(
            Held(
                no, identifier, whose, case_no, opened_ms, 0, head,
                unit.no if unit else None,
                FileKeys(identifier, guard), fresh=True,
            )
        )  # fmt: skip
    return opened


def _numbers(count: int, after: int) -> list[int]:
    """The next free file numbers. SQLite's whole database is ours while we write."""
    if engine.is_postgresql():
        return [
            r[0]
            for r in engine.rows(
                "SELECT nextval(pg_get_serial_sequence('store_casefile', 'no')) FROM generate_series(1, %s)",
                [count],
            )
        ]
    found = engine.row("SELECT coalesce(max(no), 0) FROM store_casefile")
    assert found is not None
    last = max(found[0], after)
    return list(range(last + 1, last + 1 + count))


def _prefix(code: str, recorded_at: datetime, tree: Tree) -> str:
    """What a case number begins with: the county (or institution) that opened the file, and the year."""
    unit = tree.get(code)
    place = "0"
    if unit is not None:
        above = tree.ancestors(unit)
        county: Unit = next((u for u in above if u.level == "county"), above[min(1, len(above) - 1)])
        place = county.code
    return f"{place}-{recorded_at.astimezone(CHINA).year}"
