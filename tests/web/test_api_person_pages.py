"""Kinds of a person's file with a page of their own through the API: by that page's own checks, for nobody
whom the page would not let; and of each that stays a page, why."""

from __future__ import annotations

import os
from datetime import date, datetime

import pytest

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.store import gate, read, unitfiles
from guitu.web.api.api import document
from guitu.web.api.own_pages import WAYS as UNIT_WAYS
from guitu.web.api.person_pages import WAYS, stays
from guitu.web.pages.training import batteries
from tests.conftest import NOW
from tests.store.reading_log import lines
from tests.store.writing import CENTRE, VILLAGE, Pen
from tests.web.calling import TOWN, Program
from tests.web.consulting import Ward as Consulting
from tests.web.inside import BRIGADE, held


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def pens() -> list[Pen]:
    return held(NOW)


def new_id() -> str:
    return str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))


def sent(kind: str, day: str = "2026-11-23", **fields: object) -> dict[str, object]:
    return {"id": new_id(), "kind": kind, "happened_on": day, "fields": fields}


def where(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return f"files/{view.case_no}/entries"


def of_kind(pen: Pen, kind: str) -> list[Entry]:
    view = read.file_view(pen.file)
    assert view is not None
    return [e for e in view.case_file.counted() if e.kind == kind]


def write(*some: Entry, now: datetime = NOW) -> None:
    gate.record_many(list(some), actor=house(), now=now)


def boxes(answer: dict[str, object]) -> set[str]:
    return {fault["field"] for fault in answer["faults"]}  # type: ignore[attr-defined]


def test_a_screening_is_scored_by_its_page_and_not_by_who_sends_it(pens: list[Pen]) -> None:
    lin = Program("lin", "counsellor", CENTRE)
    sheet = {"instrument": "phq9", "answers": "1,1,0,0,0,0,0,0,1", "administered_by": "林心", "way": "staff"}
    lin.post(where(pens[0]), sent("screening", **sheet, alert="no"), 422)  # the page says whether it alerts
    short = lin.post(where(pens[0]), sent("screening", **{**sheet, "answers": "1,1"}), 422)
    assert boxes(short) == {"answers"}
    missing = lin.post(where(pens[0]), sent("screening", **{**sheet, "answers": "1,-,0,0,0,0,0,0,1"}), 422)
    assert "第 2 题" in missing["said"]["zh"]
    lin.post(where(pens[0]), sent("screening", **{**sheet, "instrument": "none"}), 404)
    once = sent("screening", day="2026-11-20", **sheet)
    made = lin.post(where(pens[0]), once, 201)
    again = lin.post(where(pens[0]), once)
    assert again["repeated"] is True
    assert again["receipt"] == made["receipt"]
    (entry,) = of_kind(pens[0], "screening")
    assert (entry.get("alert"), entry.happened_on) == ("yes", date(2026, 11, 20))
    assert entry.source.startswith("api:")
    assert lin.post(where(pens[0]), {**once, "kind": "fitness_test"}, 403)["code"] == "not_allowed"
    assert any(line.detail == "api record" for line in lines("lin", "open"))


def test_training_takes_what_the_coachs_page_takes(pens: list[Pen]) -> None:
    coach = Program("coach", "coach", CENTRE)
    wanted = {"form": "walking", "formula": "tanaka", "resting": 70, "from_percent": 40, "to_percent": 60,
              "times": 3, "minutes": 30}  # fmt: skip
    barred = coach.post(where(pens[0]), sent("exercise_prescription", **wanted), 422)
    assert barred["said"]["zh"]
    write(pens[0].entry("training_clearance", "2026-11-01", conclusion="cleared", until=date(2027, 2, 1)))
    coach.post(where(pens[0]), sent("exercise_prescription", day="2026-11-22", **wanted), 422)  # today's only
    coach.post(where(pens[0]), sent("exercise_prescription", **wanted), 201)
    (entry,) = of_kind(pens[0], "exercise_prescription")
    assert int(str(entry.get("low"))) < int(str(entry.get("high")))
    battery = batteries.known()[0][0]
    item = next(i for i in battery.items if i.name == "resting_pulse")
    told = {"occasion": "regular", "battery": battery.name, "results": f"{item.name}=70"}
    coach.post(where(pens[0]), sent("fitness_test", **{**told, "results": "nonsense=1"}), 422)
    coach.post(where(pens[0]), sent("fitness_test", **{**told, "battery": "none"}), 404)
    coach.post(where(pens[0]), sent("fitness_test", **told), 201)
    assert of_kind(pens[0], "fitness_test")[0].get("battery") == battery.key


def test_a_bed_is_given_by_the_wards_rules(pens: list[Pen]) -> None:
    for kind, more in (
        ("ward", {"sex": "male", "purpose": "ordinary"}),
        ("room", {"room": "101", "beds": 1}),
    ):
        entry = unitfiles.new_entry(BRIGADE, kind, date(2026, 11, 1), {"ward": "一病区", **more}, now=NOW)
        gate.record_many([entry], actor=house(), now=NOW)
    officer = Program("wang", "brigade_officer", BRIGADE)
    bed = {"unit": BRIGADE, "ward": "一病区", "room": "101", "bed": 1, "why": "entry"}
    officer.post(where(pens[0]), sent("bed_placed", **bed), 201)
    taken = officer.post(where(pens[1]), sent("bed_placed", **bed), 422)
    assert boxes(taken) == {"place"}
    nurse = Program("hu", "nurse", CENTRE)
    assert nurse.post(where(pens[1]), sent("bed_placed", **bed), 403)["code"] == "not_allowed"


def test_no_dose_is_given_twice_and_none_after_it_was_stopped(pens: list[Pen]) -> None:
    some = {"dose": "1", "dose_unit": "片", "route": "oral"}
    rx = pens[0].entry("prescription", "2026-11-20", drug="氨氯地平片", often="once", **some)
    prn = pens[0].entry("prescription", "2026-11-20", drug="布洛芬片", often="needed", **some)
    write(rx, prn)
    nurse, doctor = Program("hu", "nurse", CENTRE), Program("chen", "doctor", CENTRE)
    given = {"prescription": str(rx.id), "round": 1, "outcome": "given"}
    assert boxes(nurse.post(where(pens[0]), sent("dose", **given, time=900), 422)) == {"time"}
    first = nurse.post(where(pens[0]), sent("dose", **given), 201)
    second = nurse.post(where(pens[0]), sent("dose", **given))
    assert second["repeated"] is True
    assert second["id"] == first["id"]
    held_back = {"prescription": str(rx.id), "round": 1, "outcome": "held", "why": "血压低", "time": 900}
    assert nurse.post(where(pens[0]), sent("dose", **held_back), 409)["said"]["zh"]
    needed = sent("dose", prescription=str(prn.id), round=0, outcome="given", time=905)
    nurse.post(where(pens[0]), needed, 201)
    assert nurse.post(where(pens[0]), needed)["repeated"] is True
    assert len(of_kind(pens[0], "dose")) == 2
    stop = sent("prescription_end", prescription=str(rx.id), why="换药")
    assert nurse.post(where(pens[0]), stop, 403)["code"] == "not_allowed"
    doctor.post(where(pens[0]), stop, 201)
    assert doctor.post(where(pens[0]), stop)["repeated"] is True
    doctor.post(where(pens[0]), sent("prescription_end", prescription=str(rx.id), why="另一原因"), 409)


def test_two_who_differ_are_said_to_be_two_events() -> None:
    pen = Pen(1, unit=VILLAGE)
    some = pen.on_community_treatment(served="2026-10-02")
    sides = []
    for author, result in (("li", "negative"), ("zhang", "positive")):
        pen.author = author
        sides.append(pen.entry("urine_test", "2026-11-20", outcome="taken", result=result))
    write(*some, *sides)
    li = Program("li", "town_office", TOWN)
    pair = {"one": str(sides[0].id), "other": str(sides[1].id)}
    li.post(where(pen), sent("two_events", **pair, note="上午一次、下午一次"), 201)
    assert of_kind(pen, "two_events")[0].get("note") == "上午一次、下午一次"
    assert li.post(where(pen), sent("two_events", **pair), 409)["said"]["en"]


def test_an_answer_names_what_it_answers_in_the_same_file() -> None:
    pen, other = Pen(1, unit=VILLAGE), Pen(2, unit=VILLAGE)
    asked = pen.entry("correction_request", "2026-11-20", text="出生日期写错了")
    write(*pen.on_community_treatment(served="2026-10-02"), asked)
    write(*other.on_community_treatment(served="2026-10-02"))
    li = Program("li", "town_office", TOWN)
    reply = {"outcome": "corrected", "text": "已更正"}
    told = {one["name"]: one for one in li.get("kinds")}["correction_reply"]
    assert told["recordable"]
    assert not told["page"]
    li.post(where(other), sent("correction_reply", to=str(asked.id), **reply), 422)
    answer = li.post(where(pen), sent("correction_reply", to=str(asked.id), **reply), 201)
    mended = {**sent("correction_reply", **reply), "corrects": answer["id"], "reason": "写错了"}
    li.post(where(pen), mended, 201)
    assert of_kind(pen, "correction_reply")[0].get("to") == str(asked.id)  # it stays an answer to the same


def test_a_consultation_is_asked_for_with_consent_and_closed() -> None:
    ward = Consulting()
    doctor = Program("zhou", "doctor", "46J01")
    ask = {"hospital": "46H01", "urgency": "today", "question": "怎样调整用药？", "summary": "血压控制不好",
           "shares": f"{ward.condition.id} {ward.vitals.id}", "consent_by": "self", "consent_video": "yes",
           "consent_named": "no"}  # fmt: skip
    doctor.post(where(ward.pen), sent("remote_request", **{**ask, "consent_by": ""}), 422)
    assert boxes(doctor.post(where(ward.pen), sent("remote_request", **{**ask, "hospital": "46"}), 422))
    doctor.post(where(ward.pen), sent("remote_consent", answer="yes"), 422)
    request = sent("remote_request", **ask)
    made = doctor.post(where(ward.pen), request, 201)
    assert made["id"] == request["id"]
    assert doctor.post(where(ward.pen), request)["repeated"] is True
    assert [e.get("answer") for e in of_kind(ward.pen, "remote_consent")] == ["yes"]
    calling = {"to": made["id"], "time": 1000, "minutes": 10, "how": "video", "present": "周医生"}
    assert doctor.post(where(ward.pen), sent("remote_call", **calling), 422)["said"]["zh"]  # not accepted yet
    doctor.post(where(ward.pen), sent("remote_withdrawn", to=made["id"], why="needless"), 201)
    doctor.post(where(ward.pen), sent("remote_closed", to=made["id"], outcome="treated"), 422)
    doctor.post(where(ward.pen), sent("remote_closed", to=new_id(), outcome="treated"), 404)
    no = sent("remote_consent", answer="no")
    doctor.post(where(ward.pen), no, 201)
    assert doctor.post(where(ward.pen), no)["repeated"] is True


def test_a_paper_is_made_out_with_its_digest(pens: list[Pen]) -> None:
    head = Program("head", "centre_head", CENTRE)
    paper = sent("paper_made", paper="certificate", number="示范解字1号")
    head.post(where(pens[0]), paper, 201)
    assert of_kind(pens[0], "paper_made")[0].get("digest")
    head.post(where(pens[0]), sent("paper_made", paper="nothing"), 404)


def test_every_kind_is_recorded_here_or_says_why_not(pens: list[Pen]) -> None:
    told = {one["name"]: one for one in Program("head", "centre_head", CENTRE).get("kinds")}
    for name, kind in kinds().items():
        if kind.act or kind.own_page:
            assert name in WAYS or name in UNIT_WAYS or name in stays(), name
        assert (told[name]["elsewhere"] is not None) == (name in stays()), name
        assert not (told[name]["recordable"] and name in stays()), name
    for name in WAYS:
        assert kinds()[name].about == "person"
        assert not kinds()[name].act
        assert set(told[name]["answers"]["required"]) <= set(told[name]["answers"]["properties"])
    head = Program("head", "centre_head", CENTRE)
    for name in ("record_sealed", "assessment_sheet", "reminder_sent", "remote_opinion", "device_series"):
        no = head.post(where(pens[0]), sent(name), 422)
        assert no["code"] == "own_page"
        assert stays()[name].zh in no["said"]["zh"]
        assert stays()[name].en in no["said"]["en"]
    path = document()["paths"]["/api/v1/files/{case}/entries"]["post"]
    assert path["x-not-recorded"]["record_sealed"]["en"] == stays()["record_sealed"].en
