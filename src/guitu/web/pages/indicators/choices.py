"""Which figures the reader asked for: of which unit, which period, which view; and the addresses near
them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.http import Http404, QueryDict

from guitu.access.figures import may_see_figures, sees_small_figures
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.units import Tree, Unit, tree
from guitu.web.components.periods.component import Periods, Step
from guitu.web.pages.today.choices import address, home_of
from guitu.web.who import Who

TABLE: Final = "table"
TREND: Final = "trend"
MAP: Final = "map"
VIEWS: Final = {
    TABLE: Label("表", "Table"),
    TREND: Label("趋势图", "Trend"),
    MAP: Label("地图", "Map"),
}

KINDS: Final = {
    "month": Label("月", "Month"),
    "quarter": Label("季", "Quarter"),
    "year": Label("年", "Year"),
}
LONGEST: Final = 24
"""A period of more characters is cut."""


@dataclass(frozen=True, slots=True)
class Choices:
    """`home` is the unit of the post; `exact` that small figures stand as they are; `typed` what was asked
    for as a period and `error` what is wrong with it."""

    home: Unit
    unit: Unit
    units: Tree
    period: Period
    view: str = TABLE
    by: str = ""
    topic: str = ""
    exact: bool = False
    typed: str = ""
    error: Label | None = None

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The choices as they stand in an address, some of them changed."""
        unit: Unit = changes.get("unit", self.unit)  # type: ignore[assignment]
        period: Period = changes.get("period", self.period)  # type: ignore[assignment]
        view = changes.get("view", self.view)
        found = (
            ("unit", unit.code if unit.no != self.home.no else ""),
            ("period", period.text),
            ("view", view if view != TABLE else ""),
            ("by", changes.get("by", self.by)),
            ("topic", changes.get("topic", self.topic)),
        )
        return tuple((name, str(value)) for name, value in found if value)

    def href(self, path: str = "/indicators/", **changes: object) -> str:
        """The address with some choices changed."""
        return address(path, self.pairs(**changes), SIZE)

    @property
    def below(self) -> tuple[Unit, ...]:
        """The units directly below that this reader may see figures of are `seen`; these are all."""
        return tuple(self.units.children(self.unit))


SIZE: Final = 20
"""The usual size of a list: it does not stand in the address."""


def choices_of(asked: QueryDict, reader: Who, today: date, *, kind: str = "month") -> Choices:
    """The choices in an address. A unit outside the area is not there (404); a period that cannot be read is
    the last whole one of that `kind`, with what is wrong."""
    units = tree()
    home = home_of(reader, units)
    code = asked.get("unit", "")
    unit = units.get(code) if code else home
    if unit is None or not may_see_figures(reader.actor, unit.path, unit.level).allowed:
        raise Http404(code)
    typed = asked.get("period", "").strip()[:LONGEST]
    view = asked.get("view", "")
    chosen = Choices(
        home,
        unit,
        units,
        last_whole(today, kind),
        view=view if view in VIEWS else TABLE,
        by=asked.get("by", "")[:40],
        topic=asked.get("topic", "")[:40],
        exact=sees_small_figures(reader.actor, unit.path, home.level),
        typed=typed,
    )
    if not typed:
        return chosen
    try:
        return replace(chosen, period=Period.parse(typed))
    except GuituError as wrong:
        return replace(chosen, error=wrong.label)


def last_whole(today: date, kind: str) -> Period:
    """The last period of a kind that is over."""
    if kind == "year":
        return Period.year(today.year).before()
    if kind == "quarter":
        return Period.quarter(today.year, (today.month + 2) // 3).before()
    return Period.month(today.year, today.month).before()


def as_kind(period: Period, kind: str, today: date) -> Period:
    """The period of another kind that a period ends in; not one that has not begun."""
    last = min(period.last, today)
    if kind == "year":
        return Period.year(last.year)
    if kind == "quarter":
        return Period.quarter(last.year, (last.month + 2) // 3)
    return Period.month(last.year, last.month)


def after(period: Period) -> Period | None:
    """The period just after; None where that is no regular one."""
    first = date.fromordinal(period.last.toordinal() + 1)
    return as_kind(Period.day(first), period.kind, first) if period.kind in KINDS else None


def periods_of(chosen: Choices, path: str, today: date, kinds: tuple[str, ...] = tuple(KINDS)) -> Periods:
    """The picker for these choices; what is ahead of today has no address."""
    period = chosen.period
    before, on = period.before(), after(period)
    ahead = on is not None and on.first <= today
    return Periods(
        period.label,
        tuple(
            Step(
                KINDS[kind], chosen.href(path, period=as_kind(period, kind, today)), here=kind == period.kind
            )
            for kind in kinds
        ),
        Step(before.label, chosen.href(path, period=before)),
        Step(on.label, chosen.href(path, period=on)) if on is not None and ahead else Step(""),
        chosen.typed or period.text,
        path,
        tuple((n, v) for n, v in chosen.pairs() if n != "period"),
        chosen.error or "",
    )
