"""Packs through the API: put together once, checked by one, signed by another, read with papers and with why
a figure changed since; nobody else's business, as on the pages."""

from __future__ import annotations

import os

import pytest

from guitu.access import house
from guitu.exchange.packs import analysis
from guitu.kernel.ids import uuid7
from guitu.store import gate, packs
from guitu.store.units import tree
from guitu.web.api import packs as of_api
from tests.conftest import NOW
from tests.exchange.packing import under
from tests.store.reading_log import lines
from tests.store.writing import VILLAGE, Pen
from tests.web.at_once import at_once
from tests.web.calling import TOWN, Program
from tests.web.sending import until
from tests.web.test_packs import COUNTY, Counting, Held
from tests.web.test_packs import held as held


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    at_once(monkeypatch)
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    found = Counting()
    monkeypatch.setattr(analysis, "counter", found.counter)
    return found


def new_id() -> str:
    return str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))


def wanted(**more: object) -> dict[str, object]:
    return {"id": new_id(), "unit": COUNTY, "period": "2026-10", **more}


def test_it_is_fixed_once_and_goes_from_hand_to_hand(counting: Counting) -> None:
    clerk, chief = Program("clerk", "statistician", COUNTY), Program("chief", "county_supervisor", COUNTY)
    sent = wanted()
    made = clerk.post("packs", sent, 201)
    assert (made["id"], made["state"], made["period"]) == (sent["id"], "fixed", "2026-10")
    assert clerk.post("packs", sent)["digest"] == made["digest"]
    assert clerk.post("packs", {**sent, "period": "2026-09"}, 409)["code"] == "other_content"
    again = clerk.post("packs", wanted(), 409)  # one of the period is on its way
    assert again["said"]["zh"]
    assert again["said"]["en"]
    at = f"packs/{made['id']}"
    check = {"id": new_id(), "what": "checked"}
    assert clerk.post(f"{at}/steps", check, 201)["state"] == "checked"
    assert clerk.post(f"{at}/steps", check)["state"] == "checked"
    assert clerk.post(f"{at}/steps", {**check, "what": "submitted"}, 409)["code"] == "other_content"
    assert clerk.post(f"{at}/signature", {}, 403)["code"] == "not_allowed"
    assert clerk.post(f"{at}/steps", {"what": "submitted"}, 409)["code"] == "state"
    signing = {"id": new_id()}
    assert chief.post(f"{at}/signature", signing, 201)["state"] == "signed"
    assert chief.post(f"{at}/signature", signing)["state"] == "signed"
    assert clerk.post(f"{at}/steps", {"what": "submitted"}, 201)["state"] == "submitted"
    assert [s["what"] for s in chief.get(at)["steps"]] == ["checked", "signed", "submitted"]
    assert chief.get(at)["steps"][1]["by"] == "chief"


def test_nobody_signs_what_they_checked_and_a_return_needs_words(counting: Counting) -> None:
    chief = Program("chief", "county_supervisor", COUNTY)
    made = chief.post("packs", wanted(), 201)
    at = f"packs/{made['id']}"
    chief.post(f"{at}/steps", {"what": "checked"}, 201)
    assert "换一人" in chief.post(f"{at}/signature", {}, 409)["said"]["zh"]
    assert "退回原因" in chief.post(f"{at}/steps", {"what": "returned"}, 409)["said"]["zh"]
    chief.post(f"{at}/steps", {"what": "returned", "reason": "台账 129，系统 128"}, 201)
    second = chief.post("packs", wanted(), 201)
    assert second["number"] != made["number"]


def test_a_token_for_reading_neither_fixes_nor_signs(counting: Counting) -> None:
    clerk = Program("clerk", "statistician", COUNTY)
    made = clerk.post("packs", wanted(), 201)
    reads = Program("chief", "county_supervisor", COUNTY, "packs", "packs_prepare")
    assert reads.post(f"packs/{made['id']}/signature", {}, 403)["code"] == "no_scope"
    only = Program("clerk", "statistician", COUNTY, "packs")
    assert only.post("packs", wanted(period="2026-09"), 403)["code"] == "no_scope"
    assert only.post(f"packs/{made['id']}/steps", {"what": "checked"}, 403)["code"] == "no_scope"
    inspector = Program("jian", "inspector", "46")
    assert inspector.get(f"packs/{made['id']}")["state"] == "fixed"
    assert inspector.post("packs", wanted(period="2026-09"), 403)["code"] == "not_allowed"
    assert inspector.post(f"packs/{made['id']}/steps", {"what": "checked"}, 403)["code"] == "not_allowed"


def test_outside_the_area_it_is_not_there(counting: Counting) -> None:
    made = Program("clerk", "statistician", COUNTY).post("packs", wanted(), 201)
    for name, role, unit in (("next", "county_supervisor", "469024"), ("town", "town_office", TOWN)):
        other = Program(name, role, unit)
        for where in ("", "/changes", "/papers/pdf"):
            other.get(f"packs/{made['id']}{where}", 404)
        other.post(f"packs/{made['id']}/steps", {"what": "checked"}, 404)
        other.post("packs", wanted(), 404)
        other.get("packs/making", 404, unit=COUNTY, period="2026-10")


def test_lists_come_a_page_at_a_time_and_each_reading_is_noted(counting: Counting) -> None:
    clerk = Program("clerk", "statistician", COUNTY)
    for month in ("2026-07", "2026-08", "2026-09"):
        clerk.post("packs", wanted(period=month), 201)
    first = clerk.get("packs", limit=2)
    assert (len(first["items"]), first["total"]) == (2, 3)
    assert [p["period"] for p in clerk.whole("packs", limit=2)] == ["2026-09", "2026-08", "2026-07"]
    assert clerk.get("packs", kind="year")["items"] == []
    clerk.get("packs", 404, cursor="x")
    clerk.get(f"packs/{first['items'][0]['id']}")
    noted = [line.detail for line in lines("clerk", "list")]
    assert f"api packs {COUNTY}" in noted
    assert any(detail.startswith("api pack 469023-202609-1") for detail in noted)


def test_what_it_holds_hides_what_the_page_hides_and_papers_are_the_same(counting: Counting) -> None:
    counting.given.counts = {**counting.given.counts, ("duties.overdue", 4, "report_in"): 3}
    clerk = Program("clerk", "statistician", COUNTY)
    made = clerk.post("packs", wanted(), 201)
    told = clerk.get(f"packs/{made['id']}")
    assert told["flow"][0]["name"] == "opening"
    assert told["flow"][0]["amount"]["value"] == 40
    west = next(row for row in told["overdue"]["rows"] if row["unit"]["code"] == "469023101")
    assert any(amount["hidden"] == "few" and amount["value"] is None for amount in west["amounts"])
    for paper, begins in (("word", b"PK"), ("pdf", b"%PDF"), ("excel", b"PK")):
        where = f"/api/v1/packs/{made['id']}/papers/{paper}"
        answer = clerk.calls.get(where, headers=clerk.headers)
        assert answer.content.startswith(begins)
        assert clerk.calls.get(where, headers=clerk.headers).content == answer.content


def test_why_a_figure_changed_since_is_said_with_counts(counting: Counting) -> None:
    counting.given.seq = 0  # whatever this store holds came after
    clerk = Program("clerk", "statistician", COUNTY)
    made = clerk.post("packs", wanted(), 201)
    assert clerk.get(f"packs/{made['id']}/changes") == {"came": [], "changed": []}
    gate.record_many(Pen(1).on_community_treatment(unit=VILLAGE, served="2026-10-09"), actor=house(), now=NOW)
    more = [under(p, "2026-01-05") for p in range(40)] + [under(99, "2026-10-09")]
    counting.given.measures, counting.given.homes = [m[0] for m in more], [m[1] for m in more]
    told = clerk.get(f"packs/{made['id']}/changes")
    assert {one["kind"] for one in told["came"]} >= {"order", "served"}
    closing = next(one for one in told["changed"] if one["key"] == "flow.closing")
    assert (closing["was"]["value"], closing["now"]["value"]) == (40, 41)
    assert "补录" in closing["because"][0]["zh"]
    assert clerk.get(f"packs/{made['id']}/changes", count="false")["changed"] is None


def test_a_correction_names_what_it_corrects(counting: Counting) -> None:
    clerk, chief = Program("clerk", "statistician", COUNTY), Program("chief", "county_supervisor", COUNTY)
    made = clerk.post("packs", wanted(), 201)
    at = f"packs/{made['id']}"
    clerk.post("packs", wanted(corrects=made["id"], why="漏报"), 409)  # not submitted yet
    clerk.post(f"{at}/steps", {"what": "checked"}, 201)
    chief.post(f"{at}/signature", {}, 201)
    clerk.post(f"{at}/steps", {"what": "submitted"}, 201)
    clerk.post("packs", wanted(corrects=made["id"]), 409)  # without words
    new = clerk.post("packs", wanted(corrects=made["id"], why="漏报"), 201)
    assert (new["replaces"], new["why"]) == (made["id"], "漏报")


def test_a_period_that_is_not_over_and_a_village_are_refused_in_words(counting: Counting) -> None:
    chief = Program("chief", "county_supervisor", COUNTY)
    assert "2026-11-25" in chief.post("packs", wanted(period="2026-11"), 409)["said"]["zh"]
    assert chief.post("packs", wanted(unit=VILLAGE), 409)["said"]["en"]
    chief.post("packs", wanted(period="2026-13"), 404)
    assert chief.get("packs/making", unit=COUNTY, period="2026-10")["state"] == "none"


def test_a_long_one_is_asked_for_again_until_it_is_there(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_api, "WAIT", 0.05)
    clerk = Program("clerk", "statistician", COUNTY)
    sent = wanted()
    assert clerk.post("packs", sent, 202)["state"] == "running"
    assert clerk.post("packs", sent, 202)["id"] == sent["id"]
    assert clerk.post("packs", wanted(), 409)["code"] == "state"
    assert clerk.get("packs/making", unit=COUNTY, period="2026-10")["state"] == "running"
    held.go_on.set()
    until(lambda: clerk.get("packs/making", unit=COUNTY, period="2026-10")["state"] == "done")
    assert clerk.post("packs", sent)["id"] == sent["id"]
    assert held.asked == 1
    assert len(packs.of_units([tree().find(COUNTY)])) == 1
