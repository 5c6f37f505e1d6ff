"""What a row must be to be counted: a closed set of conditions over the columns of one table.

Every condition is true or false, never unknown: a column that was left empty makes `Is` and the comparisons
false and `Missing` true, and `Not` turns that round. So all engines agree on empty answers.

Columns are the fields of the kind, and for every table `day` (the day it happened), `at` (number of the unit
that recorded it), `recorded` (milliseconds), `person` or `unit`. See `tables.py` for the worked-out tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True, init=False)
class Is:
    """The column holds one of these words or numbers: `Is("outcome", "evaded", "refused")`."""

    field: str
    values: tuple[str | int, ...]

    def __init__(self, field: str, *values: str | int) -> None:
        if not values:
            raise DeclarationError(Label("Is 至少要有一个值", "Is needs at least one value"), where=field)
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """以上: the number or more."""

    field: str
    value: int


@dataclass(frozen=True, slots=True)
class MoreThan:
    """超过: more than the number."""

    field: str
    value: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """以内: the number or less."""

    field: str
    value: int


@dataclass(frozen=True, slots=True)
class LessThan:
    """不满: less than the number."""

    field: str
    value: int


@dataclass(frozen=True, slots=True)
class Missing:
    """The column was left empty."""

    field: str


@dataclass(frozen=True, slots=True)
class Present:
    """The column holds something."""

    field: str


@dataclass(frozen=True, slots=True)
class Within:
    """From `start` to `end` (two columns that hold days) there are at least `least` and at most `most` days;
    None bounds nothing. False where either day is missing. `Within("ordered_on", "starts_on", most=15)`."""

    start: str
    end: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, init=False)
class All:
    """Every one of these holds."""

    parts: tuple[Condition, ...]

    def __init__(self, *parts: Condition) -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True, init=False)
class Any_:  # noqa: N801 - `Any` is a word of typing
    """At least one of these holds."""

    parts: tuple[Condition, ...]

    def __init__(self, *parts: Condition) -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Exists:
    """The same person has a row in another table, itself fulfilling `where`.

    `least` and `most` bound, in days after the day counted (this row's day; for stocks the last day of the
    period), when it may have happened: `least=0, most=30` is "on that day or within the thirty days after
    it", `least=-90, most=0` "within the ninety days before". `in_period` asks instead that it happened within
    the period. None of them: at any time.
    `of` is a kind or a worked-out table; `day` is the column of that table which must lie there. Inside its
    `where` no other Exists may stand.
    """

    of: str
    where: Condition | None = None
    day: str = "day"
    least: int | None = None
    most: int | None = None
    in_period: bool = False

    def __post_init__(self) -> None:
        if self.in_period and (self.least is not None or self.most is not None):
            raise DeclarationError(
                Label("in_period 不能与 least、most 并用", "in_period goes with neither least nor most"),
                where=f"Exists {self.of}",
            )
        if self.where is not None and any(isinstance(c, Exists) for c in walk(self.where)):
            raise DeclarationError(
                Label("Exists 之内不能再有 Exists", "no Exists inside an Exists"), where=f"Exists {self.of}"
            )


Condition = (
    Is | AtLeast | MoreThan | AtMost | LessThan | Missing | Present | Within | All | Any_ | Not | Exists
)
Compared = AtLeast | MoreThan | AtMost | LessThan


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and every one inside it, those inside an Exists excepted."""
    yield condition
    if isinstance(condition, All | Any_):
        for part in condition.parts:
            yield from walk(part)
    elif isinstance(condition, Not):
        yield from walk(condition.part)


def fields(condition: Condition) -> Iterator[str]:
    """The columns of its own table that a condition looks at."""
    for one in walk(condition):
        if isinstance(one, Within):
            yield one.start
            yield one.end
        elif isinstance(one, Is | AtLeast | MoreThan | AtMost | LessThan | Missing | Present):
            yield one.field
