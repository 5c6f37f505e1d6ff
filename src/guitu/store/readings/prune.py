"""Months that an office need not keep any longer are removed whole, and leave a signed stub.

The log is kept for six months at least (网络安全法 23), and without this command for ever. A stub says how
far a strand went and with which digest it went on, signed with this site's key; the database lets rows go
only if a stub covers them, and takes no stub younger than six months. So the chain still verifies from the
stub on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guitu.casefile.chain import sm3
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.keys import site_key
from guitu.store.readings import database

MONTHS: Final = 6
_FORMAT: Final = b"guitu-readings-stub-1"


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: everything before `before`, so many readings, of so many strands."""

    before: date
    readings: int
    strands: int


def latest(today: date) -> date:
    """The first day that must be kept, on this day: everything since six months ago."""
    month = today.year * 12 + today.month - 1 - MONTHS
    year, index = divmod(month, 12)
    day = today.day
    while True:
        try:
            return date(year, index + 1, day)
        except ValueError:  # no 31st, no 30th: the month's last day
            day -= 1


def prune(before: date, *, who: str, now: datetime) -> Pruned:
    """Remove all readings before the month of `before`. Raises GuituError if that is younger than six
    months."""
    keep = latest(clock.office_day(now))
    if before > keep:
        raise GuituError(
            Label(
                f"查阅记录至少保存六个月（网络安全法第二十三条），最晚可写 {keep}。",
                "The access log is kept for six months at least (Cybersecurity Law, article 23):"
                f" the latest day is {keep}.",
            )
        )
    first = before.replace(day=1)
    until_ms, now_ms = clock.milliseconds(clock.midnight(first)), clock.milliseconds(now)
    removed = strands = 0
    with database.writing():
        for strand, *_ in database.rows("SELECT no FROM store_readingstrand ORDER BY no"):
            end = database.row(
                "SELECT n, digest FROM store_reading WHERE strand = %s AND at_ms < %s"
                " ORDER BY n DESC LIMIT 1",
                [strand, until_ms],
            )
            if end is None:
                continue
            _stub(strand, end[0], bytes(end[1]), until_ms, now_ms, who)
            removed += database.execute(
                "DELETE FROM store_reading WHERE strand = %s AND n <= %s", [strand, end[0]]
            )
            strands += 1
        if strands:
            database.execute("DELETE FROM store_readingfile WHERE at_ms < %s", [until_ms])
    return Pruned(first, removed, strands)


def _stub(strand: int, n: int, digest: bytes, until_ms: int, now_ms: int, who: str) -> None:
    key = site_key()
    signature = key.sign(statement(strand, n, digest, until_ms, now_ms, who))
    database.execute(
        "INSERT INTO store_readingstub"
        " (strand, n, digest, until_ms, pruned_ms, who, public_key, signature)"
        f" VALUES ({engine.marks(8)})",
        [strand, n, digest, until_ms, now_ms, who, key.public, signature],
    )


def statement(strand: int, n: int, digest: bytes, until_ms: int, now_ms: int, who: str) -> bytes:
    """What is signed of a stub."""
    return sm3(_FORMAT + digest + f" {strand} {n} {until_ms} {now_ms} {who}".encode())
