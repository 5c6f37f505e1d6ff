"""A figure: one number for an indicator, place, period and group, its parts, and what must be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from guitu.indicators.counting import Number
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import Ratio
from guitu.indicators.periods import Period
from guitu.kernel.labels import Label

By = tuple[tuple[str, str], ...]
"""The group a figure is for: (breakdown, value) in the order asked for; () for all together."""


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's
    """Something to be said beside a figure. `code` is of a closed list, `label` the sentence."""

    code: str
    label: Label


CODES: Final = (
    "implausible",
    "over_whole",
    "not_yet_defined",
    "no_longer_defined",
    "definition_changed",
    "conflict",
    "no_base",
    "not_closed",
)
"""What a warning may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number.

    `value` is None where there is none (nothing to divide by, no median, not published, not defined then).
    `over` and `under` are what a share divides (for other counts `over` is the value). `parts` are named
    sub-counts: `12.kept`, `12.lost` of a cohort, `open` of a median, `base` of a change. `n` is how many
    different persons stand behind it, which disclosure control asks; None where no persons do.
    """

    indicator: str
    version: int
    unit_no: int
    level: str
    period: Period
    by: By = ()
    value: Number | None = None
    over: Number | None = None
    under: Number | None = None
    parts: Mapping[str, Number] = field(default_factory=dict)
    n: int | None = None
    warnings: tuple[Warning_, ...] = ()


def defined(versions: tuple[Indicator, ...], period: Period) -> tuple[Indicator, list[Warning_]]:
    """Which version of an indicator (oldest first) defines a period: the one valid on its last day. With what
    must be said: not defined yet, no longer, or changed within the period."""
    for indicator in versions:
        if indicator.defined_on(period.last):
            since = indicator.valid_from
            if since is not None and period.first < since:
                return indicator, [_changed(indicator, since, indicator is not versions[0])]
            return indicator, []
    newest, oldest = versions[-1], versions[0]
    if oldest.valid_from is not None and period.last < oldest.valid_from:
        return oldest, [
            Warning_(
                "not_yet_defined",
                Label(
                    f"本指标自 {oldest.valid_from} 起才有定义，此前不计",
                    f"this indicator is defined only from {oldest.valid_from}; nothing is counted before it",
                ),
            )
        ]
    return newest, [
        Warning_(
            "no_longer_defined",
            Label(
                f"本指标的定义在 {period.last} 已不适用",
                f"the definition of this indicator no longer applies on {period.last}",
            ),
        )
    ]


UNDEFINED: Final = frozenset({"not_yet_defined", "no_longer_defined"})
"""Codes with which a figure has no value."""


def _changed(indicator: Indicator, since: date, another: bool) -> Warning_:
    if another:
        return Warning_(
            "definition_changed",
            Label(
                f"口径自 {since} 起改为第 {indicator.version} 版，本期按新口径计算",
                f"from {since} the definition is version {indicator.version}; the whole period is counted by"
                " it",
            ),
        )
    return Warning_(
        "definition_changed",
        Label(
            f"本指标自 {since} 起才有定义，本期只有一部分有定义",
            f"this indicator is defined from {since}; only part of the period is covered",
        ),
    )


def judged(
    indicator: Indicator, value: Number | None, over: Number | None, under: Number | None
) -> list[Warning_]:
    """What must be said of a value: outside its plausible range, or more than the whole."""
    found: list[Warning_] = []
    if value is None:
        return found
    shown = indicator.counting.show
    if (
        isinstance(indicator.value, Ratio)
        and indicator.value.part
        and over is not None
        and under is not None
        and over > under
    ):
        found.append(
            Warning_(
                "over_whole",
                Label(
                    f"分子 {over} 大于分母 {under}，请核对",
                    f"the part, {over}, is more than the whole, {under}; check it",
                ),
            )
        )
    low, high = indicator.plausible or (None, None)
    below = low is not None and Decimal(value) < Decimal(str(low))
    above = high is not None and Decimal(value) > Decimal(str(high))
    if below or above:
        bounds = Label(
            f"{'' if low is None else low}—{'' if high is None else high}",
            f"{'' if low is None else low} to {'' if high is None else high}",
        )
        found.append(
            Warning_(
                "implausible",
                Label(
                    f"{shown(value, 'zh')} 超出合理范围（{bounds.zh}{indicator.counting.symbol.zh}），"
                    "请核对单位和来源",
                    f"{shown(value, 'en')} is outside the plausible range ({bounds.en}"
                    f" {indicator.counting.symbol.en}); check its unit and source",
                ),
            )
        )
    return found
