"""A unit's own file on its page: typed in, corrected, withdrawn; for whom it is there, and for whom not."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from guitu.kernel.ids import uuid7
from guitu.store import unitfiles
from guitu.store.units import tree
from tests.store.writing import CENTRE, TOWN, VILLAGE
from tests.web.desk import TODAY, html, links, signed_in, text

FILE = f"/units/{TOWN}/file/"
ID = str(uuid7(1_795_000_000_000, b"0123456789"))
TALK = {
    "id": ID, "happened_on": "1120", "form": "talk", "given_by": "office", "audience": "120",
    "counted": "headcount", "topic": "健康人生",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def town() -> Client:
    return signed_in("clerk", "town_office", TOWN, name="王建国")


def kept() -> unitfiles.UnitFile:
    return unitfiles.unit_file(tree().find(TOWN))


def test_it_is_reached_from_the_unit_and_offers_what_the_post_records(town: Client) -> None:
    page = html(town, f"/units/{TOWN}/")
    assert (FILE, "单位档案") in links(page, FILE)
    page = html(town, FILE)
    assert "本单位还没有登记" in text(page)
    offered = {words for href, words in links(page, f"{FILE}record/")}
    assert {"宣传活动", "经费支出", "人员配备"} <= offered
    assert "公布数据" not in offered


def test_what_is_typed_is_recorded_once_and_shown_with_its_receipt(town: Client) -> None:
    form = html(town, f"{FILE}record/outreach_event/")
    assert 'name="audience"' in form
    for _ in range(2):
        answer = town.post(f"{FILE}record/outreach_event/", TALK)
        assert (answer.status_code, answer["Location"]) == (302, f"{FILE}?saved={ID}")
    page = text(html(town, answer["Location"]))
    assert "已保存：宣传活动" in page
    assert "宣讲，禁毒办、村（社区），受众 120 人次" in page
    assert "健康人生" in page
    (entry,) = kept().entries
    assert (entry.happened_on, entry.get("audience"), entry.author, entry.unit) == (
        date(2026, 11, 20), 120, "clerk", TOWN,
    )  # fmt: skip


def test_what_is_wrong_is_said_and_what_was_typed_stays(town: Client) -> None:
    answer = town.post(
        f"{FILE}record/outreach_event/", {**TALK, "audience": "很多", "form": "", "happened_on": "2031-01-01"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "受众“很多”不是整数" in text(page)
    assert "请填写形式" in text(page)
    assert 'value="很多"' in page
    tomorrow = town.post(f"{FILE}record/outreach_event/", {**TALK, "happened_on": "2026-11-24"})
    assert tomorrow.status_code == 422
    assert "晚于今天" in text(tomorrow.content.decode())
    assert kept().entries == ()


def test_a_decimal_number_is_kept_as_it_was_printed(places: object) -> None:
    county = signed_in("chief", "county_supervisor", "469023", name="林县明")
    path = "/units/469023/file/record/published_figure/"
    sent = {"id": ID, "happened_on": "1101", "series": "police.seized_kg", "first": "2025-01-01",
            "last": "2025-12-31", "value": "７９．１５９", "source": "公报"}  # fmt: skip
    assert county.post(path, {**sent, "value": "七十九"}).status_code == 422
    assert county.post(path, sent).status_code == 302
    (entry,) = unitfiles.unit_file(tree().find("469023")).entries
    assert entry.get("value") == "79.159"
    assert "79.159" in text(html(county, "/units/469023/file/"))


def test_an_entry_is_corrected_with_a_reason_and_withdrawn(town: Client) -> None:
    town.post(f"{FILE}record/outreach_event/", TALK)
    correct = f"{FILE}correct/{ID}/"
    assert links(html(town, FILE), correct)
    form = html(town, correct)
    assert 'value="120"' in form
    again = str(uuid7(1_795_000_000_001, b"0123456789"))
    sent = {**TALK, "id": again, "audience": "102"}
    assert town.post(correct, sent).status_code == 422  # no reason given
    assert town.post(correct, {**sent, "correction_reason": "多数了一遍"}).status_code == 302
    assert [e.get("audience") for e in kept().counted()] == [102]
    third = str(uuid7(1_795_000_000_002, b"0123456789"))
    late = town.post(correct, {**sent, "id": third, "correction_reason": "又一次"})
    assert late.status_code == 409
    undone = town.post(f"{FILE}withdraw/{again}/", {"id": third, "happened_on": "1121", "reason": "没有多数"})
    assert undone.status_code == 302
    assert [e.get("audience") for e in kept().counted()] == [120]  # the first answer again
    fourth = str(uuid7(1_795_000_000_003, b"0123456789"))
    town.post(f"{FILE}withdraw/{ID}/", {"id": fourth, "happened_on": "1121", "reason": "没有举办"})
    assert kept().counted() == ()
    assert "已作废" in text(html(town, FILE))


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [("outreach", TOWN, 200), ("statistician", "469023", 200), ("inspector", "46", 200),
     ("village_worker", VILLAGE, 404), ("town_office", "469024100", 404), ("doctor", CENTRE, 404)],
)  # fmt: skip
def test_for_whom_the_file_is_there(role: str, unit: str, status: int) -> None:
    client = signed_in("somebody", role, unit, name="某某")
    assert client.get(FILE).status_code == status


def test_a_post_that_reads_only_is_told_so_and_may_not_record(town: Client) -> None:
    inspector = signed_in("watch", "inspector", "46", name="某某")
    assert "您的岗位不在本单位登记" in text(html(inspector, FILE))
    assert inspector.get(f"{FILE}record/outreach_event/").status_code == 403
    lecturer = signed_in("lecturer", "outreach", TOWN, name="某某")
    refused = lecturer.get(f"{FILE}record/spending/")
    assert refused.status_code == 403
    assert "宣讲员不登记“经费支出”" in text(refused.content.decode())
    assert lecturer.post(f"{FILE}record/outreach_event/", TALK).status_code == 302


def test_kinds_of_persons_and_of_complaints_have_no_form_here(town: Client) -> None:
    for kind in ("urine_test", "complaint", "void", "pack_fixed", "nothing"):
        assert town.get(f"{FILE}record/{kind}/").status_code == 404


def test_the_file_is_no_case_file(town: Client, now: datetime) -> None:
    town.post(f"{FILE}record/outreach_event/", TALK)
    view = kept().view
    assert view is not None
    assert town.get(f"/files/{view.case_no}/").status_code == 404
