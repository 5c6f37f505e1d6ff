"""The signed daily root of the log: one digest over where every strand stood, signed with this site's key.

As with the entries: whoever keeps a copy of one root can show later that no reading before it was altered or
removed. What has been noted since the last root can still be cut off at the end of a strand by somebody who
holds the database; signing more often makes that stretch shorter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile.chain import GENESIS, sm3
from guitu.store import engine
from guitu.store.keys import site_key
from guitu.store.readings import database

_FORMAT: Final = b"guitu-readings-root-1"

Leaf = tuple[int, int, bytes]
"""A strand's number, how many readings it had, and its digest then."""


@dataclass(frozen=True, slots=True)
class LogRoot:
    """A signed root: its day, how many strands had grown, and the digest itself."""

    day: date
    strands: int
    root: bytes


def sign(day: date) -> LogRoot | None:
    """Sign what was noted since the last root, as the root of `day`; None if nothing was, or `day` has
    one."""
    with database.writing():
        if database.is_postgresql():
            database.execute("LOCK TABLE store_reading IN SHARE MODE")  # whoever is writing finishes first
        last = database.row("SELECT day, root FROM store_readingroot ORDER BY day DESC LIMIT 1")
        previous = bytes(last[1]) if last else GENESIS
        if last and str(last[0]) >= day.isoformat():
            return None
        leaves = _grown()
        if not leaves:
            return None
        root, key = statement(day, previous, leaves), site_key()
        database.execute(
            "INSERT INTO store_readingroot (day, strands, previous, root, public_key, signature)"
            f" VALUES ({engine.marks(6)})",
            [day.isoformat(), len(leaves), previous, root, key.public, key.sign(root)],
        )
        for leaf in leaves:
            database.execute(
                "INSERT INTO store_readingleaf (day, strand, n, digest) VALUES (%s, %s, %s, %s)",
                [day.isoformat(), *leaf],
            )
    return LogRoot(day, len(leaves), root)


def _grown() -> list[Leaf]:
    """Where every strand stands that is longer than at the last root. A strand that no root knows is one."""
    signed = dict(database.rows("SELECT strand, max(n) FROM store_readingleaf GROUP BY strand"))
    found = []
    for strand, *_ in database.rows("SELECT no FROM store_readingstrand ORDER BY no"):
        end = database.row(
            "SELECT n, digest FROM store_reading WHERE strand = %s ORDER BY n DESC LIMIT 1", [strand]
        )
        if end and end[0] > signed.get(strand, 0):
            found.append((strand, end[0], bytes(end[1])))
    return found


def statement(day: date, previous: bytes, leaves: Iterable[Leaf]) -> bytes:
    """What is signed."""
    parts = [_FORMAT, day.isoformat().encode(), previous]
    parts += [f"{strand} {n} ".encode() + digest for strand, n, digest in leaves]
    return sm3(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
