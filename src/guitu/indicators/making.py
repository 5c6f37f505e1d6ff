"""From what an engine counted to figures: where shares are divided, changes taken on their base, versions
chosen and warnings given, whichever engine counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from guitu.indicators.counting import KEPT, Number, share
from guitu.indicators.figures import UNDEFINED, By, Figure, Warning_, defined, judged
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import (
    OUTCOMES,
    Change,
    Count,
    Median,
    People,
    Published,
    Ratio,
    Stock,
    Sum,
    Survival,
)
from guitu.indicators.periods import Period, Place
from guitu.indicators.running import Question
from guitu.kernel.labels import Label


@dataclass(slots=True)
class Tally:
    """What was counted for one part: rows, the total of its field, different persons (None: not of
    persons)."""

    rows: int = 0
    total: Number = 0
    people: int | None = None


@dataclass(slots=True)
class Cell:
    """What an engine counted for one indicator, place, period and group."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    median: Number | None = None
    values: int = 0
    open: int = 0
    cohort: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    people: int | None = None
    published: Sequence[Decimal] = ()


Found = Mapping[By, Cell]
Find = Callable[[Indicator, Place, Period], Found]
"""What an engine found, by group; groups without rows are not there."""


@dataclass(slots=True)
class _Made:
    value: Number | None = None
    over: Number | None = None
    under: Number | None = None
    parts: dict[str, Number] = field(default_factory=dict)
    n: int | None = None
    warnings: list[Warning_] = field(default_factory=list)


def figures(question: Question, find: Find, on: date) -> list[Figure]:
    """A figure for every indicator × place × period × group, in that order. `on` is the day that the rows
    reach: periods that end later are not closed, and say so."""
    made: list[Figure] = []
    for versions in question.keys().values():
        for place in question.places:
            for period in question.periods:
                made.extend(_figures(versions, place, period, question, find, on))
    return made


def _figures(
    versions: tuple[Indicator, ...],
    place: Place,
    period: Period,
    question: Question,
    find: Find,
    on: date,
) -> Iterator[Figure]:
    indicator, said = defined(versions, period)
    if period.last > on:
        said.append(_not_closed(on))
    if not set(question.by) <= set(indicator.breakdowns):
        return
    groups: dict[By, _Made] = {} if question.by else {(): _Made()}
    if not any(warning.code in UNDEFINED for warning in said):
        groups = _groups(indicator, place, period, question, find)
    for by in sorted(groups):
        one = groups[by]
        yield Figure(
            indicator=indicator.key,
            version=indicator.version,
            unit_no=place.no,
            level=place.level,
            period=period,
            by=by,
            value=one.value,
            over=one.over,
            under=one.under,
            parts=one.parts,
            n=one.n,
            warnings=(*said, *one.warnings, *judged(indicator, one.value, one.over, one.under)),
        )


def _not_closed(on: date) -> Warning_:
    return Warning_(
        "not_closed",
        Label(f"本期尚未结束，计至 {on}", f"the period is not over yet; counted up to {on}"),
    )


def _groups(
    indicator: Indicator, place: Place, period: Period, question: Question, find: Find
) -> dict[By, _Made]:
    value = indicator.value
    if isinstance(value, Change):
        return _changes(value, place, period, question, find)
    found: dict[By, Cell] = dict(find(indicator, place, period))
    if not question.by:
        found.setdefault((), Cell())
    return {by: _made(indicator, cell) for by, cell in found.items()}


def _made(indicator: Indicator, cell: Cell) -> _Made:
    value = indicator.value
    match value:
        case Ratio():
            return _ratio(value, cell)
        case Median():
            return _Made(cell.median, parts={"values": cell.values, "open": cell.open}, n=cell.people)
        case Survival():
            return _survival(value, cell)
        case Published():
            return _published(indicator, cell)
        case Change():
            raise AssertionError("a change has no cell of its own")
    tally = cell.tallies.get("over", Tally())
    number = counted(value, tally)
    return _Made(number, over=number, n=tally.people)


def counted(count: Count, tally: Tally) -> Number:
    """The number a count stands for."""
    if isinstance(count, Sum) or (isinstance(count, Stock) and count.count == "total"):
        return tally.total
    if isinstance(count, People) or (isinstance(count, Stock) and count.count == "people"):
        return tally.people or 0
    return tally.rows


def _ratio(value: Ratio, cell: Cell) -> _Made:
    over, under = cell.tallies.get("over", Tally()), cell.tallies.get("under", Tally())
    first, second = counted(value.over, over), counted(value.under, under)
    parts: dict[str, Number] = {}
    if over.people is not None:
        parts["over.n"] = over.people
    if under.people is not None:
        parts["under.n"] = under.people
    return _Made(share(first, second, value.per), first, second, parts, under.people)


def _survival(value: Survival, cell: Cell) -> _Made:
    parts: dict[str, Number] = {"cohort": cell.cohort}
    for months in value.months:
        for outcome in OUTCOMES:
            parts[f"{months}.{outcome}"] = cell.outcomes.get(f"{months}.{outcome}", 0)
    kept = int(parts[f"{value.at}.kept"])
    known = cell.cohort - int(parts[f"{value.at}.censored"])
    return _Made(share(kept, known, 100), kept, known, parts, cell.cohort)


def _published(indicator: Indicator, cell: Cell) -> _Made:
    if not cell.published:
        return _Made()
    first, *others = cell.published
    differ = list(dict.fromkeys(other for other in others if other != first))
    parts: dict[str, Number] = {f"also.{number}": other for number, other in enumerate(differ, start=1)}
    made = _Made(first, parts=parts)
    if differ:
        show = indicator.counting.show
        made.warnings.append(
            Warning_(
                "conflict",
                Label(
                    f"来源不一致：{show(first)}；另有 {'、'.join(show(other) for other in differ)}",
                    f"the sources differ: {show(first, 'en')}; also"
                    f" {', '.join(show(other, 'en') for other in differ)}",
                ),
            )
        )
    return made


def base_of(change: Change, period: Period) -> Period:
    """The period a change is measured from."""
    if isinstance(change.base, Period):
        return change.base
    return period.year_before() if change.base == "year" else period.before()


def _changes(change: Change, place: Place, period: Period, question: Question, find: Find) -> dict[By, _Made]:
    """Now and then are counted by the same version, so that what changed is not the definition."""
    versions = question.among[change.of]
    indicator, said = defined(versions, period)
    base = base_of(change, period)
    if not set(question.by) <= set(indicator.breakdowns):
        return {}
    if any(warning.code in UNDEFINED for warning in said):
        return {} if question.by else {(): _Made(warnings=said)}
    now = _groups(indicator, place, period, question, find)
    undefined = indicator.valid_from is not None and base.last < indicator.valid_from
    then = {} if undefined else _groups(indicator, place, base, question, find)
    made = {}
    for by in now.keys() | then.keys():
        after = now.get(by, _Made()).value
        before = then.get(by, _Made()).value
        if question.by and not isinstance(indicator.value, Ratio | Median | Survival | Published):
            after, before = after or 0, before or 0  # a group without rows is none, not unknown
        parts = {name: number for name, number in (("now", after), ("base", before)) if number is not None}
        one = _Made(changed(after, before), after, before, parts, now.get(by, _Made()).n)
        if not before or before < 0:
            one.warnings.append(
                Warning_(
                    "no_base",
                    Label(
                        f"基期 {base.label.zh} 没有可比的数",
                        f"there is nothing to compare with in {base.label.en}",
                    ),
                )
            )
        made[by] = one
    return made


def changed(now: Number | None, base: Number | None) -> Decimal | None:
    """By how many per cent `now` is above its base; None without a base above zero."""
    if now is None or base is None or base <= 0:
        return None
    return ((Decimal(now) - Decimal(base)) * 100 / Decimal(base)).quantize(KEPT, rounding=ROUND_HALF_UP)


def asked(question: Question) -> tuple[Indicator, ...]:
    """Every indicator version whose rows an engine must count: those asked for, and those that are the base
    of a change (of a change as well, until something is counted)."""
    found: dict[tuple[str, int], Indicator] = {}
    todo = [one for versions in question.keys().values() for one in versions]
    while todo:
        one = todo.pop()
        if (one.key, one.version) in found:
            continue
        found[one.key, one.version] = one
        if isinstance(one.value, Change):
            todo.extend(question.among[one.value.of])
    return tuple(one for one in found.values() if not isinstance(one.value, Change))


def all_periods(question: Question) -> tuple[Period, ...]:
    """The periods asked for, and those that changes are measured from."""
    bases = {one.value.base for versions in question.among.values() for one in versions
             if isinstance(one.value, Change)}  # fmt: skip
    found = dict.fromkeys(question.periods)
    for base in bases:
        change = Change(of="", base=base)
        found.update(dict.fromkeys(base_of(change, period) for period in question.periods))
    return tuple(found)
