"""Reading snapshots back in tests: every row of every table that holds, whatever files it stands in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa

from guitu.casefile import CaseFile
from guitu.casefile.snapshot import Snapshot
from guitu.store import casefiles, engine
from guitu.store.snapshot import merge
from guitu.store.snapshot.arrow import read
from guitu.store.snapshot.keys import key_of, secret
from guitu.store.snapshot.memory import Place, snapshot_of
from guitu.store.snapshot.take import Taken, take
from guitu.store.units import tree

Rows = dict[str, list[dict[str, Any]]]
MS = 1_790_000_000_000


def run(folder: Path, **more: Any) -> Taken:
    """Take a snapshot."""
    return take(folder, now_ms=MS, **more)


def table(snapshot: Snapshot, name: str) -> pa.Table:
    """All rows of a table that hold."""
    rows = pa.concat_tables([read(path) for path in snapshot.parts(name)]).unify_dictionaries()
    return merge.newest(rows.combine_chunks()) if name in merge.SETS else rows


def contents(snapshot: Snapshot, *, without: Collection[str] = ()) -> Rows:
    """Every table's rows in the order of all their values."""
    found = {}
    for name in snapshot.tables:
        rows = table(snapshot, name).to_pylist()
        kept = [{k: v for k, v in row.items() if k not in without} for row in rows]
        found[name] = sorted(kept, key=lambda row: [str(v) for v in row.values()])
    return found


def referee(folder: Path) -> Snapshot:
    """What the same store would be as a snapshot if every file were read whole, one after another."""
    held = casefiles.find("about = %s", ["person"])
    apart = casefiles.find("about = %s", ["unit"])
    casefiles.fill([*held, *apart], unseal=frozenset({"person"}))
    merged = {other.id for file in held for other in file.merged}
    files = [file.case_file for file in held if file.id not in merged]
    units = [CaseFile(file.id, tuple(file.entries)) for file in apart]
    by = secret()
    seqs = {engine.uuid_of(i): seq for i, seq in engine.rows("SELECT id, seq FROM store_entry")}
    known = tree()
    places = [
        Place(u.code, u.level, known.by_no[u.parent].code if u.parent else "", u.name, u.no)
        for u in sorted(known.by_no.values(), key=lambda u: u.depth)
    ]

    def person(file: UUID) -> int:
        return key_of(file, by)

    return snapshot_of(
        [*files, *units], folder, places=places, unit_files=[u.id for u in units], person=person, seqs=seqs
    )
