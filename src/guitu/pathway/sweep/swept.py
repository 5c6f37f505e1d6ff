"""The answers of a sweep, as its readers find them: in memory, or a folder of Parquet files and a manifest
that says which of them hold."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.sweep.partition import Tally
from guitu.pathway.sweep.tables import SCHEMAS

MANIFEST: Final = "manifest.json"


class NoSweep(GuituError):
    """There are no answers of a sweep, or none that can be read."""


@dataclass(slots=True)
class Swept:
    """Everybody on a day, as known at a moment (None: now), of the snapshot up to `seq`. `tally` says how it
    went, `seconds` how long each step took."""

    on: date
    known_at: datetime | None
    seq: int
    tally: Tally
    folder: Path | None = None
    files: dict[str, list[str]] = field(default_factory=dict)
    memory: dict[str, list[pa.Table]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def parts(self, table: str) -> tuple[Path, ...]:
        """The Parquet files of a table; none where the answers are kept in memory."""
        return tuple(self.folder / name for name in self.files.get(table, ())) if self.folder else ()

    def each(self, table: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """A table, part by part: whole people each."""
        for path in self.parts(table):
            yield pq.read_table(path, columns=columns)
        for part in self.memory.get(table, ()):
            yield part if columns is None else part.select(columns)

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """A table, whole."""
        schema = SCHEMAS[name]
        if columns is not None:
            schema = pa.schema([schema.field(one) for one in columns])
        some = [part.cast(schema) for part in self.each(name, columns)]
        return pa.concat_tables(some).unify_dictionaries() if some else schema.empty_table()

    @classmethod
    def open(cls, folder: Path) -> Swept:
        """The answers in a folder; NoSweep with one sentence where there are none."""
        try:
            told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            known = told["known_ms"]
            return cls(
                on=date.fromisoformat(told["on"]),
                known_at=datetime.fromtimestamp(known / 1000, CHINA) if known is not None else None,
                seq=told["seq"],
                tally=Tally(told["people"], told["rows"], {0: told["by_hand"]}, told["used"]),
                folder=folder,
                files=told["files"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            raise NoSweep(
                Label(
                    f"{folder} 没有可读的整体研判结果；请先运行 guitu sweep。",
                    f"there is no sweep in {folder} that can be read; run guitu sweep first.",
                )
            ) from None

    def publish(self, known_ms: int | None) -> None:
        """Let the manifest name these files, in one step; those of the run before go."""
        assert self.folder is not None
        told = {
            "on": self.on.isoformat(),
            "known_ms": known_ms,
            "seq": self.seq,
            "people": self.tally.people,
            "rows": self.tally.rows,
            "by_hand": self.tally.by_hand,
            "used": self.tally.used,
            "files": self.files,
        }
        fresh = self.folder / f"{MANIFEST}.new"
        fresh.write_text(json.dumps(told, indent=1), encoding="utf-8")
        os.replace(fresh, self.folder / MANIFEST)
        kept = {name for names in self.files.values() for name in names}
        for path in self.folder.glob("*/*.parquet"):
            if path.parent.name in SCHEMAS and f"{path.parent.name}/{path.name}" not in kept:
                path.unlink(missing_ok=True)


def handed(tally: Tally) -> Mapping[str, int]:
    """How many people were handed over, by reason."""
    from guitu.pathway.sweep.kernel import layout as at

    words = {at.FAULT_FULL: "room", at.FAULT_DAYS: "days", at.FAULT_ODD: "asked"}
    return {words.get(why, str(why)): number for why, number in tally.handed_over.items()}
