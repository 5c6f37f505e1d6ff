"""Pictures that belong to entries: kept sealed under the file's key of the entry's compartment, once each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.store import casefiles, clock, engine

COLUMNS: Final = ("entry", "file", "compartment", "what", "sha256", "size", "at_ms", "sealed")


@engine.house()
def there(entries: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """By entry, the digests of the pictures that have arrived."""
    found: dict[UUID, set[str]] = {}
    for entry, digest in engine.rows_for(
        "SELECT entry, sha256 FROM store_attachment WHERE entry IN ({})", [e.hex for e in entries]
    ):
        found.setdefault(engine.uuid_of(entry), set()).add(digest)
    return {entry: frozenset(digests) for entry, digests in found.items()}


@engine.house()
def keep(entry: Entry, what: str, sha256: str, content: bytes, now: datetime) -> bool:
    """Keep a picture of this entry; whether it is new. Whoever calls has checked that the entry names it and
    that its digest is right."""
    compartment = kinds()[entry.kind].compartment
    with engine.writing():
        held = casefiles.by_ids([entry.file], lock=True)[entry.file]
        if engine.row(
            "SELECT 1 FROM store_attachment WHERE entry = %s AND sha256 = %s", [engine.key(entry.id), sha256]
        ):
            return False
        casefiles.fetch_keys([held])
        sealed = held.keys.seal(compartment, _bound(entry.id, sha256), content)
        engine.insert(
            "store_filekey",
            ("file", "compartment", "cipher", "wrapped"),
            [(held.no, c, *wrapped) for c, wrapped in held.keys.new.items()],
        )
        engine.insert(
            "store_attachment",
            COLUMNS,
            [
                (
                    entry.id.hex, held.no, compartment, what, sha256, len(content), clock.milliseconds(now),
                    sealed,
                )
            ],
        )  # fmt: skip
    return True


def opened(entry: Entry, sha256: str) -> bytes | None:
    """A picture of this entry; None where it has not arrived, or its key was destroyed. Whether the reader
    may see the entry is the caller's to decide; the present scope must open its compartment."""
    return opened_of(entry.file, entry.id, sha256)


def opened_of(file: UUID, entry: UUID, sha256: str) -> bytes | None:
    """The same by the ids of the file and of the entry."""
    row = engine.row(
        "SELECT compartment, sealed FROM store_attachment WHERE entry = %s AND sha256 = %s",
        [engine.key(entry), sha256],
    )
    if row is None:
        return None
    held = casefiles.by_ids([file]).get(file)
    if held is None:
        return None
    casefiles.fetch_keys([held])
    return held.keys.unseal(row[0], _bound(entry, sha256), bytes(row[1]))


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is kept and can be opened: of which entry, its digest, its bytes."""

    entry: UUID
    sha256: str
    size: int


@engine.house()
def of_files(numbers: Iterable[int]) -> dict[int, list[Kept]]:
    """By file number, the pictures that are there and whose key is, in the order in which they arrived."""
    found: dict[int, list[Kept]] = {}
    for file, entry, digest, size in engine.rows_for(
        "SELECT a.file, a.entry, a.sha256, a.size FROM store_attachment a WHERE a.file IN ({}) AND NOT EXISTS"
        " (SELECT 1 FROM store_keydestroyed d WHERE d.file = a.file AND d.compartment = a.compartment"
        " AND d.at_ms >= a.at_ms) ORDER BY a.id",
        list(numbers),
    ):
        found.setdefault(file, []).append(Kept(engine.uuid_of(entry), digest, int(size)))
    return found


def _bound(entry: UUID, sha256: str) -> bytes:
    """What ties a sealed picture to its entry."""
    return entry.bytes + bytes.fromhex(sha256)
