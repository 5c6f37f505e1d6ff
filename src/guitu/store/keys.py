"""Keys: a master key wraps the data keys of files, an index key hides what people are found by, a site key
signs daily roots. Kept apart from the database.

All are files under the data folder (mode 0600, made on first use) or come from the environment as base64:
GUITU_MASTER_KEY, GUITU_INDEX_KEY, GUITU_SITE_KEY and GUITU_EXCHANGE_KEY (what other systems encrypt
hand-overs with). There may be several master keys at once: while data
keys go from one to the next (`guitu.store.rotation`) both are known. An office with a certified module writes
another KeyProvider.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.blinding import Blinding

NONCE: Final = 12
KEY: Final = 32


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

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """The same key wrapped by the newest master key; None if it is already."""
        ...

    def blind(self, text: str) -> bytes:
        """A keyed digest by which equal texts are found without being kept: HMAC-SM3."""
        ...

    def word(self, text: str) -> str:
        """What stands for a search word; words that begin alike stand alike as far as they do."""
        ...

    def hidden(self, file: UUID, text: str) -> bytes:
        """What a list shows of the person in that file, encrypted."""
        ...

    def opened(self, sealed: bytes) -> str:
        """What `hidden` hid; empty if it cannot be opened."""
        ...


class MasterKey:
    """A KeyProvider whose master keys are 32 bytes each in memory, by version; the newest wraps, all unwrap.

    What is wrapped begins with one byte, the version. What was wrapped before there were versions has none
    and is the first's. `index` is the key of `Blinding`: it does not change with the master key.
    """

    def __init__(
        self, masters: Mapping[int, bytes], index: bytes | None = None, cipher: str = "aes-256-gcm"
    ) -> None:
        self.cipher = cipher
        if not masters or any(len(key) != KEY for key in masters.values()):
            raise KeyUnusable(Label("主密钥必须是 32 字节", "the master key must be 32 bytes"))
        if not all(0 < version < 256 for version in masters):
            raise KeyUnusable(Label("主密钥的版本号为 1 到 255", "a master key's version is from 1 to 255"))
        self.newest = max(masters)
        self.versions = frozenset(masters)
        self._wrapping = {
            version: AESGCM(hmac.digest(key, b"guitu wrap 1", "sha256")) for version, key in masters.items()
        }
        self._blinding = Blinding(index or index_of(masters[min(masters)]))
        self.blind = self._blinding.number
        self.word = self._blinding.word
        self.hidden = self._blinding.hidden
        self.opened = self._blinding.opened

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """AES-256-GCM under a key derived from the newest master."""
        nonce = os.urandom(NONCE)
        return bytes((self.newest,)) + nonce + self._wrapping[self.newest].encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The reverse of `wrap`."""
        return self._unwrapped(wrapped, context)[1]

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """As the protocol says."""
        version, key = self._unwrapped(wrapped, context)
        return None if version == self.newest else self.wrap(key, context)

    def _unwrapped(self, wrapped: bytes, context: bytes) -> tuple[int, bytes]:
        """By which version, and the key. Version 0 is the first's, from before it was written down."""
        first = min(self._wrapping)
        for version, by, sealed in ((wrapped[0], wrapped[0], wrapped[1:]), (0, first, wrapped)):
            if by in self._wrapping:
                try:
                    return version, self._wrapping[by].decrypt(sealed[:NONCE], sealed[NONCE:], context)
                except InvalidTag:
                    continue
        raise KeyUnusable(
            Label(
                "数据密钥不是由当前主密钥加密的；请恢复与数据库一同备份的主密钥。",
                "A data key was not wrapped by this master key;"
                " restore the one that was backed up with the database.",
            )
        )


def index_of(master: bytes) -> bytes:
    """The index key that goes with a first master key."""
    return hmac.digest(master, b"guitu blind 1", "sha256")


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


def provider() -> KeyProvider:
    """This site's key provider. A master key that was added beside the others is known at once."""
    folder = f"{settings.HOME}/keys"
    global _known
    if _known is None or _known[0] != (folder, _stamp(folder)):
        made = read_provider()
        _known = (folder, _stamp(folder)), made
    return _known[1]


def _stamp(folder: str) -> int:
    """When something was last put into the folder; 0 where there is none. Asked at every turn, so without a
    Path."""
    try:
        return os.stat(folder).st_mtime_ns
    except FileNotFoundError:
        return 0


def forget() -> None:
    """Read the keys again when they are next needed, and keep nothing of what was found with them."""
    global _known
    _known = None


_known: tuple[tuple[str, int], KeyProvider] | None = None


def read_provider() -> KeyProvider:
    """The provider as the folder and the environment say now."""
    cipher = os.environ.get("GUITU_CIPHER") or "aes-256-gcm"
    masters = master_keys()
    if text := os.environ.get("GUITU_INDEX_KEY"):
        index = _decoded(text, "GUITU_INDEX_KEY")
    elif os.environ.get("GUITU_MASTER_KEY"):
        index = index_of(masters[min(masters)])
    else:
        index = _secret("", "index.key", index_of(masters[min(masters)]))
    return MasterKey(masters, index, cipher)


def master_keys() -> dict[int, bytes]:
    """The master keys by version: from GUITU_MASTER_KEY (one key, or several as `1:…,2:…`), else the files
    `master.key` (the first, made on first use), `master-2.key` and so on."""
    if text := os.environ.get("GUITU_MASTER_KEY"):
        parts = [part.partition(":") if ":" in part else ("1", ":", part) for part in text.split(",")]
        try:
            return {int(version): _decoded(key, "GUITU_MASTER_KEY") for version, _, key in parts}
        except ValueError:
            raise KeyUnusable(
                Label("应写成 1:密钥,2:密钥", "write it as 1:KEY,2:KEY"), where="GUITU_MASTER_KEY"
            ) from None
    folder = Path(settings.HOME) / "keys"
    later = {
        int(path.stem.removeprefix("master-")): _decoded(path.read_text(encoding="ascii"), str(path))
        for path in folder.glob("master-*.key")
        if path.stem.removeprefix("master-").isdigit()
    }
    if later and not (folder / "master.key").exists():  # taken away once nothing was wrapped by it any more
        return later
    return {1: _secret("", "master.key"), **later}


def add_master() -> int:
    """Make a new master key beside the others, for whatever is wrapped from now on; its version."""
    if os.environ.get("GUITU_MASTER_KEY"):
        raise GuituError(
            Label(
                "主密钥来自 GUITU_MASTER_KEY：请在其中加上新版本（1:旧密钥,2:新密钥），"
                "并设好 GUITU_INDEX_KEY，"
                "重启服务后再运行。",
                "The master key comes from GUITU_MASTER_KEY: add the new version there (1:OLD,2:NEW), set"
                " GUITU_INDEX_KEY, restart the service, and run this again.",
            )
        )
    provider()  # the index key is written down before its first master key may go
    version = max(master_keys()) + 1
    _make(Path(settings.HOME) / "keys" / f"master-{version}.key", os.urandom(KEY))
    return version


@cache
def site_key() -> SiteKey:
    """This site's signing key."""
    return SiteKey(_secret("GUITU_SITE_KEY", "site.key"))


@cache
def exchange_key() -> X25519PrivateKey:
    """The key by which other systems encrypt what they hand over to this one."""
    return X25519PrivateKey.from_private_bytes(_secret("GUITU_EXCHANGE_KEY", "exchange.key"))


def fingerprint(public: bytes) -> str:
    """A short name of a public key, to compare over the telephone."""
    return hashlib.sha256(public).hexdigest()[:16]


def _secret(variable: str, name: str, new: bytes | None = None) -> bytes:
    """32 secret bytes from the environment, else from a file under the data folder, made once: of chance, or
    the given ones."""
    if text := os.environ.get(variable):
        return _decoded(text, variable)
    path = Path(settings.HOME) / "keys" / name
    if not path.exists():
        _make(path, new or os.urandom(KEY))
    return _decoded(path.read_text(encoding="ascii"), str(path))


def _make(path: Path, secret: bytes) -> None:
    """Write 32 secret bytes so that a second process sees a whole file or none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(base64.b64encode(secret).decode() + "\n")
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
