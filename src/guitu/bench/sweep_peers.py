"""What the sweep is measured beside, in the same run and on the same Parquet files: SQL written by hand for
DuckDB, and a model of OpenFisca-Core."""

from __future__ import annotations

import time
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from guitu.bench import everybody_openfisca, everybody_sql
from guitu.bench.report import Figure
from guitu.casefile.snapshot import Snapshot
from guitu.pathway.sweep.swept import Swept

THREADS: Final = 2
STATES: Final = ("awaiting_report", "in_force", "suspended", "ended")


def beside(snapshot: Snapshot, swept: Swept, seconds: float) -> list[Figure]:
    """The seconds of both for the same day, as ratios to the sweep's, and for what share of the people they
    say the same measure, state and last day."""
    connection = everybody_sql.connect(snapshot, THREADS)
    began = time.perf_counter()
    by_hand = everybody_sql.answer(connection, snapshot, swept.on)
    sql = time.perf_counter() - began
    began = time.perf_counter()
    table = everybody_sql.answer(connection, snapshot, swept.on, everybody_sql.INPUTS)
    inputs = _inputs(table)
    given = time.perf_counter() - began
    model = everybody_openfisca.system()
    began = time.perf_counter()
    answers = everybody_openfisca.answer(model, inputs, swept.on)
    modelled = time.perf_counter() - began
    status = swept.table("status", ["person", "measure", "state", "ends_on"])
    words = snapshot.words["measure"]
    same = _same(status, by_hand, words)
    theirs = pa.table(
        {
            "person": table["person"],
            "measure": table["measure"],
            "state": pa.array([STATES[n] for n in answers["state"].tolist()]),
            "ends": pa.array(answers["ends_on"].astype("datetime64[D]"), pa.date32()),
        }
    )
    return [
        Figure(
            "sweep beside SQL by hand", seconds, "s", sql, "DuckDB", sql / seconds,
            wanted="at most 1.5 times theirs",
            note=f"SQL: national rules, six answers a person, the same for {same:.1%} of the people",
        ),
        Figure(
            "sweep beside OpenFisca", seconds, "s", given + modelled, "OpenFisca-Core",
            (given + modelled) / seconds,
            note=f"{modelled:.1f} s of it in the model, the rest for what SQL reads off the entries;"
            f" five answers, the same for {_same(status, theirs, words):.1%} of the people",
        ),
    ]  # fmt: skip


def _inputs(table: pa.Table) -> dict[str, np.ndarray[Any, Any]]:
    """The columns as the model takes them."""
    found: dict[str, np.ndarray[Any, Any]] = {}
    for name, kind in everybody_openfisca.INPUTS.items():
        column = table[name]
        if kind is bool:
            found[name] = column.fill_null(False).to_numpy().astype(bool)
        elif kind is int:
            found[name] = column.fill_null(0).to_numpy().astype(np.int64)
        else:
            days = column.to_numpy(zero_copy_only=False).astype(np.float64)
            known = np.where(np.isnan(days), 0, days).astype(np.int64).astype("datetime64[D]")
            found[name] = np.where(np.isnan(days), everybody_openfisca.NEVER, known)
    return found


def _same(status: pa.Table, theirs: pa.Table, words: tuple[str, ...]) -> float:
    """The share of the people under an order for whom measure, state and last day are the same."""
    connection = duckdb.connect()
    connection.register("ours", status)
    connection.register("theirs", theirs)
    named = ", ".join(f"'{word}'" for word in words)
    row = connection.execute(
        f"SELECT avg((o.measure::VARCHAR = ([{named}])[t.measure::INTEGER + 1] AND o.state::VARCHAR = t.state"
        " AND (o.ends_on IS NOT DISTINCT FROM t.ends"
        " OR (o.ends_on IS NULL AND t.ends > DATE '9000-01-01')))::INT)"
        " FROM ours AS o JOIN theirs AS t USING (person)"
    ).fetchone()
    assert row is not None
    return float(row[0] or 0)
