"""Today: what is late, due today and due this week under a unit. Counts and list come from the same rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal
from uuid import UUID

from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.models import LEVELS, NEVER
from guitu.store.read import asked
from guitu.store.shown import shown
from guitu.store.units import Tree, Unit, tree

Bucket = Literal["late", "today", "week"]
BUCKETS: Final[tuple[Bucket, ...]] = ("late", "today", "week")
WEEK: Final = timedelta(days=7)
DEEP: Final = 200
"""Up to so many rows are passed over one by one; beyond, the days that hold them are counted off first."""

_FIRST_DAY: Final = "0001-01-01"

Stretch = tuple[str, str, int]
"""Days that follow one another in the list: the first, the last, and how many duties are due on them."""


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
    no: int = 0
    """The file's number, by which the access log knows it."""


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
    below: dict[int, int]
    """How many the three buckets hold under each unit directly below, by its number, whoever's they are."""
    mine: int
    """How many the three buckets hold of the reader's own, without any filter but the unit."""
    rights: int
    """How many people under the unit have a right at risk."""
    done: int
    """How many duties under the unit were done by what was recorded on this day, if it is today: earlier days
    are not kept."""

    @property
    def key(self) -> Hashable:
        """Everything that was answered, to compare by."""
        figures = (self.counts, self.duties, self.below)
        return (
            self.unit, self.day, self.rows, self.total, self.page, self.mine, self.rights, self.done,
            *(tuple(f.items()) for f in figures),
        )  # fmt: skip


def today(
    unit: str,
    day: date,
    *,
    duty: str = "",
    worker: str = "",
    bucket: Bucket | None = None,
    page: int = 1,
    size: int = 20,
    me: str = "",
) -> Today:
    """What is to be done under the unit with this code (a village's code asks for that village alone). `me`
    is the reader, whose own duties are counted beside it.

    Duties due "promptly" stand with today's. Raises UnknownUnit.
    """
    units = tree()
    here = units.find(unit)
    days = _days(day)
    names: dict[str, int] = {}
    parts = dict.fromkeys(days.parts, 0)
    figures: dict[str, dict[str, int]] = {"below": {}, "about": {}}
    for sort, name, part, n in _figures(here, units.children(here), days, duty, worker, me):
        if sort != "duty":
            figures[sort][name] = n
            continue
        names[name] = names.get(name, 0) + n
        if not duty or name == duty:
            parts[part] += n
    counts = {b: sum(n for part, n in parts.items() if days.parts[part][0] == b) for b in BUCKETS}
    wanted = [part for part in parts if parts[part] and bucket in (None, days.parts[part][0])]
    total = sum(parts[part] for part in wanted)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    skip = (page - 1) * size
    if duty or worker or skip > DEEP:
        stretches = [s for part in wanted for s in _by_day(here, days.parts[part], duty, worker)]
    else:
        stretches = [(*days.parts[part][1:], parts[part]) for part in wanted]
    rows = _rows(here, days, list(runs(stretches, skip, size)), duty, worker, units) if total else ()
    return Today(
        here, day, counts, rows, total, page, pages, dict(sorted(names.items())),
        {int(no): n for no, n in figures["below"].items()},
        *(figures["about"].get(name, 0) for name in ("mine", "rights", "done")),
    )  # fmt: skip


class _Days:
    """The parts of the list around one day, in its order: what is due "promptly" comes after today's."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.today = day.isoformat()
        before, after = (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()
        self.until = (day + WEEK).isoformat()
        self.parts: dict[str, tuple[Bucket, str, str]] = {
            "late": ("late", _FIRST_DAY, before),
            "today": ("today", self.today, self.today),
            "promptly": ("today", NEVER, NEVER),
            "week": ("week", after, self.until),
        }

    def bucket(self, due_key: str) -> Bucket:
        if due_key in (self.today, NEVER):
            return "today"
        return "late" if due_key < self.today else "week"


_days = lru_cache(maxsize=8)(_Days)
"""One object for one day, so that lines made for it are known again."""

NAMED: Final = "NOT (worker = '')"
"""Said as the index of workers says it, or SQLite does not use that."""

_PART: Final = (
    "CASE WHEN due_key < %s THEN 'late' WHEN due_key = %s THEN 'today' WHEN due_key = %s THEN 'promptly'"
    " ELSE 'week' END"
)

_IN_TIME: Final = "(due_key <= %s OR due_key = %s)"
_OWN: Final = f"FROM store_duty WHERE worker = %s AND {NAMED} AND {{}} = %s AND {_IN_TIME}"


def total(unit: str, day: date, *, duty: str = "", worker: str = "", bucket: Bucket | None = None) -> int:
    """How many duties such a list has: `today(...).total`, and nothing else is worked out. Raises
    UnknownUnit."""
    days = _days(day)
    found = asked.rows(*_duties(tree().find(unit), days, worker))
    return sum(
        int(n)
        for _, name, part, n in found
        if (not duty or name == duty) and bucket in (None, days.parts[part][0])
    )


def _duties(unit: Unit, days: _Days, worker: str) -> tuple[str, list[Any]]:
    """The question how many duties of each name stand in each part of the list."""
    values: list[Any] = [days.today, days.today, NEVER]
    if worker:
        ask = f"SELECT 'duty', name, {_PART} AS part, count(*) {_OWN.format(unit.column)} GROUP BY name, part"
        return ask, [*values, worker, unit.no, days.until, NEVER]
    ask = (
        f"SELECT 'duty', duty, {_PART} AS part, sum(n) FROM store_dutytally"
        f" WHERE unit = %s AND {_IN_TIME} GROUP BY duty, part"
    )
    return ask, [*values, unit.no, days.until, NEVER]


def _figures(
    unit: Unit, below: list[Unit], days: _Days, duty: str, worker: str, me: str
) -> Iterator[tuple[str, str, str, int]]:
    """Every number of the page in one query, each with its sort: how many duties of each name stand in each
    part of the list ("duty"), how many under each unit below ("below"), and what else is known ("about")."""
    ask, values = _duties(unit, days, worker)
    asks, ends = [ask], [days.until, NEVER]
    if below:
        narrowed = " AND duty = %s" if duty else ""
        units, numbers = engine.is_any("unit", [u.no for u in below])
        asks.append(
            "SELECT 'below', CAST(unit AS varchar), '', sum(n) FROM store_dutytally"
            f" WHERE {units} AND {_IN_TIME}{narrowed} GROUP BY unit"
        )
        values += [*numbers, *ends, *([duty] if duty else [])]
    if me:
        asks.append(f"SELECT 'about', 'mine', '', count(*) {_OWN.format(unit.column)}")
        values += [me, unit.no, *ends]
    asks.append(
        f"SELECT 'about', 'rights', '', count(*) FROM store_casestatus WHERE {unit.column} = %s AND rights"
    )
    values.append(unit.no)
    above = dict(zip(LEVELS, unit.at[: len(unit.path)], strict=False))
    asks.append(
        "SELECT 'about', 'done', '', sum(done_n) FROM store_casestatus WHERE done_n IS NOT NULL"
        f" AND done_on = %s AND {' AND '.join(f'{level} = %s' for level in above)}"
    )
    values += [days.today, *above.values()]
    for sort, name, part, n in asked.rows(" UNION ALL ".join(asks), values):
        if n:
            yield sort, name, part, int(n)


def _by_day(unit: Unit, part: tuple[Bucket, str, str], duty: str, worker: str) -> Iterator[Stretch]:
    """The days of one part of the list that hold anything, in order, each a stretch of its own."""
    table, column, count, name = "store_dutytally", "unit", "sum(n)", "duty"
    if worker:
        table, column, count, name = "store_duty", unit.column, "count(*)", "name"
    where, values = f"{column} = %s AND due_key >= %s AND due_key <= %s", [unit.no, *part[1:]]
    if worker:
        where += f" AND {NAMED}"
    for narrowed, value in ((name, duty), ("worker", worker)):
        if value:
            where += f" AND {narrowed} = %s"
            values.append(value)
    for due, n in asked.rows(
        f"SELECT due_key, {count} FROM {table} WHERE {where} GROUP BY due_key ORDER BY due_key", values
    ):
        if n:
            yield str(due), str(due), int(n)


def runs(stretches: Iterable[Stretch], skip: int, size: int) -> Iterator[tuple[str, str, int, int]]:
    """One page of the list as ranges of the index: first day, last day, rows to pass over, rows to take.

    What is due "promptly" has the last of all days and stands in the middle of the list: a range of its own.
    """
    run: list[str] = []
    offset = in_run = 0
    for first, last, n in stretches:
        if skip >= n:
            skip -= n
            continue
        if not size:
            break
        if run and NEVER in (first, run[-1]):
            yield run[0], run[-1], offset, in_run
            run, in_run = [], 0
        if not run:
            run, offset = [first], skip
        run.append(last)
        take = min(n - skip, size)
        in_run += take
        size -= take
        skip = 0
    if run:
        yield run[0], run[-1], offset, in_run


_DUTY: Final = (
    "d.file, d.name, d.measure, d.owed, d.record, d.opens_on, d.due_key, d.label_zh, d.label_en, d.cites,"
    " d.worker, d.unit"
)


def _rows(
    unit: Unit,
    days: _Days,
    ranges: list[tuple[str, str, int, int]],
    duty: str,
    worker: str,
    units: Tree,
) -> tuple[DutyLine, ...]:
    """The rows of one page, in one query: the ranges of the index that hold them, with each person's name."""
    where, filters = "", []
    for column, value in (("name", duty), ("worker", worker)):
        if value:
            where += f" AND {column} = %s"
            filters.append(value)
    parts: list[str] = []
    values: list[Any] = []
    for number, (first, last, offset, limit) in enumerate(ranges):
        parts.append(
            f"SELECT * FROM (SELECT {number} AS run, d.* FROM store_duty d WHERE d.{unit.column} = %s"
            f" AND d.due_key >= %s AND d.due_key <= %s{where}"
            f" ORDER BY d.due_key, d.owed, d.file, d.name LIMIT {limit} OFFSET {offset}) r"
        )
        values += [unit.no, first, last, *filters]
    found = asked.rows(
        f"SELECT d.run, {_DUTY}, f.id, f.case_no, p.sealed, s.sex"
        f" FROM ({' UNION ALL '.join(parts)}) d"
        " JOIN store_casefile f ON f.no = d.file JOIN store_person p ON p.file = d.file"
        " JOIN store_casestatus s ON s.file = d.file ORDER BY d.run, d.due_key, d.owed, d.file, d.name",
        values,
    )
    return tuple([_line(row[1:], days, units) for row in found])


@lru_cache(maxsize=4096)
def _line(row: engine.Row, days: _Days, units: Tree) -> DutyLine:
    """What a row says on that day. The same rows are read again whenever the list is looked at."""
    file, name, measure, owed, record, opens, due_key, zh, en, cites, who, no, *person = row
    key = str(due_key)
    due = None if key == NEVER else engine.day_of(due_key)
    holder = units.by_no.get(no)
    identifier, case_no, sealed, sex = person
    about = shown(sealed)
    return DutyLine(
        engine.uuid_of(identifier), case_no, about.name, sex, about.id_tail, name, Label(zh, en),
        "person" if owed else "authority", record, engine.day_of(opens), due,
        (due - days.day).days if due else None, days.bucket(key),
        tuple(cites.split("；")) if cites else (), engine.uuid_of(measure) if measure else None,
        holder.code if holder else "", holder.name if holder else "", who, file,
    )  # fmt: skip
