"""Classes of a centre: what is taught when and where, who is on the list, and what cannot be at the same
time.

Worked out from the entries of the centre's own file (`course`, `course_slot`) and of persons' files
(`course_enrolled`, `training_enrolled`, `course_left`, `class_absence`). Times are minutes of the day;
weekdays count from Monday, 0. An entry that was corrected keeps the id of the first: it is by that that
others name it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.centre.times import clock, minutes_of
from guitu.kernel.labels import Label

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNIT_KINDS: Final = frozenset({"course", "course_slot", "class_held", "void"})
PERSON_KINDS: Final = frozenset(
    {
        "course_enrolled",
        "training_enrolled",
        "course_left",
        "class_absence",
        "course_exam",
        "training_exam",
        "training_certificate",
        "entry_education_begun",
        "entry_education_done",
        "literacy_level",
        "void",
    }
)
TRAINING: Final[Mapping[str, str]] = {"vocational": "vocational", "school": "school"}
"""The sorts of class whose people count as trained, with their word in the kinds of training: an enrolment in
one of them is `training_enrolled`, in any other `course_enrolled`. Nobody is counted as trained for a
law class."""
MINUTES_OF_AN_HOUR: Final = 45
"""A class hour (学时), as schools count it; a site that counts otherwise says so in the hours of its
course."""


@dataclass(frozen=True, slots=True)
class Course:
    """One class. `last` is its last day, None while it is open-ended."""

    id: UUID
    title: str
    sort: str
    first: date
    last: date | None = None
    hours: int | None = None
    capacity: int | None = None
    teacher: str = ""
    school: str = ""
    room: str = ""

    def runs(self, on: date) -> bool:
        """Whether the class runs on that day."""
        return self.first <= on and (self.last is None or on <= self.last)

    @property
    def enrols(self) -> str:
        """The kind by which somebody comes onto its list."""
        return "training_enrolled" if self.sort in TRAINING else "course_enrolled"

    @property
    def examines(self) -> str:
        """The kind of its examinations."""
        return "training_exam" if self.sort in TRAINING else "course_exam"


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a class meets each week, from `first` on."""

    id: UUID
    course: UUID
    weekday: int
    starts: int
    ends: int
    first: date
    last: date | None = None
    room: str = ""
    teacher: str = ""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.ends - self.starts

    def on(self, day: date) -> bool:
        """Whether it meets on that day."""
        return day.weekday() == self.weekday and self.first <= day and (self.last is None or day <= self.last)


def counted(entries: Iterable[Entry]) -> tuple[tuple[UUID, Entry], ...]:
    """The entries that count, each with the id of the first of its corrections."""
    every = tuple(entries)
    by_id = {entry.id: entry for entry in every}
    if not every:
        return ()
    return tuple((_root(entry, by_id), entry) for entry in CaseFile(every[0].file, every).counted())


def _root(entry: Entry, by_id: Mapping[UUID, Entry]) -> UUID:
    seen = {entry.id}
    while entry.corrects is not None and entry.corrects in by_id and entry.corrects not in seen:
        entry = by_id[entry.corrects]
        seen.add(entry.id)
    return entry.id


def courses(entries: Iterable[Entry]) -> dict[UUID, Course]:
    """The classes of a centre's file, by id: that of the first entry, or the one it was brought with."""
    found = {}
    for root, e in counted(entries):
        if e.kind == "course":
            course = _course(_uuid(e.get("course_id")) or root, e)
            found[course.id] = course
    return found


def _course(identifier: UUID, e: Entry) -> Course:
    return Course(
        identifier,
        _text(e, "title"),
        _text(e, "sort"),
        _day(e, "first") or e.happened_on,
        _day(e, "until"),
        _number(e, "hours"),
        _number(e, "capacity"),
        _text(e, "teacher"),
        _text(e, "school"),
        _text(e, "room"),
    )


def standing(entries: Iterable[Entry], course: UUID) -> Entry | None:
    """The entry that a class stands on now."""
    return next(
        (
            e
            for root, e in counted(entries)
            if e.kind == "course" and course in (root, _uuid(e.get("course_id")))
        ),
        None,
    )


def slots(entries: Iterable[Entry], known: Mapping[UUID, Course]) -> tuple[Slot, ...]:
    """The weekly hours of these classes, in the order of the week. A slot without a room or a teacher has the
    class's; what cannot be read is left out."""
    found = []
    for root, entry in counted(entries):
        if entry.kind != "course_slot":
            continue
        course = known.get(_uuid(entry.get("course_id")) or root)
        starts, ends = minutes_of(entry.get("starts")), minutes_of(entry.get("ends"))
        weekday = _text(entry, "weekday")
        if course is None or starts is None or ends is None or weekday not in WEEKDAYS or ends <= starts:
            continue
        last = _earlier(_day(entry, "until"), course.last)
        found.append(
            Slot(
                root,
                course.id,
                WEEKDAYS.index(weekday),
                starts,
                ends,
                max(_day(entry, "since") or entry.happened_on, course.first),
                last,
                _text(entry, "room") or course.room,
                _text(entry, "teacher") or course.teacher,
            )
        )
    return tuple(sorted(found, key=lambda s: (s.weekday, s.starts, s.ends, str(s.id))))


def clashes(
    new: Slot,
    others: Iterable[Slot],
    known: Mapping[UUID, Course],
    shared: Mapping[UUID, int] | None = None,
) -> tuple[Label, ...]:
    """Why this slot cannot be: the room is taken, the teacher is elsewhere, the class meets already, or
    people on its list would be in two places. `shared` is how many people each other class has in common
    with it."""
    told: list[Label] = []
    for other in others:
        if other.id == new.id or not _meet(new, other):
            continue
        name = known[other.course].title
        when = f"{clock(other.starts)}–{clock(other.ends)}"
        if other.course == new.course:
            told.append(Label(f"这个班 {when} 已有课", f"this class already meets at {when}"))
            continue
        if new.room and _same(new.room, other.room):
            told.append(
                Label(f"{new.room} {when} 已安排“{name}”", f"{new.room} is taken at {when} by “{name}”")
            )
        if new.teacher and _same(new.teacher, other.teacher):
            told.append(
                Label(f"{new.teacher} {when} 要上“{name}”", f"{new.teacher} teaches “{name}” at {when}")
            )
        if n := (shared or {}).get(other.course, 0):
            told.append(
                Label(f"本班 {n} 人 {when} 在“{name}”上课", f"{n} of this class are in “{name}” at {when}")
            )
    return tuple(told)


def _meet(one: Slot, other: Slot) -> bool:
    """Whether both are held at the same time in some week."""
    if one.weekday != other.weekday or one.starts >= other.ends or other.starts >= one.ends:
        return False
    first = max(one.first, other.first)
    last = _earlier(one.last, other.last)
    if last is None:
        return True
    meets = first + timedelta(days=(one.weekday - first.weekday()) % 7)
    return meets <= last


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one).strip() == unicodedata.normalize("NFKC", other).strip()


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place on a class's list."""

    course: UUID
    first: date
    last: date | None = None
    why: str = ""

    def on(self, day: date) -> bool:
        """Whether the person is on the list that day."""
        return self.first <= day and (self.last is None or day <= self.last)


def places(entries: Iterable[Entry]) -> tuple[Place, ...]:
    """Every place that one person had, in the order of days. Leaving counts for the place that was held."""
    found: list[Place] = []
    for _, entry in counted(entries):
        course = _uuid(entry.get("course_id"))
        if course is None:
            continue
        if entry.kind in ("course_enrolled", "training_enrolled"):
            found.append(Place(course, entry.happened_on))
        elif entry.kind == "course_left":
            for n, place in enumerate(found):
                if place.course == course and place.on(entry.happened_on):
                    found[n] = Place(course, place.first, entry.happened_on, _text(entry, "why"))
    return tuple(found)


REASONS: Final = ("ill", "care", "visit", "leave", "other", "unexcused")
"""Why somebody was not there, as 1 to 6 on the keyboard."""
EXCUSED: Final = frozenset(REASONS) - {"unexcused"}
MOST_TYPED: Final = 2000


def marks(typed: str, people: int) -> tuple[dict[int, str], tuple[Label, ...]]:
    """Who was absent and why, from numbers on the list as they are typed: `3=1 7=6`, with 1 to 6 for the
    reasons. A sentence for each that cannot be so. No reason is ever taken for granted."""
    found: dict[int, str] = {}
    faults: list[Label] = []
    for word in (
        unicodedata.normalize("NFKC", typed[:MOST_TYPED]).replace(",", " ").replace("、", " ").split()
    ):
        read = re.fullmatch(r"(\d{1,4})(?:[=.\-](\d))?", word)
        if read is None:
            faults.append(Label(f"“{word}”看不懂，请写成 3=1", f"“{word}” is not clear; write 3=1"))
        elif not 1 <= int(read[1]) <= people:
            faults.append(
                Label(
                    f"没有第 {read[1]} 号，名单到 {people} 号",
                    f"there is no number {read[1]}; the list ends at {people}",
                )
            )
        elif read[2] is None or not 1 <= int(read[2]) <= len(REASONS):
            faults.append(
                Label(
                    f"第 {read[1]} 号缺课的原因没有写，请写 1 到 {len(REASONS)}",
                    f"why number {read[1]} was absent is not said: write 1 to {len(REASONS)}",
                )
            )
        else:
            found[int(read[1])] = REASONS[int(read[2]) - 1]
    return found, tuple(faults)


@dataclass(frozen=True, slots=True)
class Register:
    """One class that was held. `entry` is the entry that counts."""

    id: UUID
    entry: Entry
    course: UUID
    day: date
    starts: str
    minutes: int
    enrolled: int
    present: int
    excused: int
    unexcused: int


def held(entries: Iterable[Entry]) -> tuple[Register, ...]:
    """The classes that were held, in the order of days."""
    return tuple(
        Register(
            root,
            e,
            course,
            e.happened_on,
            _text(e, "starts"),
            _number(e, "minutes") or 0,
            _number(e, "enrolled") or 0,
            _number(e, "present") or 0,
            _number(e, "excused") or 0,
            _number(e, "unexcused") or 0,
        )
        for root, e in counted(entries)
        if e.kind == "class_held" and (course := _uuid(e.get("course_id"))) is not None
    )


def taught(registers: Sequence[Register]) -> int:
    """Class hours that were held: minutes in whole hours of 45."""
    return sum(one.minutes for one in registers) // MINUTES_OF_AN_HOUR


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _number(entry: Entry, name: str) -> int | None:
    value = entry.get(name)
    return value if isinstance(value, int) else None


def _day(entry: Entry, name: str) -> date | None:
    value = entry.get(name)
    return value if isinstance(value, date) else None


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days, of which either may be open."""
    return min(one, other) if one is not None and other is not None else one or other
