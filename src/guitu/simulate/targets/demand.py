"""What a targets file asks of the records: counts in a place and a period, rates, figures others published.

Everything is taken from the indicators' own declarations; nothing here knows what a key means. What cannot be
made to measure (a median, a cohort, what only the sweep works out) is refused by name, before anything is
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.indicators import Indicator, Period
from guitu.indicators.figures import defined
from guitu.indicators.measures import Change, Count, Events, People, Published, Ratio, Stock, Sum
from guitu.indicators.targets import Target, Targets
from guitu.kernel.errors import GuituError, unknown_key
from guitu.kernel.labels import Label
from guitu.simulate.targets.margins import denominator, numerator
from guitu.simulate.targets.rows import Line

_SAMPLE: Final = 1000  # a rate of which nothing else is said gets a denominator of about so much


class NotPlanned(GuituError):
    """A figure for which no records can be made to measure."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A printed rate: the two counts that it divides, each with its own period, without their amounts."""

    over: Line
    under: Line
    rate: Decimal
    per: int


@dataclass(frozen=True, slots=True)
class Print:
    """A figure that others published, once for each value printed."""

    series: str
    of: str
    place: str
    first: date
    last: date
    values: tuple[Decimal, ...]
    unit: str
    printed_unit: str
    label: str


@dataclass(slots=True)
class Demand:
    """All that a file asks."""

    lines: list[Line] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)


def read(
    targets: Targets, versions: Mapping[str, tuple[Indicator, ...]], codes: Mapping[str, object]
) -> Demand:
    """What the file asks. `codes` are the units there will be.

    Raises GuituError for a key, a place or a figure that is not known or cannot be planned.
    """
    asked = Demand()
    for target in targets.figures:
        if target.key not in versions:
            raise unknown_key(target.key, versions, where=target.where)
        place = _place(target, codes)
        period = targets.when(target)
        indicator, _ = defined(versions[target.key], period)
        if isinstance(indicator.value, Published):
            values = (target.value,) if target.conflict is None else (target.value, target.conflict)
            asked.prints.append(
                Print(indicator.value.series, indicator.value.of, place, period.first, period.last, values,
                      target.unit, target.printed_unit, target.label)
            )  # fmt: skip
        else:
            _counted(asked, indicator, target, place, period, versions)
    return asked


def _place(target: Target, codes: Mapping[str, object]) -> str:
    found = next((code for code in target.codes if code in codes), None)
    if found is None:
        raise unknown_key(target.scope, [c for c in codes if len(c) <= 6], where=target.where)
    return found


def _counted(
    asked: Demand,
    indicator: Indicator,
    target: Target,
    place: str,
    period: Period,
    versions: Mapping[str, tuple[Indicator, ...]],
) -> None:
    value = indicator.value
    home = indicator.where_counted == "home"

    def line(count: Count, when: Period, amount: int) -> Line:
        return Line(count, place, when.first, when.last, amount, home, target.label)

    if isinstance(value, Ratio):
        if target.value < 0 or (value.part and target.value > value.per):
            raise NotPlanned(
                Label(
                    f"“{target.label}”印作 {target.value}，部分多于全体",
                    f"“{target.label}” is printed as {target.value}: a part that is more than its whole",
                ),
                where=target.where,
            )
        asked.rates.append(
            Rate(line(value.over, period, 0), line(value.under, period, 0), target.value, value.per)
        )
    elif isinstance(value, Change):
        base = versions[value.of][-1].value
        if not isinstance(base, Events | People | Sum | Stock):
            raise _not_planned(target, indicator)
        before = value.base if isinstance(value.base, Period) else None
        earlier = before or (period.year_before() if value.base == "year" else period.before())
        home = versions[value.of][-1].where_counted == "home"
        asked.rates.append(Rate(line(base, period, 0), line(base, earlier, 0), target.value + 100, 100))
    elif isinstance(value, Events | People | Sum | Stock):
        amount = target.value.quantize(Decimal(1), ROUND_HALF_UP)
        if amount < 0 or (target.exact and amount != target.value):
            raise NotPlanned(
                Label(f"“{target.label}”应为不小于零的整数", f"“{target.label}” should be a whole number"),
                where=target.where,
            )
        asked.lines.append(line(value, period, int(amount)))
    else:
        raise _not_planned(target, indicator)


def _not_planned(target: Target, indicator: Indicator) -> NotPlanned:
    return NotPlanned(
        Label(
            f"“{indicator.label.zh}”是中位数或随访队列一类的指标，还不能按数字造记录；请从目标文件中删去",
            f"“{indicator.label.en}” is a median or a cohort, for which no records can be made to measure"
            " yet; leave it out of the file",
        ),
        where=target.where,
    )


def settled(asked: Demand, *, of: Iterable[str]) -> tuple[list[Line], list[Rate]]:
    """The lines on these kinds, with those that rates come down to, and the rates that stay open: of counts
    of which the file fixes neither. Each rate is met by whole numbers that print as it."""
    kinds = set(of)
    lines = [line for line in asked.lines if line.count.of in kinds]
    open_: list[Rate] = []
    for rate in asked.rates:
        if rate.under.count.of not in kinds:
            continue
        under = _fixed(lines, rate.under)
        over = _fixed(lines, rate.over)
        if under is not None:
            lines.append(replace(rate.over, amount=_part(rate, under.amount)))
        elif over is not None and rate.rate > 0:
            lines.append(replace(rate.under, amount=_whole(rate, over.amount)))
        else:
            open_.append(rate)
    return lines, open_


def closed(rate: Rate, at_least: int = _SAMPLE) -> tuple[Line, Line]:
    """An open rate brought down to two counts, of about so many."""
    under = denominator(rate.rate, at_least, rate.per)
    return replace(rate.over, amount=_part(rate, under)), replace(rate.under, amount=under)


def _fixed(lines: Sequence[Line], wanted: Line) -> Line | None:
    return next(
        (
            one
            for one in lines
            if one.count == wanted.count
            and (one.place, one.first, one.last, one.at_home)
            == (wanted.place, wanted.first, wanted.last, wanted.at_home)
        ),
        None,
    )


def _part(rate: Rate, under: int) -> int:
    found = numerator(rate.rate, under, rate.per)
    if found is None:
        raise _no_ratio(rate, under)
    return found


def _whole(rate: Rate, over: int) -> int:
    guess = int(Decimal(over) * rate.per / rate.rate)
    for under in sorted(range(max(1, guess - 2000), guess + 2000), key=lambda n: abs(n - guess)):
        if numerator(rate.rate, under, rate.per) == over:
            return under
    raise _no_ratio(rate, over)


def _no_ratio(rate: Rate, known: int) -> NotPlanned:
    return NotPlanned(
        Label(
            f"“{rate.over.name}”印作 {rate.rate}，而与 {known} 相配的整数没有",
            f"“{rate.over.name}” is printed as {rate.rate}, which no whole number gives with {known}",
        )
    )
