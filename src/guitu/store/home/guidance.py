"""What guidance stations cover and do: out of their own files and those of the towns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guitu.casefile import Entry
from guitu.centre.safety import Traced
from guitu.store import engine, excerpts
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

LEVEL = "guidance_station"
_OF_STATION = frozenset({"station_cover", "station_visit"})
_OF_TOWN = frozenset({"advice_asked", "advice_given"})


@dataclass(frozen=True, slots=True)
class Question:
    """Advice that was asked, in whose file it stands, and the answer (None: none yet)."""

    unit: Unit
    asked: Entry
    given: Entry | None


@dataclass(frozen=True, slots=True)
class Covered:
    """One station: the codes of the towns it covers on the day, and its visits since a day."""

    unit: Unit
    towns: tuple[str, ...]
    visits: tuple[Entry, ...]


def stations(unit: Unit) -> tuple[Unit, ...]:
    """The stations in the area of a unit; for one within a county, those of the county."""
    units = tree()
    county = next((u for u in units.ancestors(unit) if u.level == "county"), unit)
    return tuple(u for u in units.subtree(county) if u.level == LEVEL)


@engine.house()
def covered(unit: Unit, since: date, on: date) -> tuple[Covered, ...]:
    """Each station with its towns and visits. They name nobody, so those below may read them too."""
    some = stations(unit)
    found = excerpts.of_units(some, _OF_STATION)
    made = []
    for station in some:
        towns = {
            str(e.get("town"))
            for e in found[station.code]
            if e.kind == "station_cover" and not _over(e, on) and e.happened_on <= on
        }
        visits = tuple(
            e for e in found[station.code] if e.kind == "station_visit" and since <= e.happened_on <= on
        )
        made.append(Covered(station, tuple(sorted(towns)), visits))
    return tuple(made)


def questions(unit: Unit) -> tuple[Question, ...]:
    """What was asked in the files of a unit and those below it, the unanswered first and of these the oldest.
    The caller reads these units' files."""
    below = [u for u in tree().subtree(unit) if u.level in ("county", "town", "village", LEVEL)]
    by_file = {file_of(u.code): u for u in below}
    found = excerpts.of_ids(by_file, _OF_TOWN, unseal=excerpts.EVERY)
    made = []
    for file, excerpt in found.items():
        traced = Traced(excerpt.case_file.entries)
        answers = {traced.first(e.get("to")): e for e in traced.counted if e.kind == "advice_given"}
        made += [
            Question(by_file[file], e, answers.get(traced.first(e.id)))
            for e in traced.counted
            if e.kind == "advice_asked"
        ]
    made.sort(key=lambda q: q.asked.happened_on)
    waiting = [q for q in made if q.given is None]
    return (*waiting, *reversed([q for q in made if q.given is not None]))


def _over(entry: Entry, on: date) -> bool:
    until = entry.get("until")
    return isinstance(until, date) and until <= on
