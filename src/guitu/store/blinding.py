"""Finding people without keeping what they are found by: one key, apart from the master key, from which three
others come.

- An identity number stands as its HMAC-SM3: equal numbers, equal bytes, and nothing else can be told.
- A search word stands letter for letter: each letter as two characters that depend on the key and on the word
  up to it (three for a Chinese character). So a word that begins as another stands as a text that begins as
  the other's, and an index finds by beginnings as before; in what order words stand is nobody's alphabet.
- What a list shows of a person (name, end of the number, year of birth) is encrypted, the nonce being an HMAC
  of file and text: the same is written for the same, so that nothing is rewritten that has not changed.

What somebody with the tables and without the key can still see of search words: which people share the
beginning of one, and how many do. With a list of how common surnames are, the commonest can be guessed from
that. Names, numbers and years cannot be.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guitu.casefile.chain import sm3

_BLOCK: Final = 64
_NONCE: Final = 12
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.~"
"""Six bits each, and no letter that means anything to a search."""
_ASCII: Final = "\x7f"
_KEPT: Final = 100_000


class HmacSm3:
    """HMAC (RFC 2104) with SM3, whose block has 64 bytes, under one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) > _BLOCK:
            key = sm3(key)
        key = key.ljust(_BLOCK, b"\0")
        self._inner = bytes(b ^ 0x36 for b in key)
        self._outer = bytes(b ^ 0x5C for b in key)

    def of(self, data: bytes) -> bytes:
        """The 32-byte code of `data`."""
        return sm3(self._outer + sm3(self._inner + data))


class Blinding:
    """What stands in the tables for what people are found by, under one index key of 32 bytes."""

    def __init__(self, index: bytes) -> None:
        self._numbers = HmacSm3(index)
        words = HmacSm3(hmac.digest(index, b"guitu words 1", "sha256"))
        names = hmac.digest(index, b"guitu names 1", "sha256")
        self._shown = AESGCM(names)
        self._nonces = HmacSm3(hmac.digest(names, b"nonce", "sha256"))

        @lru_cache(maxsize=_KEPT)
        def word(text: str) -> str:
            if not text:
                return ""
            code = int.from_bytes(words.of(text.encode())[:3], "big")
            letters = _LETTERS[code & 63] + _LETTERS[code >> 6 & 63]
            return word(text[:-1]) + (letters if text[-1] <= _ASCII else letters + _LETTERS[code >> 12 & 63])

        self.word = word
        """What stands for a search word, or for the beginning of one."""

        @lru_cache(maxsize=_KEPT // 4)
        def opened(sealed: bytes) -> str:
            try:
                return self._shown.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"person").decode()
            except (InvalidTag, ValueError):
                return ""

        self.opened = opened
        """What `hidden` hid; empty if it was hidden under another key."""

    def number(self, text: str) -> bytes:
        """What stands for an identity number."""
        return self._numbers.of(text.encode())

    def hidden(self, file: UUID, text: str) -> bytes:
        """What stands for what a list shows of the person in that file: nonce, ciphertext, tag."""
        data = text.encode()
        nonce = self._nonces.of(file.bytes + data)[:_NONCE]
        return nonce + self._shown.encrypt(nonce, data, b"person")
