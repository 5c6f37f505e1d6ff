"""Answers that make an entry of a kind count: worked out from the kind's declaration and a condition.

A condition is taken at its word: the fewest answers that fulfil it, the other required ones as ordinary as
can be. What the same person must have besides (`Exists`) comes out as companions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guitu.casefile import Ask, Kind, Value
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
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

_TEXT: Final = "示例"


class NoAnswer(GuituError):
    """No entry that could be made fulfils a condition."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Another entry of the same person that must be there. `least` and `most` bound the days after the first
    one; None bounds nothing."""

    of: str
    where: Condition | None
    least: int | None
    most: int | None
    in_period: bool


@dataclass(slots=True)
class Wanted:
    """What a condition asks of one entry: answers, questions to be left empty, numbers' bounds, days between
    two columns, and companions."""

    kind: str
    answers: dict[str, Value] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    barred: dict[str, set[Value]] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    apart: list[tuple[str, str, int]] = field(default_factory=list)
    companions: list[Companion] = field(default_factory=list)
    without: list[Companion] = field(default_factory=list)


def wanted(kind: str, condition: Condition | None) -> Wanted:
    """What the condition asks of an entry of that kind."""
    asked = Wanted(kind)
    if condition is not None:
        _take(asked, condition, holds=True)
    return asked


def _take(asked: Wanted, condition: Condition, *, holds: bool) -> None:
    match condition:
        case Is(field=name, values=values):
            if holds:
                free = [v for v in values if v not in asked.barred.get(name, ())]
                if name in asked.answers:
                    free = [v for v in free if v == asked.answers[name]]
                if not free:
                    raise _nothing(asked.kind, name)
                asked.answers[name] = free[0]
            else:
                asked.barred.setdefault(name, set()).update(values)
                if asked.answers.get(name) in values:
                    raise _nothing(asked.kind, name)
        case AtLeast(field=name, value=value):
            _bound(asked, name, *((value, None) if holds else (None, value - 1)))
        case MoreThan(field=name, value=value):
            _bound(asked, name, *((value + 1, None) if holds else (None, value)))
        case AtMost(field=name, value=value):
            _bound(asked, name, *((None, value) if holds else (value + 1, None)))
        case LessThan(field=name, value=value):
            _bound(asked, name, *((None, value - 1) if holds else (value, None)))
        case Missing(field=name):
            (asked.empty if holds else asked.present).add(name)
        case Present(field=name):
            (asked.present if holds else asked.empty).add(name)
        case Within(start=start, end=end):
            if holds:
                asked.apart.append((start, end, condition.least or 0))
            else:
                asked.empty.add(end if end != "day" else start)
        case All(parts=parts):
            for part in parts if holds else parts[:1]:
                _take(asked, part, holds=holds)
        case Any_(parts=parts):
            for part in parts[:1] if holds else parts:
                _take(asked, part, holds=holds)
        case Not(part=part):
            _take(asked, part, holds=not holds)
        case Exists():
            other = Companion(
                condition.of, condition.where, condition.least, condition.most, condition.in_period
            )
            (asked.companions if holds else asked.without).append(other)


def _bound(asked: Wanted, name: str, least: int | None, most: int | None) -> None:
    asked.present.add(name)
    if least is not None:
        asked.least[name] = max(least, asked.least.get(name, least))
    if most is not None:
        asked.most[name] = min(most, asked.most.get(name, most))


def fields(
    kind: Kind, asked: Wanted, day: date, unit: str, also: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """The answers of one entry: those asked for, then the required ones. `also` are numbers and words that
    the figure itself settles (a sum's part)."""
    made: dict[str, Value] = {**asked.answers, **(also or {})}
    for ask in kind.fields:
        if ask.name in made or ask.name in asked.empty:
            continue
        if ask.name in asked.present or (ask.required and ask.applies(made)):
            made[ask.name] = _ordinary(ask, asked, day, unit)
    for start, end, days in asked.apart:
        if end != "day":
            begins = day if start == "day" else made.get(start)
            made[end] = (begins if isinstance(begins, date) else day) + timedelta(days=days)
        else:
            made[start] = day - timedelta(days=days)
    return {name: made[name] for name in sorted(made)}


def _ordinary(ask: Ask, asked: Wanted, day: date, unit: str) -> Value:
    match ask.type:
        case "choice":
            barred = asked.barred.get(ask.name, set())
            free = [choice.value for choice in ask.choices if choice.value not in barred]
            if not free:
                raise _nothing(asked.kind, ask.name)
            return free[0]
        case "whole" | "decimal":
            low = max(asked.least.get(ask.name, ask.least or 0), ask.least or 0)
            if low > asked.most.get(ask.name, low):
                raise _nothing(asked.kind, ask.name)
            return low if ask.type == "whole" else str(low)
        case "day":
            return day
        case "unit":
            return unit
        case "phone":
            return "19800000000"
        case _:
            return _TEXT


def bounds(ask: Ask, asked: Wanted) -> tuple[int, int | None]:
    """The least and the most that a number asked for may be."""
    least = max(ask.least or 0, asked.least.get(ask.name, 0))
    tops = [top for top in (ask.most, asked.most.get(ask.name)) if top is not None]
    return least, min(tops) if tops else None


def _nothing(kind: str, name: str) -> NoAnswer:
    return NoAnswer(
        Label(f"没有哪个回答能满足 {kind}.{name} 的条件", f"no answer to {kind}.{name} fulfils the condition")
    )


def fulfils(kind: Kind, asked: Wanted, other: Condition | None, judge: Sequence[object] = ()) -> bool:
    """Whether an entry made for one condition is counted by another: its own answers are what matters."""
    from guitu.simulate.targets.rows import File, Line, holds

    day = date(2000, 1, 1)
    fact = _Made(kind.name, day, "", fields(kind, asked, day, ""))
    companions = [_of(c, day) for c in asked.companions]
    from guitu.indicators.measures import Events

    line = Line(Events(of=kind.name), "", day, day, 0)
    return holds(other, fact, File([fact, *companions]), day, line)


@dataclass(frozen=True, slots=True)
class _Made:
    kind: str
    day: date
    unit: str
    fields: Mapping[str, Value]


def _of(companion: Companion, day: date) -> _Made:
    answers = wanted(companion.of, companion.where).answers
    offset = companion.least or 0
    if companion.most is not None and offset > companion.most:
        offset = companion.most
    return _Made(companion.of, day + timedelta(days=offset), "", answers)
