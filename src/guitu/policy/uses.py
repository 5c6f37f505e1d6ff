"""What the rules read from entries: kinds, fields and choices, so that the house can check that each is
declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guitu.policy.model import (
    AllOf,
    AnyOf,
    Bar,
    Becomes,
    Before,
    Clean,
    Condition,
    Count,
    Earlier,
    Ended,
    Every,
    FindingWhen,
    Lengthened,
    Paused,
    Pick,
    Recorded,
    RightWithin,
    RunsOn,
    Total,
    Within,
    Word,
)


@dataclass(frozen=True, slots=True)
class Use:
    """A kind that a rule reads; with `field`, one of its fields; with `value`, one choice of that field."""

    kind: str
    field: str = ""
    value: str = ""


def uses(word: Word) -> Iterator[Use]:
    """Everything a rule word reads from entries."""
    match word:
        case Paused() | RunsOn():
            yield Use(word.since)
            yield Use(word.until)
        case Ended() | Becomes():
            yield from _pick(word.by)
            yield from _field(word.by, word.day)
        case Lengthened():
            yield from _pick(word.by)
            yield from _field(word.by, word.months)
        case Within():
            if word.since.pick is not None:
                yield from _pick(word.since.pick)
            if word.since.after:
                yield Use(word.since.after)
            yield from _picks(word.done_by)
            asks = (word.since.pick,) if word.beside and word.since.pick is not None else ()
            for pick in (*word.done_by, *asks) if word.answers else ():
                yield from _field(pick, word.answers)
            yield from _excuse(word.excused_by)
        case RightWithin():
            yield from _picks(tuple(pick for pick in (word.since, word.of) if pick is not None))
        case Before():
            yield from _picks(word.done_by)
        case Every():
            yield from _picks(word.done_by)
            yield from _excuse(word.excused_by)
        case FindingWhen():
            yield from _condition(word.when)
        case Bar():
            yield from _picks(word.entries)
            if word.after is not None:
                yield from _condition(word.after)


def conditions(condition: Condition) -> Iterator[Condition]:
    """A condition and every condition inside it."""
    yield condition
    if isinstance(condition, AnyOf | AllOf):
        for part in condition.of:
            yield from conditions(part)


def conditions_of(word: Word) -> Iterator[Condition]:
    """Every condition of a rule word."""
    if isinstance(word, FindingWhen):
        yield from conditions(word.when)
    elif isinstance(word, Bar) and word.after is not None:
        yield from conditions(word.after)


def _condition(root: Condition) -> Iterator[Use]:
    for condition in conditions(root):
        match condition:
            case Recorded():
                yield from _pick(condition.pick)
            case Count() | Total():
                yield from _pick(condition.pick)
                yield from _field(condition.pick, condition.field)
            case Earlier():
                yield from _pick(condition.then)
            case Clean():
                yield from _picks((*condition.without, condition.until))
                if condition.since is not None:
                    yield from _pick(condition.since)
        if isinstance(condition, Count | Total):
            yield from _excuse(condition.unless)


def _picks(picks: tuple[Pick, ...]) -> Iterator[Use]:
    for pick in picks:
        yield from _pick(pick)


def _pick(pick: Pick) -> Iterator[Use]:
    yield Use(pick.kind)
    for field, values in (*pick.where, *pick.unless):
        for value in sorted(values):
            yield Use(pick.kind, field, value)


def _field(pick: Pick, field: str) -> Iterator[Use]:
    if field:
        yield Use(pick.kind, field)


def _excuse(of: str) -> Iterator[Use]:
    if of:
        yield Use("excuse", "of", of)
        yield Use("excuse", "until")
