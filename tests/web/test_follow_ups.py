"""Follow-up campaigns on their pages: declared, planned over stations and villages, worked off, and counted
with the lost in the denominator; and who may not look."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate, unitfiles, units
from guitu.store.read import file_view
from guitu.store.units import NewUnit, tree
from tests.store.writing import NEXT_COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen
from tests.web.desk import html, links, main, text
from tests.web.recording import form_of, hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
STATION = "469023Z01"
VILLAGES = (VILLAGE, OTHER_VILLAGE, WEST_VILLAGE)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())
    units.add([NewUnit(STATION, "示范指导站", "guidance_station", COUNTY)])


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def campaign(now: datetime, code: str = COUNTY, **more: Any) -> Entry:
    given: dict[str, Any] = {
        "name": "年度回访", "cohort": "released", "first": date(2026, 11, 16), "last": date(2027, 1, 15),
        "since": date(2024, 1, 1), "until": date(2026, 10, 31),
    }  # fmt: skip
    return told(now, code, "follow_up_campaign", "2026-11-01", **{**given, **more})


def released(now: datetime, people: int = 12, villages: tuple[str, ...] = VILLAGES) -> list[Pen]:
    """People who left a centre in August 2026 and live in these villages."""
    pens = [Pen(800 + n) for n in range(people)]
    files = [
        [
            pen.person(f"王小{'一二三四五六七八九十百千'[n % 12]}"),
            pen.entry(
                "order", "2024-08-10", measure="compulsory_isolation", document_no=f"示例〔2024〕{n}号"
            ),
            pen.entry("served", "2024-08-10"),
            pen.entry("admission", "2024-08-10", place="police_centre"),
            pen.entry("release", "2026-08-09"),
            pen.held_by(villages[n % len(villages)], "2026-08-09"),
        ]
        for n, pen in enumerate(pens)
    ]
    gate.record_many(list(chain.from_iterable(files)), actor=house(), now=now)
    return pens


def tried(now: datetime, pen: Pen, result: str, on: str = "2026-11-20", **more: Any) -> None:
    gate.record(pen.entry("follow_up", on, mode="phone", result=result, **more), actor=house(), now=now)


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def where(declared: Entry, part: str = "", query: str = "") -> str:
    return f"/follow-ups/{declared.id}/{part}{query}"


def test_a_campaign_is_declared_in_the_units_file_and_listed(county: Client, now: datetime) -> None:
    page = html(county, "/follow-ups/")
    assert "还没有回访行动" in text(page)
    assert links(page, "follow_up_campaign") == [
        (f"/units/{COUNTY}/file/record/follow_up_campaign/", "新建回访行动")
    ]
    released(now)
    declared = campaign(now)
    page = html(county, "/follow-ups/")
    assert (where(declared), "年度回访") in links(page)
    assert "0.0%（0/12）" in text(page)


def test_everybody_is_planned_once_by_the_station_of_the_county(county: Client, now: datetime) -> None:
    pens = released(now)
    tried(now, pens[0], "no_answer", "2026-10-02")  # before it began: gone to see first
    declared = campaign(now)
    answer = county.post(where(declared, "plan/"))
    assert answer.status_code == 302
    page = text(html(county, where(declared)))
    assert "示范指导站 12 0.0%（0/12）" in page
    assert "电话 11 人，上门 1 人" in page
    assert "计划里没有" not in page
    entries = [e for e in unitfiles.unit_file(tree().find(COUNTY)).counted() if e.kind == "follow_up_plan"]
    assert sum(int(str(e.get("people"))) for e in entries) == 12
    assert {e.get("station") for e in entries} == {STATION}
    assert "王小" not in "".join(str(e.get("days")) for e in entries)
    week = text(html(county, where(declared, "week/", f"?week={MONDAY}")))
    assert "上门" in week
    assert "电话" in week


def test_the_lost_stay_in_the_denominator(county: Client, now: datetime) -> None:
    pens = released(now, 10)
    declared = campaign(now)
    for pen, result in zip(pens, ("reached", "reached", "lost", "refused", "no_answer"), strict=False):
        tried(
            now,
            pen,
            result,
            wants="work" if result == "reached" else "",
            at_work="no" if result == "reached" else "",
        )
    page = text(html(county, where(declared)))
    assert "回访到 20.0%（2/10） · 失去联系 1 人" in page
    assert "还没有联系 50.0%（5/10）" in page
    assert "另有 8 人没有回答" in page
    assert "最需要的帮助 工作 100.0%（2/2）" in page


def test_who_died_before_or_is_followed_no_longer_is_not_asked(county: Client, now: datetime) -> None:
    pens = released(now, 3)
    gate.record(pens[0].entry("death", "2026-09-01"), actor=house(), now=now)
    declared = campaign(now)
    page = text(html(county, where(declared)))
    assert "应回访 2" in page
    assert "开始以前已死亡 1" in page


def test_the_next_attempt_waits_its_days_and_the_third_is_a_visit(county: Client, now: datetime) -> None:
    pens = released(now, 2, (VILLAGE,))
    declared = campaign(now)
    county.post(where(declared, "plan/"))
    tried(now, pens[0], "no_answer", "2026-11-16")
    tried(now, pens[0], "no_answer", "2026-11-22")
    page = html(county, where(declared, "week/", "?week=2026-11-23&way=visit"))
    assert "2026-11-29 3 未联系上" in text(page)
    assert links(page, "follow_up/") == [(href, "登记") for href, _ in links(page, "follow_up/?mode=visit")]
    tried(now, pens[0], "refused", "2026-11-23")
    assert "这一周没有" in text(html(county, where(declared, "week/", "?week=2026-11-23&way=visit")))


def test_whoever_moves_is_on_the_list_of_where_they_live_now(county: Client, now: datetime) -> None:
    pens = released(now, 4, (VILLAGE, OTHER_VILLAGE))
    declared = campaign(now)
    county.post(where(declared, "plan/"))
    gate.record(pens[0].held_by(OTHER_VILLAGE, "2026-11-20"), actor=house(), now=now)
    page = text(html(county, where(declared)))
    assert "示范指导站 4" in page
    assert "计划里没有" not in page


def test_a_campaign_of_the_province_reaches_the_county_and_not_its_file(now: datetime) -> None:
    released(now, 2)
    declared = campaign(now, "46")
    county = signed_in("county", "county_supervisor", COUNTY)
    assert "年度回访" in text(html(county, where(declared)))
    assert county.post(where(declared, "plan/")).status_code == 404
    other = signed_in("other", "county_supervisor", "469024")
    assert "应回访 0" in text(html(other, where(declared)))


def test_a_campaign_of_a_county_is_not_there_for_another(now: datetime) -> None:
    declared = campaign(now)
    other = signed_in("other", "county_supervisor", "469024")
    html(other, where(declared), 404)
    town = signed_in("town", "town_office", TOWN)
    assert "年度回访" in text(html(town, where(declared)))
    html(signed_in("nurse", "nurse", "46J01"), where(declared), 403)


def test_without_a_station_the_page_says_so(now: datetime) -> None:
    released(now, 2)
    declared = campaign(now, TOWN)
    town = signed_in("chief", "county_supervisor", TOWN)
    answer = town.post(where(declared, "plan/"))
    assert answer.status_code == 422
    assert "没有社戒社康指导站" in answer.content.decode()


def test_a_campaign_that_ends_before_it_begins_is_refused_at_its_box(county: Client) -> None:
    at = f"/units/{COUNTY}/file/record/follow_up_campaign/"
    told = {"id": hidden(html(county, at), "id"), "happened_on": "2026-11-01", "name": "年度回访",
            "cohort": "released", "first": "2026-12-01", "last": "2026-11-01", "since": "2025-12-31",
            "until": "2025-01-01"}  # fmt: skip
    answer = county.post(at, told)
    assert answer.status_code == 422
    page = text(answer.content.decode())
    assert "结束日期 2026年11月1日 早于开始日期（2026年12月1日），请核对。" in page
    assert "早于从哪一天起（2025年12月31日）" in page
    right = {
        **told,
        "first": "2026-11-01",
        "last": "2026-12-01",
        "since": "2025-01-01",
        "until": "2025-12-31",
    }
    assert county.post(at, right).status_code == 302


def test_whose_file_goes_to_another_county_no_longer_counts_here_and_the_page_says_so(
    county: Client, now: datetime
) -> None:
    pens = released(now, 4)
    declared = campaign(now)
    assert "应回访 4" in text(html(county, where(declared)))
    gate.record(pens[0].entry("responsible_unit", "2026-11-20", unit=NEXT_COUNTY), actor=house(), now=now)
    page = text(html(county, where(declared)))
    assert "应回访 3" in page
    assert "期间档案移交出去的，不再算在移出的单位" in page


def test_saving_an_attempt_leads_back_to_the_very_list_with_the_receipt(
    county: Client, now: datetime
) -> None:
    released(now)
    declared = campaign(now)
    county.post(where(declared, "plan/"))
    here = where(declared, "week/", f"?week={MONDAY}&station={STATION}")
    (href, _), *_ = links(html(county, here), "/record/follow_up/")
    path, _, query = href.partition("?")
    given = dict(parse_qsl(query))
    assert given["row"] == here
    page = html(county, href)
    assert (here, "取消") in links(page)
    typed = {**form_of(county, path, **given), **given, "mode": "phone", "result": "no_answer"}
    answer = county.post(path, typed)
    assert answer.status_code == 302, text(answer.content.decode())
    assert answer["Location"].startswith(f"{here}&recorded=")
    said = text(html(county, answer["Location"]))
    assert "已保存：回访" in said
    assert "一周" in said


def test_a_week_list_has_pages_and_a_further_one_leads_back_to_itself(county: Client, now: datetime) -> None:
    released(now, 24)
    declared = campaign(now)
    here = where(declared, "week/", f"?week={MONDAY}")
    page = html(county, here)
    first = {href for href, _ in links(page, "/record/follow_up/")}
    assert "共 24 人" in text(page)
    (further,) = {href for href, words in links(page) if words == "下一页"}
    second = html(county, further)
    rest = {href for href, _ in links(second, "/record/follow_up/")}
    assert (len(first), len(rest)) == (20, 4)
    assert "共 24 人" in text(second)
    assert {dict(parse_qsl(href.partition("?")[2]))["row"] for href in rest} == {further}


@pytest.mark.parametrize(
    "row", ["https://example.org/", "//example.org/follow-ups/", "/follow-ups/x/week/", "/people/?q=1", ""]
)
def test_saving_leads_to_no_other_address_than_one_of_a_list(county: Client, now: datetime, row: str) -> None:
    pen = released(now, 1)[0]
    view = file_view(pen.file)
    assert view is not None
    page = html(county, f"/files/{view.case_no}/record/follow_up/?{urlencode({'from': 'list', 'row': row})}")
    assert "example.org" not in main(page)
    assert (f"/files/{view.case_no}/", "取消") in links(page)
