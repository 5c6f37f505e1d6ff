"""A benchmark population as a snapshot: as many people as wanted, with sixty entries each.

Some thousands of lives of the fictional province go through the gate and the real writer; their snapshot is
then copied with shifted days, other keys and other villages. Only for measuring: nobody's records are in a
database. `python -m guitu.bench.everybody --people N --folder F` makes one; with `--home H` from a store that
is there already.

The first copy stands as it was taken, so that a run of the real writer can go on from it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guitu.casefile import columns as declared
from guitu.casefile.columns import Column
from guitu.casefile.snapshot import MOST, Snapshot, manifest_of
from guitu.compose import kinds
from guitu.store.snapshot import arrow, merge
from guitu.store.snapshot.folder import BASE, Draft, locked

ENTRIES: Final = 60
LIVES: Final = 2000
PER_PART: Final = 1_000_000
WEEKS: Final = 26
"""Copies lie up to half a year back, whole weeks, so that a weekday stays one."""
MEMORY: Final = 32
PEOPLE: Final = ("files", "homes")
"""Tables that the writer keeps in one ordered part each."""
DAY_MS: Final = 86_400_000
_SEQS: Final = frozenset({"seq", "corrects_seq", "set_seq", "entry_seq", "to_seq"})
_MOMENTS: Final = frozenset({"recorded", "at_ms"})
_TEST: Final = "urine_test"

Numbers = np.ndarray[Any, Any]
Say = Callable[[str], None]


def main(arguments: list[str] | None = None) -> int:
    """Make one, saying on stderr how far it is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--lives", type=int, default=LIVES)
    options = parser.parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    made = make(options.folder, options.people, home=options.home, lives=options.lives, say=say)
    print(json.dumps({"folder": str(options.folder), "people": options.people, "rows": made.rows}))
    return 0


def make(
    folder: Path, people: int, *, home: Path | None = None, lives: int = LIVES, say: Say = print
) -> Snapshot:
    """A snapshot of so many people in `folder`. Without `home` the lives are lived in a store that is thrown
    away."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as scratch:
        where = home or Path(scratch)
        environment = {**os.environ, "GUITU_HOME": str(where), "GUITU_DEMO_IDS": "1"}
        if home is None:
            environment.pop("GUITU_DATABASE_URL", None)
            ran = [sys.executable, "-m", "guitu.bench.build", "--people", str(min(people, lives))]
            subprocess.run(ran, env=environment, check=True)
        ran = [sys.executable, "-m", "guitu", "snapshot", "--json"]
        subprocess.run(ran, env=environment, check=True, stdout=subprocess.DEVNULL)
        say("the lives are lived and their snapshot is taken")
        return multiply(Snapshot.open(where / "analysis" / "snapshot"), folder, people, say=say)


def multiply(
    source: Snapshot, folder: Path, people: int, *, say: Say = print, go_on: bool = False
) -> Snapshot:
    """Write the people of `source`, each with ENTRIES entries, over and over into `folder` until there are so
    many. With `go_on` the real writer takes it for its own last run."""
    first = sixty(source)
    lives = first["files"].num_rows
    copies = -(-people // lives)
    last = max(int(pc.max(rows.column("seq")).as_py() or 0) for n, rows in first.items() if "@" in n)
    moved = _Moved(source, first, last, copies)
    at_once = max(1, PER_PART // max(1, lives * ENTRIES))
    together: dict[str, list[pa.Table]] = {name: [] for name in PEOPLE}
    with locked(folder):
        draft = Draft.of(folder, None, anew=True)
        for begin in range(0, copies, at_once):
            some = range(begin, min(begin + at_once, copies))
            for name, rows in first.items():
                if name in ("units", "staff"):
                    continue
                pieces = [moved.copy(name, rows, n, whole=min(lives, people - n * lives)) for n in some]
                built = arrow.unify(pa.concat_tables(pieces))
                if name in PEOPLE:
                    together[name].append(built)
                elif built.num_rows or begin == 0:
                    if begin == 0:  # the first copy's keys lie anywhere
                        built = arrow.ordered(built, *merge.KEYS.get(name, ("person", "seq")))
                    draft.add(name, _columns(source, name), built, BASE)
            say(f"{min(some[-1] + 1, copies) * lives:,} people")
        for name in PEOPLE:
            rows = arrow.unify(pa.concat_tables(together[name]))
            draft.add(name, _columns(source, name), arrow.ordered(rows, *merge.KEYS[name]), BASE)
        for name in ("units", "staff"):
            draft.add(name, _columns(source, name), first[name], BASE)
        told = manifest_of(source.folder)
        rows_of_spine = sum(file.rows for file in draft.tables["spine"])
        seq = told["seq"] if go_on else last * copies
        draft.publish({**told, "seq": seq, "slices": merge.slice_count(rows_of_spine)})
    return Snapshot.open(folder)


def sixty(source: Snapshot) -> dict[str, pa.Table]:
    """The tables of a snapshot with those people only who have no more than ENTRIES entries, and as many more
    tests for each as are missing."""
    tables = {
        name: arrow.unify(pa.concat_tables([arrow.read(path) for path in source.parts(name)]))
        for name in source.tables
    }
    for name in merge.SETS:
        tables[name] = merge.newest(tables[name])
    own = [name for name in tables if "@" in name]
    of_people = [n for n in own if "of_unit" not in source.tables[n].columns]
    whose = np.concatenate([arrow.numbers(tables[name], "person") for name in of_people])
    people, counted = np.unique(whose, return_counts=True)
    known = np.isin(people, arrow.numbers(tables["files"], "person"))
    kept = people[known & (counted <= ENTRIES)]
    missing = ENTRIES - counted[known & (counted <= ENTRIES)]
    for name in tables:
        if (name not in ("units", "staff") and name not in own) or name in of_people:
            tables[name] = tables[name].filter(
                pc.is_in(tables[name].column("person"), value_set=pa.array(kept))
            )
    more = _tests(tables, kept, missing, source)
    for name, rows in more.items():
        joined = pa.concat_tables([tables[name], rows], promote_options="permissive")
        tables[name] = arrow.ordered(arrow.unify(joined), "person", "seq")
    return tables


def _tests(
    tables: Mapping[str, pa.Table], people: Numbers, missing: Numbers, source: Snapshot
) -> dict[str, pa.Table]:
    """As many tests as each of these people lacks, a fortnight apart before the last day that is known."""
    spine = tables["spine"]
    last_seq = max(int(pc.max(rows.column("seq")).as_py() or 0) for n, rows in tables.items() if "@" in n)
    person = arrow.numbers(spine, "person")
    days: Numbers = np.full(len(people), -(2**31), np.int64)
    np.maximum.at(days, np.searchsorted(people, person), arrow.numbers(spine, "day"))
    whose = np.repeat(people, missing)
    nth = np.arange(len(whose)) - np.repeat(np.cumsum(missing) - missing, missing)
    day = np.repeat(days, missing) - 14 * nth
    dice = np.random.default_rng(7)
    plain = {
        "person": whose,
        "seq": last_seq + 1 + np.arange(len(whose)),
        "recorded": day * DAY_MS + 9 * 3_600_000,
        "day": day,
        "id_hi": dice.integers(0, 2**63, len(whose), dtype=np.uint64),
        "id_lo": dice.integers(0, 2**63, len(whose), dtype=np.uint64),
        "kind": np.full(len(whose), source.kinds[_TEST]),
        "version": np.full(len(whose), kinds()[_TEST].version),
    }
    table = source.versions(_TEST)[-1]
    said = {"outcome": "taken", "result": "negative"}
    found = {}
    for name in ("spine", table):
        columns = _columns(source, name)
        arrays = []
        for column in columns:
            kind = arrow.TYPES[column.type]
            if column.name in plain:
                values = pa.array(plain[column.name])
                arrays.append(
                    values.cast(pa.int32()).cast(kind) if column.type == "day" else values.cast(kind)
                )
            elif column.name in said:
                word = said[column.name]
                value = source.words[column.name].index(word) if name == "spine" else word
                arrays.append(pa.array([value], kind).take(pa.array(np.zeros(len(whose), np.int64))))
            else:
                arrays.append(pa.nulls(len(whose), kind))
        found[name] = pa.Table.from_arrays(arrays, schema=arrow.schema(columns))
    return found


@dataclass(slots=True)
class _Moved:
    """Makes copies of the first tables."""

    source: Snapshot
    first: Mapping[str, pa.Table]
    last: int
    copies: int
    _known: dict[int, tuple[Numbers, dict[str, str]]] = field(default_factory=dict)

    def copy(self, name: str, rows: pa.Table, n: int, *, whole: int) -> pa.Table:
        """The nth copy of a table; only so many people of it. The first is the table as it is."""
        if whole < self.first["files"].num_rows:
            people = self.first["files"].column("person").slice(0, whole)
            rows = rows.filter(pc.is_in(rows.column("person"), value_set=people.combine_chunks()))
        if n == 0 or not rows.num_rows:
            return rows
        shift = 7 * (n % WEEKS)
        units, codes = self._units(n)
        columns = self.source.tables[name].columns
        made = pa.Table.from_arrays(
            [self._column(name, c, columns[c], rows.column(c).combine_chunks(), n, shift, units, codes)
             for c in rows.schema.names],
            schema=rows.schema,
        )  # fmt: skip
        return made if name != "files" else self._levelled(made)

    def _levelled(self, files: pa.Table) -> pa.Table:
        """The levels above each unit."""
        rows = self.first["units"]
        place = pc.index_in(files.column("unit"), value_set=rows.column("unit").combine_chunks())
        for column in declared.LEVELS:
            at = files.schema.get_field_index(column.name)
            files = files.set_column(at, files.schema.field(at), rows.column(column.name).take(place))
        return files

    def _column(
        self, table: str, name: str, kind: str, values: pa.Array, n: int, shift: int, units: Numbers,
        codes: Mapping[str, str],
    ) -> pa.Array:  # fmt: skip
        if values.null_count == len(values):
            return values
        if name == "person":
            width = MOST // (1 << (self.copies - 1).bit_length() if self.copies > 1 else 1)
            return pa.array(arrow.plain(values) // (MOST // width) + n * width)
        if name in _SEQS:
            return pc.add(values, n * self.last)
        if name in _MOMENTS:
            return pc.subtract(values, shift * DAY_MS)
        if name in ("id_lo", "to_lo"):
            return pc.bit_wise_xor(values, pa.scalar(n * 0x9E3779B97F4A7C15 % 2**64, pa.uint64()))
        if kind == "day" or name in ("day", "from_day") or name in self._days(table):
            moved = pc.subtract(values.cast(pa.int32()), pa.scalar(shift, pa.int32()))
            return moved.cast(values.type)
        if pa.types.is_integer(values.type) and (
            name in ("unit", "at", "of_unit") or name in self._units_in(table)
        ):
            return self._other(values, units)
        if pa.types.is_dictionary(values.type) and codes.keys() & set(values.dictionary.to_pylist()):
            words = pa.array([codes.get(w, w) for w in values.dictionary.to_pylist()], pa.string())
            return pa.DictionaryArray.from_arrays(values.indices, words)
        return values

    def _other(self, values: pa.Array, units: Numbers) -> pa.Array:
        empty = arrow.plain(values.is_null())
        numbers = arrow.plain(values.fill_null(0))
        return pa.array(units[numbers], values.type, mask=empty)

    def _units(self, n: int) -> tuple[Numbers, dict[str, str]]:
        """For the nth copy, another village for each village, somewhere else entirely; other units stay."""
        if n not in self._known:
            if len(self._known) > MEMORY:
                self._known.clear()
            rows = self.first["units"]
            village = pc.equal(rows.column("level").cast(pa.string()), "village")
            numbers = arrow.plain(rows.filter(village).column("unit"))
            codes = rows.filter(village).column("code").cast(pa.string()).to_pylist()
            others: Numbers = np.arange(int(pc.max(rows.column("unit")).as_py()) + 1)
            others[numbers] = np.roll(numbers, -n * 17)
            there = -n * 17 % max(1, len(codes))
            self._known[n] = others, dict(zip(codes, codes[-there:] + codes[:-there], strict=True))
        return self._known[n]

    def _days(self, table: str) -> frozenset[str]:
        """Columns of the spine that hold days as numbers."""
        return _fields("day") if table == "spine" else frozenset()

    def _units_in(self, table: str) -> frozenset[str]:
        return _fields("unit") if table == "spine" else frozenset()


def _fields(kind: str) -> frozenset[str]:
    read = (one for one in kinds().values() if declared.in_spine(one))
    return frozenset(ask.name for one in read for ask in one.fields if ask.type == kind)


def _columns(source: Snapshot, name: str) -> list[Column]:
    return [Column(n, kind) for n, kind in source.tables[name].columns.items()]  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
