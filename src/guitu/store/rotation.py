"""From one master key to the next, while people go on working.

A new master key stands beside the old one; every process knows both as soon as it is there and wraps with the
newer. Then what the old one wrapped is wrapped anew, a few hundred rows at a time, each lot its own short
transaction. A stopped run is started again: what is done already is passed over. What data keys encrypt is
not touched, nor is the index key, by which people are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from guitu.store import engine
from guitu.store.engine import Row
from guitu.store.keys import KeyProvider, add_master, provider

AT_ONCE: Final = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Holder:
    """A table with something wrapped: its key columns, the column, and to what each is bound, which is worked
    out from the key columns and `more`. `more` may ask another table."""

    table: str
    key: tuple[str, ...]
    column: str
    more: tuple[str, ...]
    context: Callable[[Row], bytes]


HOLDERS: Final[list[Holder]] = [
    Holder(
        "store_filekey",
        ("file", "compartment"),
        "wrapped",
        ("(SELECT f.id FROM store_casefile f WHERE f.no = t.file)",),
        lambda row: engine.uuid_of(row[2]).bytes + row[1].encode(),
    ),
    Holder("web_totpsecret", ("user_id",), "sealed", (), lambda row: f"totp {row[0]}".encode()),
]
"""Every table in which something is wrapped by the master key. Whoever adds such a table adds a line."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is wrapped by which master key: how many by version (0: from before versions were written down,
    which is the first's), which versions are known, and which is the newest."""

    wrapped: dict[int, int]
    known: frozenset[int]
    newest: int

    @property
    def waiting(self) -> int:
        """How many still have to go to the newest."""
        return sum(n for version, n in self.wrapped.items() if version != self.newest)

    @property
    def missing(self) -> frozenset[int]:
        """Versions that something is wrapped by and that this site does not have."""
        return frozenset(v for v in self.wrapped if v) - self.known


@engine.house()
def standing() -> Standing:
    """How far the data keys of files are."""
    found: dict[int, int] = {}
    for first, length, n in engine.rows(
        "SELECT substr(wrapped, 1, 1), length(wrapped), count(*) FROM store_filekey GROUP BY 1, 2"
    ):
        version = bytes(first)[0] if length % 2 else 0  # with its version it has one byte more, an odd number
        found[version] = found.get(version, 0) + int(n)
    guard = provider()
    return Standing(found, getattr(guard, "versions", frozenset()), getattr(guard, "newest", 0))


@engine.house()
def rotate(*, new: bool | None = None, progress: Progress | None = None) -> int:
    """Bring everything wrapped to the newest master key, which is made first where everything already is; how
    many were wrapped anew. `new` says whether to make one; None: if nothing waits."""
    if new or (new is None and not standing().waiting):
        add_master()
    guard = provider()
    total = sum(_count(holder) for holder in HOLDERS)
    seen = done = 0
    for holder in HOLDERS:
        for lot in _lots(holder):
            done += _wrapped_anew(holder, lot, guard)
            seen += len(lot)
            if progress is not None:
                progress(seen, total)
    return done + _uploads(guard)


def _count(holder: Holder) -> int:
    found = engine.row(f"SELECT count(*) FROM {holder.table}")
    return int(found[0]) if found else 0


def _lots(holder: Holder) -> Iterator[Sequence[Row]]:
    """The rows of a table in the order of its key: key, what is asked besides, and what is wrapped."""
    columns = ", ".join([*(f"t.{c}" for c in holder.key), *holder.more, f"t.{holder.column}"])
    key = ", ".join(f"t.{c}" for c in holder.key)
    after, values = "", list[Any]()
    while lot := engine.rows(
        f"SELECT {columns} FROM {holder.table} t{after} ORDER BY {key} LIMIT {AT_ONCE}", values
    ):
        yield lot
        after = f" WHERE ({key}) > ({engine.marks(len(holder.key))})"
        values = [*lot[-1][: len(holder.key)]]


def _wrapped_anew(holder: Holder, lot: Sequence[Row], guard: KeyProvider) -> int:
    """Write those of a lot that another master key wrapped. A row that was changed or destroyed meanwhile
    stays as it is."""
    changes = []
    for row in lot:
        if row[-1] is None or (anew := guard.rewrap(bytes(row[-1]), holder.context(row))) is None:
            continue
        changes.append((anew, *row[: len(holder.key)], bytes(row[-1])))
    if changes:
        where = " AND ".join(f"{c} = %s" for c in (*holder.key, holder.column))
        with engine.writing():
            engine.execute_many(f"UPDATE {holder.table} SET {holder.column} = %s WHERE {where}", changes)
    return len(changes)


def _uploads(guard: KeyProvider) -> int:
    """The keys of uploads, which lie beside them under the data folder for a day at most."""
    from uuid import UUID

    done = 0
    for path in Path(settings.HOME).glob("uploads/*/key"):
        try:
            anew = guard.rewrap(path.read_bytes(), UPLOAD + UUID(hex=path.parent.name).bytes)
            if anew is not None:
                draft = path.with_name(".key")
                draft.touch(mode=0o600)
                draft.write_bytes(anew)
                draft.replace(path)
                done += 1
        except (FileNotFoundError, ValueError):  # deleted meanwhile, or not an upload
            continue
    return done


UPLOAD: Final = b"guitu upload 1"
"""What the key of an upload is bound to, before its id."""
