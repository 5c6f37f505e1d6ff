"""How periods lie beside each other in one scan: days are looked up once, whatever the periods asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from guitu.indicators.periods import Period


@dataclass(eq=False)
class Layout:
    """The periods of a question, numbered as given. In a layer no two of them overlap, so that a day has at
    most one period in each layer; `ends` numbers the days of stocks, each day once. `on` is the day that the
    rows reach."""

    periods: Sequence[Period]
    on: date
    layers: list[list[int]] = field(default_factory=list)
    ends: dict[date, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = sorted(range(len(self.periods)), key=lambda n: (self.periods[n].kind, self.periods[n].first))
        for number in order:
            period = self.periods[number]
            for layer in self.layers:
                if self.periods[layer[-1]].last < period.first:
                    layer.append(number)
                    break
            else:
                self.layers.append([number])
        for period in self.periods:
            self.ends.setdefault(self.stock_day(period), len(self.ends))

    def stock_day(self, period: Period) -> date:
        """The day at whose end stocks are counted: the last day of the period, or the day the rows reach if
        that comes first."""
        return min(period.last, self.on)

    @property
    def columns(self) -> list[str]:
        """The columns of the calendar that hold a day's period, one for each layer."""
        return [f"l{number}" for number in range(1, len(self.layers) + 1)]

    def calendar(self) -> Iterator[tuple[date, list[int | None]]]:
        """Every day of any period, with its period in each layer."""
        found: dict[date, list[int | None]] = {}
        for number, layer in enumerate(self.layers):
            for index in layer:
                for day in _days(self.periods[index]):
                    found.setdefault(day, [None] * len(self.layers))[number] = index
        yield from sorted(found.items())

    def of_end(self, end: int) -> Iterable[int]:
        """The periods whose stocks are counted on the day of that number."""
        return [n for n, period in enumerate(self.periods) if self.ends[self.stock_day(period)] == end]


def _days(period: Period) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)
