"""The sweep beside `assess`: the same files, both ways, every field compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from guitu.casefile import CaseFile
from guitu.pathway import assess
from guitu.pathway.sweep import tables
from guitu.pathway.sweep.run import sweep
from guitu.pathway.sweep.swept import Swept
from guitu.policy import Policy
from guitu.store.snapshot.memory import person_of, snapshot_of


def as_person(file: CaseFile, number: int) -> CaseFile:
    """The same history as another person's: ids are per person, and what names one is renamed."""
    own = UUID(int=number)
    ids = {entry.id: UUID(int=entry.id.int ^ number << 64) for entry in file.entries}
    texts = {str(old): str(new) for old, new in ids.items()}
    return CaseFile(
        own,
        tuple(
            replace(
                entry,
                id=ids[entry.id],
                file=own,
                corrects=ids.get(entry.corrects, entry.corrects) if entry.corrects else None,
                fields={k: texts.get(v, v) if isinstance(v, str) else v for k, v in entry.fields.items()},
            )
            for entry in file.entries
        ),
    )


class Beside:
    """Files in a snapshot, to be swept and assessed."""

    def __init__(self, files: Sequence[CaseFile], folder: Path) -> None:
        self.files = files
        self.snapshot = snapshot_of(files, folder)
        self.seq = {entry.id: n for n, entry in enumerate((e for f in files for e in f.entries), 1)}

    def differences(
        self,
        policy: Policy,
        on: date,
        known_at: datetime | None,
        only: Sequence[CaseFile] | None = None,
        engine: str = "kernel",
    ) -> tuple[list[str], Swept]:
        """What the sweep says otherwise than `assess`, row by row (of some of the files), and the sweep."""
        swept = sweep(self.snapshot, on=on, known_at=known_at, policies=lambda _: policy, engine=engine)
        files = self.files if only is None else only
        people = pa.array([person_of(file.id) for file in files], pa.int64())
        got: dict[tuple[str, int], list[tuple[Any, ...]]] = defaultdict(list)
        for name in tables.SCHEMAS:
            found = swept.table(name)
            for row in found.filter(pc.is_in(found["person"], value_set=people)).to_pylist():
                got[name, row["person"]].append((row["person"], *list(row.values())[2:]))
        told = []
        for file in files:
            person = person_of(file.id)
            wanted = tables.no_rows()
            if any(entry.kind != "void" for entry in file.entries):
                tables.add(wanted, person, None, assess(file, policy, on, known_at), self.seq)
            for name, rows in wanted.items():
                ours = sorted(got[name, person], key=repr)
                theirs = sorted(((row[0], *row[2:]) for row in rows), key=repr)
                if ours != theirs:
                    told.append(
                        f"{file.id.int} {name} on {on}: assess {[r for r in theirs if r not in ours]},"
                        f" sweep {[r for r in ours if r not in theirs]}"
                    )
        return told, swept
