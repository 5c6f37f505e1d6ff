"""The referee: every figure by plain Python over rows as dictionaries. Slow, and meant to be obviously right.

Other engines are held to what this one answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from guitu.indicators.conditions import (
    All,
    Any_,
    AtLeast,
    AtMost,
    Condition,
    Exists,
    Is,
    LessThan,
    Missing,
    MoreThan,
    Not,
    Present,
    Within,
)
from guitu.indicators.counting import Number
from guitu.indicators.figures import By, Figure
from guitu.indicators.indicator import AGE_BANDS, UNKNOWN, Indicator
from guitu.indicators.making import Cell, Found, Tally, figures
from guitu.indicators.measures import (
    Count,
    Measure,
    Median,
    Published,
    Rows,
    Stock,
    Sum,
    Survival,
    counts,
)
from guitu.indicators.periods import Period, Place
from guitu.indicators.running import Known, Question
from guitu.indicators.tables import Table
from guitu.kernel.days import add_months

Row = Mapping[str, Any]
"""Column to value: days are dates, words texts."""
Counted = tuple[Row, date]
"""A row that counts, and the day it is counted on."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a condition may look at besides its row: the day counted, the period, and as known when."""

    day: date
    period: Period
    known: Known


@dataclass(eq=False)
class MemorySource:
    """Tables as lists of rows. `rows` are by table name as the snapshot and the sweep have them, standing or
    not, with `fates` and `homes`; `tables` say what they are; `units` is the tree; `on` is the day they
    reach."""

    rows: Mapping[str, Sequence[Row]]
    tables: Mapping[str, Table]
    units: Sequence[Place]
    on: date
    _standing: dict[tuple[str, Known], list[Row]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._places = {unit.no: unit for unit in self.units}
        self._files = {row["person"]: row for row in self.rows.get("files", ())}
        self._homes: dict[int, list[Row]] = defaultdict(list)
        for row in sorted(self.rows.get("homes", ()), key=lambda r: r["from_day"]):
            self._homes[row["person"]].append(row)

    def places(self) -> Sequence[Place]:
        """Every unit, parents before children."""
        return self.units

    def run(self, question: Question) -> list[Figure]:
        """A figure for every indicator × place × period; with `by`, one for every group that has rows."""
        return figures(question, partial(self._find, question), self.on)

    def members(
        self, indicator: Indicator, place: Place, period: Period, part: str, known: Known
    ) -> list[tuple[int, int]]:
        """(person, entry seq) behind one part of a figure."""
        seq = self.tables
        found = set()
        for row, of, unit in self._behind(indicator, indicator.value, period, part, known):
            if self._under(unit, place):
                name = seq[of].seq
                found.add((row.get("person") or 0, (row.get(name) or 0) if name else 0))
        return sorted(found)

    # what counts ---------------------------------------------------------------------------------

    def standing(self, name: str, known: Known) -> list[Row]:
        """The rows of a table that count as known then."""
        kept = self._standing.get((name, known))
        if kept is None:
            rows = self.rows.get(name, ())
            kept = [r for r in rows if self._stands(r, known)] if self.tables[name].entries else list(rows)
            self._standing[name, known] = kept
        return kept

    def _stands(self, row: Row, known: Known) -> bool:
        """Whether an entry counts: recorded by then, and by the last word of its file not withdrawn."""
        if known.seq is not None and row["seq"] > known.seq:
            return False
        if known.at is not None and row["recorded"] > _ms(known.at):
            return False
        stands = True
        for fate in sorted(self._fates(known), key=lambda f: f["at_ms"]):
            if fate["entry_seq"] == row["seq"]:
                stands = fate["counts"]
        return stands

    def _fates(self, known: Known) -> list[Row]:
        """The fates that hold: of each file those of its largest set, from when they are known."""
        fates = [f for f in self.rows.get("fates", ()) if known.seq is None or f["set_seq"] <= known.seq]
        newest: dict[int, int] = {}
        for fate in fates:
            newest[fate["person"]] = max(newest.get(fate["person"], 0), fate["set_seq"])
        return [
            f
            for f in fates
            if f["set_seq"] == newest[f["person"]] and (known.at is None or f["at_ms"] <= _ms(known.at))
        ]

    def _holds(self, condition: Condition | None, row: Row, moment: Moment) -> bool:
        match condition:
            case None:
                return True
            case Is():
                return row.get(condition.field) in condition.values
            case AtLeast(field=name, value=value):
                return row.get(name) is not None and row[name] >= value
            case MoreThan(field=name, value=value):
                return row.get(name) is not None and row[name] > value
            case AtMost(field=name, value=value):
                return row.get(name) is not None and row[name] <= value
            case LessThan(field=name, value=value):
                return row.get(name) is not None and row[name] < value
            case Missing(field=name):
                return row.get(name) is None
            case Present(field=name):
                return row.get(name) is not None
            case Within():
                start, end = row.get(condition.start), row.get(condition.end)
                if start is None or end is None:
                    return False
                return _between((end - start).days, condition.least, condition.most)
            case All():
                return all(self._holds(part, row, moment) for part in condition.parts)
            case Any_():
                return any(self._holds(part, row, moment) for part in condition.parts)
            case Not():
                return not self._holds(condition.part, row, moment)
            case Exists():
                return self._exists(condition, row, moment)

    def _exists(self, condition: Exists, row: Row, moment: Moment) -> bool:
        for other in self.standing(condition.of, moment.known):
            day = other.get(condition.day)
            if other["person"] != row["person"]:
                continue
            if condition.in_period:
                if day is None or not moment.period.holds(day):
                    continue
            elif (condition.least, condition.most) != (None, None) and (
                day is None or not _between((day - moment.day).days, condition.least, condition.most)
            ):
                continue
            if self._holds(condition.where, other, moment):
                return True
        return False

    def _happened(self, rows: Rows | Any, period: Period, known: Known) -> list[Counted]:
        """The rows that fulfil a condition, whose day lies in the period."""
        found = []
        for row in self.standing(rows.of, known):
            day = row.get(rows.day)
            if day is None or not period.holds(day):
                continue
            if self._holds(rows.where, row, Moment(day, period, known)):
                found.append((row, day))
        return found

    def _counted(self, count: Count, period: Period, known: Known) -> list[Counted]:
        if isinstance(count, Stock):
            day = min(period.last, self.on)
            moment = Moment(day, period, known)
            rows = self._latest(count, day, known) if count.latest else self._there(count, moment)
            return [(row, day) for row in rows if self._holds(count.where, row, moment)]
        return self._happened(count, period, known)

    def _there(self, stock: Stock, moment: Moment) -> Iterator[Row]:
        table = self.tables[stock.of]
        since, until = stock.since or table.since, stock.until or table.until
        strictly, always = (table.strictly, table.always) if not stock.since else (False, False)
        for row in self.standing(stock.of, moment.known):
            begins = row.get(since) if since else None
            ends = row.get(until) if until else None
            if begins is None:
                begun = not since or always
            else:
                begun = begins < moment.day if strictly else begins <= moment.day
            if begun and (ends is None or ends > moment.day):
                yield row

    def _latest(self, stock: Stock, day: date, known: Known) -> Iterable[Row]:
        table = self.tables[stock.of]
        since = stock.since or "day"
        newest: dict[Any, Row] = {}
        for row in self.standing(stock.of, known):
            if row.get(since) is None or row[since] > day:
                continue
            owner = (row[table.owner], row.get(stock.latest_by) if stock.latest_by else None)
            other = newest.get(owner)
            if other is None or (row[since], row["seq"]) > (other[since], other["seq"]):
                newest[owner] = row
        for row in newest.values():
            ends = row.get(stock.until) if stock.until else None
            if ends is None or ends > day:
                yield row

    # where, and in which group ---------------------------------------------------------------------

    def _unit(self, indicator: Indicator, table: Table, row: Row, day: date) -> int | None:
        """The number of the unit a row counts at."""
        if table.owner == "unit":
            return _whole(row["unit"])
        if table.entries and indicator.where_counted == "recorded":
            return _whole(row["at"])
        homes = self._homes.get(row["person"], [])
        home = homes[0]["unit"] if homes else None
        for one in homes:
            if one["from_day"] <= day:
                home = one["unit"]
        return _whole(row.get("at") if home is None and table.entries else home)

    def _under(self, unit: int | None, place: Place) -> bool:
        at = self._places.get(unit) if unit is not None else None
        return at is not None and place.no in at.at

    def _group(self, by: Sequence[str], row: Row, day: date) -> By:
        return tuple((name, self._word(name, row, day)) for name in by)

    def _word(self, name: str, row: Row, day: date) -> str:
        file = self._files.get(row.get("person"), {})
        if name == "sex":
            return file.get("sex") or UNKNOWN
        if name == "age_band":
            born = file.get("birth_year")
            return UNKNOWN if born is None else age_band(day.year - born)
        return row.get(name) or UNKNOWN

    # finding -------------------------------------------------------------------------------------

    def _find(self, question: Question, indicator: Indicator, place: Place, period: Period) -> Found:
        value, known, by = indicator.value, question.known, question.by
        here = partial(self._here, indicator, place)
        if isinstance(value, Published):
            return {} if by else {(): Cell(published=self._published(value, place, period, known))}
        found: dict[By, _Gathered] = defaultdict(_Gathered)
        if isinstance(value, Median):
            for row, day in here(value.of, self._happened(value, period, known)):
                length = self._length(value, row, day, period, known)
                found[self._group(by, row, day)].add_length(length, row.get("person"))
        elif isinstance(value, Survival):
            for row, day in here(value.start.of, self._beginnings(value, period, known)):
                cell = found[self._group(by, row, day)]
                cell.cohort += 1
                for months in value.months:
                    cell.outcomes[f"{months}.{self._became(value, row, day, months, period, known)}"] += 1
        else:
            for part, count in counts(value):
                for row, day in here(count.of, self._counted(count, period, known)):
                    amount = (
                        row.get(count.field) or 0 if isinstance(count, Sum | Stock) and count.field else 0
                    )
                    found[self._group(by, row, day)].add(part, amount, row.get("person"))
        longest = isinstance(value, Median) and value.longest
        return {group: gathered.cell(longest=longest) for group, gathered in found.items()}

    def _here(
        self, indicator: Indicator, place: Place, of: str, rows: Iterable[Counted]
    ) -> Iterator[Counted]:
        for row, day in rows:
            if self._under(self._unit(indicator, self.tables[of], row, day), place):
                yield row, day

    def _length(self, value: Median, row: Row, day: date, period: Period, known: Known) -> int | None:
        if value.field:
            return _whole(row.get(value.field))
        if value.until:
            end = row.get(value.until)
            return None if end is None else (end - day).days
        assert value.then is not None
        then = self._of_person(value.then, row["person"], period, known)
        return min(((d - day).days for d in then if d >= day), default=None)

    def _of_person(self, rows: Rows, person: int, period: Period, known: Known) -> list[date]:
        """The days of a person's rows that fulfil the condition, at any time."""
        found = []
        for row in self.standing(rows.of, known):
            day = row.get(rows.day)
            if row["person"] != person or day is None:
                continue
            if self._holds(rows.where, row, Moment(day, period, known)):
                found.append(day)
        return found

    def _beginnings(self, value: Survival, period: Period, known: Known) -> list[Counted]:
        first: dict[int, Counted] = {}
        seq = self.tables[value.start.of].seq
        for row, day in self._happened(value.start, period, known):
            other = first.get(row["person"])
            if other is None or (day, row.get(seq) or 0) < (other[1], other[0].get(seq) or 0):
                first[row["person"]] = row, day
        return list(first.values())

    def _became(self, value: Survival, row: Row, day: date, months: int, period: Period, known: Known) -> str:
        target = add_months(day, months)
        looked_from = max(day, add_months(target, -value.window))
        find = partial(self._of_person, person=row["person"], period=period, known=known)

        def happened(rows: tuple[Rows, ...], after: date) -> bool:
            return any(after < d <= target for one in rows for d in find(one))

        if target > self.on:
            return "censored"
        if happened(value.failed, day):
            return "failed"
        if happened(value.ended, day):
            return "censored"
        return "kept" if happened(value.kept, looked_from) else "lost"

    def _published(self, value: Published, place: Place, period: Period, known: Known) -> list[Decimal]:
        standing: list[Decimal] = []
        rows = [
            r
            for r in self.standing(value.of, known)
            if r["unit"] == place.no
            and r.get("series") == value.series
            and (r.get("first"), r.get("last")) == (period.first, period.last)
            and r.get("value") is not None
        ]
        for row in sorted(rows, key=lambda r: (r["recorded"], r["seq"])):
            number = Decimal(row["value"]).normalize()
            if row.get("replaces") == "yes":
                standing = []
            standing.append(number)
        return standing

    def _behind(
        self, indicator: Indicator, value: Measure, period: Period, part: str, known: Known
    ) -> Iterator[tuple[Row, str, int | None]]:
        """Each row behind a part, its table, and the unit it counts at."""
        rows: list[Counted] = []
        of = ""
        if isinstance(value, Median):
            of = value.of
            wanted: Callable[[int | None], bool] = lambda x: (x is None) == (part == "open")  # noqa: E731
            rows = [
                (row, day)
                for row, day in self._happened(value, period, known)
                if wanted(self._length(value, row, day, period, known))
            ]
        elif isinstance(value, Survival):
            of = value.start.of
            rows = self._beginnings(value, period, known)
            if "." in part:
                months, _, outcome = part.partition(".")
                rows = [
                    (row, day)
                    for row, day in rows
                    if self._became(value, row, day, int(months), period, known) == outcome
                ]
        else:
            for name, count in counts(value):
                if name == part:
                    of, rows = count.of, self._counted(count, period, known)
        for row, day in rows:
            yield row, of, self._unit(indicator, self.tables[of], row, day)


@dataclass(slots=True)
class _Gathered:
    """The rows of one group, as they come."""

    rows: Counter[str] = field(default_factory=Counter)
    totals: dict[str, Number] = field(default_factory=dict)
    people: dict[str, set[int]] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    open: int = 0
    cohort: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, part: str, amount: Number, person: int | None) -> None:
        self.rows[part] += 1
        self.totals[part] = self.totals.get(part, 0) + amount
        if person is not None:
            self.people.setdefault(part, set()).add(person)

    def add_length(self, length: int | None, person: int | None) -> None:
        if length is None:
            self.open += 1
            return
        self.lengths.append(length)
        if person is not None:
            self.people.setdefault("values", set()).add(person)

    def cell(self, *, longest: bool) -> Cell:
        def persons(part: str) -> int | None:
            return len(self.people[part]) if part in self.people else None

        return Cell(
            {part: Tally(n, self.totals[part], persons(part)) for part, n in self.rows.items()},
            median=_middle(sorted(self.lengths)[-1:] if longest else sorted(self.lengths)),
            values=len(self.lengths),
            open=self.open,
            cohort=self.cohort,
            outcomes=dict(self.outcomes),
            people=persons("values"),
        )


def _middle(lengths: list[int]) -> Decimal | None:
    """The middle one, or half way between the middle two."""
    if not lengths:
        return None
    half = len(lengths) // 2
    if len(lengths) % 2:
        return Decimal(lengths[half])
    return Decimal(lengths[half - 1] + lengths[half]) / 2


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _between(days: int, least: int | None, most: int | None) -> bool:
    return (least is None or days >= least) and (most is None or days <= most)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def age_band(age: int) -> str:
    """The band of an age in completed years of the calendar."""
    for name, first, last, _ in AGE_BANDS:
        if (first is None or age >= first) and (last is None or age <= last):
            return name
    return UNKNOWN
