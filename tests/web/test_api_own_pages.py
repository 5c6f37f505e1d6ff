"""Kinds with a page of their own through the API: by that page's checks, with the receipt, and for nobody
whom the page would not let."""

from __future__ import annotations

import os

import pytest

from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.store import unitfiles
from guitu.store.units import tree
from guitu.web.api.own_pages import WAYS
from tests.conftest import NOW
from tests.store.reading_log import lines
from tests.web.calling import TOWN, Program

COUNTY = "469023"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


def new_id() -> str:
    return str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))


def sent(kind: str, day: str = "2026-11-20", **fields: object) -> dict[str, object]:
    return {"id": new_id(), "kind": kind, "happened_on": day, "fields": fields}


def test_a_group_and_its_head_are_recorded_by_the_pages_own_checks() -> None:
    county = Program("c", "county_supervisor", COUNTY)
    where = f"units/{COUNTY}/entries"
    group = county.post(where, sent("leading_group", name="县领导小组", paper="示例1号"), 201)
    assert group["receipt"]["short"]
    member = {"to": group["id"], "part": "head", "name": "林县明", "until": "2026-11-01"}
    wrong = county.post(where, sent("group_member", **member), 422)
    assert [(f["field"], f["said"]["zh"]) for f in wrong["faults"]] == [("until", "止日早于起始日期")]
    again = sent("group_member", **{k: v for k, v in member.items() if k != "until"})
    county.post(where, again, 201)
    assert county.post(where, again)["repeated"] is True
    assert county.post(where, {**again, "kind": "leading_group"}, 409)["code"] == "other_content"
    (entry,) = [e for e in unitfiles.unit_file(tree().find(COUNTY)).counted() if e.kind == "group_member"]
    assert entry.source.startswith("api:")
    assert any(line.detail.startswith("api group_member") for line in lines("c", "record"))
    assert county.post(where, sent("group_member", to=new_id(), part="head", name="甲"), 404)


def test_a_task_goes_from_decided_to_closed() -> None:
    county, town = Program("c", "county_supervisor", COUNTY), Program("t", "town_office", TOWN)
    task = sent("action_decided", text="补齐协议文书", owner=TOWN, due="2026-12-20")
    decided = county.post(f"units/{COUNTY}/entries", task, 201)
    told = {"to": decided["id"], "at": COUNTY, "how": "done", "text": "已补齐"}
    town.post(f"units/{TOWN}/entries", sent("action_report", **told), 201)
    closing = {"to": decided["id"], "outcome": "done", "evidence": "抽查三份"}
    town.post(f"units/{COUNTY}/entries", sent("action_closed", **closing), 404)
    county.post(f"units/{COUNTY}/entries", sent("action_closed", **closing), 201)
    county.post(f"units/{COUNTY}/entries", sent("action_closed", **closing), 404)  # it is closed already


def test_a_talk_is_planned_for_a_day_to_come_only() -> None:
    outreach = Program("o", "outreach", COUNTY)
    where = f"units/{COUNTY}/entries"
    plan = {"topic": "开学第一课", "public": "no", "venue": "示例中学", "place": TOWN}
    past = outreach.post(where, sent("talk_planned", planned_on="2026-11-01", **plan), 422)
    assert past["faults"][0]["field"] == "planned_on"
    outreach.post(where, sent("talk_planned", planned_on="2026-12-01", **plan), 201)


def test_what_the_page_does_not_let_is_not_let_here() -> None:
    county, town = Program("c", "county_supervisor", COUNTY), Program("t", "town_office", TOWN)
    listed = sent("watch_status", which="national", status="listed")
    assert town.post(f"units/{TOWN}/entries", listed, 403)["code"] == "not_allowed"
    assert county.post(f"units/{COUNTY}/entries", sent("leading_group", nme="x"), 422)["faults"]
    for kind in ("reward", "pack_fixed", "survey_planned", "scoreboard_published"):
        assert county.post(f"units/{COUNTY}/entries", sent(kind), 422)["code"] == "own_page"


def test_each_way_leads_to_a_kind_and_the_list_of_kinds_says_so() -> None:
    for name in WAYS:
        assert kinds()[name].about == "unit", name
        assert not kinds()[name].act, name
    told = {one["name"]: one for one in Program("c", "county_supervisor", COUNTY).get("kinds")}
    assert told["leading_group"]["recordable"]
    assert told["leading_group"]["page"]
    assert not told["reward"]["recordable"]


def test_it_is_put_right_and_withdrawn_like_others() -> None:
    county = Program("c", "county_supervisor", COUNTY)
    where = f"units/{COUNTY}/entries"
    group = county.post(where, sent("leading_group", name="县领导小组"), 201)
    mended = {**sent("leading_group", name="县禁毒领导小组"), "corrects": group["id"], "reason": "写错了"}
    right = county.post(where, mended, 201)
    county.post(where, {**sent("void", reason="撤销"), "corrects": right["id"]}, 201)
    counted = unitfiles.unit_file(tree().find(COUNTY)).counted()
    assert [e.get("name") for e in counted if e.kind == "leading_group"] == [
        "县领导小组"
    ]  # the first one again
    county.post(where, {**sent("void", reason="撤销"), "corrects": group["id"]}, 201)
    counted = unitfiles.unit_file(tree().find(COUNTY)).counted()
    assert not [e for e in counted if e.kind == "leading_group"]
