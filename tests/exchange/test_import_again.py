"""A later ledger beside what the file says by now: said before and so no longer, or otherwise than there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guitu.exchange.ledgers.importing import ImportResult
from tests.conftest import NOW
from tests.exchange.filing import CLERK, SERVICE, TOWN, community, count, done, said, take
from tests.exchange.sheets import Row, community_row, id_number

pytestmark = pytest.mark.usefixtures("places")

PERSON = community_row(1)[5]
FIRST = community_row(1)
TOLD = "与档案现在的不同；这一行与早先导入的台账相同，没有改动。确已改回的，请在档案里登记。"


def month(row: Row, no: int, **more: bool) -> ImportResult:
    """The ledger of a month."""
    return take(community(row), now=NOW + timedelta(days=30 * no), **more)


def warned(result: ImportResult) -> list[tuple[str, str]]:
    return [(p.column, p.label.zh) for p in result.check.problems if not p.held]


@pytest.mark.parametrize("only_look", [True, False])
@pytest.mark.parametrize(
    ("column", "between"),
    [
        ("联系电话", {"联系电话": "19800000099"}),
        ("网格专干", {"网格专干": "林专干"}),
        ("村（居）委会", {"乡镇": "河西镇", "村（居）委会": "西坡村"}),
    ],
)
def test_what_was_said_before_and_is_so_no_longer_changes_nothing_and_is_pointed_out(
    column: str, between: dict[str, str], only_look: bool
) -> None:
    month(FIRST, 0)
    assert done(month(community_row(1, **between), 1)) == [(1, 0, 0)]
    before, entries = said(PERSON), count()
    result = month(FIRST, 2, only_look=only_look)
    assert done(result) == [(0, 1, 0)]
    assert warned(result) == [
        (column, f"{column}{TOLD}"),
    ]
    assert said(PERSON) == before
    assert count() == entries


def test_the_newest_ledger_again_is_nothing_to_point_out() -> None:
    second = community_row(1, 联系电话="19800000099", 网格专干="林专干", 备注="已就业")
    month(FIRST, 0)
    month(second, 1)
    for no in (2, 3):
        result = month(second, no)
        assert (done(result), warned(result)) == ([(0, 1, 0)], [])


def test_an_older_ledger_after_a_newer_one_says_so_in_each_row_that_has_gone_on() -> None:
    month(FIRST, 0)
    take(community(community_row(2)))
    month(community_row(1, 联系电话="19800000099"), 1)
    result = take(community(FIRST, community_row(2)), now=NOW + timedelta(days=60))
    assert done(result) == [(0, 2, 0)]
    assert [(p.row, p.column) for p in result.check.problems] == [(2, "联系电话")]


def test_a_corrected_document_number_is_no_second_order_of_the_same_day() -> None:
    month(FIRST, 0)
    entries = count()
    wrong = month(community_row(1, 责令文书号="示公责字〔2019〕0099号"), 1)
    assert done(wrong) == [(0, 0, 1)]
    ((column, told),) = [(p.column, p.label.zh) for p in wrong.check.problems]
    assert column == "责令文书号"
    assert told.startswith("责令文书号与档案不同：档案中“决定”的文书号是“示公责字〔2019〕0001号”。")
    assert count() == entries


def test_a_second_order_of_another_day_or_measure_is_an_order_of_its_own() -> None:
    month(FIRST, 0)
    day = {
        "责令文书号": "示公责字〔2020〕0001号",
        "责令日期": "2020-05-06",
        "报到日期": "2020-05-10",
        "协议签订日期": "",
        "期限止": "2023-05-09",
    }
    other = {"报到日期": "", "协议签订日期": "", "期限止": ""}
    assert done(month(community_row(1, **{**other, **day}), 1)) == [(1, 0, 0)]
    measure = {"责令文书号": "示公责字〔2019〕0099号", "措施类别": "社区康复"}
    assert done(month(community_row(1, **other, **measure), 2)) == [(1, 0, 0)]
    assert len(said(PERSON)["order"]) == 3


def test_a_contradiction_tells_nobody_what_they_may_not_read_in_the_file() -> None:
    """A clerk without leave for a minor's file knows the number, and tries what the file says."""
    days = {"责令日期": "2026-03-01", "报到日期": "2026-03-02", "协议签订日期": "", "期限止": ""}
    child = {**days, "公民身份号码": id_number(date(2010, 1, 2), 3)}
    late = date(2026, 11, 1)
    take(community(community_row(3, **child)), unit=TOWN, on=late)
    tried = community(community_row(3, **{**child, "报到日期": "2026-03-03"}))
    told = {}
    for actor in (CLERK, SERVICE):
        result = take(tried, unit=TOWN, actor=actor, on=late)
        ((column, told[actor.name]),) = [(p.column, p.label.zh) for p in result.check.problems if p.held]
        assert column == "报到日期"
    assert "档案中“报到”的报到日期是“2026-03-02”" in told[SERVICE.name]
    assert told[CLERK.name] == (
        "报到日期与档案中“报到”的报到日期不同；您没有查阅这一项的权限，请与有权查阅的人核对。"
    )
