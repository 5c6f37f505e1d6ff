"""The pages of what takes two people: one proposes, another decides, nobody else sees it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.browser.casefiles import people
from tests.web.recording import entries, form_of, hidden, html, record, signed_in, text

Cases = dict[str, str]
ORDER = {"measure": "community_recovery", "months": "36", "document_no": "示公〔2026〕3号"}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    return people()


@pytest.fixture
def town(cases: Cases) -> Client:
    return signed_in("li.xm", "town_office", "469023101")


@pytest.fixture
def county(cases: Cases) -> Client:
    return signed_in("chief", "county_supervisor", "469023")


def proposed(town: Client, case: str) -> str:
    """The address of an order that the town has put before a second officer."""
    page = html(record(town, case, "order", **ORDER))
    kept = {name: hidden(page, name) for name in ("id", "happened_on", *ORDER)}
    sent = town.post(f"/files/{case}/record/order/", {**kept, "checked": "1"})
    assert sent.status_code == 302, text(sent)
    return f"/proposals/{kept['id']}/"


def test_an_order_recorded_on_the_page_waits_and_is_in_the_file_once_approved(
    town: Client, county: Client, cases: Cases
) -> None:
    case = cases["ended"]
    where = proposed(town, case)
    assert "待第二人复核：登记：决定" in text(town.get(f"/files/{case}/"))
    assert "有 1 件等您复核" in text(county.get("/proposals/"))
    shown = text(county.get(where))
    for words in ("登记：决定", "社区康复", "示公〔2026〕3号", "通过后会", "新措施：社区康复，待报到"):
        assert words in shown, words
    done = county.post(where, {"decision": "approve", "reason": ""})
    assert done.status_code == 302
    assert "已通过：登记：决定" in text(county.get(done["Location"]))
    last = entries(case)[-1]
    assert (last.kind, last.author) == ("order", "li.xm")
    assert "复核" in text(county.get(f"/files/{case}/history/"))


def test_ones_own_proposal_offers_no_approval_and_takes_none(town: Client, cases: Cases) -> None:
    where = proposed(town, cases["ended"])
    page = html(town.get(where))
    assert 'value="approve"' not in page
    assert 'value="withdraw"' in page
    refused = town.post(where, {"decision": "approve"})
    assert refused.status_code == 403
    assert entries(cases["ended"])[-1].kind == "release"
    assert town.post(where, {"decision": "withdraw"}).status_code == 302
    assert "已撤回" in text(town.get(where))


def test_refusing_needs_words_and_keeps_what_was_typed(town: Client, county: Client, cases: Cases) -> None:
    where = proposed(town, cases["ended"])
    answer = county.post(where, {"decision": "refuse", "reason": "  "})
    assert answer.status_code == 422
    assert "退回时请说明原因" in text(answer)
    county.post(where, {"decision": "refuse", "reason": "文书号与决定书不符"})
    assert "文书号与决定书不符" in text(town.get(where))
    assert entries(cases["ended"])[-1].kind == "release"


def test_outside_its_area_and_for_other_roles_a_proposal_is_not_there(town: Client, cases: Cases) -> None:
    where = proposed(town, cases["ended"])
    for name, role, unit in (
        ("next", "county_supervisor", "469024"),
        ("doc", "doctor", "46J01"),
        ("vill", "village_worker", "469023101200"),
    ):
        other = signed_in(name, role, unit)
        assert other.get(where).status_code == 404
        assert other.post(where, {"decision": "approve"}).status_code == 404
        assert "没有等您复核" in text(other.get("/proposals/"))


def test_a_second_press_on_a_decided_proposal_says_how_it_ended(
    town: Client, county: Client, cases: Cases
) -> None:
    where = proposed(town, cases["ended"])
    county.post(where, {"decision": "approve"})
    again = county.post(where, {"decision": "refuse", "reason": "晚了"})
    assert again.status_code == 409
    assert "已通过" in text(again)
    assert len([e for e in entries(cases["ended"]) if e.fields.get("document_no") == "示公〔2026〕3号"]) == 1


def test_release_is_recorded_at_once(town: Client, cases: Cases) -> None:
    case = cases["in_force"]
    page = html(record(town, case, "release"))
    kept = {name: hidden(page, name) for name in ("id", "happened_on")}
    assert "第二人" not in page
    town.post(f"/files/{case}/record/release/", {**kept, "checked": "1"})
    assert entries(case)[-1].kind == "release"


def test_withdrawing_a_release_waits(town: Client, cases: Cases) -> None:
    case = cases["ended"]
    release = entries(case)[-1]
    where = f"/files/{case}/entries/{release.id}/withdraw/"
    page = html(town.get(where))
    form = {"id": hidden(page, "id"), "happened_on": "2026-11-23", "reason": "误登"}
    page = html(town.post(where, form))
    assert "第二人" in page
    town.post(where, {**form, "checked": "1"})
    assert entries(case)[-1].id == release.id


def test_the_count_of_a_list_is_its_length(town: Client, county: Client, cases: Cases) -> None:
    for case in (cases["ended"], cases["suspended"]):
        proposed(town, case)
    page = html(county.get("/proposals/"))
    assert re.search(r"待我复核.{0,80}2", text(county.get("/proposals/")))
    assert page.count('href="/proposals/0') + page.count("/proposals/") >= 2


def test_a_corrected_paper_number_is_said_to_change_nothing(
    town: Client, county: Client, cases: Cases
) -> None:
    case = cases["late"]
    order = next(e for e in entries(case) if e.kind == "order")
    where = f"/files/{case}/entries/{order.id}/correct/"
    kept = {name: str(order.get(name)) for name in ("measure", "months") if order.get(name)}
    said = {"document_no": "示例禁毒〔2026〕9号", "correction_reason": "文书号抄错"}
    sent = {**form_of(town, where), **kept, **said}
    answer = town.post(where, {**sent, "checked": "1"})
    assert answer.status_code == 302, text(answer)
    shown = text(county.get(f"/proposals/{sent['id']}/"))
    assert "只记入经历；期限、应办事项和提示都不变" in shown
    assert "新措施" not in shown
