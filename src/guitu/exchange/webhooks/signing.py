"""Signing a message as Standard Webhooks 1.0 does (symmetric, HMAC with SHA-256).

The signature covers the id, the moment of sending and the body, so that neither can be exchanged and an old
message cannot be played again. A receiver compares it without letting time tell, and turns away a message
whose moment is more than TOLERANCE seconds from its own clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

PREFIX: Final = "whsec_"
TOLERANCE: Final = 300


def new_secret() -> str:
    """A secret as a receiver keeps it: 32 random bytes in base 64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, identifier: str, moment: int, body: bytes) -> dict[str, str]:
    """The three headers of a message sent at that moment (seconds since 1970)."""
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{_signature(secret, identifier, str(moment), body)}",
    }


def holds(secret: str, given: Mapping[str, str], body: bytes, now: int) -> bool:
    """Whether a message is the sender's and fresh: what a receiver does. Any one of several signatures will
    do, so that a secret can be changed without a gap."""
    identifier, moment = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not moment.isascii() or not moment.isdigit() or abs(now - int(moment)) > TOLERANCE:
        return False
    right = f"v1,{_signature(secret, identifier, moment, body)}".encode()
    sent = given.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(right, one.encode("utf-8", "replace")) for one in sent)


def _signature(secret: str, identifier: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    text = f"{identifier}.{moment}.".encode() + body
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
