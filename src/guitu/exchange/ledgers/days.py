"""Reading a day as clerks write it.

Real dates, spreadsheet serial numbers, `2019.3.5`, `2019年3月5日`, `20190305` as text or number, `2019/3/5`,
full-width digits, 二〇一九年三月五日, with blanks, a time or a weekday behind. Year, month and day must
all be there, the year first and in full: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from guitu.exchange.ledgers.cells import UNCALCULATED, text_of
from guitu.exchange.ledgers.fault import NOT_CALCULATED, Fault, shorten
from guitu.kernel.labels import Label

_PARTS: Final = re.compile(
    r"^[公元]{0,2}(\d{4})\s*[-年./\\,、。—–―−_~\s]\s*(\d{1,2})\s*[-月./\\,、。—–―−_~\s]\s*(\d{1,2})\s*[日号]?[.。]?"
    r"(?:[T\s]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?(?:\.\d+)?|分)?)?"
    r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?$"
)
_PLAIN: Final = re.compile(r"(?:(?:\d{4}(?:[-年./]\d\d[-月./]\d\d日?|\d{4}))?\n)*+", re.ASCII)
_SOLID: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:日|0{6})?$")
_SERIAL: Final = re.compile(r"^\d{5}(?:\.\d+)?$")
_CHINESE: Final = re.compile(
    r"^([〇○零一二三四五六七八九\d]{4})年([元正一二三四五六七八九十〇○零\d]{1,3})月([一二三四五六七八九十廿卅〇○零初\d]{1,4})[日号]?$"
)
_DIGITS: Final = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_NUMERAL: Final = re.compile(r"[\d〇○零一二三四五六七八九十]")

EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
_FIRST_SERIAL: Final = 3654
"""2 January 1910: the smallest number taken for a serial day; below it a number is more likely a year."""
_LAST_SERIAL: Final = 109_574
"""The last day of 2199."""
_EARLIEST_YEAR: Final = 1900
_EARLIEST_DAY: Final = date(_EARLIEST_YEAR, 1, 1)

UNREADABLE: Final = Label(
    "{column}“{value}”看不懂，请按公历写明四位的年和月、日，例如 2019-03-05。",
    "{column} “{value}” cannot be read; write the year in four digits, month and day, like 2019-03-05.",
)
OR_EMPTY: Final = Label(
    "{column}“{value}”不是日期，请写明年、月、日，例如 2019-03-05；还没有日期的可以留空。",
    "{column} “{value}” is no day; write year, month and day, like 2019-03-05, or leave the cell empty if "
    "there is none yet.",
)
IMPOSSIBLE: Final = Label(
    "{column}“{value}”：日历上没有这一天，请改正。",
    "{column} “{value}”: there is no such day in the calendar; correct it.",
)


def read_day(cell: Any, *, epoch: date = EPOCH_1900, required: bool = True) -> date | Fault | None:
    """The day a cell means, None if it is empty, else a Fault: `date_unreadable` where year, month and day
    cannot be told, `date_impossible` where they can and there is no such day. Where none is `required`, a
    word for "none yet" is told that the cell may be empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return _checked(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day, cell)
    if cell is UNCALCULATED:
        return Fault("date_unreadable", NOT_CALCULATED)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _number(float(cell), cell, epoch)
    if not isinstance(cell, str):
        return Fault("date_unreadable", UNREADABLE, {"value": shorten(cell)})
    if found := _PARTS.match(cell):  # as most are written; the rest takes longer
        return _checked(int(found[1]), int(found[2]), int(found[3]), cell)
    text = unicodedata.normalize("NFKC", text_of(cell)).strip("'‘’`\"“” \t")
    if not text:
        return None
    if (found := _PARTS.match(text)) or (found := _SOLID.match(text)):
        return _checked(int(found[1]), int(found[2]), int(found[3]), text)
    if _SERIAL.match(text):
        return _number(float(text), text, epoch)
    if found := _CHINESE.match(re.sub(r"\s+", "", text)):
        year = int("".join(_DIGITS.get(letter, letter) for letter in found[1]))
        month, day = _chinese_number(found[2]), _chinese_number(found[3])
        if month is not None and day is not None:
            return _checked(year, month, day, text)
    says = UNREADABLE if required or _NUMERAL.search(text) else OR_EMPTY
    return Fault("date_unreadable", says, {"value": shorten(text)})


def plain_days(cells: Sequence[Any]) -> list[date | None] | None:
    """What `read_day` makes of cells that are all empty or in a plain form: made ISO days and read in one go.
    None where one is not so, or is no day."""
    try:
        text = "\n".join(cells)
    except TypeError:  # a number or a day among them
        return None
    if not _PLAIN.fullmatch(text + "\n") or text.count("\n") != len(cells) - 1:
        return None
    for mark, iso in (("年", "-"), ("月", "-"), (".", "-"), ("/", "-"), ("日", "")):
        text = text.replace(mark, iso)
    read = date.fromisoformat
    try:
        days = [read(line) if line else None for line in text.split("\n")]
    except ValueError:
        return None
    return days if all(line >= _EARLIEST_DAY for line in days if line) else None


def _checked(year: int, month: int, day: int, shown: object) -> date | Fault:
    if year >= _EARLIEST_YEAR:
        try:
            return date(year, month, day)
        except ValueError:
            pass
    return Fault("date_impossible", IMPOSSIBLE, {"value": shorten(shown)})


def _number(number: float, shown: object, epoch: date) -> date | Fault:
    if number.is_integer() and 10_000_000 <= number <= 99_999_999:
        whole = int(number)
        return _checked(whole // 10_000, whole // 100 % 100, whole % 100, whole)
    looks_like_year = number.is_integer() and _EARLIEST_YEAR <= number <= 2200
    if _FIRST_SERIAL <= number <= _LAST_SERIAL and not looks_like_year:
        return epoch + timedelta(days=int(number))
    return Fault("date_unreadable", UNREADABLE, {"value": shorten(text_of(shown))})


def _chinese_number(text: str) -> int | None:
    """1 to 31 in Chinese numerals or digits: 十一, 二十三, 廿三, 三〇, 初五, 元 (month); else None."""
    if text.isdecimal() and text.isascii():
        return int(text)
    text = text.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    if text in ("元", "正"):
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return None
        high = int(_DIGITS[tens]) if tens in _DIGITS else 1 if not tens else None
        low = int(_DIGITS[ones]) if ones in _DIGITS else 0 if not ones else None
        return None if high is None or low is None else high * 10 + low
    digits = "".join(_DIGITS.get(letter, letter) for letter in text)
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else None
