"""The digest chain: each stored entry's digest covers the one before it, so nothing can be altered, lost
or moved unseen.

SM3 (GB/T 32905). The chain covers what is stored: for sealed fields their ciphertext, so that destroying
a file's keys
erases the content and the chain still verifies.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

DIGEST_BYTES: Final = 32
GENESIS: Final = bytes(DIGEST_BYTES)
"""What stands before the first entry of every file."""

_FORMAT: Final = b"guitu-entry-1"


def _sm3() -> object:
    try:
        return hashlib.new("sm3")
    except ValueError:  # an OpenSSL built without SM3
        return None


_NATIVE: Final = _sm3() is not None


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest of `data`."""
    if _NATIVE:
        return hashlib.new("sm3", data).digest()
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is stored: what the chain covers. `body` is the canonical JSON of the open fields,
    `sealed`
    the ciphertext of the others (empty if none), `n` the place in the file counted from 1."""

    n: int
    id: UUID
    file: UUID
    kind: str
    version: int
    happened_on: date
    recorded_at: datetime
    author: str
    unit: str
    corrects: UUID | None
    source: str
    body: str
    sealed: bytes


def digest(link: Link, before: bytes) -> bytes:
    """The digest of `link`, standing after an entry whose digest is `before`.

    Every part is length-prefixed, so no two different links read the same."""
    parts = (
        _FORMAT,
        before,
        str(link.n).encode(),
        link.id.bytes,
        link.file.bytes,
        link.kind.encode(),
        str(link.version).encode(),
        link.happened_on.isoformat().encode(),
        str(round(link.recorded_at.timestamp() * 1000)).encode(),
        link.author.encode(),
        link.unit.encode(),
        link.corrects.bytes if link.corrects else b"",
        link.source.encode(),
        link.body.encode(),
        link.sealed,
    )
    return sm3(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
