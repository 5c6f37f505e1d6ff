"""Figures over the days of a campaign: counted from the analysis data when they are asked for, and kept while
that data stays as it is. Small figures about people are hidden from those above a caseload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from guitu.compose import indicators
from guitu.exchange.packs import analysis
from guitu.exchange.packs.flow import MOVED_IN, MOVED_OUT
from guitu.indicators import Period, Ratio
from guitu.indicators.counting import rounded
from guitu.indicators.shown import of_people
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.analysis import folder
from guitu.store.units import Unit

FEWEST: Final = 10
HIDDEN: Final = Label("※不足10", "※ below 10")
NO_FIGURE: Final = Label("没有数", "no figure")


@dataclass(frozen=True, slots=True)
class Reached:
    """One figure: the number, how it is written, and how many people stand behind it."""

    value: float | None
    text: Label
    people: int | None = None


def reached(
    unit: Unit, period: Period, keys: Sequence[str], *, exact: bool
) -> tuple[dict[str, Reached], tuple[Label, ...]]:
    """The figures of these indicators for a unit over these days, and what has to be said of them."""
    known = tuple(sorted({key for key in keys if key in indicators()}))
    try:
        found, day = _counted(_stamp(), unit.code, period, known)
    except GuituError as none:
        return {}, (none.label,)
    shown = dict(found)
    if not exact:
        for key, one in found:
            if of_people(indicators()[key]) and one.people is not None and 0 < one.people < FEWEST:
                shown[key] = replace(one, value=None, text=HIDDEN)
    says = Label(
        f"数据截至 {day}；按行动的起止日期计，不按自然月。",
        f"As of {day}; counted over the campaign's own days, not by calendar months.",
    )
    shares = [
        key for key in known if isinstance(indicators()[key].value, Ratio) and of_people(indicators()[key])
    ]
    if not shares:
        return shown, (says,)
    return shown, (says, _said(_moved(_stamp(), unit.code, period), exact=exact))


def _said(moved: tuple[int, int, int], *, exact: bool) -> Label:
    """How many moved while it ran: without them a share may rise by nothing but that."""
    opening, into, out = moved
    zh, en = zip(*(_people(n, exact=exact) for n in (opening, into, out)), strict=True)
    return Label(
        f"人的比率只算在本单位的人：迁出的不再算，迁入的算进来。期初在册{zh[0]}，期间迁入{zh[1]}，迁出{zh[2]}。",
        "Shares of people count who is here: whoever has moved away no longer, whoever came too. On the"
        f" register at the beginning {en[0]}; moved in since {en[1]}, moved away {en[2]}.",
    )


def _people(number: int, *, exact: bool) -> tuple[str, str]:
    if not exact and 0 < number < FEWEST:
        return "不足10人", "fewer than 10"
    return f" {number:,} 人", f"{number:,}"


def _stamp() -> int:
    """When the analysis data was made: with new data everything is counted anew."""
    try:
        return (folder() / "board" / "board.json").stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _counted(
    _stamp: int, code: str, period: Period, keys: tuple[str, ...]
) -> tuple[tuple[tuple[str, Reached], ...], str]:
    with analysis.counter() as counting:
        place = next((p for p in counting.places() if p.code == code), None)
        some = [indicators()[key] for key in keys]
        figures = counting.figures(some, [place], [period]) if place is not None else []
        day = counting.on.isoformat()
    return tuple((f.indicator, _reached(f.indicator, f.value, f.n)) for f in figures if not f.by), day


@lru_cache(maxsize=64)
def _moved(_stamp: int, code: str, period: Period) -> tuple[int, int, int]:
    """Who was on the register when it began, who moved in and who moved away in these days."""
    with analysis.counter() as counting:
        place = next((p for p in counting.places() if p.code == code), None)
        if place is None:
            return 0, 0, 0
        found = counting.moves(place, period)
    return found.opening, dict(found.into).get(MOVED_IN, 0), dict(found.out).get(MOVED_OUT, 0)


def _reached(key: str, value: object, people: int | None) -> Reached:
    if value is None:
        return Reached(None, NO_FIGURE, people)
    counting = indicators()[key].counting
    number = rounded(value, counting.decimals)  # type: ignore[arg-type]
    return Reached(float(number), Label(counting.show(number), counting.show(number, "en")), people)
