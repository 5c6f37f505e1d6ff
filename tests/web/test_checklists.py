"""Checklists on their pages: drawn up, handed down, filled in with evidence, asked otherwise later."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from guitu.store import unitfiles
from guitu.store.units import tree
from tests.store.writing import TOWN, VILLAGE
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in
from tests.web.test_dispatch import counted, send

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
ROOT = "/checklists/"
LIST = {
    "name": "宣传月清单", "use": "outreach", "who": "town", "every": "month", "items": "甲\n乙",
    "proof": "yes", "from_day": "2026-09-10",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


@pytest.fixture
def town() -> Client:
    return signed_in("town", "town_office", TOWN)


def drawn(client: Client, **more: str) -> str:
    """A list of the county, and where it is."""
    send(client, f"{ROOT}new/", **{**LIST, **more})
    name = more.get("name", LIST["name"])
    found = {
        h.partition("?")[0] for h, words in links(html(client, ROOT), f"{ROOT}{COUNTY}/") if words == name
    }
    (at,) = found
    return at


def tick(client: Client, at: str, status: int = 302, /, **typed: str) -> str:
    page = html(client, at)
    sent = {"id": hidden(page, "id"), "unit": hidden(page, "unit"), "on": hidden(page, "on"), **typed}
    answer = client.post(at.partition("?")[0], sent)
    assert answer.status_code == status, text(answer.content.decode())
    return text(answer.content.decode()) if status != 302 else answer["Location"]


def test_a_list_has_the_offices_items_and_says_whom_it_is_for(county: Client) -> None:
    says = send(county, f"{ROOT}new/", 422, **{**LIST, "items": " ", "who": "", "use": ""})
    for wanted in ("请填写事项", "请选由谁填", "请选用于什么"):
        assert wanted in says
    assert "请写填到哪天为止" in send(county, f"{ROOT}new/", 422, **{**LIST, "every": "once"})
    assert "“用到哪天”早于" in send(county, f"{ROOT}new/", 422, **{**LIST, "until": "2026-09-01"})
    at = drawn(county)
    page = text(html(county, at))
    assert "下辖各乡镇（街道）填，每月；本期已填 0/2" in page
    assert "河东镇 ○ 待填" in page


def test_a_town_fills_in_what_the_county_asks_and_the_county_sees_how_far_it_is(
    county: Client, town: Client
) -> None:
    at = drawn(county)
    board = html(town, ROOT)
    assert "本期待填 1 张，以前没填 2 张" in text(board)
    (fill,) = [href for href, words in links(board, "fill") if words.startswith("填表")]
    assert "一项也没有勾" in tick(town, fill, 422)
    assert "请写依据" in tick(town, fill, 422, i0="yes")
    tick(town, fill, i0="yes", proof="活动照片 3 张", note="乙下月办")
    (sheet,) = counted(TOWN, "checklist_filled")
    assert (sheet.get("done"), sheet.get("asked"), sheet.get("gaps")) == (1, 2, "乙")
    assert (sheet.get("period"), sheet.get("use")) == (date(2026, 11, 1), "outreach")
    page = text(html(county, at))
    assert "本期已填 1/2" in page
    assert "1/2，1 项没做到" in page
    own = html(town, f"{at}?unit={TOWN}")
    assert "活动照片 3 张" in text(own)
    (late,) = [href for href, words in links(own, "on=2026-10-01")]
    tick(town, late, i0="yes", i1="yes", proof="台账")
    assert sorted(e.get("period") for e in counted(TOWN, "checklist_filled")) == [  # type: ignore[type-var]
        date(2026, 10, 1), date(2026, 11, 1),
    ]  # fmt: skip
    assert town.get(fill).status_code == 302  # it is filled in already


def test_a_new_version_asks_otherwise_and_what_was_filled_in_stays(county: Client, town: Client) -> None:
    at = drawn(county, proof="no")
    tick(town, f"{at}fill/?unit={TOWN}&on=2026-10-01", i0="yes", i1="yes")
    says = send(
        county, f"{at}version/", 422, name="宣传月清单", use="outreach", items="丙", from_day="2026-09-01"
    )
    assert "应晚于现行版的 2026-09-10" in says
    send(county, f"{at}version/", name="宣传月清单", use="outreach", items="丙", from_day="2026-11-01")
    page = text(html(county, at))
    assert "以前的版本 第 1 版 2026-09-10 起，2 项：甲、乙" in page
    assert "丙" in text(html(town, f"{at}fill/?unit={TOWN}"))
    assert "甲" in text(html(town, f"{at}fill/?unit={TOWN}&on=2026-09-10"))
    assert "2/2" in text(html(town, f"{at}?unit={TOWN}"))
    send(county, f"{at}change/", name="宣传月清单", use="outreach", who="town", every="month", items="丙\n丁",
         from_day="2026-11-01", correction_reason="漏了一项", happened_on="2026-11-23")  # fmt: skip
    assert "第 2 版，2 项" in text(html(county, ROOT))


def test_lists_of_others_are_not_there_and_reading_is_not_writing(county: Client, town: Client) -> None:
    at = drawn(county, who="village")
    village = signed_in("village", "village_worker", VILLAGE)
    assert "宣传月清单" in text(html(village, ROOT))
    assert "填表" in text(html(village, f"{at}?unit={VILLAGE}"))
    assert village.get(f"{at}version/").status_code == 404
    assert "东坡村" in text(html(town, f"{at}?unit={TOWN}"))
    assert "河东镇 0/2" in text(html(county, at)).replace("  ", " ")
    far = signed_in("far", "county_supervisor", "469024")
    assert far.get(at).status_code == 404
    own = drawn(county, who="own", name="本县自用", every="week")
    assert village.get(own).status_code == 404
    station = signed_in("statistician", "statistician", COUNTY)
    assert "填表" not in [words for _, words in links(html(station, ROOT))]
    assert station.get(f"{ROOT}new/").status_code == 404


def test_a_list_against_infection_is_one_and_the_same_on_both_pages() -> None:
    centre = "46J01"
    head = signed_in("head", "centre_head", centre)
    send(head, f"{ROOT}new/", **{**LIST, "use": "epidemic", "who": "own", "every": "day", "proof": "no",
                                 "from_day": "2026-11-22"})  # fmt: skip
    (at,) = [
        href for href, words in links(html(head, "/epidemic/"), "/epidemic/lists/") if words == LIST["name"]
    ]
    form = html(head, f"{at}fill/")
    assert head.post(f"{at}fill/", {"id": hidden(form, "id"), "on": hidden(form, "on"), "i0": "yes",
                                    "i1": "yes"}).status_code == 302  # fmt: skip
    assert "本期待填 0 张，以前没填 1 张" in text(html(head, ROOT))
    send(head, f"{ROOT}new/", **{**LIST, "who": "own", "every": "day", "name": "与防疫无关"})
    assert "与防疫无关" not in text(html(head, "/epidemic/"))
    assert len([e for e in unitfiles.unit_file(tree().find(centre)).counted() if e.kind == "checklist"]) == 2
