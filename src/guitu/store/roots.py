"""The daily signed root: one digest over the chains of all files touched, signed with this site's key.

Whoever keeps a copy of one root can show later that nothing before it was altered: each root covers the one
before, each file's head covers all its entries. A root's statement is SM3 over its day, the last row it
covers, the number of files, the previous root, and SM3 over (file, n, head) of each file in the order of
their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cryptography.hazmat.primitives.hashes import SM3, Hash

from guitu.casefile.chain import GENESIS, sm3
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.broken import UNREADABLE, Broken, broken_root, raw
from guitu.store.keys import signed_by, site_key

_FORMAT: Final = b"guitu-root-1"


@dataclass(frozen=True, slots=True)
class Root:
    """A signed root: its day, how many files it covers anew, and the digest itself."""

    day: date
    files: int
    root: bytes


def sign(day: date) -> Root | None:
    """Sign what was stored since the last root, as the root of `day`; None if nothing was, or `day` has
    one."""
    with engine.writing():
        if engine.is_postgresql():
            engine.execute("LOCK TABLE store_entry IN SHARE MODE")  # whoever is writing finishes first
        last = engine.row("SELECT day, upto_seq, root FROM store_dayroot ORDER BY day DESC LIMIT 1")
        since, previous = (last[1], bytes(last[2])) if last else (0, GENESIS)
        upto = engine.last_seq()
        if upto <= since or (last and str(last[0]) >= day.isoformat()):
            return None
        files, leaves = _leaves(since, upto)
        root = _statement(day, upto, files, previous, leaves)
        key = site_key()
        engine.insert(
            "store_dayroot",
            ("day", "upto_seq", "files", "previous", "root", "public_key", "signature"),
            [(day.isoformat(), upto, files, previous, root, key.public, key.sign(root))],
        )
    return Root(day, files, root)


def verify_roots() -> tuple[int, list[Broken]]:
    """How many roots there are, and those that do not fit what is stored."""
    broken: list[Broken] = []
    since, previous = 0, GENESIS
    roots = engine.rows(
        "SELECT CAST(day AS text), upto_seq, files, previous, root, public_key, signature"
        " FROM store_dayroot ORDER BY day"
    )
    mine = site_key().public
    for row in roots:
        try:
            wrong = _wrong(row, since, previous, mine)
        except UNREADABLE:
            wrong = ALTERED
        if wrong is not None:
            broken.append(broken_root(str(row[0]), wrong))
        since, previous = row[1], raw(row[4])
    return len(roots), broken


def newest() -> tuple[str, str] | None:
    """The day and the digest of the last root."""
    last = engine.row("SELECT CAST(day AS text), root FROM store_dayroot ORDER BY day DESC LIMIT 1")
    return (str(last[0]), raw(last[1]).hex()) if last else None


def gone(before: tuple[str, str] | None) -> Broken | None:
    """The root that stood at an earlier verification (`newest`), if it is not there any more."""
    if before is None:
        return None
    day, root = before
    rows = engine.rows("SELECT root FROM store_dayroot WHERE CAST(day AS text) = %s", [day])
    return None if any(raw(row[0]).hex() == root for row in rows) else broken_root(day, GONE)


GONE: Final = Label("上次核对时还在，现在不见了", "it was there at the last verification and is gone")
ALTERED: Final = Label("签名后记录被改动或删除", "entries were altered or removed since it was signed")


def _wrong(row: engine.Row, since: int, previous: bytes, mine: bytes) -> Label | None:
    """What is wrong with one root that follows another, or None. Raises UNREADABLE for what was never
    written."""
    day, upto, files, before, root, public, signature = row
    count, leaves = _leaves(since, upto)
    if raw(before) != previous:
        return Label("与前一个根不相接", "it does not follow the last")
    if _statement(date.fromisoformat(day), upto, files, previous, leaves) != raw(root) or count != files:
        return ALTERED
    if not signed_by(raw(public), raw(signature), raw(root)):
        return Label("签名无效", "its signature is not valid")
    if raw(public) != mine:
        return Label("不是本站密钥签的", "it was signed by another site's key")
    return None


def _leaves(since: int, upto: int) -> tuple[int, bytes]:
    """How many files have entries in that stretch, and SM3 over where each of them stood at its end."""
    work = Hash(SM3())
    files = 0
    for identifier, n, head in engine.stream(
        "SELECT f.id, e.n, e.digest FROM store_entry e JOIN store_casefile f ON f.no = e.file JOIN"
        " (SELECT file, max(n) AS n FROM store_entry WHERE seq > %s AND seq <= %s GROUP BY file) t"
        " ON t.file = e.file AND t.n = e.n ORDER BY e.file",
        [since, upto],
    ):
        files += 1
        work.update(engine.uuid_of(identifier).bytes + n.to_bytes(4, "big") + raw(head))
    return files, work.finalize()


def _statement(day: date, upto: int, files: int, previous: bytes, leaves: bytes) -> bytes:
    parts = (_FORMAT, day.isoformat().encode(), str(upto).encode(), str(files).encode(), previous, leaves)
    return sm3(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
