"""Checking that nothing stored was altered, lost or moved: every chain, and every signed daily root over
them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

from django.db import connection

from guitu.casefile.chain import Link, beginning, follows
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.broken import SENTENCES, UNREADABLE, Broken, Fault, raw
from guitu.store.encoding import READ, link_read
from guitu.store.engine import Row
from guitu.store.pack_check import verify_packs
from guitu.store.roots import verify_roots

LOOKED_THROUGH: Final = 400

_ROWS: Final = f"SELECT {READ}, seq FROM store_entry ORDER BY file, n".replace(
    "happened_on", "CAST(happened_on AS text)", 1
)

_FIRST_ALTERED: Final = Label(
    "档案 {case_no} 第 {n} 条（{id}）已被改动，或档案的登记（编号、类别、开档时间）已被改动",
    "file {case_no}, entry {n} ({id}) was altered, or how the file is registered (number, kind, when opened)",
)
"""Of the first entry of a file, whose digest covers both."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found."""

    files: int
    entries: int
    roots: int
    broken: tuple[Broken, ...]

    @property
    def good(self) -> bool:
        """Whether everything stands as it was written."""
        return not self.broken


def verify(progress: Callable[[int], None] | None = None) -> Report:
    """Walk every chain from its beginning and every root; `progress` is told how many entries are done."""
    with engine.steady(), _as_it_stands():
        files, entries, broken = _verify_chains(progress)
        count, wrong = verify_roots()
        packs = verify_packs()
    return Report(files, entries, count, (*broken, *wrong, *packs))


@contextmanager
def _as_it_stands() -> Iterator[None]:
    """Text that is none is read all the same, so that its row can be named."""
    if engine.is_postgresql():
        yield
        return
    connection.ensure_connection()
    here: Any = connection.connection
    before, here.text_factory = here.text_factory, lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        here.text_factory = before


def _verify_chains(progress: Callable[[int], None] | None) -> tuple[int, int, list[Broken]]:
    """How many files and entries there are, and the first fault of each file that has one."""
    files = entries = 0
    broken: list[Broken] = []
    rows = engine.stream(_ROWS)
    heads = engine.stream(
        "SELECT no, id, about, case_no, opened_ms, n, head FROM store_casefile ORDER BY no", size=500
    )
    for head, chain in _side_by_side(heads, rows):
        files += 1
        entries += len(chain)
        if found := _check(head, chain):
            broken.append(found)
        if progress is not None:
            progress(entries)
    return files, entries, broken


def _side_by_side(heads: Iterator[Row], rows: Iterator[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Each file's row with all its entries; None for entries that belong to no file."""
    head = next(heads, None)
    for file, group in groupby(rows, key=lambda r: r[0]):
        while head is not None and (isinstance(file, str) or head[0] < file):
            yield head, []
            head = next(heads, None)
        if head is not None and head[0] == file:
            yield head, list(group)
            head = next(heads, None)
        else:
            yield None, list(group)
    while head is not None:
        yield head, []
        head = next(heads, None)


def _check(head: Row | None, chain: Sequence[Row]) -> Broken | None:
    """The first fault of one file, or None."""
    if head is None:
        return _broken("no_file", str(chain[0][0]), chain[0][1], None, id=_named(chain[0]))
    _, identifier, about, case_no, opened, length, last = head
    file = _uuid(identifier) or UUID(int=0)
    before = first = _beginning(file, about, case_no, opened)
    for n, row in enumerate(chain, start=1):
        if _stands(row, n, file, before):
            before = row[14] if type(row[14]) is bytes else raw(row[14])
            continue
        link, stored = _link(row, file), raw(row[14])
        was = _place_before(link, stored, first, chain, length) if link is not None else None
        if was is not None and was != row[1]:
            return _broken("reordered", case_no, row[1], _uuid(row[2]), was=was)
        if row[1] != n:
            return _broken("missing", case_no, n, None)
        words = SENTENCES["altered"] if n > 1 else _FIRST_ALTERED
        return _broken("altered", case_no, n, _uuid(row[2]), words, id=_named(row))
    for row, after in pairwise(chain):
        if after[15] <= row[15]:
            return _broken("order", case_no, after[1], _uuid(after[2]))
    if not isinstance(length, int):
        return _broken("head", case_no, len(chain), None)
    if len(chain) < length:
        return _broken("missing", case_no, len(chain) + 1, None)
    if len(chain) > length or before != raw(last):
        return _broken("head", case_no, len(chain), None)
    return None


def _beginning(file: UUID, about: Any, case_no: Any, opened_ms: Any) -> bytes:
    """What the chain of a file begins with; nothing if its row cannot be read."""
    try:
        return beginning(file, about, case_no, opened_ms)
    except UNREADABLE:
        return b""


def _stands(row: Row, n: int, file: UUID, before: bytes) -> bool:
    """Whether a row is what was written as the n-th of its file. There are millions: `_link` looks closer at
    the few that are not."""
    try:
        link = link_read(row, file)
        return (
            row[1] == n
            and type(row[1]) is int
            and type(row[6]) is int
            and (row[2] == link.id.hex or row[2] == link.id)
            and row[5] == link.happened_on.isoformat()
            and type(row[7]) is int
            and follows(link, before, raw(row[14]))
        )
    except UNREADABLE:
        return False


def _link(row: Row, file: UUID) -> Link | None:
    """What the chain covers of a row, or None if it does not stand there as it is written."""
    try:
        link = link_read(row, file)
        "".join((link.kind, link.author, link.unit, link.source, link.body)).encode()
    except UNREADABLE:
        return None
    plain = (str(row[5]) == link.happened_on.isoformat(), *(type(row[at]) is int for at in (1, 6, 7)))
    return link if all(plain) and _named(row) == str(link.id) else None


def _uuid(value: Any) -> UUID | None:
    try:
        return engine.uuid_of(value)
    except UNREADABLE:
        return None


def _named(row: Row) -> str:
    """The id of a row as it stands, in the usual form if it is one as the store writes them."""
    found = _uuid(row[2])
    if found is not None and row[2] in (found, found.hex):
        return str(found)
    return str(row[2]).encode(errors="replace").decode()


def _place_before(link: Link, stored: bytes, first: bytes, chain: Sequence[Row], length: Any) -> int | None:
    """The place at which this entry's digest holds behind, or was continued by, another entry of the file.

    Not looked for in files so long that looking would take minutes."""
    if len(chain) > LOOKED_THROUGH:
        return None
    most = max(len(chain), length if isinstance(length, int) else 0)
    places = range(1, min(most, LOOKED_THROUGH) + 2)
    for n in places:
        moved = link._replace(n=n)
        for before in (first, *(raw(row[14]) for row in chain)):
            if follows(moved, before, stored):
                return n
    for row in chain:
        follower = _link(row, link.file)
        for n in places if follower is not None else ():
            if follows(follower._replace(n=n + 1), stored, raw(row[14])):
                return n
    return None


def _broken(
    fault: Fault, case_no: str, n: int, identifier: UUID | None, sentence: Label | None = None, **more: object
) -> Broken:
    words = {"case_no": case_no, "n": n, "id": identifier or "", **more}
    return Broken(fault, case_no, n, identifier, (sentence or SENTENCES[fault]).fill(**words))
