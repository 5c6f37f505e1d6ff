"""Who is under observation in a centre, who came in without a screening, and what its own file says of
supplies, lists, entries and cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.centre import imported, observation, supplies
from guitu.levels import checklists
from guitu.store import excerpts
from guitu.store.centre import reading
from guitu.store.centre.reading import Person
from guitu.store.read import PersonLine
from guitu.store.units import Unit

LOOK_BACK: Final = 14
"""Days back that a missing screening is looked for: this page's, no article's."""
COUNTED: Final = "entry_counted"
COUNT_DAYS: Final = 7
OFTEN_DAYS: Final = 70
RARE_DAYS: Final = 1100
"""So far back are sheets read: of daily and weekly lists, and where one is filled in more rarely."""
_FIND: Final = observation.KINDS | observation.COMES_IN | {observation.SCREENING}
_SHOW: Final = observation.KINDS | observation.COMES_IN | {observation.SCREENING}


@dataclass(frozen=True, slots=True)
class Watched:
    """Somebody under observation, as far as the reader may see."""

    person: Person
    now: observation.Observation
    medical: bool


@dataclass(frozen=True, slots=True)
class Unscreened:
    """Somebody who came in without a screening since."""

    person: Person
    came: Entry


@dataclass(frozen=True, slots=True)
class Flow:
    """The people of the page. `unscreened` is None for who does not read medical records."""

    watched: tuple[Watched, ...]
    unscreened: tuple[Unscreened, ...] | None


def flow(
    lines: Iterable[PersonLine], actor: Actor, on: date, now: datetime, *, medical: bool, granted: bool = True
) -> Flow:
    """Of these people those under observation, the longest over their day first, and those who came in
    lately without a screening. The caller has asked whether they may be found."""
    found = excerpts.counted([line.no for line in lines], _FIND)
    since = on - timedelta(days=LOOK_BACK)
    watched = {no for no, entries in found.items() if observation.running(entries) is not None}
    missing = {
        no: came
        for no, entries in found.items()
        if medical and (came := observation.unscreened(entries, since, on)) is not None
    }
    people = reading.persons(watched | missing.keys(), _SHOW, actor, now, granted=granted)
    seen = []
    for person in people:
        lasts = observation.running(_counted(person)) if person.no in watched else None
        if lasts is not None:
            seen.append(Watched(person, lasts, "medical" in person.sight.open))
    seen.sort(key=lambda w: (-w.now.over(on), w.now.until or date.max, w.person.name))
    return Flow(
        tuple(seen),
        tuple(Unscreened(p, missing[p.no]) for p in people if p.no in missing) if medical else None,
    )


def _counted(person: Person) -> tuple[Entry, ...]:
    status = person.view.case_file.status()
    return tuple(e for e in person.entries if e.id not in status)


@dataclass(frozen=True, slots=True)
class Stores:
    """What stands in the centre's own file."""

    supplies: tuple[supplies.Supply, ...]
    lists: tuple[checklists.Checklist, ...]
    counts: tuple[Entry, ...]
    cases: imported.Cases


def of_epidemic(entry: Entry) -> bool:
    """Whether a checklist is one against infection: it says so, or was drawn up before lists said it."""
    return entry.get("use") in (None, "epidemic")


def stores(centre: Unit, on: date) -> Stores:
    """The centre's own file as the page needs it. Whether it may be read the caller has asked."""
    lasting = reading.work(centre, supplies.KINDS | {checklists.LIST, imported.CASE})
    lists = tuple(e for e in _of(lasting, {checklists.LIST}) if e.kind == VOID or of_epidemic(e))
    rarely = any(e.get("every") not in ("day", "week") for e in lists if e.kind == checklists.LIST)
    back = timedelta(days=RARE_DAYS if rarely else OFTEN_DAYS)
    sheets = reading.work(centre, {checklists.FILLED}, on - back, on)
    counts = reading.work(centre, {COUNTED}, on - timedelta(days=COUNT_DAYS - 1), on)
    year = on.replace(month=1, day=1)
    return Stores(
        supplies.supplies(_of(lasting, supplies.KINDS), on),
        checklists.checklists((*lists, *sheets)),
        tuple(e for e in _standing(counts) if on - timedelta(days=COUNT_DAYS) < e.happened_on <= on),
        imported.cases(_standing(_of(lasting, {imported.CASE})), year, on),
    )


def _of(entries: Iterable[Entry], kinds: Iterable[str]) -> tuple[Entry, ...]:
    wanted = {*kinds, "void"}
    return tuple(e for e in entries if e.kind in wanted)


def _standing(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    from guitu.centre.classes import counted

    return tuple(e for _, e in counted(entries))
