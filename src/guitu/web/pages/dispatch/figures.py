"""Figures over the days of a campaign: counted from the analysis data when they are asked for, and kept while
that data stays as it is. Small figures about people are hidden from those above a caseload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from guitu.compose import indicators
from guitu.exchange.packs import analysis
from guitu.indicators import Period
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
    return shown, (says,)


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


def _reached(key: str, value: object, people: int | None) -> Reached:
    if value is None:
        return Reached(None, NO_FIGURE, people)
    counting = indicators()[key].counting
    number = rounded(value, counting.decimals)  # type: ignore[arg-type]
    return Reached(float(number), Label(counting.show(number), counting.show(number, "en")), people)
