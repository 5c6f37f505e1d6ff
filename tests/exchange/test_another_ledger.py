"""A fourth ledger is one small declaration: it is recognised, checked, imported and exported without more."""

from __future__ import annotations

import pytest

from guitu.exchange.ledgers import check_workbook, ledgers
from guitu.exchange.ledgers.export import export_ledger
from guitu.exchange.ledgers.ledger import SERIAL, Column, Ledger, Makes
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from tests.conftest import NOW
from tests.exchange.filing import COUNTY, SERVICE, community, done, said, take
from tests.exchange.sheets import COMMUNITY, ON, community_row, xlsx

ABSENCES = Ledger(
    name="absences",
    label=Label("外出台账", "Absences"),
    title="{unit}外出台账",
    columns=(
        SERIAL,
        Column(kind="person", field="name", title="姓名", required=True),
        Column(kind="person", field="id_number", title="身份证号", required=True),
        Column(kind="absence", field="day", title="外出日期", required=True),
        Column(kind="absence", field="days", title="天数", required=True),
        Column(kind="absence", field="authorised", title="是否批准", required=True),
    ),
    makes=(Makes(kind="absence", day=("absence.day",), when=("absence.days",)),),
    one_row_per="absence.day",
    telling=("absence.day",),
    opens_file=False,
)

PERSON = community_row(1)
HEADER = ["姓名", "身份证号", "外出日期\n（年月日）", "天数", "是否批准"]


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Registry(Label("台账", "ledger"), [*ledgers().values(), ABSENCES])
    for place in ("header", "check", "export"):
        monkeypatch.setattr(f"guitu.exchange.ledgers.{place}.ledgers", lambda: known)


def test_its_faults_are_found() -> None:
    people = [PERSON[3], PERSON[5]]
    rows = [
        HEADER,
        [*people, "2020.1.5", "3天", "是"],
        [*people, "2020.2.5", "很久", "也许"],
        [*people, "2020.1.5", 4, "否"],
        [*people, "", 4, "否"],
    ]
    data = xlsx(("外出", rows), ("人", [COMMUNITY, PERSON]))
    result = check_workbook(data, on=ON)
    assert [(p.row, p.column, p.code) for p in result.problems] == [
        (3, "天数", "choice_unknown"),
        (3, "是否批准", "choice_unknown"),
        (4, "身份证号", "duplicate_row"),
        (5, "外出日期（年月日）", "required_missing"),
    ]


@pytest.mark.usefixtures("places")
def test_its_rows_become_entries_and_come_back() -> None:
    take(community(PERSON))
    data = xlsx(("外出", [HEADER, [PERSON[3], PERSON[5], "2020.1.5", "3天", "是"]]))
    assert done(take(data)) == [(1, 0, 0)]
    assert said(PERSON[5])["absence"] == [("2020-01-05", {"authorised": "yes", "days": 3})]
    assert done(take(data)) == [(0, 1, 0)]
    back = export_ledger("absences", unit=COUNTY, on=ON, actor=SERVICE, now=NOW)
    assert back.rows == 1
    assert done(take(back.data)) == [(0, 1, 0)]


def test_a_declaration_that_names_no_such_column_is_refused() -> None:
    with pytest.raises(DeclarationError) as refused:
        Ledger(
            name="x",
            label=Label("甲", "x"),
            title="甲",
            columns=ABSENCES.columns,
            makes=ABSENCES.makes,
            one_row_per="absence.dya",
            telling=("absence.day",),
        )
    assert "absence.dya" in refused.value.say("zh")


def test_a_declaration_of_a_field_that_the_kind_does_not_have_is_refused() -> None:
    with pytest.raises(DeclarationError):
        Ledger(
            name="x",
            label=Label("甲", "x"),
            title="甲",
            columns=ABSENCES.columns,
            makes=(Makes(kind="absence", day=("absence.day",), constants={"autorised": "yes"}),),
            one_row_per="absence.day",
            telling=("absence.day",),
        )
