"""Rooms and beds: what a ward is for, who sleeps where, and which placement the law does not allow.

Wards and rooms are a unit's configuration and stand in its own file (`ward`, `room`); who lies where stands
in the person's (`bed_placed`). 禁毒法 art. 44 and 戒毒条例 art. 30 have people managed apart by sex, age and
illness: a placement against sex or age is refused; one against illness or a ward's purpose takes the head's
reason, for there the article says what to look at and not which ward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.labels import Label

CITES: Final = ("禁毒法#44", "戒毒条例#30")
OF_AGE: Final = 18

Purpose = Literal["ordinary", "entry", "illness", "isolation"]
PURPOSES: Final[Mapping[str, Label]] = {
    "ordinary": Label("普通", "Ordinary"),
    "entry": Label("入所", "Entry"),
    "illness": Label("病残", "Sick"),
    "isolation": Label("隔离", "Isolation"),
}
"""What a ward is for."""

ADVICE: Final[Mapping[str, Label]] = {
    "ordinary": Label("无特别要求", "no special place"),
    "illness": Label("病残病区", "a ward for the sick"),
    "isolation": Label("隔离", "isolation"),
}
"""Where a doctor says somebody should lie; it names no illness."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a ward and how many beds stand in it."""

    name: str
    beds: int


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward of a unit. `minors` says that it is kept for those under 18."""

    unit: str
    name: str
    sex: str
    purpose: str
    minors: bool = False
    rooms: tuple[Room, ...] = ()

    @property
    def beds(self) -> int:
        """How many beds it has."""
        return sum(room.beds for room in self.rooms)

    def room(self, name: str) -> Room | None:
        """Its room of that name."""
        return next((room for room in self.rooms if room.name == name), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lies: unit, ward, room, and the number of the bed in it (None: no bed named)."""

    unit: str
    ward: str
    room: str
    bed: int | None
    since: date
    why: str = ""

    @property
    def said(self) -> str:
        """一区 101 室 3 床, as it is spoken of."""
        bed = f" {self.bed} 床" if self.bed is not None else ""
        return f"{self.ward} {self.room}{bed}"


@dataclass(frozen=True, slots=True)
class Resident:
    """Of a person, what a placement looks at."""

    sex: str
    born: date | None
    advice: str = "ordinary"

    def minor(self, on: date) -> bool | None:
        """Whether under 18 on the day; None where the birth is not known."""
        if self.born is None:
            return None
        years = on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))
        return years < OF_AGE


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a placement. `barred`: it is refused; else the head may allow it with a reason."""

    barred: bool
    says: Label
    cites: tuple[str, ...] = CITES


def wards(unit: str, counted: Iterable[Entry], on: date) -> tuple[Ward, ...]:
    """The wards of a unit that are open on a day, from the entries of its file that count, in their names'
    order. The latest entry about a ward or room is what it is now; a room without beds is closed."""
    known: dict[str, Ward] = {}
    rooms: dict[str, dict[str, int]] = {}
    for entry in sorted(counted, key=lambda e: (e.happened_on, e.recorded_at)):
        if entry.happened_on > on:
            continue
        name = str(entry.get("ward") or "")
        if entry.kind == "ward":
            known[name] = Ward(
                unit, name, str(entry.get("sex")), str(entry.get("purpose")), entry.get("minors") == "yes"
            )
        elif entry.kind == "ward_closed":
            known.pop(name, None)
        elif entry.kind == "room":
            beds = entry.get("beds")
            rooms.setdefault(name, {})[str(entry.get("room"))] = beds if isinstance(beds, int) else 0
    return tuple(
        replace(ward, rooms=tuple(Room(room, n) for room, n in sorted(rooms.get(name, {}).items()) if n))
        for name, ward in sorted(known.items())
    )


def place(counted: Sequence[Entry], since: date | None = None) -> Place | None:
    """Where somebody lies by the latest `bed_placed` that counts, not looking behind `since` (the day of
    arrival): a bed of an earlier stay is none."""
    latest = None
    for entry in counted:
        if entry.kind != "bed_placed" or (since is not None and entry.happened_on < since):
            continue
        if latest is None or _when(entry) >= _when(latest):
            latest = entry
    return place_in(latest) if latest is not None else None


def _when(entry: Entry) -> tuple[date, datetime]:
    return entry.happened_on, entry.recorded_at


def place_in(entry: Entry) -> Place:
    """The place that one `bed_placed` names."""
    bed = entry.get("bed")
    return Place(
        str(entry.get("unit")), str(entry.get("ward")), str(entry.get("room")),
        bed if isinstance(bed, int) else None, entry.happened_on, str(entry.get("why") or ""),
    )  # fmt: skip


def advice(counted: Sequence[Entry], on: date) -> str:
    """What the latest advice says where somebody should lie on a day; `ordinary` without any or past its last
    day."""
    latest = None
    for entry in counted:
        if entry.kind != "placement_advice" or entry.happened_on > on:
            continue
        if latest is None or _when(entry) >= _when(latest):
            latest = entry
    if latest is None:
        return "ordinary"
    until = latest.get("until")
    return "ordinary" if isinstance(until, date) and until < on else str(latest.get("advice"))


def objections(who: Resident, ward: Ward, on: date) -> tuple[Objection, ...]:
    """What speaks against putting somebody into a ward, the refusals first."""
    found: list[Objection] = []
    if who.sex and ward.sex != who.sex:
        found.append(_MEN if ward.sex == "male" else _WOMEN)
    minor = who.minor(on)
    if minor is True and not ward.minors:
        found.append(_MINOR)
    elif minor is False and ward.minors:
        found.append(_ADULT)
    if who.advice == "isolation" and ward.purpose != "isolation":
        found.append(_NOT_ISOLATED)
    elif who.advice == "illness" and ward.purpose in ("ordinary", "entry"):
        found.append(_NOT_SICK_WARD)
    elif who.advice == "ordinary" and ward.purpose == "isolation":
        found.append(_NOT_TO_ISOLATE)
    return tuple(sorted(found, key=lambda o: not o.barred))


def room_objection(ward: Ward, where: Place, taken: Mapping[tuple[str, int | None], int]) -> Objection | None:
    """What is wrong with the room or bed itself: not there, or taken. `taken` counts who lies where in the
    ward, by room and bed, without the person who is to be put there."""
    room = ward.room(where.room)
    if room is None:
        return Objection(
            True, Label(f"{ward.name}没有“{where.room}”这间房", f"{ward.name} has no room “{where.room}”"), ()
        )
    if where.bed is not None and not 1 <= where.bed <= room.beds:
        return Objection(
            True,
            Label(f"{room.name} 只有 1 到 {room.beds} 号床", f"{room.name} has beds 1 to {room.beds}"),
            (),
        )
    if where.bed is not None and taken.get((room.name, where.bed)):
        return Objection(True, Label("这张床已有人", "somebody lies in this bed"), ())
    if sum(n for (name, _), n in taken.items() if name == room.name) >= room.beds:
        return Objection(True, Label(f"{room.name} 已住满", f"{room.name} is full"), ())
    return None


_MEN: Final = Objection(
    True, Label("男女必须分开管理：这是男病区", "Men and women are kept apart: this is a men's ward")
)
_WOMEN: Final = Objection(
    True, Label("男女必须分开管理：这是女病区", "Men and women are kept apart: this is a women's ward")
)
_MINOR: Final = Objection(True, Label("未成年人不得与成年人同住", "A minor is not put among adults"))
_ADULT: Final = Objection(True, Label("这是未成年人病区", "This ward is kept for minors"))
_NOT_ISOLATED: Final = Objection(
    False, Label("医生意见是隔离，这不是隔离病区", "A doctor advises isolation; this is no isolation ward")
)
_NOT_SICK_WARD: Final = Objection(
    False,
    Label(
        "医生意见是病残病区，这是普通病区", "A doctor advises a ward for the sick; this is an ordinary one"
    ),
)
_NOT_TO_ISOLATE: Final = Objection(
    False,
    Label("没有医生意见要求隔离", "No doctor advises isolation"),
)
