"""Safety and advice through the API: by their pages' own checks, as the page would have written it, and for
nobody whom the page would not let."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest

from guitu.access import house
from guitu.casefile import Entry
from guitu.kernel.ids import uuid7
from guitu.store import unitfiles
from guitu.store.units import tree
from guitu.web.api.desk_pages import COMPLAINT, PLANNED
from guitu.web.api.person_pages import stays
from tests.conftest import NOW
from tests.store.writing import CENTRE
from tests.web.calling import TOWN, Program
from tests.web.inside import BRIGADE

WHERE = f"units/{CENTRE}/entries"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


def new_id() -> str:
    return str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))


def sent(kind: str, day: str = "2026-11-23", **fields: object) -> dict[str, object]:
    return {"id": new_id(), "kind": kind, "happened_on": day, "fields": fields}


def there(kind: str, code: str = CENTRE) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def told(code: str, kind: str, on: str, **fields: Any) -> str:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=NOW, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=NOW)
    return str(entry.id)


def hazard() -> str:
    return told(
        CENTRE, "hazard", "2026-11-01", sort="fire", place="食堂", what="灭火器过期", owner="符某某",
        found_by="patrol", due_on=date(2026, 11, 20),
    )  # fmt: skip


def test_a_hazard_is_postponed_and_closed_by_another_than_whose_it_is() -> None:
    head, officer = Program("h", "centre_head", CENTRE), Program("b", "brigade_officer", BRIGADE)
    found = hazard()
    later = sent("hazard_moved", to=found, due_on="2026-12-01", why="等配件", meanwhile="加派巡查")
    first = head.post(WHERE, later, 201)
    again = head.post(WHERE, later)
    assert (again["repeated"], again["receipt"]) == (True, first["receipt"])
    (moved,) = there("hazard_moved")
    assert (str(moved.id), moved.get("due_on"), str(moved.get("to"))) == (
        later["id"], date(2026, 12, 1), found,
    )  # fmt: skip
    no_why = head.post(WHERE, sent("hazard_moved", to=found, due_on="2026-12-02", meanwhile="加派巡查"), 422)
    assert [f["field"] for f in no_why["faults"]] == ["why"]
    own = sent("hazard_closed", to=found, done="换新", checked_by="符某某")
    head.post(WHERE, own, 422)
    officer.post(WHERE, sent("hazard_closed", to=found, done="换新", checked_by="林某某"), 404)
    head.post(WHERE, sent("hazard_closed", to=found, done="换新", checked_by="林某某"), 201)
    assert [e.get("checked_by") for e in there("hazard_closed")] == ["林某某"]
    head.post(WHERE, sent("hazard_closed", to=new_id(), done="换新", checked_by="林某某"), 404)


def test_an_incidents_report_is_recorded_for_an_incident_that_is_there() -> None:
    head = Program("h", "centre_head", CENTRE)
    incident = told(CENTRE, "incident", "2026-11-22", sort="crime", what="happened")
    fields = {"to_whom": "police", "told_at": "830", "by": "林某某"}
    head.post(WHERE, sent("incident_reported", to=new_id(), **fields), 404)
    wrong = head.post(WHERE, sent("incident_reported", to=incident, **{**fields, "to_whom": "nobody"}), 422)
    assert [f["field"] for f in wrong["faults"]] == ["to_whom"]
    head.post(WHERE, sent("incident_reported", to=incident, **fields), 201)
    (entry,) = there("incident_reported")
    assert (str(entry.get("to")), entry.get("to_whom")) == (incident, "police")
    assert entry.get("by") == "林某某"
    assert entry.source.startswith("api:")


def test_a_meetings_task_is_decided_and_done() -> None:
    head, officer = Program("h", "centre_head", CENTRE), Program("b", "brigade_officer", BRIGADE)
    meeting = told(CENTRE, "meeting", "2026-11-20", sort="risk", people=9, weighed="节前情绪波动")
    task = sent("meeting_task", meeting=meeting, what="补装门磁", owner="符某某", due_on="2026-12-01")
    officer.post(f"units/{BRIGADE}/entries", task, 403)
    decided = head.post(WHERE, task, 201)
    assert [str(e.get("meeting")) for e in there("meeting_task")] == [meeting]
    wrong = head.post(WHERE, sent("meeting_task_done", to=decided["id"]), 422)
    assert {f["field"] for f in wrong["faults"]} == {"outcome", "how"}
    head.post(WHERE, sent("meeting_task_done", to=decided["id"], outcome="done", how="已装"), 201)
    assert [e.get("outcome") for e in there("meeting_task_done")] == ["done"]


def test_advice_is_given_once_by_the_station_and_today() -> None:
    asked = told(TOWN, "advice_asked", "2026-11-20", topic="testing", text="采样时谁应当在场")
    where = f"units/{TOWN}/entries"
    answer = sent("advice_given", to=asked, text="两名工作人员，同性采样")
    assert Program("t", "town_office", TOWN).post(where, answer, 403)["code"] == "not_allowed"
    station = Program("s", "guidance_station", "469023")
    old = station.post(where, {**answer, "happened_on": "2026-11-22"}, 422)
    assert [f["field"] for f in old["faults"]] == ["happened_on"]
    bare = station.post(where, sent("advice_given", to=asked, text=""), 422)
    assert [f["field"] for f in bare["faults"]] == ["text"]
    first = station.post(where, answer, 201)
    again = station.post(where, answer)
    assert (again["repeated"], again["receipt"]) == (True, first["receipt"])
    (entry,) = there("advice_given", TOWN)
    assert (str(entry.get("to")), entry.get("text")) == (asked, "两名工作人员，同性采样")
    assert entry.source.startswith("api:")
    assert station.post(where, sent("advice_given", to=asked, text="另一个"), 422)["code"] == "contradiction"
    assert len(there("advice_given", TOWN)) == 1


def test_why_a_complaint_and_a_plan_stay_on_their_pages_is_said() -> None:
    for name in ("complaint_received", "complaint_forwarded", "complaint_answer"):
        assert stays()[name] == COMPLAINT
    assert stays()["follow_up_plan"] == PLANNED
    no = Program("t", "town_office", TOWN).post(f"units/{TOWN}/entries", sent("complaint_answer"), 422)
    assert no["code"] == "own_page"
    assert COMPLAINT.zh in no["said"]["zh"]
