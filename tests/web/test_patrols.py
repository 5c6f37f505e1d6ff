"""Patrols and venues on their pages: sections with two heads, rounds that name places only, venues inspected
and closed; and who may not look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import unitfiles
from guitu.store.units import tree
from tests.store.writing import TOWN, VILLAGE
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"


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


def counted(code: str, kind: str) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def section(now: datetime, **more: Any) -> Entry:
    given: dict[str, Any] = {
        "name": "示范湾岸段",
        "begins": "灯塔",
        "ends": "河口",
        "first_unit": TOWN,
        "first_post": "head",
        "second_unit": COUNTY,
        "second_post": "border_station",
        "walk_every": 7,
    }
    return told(now, TOWN, "coast_section", "2026-01-10", **{**given, **more})


def test_nothing_yet_says_what_to_do(town: Client) -> None:
    page = html(town, "/patrols/")
    assert "还没有划定岸段" in text(page)
    assert "还没有登记护村队" in text(page)
    assert "一年内没有登记过巡防" in text(html(town, "/patrols/rounds/"))
    assert "还没有登记场所" in text(html(town, "/patrols/venues/"))


def test_a_section_is_drawn_with_two_heads_by_post(town: Client, now: datetime) -> None:
    where = f"/patrols/record/{TOWN}/coast_section/"
    page = html(town, where)
    answers = {
        "id": hidden(page, "id"),
        "in": TOWN,
        "happened_on": "2026-11-01",
        "name": "示范湾岸段",
        "begins": "灯塔",
        "ends": "河口",
        "km": "4.5",
        "first_unit": TOWN,
        "first_post": "head",
        "second_unit": COUNTY,
        "second_post": "border_station",
        "walk_every": "7",
    }
    wrong = town.post(where, {**answers, "name": "王某某家门口", "ends": "13800138000", "second_post": ""})
    assert wrong.status_code == 422
    assert "不写任何人" in wrong.content.decode()
    assert "不写证件号" in wrong.content.decode()
    assert 'value="13800138000"' in wrong.content.decode()  # what was typed is kept
    assert counted(TOWN, "coast_section") == []
    assert town.post(where, answers).status_code == 302
    said = text(html(town, "/patrols/?saved=coast_section"))
    assert "已保存：岸段" in said
    assert "示范湾岸段" in said
    assert "海岸派出所所长" in said
    assert "逾期未巡" in said


def test_a_round_names_the_section_and_the_places_that_were_ticked(town: Client, now: datetime) -> None:
    along = section(now)
    one = told(now, TOWN, "round_place", "2026-01-10", name="一号码头", sort="jetty")
    other = told(now, TOWN, "round_place", "2026-01-10", name="旧糖厂厂房", sort="empty")
    where = f"/patrols/record/{TOWN}/place_round/"
    page = html(town, where)
    assert "一号码头" in text(page)
    sent = {
        "id": hidden(page, "id"),
        "in": TOWN,
        "happened_on": "2026-11-20",
        "by": "joint",
        "started": "1930",
        "minutes": "70",
        "people": "4",
        "section": str(along.id),
        f"p{one.id}": "yes",
        "found": "goods",
        "reported": "yes",
        "seen": "王小明",
        "places": "99",
    }
    assert town.post(where, sent).status_code == 302
    (entry,) = counted(TOWN, "place_round")
    assert entry.get("seen") == str(one.id)
    assert (entry.get("places"), entry.get("section")) == (1, str(along.id))
    said = text(html(town, "/patrols/"))
    assert "近 30 天巡防 1 次" in said
    assert "逾期未巡 0 段" in said
    assert "旧糖厂厂房" in said  # nobody passed it
    rounds = text(html(town, "/patrols/rounds/?found=goods"))
    assert "可疑物品" in rounds
    assert "已报公安机关" in rounds
    assert "没有符合条件的巡防" in text(html(town, "/patrols/rounds/?found=plants"))
    assert other.kind == "round_place"


def test_a_round_is_withdrawn_for_a_reason_that_is_chosen(town: Client, now: datetime) -> None:
    entry = told(
        now,
        TOWN,
        "place_round",
        "2026-11-20",
        by="joint",
        started=1930,
        minutes=70,
        people=4,
        places=0,
        found="nothing",
    )
    where = f"/units/{TOWN}/file/withdraw/{entry.id}/"
    assert where in [href for href, _ in links(html(town, "/patrols/rounds/"))]
    page = html(town, where)
    assert 'type="radio"' in page
    answers = {"id": hidden(page, "id"), "happened_on": "2026-11-23"}
    refused = town.post(where, {**answers, "reason": "王小明不在"})
    assert refused.status_code == 422
    assert counted(TOWN, "place_round") != []
    assert town.post(where, {**answers, "reason": "重复"}).status_code == 302
    assert counted(TOWN, "place_round") == []


def test_a_venue_is_inspected_closed_and_opened_again(town: Client, now: datetime) -> None:
    it = told(now, TOWN, "venue", "2026-01-10", name="示范歌厅", sort="singing", where="示范街 3 号")
    at = f"/patrols/venues/{it.id}/"
    assert "没有检查过 1 家" in text(html(town, "/patrols/venues/"))
    page = html(town, at)
    (inspect,) = [href for href, words in links(page) if words == "登记检查"]
    form = html(town, inspect)
    assert "示范歌厅" in text(form)
    where = inspect.partition("?")[0]
    sent = {
        "id": hidden(form, "id"),
        "happened_on": "2026-11-01",
        "to": str(it.id),
        "by": "joint",
        "result": "to_mend",
        "mend_by": "",
    }
    assert town.post(where, sent).status_code == 422  # a day is asked for
    answer = town.post(where, {**sent, "mend_by": "2026-11-10"})
    assert answer.headers["Location"] == f"{at}?saved=venue_inspection"
    assert "整改逾期 1 家" in text(html(town, "/patrols/venues/"))
    shut = f"/patrols/record/{TOWN}/venue_closure/"
    form = html(town, f"{shut}?to={it.id}")
    assert (
        town.post(
            shut,
            {
                "id": hidden(form, "id"),
                "happened_on": "2026-11-15",
                "to": str(it.id),
                "sort": "closed",
                "ordered_by": "culture",
                "document_no": "示例〔2026〕3号",
            },
        ).status_code
        == 302
    )
    said = text(html(town, at))
    assert "关停" in said
    assert "登记恢复" in said
    assert "示例〔2026〕3号" in said
    assert town.get(f"{shut}?to=01900000-0000-7000-8000-000000000001").status_code == 404


def test_the_map_shows_rounds_by_place(now: datetime) -> None:
    told(
        now,
        VILLAGE,
        "place_round",
        "2026-11-20",
        by="village_team",
        started=2000,
        minutes=40,
        people=3,
        places=0,
        found="nothing",
    )
    county = signed_in("county", "county_supervisor", COUNTY)
    page = html(county, "/patrols/")
    assert "示意图：方格按单位代码的顺序排列" in text(page)
    answer = county.get("/patrols/map.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "1 次" in answer.content.decode()


def test_a_village_sees_its_own_and_others_are_not_there(now: datetime) -> None:
    section(now)
    village = signed_in("village", "village_worker", VILLAGE)
    assert "近 30 天巡防 0 次" in text(html(village, "/patrols/"))
    assert village.get(f"/patrols/?unit={TOWN}").status_code == 404
    assert village.get(f"/patrols/record/{TOWN}/place_round/").status_code == 404
    refused = village.get(f"/patrols/record/{VILLAGE}/coast_section/")
    assert refused.status_code == 403
    doctor = signed_in("doctor", "doctor", "46J01")
    assert doctor.get("/patrols/").status_code == 403
