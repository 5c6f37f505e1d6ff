"""The digest chain: each stored entry's digest covers the one before it, so nothing can be altered, lost
or moved unseen.

SM3 (GB/T 32905). The chain covers what is stored: for sealed fields their ciphertext, so that destroying
a file's keys
erases the content and the chain still verifies.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from struct import Struct
from typing import Any, Final, NamedTuple
from uuid import UUID

DIGEST_BYTES: Final = 32
GENESIS: Final = bytes(DIGEST_BYTES)
"""What stands before the first entry of every file."""

_FORMAT: Final = b"guitu-entry-1"


def _empty() -> Any:
    try:
        return hashlib.new("sm3")
    except ValueError:  # an OpenSSL built without SM3
        return None


_EMPTY: Final = _empty()
"""Copied for each digest: half the cost of looking it up by name."""


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest of `data`."""
    if _EMPTY is not None:
        digest = _EMPTY.copy()
        digest.update(data)
        done: bytes = digest.digest()
        return done
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    slow = Hash(SM3())
    slow.update(data)
    return slow.finalize()


class Link(NamedTuple):
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
    """The digest of `link`, standing after an entry whose digest is `before`."""
    return digest_of(
        before,
        link.n,
        link.id.bytes,
        link.file.bytes,
        link.kind,
        link.version,
        link.happened_on.isoformat(),
        round(link.recorded_at.timestamp() * 1000),
        link.author,
        link.unit,
        link.corrects.bytes if link.corrects else b"",
        link.source,
        link.body,
        link.sealed,
    )


def digest_of(
    before: bytes,
    n: int,
    identifier: bytes,
    file: bytes,
    kind: str,
    version: int,
    happened_on: str,
    recorded_ms: int,
    author: str,
    unit: str,
    corrects: bytes,
    source: str,
    body: str,
    sealed: bytes,
) -> bytes:
    """The digest of a link whose parts are already written out: ids as bytes, the day in ISO form, the moment
    in milliseconds since 1970.

    Every part is length-prefixed, so no two different links read the same."""
    told = source.encode()
    text = body.encode()
    return sm3(
        b"".join(
            (
                _HEAD,
                before,
                _sized(str(n)),
                _UUID_SIZE,
                identifier,
                _UUID_SIZE,
                file,
                _sized(kind),
                _sized(str(version)),
                _sized(happened_on),
                _sized(str(recorded_ms)),
                _sized(author),
                _sized(unit),
                _size(len(corrects)),
                corrects,
                _size(len(told)),
                told,
                _size(len(text)),
                text,
                _size(len(sealed)),
                sealed,
            )
        )
    )


_size: Final = Struct(">I").pack
_UUID_SIZE: Final = _size(16)
_HEAD: Final = _size(len(_FORMAT)) + _FORMAT + _size(DIGEST_BYTES)


@lru_cache(maxsize=8192)
def _sized(text: str) -> bytes:
    """A part with its length in front; the same words come again and again."""
    part = text.encode()
    return _size(len(part)) + part
