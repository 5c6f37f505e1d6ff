"""Checking the log: every strand from its beginning or its stub, every root, and the index by file.

What is found is named: which strand, which place. A row that was moved is one whose digest fits elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from guitu.casefile.chain import GENESIS
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.engine import Row
from guitu.store.keys import signed_by, site_key
from guitu.store.readings import database, prune, roots, strands
from guitu.store.readings.seen import numbers

LogFault = Literal["altered", "missing", "reordered", "unindexed", "root", "stub"]

SENTENCES: Final[dict[LogFault, Label]] = {
    "altered": Label(
        "查阅记录第 {strand} 股第 {n} 条（{at} {who}）已被改动",
        "access log, strand {strand}, reading {n} ({at}, {who}) was altered",
    ),
    "missing": Label(
        "查阅记录第 {strand} 股缺少第 {n} 条", "access log, strand {strand}: reading {n} is missing"
    ),
    "reordered": Label(
        "查阅记录第 {strand} 股第 {n} 条（{at} {who}）被移动过，原为第 {was} 条",
        "access log, strand {strand}, reading {n} ({at}, {who}) was moved; it was reading {was}",
    ),
    "unindexed": Label(
        "查阅记录的人员索引与记录不符：档案 {file}，第 {strand} 股第 {n} 条",
        "the access log’s index by file does not fit: file {file}, strand {strand}, reading {n}",
    ),
    "root": Label("查阅记录 {day} 的签名根不符：{what}", "the access log’s signed root of {day}: {what}"),
    "stub": Label(
        "查阅记录第 {strand} 股第 {n} 条处的清理凭证不符：{what}",
        "access log, strand {strand}: the stub at reading {n}: {what}",
    ),
}


@dataclass(frozen=True, slots=True)
class LogBroken:
    """One thing wrong with the log: where, and in words."""

    fault: LogFault
    strand: int
    n: int
    label: Label


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was checked of the log and what was found."""

    readings: int
    strands: int
    roots: int
    broken: tuple[LogBroken, ...]

    @property
    def good(self) -> bool:
        """Whether everything stands as it was written."""
        return not self.broken


_READ: Final = (
    "SELECT r.strand, r.n, r.at_ms, p.who, p.role, p.unit, r.what, r.outside, r.files, r.shown,"
    " r.compartments, w.zh, w.en, r.purpose, r.source, r.detail, r.digest, r.post FROM store_reading r"
    " LEFT JOIN store_readingpost p ON p.no = r.post LEFT JOIN store_readingwhy w ON w.no = r.why"
    " ORDER BY r.strand, r.n"
)
NEAR: Final = 50
"""So many places before and behind are looked through for where a moved row was."""


def verify_log(progress: Callable[[int], None] | None = None) -> LogReport:
    """Walk every strand, every root and the index; `progress` is told how many readings are done."""
    with database.steady():
        stubs, broken = _stubs()
        walk = _Walk(stubs, progress)
        walk.all()
        broken += walk.broken
        broken += walk.index()
        count, wrong = _roots(walk.ends)
    return LogReport(walk.readings, len(walk.begun), count, (*broken, *wrong))


class _Walk:
    """All strands, one after another."""

    def __init__(self, stubs: dict[int, tuple[int, bytes]], progress: Callable[[int], None] | None) -> None:
        self.stubs = stubs
        self.progress = progress
        self.begun: dict[int, int] = dict(database.rows("SELECT no, begun_ms FROM store_readingstrand"))
        self.readings = 0
        self.broken: list[LogBroken] = []
        self.ends: dict[int, dict[int, bytes]] = {}
        self.expected: Counter[int] = Counter()
        self.wanted: dict[int, set[int]] = {}
        for strand, n in database.rows("SELECT strand, n FROM store_readingleaf"):
            self.wanted.setdefault(strand, set()).add(n)

    def all(self) -> None:
        """Each strand in turn; those that have no row left too."""
        left = set(self.begun)
        for strand, group in groupby(database.stream(_READ), key=lambda r: r[0]):
            left.discard(strand)
            self._strand(strand, group)
        for strand in sorted(left):
            self._strand(strand, iter(()))

    def _strand(self, strand: int, group: Iterator[Row]) -> None:
        n, before = self.stubs.get(strand, (0, b""))
        if not n:
            before = strands.genesis(strand, self.begun.get(strand, -1))
        ends = self.ends.setdefault(strand, {n: before})
        wanted, found, kept = self.wanted.get(strand, set()), None, []
        for row in group:
            self._index(row)
            self.readings += 1
            if self.progress is not None and self.readings % 5000 == 0:
                self.progress(self.readings)
            stored = bytes(row[16])
            if row[1] in wanted:
                ends[row[1]] = stored
            if found is not None:
                continue
            n += 1
            if row[1] != n or digest_of(row, before) != stored:
                found = self._fault(strand, n, row, before, kept)
                self.broken.append(found)
                continue
            before = stored
            kept.append(stored)
            del kept[:-NEAR]
        last = max(wanted, default=0)
        if found is None and n < last:
            self.broken.append(_broken("missing", strand, n + 1))

    def _fault(self, strand: int, n: int, row: Row, before: bytes, kept: list[bytes]) -> LogBroken:
        """What is wrong with the first row that does not follow."""
        if row[3] is None or row[11] is None:
            return _broken("altered", strand, row[1], row)
        if row[1] != n:
            if digest_of(row, before, n=n) == bytes(row[16]):
                return _broken("reordered", strand, row[1], row, was=n)
            return _broken("missing", strand, n)
        was = self._was(row, before, kept)
        if was:
            return _broken("reordered", strand, n, row, was=was)
        return _broken("altered", strand, n, row)

    def _was(self, row: Row, before: bytes, kept: list[bytes]) -> int:
        """The place at which a row's digest holds behind another row of its strand, if it is near."""
        stored = bytes(row[16])
        near = database.rows(
            "SELECT n, digest FROM store_reading WHERE strand = %s AND n BETWEEN %s AND %s",
            [row[0], row[1] - NEAR, row[1] + NEAR],
        )
        heads = [before, *kept, *(bytes(digest) for _, digest in near)]
        for place in range(max(1, row[1] - NEAR), row[1] + NEAR + 2):
            if place != row[1] and any(digest_of(row, head, n=place) == stored for head in heads):
                return place
        return 0

    def _index(self, row: Row) -> None:
        for file in numbers(row[8]):
            self.expected[file] ^= _mark(row[2], row[0], row[1], row[17], row[6], row[7])

    def index(self) -> list[LogBroken]:
        """What the index by file holds that the readings do not, and the other way round."""
        there: Counter[int] = Counter()
        for file, *rest in database.stream(
            "SELECT file, at_ms, strand, n, post, what, outside FROM store_readingfile"
        ):
            there[file] ^= _mark(*rest)
        wrong = [f for f in sorted(there.keys() | self.expected.keys()) if there[f] != self.expected[f]]
        return [found for file in wrong[:50] for found in self._of_file(file)]

    def _of_file(self, file: int) -> list[LogBroken]:
        """Which readings of one file the index has wrong: looked for one by one, for it is rare."""
        indexed = {
            (r[1], r[2]): r
            for r in database.rows(
                "SELECT at_ms, strand, n, post, what, outside FROM store_readingfile WHERE file = %s", [file]
            )
        }
        noted = {
            (r[1], r[2]): r[:6]
            for r in database.stream("SELECT at_ms, strand, n, post, what, outside, files FROM store_reading")
            if file in numbers(r[6])
        }
        return [
            _broken("unindexed", strand, n, file=file)
            for strand, n in sorted(indexed.keys() | noted.keys())
            if indexed.get((strand, n)) != noted.get((strand, n))
        ]


def _mark(at_ms: int, strand: int, n: int, post: int, what: str, outside: Any) -> int:
    return hash((at_ms, strand, n, post, what, bool(outside)))


def digest_of(row: Row, before: bytes, n: int | None = None) -> bytes:
    """What the digest of a row read must be behind `before`; as if it were the `n`th, if one is given."""
    if row[3] is None or row[11] is None:
        return b""
    return strands.digest(
        before, row[0], row[1] if n is None else n, row[2], *row[3:7], bool(row[7]), *row[8:16]
    )


def _stubs() -> tuple[dict[int, tuple[int, bytes]], list[LogBroken]]:
    """From where each pruned strand goes on; and the stubs that do not hold."""
    found: dict[int, tuple[int, bytes]] = {}
    broken = []
    mine = site_key().public
    for strand, n, digest, until_ms, pruned_ms, who, public, signature in database.rows(
        "SELECT strand, n, digest, until_ms, pruned_ms, who, public_key, signature"
        " FROM store_readingstub ORDER BY strand, n"
    ):
        told = prune.statement(strand, n, bytes(digest), until_ms, pruned_ms, who)
        if not signed_by(bytes(public), bytes(signature), told):
            broken.append(_broken("stub", strand, n, what=Label("签名无效", "its signature is not valid")))
        elif bytes(public) != mine:
            what = Label("不是本站密钥签的", "it was signed by another site’s key")
            broken.append(_broken("stub", strand, n, what=what))
        found[strand] = (n, bytes(digest))
    return found, broken


def _roots(ends: dict[int, dict[int, bytes]]) -> tuple[int, list[LogBroken]]:
    """How many roots there are, and those that do not fit what is stored."""
    broken = []
    leaves: dict[str, list[roots.Leaf]] = {}
    for day, strand, n, digest in database.rows(
        "SELECT day, strand, n, digest FROM store_readingleaf ORDER BY day, strand"
    ):
        leaves.setdefault(str(day), []).append((strand, n, bytes(digest)))
    previous, mine = GENESIS, site_key().public
    found = database.rows(
        "SELECT day, strands, previous, root, public_key, signature FROM store_readingroot ORDER BY day"
    )
    for day_read, count, before, root, public, signature in found:
        day = engine.day_of(day_read)
        assert day is not None
        covered = leaves.get(day.isoformat(), [])
        what = None
        if bytes(before) != previous:
            what = Label("与前一个根不相接", "it does not follow the last")
        elif len(covered) != count or roots.statement(day, previous, covered) != bytes(root):
            what = Label("所列各股已被改动", "the strands it names were altered")
        elif not signed_by(bytes(public), bytes(signature), bytes(root)):
            what = Label("签名无效", "its signature is not valid")
        elif bytes(public) != mine:
            what = Label("不是本站密钥签的", "it was signed by another site’s key")
        elif any(not _stands(ends.get(strand, {}), n, digest) for strand, n, digest in covered):
            what = Label("签名后查阅记录被改动或删除", "readings were altered or removed since it was signed")
        if what is not None:
            label = SENTENCES["root"].fill(day=day.isoformat(), what=what)
            broken.append(LogBroken("root", 0, 0, label))
        previous = bytes(root)
    return len(found), broken


def _stands(ends: dict[int, bytes], n: int, digest: bytes) -> bool:
    """Whether a strand stood so at that place; or the place was pruned, and the stub covers it."""
    begins = min(ends, default=0)
    return n < begins or ends.get(n) == digest


def _broken(fault: LogFault, strand: int, n: int, row: Row | None = None, **more: object) -> LogBroken:
    at = f"{clock.moment(row[2]):%Y-%m-%d %H:%M}" if row else ""
    who = (row[3] or "—") if row else ""
    label = SENTENCES[fault].fill(strand=strand, n=n, at=at, who=who, **more)
    return LogBroken(fault, strand, n, label)
