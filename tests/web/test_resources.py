"""Resources on their pages: money by purpose, rewards that two officers give, an informant who is a code and
a phrase shown once, equipment and places of service; and who may not look."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.levels import informant
from guitu.store import unitfiles
from guitu.store.units import tree
from tests.store.writing import TOWN
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def counted(code: str, kind: str) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def test_money_is_told_by_purpose_and_by_unit(county: Client, now: datetime) -> None:
    assert "2026 年还没有登记预算和支出" in text(html(county, "/resources/"))
    line = {"year": 2026, "purpose": "support", "sort": "set"}
    told(now, COUNTY, "budget_line", "2026-01-10", amount=1_000_000, **line)
    told(now, TOWN, "budget_line", "2026-01-10", amount=200_000, **line)
    told(now, COUNTY, "spending", "2026-05-10", purpose="support", amount=600_000)
    told(now, COUNTY, "spending", "2025-05-10", purpose="support", amount=7_000)
    said = text(html(county, "/resources/"))
    assert "预算 1,200,000 元，支出 600,000 元（50.0%），余 600,000 元" in said
    assert "支出 600,000 元：" in said, "the latest entries write money as the rest of the page does"
    assert "支出 7,000 元（—）" in text(html(county, "/resources/?year=2025"))
    where = f"/resources/record/{COUNTY}/spending/"
    form = html(county, where)
    sent = {"id": hidden(form, "id"), "in": TOWN, "happened_on": "2026-11-20", "purpose": "staff"}
    wrong = county.post(where, {**sent, "amount": "很多"})
    assert wrong.status_code == 422
    assert 'value="很多"' in wrong.content.decode()
    assert county.post(where, {**sent, "amount": "100000"}).status_code == 302
    (entry,) = counted(TOWN, "spending")
    assert (entry.get("amount"), entry.unit) == (100_000, COUNTY)
    assert "支出 700,000 元" in text(html(county, "/resources/"))
    (correct,) = [
        h for h, w in links(html(county, f"/resources/?unit={TOWN}")) if w == "更正" and str(entry.id) in h
    ]
    assert county.get(correct).status_code == 200


def propose(client: Client, **answers: str) -> None:
    form = html(client, "/resources/rewards/new/")
    sent = {"id": hidden(form, "id"), "unit": "", "in": COUNTY, "happened_on": "2026-11-20", **answers}
    answer = client.post("/resources/rewards/new/", sent)
    assert answer.status_code == 302, text(answer.content.decode())


def test_a_reward_waits_for_a_second_officer_and_is_corrected_by_two(county: Client, now: datetime) -> None:
    wrong = county.post(
        "/resources/rewards/new/",
        {
            "id": str(unitfiles.new_entry(COUNTY, "reward", MONDAY, {}, now=now).id),
            "in": COUNTY,
            "happened_on": "2026-11-20",
        },
    )
    assert wrong.status_code == 422
    propose(county, sort="merit", given_to="officer", level="third", awards="2")
    assert counted(COUNTY, "reward") == []
    page = html(county, "/resources/rewards/")
    assert "待复核 1 件" in text(page)
    (where,) = [h for h, _ in links(page) if h.startswith("/proposals/") and len(h) > 20]
    assert "撤回" in text(html(county, where))
    province = signed_in("province", "provincial_supervisor", "46")
    assert "三等" in text(html(province, where))
    assert province.post(where, {"decision": "approve", "reason": ""}).status_code == 302
    (entry,) = counted(COUNTY, "reward")
    assert (entry.author, entry.get("awards")) == ("county", 2)
    page = html(county, "/resources/rewards/")
    (mend,) = [h for h, w in links(page) if w == "更正"]
    form = html(county, mend)
    assert "更正原因" in text(form)
    sent = {
        "id": hidden(form, "id"),
        "unit": COUNTY,
        "corrects": str(entry.id),
        "happened_on": "2026-11-20",
        "sort": "merit",
        "given_to": "officer",
        "level": "second",
        "awards": "1",
    }
    assert (
        county.post("/resources/rewards/new/", {**sent, "correction_reason": "王小明没有"}).status_code == 422
    )
    assert (
        county.post("/resources/rewards/new/", {**sent, "correction_reason": "数量有误"}).status_code == 302
    )
    (where,) = [h for h, _ in links(html(county, "/resources/rewards/")) if h.startswith("/proposals/0")]
    assert province.post(where, {"decision": "approve", "reason": ""}).status_code == 302
    assert [e.get("awards") for e in counted(COUNTY, "reward")] == [1]
    assert (
        county.get(f"/units/{COUNTY}/file/correct/{entry.id}/").status_code == 404
    )  # one officer alone cannot


def test_an_informant_is_a_code_and_a_phrase_that_is_shown_once(county: Client) -> None:
    where = "/resources/informants/new/"
    form = html(county, where)
    assert "姓名" not in re.sub("没有写姓名的地方", "", "".join(re.findall(r"<label[^>]*>.*?</label>", form)))
    sent = {
        "id": hidden(form, "id"),
        "unit": "",
        "in": COUNTY,
        "amount": "2000",
        "ground": "verified",
        "name": "王小明",
        "note": "王小明",
    }
    assert county.post(where, {**sent, "amount": ""}).status_code == 422
    answer = county.post(where, sent)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    slip = answer.content.decode()
    (code,) = set(re.findall(r"J\d{9}", slip))
    (phrase,) = set(re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", slip))
    again = county.post(where, sent).content.decode()
    assert phrase not in again
    assert "不再显示" in text(again)
    page = html(county, "/resources/rewards/")
    assert code in page
    assert phrase not in page
    (proposal,) = [h for h, _ in links(page) if h.startswith("/proposals/0")]
    province = signed_in("province", "provincial_supervisor", "46")
    shown = html(province, proposal)
    assert code in shown
    assert phrase not in shown
    assert "<textarea" not in shown.partition("<main")[2]  # there is no room for a word
    assert "王小明" not in shown
    wrong = province.post(proposal, {"decision": "refuse", "reason": "王小明举报不实"})
    assert wrong.status_code == 422
    assert province.post(proposal, {"decision": "approve", "reason": "符合规定"}).status_code == 302
    cashier = signed_in("cashier", "county_supervisor", COUNTY)
    pay = "/resources/informants/collect/"
    assert cashier.post(pay, {"code": code, "phrase": "0000-0000-0000-0000"}).status_code == 422
    own = county.post(pay, {"code": code, "phrase": phrase})
    assert own.status_code == 422
    assert "须由另一人付款" in text(own.content.decode())
    paid = cashier.post(pay, {"code": code, "phrase": phrase.lower().replace("-", " ")})
    assert paid.status_code == 200
    assert "请付 2,000 元" in text(paid.content.decode())
    assert cashier.post(pay, {"code": code, "phrase": phrase}).status_code == 422
    (end,) = counted(COUNTY, informant.ENDED)
    assert end.fields.keys() == {"to", "outcome", "amount"}


def test_a_reward_nobody_came_for_is_cancelled(county: Client, now: datetime) -> None:
    fields = {"code": "J000000000", "digest": "0" * 64, "amount": 500, "ground": "other"}
    source = "second:- 01900000-0000-7000-8000-000000000001"
    entry = unitfiles.new_entry(COUNTY, informant.REWARD, MONDAY, fields, now=now, author="x", source=source)
    unitfiles.record_many([entry], actor=house(), now=now)
    (where,) = [h for h, w in links(html(county, "/resources/rewards/")) if w == "取消"]
    assert county.post(where, {"why": ""}).status_code == 422
    assert county.post(where, {"why": "unclaimed"}).status_code == 302
    assert [e.get("outcome") for e in counted(COUNTY, informant.ENDED)] == ["cancelled"]
    assert county.post(where, {"why": "unclaimed"}).status_code in (302, 422)
    assert len(counted(COUNTY, informant.ENDED)) == 1


def test_equipment_is_checked_and_places_of_service_have_hours(county: Client, now: datetime) -> None:
    it = told(
        now, COUNTY, "equipment", "2026-01-10", sort="vehicle", name="示范皮卡", pieces=1, check_every=6
    )
    page = html(county, "/resources/equipment/")
    assert "检查逾期" in text(page)
    (check,) = [h for h, w in links(page) if w == "登记检查"]
    form = html(county, check)
    sent = {
        "id": hidden(form, "id"),
        "happened_on": "2026-11-20",
        "to": str(it.id),
        "state": "good",
        "reading": "21480",
    }
    assert county.post(check.partition("?")[0], sent).status_code == 302
    said = text(html(county, "/resources/equipment/?q=皮卡"))
    assert "21,480" in said
    assert "2027-05-20" in said
    assert "检查逾期" not in said.partition("在用 1 件")[2]
    told(
        now,
        COUNTY,
        "service_place",
        "2026-01-10",
        sort="custody_clinic",
        name="示范监管门诊部",
        address="示范路 8 号",
        services="入所体检、急诊转送",
        hours="每天 24 小时",
        anonymous="no",
    )
    said = text(html(county, "/resources/places/"))
    assert "其中公安监管门诊部 1 处" in said
    assert "每天 24 小时" in said
    assert "没有符合条件的服务地点" in text(html(county, "/resources/places/?q=没有"))


def test_who_may_not_look_and_what_lies_outside_is_not_there(now: datetime) -> None:
    town = signed_in("town", "town_office", TOWN)
    assert town.get(f"/resources/?unit={COUNTY}").status_code == 404
    assert town.get(f"/resources/record/{COUNTY}/spending/").status_code == 404
    statistician = signed_in("figures", "statistician", "46")
    assert statistician.get("/resources/").status_code == 200
    assert statistician.get("/resources/rewards/").status_code == 403
    assert "奖励" not in [words for _, words in links(html(statistician, "/resources/")) if words == "奖励"]
    for role in ("village_worker", "outreach", "inspector"):
        assert signed_in(f"x-{role}", role, COUNTY).get("/resources/").status_code == 403
