"""The people of one brigade as its pages list them: who they are, whether they are out, what is noted lately.

That somebody is out is known to whoever answers for the roll; *why*, only to a reader whose work needs the
compartment it is recorded in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from guitu.access import Actor, Target, decide
from guitu.casefile import CaseFile, Entry
from guitu.centre import elsewhere, roll
from guitu.centre.elsewhere import Lesson, Surroundings, where
from guitu.centre.roll import Out, Somebody
from guitu.centre.timetable import Slot
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import engine, excerpts, names, read
from guitu.store.apart import unit_file_id
from guitu.store.centre import learning, placements, reading
from guitu.store.centre.stays import centre_of
from guitu.store.centre.worked import Worked
from guitu.store.read import PersonLine
from guitu.store.read.targets import OF_AGE
from guitu.store.units import Unit, tree

MOST: Final = 400
"""People of one brigade that are listed; more than that is no brigade."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the brigade. `out` says that they are out; `why` the same where the reader may know the
    reason. `missing` is the entry by which a roll missed them. `entries` are of the kinds asked for, without
    those that the reader may not see."""

    number: int
    line: PersonLine
    out: Out | None
    why: Out | None
    missing: Entry | None
    entries: tuple[Entry, ...]
    sees: frozenset[str] = frozenset()
    kept: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no

    @property
    def somebody(self) -> Somebody:
        """What they are found by when a roll is typed."""
        return Somebody(self.number, self.line.no, own_keys(self.line.name), self.line.name)


UNSAID: Final = Label("另有安排", "elsewhere, arranged")
"""Where somebody is, for whoever may not see the entry that says so."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the day holds for a brigade beside its people's files: its own timetable for such a day, the wards
    and the classes of the centre. The roll is called where the brigade works if `at_work` says so."""

    unit: Unit
    on: date
    slots: Sequence[Slot]
    wards: Mapping[tuple[str, str], str]
    lessons: tuple[Lesson, ...]

    def elsewhere(self, members: Sequence[Member], minute: int, *, at_work: bool = False) -> dict[int, Label]:
        """Where those are who are in the centre and need not be with the brigade at that minute, by file
        number."""
        here = Surroundings(self.wards, self.lessons, self.slots, at_work)
        found: dict[int, Label] = {}
        for member in members:
            place = where(member.kept, self.on, minute, here) if member.out is None else None
            if place is not None:
                seen = kinds()[place.kind].compartment in member.sees
                found[member.no] = place.says if seen else UNSAID
        return found


@engine.house()
def around(unit: Unit, on: date, slots: Sequence[Slot]) -> Around:
    """The day of a brigade. The wards and classes of the units above it are told to it, though their files
    are not its to read."""
    wards = placements.wards_of(tree().ancestors(unit), on)
    lessons: list[Lesson] = []
    if (centre := centre_of(unit)) is not None:
        known = learning.catalogue(centre)
        lessons = [Lesson(slot, known.courses[slot.course]) for slot in known.on(on)]
    return Around(
        unit, on, slots,
        {(code, ward.name): ward.purpose for code, some in wards.items() for ward in some}, tuple(lessons),
    )  # fmt: skip


@engine.house()
def trained(unit: Unit, on: date) -> tuple[Entry, ...]:
    """The training of a group that the centre recorded of this brigade on a day: numbers, no names."""
    centre = centre_of(unit)
    if centre is None:
        return ()
    entries = CaseFile(unit_file_id(centre.code), reading.work(centre, ("training_session",), on, on))
    return tuple(e for e in entries.counted() if e.happened_on == on and str(e.get("group")) == unit.code)


def own_keys(name: str) -> tuple[str, ...]:
    """What a name is typed by from its beginning: itself, its pinyin, its initials."""
    read_as = names.syllables(names.normalised(name))
    return tuple(dict.fromkeys((names.normalised(name), "".join(read_as), "".join(s[:1] for s in read_as))))


def members(
    actor: Actor, unit: Unit, on: date, more: Collection[str] = (), *, unseal: bool = False
) -> tuple[Member, ...]:
    """Everybody the brigade answers for, by name, numbered from one. `more` are kinds whose entries are
    wanted. The caller has asked whether the reader comes to the unit, and notes the list."""
    lines, _ = read.people(
        unit.code, measure="compulsory_isolation", current=True, sort="name", size=MOST
    )  # fmt: skip
    if not lines:
        return ()
    found = _out(lines)
    numbers, opens = [line.no for line in lines], excerpts.EVERY if unseal else frozenset[str]()
    wanted = excerpts.counted(numbers, more, unseal=opens) if more else {}
    sees = {minor: _opened(actor, unit, minor=minor) for minor in (False, True)}
    made = []
    for number, line in enumerate(lines, 1):
        may = sees[_may_be_minor(line, on)]
        counted = found.get(line.no, ())
        out, missing = _known.of(line.no, (counted,), (on,), lambda c=counted: _said(c, on))  # type: ignore[misc]
        why = out if out is not None and kinds()[out.kind].compartment in may else None
        some = tuple(e for e in wanted.get(line.no, ()) if kinds()[e.kind].compartment in may)
        made.append(Member(number, line, out, why, missing, some, may, counted))
    return tuple(made)


_known: Final[Worked[tuple[Out | None, Entry | None]]] = Worked()


def _said(counted: tuple[Entry, ...], on: date) -> tuple[Out | None, Entry | None]:
    return roll.out_of(counted, on), roll.missing_since(counted)


@engine.house()
def _out(lines: tuple[PersonLine, ...]) -> dict[int, tuple[Entry, ...]]:
    """What says whether people are in and where, whoever asks: of it only that they are in, out or elsewhere
    is told to all."""
    return excerpts.counted((line.no for line in lines), elsewhere.READ)


def _opened(actor: Actor, unit: Unit, *, minor: bool) -> frozenset[str]:
    """The compartments that this reader sees of somebody for whom that unit answers."""
    return frozenset(
        name
        for name in ("legal", "custody", "medical", "support")
        if decide(actor, "read", Target(unit.path, compartment=name, minor=minor)).allowed
    )


def _may_be_minor(line: PersonLine, on: date) -> bool:
    """Whether somebody may be under age: the list knows the year of birth only, and errs on that side."""
    return line.birth_year is not None and on.year - line.birth_year <= OF_AGE
