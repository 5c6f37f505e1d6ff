"""What the store itself printed never comes back held, however little it holds; an office's own row may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count as counting
from pathlib import Path

import openpyxl
import pytest

from guitu.access import Actor, Post
from guitu.casefile import Value
from guitu.cli.main import main
from guitu.exchange.ledgers import Refused
from guitu.kernel.ids import uuid7
from guitu.store import engine, gate, units
from guitu.store.appending import NotAllowed
from guitu.store.units import NewUnit, tree
from tests.conftest import NOW
from tests.exchange.filing import (
    CENTRE,
    CHIEF,
    CLERK,
    COUNTY,
    DOCTOR,
    SERVICE,
    TOWN,
    community,
    count,
    done,
    entries_of,
    problems,
    said,
    take,
    urine_ledger,
)
from tests.exchange.sheets import changed, community_row, roster, roster_row, sample_row, xlsx
from tests.exchange.test_export import export, rows_of, sheet_of

pytestmark = pytest.mark.usefixtures("places")

_NO = counting(1)


def put(number: str, kind: str, day: date, /, **fields: Value) -> None:
    """What somebody recorded by the form in the file of the person with that number."""
    last = entries_of(number)[-1]
    no = next(_NO)
    made = replace(
        last, id=uuid7(no, b"0123456789"), kind=kind, happened_on=day, fields=fields, corrects=None
    )
    gate.record(made, actor=SERVICE, now=NOW + timedelta(seconds=no))


def again(name: str, unit: str = COUNTY) -> None:
    """Export and import again: every row is there, and nothing is written."""
    data = export(name, unit)
    before = count()
    result = take(data, unit=unit)
    held = [p for p in result.check.problems if p.held]
    assert [(p.column, p.code, p.label.zh) for p in held] == []
    ((new, there, back),) = done(result)
    assert (new, back) == (0, 0)
    assert there > 0
    assert count() == before


PERSON = community_row(1)[5]


TAKEN: dict[str, Value] = {"outcome": "taken", "result": "negative"}
TESTERS: dict[str, Value] = {"tester_1": "陈一", "tester_2": "林二"}
FEBRUARY = date(2020, 2, 1)


@pytest.mark.parametrize("testers", [{}, {"tester_1": "陈一"}, {"tester_1": "同上", "tester_2": "/"}])
def test_a_test_that_the_form_took_without_its_testers_comes_back_as_it_is(testers: dict[str, Value]) -> None:
    take(community(community_row(1)))
    put(PERSON, "urine_test", FEBRUARY, **TAKEN, **testers)
    again("urine_tests")


def test_an_offices_own_row_without_testers_is_held_whether_or_not_the_file_has_the_test() -> None:
    take(community(community_row(1)))
    bare = {"检测日期": "2020-02-01", "检测人1": "", "检测人2": ""}
    missing = [("尿检", 2, heading, "required_missing") for heading in ("检测人1", "检测人2")]
    assert problems(take(urine_ledger(sample_row(1, **bare)))) == missing
    put(PERSON, "urine_test", FEBRUARY, **TAKEN, **TESTERS)
    assert problems(take(urine_ledger(sample_row(1, **bare)))) == missing
    put(PERSON, "urine_test", date(2020, 2, 2), **TAKEN)
    more = {**bare, "检测日期": "2020-02-02", "备注": "另有情况"}
    assert problems(take(urine_ledger(sample_row(1, **more)))) == missing, "it says what the file does not"


@pytest.mark.parametrize("first", [{"outcome": "refused"}, {**TAKEN, **TESTERS}])
def test_two_tests_of_one_day_come_back_as_two_and_a_third_row_is_a_repetition(
    first: dict[str, Value],
) -> None:
    take(community(community_row(1)))
    put(PERSON, "urine_test", FEBRUARY, **first)
    put(PERSON, "urine_test", FEBRUARY, **TAKEN, **TESTERS)
    again("urine_tests")
    result = take(urine_ledger(*(sample_row(1, 检测日期="2020-02-01") for _ in range(3))))
    assert {code for *_, code in problems(result)} == {"duplicate_row"}


@pytest.mark.parametrize("number", [{}, {"document_no": "无"}, {"document_no": "待补"}])
def test_an_order_recorded_without_its_document_comes_back_as_it_is(number: dict[str, Value]) -> None:
    take(community(community_row(1, 期限止="")))
    put(PERSON, "order", FEBRUARY, measure="community_recovery", months=36, **number)
    put(PERSON, "reporting_in", date(2020, 2, 3))
    again("community_roster")
    row = roster_row(1)
    take(xlsx(("花名册", roster(row))), unit=CENTRE)
    put(row[3], "order", FEBRUARY, measure="compulsory_isolation", **number)
    put(row[3], "admission", date(2020, 2, 3), place="justice_centre", centre=CENTRE)
    again("facility_roster", CENTRE)


def test_days_in_another_order_than_a_ledger_wants_come_back_as_the_file_has_them() -> None:
    take(community(community_row(1, 报到日期="", 协议签订日期="", 期限止="")))
    put(PERSON, "agreement", date(2019, 5, 8))
    put(PERSON, "reporting_in", date(2019, 5, 10))
    again("community_roster")


def test_a_test_after_a_death_that_was_recorded_late_comes_back() -> None:
    take(community(community_row(1)))
    take(urine_ledger(sample_row(1)))
    put(PERSON, "death", date(2020, 1, 16))
    again("urine_tests")


@pytest.mark.parametrize(
    "particulars",
    [
        {"name": "李小一", "sex": "female"},
        {"name": "李*一", "sex": "male"},
        {"name": "阿卜杜•买买提", "sex": "male"},
        {"name": "李 小一", "sex": "male"},
        {"name": "Ivan  Petrov", "sex": "male"},
        {"name": "同上", "sex": "male"},
    ],
)
def test_particulars_as_the_form_took_them_are_nothing_new(particulars: dict[str, Value]) -> None:
    """The day of birth is not among them: it stands in the number."""
    take(community(community_row(1)))
    take(urine_ledger(sample_row(1)))
    put(PERSON, "person", date(2020, 1, 16), id_number=PERSON, **particulars)
    again("community_roster")
    again("urine_tests")


def test_remarks_of_many_years_come_back_however_long_they_have_become() -> None:
    take(community(community_row(1)))
    for no in range(30):
        put(PERSON, "remark", date(2020, 1, 16), text=f"第{no}次谈话。" + "说了很多。" * 250)
    again("community_roster")


def test_blanks_lines_and_quotes_inside_a_text_change_nothing() -> None:
    take(community(community_row(1)))
    put(PERSON, "urine_test", FEBRUARY, **TAKEN, **TESTERS, note="甲\n\n  乙\t丙 ")
    put(PERSON, "remark", date(2020, 1, 16), text="甲\n\n  乙\t丙 ")
    put(PERSON, "remark", date(2020, 1, 16), text='="甲"')
    again("urine_tests")
    again("community_roster")


def test_whom_a_whole_county_answers_for_stays_with_the_county() -> None:
    take(community(community_row(1)))
    put(PERSON, "responsible_unit", date(2020, 1, 16), unit=COUNTY, worker="同上")
    again("community_roster")
    again("community_roster", "46")


def test_the_check_at_the_terminal_holds_nothing_of_it_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_DATABASE_URL", "already open")
    take(community(community_row(1)))
    put(PERSON, "urine_test", FEBRUARY, **TAKEN)
    (tmp_path / "尿检.xlsx").write_bytes(export("urine_tests"))
    assert main(["ledger", "check", str(tmp_path / "尿检.xlsx"), "--on", "2020-06-28"]) == 0
    told = capsys.readouterr().out
    assert "✓可导入 1 · ✕退回 0" in told
    assert "没有填写" not in told


TWICE = (
    NewUnit("469024101", "河东镇", "town", "469024"),
    NewUnit("469024101200", "北坡村", "village", "469024101"),
    NewUnit("469024101201", "南园村", "village", "469024101"),
)
"""A second town of the same name in another county of the province."""


def homes() -> dict[str, str]:
    """Which unit answers for whom."""
    rows = engine.rows("SELECT f.id, u.code FROM store_casefile f JOIN store_unit u ON u.no = f.unit")
    return {str(engine.uuid_of(file)): code for file, code in rows}


def test_two_towns_of_one_name_in_a_province_are_told_apart_and_nobody_is_moved() -> None:
    units.add(TWICE)
    take(community(community_row(1)))
    take(community(community_row(2, **{"村（居）委会": "南园村"})), unit="469024")
    before = homes()
    again("community_roster", "46")
    assert homes() == before
    assert [row[0] for row in rows_of(export("community_roster", "46"))] == ["示例县河东镇", "邻县河东镇"]


@pytest.mark.parametrize(
    ("town", "village", "there"),
    [
        ("河东镇", "北坡村", "469024101200"),
        ("邻县河东镇", "南园村", "469024101201"),
        ("示例省示例县河东镇", "南园村委会", "469023100201"),
        ("", "邻县河东镇南园村", "469024101201"),
    ],
)
def test_a_provinces_own_ledger_names_a_town_by_its_village_or_after_its_county(
    town: str, village: str, there: str
) -> None:
    units.add(TWICE)
    take(community(community_row(1, **{"乡镇": town, "村（居）委会": village})), unit="46")
    assert said(PERSON)["responsible_unit"][0][1]["unit"] == there
    assert "remark" not in said(PERSON)


def test_a_village_written_wrong_takes_nobody_away_from_the_village() -> None:
    take(community(community_row(1)))
    wrong = community(community_row(1, 备注="已就业", **{"村（居）委会": "东波村"}))
    result = take(wrong)
    assert done(result) == [(1, 0, 0)]
    assert [(p.left, p.name, n) for p, n in result.sheets[0].unplaced.items()] == [("东波村", "东坡村", 1)]
    facts = said(PERSON)
    assert [fields["unit"] for _, fields in facts["responsible_unit"]] == ["469023100200"]
    assert "台账所载“东波村”在单位树中没有，责任单位暂记为东坡村" in str(facts["remark"])
    assert done(take(wrong)) == [(0, 1, 0)]


def test_a_new_worker_named_without_a_place_takes_nobody_away_from_the_village() -> None:
    take(community(community_row(1)))
    bare = community(community_row(1, 网格专干="林专干", **{"乡镇": "", "村（居）委会": ""}))
    assert done(take(bare, now=NOW + timedelta(minutes=1))) == [(1, 0, 0)]
    last = said(PERSON)["responsible_unit"][-1][1]
    assert last == {"unit": "469023100200", "worker": "林专干"}
    assert done(take(bare)) == [(0, 1, 0)]


@pytest.mark.parametrize("place", [{}, {"乡镇": "", "村（居）委会": "", "网格专干": "林专干"}])
def test_a_countys_ledger_imported_for_the_wrong_town_moves_nobody_there(place: dict[str, str]) -> None:
    row = community_row(1, **place)
    take(community(community_row(1)))
    before = count()
    result = take(community(row), unit="469023101", actor=CHIEF)
    assert [(column, code) for _, _, column, code in problems(result)] == [("公民身份号码", "contradiction")]
    assert count() == before


def test_whoever_records_nothing_there_is_told_so_once_and_not_for_every_row() -> None:
    above = Actor("above", (Post("provincial_supervisor", "46"),))
    for actor, unit, why in ((CLERK, CENTRE, "不在本单位辖区内"), (above, "46", "省级主管不登记")):
        with pytest.raises(Refused) as refused:
            take(community(community_row(1)), unit=unit, actor=actor)
        assert refused.value.say("zh").startswith(f"不能导入{tree().find(unit).name}的台账：{why}")
    assert count() == 0


def test_a_role_that_does_not_record_this_is_refused_whole() -> None:
    with pytest.raises(NotAllowed):
        take(xlsx(("花名册", roster(roster_row(1)))), unit=CENTRE, actor=DOCTOR)
    assert count() == 0


UNKNOWN_NUMBER: dict[str, Value] = {"name": "王无证", "sex": "male", "birth": date(1980, 1, 2)}
CHILD: dict[str, Value] = {"name": "赵小童", "sex": "male", "birth": date(2010, 1, 2)}
LATE = date(2026, 11, 1)


def opened(person: dict[str, Value]) -> str:
    """A file with an order in force, of somebody whose number nobody has recorded; its case number."""
    take(community(community_row(1)))
    first = entries_of(PERSON)[-1]
    file = uuid7(next(_NO), b"9876543210")
    facts: tuple[tuple[str, date, dict[str, Value]], ...] = (
        ("person", date(2026, 3, 1), person),
        ("order", date(2026, 3, 1), {"measure": "community_treatment", "document_no": "示公责字〔2026〕1号"}),
        ("reporting_in", date(2026, 3, 2), {}),
        ("responsible_unit", date(2026, 3, 2), {"unit": "469023100200", "worker": "符专干"}),
        ("urine_test", date(2026, 4, 2), TAKEN),
    )
    for kind, day, fields in facts:
        no = next(_NO)
        made = replace(
            first, id=uuid7(no, b"0123456789"), file=file, kind=kind, happened_on=day, fields=fields
        )
        gate.record(made, actor=SERVICE, now=NOW + timedelta(seconds=no))
    row = engine.row("SELECT case_no FROM store_casefile WHERE id = %s", [engine.key(file)])
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("name", ["community_roster", "urine_tests"])
@pytest.mark.parametrize("actor", [SERVICE, CLERK])
@pytest.mark.parametrize("person", [UNKNOWN_NUMBER, CHILD], ids=["no number", "a minor"])
def test_whom_an_export_names_without_a_number_is_known_again_by_the_case_number(
    name: str, actor: Actor, person: dict[str, Value]
) -> None:
    case = opened(person)
    data = export(name, TOWN, on=LATE, actor=actor)
    assert f"档案号 {case}" in {str(cell) for row in every_row(data) for cell in row}
    before = count()
    for reader in (actor, SERVICE):
        result = take(data, unit=TOWN, actor=reader, on=LATE)
        assert [p.label.zh for p in result.check.problems if p.held] == []
        assert [(new, held) for new, _, held in done(result)] == [(0, 0)]
    assert count() == before
    assert export(name, TOWN, on=LATE, actor=actor) == data


def test_a_minor_of_whom_only_the_name_is_told_is_a_row_of_name_and_case_number() -> None:
    case = opened(CHILD)
    rows = every_row(export("community_roster", TOWN, LATE, CLERK))
    (row,) = [[cell for cell in row if cell] for row in rows if "赵小童" in row]
    assert row[1:] == ["赵小童", f"档案号 {case}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("王无证", "王有证"), ("符专干", "林专干"), ("示公责字〔2026〕1号", "示公责字〔2026〕2号")],
)
def test_a_row_known_by_its_case_number_alone_says_nothing_new_or_is_held_with_one_sentence(
    old: str, new: str
) -> None:
    case = opened(UNKNOWN_NUMBER)
    data = changed(export("community_roster", TOWN, on=LATE), lambda book: replaced(book, old, new))
    before = count()
    result = take(data, unit=TOWN, on=LATE)
    ((row, column, told),) = [(p.row, p.column, p.label) for p in result.check.problems if p.held]
    assert (row, column) == (4, "公民身份号码")
    assert told.zh.startswith(f"没有身份号码，只写了档案号 {case}")
    assert count() == before


def test_a_minors_case_number_is_no_way_to_try_what_the_file_says() -> None:
    """Whoever may see the name alone learns nothing by writing in the rest."""
    opened(CHILD)
    whole = export("community_roster", TOWN, on=LATE)
    result = take(whole, unit=TOWN, actor=CLERK, on=LATE)
    assert [p.column for p in result.check.problems if p.held] == ["公民身份号码"]


def test_of_a_sealed_file_nothing_is_told_by_its_case_number() -> None:
    case = opened(UNKNOWN_NUMBER)
    data = export("community_roster", TOWN, on=LATE)
    no = next(_NO)
    file = engine.row("SELECT id FROM store_casefile WHERE case_no = %s", [case])
    assert file is not None
    sealed = replace(
        entries_of(PERSON)[-1], id=uuid7(no, b"0123456789"), file=engine.uuid_of(file[0]), corrects=None,
        kind="record_sealed", happened_on=LATE, fields={"basis": "minor"},
    )  # fmt: skip
    gate.record(sealed, actor=SERVICE, now=NOW + timedelta(seconds=no))
    result = take(data, unit=TOWN, on=LATE)
    assert [p.label.zh for p in result.check.problems if p.held] == [
        f"本单位辖区内没有档案号 {case} 的档案；请核对，或补上18位号码。"
    ]


@pytest.mark.parametrize("case", ["469023-2026-09999", "469024-2026-00001"])
def test_a_case_number_that_is_not_there_or_not_here_is_told_alike(case: str) -> None:
    take(community(community_row(1)), unit="469024") if case.startswith("469024") else None
    result = take(community(community_row(2, 公民身份号码=f"档案号 {case}")), actor=CLERK, unit=TOWN)
    assert [(p.column, p.label.zh) for p in result.check.problems if p.held] == [
        ("公民身份号码", f"本单位辖区内没有档案号 {case} 的档案；请核对，或补上18位号码。")
    ]


def every_row(data: bytes) -> list[list[object]]:
    """Every row of an export, as it stands."""
    return [[cell.value for cell in row] for row in sheet_of(data).iter_rows()]


def replaced(book: openpyxl.Workbook, old: str, new: str) -> None:
    """Other words in every cell that says the old ones, of whoever is known by the case number."""
    for row in book.worksheets[0].iter_rows(min_row=4):
        for cell in row:
            if cell.value == old:
                cell.value = new
