"""The snapshot's folder while it is being written: a draft of the next manifest, and the part files it
names.

Nothing that a reader may be reading is touched: new parts are new files, and the manifest is put in the
place of the old one last, in one step. A run that is interrupted leaves files that no manifest names;
the next one removes them. The files of the manifest before stay until the next run, save those that held
rows which must be gone.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guitu.casefile.columns import FORMAT, Column
from guitu.casefile.snapshot import MANIFEST
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.snapshot import arrow

LOCK: Final = ".lock"
PARTS: Final = "parts"
BASE: Final = 99
"""The tier of parts that came of putting a whole table in order."""


class Busy(GuituError):
    """Another run is writing this snapshot."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Inside, nobody else writes in this folder. Raises Busy at once if somebody does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("w", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(
                Label(
                    "另一个 guitu snapshot 正在写这份快照；请等它结束后再运行。",
                    "another guitu snapshot is writing this snapshot; wait until it is done.",
                )
            ) from None
        yield


@dataclass(slots=True)
class File:
    """A part file of the draft."""

    name: str
    rows: int
    first: int
    last: int
    tier: int


@dataclass(slots=True)
class Draft:
    """The next snapshot: what the present manifest says, changed step by step. `told` is what the
    manifest holds beside the tables."""

    folder: Path
    told: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[File]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    purge: set[str] = field(default_factory=set)
    run: int = 1
    _before: tuple[str, ...] = ()
    _count: int = 0

    @classmethod
    def of(cls, folder: Path, manifest: Mapping[str, Any] | None, *, anew: bool) -> Draft:
        """The draft that begins with a manifest, or with nothing (`anew`), whose files then go at the end."""
        draft = cls(folder)
        if manifest is not None:
            draft.run = int(manifest.get("run", 0)) + 1
            draft._before = tuple(
                part["file"] for table in manifest["tables"].values() for part in table["parts"]
            )
            if not anew:
                draft.told = dict(manifest)
                for name, table in manifest["tables"].items():
                    draft.columns[name] = dict(table["columns"])
                    draft.tables[name] = [
                        File(p["file"], p["rows"], p["first"], p["last"], p["tier"]) for p in table["parts"]
                    ]
        (folder / PARTS).mkdir(mode=0o700, exist_ok=True)
        draft._clean(set(draft._before))
        return draft

    def add(self, table: str, columns: Sequence[Column], rows: pa.Table, tier: int = 0) -> File | None:
        """Add a part with these rows, sorted by their first column; nothing if there are none, and some
        stand there already."""
        self.columns.setdefault(table, {c.name: c.type for c in columns})
        files = self.tables.setdefault(table, [])
        if not rows.num_rows and files:
            return None
        self.remove(table, [file for file in files if not file.rows])
        files = self.tables[table]
        self._count += 1
        name = f"{PARTS}/{table.replace('@', '.')}-{self.run:06d}-{self._count:05d}.parquet"
        arrow.write(self.folder / name, rows)
        first, last = (rows.column(0)[0].as_py(), rows.column(0)[-1].as_py()) if rows.num_rows else (1, 0)
        file = File(name, rows.num_rows, first, last, tier)
        files.append(file)
        return file

    def replace(self, table: str, columns: Sequence[Column], rows: pa.Table, *, purge: bool = False) -> None:
        """Let a table hold these rows and no others."""
        self.remove(table, list(self.tables.get(table, ())), purge=purge)
        self.add(table, columns, rows, BASE)

    def remove(self, table: str, files: Sequence[File], *, purge: bool = False) -> None:
        """Leave these parts out. With `purge` their files go as soon as this draft is published."""
        gone = {file.name for file in files}
        self.tables[table] = [file for file in self.tables.get(table, ()) if file.name not in gone]
        if purge:
            self.purge |= gone

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table | None:
        """All rows of a table, or None if it has none."""
        files = self.tables.get(table, ())
        if not files:
            return None
        found = [arrow.read(self.folder / file.name, columns) for file in files]
        return pa.concat_tables(found, promote_options="permissive")

    def drop(self, persons: np.ndarray[Any, Any], *, purge: bool) -> int:
        """Remove all rows of these people from all tables that hold people; how many there were."""
        if not len(persons):
            return 0
        persons = np.sort(persons)
        wanted = pa.array(persons, pa.int64())
        dropped = 0
        for table, names in self.columns.items():
            if next(iter(names)) != "person":
                continue
            for file in list(self.tables[table]):
                low, high = np.searchsorted(
                    persons, [file.first, file.last + 1 if file.last < 2**63 - 1 else file.last]
                )
                if low == high:
                    continue
                whose = arrow.read(self.folder / file.name, ["person"]).column("person")
                stays = pc.invert(pc.is_in(whose, value_set=wanted))
                gone = file.rows - (pc.sum(stays).as_py() or 0)
                if not gone:
                    continue
                dropped += gone
                left = arrow.read(self.folder / file.name).filter(stays)
                self.remove(table, [file], purge=purge)
                self.add(table, [Column(n, t) for n, t in names.items()], left, file.tier)  # type: ignore[arg-type]
        return dropped

    def publish(self, told: Mapping[str, Any]) -> None:
        """Put the manifest in the place of the present one, then remove what neither of the two names."""
        self.told |= told
        manifest = {
            **self.told,
            "format": FORMAT,
            "run": self.run,
            "tables": {
                name: {
                    "columns": self.columns[name],
                    "parts": [
                        {"file": f.name, "rows": f.rows, "first": f.first, "last": f.last, "tier": f.tier}
                        for f in sorted(self.tables[name], key=lambda f: (-f.tier, f.name))
                    ],
                }
                for name in sorted(self.tables)
            },
        }
        named = {file.name for files in self.tables.values() for file in files}
        arrow.keep([self.folder / name for name in sorted(named - set(self._before))])
        draft = self.folder / f".{MANIFEST}.{os.getpid()}"
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.folder / MANIFEST)
        self._clean((named | set(self._before)) - (self.purge - named))

    def _clean(self, kept: set[str]) -> None:
        """Remove part files that are not among these."""
        for path in (self.folder / PARTS).iterdir():
            if f"{PARTS}/{path.name}" not in kept:
                path.unlink(missing_ok=True)
        for path in self.folder.glob(f".{MANIFEST}.*"):
            path.unlink(missing_ok=True)
