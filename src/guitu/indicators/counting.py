"""What a figure is counted in: a closed list of types, each knowing how it is written and what it may not be.

`percent` and `permille` are types of their own, so that 3.21 ‰ can never be taken for 3.21 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label

Number = int | Decimal
"""What a figure holds: whole numbers are `int`, everything else an exact `Decimal`."""

KEPT: Final = Decimal("0.000001")
"""How exactly ratios and medians are kept; what is shown is rounded from it."""


@dataclass(frozen=True, slots=True)
class CountingUnit:
    """A unit of counting. `per` is what a share is multiplied by (100 for %, 1000 for ‰; 0 for all that is no
    share). `decimals` is how many are shown."""

    name: str
    label: Label
    symbol: Label
    decimals: int = 0
    per: int = 0

    def show(self, value: Number | None, language: str = "zh") -> str:
        """The number as printed, with its symbol: 10,614 人, 93.91%, 3.21‰, 79.159 kg; — for none."""
        if value is None:
            return "—"
        number = rounded(value, self.decimals)
        text = f"{number:,}"
        if "." in text and not self.per:
            text = text.rstrip("0").rstrip(".")
        symbol = self.symbol.say(language)
        return f"{text}{symbol}" if self.per else f"{text} {symbol}"


def rounded(value: Number, decimals: int) -> Decimal:
    """Rounded half up, as offices do and as printed figures are (never to the even neighbour)."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def share(over: Number | None, under: Number | None, per: int) -> Decimal | None:
    """`over` per `per` of `under`, kept exactly; None where there is nothing to divide by."""
    if over is None or not under:
        return None
    return (Decimal(over) * per / Decimal(under)).quantize(KEPT, rounding=ROUND_HALF_UP)


def _units(*units: CountingUnit) -> dict[str, CountingUnit]:
    return {unit.name: unit for unit in units}


COUNTING_UNITS: Final = _units(
    CountingUnit("person", Label("人", "Persons"), Label("人", "persons")),
    CountingUnit("person_time", Label("人次", "Attendances"), Label("人次", "attendances")),
    CountingUnit("event", Label("场（次）", "Events"), Label("次", "events")),
    CountingUnit("case", Label("宗", "Cases"), Label("宗", "cases")),
    CountingUnit("venue", Label("家", "Venues"), Label("家", "venues")),
    CountingUnit("team", Label("支", "Teams"), Label("支", "teams")),
    CountingUnit("station", Label("个站", "Stations"), Label("个站", "stations")),
    CountingUnit("unit", Label("个单位", "Units"), Label("个", "units")),
    CountingUnit("batch", Label("批", "Batches"), Label("批", "batches")),
    CountingUnit("award", Label("份奖励", "Awards"), Label("份", "awards")),
    CountingUnit("copy", Label("份资料", "Copies"), Label("份", "copies")),
    CountingUnit("entry", Label("条记录", "Entries"), Label("条", "entries")),
    CountingUnit("duty", Label("项应办事项", "Duties"), Label("项", "duties")),
    CountingUnit("yuan", Label("元", "Yuan"), Label("元", "yuan")),
    CountingUnit("kg", Label("公斤", "Kilograms"), Label("公斤", "kg"), 3),
    CountingUnit("hour", Label("小时", "Hours"), Label("小时", "hours"), 1),
    CountingUnit("minute", Label("分钟", "Minutes"), Label("分钟", "minutes")),
    CountingUnit("day", Label("天", "Days"), Label("天", "days"), 1),
    CountingUnit("month", Label("月", "Months"), Label("个月", "months"), 1),
    CountingUnit("percent", Label("百分比", "Per cent"), Label("%", "%"), 2, 100),
    CountingUnit("permille", Label("千分比", "Per mille"), Label("‰", "‰"), 2, 1000),
)
"""Every unit of counting, by name."""


def counting_unit(name: str, *, where: str = "") -> CountingUnit:
    """The unit of that name; an unknown one is an error that suggests the nearest."""
    try:
        return COUNTING_UNITS[name]
    except KeyError:
        raise unknown_key(name, COUNTING_UNITS, where=where) from None
