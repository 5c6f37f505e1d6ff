"""Rounds of patrol: the checkpoints with their codes, the rounds that are planned, what a round reached and
missed. Times are minutes of the office's day; a round belongs to the day on which it began.

A passing says that a code was opened at that moment by that account. It is no proof that somebody was there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.centre.times import clock, minutes_of
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of what codes are made: nothing that is mistaken for something else when it is read aloud or typed."""
LENGTH: Final = 8
SETUP: Final = frozenset({"checkpoint", "checkpoint_closed"})
PLANS: Final = frozenset({"patrol_plan"})

How = Literal["scanned", "typed"]
Held = Literal["held", "now", "later", "left_out"]


@dataclass(frozen=True, slots=True)
class Point:
    """A checkpoint that hangs somewhere."""

    code: str
    name: str
    place: str
    look: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """Rounds that are due every day at these minutes, give or take `within`, past these checkpoints. `id` is
    the entry that planned them."""

    name: str
    times: tuple[int, ...]
    within: int
    points: tuple[str, ...]
    id: str

    def time_of(self, minute: int) -> int | None:
        """The planned round to which one that begins at that minute belongs; None for one besides."""
        near = [t for t in self.times if abs(t - minute) <= self.within]
        return min(near, key=lambda t: abs(t - minute), default=None)


@dataclass(frozen=True, slots=True)
class Passing:
    """A checkpoint was reached: which, when, and whether its code was scanned or typed."""

    code: str
    at: datetime
    how: How


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned round of a day and whether it was walked."""

    at: int
    state: Held
    walked: Entry | None = None


def code_of(random: bytes) -> str:
    """A new code from at least eight random bytes."""
    return "".join(LETTERS[byte % len(LETTERS)] for byte in random[:LENGTH])


def typed_code(text: str) -> str:
    """A code as it is kept, from how it was typed: width, case, blanks and dashes do not matter."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[^0-9A-Z]", "", plain)[: 2 * LENGTH]


def points(counted: Iterable[Entry]) -> dict[str, Point]:
    """The checkpoints that hang, by code, in the order in which they were set up."""
    some = tuple(counted)
    gone = {str(e.get("to")) for e in some if e.kind == "checkpoint_closed"}
    return {
        (code := str(e.get("code"))): Point(
            code, str(e.get("name")), str(e.get("place") or ""), str(e.get("look") or ""), e
        )
        for e in some
        if e.kind == "checkpoint" and str(e.id) not in gone
    }


def read_times(text: str) -> tuple[int, ...] | Label:
    """The minutes at which rounds begin, in order; or what is wrong with what was typed."""
    words = [w for w in re.split(r"[\s,，、;；]+", unicodedata.normalize("NFKC", text)) if w]
    found = set()
    for word in words:
        minute = minutes_of(word)
        if minute is None or minute >= 24 * 60:
            return Label(f"“{word}”不是时间，例如 07:00", f"“{word}” is no time; write 07:00")
        found.add(minute)
    if not found:
        return Label("至少写一个起巡时间", "Give at least one time")
    return tuple(sorted(found))


def plans(counted: Iterable[Entry], on: date) -> tuple[Plan, ...]:
    """The plans of a unit in force on a day, by name: of each name the latest."""
    last: dict[str, Entry] = {}
    for e in sorted(counted, key=lambda e: (e.happened_on, e.recorded_at)):
        if e.kind == "patrol_plan" and e.happened_on <= on:
            last[str(e.get("name"))] = e
    found = []
    for name, e in last.items():
        times = read_times(str(e.get("times") or ""))
        if e.get("state") != "in_force" or isinstance(times, Label):
            continue
        within = e.get("within")
        found.append(
            Plan(
                name,
                times,
                within if isinstance(within, int) else 15,
                tuple(str(e.get("points") or "").split()),
                str(e.id),
            )
        )
    return tuple(sorted(found, key=lambda plan: plan.name))


def minute_of(moment: datetime) -> int:
    """The minute of the office's day."""
    local = moment.astimezone(CHINA)
    return local.hour * 60 + local.minute


def digits(minute: int) -> int:
    """Four digits for a minute: 1405 for five past two."""
    return minute // 60 * 100 + minute % 60


def minute_of_digits(value: object) -> int | None:
    """The minute that four digits say."""
    if not isinstance(value, int):
        return None
    return value // 100 * 60 + value % 100


def walked(plan: Plan, rounds: Iterable[Entry]) -> dict[tuple[date, int], Entry]:
    """The planned rounds of a plan that were walked, by day and minute."""
    found: dict[tuple[date, int], Entry] = {}
    for e in rounds:
        minute = minute_of_digits(e.get("planned_at"))
        if e.kind == "patrol_round" and e.get("plan") == plan.name and minute is not None:
            found.setdefault((e.happened_on, minute), e)
    return found


def day(plan: Plan, rounds: Iterable[Entry], on: date, today: date, minute: int) -> tuple[Slot, ...]:
    """Each planned round of a day, seen from a minute of today."""
    done = walked(plan, rounds)
    found = []
    for at in plan.times:
        entry = done.get((on, at))
        state: Held
        if entry is not None:
            state = "held"
        elif on > today or (on == today and minute < at - plan.within):
            state = "later"
        elif on == today and minute <= at + plan.within:
            state = "now"
        else:
            state = "left_out"
        found.append(Slot(at, state, entry))
    return tuple(found)


def due_since(plan: Plan, rounds: Iterable[Entry], on: date, at: int) -> int:
    """How many planned rounds were due since the last one walked, this one included: what was left out counts
    with the next. At most a month's; the first one ever is one."""
    before = [key for key in walked(plan, rounds) if key < (on, at)]
    if not before:
        return 1
    last_on, last_at = max(before)
    days = min((on - last_on).days, 31)
    return days * len(plan.times) + sum(t <= at for t in plan.times) - sum(t <= last_at for t in plan.times)


def kept(passings: Iterable[Passing]) -> str:
    """Passings as they stand in an entry: a line each, code, time, how."""
    return "\n".join(f"{m.code} {m.at.astimezone(CHINA):%H:%M:%S} {m.how}" for m in passings)


@dataclass(frozen=True, slots=True)
class Kept:
    """A passing as it is read back from an entry."""

    code: str
    time: str
    how: str


def read_passings(text: object) -> tuple[Kept, ...]:
    """The passings of an entry; lines that are none are left out."""
    parts = (line.split() for line in str(text or "").splitlines())
    return tuple(Kept(*part) for part in parts if len(part) == 3)


def reached(passings: Iterable[Passing]) -> dict[str, Passing]:
    """By code the first passing of each checkpoint."""
    found: dict[str, Passing] = {}
    for passing in sorted(passings, key=lambda m: m.at):
        found.setdefault(passing.code, passing)
    return found


def missed(plan: Plan, passings: Iterable[Passing], hanging: Mapping[str, Point]) -> tuple[Point, ...]:
    """The checkpoints of the plan that hang and were not reached."""
    there = reached(passings)
    return tuple(hanging[code] for code in plan.points if code in hanging and code not in there)


def counts(plan: Plan, passings: Sequence[Passing], hanging: Mapping[str, Point]) -> dict[str, int]:
    """The numbers of a round: on the way, reached, missed, of the reached typed by hand, and its minutes.
    What was reached off the way is not counted."""
    way = [code for code in plan.points if code in hanging]
    there = {code: passing for code, passing in reached(passings).items() if code in way}
    times = sorted(passing.at for passing in passings)
    minutes = int((times[-1] - times[0]).total_seconds() // 60) if times else 0
    return {
        "points": len(way),
        "visited": len(there),
        "missed": len(way) - len(there),
        "typed": sum(passing.how == "typed" for passing in there.values()),
        "minutes": min(minutes, 1000),
    }


def time_words(digit: object) -> str:
    """07:00 for 700."""
    minute = minute_of_digits(digit)
    return clock(minute) if minute is not None else "—"
