"""An office's own instrument as a workbook: the blank one can be filled in and read, and what is wrong in it
is told with sheet and row."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from guitu.centre.instruments.scoring import score
from guitu.exchange.instruments.blank import blank
from guitu.exchange.instruments.reading import read_workbook
from guitu.kernel.errors import GuituError

ON = date(2026, 11, 26)


def changed(change: Callable[[Workbook], None]) -> bytes:
    """The blank workbook, with something changed in it."""
    book = load_workbook(io.BytesIO(blank(ON)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    """That cell of that sheet set to a value."""
    return lambda book: book[sheet].__setitem__(cell, value)


def test_the_blank_workbook_is_an_instrument_whose_third_item_counts_the_other_way() -> None:
    found, text = read_workbook(blank(ON), "own.xlsx")
    assert (found.key, found.version, found.mode) == ("sleep_diary", 1, "user_supplied")
    assert [item.key for item in found.items] == ["q1", "q2", "q3"]
    assert found.items[0].text is not None
    assert found.items[0].text.en == "Was it hard to fall asleep?"
    assert "入睡难不难？" in text
    answers = {"q1": 1, "q2": 2, "q3": 3}  # 1 + 2 + (4 - 3)
    scored = score(found, answers)
    assert scored.scales[0].value == Decimal(4)


def test_a_condition_several_sources_and_one_language_are_taken() -> None:
    def change(book: Workbook) -> None:
        items, about = book["题目"], book["量表"]
        items["H3"], items["I3"] = "1", "3，4"
        items["E2"] = None
        about.append(["出处", "另一本手册"])

    found, _ = read_workbook(changed(change), "own.xlsx")
    assert found.items[1].only_when == ("q1", frozenset({3, 4}))
    assert found.items[0].text is not None
    assert found.items[0].text.en == "入睡难不难？"
    assert found.sources == ("本所工作手册", "另一本手册")


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        (put("题目", "F3", "五及"), "工作表“题目”第 3 行：没有选项组“五及”，有：五级"),
        (put("选项", "B4", "二"), "工作表“选项”第 4 行：“答案”写的“二”不是数"),
        (put("得分", "E2", "总计"), "工作表“得分”第 2 行：“算法”应为"),
        (put("得分", "D2", "1-9"), "工作表“得分”第 2 行：没有第 4 题，共 3 题"),
        (put("分段", "B3", 5), "工作表“得分”第 2 行：分段重叠"),
        (put("分段", "A3", "all"), "工作表“分段”第 3 行：没有得分“all”"),
        (put("提示", "E2", "tota"), "工作表“提示”第 2 行"),
        (put("量表", "B7", "随便谁"), "工作表“量表”第 7 行：“谁来填”应为"),
        (put("量表", "B13", "昨天"), "“昨天”不是日期"),
        (put("量表", "A4", "名子"), "工作表“量表”第 4 行：没有“名子”这一项，有：代号"),
        (put("量表", "B2", "Sleep"), "只能用小写字母"),
        (put("题目", "A1", "题目号"), "没有“题目号”这一列"),
        (lambda book: book.remove(book["选项"]), "没有工作表“选项”"),
        (put("题目", "A3", "1"), "写了两次"),
    ],
)
def test_a_fault_is_told_with_its_sheet_and_row(change: Callable[[Workbook], None], zh: str) -> None:
    with pytest.raises(GuituError) as wrong:
        read_workbook(changed(change), "own.xlsx")
    assert zh in wrong.value.say("zh-Hans")


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence() -> None:
    with pytest.raises(GuituError):
        read_workbook(b"%PDF-1.7 something", "own.xlsx")
