"""Tables as sorted rows of text, to be compared."""

from __future__ import annotations

from typing import Any

from guitu.store import engine

PROJECTIONS = {
    "casestatus": "file, n, last_ms, sex, measure, state, since, ends_on, open_n, overdue_n,"
    " findings, rights, worker, recheck_on, done_on, done_n, unit, at1, at2, at3, at4, at5",
    "duty": "file, name, measure, owed, record, opens_on, due_key, label_zh, label_en, cites, worker, unit,"
    " at1, at2, at3, at4, at5",
    "dutytally": "unit, duty, due_key, n",
    "filetally": "unit, measure, state, n, overdue, rights",
    "person": "file, unit, keys, sealed",
    "personkey": "key, file",
    "oldnumber": "file",
    "merged": "file, into_id",
}
WRITTEN = {
    "casefile": "no, id, about, case_no, n, unit",
    "entry": "file, n, id, kind, version, happened_on, recorded_ms, author, unit, corrects, source, body",
}


def dump(tables: dict[str, str]) -> dict[str, list[Any]]:
    """Every row of these tables, sorted."""
    return {
        name: sorted(tuple(map(str, r)) for r in engine.rows(f"SELECT {columns} FROM store_{name}"))
        for name, columns in tables.items()
    }


def projections(ignore: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Everything that was worked out, without these columns."""
    kept = {
        name: ", ".join(c for c in columns.split(", ") if c.strip() not in ignore)
        for name, columns in PROJECTIONS.items()
    }
    return dump(kept)
