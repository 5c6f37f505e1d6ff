"""Today: what is late, due today and due this week under a unit. Counts and list come from the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.engine import Row
from guitu.store.models import NEVER
from guitu.store.units import Tree, Unit, tree

Bucket = Literal["late", "today", "week"]
BUCKETS: Final[tuple[Bucket, ...]] = ("late", "today", "week")
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty to be done. `days` is how many days are left (below zero: late by so many), None if it is due
    "promptly" without a day. `owed_by` is "authority" or "person"; `record` the kind of entry that does
    it."""

    file: UUID
    case_no: str
    name: str
    sex: str
    id_tail: str
    duty: str
    label: Label
    owed_by: str
    record: str
    opens_on: date | None
    due: date | None
    days: int | None
    bucket: Bucket
    cites: tuple[str, ...]
    measure: UUID | None
    unit: str
    unit_name: str
    worker: str


@dataclass(frozen=True, slots=True)
class Today:
    """One page of duties in the order late, today, this week. `total` is how many the chosen buckets hold,
    and `counts` how many each bucket holds under the same filters."""

    unit: Unit
    day: date
    counts: dict[Bucket, int]
    rows: tuple[DutyLine, ...]
    total: int
    page: int
    pages: int
    duties: dict[str, int]
    """How many of each duty the three buckets hold, without the duty filter: the choices of that filter."""


def today(
    unit: str,
    day: date,
    *,
    duty: str = "",
    worker: str = "",
    bucket: Bucket | None = None,
    page: int = 1,
    size: int = 20,
) -> Today:
    """What is to be done under the unit with this code (a village's code asks for that village alone).

    Duties due "promptly" stand with today's. Raises UnknownUnit.
    """
    units = tree()
    here = units.find(unit)
    tally = _tally(here, day, worker)
    chosen = [(due, n) for (name, due), n in tally.items() if not duty or name == duty]
    by_bucket: dict[Bucket, dict[str, int]] = {b: {} for b in BUCKETS}
    for due, n in chosen:
        found = by_bucket[_bucket(due, day)]
        found[due] = found.get(due, 0) + n
    counts = {b: sum(by_bucket[b].values()) for b in BUCKETS}
    wanted = [b for b in BUCKETS if bucket in (None, b)]
    ordered = [(due, by_bucket[b][due]) for b in wanted for due in sorted(by_bucket[b])]
    total = sum(n for _, n in ordered)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = _rows(here, day, ordered, duty, worker, (page - 1) * size, size, units)
    names: dict[str, int] = {}
    for (name, _), n in tally.items():
        names[name] = names.get(name, 0) + n
    return Today(here, day, counts, rows, total, page, pages, dict(sorted(names.items())))


def _bucket(due_key: str, day: date) -> Bucket:
    if due_key == NEVER or due_key == day.isoformat():
        return "today"
    return "late" if due_key < day.isoformat() else "week"


def _tally(unit: Unit, day: date, worker: str) -> dict[tuple[str, str], int]:
    """How many duties of each name are due on each day, up to a week from now."""
    until = (day + WEEK).isoformat()
    if worker:
        found = engine.rows(
            f"SELECT name, due_key, count(*) FROM store_duty WHERE worker = %s AND {unit.column} = %s"
            " AND (due_key <= %s OR due_key = %s) GROUP BY name, due_key",
            [worker, unit.no, until, NEVER],
        )
    else:
        found = engine.rows(
            "SELECT duty, due_key, n FROM store_dutytally"
            " WHERE unit = %s AND (due_key <= %s OR due_key = %s)",
            [unit.no, until, NEVER],
        )
    return {(name, str(due)): n for name, due, n in found}


def _rows(
    unit: Unit,
    day: date,
    ordered: list[tuple[str, int]],
    duty: str,
    worker: str,
    skip: int,
    size: int,
    units: Tree,
) -> tuple[DutyLine, ...]:
    """The rows of one page. The tally says on which days they are due, so nothing before them is read."""
    where, values = f"{unit.column} = %s AND due_key >= %s AND due_key <= %s", [unit.no]
    filters: list[str] = []
    for column, value in (("name", duty), ("worker", worker)):
        if value:
            where += f" AND {column} = %s"
            filters.append(value)
    found: list[Row] = []
    for first, last, offset, limit in _stretches(ordered, skip, size):
        found += engine.rows(
            "SELECT file, name, measure, owed, record, opens_on, due_key, label_zh, label_en, cites, worker,"
            f" unit FROM store_duty WHERE {where} ORDER BY due_key, owed, file, name LIMIT %s OFFSET %s",
            [*values, first, last, *filters, limit, offset],
        )
    about = {
        r[0]: r[1:]
        for r in engine.rows_for(
            "SELECT f.no, f.id, f.case_no, p.name, p.id_tail, s.sex FROM store_casefile f"
            " JOIN store_person p ON p.file = f.no JOIN store_casestatus s ON s.file = f.no"
            " WHERE f.no IN ({})",
            {r[0] for r in found},
        )
    }
    lines: list[DutyLine] = []
    for file, name, measure, owed, record, opens, due_key, zh, en, cites, who, no in found:
        identifier, case_no, person, tail, sex = about[file]
        due = None if str(due_key) == NEVER else engine.day_of(due_key)
        holder = units.by_no.get(no)
        lines.append(
            DutyLine(
                engine.uuid_of(identifier), case_no, person, sex, tail, name, Label(zh, en),
                "person" if owed else "authority", record, engine.day_of(opens), due,
                (due - day).days if due else None, _bucket(str(due_key), day),
                tuple(cites.split("；")) if cites else (), engine.uuid_of(measure) if measure else None,
                holder.code if holder else "", holder.name if holder else "", who,
            )
        )  # fmt: skip
    return tuple(lines)


def _stretches(ordered: list[tuple[str, int]], skip: int, size: int) -> Iterator[tuple[str, str, int, int]]:
    """Runs of days, each one range of the index: first day, last day, rows to pass over, rows to take.

    What is due "promptly" has the last of all days and stands in the middle of the list: a run of its own.
    """
    run: list[str] = []
    offset = taken = in_run = 0
    for due, n in [*ordered, ("", 0)]:
        if run and (due in ("", NEVER) or run[-1] == NEVER):
            yield run[0], run[-1], offset, in_run
            run, offset, in_run = [], 0, 0
        if skip >= n:
            skip -= n
            continue
        if taken == size:
            continue
        if not run:
            offset = skip
        take = min(n - skip, size - taken)
        run.append(due)
        in_run += take
        taken += take
        skip = 0
