"""What the access log says, for tests: the newest readings, with words for numbers."""

from __future__ import annotations

from typing import NamedTuple

from guitu.store.readings import database


class Line(NamedTuple):
    """One reading."""

    who: str
    role: str
    unit: str
    what: str
    files: tuple[int, ...]
    shown: int
    compartments: str
    why: str
    source: str
    detail: str
    outside: bool


def lines(who: str = "", what: str = "") -> list[Line]:
    """Every reading (of this account, of this sort), in the order in which they were noted."""
    found = database.rows(
        "SELECT p.who, p.role, p.unit, r.what, r.files, r.shown, r.compartments, w.zh, r.source, r.detail,"
        " r.outside FROM store_reading r JOIN store_readingpost p ON p.no = r.post"
        " JOIN store_readingwhy w ON w.no = r.why ORDER BY r.strand, r.n"
    )
    read = [Line(*r[:4], _numbers(r[4]), *r[5:10], bool(r[10])) for r in found]
    return [x for x in read if who in ("", x.who) and what in ("", x.what)]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()
