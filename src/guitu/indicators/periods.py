"""The time a figure is for, and the place: a first and a last day, and a unit of the tree. No clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.kernel.days import add_days, add_months, days_in
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

PeriodKind = Literal["day", "month", "quarter", "half", "year", "other"]

MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months the regular periods have."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `first` to `last`, both included. Stocks are counted at the end of `last`, or
    of the day that the rows reach if the period is not over."""

    first: date
    last: date
    kind: PeriodKind = "other"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise GuituError(
                Label(
                    f"期间的止日 {self.last} 早于起日 {self.first}",
                    f"the period ends on {self.last}, before its first day {self.first}",
                )
            )

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        return cls._of(date(year, month, 1), "month")

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A quarter, 1 to 4."""
        return cls._of(date(year, quarter * 3 - 2, 1), "quarter")

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """Half a year, 1 or 2."""
        return cls._of(date(year, half * 6 - 5, 1), "half")

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls._of(date(year, 1, 1), "year")

    @classmethod
    def day(cls, day: date) -> Period:
        """One day."""
        return cls(day, day, "day")

    @classmethod
    def span(cls, first: date, last: date) -> Period:
        """Any first and last day; a span that is a whole month, quarter, half or year is that."""
        for kind, months in MONTHS.items():
            regular = first.day == 1 and (first.month - 1) % months == 0
            if regular and last == add_days(add_months(first, months), -1):
                return cls(first, last, kind)  # type: ignore[arg-type]
        return cls(first, last, "day" if first == last else "other")

    @classmethod
    def _of(cls, first: date, kind: PeriodKind) -> Period:
        return cls(first, add_days(add_months(first, MONTHS[kind]), -1), kind)

    @classmethod
    def parse(cls, text: str) -> Period:
        """2026-10 · 2026Q3 · 2026H1 · 2026 · 2026-10-05 · 2016-11-01..2019-10-31; else one clear sentence."""
        try:
            if ".." in text:
                first, _, last = text.partition("..")
                return cls.span(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
            for pattern, make in _WRITTEN:
                if found := re.fullmatch(pattern, text.strip()):
                    return make(*(int(part) for part in found.groups()))
            return cls.day(date.fromisoformat(text.strip()))
        except ValueError:
            raise GuituError(
                Label(
                    f"看不懂期间“{text}”；请写成 2026-10、2026Q3、2026H1、2026 或 2016-11-01..2019-10-31",
                    f"the period “{text}” cannot be read; write 2026-10, 2026Q3, 2026H1, 2026 or"
                    " 2016-11-01..2019-10-31",
                )
            ) from None

    @property
    def text(self) -> str:
        """As `parse` reads it."""
        first = self.first
        match self.kind:
            case "month":
                return f"{first:%Y-%m}"
            case "quarter":
                return f"{first.year}Q{(first.month + 2) // 3}"
            case "half":
                return f"{first.year}H{(first.month + 5) // 6}"
            case "year":
                return f"{first.year}"
            case "day":
                return first.isoformat()
        return f"{first.isoformat()}..{self.last.isoformat()}"

    @property
    def label(self) -> Label:
        """As a reader says it: 2026年10月 / October 2026."""
        first, last = self.first, self.last
        match self.kind:
            case "month":
                return Label(f"{first.year}年{first.month}月", f"{first:%B %Y}")
            case "quarter":
                quarter = (first.month + 2) // 3
                return Label(f"{first.year}年第{'一二三四'[quarter - 1]}季度", f"Q{quarter} {first.year}")
            case "half":
                half = (first.month + 5) // 6
                return Label(f"{first.year}年{'上下'[half - 1]}半年", f"H{half} {first.year}")
            case "year":
                return Label(f"{first.year}年", f"{first.year}")
            case "day":
                return Label(f"{first.year}年{first.month}月{first.day}日", f"{first.day} {first:%B %Y}")
        return Label(
            f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日",
            f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}",
        )

    def before(self) -> Period:
        """The period of the same length just before: last month, the quarter before …"""
        months = MONTHS.get(self.kind)
        if months:
            return Period._of(add_months(self.first, -months), self.kind)
        last = add_days(self.first, -1)
        return Period.span(add_days(last, 1 - days_in(self.first, self.last)), last)

    def year_before(self) -> Period:
        """The same period a year earlier (同比)."""
        if self.kind in MONTHS:
            return Period._of(add_months(self.first, -12), self.kind)
        return Period.span(add_months(self.first, -12), add_months(self.last, -12))

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


_WRITTEN: Final = (
    (r"(\d{4})-(\d{1,2})", Period.month),
    (r"(\d{4})[Qq]([1-4])", Period.quarter),
    (r"(\d{4})[Hh]([12])", Period.half),
    (r"(\d{4})", Period.year),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the tree, as figures need it: `at` are the numbers of the units above it, from the province
    down, itself last; so its depth is their count."""

    no: int
    code: str
    name: str
    level: str
    parent: int | None
    at: tuple[int, ...]

    @property
    def depth(self) -> int:
        """1 for a province."""
        return len(self.at)
