"""From a row of a ledger to what it says: drafts of entries, each with the columns it came from. Pure.

Nothing is added that the row does not say, but for what follows by rule: birth and sex stand in the identity
number, and the months of a community recovery follow from its first and last day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Value
from guitu.casefile.chain import sm3
from guitu.exchange.ledgers.identity import Identity
from guitu.exchange.ledgers.ledger import BIRTH, DAY, NUMBER, SEX, EndsOn, Makes
from guitu.exchange.ledgers.rules import whole_months
from guitu.exchange.ledgers.table import Table
from guitu.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Place:
    """The unit that words name: its code and name, and the words for which there was none (usually empty)."""

    code: str
    name: str
    left: str = ""


Places = Callable[[tuple[str, ...]], Place]
"""Finds the unit that words name, from the wide to the narrow."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()


@dataclass(frozen=True, slots=True)
class Here:
    """The unit that keeps the ledger: its code and level, and how it finds the units its rows name."""

    code: str
    level: str
    find: Places


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that a row asks for. `columns` says which column each field (and `day`) came from; `here` are
    the fields that the importing unit answered."""

    kind: str
    day: date
    fields: Mapping[str, Value]
    columns: Mapping[str, str]
    here: frozenset[str] = frozenset()

    def id_in(self, file: UUID) -> UUID:
        """The entry's id in a file: always the same for the same content, so that a second import finds it.

        UUIDv7 with the day it happened and the digest of what it says in place of chance.
        """
        said = "\x1f".join([f"{name}\x1e{value}" for name, value in sorted(self.fields.items())])
        digest = sm3(file.bytes + f"{self.kind}\x1f{self.day.isoformat()}\x1f{said}".encode())
        return uuid7(max(0, self.day.toordinal() - _EPOCH) * 86_400_000, digest[:10])


@dataclass(slots=True)
class Drafter:
    """Makes the drafts of a table's rows. `unplaced` collects places that the tree does not have, by row."""

    table: Table
    here: Here
    unplaced: dict[int, Place] = field(default_factory=dict)
    _plans: list[_Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._plans = [_Plan(self.table, makes) for makes in self.table.header.ledger.makes]

    def drafts(self, at: int) -> list[Draft]:
        """What the row at this position says."""
        made = []
        for plan in self._plans:
            day = plan.day(at)
            if day is None:
                continue
            fields = plan.fields(at)
            columns = plan.columns
            answered = plan.here
            if plan.makes.place[0]:
                placed = self._placed(plan, at)
                if placed is not None:
                    fields[plan.makes.place[0]] = placed
                elif fields:  # somebody answers for the person, no place is named: it is this unit's own
                    fields[plan.makes.place[0]] = self.here.code
                    answered |= {plan.makes.place[0]}
            if plan.is_person:
                fields |= _identity(self.table, at)
            elif not plan.asked_for(at, fields):
                continue
            if plan.ends:
                fields |= plan.months(at)
            for name, answer in plan.makes.here.items():
                fields[name] = self.here.code if answer == "code" else self.here.level
            fields |= plan.makes.constants
            made.append(Draft(plan.makes.kind, day, fields, columns, answered))
        if at in self.unplaced:
            made.append(self._remark(at, made[-1].day))
        return made

    def person(self, at: int, day: date) -> Draft:
        """Who the person is, as far as any row says: for a person whose own row was held back."""
        fields = _identity(self.table, at)
        names = self.table.column("person.name")
        fields["name"] = names[at] if names else None
        fields = {name: value for name, value in fields.items() if value is not None}
        return Draft("person", day, fields, {"name": "person.name", "id_number": NUMBER})

    def _remark(self, at: int, day: date) -> Draft:
        """The words for a place that the tree of units does not have are kept: nothing in a row is lost."""
        place = self.unplaced[at]
        text = f"台账所载“{place.left}”在单位树中没有，责任单位暂记为{place.name}"
        return Draft("remark", day, {"text": text}, {})

    def _placed(self, plan: _Plan, at: int) -> str | None:
        """The unit that the row names, None if it names none."""
        words = tuple(str(values[at]) for values in plan.places if values[at])
        if not words:
            return None
        place = self.here.find(words)
        if place.left:
            self.unplaced[at] = place
        return place.code


class _Plan:
    """How one `Makes` reads a table: its columns looked up once, not for every row."""

    def __init__(self, table: Table, makes: Makes) -> None:
        self.makes = makes
        self.is_person = makes.kind == "person"
        ledger = table.header.ledger
        placed = set(makes.place[1])
        own = [c for c in ledger.columns if c.kind == makes.kind and c.field != DAY and c.key not in placed]
        self._days = [values for key in makes.day if (values := table.column(key)) is not None]
        self._when = [table.column(key) for key in makes.when]
        self._fields = [
            (c.field, values)
            for c in own
            if (values := table.column(c.key)) is not None and c.key not in (NUMBER, BIRTH, SEX)
        ]
        self.places = [values for key in makes.place[1] if (values := table.column(key)) is not None]
        self.columns = {c.field: c.key for c in own} | {DAY: makes.day[0], "months": "order.printed_end"}
        self.here = frozenset(makes.here)
        self.ends = next((c for c in ledger.checks if isinstance(c, EndsOn) and makes.kind == "order"), None)
        self._measures = table.column(self.ends.measure_column) if self.ends else None
        self._printed = table.column(self.ends.printed) if self.ends else None
        self._starts = {
            measure: table.column(key)
            for measure, (key, months) in (self.ends.starts.items() if self.ends else ())
            if months is None
        }

    def day(self, at: int) -> date | None:
        """The first of its days that is filled."""
        for values in self._days:
            if values[at] is not None:
                day: date = values[at]
                return day
        return None

    def fields(self, at: int) -> dict[str, Value]:
        """Its own filled columns."""
        return {name: values[at] for name, values in self._fields if values[at] is not None}

    def asked_for(self, at: int, fields: Mapping[str, Value]) -> bool:
        """Whether the row says this at all."""
        if self.makes.when:
            return all(values is not None and values[at] is not None for values in self._when)
        return bool(fields)

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


def _identity(table: Table, at: int) -> dict[str, Any]:
    """Number, birth and sex: the last two stand in the number (GB 11643)."""
    numbers = table.column(NUMBER)
    number: Identity | None = numbers[at] if numbers else None
    if number is None:
        return {}
    return {"id_number": number.number, "birth": number.birth, "sex": number.sex}
