"""The language in which a ledger (台账) is declared: its columns, what its rows record, what is checked.

A column names the kind and field it holds; headings, choices and types come from that kind's declaration, so
a ledger adds only what is its own: order, widths, groups, what an office must fill in, and the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from guitu.casefile import Ask, Kind
from guitu.compose import kind
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

DAY: Final = "day"
"""The field name that stands for `happened_on`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column of the prescribed layout.

    `kind` and `field` say what it holds; `field="day"` is the day it happened. A column without a kind holds
    no fact of its own (a serial number, a day printed twice) and needs a `name`. `title` and `group` are the
    printed headings, `also` further headings that only this ledger uses, `width` is in characters.
    `fill_down` marks cells that clerks write once for many rows. `reads` is the type of a column without
    kind. `shares` names the column that may hold this answer too, as the second of two names in one cell.
    `required_if`: a column and the answers there with which this one must be filled; with others it may be.
    """

    title: str
    kind: str = ""
    field: str = ""
    name: str = ""
    group: str = ""
    width: int = 10
    required: bool = False
    fill_down: bool = False
    may_be_future: bool = False
    also: tuple[str, ...] = ()
    reads: str = ""
    shares: str = ""
    required_if: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def key(self) -> str:
        """The column's name inside the checker: `kind.field`, or its own name."""
        return self.name or f"{self.kind}.{self.field}"

    @cached_property
    def declared(self) -> Kind | None:
        """The kind this column belongs to."""
        return kind(self.kind) if self.kind else None

    @cached_property
    def ask(self) -> Ask | None:
        """The question this column answers; None for days and columns without a kind."""
        return self.declared.ask(self.field) if self.declared and self.field != DAY else None

    @cached_property
    def type(self) -> str:
        """What its cells hold: a field type of the case file, or `day`."""
        if self.reads:
            return self.reads
        return self.ask.type if self.ask else "day"

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Every heading under which clerks keep this column, the printed one first."""
        from_kind: tuple[str, ...] = ()
        if not self.name:
            from_kind = self.ask.ledger if self.ask else (self.declared.day_ledger if self.declared else ())
        return tuple(dict.fromkeys((self.title, *self.also, *from_kind)))


@dataclass(frozen=True, kw_only=True)
class Makes:
    """One entry that a row records: of `kind`, on the first of the `day` columns that is filled.

    Without a `when` column it is made if any of its own columns is filled; `when` names the columns that must
    be filled instead. `constants` are fields every row of this ledger shares. `here` are fields that the
    importing unit answers: its `code` or its `level`. `place` is a unit field whose words stand in columns,
    from the wide to the narrow (town, village).
    """

    kind: str
    day: tuple[str, ...]
    when: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    here: Mapping[str, Literal["code", "level"]] = field(default_factory=dict)
    place: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True, kw_only=True)
class NotBefore:
    """`later` may not be earlier than the first filled one of `earlier`."""

    later: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SameDay:
    """`column`, where filled, says the same day as `as_column`: a warning where it does not."""

    column: str
    as_column: str


@dataclass(frozen=True, kw_only=True)
class EndsOn:
    """The printed end is the legal one. `starts` gives per measure the column its term counts from and the
    months; None means that the order sets the months, up to `ceiling`. A difference is a warning."""

    printed: str
    starts: Mapping[str, tuple[str, int | None]]
    ceiling: int
    measure_column: str = ""


Check = NotBefore | SameDay | EndsOn


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """One ledger: what it is called, its columns in printed order, what a row records, what is checked.

    `opens_file`: a row may be the first that is heard of a person; without it the person must be known.
    `one_row_per`: with the identity number, what makes a second row a repetition.
    `telling`: columns that only this ledger has, by which a sheet is recognised.
    `kept_by`: the levels of units that keep it; empty if any may.
    """

    name: str
    label: Label
    title: str
    columns: tuple[Column, ...]
    makes: tuple[Makes, ...]
    one_row_per: str
    telling: tuple[str, ...]
    opens_file: bool = True
    kept_by: tuple[str, ...] = ()
    by_measure: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    def __post_init__(self) -> None:
        for column in self.columns:
            _ = column.headings  # an unknown kind or field is found at start, not in somebody's file
        keys = self.by_key
        used = [self.one_row_per, *self.telling]
        for makes in self.makes:
            made = kind(makes.kind)
            for name in (*makes.constants, *makes.here, *filter(None, [makes.place[0]])):
                made.ask(name)
            used += [*makes.day, *makes.when, *makes.place[1]]
        for check in self.checks:
            match check:
                case NotBefore():
                    used += [check.later, *check.earlier]
                case SameDay():
                    used += [check.column, check.as_column]
                case EndsOn():
                    used += [check.printed, *(start for start, _ in check.starts.values())]
        for key in used:
            if key not in keys:
                raise DeclarationError(
                    Label(f"台账没有“{key}”这一列", f"the ledger has no column “{key}”"), where=self.name
                )

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns an office must fill in."""
        return tuple(c for c in self.columns if c.required)


NAME: Final = "person.name"
SEX: Final = "person.sex"
NUMBER: Final = "person.id_number"
BIRTH: Final = "person.birth"
"""The columns by which a person is recognised; every ledger has the first and the third."""

SERIAL: Final = Column(title="序号", name="serial", width=5, also=("编号", "序"), reads="serial")
