"""What a place recorded of its safety, out of the files of a centre and its brigades; and of its people those
who have a plan of care, died or escaped. The caller asks access about the page and the unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.centre import patrol, safety
from guitu.centre.patrol import Plan, Point
from guitu.centre.safety import Traced
from guitu.compose import kinds
from guitu.store import engine, excerpts
from guitu.store.centre import residents, standing
from guitu.store.centre.reading import persons
from guitu.store.centre.stays import centre_of, centres_under
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

INCIDENTS: Final = frozenset({"incident", "incident_reported"})
MEETINGS: Final = safety.OF_TASKS | {"meeting"}
DRILLS: Final = frozenset({"drill"})
EVERYTHING: Final = INCIDENTS | MEETINGS | DRILLS | safety.OF_HAZARDS
LATELY: Final = 180
"""So many days after a measure ended a death is looked for; one of which a rule in force asks for a report is
found without end."""


def places(unit: Unit) -> tuple[Unit, ...]:
    """The units whose files tell of safety here: a centre with what is under it; above centres, all of
    them."""
    if centre_of(unit) is not None:
        return tuple(tree().subtree(unit))
    return tuple(one for centre in centres_under(unit) for one in tree().subtree(centre))


def told(units: Iterable[Unit], kinds: Collection[str]) -> tuple[Entry, ...]:
    """The entries of these kinds in these units' files, with what was corrected or withdrawn."""
    found = excerpts.of_ids([file_of(unit.code) for unit in units], kinds, unseal=excerpts.EVERY)
    return tuple(entry for one in found.values() for entry in one.case_file.entries)


def traced(units: Iterable[Unit], kinds: Collection[str]) -> Traced:
    """The same, settled."""
    return Traced(told(units, kinds))


def rounds(unit: Unit, since: date) -> tuple[Entry, ...]:
    """The rounds walked in a unit since a day, the latest first."""
    return standing.of_unit(unit, {"patrol_round"}, (), since).counted()


def plans(unit: Unit, on: date) -> tuple[Plan, ...]:
    """The rounds planned in a unit's own file."""
    return patrol.plans(standing.of_unit(unit, (), patrol.PLANS, on).counted(), on)


@engine.house()
def hanging(unit: Unit) -> Mapping[str, Point]:
    """The checkpoints of the centre to which a unit belongs, by code. Whoever patrols one brigade may pass
    what hangs at another's; nothing else of that file is read."""
    centre = centre_of(unit) or unit
    return patrol.points(traced(tree().subtree(centre), patrol.SETUP).counted)


@dataclass(frozen=True, slots=True)
class Events:
    """Who died or escaped, by the number of their files; `owed` are file and name of the duties to report
    that are open."""

    people: tuple[int, ...]
    owed: frozenset[tuple[int, str]]


REPORTS: Final = ("report_death", "report_escape")
"""The duties of the rules about a death and an escape, where they are in force."""


def cared_for(unit: Unit) -> tuple[int, ...]:
    """Who has a plan of care in force under this unit, as far as the present scope opens it."""
    found = excerpts.counted(residents.numbers(unit), safety.OF_CARE)
    return tuple(no for no, entries in found.items() if safety.plans(entries))


@dataclass(frozen=True, slots=True)
class Reviews:
    """How many plans of care are to be reviewed by a day, and how many of them were to be before it."""

    due: int
    late: int


def reviews(actor: Actor, unit: Unit, on: date, now: datetime, *, granted: bool = True) -> Reviews | None:
    """The plans of care under this unit whose review has come and that the reader's post may review, for
    pages that are not about them; None if there is none."""
    roles = {post.role for post in actor.posts}
    mine = frozenset(kind for kind in safety.OF_CARE if roles & set(kinds()[kind].recorded_by))
    if not mine:
        return None
    some = persons(cared_for(unit), safety.OF_CARE, actor, now, granted=granted)
    days = [
        day
        for person in some
        for plan in safety.plans(person.entries)
        if plan.kind in mine and (day := safety.review_on(plan)) is not None and day <= on
    ]
    return Reviews(len(days), sum(day < on for day in days)) if days else None


def events(unit: Unit, on: date) -> Events:
    """Who died or escaped under this unit: everybody of whom the rules in force still ask for a report, who
    is out of the measure now, or left it within the last months."""
    marks = engine.marks(len(REPORTS))
    owed = engine.rows(
        f"SELECT file, name FROM store_duty WHERE {unit.column} = %s AND name IN ({marks})",
        [unit.no, *REPORTS],
    )
    out = engine.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND measure = %s"
        " AND state NOT IN ('', 'in_force') AND (state <> 'ended' OR ends_on >= %s)",
        [unit.no, residents.MEASURE, (on - timedelta(days=LATELY)).isoformat()],
    )
    found = excerpts.counted({row[0] for row in (*owed, *out)}, safety.OF_REPORTS)
    some = tuple(no for no, entries in found.items() if safety.chains(entries))
    return Events(some, frozenset((no, name) for no, name in owed))
