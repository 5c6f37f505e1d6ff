"""The digest chain: each stored entry's digest covers the one before it, so nothing can be altered, lost
or moved unseen.

SM3 (GB/T 32905). The chain covers what is stored: for sealed fields their ciphertext, so that destroying
a file's keys erases the content and the chain still verifies. It begins with what the file is called.
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
"""What stands before the first link of a chain that begins with nothing."""

_FORMAT: Final = b"guitu-entry-2"
_EARLIER: Final = b"guitu-entry-1"
"""Did not cover when an entry was stored, and its chains began with GENESIS. Stores hold such links."""
_FILE: Final = b"guitu-file-1"


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
    `sealed` the ciphertext of the others (empty if none), `n` the place in the file counted from 1,
    `stored_ms` milliseconds since 1970 (None: a link of the earlier format)."""

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
    stored_ms: int | None = None


def beginning(file: UUID, about: str, case_no: str, opened_ms: int) -> bytes:
    """What stands before the first entry of a file: whom it is about, its number, and when it was opened, so
    that these cannot be altered unseen either."""
    parts = (_FILE, file.bytes, about.encode(), case_no.encode(), str(opened_ms).encode())
    return sm3(b"".join([_size(len(part)) + part for part in parts]))


def follows(link: Link, before: bytes, stored: bytes) -> bool:
    """Whether `stored` is the digest of `link` after `before`, in the format of today or the earlier one."""
    if digest(link, before) == stored:
        return True
    return digest(link._replace(stored_ms=None), GENESIS if link.n == 1 else before) == stored


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
        link.stored_ms,
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
    stored_ms: int | None,
) -> bytes:
    """The digest of a link whose parts are already written out: ids as bytes, the day in ISO form, the moment
    in milliseconds since 1970 (`stored_ms` None: in the earlier format).

    Every part is length-prefixed, so no two different links read the same."""
    told = source.encode()
    text = body.encode()
    return sm3(
        b"".join(
            (
                _HEAD if stored_ms is not None else _EARLIER_HEAD,
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
                _sized(str(stored_ms)) if stored_ms is not None else b"",
            )
        )
    )


_size: Final = Struct(">I").pack
_UUID_SIZE: Final = _size(16)
_HEAD: Final = _size(len(_FORMAT)) + _FORMAT + _size(DIGEST_BYTES)
_EARLIER_HEAD: Final = _size(len(_EARLIER)) + _EARLIER + _size(DIGEST_BYTES)


@lru_cache(maxsize=8192)
def _sized(text: str) -> bytes:
    """A part with its length in front; the same words come again and again."""
    part = text.encode()
    return _size(len(part)) + part
