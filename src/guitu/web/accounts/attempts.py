"""How many failures in a row: then a pause, for the account from anywhere, and for the address with any
account.

An attempt is counted before the password is looked at, and taken back if it was right: however many arrive
together, in however many processes, no more than the limit are looked at. Kept in the database, so that
neither a restart nor another process forgets. Accounts that do not exist are counted like those that do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guitu.store import engine
from guitu.web.clock import ticks

MOST: Final = 5
"""Failures of one account, from wherever."""
MOST_FROM_ADDRESS: Final = 30
"""Failures from one address, with whatever accounts: a whole office may stand behind one."""
PAUSE_MINUTES: Final = 15
"""How long a pause is, and for how long a failure counts."""

_COUNT: Final = (
    "INSERT INTO web_failedsignin (key, n, last_ms) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET"
    " n = CASE WHEN web_failedsignin.last_ms < %s THEN 1"
    " WHEN web_failedsignin.n > %s THEN web_failedsignin.n ELSE web_failedsignin.n + 1 END,"
    " last_ms = CASE WHEN web_failedsignin.last_ms >= %s AND web_failedsignin.n >= %s"
    " THEN web_failedsignin.last_ms ELSE excluded.last_ms END"
    " RETURNING n, last_ms"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: `left` are those that follow it, should it fail; `until` (seconds that really pass) is
    when the pause ends if there is one now: then the attempt must not be looked at."""

    left: int
    until: float | None = None


def begin(username: str, address: str) -> Attempt:
    """Count an attempt. One with `until` is refused unseen."""
    now = round(ticks() * 1000)
    with engine.writing():
        there = _count(_address(address), MOST_FROM_ADDRESS, now)
        if there.until is not None:
            return there
        own = _count(_account(username), MOST, now)
        if own.until is not None:
            _less(_address(address))
            return own
    return Attempt(min(own.left, there.left))


def failed(username: str, address: str) -> Attempt:
    """How things stand after an attempt that was wrong: it stays counted."""
    since = round(ticks() * 1000) - PAUSE_MINUTES * 60_000
    stand = [
        _stand(_account(username), MOST, since),
        _stand(_address(address), MOST_FROM_ADDRESS, since),
    ]
    locked = [each for each in stand if each.until is not None]
    return max(locked, key=lambda each: each.until or 0) if locked else min(stand, key=lambda each: each.left)


def take_back(username: str, address: str) -> None:
    """The attempt was right so far: it counts no longer. Earlier failures do, until `succeeded`."""
    with engine.writing():
        for key in (_account(username), _address(address)):
            _less(key)


def succeeded(username: str) -> None:
    """The account's holder is in: its failures are forgotten. Those of the address are not, else one account
    of one's own would pay for guessing at others."""
    with engine.writing():
        engine.execute("DELETE FROM web_failedsignin WHERE key = %s", [_account(username)])


def unlock(username: str) -> bool:
    """An administrator ends an account's pause; whether there was anything to forget."""
    with engine.writing():
        return bool(engine.execute("DELETE FROM web_failedsignin WHERE key = %s", [_account(username)]))


def pauses(usernames: Iterable[str]) -> dict[str, float]:
    """Which of these accounts have a pause now, and when it ends (seconds that really pass)."""
    keys = {_account(username): username for username in usernames}
    since = round(ticks() * 1000) - PAUSE_MINUTES * 60_000
    found = engine.rows_for("SELECT key, n, last_ms FROM web_failedsignin WHERE key IN ({})", keys)
    return {keys[key]: _end(last) for key, n, last in found if n >= MOST and last >= since}


def tidy() -> None:
    """Forget what no longer counts."""
    since = round(ticks() * 1000) - PAUSE_MINUTES * 60_000
    engine.execute("DELETE FROM web_failedsignin WHERE last_ms < %s", [since])


def _count(key: str, most: int, now: int) -> Attempt:
    since = now - PAUSE_MINUTES * 60_000
    found = engine.row(_COUNT, [key, now, since, most, since, most])
    assert found is not None  # RETURNING gives the row that was written
    n, last = found
    return Attempt(0, _end(last)) if n > most else Attempt(most - n)


def _less(key: str) -> None:
    engine.execute("UPDATE web_failedsignin SET n = n - 1 WHERE key = %s AND n > 0", [key])


def _stand(key: str, most: int, since: int) -> Attempt:
    found = engine.row("SELECT n, last_ms FROM web_failedsignin WHERE key = %s", [key])
    n, last = found if found is not None and found[1] >= since else (0, 0)
    return Attempt(0, _end(last)) if n >= most else Attempt(most - n)


def _end(last_ms: int) -> float:
    return last_ms / 1000 + PAUSE_MINUTES * 60


def _account(username: str) -> str:
    return _digest("account", username.casefold())


def _address(address: str) -> str:
    return _digest("address", address)


def _digest(what: str, text: str) -> str:
    return hashlib.sha256(f"{what}\0{text}".encode()).hexdigest()
