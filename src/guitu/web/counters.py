"""How often something happened in the current minute, counted by all server processes of a machine together.

A small file of counters that every process maps into its memory: nothing is opened and nothing parsed for a
count, which takes some ten microseconds. A counter is found by a keyed digest of what is counted, so that
neither names nor addresses stand in the file, and nobody can choose another's counter.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
from pathlib import Path
from struct import Struct
from threading import Lock
from typing import Final

SLOTS: Final = 16_384
_SLOT: Final = Struct("<8sII")
"""Whose it is, in which window it was counted last, and how often."""

_within_process: Final = Lock()  # locks on a file are the process's, not the thread's


class Counters:
    """The counters in one file, made where there is none."""

    def __init__(self, path: Path, key: str) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < SLOTS * _SLOT.size:
            os.ftruncate(self._file, SLOTS * _SLOT.size)
        self._map = mmap.mmap(self._file, SLOTS * _SLOT.size)
        self._key = hashlib.sha256(key.encode()).digest()

    def count(self, what: str, window: int, by: int = 1) -> int:
        """Count once more, and say how often it now is within this window. Two things that share a counter
        push each other out and begin anew. `by` is -1 for what is not to count after all."""
        digest = hashlib.blake2b(what.encode("utf-8", "replace"), digest_size=12, key=self._key).digest()
        tag, at = digest[:8], int.from_bytes(digest[8:], "big") % SLOTS * _SLOT.size
        with _within_process:
            fcntl.lockf(self._file, fcntl.LOCK_EX, _SLOT.size, at)
            try:
                whose, last, times = _SLOT.unpack_from(self._map, at)
                times = max(0, by + (times if whose == tag and last == window & 0xFFFFFFFF else 0))
                _SLOT.pack_into(self._map, at, tag, window & 0xFFFFFFFF, min(times, 0xFFFFFFFF))
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _SLOT.size, at)
        return int(times)
