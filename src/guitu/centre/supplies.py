"""What is in store, how much of it is used a day, and how long it lasts at that.

Use is what went out in the last `WINDOW` days, and what a count found missing: it was used without being
written down. Amounts are kept as their digits and added exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.traced import own_id
from guitu.centre.classes import counted
from guitu.kernel.days import days_between

SUPPLY: Final = "epidemic_supply"
MOVED: Final = "supply_moved"
KINDS: Final = frozenset({SUPPLY, MOVED})
WINDOW: Final = 28
"""Days over which use is measured; fewer where the first movement is younger."""

State = Literal["out", "short", "enough", "unknown", "below_nothing"]


@dataclass(frozen=True, slots=True)
class Move:
    """One movement, and what there was after it."""

    entry: Entry
    after: Decimal
    missing: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Supply:
    """One kind of thing. `lasts` are the days it lasts at present use, None where nothing is used;
    `keep_days` for how many the office wants it to last."""

    id: UUID
    name: str
    measure: str
    keep_days: int | None
    dropped: bool
    moves: tuple[Move, ...]
    a_day: Decimal
    entry: Entry

    @property
    def stock(self) -> Decimal:
        """What there is."""
        return self.moves[-1].after if self.moves else Decimal(0)

    @property
    def lasts(self) -> int | None:
        """The whole days it lasts at present use."""
        return int(max(self.stock, Decimal(0)) / self.a_day) if self.a_day else None

    @property
    def state(self) -> State:
        """Whether there is enough: more went out than came in, nothing there, too few days, enough."""
        if not self.moves:
            return "unknown"
        if self.stock < 0:
            return "below_nothing"
        if self.stock == 0:
            return "out"
        if self.keep_days is not None and self.lasts is not None and self.lasts < self.keep_days:
            return "short"
        return "enough"

    @property
    def lacking(self) -> bool:
        """Whether somebody has to see to it."""
        return self.state in ("out", "short", "below_nothing")


def supplies(entries: Iterable[Entry], on: date) -> tuple[Supply, ...]:
    """Every supply of a centre's file, with what moved up to that day; those lacking first, then by name.
    `entries` may hold corrected ones: a supply goes by the id of its first entry."""
    every = tuple(entries)
    place = {entry.id: n for n, entry in enumerate(every)}  # of two at the same moment the later written
    moved: dict[str, list[Entry]] = defaultdict(list)
    kept: list[tuple[UUID, Entry]] = []
    for root, entry in counted(every):
        if entry.kind == SUPPLY:
            kept.append((own_id(root, entry), entry))
        elif entry.kind == MOVED and entry.happened_on <= on:
            moved[str(entry.get("supply"))].append(entry)
    for some in moved.values():
        some.sort(key=lambda e: (e.happened_on, e.recorded_at, place[e.id]))
    found = [_supply(root, entry, moved.get(str(root), []), on) for root, entry in kept]
    return tuple(sorted(found, key=lambda s: (s.dropped, not s.lacking, s.name)))


def _supply(root: UUID, entry: Entry, ordered: list[Entry], on: date) -> Supply:
    moves: list[Move] = []
    stock, used = Decimal(0), Decimal(0)
    since = on - timedelta(days=WINDOW - 1)
    for one in ordered:
        amount, missing = Decimal(str(one.get("amount") or 0)), Decimal(0)
        match one.get("way"):
            case "in":
                stock += amount
            case "out":
                stock -= amount
                used += amount if one.happened_on >= since else 0
            case _:
                missing = max(stock - amount, Decimal(0)) if moves else Decimal(0)
                used += missing if one.happened_on >= since else 0
                stock = amount
        moves.append(Move(one, stock, missing))
    first = max(since, ordered[0].happened_on) if ordered else on
    keep = entry.get("keep_days")
    return Supply(
        root,
        str(entry.get("name") or ""),
        str(entry.get("measure") or ""),
        keep if isinstance(keep, int) else None,
        entry.get("dropped") == "yes",
        tuple(moves),
        used / (days_between(first, on) + 1),
        entry,
    )
