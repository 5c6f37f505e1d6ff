"""Where somebody of a brigade is expected when its roll is called, by what the day's records and timetables
say: in a ward apart, at a visit, in class, at work.

Minutes of the day, counted from midnight. Nobody is said to be anywhere without an entry that says so; who is
out of the centre altogether (medical leave, leave, detained, escaped) is `roll.out_of`'s to tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from guitu.casefile.entry import Entry
from guitu.centre import beds, classes, roll, times, work
from guitu.centre.timetable import Slot, now_and_next
from guitu.kernel.labels import Label

BEFORE: Final = 10
AFTER: Final = 60
"""Minutes round the time for which a visit is booked in which somebody may be there."""
READ: Final = roll.READ | work.READ | classes.PERSON_KINDS | {"bed_placed", "visit_booked", "visit"}
"""The kinds that this reads."""
APART: Final[Mapping[str, Label]] = {
    "isolation": Label("隔离病区", "isolation ward"),
    "illness": Label("病残病区", "ward for the ill"),
}
"""The purposes of a ward by which somebody lies apart from the brigade."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One class of the centre on the day in question: the weekly slot, and the class."""

    slot: classes.Slot
    course: classes.Course

    def runs(self, minute: int) -> bool:
        """Whether it is held at that minute."""
        return self.slot.starts <= minute < self.slot.ends

    def has(self, counted: Sequence[Entry], on: date) -> bool:
        """Whether somebody is on its list that day and is not noted as absent from it."""
        course = str(self.course.id)
        at = times.clock(self.slot.starts)
        gone = any(
            e.kind == "class_absence" and e.happened_on == on and e.get("course_id") == course
            and str(e.get("starts") or at) == at
            for e in counted
        )  # fmt: skip
        return not gone and any(p.course == self.course.id and p.on(on) for p in classes.places(counted))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the person's file: what wards are for (by unit and name), the classes of the day,
    and what the brigade does at that minute. `at_work`: the roll is called where the brigade works."""

    wards: Mapping[tuple[str, str], str]
    lessons: Sequence[Lesson]
    slots: Sequence[Slot]
    at_work: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where somebody is, and the kind of the entry that says so: whoever may not see it is told only that it
    is arranged."""

    kind: str
    says: Label


def where(counted: Sequence[Entry], on: date, minute: int, around: Surroundings) -> Elsewhere | None:
    """Where somebody who is in the centre is expected at that minute; None is with the brigade. A visit comes
    before the ward, the ward before class, class before work."""
    for found in (
        _visit(counted, on, minute),
        _ward(counted, around.wards),
        _class(counted, on, minute, around.lessons),
        _work(counted, on, minute, around),
    ):
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that is booked for a day: the minute, and whether it was recorded since, held or not."""

    at: int
    over: bool


def visits(counted: Iterable[Entry], on: date) -> tuple[Visit, ...]:
    """The visits booked for a day, in their order."""
    every = tuple(counted)
    over = {e.get("relation") for e in every if e.kind == "visit" and e.happened_on == on}
    found = [
        Visit(at, e.get("relation") in over)
        for e in every
        if e.kind == "visit_booked" and e.get("on") == on
        and (at := times.minutes_of(e.get("at"))) is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.at))


def _visit(counted: Sequence[Entry], on: date, minute: int) -> Elsewhere | None:
    open_ = (one.at for one in visits(counted, on) if not one.over)
    at = next((at for at in open_ if at - BEFORE <= minute <= at + AFTER), None)
    if at is None:
        return None
    return Elsewhere("visit_booked", Label(f"会见 {times.clock(at)}", f"visit, {times.clock(at)}"))


def _ward(counted: Sequence[Entry], wards: Mapping[tuple[str, str], str]) -> Elsewhere | None:
    place = beds.place(counted)
    label = APART.get(wards.get((place.unit, place.ward), "")) if place is not None else None
    if place is None or label is None:
        return None
    return Elsewhere("bed_placed", Label(f"{label.zh} {place.ward}", f"{label.en}, {place.ward}"))


def _class(counted: Sequence[Entry], on: date, minute: int, lessons: Sequence[Lesson]) -> Elsewhere | None:
    lesson = next((one for one in lessons if one.runs(minute) and one.has(counted, on)), None)
    if lesson is None:
        return None
    title, room = lesson.course.title, lesson.slot.room
    until = times.clock(lesson.slot.ends)
    return Elsewhere(
        lesson.course.enrols,
        Label(f"上课 {title}，{room + '，' if room else ''}到 {until}",
              f"in class, {title}, {room + ', ' if room else ''}until {until}"),
    )  # fmt: skip


def _work(counted: Sequence[Entry], on: date, minute: int, around: Surroundings) -> Elsewhere | None:
    slot, _ = now_and_next(around.slots, minute)
    if around.at_work or slot is None or slot.activity != "work":
        return None
    if not work.hours_on(counted, on, Decimal(1)):
        return None
    words, until = slot.words, times.clock(slot.end)
    return Elsewhere(
        "work_fitness",
        Label(f"劳动{'（' + words + '）' if words else ''}，到 {until}",
              f"at work{' (' + words + ')' if words else ''}, until {until}"),
    )  # fmt: skip


def learners(lesson: Lesson, people: Collection[Sequence[Entry]], on: date) -> int:
    """How many of these people, each with the entries that count, are on the list of that class."""
    return sum(1 for counted in people if lesson.has(counted, on))
