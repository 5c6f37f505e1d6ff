"""Published figures beside ours: the same place and period, counted by the indicator of that key. Pure.

A figure that its print calls exact must come out as printed, to the last place printed. One that is not
exact ("more than 1,900") is compared likewise and its difference shown, but nobody is at fault for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from guitu.indicators.figures import Figure, Warning_
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import Published
from guitu.indicators.periods import Period, Place
from guitu.indicators.running import Known, Source, run
from guitu.indicators.targets import Target, Targets
from guitu.kernel.errors import unknown_key

Verdict = Literal["equal", "near", "different", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One published figure and ours.

    `difference` is ours less the printed one, as exactly as it was printed; None where we have none.
    `verdict`: `equal`; `near`, different but not printed as exact; `different`; `missing`, we have none.
    """

    target: Target
    place: Place
    period: Period
    indicator: Indicator
    figure: Figure
    difference: Decimal | None
    verdict: Verdict

    @property
    def at_fault(self) -> bool:
        """Whether an exact figure does not come out as printed."""
        return self.verdict in ("different", "missing") and self.target.exact

    @property
    def published(self) -> bool:
        """Whether ours is what others published, as it was entered."""
        return isinstance(self.indicator.value, Published)

    @property
    def warnings(self) -> tuple[Warning_, ...]:
        """What must be said of ours."""
        return self.figure.warnings


def compare(
    targets: Targets,
    versions: Mapping[str, tuple[Indicator, ...]],
    source: Source,
    *,
    known: Known | None = None,
) -> list[Compared]:
    """Every figure of the file beside ours, in the order of the file.

    Raises GuituError that names the figure for a key without an indicator or a place without a unit.
    """
    places = {place.code: place for place in source.places()}
    asked = [(target, _place(target, places), targets.when(target)) for target in targets.figures]
    for target, _, _ in asked:
        if target.key not in versions:
            raise unknown_key(target.key, versions, where=target.where)
    found: dict[tuple[str, str, Period], Figure] = {}
    for place, period in dict.fromkeys((place, period) for _, place, period in asked):
        keys = dict.fromkeys(t.key for t, p, when in asked if (p, when) == (place, period))
        some = [indicator for key in keys for indicator in versions[key]]
        figures = run(some, source, places=[place], periods=[period], known=known, among=versions)
        found.update(((figure.indicator, place.code, period), figure) for figure in figures)
    return [
        _compared(target, place, period, versions[target.key], found[target.key, place.code, period])
        for target, place, period in asked
    ]


def _compared(
    target: Target, place: Place, period: Period, versions: Sequence[Indicator], figure: Figure
) -> Compared:
    indicator = next(one for one in versions if one.version == figure.version)
    difference = target.difference(figure.value)
    verdict: Verdict = "missing"
    if difference is not None:
        verdict = "equal" if difference == 0 else "different" if target.exact else "near"
    return Compared(
        target=target, place=place, period=period, indicator=indicator, figure=figure,
        difference=difference, verdict=verdict,
    )  # fmt: skip


def _place(target: Target, places: Mapping[str, Place]) -> Place:
    for code in target.codes:
        if code in places:
            return places[code]
    raise unknown_key(target.scope, places, where=target.where)


def faults(compared: Iterable[Compared]) -> list[Compared]:
    """Those that are exact and do not come out as printed."""
    return [one for one in compared if one.at_fault]
