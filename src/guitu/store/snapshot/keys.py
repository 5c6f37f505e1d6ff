"""Who stands behind a key of the snapshot: the way from file numbers to keys and back.

A key is a keyed digest of the file's id, so that the snapshot alone tells nobody which file a row is
from. The map is kept in the store's home, not in the snapshot's folder; it may be deleted and is made
again.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.conf import settings

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.keys import provider

NAME: Final = "analysis-keys.npy"
_PURPOSE: Final = "guitu analysis snapshot 1"
Numbers = np.ndarray[Any, Any]


class KeyTwice(GuituError):
    """Two files have the same key: with 63 bits that is all but impossible, and nothing may be written
    then."""


def secret() -> bytes:
    """The key of the digests, from the site's index key."""
    return provider().blind(_PURPOSE)


def key_of(file: UUID, key: bytes) -> int:
    """The key of a file in the snapshot: from 1 to 2**63 - 1."""
    return max(1, int.from_bytes(hmac.digest(key, file.bytes, "sha256")[:8], "big") >> 1)


class People:
    """Keys by file number. `numbers` is sorted; `keys` stands beside it."""

    def __init__(self, numbers: Numbers, keys: Numbers) -> None:
        self.numbers = numbers
        self.keys = keys

    @classmethod
    def load(cls) -> People:
        """The map as it was kept, brought up to the files that there are now, and kept again if it grew."""
        path = _path()
        mark = int.from_bytes(hmac.digest(secret(), b"map", "sha256")[:7], "big")
        kept = np.zeros((2, 0), np.int64)
        try:
            whole = np.load(path, allow_pickle=False)
            if whole.ndim == 2 and whole.shape[0] == 2 and whole.shape[1] and whole[1, 0] == mark:
                kept = whole[:, 1:]
        except (OSError, ValueError, EOFError):
            pass
        found = cls(kept[0].copy(), kept[1].copy())
        if not found._of_these_files():
            found = cls(np.zeros(0, np.int64), np.zeros(0, np.int64))
        if found._extend():
            _keep(
                path, np.hstack([np.array([[0], [mark]], np.int64), np.vstack([found.numbers, found.keys])])
            )
        return found

    def _of_these_files(self) -> bool:
        """Whether the last file that is kept is there with that key: after a backup was put back another one
        may have its number."""
        if not len(self.numbers):
            return True
        there = engine.row("SELECT id FROM store_casefile WHERE no = %s", [int(self.numbers[-1])])
        return there is not None and key_of(engine.uuid_of(there[0]), secret()) == self.keys[-1]

    def _extend(self) -> bool:
        last = int(self.numbers[-1]) if len(self.numbers) else 0
        new = list(engine.stream("SELECT no, id FROM store_casefile WHERE no > %s ORDER BY no", [last]))
        return self._add(new)

    def _add(self, new: Iterable[tuple[int, Any]]) -> bool:
        key = secret()
        rows = [(no, key_of(engine.uuid_of(i), key)) for no, i in new]
        if not rows:
            return False
        more = np.array(rows, np.int64)
        numbers, keys = np.concatenate([self.numbers, more[:, 0]]), np.concatenate([self.keys, more[:, 1]])
        order = np.argsort(numbers, kind="stable")
        self.numbers, self.keys = numbers[order], keys[order]
        if len(np.unique(self.keys)) != len(self.keys):
            raise KeyTwice(
                Label(
                    "两份档案得到了同一个分析代号，没有写入任何内容；请联系软件维护方。",
                    "two files were given the same key; nothing was written. Tell the maintainers.",
                )
            )
        return True

    def of(self, files: Numbers) -> Numbers:
        """The keys of these file numbers; files that were committed late are looked up."""
        place = np.searchsorted(self.numbers, files)
        place[place == len(self.numbers)] = 0
        wrong = self.numbers[place] != files if len(self.numbers) else np.ones(len(files), bool)
        if wrong.any():
            late = np.unique(files[wrong]).tolist()
            self._add(engine.rows_for("SELECT no, id FROM store_casefile WHERE no IN ({})", late))
            place = np.searchsorted(self.numbers, files)
        return self.keys[place]

    def files(self, keys: Collection[int]) -> dict[int, int]:
        """The file numbers of these keys, as far as there are any."""
        order = np.argsort(self.keys)
        asked = np.array(sorted(keys), np.int64)
        if not len(asked) or not len(order):
            return {}
        place = np.searchsorted(self.keys, asked, sorter=order)
        place[place == len(order)] = 0
        found = order[place]
        right = self.keys[found] == asked
        return dict(zip(asked[right].tolist(), self.numbers[found[right]].tolist(), strict=True))


@engine.house()
def files_of(keys: Collection[int]) -> dict[int, int]:
    """File numbers by key, for opening what a figure counts. Whether somebody may see these files, and
    that it is noted, is the caller's to see to."""
    return People.load().files(keys)


@engine.house()
def keys_of(files: Collection[int]) -> dict[int, int]:
    """Keys by file number."""
    asked = np.array(sorted(files), np.int64)
    return dict(zip(asked.tolist(), People.load().of(asked).tolist(), strict=True)) if len(asked) else {}


def _path() -> Path:
    return Path(settings.HOME) / NAME


def _keep(path: Path, rows: Numbers) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        np.save(stream, rows)
    draft.replace(path)
