"""From raw rows of entries to the rows of the snapshot's tables.

The open fields of an entry are a short JSON text, and few texts differ: each text is read once, and what
it says is then spread over all rows that have it. Sealed fields are not in it; what is typed freely is
not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guitu.casefile import Kind
from guitu.casefile import columns as declared
from guitu.casefile.columns import Column
from guitu.casefile.fields import read_decimal
from guitu.kernel.days import day_number
from guitu.store.snapshot import arrow

RAW: Final = pa.schema(
    [
        ("person", pa.int64()),
        ("seq", pa.int64()),
        ("id_hi", pa.uint64()),
        ("id_lo", pa.uint64()),
        ("kind", pa.dictionary(pa.int32(), pa.string())),
        ("version", pa.int16()),
        ("day", pa.int32()),
        ("recorded", pa.int64()),
        ("at", pa.int32()),
        ("corrects_seq", pa.int64()),
        ("of_unit", pa.int32()),
        ("in_spine", pa.bool_()),
        ("body", pa.string()),
    ]
)
"""What is known of an entry before its fields are read: `of_unit` for files about a unit, `in_spine`
whether the file is a person's."""

Found = Mapping[UUID, tuple[int, int]]
"""Entries by id: their number and the key of the person (or unit file) they belong to."""
Finder = Callable[[Collection[UUID]], Found]

_MOST: Final = 2**31 - 1


@dataclass(slots=True)
class Builder:
    """Makes rows of the declared kinds. `units` are unit numbers by code: only known codes are written.
    `find` looks up entries that others answer."""

    kinds: Mapping[str, Kind]
    units: Mapping[str, int]
    find: Finder
    codes: Mapping[str, int] = field(init=False)
    words: Mapping[str, Mapping[str, int]] = field(init=False)
    spine: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        kinds = tuple(self.kinds.values())
        self.codes = declared.kind_codes(kinds)
        self.words = {
            name: {word: n for n, word in enumerate(values)} for name, values in declared.words(kinds).items()
        }
        self.spine = declared.spine_columns(kinds)

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table of this layout: each is there from the first run on, if only empty."""
        own = (declared.table_of(kind.name, kind.version) for kind in self.kinds.values())
        return ("spine", *declared.TABLES, *sorted(own))

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table of this layout."""
        if table == "spine":
            return self.spine
        if table in declared.TABLES:
            return declared.TABLES[table]
        return declared.kind_columns(self.kinds[table.partition("@")[0]])

    def build(self, raw: pa.Table) -> dict[str, pa.Table]:
        """The tables of these raw rows (any order), each sorted by person and seq."""
        if not raw.num_rows:
            return {}
        raw = arrow.ordered(arrow.unify(raw), "person", "seq")
        kind = raw.column("kind").chunk(0)
        codes = arrow.plain(kind.indices)
        tables: dict[str, pa.Table] = {}
        pieces: list[pa.Table] = []
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], np.arange(len(kind.dictionary) + 1))
        for code, name in enumerate(kind.dictionary.to_pylist()):
            mine = order[ends[code] : ends[code + 1]]
            one = self.kinds.get(name)
            if len(mine) and one is not None:
                self._of_kind(one, raw.take(pa.array(mine)), tables, pieces)
        if pieces:
            tables["spine"] = arrow.ordered(arrow.unify(pa.concat_tables(pieces)), "person", "seq")
        return tables

    def _of_kind(
        self, kind: Kind, raw: pa.Table, tables: dict[str, pa.Table], pieces: list[pa.Table]
    ) -> None:
        said = _Said(kind, raw, self.units)
        for version in said.versions():
            rows = raw if version.everywhere else raw.filter(version.mask)
            spread = said.indices if version.everywhere else said.indices.filter(version.mask)
            columns = declared.kind_columns(kind)
            tables[declared.table_of(kind.name, version.number)] = pa.Table.from_arrays(
                [self._column(c, kind, rows, said, spread) for c in columns], schema=arrow.schema(columns)
            )
        if declared.in_spine(kind):
            rows, spread = raw, said.indices
            if not pc.all(raw.column("in_spine")).as_py():
                mask = raw.column("in_spine").combine_chunks()
                rows, spread = raw.filter(mask), spread.filter(mask)
            if rows.num_rows:
                asked = {ask.name for ask in declared.kept(kind)}
                pieces.append(
                    pa.Table.from_arrays(
                        [
                            self._coded(c, kind, rows, said, spread)
                            if not c.field or c.field in asked
                            else pa.nulls(rows.num_rows, arrow.TYPES[c.type])
                            for c in self.spine
                        ],
                        schema=arrow.schema(self.spine),
                    )
                )

    def _column(self, column: Column, kind: Kind, rows: pa.Table, said: _Said, spread: pa.Array) -> pa.Array:
        """A column of a kind's own table."""
        if not column.field:
            return _plain(rows, column)
        if column.field == kind.answers:
            return self._answered(rows, said, column.field, spread)
        values = said.values(column.field, column.type, None)
        return _spread(values, spread, column)

    def _coded(self, column: Column, kind: Kind, rows: pa.Table, said: _Said, spread: pa.Array) -> pa.Array:
        """A column of the spine."""
        if column.name == "kind":
            return pa.array(np.full(rows.num_rows, self.codes[kind.name], np.uint16))
        if not column.field:
            return _plain(rows, column)
        if column.field == kind.answers:
            shift = 64 if column.name.endswith("_hi") else 0
            ids = said.references(column.field)
            halves = [None if i is None else (i.int >> shift) & (2**64 - 1) for i in ids]
            return _spread(halves, spread, column)
        return _spread(said.values(column.field, column.type, self.words.get(column.field)), spread, column)

    def _answered(self, rows: pa.Table, said: _Said, name: str, spread: pa.Array) -> pa.Array:
        """The number of the entry that each row answers, if it is smaller and of the same file."""
        ids = said.references(name)
        found = self.find([i for i in ids if i is not None])
        of = [found.get(i, (None, None)) if i is not None else (None, None) for i in ids]
        seq = pa.array([one[0] for one in of], pa.int64()).take(spread)
        whose = pa.array([one[1] for one in of], pa.int64()).take(spread)
        ours = pc.and_(
            pc.equal(whose, rows.column("person").combine_chunks()),
            pc.less(seq, rows.column("seq").combine_chunks()),
        )
        return pc.if_else(pc.fill_null(ours, False), seq, pa.scalar(None, pa.int64()))


def _plain(rows: pa.Table, column: Column) -> pa.Array:
    return rows.column(column.name).combine_chunks().cast(arrow.TYPES[column.type])


def _spread(values: Sequence[Any], over: pa.Array, column: Column) -> pa.Array:
    """What each distinct text says, for every row that has it."""
    kind = arrow.TYPES[column.type]
    if all(value is None for value in values):
        return pa.nulls(len(over), kind)
    if column.type == "word":
        words = sorted({v for v in values if v is not None})
        place = {word: n for n, word in enumerate(words)}
        codes = pa.array([place.get(v) if v is not None else None for v in values], pa.int32()).take(over)
        return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))
    return pa.array(values, kind).take(over)


@dataclass(slots=True)
class _Version:
    number: int
    mask: pa.Array
    everywhere: bool


class _Said:
    """What the distinct field texts of one kind say, brought up to its present version."""

    def __init__(self, kind: Kind, raw: pa.Table, units: Mapping[str, int]) -> None:
        self.kind = kind
        self.units = units
        encoded = raw.column("body").combine_chunks().dictionary_encode()
        version = raw.column("version").combine_chunks()
        texts = encoded.dictionary.to_pylist()
        stored = pc.unique(version).to_pylist()
        if len(stored) == 1:
            self.indices = encoded.indices
            pairs = [(stored[0], text) for text in texts]
        else:
            place = {v: n for n, v in enumerate(stored)}
            which = arrow.plain(pc.index_in(version, pa.array(stored, pa.int16())))
            self.indices = pa.array(which * len(texts) + arrow.plain(encoded.indices), pa.int32())
            pairs = [(v, text) for v in sorted(stored, key=place.__getitem__) for text in texts]
        self.said = [_read(kind, v, text) for v, text in pairs]
        self._number = [_now(kind, v) for v, _ in pairs]

    def versions(self) -> Iterable[_Version]:
        """The versions of the rows, as they count now."""
        numbers = sorted(set(self._number))
        if len(numbers) == 1:
            yield _Version(numbers[0], pa.nulls(0), True)
            return
        of = pa.array(self._number, pa.int16()).take(self.indices)
        for number in numbers:
            mask = pc.equal(of, number)
            if pc.any(mask).as_py():
                yield _Version(number, mask, False)

    def values(self, name: str, kind: str, codes: Mapping[str, int] | None) -> list[Any]:
        """What each distinct text says of a field, as its column holds it; None where it says nothing
        that the declaration knows."""
        ask = self.kind.ask(name)
        return [self._value(ask.type, said.get(name), kind, codes) for said in self.said]

    def _value(self, asked: str, value: Any, kind: str, codes: Mapping[str, int] | None) -> Any:
        if value is None or isinstance(value, bool):
            return None
        match asked:
            case "choice" if codes is not None:
                return codes.get(value)
            case "choice":
                return value
            case "unit":
                no = self.units.get(value)
                return no if kind == "int32" or no is None else value
            case "day":
                return _days(value)
            case "decimal":
                return value if isinstance(value, str) and read_decimal(value) == value else None
            case _ if isinstance(value, int):
                return min(max(value, -_MOST), _MOST) if kind == "int32" else value
        return None

    def references(self, name: str) -> list[UUID | None]:
        """The entry that each distinct text names, where it is written as ids are."""
        return [_id(said.get(name)) for said in self.said]


def _now(kind: Kind, version: int) -> int:
    return kind.version if version < kind.version and kind.upgrade is not None else version


def _read(kind: Kind, version: int, text: str) -> dict[str, Any]:
    """The fields of one text that have a column."""
    if text == "{}":
        return {}
    said: dict[str, Any] = json.loads(text)
    if version < kind.version and kind.upgrade is not None:
        days = {ask.name for ask in kind.fields if ask.type == "day"}
        old = {k: date.fromisoformat(v) if k in days and isinstance(v, str) else v for k, v in said.items()}
        said = {k: v.isoformat() if isinstance(v, date) else v for k, v in kind.upgrade(old).items()}
    kept = {ask.name: ask for ask in declared.kept(kind)}
    return {
        name: value
        for name, value in said.items()
        if name in kept and (kept[name].type != "choice" or kept[name].choice(value) is not None)
    }


def _days(value: Any) -> int | None:
    try:
        return day_number(date.fromisoformat(value))
    except (TypeError, ValueError):
        return None


def _id(value: Any) -> UUID | None:
    """The id, where it is written as `str` writes one: otherwise no rule would find it."""
    try:
        found = UUID(value)
    except (AttributeError, TypeError, ValueError):
        return None
    return found if str(found) == value else None
