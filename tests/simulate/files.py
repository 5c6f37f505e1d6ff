"""A small province made to the figures of an invented targets file, planned once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from guitu import compose
from guitu.casefile import CaseFile
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.opening import SWEPT, source_of
from guitu.indicators.targets import Targets, parse, read
from guitu.pathway.assess import assess
from guitu.pathway.sweep import tables
from guitu.simulate.targets import plan, writing
from guitu.simulate.targets.plan import Plan
from guitu.store.snapshot.memory import Place, person_of, snapshot_of
from tests.conftest import TODAY

YUNNAN = Path(__file__).with_name("yunnan.toml")
PEOPLE = 150


@cache
def yunnan() -> Targets:
    """Another province than the demonstration's, of which only the counties are known."""
    return read(YUNNAN)


def planned(targets: Targets | None = None, *, people: int = PEOPLE, seed: int = 5) -> Plan:
    """A plan of so many people as of the tests' today."""
    return plan.make(targets or yunnan(), people=people, seed=seed, today=TODAY)


def asking(*figures: str) -> Targets:
    """Targets with these figures: "key scope first last value unit", and "about" for one not exact."""
    text = ""
    for at, figure in enumerate(figures):
        key, scope, first, last, value, unit, *about = figure.split()
        text += (
            f'[[figure]]\nkey = "{key}"\nlabel = "数{at}"\nscope = "{scope}"\n'
            f"from = {first}\nuntil = {last}\n"
            f'value = {value}\nunit = "{unit}"\nexact = {"false" if about else "true"}\n'
        )
    return parse(text)


@contextmanager
def counted(made: Plan, folder: Path) -> Iterator[DuckSource]:
    """The rows of a plan's files as figures are counted from them: a snapshot in hand, and what `assess` says
    of everybody in the place of the sweep."""
    files = list(writing.files(made))
    kinds, province = compose.kinds(), made.offices.province
    people = [(f, e) for f, e, _ in files if kinds[e[0].kind].about == "person"]
    known = {file for file, _ in people}
    snapshot = snapshot_of(
        [CaseFile(file, tuple(entries)) for file, entries, _ in files],
        folder,
        places=[
            *(Place(d.code, d.level, d.parent or "", d.name) for d in province.divisions),
            *(Place(i.code, i.kind, i.parent, i.name) for i in province.institutions),
        ],
        unit_files=[file for file, _, _ in files if file not in known],
    )
    seq = {entry.id: n for n, entry in enumerate((e for _, entries, _ in files for e in entries), 1)}
    rules = compose.policy(province.code)
    rows = tables.no_rows()
    for file, entries in people:
        answer = assess(CaseFile(file, tuple(entries)), rules, TODAY)
        tables.add(rows, person_of(file), None, answer, seq)
    parts = {name: _parquet(name, rows[name], folder) for name in SWEPT}
    source = source_of(snapshot, lambda name: [parts[name]], compose.tables(), TODAY)
    try:
        yield source
    finally:
        source.connection.close()


def _parquet(name: str, rows: list[tuple[Any, ...]], folder: Path) -> Path:
    schema = pa.schema(
        [
            pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type)
            for f in tables.SCHEMAS[name]
        ]
    )
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    path = folder / f"{name}.swept.parquet"
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)
    return path
