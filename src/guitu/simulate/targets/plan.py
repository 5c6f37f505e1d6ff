"""The whole plan of a province made to measure, from a targets file, a seed and a number of people; nothing
is written here.

`people` is how many people's files there are in all. The figures settle how many of them are needed; with
fewer, the plan is refused with the smallest number that would do. Everybody else is background: people whom
no figure of the file counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guitu import compose
from guitu.indicators.targets import BadTargets, Targets
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.simulate.targets import demand, printing, rates, unitwork
from guitu.simulate.targets.demand import NotPlanned, Rate
from guitu.simulate.targets.lives import World
from guitu.simulate.targets.offices import Offices, furnish
from guitu.simulate.targets.people import Frame, Planner
from guitu.simulate.targets.rows import WORKED_OUT, Line
from guitu.simulate.targets.ways import Ways
from guitu.store.divisions import load_counties

_A_FEW: Final = 20  # a rate of which nothing else is said is one of about so many people
FILES_SINCE: Final = timedelta(days=8 * 365)


class TooFew(GuituError):
    """So many people cannot have these figures; `least` can."""

    def __init__(self, people: int, least: int) -> None:
        self.least = least
        super().__init__(
            Label(
                f"{people:,} 人做不出这份目标文件的数字，至少需要 {least:,} 人。",
                f"{people:,} people cannot have the figures of this file; it takes at least {least:,}.",
            )
        )


@dataclass(slots=True)
class Plan:
    """What will be written: the offices, the entries of unit files, the people the figures need, and how many
    others."""

    seed: int
    people: int
    offices: Offices
    world: World
    unit_entries: list[unitwork.Made]
    planner: Planner
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def needed(self) -> int:
        """How many people the figures need."""
        return len(self.planner.recipes)


def make(targets: Targets, *, people: int, seed: int, today: date, presets: tuple[str, ...] = ()) -> Plan:
    """The plan. Raises GuituError with one sentence where the file cannot be met."""
    _see_that_it_has_happened(targets, today)
    province = _province(targets)
    versions, kinds, tables = compose.indicator_versions(), compose.kinds(), compose.tables()
    every_code = furnish(province).levels
    asked = demand.read(targets, versions, every_code)
    offices = furnish(province, [*asked.lines, *(rate.under for rate in asked.rates)])
    world = World.of(seed, today, offices.homes, today - FILES_SINCE, presets)
    about_units = [name for name, kind in kinds.items() if kind.about == "unit"]
    context = unitwork.Context(kinds, tables, offices, f"targets/{seed}")
    unit_lines, unit_rates = demand.settled(asked, of=about_units)
    for rate in unit_rates:
        unit_lines += demand.closed(rate)
    made = unitwork.entries(unit_lines, context)
    made += unitwork.prints(asked.prints, context)
    made += printing.printed(targets, every_code, today - timedelta(days=1))
    for one in made:
        one.day = min(one.day, today - timedelta(days=1))
    _see_that_all_is_planned(asked.lines, about_units)
    persons = [name for name in tables if name not in (*about_units, "units", "staff", "files", "status")]
    lines, open_rates = demand.settled(asked, of=persons)
    ways = Ways(world)
    for rate in [
        r for r in open_rates if r.under.count.of not in ways and r.under.count.of not in WORKED_OUT
    ]:
        open_rates.remove(rate)  # of what is only added to lives there is as much as a rate takes
        lines += demand.closed(rate, _A_FEW)
    planner = _planned(lines, open_rates, Frame(world, kinds, tables, offices, ways))
    plan = Plan(seed, people, offices, world, made, planner)
    rates.settle(planner, plan.faults)
    if people < plan.needed:
        raise TooFew(people, plan.needed)
    return plan


def _planned(lines: Sequence[Line], open_rates: Sequence[Rate], frame: Frame) -> Planner:
    """Everybody whom the figures need: first who counts by a life, in the order in which lives go, then what
    is added to them."""
    planner = Planner(lines, open_rates, frame)

    def early(at: int) -> tuple[int, int, int, int, int]:
        line = lines[at]
        conditions = len(planner.asked[at].companions) + (line.count.where is not None)
        return (
            -len(frame.offices.above(line.place)),
            frame.ways.first(line.count.of) if line.count.of in frame.ways else 9999,
            -conditions,
            (line.last - line.first).days,
            at,
        )

    order = sorted(range(len(lines)), key=early)
    lived = [at for at in order if lines[at].count.of in frame.ways or lines[at].count.of in WORKED_OUT]
    for at in lived:
        planner.fill(at)
    for at in order:
        if at not in lived:
            planner.help(at)
    for at, line in enumerate(lines):
        if planner.rest[at]:
            raise planner.short(line, planner.rest[at])
    return planner


def _province(targets: Targets) -> str:
    """The two-digit code of the one province that the file is about."""
    found = sorted({target.scope[:2] for target in targets.figures})
    if len(found) > 1:
        raise BadTargets(
            Label(
                f"目标文件涉及 {len(found)} 个省份（{'、'.join(found)}），一次只能模拟一个",
                f"the file is about {len(found)} provinces ({', '.join(found)}); one is simulated at a time",
            )
        )
    if found[0] not in load_counties():
        raise BadTargets(
            Label(
                f"没有代码以“{found[0]}”开头的省份", f"no province has a code that begins with “{found[0]}”"
            ),
            where=targets.figures[0].where,
        )
    return found[0]


def _see_that_it_has_happened(targets: Targets, today: date) -> None:
    for target in targets.figures:
        if targets.when(target).last >= today:
            raise BadTargets(
                Label(
                    f"期间到 {targets.when(target).last} 为止，须早于模拟到的日期 {today}；"
                    "请用 --on 指定更晚的日期",
                    f"the period ends on {targets.when(target).last}, which must be before {today}, the day"
                    " the province is looked at; give a later one with --on",
                ),
                where=target.where,
            )


def _see_that_all_is_planned(lines: Sequence[Line], about_units: Sequence[str]) -> None:
    for line in lines:
        if line.count.of in ("staff", "files", "status"):
            raise NotPlanned(
                Label(
                    f"“{line.name}”数的是账号或档案本身，不能按数字造记录；请从目标文件中删去",
                    f"“{line.name}” counts accounts or files themselves, for which no records can be made to"
                    " measure; leave it out of the file",
                )
            )
