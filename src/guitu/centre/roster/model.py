"""What a roster is asked for, in days counted from its first (0, 1, …) and in minutes.

A cell is one person on one day: off, or one shift at one post. Everything is frozen; ids are plain words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from guitu.centre.roster.closed import Closed
from guitu.kernel.labels import Label

OFF: Final = "-"
"""A day off, where the shift of a day stands."""


class Slot(NamedTuple):
    """What somebody does on a day: this shift at this post."""

    post: str
    shift: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift: when it begins (minutes after midnight), how long it lasts, whether it is a night."""

    code: str
    label: Label
    start: int
    minutes: int
    night: bool = False

    @property
    def end(self) -> int:
        """When it ends, in minutes after the midnight it began on; may be the next day."""
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class Post:
    """A place that must be held. `sex` and `skill` are asked of everybody who holds it ("" asks nothing):
    a women's ward is held by women. `brigades` may hold it; empty means everybody may."""

    code: str
    label: Label
    sex: str = ""
    skill: str = ""
    brigades: frozenset[str] = frozenset()

    def may(self, person: Person) -> bool:
        """Whether this person may hold the post at all."""
        return (
            self.sex in ("", person.sex)
            and (not self.skill or self.skill in person.skills)
            and (not self.brigades or person.brigade in self.brigades)
        )


@dataclass(frozen=True, slots=True)
class Demand:
    """How many hold a post on a day in a shift. Fewer than `heads` is a gap; more than `most` is a breach.
    `skilled` of them have that skill. With `under` (and `over`) the number is a wish: each head too few (too
    many) costs as much, and nothing is a breach."""

    post: str
    day: int
    shift: str
    heads: int
    most: int | None = None
    skilled: tuple[tuple[str, int], ...] = ()
    under: int | None = None
    over: int | None = None

    @property
    def hard(self) -> bool:
        """Whether it must be met."""
        return self.under is None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like on a day: this shift (any, if ""), or not to have it. `weight` is what it
    costs to go against it."""

    day: int
    shift: str = ""
    on: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person's contract says instead of, or beyond, the rules of the house. None: nothing."""

    most_minutes: int | None = None
    least_minutes: int | None = None
    most_row: int | None = None
    least_row: int | None = None
    least_off_row: int | None = None
    most_nights: int | None = None
    most_weekends: int | None = None
    most_of: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be put on duty. `before` are the shifts of the days before the roster, yesterday last
    (OFF for a day off). `batch` is None where the roster chooses it. `stays` are days of closed duty outside
    the turn of the batch, first and last. The sums carry what was served before: fairness looks at them."""

    id: str
    name: str
    sex: str
    brigade: str = ""
    skills: frozenset[str] = frozenset()
    batch: int | None = None
    leave: frozenset[int] = frozenset()
    wishes: tuple[Wish, ...] = ()
    limits: Limits = Limits()
    before: tuple[str, ...] = ()
    stays: tuple[tuple[int, int], ...] = ()
    closed_row: int = 0
    closed_sum: int = 0
    nights_before: int = 0
    weekends_before: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """What the things that are not breaches cost: a night, a weekend day, a shift beyond or below one's fair
    share; `wish` multiplies each wish's own weight."""

    night: int = 3
    weekend: int = 2
    load: int = 1
    wish: int = 2


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the house. None leaves a rule out. In a row and in all are kept apart: `most_days_row` and
    `most_nights_row` count days one after the other, `most_minutes_week` and `most_minutes_period` add up.
    `days_off` is (how many, in how many days). `forward` lets the next day's shift begin no earlier than
    this day's. `forbidden` are shifts that may not follow one another day by day (OFF is a day off)."""

    rest: int | None = 11 * 60
    most_days_row: int | None = 6
    most_nights_row: int | None = 3
    most_minutes_week: int | None = 48 * 60
    most_minutes_period: int | None = None
    period: int = 28
    days_off: tuple[int, int] | None = None
    forward: bool = False
    forbidden: tuple[tuple[str, ...], ...] = ()
    least_row: int | None = None
    least_off_row: int | None = None
    closed: Closed | None = None
    weights: Weights = Weights()


@dataclass(frozen=True)
class Problem:
    """What is asked for: the first day, how many, who, where, when, by which rules."""

    first: date
    days: int
    shifts: tuple[Shift, ...]
    posts: tuple[Post, ...]
    people: tuple[Person, ...]
    demand: tuple[Demand, ...]
    rules: Rules = Rules()
    name: str = ""

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """The shifts by code."""
        return {s.code: s for s in self.shifts}

    @cached_property
    def post(self) -> Mapping[str, Post]:
        """The posts by code."""
        return {p.code: p for p in self.posts}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """The people by id."""
        return {p.id: p for p in self.people}

    def day(self, number: int) -> date:
        """The date of a day."""
        return self.first + timedelta(days=number)

    def weekend(self, number: int) -> bool:
        """Whether the day is a Saturday or a Sunday."""
        return self.day(number).weekday() >= 5


@dataclass(frozen=True, slots=True)
class Roster:
    """Who does what: the cells that are not off, and the batch of everybody where the roster chose it."""

    cells: Mapping[tuple[str, int], Slot] = field(default_factory=dict)
    batches: Mapping[str, int] = field(default_factory=dict)

    def shift(self, person: str, day: int) -> str:
        """The shift of a person on a day; OFF for a day off."""
        slot = self.cells.get((person, day))
        return slot.shift if slot else OFF

    def batch(self, person: Person) -> int | None:
        """The batch of a person: their own, else the one the roster chose."""
        return person.batch if person.batch is not None else self.batches.get(person.id)
