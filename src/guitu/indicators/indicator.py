"""An indicator, declared once: what it counts, in what, since when, and how it may be split.

Declarations stand in `capabilities/<folder>/indicators.py` as `INDICATORS`, and are found there. To change
what an indicator counts, add a declaration with the next `version` and its `valid_from`, and give the old one
its `valid_until`: figures then say from when the definition is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from guitu.indicators.conditions import Condition, Exists, Is, fields, walk
from guitu.indicators.counting import CountingUnit, counting_unit
from guitu.indicators.measures import (
    Change,
    Events,
    Measure,
    Median,
    People,
    Published,
    Ratio,
    Rows,
    Stock,
    Sum,
    Survival,
    counts,
    tables,
)
from guitu.indicators.tables import Table
from guitu.kernel.citations import Citation
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label

Bound = int | float | Decimal

AGE_BANDS: Final = (
    ("under_18", None, 17, Label("不满18岁", "under 18")),
    ("18_24", 18, 24, Label("18—24岁", "18–24")),
    ("25_34", 25, 34, Label("25—34岁", "25–34")),
    ("35_44", 35, 44, Label("35—44岁", "35–44")),
    ("45_54", 45, 54, Label("45—54岁", "45–54")),
    ("55_up", 55, None, Label("55岁以上", "55 and over")),
)
"""Age in completed years of the calendar (year counted − year of birth), first and last year included."""

OF_PERSONS: Final = ("sex", "age_band")
"""Breakdowns that every count of persons has. Others name a column of words of all the tables counted."""

UNKNOWN: Final = "unknown"
"""The value of a breakdown where nothing is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A defined, versioned figure.

    `definition` is one sentence that says what is counted. `numerator`, `denominator` and `counted_on` say in
    words what a share divides and which day decides the period; left out, they are worked out from `value`.
    `where_counted`: `recorded` counts a row at the unit that recorded it (who did the work), `home` at the
    unit that answered for the person on the day counted. Rows of unit files count at their unit.
    `plausible` bounds what the value can reasonably be, both included: outside it the figure carries a
    warning. `valid_from` and `valid_until` (both included) bound the days this version defines.
    `imported`: a published aggregate, entered as such. `beside` names indicators that must be read with it;
    a page shows them beside it.
    """

    key: str
    label: Label
    unit: str
    definition: Label
    value: Measure
    version: int = 1
    numerator: Label | None = None
    denominator: Label | None = None
    counted_on: Label | None = None
    breakdowns: tuple[str, ...] = ()
    plausible: tuple[Bound | None, Bound | None] | None = None
    cites: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    imported: bool = False
    where_counted: Literal["recorded", "home"] = "recorded"
    note: Label | None = None
    beside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        counting = counting_unit(self.unit, where=self.key)
        per = self.value.per if isinstance(self.value, Ratio) else None
        per = 100 if isinstance(self.value, Change | Survival) else per
        if per is not None and (counting.per or 1) != per:
            raise DeclarationError(
                Label(
                    f"单位“{counting.label.zh}”与每 {per} 计算的比值不符",
                    f"a value per {per} is not counted in “{counting.name}”",
                ),
                where=self.key,
            )
        if per is None and counting.per and not isinstance(self.value, Published):
            raise DeclarationError(
                Label(f"“{counting.label.zh}”只用于比值", f"“{counting.name}” is for shares only"),
                where=self.key,
            )
        if self.imported != isinstance(self.value, Published):
            raise DeclarationError(
                Label("imported 与 Published 须同时使用", "imported goes with Published, and only with it"),
                where=self.key,
            )
        for text in self.cites:
            Citation.parse(text)

    @property
    def name(self) -> str:
        """Its name in a registry."""
        return self.key

    @property
    def counting(self) -> CountingUnit:
        """What it is counted in."""
        return counting_unit(self.unit)

    def defined_on(self, day: date) -> bool:
        """Whether this version defines figures of that day."""
        return (self.valid_from is None or day >= self.valid_from) and (
            self.valid_until is None or day <= self.valid_until
        )


def check(indicator: Indicator, known: Mapping[str, Table], keys: Iterable[str] = ()) -> None:
    """Whether everything the declaration names is there: tables, columns, words, breakdowns, the indicator it
    is a change of. Raises DeclarationError that says where and suggests the nearest name."""
    where = f"{indicator.key}@{indicator.version}"
    for of, condition, columns in _reads(indicator.value):
        table = _table(of, known, where)
        for column in columns:
            table.column(column, where=f"{where} {of}")
        if condition is not None:
            _check_condition(condition, table, known, where)
    value = indicator.value
    if isinstance(value, Change) and value.of not in keys:
        raise unknown_key(value.of, keys, where=where)
    for key in indicator.beside:
        if key not in keys:
            raise unknown_key(key, keys, where=where)
    for _, count in counts(value):
        people = isinstance(count, People) or (isinstance(count, Stock) and count.count == "people")
        if people and known[count.of].owner != "person":
            raise DeclarationError(
                Label(f"“{count.of}”不是关于人的", f"“{count.of}” is not about persons"), where=where
            )
        if (
            isinstance(count, Stock)
            and not count.latest
            and not (count.since or known[count.of].since or known[count.of].name in ("staff", "status"))
        ):
            raise DeclarationError(
                Label(f"“{count.of}”须写明 since", f"say since which day a row of “{count.of}” is there"),
                where=where,
            )
    for name in indicator.breakdowns:
        for of in tables(value):
            if name in OF_PERSONS:
                if known[of].owner != "person":
                    raise DeclarationError(
                        Label(f"“{of}”不能按“{name}”分组", f"“{of}” cannot be split by “{name}”"), where=where
                    )
            elif known[of].column(name, where=f"{where} {of}") != "word":
                raise DeclarationError(
                    Label(f"只能按选项分组，“{name}”不是", f"only words split a figure; “{name}” is none"),
                    where=f"{where} {of}",
                )


def tables_read(indicator: Indicator) -> set[str]:
    """Every table whose rows an indicator looks at, those that conditions ask after included."""
    found = set()
    for of, condition, _ in _reads(indicator.value):
        found.add(of)
        if condition is not None:
            found.update(one.of for one in walk(condition) if isinstance(one, Exists))
    return found


def _table(of: str, known: Mapping[str, Table], where: str) -> Table:
    if of not in known:
        raise unknown_key(of, known, where=where)
    return known[of]


def _reads(value: Measure) -> Iterator[tuple[str, Condition | None, tuple[str, ...]]]:
    """Every table that a measure reads, the condition on it and the columns it names."""
    match value:
        case Ratio():
            yield from _reads(value.over)
            yield from _reads(value.under)
        case Events() | People() | Rows():
            yield value.of, value.where, (value.day,)
        case Sum():
            yield value.of, value.where, (value.day, value.field)
        case Stock():
            named = (value.field, value.since, value.until, value.latest_by)
            yield value.of, value.where, tuple(name for name in named if name)
        case Median():
            looked_at = (value.field, value.until)
            yield value.of, value.where, (value.day, *(name for name in looked_at if name))
            if value.then is not None:
                yield value.then.of, value.then.where, (value.then.day,)
        case Survival():
            for rows in (value.start, *value.kept, *value.failed, *value.ended):
                yield rows.of, rows.where, (rows.day,)
        case Published():
            yield value.of, None, ("series", "first", "last", "value", "replaces")
        case Change():
            return


def _check_condition(condition: Condition, table: Table, known: Mapping[str, Table], where: str) -> None:
    for column in fields(condition):
        table.column(column, where=f"{where} {table.name}")
    for one in walk(condition):
        if isinstance(one, Is) and one.field in table.words:
            for value in one.values:
                if value not in table.words[one.field]:
                    words = table.words[one.field]
                    raise unknown_key(str(value), words, where=f"{where} {table.name}.{one.field}")
        elif isinstance(one, Exists):
            other = _table(one.of, known, where)
            other.column(one.day, where=f"{where} {one.of}")
            if table.owner != "person" or other.owner != "person":
                raise DeclarationError(
                    Label("Exists 只用于关于人的记录", "Exists is for rows about persons"), where=where
                )
            if one.where is not None:
                _check_condition(one.where, other, known, where)
