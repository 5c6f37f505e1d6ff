"""Conditions compiled to steps for the kernel, the parts of an "any" or "all" before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.pathway.sweep.kernel import layout as at
from guitu.policy.model import (
    AllOf,
    AnyOf,
    Bar,
    Clean,
    Compare,
    Condition,
    Count,
    DoneLate,
    Earlier,
    Held,
    LeftLate,
    Overdue,
    Pick,
    PrintedDiffers,
    Recorded,
    Total,
)

Step = tuple[int, ...]

FACTS = {
    "extension_months": at.OP_EXTENDED,
    "ordered_months": at.OP_ORDERED,
    "printed_months": at.OP_PRINTED_MONTHS,
    "printed_longest": at.OP_PRINTED_LONGEST,
}


class Writer(Protocol):
    """What turns picks and words into numbers of the compiled law."""

    def pick(self, pick: Pick) -> int: ...
    def picks(self, picks: tuple[Pick, ...]) -> int: ...
    def put(self, numbers: list[int]) -> int: ...
    def field(self, name: str) -> int: ...
    def excuse(self, of: str) -> int: ...
    def stands_for(self, rule: str) -> int: ...
    def finding(self, name: str) -> int: ...
    def measure(self, name: str) -> int: ...


def needed(word: str, number: int) -> int:
    """The smallest count that a rising counting word accepts."""
    least = {"at_least": number, "more_than": number + 1}.get(word)
    if least is None or least < 1:
        raise unknown(f"{word} {number}")
    return least


def unknown(what: object) -> DeclarationError:
    """A rule word that the kernel has not learnt."""
    said = what if isinstance(what, str) else type(what).__name__
    return DeclarationError(
        Label(f"整体研判还不会“{said}”", f"the sweep does not know how to work out “{said}”")
    )


def of_condition(condition: Condition, write: Writer) -> Iterator[Step]:
    """The steps of a condition."""
    match condition:
        case AnyOf((one,)) | AllOf((one,)):
            yield from of_condition(one, write)
        case AnyOf(of) | AllOf(of):
            for part in of:
                yield from of_condition(part, write)
            yield (at.OP_ANY if isinstance(condition, AnyOf) else at.OP_ALL, len(of))
        case Count():
            yield (
                at.OP_COUNT,
                write.pick(condition.pick),
                needed(condition.word, condition.number),
                write.excuse(condition.unless),
                write.field(condition.field) if condition.field else -1,
            )
        case Total():
            yield (
                at.OP_TOTAL,
                write.pick(condition.pick),
                needed(condition.word, condition.number),
                write.excuse(condition.unless),
                write.field(condition.field),
            )
        case Overdue(rules):
            yield at.OP_OVERDUE, _listed(write, map(write.stands_for, rules))
        case DoneLate(rules):
            yield at.OP_DONE_LATE, _listed(write, map(write.stands_for, rules))
        case Held():
            yield at.OP_HELD, 0
        case LeftLate():
            yield at.OP_LEFT_LATE, 0
        case PrintedDiffers():
            yield at.OP_PRINTED, 0
        case Compare():
            if condition.fact not in FACTS:
                raise unknown(condition.fact)
            yield FACTS[condition.fact], needed(condition.word, condition.number)
        case Recorded():
            yield at.OP_RECORDED, write.pick(condition.pick), condition.look_back
        case Earlier():
            yield (
                at.OP_EARLIER,
                write.measure(condition.measure),
                _listed(write, map(write.finding, condition.found)),
                write.pick(condition.then),
            )
        case Clean():
            word = write.put(
                [
                    write.pick(condition.since) if condition.since is not None else -1,
                    condition.months,
                    _listed(write, map(write.finding, condition.unless)),
                    write.picks(condition.without),
                    write.pick(condition.until),
                ]
            )
            yield at.OP_CLEAN, word
        case _:
            raise unknown(condition)


def of_bar(bar: Bar, write: Writer) -> Iterator[Step]:
    """The steps of a bar."""
    picks = write.picks(bar.entries)
    if bar.after is None:
        yield at.OP_TOO_SOON, picks, bar.months or 0
    else:
        yield from of_condition(bar.after, write)
        yield at.OP_BARRED, picks


def _listed(write: Writer, numbers: Any) -> int:
    found = list(numbers)
    return write.put([len(found), *found])
