"""A day as an office types it into one box: 20261123, 2026-11-23, 2026.11.23, 1123, 今天, -1.

Nothing is guessed: a day without a year is in the year of today, and the form shows what was understood.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from guitu.kernel.labels import Label

_WORDS: Final = {
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
    "明天": 1, "tomorrow": 1,
}  # fmt: skip
_AWAY: Final = re.compile(r"([+-])(\d{1,4})")
_SOLID: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT: Final = re.compile(r"(\d{2})(\d{2})")
_FULL: Final = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_PART: Final = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_EARLIEST, _LATEST = 1900, 2199

HINT: Final = Label("可写 20261123、1123、今天、-1", "20261123, 1123, today and -1 all work")


def read(typed: str, today: date) -> date | Label | None:
    """The day that was typed; None for an empty box; else one sentence that says what is wrong with it."""
    text = unicodedata.normalize("NFKC", typed).replace("−", "-").replace("–", "-").replace(" ", "").lower()
    if not text:
        return None
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if found := _AWAY.fullmatch(text):
        days = int(found[2])
        return today + timedelta(days=-days if found[1] == "-" else days)
    if found := _SOLID.fullmatch(text) or _FULL.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT.fullmatch(text) or _PART.fullmatch(text):
        return _checked(today.year, int(found[1]), int(found[2]))
    shown = typed.strip()[:20]
    return Label(
        f"“{shown}”看不懂，请写成 {today:%Y%m%d} 或 {today:%Y-%m-%d}",
        f"“{shown}” cannot be read; write it like {today:%Y%m%d} or {today:%Y-%m-%d}",
    )


def _checked(year: int, month: int, day: int) -> date | Label:
    if not _EARLIEST <= year <= _LATEST:
        return Label(
            f"{year} 年不在可登记的年份内，请改日期", f"the year {year} cannot be right: mend the day"
        )
    if not 1 <= month <= 12:
        return Label(f"没有 {month} 月，请改日期", f"there is no month {month}: mend the day")
    try:
        return date(year, month, day)
    except ValueError:
        return Label(
            f"{year} 年 {month} 月没有 {day} 日，请改日期",
            f"{year}-{month:02} has no day {day}: mend the day",
        )
