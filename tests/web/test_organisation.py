"""Organisation on its pages: leading groups at three levels, staff, the watch list, model places, changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from guitu.store import staff
from tests.store.writing import TOWN, VILLAGE
from tests.web.desk import html, links, text
from tests.web.recording import signed_in
from tests.web.test_dispatch import send, told

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
ROOT = "/organisation/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


@pytest.fixture
def town() -> Client:
    return signed_in("town", "town_office", TOWN)


def test_a_group_has_its_head_and_members_and_is_counted_at_three_levels(
    county: Client, town: Client, now: datetime
) -> None:
    assert "还没有登记领导小组" in text(html(county, ROOT))
    send(county, f"{ROOT}record/leading_group/", name="县禁毒工作领导小组", paper="示例〔2026〕3号")
    page = html(county, ROOT)
    assert "没有组长" in text(page)
    (add,) = [href for href, words in links(page) if words == "加成员"]
    assert "请填写姓名" in send(county, add, 422, part="head")
    send(county, add, part="head", name="林县明", office="县长", duties="总负责")
    send(county, add, part="member", name="陈镇明", area=TOWN, happened_on="2026-01-05", until="2026-11-01")
    group = told(now, TOWN, "leading_group", 90, name="镇领导小组")
    told(now, TOWN, "group_member", 90, to=str(group.id), part="deputy", name="王副明")
    page = text(html(county, ROOT))
    assert "组长 林县明；下级 1/2 个已设立" in page
    assert "以前的成员：陈镇明（至 2026-11-01）" in page
    assert "河东镇 ◇ 没有组长 1" in page
    assert "乡镇（街道） 2 1 0 1" in page
    assert "王副明" in text(html(town, ROOT))
    assert "林县明" not in text(html(town, ROOT))
    (mend,) = [href for href, words in links(html(county, ROOT), "/file/correct/") if "林县明" in words]
    assert county.get(mend).status_code == 200
    assert "止日早于起始日期" in send(county, add, 422, part="member", name="甲", until="2026-01-01")


def test_staff_have_duties_and_qualifications_that_end(town: Client) -> None:
    send(town, f"{ROOT}record/staff_duty/", name="李晓梅", duty="档案和台账")
    send(town, f"{ROOT}record/staff_qualification/", name="李晓梅", sort="social_work", what="助理社会工作师",
         happened_on="2023-01-05", until="2026-12-20")  # fmt: skip
    page = text(html(town, f"{ROOT}staff/"))
    assert "在岗 1 人，资质 1 项，60 天内到期或已过期 1 项" in page
    assert "李晓梅 乡镇禁毒办 档案和台账 1" in page
    assert "2026-12-20，快到期" in page
    assert links(html(town, f"{ROOT}staff/"), "/caseloads/")


def test_a_place_is_listed_and_taken_off_and_both_days_stay(county: Client, town: Client) -> None:
    at = f"{ROOT}record/watch_status/"
    send(county, at, which="national", status="listed", happened_on="2017-04-01", paper="示例1号")
    assert "现仍在名单上 1 处" in text(html(county, f"{ROOT}watch/"))
    send(county, at, which="national", status="removed", happened_on="2018-12-01")
    page = text(html(county, f"{ROOT}watch/"))
    assert "现仍在名单上 0 处" in page
    assert "示例县 国家重点关注 2017-04-01 示例1号 2018-12-01 609 天 ✓ 已移出" in page
    assert "国家重点关注" in text(html(town, f"{ROOT}watch/"))  # the county it lies in
    assert town.get(at).status_code == 404


def test_a_community_applies_is_visited_named_and_may_lose_the_name(county: Client, town: Client) -> None:
    send(county, f"{ROOT}record/model_programme/", name="无毒社区创建", sort="community",
         criteria="标准甲\n标准乙\n标准丙")  # fmt: skip
    page = html(town, f"{ROOT}models/")
    (one,) = [href for href, words in links(page, f"{ROOT}models/{COUNTY}/")]
    assert "标准由 示例县 写，系统不代拟" in text(html(town, one))
    (apply,) = [href for href, words in links(html(town, one)) if words == "申报"]
    send(town, apply, place="示例社区", happened_on="2026-10-08")
    assert [words for _, words in links(html(town, one), "model_judged")] == []
    judge = next(href for href, _ in links(html(county, one.partition("?")[0]), "model_judged"))
    assert "示例社区" not in judge
    assert "标准共 3 条" in send(county, judge, 422, outcome="visited", met="9")
    send(county, judge, outcome="visited", met="2", gaps="标准丙", happened_on="2026-10-20")
    send(county, judge, outcome="granted", met="3", happened_on="2026-11-01")
    page = text(html(county, f"{ROOT}models/"))
    assert "辖区内现有示范单位 1 个" in page
    shown = text(html(town, one))
    assert "示例社区 河东镇 2026-10-08 2026-10-20 2026-11-01 3/3 ✓ 已认定" in shown
    send(county, judge, outcome="withdrawn")
    assert "现有示范单位 0 个" in text(html(county, f"{ROOT}models/"))
    assert town.get(judge).status_code == 404
    far = signed_in("far", "county_supervisor", "469024")
    assert far.get(one).status_code == 404


def test_what_became_of_a_unit_is_kept(county: Client) -> None:
    at = f"{ROOT}record/unit_change/?unit={TOWN}"
    send(county, at, what="merged", before="原河北乡", happened_on="2019-01-01", note="整体并入")
    assert "河东镇 2019-01-01 并入 原河北乡" in text(html(county, f"{ROOT}changes/"))


def test_who_reads_only_finds_nothing_to_press_and_areas_stay_apart(now: datetime) -> None:
    statistician = signed_in("statistician", "statistician", COUNTY)
    for part in ("", "staff/", "watch/", "models/", "changes/"):
        shown = html(statistician, f"{ROOT}{part}")
        assert not [h for h, _ in links(shown, "/record/")]
    assert statistician.get(f"{ROOT}record/leading_group/").status_code == 404
    assert statistician.get(f"{ROOT}record/spending/").status_code == 404
    village = signed_in("village", "village_worker", VILLAGE)
    assert village.get(f"{ROOT}?unit={TOWN}").status_code == 404
    staff.add("nurse", "x" * 12, "周护士", [("nurse", "46J01")])
    nurse = signed_in("nurse", "nurse", "46J01")
    assert nurse.get(ROOT).status_code == 403
    assert told(now, TOWN, "leading_group", 3, name="镇").happened_on == MONDAY - timedelta(days=3)
