"""Published figures side by side: which print stands, which others contradict it, which were replaced. The
reading is that of the indicators (`indicators.measures.Published`): what was entered first and not replaced
is the value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal
from uuid import UUID

from guitu.casefile import Entry

KIND = "published_figure"
State = Literal["stands", "conflict", "replaced"]


@dataclass(frozen=True, slots=True)
class Print:
    """One print: the entry, in whose file it stands, how it stands, and the value that stands instead."""

    entry: Entry
    unit: str
    state: State
    stands: str


def of(entry: Entry) -> tuple[str, str, str]:
    """What a print is a figure of: its series and period."""
    return str(entry.get("series")), str(entry.get("first")), str(entry.get("last"))


def same(one: str, other: str) -> bool:
    """Whether two values are one number."""
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other


def prints(entries: Iterable[tuple[str, Entry]]) -> dict[UUID, Print]:
    """Every print of these, by the entry's id. `entries` are pairs of a unit's code and an entry of its
    file, in the order in which they came in."""
    groups: dict[tuple[str, tuple[str, str, str]], list[Entry]] = {}
    for unit, entry in entries:
        groups.setdefault((unit, of(entry)), []).append(entry)
    found: dict[UUID, Print] = {}
    for (unit, _), some in groups.items():
        some.sort(key=lambda e: e.recorded_at)
        standing: list[Entry] = []
        for entry in some:
            if entry.get("replaces") == "yes":
                standing = []
            standing.append(entry)
        value = str(standing[0].get("value"))
        kept = {e.id for e in standing}
        for entry in some:
            state: State = "stands"
            if entry.id not in kept:
                state = "replaced"
            elif not same(str(entry.get("value")), value):
                state = "conflict"
            found[entry.id] = Print(entry, unit, state, value)
    return found
