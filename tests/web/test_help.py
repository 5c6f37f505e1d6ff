"""Help on its pages: needs and how far they came, work asked after, recovery places left by one press,
stations that answer; and who may not look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate, personal, read, unitfiles, units
from guitu.store.units import NewUnit, tree
from tests.store.writing import OTHER_VILLAGE, TOWN, VILLAGE, Pen
from tests.web.desk import html, links, text
from tests.web.own import enter
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
STATION = "469023Z01"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def town() -> Client:
    return signed_in("town", "town_office", TOWN)


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def served(now: datetime, number: int = 61, name: str = "王小明") -> Pen:
    """Somebody on community treatment in the village."""
    pen = Pen(number)
    gate.record_many(
        [
            *pen.on_community_treatment(name=name, served="2026-03-01"),
            pen.entry("reporting_in", "2026-03-05"),
        ],
        actor=house(),
        now=now,
    )
    return pen


def put(now: datetime, *entries: Entry) -> None:
    gate.record_many(list(entries), actor=house(), now=now)


def case_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def test_a_need_is_worked_off_and_counted(town: Client, now: datetime) -> None:
    pen = served(now)
    at = f"/help/people/{case_of(pen)}/"
    page = html(town, at)
    assert "还没有登记过需求" in text(page)
    put(now, need := pen.entry("help_need", "2026-08-01", line="work", wish="想学电焊"))
    page = html(town, at)
    assert "想学电焊" in text(page)
    (refer,) = [href for href, words in links(page) if words == "转介"]
    assert f"to={need.id}" in refer
    answer = town.post(
        refer.partition("?")[0],
        {"id": hidden(html(town, refer), "id"), "from": "help", "to": str(need.id), "agreed": "yes",
         "happened_on": "2026-08-05", "office": "县就业局", "reply_by": "2026-08-20"},
    )  # fmt: skip
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, at)
    board = text(html(town, "/help/"))
    assert "需求 1 项，落实 0.0%（0/1），还没有着落 1 项，逾期 1 项" in board
    assert "王小明 工作" in board
    assert "答复逾期" in board
    put(now, pen.entry("help_delivered", "2026-09-01", to=str(need.id), what="包装厂工作"))
    assert "落实 100.0%（1/1），还没有着落 0 项，逾期 0 项" in text(html(town, "/help/"))


def test_work_is_asked_after_and_the_unasked_count(town: Client, now: datetime) -> None:
    told(now, COUNTY, "employer", "2026-01-01", name="示范包装厂", trade="making", places=3)
    pen, other = served(now), served(now, 62, "符大勇")
    page = html(town, f"/help/people/{case_of(pen)}/")
    assert "示范包装厂（空岗 3）" in text(page)
    firm = next(e for e in unitfiles.unit_file(tree().find(COUNTY)).counted() if e.kind == "employer")
    put(
        now,
        placed := pen.entry("job_placement", "2026-08-20", how="employer", employer=str(firm.id)),
        pen.entry("job_check", "2026-09-21", to=str(placed.id), still="yes"),
        other.entry("job_placement", "2026-08-01", how="self_employed"),
    )
    page = text(html(town, "/help/work/"))
    assert "1 个月 2 50.0%（1/2） 0 1" in page
    assert "示范包装厂 制造加工 3 1 2" in page
    assert "王小明 2026-08-20 满 3 个月 2026-11-20" in page
    page = html(town, f"/help/people/{case_of(pen)}/")
    assert [words for _, words in links(page, "job_check")] == ["问满 3 个月"]
    assert "示范包装厂（空岗 2）" in text(page)
    town.cookies["guitu_view"] = "en.normal.normal.normal"
    assert "示范包装厂 (2 free)" in text(html(town, f"/help/people/{case_of(pen)}/"))
    page = text(html(town, "/help/work/"))
    assert "50.0% (1/2)" in page
    assert "（" not in page


def test_a_recovery_place_is_left_by_one_press_of_the_person(town: Client, now: datetime) -> None:
    farm = told(
        now, COUNTY, "recovery_place", "2025-01-01", name="示范康复农场", sort="farm", beds=20,
        most_hours="8", least_pay=2000, basis="当地最低工资标准",
    )  # fmt: skip
    pen = served(now)
    put(
        now,
        stay := pen.entry("recovery_place_stay", "2026-07-01", voluntary="yes", wage=1800,
                          copy_given="no", place=str(farm.id)),
    )  # fmt: skip
    page = text(html(town, "/help/places/"))
    assert "示范康复农场 康复农场 1/20 1 0" in page
    assert "王小明 2026-07-01" in page
    assert "协议没有交本人；报酬低于最低标准；上个月的报酬没有登记" in page
    view = read.file_view(pen.file)
    assert view is not None
    given = personal.give_access(view)
    me = enter(given.username, given.password)
    own = me.get("/mine/").content.decode()
    assert "示范康复农场" in own
    assert "随时可以离开" in own
    assert me.post("/mine/stay/leave/", {"to": "something else"}).status_code == 302
    for _ in range(2):
        answer = me.post("/mine/stay/leave/", {"to": str(stay.id)})
        assert answer.status_code == 302
    own = me.get("/mine/?saved=left").content.decode()
    assert "已登记：您离开了康复场所" in own
    assert "我要离开" not in own
    view = read.file_view(pen.file)
    assert view is not None
    (left,) = [e for e in view.case_file.counted() if e.kind == "recovery_place_left"]
    assert (left.happened_on, left.get("how")) == (MONDAY, "own_wish")
    assert "示范康复农场 康复农场 0/20 1 1" in text(html(town, "/help/places/"))


def test_a_station_covers_towns_and_answers_what_they_ask(town: Client, now: datetime) -> None:
    units.add([NewUnit(STATION, "示范指导站", "guidance_station", COUNTY)])
    assert "没有指导站覆盖的乡镇" in text(html(town, "/help/stations/"))
    told(now, STATION, "station_cover", "2026-01-01", town=TOWN)
    told(now, STATION, "station_visit", "2026-10-10", town=TOWN, what="training")
    asked = told(now, TOWN, "advice_asked", "2026-11-20", topic="testing", text="采样时谁应当在场")
    page = text(html(town, "/help/stations/"))
    assert "1 个站，覆盖乡镇 1/1，等答复的问题 1 个" in page
    assert "1 1/1 2026-10-10" in page
    station = signed_in("station", "guidance_station", COUNTY)
    where = f"/help/stations/{TOWN}/{asked.id}/"
    form = html(station, where)
    assert station.post(where, {"id": hidden(form, "id"), "text": " "}).status_code == 422
    answer = station.post(where, {"id": hidden(form, "id"), "text": "两名工作人员，同性采样"})
    assert answer.status_code == 302
    assert "两名工作人员，同性采样" in text(html(town, where))
    assert "等答复的问题 0 个" in text(html(town, "/help/stations/"))
    html(signed_in("far", "guidance_station", "469024"), where, 404)
    worker = signed_in("worker", "village_worker", VILLAGE)
    assert "1 个站，覆盖乡镇 1/1" in text(html(worker, "/help/stations/"))


def test_who_asked_for_advice_reads_the_whole_question_while_it_waits(town: Client, now: datetime) -> None:
    units.add([NewUnit(STATION, "示范指导站", "guidance_station", COUNTY)])
    asked = told(now, TOWN, "advice_asked", "2026-11-20", topic="testing", text="采样" * 40)
    where = f"/help/stations/{TOWN}/{asked.id}/"
    assert where in dict(links(html(town, "/help/stations/")))
    page = html(town, where)
    assert "采样" * 40 in page
    assert 'name="text"' not in page


def test_days_that_cannot_follow_each_other_are_refused_at_their_box(town: Client, now: datetime) -> None:
    pen = served(now)
    put(now, need := pen.entry("help_need", "2026-08-01", line="work"))
    at = f"/files/{case_of(pen)}/record/"
    refer = {"to": str(need.id), "agreed": "yes", "happened_on": "2026-08-05", "office": "县就业局"}
    form = f"{at}help_referral/?to={need.id}"
    early = {"id": hidden(html(town, form), "id"), **refer, "reply_by": "2026-08-04"}
    answer = town.post(f"{at}help_referral/", early)
    assert answer.status_code == 422
    assert "约定答复日期 2026年8月4日 早于转介日期（2026年8月5日），请核对。" in text(answer.content.decode())
    assert town.post(f"{at}help_referral/", {**early, "reply_by": "2026-08-05"}).status_code == 302
    view = read.file_view(pen.file)
    assert view is not None
    sent = view.entries[-1]
    form = f"{at}help_referral_result/?to={sent.id}"
    result = {"id": hidden(html(town, form), "id"), "to": str(sent.id), "outcome": "accepted"}
    answer = town.post(f"{at}help_referral_result/", {**result, "happened_on": "2026-08-04"})
    assert answer.status_code == 422
    assert "早于所指的那一条（2026年8月5日）" in text(answer.content.decode())
    assert town.post(f"{at}help_referral_result/", {**result, "happened_on": "2026-08-05"}).status_code == 302


def test_a_referral_without_agreement_is_asked_about_and_stays_visible(town: Client, now: datetime) -> None:
    pen = served(now)
    put(now, need := pen.entry("help_need", "2026-08-01", line="work"))
    at = f"/files/{case_of(pen)}/record/help_referral/"
    asked = {"id": hidden(html(town, f"{at}?to={need.id}"), "id"), "to": str(need.id), "agreed": "no",
             "happened_on": "2026-11-20", "office": "县就业局", "from": "help"}  # fmt: skip
    check = town.post(at, asked)
    page = text(check.content.decode())
    assert "本人不同意转介。确实还是转介了吗？" in page
    assert "2026-08-01 需求：工作" in page
    assert str(need.id) not in page  # what is answered is said in words
    assert town.post(at, {**asked, "checked": "1"}).status_code == 302
    assert "本人不同意这次转介" in text(html(town, f"/help/people/{case_of(pen)}/"))


def test_a_request_answered_as_done_says_what_is_still_to_be_recorded(town: Client, now: datetime) -> None:
    pen = served(now)
    put(
        now,
        asked := pen.entry("help_request", "2026-08-01", need="work", text="想找活干"),
        pen.entry("help_answer", "2026-08-03", to=str(asked.id), outcome="given", text="已办"),
    )
    at = f"/help/people/{case_of(pen)}/"
    assert "登记了才算落实" in text(html(town, at))
    assert "答复为“已办”，落实还没有登记" in text(html(town, "/help/"))
    put(now, pen.entry("help_delivered", "2026-08-10", to=str(asked.id), what="包装厂工作"))
    assert "登记了才算落实" not in text(html(town, at))


def test_it_is_not_there_for_those_outside(now: datetime) -> None:
    pen = served(now)
    put(now, pen.entry("help_need", "2026-08-01", line="work"))
    other = signed_in("other", "town_office", "469024100" if tree().get("469024100") else "469024")
    assert "还没有登记过需求" in text(html(other, "/help/"))
    html(other, f"/help/people/{case_of(pen)}/", 404)
    html(other, f"/help/?unit={VILLAGE}", 404)
    neighbour = signed_in("neighbour", "village_worker", OTHER_VILLAGE)
    assert "王小明" not in text(html(neighbour, "/help/"))
    html(neighbour, f"/help/people/{case_of(pen)}/", 404)
    province = signed_in("province", "provincial_supervisor", "46")
    assert "需求 1 项" in text(html(province, "/help/"))
    page = html(province, f"/help/people/{case_of(pen)}/")
    assert not links(page, "/record/")
    html(signed_in("nurse", "nurse", "46J01"), "/help/", 403)
