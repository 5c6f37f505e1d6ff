"""Keys: one master key wraps the data keys of files, one site key signs daily roots. Kept apart from the
database.

Both are files under the data folder (mode 0600, made on first use) or come from the environment as base64:
GUITU_MASTER_KEY and GUITU_SITE_KEY. An office with a certified module writes another KeyProvider.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guitu.casefile.chain import sm3
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

NONCE: Final = 12
KEY: Final = 32
_BLOCK: Final = 64


class KeyUnusable(GuituError):
    """A key is missing, malformed, or not the one that wrapped what is to be opened."""


class KeyProvider(Protocol):
    """Whatever guards the master key: a file, a hardware module, a key service.

    `cipher` names what new data keys are for (sealing.CIPHERS); what is sealed already keeps its own."""

    cipher: str

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """A data key encrypted for keeping in the database; `context` says whose it is and is bound to it."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The data key again. Raises KeyUnusable if it was wrapped by another master key or for another
        file."""
        ...

    def blind(self, text: str) -> bytes:
        """A keyed digest by which equal texts are found without being kept: HMAC-SM3."""
        ...


class MasterKey:
    """A KeyProvider whose master key is 32 bytes in memory."""

    def __init__(self, master: bytes, cipher: str = "aes-256-gcm") -> None:
        self.cipher = cipher
        if len(master) != KEY:
            raise KeyUnusable(Label("主密钥必须是 32 字节", "the master key must be 32 bytes"))
        self._wrapping = AESGCM(hmac.digest(master, b"guitu wrap 1", "sha256"))
        self._blinding = HmacSm3(hmac.digest(master, b"guitu blind 1", "sha256"))

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """AES-256-GCM under a key derived from the master."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The reverse of `wrap`."""
        try:
            return self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], context)
        except InvalidTag:
            raise KeyUnusable(
                Label(
                    "数据密钥不是由当前主密钥加密的；请恢复与数据库一同备份的主密钥。",
                    "A data key was not wrapped by this master key;"
                    " restore the one that was backed up with the database.",
                )
            ) from None

    def blind(self, text: str) -> bytes:
        """HMAC-SM3 under a key of its own."""
        return self._blinding.of(text.encode())


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


class SiteKey:
    """The Ed25519 key that signs this site's daily roots."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The 32-byte public key, to be given to whoever checks the roots."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature of `data`."""
        return self._private.sign(data)


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether `signature` is that key's over `data`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def provider() -> KeyProvider:
    """This site's key provider."""
    cipher = os.environ.get("GUITU_CIPHER") or "aes-256-gcm"
    return MasterKey(_secret("GUITU_MASTER_KEY", "master.key"), cipher)


@cache
def site_key() -> SiteKey:
    """This site's signing key."""
    return SiteKey(_secret("GUITU_SITE_KEY", "site.key"))


def fingerprint(public: bytes) -> str:
    """A short name of a public key, to compare over the telephone."""
    return hashlib.sha256(public).hexdigest()[:16]


def _secret(variable: str, name: str) -> bytes:
    """32 secret bytes from the environment, else from a file under the data folder, made once."""
    if text := os.environ.get(variable):
        return _decoded(text, variable)
    path = Path(settings.HOME) / "keys" / name
    if not path.exists():
        _make(path)
    return _decoded(path.read_text(encoding="ascii"), str(path))


def _make(path: Path) -> None:
    """Write 32 random bytes so that a second process sees a whole file or none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(base64.b64encode(os.urandom(KEY)).decode() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)  # fails if another process was first; then its key is the key
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decoded(text: str, where: str) -> bytes:
    try:
        value = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        value = b""
    if len(value) != KEY:
        raise KeyUnusable(
            Label("密钥应为 32 字节的 base64 文本", "the key must be 32 bytes written in base64"), where=where
        )
    return value
