"""Stays in recovery farms and parks: who lives there, what the contract says beside the place's own rules,
and leaving.

The stay is a contract of one's own will (禁毒法 art. 49, 戒毒条例 art. 41) and work is paid by the labour
rules (戒毒条例 art. 42). Which hours and which pay those are differs by place: the place's entry holds them
with what they rest on; where it holds none, nothing is said about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.centre.safety import Traced
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label

KINDS: Final = frozenset({"recovery_place_stay", "recovery_place_left", "recovery_place_pay"})
Fault = Literal[
    "not_voluntary", "not_told", "no_copy", "too_long_a_day", "too_many_days", "under_paid", "no_wage",
    "pay_missing", "past_contract",
]  # fmt: skip

FAULTS: Final[dict[Fault, Label]] = {
    "not_voluntary": Label("不是本人自愿签订协议", "Not by the person's own contract"),
    "not_told": Label("没有告知可以随时离开", "Not told that they are free to leave"),
    "no_copy": Label("协议没有交本人", "The person has no copy of the contract"),
    "too_long_a_day": Label("每天工时超过上限", "More hours a day than allowed"),
    "too_many_days": Label("每周天数超过上限", "More days a week than allowed"),
    "under_paid": Label("报酬低于最低标准", "Paid less than the least pay"),
    "no_wage": Label("协议没有写报酬", "The contract names no wage"),
    "pay_missing": Label("上个月的报酬没有登记", "Last month's pay is not recorded"),
    "past_contract": Label("协议已到期，人还在", "The contract has run out, the person is still there"),
}
"""What is wrong with a stay, in words. A right at risk, every one of them."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay. `id` is that of its first entry, whatever was corrected since. `left_on` is the day the
    person left; None while they live there."""

    id: str
    entry: Entry
    left: Entry | None
    left_on: date | None
    paid: tuple[Entry, ...]

    @property
    def since(self) -> date:
        """The day of moving in."""
        return self.entry.happened_on

    @property
    def place(self) -> str:
        """The id of the place's entry; "" where none is named."""
        return str(self.entry.get("place") or "")

    def there(self, on: date) -> bool:
        """Whether the person lives there on a day; on the day of leaving no more."""
        return self.since <= on and (self.left_on is None or on < self.left_on)


def stays(of_file: Iterable[Entry], on: date) -> tuple[Stay, ...]:
    """A person's stays as of a day, the earliest first. `of_file` are the entries with what was corrected or
    withdrawn."""
    traced = Traced(of_file)
    entries = [e for e in traced.counted if e.kind in KINDS and e.happened_on <= on]
    found = []
    for entry in entries:
        if entry.kind != "recovery_place_stay":
            continue
        key = traced.first(entry.id)
        mine = [e for e in entries if e.get("to") and traced.first(e.get("to")) == key]
        left = next((e for e in mine if e.kind == "recovery_place_left"), None)
        said = entry.get("left_on")
        days = [d for d in (said, left.happened_on if left else None) if isinstance(d, date)]
        found.append(
            Stay(
                key,
                entry,
                left,
                min(days, default=None),
                tuple(e for e in mine if e.kind == "recovery_place_pay"),
            )
        )
    return tuple(sorted(found, key=lambda s: (s.since, s.id)))


def faults(stay: Stay, place: Entry | None, on: date) -> tuple[Fault, ...]:
    """What is wrong with a stay that goes on, in a fixed order. `place` is the place's entry."""
    if not stay.there(on):
        return ()
    said, found = stay.entry, list[Fault]()
    if said.get("voluntary") != "yes":
        found.append("not_voluntary")
    if said.get("told_free") == "no":
        found.append("not_told")
    if said.get("copy_given") == "no":
        found.append("no_copy")
    wage = said.get("wage")
    if wage is None:
        found.append("no_wage")
    if place is not None:
        hours = [_decimal(said.get("hours")), *(_decimal(e.get("most_hours")) for e in stay.paid)]
        if _over(max((h for h in hours if h is not None), default=None), place.get("most_hours")):
            found.append("too_long_a_day")
        if _over(_decimal(said.get("days_a_week")), place.get("most_days")):
            found.append("too_many_days")
        least = _decimal(place.get("least_pay"))
        if least is not None and any(
            amount is not None and amount < least
            for amount in (_decimal(wage), *(_decimal(e.get("amount")) for e in stay.paid if _whole(stay, e)))
        ):
            found.append("under_paid")
    if _unpaid(stay, on):
        found.append("pay_missing")
    until = said.get("until")
    if isinstance(until, date) and until < on:
        found.append("past_contract")
    return tuple(found)


def _unpaid(stay: Stay, on: date) -> bool:
    """Whether the last whole month of the stay has no pay recorded. A month is waited for until the next is
    half over: wages are paid after the month."""
    month = add_months(on.replace(day=1), -1 if on.day > 15 else -2)
    if stay.since > month:
        return False
    return not any(_month(e) == month for e in stay.paid)


def _month(entry: Entry) -> date | None:
    month = entry.get("month")
    return month.replace(day=1) if isinstance(month, date) else None


def _whole(stay: Stay, paid: Entry) -> bool:
    """Whether the pay is of a month that the person spent there whole."""
    month = _month(paid)
    if month is None or stay.since > month:
        return False
    return stay.left_on is None or stay.left_on > add_months(month, 1) - timedelta(days=1)


def _over(said: Decimal | None, most: object) -> bool:
    limit = _decimal(most)
    return said is not None and limit is not None and said > limit


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | str) and str(value) else None


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its entry (`id` as of a stay), its beds, who lives there now and how many came and left
    since a day."""

    id: str
    entry: Entry
    beds: int
    there: int
    came: int
    left: int

    @property
    def free(self) -> int:
        """Beds that are free; never below nothing."""
        return max(0, self.beds - self.there)

    @property
    def full(self) -> bool:
        """Whether more people live there than it has room for."""
        return self.there > self.beds


def places(registered: Traced, every: Iterable[Stay], since: date, on: date) -> tuple[Place, ...]:
    """The places in use on a day, with those who live there and who came and left since `since`."""
    some = list(every)
    found = []
    for entry in registered.counted:
        until = entry.get("until")
        if entry.kind != "recovery_place" or entry.happened_on > on:
            continue
        key = registered.first(entry.id)
        mine = [s for s in some if s.place and registered.first(s.place) == key]
        there = sum(s.there(on) for s in mine)
        if isinstance(until, date) and until < on and not there:
            continue
        found.append(
            Place(
                key,
                entry,
                int(str(entry.get("beds") or 0)),
                there,
                sum(since <= s.since <= on for s in mine),
                sum(s.left_on is not None and since <= s.left_on <= on for s in mine),
            )
        )
    return tuple(found)
