"""Ten codes on paper for when the second factor is lost: shown once, each used once, kept as digests.

A code has 74 random bits: a plain digest of it is not guessed back, and depends on no key that may change.
"""

from __future__ import annotations

import hashlib
from typing import Final

from guitu.store import engine
from guitu.store.passwords import one_time_password

MANY: Final = 10


def make(user_id: int) -> tuple[str, ...]:
    """Ten new codes in place of all earlier ones."""
    codes = tuple(one_time_password() for _ in range(MANY))
    with engine.writing():
        remove(user_id)
        engine.insert(
            "web_recoverycode", ("user_id", "digest"), [(user_id, _digest(user_id, code)) for code in codes]
        )
    return codes


def take(user_id: int, code: str) -> bool:
    """Whether it is one of the account's codes; it is none any more."""
    with engine.writing():
        return bool(
            engine.execute(
                "DELETE FROM web_recoverycode WHERE user_id = %s AND digest = %s",
                [user_id, _digest(user_id, code)],
            )
        )


def remove(user_id: int) -> None:
    """The account has no such codes any more."""
    engine.execute("DELETE FROM web_recoverycode WHERE user_id = %s", [user_id])


def _digest(user_id: int, code: str) -> bytes:
    typed = "".join(each for each in code.casefold() if each.isalnum())
    return hashlib.sha256(f"{user_id}\0{typed}".encode()).digest()
