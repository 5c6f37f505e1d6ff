"""The analysis snapshot as its readers find it: a folder of Parquet files and a manifest that says which
of them make it up. Standard library only, for readers on other machines and in other processes.

A part file is never changed. A later snapshot has another manifest, put in the place of the old one in
one step; the files of the one before stay for one more run, for whoever is still reading them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guitu.casefile.columns import FORMAT
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MANIFEST: Final = "manifest.json"
MOST: Final = 2**63
"""Keys of people are from 1 up to, not including, this."""


class NoSnapshot(GuituError):
    """There is no snapshot, or none that this edition reads."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of one table: its rows are sorted by person and seq; their persons are from `first` to
    `last`."""

    path: Path
    rows: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names and types (`columns.ColumnType`) of its columns, and its files."""

    columns: Mapping[str, str]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """How many rows its files hold."""
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All entries up to the sequence number `seq`, the last of which was stored at `last_ms`; written at
    `made_ms` (both milliseconds since 1970). `kinds` are the codes of the spine's `kind`, `words` what
    the codes of its choice columns mean. `slices` divide the keys of people: [from, until) each, in
    order; everything about one person is in one slice."""

    folder: Path
    seq: int
    last_ms: int
    made_ms: int
    kinds: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]
    slices: tuple[tuple[int, int], ...]

    @classmethod
    def open(cls, folder: Path) -> Snapshot:
        """The snapshot in a folder; NoSnapshot with one sentence where there is none."""
        told = manifest_of(folder)
        return cls(
            folder,
            told["seq"],
            told["last_ms"],
            told["made_ms"],
            dict(told["kinds"]),
            {name: tuple(values) for name, values in told["words"].items()},
            {
                name: Table(
                    dict(table["columns"]),
                    tuple(
                        Part(folder / part["file"], part["rows"], part["first"], part["last"])
                        for part in table["parts"]
                    ),
                )
                for name, table in told["tables"].items()
            },
            slices_of(told["slices"]),
        )

    def parts(self, table: str, slice_: tuple[int, int] | None = None) -> tuple[Path, ...]:
        """The files of a table, all or those that may hold people of one slice. Each table that the declared
        kinds have has one at least, if only an empty one. Rows of one person may stand in several."""
        found = self.tables.get(table)
        if found is None:
            return ()
        low, high = slice_ or (0, MOST)
        return tuple(part.path for part in found.parts if part.first < high and part.last >= low)

    def versions(self, kind: str) -> tuple[str, ...]:
        """The tables of a kind, one a version, oldest first."""
        mine = [(name, int(name.partition("@")[2])) for name in self.tables if name.startswith(f"{kind}@")]
        return tuple(name for name, _ in sorted(mine, key=lambda one: one[1]))

    @property
    def rows(self) -> int:
        """How many entries of people the rules read."""
        return self.tables["spine"].rows if "spine" in self.tables else 0


def slices_of(count: int) -> tuple[tuple[int, int], ...]:
    """The whole range of keys in `count` equal parts, `count` being a power of two."""
    width = MOST // count
    return tuple((n * width, (n + 1) * width) for n in range(count))


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest as it is written; NoSnapshot where there is none, or one of another edition."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        edition = told["format"]
    except FileNotFoundError:
        raise NoSnapshot(
            Label(
                f"{folder} 还没有分析快照；请先运行 guitu snapshot。",
                f"there is no analysis snapshot in {folder} yet; run guitu snapshot first.",
            )
        ) from None
    except (OSError, ValueError, TypeError, KeyError):
        raise NoSnapshot(
            Label(
                f"{folder} 中的分析快照读不了；请运行 guitu snapshot --full 重新生成。",
                f"the analysis snapshot in {folder} cannot be read; make it anew with guitu snapshot --full.",
            )
        ) from None
    if edition != FORMAT:
        raise NoSnapshot(
            Label(
                "分析快照是另一版本写的；请运行 guitu snapshot --full 重新生成。",
                "the analysis snapshot is of another edition; make it anew with guitu snapshot --full.",
            )
        )
    return told
