"""Sheets of a centre through the API: each stands there as its page would have written it, once; what is
wrong is said at its answer, and nobody records whom the page would not let."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest

from guitu.access import house
from guitu.casefile import Entry
from guitu.centre.patrol import LENGTH, code_of
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.store import gate, read, unitfiles
from guitu.store.units import tree
from guitu.web.api.centre_pages import SHEETS
from guitu.web.api.person_pages import NOT_YET, stays
from tests.conftest import NOW
from tests.store.writing import CENTRE, TOWN, Pen
from tests.web.brigade import WORKDAYS
from tests.web.calling import Program
from tests.web.inside import BRIGADE, held

TODAY = "2026-11-23"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY)


@pytest.fixture
def pens() -> list[Pen]:
    return held(NOW)


def sent(kind: str, day: str = TODAY, **fields: object) -> dict[str, object]:
    made = str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))
    return {"id": made, "kind": kind, "happened_on": day, "fields": fields}


def of_unit(kind: str, code: str = CENTRE) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def case_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def of(pen: Pen, kind: str) -> list[Entry]:
    view = read.file_view(pen.file)
    assert view is not None
    return [e for e in view.case_file.counted() if e.kind == kind]


def once(program: Program, code: str, told: dict[str, object]) -> Any:
    """Record it, and again: one entry, from where it came, and the first receipt both times."""
    where, kind = f"units/{code}/entries", str(told["kind"])
    before = len(of_unit(kind, code))
    made = program.post(where, told, 201)
    again = program.post(where, told)
    assert again["repeated"] is True
    assert again["receipt"] == made["receipt"]
    there = of_unit(kind, code)
    assert len(there) == before + 1
    assert next(e for e in there if str(e.id) == made["id"]).source.startswith("api:")
    return made


def wrong(program: Program, code: str, told: dict[str, object]) -> set[str]:
    """At which answers something is wrong."""
    answer = program.post(f"units/{code}/entries", told, 422)
    return {fault["field"] for fault in answer["faults"]}


def head() -> Program:
    return Program("head", "centre_head", CENTRE)


def officer() -> Program:
    return Program("brigade", "brigade_officer", BRIGADE)


def test_the_box_is_opened_by_two() -> None:
    papers = {"opener_1": "陈所长", "opener_2": "周主任", "papers": "3", "unsigned": "1"}
    once(head(), CENTRE, sent("box_opened", **papers))
    assert of_unit("box_opened")[0].get("papers") == 3
    assert wrong(head(), CENTRE, sent("box_opened", **{**papers, "opener_2": "陈所长"})) == {"opener_2"}
    assert officer().post(f"units/{BRIGADE}/entries", sent("box_opened", **papers), 403)


def test_a_timetable_and_a_plan_of_work_are_checked_by_their_pages() -> None:
    plan = {"from_day": "2026-11-24", "workdays": WORKDAYS}
    once(officer(), BRIGADE, sent("timetable", **plan))
    assert of_unit("timetable", BRIGADE)[0].get("work_minutes") == 360
    assert "workdays" in wrong(officer(), BRIGADE, sent("timetable", from_day="2026-11-24", workdays="?"))
    assert wrong(officer(), BRIGADE, sent("timetable", **plan, rolls="2")) == {"rolls"}  # summed by the page
    assert wrong(officer(), BRIGADE, sent("timetable", "2026-11-20", **plan)) == {"happened_on"}
    work = {"on": "2026-11-25", "hours": "6", "what": "缝纫", "safety": "yes"}
    once(officer(), BRIGADE, sent("work_plan", **work))
    assert wrong(officer(), BRIGADE, sent("work_plan", **{**work, "on": "2026-11-20"})) == {"on"}


def test_a_roll_is_called_by_exception_and_only_with_the_list_as_it_is(pens: list[Pen]) -> None:
    cases = [case_of(pen) for pen in pens]
    roll = {"at": "06:40", "list": " ".join(cases), "marks": f"{cases[1]}=late\n{cases[2]}=missing"}
    assert wrong(officer(), BRIGADE, sent("roll_call", **{**roll, "list": cases[0]})) == {""}
    assert wrong(officer(), BRIGADE, sent("roll_call", **{**roll, "marks": "NOBODY=late"})) == {"marks"}
    assert wrong(officer(), BRIGADE, sent("roll_call", **{**roll, "marks": f"{cases[0]}=away"})) == {"marks"}
    assert wrong(officer(), BRIGADE, sent("roll_call", **roll, present="4")) == {"present"}
    assert not of_unit("roll_call", BRIGADE)
    once(officer(), BRIGADE, sent("roll_call", **roll))
    (there,) = of_unit("roll_call", BRIGADE)
    assert (there.get("people"), there.get("present"), there.get("missing")) == (4, 3, 1)
    assert [e.get("what") for e in of(pens[2], "roll_exception")] == ["missing"]
    other = sent("roll_call", **{**roll, "marks": f"{cases[0]}=late"})
    officer().post(f"units/{BRIGADE}/entries", other, 409)
    assert not of(pens[0], "roll_exception")


def test_a_class_is_opened_planned_and_held(pens: list[Pen]) -> None:
    teacher = Program("teacher", "teacher", CENTRE)
    course = {
        "title": "法律常识",
        "sort": "law",
        "first": "2026-11-02",
        "room": "一教室",
        "teacher": "周老师",
    }
    made = once(teacher, CENTRE, sent("course", **course))
    assert wrong(teacher, CENTRE, sent("course", **course, until="2026-10-01")) == {"until"}
    slot = {
        "course_id": made["id"],
        "weekday": "mon",
        "starts": "8:30",
        "ends": "10:10",
        "since": "2026-11-02",
    }
    hour = once(teacher, CENTRE, sent("course_slot", **slot))
    assert of_unit("course_slot")[0].get("starts") == "08:30"
    assert wrong(teacher, CENTRE, sent("course_slot", **{**slot, "ends": "08:00"})) == {"ends"}
    enrolled = {"sort": "law", "subject": "法律常识", "course_id": made["id"]}
    gate.record_many(
        [pen.entry("course_enrolled", "2026-11-02", **enrolled) for pen in pens[:3]], actor=house(), now=NOW
    )
    told = {"slot": hour["id"], "absent": f"{case_of(pens[0])}=ill", "topic": "宪法"}
    stranger = {**told, "absent": f"{case_of(pens[3])}=ill"}
    assert wrong(teacher, CENTRE, sent("class_held", **stranger)) == {"absent"}
    teacher.post(
        f"units/{CENTRE}/entries", sent("class_held", "2026-11-24", **told), 404
    )  # no class that day
    once(teacher, CENTRE, sent("class_held", **told))
    (there,) = of_unit("class_held")
    assert (there.get("enrolled"), there.get("present"), there.get("excused")) == (3, 2, 1)
    assert [e.get("why") for e in of(pens[0], "class_absence")] == ["ill"]
    assert wrong(teacher, CENTRE, sent("class_held", **told)) == {"why"}  # it is held already
    assert officer().post(f"units/{BRIGADE}/entries", sent("course", **course), 403)


def test_a_session_lists_who_is_cleared(pens: list[Pen]) -> None:
    cleared = {"conclusion": "cleared", "until": date(2027, 2, 1)}
    gate.record_many(
        [pen.entry("training_clearance", "2026-11-01", **cleared) for pen in pens[:2]],
        actor=house(), now=NOW,
    )  # fmt: skip
    coach = Program("coach", "coach", CENTRE)
    case = case_of(pens[0])
    told = {"group": BRIGADE, "starts": "08:30", "minutes": "45", "marks": f"{case}=less"}
    assert wrong(coach, CENTRE, sent("training_session", **told, exertion=f"{case}=30")) == {"exertion"}
    other = {**told, "marks": f"{case_of(pens[3])}=less"}
    assert wrong(coach, CENTRE, sent("training_session", **other)) == {"marks"}
    once(coach, CENTRE, sent("training_session", **told, exertion=f"{case}=13"))
    (there,) = of_unit("training_session")
    assert (there.get("expected"), there.get("present"), there.get("less")) == (2, 2, 1)
    assert of(pens[0], "training_exception")[0].get("exertion") == 13


def test_checkpoints_and_rounds_are_planned_and_a_round_is_walked() -> None:
    point = once(head(), CENTRE, sent("checkpoint", name="东门", place="门柱"))
    code = str(of_unit("checkpoint")[0].get("code"))
    assert len(code) == len(code_of(os.urandom(LENGTH)))
    assert wrong(head(), CENTRE, sent("checkpoint", name="西门", code="AAAAAAAA")) == {"code"}
    plan = {"name": "夜巡", "times": "20:00 23:00", "within": "20", "points": code, "state": "in_force"}
    once(head(), CENTRE, sent("patrol_plan", **plan))
    assert wrong(head(), CENTRE, sent("patrol_plan", **{**plan, "within": "200"})) == {"within"}
    assert wrong(head(), CENTRE, sent("patrol_plan", **{**plan, "points": "00000000"})) == {"points"}
    once(head(), CENTRE, sent("checkpoint_closed", to=point["id"], why="改建"))
    no = head().post(f"units/{CENTRE}/entries", sent("patrol_round", plan="夜巡"), 422)
    assert no["code"] == "own_page"
    assert stays()["patrol_round"].en in no["said"]["en"]


def test_what_is_kept_against_infection() -> None:
    once(head(), CENTRE, sent("epidemic_case", disease="流行性感冒", people="2", sort="staff", found="entry",
                              origin="outside"))  # fmt: skip
    made = once(head(), CENTRE, sent("epidemic_supply", name="口罩", measure="只", keep_days="30"))
    moved = {"supply": made["id"], "way": "count", "amount": "400"}
    once(head(), CENTRE, sent("supply_moved", **moved))
    assert of_unit("supply_moved")[0].get("name") == "口罩"
    assert wrong(head(), CENTRE, sent("supply_moved", **{**moved, "amount": "?"})) == {"amount"}
    assert wrong(head(), CENTRE, sent("supply_moved", **moved, name="别的")) == {"name"}
    head().post(f"units/{CENTRE}/entries", sent("supply_moved", **{**moved, "supply": sent("x")["id"]}), 404)
    elsewhere = sent("epidemic_supply", name="口罩", measure="只")
    said = head().post(f"units/{BRIGADE}/entries", elsewhere, 422)["said"]
    assert CENTRE in said["zh"]
    assert not of_unit("epidemic_supply", BRIGADE)


def test_each_sheet_is_a_kind_and_says_what_is_sent() -> None:
    told = {one["name"]: one for one in head().get("kinds")}
    for name, sheet in SHEETS.items():
        assert kinds()[name].about == "unit"
        answers = told[name]["answers"]
        assert set(answers["properties"]) == set(sheet.sent), name
        assert set(answers["required"]) == set(sheet.must), name


def test_counts_of_others_coming_in_are_sent_a_sort_at_a_time() -> None:
    counts = {"sort": "visitor", "came": "18", "screened": "17", "turned_away": "1"}
    once(head(), CENTRE, sent("entry_counted", **counts))
    assert [(e.get("sort"), e.get("screened")) for e in of_unit("entry_counted")] == [("visitor", 17)]
    assert wrong(head(), CENTRE, sent("entry_counted", **{**counts, "sort": "nobody"})) == {"sort"}
    assert wrong(head(), CENTRE, sent("entry_counted", **{**counts, "screened": "90"})) == {"screened"}
    assert wrong(head(), CENTRE, sent("entry_counted", sort="staff")) == {"came"}
    Program("doctor", "doctor", CENTRE).post(f"units/{CENTRE}/entries", sent("entry_counted", **counts), 403)


def test_a_checklist_is_drawn_up_and_filled_in_by_the_words_of_its_items() -> None:
    county, town = Program("county", "county_supervisor", "469023"), Program("town", "town_office", TOWN)
    asks = {"name": "宣传月清单", "use": "outreach", "who": "town", "every": "month", "items": "甲\n乙",
            "from_day": "2026-09-10", "proof": "yes"}  # fmt: skip
    assert "items" in wrong(county, "469023", sent("checklist", **{**asks, "items": ""}))
    assert wrong(county, "469023", sent("checklist", **asks, own_id="1")) == {"own_id"}
    made = once(county, "469023", sent("checklist", **asks))
    fills = {"checklist": made["id"], "at": "469023", "ticked": "乙", "proof": "照片 12 号"}
    assert wrong(town, TOWN, sent("checklist_filled", **{**fills, "ticked": "丙"})) == {"ticked"}
    assert wrong(town, TOWN, sent("checklist_filled", **{**fills, "proof": ""})) == {"proof"}
    assert wrong(town, TOWN, sent("checklist_filled", "2026-11-20", **fills)) == {"happened_on"}
    once(town, TOWN, sent("checklist_filled", **fills))
    (there,) = of_unit("checklist_filled", TOWN)
    assert (there.get("done"), there.get("asked"), there.get("gaps")) == (1, 2, "甲")
    town.post(f"units/{TOWN}/entries", sent("checklist_filled", **{**fills, "ticked": "甲"}), 409)
    county.post("units/469023/entries", sent("checklist_filled", **fills), 404)


def test_whatever_stays_a_page_says_why() -> None:
    assert NOT_YET not in stays().values()
