"""Many people's medical entries at once: a brigade for a round, a centre for its day.

Each person passes the access decision for every compartment before anything of them is answered; somebody who
may be under age is looked up one by one, because leave to read is given for single files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.centre.restraint import KINDS as RESTRAINT
from guitu.centre.restraint import episodes, timer
from guitu.centre.settings import SETTING, Settings, settings_of
from guitu.compose import kinds
from guitu.store import engine, excerpts, read, unitfiles
from guitu.store.centre import residents
from guitu.store.centre.stays import centre_of
from guitu.store.read import PersonLine
from guitu.store.read.sight import Sight, seen_by
from guitu.store.read.targets import OF_AGE, target_of
from guitu.store.units import Unit, tree

LONGEST: Final = timedelta(days=30)
"""A restraint begun longer ago is not looked for: none lasts so long, and its own page has it."""
MOST: Final = 400
"""People of one brigade that a round lists."""
ROUND: Final = (
    "allergy",
    "dose",
    "prescription",
    "prescription_end",
    "restricted_dose",
    "restricted_prescription",
    "restricted_prescription_end",
    "void",
)
WARD: Final = (
    "care_note",
    "chronic_plan",
    "ciwa_ar",
    "encounter",
    "lab_result",
    "medical_leave",
    "medical_leave_approval",
    "medical_leave_check",
    "medical_leave_end",
    "medical_leave_request",
    "restraint",
    "restraint_approval",
    "restraint_check",
    "restraint_end",
    "restraint_medical_check",
    "restricted_condition",
    "restricted_report",
    "sick_call",
    "void",
    "withdrawal_score",
)
"""The kinds of the two indexes of migration 0017: a query uses one only if it says the same words."""
COMPARTMENTS: Final = ("custody", "medical", "medical_restricted", "support")


@dataclass(frozen=True, slots=True)
class Patient:
    """One person, and what the reader may see of the kinds asked for. `needs_leave`: nothing is shown without
    leave, because the person is under age or the file sealed."""

    line: PersonLine
    entries: tuple[Entry, ...]
    opens: frozenset[str]
    needs_leave: bool = False

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no


@engine.house()
def settings(unit: Unit, on: date) -> Settings:
    """What the centre of that unit has laid down. It is no secret within the centre, so everybody's pages may
    know it, whoever reads the centre's own file."""
    centre = centre_of(unit) or unit
    found = excerpts.of_file(unitfiles.file_of(centre.code), (SETTING,), unseal=(SETTING,))
    return settings_of(found.counted, on) if found else Settings()


def patients(
    actor: Actor,
    unit: Unit,
    on: date,
    now: datetime,
    wanted_kinds: Collection[str],
    *,
    often: Collection[str] = (),
    since: date | None = None,
) -> tuple[Patient, ...]:
    """Everybody the unit answers for and who is inside, by name. `wanted_kinds` are read whole, those of
    `often` only from the day `since` on. The caller has asked whether the reader comes to the unit."""
    lines, _ = read.people(unit.code, measure="compulsory_isolation", current=True, sort="name", size=MOST)
    found = excerpts.counted(
        (line.no for line in lines), wanted_kinds, unseal=excerpts.EVERY,
        often=excerpts.Often(frozenset(often), since) if since is not None else None,
    )  # fmt: skip
    return _allowed(actor, unit, on, now, lines, found)


def lately(
    actor: Actor, unit: Unit, on: date, now: datetime, wanted_kinds: Collection[str], since: date
) -> tuple[Patient, ...]:
    """Those of whom anything of these kinds was recorded from that day on, by name: what a day's board is
    made of without looking at everybody."""
    found = excerpts.counted(
        _lately(unit, wanted_kinds, since), (), unseal=excerpts.EVERY,
        often=excerpts.Often(frozenset(wanted_kinds), since),
    )  # fmt: skip
    lines = read.lines_of_files(sorted(no for no, some in found.items() if some))
    return _allowed(actor, unit, on, now, lines, found)


@dataclass(frozen=True, slots=True)
class Restrained:
    """How many are restrained now, the longest for how many minutes, and whether a look, the approval or the
    end is late."""

    people: int
    longest: int
    late: bool


def restrained(actor: Actor, unit: Unit, on: date, now: datetime) -> Restrained | None:
    """Whether anybody under the unit is restrained now, for the pages that are not about it; None if nobody
    is. One query where nobody was lately."""
    people = lately(actor, unit, on, now, RESTRAINT, on - LONGEST)
    some = [one for p in people for one in episodes(p.entries) if one.running]
    if not some:
        return None
    rules = settings(unit, on)
    late = any(one.must_end or one.approved is None or timer(one, now, rules).late for one in some)
    return Restrained(len(some), max(one.lasted(now) for one in some), late)


def _allowed(
    actor: Actor,
    unit: Unit,
    on: date,
    now: datetime,
    lines: Iterable[PersonLine],
    found: Mapping[int, tuple[Entry, ...]],
) -> tuple[Patient, ...]:
    usual: dict[str, frozenset[str]] = {}
    made = []
    for line in lines:
        if _may_be_minor(line, on):
            sight = _sight(actor, line, now)
            opens = sight.open if sight is not None else frozenset()
            needs_leave = sight is None or not sight.decision.allowed
        else:
            if line.unit not in usual:
                usual[line.unit] = _opened(actor, line.unit)
            opens, needs_leave = usual[line.unit], False
        some = tuple(
            e
            for e in found.get(line.no, ())
            if kinds()[e.kind].compartment in opens or (e.author == actor.name and not needs_leave)
        )
        made.append(Patient(line, some, opens, needs_leave))
    return tuple(made)


def _opened(actor: Actor, code: str) -> frozenset[str]:
    unit = tree().get(code)
    path = unit.path if unit else ()
    return frozenset(
        name for name in COMPARTMENTS if decide(actor, "open", Target(path, compartment=name)).allowed
    )


def _sight(actor: Actor, line: PersonLine, now: datetime) -> Sight | None:
    view = read.opened(line.case_no)
    return seen_by(actor, target_of(view, actor, now), tree()) if view is not None else None


def _may_be_minor(line: PersonLine, on: date) -> bool:
    """Whether somebody may be under age: the list knows the year of birth only, and errs on that side."""
    return line.birth_year is not None and on.year - line.birth_year <= OF_AGE


def _lately(unit: Unit, wanted_kinds: Collection[str], since: date) -> tuple[int, ...]:
    """The files of those inside under the unit in which anything of these kinds was recorded since that day:
    found by the index, without a look at everybody's."""
    assert set(wanted_kinds) <= set(WARD), "only kinds of the index are looked for in everybody's files"
    where, values = residents.held_in(unit, "s")
    names = sorted({*wanted_kinds, VOID})
    found = engine.rows(
        "SELECT DISTINCT e.file FROM store_entry e JOIN store_casestatus s ON s.file = e.file"
        f" WHERE e.kind IN ({', '.join(map(repr, WARD))}) AND e.kind IN ({engine.marks(len(names))})"
        f" AND e.happened_on >= %s AND {where}",
        [*names, since.isoformat(), *values],
    )
    return tuple(sorted(row[0] for row in found))
