"""The storage protocol of the core (`casefile.protocol.Store`), on this database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from guitu.access import house
from guitu.casefile import CaseFile, Entry
from guitu.casefile.protocol import Receipt
from guitu.store import casefiles, engine
from guitu.store.gate import record_many


class DatabaseStore:
    """The storage protocol of the core, on this database. Reading only needs this; writing goes by the
    gate."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def append(self, entries: Sequence[Entry]) -> list[Receipt]:
        """As the protocol says, through the gate, in the house's own name."""
        return list(record_many(entries, actor=house(), now=self.now, keep_receipts=True).receipts)

    def file(self, file: UUID) -> CaseFile:
        """The whole file, unsealed; empty if nothing is known of it."""
        return next(self.files([file]))

    def files(self, files: Iterable[UUID]) -> Iterator[CaseFile]:
        """Several files, unsealed, in the order asked."""
        for chunk in engine.in_chunks(files):
            found = casefiles.by_ids(chunk)
            casefiles.fill(found.values(), unseal=None)
            for identifier in chunk:
                yield found[identifier].case_file if identifier in found else CaseFile(identifier)
