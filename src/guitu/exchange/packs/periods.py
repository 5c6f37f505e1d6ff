"""The periods that packs are of: a month, a quarter, a year; the one before and the same of last year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guitu.exchange.packs.content import KINDS
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
READY_DAY: Final = 25
"""From which day of its last month on a pack may be made (UX: 本月 25 日起可生成)."""

_WRITTEN: Final = {
    "month": (re.compile(r"(\d{4})-(\d{1,2})"), "2026-10"),
    "quarter": (re.compile(r"(\d{4})-?[Qq]([1-4])"), "2026-Q3"),
    "year": (re.compile(r"(\d{4})()"), "2026"),
}


class NoSuchPeriod(GuituError):
    """What was written is no period of that kind."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A period: its kind and its first and last day."""

    kind: str
    first: date
    last: date

    @property
    def label(self) -> Label:
        """2026年10月, 2026年第三季度, 2026年."""
        year, month = self.first.year, self.first.month
        if self.kind == "month":
            return Label(f"{year}年{month}月", f"{self.first:%B} {year}")
        if self.kind == "quarter":
            n = (month + 2) // 3
            return Label(f"{year}年第{'一二三四'[n - 1]}季度", f"quarter {n} of {year}")
        return Label(f"{year}年", str(year))

    @property
    def written(self) -> str:
        """As it stands in an address and on the command line."""
        if self.kind == "month":
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}" if self.kind == "quarter" else str(
            self.first.year
        )

    @property
    def ready_from(self) -> date:
        """From which day on a pack of it may be made."""
        return self.last.replace(day=READY_DAY)

    def before(self, steps: int = 1) -> Span:
        """The period that many before this one."""
        return _from(self.kind, _shifted(self.first, -MONTHS[self.kind] * steps))

    @property
    def year_before(self) -> Span:
        """The same period of the year before."""
        return _from(self.kind, self.first.replace(year=self.first.year - 1))


def read(kind: str, text: str) -> Span:
    """The period that this text writes. Raises NoSuchPeriod with an example."""
    pattern, example = _WRITTEN[kind]
    found = pattern.fullmatch(text.strip())
    if found is not None and 1900 <= int(found[1]) <= 9998:
        year, part = int(found[1]), found[2]
        month = {"month": int(part or 0), "quarter": int(part or 0) * 3 - 2, "year": 1}[kind]
        if 1 <= month <= 12:
            return _from(kind, date(year, month, 1))
    what = KINDS[kind]
    raise NoSuchPeriod(
        Label(
            f"“{text[:40]}”不是{what.zh}的期间，应如 {example}",
            f"“{text[:40]}” is no period of a {what.en.lower()}; write it like {example}",
        )
    )


def of_day(kind: str, day: date) -> Span:
    """The period of that kind in which the day lies."""
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[kind]
    return _from(kind, date(day.year, month, 1))


def latest(kind: str, today: date) -> Span:
    """The latest period of which a pack may be made."""
    span = of_day(kind, today)
    return span if today >= span.ready_from else span.before()


def _from(kind: str, first: date) -> Span:
    return Span(kind, first, _shifted(first, MONTHS[kind]) - timedelta(days=1))


def _shifted(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
