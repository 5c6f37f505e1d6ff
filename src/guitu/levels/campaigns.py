"""Campaigns: a name, a first and a last day, and what is to be reached in them.

A target is an indicator with a number that is to be reached at least, or not to be passed. Its figure is that
indicator counted over the campaign's own days: so every figure says which round it is of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced

CAMPAIGN: Final = "campaign"
TARGET: Final = "campaign_target"
KINDS: Final = frozenset({CAMPAIGN, TARGET})

Stage = Literal["ahead", "running", "over"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: the indicator's key, `least` or `most`, the number."""

    entry: Entry
    key: str
    way: Literal["least", "most"]
    number: Decimal

    def reached(self, value: Decimal | int | float | None) -> bool | None:
        """Whether a figure reaches it; None where there is no figure."""
        if value is None:
            return None
        figure = Decimal(str(value))
        return figure >= self.number if self.way == "least" else figure <= self.number


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign of the unit with the code `at`; `id` is that of its first entry."""

    at: str
    id: str
    entry: Entry
    name: str
    first: date
    last: date
    targets: tuple[Target, ...]

    def stage(self, on: date) -> Stage:
        """Before it, in it, or after it."""
        if on < self.first:
            return "ahead"
        return "running" if on <= self.last else "over"


def campaigns(at: str, traced: Traced) -> tuple[Campaign, ...]:
    """The campaigns in one unit's file, the latest first."""
    targets: dict[str, list[Target]] = {}
    for e in traced.counted:
        if e.kind == TARGET:
            made = Target(
                e, str(e.get("indicator") or ""), "most" if e.get("way") == "most" else "least",
                Decimal(str(e.get("number") or 0)),
            )  # fmt: skip
            targets.setdefault(traced.first(e.get("to")), []).append(made)
    found = []
    for e in traced.counted:
        first, last = e.get("first"), e.get("last")
        if e.kind == CAMPAIGN and isinstance(first, date) and isinstance(last, date):
            root = traced.first(e.id)
            name = str(e.get("name") or "")
            found.append(Campaign(at, root, e, name, first, last, tuple(targets.get(root, ()))))
    return tuple(sorted(found, key=lambda c: (c.first, c.name), reverse=True))


def in_period(some: Iterable[Campaign], day: date) -> tuple[Campaign, ...]:
    """Those that a day lies in: whose figures a record of that day belongs to."""
    return tuple(c for c in some if c.first <= day <= c.last)
