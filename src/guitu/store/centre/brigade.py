"""The people of one brigade as its pages list them: who they are, whether they are out, what is noted lately.

That somebody is out is known to whoever answers for the roll; *why*, only to a reader whose work needs the
compartment it is recorded in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry
from guitu.centre import beds, roll, timetable
from guitu.centre.roll import Out, Somebody
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import engine, names, read
from guitu.store.centre import placements, standing
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
    kept: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no

    @property
    def somebody(self) -> Somebody:
        """What they are found by when a roll is typed."""
        return Somebody(self.number, self.line.no, own_keys(self.line.name), self.line.name)


WHERE: Final = ("bed_placed", "visit_booked")
"""The kinds that say where somebody of the brigade may be just now."""
_APART: Final = {
    "isolation": Label("隔离病区", "isolation ward"),
    "illness": Label("病残病区", "ward for the ill"),
}
_BEFORE, _AFTER = 10, 60
"""Minutes round the time of a visit in which somebody may be there."""


def elsewhere(unit: Unit, members: Sequence[Member], on: date, minute: int) -> dict[int, Label]:
    """Where those are who need not be with the brigade now, by file number: in a ward for isolation or for
    the ill, or at a visit that is booked for about this minute. They are in the centre and are called all the
    same. `members` were read with the kinds of WHERE."""
    wards = _purposes(unit, on)
    found: dict[int, Label] = {}
    for member in members:
        place = beds.place(member.entries)
        purpose = wards.get((place.unit, place.ward), "") if place is not None else ""
        if place is not None and (label := _APART.get(purpose)) is not None:
            found[member.no] = Label(f"{label.zh} {place.ward}", f"{label.en}, {place.ward}")
        for entry in member.entries:
            at = timetable.minutes_of(str(entry.get("at"))) if entry.kind == "visit_booked" else None
            if at is not None and entry.get("on") == on and at - _BEFORE <= minute <= at + _AFTER:
                found[member.no] = Label(f"会见 {timetable.clock(at)}", f"visit, {timetable.clock(at)}")
    return found


@engine.house()
def _purposes(unit: Unit, on: date) -> dict[tuple[str, str], str]:
    """What the wards of a brigade and of the units above it are for: told to it, though their files are not
    its to read."""
    found = placements.wards_of(tree().ancestors(unit), on)
    return {(code, ward.name): ward.purpose for code, some in found.items() for ward in some}


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
    wanted = standing.of_kinds([line.no for line in lines], {*more}, unseal=unseal) if more else {}
    sees = {minor: _opened(actor, unit, minor=minor) for minor in (False, True)}
    made = []
    for number, line in enumerate(lines, 1):
        may = sees[_may_be_minor(line, on)]
        counted = found.get(line.no, ())
        out, missing = _known.of(line.no, (counted,), (on,), lambda c=counted: _said(c, on))  # type: ignore[misc]
        why = out if out is not None and kinds()[out.kind].compartment in may else None
        some = tuple(e for e in wanted.get(line.no, ()) if kinds()[e.kind].compartment in may)
        made.append(Member(number, line, out, why, missing, some, counted))
    return tuple(made)


_known: Final[Worked[tuple[Out | None, Entry | None]]] = Worked()


def _said(counted: tuple[Entry, ...], on: date) -> tuple[Out | None, Entry | None]:
    return roll.out_of(counted, on), roll.missing_since(counted)


@engine.house()
def _out(lines: tuple[PersonLine, ...]) -> dict[int, tuple[Entry, ...]]:
    """What says whether people are in, whoever asks: of it only that they are in or out is told to all."""
    return standing.of_kinds([line.no for line in lines], roll.READ)


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
