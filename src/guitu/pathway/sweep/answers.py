"""Running the kernel over a block, and its numbers as the tables of the answer."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guitu.pathway.sweep import tables
from guitu.pathway.sweep.block import Block
from guitu.pathway.sweep.kernel import layout as at
from guitu.pathway.sweep.kernel.jit import COMPILED
from guitu.pathway.sweep.kernel.person import sweep
from guitu.pathway.sweep.law import Under

WIDTHS: Final = {"status": 8, "measures": 12, "duties": 7, "findings": 5, "notcovered": 2}
ROOM: Final = {"status": 1, "measures": 3, "duties": 40, "findings": 3, "notcovered": 1}
"""Rows of a table that a person takes, roughly: more are made room for when needed."""
LEAST_ROOM: Final = {
    "status": 64,
    "measures": 4 * at.MOST_COURSES,
    "duties": 2 * at.MOST_DUTIES,
    "findings": 2 * at.MOST_FINDINGS,
    "notcovered": 2 * at.MOST_FINDINGS + at.MOST_COURSES * at.MOST_UNCOVERED,
}
Columns = dict[str, NDArray[np.int32]]


def of_people(
    block: Block,
    under: Under,
    units: NDArray[np.int32],
    people: NDArray[np.int32],
    on: int,
    fault: NDArray[np.uint8],
) -> tuple[dict[str, pa.Table], NDArray[np.int64]]:
    """The answers for some people of a block (by place), who are all under one law; and how often each rule
    word did something. Who must be handed over is marked in `fault`."""
    model = under.model
    codes = model.kind_table(block.meaning.codes)
    kind = codes[np.minimum(block.kind, len(codes) - 1)]
    small, large, place = block.columns(model)
    room = {name: ROOM[name] * len(people) + LEAST_ROOM[name] for name in WIDTHS}
    work, numbers = np.zeros(at.WORK, np.int64), model.numbers
    if not COMPILED:  # looked at step by step: plain lists are read faster
        work, numbers = work.tolist(), numbers.tolist()  # type: ignore[assignment]
    used = np.zeros(at.N_WORDS, np.int64)
    found: dict[str, list[pa.Table]] = {name: [] for name in WIDTHS}
    done = 0
    while done < len(people):
        rows = {name: np.empty((WIDTHS[name], room[name]), np.int32) for name in WIDTHS}
        filled = np.zeros(len(WIDTHS), np.int64)
        done = sweep(
            numbers, work, on, people, block.starts, done, kind, block.day, block.recorded,
            block.high, block.low, block.counts, block.answers, block.born, small, large, place,
            rows["status"], rows["measures"], rows["duties"], rows["findings"], rows["notcovered"],
            filled, fault,
        )  # fmt: skip
        used += np.array(work[at.S_USED : at.S_USED + at.N_WORDS])
        work[at.S_USED : at.S_USED + at.N_WORDS] = [0] * at.N_WORDS
        kept = {name: rows[name][:, :n] for (name, n) in zip(WIDTHS, filled.tolist(), strict=True)}
        for name, table in _tables(block, under, units, kept).items():
            found[name].append(table)
    return {name: pa.concat_tables(some) for name, some in found.items()}, used


def _tables(block: Block, under: Under, units: NDArray[np.int32], rows: Columns) -> dict[str, pa.Table]:
    return {name: _MAKE[name](_Maker(name, block, under, units, rows[name])) for name in WIDTHS}


class _Maker:
    """The columns of one table, made from the kernel's numbers: the first row holds the people."""

    def __init__(
        self, name: str, block: Block, under: Under, units: NDArray[np.int32], rows: NDArray[np.int32]
    ) -> None:
        self.name = name
        self.block = block
        self.under = under
        self.rows = rows
        unit = units[rows[0]]
        self.who = [pa.array(block.people[rows[0]]), pa.array(unit, mask=unit < 0)]

    def day(self, place: int) -> pa.Array:
        values = self.rows[place]
        return pa.array(values, pa.int32(), mask=values == at.NONE).cast(pa.date32())

    def seq(self, place: int) -> pa.Array:
        rows = self.rows[place]
        if not len(self.block.seq):
            return pa.array([], pa.int64())
        return pa.array(self.block.seq[np.maximum(rows, 0)], mask=rows < 0)

    def flag(self, place: int) -> pa.Array:
        values = self.rows[place]
        return pa.array(values > 0, mask=values < 0)

    def word(self, place: int, column: str, through: NDArray[Any] | None = None) -> pa.DictionaryArray:
        codes = self.rows[place]
        field = tables.SCHEMAS[self.name].field(column)
        empty = codes < 0
        if through is not None:
            codes = through[np.maximum(codes, 0)] if len(through) else np.full(len(codes), -1, np.int8)
            empty = empty | (codes < 0)
        array = pa.array(codes.astype(field.type.index_type.to_pandas_dtype()), mask=empty)
        return tables.coded(array, self.under.words.column(self.name, column))

    def table(self, *columns: pa.Array) -> pa.Table:
        return pa.Table.from_arrays([*self.who, *columns], schema=tables.SCHEMAS[self.name])


def _status(make: _Maker) -> pa.Table:
    return make.table(
        make.word(1, "measure", make.under.measure),
        make.word(2, "state"),
        make.day(3),
        make.day(4),
        make.seq(5),
        make.flag(6),
        make.day(7),
    )


def _measures(make: _Maker) -> pa.Table:
    return make.table(
        make.seq(1),
        make.word(2, "measure", make.under.measure),
        make.word(3, "state"),
        *(make.day(place) for place in range(4, 9)),
        make.word(9, "ended_by", make.under.ending),
        make.day(10),
        make.flag(11),
    )


def _duties(make: _Maker) -> pa.Table:
    under = make.under
    return make.table(
        make.seq(1),
        make.word(2, "name", under.duty),
        make.word(2, "owed_by", under.owed_by),
        make.word(3, "state"),
        make.day(4),
        make.day(5),
        make.day(6),
        make.word(2, "record", under.record),
    )


def _findings(make: _Maker) -> pa.Table:
    return make.table(make.seq(1), make.word(2, "name", make.under.finding), make.day(3), make.flag(4))


def _notcovered(make: _Maker) -> pa.Table:
    kind = tables.SCHEMAS["notcovered"].field("rule").type.index_type
    return make.table(tables.coded(pa.array(make.rows[1], kind), make.under.model.rules))


_MAKE: Final = {
    "status": _status,
    "measures": _measures,
    "duties": _duties,
    "findings": _findings,
    "notcovered": _notcovered,
}
