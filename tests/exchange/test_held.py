"""What was held back comes back in the office's own layout, and once mended it goes in alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guitu.cli.main import main
from guitu.exchange.ledgers import Known, check_workbook, held_workbook
from tests.exchange.sheets import (
    COMMUNITY,
    ON,
    as_csv,
    as_xls,
    community_row,
    fixture,
    id_number,
    roster,
    roster_row,
    saved,
    xlsx,
)


def held(data: bytes, name: str = "", language: str = "zh", **more: Any) -> openpyxl.Workbook:
    result = check_workbook(data, on=ON, name=name, language=language, **more)
    return openpyxl.load_workbook(io.BytesIO(held_workbook(data, result)))


def test_titles_header_and_held_rows_stand_as_they_stood_with_the_problems_behind() -> None:
    book = held(fixture("facility_roster"))
    original = openpyxl.load_workbook(io.BytesIO(fixture("facility_roster")))["花名册"]
    assert book.sheetnames == ["花名册"]
    sheet = book["花名册"]
    for row in range(1, 5):
        for column in range(1, 19):
            assert (sheet.cell(row, column).value or "") == (original.cell(row, column).value or "")
    assert {str(area) for area in original.merged_cells.ranges} < {str(a) for a in sheet.merged_cells.ranges}
    assert sheet["S3"].value == "问题"
    assert sheet.max_row == 4 + 15
    assert [sheet.cell(5, c).value for c in (2, 9)] == ["黄刚健", "琼公（禁）强戒决字〔2019〕第00001号"]
    assert sheet["S5"].value == "原第 20 行：与“花名册”第 5 行是同一人、同一文书，重复登记；请删去一行。"


def test_every_fault_is_marked_in_its_cell_without_colour_alone() -> None:
    data = fixture("facility_roster")
    result = check_workbook(data, on=ON)
    sheet = held(data)["花名册"]
    problems = [p for p in result.problems if p.held]
    assert len(problems) == sheet.max_row - 4
    for row, problem in enumerate(problems, start=5):
        cell = sheet.cell(row, problem.at + 1)
        assert cell.font.bold
        assert cell.border.left.style == "medium"
        assert cell.comment.text.strip().endswith(problem.label.zh)
        marked = [c.coordinate for c in sheet[row] if c.comment]
        assert marked == [cell.coordinate]


def test_a_very_long_workbook_of_held_rows_reads_back_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    short = saved(held(fixture("facility_roster")))
    monkeypatch.setattr("guitu.exchange.ledgers.held.LONG", 3)
    long = saved(held(fixture("facility_roster")))
    one, other = (check_workbook(data, on=ON) for data in (short, long))
    assert one.as_json() == other.as_json()
    assert [row[0].value for row in openpyxl.load_workbook(io.BytesIO(long))["花名册"]["A3:A8"]] == [
        *("序号", None, 16, 28, 30, 35)
    ]


def test_what_stood_in_merged_cells_is_written_into_every_row() -> None:
    sheet = held(fixture("community_and_tests"))["社戒社康"]
    towns = [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in range(4, 8)]
    assert towns == [
        ("老城镇", "白莲社区"),
        ("福山镇", "敦茶村"),
        ("福山镇", "福山社区"),
        ("福山镇", "福山社区"),
    ]


def test_the_held_workbook_checked_again_finds_the_same_cells_wrong() -> None:
    data = fixture("facility_roster")
    again = check_workbook(saved(held(data)), on=ON)
    gone_alone = {"duplicate_row", "same_id_other_name"}  # the rows they repeat are not in this workbook
    first = [
        (p.column, p.code)
        for p in check_workbook(data, on=ON).problems
        if p.held and p.code not in gone_alone
    ]
    assert [(p.column, p.code) for p in again.problems] == first
    assert again.sheets[0].unknown_columns == ()
    assert (again.sheets[0].header_row, again.sheets[0].held) == (4, 13)


MENDED = {
    "性别": "男",
    "姓名": "某某",
    "决定书文号": "补一号",
    "决定日期": date(2019, 3, 1),
    "入所日期": "2019-10-01",
    "出生年月日": "",
    "期限起": "",
    "期限止": "",
}


def test_mended_in_place_the_rows_go_in() -> None:
    book = held(fixture("facility_roster"))
    sheet = book["花名册"]
    header = {sheet.cell(4, c).value or sheet.cell(3, c).value: c for c in range(1, 20)}
    for row in range(5, sheet.max_row + 1):
        for heading, value in MENDED.items():
            sheet.cell(row, header[heading]).value = value
        sheet.cell(row, header["身份证号码"]).value = id_number(date(1988, 1, 1), row)
        sheet.cell(row, header["决定书文号"]).value = f"补〔2019〕{row}号"
    again = check_workbook(saved(book), on=ON)
    assert not again.problems
    assert (again.sheets[0].accepted, again.sheets[0].held) == (15, 0)


def test_a_number_that_had_lost_its_end_is_given_back_as_text_to_type_over() -> None:
    rows = roster(roster_row(1), roster_row(2, 身份证号码=float(id_number(serial=3)[:17] + "0")))
    sheet = held(xlsx(rows)).worksheets[0]
    assert sheet["D2"].number_format == "@"
    assert isinstance(sheet["D2"].value, str)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_files_and_old_workbooks_come_back_as_workbooks(encoding: str) -> None:
    text = as_csv(fixture("facility_roster"), "花名册", encoding)
    assert held(text, "花名册[1].csv").sheetnames == ["花名册_1_"]
    assert held(text, "花名册.csv").worksheets[0].max_row == 19
    assert held(as_xls(fixture("facility_roster")))["花名册"].max_row == 19


def test_held_twice_there_is_still_one_column_of_problems() -> None:
    once = saved(held(fixture("facility_roster")))
    sheet = held(once)["花名册"]
    assert [c.value for c in sheet[3]].count("问题") == 1
    assert sheet["S3"].value == "问题"
    assert sheet["S5"].value.startswith("原第 6 行：性别“不详”")


def test_a_missing_column_is_told_in_every_row() -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 5] for row in roster(roster_row(1), roster_row(2))]
    sheet = held(xlsx(rows)).worksheets[0]
    assert ["决定书文号" in sheet.cell(row, 11).value for row in (2, 3)] == [True, True]


def test_warnings_of_a_held_row_are_told_too_and_a_row_with_only_a_warning_is_not_held() -> None:
    rows = roster(roster_row(1, 期限止="2022-02-28"), roster_row(2, 期限止="2022-02-28", 性别="不详"))
    sheet = held(xlsx(rows)).worksheets[0]
    assert sheet.max_row == 2
    assert "性别" in sheet["L2"].value
    assert "期限止" in sheet["L2"].value


def test_nothing_held_is_said() -> None:
    assert held(xlsx(roster(roster_row(1)))).worksheets[0]["A1"].value == "没有退回行"


def test_english_is_spoken_to_those_who_ask_for_it() -> None:
    sheet = held(fixture("facility_roster"), language="en")["花名册"]
    assert sheet["S3"].value == "问题"
    assert sheet["S6"].value.startswith("was row 32: ")


def test_the_command_saves_the_held_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, back = tmp_path / "花名册.xlsx", tmp_path / "退回.xlsx"
    path.write_bytes(fixture("facility_roster"))
    assert main(["ledger", "check", str(path), "--on", "2020-06-28", "--held", str(back)]) == 0
    assert "可导入 115" in capsys.readouterr().out
    assert openpyxl.load_workbook(back)["花名册"].max_row == 19


def test_held_tests_are_known_by_the_store_when_they_come_back() -> None:
    data = fixture("community_and_tests")
    book = held(data)
    del book["社戒社康"]
    known = lambda numbers: {n: Known("蒋子") for n in numbers if n == "982809196408220574"}  # noqa: E731
    again = check_workbook(saved(book), on=ON, known_person=known)
    assert [p.code for p in again.problems if p.row == 8] == ["required_missing"]


def test_a_town_is_kept_with_its_row(tmp_path: Path) -> None:
    rows = [COMMUNITY, community_row(1), community_row(2, **{"乡镇": "", "村（居）委会": "", "性别": "?"})]
    sheet = held(xlsx(rows)).worksheets[0]
    assert [sheet["B2"].value, sheet["C2"].value] == ["河东镇", "东坡村"]


def test_two_sheets_whose_names_begin_alike_come_back_as_two() -> None:
    names = ("花名册'1", "花名册_1", "花名册?1".replace("?", "_1"))
    rows = [roster(roster_row(n, 性别="未知")) for n in (1, 2, 3)]
    book = held(xlsx(*zip(names, rows, strict=True)))
    assert len({name.lower() for name in book.sheetnames}) == 3


def test_an_error_comes_back_as_an_error_and_not_as_an_empty_cell() -> None:
    data = xlsx(roster(roster_row(1, 出生年月日="#N/A")))
    again = check_workbook(held_workbook(data, check_workbook(data, on=ON)), on=ON)
    assert [(p.column, p.code) for p in again.problems] == [("出生年月日", "date_unreadable")]


@pytest.mark.parametrize("number", ["1e999", "NaN"])
def test_a_number_that_is_none_does_not_keep_the_held_rows_from_coming_back(number: str) -> None:
    whole = zipfile.ZipFile(io.BytesIO(xlsx(roster(roster_row(1, 性别="未知", 备注=777777)))))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for part in whole.namelist():
            out.writestr(part, whole.read(part).replace(b"777777", number.encode()))
    assert held(buffer.getvalue()).active.max_row == 2
