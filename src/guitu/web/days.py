"""How a day is written on a page."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.casefile.kind import day_word
from guitu.kernel.labels import Label

WEEKDAYS: Final = tuple(
    Label(f"周{zh}", en)
    for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)


def in_words(day: date) -> Label:
    """`2026年11月23日 周一`, for saying what was understood."""
    weekday = WEEKDAYS[day.weekday()]
    return Label(f"{day_word(day)} {weekday.zh}", f"{weekday.en} {day_word(day, 'en')}")


def with_weekday(day: date) -> Label:
    """`2026-11-23 周一`, for lists: the figures sort and align, the weekday is what people plan by."""
    weekday = WEEKDAYS[day.weekday()]
    return Label(f"{day.isoformat()} {weekday.zh}", f"{day.isoformat()} {weekday.en}")
