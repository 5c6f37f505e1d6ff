"""How far one invented file counts in the figures that are fixed: asked of facts before anything is written.

The definitions are the indicators' own; this only asks them of a single file, quickly, so that nobody is let
into the province whom a printed figure does not know. What the engines count afterwards is the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

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

WORKED_OUT: Final = frozenset({"measures", "duties", "findings", "status"})
"""The tables that an assessment fills."""


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
    """One file as facts. `answered` says from which day which unit answered for the person, oldest first;
    `assessed` gives what an assessment says of it, by table."""

    facts: Sequence[FactLike]
    answered: Sequence[tuple[date, str]] = ()
    assessed: Callable[[], Mapping[str, Sequence[FactLike]]] | None = None
    _by_kind: dict[str, Sequence[FactLike]] = field(default_factory=dict)

    def of(self, kind: str) -> Sequence[FactLike]:
        """Its facts of one kind, or what an assessment works out of it, asked for only when it is needed."""
        if not self._by_kind:
            sorted_out: dict[str, list[FactLike]] = {}
            for fact in self.facts:
                sorted_out.setdefault(fact.kind, []).append(fact)
            self._by_kind.update(sorted_out)
        if kind in WORKED_OUT and kind not in self._by_kind and self.assessed is not None:
            self._by_kind.update(self.assessed())
        return self._by_kind.get(kind, ())

    def place(self, fact: FactLike, line: Line, day: date) -> str:
        """The code at which a fact counts."""
        if not line.at_home and fact.kind not in WORKED_OUT:
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

    def counted(self, file: File, only: Set[int] | None = None) -> dict[int, int]:
        """How much the file adds to each line; those it adds nothing to are left out."""
        found: dict[int, int] = {}
        for kind, places in self._by_kind.items():
            asked = [at for at in places if only is None or at in only]
            if kind in WORKED_OUT and not any(self._may(self.lines[at], file) for at in asked):
                continue
            if facts := file.of(kind):
                for at in asked:
                    if n := self._amount(self.lines[at], file, facts):
                        found[at] = n
        return found

    def days(self, file: File, at: int) -> list[date]:
        """The days on which the file counts in one line."""
        line = self.lines[at]
        return [day for fact in file.of(line.count.of) if (day := self._counts(line, file, fact)) is not None]

    def _may(self, line: Line, file: File) -> bool:
        """Whether anything that is worked out could count: an assessment is not asked for in vain."""
        first = file.facts[0].day if file.facts else date.max
        return first <= line.last and any(unit.startswith(line.place) for _, unit in file.answered)

    def _amount(self, line: Line, file: File, facts: Sequence[FactLike]) -> int:
        count = line.count
        total = 0
        for fact in self._latest(line, facts) if isinstance(count, Stock) and count.latest else facts:
            if self._counts(line, file, fact) is None:
                continue
            if isinstance(count, People) or (isinstance(count, Stock) and count.count == "people"):
                return 1
            adds = isinstance(count, Sum) or (isinstance(count, Stock) and count.count == "total")
            total += int(fact.fields.get(count.field) or 0) if adds else 1  # type: ignore[union-attr]
        return total

    def _counts(self, line: Line, file: File, fact: FactLike) -> date | None:
        day = self._day(line, fact)
        if day is None or not file.place(fact, line, day).startswith(line.place):
            return None
        return day if holds(line.count.where, fact, file, day, line) else None

    def _latest(self, line: Line, facts: Sequence[FactLike]) -> Iterable[FactLike]:
        """Of each owner's entries (the file's, by what `latest_by` says) the last up to the period's end."""
        count = line.count
        assert isinstance(count, Stock)
        newest: dict[Any, FactLike] = {}
        for fact in facts:
            if fact.day <= line.last:
                whose = fact.fields.get(count.latest_by) if count.latest_by else None
                if whose not in newest or fact.day >= newest[whose].day:
                    newest[whose] = fact
        return newest.values()

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
    elif (condition.least, condition.most) != (None, None) and (
        on is None or not _between(on - day, condition)
    ):
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
