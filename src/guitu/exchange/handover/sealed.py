"""A bundle as bytes: a header that anybody may read, a body that only the receiver opens, and the sender's
signature over both.

    b"GUITUHO1"  length of header (4)  header  length of body (4)  body  signature (64)

The header is JSON: what it is, its id, from which system to which, when, and a public key made for this
bundle alone (X25519). The body is zlib-packed JSON under AES-256-GCM with a key derived from that and the
receiver's key; the header is bound to it. The signature is Ed25519. Nothing is trusted before it has been
checked, and nothing is unpacked beyond a bound.
"""

from __future__ import annotations

import base64
import json
import os
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from struct import Struct
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.keys import NONCE, SiteKey, signed_by

MAGIC: Final = b"GUITUHO1"
SIGNATURE: Final = 64
MOST_HEADER: Final = 4096
MOST_BODY: Final = 8 * 1024 * 1024
"""Bytes of a bundle's body as it travels."""
MOST_OPENED: Final = 64 * 1024 * 1024
"""Bytes of it unpacked."""
KINDS: Final = ("files", "papers", "answers", "ask", "error")
_LENGTH: Final = Struct(">I")
_PURPOSE: Final = b"guitu hand-over 1"


class NotReadable(GuituError):
    """A bundle that is damaged, not for this system, or not from one that it knows. Nothing of it was
    taken."""


@dataclass(frozen=True, slots=True)
class Header:
    """What anybody may read of a bundle. `made_ms` is the sender's clock, for people to look at; nothing is
    decided by it."""

    kind: str
    id: str
    sender: str
    receiver: str
    made_ms: int


@dataclass(frozen=True, slots=True)
class Message:
    """A bundle that was opened: its header, and what it says."""

    header: Header
    content: Mapping[str, Any]


def seal(header: Header, content: Mapping[str, Any], sign: SiteKey, to: bytes) -> bytes:
    """The bundle. `to` is the receiver's public X25519 key."""
    once = X25519PrivateKey.generate()
    head = json.dumps(
        {
            "kind": header.kind, "id": header.id, "from": header.sender, "to": header.receiver,
            "made_ms": header.made_ms, "key": base64.b64encode(once.public_key().public_bytes_raw()).decode(),
        },
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    ).encode()  # fmt: skip
    plain = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    nonce = os.urandom(NONCE)
    key = _key(once.exchange(X25519PublicKey.from_public_bytes(to)))
    body = nonce + AESGCM(key).encrypt(nonce, plain, head)
    if len(body) > MOST_BODY:
        raise NotReadable(Label("这包材料太大，请分批发送。", "The bundle is too large; send fewer at once."))
    signed = MAGIC + _LENGTH.pack(len(head)) + head + _LENGTH.pack(len(body)) + body
    return signed + sign.sign(_PURPOSE + signed)


def unseal(raw: bytes, me: str, mine: X25519PrivateKey, key_of: Callable[[str], bytes | None]) -> Message:
    """What a bundle says to the system `me`. `key_of` gives the public signing key of a system that is known
    by name, None for others. Raises NotReadable."""
    head, body, signed, signature = _parts(raw)
    try:
        told = json.loads(head)
        header = Header(
            str(told["kind"]), str(told["id"]), str(told["from"]), str(told["to"]), int(told["made_ms"])
        )
        once = X25519PublicKey.from_public_bytes(base64.b64decode(told["key"], validate=True))
    except (ValueError, KeyError, TypeError) as wrong:
        raise _damaged() from wrong
    if header.receiver != me:
        raise NotReadable(
            Label(
                f"这包材料是给“{header.receiver[:60]}”的，不是给本系统的。",
                f"This bundle is for “{header.receiver[:60]}”, not for this system.",
            )
        )
    public = key_of(header.sender)
    if public is None:
        raise NotReadable(
            Label(
                f"不认识系统“{header.sender[:60]}”；请先登记对方的名片。",
                f"the system “{header.sender[:60]}” is not known; register its card first.",
            )
        )
    if not signed_by(public, signature, _PURPOSE + signed):
        raise NotReadable(
            Label("签名不符，材料可能被改动。", "The signature does not fit; it may have been altered.")
        )
    if header.kind not in KINDS:
        raise _damaged()
    try:
        plain = AESGCM(_key(mine.exchange(once))).decrypt(body[:NONCE], body[NONCE:], head)
        content = json.loads(_unpacked(plain))
    except (InvalidTag, ValueError, zlib.error) as wrong:
        raise _damaged() from wrong
    if not isinstance(content, dict):
        raise _damaged()
    return Message(header, content)


def _parts(raw: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Header, body, all that is signed, and the signature."""
    try:
        if raw[: len(MAGIC)] != MAGIC:
            raise ValueError("magic")
        at = len(MAGIC)
        (size,) = _LENGTH.unpack_from(raw, at)
        if not 0 < size <= MOST_HEADER:
            raise ValueError("header")
        head = raw[at + 4 : at + 4 + size]
        at += 4 + size
        (size,) = _LENGTH.unpack_from(raw, at)
        end = at + 4 + size
        if size > MOST_BODY or len(raw) != end + SIGNATURE:
            raise ValueError("length")
    except (ValueError, struct.error) as wrong:
        raise _damaged() from wrong
    return head, raw[at + 4 : end], raw[:end], raw[end:]


def _unpacked(plain: bytes) -> bytes:
    """Unpacked, but never beyond the bound."""
    unpack = zlib.decompressobj()
    found = unpack.decompress(plain, MOST_OPENED)
    if unpack.unconsumed_tail or not unpack.eof:
        raise ValueError("too much")
    return found


def _key(shared: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(shared)


def _damaged() -> NotReadable:
    return NotReadable(
        Label("文件不完整或不是移交材料；请对方重发。", "It is damaged, or no bundle; have it sent again.")
    )
