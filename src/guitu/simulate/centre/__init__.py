"""What happens inside a centre, day by day, for the demonstration: who is in which bed, what was given.

A subject (the gate, the wards, medicine …) is a module of this folder. It has one or more of

    of_stay(stay)                           # what stands in one person's file: `stay.life.add(...)`
    of_centre(centre, stays, today, add)    # what stands in the centre's and its brigades' own files
    of_coming(pen, isolation)               # of somebody who arrives within `COMING` days
    of_left(stay)                           # of somebody who left longer ago: what is known of them since
    of_file(stay, file, entries)            # the whole file once all is told: what rests on other entries

and nothing is registered anywhere: they are found here and called in the order of their names. A subject that
has to follow another asks it for what it worked out (a pure function of the stay), not for what it wrote.

Only few centres are told in detail, only so many people of each (`TOLD`), and what happens often only for the
last `DAYS` days: the demonstration is to be there within a minute. A benchmark tells of a whole year
(`guitu.simulate.one_centre`): how many days are told is the stay's own (`Stay.days`, `told_days`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from types import ModuleType
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.simulate.accounts import author
from guitu.simulate.life import Life, stamp
from guitu.store.apart import unit_file_id

if TYPE_CHECKING:
    from guitu.simulate.isolation import Isolation

TOLD: Final[Mapping[str, int]] = {"46J01": 160, "46J0401": 40}
"""The units whose people are told of in detail, and how many at most: the whole first centre, and the first
brigade of the women's."""

CENTRES: Final = ("46J01", "46J04")
"""The centres of those units."""

_CENTRE: Final = 5
"""So long is a centre's code: a brigade's is longer."""

DAYS: Final = 30
"""How many days back that is told which happens often: rounds of medicine, visits, meals."""

COMING: Final = 12
"""So many days before somebody arrives their coming is told of."""

LATELY: Final = 60
"""How many days after they left people are still told of: their package was handed over, a town answered."""

LONG_AGO: Final = 1000
"""How many days after they left what became of people is told: whether they work, whether anybody asked."""

LEFT_TOLD: Final = 240
"""Of so many who left longer ago than `LATELY` it is told."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in a judicial centre, as of `today`.

    `admitted` is the day of admission at the police centre, `transferred` that of arrival in this one; `ends`
    the last day of the measure as it is known today; `until` the day the person left, None while inside.
    `away` are the days on which the person was out meanwhile (medical leave, escape), first and last; the
    last is None while it lasts. `life` is a pen of its own with dice of its own: what is told here leaves the
    rest as it is.
    """

    life: Life
    centre: str
    brigade: str
    sex: str
    born: date
    ordered: date
    admitted: date
    transferred: date
    ends: date
    until: date | None
    away: tuple[tuple[date, date | None], ...]
    today: date
    counted: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    treated: tuple[tuple[date, date | None], ...] = ()
    """Of the days away, those on medical leave."""
    days: int = DAYS
    """How many days back that is told which happens often."""

    def count(self, what: str) -> int:
        """The next number of something that is given out once in the whole province, such as a bed."""
        self.counted[what] = self.counted.get(what, 0) + 1
        return self.counted[what]

    @property
    def rng(self) -> Random:
        """This person's dice."""
        return self.life.rng

    @property
    def name(self) -> str:
        """The person's invented name."""
        return self.life.person.name

    def inside(self, day: date) -> bool:
        """Whether the person slept in the centre on that day."""
        if not self.transferred <= day <= (self.until or self.today):
            return False
        return not any(first <= day and (last is None or day < last) for first, last in self.away)

    @property
    def whole(self) -> bool:
        """Whether more is told of than the last weeks."""
        return self.days > DAYS

    def lately(self, days: int = 0) -> Iterator[date]:
        """The last days before today on which the person was inside, oldest first: so many, or as many as are
        told of."""
        for back in range(days or self.days, 0, -1):
            day = self.today - timedelta(days=back)
            if self.inside(day):
                yield day


def chance(what: str) -> float:
    """A number from 0 to 1 that is always the same for the same words: much cheaper than dice, where most
    days bring nothing."""
    return int.from_bytes(blake2b(what.encode(), digest_size=6).digest()) / (1 << 48)


class Add(Protocol):
    """Says what a unit did: in whose file, when, what, by which role of which office (left out: the same)."""

    def __call__(
        self, unit: str, day: date, kind: str, role: str, office: str = "", /, **fields: Value
    ) -> bool: ...


class Told(str):
    """A name for something that is told of: given as `told_as` it names an entry, as any other answer it
    stands for that entry's id. So an answer can say what it answers before there are ids."""

    __slots__ = ()


OfStay = Callable[[Stay], None]
OfCentre = Callable[[str, "tuple[Stay, ...]", date, Add], None]


@lru_cache(maxsize=1)
def subjects() -> tuple[ModuleType, ...]:
    """The modules of this folder, in the order of their names."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def told_days(stays: Iterable[Stay]) -> int:
    """How many days back that is told of a centre which happens often."""
    return max((stay.days for stay in stays), default=DAYS)


def stay_of(
    life: Life, made: Isolation, pen: Life, counted: dict[str, int], *, days: int = DAYS, left: int = LATELY
) -> Stay | None:
    """The stay that an isolation was, if it reached a centre and is not over for more than `left` days."""
    arrived, today = made.transferred, life.today
    if arrived is None or arrived >= today:
        return None
    went = made.decided if made.course == "medical_change" else made.released
    until = went if went is not None and went < today else None
    if life.ends < today:
        until = min(life.ends, until or life.ends)
    if until is not None and until < max(arrived, today - timedelta(days=left)):
        return None
    spans = ((made.leave, made.back), (made.escaped, made.recaptured))
    away, treated = _before(spans, today), _before(spans[:1], today)
    person = life.person
    return Stay(
        pen, made.centre, made.brigade, person.sex, person.born,
        made.ordered, made.admitted, arrived, made.ends, until, away, today, counted, treated, days,
    )  # fmt: skip


def _before(
    spans: Iterable[tuple[date | None, date | None]], today: date
) -> tuple[tuple[date, date | None], ...]:
    return tuple(
        (first, last if last is not None and last < today else None)
        for first, last in spans
        if first is not None and first < today
    )


@dataclass(slots=True)
class Detail:
    """Collects the stays while the province is made, and then tells of the centres themselves. `told` are the
    units whose people are told of, and how many at most; `days` how far back what happens often is told;
    `left` how many days after they left people still are."""

    today: date
    seed: int
    told: Mapping[str, int] = field(default_factory=lambda: TOLD)
    days: int = DAYS
    left: int = LATELY
    stays: list[Stay] = field(default_factory=list)
    room: dict[str, int] = field(init=False)
    counted: dict[str, int] = field(default_factory=dict)
    left_room: int = LEFT_TOLD
    here: Stay | None = None

    def __post_init__(self) -> None:
        self.room = dict(self.told)

    def of_person(self, life: Life, number: int, file: UUID) -> tuple[Entry, ...]:
        """What stands in a person's file besides, in the order in which it was recorded."""
        told: list[Entry] = []
        self.here = None
        for made in life.isolations:
            pen = Life(Random(f"{self.seed}/{number}/inside"), life.person, life.home, life.today)
            pen.ends = life.ends
            self._coming(life, made, pen)
            unit = self._unit(made.brigade)
            stay = stay_of(life, made, pen, self.counted, days=self.days, left=self.left)
            if stay is None and self.left_room > 0 and made is life.isolations[-1]:
                self._left(life, made, pen)
            if stay is None or unit is None or self.room[unit] <= 0:
                told += pen.entries(file)
                continue
            self.room[unit] -= 1
            self.stays.append(stay)
            self.here = stay
            for subject in subjects():
                if (tell := getattr(subject, "of_stay", None)) is not None:
                    tell(stay)
            told += pen.entries(file)
        return tuple(told)

    def of_whole(self, file: UUID, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The whole file of the person told of last, after the subjects have had their say about it: what
        names other entries, or was signed by two."""
        if self.here is None:
            return entries
        for subject in subjects():
            if (tell := getattr(subject, "of_file", None)) is not None:
                entries = tell(self.here, file, entries)
        return entries

    def _left(self, life: Life, made: Isolation, pen: Life) -> None:
        """Tell what became of somebody who left a centre longer ago."""
        stay = stay_of(life, made, pen, self.counted, days=self.days, left=LONG_AGO)
        if stay is None or stay.until is None:
            return
        self.left_room -= 1
        for subject in subjects():
            if (tell := getattr(subject, "of_left", None)) is not None:
                tell(stay)

    def _unit(self, brigade: str) -> str | None:
        """The unit that is told of to which a brigade belongs."""
        return next((unit for unit in self.told if brigade.startswith(unit)), None)

    def _coming(self, life: Life, made: Isolation, pen: Life) -> None:
        """Tell of somebody who arrives in the next days."""
        arrives = made.transferred
        if arrives is None or self._unit(made.brigade) is None or life.ends < life.today:
            return
        if life.today <= arrives <= life.today + timedelta(days=COMING) and made.admitted < life.today:
            for subject in subjects():
                if (tell := getattr(subject, "of_coming", None)) is not None:
                    tell(pen, made)

    def of_units(self) -> Iterator[tuple[Entry, ...]]:
        """What stands in the files of the centres and their brigades: one sequence a file."""
        for centre in sorted({unit[:_CENTRE] for unit in self.told}):
            yield from told_of(centre, (s for s in self.stays if s.centre == centre), self.today, self.seed)


def told_of(centre: str, stays: Iterable[Stay], today: date, seed: int) -> Iterator[tuple[Entry, ...]]:
    """What one centre's files hold."""
    here = tuple(stays)
    rng = Random(f"{seed}/{centre}")
    said: dict[str, list[tuple[date, str, str, str, Mapping[str, Value]]]] = {}

    def add(unit: str, day: date, kind: str, role: str, office: str = "", /, **fields: Value) -> bool:
        if day >= today:
            return False
        said.setdefault(unit, []).append((day, kind, role, office or unit, fields))
        return True

    for subject in subjects():
        if (tell := getattr(subject, "of_centre", None)) is not None:
            tell(centre, here, today, add)
    files: list[list[Entry]] = []
    known: dict[str, UUID] = {}
    for unit, facts in sorted(said.items()):
        written = []
        for place, (day, kind, role, office, fields) in enumerate(sorted(facts, key=lambda fact: fact[0])):
            at, identifier = stamp(rng, day.toordinal(), today.toordinal() - 1, place)
            if (named := fields.get("told_as")) is not None:
                known[str(named)] = identifier
            written.append(
                Entry(
                    id=identifier, file=unit_file_id(unit), kind=kind, happened_on=day, recorded_at=at,
                    author=author(role, office), unit=office, fields=fields,
                )
            )  # fmt: skip
        files.append(sorted(written, key=lambda entry: entry.recorded_at))
    for written in files:
        yield tuple(_with_ids(entry, known) for entry in written)


def _with_ids(entry: Entry, known: Mapping[str, UUID]) -> Entry:
    """The entry with ids in the place of names."""
    if not any(isinstance(value, Told) for value in entry.fields.values()):
        return entry
    fields = {
        name: str(known[value]) if isinstance(value, Told) else value
        for name, value in entry.fields.items()
        if name != "told_as"
    }
    return replace(entry, fields=fields)


def together(one: tuple[Entry, ...], other: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Two files' worth of entries as one, in the order in which they were recorded."""
    if not other:
        return one
    return tuple(sorted((*one, *other), key=_recorded))


def _recorded(entry: Entry) -> datetime:
    return entry.recorded_at
