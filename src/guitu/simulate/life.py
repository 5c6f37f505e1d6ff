"""The pen of the simulation: what happens to one person is said as facts, and comes out as entries.

Scripts may plan years ahead; the pen drops what has not happened before the day the province is looked at.
On that day itself nothing is written yet: the offices are just opening. A few facts are recorded late,
wrongly and put right, or twice and withdrawn, as in any office.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.kernel.days import EPOCH
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate.accounts import author, staff_name
from guitu.simulate.institutions import Home
from guitu.simulate.names import Person

if TYPE_CHECKING:
    from guitu.simulate.isolation import Isolation

_DAY_MS: Final = 86_400_000
_OPENS_MS: Final = 30 * 60_000  # offices open at half past eight in China, half past midnight UTC
_STEP_MS: Final = 180_000  # entries of one day follow one another by three minutes
_STEPS: Final = 160  # … until half past four in the afternoon
_JUSTICE: Final = "J"  # in the codes of judicial centres, in no other
_LATE: Final = 0.06  # share of facts that reach the file days later, among those that can wait
_MISTAKEN: Final = 0.03  # share of files with an entry put right, and again with one withdrawn
_CORRECTABLE: Final = frozenset({"urine_test", "agreement"})
# What is written down days later in real offices. Orders and admissions are not: everything hangs on them.
_CAN_WAIT: Final = frozenset(
    {"urine_test", "absence", "zone_move", "assessment", "agreement", "intake_health", "remark"}
)


@cache
def version_of(kind: str) -> int:
    """The version in which a kind is written today."""
    return kinds()[kind].version


class Fact(NamedTuple):
    """Something that happened, and which office wrote it down as what."""

    day: date
    kind: str
    role: str
    unit: str
    fields: Mapping[str, Value]
    id: UUID | None = None
    """The entry's own id, where others name it."""


class Life:
    """One person's facts up to the day before `today`, and the office that answers for the person.

    `ends` is the day of death, if there is one: nothing but the death itself is written after it.
    `isolations` are the plans of compulsory isolation that were written, for who tells of the days inside.
    """

    __slots__ = ("ends", "facts", "holder", "home", "isolations", "last", "person", "rng", "today")

    def __init__(self, rng: Random, person: Person, home: Home, today: date) -> None:
        self.rng = rng
        self.person = person
        self.home = home
        self.today = today
        self.last = today.toordinal() - 1
        self.ends = date.max
        self.holder = ""
        self.facts: list[Fact] = []
        self.isolations: list[Isolation] = []

    def add(self, day: date, kind: str, role: str, unit: str, /, **fields: Value) -> bool:
        """Say that something happened. False, and nothing written, if not before today, or after death."""
        if day >= self.today or day > self.ends:
            return False
        self.facts.append(Fact(day, kind, role, unit, fields))
        return True

    def say(self, id: UUID, day: date, kind: str, role: str, unit: str, /, **fields: Value) -> bool:
        """The same with the entry's own id, for what others name or what has an id by its nature."""
        if not self.add(day, kind, role, unit, **fields):
            return False
        self.facts[-1] = self.facts[-1]._replace(id=id)
        return True

    def hold(self, day: date, worker: str, unit: str, by: str = "") -> None:
        """From `day` on, that office answers for the person, and in it the one with the role `worker`.

        `by` is the role that writes it down, if it is another. A centre that held the person hands the file
        over, and the office accepts it.
        """
        if unit == self.holder:
            return
        if _JUSTICE in self.holder and _JUSTICE not in unit:
            self.add(day, "handover_sent", "centre_head", self.holder, to_unit=unit)
            self.add(day, "handover_accepted", worker, unit, complete="yes")
        if self.add(day, "responsible_unit", by or worker, unit, unit=unit, worker=staff_name(worker, unit)):
            self.holder = unit

    def days(self, least: int, most: int) -> timedelta:
        """A number of days, both ends included."""
        return timedelta(days=least + int(self.rng.random() * (most - least + 1)))

    def entries(self, file: UUID) -> tuple[Entry, ...]:
        """The entries of this life in the order in which they were recorded."""
        rng = self.rng
        wrong = self._one_of(rng.random())
        double = self._one_of(rng.random())
        written: list[Entry] = []
        for place, fact in self._placed():
            entry = self._entry(file, fact, place)
            if fact is wrong:
                written.append(replace(entry, happened_on=fact.day - timedelta(days=1)))
                entry = replace(
                    self._later(entry, place), corrects=entry.id, reason="日期录错，按原始登记更正"
                )
            elif fact is double:
                again = self._later(entry, place)
                written += (again, self._void(again, place))
            written.append(entry)
        written.sort(key=attrgetter("recorded_at"))
        return tuple(written)

    def _placed(self) -> Iterator[tuple[int, Fact]]:
        """The facts in the order of their days, with their places: in the file, and where that is longer than
        a day has steps, in their day, or one that answers another of that day could come before it."""
        facts = sorted(self.facts, key=attrgetter("day"))
        if len(facts) < _STEPS:
            yield from enumerate(facts)
            return
        place, before = 0, None
        for fact in facts:
            place = place + 1 if fact.day == before else 0
            before = fact.day
            yield place, fact

    def _one_of(self, dice: float) -> Fact | None:
        if dice >= _MISTAKEN:
            return None
        return next((fact for fact in reversed(self.facts) if fact.kind in _CORRECTABLE), None)

    def _entry(self, file: UUID, fact: Fact, place: int) -> Entry:
        late = 0
        if fact.kind in _CAN_WAIT and (dice := self.rng.random()) < _LATE:
            late = 1 + int(dice / _LATE * 20)
        at, identifier = self._stamp(fact.day.toordinal() + late, place)
        return Entry(
            id=fact.id or identifier,
            file=file,
            kind=fact.kind,
            happened_on=fact.day,
            recorded_at=at,
            version=version_of(fact.kind),
            author=author(fact.role, fact.unit),
            unit=fact.unit,
            fields=fact.fields,
        )

    def _later(self, entry: Entry, place: int) -> Entry:
        at, identifier = self._stamp(entry.recorded_at.toordinal() + self.rng.randint(1, 9), place)
        return replace(entry, recorded_at=max(at, entry.recorded_at), id=identifier)

    def _void(self, entry: Entry, place: int) -> Entry:
        later = self._later(entry, place + 1)
        return replace(
            later,
            kind="void",
            happened_on=later.recorded_at.date(),
            corrects=entry.id,
            fields={"reason": "重复登记"},
        )

    def _stamp(self, day: int, place: int) -> tuple[datetime, UUID]:
        """When an entry was recorded, never later than yesterday evening, and an id made at that moment."""
        return stamp(self.rng, day, self.last, place)


def stamp(rng: Random, day: int, last: int, place: int) -> tuple[datetime, UUID]:
    """When the entry at that place of a file was recorded, on `day` or at the latest on `last`, and an id
    made at that moment."""
    step = (place % _STEPS) * _STEP_MS
    ms = (min(day, last) - EPOCH) * _DAY_MS + _OPENS_MS + step + int(rng.random() * _STEP_MS)
    return datetime.fromtimestamp(ms / 1000, CHINA), uuid7(ms, rng.randbytes(10))
