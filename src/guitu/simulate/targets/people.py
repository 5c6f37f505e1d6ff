"""Who is needed so that the figures about persons come out: planned life by life, from the narrowest figure
to the widest.

A life is tried and asked what it would count for. It is taken if it brings the figure in hand one further and
no other one beyond what was printed, else another is tried: so a county's people are also the province's, the
sick also the admitted, and whoever is released is also handed over, because the definitions say so and not
because somebody wrote it down here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from guitu.casefile import Kind
from guitu.indicators.conditions import All, Condition, Exists, walk
from guitu.indicators.measures import Stock
from guitu.indicators.tables import Table
from guitu.kernel.labels import Label
from guitu.simulate.faults import PLANTED
from guitu.simulate.life import Life
from guitu.simulate.targets import helping, lives
from guitu.simulate.targets.answers import Wanted, wanted
from guitu.simulate.targets.demand import NotPlanned, Rate
from guitu.simulate.targets.helping import Stay
from guitu.simulate.targets.lives import Recipe, World
from guitu.simulate.targets.offices import Offices
from guitu.simulate.targets.rows import WORKED_OUT, File, Ledger, Line
from guitu.simulate.targets.ways import Choice, Ways

_TRIES: Final = 1500
_BEFORE: Final = 1100  # days before a period from which somebody may have been on the way already
_STOCK: Final = 300  # days before a stock is counted from which what is there may have begun

Counted = dict[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for the whole plan."""

    world: World
    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]
    offices: Offices
    ways: Ways


class Planner:
    """Plans lives until every line is met. The ledger holds the lines, then of every open rate what it
    divides and what by."""

    def __init__(self, lines: Sequence[Line], rates: Sequence[Rate], frame: Frame) -> None:
        self.frame = frame
        self.lines = [*lines, *(x for rate in rates for x in (rate.over, rate.under))]
        self.rates = list(rates)
        self.fixed = len(lines)
        self.ledger = Ledger(self.lines, frame.tables)
        self.rest = [line.amount for line in lines]
        self.totals = [0] * len(self.lines)
        self.recipes: list[Recipe] = []
        self.stays: list[Stay] = []
        self.number = 0
        self.villages = sorted(frame.world.homes)
        self.rng = Random(f"{frame.world.seed}/plan")
        self.asked = [wanted(line.count.of, line.count.where) for line in self.lines]
        self.helped = [n for n, k in frame.kinds.items() if k.about == "person" and n not in frame.ways]
        self._bare = [Ledger([_bare(line)], frame.tables) for line in self.lines]
        self._whole = [at for at, rate in enumerate(rates) if rate.rate == rate.per]
        worked = [at for at, line in enumerate(self.lines) if line.count.of in WORKED_OUT]
        self._assessed = frozenset(worked)
        self._plain = frozenset(range(len(self.lines))) - self._assessed
        self._by_additions = frozenset(
            at for at, line in enumerate(self.lines)
            if all(of in self.helped for of in (line.count.of, *(c.of for c in _exists(line.count.where))))
        )  # fmt: skip
        self._at_home: dict[str, list[str]] = {}

    # ── lives ──────────────────────────────────────────────────────────────────────────────────────

    def fill(self, at: int) -> None:
        """Let in people until a line that lives bring by themselves is met."""
        line = self.lines[at]
        choice = self.frame.ways.choice(line.count.of)
        while self.rest[at] > 0:
            for _ in range(_TRIES):
                if self.one_for(at, choice):
                    break
            else:
                raise self.short(line, self.rest[at])

    def one_for(self, at: int, choice: Choice) -> bool:
        """Try one person for a line; whether they were let in."""
        line = self.lines[at]
        span = (line.last - line.first).days + 1
        earlier = _STOCK if isinstance(line.count, Stock) else 0
        day = line.first + timedelta(days=self.rng.randrange(-earlier, span))
        way, after = choice.draw(self.rng)
        recipe = self.new(way, day - timedelta(days=after), line.place)
        found = self.tried(recipe, at)
        choice.told(way, after, taken=found is not None)
        if found is None:
            return False
        self.take(recipe, *found)
        return True

    def new(self, path: str, start: date, place: str = "") -> Recipe:
        """A recipe for the next person, at home in that place if people live there."""
        if place not in self._at_home:
            self._at_home[place] = [v for v in self.villages if v.startswith(place)] or self.villages
        self.number += 1
        return Recipe(
            number=self.number - 1,
            path=path,
            start=start.toordinal(),
            village=self.rng.choice(self._at_home[place]),
            elsewhere=self.rng.choice(self.villages),
        )

    def tried(self, recipe: Recipe, at: int | None) -> tuple[Life, Counted] | None:
        """A life and what it counts for, with what the line `at` wants added; None if it is not taken."""
        world = self.frame.world
        begun = lives.begin(recipe, world)
        if recipe.path not in PLANTED and not lives.grown_up(begun, recipe.start):
            return None
        life = lives.live(recipe, world, begun)
        if not life.facts or not lives.grown_up(life, life.facts[0].day.toordinal()):
            return None
        if at is not None:
            life = self._with(recipe, life, at, self.asked[at])
        file = lives.file_of(life.facts, world)
        counted = self.ledger.counted(file, self._plain)
        if self._beyond(counted) or (at is not None and at in self._plain and not counted.get(at)):
            return None  # before an assessment is asked for, which takes longer than all the rest
        counted |= self.ledger.counted(file, self._assessed)
        if at is not None and not counted.get(at):
            return None
        for one in self._whole:  # where a rate is the whole, whoever is in the one is in the other
            over = self.fixed + 2 * one
            if counted.get(over, 0) < counted.get(over + 1, 0):
                life = self._with(recipe, life, over + 1, self.asked[over])
                counted = self.ledger.counted(lives.file_of(life.facts, world))
        return (life, counted) if self.fits(counted) else None

    def fits(self, counted: Mapping[int, int]) -> bool:
        """Whether nothing is taken beyond what was printed, and whole rates stay whole."""
        if self._beyond(counted):
            return False
        overs = (self.fixed + 2 * one for one in self._whole)
        return all(counted.get(over, 0) == counted.get(over + 1, 0) for over in overs)

    def _beyond(self, counted: Mapping[int, int]) -> bool:
        return any(n > self.rest[i] for i, n in counted.items() if i < self.fixed)

    def leaves_rates(self, counted: Mapping[int, int]) -> bool:
        """Whether rates below the whole stay as they are."""
        part = (self.fixed + 2 * at for at in range(len(self.rates)) if at not in self._whole)
        return not any(counted.get(over, 0) or counted.get(over + 1, 0) for over in part)

    def take(self, recipe: Recipe, life: Life, counted: Mapping[int, int]) -> int:
        """Let somebody in; their place in the list."""
        facts = life.facts
        self.recipes.append(recipe)
        since = tuple((day.toordinal(), unit) for day, unit in lives.answered(facts))
        dead = next((f.day.toordinal() for f in facts if f.kind == "death"), None)
        self.stays.append(Stay(since, dead or self.frame.world.today.toordinal() - 1))
        self.count(counted)
        return len(self.recipes) - 1

    def count(self, counted: Mapping[int, int], sign: int = 1) -> None:
        """Enter what somebody counts for."""
        for i, n in counted.items():
            self.totals[i] += sign * n
            if i < self.fixed:
                self.rest[i] -= sign * n

    def _with(self, recipe: Recipe, life: Life, at: int, asked: Wanted) -> Life:
        """The life with what a condition wants besides: a diagnosis, a service."""
        if not any(companion.of in self.helped for companion in asked.companions):
            return life
        world, line, facts = self.frame.world, self.lines[at], life.facts
        days = self._bare[at].days(lives.file_of(facts, world), 0)
        if not days:
            return life
        since = tuple((day.toordinal(), unit) for day, unit in lives.answered(facts))
        stay = Stay(since, min(facts[-1].day.toordinal(), world.today.toordinal() - 1))
        added = helping.companions(
            asked, self.frame.kinds, self.helped, stay, days[0].toordinal(),
            (line.first.toordinal(), line.last.toordinal()), self.frame.offices, self.rng,
        )  # fmt: skip
        recipe.extras += [extra for extra in added if extra is not None]
        return lives.live(recipe, world)

    # ── what is added to lives ─────────────────────────────────────────────────────────────────────

    def help(self, at: int) -> None:
        """Add to lives what a line counts; where too few are there, let in people for whom nothing else
        counts."""
        line = self.lines[at]
        had = {i for i, r in enumerate(self.recipes) if any(e.kind == line.count.of for e in r.extras)}
        hosts = [i for i in range(len(self.recipes)) if i not in had]
        self.rng.shuffle(hosts)
        for host in hosts:
            if self.rest[at] <= 0:
                return
            self._helped(host, at)
        tries = 0
        choice = self.frame.ways.choice("")
        while self.rest[at] > 0:
            if tries > _TRIES:
                raise self.short(line, self.rest[at])
            host_or_none = self._quiet(line, choice)
            tries = 0 if host_or_none is not None and self._helped(host_or_none, at) else tries + 1

    def _helped(self, host: int, at: int) -> bool:
        line, frame = self.lines[at], self.frame
        first = line.first - timedelta(days=_STOCK) if isinstance(line.count, Stock) else line.first
        period = (first.toordinal(), line.last.toordinal())
        stay, recipe = self.stays[host], self.recipes[host]
        kind, asked = frame.kinds[line.count.of], self.asked[at]
        added = helping.addition(kind, asked, stay, line.place, *period, frame.offices, self.rng)
        if added is None:
            return False
        more = list(
            helping.companions(
                asked, frame.kinds, self.helped, stay, added.day, period, frame.offices, self.rng
            )
        )
        if any(one is None for one in more):
            return False
        extras = [added, *(one for one in more if one is not None)]
        before, after = self._difference(host, extras)
        change = {i: after.get(i, 0) - before.get(i, 0) for i in {*before, *after}}
        if not change.get(at) or not self.fits(change):
            return False
        recipe.extras += extras
        self.count(change)
        return True

    def _difference(self, host: int, extras: list[lives.Extra]) -> tuple[Counted, Counted]:
        """What somebody counts for without and with these additions: of the lines they may touch."""
        recipe, kinds = self.recipes[host], {extra.kind for extra in extras}
        touched = {i for i, line in enumerate(self.lines) if self._touches(line, kinds)}
        if touched <= self._by_additions:  # then nothing else of the life is asked
            home = [(date.fromordinal(day), unit) for day, unit in self.stays[host].since]
            had = [lives.added(extra) for extra in recipe.extras]
            more = [*had, *(lives.added(extra) for extra in extras)]
            return self.ledger.counted(File(had, home), touched), self.ledger.counted(
                File(more, home), touched
            )
        world = self.frame.world
        before = self.ledger.counted(lives.file_of(lives.live(recipe, world).facts, world), touched)
        with_them = replace(recipe, extras=[*recipe.extras, *extras])
        return before, self.ledger.counted(lives.file_of(lives.live(with_them, world).facts, world), touched)

    def _touches(self, line: Line, kinds: set[str]) -> bool:
        return line.count.of in kinds or any(c.of in kinds for c in _exists(line.count.where))

    def _quiet(self, line: Line, choice: Choice) -> int | None:
        """Somebody who is in an office's care in that period and counts for nothing that is full."""
        path, after = choice.draw(self.rng)
        span = (line.last - line.first).days + 1
        day = line.first + timedelta(days=self.rng.randrange(span))
        place = (
            line.place if self.frame.offices.levels[line.place] not in ("justice_centre", "brigade") else ""
        )
        recipe = self.new(path, day - timedelta(days=self.rng.randrange(1, _BEFORE)), place)
        found = self.tried(recipe, None)
        choice.told(path, after, taken=found is not None)
        return None if found is None else self.take(recipe, *found)

    def short(self, line: Line, rest: int) -> NotPlanned:
        """The sentence for a figure that could not be met."""
        return NotPlanned(
            Label(
                f"“{line.name}”应为 {line.amount}，还差 {rest}：没有既能计入它、又不使其他数字超出的人",
                f"“{line.name}” should be {line.amount} and wants {rest} more, but nobody would count for it"
                " without taking another figure beyond what was printed",
            )
        )


def _exists(condition: Condition | None) -> list[Exists]:
    return [c for c in walk(condition) if isinstance(c, Exists)] if condition is not None else []


def _bare(line: Line) -> Line:
    """The same line without what it asks of other entries."""
    return replace(line, count=replace(line.count, where=_own(line.count.where)))


def _own(where: Condition | None) -> Condition | None:
    if where is None or isinstance(where, Exists):
        return None
    if isinstance(where, All):
        kept = tuple(part for part in where.parts if not any(isinstance(c, Exists) for c in walk(part)))
        return All(*kept) if kept else None
    return None if any(isinstance(c, Exists) for c in walk(where)) else where
