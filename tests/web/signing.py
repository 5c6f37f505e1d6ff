"""What the tests of signing in share: accounts, a clock that is moved, codes, and a passkey in software."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from types import SimpleNamespace

import pyotp
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import User
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

from guitu.store import staff
from guitu.web import clock
from guitu.web.accounts import totp

PASSWORD = "a-password-of-tests"
START = 1_790_000_010.0
"""A moment in the middle of a half minute."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = START

    def pass_minutes(self, minutes: float) -> None:
        """Let that much time go by."""
        self.now += minutes * 60


def still_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """From now on the seconds that really pass are the test's."""
    moved = Clock()
    monkeypatch.setattr(clock, "clock", SimpleNamespace(time=lambda: moved.now))
    return moved


def make(username: str, role: str = "town_office", unit: str = "469023100", name: str = "李晓梅") -> User:
    """An account with its own password and one post; with an empty role, none."""
    staff.add(username, PASSWORD, name, [(role, unit)] if role else [])
    return User.objects.get(username=username)


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    """Type account and password."""
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def code_at(secret: str, seconds: float) -> str:
    """What an authenticator shows at that moment."""
    return pyotp.TOTP(secret).at(int(seconds))


def give_codes(user: User, at: float) -> str:
    """Set the account up with codes by time; its secret. The code of that moment is used up by it."""
    sealed = totp.new_secret(user.pk)
    secret = totp.opened(user.pk, sealed)
    assert totp.confirm(user.pk, sealed, code_at(secret, at), at)
    return secret


@dataclass
class SoftKey:
    """An authenticator with one passkey, honest about everything but what the test makes it say."""

    origin: str
    rp: str
    verified: bool = True
    count: int = 0
    counts: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))
    handle: bytes = b""

    def create(self, options: dict[str, object]) -> str:
        """Answer a request to make a passkey."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])  # type: ignore[index]
        public = dict(ES256.from_cryptography_key(self.key.public_key()))
        credential = b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(public)
        told = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(0x40) + credential})
        return self._json(
            {
                "clientDataJSON": self._client("webauthn.create", asked["challenge"]),  # type: ignore[index]
                "attestationObject": told,
            }
        )

    def use(self, options: dict[str, object]) -> str:
        """Answer a request to use it."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])  # type: ignore[index]
        data = self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._json(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": signature,
                "userHandle": self.handle,
            }
        )

    def _data(self, flags: int) -> bytes:
        self.count += 1 if self.counts else 0
        flags |= 0x01 | (0x04 if self.verified else 0)
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _json(self, parts: dict[str, bytes]) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": {name: websafe_encode(part) for name, part in parts.items()},
                "clientExtensionResults": {},
            }
        )
