"""How a phone and the server notice that the server was restored from a backup.

Every answer carries a mark: the last entry that is there, by number and digest, and the server's epoch. The
phone brings the last mark it got. If that entry is not there any more, or another one has its number, what
was stored since is gone, and the server takes a new epoch: a mark of another epoch says the same of its
phone. Marks are signed with the site's secret, which no backup of the database holds: nobody else can make
one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from guitu.exchange.phone.bounds import KEEP_SENT_DAYS
from guitu.store import clock, engine

_NAME: Final = "sync epoch"
_WHEN: Final = "sync restored"
"""Under which the moment stands at which it was last noticed, in milliseconds."""
_EPOCH: Final = "(SELECT last FROM store_counter WHERE name = %s)"
_SIGNED: Final = "guitu.phone.mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """The epoch, and the last entry that was there: its number (0 for none) and the first bytes of its
    digest, in hexadecimal."""

    epoch: int
    seq: int
    digest: str

    @property
    def text(self) -> str:
        """As it travels."""
        return Signer(salt=_SIGNED).sign(f"{self.epoch:x}.{self.seq}.{self.digest}")


@engine.house()
def epoch() -> int:
    """The server's epoch now: a random number, made when it is first asked for."""
    found = engine.row(f"SELECT {_EPOCH}", [_NAME])
    return _told(found[0] if found else None)


def _told(last: int | None) -> int:
    """The epoch that stands there; a new one where none does yet."""
    return int(last) if last is not None else new_epoch()


@engine.house()
def new_epoch(restored_ms: int = 0) -> int:
    """Take another epoch; since that moment, if a restored server is why."""
    number = secrets.randbits(62) + 1
    with engine.writing():
        _put(_NAME, number)
        if restored_ms:
            _put(_WHEN, restored_ms)
    return number


def _put(name: str, last: int) -> None:
    engine.execute(
        "INSERT INTO store_counter (name, last) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        [name, last],
    )


@engine.house()
def lately_restored(now: datetime) -> bool:
    """Whether phones may still bring what a restored server lost: then what is not there yet may come."""
    found = engine.row("SELECT last FROM store_counter WHERE name = %s", [_WHEN])
    until = timedelta(days=KEEP_SENT_DAYS) / timedelta(milliseconds=1)
    return found is not None and clock.milliseconds(now) < int(found[0]) + until


@engine.house()
def mark() -> Mark:
    """The mark of this moment."""
    found = engine.row(f"SELECT {_EPOCH}, seq, digest FROM store_entry ORDER BY seq DESC LIMIT 1", [_NAME])
    return Mark(_told(found[0]), int(found[1]), _short(found[2])) if found else Mark(epoch(), 0, "")


@engine.house()
def restored(text: str, now: datetime) -> bool:
    """Whether whoever brings this mark knew the server before it was restored. A mark that is none is no
    reason to believe it; the phone that lost its mark asks for everything anyway."""
    known = read(text)
    if known is None:
        return False
    there = engine.row(
        f"SELECT {_EPOCH}, (SELECT digest FROM store_entry WHERE seq = %s)", [_NAME, known.seq]
    )
    assert there is not None
    if known.epoch != _told(there[0]):
        if not lately_restored(now):  # the backup may be older than the first epoch
            _put(_WHEN, clock.milliseconds(now))
        return True
    if not known.seq:
        return False
    if there[1] is not None and _short(there[1]) == known.digest:
        return False
    new_epoch(clock.milliseconds(now))
    return True


def read(text: str) -> Mark | None:
    """The mark in a text; None where it is not one of ours."""
    try:
        told, number, digest = Signer(salt=_SIGNED).unsign(text[:200]).split(".")
        return Mark(int(told, 16), int(number), digest)
    except (BadSignature, ValueError):
        return None


def _short(digest: bytes | memoryview) -> str:
    return bytes(digest)[:12].hex()
