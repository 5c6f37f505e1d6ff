"""What was uploaded, while it is needed: sealed under the data folder, deleted when done or after a day.

Ledgers hold the names and numbers of people; none of that may lie readable on a disk, or longer than the work
takes. Each upload has a folder and a key of its own; the key is wrapped by the site's key provider.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guitu.store.keys import KEY, NONCE, provider
from guitu.store.rotation import UPLOAD

KEPT_FOR: Final = 24 * 60 * 60
"""Seconds."""

FILE: Final = "file"
HELD: Final = "held"

_CONTEXT: Final = UPLOAD


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder of one upload."""

    id: UUID

    @property
    def folder(self) -> Path:
        """Where it is."""
        return _folder() / self.id.hex

    @property
    def there(self) -> bool:
        """Whether anything is kept."""
        return self.folder.is_dir()

    def has(self, name: str) -> bool:
        """Whether this part is kept."""
        return (self.folder / name).is_file()

    def write(self, name: str, data: bytes) -> None:
        """Keep a part, sealed; a reader sees all of it or nothing."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        nonce = os.urandom(NONCE)
        draft = self.folder / f".{name}"
        _write(draft, nonce + self._cipher().encrypt(nonce, data, self._bound(name)))
        draft.replace(self.folder / name)

    def read(self, name: str) -> bytes | None:
        """A part again, or None if it is no longer there or cannot be opened."""
        try:
            sealed = (self.folder / name).read_bytes()
            return self._cipher().decrypt(sealed[:NONCE], sealed[NONCE:], self._bound(name))
        except (FileNotFoundError, InvalidTag):
            return None

    def keep_only(self, *names: str) -> None:
        """Delete every part but these."""
        for one in self.folder.iterdir() if self.there else ():
            if one.name not in {"key", *names}:
                one.unlink(missing_ok=True)

    def delete(self) -> None:
        """Delete everything; without its key, nothing of it can be read again."""
        (self.folder / "key").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _bound(self, name: str) -> bytes:
        return self.id.bytes + name.encode()

    def _cipher(self) -> AESGCM:
        path = self.folder / "key"
        try:
            wrapped = path.read_bytes()
        except FileNotFoundError:
            if not self.there:
                raise
            wrapped = provider().wrap(os.urandom(KEY), _CONTEXT + self.id.bytes)
            _write(path, wrapped)
        return AESGCM(provider().unwrap(wrapped, _CONTEXT + self.id.bytes))


def clear_old() -> None:
    """Delete what has lain for more than a day. Called whenever somebody uses the page."""
    before = time.time() - KEPT_FOR
    with suppress(FileNotFoundError):
        for one in _folder().iterdir():
            with suppress(FileNotFoundError, ValueError):
                if one.stat().st_mtime < before:
                    Kept(UUID(hex=one.name)).delete()


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(data)
