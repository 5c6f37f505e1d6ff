"""An account's second factors together: which it has, whether it must have one, and taking them away."""

from __future__ import annotations

from dataclasses import dataclass

from guitu.store import engine
from guitu.web.accounts.keys import factor_demanded, needs_factor


@dataclass(frozen=True, slots=True)
class Factors:
    """Whether the account has codes by time, how many passkeys, and how many recovery codes are left."""

    totp: bool = False
    passkeys: int = 0
    recovery: int = 0

    @property
    def any(self) -> bool:
        """Whether a second factor is asked for. Recovery codes alone are none."""
        return self.totp or self.passkeys > 0


def of(user_id: int) -> Factors:
    """The account's second factors. One query."""
    found = engine.row(
        "SELECT (SELECT count(*) FROM web_totpsecret WHERE user_id = %s),"
        " (SELECT count(*) FROM web_passkey WHERE user_id = %s),"
        " (SELECT count(*) FROM web_recoverycode WHERE user_id = %s)",
        [user_id] * 3,
    )
    return Factors(bool(found[0]), found[1], found[2]) if found else Factors()


def must_have(user_id: int) -> bool:
    """Whether the account may act only with a second factor: one of its posts is of a role that needs it."""
    if not factor_demanded():
        return False
    held = engine.rows("SELECT DISTINCT role FROM store_staffpost WHERE user_id = %s", [user_id])
    return any(needs_factor(role) for (role,) in held)


def take_away(user_id: int) -> None:
    """Whoever holds the account sets up a second factor anew: an administrator's help for what is lost."""
    with engine.writing():
        for table in ("web_totpsecret", "web_passkey", "web_recoverycode"):
            engine.execute(f"DELETE FROM {table} WHERE user_id = %s", [user_id])
