"""What is checked: one test for every rule, with what is just right beside what is just wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from guitu.exchange.ledgers import Known, check_workbook
from tests.exchange.sheets import (
    COMMUNITY,
    ON,
    TESTS,
    Row,
    community_row,
    id_number,
    roster,
    roster_row,
    sample_row,
    xlsx,
)

Found = list[tuple[int, str, str, str]]


def check(*sheets: Any, **more: Any) -> Found:
    result = check_workbook(xlsx(*sheets), on=ON, **more)
    return [(p.row, p.column, p.code, p.severity) for p in result.problems]


def of_roster(**changes: Any) -> Found:
    return check(roster(roster_row(1, **changes)))


def of_community(**changes: Any) -> Found:
    return check([COMMUNITY, community_row(1, **changes)])


def of_tests(*rows: Row, people: Iterable[Row] = ()) -> Found:
    return check(("尿检", [TESTS, *rows]), ("人员", [COMMUNITY, *(people or [community_row(1)])]))


def test_a_right_row_has_no_problem() -> None:
    assert of_roster() == of_community() == of_tests(sample_row(1)) == []


@pytest.mark.parametrize("heading", ["姓名", "性别", "身份证号码", "决定书文号", "决定日期", "入所日期"])
def test_the_roster_needs_these(heading: str) -> None:
    assert of_roster(**{heading: ""}) == [(2, heading, "required_missing", "error")]


@pytest.mark.parametrize("heading", ["出生年月日", "决定机关", "期限止", "备注"])
def test_the_roster_does_not_need_the_rest(heading: str) -> None:
    assert of_roster(**{heading: ""}) == []


@pytest.mark.parametrize("heading", ["姓名", "性别", "公民身份号码", "措施类别", "责令文书号", "责令日期"])
def test_the_community_roster_needs_these(heading: str) -> None:
    assert of_community(**{heading: ""}) == [(2, heading, "required_missing", "error")]


def test_somebody_who_has_not_reported_yet_is_a_right_row() -> None:
    assert of_community(报到日期="", 协议签订日期="", 期限止="") == []


@pytest.mark.parametrize(
    "heading", ["姓名", "身份证号", "检测日期", "检测情况", "检测结果", "检测人1", "检测人2"]
)
def test_the_ledger_of_tests_needs_these(heading: str) -> None:
    assert of_tests(sample_row(1, **{heading: ""})) == [(2, heading, "required_missing", "error")]


@pytest.mark.parametrize("outcome", ["拒检", "逃避", "请假"])
def test_a_test_that_was_not_taken_has_no_result(outcome: str) -> None:
    assert of_tests(sample_row(1, 检测情况=outcome, 检测结果="")) == []
    assert of_tests(sample_row(1, 检测情况=outcome)) == [(2, "检测结果", "contradiction", "error")]


@pytest.mark.parametrize("outcome", ["拒检", "逃避", "请假"])
def test_nobody_has_tested_where_nothing_was_taken(outcome: str) -> None:
    assert of_tests(sample_row(1, 检测情况=outcome, 检测结果="", 检测人1="", 检测人2="")) == []
    assert of_tests(sample_row(1, 检测情况=outcome, 检测结果="", 检测人2="")) == []


def test_an_unknown_outcome_is_the_only_thing_said_of_the_row() -> None:
    assert of_tests(sample_row(1, 检测情况="不知道", 检测结果="")) == [
        (2, "检测情况", "choice_unknown", "error")
    ]


@pytest.mark.parametrize("written", ["/", "无", "未报到"])
def test_a_word_for_no_day_yet_is_told_that_the_cell_may_be_empty(written: str) -> None:
    def only(heading: str, cell: str) -> str:
        row = community_row(1, **{"报到日期": "", "协议签订日期": "", "期限止": "", heading: cell})
        (problem,) = check_workbook(xlsx([COMMUNITY, row]), on=ON).problems
        assert (problem.column, problem.code) == (heading, "date_unreadable")
        return problem.label.zh

    assert "可以留空" in only("报到日期", written)
    assert "留空" not in only("责令日期", written)
    assert "留空" not in only("报到日期", "2019年")


def test_admission_may_be_on_the_day_of_the_decision_but_not_before() -> None:
    assert of_roster(入所日期="2019-03-01") == []
    assert of_roster(入所日期="2019-02-28") == [(2, "入所日期", "date_order", "error")]


def test_reporting_may_be_on_the_day_of_the_order_but_not_before() -> None:
    assert of_community(报到日期="2019-05-06", 协议签订日期="", 期限止="") == []
    assert of_community(报到日期="2019-05-05", 协议签订日期="", 期限止="") == [
        (2, "报到日期", "date_order", "error")
    ]


def test_the_agreement_is_not_signed_before_reporting() -> None:
    assert of_community(协议签订日期="2019-05-10") == []
    assert of_community(协议签订日期="2019-05-09") == [(2, "协议签订日期", "date_order", "error")]
    unreported: dict[str, Any] = {"报到日期": "", "期限止": ""}
    assert of_community(协议签订日期="2019-05-05", **unreported) == [
        (2, "协议签订日期", "date_order", "error")
    ]


def test_what_follows_from_a_faulty_day_is_not_complained_of() -> None:
    assert of_community(责令日期="2019-02-30") == [(2, "责令日期", "date_impossible", "error")]
    assert of_community(报到日期="年底") == [(2, "报到日期", "date_unreadable", "error")]
    assert of_roster(决定日期="2037-01-01") == [(2, "决定日期", "date_in_future", "error")]


def test_today_is_not_the_future() -> None:
    assert of_tests(sample_row(1, 检测日期="2020-06-28")) == []
    assert of_tests(sample_row(1, 检测日期="2020-06-29")) == [(2, "检测日期", "date_in_future", "error")]


def test_the_printed_end_may_lie_in_the_future() -> None:
    assert of_roster(决定日期="2020-06-01", 入所日期="2020-06-02", 期限止="2022-05-31") == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2019-03-01", "2021-02-28"),
        ("2018-02-28", "2020-02-27"),
        ("2020-02-29", "2022-02-27"),
        ("2018-03-01", "2020-02-29"),
    ],
)
def test_compulsory_isolation_ends_two_years_from_the_decision_less_a_day(start: str, end: str) -> None:
    assert of_roster(决定日期=start, 入所日期=start, 期限止=end) == []


@pytest.mark.parametrize("end", ["2021-03-01", "2021-02-27", "2022-02-28", "2018-02-28"])
def test_another_printed_end_is_a_warning_and_the_row_goes_in(end: str) -> None:
    assert of_roster(期限止=end) == [(2, "期限止", "end_date_differs", "warning")]


def test_community_treatment_ends_three_years_from_reporting_less_a_day() -> None:
    assert of_community(期限止="2022-05-09") == []
    assert of_community(期限止="2022-05-05") == [(2, "期限止", "end_date_differs", "warning")]
    assert of_community(期限止="2022-05-10") == [(2, "期限止", "end_date_differs", "warning")]


@pytest.mark.parametrize("end", ["2022-05-09", "2021-05-09", "2020-05-09", "2019-11-09"])
def test_community_recovery_may_be_any_whole_months_up_to_three_years(end: str) -> None:
    assert of_community(措施类别="社区康复", 期限止=end) == []


@pytest.mark.parametrize("end", ["2022-06-09", "2022-05-10", "2021-05-15", "2019-05-01"])
def test_recovery_of_broken_months_or_over_three_years_is_a_warning(end: str) -> None:
    assert of_community(措施类别="社区康复", 期限止=end) == [(2, "期限止", "end_date_differs", "warning")]


def test_without_reporting_there_is_no_end_to_compare() -> None:
    assert of_community(报到日期="", 协议签订日期="", 期限止="2030-01-01") == []


@pytest.mark.parametrize("measure", ["社区矫正", "强制隔离戒毒", "自愿戒毒"])
def test_a_measure_that_this_ledger_does_not_keep_is_unknown_to_it(measure: str) -> None:
    assert of_community(措施类别=measure) == [(2, "措施类别", "choice_unknown", "error")]


def test_birth_and_sex_must_agree_with_the_number() -> None:
    assert of_roster(出生年月日="1990-05-03") == [(2, "出生年月日", "id_birth_mismatch", "error")]
    assert of_roster(性别="女") == [(2, "性别", "id_sex_mismatch", "error")]


def test_a_number_of_fifteen_digits_goes_in_with_a_warning() -> None:
    assert of_roster(身份证号码="980101900305011") == [(2, "身份证号码", "id_15_digit", "warning")]


def test_a_number_of_somebody_not_yet_born_is_malformed() -> None:
    assert of_roster(身份证号码=id_number(date(2021, 3, 5)), 出生年月日="") == [
        (2, "身份证号码", "id_malformed", "error")
    ]


def test_nothing_happens_before_birth() -> None:
    young = id_number(date(2019, 4, 1))
    assert of_roster(身份证号码=young, 出生年月日="", 期限止="") == [(2, "决定日期", "date_order", "error")]


def test_a_number_with_another_persons_name_is_held_where_it_stands_later() -> None:
    rows = roster(roster_row(1), roster_row(2, 身份证号码=roster_row(1)[3]))
    assert check(rows) == [(3, "姓名", "same_id_other_name", "error")]


def test_one_person_under_two_decisions_is_right() -> None:
    rows = roster(
        roster_row(1),
        roster_row(1, 决定书文号="另一号", 决定日期="2020-01-01", 入所日期="2020-01-02", 期限止=""),
    )
    assert check(rows) == []


def test_the_same_person_and_document_twice_is_one_problem_however_faulty_the_copy() -> None:
    copy = roster_row(1, 性别="不详", 姓名="王 小一")
    assert check(roster(roster_row(1), copy)) == [(3, "身份证号码", "duplicate_row", "error")]
    other_brackets = roster_row(1, 决定书文号="示公强戒决字[2019] 0001 号")
    assert check(roster(roster_row(1), other_brackets)) == [(3, "身份证号码", "duplicate_row", "error")]


def test_a_person_is_tested_once_a_day() -> None:
    assert of_tests(sample_row(1), sample_row(1, 检测日期="2020-01-16")) == []
    assert of_tests(sample_row(1), sample_row(1, 检测结果="阳性")) == [
        (3, "身份证号", "duplicate_row", "error")
    ]


def test_a_test_of_a_stranger_is_held() -> None:
    assert of_tests(sample_row(2)) == [(2, "身份证号", "person_unknown", "error")]


def test_a_test_under_another_name_is_held() -> None:
    assert of_tests(sample_row(1, 姓名="王某")) == [(2, "姓名", "same_id_other_name", "error")]


def test_a_row_that_is_held_still_says_who_the_person_is() -> None:
    people = [community_row(1, 措施类别="社区矫正")]
    result = check_workbook(xlsx(("尿检", [TESTS, sample_row(1)]), ("人员", [COMMUNITY, *people])), on=ON)
    assert [(p.sheet, p.code) for p in result.problems] == [("人员", "choice_unknown")]


def test_one_person_in_two_ledgers_with_two_birthdays_is_held_where_it_differs() -> None:
    community = [[*COMMUNITY, "出生日期"], [*community_row(1), "1985-07-09"]]
    person = community_row(1)
    rows = roster(roster_row(1, 身份证号码=person[5], 姓名=person[3], 出生年月日="1985-08-07"))
    found = check_workbook(xlsx(("花名册", rows), ("社区", community)), on=ON)
    assert [(p.sheet, p.column, p.code) for p in found.problems] == [
        ("花名册", "出生年月日", "id_birth_mismatch")
    ]


def test_a_person_in_a_roster_and_under_community_treatment_is_one_person() -> None:
    person = community_row(1)
    rows = roster(roster_row(1, 身份证号码=person[5], 姓名=person[3], 出生年月日="1985-07-08"))
    assert check(("花名册", rows), ("社区", [COMMUNITY, person])) == []


STORED = {community_row(1)[5]: Known("李小一"), community_row(2)[5]: Known("别人", died=date(2020, 1, 10))}


def known(numbers: Iterable[str]) -> Mapping[str, Known]:
    return {n: STORED[n] for n in numbers if n in STORED}


def test_with_nowhere_to_look_nobody_is_called_a_stranger() -> None:
    assert check([TESTS, sample_row(1), sample_row(2)]) == []
    assert check([TESTS, sample_row(1), sample_row(1, 姓名="别人", 检测日期="2020-02-02")]) == [
        (3, "姓名", "same_id_other_name", "error")
    ]


def test_the_store_is_asked_for_people_the_workbook_does_not_have() -> None:
    assert check([TESTS, sample_row(1)], known_person=known) == []
    assert check([TESTS, sample_row(3)], known_person=known) == [(2, "身份证号", "person_unknown", "error")]


def test_the_stores_name_counts() -> None:
    found = check([TESTS, sample_row(2, 检测日期="2020-01-10")], known_person=known)
    assert found == [(2, "姓名", "same_id_other_name", "error")]


def test_nothing_happens_after_death() -> None:
    rows = [TESTS, sample_row(2, 姓名="别人"), sample_row(2, 姓名="别人", 检测日期="2020-01-10")]
    assert check(rows, known_person=known) == [(2, "检测日期", "date_order", "error")]
