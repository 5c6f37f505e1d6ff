"""Which entries say who answers for a person. Known to whoever works it out for one file or for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from guitu.casefile import Entry

PLACED_BY: Final = {
    "responsible_unit": "unit",
    "change_of_place": "to_unit",
    "admission": "centre",
    "transfer": "centre",
}
"""Kinds that name who answers for the person from that day on, and the field that names the unit."""

SENT: Final = "handover_sent"
ACCEPTED: Final = "handover_accepted"
REFUSED: Final = "handover_refused"
PLACING: Final = frozenset({*PLACED_BY, SENT, ACCEPTED, REFUSED})
"""All of them."""
BY_RECEIVER: Final = frozenset({"handover_opened", ACCEPTED, REFUSED})
"""What only the unit records to which the file was sent, before it has accepted it."""

U = TypeVar("U")
Moved = tuple[date, U | None, str, U | None]
"""A day, the unit of the office that wrote, the kind, and the unit that is named."""


def named(entry: Entry) -> str:
    """The code of the unit that an entry names, where it does."""
    field = "to_unit" if entry.kind == SENT else PLACED_BY.get(entry.kind)
    return str(entry.get(field) or "") if field else ""


def homes(counted: Iterable[Moved[U]]) -> Iterator[tuple[date, U | None]]:
    """Who answers from which day on, in the order in which the entries count: first the unit that wrote
    the first entry, then whoever is named, or accepts what was sent to it. Entries of other kinds may be
    left out but for the first."""
    now: U | None = None
    waiting: U | None = None
    first = True
    for day, wrote, kind, unit in counted:
        before = now
        if first:
            now = wrote
        if kind == SENT:
            waiting = unit
        elif kind == ACCEPTED:
            if waiting is not None and waiting != now:
                now, waiting = waiting, None
        elif kind == REFUSED:
            waiting = None
        elif kind in PLACED_BY and unit is not None:
            if unit != now:
                waiting = None
            now = unit
        if first or now != before:
            yield day, now
        first = False
