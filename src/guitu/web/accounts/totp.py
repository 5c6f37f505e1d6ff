"""Codes by time (TOTP, RFC 6238): six figures, half a minute each, from an app or a device with the secret.

The codes are pyotp's. Here: that the secret is kept sealed, that a code is taken once, and that a clock may
be half a minute off.
"""

from __future__ import annotations

import base64
import hmac
from typing import Final

import pyotp

from guitu.store import engine
from guitu.store.keys import provider

SECONDS: Final = 30
DRIFT: Final = 1
"""By how many half minutes the two clocks may differ, either way."""


def new_secret(user_id: int) -> str:
    """A new secret of 160 bits, sealed, as text for the session; it counts once `confirm` has seen a code."""
    return base64.b64encode(_seal(user_id, pyotp.random_base32())).decode()


def opened(user_id: int, sealed: str) -> str:
    """The secret in that text, in base 32 as authenticators want it typed."""
    return _unseal(user_id, base64.b64decode(sealed))


def address(secret: str, username: str, office: str) -> str:
    """What the picture to be scanned says: an otpauth address."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=office)


def confirm(user_id: int, sealed: str, code: str, at: float) -> bool:
    """Take the secret in use, in place of an earlier one, if the code is one of it at that moment."""
    step = _step(opened(user_id, sealed), code, at, 0)
    if step is None:
        return False
    with engine.writing():
        engine.execute("DELETE FROM web_totpsecret WHERE user_id = %s", [user_id])
        engine.insert(
            "web_totpsecret",
            ("user_id", "sealed", "made_ms", "last_step"),
            [(user_id, base64.b64decode(sealed), round(at * 1000), step)],
        )
    return True


def take(user_id: int, code: str, at: float) -> bool:
    """Whether the code is the account's at that moment (seconds since 1970) and was not taken before. It is
    taken by this: of two who send the same one at once, one is refused."""
    found = engine.row("SELECT sealed, last_step FROM web_totpsecret WHERE user_id = %s", [user_id])
    if found is None:
        return False
    step = _step(_unseal(user_id, bytes(found[0])), code, at, found[1])
    if step is None:
        return False
    with engine.writing():
        return bool(
            engine.execute(
                "UPDATE web_totpsecret SET last_step = %s WHERE user_id = %s AND last_step < %s",
                [step, user_id, step],
            )
        )


def remove(user_id: int) -> None:
    """The account has no such codes any more."""
    engine.execute("DELETE FROM web_totpsecret WHERE user_id = %s", [user_id])


def _step(secret: str, code: str, at: float, last: int) -> int | None:
    """The half minute whose code this is, later than the last one taken."""
    typed = "".join(code.split())
    now = int(at) // SECONDS
    codes = pyotp.TOTP(secret)
    match = None
    for step in range(now - DRIFT, now + DRIFT + 1):  # every one is compared, so that time tells nothing
        same = hmac.compare_digest(codes.generate_otp(step).encode(), typed.encode())
        if same and step > last:
            match = step
    return match


def _context(user_id: int) -> bytes:
    """What a sealed secret is bound to; store/rotation.py says the same when the master key changes."""
    return f"totp {user_id}".encode()


def _seal(user_id: int, secret: str) -> bytes:
    return provider().wrap(secret.encode(), _context(user_id))


def _unseal(user_id: int, sealed: bytes) -> str:
    return provider().unwrap(sealed, _context(user_id)).decode()
