"""Strands: each writer's own chain of readings, so that writers do not wait for each other.

A process keeps the strands it has begun and lends each to one writer at a time. One whose transaction did not
certainly end well is never used again: the next writer begins another.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from typing import Final

from guitu.casefile.chain import sm3
from guitu.store.readings import database

_FORMAT: Final = "guitu-reading-1"


@dataclass(slots=True)
class Strand:
    """Where a strand ends: its number, the place, digest and time of its last reading."""

    no: int
    n: int
    head: bytes
    at_ms: int


_free: Final[deque[Strand]] = deque()


def take(now_ms: int) -> Strand:
    """A strand that nobody else writes on."""
    try:
        return _free.pop()
    except IndexError:
        return _begin(now_ms)


def give_back(strand: Strand) -> None:
    """The strand's last reading is written for good: another may go on with it."""
    _free.append(strand)


def forget() -> None:
    """Begin anew: in a process that was made from this one, or on another database."""
    _free.clear()


os.register_at_fork(after_in_child=forget)


def _begin(now_ms: int) -> Strand:
    found = database.row("INSERT INTO store_readingstrand (begun_ms) VALUES (%s) RETURNING no", [now_ms])
    assert found is not None
    return Strand(found[0], 0, genesis(found[0], now_ms), now_ms)


def genesis(no: int, begun_ms: int) -> bytes:
    """What stands before the first reading of a strand."""
    return sm3(f"{_FORMAT} strand {no} {begun_ms}".encode())


def digest(
    before: bytes,
    strand: int,
    n: int,
    at_ms: int,
    who: str,
    role: str,
    unit: str,
    what: str,
    outside: bool,
    files: str,
    shown: int,
    compartments: str,
    zh: str,
    en: str,
    purpose: str,
    source: str,
    detail: str,
) -> bytes:
    """The digest of a reading that stands after one whose digest is `before`. Every text has its length in
    front, so that no two readings read the same."""
    texts = (who, role, unit, what, files, compartments, zh, en, purpose, source, detail)
    told = "".join([f"{len(text)}:{text}" for text in texts])
    return sm3(before + f"{_FORMAT} {strand} {n} {at_ms} {int(outside)} {shown} {told}".encode())
