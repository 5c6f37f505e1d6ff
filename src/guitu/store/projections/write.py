"""Write projections: only what changed, in as few statements as there are tables.

Always the status before the duties: `rebuild` locks those tables in this order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from guitu.store import casefiles, encoding, engine
from guitu.store.engine import Row
from guitu.store.models import LEVELS
from guitu.store.projections.compute import Person, Projection, at_of
from guitu.store.projections.tallies import Counted, Tallies

UNDER: Final = ("unit", *LEVELS)
STATUS: Final = (
    "file", "n", "last_ms", "sex", "measure", "state", "since", "ends_on", "open_n",
    "overdue_n", "findings", "rights", "worker", "recheck_on", "done_on", "done_n", *UNDER,
)  # fmt: skip
DUTY: Final = (
    "name", "measure", "owed", "record", "opens_on", "due_key", "label_zh", "label_en", "cites", "worker",
)  # fmt: skip
OLD_NUMBER: Final = ("file", "blind")
PERSON: Final = ("file", "unit", "keys", "sealed", "id_blind")

_STATUS_UPDATE: Final = "ON CONFLICT (file) DO UPDATE SET " + ", ".join(
    f"{c} = excluded.{c}" for c in STATUS if c != "file"
)
_PERSON_UPDATE: Final = "ON CONFLICT (file) DO UPDATE SET " + ", ".join(
    f"{c} = excluded.{c}" for c in PERSON if c != "file"
)


Tables = dict[str, list[Row]]
"""Rows to be inserted, by table, in the order of COLUMNS."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "store_casefile": casefiles.FILE,
    "store_filekey": ("file", "compartment", "cipher", "wrapped"),
    "store_entry": encoding.COLUMNS,
    "store_casestatus": STATUS,
    "store_person": PERSON,
    "store_personkey": ("key", "file"),
    "store_duty": ("file", *DUTY, *UNDER),
    "store_oldnumber": OLD_NUMBER,
    "store_filearea": ("file", "unit", "how"),
}
"""The columns of each table, in the order in which tables are written."""


def laid_out(new: Sequence[Projection]) -> tuple[Tables, Counted]:
    """The rows of files that certainly have none yet, and what is to be counted of them. No database: another
    process may do it."""
    under = [at_of(p.listed)[1:] for p in new]
    duties = [(at, duty[0], duty[5]) for p, at in zip(new, under, strict=True) for duty in p.duties]
    files = [(at, p.measure, p.state, p.overdue, p.at_risk) for p, at in zip(new, under, strict=True)]
    tables: Tables = {
        "store_casestatus": [_status(p) for p in new],
        "store_person": [_person(p) for p in new],
        "store_personkey": [(k, p.file) for p in new for k in p.person.keys],
        "store_duty": [r for p in new for r in _duties(p, p.duties)],
        "store_oldnumber": _old_numbers(new),
        "store_filearea": [(p.file, *area) for p in new for area in p.areas],
    }
    return tables, (duties, files)


def insert(tables: Tables) -> None:
    """Insert these rows."""
    for table, rows in tables.items():
        engine.insert(table, COLUMNS[table], rows)


def write(projections: Sequence[Projection], tallies: Tallies, *, fresh: Collection[int] = ()) -> None:
    """Bring the tables to these projections. `fresh` are files that certainly have no rows yet."""
    known = [p for p in projections if p.file not in fresh]
    tables, counted = laid_out([p for p in projections if p.file in fresh])
    insert(tables)
    tallies.add(counted)
    if known:
        _replace(known, tallies)


def _replace(known: Sequence[Projection], tallies: Tallies) -> None:
    numbers = [p.file for p in known]
    found = engine.rows_for(
        f"SELECT s.file, s.measure, s.state, s.overdue_n, s.rights, {', '.join(f's.{c}' for c in LEVELS)},"
        " p.unit, p.keys, p.sealed, p.id_blind FROM store_casestatus s"
        " LEFT JOIN store_person p ON p.file = s.file WHERE s.file IN ({})",
        numbers,
    )
    old = {r[0]: (r[5:10], r[1], r[2], r[3] > 0, bool(r[4])) for r in found}
    people = {r[0]: (*r[10:12], *(bytes(x) if x is not None else None for x in r[12:14])) for r in found}
    old_duties: dict[int, list[Row]] = {}
    for r in engine.rows_for(
        f"SELECT id, file, {', '.join(DUTY)}, {', '.join(UNDER)} FROM store_duty WHERE file IN ({{}})",
        numbers,
    ):
        old_duties.setdefault(r[1], []).append(r)
    gone: list[int] = []
    added: list[Row] = []
    for p in known:
        before = old.get(p.file)
        if before is not None:
            tallies.files[before] -= 1
        tallies.files[at_of(p.listed)[1:], p.measure, p.state, p.overdue, p.at_risk] += 1
        _compare_duties(p, old_duties.get(p.file, []), gone, added, tallies)
    engine.insert("store_casestatus", STATUS, [_status(p) for p in known], more=_STATUS_UPDATE)
    engine.execute_for("DELETE FROM store_duty WHERE id IN ({})", gone)
    engine.insert("store_duty", ("file", *DUTY, *UNDER), added)
    differ = [p for p in known if people.get(p.file) != _person(p)[1:]]
    write_people([(p.file, p.listed.no if p.listed else None, p.person) for p in differ])
    _replace_areas(known)
    _replace_merges([p for p in known if p.joins])


def _replace_merges(changed: Sequence[Projection]) -> None:
    """Which file shows which: merged ones, and those that were."""
    for p in changed:
        engine.execute("DELETE FROM store_merged WHERE file = %s", [p.file])
        if p.into is not None:
            engine.insert("store_merged", ("file", "into_id"), [(p.file, engine.key(p.into))])


def _compare_duties(
    p: Projection, have: Sequence[Row], gone: list[int], added: list[Row], tallies: Tallies
) -> None:
    """Keep the rows that still say the same, mark the others for deletion, and list what is missing."""
    under = at_of(p.listed)
    wanted = {(*duty, *under): duty for duty in p.duties}
    for row in have:
        read = _duty_read(row)
        if wanted.pop(read, None) is None:
            gone.append(row[0])
            tallies.duties[row[-5:], read[0], read[5]] -= 1
    for duty in wanted.values():
        tallies.duties[under[1:], duty[0], duty[5]] += 1
    added.extend(_duties(p, list(wanted.values())))


def _duty_read(row: Row) -> Row:
    """A row of the table as `compute` writes it."""
    (name, measure, owed, record, opens_on, due_key, *rest) = row[2:]
    return (
        name,
        engine.uuid_of(measure).hex if measure else "",
        owed,
        record,
        str(opens_on) if opens_on else "",
        str(due_key),
        *rest,
    )


def write_people(changed: Sequence[tuple[int, int | None, Person]]) -> None:
    """Bring these files (number, unit) to what their people are found by."""
    for table in ("store_personkey", "store_oldnumber"):
        engine.execute_for(f"DELETE FROM {table} WHERE file IN ({{}})", [file for file, _, _ in changed])
    engine.insert("store_person", PERSON, [_person_row(*c) for c in changed], more=_PERSON_UPDATE)
    words = [(k, file) for file, _, who in changed for k in who.keys]
    engine.insert("store_personkey", ("key", "file"), words)
    old = [(file, who.old_blind) for file, _, who in changed if who.old_blind is not None]
    engine.insert("store_oldnumber", OLD_NUMBER, old)


def _old_numbers(some: Sequence[Projection]) -> list[Row]:
    return [(p.file, p.person.old_blind) for p in some if p.person.old_blind is not None]


def _replace_areas(known: Sequence[Projection]) -> None:
    have: dict[int, set[tuple[int, str]]] = {}
    for file, unit, how in engine.rows_for(
        "SELECT file, unit, how FROM store_filearea WHERE file IN ({})", [p.file for p in known]
    ):
        have.setdefault(file, set()).add((unit, how))
    changed = [p for p in known if have.get(p.file, set()) != set(p.areas)]
    for p in changed:
        engine.execute("DELETE FROM store_filearea WHERE file = %s", [p.file])
    engine.insert(
        "store_filearea", COLUMNS["store_filearea"], [(p.file, *area) for p in changed for area in p.areas]
    )


def _status(p: Projection) -> Row:
    return (p.file, *p.status, *at_of(p.listed))


def _person(p: Projection) -> Row:
    return _person_row(p.file, p.listed.no if p.listed else None, p.person)


def _person_row(file: int, unit: int | None, found: Person) -> Row:
    return (file, unit, "".join(f" {k}" for k in found.keys), found.sealed, found.id_blind)


def _duties(p: Projection, duties: Sequence[Row]) -> list[Row]:
    under = at_of(p.listed)
    return [(p.file, d[0], d[1] or None, d[2], d[3], d[4] or None, *d[5:], *under) for d in duties]
