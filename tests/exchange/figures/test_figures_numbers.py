"""Every number is found as it is meant, and what is no number is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.exchange.figures import check
from guitu.exchange.figures.numbers import numbers
from guitu.exchange.figures.numerals import chinese


@pytest.mark.parametrize(
    ("text", "value", "family"),
    [
        ("1,151宗", "1151", "case"),
        ("１２３名", "123", "person"),
        ("一百四十五场", "145", "event"),
        ("一百零五人", "105", "person"),
        ("三千二百人次", "3200", "person_time"),
        ("一万五千元", "15000", "yuan"),
        ("1.7亿元", "170000000", "yuan"),
        ("79.159公斤", "79.159", "kg"),
        ("300克", "0.3", "kg"),
        ("2吨", "2000", "kg"),
        ("百分之二十九点六八", "29.68", "percent"),
        ("千分之三", "3", "permille"),
        ("万分之五", "0.5", "permille"),
        ("3.21‰", "3.21", "permille"),
        ("8.37个百分点", "8.37", "point"),
        ("212支", "212", "team"),
        ("十二家", "12", "venue"),
        ("获证率（%）：91.5", "91.5", "percent"),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, value: str, family: str) -> None:
    (found,) = numbers(text)
    assert (found.value, found.family) == (Decimal(value), family)
    assert found.quantity.exact


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("近1.4万名", 13001, 14000),
        ("1900余人次", 1900, 1999),
        ("140万余元", 1400000, 1499999),
        ("1200余万元", 12000000, 12999999),
        ("90多天", 90, 99),
        ("约300人", 250, 350),
        ("500人以上", 500, 599),
        ("十余人", 10, 19),
    ],
)
def test_rounding_words_give_bounds(text: str, low: int, high: int) -> None:
    (found,) = numbers(text)
    assert not found.quantity.exact
    assert found.quantity.low <= low <= high <= found.quantity.high
    assert found.quantity.high - found.quantity.low <= Decimal(high - low) * Decimal("1.2") + 1


@pytest.mark.parametrize(
    "text",
    [
        "2020年6月28日",
        "6月2日",
        "2016—2019",
        "2020-06-28",
        "二〇二〇年",
        "14时30分",
        "9:30",
        "琼司发〔2020〕15号",
        "“2019-551”案件",
        "“14+14+14”模式",
        "14+14+14",
        "“四区五中心”",
        "“七个一”",
        "第12批",
        "七届八次全会",
        "COVID-19",
        "SF/T 0056",
        "1.开展工作",
        "（二）开展工作",
        "一批民警",
        "千家万户",
        "数十人",
        "18周岁以上",
        "12345热线",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert [found.printed for found in numbers(text)] == []


def test_both_ends_of_a_range_are_marked() -> None:
    assert [found.ranged for found in numbers("降幅10%—15%")] == [True, True]


@given(st.integers(1, 99_999_999))
def test_a_chinese_numeral_says_its_number(number: int) -> None:
    assert chinese(_written(number)) == number


def _written(number: int) -> str:
    """A number as it is spoken."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = "" if not low else ("零" if low < 1000 else "") + _written(low)
        return _written(high) + "万" + rest
    text, gap = "", False
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap and text else "") + "一二三四五六七八九"[digit - 1] + mark
            gap = False
        else:
            gap = True
    return text


@given(
    st.text(
        alphabet="0123456789一十百万亿.%‰，。人宗元年月日余近从到下降上升其中合计（）“”\n\t ", max_size=120
    )
)
def test_no_text_breaks_the_desk(text: str) -> None:
    checked = check(text)
    for found in checked.findings:
        assert len(found.numbers) == len(found.places)
        assert all(sentence in checked.bulletin.text for sentence in found.sentences)
