"""The columns of the analysis snapshot, derived from the declared kinds. What is encrypted at rest or
typed freely has none: a column holds a choice, a whole number, a day, a unit or a reference to an entry,
nothing else. A decimal number stands in its digits.

The **spine** is what an assessment reads of people's entries, one row an entry, of whatever kind: first
the columns of SPINE, then one for each field that any kind with `read_as` asks, shared by all kinds that
ask it by the same name. A **kind table** holds the entries of one version of one kind: the columns of
ENTRY, then the kind's own fields. The other tables' columns stand below. Every table is sorted by person
and entry.

A choice stands in the spine as a code, its place in `words`; elsewhere as the word itself. A day is the
days since 1970 where it is a whole number (`int32`), else a date (`day`); a moment is the milliseconds
since 1970 (UTC). A reference to an entry by its id stands in two columns, its upper and its lower 64
bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from guitu.casefile.fields import TYPED, Ask
from guitu.casefile.file import VOID
from guitu.casefile.kind import APART, Kind
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

ColumnType = Literal["int64", "int32", "int16", "uint64", "uint16", "uint8", "flag", "day", "word"]
"""What a column holds: numbers as named, `flag` true or false, `day` a date, `word` a short text of a
closed list (a choice, a unit's code, a role), or a decimal number in its digits."""

FORMAT: Final = 1
"""The edition of this layout: a snapshot of another one is made anew."""
PERSON: Final = "person"
MOST_WORDS: Final = 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, whether it may be empty; `field` is the field it comes from."""

    name: str
    type: ColumnType
    empty: bool = False
    field: str = ""


SPINE: Final = (
    Column("person", "int64"),
    Column("seq", "int64"),
    Column("id_hi", "uint64"),
    Column("id_lo", "uint64"),
    Column("kind", "uint16"),
    Column("version", "uint8"),
    Column("day", "int32"),
    Column("recorded", "int64"),
    Column("corrects_seq", "int64", empty=True),
    Column("at", "int32", empty=True),
)
"""What stands of every entry in the spine. `corrects_seq` is the entry it corrects, if that one has a
smaller number and belongs to the same person; `at` the number of the unit that recorded it."""

ENTRY: Final = (
    Column("person", "int64"),
    Column("seq", "int64"),
    Column("day", "day"),
    Column("recorded", "int64"),
    Column("at", "int32", empty=True),
    Column("corrects_seq", "int64", empty=True),
)
"""What stands of every entry in its kind's table. Of kinds about a unit, `person` is the key of the
unit's file and the column `of_unit` follows: the number of the unit it is about."""

OF_UNIT: Final = Column("of_unit", "int32", empty=True)

LEVELS: Final = tuple(Column(f"at{n}", "int32", empty=True) for n in range(1, 6))
"""The number of the unit's ancestor on each level, itself included: `at1` the province, or what stands
alone."""

FATES: Final = (
    Column("person", "int64"),
    Column("set_seq", "int64"),
    Column("entry_seq", "int64"),
    Column("at_ms", "int64"),
    Column("counts", "flag"),
    Column("corrects_seq", "int64", empty=True),
)
"""From which moment an entry no longer counts, or counts again. Of each person only the rows with the
largest `set_seq` hold. An entry without a row counts from when it was recorded; one of kind `void` never
counts. `corrects_seq` is the entry it corrects, if that one has the larger number: the spine names only
what came before."""

BEFORE_BIRTH: Final = (
    Column("person", "int64"),
    Column("set_seq", "int64"),
    Column("seq", "int64"),
    Column("day", "int32", empty=True),
)
"""For people with any legal entry dated before a birth that their file states: each entry of kind
`person` that states a birth, with the last day of a legal entry before that birth (none: empty). The
birth by which entries are judged is that of the last of these entries that counts, in the order of day,
moment and id; what it shows to be wrong is every legal entry up to that day. Of each person only the
rows with the largest `set_seq` hold."""

FILES: Final = (
    Column("person", "int64"),
    Column("unit", "int32", empty=True),
    *LEVELS,
    Column("sex", "word", empty=True),
    Column("birth_year", "int16", empty=True),
    Column("latest_birth", "int16", empty=True),
    Column("opened", "day"),
    Column("hidden", "flag"),
)
"""One row a person: the unit that answers now, and what breakdowns need. `latest_birth` is the year of
the latest birth that any entry states, for the writer's own use. `hidden` people (sealed, followed no
longer) are counted and never listed."""

HOMES: Final = (
    Column("person", "int64"),
    Column("from_day", "int32"),
    Column("unit", "int32", empty=True),
)
"""Who answered for a person from which day on, as known now; until the next row's day."""

UNITS: Final = (
    Column("unit", "int32"),
    Column("code", "word"),
    Column("name", "word"),
    Column("level", "word"),
    Column("parent", "int32", empty=True),
    Column("path", "word"),
    *LEVELS,
    Column("active_from", "day", empty=True),
    Column("active_until", "day", empty=True),
)

STAFF: Final = (Column("unit", "int32"), Column("role", "word"), Column("n", "int32"))
"""How many accounts hold an office of that role there now."""

TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "fates": FATES,
    "before_birth": BEFORE_BIRTH,
    "files": FILES,
    "homes": HOMES,
    "units": UNITS,
    "staff": STAFF,
}
"""The tables that do not depend on the declared kinds."""


def kept(kind: Kind) -> Iterator[Ask]:
    """The fields of a kind that have a column: neither encrypted nor typed freely nor for the system's
    own use; the reference to the entry that is answered has one."""
    for ask in kind.fields:
        if ask.name == kind.answers or not (
            ask.name in kind.sealed_fields or ask.type in TYPED or ask.internal
        ):
            yield ask


def columned(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds that the snapshot has: all but those known to their own compartment only."""
    return {name: kind for name, kind in kinds.items() if kind.compartment not in APART}


def in_spine(kind: Kind) -> bool:
    """Whether the entries of a kind stand in the spine if they are in a person's file: an assessment reads
    them."""
    return kind.general or kind.name in (PERSON, VOID)


def kind_codes(kinds: Iterable[Kind]) -> dict[str, int]:
    """The code of each kind in the spine, from 1, by name."""
    return {name: n for n, name in enumerate(sorted(k.name for k in kinds if in_spine(k)), 1)}


def words(kinds: Iterable[Kind]) -> dict[str, tuple[str, ...]]:
    """The words of each choice column of the spine, in the order of the declarations: a word's place is
    its code."""
    found: dict[str, dict[str, None]] = {}
    for kind, ask in _asked(kinds):
        if ask.type == "choice":
            found.setdefault(ask.name, {}).update((choice.value, None) for choice in ask.choices)
            if len(found[ask.name]) > MOST_WORDS:
                raise DeclarationError(
                    Label(
                        f"选项超过 {MOST_WORDS} 个，快照放不下",
                        f"more than {MOST_WORDS} choices; no code left",
                    ),
                    where=f"{kind.name}.{ask.name}",
                )
    return {name: tuple(values) for name, values in found.items()}


def spine_columns(kinds: Iterable[Kind]) -> tuple[Column, ...]:
    """The columns of the spine for these kinds. Two kinds that ask the same name must mean the same type."""
    found: dict[str, Column] = {c.name: c for c in SPINE}
    for kind, ask in _asked(kinds):
        for column in _of(ask, kind, coded=True):
            there = found.setdefault(column.name, column)
            if there != column:
                raise DeclarationError(
                    Label(
                        f"字段“{ask.name}”与别的记录类型同名而类型不同，快照中无法并列",
                        f"another kind asks “{ask.name}” of another type: both cannot stand in one column",
                    ),
                    where=f"{kind.name}.{ask.name}",
                )
    return tuple(found.values())


def kind_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind's own table."""
    first = ENTRY if kind.about == "person" else (*ENTRY, OF_UNIT)
    own = tuple(column for ask in kept(kind) for column in _of(ask, kind, coded=False))
    taken = {c.name for c in first}
    for column in own:
        if column.name in taken:
            raise DeclarationError(
                Label(
                    f"快照已有名为“{column.name}”的列", f"the snapshot has a column “{column.name}” already"
                ),
                where=f"{kind.name}.{column.field}",
            )
    return (*first, *own)


def table_of(kind: str, version: int) -> str:
    """The name of the table of one version of a kind."""
    return f"{kind}@{version}"


def shape(kinds: Iterable[Kind]) -> str:
    """A digest of the whole layout: with another one, a snapshot is made anew."""
    declared = sorted(kinds, key=lambda k: k.name)
    told = [str(FORMAT), repr(sorted(kind_codes(declared).items())), repr(spine_columns(declared))]
    told += [repr(sorted(words(declared).items())), repr(sorted(TABLES.items()))]
    told += [f"{table_of(k.name, k.version)} {k.about} {kind_columns(k)!r}" for k in declared]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _asked(kinds: Iterable[Kind]) -> Iterator[tuple[Kind, Ask]]:
    """Every field with a column in the spine, by kind name, in the order in which it is asked."""
    for kind in sorted(kinds, key=lambda k: k.name):
        if in_spine(kind):
            for ask in kept(kind):
                yield kind, ask


def _of(ask: Ask, kind: Kind, *, coded: bool) -> tuple[Column, ...]:
    """The columns of one field: in the spine `coded`, in a kind's table for reading."""
    if ask.name == kind.answers:
        if coded:
            return tuple(Column(f"{ask.name}_{half}", "uint64", True, ask.name) for half in ("hi", "lo"))
        return (Column(f"{ask.name}_seq", "int64", True, ask.name),)
    types: dict[str, tuple[ColumnType, ColumnType]] = {
        "choice": ("uint8", "word"),
        "whole": ("int32", "int64"),
        "decimal": ("word", "word"),
        "day": ("int32", "day"),
        "unit": ("int32", "word"),
    }
    in_code, in_words = types[ask.type]
    return (Column(ask.name, in_code if coded else in_words, True, ask.name),)
