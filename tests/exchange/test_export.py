"""Exporting: the prescribed layout, ready to print, and what is exported reads back as nothing new."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from guitu.access import Actor, Post
from guitu.cli.main import main
from guitu.exchange.ledgers import check_workbook, ledgers
from guitu.exchange.ledgers.export import export_ledger
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.registry import UnknownName
from guitu.store import gate
from guitu.store.units import tree
from tests.conftest import NOW
from tests.exchange.filing import (
    CENTRE,
    CHIEF,
    CLERK,
    COUNTY,
    SERVICE,
    TOWN,
    community,
    count,
    done,
    entries_of,
    take,
    urine_ledger,
)
from tests.exchange.sheets import (
    COMMUNITY,
    ON,
    community_row,
    csv_bytes,
    fixture,
    roster,
    roster_row,
    sample_row,
    xlsx,
)

pytestmark = pytest.mark.usefixtures("places")


def export(name: str, unit: str = COUNTY, on: date = ON, actor: Actor = SERVICE) -> bytes:
    return export_ledger(name, unit=unit, on=on, actor=actor, now=NOW).data


def sheet_of(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def rows_of(data: bytes) -> list[list[object]]:
    """The records, without serial numbers."""
    table = check_workbook(data, on=date(2026, 11, 23)).sheets[0].table
    sheet = sheet_of(data)
    return [[cell.value for cell in sheet[number]][1:] for number in table.rows]


def test_what_the_fixtures_put_in_is_what_the_export_gives_back_and_again_is_nothing_new() -> None:
    take(fixture("community_and_tests"))
    take(fixture("facility_roster"), unit=CENTRE)
    entries = count()
    for name, unit, rows in (
        ("community_roster", COUNTY, 122),
        ("urine_tests", COUNTY, 125),
        ("facility_roster", CENTRE, 115),
    ):
        data = export(name, unit)
        result = take(data, unit=unit)
        assert done(result) == [(0, rows, 0)]
        assert {p.code for p in result.check.problems} <= {"end_date_differs"}
        assert export(name, unit) == data
    assert count() == entries


def test_a_test_that_was_evaded_comes_back_without_testers_as_nothing_new() -> None:
    take(community(community_row(1)))
    take(urine_ledger(sample_row(1, 检测情况="逃避", 检测结果="", 检测人1="", 检测人2="")))
    assert done(take(export("urine_tests"))) == [(0, 1, 0)]


def test_every_value_of_a_row_stands_where_it_stood() -> None:
    take(community(community_row(1, 备注="有固定工作")))
    (row,) = rows_of(export("community_roster"))
    person = community_row(1)
    assert row == [
        "河东镇", "东坡村", person[3], "男", person[5], "社区戒毒", person[7],
        *(datetime.fromisoformat(day) for day in person[8:12]),
        "符专干", "19800000001", "有固定工作",
    ]  # fmt: skip


def test_a_ledger_of_one_town_holds_its_own_people() -> None:
    take(community(community_row(1), community_row(2, **{"乡镇": "河西镇", "村（居）委会": "西坡村"})))
    assert [row[2] for row in rows_of(export("community_roster", TOWN))] == ["李小一"]
    assert [row[2] for row in rows_of(export("community_roster", TOWN, actor=CLERK))] == ["李小一"]
    assert len(rows_of(export("community_roster", COUNTY))) == 2


def test_whoever_is_no_longer_under_the_measure_is_not_in_the_roster() -> None:
    later = {"责令日期": "2019-06-01", "报到日期": "2019-06-02", "协议签订日期": "", "期限止": "2022-06-01"}
    take(community(community_row(1), community_row(2, **later)))
    assert len(rows_of(export("community_roster", on=date(2022, 5, 9)))) == 2
    assert [row[2] for row in rows_of(export("community_roster", on=date(2022, 5, 10)))] == ["李小二"]
    assert rows_of(export("community_roster", on=date(2019, 5, 5))) == []


def test_somebody_released_from_the_centre_is_not_in_its_roster() -> None:
    row = roster_row(1)
    take(xlsx(("花名册", roster(row, roster_row(2)))), unit=CENTRE)
    last = entries_of(row[3])[-1]
    released = replace(
        last, id=uuid7(3, b"0123456789"), kind="release", happened_on=date(2020, 3, 1), fields={}
    )
    gate.record(released, actor=SERVICE, now=NOW)
    assert len(rows_of(export("facility_roster", CENTRE, on=date(2020, 2, 29)))) == 2
    assert len(rows_of(export("facility_roster", CENTRE, on=date(2020, 3, 1)))) == 1


def test_the_ledger_of_tests_holds_the_year_up_to_the_day() -> None:
    take(community(community_row(1)))
    take(urine_ledger(*(sample_row(1, 检测日期=day) for day in ("2019-12-31", "2020-01-01", "2020-06-28"))))
    days = lambda on: [row[2].date().isoformat() for row in rows_of(export("urine_tests", on=on))]  # type: ignore[attr-defined]  # noqa: E731
    assert days(date(2020, 6, 28)) == ["2020-01-01", "2020-06-28"]
    assert days(date(2020, 6, 27)) == ["2020-01-01"]
    assert days(date(2019, 12, 31)) == ["2019-12-31"]


def test_the_layout_is_the_prescribed_one_and_ready_to_print() -> None:
    take(fixture("facility_roster"), unit=CENTRE)
    sheet = sheet_of(export("facility_roster", CENTRE))
    assert sheet["A1"].value == "示范强制隔离戒毒所入所人员花名册"
    assert sheet["A2"].value == "填报单位：示范强制隔离戒毒所"
    assert sheet["O2"].value == "填报日期：2020年6月28日"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:R1", "A3:A4", "I3:M3", "N3:N4", "R3:R4"} <= merged
    assert [sheet.cell(3, c).value for c in (1, 2, 9, 14)] == ["序号", "姓名", "强制隔离戒毒决定", "入所日期"]
    assert [sheet.cell(4, c).value for c in range(9, 14)] == [
        "决定书文号",
        "决定机关",
        "决定日期",
        "期限起",
        "期限止",
    ]
    assert sheet["A5"].value == 1
    assert sheet.cell(120, 1).value == "合计"
    assert sheet.cell(120, 2).value == "115人"
    assert "填表人" in sheet.cell(121, 1).value
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes == "A5"
    foot = sheet.oddFooter
    assert "第&[Page]页/共&N页" in foot.center.text.replace("&P", "&[Page]")
    assert "打印时间：2026-11-23 09:00" in foot.right.text
    assert "制表人" in foot.left.text


def test_identity_numbers_stay_text_and_days_are_days() -> None:
    take(community(community_row(1)))
    sheet = sheet_of(export("community_roster"))
    assert sheet["F4"].value == community_row(1)[5]
    assert sheet["F4"].data_type == "s"
    assert sheet["I4"].is_date


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    rows = [COMMUNITY, community_row(1, 备注="=HYPERLINK(1)"), community_row(2, 备注="+1")]
    take(csv_bytes(rows), name="台账.csv")
    sheet = sheet_of(export("community_roster"))
    assert {sheet["O4"].value, sheet["O5"].value} == {"=HYPERLINK(1)", "+1"}
    assert {sheet["O4"].data_type, sheet["O5"].data_type} == {"s"}


def test_a_ledger_with_nobody_in_it_is_an_empty_form() -> None:
    sheet = sheet_of(export("community_roster"))
    assert sheet["A3"].value == "序号"
    assert sheet["B4"].value == "0人"


@pytest.mark.parametrize("name", list(ledgers()))
def test_an_export_is_recognised_as_the_ledger_it_is(name: str) -> None:
    take(community(community_row(1)))
    take(urine_ledger(sample_row(1)))
    take(xlsx(("花名册", roster(roster_row(1)))), unit=CENTRE)
    data = export(name, CENTRE if name == "facility_roster" else COUNTY)
    result = check_workbook(data, on=ON)
    assert [s.ledger for s in result.sheets] == [name]
    assert result.sheets[0].unknown_columns == ()
    assert len(result.sheets[0].table) == 1


def test_another_units_ledger_is_not_given_out() -> None:
    stranger = Actor("other", (Post("town_office", "469024100"),))
    with pytest.raises(GuituError) as refused:
        export("community_roster", TOWN, actor=stranger)
    assert "不能导出河东镇的台账" in refused.value.say("zh")
    assert export("community_roster", TOWN, actor=CHIEF)


@pytest.mark.parametrize(
    ("name", "unit", "says"),
    [
        ("community_roster", CENTRE, "“社戒社康台账”由省级、地市级、县级、乡镇（街道）、村（社区）登记"),
        ("community_roster", "46J0101", "“社戒社康台账”由"),
        ("facility_roster", TOWN, "“入所人员花名册”由强制隔离戒毒所、公安强制隔离戒毒所登记"),
    ],
)
def test_a_ledger_that_a_unit_does_not_keep_is_not_given_out_for_it_as_none_is_taken_in(
    name: str, unit: str, says: str
) -> None:
    with pytest.raises(GuituError) as refused:
        export(name, unit)
    assert refused.value.say("zh").startswith(says)
    assert tree().find(unit).name in refused.value.say("zh")


def test_whoever_stands_above_those_who_keep_a_ledger_may_have_it_of_all_of_them() -> None:
    take(xlsx(("花名册", roster(roster_row(1)))), unit=CENTRE)
    assert len(rows_of(export("facility_roster", "46"))) == 1
    assert len(rows_of(export("facility_roster", CENTRE))) == 1
    assert rows_of(export("facility_roster", "46J0101")) == []


def test_an_unknown_ledger_names_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        export("comunity_roster")
    assert "community_roster" in refused.value.say("zh")


def test_the_command_writes_the_workbook_and_refuses_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(community(community_row(1)))
    out = tmp_path / "台账.xlsx"
    arguments = ["ledger", "export", "community_roster", "--unit", COUNTY, "--on", "2020-06-28", "-o"]
    assert main([*arguments, str(out)]) == 0
    assert "已导出 1 行" in capsys.readouterr().out
    assert main(["ledger", "import", str(out), "--unit", COUNTY, "--on", "2020-06-28"]) == 0
    assert "与已有记录相同 1" in capsys.readouterr().out
    assert main([*arguments, str(tmp_path / "no" / "such.xlsx")]) == 2
    assert main(["ledger", "export", "nothing", "--unit", COUNTY, "-o", str(out)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def _handed_over(number: str, day: date) -> None:
    """The brigade of a centre answers for the person, then sends the file to a village, which accepts it."""
    last = entries_of(number)[-1]
    said: tuple[tuple[str, dict[str, str]], ...] = (
        ("responsible_unit", {"unit": "46J0101", "worker": "王队"}),
        ("handover_sent", {"to_unit": "469023100201"}),
        ("handover_accepted", {}),
    )
    for no, (kind, fields) in enumerate(said):
        made = replace(last, id=uuid7(no, b"0123456789"), kind=kind, happened_on=day, fields=fields)
        gate.record(made, actor=SERVICE, now=NOW + timedelta(seconds=no))


def test_after_a_hand_over_the_ledger_names_who_accepted_and_reads_back_as_nothing_new() -> None:
    row = community_row(1)
    take(community(row))
    _handed_over(row[5], date(2020, 1, 10))
    data = export("community_roster")
    assert [cells[:3] for cells in rows_of(data)] == [["河东镇", "南园村", "李小一"]]
    assert rows_of(data)[0][11] is None, "the centre's officer is not the village's worker"
    entries = count()
    assert done(take(data)) == [(0, 1, 0)]
    assert done(take(community(row))) == [(0, 1, 0)], "an old ledger moves nobody back"
    assert count() == entries


def test_a_worker_named_after_a_hand_over_is_taken_in() -> None:
    row = community_row(1)
    take(community(row))
    _handed_over(row[5], date(2020, 1, 10))
    new = community_row(1, 网格专干="林专干", **{"村（居）委会": "南园村"})
    assert done(take(community(new))) == [(1, 0, 0)]
    assert rows_of(export("community_roster"))[0][11] == "林专干"
    assert done(take(community(new))) == [(0, 1, 0)]
