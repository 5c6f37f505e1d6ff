"""What an auditor made of a reading: asked about it, or found it in order; and what the reader answered.

A review is about everything one account saw of one file on one day. It is a row added, never changed; the
newest one counts. There is no free text: a question is a question, and an answer is one of a few grounds, so
that nothing about a person is written here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.engine import day_of
from guitu.store.readings import database

Act = Literal["ask", "ok", "answer"]

GROUNDS: Final[dict[str, Label]] = {
    "letter": Label("核查来信来访", "Checking a letter or a visit"),
    "ordered": Label("上级交办", "Ordered from above"),
    "handover": Label("移交前了解情况", "Before a hand-over"),
    "cover": Label("代班", "Covering for a colleague"),
    "mistake": Label("误点", "Opened by mistake"),
    "in_person": Label("当面说明", "Will explain in person"),
}
"""What a reader may answer."""


@dataclass(frozen=True, slots=True)
class Review:
    """The newest word about one account's reading of one file on one day."""

    file: int
    who: str
    day: date
    act: Act
    ground: str
    by: str
    at: datetime


LOOKED_EVERY: Final = 60.0
"""Seconds for which it is near enough who has been asked something."""

_asked: tuple[float, frozenset[str]] = (-LOOKED_EVERY, frozenset())


def is_asked(username: str) -> bool:
    """Whether an account has been asked about a reading and has not answered; known within a minute."""
    global _asked
    now = monotonic()
    if now - _asked[0] >= LOOKED_EVERY:
        newest = "SELECT max(no) FROM store_readingreview GROUP BY file, who, day"
        found = database.rows(
            f"SELECT DISTINCT who FROM store_readingreview WHERE act = 'ask' AND no IN ({newest})"
        )
        _asked = now, frozenset(r[0] for r in found)
    return username in _asked[1]


def forget() -> None:
    """Ask the database again who has been asked."""
    global _asked
    _asked = (-LOOKED_EVERY, frozenset())


def add(file: int, who: str, day: date, act: Act, *, by: str, now: datetime, ground: str = "") -> None:
    """Add a review, or an answer."""
    with database.writing():
        database.execute(
            "INSERT INTO store_readingreview (file, who, day, act, ground, by, at_ms)"
            f" VALUES ({engine.marks(7)})",
            [file, who, day.isoformat(), act, ground, by, clock.milliseconds(now)],
        )
    forget()


def of_files(files: Iterable[int]) -> dict[tuple[int, str, date], Review]:
    """The newest review of each account and day, of these files."""
    return _newest(_ROWS + " WHERE file IN ({}) ORDER BY no", sorted(set(files)))


def asked_of(username: str) -> tuple[Review, ...]:
    """What an account has been asked and has not answered, newest first."""
    found = _newest(_ROWS + " WHERE who IN ({}) ORDER BY no", [username])
    return tuple(sorted((r for r in found.values() if r.act == "ask"), key=lambda r: r.at, reverse=True))


_ROWS: Final = "SELECT file, who, day, act, ground, by, at_ms FROM store_readingreview"


def _newest(sql: str, values: list[int] | list[str]) -> dict[tuple[int, str, date], Review]:
    found = {}
    for file, who, day_read, act, ground, by, at_ms in database.rows_for(sql, values):
        day = day_of(day_read)
        assert day is not None
        found[file, who, day] = Review(file, who, day, act, ground, by, clock.moment(at_ms))
    return found
