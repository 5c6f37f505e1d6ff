"""The workbooks as offices keep them, and the same on other machines: every planted fault is found at
its row and column, and nothing else is complained of."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from guitu.exchange.ledgers import CheckResult, check_workbook
from guitu.kernel.labels import Label
from tests.exchange.sheets import FIXTURES, ON, as_csv, as_xls, changed, fixture, headings, move_down

BOTH = ("facility_roster", "community_and_tests")


def expected(name: str) -> dict[str, Any]:
    """What a check on 28 June 2020 must say."""
    answer: dict[str, Any] = json.loads((FIXTURES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return answer


def said(result: CheckResult) -> dict[str, Any]:
    """What the check said, without its sentences."""
    answer = result.as_json()
    problems = [{k: v for k, v in p.items() if k != "message"} for p in answer["problems"]]  # type: ignore[attr-defined]
    return {"sheets": answer["sheets"], "problems": problems}


def moved(answer: dict[str, Any], by: int, words: dict[str, str] | None = None) -> dict[str, Any]:
    """The same answer for sheets that stand lower, under other headings."""
    words = words or {}
    return {
        "sheets": [{**s, "header_row": s["header_row"] + by} for s in answer["sheets"]],
        "problems": [
            {**p, "row": p["row"] + by, "column": words.get(p["column"], p["column"])}
            for p in answer["problems"]
        ],
    }


@pytest.mark.parametrize("name", BOTH)
def test_every_planted_fault_is_found_and_nothing_else_is_complained_of(name: str) -> None:
    assert said(check_workbook(FIXTURES / f"{name}.xlsx", on=ON)) == expected(name)


@pytest.mark.parametrize("name", BOTH)
def test_the_old_workbook_format_says_the_same(name: str) -> None:
    assert said(check_workbook(as_xls(fixture(name)), on=ON)) == expected(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_files_in_every_usual_encoding_say_the_same(encoding: str) -> None:
    data = as_csv(fixture("facility_roster"), "花名册", encoding)
    result = check_workbook(data, on=ON, name="花名册.csv")
    assert said(result) == expected("facility_roster")


def test_a_text_file_without_merged_cells_fills_towns_down() -> None:
    data = as_csv(fixture("community_and_tests"), "社戒社康", "gb18030")
    result = check_workbook(data, on=ON, name="社戒社康.csv")
    answer = expected("community_and_tests")
    assert said(result)["problems"] == [p for p in answer["problems"] if p["sheet"] == "社戒社康"]
    table = result.sheets[0].table
    assert table.values["town"][-1] == "福山镇"
    assert table.values["responsible_unit.unit"][-1] == "福山社区"
    assert all(table.values["responsible_unit.unit"])


@pytest.mark.parametrize("name", BOTH)
def test_a_header_further_down_is_found(name: str) -> None:
    data = changed(fixture(name), lambda book: [move_down(sheet, 11) for sheet in book])
    assert said(check_workbook(data, on=ON)) == moved(expected(name), 11)


SYNONYMS = {
    "姓名": "戒毒人员\n姓名 ",
    "性别": " 性 别",
    "身份证号码": "公民身份\n号码（18位）",
    "公民身份号码": "居民身份证号码",
    "身份证号": "证件号码*",
    "出生年月日": "出生日期（年月日）",
    "决定书文号": "法律文书编号",
    "决定日期": "作出决定日期（年/月/日）",
    "期限止": "期满日期",
    "入所日期": "收治时间",
    "责令文书号": "责令书文号",
    "责令日期": "责令时间",
    "报到日期": "实际报到时间",
    "措施类别": "戒毒措施",
    "检测日期": "尿检时间",
    "检测结果": "尿检结果",
    "检测人1": "检测人员一",
    "检测人2": "检测人员二",
}


@pytest.mark.parametrize("name", BOTH)
def test_other_words_in_the_header_are_understood(name: str) -> None:
    words = {key: "".join(word.split()) for key, word in SYNONYMS.items()}
    data = changed(fixture(name), lambda book: [headings(sheet, SYNONYMS) for sheet in book])
    assert said(check_workbook(data, on=ON)) == moved(expected(name), 0, words)


def test_columns_in_another_order_with_blank_and_unknown_ones_between() -> None:
    def shuffle(book: openpyxl.Workbook) -> None:
        sheet = book["尿检"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        order = [3, 7, None, 1, 4, "街道意见", 6, 2, 5, 0, 8]
        for number, row in enumerate(rows, start=1):
            for at, source in enumerate(order, start=1):
                value = row[source] if isinstance(source, int) else (source if number == 3 else None)
                sheet.cell(number, at).value = value

    result = check_workbook(changed(fixture("community_and_tests"), shuffle), on=ON)
    assert said(result) == expected("community_and_tests")
    assert result.sheets[1].unknown_columns == ("街道意见",)


def test_sheets_in_another_order_still_find_their_people() -> None:
    data = changed(fixture("community_and_tests"), lambda book: book.move_sheet("尿检", -1))
    found = said(check_workbook(data, on=ON))
    assert [s["sheet"] for s in found["sheets"]] == ["尿检", "社戒社康"]
    key = lambda p: (p["sheet"], p["row"])  # noqa: E731
    assert sorted(found["problems"], key=key) == sorted(expected("community_and_tests")["problems"], key=key)


def test_days_kept_as_bare_serial_numbers_are_days() -> None:
    def bare(book: openpyxl.Workbook) -> None:
        for row in book["花名册"].iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value = (cell.value.date() - date(1899, 12, 30)).days
                    cell.number_format = "General"

    assert said(check_workbook(changed(fixture("facility_roster"), bare), on=ON)) == expected(
        "facility_roster"
    )


def test_a_workbook_that_counts_from_1904_says_the_same() -> None:
    def since_1904(book: openpyxl.Workbook) -> None:
        for row in book["花名册"].iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value = (cell.value.date() - date(1904, 1, 1)).days
                    cell.number_format = "General"
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001

    data = changed(fixture("facility_roster"), since_1904)
    assert said(check_workbook(data, on=ON)) == expected("facility_roster")


def test_a_header_that_is_repeated_on_every_printed_page_is_no_record() -> None:
    def repeat(book: openpyxl.Workbook) -> None:
        sheet = book["花名册"]
        header = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
        for place in (42, 81, 120):  # the blank rows of the workbook
            for at, value in enumerate(header[0], start=1):
                sheet.cell(place, at).value = value

    assert said(check_workbook(changed(fixture("facility_roster"), repeat), on=ON)) == expected(
        "facility_roster"
    )


def hidden_rows(book: openpyxl.Workbook) -> None:
    for number in (1, *range(20, 60)):  # a title and two blank rows among them are no rows of the ledger
        book["花名册"].row_dimensions[number].hidden = True


def hidden_columns(book: openpyxl.Workbook) -> None:
    for letter in "FZ":  # nothing stands in Z
        book["花名册"].column_dimensions[letter].hidden = True


HIDDEN = {
    hidden_rows: "“花名册”：有 38 行是隐藏或筛选掉的，也一并读入；请确认应当导入。",
    hidden_columns: "“花名册”：隐藏的列有民族，也一并读入；请确认应当导入。",
}


@pytest.mark.parametrize("old", [False, True], ids=["xlsx", "xls"])
@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_hidden_rows_columns_and_filters_hide_nothing_from_the_check_which_says_so_once(
    hide: Callable[[openpyxl.Workbook], None], old: bool
) -> None:
    data = changed(fixture("facility_roster"), hide)
    result = check_workbook(as_xls(data) if old else data, on=ON)
    assert said(result) == expected("facility_roster")
    (remark,) = [label for sheet in result.sheets if (label := sheet.unseen)]
    assert remark.zh == HIDDEN[hide]


def test_nothing_hidden_is_nothing_to_say() -> None:
    for name in BOTH:
        assert [sheet.unseen for sheet in check_workbook(fixture(name), on=ON).sheets if sheet.unseen] == []


def test_a_hidden_sheet_is_checked_and_said_to_be_hidden() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["尿检"].sheet_state = "hidden"

    result = check_workbook(changed(fixture("community_and_tests"), hide), on=ON)
    assert said(result) == expected("community_and_tests")
    assert [s.hidden for s in result.sheets] == [False, True]
    assert result.sheets[1].unseen == Label(
        "“尿检”：整张工作表是隐藏的，也一并读入；请确认应当导入。",
        "“尿检”: the whole sheet is hidden. It was read all the same: make sure that it is meant to go in.",
    )


def test_what_is_no_ledger_is_passed_over_and_named() -> None:
    assert check_workbook(FIXTURES / "facility_roster.xlsx", on=ON).passed_over == ("填表说明",)


def test_both_languages_have_a_sentence_for_every_fault() -> None:
    for name in BOTH:
        zh = check_workbook(FIXTURES / f"{name}.xlsx", on=ON).as_json()["problems"]
        en = check_workbook(FIXTURES / f"{name}.xlsx", on=ON, language="en").as_json()["problems"]
        for one, other in zip(zh, en, strict=True):  # type: ignore[call-overload]
            assert one["message"].endswith(("。", "？"))
            assert other["message"].endswith(".")
            assert one["message"] != other["message"]


def test_the_day_of_the_check_decides_what_lies_in_the_future() -> None:
    later = said(check_workbook(FIXTURES / "facility_roster.xlsx", on=date(2037, 3, 2)))
    assert "date_in_future" not in {p["code"] for p in later["problems"]}
    earlier = said(check_workbook(FIXTURES / "facility_roster.xlsx", on=date(2020, 6, 8)))
    assert [p["row"] for p in earlier["problems"] if p["code"] == "date_in_future"] == [48, 129]
