"""A unit renamed, merged, split and closed from its page: first shown, then done, and undone; who may;
and that figures of before still count where they counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from guitu import compose
from guitu.access import house
from guitu.indicators import Period, run
from guitu.kernel.ids import uuid7
from guitu.store import analysis, engine, gate, staff
from guitu.store.clock import milliseconds
from guitu.store.units import tree
from tests.store.reading_log import lines
from tests.store.writing import OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen
from tests.web.board_made import people as people_of
from tests.web.board_made import write
from tests.web.desk import busy, html, links, text
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
ROOT = "/organisation/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def at(way: str, unit: str) -> str:
    return f"{ROOT}change/{way}/?unit={unit}"


def asked(client: Client, way: str, unit: str, status: int = 200, **answers: str) -> str:
    """The page that comes of the first step."""
    first = html(client, at(way, unit))
    answer = client.post(at(way, unit), {"id": hidden(first, "id"), "unit": unit, **answers})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def sure(client: Client, way: str, unit: str, shown: str, status: int = 302) -> str:
    """Confirm what was shown."""
    names = ("id", "unit", "sure", "name", "other", "code", "workers", "paper", "note")
    answer = client.post(at(way, unit), {name: hidden(shown, name) for name in names})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def people(unit: str) -> int:
    (row,) = engine.rows("SELECT count(*) FROM store_casestatus WHERE unit = %s", [tree().find(unit).no])
    return int(row[0])


def undo(client: Client, status: int = 302, **answers: str) -> str:
    (href,) = [h for h, words in links(html(client, f"{ROOT}changes/"), "/undo/")]
    page = html(client, href)
    answer = client.post(href, {"id": hidden(page, "id"), "unit": "", "reason": "文件撤回", **answers})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return page


def test_a_new_name_is_shown_before_it_is_given_and_the_old_one_is_kept(county: Client) -> None:
    shown = asked(county, "renamed", TOWN, name="河东街道", paper="示例〔2026〕7号")
    assert "自今天起，河东镇叫“河东街道”" in text(shown)
    assert "以前各期的数字都留在原单位名下" in text(shown)
    assert tree().find(TOWN).name == "河东镇"
    sure(county, "renamed", TOWN, shown)
    assert tree().find(TOWN).name == "河东街道"
    page = text(html(county, f"{ROOT}changes/"))
    assert "河东街道 2026-11-23 更名 河东镇" in page
    assert "河东街道" in text(html(county, f"/units/{TOWN}/"))
    sure(county, "renamed", TOWN, shown)  # the same form again
    assert text(html(county, f"{ROOT}changes/")).count("2026-11-23 更名") == 1
    undo(county)
    assert tree().find(TOWN).name == "河东镇"
    assert "2026-11-23 更名" not in text(html(county, f"{ROOT}changes/"))


def test_a_name_that_is_taken_or_is_none_is_refused(county: Client) -> None:
    assert "请填写名称" in asked(county, "renamed", TOWN, 422, name=" ")
    assert "已经有叫" in asked(county, "renamed", TOWN, 422, name=tree().find(TOWN).name)
    assert "名称只用" in asked(county, "renamed", TOWN, 422, name="<b>镇</b>")


def test_a_merged_villages_people_go_with_their_workers_and_come_back(county: Client, now: datetime) -> None:
    busy(now, 12)
    here, there = people(VILLAGE), people(OTHER_VILLAGE)
    (one_of_them,) = engine.rows(
        "SELECT f.id FROM store_casefile f JOIN store_casestatus s ON s.file = f.no"
        " WHERE s.unit = %s LIMIT 1",
        [tree().find(VILLAGE).no],
    )[0]  # before anything moves: somebody who will move on
    staff.add("worker", "x" * 12, "李晓梅", [("village_worker", VILLAGE)])
    shown = asked(county, "merged", VILLAGE, other=OTHER_VILLAGE)
    said = text(shown)
    assert f"{here} 人（在册 {here} 人），责任人不变" in said
    assert "村级专干 1。账号的岗位不随单位转移" in said
    assert people(VILLAGE) == here
    sure(county, "merged", VILLAGE, shown)
    assert (people(VILLAGE), people(OTHER_VILLAGE)) == (0, here + there)
    assert "已停用" in text(html(county, f"/units/{TOWN}/"))
    (read,) = [one for one in lines("county", "record") if one.detail == f"units merged {VILLAGE}"]
    assert len(read.files) == here
    later = now + timedelta(hours=2)
    moved_on = replace(
        Pen(500).held_by(TOWN, "2026-11-23"), id=uuid7(milliseconds(later), b"later-than"),
        file=engine.uuid_of(one_of_them), recorded_at=later,
    )  # fmt: skip
    gate.record_many([moved_on], actor=house(), now=later)
    page = undo(county)
    assert f"{here - 1} 人；后来又变动的 1 人不转" in text(page)
    assert (people(VILLAGE), people(OTHER_VILLAGE)) == (here - 1, there)
    assert tree().find(VILLAGE).active_until is None


def test_a_village_goes_into_one_of_another_town_of_the_county_and_of_no_other_county(
    county: Client, now: datetime
) -> None:
    busy(now, 6)
    here, there = people(VILLAGE), people(WEST_VILLAGE)
    assert VILLAGE in html(county, "/record/units/?name=unit&unit_search=东坡")
    page = html(county, at("merged", VILLAGE))
    assert f'value="{WEST_VILLAGE}"' in page
    assert 'value="469024100200"' not in page
    sure(county, "merged", VILLAGE, asked(county, "merged", VILLAGE, other=WEST_VILLAGE))
    assert (people(VILLAGE), people(WEST_VILLAGE)) == (0, here + there)
    assert VILLAGE not in html(county, "/record/units/?name=unit&unit_search=东坡")  # no longer offered


def test_a_unit_with_units_below_or_files_on_their_way_is_not_merged(county: Client) -> None:
    other = next(u.code for u in tree().children(tree().find(COUNTY)) if u.code != TOWN and u.level == "town")
    assert "请先逐个变更下级单位" in asked(county, "merged", TOWN, 422, other=other)
    assert "请选择并入哪个单位" in asked(county, "merged", VILLAGE, 422, other="460000")


def test_a_new_unit_takes_one_workers_people_and_is_closed_when_that_is_undone(
    county: Client, now: datetime
) -> None:
    busy(now, 24)
    here, code = people(VILLAGE), f"{TOWN}290"
    wrong = asked(county, "split", VILLAGE, 422, name="新村", code="46", other=TOWN)
    assert "代码以上级单位的代码" in wrong
    assert "没有责任人" in asked(
        county, "split", VILLAGE, 422, name="新村", code=code, other=TOWN, workers="某"
    )
    shown = asked(county, "split", VILLAGE, name="新村", code=code, other=TOWN, workers="王建国")
    sure(county, "split", VILLAGE, shown)
    went = people(code)
    assert 0 < went < here
    assert people(VILLAGE) == here - went
    undo(county)
    assert (people(VILLAGE), people(code)) == (here, 0)
    assert not tree().find(code).at_work(MONDAY)


def test_a_unit_with_people_is_not_closed_and_an_empty_one_is(county: Client, now: datetime) -> None:
    busy(now, 1)
    assert "还有 1 人的档案" in asked(county, "closed", VILLAGE, 422)
    empty = next(u for u in tree().children(tree().find(TOWN)) if not people(u.code))
    sure(county, "closed", empty.code, asked(county, "closed", empty.code))
    assert not tree().find(empty.code).at_work(MONDAY)
    assert not links(html(county, f"{ROOT}changes/?unit={empty.code}"), "/change/")
    undo(county)
    assert tree().find(empty.code).at_work(MONDAY)


def test_only_whoever_administers_the_area_above_changes_a_unit(county: Client) -> None:
    assert county.get(at("renamed", COUNTY)).status_code == 404
    assert county.get(at("renamed", "469024")).status_code == 404
    assert county.get(at("moved", TOWN)).status_code == 404
    town = signed_in("town", "town_office", TOWN)
    assert town.get(at("renamed", VILLAGE)).status_code == 403
    assert not links(html(town, f"{ROOT}changes/"), "/change/")
    province = signed_in("province", "provincial_supervisor", "46")
    assert links(html(province, f"{ROOT}changes/?unit={COUNTY}"), "/change/renamed/")
    assert links(html(county, f"{ROOT}changes/?unit={TOWN}"), "/change/merged/")


def test_what_changed_the_tree_is_not_corrected_in_the_file_alone(county: Client) -> None:
    sure(county, "renamed", TOWN, asked(county, "renamed", TOWN, name="河东街道"))
    (href,) = [h for h, _ in links(html(county, f"{ROOT}changes/"), "/undo/")]
    entry = href.split("/")[4]
    for way in ("correct", "withdraw"):
        assert county.get(f"/units/{TOWN}/file/{way}/{entry}/").status_code == 404


def test_figures_of_before_count_the_unit_of_then(
    county: Client, now: datetime, settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    pen = Pen(1)
    made = [
        *pen.on_community_treatment(unit=VILLAGE, served="2026-03-02"),
        pen.entry("reporting_in", "2026-03-03"),
    ]
    gate.record_many(made, actor=house(), now=now)
    analysis.refresh(MONDAY, now)
    before = [_figures(VILLAGE), _figures(OTHER_VILLAGE)]
    assert before[0]["measures.in_force"] == 1
    sure(county, "merged", VILLAGE, asked(county, "merged", VILLAGE, other=OTHER_VILLAGE))
    analysis.refresh(MONDAY, now + timedelta(hours=1))
    assert [_figures(VILLAGE), _figures(OTHER_VILLAGE)] == before
    assert _figures(OTHER_VILLAGE, Period.month(2026, 11))["measures.in_force"] == 1
    assert _figures(VILLAGE, Period.month(2026, 11))["measures.in_force"] == 0


def _figures(unit: str, period: Period | None = None) -> dict[str, object]:
    period = period or Period.month(2026, 4)
    known = compose.indicator_versions()
    with analysis.source() as rows:
        place = next(one for one in rows.places() if one.code == unit)
        return {
            key: run(known[key], rows, places=[place], periods=[period], among=known)[0].value
            for key in ("measures.in_force", "orders.people")
        }


def test_a_figure_of_before_bears_the_name_of_then(
    county: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    write(tmp_path, [people_of("community.orders", TOWN, "2026-10", 60)])
    sure(county, "renamed", TOWN, asked(county, "renamed", TOWN, name="河东街道"))
    page = text(html(county, "/indicators/community.orders/?period=2026-10"))
    assert "河东街道 时称 河东镇 60" in page
    now = text(html(county, "/indicators/community.orders/?period=2026-11"))
    assert "时称" not in now
