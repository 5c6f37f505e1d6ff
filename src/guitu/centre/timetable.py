"""The timetable of a brigade's day: lines as they are typed, read into slots; what they add up to.

Minutes of the day, counted from midnight. A slot that ends at or before its start goes on past midnight.
What cannot be read is said line by line. Source: 一日生活规范 as `domain/model.md` C.6 describes it; its
classes of activity are ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.casefile.entry import Entry
from guitu.centre.times import DAY, clock, minutes_of
from guitu.kernel.labels import Label

DaySort = Literal["working", "rest", "holiday"]
SORTS: Final[dict[DaySort, Label]] = {
    "working": Label("工作日", "Working day"),
    "rest": Label("休息日", "Day of rest"),
    "holiday": Label("法定节假日", "Statutory holiday"),
}
FIELD_OF: Final[dict[DaySort, str]] = {"working": "workdays", "rest": "rest_days", "holiday": "holidays"}

ACTIVITIES: Final[dict[str, Label]] = {
    "rest": Label("休息", "Rest"),
    "meals": Label("用餐", "Meals"),
    "tidy": Label("内务", "Tidying"),
    "roll": Label("点名", "Roll"),
    "education": Label("教育", "Education"),
    "work": Label("劳动", "Work"),
    "training": Label("康复训练", "Training"),
    "treatment": Label("治疗", "Treatment"),
    "free": Label("自由活动", "Free time"),
}
"""The classes of activity, in the order in which sums are shown."""
_BY_WORD: Final = {
    word.lower(): name for name, label in ACTIVITIES.items() for word in (name, label.zh, label.en)
} | {"训练": "training", "就餐": "meals", "学习": "education", "睡觉": "rest", "就寝": "rest", "自由": "free"}

MOST_LINES: Final = 60
_LINE: Final = re.compile(
    r"(\d{1,2}):?(\d{2})\s*(?:-|－|–|—|～|~|至|到|\s)\s*(\d{1,2}):?(\d{2})\s+(\S+)\s*(.*)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """From `start` to `end` (minutes of the day), one activity; `words` say what."""

    start: int
    end: int
    activity: str
    words: str = ""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start if self.end > self.start else DAY - self.start + self.end

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """The stretches of one day that it takes up."""
        if self.end > self.start:
            return ((self.start, self.end),)
        return ((self.start, DAY), (0, self.end)) if self.end else ((self.start, DAY),)

    @property
    def line(self) -> str:
        """The line as it is kept."""
        return f"{clock(self.start)}-{clock(self.end)} {self.activity} {self.words}".strip()


def read(text: str) -> tuple[tuple[Slot, ...], tuple[Label, ...]]:
    """The slots of one day in order, and a sentence for each line that is wrong: unreadable, of no known
    activity, or at a time that another line has already."""
    slots: list[Slot] = []
    faults: list[Label] = []
    lines = [line for line in unicodedata.normalize("NFKC", text).splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return (), (
            Label(f"最多 {MOST_LINES} 行，现有 {len(lines)} 行", f"{len(lines)} lines; {MOST_LINES} at most"),
        )
    for n, line in enumerate(lines, 1):
        slot = _slot(line.strip(), n)
        if isinstance(slot, Label):
            faults.append(slot)
            continue
        clash = next((other for other in slots if _meet(other, slot)), None)
        if clash is not None:
            faults.append(
                Label(
                    f"第 {n} 行“{line.strip()}”与 {clock(clash.start)}-{clock(clash.end)} 重叠",
                    f"line {n}, “{line.strip()}”, overlaps {clock(clash.start)}-{clock(clash.end)}",
                )
            )
            continue
        slots.append(slot)
    return tuple(sorted(slots, key=lambda s: s.start)), tuple(faults)


def _slot(line: str, n: int) -> Slot | Label:
    found = _LINE.fullmatch(line)
    first = minutes_of(f"{found[1]}:{found[2]}", end=True) if found else None
    last = minutes_of(f"{found[3]}:{found[4]}", end=True) if found else None
    if not found or first is None or last is None:
        return Label(
            f"第 {n} 行“{line}”读不出来，请写成“07:00-07:30 用餐 早餐”",
            f"line {n}, “{line}”, cannot be read: write it like “07:00-07:30 meals Breakfast”",
        )
    activity = _BY_WORD.get(found[5].lower())
    if activity is None:
        known_zh = "、".join(label.zh for label in ACTIVITIES.values())
        known_en = ", ".join(ACTIVITIES)
        return Label(
            f"第 {n} 行的活动“{found[5]}”不在类别里：{known_zh}",
            f"line {n}: “{found[5]}” is none of the activities: {known_en}",
        )
    start, end = first % DAY, last
    if start == end:
        return Label(f"第 {n} 行“{line}”的起止相同", f"line {n}, “{line}”, begins when it ends")
    return Slot(start, end, activity, found[6].strip()[:60])


def _meet(one: Slot, other: Slot) -> bool:
    return any(a < d and c < b for a, b in one.pieces for c, d in other.pieces)


def kept(slots: Iterable[Slot]) -> str:
    """The slots as they are kept in an entry; `read` gives them back."""
    return "\n".join(slot.line for slot in slots)


def sums(slots: Iterable[Slot]) -> dict[str, int]:
    """Minutes of each activity, in the order of ACTIVITIES, those without any left out."""
    found: dict[str, int] = dict.fromkeys(ACTIVITIES, 0)
    for slot in slots:
        found[slot.activity] += slot.minutes
    return {name: minutes for name, minutes in found.items() if minutes}


def unplanned(slots: Iterable[Slot]) -> int:
    """Minutes of the day that no slot takes up."""
    return DAY - sum(slot.minutes for slot in slots)


def hours(minutes: int) -> str:
    """Minutes as hours with as few places as say it: 390 is 6.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a timetable, from the day on which it comes into force."""

    from_day: date
    days: Mapping[DaySort, tuple[Slot, ...]]
    entry: Entry | None = None

    def of(self, sort: DaySort) -> tuple[Slot, ...]:
        """The slots of such a day."""
        return self.days[sort]


def version_of(entry: Entry) -> Version:
    """The version that an entry of the kind `timetable` holds."""
    from_day = entry.get("from_day")
    days = {sort: read(str(entry.get(field) or ""))[0] for sort, field in FIELD_OF.items()}
    return Version(from_day if isinstance(from_day, date) else entry.happened_on, days, entry)


def in_force(counted: Iterable[Entry], on: date) -> Version | None:
    """The version in force on a day: of those that have begun, the one that began last; of two that begin on
    one day, the one recorded last. None before the first."""
    versions = [version_of(e) for e in counted if e.kind == "timetable"]
    begun = [v for v in versions if v.from_day <= on]
    return max(begun, key=_begins, default=None)


def _begins(version: Version) -> tuple[date, float]:
    return version.from_day, version.entry.recorded_at.timestamp() if version.entry else 0.0


def upcoming(counted: Iterable[Entry], on: date) -> tuple[Version, ...]:
    """The versions that begin after that day, the next first."""
    later = [version_of(e) for e in counted if e.kind == "timetable"]
    return tuple(sorted((v for v in later if v.from_day > on), key=lambda v: v.from_day))


def now_and_next(slots: Iterable[Slot], minute: int) -> tuple[Slot | None, Slot | None]:
    """The slot that runs at that minute of the day, and the one that begins next on it."""
    every = sorted(slots, key=lambda s: s.start)
    running = next((s for s in every if any(a <= minute < b for a, b in s.pieces)), None)
    following = next((s for s in every if s.start > minute), None)
    return running, following


def rolls(slots: Iterable[Slot]) -> tuple[int, ...]:
    """The minutes at which rolls are due."""
    return tuple(s.start for s in slots if s.activity == "roll")


def week_of(day: date) -> tuple[date, ...]:
    """Monday to Sunday of the week in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))
