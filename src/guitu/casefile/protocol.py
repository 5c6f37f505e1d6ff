"""What the rest of the house may ask of a store, whatever keeps the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from guitu.casefile.entry import Entry
from guitu.casefile.file import CaseFile
from guitu.kernel.errors import GuituError


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry is in the file: its place there, its digest, and when the store took it.

    `repeated` says that the same entry had arrived before."""

    id: UUID
    file: UUID
    n: int
    digest: bytes
    stored_at: datetime
    repeated: bool = False

    @property
    def short(self) -> str:
        """Eight characters to read over the telephone."""
        return self.digest.hex()[:8].upper()


class DifferentContent(GuituError):
    """An id that is already taken by an entry that says something else. Nothing was written."""


class Store(Protocol):
    """Append-only keeping of entries, one file at a time."""

    def append(self, entries: Sequence[Entry]) -> list[Receipt]:
        """Append entries in one transaction: all or none. The same id and content again gives the same
        receipt;
        the same id with other content raises DifferentContent."""
        ...

    def file(self, file: UUID) -> CaseFile:
        """The whole file; empty if nothing is known of it."""
        ...

    def files(self, files: Iterable[UUID]) -> Iterator[CaseFile]:
        """Several files, in the order asked."""
        ...
