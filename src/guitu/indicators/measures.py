"""What is counted: a closed set of measures, from plain counts to cohorts. Frozen data; engines read them.

A table is named by `of`: a kind of entry, or one of the worked-out tables in `tables.py` (`measures`,
`duties`, `findings`, `status`, `files`, `units`, `staff`). Rows count by their standing: what was corrected
counts as what it was corrected to, what was withdrawn not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from guitu.indicators.conditions import Condition
from guitu.indicators.periods import Period
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

HORIZONS: Final = (3, 6, 12, 24, 36)
"""After how many months a cohort is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some rows of a table, each with a day: what cohorts and intervals are built from."""

    of: str
    where: Condition | None = None
    day: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """How many rows whose `day` lies in the period."""

    of: str
    where: Condition | None = None
    day: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many different persons have a row whose `day` lies in the period. Counted apart at each level: one
    person in two towns is one in their county."""

    of: str
    where: Condition | None = None
    day: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The total of a field of numbers over the rows whose `day` lies in the period."""

    of: str
    field: str
    where: Condition | None = None
    day: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What there is at the end of the period's last day; of the day that the rows reach, if it is not over.

    A row is there from the day in `since` until, not including, the day in `until` (no end: still there; no
    such column: always). Left out, both are what the table says (`tables.Table.since`): a measure runs from
    `starts_on` until `ended_on`, a duty is overdue from the day after `due` until it is done.
    `count` says what is counted: different `people`, `rows`, or the total of `field`.
    `latest` instead takes of every owner (person or unit; of every `latest_by` of the owner) only the row
    last happened up to that day, and then asks `where` of it: for registers that are kept by writing down
    the new state.
    """

    of: str
    where: Condition | None = None
    count: Literal["people", "rows", "total"] = "people"
    field: str = ""
    since: str = ""
    until: str = ""
    latest: bool = False
    latest_by: str = ""

    def __post_init__(self) -> None:
        if (self.count == "total") != bool(self.field):
            raise DeclarationError(
                Label("合计要写明 field，其他不写", "a total needs a field, and nothing else has one"),
                where=f"Stock {self.of}",
            )


Count = Events | People | Sum | Stock
"""A number found by counting rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """`over` per 100 (%) or 1000 (‰) of `under`. `part` says that what is over is part of what is under, so
    that more than a whole is a warning."""

    over: Count
    under: Count
    per: Literal[1, 100, 1000] = 100
    part: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """By how many per cent another indicator is above (below: −) its base: the same period a year earlier,
    the period before, or a fixed period."""

    of: str
    base: Literal["year", "previous"] | Period = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """The median, over the rows whose `day` lies in the period, of a whole-number `field`; or of the days
    from that day to the column `until`; or to the first row of `then` of the same person on or after it.
    Rows without such a value are not in the median; they are counted as the part `open`. `longest` takes
    the largest value instead of the middle one."""

    of: str
    where: Condition | None = None
    day: str = "day"
    field: str = ""
    until: str = ""
    then: Rows | None = None
    longest: bool = False

    def __post_init__(self) -> None:
        if sum((bool(self.field), bool(self.until), self.then is not None)) != 1:
            raise DeclarationError(
                Label("中位数须写 field、until、then 之一", "a median needs one of field, until and then"),
                where=f"Median {self.of}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """What became of everybody who began in the period, looked at after each of `months` months.

    The cohort is every person with a `start` row in the period; their first such row is their beginning. At
    each horizon (the corresponding day `months` later) one of four is true, looked for in this order:
    `censored`: that day lies after the day the data reaches; `failed`: a row of `failed` after the beginning
    and up to that day; `censored` again: a row of `ended` (death, …) likewise; `kept`: a row of `kept` in the
    `window` months up to that day; else `lost`. The lost are always a part, and always in the denominator.
    The value is kept at `at` months per 100 of the cohort that is not censored at `at`.
    """

    start: Rows
    kept: tuple[Rows, ...]
    failed: tuple[Rows, ...] = ()
    ended: tuple[Rows, ...] = ()
    months: tuple[int, ...] = HORIZONS
    window: int = 3
    at: int = 12

    def __post_init__(self) -> None:
        if self.at not in self.months or list(self.months) != sorted(set(self.months)):
            raise DeclarationError(
                Label(
                    "months 须递增，并包含 at",
                    "months must rise and hold at",
                ),
                where=f"Survival {self.start.of}",
            )


OUTCOMES: Final = {
    "kept": Label("保持联系", "Kept"),
    "lost": Label("失去联系", "Lost"),
    "failed": Label("未保持", "Not kept"),
    "censored": Label("尚不可知", "Not yet known"),
}
"""What became of a person of a cohort at a horizon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure somebody else published, entered as an aggregate: never added up, never counted from persons.

    It is read from the kind `of` (about a unit), whose fields are: `series` (the name given here), `first`
    and `last` (days of the period), `value` (a decimal number, kept as the text of its digits),
    `replaces` (yes: earlier ones of this series, unit and period stand no longer). What was entered first
    and not replaced is the value; others that differ stand beside it as a conflict.
    """

    series: str
    of: str = "published_figure"


Measure = Count | Ratio | Change | Median | Survival | Published


def counts(measure: Measure) -> tuple[tuple[str, Count], ...]:
    """The counts a measure is made of, each with the name of its part; () for those that are not."""
    if isinstance(measure, Ratio):
        return (("over", measure.over), ("under", measure.under))
    if isinstance(measure, Events | People | Sum | Stock):
        return (("over", measure),)
    return ()


def tables(measure: Measure) -> tuple[str, ...]:
    """The tables whose rows a measure counts, those that conditions only ask after excepted."""
    match measure:
        case Ratio():
            return tuple(dict.fromkeys((measure.over.of, measure.under.of)))
        case Survival():
            rows = (measure.start, *measure.kept, *measure.failed, *measure.ended)
            return tuple(dict.fromkeys(one.of for one in rows))
        case Median(then=Rows() as then):
            return tuple(dict.fromkeys((measure.of, then.of)))
        case Change():
            return ()
    return (measure.of,)
