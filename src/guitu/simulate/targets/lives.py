"""One invented person of a province made to measure: a recipe small enough to keep, and the life it gives.

A recipe gives the same life every time, so people are planned first and written later, one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from random import Random
from typing import Any, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Value
from guitu.compose import policy
from guitu.kernel.days import add_months
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.pathway.assess import assess
from guitu.simulate import histories, names
from guitu.simulate.faults import PLANTED
from guitu.simulate.institutions import Home
from guitu.simulate.life import Fact, Life
from guitu.simulate.targets.rows import File
from guitu.store.placing import ACCEPTED, PLACED_BY, SENT

_GROWN_UP: Final = 18
OPENED: Final = "opened"
"""The shortest of all: a file was opened, and nothing decided yet."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that is added to a life because a figure wants it."""

    day: int
    kind: str
    role: str
    unit: str
    fields: tuple[tuple[str, Value], ...]


@dataclass(slots=True)
class Recipe:
    """What one person is made of. `start` is the day the way begins (as an ordinal), `without` kinds that an
    office left out, `fault` what that is called in the list of planted faults."""

    number: int
    path: str
    start: int
    village: str
    elsewhere: str
    extras: list[Extra] = field(default_factory=list)
    without: frozenset[str] = frozenset()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """Where recipes are followed: the seed, the day the province is looked at, the homes by village."""

    seed: str
    today: date
    homes: Mapping[str, Home]
    first_ms: int
    presets: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, seed: int, today: date, homes: Mapping[str, Home], since: date, presets: tuple[str, ...] = ()
    ) -> World:
        """A world whose files were opened from `since` on."""
        opened = datetime.combine(since, time(0), CHINA)
        return cls(f"targets/{seed}", today, homes, int(opened.timestamp()) * 1000, presets)


def begin(recipe: Recipe, world: World) -> Life:
    """Who it is, before anything happened."""
    rng = Random(f"{world.seed}/{recipe.number}")
    home = world.homes[recipe.village]
    return Life(rng, names.person(rng, recipe.number, home.county, world.today), home, world.today)


def grown_up(life: Life, start: int) -> bool:
    """Whether the person was of age on that day (an ordinal)."""
    return add_months(life.person.born, _GROWN_UP * 12).toordinal() <= start


def live(recipe: Recipe, world: World, begun: Life | None = None) -> Life:
    """A recipe's life with its facts, oldest first; `begun` is what `begin` gave for it, used up here."""
    life = begun or begin(recipe, world)
    start = date.fromordinal(recipe.start)
    if recipe.path in PLANTED:
        planted = PLANTED[recipe.path]
        planted.script(life, "" if planted.office == "brigade" else life.home.village)
    else:
        histories.open_file(life, start)
        if recipe.path != OPENED:
            histories.PATHS[recipe.path][0](life, start, world.homes[recipe.elsewhere])
    if recipe.without:
        life.facts = [fact for fact in life.facts if fact.kind not in recipe.without]
    for extra in recipe.extras:
        life.add(date.fromordinal(extra.day), extra.kind, extra.role, extra.unit, **dict(extra.fields))
    life.facts.sort(key=attrgetter("day"))
    return life


def entries(recipe: Recipe, world: World, lived: Life | None = None) -> tuple[UUID, tuple[Entry, ...]]:
    """The file of a recipe: its id and its entries as recorded, oldest first. `lived` is what `live` gave
    for it, used up here."""
    life = lived or live(recipe, world)
    file = uuid7(world.first_ms + recipe.number, life.rng.randbytes(10))
    return file, life.entries(file)


def added(extra: Extra) -> Fact:
    """An addition as a fact."""
    return Fact(date.fromordinal(extra.day), extra.kind, extra.role, extra.unit, dict(extra.fields))


def file_of(facts: Sequence[Fact], world: World) -> File:
    """A life as figures look at it."""
    return File(facts, answered(facts), lambda: assessed(facts, world))


@dataclass(frozen=True, slots=True)
class Worked:
    """A row that an assessment works out, as a fact."""

    kind: str
    day: date
    unit: str
    fields: Mapping[str, Any]


def assessed(facts: Sequence[Fact], world: World) -> dict[str, list[Worked]]:
    """What an assessment on the day the province is looked at says, as rows of the tables that figures ask:
    the same columns as the sweep's."""
    file = UUID(int=1)
    opened = datetime(2000, 1, 1, tzinfo=CHINA)
    written = [
        Entry(id=UUID(int=at + 1), file=file, kind=fact.kind, happened_on=fact.day,
              recorded_at=opened + timedelta(minutes=at), author="", unit=fact.unit, fields=fact.fields)
        for at, fact in enumerate(facts)
    ]  # fmt: skip
    found = assess(CaseFile(file, tuple(written)), policy(facts[0].unit[:2], world.presets), world.today)
    first = facts[0].day
    return {
        "measures": [
            Worked("measures", m.starts_on or first, "", {
                "measure": m.name, "state": m.state, "ordered_on": m.ordered_on, "starts_on": m.starts_on,
                "ends_on": m.ends_on, "printed_end": m.printed_end, "ended_on": m.ended_on,
                "ended_by": m.ended_by or None, "left_on": m.left_on,
            })
            for m in found.measures
        ],
        "duties": [
            Worked("duties", d.due or first, "", {
                "name": d.name, "owed_by": d.owed_by, "state": d.state, "opens_on": d.opens_on, "due": d.due,
                "done_on": d.done_on,
            })
            for d in found.duties
        ],
        "findings": [
            Worked("findings", f.since, "", {"name": f.name, "since": f.since}) for f in found.findings
        ],
    }  # fmt: skip


def answered(facts: Sequence[Fact]) -> list[tuple[date, str]]:
    """From which day which unit answered for the person; facts are oldest first."""
    if not facts:
        return []
    now, waiting = facts[0].unit, ""
    found = [(facts[0].day, now)]
    for fact in facts:
        before = now
        if fact.kind == SENT:
            waiting = str(fact.fields.get("to_unit") or "")
        elif fact.kind == ACCEPTED:
            if waiting:
                now, waiting = waiting, ""
        elif fact.kind in PLACED_BY and (named := str(fact.fields.get(PLACED_BY[fact.kind]) or "")):
            if named != now:
                waiting = ""
            now = named
        if now != before:
            found.append((fact.day, now))
    return found
