"""From a row of a ledger to what it says: drafts of entries, each with the columns it came from. Pure.

Nothing is added that the row does not say, but for what follows by rule: birth and sex stand in the identity
number, and the months of a community recovery follow from its first and last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, NamedTuple
from uuid import UUID

from guitu.casefile import Value
from guitu.casefile.chain import sm3
from guitu.exchange.ledgers.identity import Identity
from guitu.exchange.ledgers.ledger import DAY, NAME, NUMBER, EndsOn, Makes
from guitu.exchange.ledgers.rules import whole_months
from guitu.exchange.ledgers.table import Table
from guitu.kernel.days import day_number
from guitu.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Place:
    """The unit that words name: its code and name, and the words for which there was none (usually empty)."""

    code: str
    name: str
    left: str = ""


Places = Callable[[tuple[str, ...]], Place]
"""Finds the unit that words name, from the wide to the narrow."""

REMARK: Final = "remark"
"""The kind in which a row's words are kept that have no place of their own."""


@dataclass(frozen=True, slots=True)
class Here:
    """The unit that keeps the ledger: its code and level, and how it finds the units its rows name."""

    code: str
    level: str
    find: Places


class Draft(NamedTuple):
    """An entry that a row asks for. `columns` says which column each field (and `day`) came from; `here` are
    the fields that the importing unit answered."""

    kind: str
    day: date
    fields: Mapping[str, Value]
    columns: Mapping[str, str]
    here: frozenset[str] = frozenset()


def ids_in(file: UUID, drafts: Iterable[Draft]) -> list[UUID]:
    """The ids of these entries in a file: always the same for the same content, so that a second import finds
    them.

    UUIDv7 with the day it happened and the digest of what it says in place of chance.
    """
    stands_in = file.bytes
    made = []
    for kind, day, fields, _, _ in drafts:
        written, unix_ms = _written(day)
        said = f"{kind}\x1f{written}\x1f{_saying(*fields) % fields}"
        made.append(uuid7(unix_ms, sm3(stands_in + said.encode())))
    return made


@lru_cache(maxsize=1000)
def _saying(*names: str) -> str:
    """How fields of these names read, in the order of their names."""
    return "\x1f".join(f"{name}\x1e%({name})s" for name in sorted(names))


@lru_cache(maxsize=10_000)
def _written(day: date) -> tuple[str, int]:
    """A day as it is written, and in milliseconds since 1970, none before it."""
    return day.isoformat(), max(0, day_number(day)) * 86_400_000


@dataclass(slots=True)
class Drafter:
    """Makes the drafts of a table's rows. `unplaced` are the places that the tree does not have, by row."""

    table: Table
    here: Here
    unplaced: dict[int, Place] = field(init=False)
    _who: dict[str, list[Any]] = field(default_factory=dict)
    _plans: list[_Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Number, birth and sex of every row: the last two stand in the number (GB 11643)."""
        numbers: list[Identity | None] = self.table.column(NUMBER) or [None] * len(self.table)
        self._who = {
            "id_number": [one and one.number for one in numbers],
            "birth": [one and one.birth for one in numbers],
            "sex": [one and one.sex for one in numbers],
        }
        makes = self.table.header.ledger.makes
        self._plans = [_Plan(self.table, one, self.here, self._who) for one in makes]
        self.unplaced = {
            at: place
            for plan in self._plans
            for at, place in enumerate(plan.placed)
            if place is not None and place.left and plan.day(at) is not None
        }

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of entries that rows may ask for."""
        return frozenset([REMARK, *(plan.kind for plan in self._plans)])

    def drafts(self, at: int, stays: Place | None = None) -> list[Draft]:
        """What the row at this position says. `stays` is where the person is, if the row's words for a place
        lead no further than to a unit above that."""
        made = []
        for plan in self._plans:
            day = plan.day(at)
            if day is None:
                continue
            fields = {name: value for name, values in plan.fields if (value := values[at]) is not None}
            answered = plan.here
            if plan.place:
                placed = stays or plan.placed[at]
                if placed is not None:
                    fields[plan.place] = placed.code
                elif fields:  # somebody answers for the person, no place is named: it is this unit's own
                    fields[plan.place] = self.here.code
                    answered |= {plan.place}
            if not (fields or plan.may_be_bare):
                continue
            if plan.when and any(values[at] is None for values in plan.when):
                continue
            if plan.ends:
                fields |= plan.months(at)
            fields |= plan.given
            made.append(Draft(plan.kind, day, fields, plan.columns, answered))
        if at in self.unplaced:
            made.append(self._remark(stays or self.unplaced[at], made[-1].day))
        return made

    def person(self, at: int, day: date) -> Draft:
        """Who the person is, as far as any row says: for a person whose own row was held back."""
        told = {"name": self.table.column(NAME), **self._who}
        fields = {name: values[at] for name, values in told.items() if values and values[at] is not None}
        return Draft("person", day, fields, {"name": "person.name", "id_number": NUMBER})

    @staticmethod
    def _remark(place: Place, day: date) -> Draft:
        """The words for a place that the tree of units does not have are kept: nothing in a row is lost."""
        text = f"台账所载“{place.left}”在单位树中没有，责任单位暂记为{place.name}"
        return Draft(REMARK, day, {"text": text}, {})


class _Plan:
    """How one `Makes` reads a table: its columns looked up once, not for every row."""

    def __init__(self, table: Table, makes: Makes, here: Here, who: Mapping[str, list[Any]]) -> None:
        self.kind = makes.kind
        ledger = table.header.ledger
        self.place, words = makes.place
        own = [c for c in ledger.columns if c.kind == makes.kind and c.field != DAY and c.key not in words]
        self.days = [values for key in makes.day if (values := table.column(key)) is not None]
        self.when = [values for key in makes.when if (values := table.column(key)) is not None]
        self.may_be_bare = bool(makes.when)
        if len(self.when) < len(makes.when):
            self.days = []  # what must be filled has no column
        if makes.when == makes.day:
            self.when = []  # without its day it is not said anyhow
        written = {c.field: table.column(c.key) for c in own} | (who if makes.kind == "person" else {})
        self.fields = [(name, values) for name, values in sorted(written.items()) if values is not None]
        places = [values for key in words if (values := table.column(key)) is not None]
        named = zip(*places, strict=True) if self.place and places else repeat((), len(table))
        self.placed = [self._placed(row, here.find) for row in named]
        self.columns = {c.field: c.key for c in own} | {DAY: makes.day[0], "months": "order.printed_end"}
        self.here = frozenset(makes.here)
        answers = {name: here.code if one == "code" else here.level for name, one in makes.here.items()}
        self.given: dict[str, Value] = {**answers, **makes.constants}
        self.ends = next((c for c in ledger.checks if isinstance(c, EndsOn) and makes.kind == "order"), None)
        self._measures = table.column(self.ends.measure_column) if self.ends else None
        self._printed = table.column(self.ends.printed) if self.ends else None
        self._starts = {
            measure: table.column(key)
            for measure, (key, months) in (self.ends.starts.items() if self.ends else ())
            if months is None
        }
        if not self._starts:
            self.ends = None

    def day(self, at: int) -> date | None:
        """The day it happened, as far as the row says."""
        for days in self.days:
            day: date | None = days[at]
            if day is not None:
                return day
        return None

    @staticmethod
    def _placed(row: tuple[Any, ...], find: Places) -> Place | None:
        """The unit that the row names, None if it names none."""
        words = tuple([str(word) for word in row if word])
        return find(words) if words else None

    def months(self, at: int) -> dict[str, Value]:
        """The months of a term whose first and last day are both written, where the order sets them."""
        if self.ends is None or self._measures is None or self._printed is None:
            return {}
        starts = self._starts.get(self._measures[at])
        end = self._printed[at]
        if starts is None or starts[at] is None or end is None:
            return {}
        months = whole_months(starts[at], end, self.ends.ceiling)
        return {"months": months} if months is not None else {}
