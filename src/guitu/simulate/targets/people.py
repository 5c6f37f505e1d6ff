"""Who is needed so that the figures about persons come out: planned life by life, from the narrowest figure to
the widest.

A life is tried and asked what it would count for. It is taken if it brings the figure in hand one further and
no other one beyond what was printed, else another is tried: so a county's people are also the province's, the
sick also the admitted, and whoever is released is also handed over, because the definitions say so and not
because somebody wrote it down here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from guitu.casefile import Kind
from guitu.indicators.conditions import Exists, walk
from guitu.indicators.tables import Table
from guitu.kernel.labels import Label
from guitu.simulate import histories
from guitu.simulate.life import Fact
from guitu.simulate.targets import answers, helping, lives
from guitu.simulate.targets.answers import Wanted, wanted
from guitu.simulate.targets.demand import NotPlanned, Rate
from guitu.simulate.targets.lives import Extra, Recipe, World
from guitu.simulate.targets.offices import Offices
from guitu.simulate.targets.rows import File, Ledger, Line

_TRIES: Final = 400
_LEAST_AGO: Final = 2
_PROBES: Final = 12
_BEFORE: Final = timedelta(days=1400)  # how long before a period somebody's way may have begun


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for the whole plan."""

    world: World
    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]
    offices: Offices


@dataclass(slots=True)
class Plan:
    """The people that are needed, and what they count for. `lines` come first in the ledger; the counts that
    open rates divide follow them, without an amount."""

    recipes: list[Recipe]
    ledger: Ledger
    lines: list[Line]
    rates: list[Rate]
    totals: list[int]
    next_number: int
    faults: dict[int, str] = field(default_factory=dict)


class Planner:
    """Plans lives until every line is met."""

    def __init__(self, lines: Sequence[Line], rates: Sequence[Rate], frame: Frame) -> None:
        self.frame = frame
        self.lines = list(lines)
        self.rates = list(rates)
        counted = [*self.lines, *(x for rate in rates for x in (rate.over, rate.under))]
        self.ledger = Ledger(counted, frame.tables)
        self.rest = [line.amount for line in self.lines]
        self.totals = [0] * len(counted)
        self.recipes: list[Recipe] = []
        self.number = 0
        self.villages = sorted(frame.world.homes)
        self.rng = Random(f"{frame.world.seed}/plan")
        self._asked = [wanted(line.count.of, line.count.where) for line in self.lines]
        self._whole = [
            at for at, rate in enumerate(self.rates) if rate.rate == rate.per and rate.over.count.of
        ]

    def plan(self) -> Plan:
        """Everybody that is needed. Raises NotPlanned with the figure that cannot be met."""
        order = sorted(range(len(self.lines)), key=self._narrowness)
        lived = [at for at in order if self._is_lived(self.lines[at])]
        for at in lived:
            self._fill(at)
        helped = [at for at in order if at not in lived]
        helping.add(self, helped)
        for at, line in enumerate(self.lines):
            if self.rest[at]:
                raise self.short(line, self.rest[at])
        return Plan(self.recipes, self.ledger, self.lines, self.rates, self.totals, self.number)

    def _narrowness(self, at: int) -> tuple[int, int, int, int]:
        line = self.lines[at]
        conditions = 0 if line.count.where is None else sum(1 for _ in walk(line.count.where))
        return (-len(self.frame.offices.above(line.place)), -conditions, (line.last - line.first).days, at)

    def _is_lived(self, line: Line) -> bool:
        """Whether lives bring such entries by themselves, or they are added to lives."""
        return line.count.of in lived_kinds()

    # ── lives that count by what happened in them ──────────────────────────────────────────────────

    def _fill(self, at: int) -> None:
        line = self.lines[at]
        while self.rest[at]:
            self.take(self._one_for(at, line))

    def _one_for(self, at: int, line: Line) -> tuple[Recipe, dict[int, int]]:
        ways = _ways(line.count.of)
        done = line.amount - self.rest[at]
        span = (line.last - line.first).days + 1
        for tried in range(_TRIES):
            even = (done + self.rng.random()) / line.amount if tried < _TRIES // 2 else self.rng.random()
            day = line.first + timedelta(days=min(span - 1, int(even * span)))
            way = ways[self.rng.randrange(len(ways))]
            start = day - timedelta(days=way.after + self.rng.randrange(-15, 16))
            recipe = self.new(way.path, start, line.place)
            if not lives.grown_up(recipe, self.frame.world):
                continue
            found = self.tried(recipe, at)
            if found is not None:
                return recipe, found
        raise self.short(line, self.rest[at])

    def new(self, path: str, start: date, place: str = "") -> Recipe:
        """A recipe for the next person, at home in that place if it is one."""
        homes = [v for v in self.villages if v.startswith(place)] if place else self.villages
        self.number += 1
        rng = self.rng
        return Recipe(
            number=self.number - 1,
            path=path,
            start=start.toordinal(),
            village=rng.choice(homes or self.villages),
            elsewhere=rng.choice(self.villages),
        )

    def tried(self, recipe: Recipe, at: int | None) -> dict[int, int] | None:
        """What a life would count for, with what the line `at` asks to be added; None if it is not taken."""
        facts = lives.live(recipe, self.frame.world).facts
        if at is not None:
            facts = self._completed(recipe, facts, at)
        facts = self._whole_rates(recipe, facts)
        counted = self.ledger.counted(lives.file_of(facts))
        if at is not None and not counted.get(at):
            return None
        if any(n > self.rest[i] for i, n in counted.items() if i < len(self.lines)):
            return None
        return counted if self._rates_hold(counted) else None

    def take(self, found: tuple[Recipe, dict[int, int]]) -> None:
        """Let somebody into the province."""
        recipe, counted = found
        self.recipes.append(recipe)
        self.count(counted)

    def count(self, counted: Mapping[int, int], sign: int = 1) -> None:
        """Enter what somebody counts for."""
        for i, n in counted.items():
            self.totals[i] += sign * n
            if i < len(self.lines):
                self.rest[i] -= sign * n

    def _completed(self, recipe: Recipe, facts: list[Fact], at: int) -> list[Fact]:
        """The life with what a line's condition wants besides: a diagnosis, a service, an acceptance."""
        line, asked = self.lines[at], self._asked[at]
        return self._with(recipe, facts, line, asked)

    def _with(self, recipe: Recipe, facts: list[Fact], line: Line, asked: Wanted) -> list[Fact]:
        if not asked.companions:
            return facts
        file = lives.file_of(facts)
        bare = Ledger([_bare(line)], self.frame.tables)
        anchor = next((f for f in facts if bare.counted(File([f], file.answered))), None)
        if anchor is None:
            return facts
        for companion in asked.companions:
            if companion.of not in lived_kinds():
                extra = helping.companion(self, companion, anchor, facts, line)
                if extra is not None:
                    recipe.extras.append(extra)
        return lives.live(recipe, self.frame.world).facts if recipe.extras else facts

    def _whole_rates(self, recipe: Recipe, facts: list[Fact]) -> list[Fact]:
        """Where a rate is a hundred per cent, everybody who is in the whole is also in the part."""
        for at in self._whole:
            over, under = self.rates[at].over, self.rates[at].under
            pair = Ledger([over, under], self.frame.tables)
            counted = pair.counted(lives.file_of(facts))
            if counted.get(1, 0) > counted.get(0, 0):
                asked = wanted(over.count.of, over.count.where)
                facts = self._with(recipe, facts, replace(under, amount=1), asked)
        return facts

    def _rates_hold(self, counted: Mapping[int, int]) -> bool:
        base = len(self.lines)
        return all(
            counted.get(base + 2 * at, 0) == counted.get(base + 2 * at + 1, 0) for at in self._whole
        )

    def short(self, line: Line, rest: int) -> NotPlanned:
        """The sentence for a figure that could not be met."""
        return NotPlanned(
            Label(
                f"“{line.name}”应为 {line.amount}，还差 {rest}：没有既能计入它、又不使其他数字超出的人",
                f"“{line.name}” should be {line.amount} and wants {rest} more, but nobody would count for it"
                " without taking another figure beyond what was printed",
            )
        )


def _bare(line: Line) -> Line:
    """The same line without what it asks of other entries."""
    asked = [c for c in walk(line.count.where) if isinstance(c, Exists)] if line.count.where else []
    return line if not asked else replace(line, count=replace(line.count, where=_own(line)))


def _own(line: Line):  # type: ignore[no-untyped-def]
    from guitu.indicators.conditions import All

    where = line.count.where
    if isinstance(where, All):
        kept = tuple(part for part in where.parts if not any(isinstance(c, Exists) for c in walk(part)))
        return All(*kept) if kept else None
    return None


@dataclass(frozen=True, slots=True)
class Way:
    """A way home on which such an entry occurs, and how many days after its beginning, as a rule."""

    path: str
    after: int


_LIVED: dict[str, list[Way]] = {}


def lived_kinds() -> Mapping[str, list[Way]]:
    """The kinds that lives bring by themselves, each with the ways on which it occurs and when: found by
    living a few."""
    if not _LIVED:
        _LIVED.update(_found())
    return _LIVED


def _ways(kind: str) -> list[Way]:
    return lived_kinds()[kind]


def _found() -> dict[str, list[Way]]:
    from guitu.simulate.targets.offices import furnish

    homes = furnish("46").homes
    today = date(2020, 1, 1)
    world = World("ways", today, homes, 0)
    start = today - timedelta(days=4000)
    village = sorted(homes)[0]
    seen: dict[str, dict[str, list[int]]] = {}
    for path in histories.PATHS:
        for number in range(_PROBES):
            recipe = Recipe(number, path, start.toordinal(), village, village)
            first: dict[str, int] = {}
            for fact in lives.live(recipe, world).facts:
                first.setdefault(fact.kind, (fact.day - start).days)
            for kind, after in first.items():
                seen.setdefault(kind, {}).setdefault(path, []).append(after)
    return {
        kind: [
            Way(path, sorted(found)[len(found) // 2])
            for path, found in paths.items()
            if len(found) > _PROBES // 3
        ]
        for kind, paths in seen.items()
        if any(len(found) > _PROBES // 3 for found in paths.values())
    }


def everybody(plan: Plan) -> Iterator[Recipe]:
    """The planned people in the order of their numbers."""
    return iter(sorted(plan.recipes, key=lambda recipe: recipe.number))


def extra(fact_day: date, kind: Kind, asked: Wanted, role: str, unit: str) -> Extra:
    """An addition to a life with the answers that a figure wants."""
    made = answers.fields(kind, asked, fact_day, unit)
    return Extra(fact_day.toordinal(), kind.name, role, unit, tuple(made.items()))
