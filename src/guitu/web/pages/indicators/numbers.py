"""How figures are written: with their fraction, their unit, and the four different nothings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from guitu.indicators import Change, Indicator, Median, Ratio, Survival
from guitu.indicators.counting import rounded
from guitu.indicators.disclosure import MARKS, THRESHOLD, Mark
from guitu.kernel.labels import Label

NOTHING: Final = Label("—", "—")
"""Not recorded, or nothing to divide by."""
NOT_DEFINED: Final = Label("不适用", "n/a")
"""The definition does not cover this period."""
NOT_COUNTED: Final = Label("未计算", "not counted")
"""The board does not reach this period or indicator."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be shown, or the mark or nothing that stands for it. `version` 0: none counted it."""

    value: float | None
    over: float | None = None
    under: float | None = None
    mark: Mark = ""
    nothing: Label = NOTHING
    version: int = 0
    n: int | None = None
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return self.value is not None and not self.mark


def written(shown: Shown, indicator: Indicator) -> Label:
    """`87.50%（112/128）`, `1,240`, `※不足10`, `—`: without the unit where the head of the column has it."""
    if shown.mark:
        return MARKS[shown.mark].fill(threshold=THRESHOLD)
    if shown.value is None:
        return shown.nothing
    number = bare(shown.value, indicator)
    if isinstance(indicator.value, Ratio | Survival) and shown.over is not None and shown.under is not None:
        part, whole = f"{shown.over:,.0f}", f"{shown.under:,.0f}"
        return Label(f"{number}（{part}/{whole}）", f"{number} ({part}/{whole})")
    return Label(number, number)


def bare(value: float, indicator: Indicator) -> str:
    """The number alone, with % or ‰ where it is one; a change with its sign."""
    counting = indicator.counting
    text = f"{rounded(Decimal(repr(value)), counting.decimals):,}"
    if "." in text and not counting.per:
        text = text.rstrip("0").rstrip(".")
    if isinstance(indicator.value, Change) and value > 0:
        text = f"+{text}"
    return f"{text.replace('-', '−')}{counting.symbol.zh if counting.per else ''}"


def with_unit(shown: Shown, indicator: Indicator) -> Label:
    """The same with the unit, for prose."""
    label = written(shown, indicator)
    if not shown.known or indicator.counting.per:
        return label
    symbol = indicator.counting.symbol
    return Label(f"{label.zh} {symbol.zh}", f"{label.en} {symbol.en}")


def difference(now: Shown, then: Shown, indicator: Indicator) -> Label:
    """`+12`, `−1.20 个百分点`; a mark where either is hidden, nothing where either is missing, and a word
    where the two were counted by different definitions."""
    if now.mark or then.mark:
        return Label("※", "※")
    if now.value is None or then.value is None:
        return NOTHING
    if now.version != then.version:
        return Label("口径不同", "other definition")
    change = rounded(Decimal(repr(now.value)), _kept(indicator)) - rounded(
        Decimal(repr(then.value)), _kept(indicator)
    )
    text = f"{change:+,}".replace("-", "−") if change else "0"
    if "." in text and not indicator.counting.per:
        text = text.rstrip("0").rstrip(".")
    per = indicator.counting.per
    if per == 100:
        return Label(f"{text} 个百分点", f"{text} points")
    if per == 1000:
        return Label(f"{text} 个千分点", f"{text} per-mille points")
    return Label(text, text)


def _kept(indicator: Indicator) -> int:
    return indicator.counting.decimals


def unit_of(indicator: Indicator) -> Label | str:
    """What stands in the head of a column: nothing for % and ‰, which stand at the number."""
    return "" if indicator.counting.per else indicator.counting.symbol


def is_sum(indicator: Indicator) -> bool:
    """Whether a figure that is not there is nought, and not unknown."""
    return not isinstance(indicator.value, Ratio | Change | Median | Survival) and not indicator.imported
