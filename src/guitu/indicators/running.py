"""`run` and `members`: the same questions to whichever engine holds the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from guitu.indicators.figures import Figure
from guitu.indicators.indicator import Indicator
from guitu.indicators.periods import Period, Place


@dataclass(frozen=True, slots=True)
class Known:
    """As of what is counted: entries recorded up to `at` (a moment with a time zone) and stored up to number
    `seq`; None for all there are. With both, a figure is found again later."""

    at: datetime | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of an engine.

    `indicators` are all versions that may be needed. `places` and `periods` are answered in their product.
    `by` are the breakdowns to combine, () for all together (asked together, `("sex", "age_band")` gives the
    crossing). `among` are all versions of the indicators that changes are changes of.
    """

    indicators: tuple[Indicator, ...]
    places: tuple[Place, ...]
    periods: tuple[Period, ...]
    by: tuple[str, ...] = ()
    known: Known = Known()
    among: Mapping[str, tuple[Indicator, ...]] = field(default_factory=dict)

    def keys(self) -> dict[str, tuple[Indicator, ...]]:
        """The indicators asked for by key, each with its versions, oldest first."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.key, []).append(indicator)
        return {key: tuple(sorted(them, key=lambda i: i.version)) for key, them in found.items()}


class Source(Protocol):
    """Rows that figures can be counted from: `engines.memory.MemorySource`, `engines.duck.DuckSource` …"""

    on: date
    """The day the rows reach."""

    def places(self) -> Sequence[Place]:
        """Every unit, parents before children."""
        ...

    def run(self, question: Question) -> list[Figure]:
        """A figure for every indicator × place × period; with `by`, one for every group that has rows."""
        ...

    def members(
        self, indicator: Indicator, place: Place, period: Period, part: str, known: Known
    ) -> list[tuple[int, int]]:
        """(person, entry seq) behind one part of a figure; person 0 for rows of unit files, seq 0 where no
        entry stands behind a row."""
        ...


def run(
    indicators: Sequence[Indicator],
    source: Source,
    *,
    places: Sequence[Place],
    periods: Sequence[Period],
    by: Sequence[str] = (),
    known: Known | None = None,
    among: Mapping[str, tuple[Indicator, ...]] | None = None,
) -> list[Figure]:
    """Figures in the order of indicators, places, periods and groups. Several versions of one key may be
    given: for each period the one valid on its last day is used, and a change within it is said. Indicators
    that do not offer the breakdowns in `by` give no figures. A change of another indicator looks for it in
    `among` (`compose.indicator_versions()`), else among those asked for."""
    question = Question(indicators=tuple(indicators), places=(), periods=())
    return source.run(
        Question(
            indicators=question.indicators,
            among={**(among or {}), **question.keys()},
            places=tuple(places),
            periods=tuple(periods),
            by=tuple(by),
            known=known or Known(),
        )
    )


def members(
    indicator: Indicator,
    source: Source,
    place: Place,
    period: Period,
    part: str = "over",
    *,
    known: Known | None = None,
) -> list[tuple[int, int]]:
    """Who and which entries are behind a part of a figure: `over`, `under`, `12.lost`, `open` … Sorted."""
    return source.members(indicator, place, period, part, known or Known())
