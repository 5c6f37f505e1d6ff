"""A centre's classes as they stand: what is taught, who is on which list, what was held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.centre import classes
from guitu.centre.classes import Course, Place, Register, Slot
from guitu.store import engine
from guitu.store.centre.reading import Person, persons, work
from guitu.store.units import Unit

ON_LISTS: Final = "('course_enrolled', 'training_enrolled', 'entry_education_begun')"
"""The kinds by which somebody comes onto a list: the small index `entry_on_list` holds just these rows,
and is used where a query says so in these words."""
EARLIER: Final = timedelta(days=92)
"""So long before the first day of a class somebody may have been put on its list."""


@dataclass(frozen=True)
class Catalogue:
    """A centre's classes and their weekly hours."""

    unit: Unit
    entries: tuple[Entry, ...]

    @cached_property
    def courses(self) -> dict[UUID, Course]:
        """Every class that was ever opened, by id."""
        return classes.courses(self.entries)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The weekly hours, in the order of the week."""
        return classes.slots(self.entries, self.courses)

    def on(self, day: date) -> tuple[Slot, ...]:
        """What is taught on that day, in the order of the day."""
        return tuple(slot for slot in self.slots if slot.on(day))


def catalogue(unit: Unit) -> Catalogue:
    """The classes of a centre, whose own file the reader may read."""
    return Catalogue(unit, work(unit, ("course", "course_slot")))


def registers(unit: Unit, first: date, last: date) -> tuple[Register, ...]:
    """The classes that were held between two days, both included."""
    return tuple(r for r in classes.held(work(unit, ("class_held",), first, last)) if first <= r.day <= last)


def candidates(courses: Iterable[Course]) -> tuple[int, ...]:
    """The numbers of the files in which an entry names one of these classes. Whether it still counts, and
    whether the person has left, the files say."""
    wanted = list(courses)
    if not wanted:
        return ()
    since = min(course.first for course in wanted) - EARLIER
    likes = " OR ".join(["body LIKE %s"] * len(wanted))
    found = engine.rows(
        f"SELECT DISTINCT file FROM store_entry WHERE kind IN {ON_LISTS} AND happened_on >= %s AND ({likes})",
        [since.isoformat(), *(f"%{course.id}%" for course in wanted)],
    )
    return tuple(sorted(row[0] for row in found))


def new_arrivals(unit: Unit, since: date) -> tuple[int, ...]:
    """The numbers of the files under a centre in which entry education began since that day."""
    found = engine.rows(
        f"SELECT DISTINCT e.file FROM store_entry e JOIN store_casestatus s ON s.file = e.file"
        f" WHERE e.kind IN {ON_LISTS} AND e.happened_on >= %s AND e.kind = 'entry_education_begun'"
        f" AND s.{unit.column} = %s",
        [since.isoformat(), unit.no],
    )
    return tuple(sorted(row[0] for row in found))


@dataclass(frozen=True, slots=True)
class Member:
    """One person on a class's list."""

    person: Person
    place: Place

    def absences(self, course: UUID) -> tuple[Entry, ...]:
        """The classes of this course that the person missed, in the order of days."""
        return tuple(
            e
            for _, e in classes.counted(self.person.entries)
            if e.kind == "class_absence" and e.get("course_id") == str(course)
        )


def members(
    course: Course, actor: Actor, now: datetime, on: date | None = None, *, granted: bool = True
) -> tuple[Member, ...]:
    """The people on a class's list, on a day or ever, whom the reader may see, in the order of their
    names."""
    people = persons(candidates([course]), classes.PERSON_KINDS, actor, now, granted=granted)
    found = []
    for one in people:
        mine = [p for p in classes.places(one.entries) if p.course == course.id]
        place = next((p for p in reversed(mine) if on is None or p.on(on)), None)
        if place is not None:
            found.append(Member(one, place))
    return tuple(found)


def shared(course: Course, people: Collection[Member], on: date) -> Mapping[UUID, int]:
    """How many of these people are on the list of each other class that day."""
    counts: dict[UUID, int] = {}
    for member in people:
        for other in {p.course for p in classes.places(member.person.entries) if p.on(on)} - {course.id}:
            counts[other] = counts.get(other, 0) + 1
    return counts
