"""What takes two people through the API: listed, read, decided by somebody else, taken back."""

from __future__ import annotations

import os
from datetime import datetime

import pytest

from guitu.access import house
from guitu.kernel.ids import uuid7
from guitu.store import gate, grants, read
from tests.browser.casefiles import people
from tests.conftest import NOW
from tests.store.reading_log import lines
from tests.store.writing import VILLAGE, Pen
from tests.web.calling import Program, account
from tests.web.recording import entries

ORDER = {"measure": "community_recovery", "months": 36, "document_no": "示公〔2026〕3号"}
TOWN = "469023101"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def case(places: object) -> str:
    return people()["ended"]


def proposed(town: Program, case: str) -> str:
    """An order that the API put before a second officer; its id."""
    identifier = str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))
    sent = {"id": identifier, "kind": "order", "happened_on": "2026-11-20", "fields": ORDER}
    assert town.post(f"files/{case}/entries", sent, 202)["state"] == "proposed"
    return identifier


def test_a_second_officer_reads_and_approves_what_a_program_proposed(case: str) -> None:
    town, county = Program("t", "town_office", TOWN), Program("c", "county_supervisor", "469023")
    proposal = proposed(town, case)
    (line,) = county.get("proposals")["items"]
    assert (line["id"], line["case_no"], line["state"]) == (proposal, case, "proposed")
    assert line["name"]
    whole = county.get(f"proposals/{proposal}")
    assert whole["decides"]
    assert "示公〔2026〕3号" in [one["text"]["zh"] for one in whole["told"]]
    assert "county_supervisor" in whole["approved_by"]
    done = county.post(f"proposals/{proposal}/decision", {"decision": "approve"})
    assert done["state"] == "approved"
    assert [s["what"]["zh"] for s in done["steps"]] == ["提出", "通过"]
    assert (entries(case)[-1].kind, entries(case)[-1].author) == ("order", "t")
    again = county.post(f"proposals/{proposal}/decision", {"decision": "approve"}, 409)
    assert again["code"] == "decided"
    assert [one["id"] for one in county.get("proposals", list="decided")["items"]] == [proposal]
    assert [one.detail for one in lines("c", "record")] == [f"api approve {proposal}"]
    assert "api proposal" in [one.detail for one in lines("c", "open")]


def test_nobody_decides_what_they_proposed_and_refusing_takes_a_reason(case: str) -> None:
    town, county = Program("t", "town_office", TOWN), Program("c", "county_supervisor", "469023")
    proposal = proposed(town, case)
    assert town.get("proposals")["total"] == 0
    assert town.get("proposals", list="mine")["total"] == 1
    town.post(f"proposals/{proposal}/decision", {"decision": "approve"}, 403)
    county.post(f"proposals/{proposal}/decision", {"decision": "refuse"}, 422)
    refused = county.post(f"proposals/{proposal}/decision", {"decision": "refuse", "reason": "文书号不符"})
    assert refused["state"] == "refused"
    assert refused["steps"][-1]["reason"] == "文书号不符"


def test_one_takes_ones_own_back_and_nobody_elses(case: str) -> None:
    town, county = Program("t", "town_office", TOWN), Program("c", "county_supervisor", "469023")
    proposal = proposed(town, case)
    county.post(f"proposals/{proposal}/withdrawal", {}, 403)
    assert town.post(f"proposals/{proposal}/withdrawal", {"reason": "重复"})["state"] == "withdrawn"


def test_a_token_that_lists_decides_nothing_and_another_area_sees_nothing(case: str) -> None:
    town = Program("t", "town_office", TOWN)
    proposal = proposed(town, case)
    lists = Program("c", "county_supervisor", "469023", "proposals")
    lists.get(f"proposals/{proposal}")
    assert lists.post(f"proposals/{proposal}/decision", {"decision": "approve"}, 403)["code"] == "no_scope"
    far = Program("far", "county_supervisor", "469024")
    assert far.get("proposals")["total"] == 0
    far.get(f"proposals/{proposal}", 404)
    far.post(f"proposals/{proposal}/decision", {"decision": "approve"}, 404)
    far.post(f"proposals/{proposal}/withdrawal", {}, 404)
    assert far.get("proposals", 404, cursor="x")["code"] == "no_cursor"


def test_leave_for_a_minors_file_is_given_by_who_watches_over_the_unit(places: object, now: datetime) -> None:
    pen = Pen(1)
    made = [pen.person("陈小满", "2010-06-01"), pen.held_by(VILLAGE, worker="李晓梅")]
    gate.record_many(made, actor=house(), now=now)
    view = read.file_view(pen.file)
    assert view is not None
    asking = account("v", "village_worker", VILLAGE)
    grants.ask_minor(view, asking.actor, "入户走访", now)
    grants.ask_minor(view, account("v2", "village_worker", VILLAGE).actor, "送达文书", now)
    county = Program("c", "county_supervisor", "469023")
    waiting, other = county.whole("leaves", limit=1)
    assert other["account"] == "v2"
    assert county.get("leaves", limit=1)["total"] == 2
    assert county.post(f"leaves/{other['number']}/answer", {"answer": "refuse"})["state"] == "refused"
    assert (waiting["case_no"], waiting["account"], waiting["state"]) == (view.case_no, "v", "asked")
    where = f"leaves/{waiting['number']}/answer"
    Program("far", "county_supervisor", "469024").post(where, {"answer": "give", "days": 3}, 404)
    county.post(where, {"answer": "give", "days": 900}, 422)
    county.get("leaves", 404, cursor="x")
    assert county.post(where, {"answer": "give", "days": 3})["state"] == "given"
    assert county.get("leaves") == {"items": [], "next": None, "total": 0}
    county.post(where, {"answer": "refuse"}, 422)
    county.post("leaves/0/answer", {"answer": "refuse"}, 404)
    assert "api minor-given" in [one.detail for one in lines("c", "admin")]
