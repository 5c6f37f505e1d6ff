"""Days as clerks write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.exchange.ledgers.cells import UNCALCULATED, Reader
from guitu.exchange.ledgers.days import EPOCH_1900, EPOCH_1904, plain_days, read_day
from guitu.exchange.ledgers.fault import Fault
from tests.exchange.sheets import EXAMPLES

FIFTH_OF_MARCH = date(2019, 3, 5)

DIGITS = "〇一二三四五六七八九"
ROUND = "○一二三四五六七八九"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十") + (DIGITS[ones] if ones else "")


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


WAYS = {
    "2019-03-05": lambda d: d.isoformat(),
    "2019-3-5": lambda d: f"{d.year}-{d.month}-{d.day}",
    "2019.3.5": lambda d: f"{d.year}.{d.month}.{d.day}",
    "2019/3/5": lambda d: f"{d.year}/{d.month}/{d.day}",
    "2019年3月5日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "2019 年 3 月 5 日": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "2019年3月5号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "20190305": lambda d: f"{d:%Y%m%d}",
    "20190305 as a number": lambda d: int(f"{d:%Y%m%d}"),
    "20190305.0": lambda d: float(f"{d:%Y%m%d}"),
    "full width": lambda d: wide(d.isoformat()),
    "full width dots": lambda d: wide(f"{d.year}．{d.month}．{d.day}"),
    "blanks around": lambda d: f"  {d.isoformat()}\u3000 ",
    "a leading apostrophe": lambda d: f"'{d.isoformat()}",
    "a real day": lambda d: d,
    "a real time": lambda d: datetime(d.year, d.month, d.day, 10, 30),  # noqa: DTZ001
    "with a time": lambda d: f"{d.isoformat()} 00:00:00",
    "with a weekday": lambda d: f"{d.year}年{d.month}月{d.day}日 星期{'一二三四五六日'[d.weekday()]}",
    "a serial number": lambda d: (d - EPOCH_1900).days,
    "a serial number as text": lambda d: str((d - EPOCH_1900).days),
    "Chinese numerals": lambda d: (
        f"{''.join(DIGITS[int(c)] for c in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日"
    ),
    "Chinese numerals with a round nought": lambda d: (
        f"{''.join(ROUND[int(c)] for c in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日"
    ),
}


@pytest.mark.parametrize("way", WAYS)
@EXAMPLES
@given(day=st.dates(date(1930, 1, 1), date(2060, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(way: str, day: date) -> None:
    assert read_day(WAYS[way](day)) == day


@EXAMPLES
@given(day=st.dates(date(1930, 1, 1), date(2060, 12, 31)))
def test_a_serial_number_counts_from_the_day_the_workbook_says(day: date) -> None:
    assert read_day((day - EPOCH_1904).days, epoch=EPOCH_1904) == day


@pytest.mark.parametrize("empty", [None, "", "   ", "\u3000", "'"])
def test_an_empty_cell_is_no_day(empty: str | None) -> None:
    assert read_day(empty) is None


@pytest.mark.parametrize(
    "text",
    [
        "去年底", "二〇一九", "二〇一九年三月", "2019", "2019年", "2019.3", "2019年3月", "201903", "19.3.5",
        "19-03-05",
        "5/3/2019", "05-03-2019", "三月五日", "3月5日", "不详", "待定", "/", "-", "2019-3-5、2019-4-6",
        "2019-3-5至2021-3-4", "2019..3.5", "2019年3月初", "明天",
    ],
)  # fmt: skip
def test_what_does_not_say_year_month_and_day_is_unreadable(text: str) -> None:
    assert code(read_day(text)) == "date_unreadable"


@pytest.mark.parametrize(
    "cell",
    [2019, 2019.0, 201903, 5, 0, -3, 1e20, 19.305, True, time(10, 0), timedelta(days=2), UNCALCULATED],
)
def test_a_number_that_is_no_day_is_unreadable(cell: object) -> None:
    assert code(read_day(cell)) == "date_unreadable"


@pytest.mark.parametrize(
    "cell",
    [
        "2019年2月30日", "2018/13/05", "2019-02-29", "20190431", 20191301, "2019.0.5", "2019-3-0",
        "2019-3-32",
        "二〇一九年二月三十日", "0219-03-05", "1019.3.5", date(1850, 1, 1),
    ],
)  # fmt: skip
def test_a_day_that_the_calendar_does_not_have_is_impossible(cell: object) -> None:
    assert code(read_day(cell)) == "date_impossible"


@EXAMPLES
@given(text=st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    answer = read_day(text)
    assert answer is None or isinstance(answer, date | Fault)


PLAIN_WAYS = ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m/%d")
plain = st.builds(date.strftime, st.dates(date(1895, 1, 1), date(2030, 12, 31)), st.sampled_from(PLAIN_WAYS))
others = st.sampled_from(
    [
        "",
        "2019-02-30",
        "2019月03年05",
        "2019-W05-1",
        "20190305\n20190306",
        "2019日0305",
        "2019.3.5",
        43529,
        None,
    ]
)


@EXAMPLES
@given(column=st.one_of(st.lists(plain, max_size=8), st.lists(st.one_of(plain, others), max_size=8)))
def test_a_column_reads_as_its_cells_one_by_one(column: list[object]) -> None:
    one_by_one = [read_day(cell) for cell in column]
    assert plain_days(column) in (None, one_by_one)
    assert Reader(read_day, together=plain_days).column(column) == one_by_one


def test_plain_days_are_read_together() -> None:
    column = [FIFTH_OF_MARCH.strftime(way) for way in PLAIN_WAYS]
    assert plain_days([*column, ""]) == [FIFTH_OF_MARCH] * len(column) + [None]


@EXAMPLES
@given(number=st.one_of(st.integers(), st.floats(allow_nan=True)))
def test_no_number_breaks_the_reader(number: float) -> None:
    assert isinstance(read_day(number), date | Fault)


def test_the_sentence_shows_a_number_as_the_sheet_does() -> None:
    fault = read_day(190301.0)
    assert isinstance(fault, Fault)
    assert "“190301”" in fault.label("入所日期").zh


def test_the_sentence_shows_what_was_written_and_what_to_write() -> None:
    fault = read_day("去年底")
    assert isinstance(fault, Fault)
    told = "入所日期“去年底”看不懂，请按公历写明四位的年和月、日，例如 2019-03-05。"
    assert fault.label("入所日期").zh == told
    assert "2019-03-05" in fault.label("入所日期").en


def code(answer: object) -> str:
    assert isinstance(answer, Fault), answer
    return answer.code
