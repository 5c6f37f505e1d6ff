"""Importing: what a row becomes, that again is nothing new, and that nothing is written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from guitu.cli.main import main
from guitu.exchange.ledgers import Refused
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.store import gate
from guitu.store.units import UnknownUnit
from guitu.store.verify import verify
from tests.conftest import NOW
from tests.exchange.filing import (
    CENTRE,
    CHIEF,
    CLERK,
    COUNTY,
    INTAKE,
    SERVICE,
    TOWN,
    community,
    count,
    done,
    entries_of,
    file_of,
    problems,
    said,
    take,
    urine_ledger,
)
from tests.exchange.sheets import (
    COMMUNITY,
    FIXTURES,
    ON,
    TESTS,
    community_row,
    fixture,
    id_number,
    roster,
    roster_row,
    sample_row,
    xlsx,
)

pytestmark = pytest.mark.usefixtures("places")

NUMBER = community_row(1)[5]
VILLAGE = "469023100200"


def test_a_row_of_the_community_roster_becomes_the_facts_it_states() -> None:
    take(community(community_row(1, 备注="有固定工作")), name="2020年台账.xlsx", actor=CHIEF)
    assert said(NUMBER) == {
        "person": [
            (
                "2019-05-06",
                {
                    "name": "李小一",
                    "sex": "male",
                    "birth": date(1985, 7, 8),
                    "id_number": NUMBER,
                    "phone": "19800000001",
                },
            )
        ],
        "order": [
            (
                "2019-05-06",
                {
                    "measure": "community_treatment",
                    "document_no": "示公责字〔2019〕0001号",
                    "printed_end": date(2022, 5, 9),
                },
            )
        ],
        "reporting_in": [("2019-05-10", {})],
        "agreement": [("2019-05-12", {})],
        "responsible_unit": [("2019-05-10", {"unit": VILLAGE, "worker": "符专干"})],
        "remark": [("2019-05-10", {"text": "有固定工作"})],
    }
    for entry in entries_of(NUMBER):
        assert (entry.author, entry.unit, entry.source) == ("chief", COUNTY, "2020年台账.xlsx · 社戒社康 · 2")
        assert entry.recorded_at == NOW


def test_a_row_of_the_facility_roster_becomes_the_facts_it_states() -> None:
    header = [*roster_header(), "吸食毒品种类", "患病情况", "家属电话"]
    row = [*roster_row(1), "冰毒", "乙肝", 19800000009]
    take(xlsx(("花名册", [header, row])), unit=CENTRE, actor=INTAKE)
    facts = said(row[3])
    assert facts["order"] == [
        (
            "2019-03-01",
            {
                "measure": "compulsory_isolation",
                "document_no": "示公强戒决字〔2019〕0001号",
                "authority": "示例县公安局",
                "printed_end": date(2021, 2, 28),
            },
        )
    ]
    assert facts["admission"] == [("2019-04-02", {"place": "justice_centre", "centre": CENTRE})]
    assert facts["intake_health"] == [("2019-04-02", {"drug": "冰毒", "conditions": "乙肝"})]
    assert facts["person"][0][1]["family_phone"] == "19800000009"
    assert set(facts) == {"person", "order", "admission", "intake_health"}


def roster_header() -> list[str]:
    return list(roster()[0])


def test_a_test_becomes_a_test_with_both_testers() -> None:
    take(community(community_row(1)))
    take(
        urine_ledger(
            sample_row(1, 备注="晨检"), sample_row(1, 检测日期="2020-02-15", 检测情况="拒检", 检测结果="")
        )
    )
    assert said(NUMBER)["urine_test"] == [
        (
            "2020-01-15",
            {
                "outcome": "taken",
                "result": "negative",
                "tester_1": "陈一",
                "tester_2": "林二",
                "note": "晨检",
            },
        ),
        ("2020-02-15", {"outcome": "refused", "tester_1": "陈一", "tester_2": "林二"}),
    ]


def test_nothing_is_invented_that_the_row_does_not_say() -> None:
    take(community(community_row(1, 报到日期="", 协议签订日期="", 期限止="", 网格专干="", 联系电话="")))
    facts = said(NUMBER)
    assert set(facts) == {"person", "order", "responsible_unit"}
    assert facts["order"][0][1].keys() == {"measure", "document_no"}
    assert facts["responsible_unit"] == [("2019-05-06", {"unit": VILLAGE})]


def test_the_months_of_a_recovery_follow_from_its_first_and_last_day() -> None:
    take(community(community_row(1, 措施类别="社区康复", 期限止="2021-05-09")))
    assert said(NUMBER)["order"][0][1]["months"] == 24
    take(community(community_row(2, 措施类别="社区康复", 期限止="2021-05-20")))
    assert "months" not in said(community_row(2)[5])["order"][0][1]


@pytest.mark.parametrize(
    ("name", "unit", "new"),
    [("community_and_tests", COUNTY, [122, 125]), ("facility_roster", CENTRE, [115])],
)
def test_the_fixtures_go_in_once_and_again_is_nothing_new(name: str, unit: str, new: list[int]) -> None:
    first = take(fixture(name), unit=unit)
    assert [s.new for s in first.sheets] == new
    assert [s.held for s in first.check.sheets] == [s.held for s in first.sheets]
    entries = count()
    assert entries == sum(s.entries for s in first.sheets)
    again = take(fixture(name), unit=unit, now=NOW + timedelta(days=3))
    assert [(s.new, s.there, s.entries) for s in again.sheets] == [(0, n, 0) for n in new]
    assert again.check.as_json() == first.check.as_json()
    assert count() == entries
    assert verify().good


def test_the_same_rows_in_another_file_and_order_are_nothing_new() -> None:
    take(community(community_row(1), community_row(2)))
    entries = count()
    assert done(take(community(community_row(2), community_row(1)), name="另一份.xlsx", unit=TOWN)) == [
        (0, 2, 0)
    ]
    assert count() == entries


def test_a_row_with_a_fault_leaves_nothing_in_the_store() -> None:
    assert done(take(community(community_row(1), community_row(2, 性别="女")))) == [(1, 0, 1)]
    assert file_of(community_row(2)[5]) is None


def test_looking_first_says_what_would_be_and_writes_nothing() -> None:
    take(community(community_row(1)))
    entries = count()
    looked = take(community(community_row(1), community_row(2), community_row(3, 性别="女")), only_look=True)
    assert done(looked) == [(1, 1, 1)]
    assert not looked.written
    assert count() == entries


def test_a_sheet_without_a_required_column_is_held_whole() -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 7] for row in (COMMUNITY, community_row(1))]
    for only_look in (True, False):
        assert done(take(xlsx(("社戒社康", rows)), only_look=only_look)) == [(0, 0, 1)]
    assert count() == 0


def test_next_months_ledger_completes_what_was_not_yet_known() -> None:
    take(community(community_row(1, 报到日期="", 协议签订日期="", 期限止="")))
    assert done(take(community(community_row(1)))) == [(1, 0, 0)]
    facts = said(NUMBER)
    assert facts["reporting_in"] == [("2019-05-10", {})]
    assert facts["order"][0][1]["printed_end"] == date(2022, 5, 9)
    completed = [e for e in entries_of(NUMBER) if e.corrects]
    assert [(e.kind, e.reason) for e in completed] == [("order", "据台账补录：文书载明的期满日")]
    assert done(take(community(community_row(1)))) == [(0, 1, 0)]
    assert done(take(community(community_row(1, 报到日期="", 协议签订日期="", 期限止="")))) == [(0, 1, 0)]


@pytest.mark.parametrize(
    ("heading", "value", "there"),
    [
        ("责令日期", "2019-05-07", "2019-05-06"),
        ("措施类别", "社区康复", "社区戒毒"),
        ("期限止", "2022-05-10", "2022-05-09"),
        ("报到日期", "2019-05-11", "2019-05-10"),
        ("协议签订日期", "2019-05-13", "2019-05-12"),
    ],
)
def test_a_fact_with_other_content_is_held_and_says_what_the_file_says(
    heading: str, value: str, there: str
) -> None:
    take(community(community_row(1)))
    entries = count()
    result = take(community(community_row(2), community_row(1, **{heading: value})))
    assert done(result) == [(1, 0, 1)]
    held = [p for p in result.check.problems if p.held]
    assert [(p.row, p.code) for p in held] == [(3, "contradiction")] * len(held)
    assert any(there in p.label.zh and "档案" in p.label.zh for p in held)
    assert any(there in p.label.en or "Community treatment" in p.label.en for p in held)
    assert count() == entries + 5
    assert result.check.sheets[0].held == 1


def test_a_test_of_the_same_day_with_another_result_is_held() -> None:
    take(community(community_row(1)))
    take(urine_ledger(sample_row(1)))
    result = take(urine_ledger(sample_row(1, 检测结果="阳性")))
    assert problems(result) == [("尿检", 2, "检测结果", "contradiction")]
    assert "阴性" in result.check.problems[0].label.zh


def test_an_old_ledger_does_not_undo_a_correction_made_in_the_file() -> None:
    take(community(community_row(1)))
    file = file_of(NUMBER)
    order = next(e for e in entries_of(NUMBER) if e.kind == "order")
    mended = replace(
        order,
        id=uuid7(1_600_000_000_000, b"correction"),
        corrects=order.id,
        happened_on=date(2019, 5, 5),
        reason="文书日期录错",
    )
    gate.record(mended, actor=SERVICE, now=NOW)
    assert done(take(community(community_row(1)))) == [(0, 1, 0)]
    assert said(NUMBER)["order"][0][0] == "2019-05-05"
    assert file_of(NUMBER) == file


def test_a_changed_telephone_is_a_new_particular_and_no_contradiction() -> None:
    take(community(community_row(1)))
    later = NOW + timedelta(days=1)
    assert done(take(community(community_row(1, 联系电话="19811111111")), now=later)) == [(1, 0, 0)]
    persons = said(NUMBER)["person"]
    assert len(persons) == 2
    assert persons[-1][1]["phone"] == "19811111111"
    assert persons[-1][1]["name"] == "李小一"
    assert done(take(community(community_row(1)))) == [(0, 1, 0)]
    assert said(NUMBER)["person"][-1][1]["phone"] == "19811111111"


def test_of_two_rows_in_one_sheet_the_later_one_says_how_things_stand() -> None:
    second = community_row(1, 责令文书号="另一号", 责令日期="2019-05-07", 联系电话="19822222222")
    take(community(community_row(1), second))
    assert said(NUMBER)["person"][-1][1]["phone"] == "19822222222"


def test_a_person_who_moved_to_another_village_is_answered_for_there() -> None:
    take(community(community_row(1)))
    take(
        community(community_row(1, **{"村（居）委会": "南园村", "网格专干": "王专干"})),
        now=NOW + timedelta(days=1),
    )
    assert said(NUMBER)["responsible_unit"][-1][1] == {"unit": "469023100201", "worker": "王专干"}


def test_two_orders_of_one_person_in_one_sheet_are_one_file() -> None:
    changes = {
        "责令文书号": "另一号",
        "措施类别": "社区康复",
        "责令日期": "2020-01-02",
        "报到日期": "2020-01-05",
        "协议签订日期": "",
        "期限止": "2021-01-04",
    }
    second = community_row(1, **changes)
    assert done(take(community(community_row(1), second))) == [(2, 0, 0)]
    facts = said(NUMBER)
    assert [day for day, _ in facts["order"]] == ["2019-05-06", "2020-01-02"]
    assert [day for day, _ in facts["reporting_in"]] == ["2019-05-10", "2020-01-05"]
    assert len(facts["person"]) == 1


def test_an_old_number_of_fifteen_digits_is_the_same_person() -> None:
    old = NUMBER[:6] + NUMBER[8:17]
    take(community(community_row(1, 公民身份号码=old)))
    take(urine_ledger(sample_row(1)))
    assert len(said(NUMBER)["urine_test"]) == 1


def test_tests_of_a_person_whose_own_row_is_held_open_a_file_with_what_the_number_says() -> None:
    people = [COMMUNITY, community_row(1, 措施类别="社区矫正")]
    result = take(xlsx(("人员", people), ("尿检", [TESTS, sample_row(1)])))
    assert done(result) == [(0, 0, 1), (1, 0, 0)]
    assert said(NUMBER)["person"] == [
        ("2020-01-15", {"name": "李小一", "sex": "male", "birth": date(1985, 7, 8), "id_number": NUMBER})
    ]
    mended = take(community(community_row(1)), now=NOW + timedelta(days=1))
    assert done(mended) == [(1, 0, 0)]
    assert said(NUMBER)["person"][-1][1]["phone"] == "19800000001"


def test_a_stranger_in_the_ledger_of_tests_is_held() -> None:
    result = take(urine_ledger(sample_row(1)))
    assert problems(result) == [("尿检", 2, "身份证号", "person_unknown")]
    assert count() == 0


def test_a_village_that_the_tree_does_not_have_is_told_and_its_words_are_kept() -> None:
    result = take(community(community_row(1, **{"村（居）委会": "新坡村"}), community_row(2)))
    assert [(place.left, place.code, rows) for place, rows in result.sheets[0].unplaced.items()] == [
        ("新坡村", TOWN, 1)
    ]
    facts = said(NUMBER)
    assert facts["responsible_unit"][0][1]["unit"] == TOWN
    assert facts["remark"][0][1]["text"] == "台账所载“新坡村”在单位树中没有，责任单位暂记为河东镇"


@pytest.mark.parametrize("words", ["东坡", "东坡村委会", "东坡村民委员会", " 东坡 村 "])
def test_a_village_is_found_however_its_committee_is_called(words: str) -> None:
    take(community(community_row(1, **{"村（居）委会": words})))
    assert said(NUMBER)["responsible_unit"][0][1]["unit"] == VILLAGE


def test_a_villages_own_ledger_may_name_its_town() -> None:
    take(community(community_row(1)), unit=VILLAGE)
    assert said(NUMBER)["responsible_unit"][0][1]["unit"] == VILLAGE


def test_a_town_clerk_imports_for_the_town() -> None:
    assert done(take(community(community_row(1)), unit=TOWN, actor=CLERK)) == [(1, 0, 0)]


def test_a_file_outside_the_area_is_held_without_telling_where_it_is() -> None:
    take(community(community_row(1, **{"乡镇": "河西镇", "村（居）委会": "西坡村"})))
    result = take(community(community_row(1), community_row(2)), unit=TOWN, actor=CLERK)
    assert done(result) == [(1, 0, 1)]
    (problem,) = [p for p in result.check.problems if p.held]
    assert problem.code == "contradiction"
    assert "衔接" in problem.label.zh
    assert "河西" not in problem.label.zh
    tests = take(urine_ledger(sample_row(1)), unit=TOWN, actor=CLERK)
    assert problems(tests) == [("尿检", 2, "身份证号", "person_unknown")]


def test_a_brigade_imports_for_its_centre() -> None:
    row = roster_row(1)
    take(xlsx(("花名册", roster(row))), unit="46J0101")
    assert said(row[3])["admission"][0][1] == {"place": "justice_centre", "centre": CENTRE}
    assert {entry.unit for entry in entries_of(row[3])} == {"46J0101"}
    with pytest.raises(Refused):  # and answers, like its centre, for nobody in the community
        take(community(community_row(1)), unit="46J0101")


def test_a_roster_of_a_centre_is_not_imported_for_a_county() -> None:
    with pytest.raises(Refused) as refused:
        take(xlsx(("花名册", roster(roster_row(1)))))
    assert "示例县" in refused.value.say("zh")
    assert "强制隔离戒毒所" in refused.value.say("zh")


def test_an_unknown_unit_names_the_nearest() -> None:
    with pytest.raises(UnknownUnit):
        take(community(community_row(1)), unit="469032")


def test_a_day_after_today_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        take(community(community_row(1)), on=date(2026, 11, 24))
    assert "2026-11-24" in refused.value.say("zh")


def test_nothing_is_recorded_after_death() -> None:
    take(community(community_row(1)))
    last = entries_of(NUMBER)[-1]
    death = replace(
        last,
        id=uuid7(1, b"0123456789"),
        kind="death",
        happened_on=date(2020, 1, 10),
        fields={},
        corrects=None,
    )
    gate.record(death, actor=SERVICE, now=NOW)
    result = take(urine_ledger(sample_row(1), sample_row(1, 检测日期="2020-01-10")))
    assert problems(result) == [("尿检", 2, "检测日期", "date_order")]
    assert done(result) == [(1, 0, 1)]


def test_a_number_that_belongs_to_another_name_in_the_store_is_held() -> None:
    take(community(community_row(1)))
    result = take(community(community_row(1, 姓名="别人", 责令文书号="另一号")))
    assert problems(result) == [("社戒社康", 2, "姓名", "same_id_other_name")]


def test_progress_is_told_to_the_last_row() -> None:
    told: list[tuple[str, int, int]] = []
    take(community(*(community_row(n) for n in range(1, 6))), progress=lambda *step: told.append(step))
    assert told[-1] == ("社戒社康", 5, 5)


def test_a_transfer_that_the_file_knows_is_the_centres_admission() -> None:
    row = roster_row(1)
    take(xlsx(("花名册", roster(row))), unit=CENTRE)
    entry = next(e for e in entries_of(row[3]) if e.kind == "admission")
    transfer = replace(entry, id=uuid7(2, b"0123456789"), kind="transfer", happened_on=date(2019, 6, 1))
    gate.record(transfer, actor=SERVICE, now=NOW)
    later = roster_row(1, 入所日期="2019-06-01")
    assert done(take(xlsx(("花名册", roster(later))), unit=CENTRE)) == [(0, 1, 0)]


def test_the_command_imports_and_says_what_became_of_each_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = FIXTURES / "community_and_tests.xlsx"
    back = tmp_path / "退回.xlsx"
    arguments = ["ledger", "import", str(path), "--unit", COUNTY, "--on", "2020-06-28"]
    assert main([*arguments, "--held", str(back)]) == 0
    shown = capsys.readouterr().out
    assert "新导入 122 行" in shown
    assert "尿检 第 79 行" in shown
    assert back.exists()
    assert main(arguments) == 0
    assert "与已有记录相同 122" in capsys.readouterr().out
    assert main(["ledger", "import", str(path), "--unit", "nowhere"]) == 2
    assert main([*arguments, "--user", "nobody"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_a_check_at_the_command_line_asks_the_store_if_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(community(community_row(1)))
    path = tmp_path / "尿检.xlsx"
    path.write_bytes(urine_ledger(sample_row(1), sample_row(2)))
    monkeypatch.setenv("GUITU_DATABASE_URL", "the one that is open")
    assert main(["ledger", "check", str(path), "--on", "2020-06-28"]) == 0
    shown = capsys.readouterr().out
    assert "可导入 1" in shown
    assert "尿检 第 3 行" in shown
    monkeypatch.delenv("GUITU_DATABASE_URL")
    monkeypatch.setenv("GUITU_HOME", str(tmp_path / "nothing"))
    assert main(["ledger", "check", str(path), "--on", "2020-06-28"]) == 0
    assert "可导入 2" in capsys.readouterr().out
    assert not (tmp_path / "nothing").exists()


def test_a_store_that_refuses_an_entry_refuses_the_sheet_with_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guitu.store.guards.in_time", _refuse)
    with pytest.raises(GuituError) as refused:
        take(community(community_row(1)))
    assert "台账.xlsx · 社戒社康 · 2" in refused.value.say("zh")
    assert count() == 0


def _refuse(entry: object, *_: object) -> None:
    from guitu.kernel.labels import Label
    from guitu.store.guards import NotAccepted

    raise NotAccepted(entry, Label("不收。", "No."))  # type: ignore[arg-type]


def test_moments_do_not_matter_to_what_is_the_same() -> None:
    take(community(community_row(1)), now=datetime(2026, 1, 1, 8, tzinfo=NOW.tzinfo))
    assert done(take(community(community_row(1)), on=date(2026, 11, 23))) == [(0, 1, 0)]
    assert date(2026, 1, 1) > ON
    assert id_number() != NUMBER
