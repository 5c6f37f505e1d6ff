"""What is a record and what is not; headers wherever they stand; merged cells."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt

from guitu.exchange.ledgers import CheckResult, Refused, check_workbook, held_workbook
from tests.exchange.sheets import (
    COMMUNITY,
    ON,
    ROSTER,
    TESTS,
    Row,
    changed,
    community_row,
    csv_bytes,
    roster,
    roster_row,
    sample_row,
    xlsx,
)


def check(data: bytes, **more: Any) -> CheckResult:
    return check_workbook(data, on=ON, **more)


def counts(result: CheckResult) -> list[tuple[str, int, int, int]]:
    return [(s.ledger, s.header_row, s.accepted, s.held) for s in result.sheets]


def codes(result: CheckResult) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in result.problems]


@pytest.mark.parametrize(
    "line",
    [
        ["小计", "2人"],
        ["合  计", "", "2"],
        ["", "合计：", "2人"],
        ["本页小计", 2],
        ["总计", "", "", "", "", "", "", "", "", "", 2],
        ["", "共计2人"],
        ["填表人：        审核人：        （盖章）"],
        ["制表人：王五", "", "", "", "", "审核人：赵六"],
        ["", "", "单位负责人：", "", "", "填表日期：2020年6月28日"],
        ["（盖章）"],
        ["注：1.日期填写到日。"],
        ["说明：本表一式两份"],
        ["以下空白"],
        ["", "（以下空白）"],
        ["第1页 共3页"],
        ["示范第一强制隔离戒毒所入所人员花名册"],
        ["填报单位：示范所", "", "", "", "", "", "", "", "", "填报日期：2020年6月28日"],
        ["三、一大队"],
        [3],
        [3, "", "", "", "", "", "", "", "", "", ""],
        ["", "", "", "", "", "", "", "", "", "", "待补"],
        ROSTER,
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        ["甲", "乙", "丙", "1", "2", "3", "4", "5", "6", "7", "8"],
        [],
    ],
    ids=lambda line: "".join(str(cell) for cell in line)[:20] or "blank",
)
def test_a_line_that_is_no_record_is_passed_over(line: list[Any]) -> None:
    rows = roster(roster_row(1), line, roster_row(2), line)
    assert counts(check(xlsx(rows))) == [("facility_roster", 1, 2, 0)]


def test_a_record_that_has_lost_its_number_is_still_a_record() -> None:
    result = check(xlsx(roster(roster_row(1), roster_row(2, 身份证号码="", 姓名=""))))
    assert codes(result) == [(3, "姓名", "required_missing"), (3, "身份证号码", "required_missing")]


def test_somebody_of_whom_only_the_name_is_written_is_not_overlooked() -> None:
    result = check(xlsx(roster(roster_row(1), ["", "王某某"])))
    assert {row for row, _, _ in codes(result)} == {3}
    assert counts(result) == [("facility_roster", 1, 1, 1)]


def test_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    rows = [["标题"], [], ROSTER, roster_row(1), [], [], ["小计"], roster_row(2, 性别="不详")]
    assert codes(check(xlsx(rows))) == [(8, "性别", "choice_unknown")]
    assert codes(check(csv_bytes(rows))) == [(8, "性别", "choice_unknown")]


@pytest.mark.parametrize("mark", ";\t")
def test_commas_in_titles_and_remarks_do_not_hide_what_separates_the_cells(mark: str) -> None:
    title = ["2019年", "3月", *[""] * 30]
    rows = roster(roster_row(1, 备注="一,二,三,四,五,六,七,八,九,十,十一,十二"), above=())
    for above in (b"", csv_bytes([title], "utf-8")):
        result = check(above + csv_bytes(rows, "utf-8", mark))
        assert [(s.accepted, s.held) for s in result.sheets] == [(1, 0)]
    many = roster(*(roster_row(n, 备注=f"甲；{';' * n}乙,丙") for n in range(1, 6)))
    assert [(s.accepted, s.held) for s in check(csv_bytes(many)).sheets] == [(5, 0)]


def test_a_table_that_begins_in_another_column_is_found() -> None:
    rows = [["", "", "", *row] for row in roster(roster_row(1), roster_row(2, 性别="不详"))]
    result = check(xlsx([[], [], *rows]))
    assert codes(result) == [(5, "性别", "choice_unknown")]
    assert result.problems[0].at == 5


def test_two_levels_of_headings_without_merged_cells_are_read_together() -> None:
    upper = [
        "序号",
        "姓名",
        "性别",
        "身份证号码",
        "出生日期",
        "强制隔离戒毒决定",
        "",
        "",
        "",
        "入所日期",
        "备注",
    ]
    lower = ["", "", "", "", "", "文号", "机关", "日期", "期限止", "", ""]
    result = check(csv_bytes([["某所花名册"], upper, lower, roster_row(1), roster_row(2, 决定日期="去年")]))
    assert counts(result) == [("facility_roster", 3, 1, 1)]
    assert codes(result) == [(5, "日期", "date_unreadable")]


def test_groups_that_are_merged_with_general_words_below() -> None:
    upper = ["序号", "人员信息", "", "", "", "强制隔离戒毒决定", "", "", "", "入所日期", "备注"]
    lower = ["", "姓名", "性别", "身份证号码", "出生日期", "文书号", "决定机关", "日期", "期限止", "", ""]
    data = xlsx([upper, lower, roster_row(1, 决定日期="去年")], merges=("B1:E1", "F1:I1", "A1:A2", "J1:J2"))
    assert codes(check(data)) == [(3, "日期", "date_unreadable")]


def test_a_name_under_the_family_is_not_the_persons() -> None:
    upper = ["姓名", "性别", "身份证号码", "决定书文号", "决定日期", "入所日期", "家属", "", ""]
    lower = ["", "", "", "", "", "", "姓名", "电话", "身份证号码"]
    one = roster_row(1)
    row = [one[1], one[2], one[3], one[5], one[7], one[9], "王母", "19800000009", "无"]
    result = check(xlsx([upper, lower, row], merges=("G1:I1",)))
    assert counts(result) == [("facility_roster", 2, 1, 0)]
    assert result.sheets[0].table.values["person.family_phone"] == ["19800000009"]
    assert result.sheets[0].table.values["person.name"] == [one[1]]


def test_a_required_column_that_is_missing_holds_the_sheet_with_one_problem() -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 5] for row in roster(roster_row(1), roster_row(2))]
    result = check(xlsx(rows))
    assert codes(result) == [(1, "决定书文号", "required_missing")]
    assert counts(result) == [("facility_roster", 1, 0, 2)]


def test_several_ledgers_in_one_workbook_each_have_their_say() -> None:
    data = xlsx(
        ("尿检", [TESTS, sample_row(1), sample_row(2)]),
        ("花名册", roster(roster_row(1))),
        ("社区", [COMMUNITY, community_row(1), community_row(2)]),
        ("通知", [["请各单位按时报送"]]),
    )
    result = check(data)
    assert counts(result) == [
        ("urine_tests", 1, 2, 0),
        ("facility_roster", 1, 1, 0),
        ("community_roster", 1, 2, 0),
    ]
    assert result.passed_over == ("通知",)
    assert not result.problems


def test_one_sheet_for_each_town_is_one_ledger() -> None:
    data = xlsx(
        ("河东", [COMMUNITY, community_row(1)]), ("河西", [COMMUNITY, community_row(2), community_row(1)])
    )
    result = check(data)
    assert [(p.sheet, p.row, p.code) for p in result.problems] == [("河西", 3, "duplicate_row")]
    assert "河东" in result.problems[0].label.zh


def test_merged_cells_count_for_every_row_they_cover() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for area in ("B2:B4", "C2:C4", "G2:G3", "F2:F4"):
            sheet.merge_cells(area)

    rows = [TESTS, sample_row(1), sample_row(1, 检测日期="2020-02-15"), sample_row(1, 检测日期="2020-03-15")]
    people = [COMMUNITY, community_row(1)]
    data = changed(xlsx(("尿检", rows), ("人员", people)), merge)
    result = check(data)
    assert not result.problems
    assert result.sheets[0].table.values["person.name"] == [community_row(1)[3]] * 3


def test_a_new_town_does_not_inherit_the_village_of_the_one_before() -> None:
    rows = [
        COMMUNITY,
        community_row(1),
        community_row(2, **{"乡镇": "", "村（居）委会": ""}),
        community_row(3, **{"乡镇": "河西镇", "村（居）委会": ""}),
        community_row(4, **{"乡镇": "", "村（居）委会": "西坡村"}),
    ]
    for data in (csv_bytes(rows), xlsx(rows)):
        values = check(data).sheets[0].table.values
        assert values["town"] == ["河东镇", "河东镇", "河西镇", "河西镇"]
        assert values["responsible_unit.unit"] == ["东坡村", "东坡村", None, "西坡村"]


def test_two_testers_in_one_column_are_two() -> None:
    header = [*TESTS[:6], "检测人", "备注"]
    rows = [header, [*sample_row(1)[:6], "陈一、林二", ""], [*sample_row(2)[:6], "陈一", ""]]
    result = check(xlsx(("尿检", rows), ("人", [COMMUNITY, community_row(1), community_row(2)])))
    assert codes(result) == [(3, "检测人", "required_missing")]
    assert result.sheets[0].table.values["urine_test.tester_2"] == ["林二", None]


def test_a_formula_is_taken_by_its_result_and_without_one_it_is_said() -> None:
    rows = roster(roster_row(1), roster_row(2, 决定日期="=DATE(2019,3,1)"), roster_row(3, 姓名='="王"&"三"'))
    result = check(xlsx(rows))
    assert codes(result) == [(3, "决定日期", "date_unreadable"), (4, "姓名", "required_missing")]
    assert all("公式" in p.label.zh for p in result.problems)


def test_an_error_in_a_cell_is_not_mistaken_for_an_empty_one() -> None:
    result = check(xlsx(roster(roster_row(1, 备注="#N/A"))))
    assert codes(result) == [(2, "备注", "required_missing")]


def test_numbers_kept_as_text_and_text_kept_as_numbers_are_the_same() -> None:
    rows = roster(roster_row(1, 序号="1", 性别=1, 决定日期=20190301, 入所日期="43557"))
    assert not check(xlsx(rows)).problems


def test_semicolons_and_tabs_separate_text_files_too() -> None:
    rows = roster(roster_row(1), roster_row(2, 性别="不详"))
    for delimiter in (";", "\t"):
        assert codes(check(csv_bytes(rows, "gb18030", delimiter))) == [(3, "性别", "choice_unknown")]


def test_a_line_break_inside_a_text_cell_does_not_shift_the_rows() -> None:
    rows = roster(roster_row(1, 备注="第一行\n第二行"), roster_row(2, 性别="不详"))
    assert codes(check(csv_bytes(rows))) == [(3, "性别", "choice_unknown")]


def test_the_column_of_problems_that_we_added_is_not_unknown() -> None:
    rows = [[*row, note] for row, note in zip(roster(roster_row(1)), ["问题", "性别有误"], strict=True)]
    assert check(xlsx(rows)).sheets[0].unknown_columns == ()


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NAME?"])
def test_an_error_in_a_text_file_is_not_taken_for_what_it_says(error: str) -> None:
    result = check(csv_bytes(roster(roster_row(1, 姓名=error), roster_row(2, 决定书文号=error))))
    assert codes(result) == [(2, "姓名", "required_missing"), (3, "决定书文号", "required_missing")]


def test_an_error_in_an_old_workbook_is_not_mistaken_for_an_empty_cell() -> None:
    book = xlwt.Workbook()
    book.add_sheet("说明").write(0, 0, "本表由内勤填写")
    sheet = book.add_sheet("花名册")
    for number, row in enumerate(roster(roster_row(1), roster_row(2))):
        for at, value in enumerate(row):
            if (number, at) == (1, 4):
                sheet.row(number).set_cell_error(at, 0x2A)
            else:
                sheet.write(number, at, value)
    result = check(_bytes(book))
    assert codes(result) == [(2, "出生年月日", "date_unreadable")]


def test_an_old_workbook_may_count_its_days_from_1904() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("花名册")
    for number, row in enumerate(roster(roster_row(1, 决定日期=(date(2019, 3, 1) - date(1904, 1, 1)).days))):
        for at, value in enumerate(row):
            sheet.write(number, at, value)
    result = check(_bytes(book))
    assert not result.problems
    assert result.sheets[0].table.column("order.day") == [date(2019, 3, 1)]


def _bytes(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("ditto", ["同上", "〃"])
def test_as_above_is_no_name_and_no_document(ditto: str) -> None:
    result = check(xlsx(roster(roster_row(1, 姓名=ditto), roster_row(2, 决定书文号=ditto))))
    assert codes(result) == [(2, "姓名", "required_missing"), (3, "决定书文号", "required_missing")]


@pytest.mark.parametrize("written", ["同上", "〃", " ", "\u3000"])
def test_a_town_as_above_is_the_town_above(written: str) -> None:
    rows = [community_row(1), community_row(2, 乡镇=written, **{"村（居）委会": written})]
    table = check(xlsx([COMMUNITY, *rows])).sheets[0].table
    assert table.column("town") == ["河东镇", "河东镇"]
    assert table.column("responsible_unit.unit") == ["东坡村", "东坡村"]


SWAPPED = [*range(9), 10, 9, *range(11, 15)]
"""The columns of a community roster, 报到日期 and 协议签订日期 in each other's place."""


@pytest.mark.parametrize(
    "below",
    [
        [[row[at] for at in SWAPPED] for row in (COMMUNITY, community_row(2), community_row(3))],
        [TESTS, sample_row(1), sample_row(2)],
    ],
)
def test_a_second_table_with_other_columns_is_held_whole_and_not_read_by_the_first_header(
    below: list[Row],
) -> None:
    data = xlsx(("台账", [["某镇"], COMMUNITY, community_row(1), [], ["二片"], *below]))
    result = check(data)
    assert codes(result) == [(row, "公民身份号码", "contradiction") for row in (6, 7, 8)]
    assert {p.label.zh.partition("；")[0] for p in result.problems} == {"第 6 行是另一个表头，列与上面的不同"}
    assert [(s.accepted, s.held) for s in result.sheets] == [(1, 3)]
    again = check(held_workbook(data, result))
    assert [code for *_, code in codes(again)] == ["contradiction"] * 3


def test_the_same_header_again_below_is_no_record_and_no_fault() -> None:
    rows = [["一片"], COMMUNITY, community_row(1), [], ["二片"], COMMUNITY, community_row(2)]
    result = check(xlsx(("台账", rows)))
    assert codes(result) == []
    assert [(s.accepted, s.held) for s in result.sheets] == [(2, 0)]


def test_two_tables_side_by_side_are_refused_in_a_sentence_and_a_relatives_columns_are_not() -> None:
    with pytest.raises(Refused) as refused:
        check(xlsx(("台账", [[*ROSTER, "", *ROSTER], [*roster_row(1), "", *roster_row(2)]])))
    assert refused.value.say("zh").startswith("台账：左右并排放了两个表")
    result = check(xlsx(("台账", [[*ROSTER, "姓名", "身份证号码"], [*roster_row(1), "王某", "无"]])))
    assert codes(result) == []


def test_the_mark_that_keeps_a_text_a_text_is_no_part_of_it() -> None:
    marked = [f"'{cell}" if isinstance(cell, str) and cell else cell for cell in roster_row(1)]
    plain, kept = (check(csv_bytes(roster(row))).sheets[0].table for row in (roster_row(1), marked))
    assert kept.values == plain.values
    assert kept.faults == {}
    name = check(csv_bytes(roster(roster_row(1, 姓名="'Abd Allah")))).sheets[0].table.column("person.name")
    assert name == ["'Abd Allah"]


@pytest.mark.parametrize("delimiter", ["|", "，", "；"])
def test_a_text_file_may_be_parted_by_what_is_rarely_used(delimiter: str) -> None:
    rows = roster(roster_row(1), roster_row(2, 性别="某"))
    assert codes(check(csv_bytes(rows, "gb18030", delimiter))) == [(3, "性别", "choice_unknown")]
    noted = [*ROSTER[:-1], "备注"], [*roster_row(1)[:-1], "在家，务工；已婚，有孩子；身体好"]
    assert codes(check(csv_bytes(list(noted)))) == []
