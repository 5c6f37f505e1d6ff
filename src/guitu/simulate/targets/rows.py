"""How far one invented file counts in the figures that are fixed: asked of facts before anything is written.

The definitions are the indicators' own; this only asks them of a single file, quickly, so that nobody is let
into the province whom a printed figure does not know. What the engines count afterwards is the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

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
from guitu.indicators.measures import Count, People, Stock, Sum
from guitu.indicators.tables import Table


class FactLike(Protocol):
    """Something that happened: what, when, where it was written down, and its answers."""

    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def unit(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One count that a targets file fixes, in a place (a code) and a period. `at_home` counts it where
    somebody answered for the person; `name` is how a message calls it."""

    count: Count
    place: str
    first: date
    last: date
    amount: int
    at_home: bool = False
    name: str = ""


@dataclass(slots=True)
class File:
    """One file as facts. `answered` says from which day which unit answered for the person, oldest first."""

    facts: Sequence[FactLike]
    answered: Sequence[tuple[date, str]] = ()
    _by_kind: dict[str, list[FactLike]] = field(default_factory=dict)

    def of(self, kind: str) -> Sequence[FactLike]:
        """Its facts of one kind."""
        if not self._by_kind:
            for fact in self.facts:
                self._by_kind.setdefault(fact.kind, []).append(fact)
        return self._by_kind.get(kind, ())

    def place(self, fact: FactLike, line: Line, day: date) -> str:
        """The code at which a fact counts."""
        if not line.at_home:
            return fact.unit
        home = self.answered[0][1] if self.answered else fact.unit
        for since, unit in self.answered:
            if since <= day:
                home = unit
        return home


class Ledger:
    """The lines that are fixed, ready to be asked of many files."""

    def __init__(self, lines: Sequence[Line], tables: Mapping[str, Table]) -> None:
        self.lines = lines
        self.tables = tables
        self._by_kind: dict[str, list[int]] = {}
        for at, line in enumerate(lines):
            self._by_kind.setdefault(line.count.of, []).append(at)

    def counted(self, file: File, only: Iterable[int] | None = None) -> dict[int, int]:
        """How much the file adds to each line; those it adds nothing to are left out."""
        found: dict[int, int] = {}
        chosen = None if only is None else set(only)
        for kind, places in self._by_kind.items():
            facts = file.of(kind)
            if not facts:
                continue
            for at in places:
                if (chosen is None or at in chosen) and (n := self._amount(self.lines[at], file, facts)):
                    found[at] = n
        return found

    def _amount(self, line: Line, file: File, facts: Sequence[FactLike]) -> int:
        count = line.count
        total = 0
        for fact in facts:
            day = self._day(line, fact)
            if day is None or not file.place(fact, line, day).startswith(line.place):
                continue
            if not holds(count.where, fact, file, day, line):
                continue
            if isinstance(count, People) or (isinstance(count, Stock) and count.count == "people"):
                return 1
            adds = isinstance(count, Sum) or (isinstance(count, Stock) and count.count == "total")
            total += int(fact.fields.get(count.field) or 0) if adds else 1  # type: ignore[union-attr]
        return total

    def _day(self, line: Line, fact: FactLike) -> date | None:
        """The day a fact is counted on in this line; None if it is not in its period."""
        count = line.count
        if not isinstance(count, Stock):
            day = _column(fact, count.day)
            return day if day is not None and line.first <= day <= line.last else None
        table = self.tables[count.of]
        begins = _column(fact, count.since or table.since or "day")
        until = count.until or table.until
        ends = _column(fact, until) if until else None
        there = begins is not None and begins <= line.last and (ends is None or ends > line.last)
        return line.last if there else None


def _column(fact: FactLike, name: str) -> Any:
    return fact.day if name == "day" else fact.fields.get(name)


def holds(condition: Condition | None, fact: FactLike, file: File, day: date, line: Line) -> bool:
    """Whether a condition is fulfilled by a fact of that file, counted on that day."""
    match condition:
        case None:
            return True
        case Is():
            return _column(fact, condition.field) in condition.values
        case AtLeast() | MoreThan() | AtMost() | LessThan():
            value = _column(fact, condition.field)
            return value is not None and _COMPARED[type(condition)](value, condition.value)
        case Missing(field=name):
            return _column(fact, name) is None
        case Present(field=name):
            return _column(fact, name) is not None
        case Within():
            start, end = _column(fact, condition.start), _column(fact, condition.end)
            return start is not None and end is not None and _between(end - start, condition)
        case All():
            return all(holds(part, fact, file, day, line) for part in condition.parts)
        case Any_():
            return any(holds(part, fact, file, day, line) for part in condition.parts)
        case Not():
            return not holds(condition.part, fact, file, day, line)
        case Exists():
            return any(_answers(condition, other, file, day, line) for other in file.of(condition.of))


def _answers(condition: Exists, other: FactLike, file: File, day: date, line: Line) -> bool:
    on = _column(other, condition.day)
    if condition.in_period:
        if on is None or not line.first <= on <= line.last:
            return False
    elif condition.least is not None or condition.most is not None:
        if on is None or not _between(on - day, condition):
            return False
    return holds(condition.where, other, file, day, line)


_COMPARED: Mapping[type, Callable[[int, int], bool]] = {
    AtLeast: lambda a, b: a >= b,
    MoreThan: lambda a, b: a > b,
    AtMost: lambda a, b: a <= b,
    LessThan: lambda a, b: a < b,
}


def _between(span: Any, bounds: Within | Exists) -> bool:
    days = span.days
    return (bounds.least is None or days >= bounds.least) and (bounds.most is None or days <= bounds.most)
