"""What units record of their own work, made to measure: talks, posts, teams, money, surveys, prints.

Counts are put down first, then the sums are divided among the entries that count for them; at the end every
line is counted again over what was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from guitu.casefile import Kind, Value
from guitu.indicators.conditions import All, Condition, Not
from guitu.indicators.measures import Stock, Sum
from guitu.indicators.tables import Table
from guitu.kernel.labels import Label
from guitu.simulate.targets import answers
from guitu.simulate.targets.answers import NoAnswer, Wanted, fulfils, wanted
from guitu.simulate.targets.demand import NotPlanned, Print
from guitu.simulate.targets.margins import Contradiction, Ground, Margin, Portion, parts, put_down
from guitu.simulate.targets.offices import Offices
from guitu.simulate.targets.rows import File, Ledger, Line

LEVELS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "village_worker": ("village",),
    "town_office": ("town",),
    "guidance_station": ("guidance_station",),
    "county_supervisor": ("county",),
    "provincial_supervisor": ("province",),
    "outreach": ("province",),
    "statistician": ("county", "province"),
    "centre_head": ("justice_centre",),
    "teacher": ("justice_centre",),
    "duty_planner": ("justice_centre",),
    "brigade_officer": ("brigade",),
    "doctor": ("justice_centre",),
    "nurse": ("justice_centre",),
}
"""Where the roles that record have their posts."""

_MOST_FOR_A_SUM: Final = 240  # a sum of which nothing else is said is divided among at most so many entries
_LEAST_FOR_AN_ENTRY: Final = 300
_HOSTS_ENOUGH: Final = 12  # whoever is named first in a kind's declaration records it, if there are so many
_STOCK_SINCE: Final = timedelta(days=900)


@dataclass(slots=True)
class Made:
    """One entry of a unit's file, not written yet."""

    kind: str
    day: date
    unit: str
    role: str
    fields: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Context:
    """Where units work: kinds, tables, offices and the dice."""

    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]
    offices: Offices
    seed: str


def entries(lines: Sequence[Line], context: Context) -> list[Made]:
    """The entries of unit files that have these lines, all of them, exactly."""
    made: list[Made] = []
    for name in dict.fromkeys(line.count.of for line in lines):
        mine = [line for line in lines if line.count.of == name]
        made += _of_kind(context.kinds[name], mine, context)
    _see(lines, made, context)
    return made


def _of_kind(kind: Kind, lines: Sequence[Line], context: Context) -> list[Made]:
    """One kind: stocks of each day are a fleet of their own, flows are one."""
    days = sorted({line.last for line in lines if isinstance(line.count, Stock)})
    made: list[Made] = []
    for at, day in enumerate(days):
        mine = [x for x in lines if isinstance(x.count, Stock) and x.last == day]
        since = days[at - 1] + timedelta(days=1) if at else day - _STOCK_SINCE
        fleet = _fleet(kind, [replace(x, first=since) for x in mine], context)
        until = mine[0].count.until or context.tables[kind.name].until  # type: ignore[union-attr]
        if at + 1 < len(days) and until:
            for one in fleet:
                one.fields[until] = day + timedelta(days=1)
        made += fleet
    return made + _fleet(kind, [x for x in lines if not isinstance(x.count, Stock)], context)


def _fleet(kind: Kind, lines: Sequence[Line], context: Context) -> list[Made]:
    if not lines:
        return []
    sorts = _sorts(kind, lines)
    places = [line.place for line in lines]
    ground = Ground(context.offices.above, lambda sort, by: fulfils(kind, sorts[sort][0], sorts[by][1]))
    margins = [
        Margin(_sort_of(sorts, x), x.place, x.first, x.last, x.amount, x.name) for x in lines if not _adds(x)
    ]
    margins += _enough_for_sums(kind, lines, margins, sorts, context)
    made: list[Made] = []
    rng = Random(f"{context.seed}/{kind.name}/{lines[0].last}")
    for portion in put_down(margins, ground):
        made += _placed(kind, sorts[portion.sort][0], portion, places, context, rng)
    _divide(kind, [x for x in lines if _adds(x)], made, context, rng)
    return made


def _adds(line: Line) -> bool:
    return isinstance(line.count, Sum) or (isinstance(line.count, Stock) and line.count.count == "total")


Sorts = Mapping[str, tuple[Wanted, Condition | None]]


def _sorts(kind: Kind, lines: Sequence[Line]) -> Sorts:
    """Every condition with the answers that fulfil it and no other one that it does not imply."""
    conditions = list(dict.fromkeys(line.count.where for line in lines))
    found: dict[str, tuple[Wanted, Condition | None]] = {}
    for at, condition in enumerate(conditions):
        apart = condition
        for other in conditions:
            if other is None or other == condition:
                continue
            tried = All(*(c for c in (apart, Not(other)) if c is not None))
            try:
                asked = wanted(kind.name, tried)
                if fulfils(kind, asked, condition) and not fulfils(kind, asked, other):
                    apart = tried
            except NoAnswer:
                continue
        asked = wanted(kind.name, apart)
        if not fulfils(kind, asked, condition):
            raise NotPlanned(
                Label(
                    f"“{kind.label.zh}”没有哪种写法满足这项指标的条件",
                    f"no entry of “{kind.label.en}” fulfils the condition of this figure",
                )
            )
        found[str(at)] = asked, condition
    return found


def _sort_of(sorts: Sorts, line: Line) -> str:
    return next(name for name, (_, condition) in sorts.items() if condition == line.count.where)


def _enough_for_sums(
    kind: Kind, lines: Sequence[Line], margins: Sequence[Margin], sorts: Sorts, context: Context
) -> list[Margin]:
    """Counts for sums beside which the file counts nothing: a few entries for each, more in wider places."""
    have = {(m.sort, m.place, m.first, m.last) for m in margins}
    added: dict[tuple[str, str, date, date], Margin] = {}
    for line in sorted((x for x in lines if _adds(x)), key=lambda x: -len(context.offices.above(x.place))):
        sort = _sort_of(sorts, line)
        key = (sort, line.place, line.first, line.last)
        if key in have or key in added or any(m.sort == sort and m.place == line.place for m in margins):
            continue
        below = sum(
            m.amount
            for m in (*margins, *added.values())
            if m.sort == sort and line.place in context.offices.above(m.place)
        )
        months = max(1, (line.last - line.first).days // 30)
        few = min(line.amount, _MOST_FOR_A_SUM, 12 if isinstance(line.count, Stock) else 2 * months)
        if not isinstance(line.count, Stock):
            few = min(few, max(1, line.amount // _LEAST_FOR_AN_ENTRY)) if line.amount else 0
        elif line.count.latest:  # the same units say it again each time, and each of them once
            inner = [x.place for x in lines if x.place != line.place and x.place.startswith(line.place)]
            few = min(12, len(_hosts(kind, sorts[sort][0], line.place, inner, context.offices)))
        added[key] = Margin(*key, few + below, line.name)
    return list(added.values())


def _placed(
    kind: Kind, asked: Wanted, portion: Portion, places: Sequence[str], context: Context, rng: Random
) -> Iterator[Made]:
    """The entries of one portion, each with a unit that records such a thing and a day."""
    offices = context.offices
    below = [p for p in places if p != portion.place and portion.place in offices.above(p)]
    hosts = _hosts(kind, asked, portion.place, below, offices)
    if not hosts:
        raise NotPlanned(
            Label(
                f"{portion.place} 之内没有登记“{kind.label.zh}”的单位",
                f"no unit within {portion.place} records “{kind.label.en}”",
            )
        )
    Random(f"{context.seed}/{kind.name}/{portion.place}").shuffle(hosts)
    span = (portion.last - portion.first).days + 1
    for at in range(portion.n):
        role, unit = hosts[at % len(hosts)]
        day = portion.first + timedelta(days=rng.randrange(span))
        yield Made(kind.name, day, unit, role, answers.fields(kind, asked, day, unit))


def _hosts(
    kind: Kind, asked: Wanted, place: str, below: Sequence[str], offices: Offices
) -> list[tuple[str, str]]:
    """Who may record it there: by role and unit. An answer that names a level keeps it to that level."""
    named = {str(v) for v in asked.answers.values()} & {"town", "village", "county", "province"}
    found: dict[str, str] = {}
    for role in kind.recorded_by:
        if len(found) >= _HOSTS_ENOUGH and not named:
            break
        for level in LEVELS_OF.get(role, ()):
            if not named or level in named:
                for unit in offices.within(level, place, below):
                    found.setdefault(unit, role)
    if not found and place in offices.levels and not below:
        found[place] = kind.recorded_by[0]
    return [(role, unit) for unit, role in sorted(found.items())]


def _divide(kind: Kind, lines: Sequence[Line], made: Sequence[Made], context: Context, rng: Random) -> None:
    """Give every sum to the entries it counts, the narrowest first; each keeps what it was given."""
    uneven = {id(one): 60 + rng.randrange(80) for one in made}
    given: set[tuple[int, str]] = set()
    for line in sorted(lines, key=lambda x: (-len(context.offices.above(x.place)), x.last - x.first)):
        name = str(line.count.field)  # type: ignore[union-attr]
        probe = replace(line.count, field=name)
        ledger = Ledger([replace(line, count=probe)], context.tables)
        counted, had = [], 0
        for one in made:
            before = one.fields.get(name)
            one.fields[name] = 1
            if ledger.counted(File([one])):
                counted.append(one)
                had += int(before or 0) if (id(one), name) in given else 0  # type: ignore[arg-type]
            if before is None:
                del one.fields[name]
            else:
                one.fields[name] = before
        free = [one for one in counted if (id(one), name) not in given]
        rest = line.amount - had
        if rest < 0 or (rest and not free):
            raise Contradiction(
                Label(
                    f"“{line.name}”合计 {line.amount}，与其中各部分的 {had} 不符",
                    f"“{line.name}” adds up to {line.amount}, which does not go with its parts' {had}",
                )
            )
        _give(kind, name, free, rest, [uneven[id(one)] for one in free], line)
        given.update((id(one), name) for one in free)


def _give(kind: Kind, name: str, free: Sequence[Made], total: int, uneven: Sequence[int], line: Line) -> None:
    _, most = answers.bounds(kind.ask(name), wanted(kind.name, line.count.where))
    shares = parts(total, len(free), uneven)
    if most is not None and shares and max(shares) > most:
        shares = parts(total, len(free))
        if max(shares) > most:
            raise NotPlanned(
                Label(
                    f"“{line.name}”分到 {len(free)} 条记录，每条都超过上限 {most}",
                    f"“{line.name}” falls on {len(free)} entries, each above the limit of {most}",
                )
            )
    for one, share in zip(free, shares, strict=True):
        one.fields[name] = share


def _see(lines: Sequence[Line], made: Sequence[Made], context: Context) -> None:
    """Count every line again over what was made; a difference is the file's, not to be written."""
    ledger = Ledger(lines, context.tables)
    totals = [0] * len(lines)
    files: dict[str, list[Made]] = {}
    for one in made:
        files.setdefault(one.unit, []).append(one)
    for mine in files.values():
        for at, n in ledger.counted(File(mine)).items():
            totals[at] += n
    for line, total in zip(lines, totals, strict=True):
        if total != line.amount:
            raise NotPlanned(
                Label(
                    f"“{line.name}”应为 {line.amount}，与文件中其他数字一起只能做到 {total}",
                    f"“{line.name}” should be {line.amount}; beside the file's other figures it comes to"
                    f" {total}",
                )
            )


def prints(wanted_: Iterable[Print], context: Context) -> Iterator[Made]:
    """Entries for what others published: the text's value first, then what a box prints otherwise."""
    for one in wanted_:
        kind = context.kinds[one.of]
        known = {ask.name: ask for ask in kind.fields}
        for at, value in enumerate(one.values):
            given: dict[str, Any] = {
                "series": one.series,
                "first": one.first,
                "last": one.last,
                "counted_in": one.unit,
                "printed_unit": one.printed_unit or None,
                "printed_in": ("text", "box")[min(at, 1)],
                "source": f"示例报 {one.label}（{'正文' if at == 0 else '数说'}）",
                **_number(value, decimal=known["value"].type == "decimal"),
            }
            answered = {n: v for n, v in sorted(given.items()) if n in known and v is not None}
            role = (
                "provincial_supervisor" if context.offices.levels[one.place] == "province" else "statistician"
            )
            yield Made(one.of, one.last + timedelta(days=1 + at), one.place, role, answered)


def _number(value: Decimal, *, decimal: bool) -> dict[str, Value]:
    """The value as the kind keeps it: its digits, or a whole number and how many are behind the point."""
    if decimal:
        return {"value": str(value)}
    places = max(0, -int(value.as_tuple().exponent))
    return {"value": int(value.scaleb(places)), "decimals": places}
