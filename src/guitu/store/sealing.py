"""Sealing: the declared fields are encrypted under a key of their file and compartment.

Ciphertext is what the chain covers, so destroying a key erases what it sealed and every digest still holds.
The entry's id and kind are bound in: a sealed part moved to another entry does not open.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guitu.kernel.errors import unknown_key
from guitu.store.keys import NONCE, KeyProvider

TAG: Final = 16


class Aead(Protocol):
    """An authenticated cipher with one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Ciphertext and tag."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The data, or InvalidTag."""
        ...


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) in the shape of the library's AEAD classes."""

    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Ciphertext and tag."""
        work = Cipher(self._key, modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(associated_data)
        return work.update(data) + work.finalize() + work.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The data, or InvalidTag."""
        work = Cipher(self._key, modes.GCM(nonce, data[-TAG:])).decryptor()
        work.authenticate_additional_data(associated_data)
        return work.update(data[:-TAG]) + work.finalize()


CIPHERS: Final[dict[str, tuple[int, Callable[[bytes], Aead]]]] = {
    "aes-256-gcm": (32, AESGCM),
    "sm4-gcm": (16, Sm4Gcm),
}
"""Key length and maker of each cipher. What sealed a file is kept with its key."""


class FileKeys:
    """The keys of one file. `known` holds cipher and wrapped key by compartment; `new` what was made here."""

    __slots__ = ("_open", "_provider", "file", "known", "new")

    def __init__(
        self, file: UUID, provider: KeyProvider, known: dict[str, tuple[str, bytes]] | None = None
    ) -> None:
        self.file = file
        self.known = known or {}
        self.new: dict[str, tuple[str, bytes]] = {}
        self._provider = provider
        self._open: dict[str, Aead] = {}

    def seal(self, compartment: str, bound: bytes, data: bytes) -> bytes:
        """nonce + ciphertext + tag, under this file's key for the compartment, made if there is none."""
        cipher = self._cipher(compartment) or self._make(compartment)
        nonce = os.urandom(NONCE)
        return nonce + cipher.encrypt(nonce, data, bound)

    def unseal(self, compartment: str, bound: bytes, sealed: bytes) -> bytes | None:
        """What was sealed, or None if the key was destroyed since (the chain tells whether it was
        altered)."""
        cipher = self._cipher(compartment)
        if cipher is None:
            return None
        try:
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except InvalidTag:
            return None

    def _cipher(self, compartment: str) -> Aead | None:
        cipher = self._open.get(compartment)
        if cipher is None and compartment in self.known:
            name, wrapped = self.known[compartment]
            key = self._provider.unwrap(wrapped, self._context(compartment))
            cipher = self._open[compartment] = CIPHERS[name][1](key)
        return cipher

    def _make(self, compartment: str) -> Aead:
        name = self._provider.cipher
        if name not in CIPHERS:
            raise unknown_key(name, CIPHERS, where="GUITU_CIPHER")
        length, maker = CIPHERS[name]
        key = os.urandom(length)
        self.known[compartment] = self.new[compartment] = (
            name,
            self._provider.wrap(key, self._context(compartment)),
        )
        cipher = self._open[compartment] = maker(key)
        return cipher

    def _context(self, compartment: str) -> bytes:
        return self.file.bytes + compartment.encode()


def bound_to(entry: UUID, kind: str) -> bytes:
    """What ties a sealed part to its entry."""
    return entry.bytes + kind.encode()
