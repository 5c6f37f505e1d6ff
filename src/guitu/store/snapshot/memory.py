"""A snapshot of case files in hand, without a database: what tests and small trials compare against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pyarrow as pa

from guitu import compose
from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile import columns as declared
from guitu.casefile.snapshot import Snapshot
from guitu.kernel.days import day_number
from guitu.store.apart import unit_file_id
from guitu.store.placing import named
from guitu.store.snapshot import arrow, merge
from guitu.store.snapshot.derived import Facts
from guitu.store.snapshot.folder import BASE, Draft, locked
from guitu.store.snapshot.rows import RAW, Builder, Found

LOW: Final = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the snapshot: `parent` is the code of one that comes before it; `no` its number, else
    its place in the list."""

    code: str
    level: str = "village"
    parent: str = ""
    name: str = ""
    no: int = 0


def person_of(file: UUID) -> int:
    """The key of a person in such a snapshot."""
    return max(1, int.from_bytes(hashlib.sha256(file.bytes).digest()[:8], "big") >> 1)


def snapshot_of(
    files: Iterable[CaseFile],
    folder: Path,
    *,
    places: Sequence[Place] = (),
    unit_files: Collection[UUID] = (),
    person: Callable[[UUID], int] = person_of,
    seqs: Mapping[UUID, int] | None = None,
    made_ms: int = 0,
) -> Snapshot:
    """Write a snapshot of these files, whole and unsealed, into a folder and open it.

    Entries are numbered in the order in which they are given. Units are `places`, and whatever other
    code an entry names, each standing alone; they are numbered from 1. Files are people's but for
    `unit_files`. Who is who: `person_of`.
    """
    kinds = compose.kinds()
    known = list(files)
    units = _numbered(known, places)
    numbers: dict[UUID, tuple[int, int]] = {}
    rows: list[tuple[CaseFile, list[tuple[Entry, int]]]] = []
    for file in known:
        pairs = [
            (entry, seqs[entry.id] if seqs is not None else len(numbers) + n)
            for n, entry in enumerate(file.entries, 1)
        ]
        numbers.update((entry.id, (seq, person(file.id))) for entry, seq in pairs)
        rows.append((file, pairs))

    def find(ids: Collection[UUID]) -> Found:
        return {i: numbers[i] for i in ids if i in numbers}

    builder = Builder(declared.columned(kinds), units, find)
    legal = {name for name, kind in kinds.items() if kind.general}
    own = {unit_file_id(code): no for code, no in units.items()}
    raw: list[tuple[Any, ...]] = []
    facts = Facts()
    for file, pairs in rows:
        key, about_unit = person(file.id), file.id in unit_files
        of_unit = own.get(file.id, units.get(file.entries[0].unit)) if about_unit and file.entries else None
        raw += [
            _raw(e, seq, key, kinds[e.kind], units, numbers, of_unit, in_spine=not about_unit)
            for e, seq in pairs
        ]
        if pairs and not about_unit:
            opened = min(e.recorded_at for e, _ in pairs).date()
            facts.add(key, file.id, pairs, opened=opened, units=units, legal=legal)
    with locked(folder):
        draft = Draft.of(folder, None, anew=True)
        tables = builder.build(_table(raw))
        tables["units"] = _units(units, places)
        tables["staff"] = arrow.table(declared.STAFF, [])
        tables |= derived_tables(facts, tables["units"])
        for name in builder.tables:
            columns = builder.columns(name)
            draft.add(name, columns, tables.get(name, arrow.table(columns, [])), BASE)
        last = max((e.recorded_at for f in known for e in f.entries), default=None)
        draft.publish(
            {
                "seq": len(numbers),
                "last_ms": arrow.milliseconds(last) if last else 0,
                "made_ms": made_ms,
                "kinds": dict(builder.codes),
                "words": declared.words(builder.kinds.values()),
                "shape": declared.shape(builder.kinds.values()),
                "slices": merge.slice_count(tables["spine"].num_rows if "spine" in tables else 0),
            }
        )
    return Snapshot.open(folder)


def derived_tables(facts: Facts, units: pa.Table) -> dict[str, pa.Table]:
    """The tables of what was worked out, in order; a unit's levels are those of the table of units."""
    at = {row["unit"]: tuple(row[c.name] for c in declared.LEVELS) for row in units.to_pylist()}
    nowhere = (None,) * len(declared.LEVELS)
    files = [(p, unit, *at.get(unit, nowhere), *rest) for p, unit, *rest in facts.files]
    found = {"fates": facts.fates, "before_birth": facts.before_birth, "homes": facts.homes, "files": files}
    return {
        name: arrow.ordered(arrow.table(declared.TABLES[name], rows), *merge.KEYS[name])
        for name, rows in found.items()
    }


def _raw(
    entry: Entry,
    seq: int,
    person: int,
    kind: Kind,
    units: dict[str, int],
    numbers: dict[UUID, tuple[int, int]],
    of_unit: int | None,
    *,
    in_spine: bool,
) -> tuple[Any, ...]:
    """An entry as a raw row; its fields as the store writes the open ones."""
    corrected = numbers.get(entry.corrects) if entry.corrects else None
    corrects = corrected[0] if corrected and corrected[1] == person and corrected[0] < seq else None
    fields = {k: v for k, v in entry.fields.items() if k not in kind.sealed_fields}
    body = json.dumps(
        {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()},
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return (
        person, seq, entry.id.int >> 64, entry.id.int & LOW, entry.kind, entry.version,
        day_number(entry.happened_on), arrow.milliseconds(entry.recorded_at), units.get(entry.unit), corrects,
        of_unit, in_spine, body,
    )  # fmt: skip


def _table(raw: Sequence[tuple[Any, ...]]) -> pa.Table:
    across = list(zip(*raw, strict=True)) if raw else [()] * len(RAW)
    return pa.Table.from_arrays(
        [
            pa.array(values, pa.string()).dictionary_encode()
            if f.name == "kind"
            else pa.array(values, f.type)
            for f, values in zip(RAW, across, strict=True)
        ],
        schema=RAW,
    )


def _numbered(files: Iterable[CaseFile], places: Sequence[Place]) -> dict[str, int]:
    codes = dict.fromkeys(place.code for place in places)
    for file in files:
        for entry in file.entries:
            kind = compose.kind(entry.kind)
            said = [str(entry.get(name)) for name in kind.unit_fields if entry.get(name)]
            codes |= dict.fromkeys(code for code in (entry.unit, named(entry), *said) if code)
    given = {place.code: place.no for place in places if place.no}
    free = max(given.values(), default=0)
    return {code: given.get(code) or free + n for n, code in enumerate(codes, 1)}


def _units(numbers: dict[str, int], places: Sequence[Place]) -> pa.Table:
    by_code = {place.code: place for place in places}
    paths: dict[str, list[str]] = {}
    rows = []
    for code, no in numbers.items():
        place = by_code.get(code, Place(code, "team"))
        paths[code] = path = [*paths.get(place.parent, []), code]
        at = [numbers[c] for c in path] + [None] * (len(declared.LEVELS) - len(path))
        parent = numbers.get(place.parent)
        rows.append((no, code, place.name or code, place.level, parent, "/".join(path), *at, None, None))
    return arrow.table(declared.UNITS, rows)
