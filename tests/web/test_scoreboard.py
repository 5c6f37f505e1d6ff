"""The scoreboard on its pages: printed figures brought in, ours counted beside them from the records,
small ones hidden, and what is published open to everybody as it was."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.access import house
from guitu.store import analysis, unitfiles
from guitu.store.units import tree
from tests.indicators.test_targets import SCOREBOARD
from tests.store.writing import TOWN
from tests.web.desk import html, links, text
from tests.web.recording import signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
TARGETS = """
[period.year]
label = "2025 年"
from = 2025-01-01
until = 2025-12-31

[[figure]]
key = "outreach.events"
label = "禁毒宣传活动"
scope = "469023"
period = "year"
value = 3
unit = "event"

[[figure]]
key = "outreach.events_audience"
label = "受众"
scope = "469023"
period = "year"
value = 900
unit = "person_time"

[[figure]]
key = "registered.rate"
label = "现有吸毒人员占人口比"
scope = "460000"
on = 2025-12-31
value = 3.21
unit = "permille"
printed_unit = "percent"
imported = true

[[figure]]
key = "police.criminal_cases_change"
label = "刑事类案件同比"
scope = "469023"
value = -29.68
unit = "percent"
imported = true
conflict = -9.68
"""


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())
    settings.HOME = tmp_path


@pytest.fixture
def province() -> Client:
    return signed_in("province", "provincial_supervisor", "46")


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> None:
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)


def events(now: datetime, audience: int = 300, many: int = 3) -> None:
    for n in range(many):
        told(now, COUNTY, "outreach_event", f"2025-0{n + 1}-10", form="talk", given_by="office",
             audience=audience, counted="headcount")  # fmt: skip


def identifier(client: Client, path: str) -> str:
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', html(client, path))
    assert found is not None
    return found[1]


def bring(client: Client, content: str = TARGETS, **more: Any) -> Any:
    given = {"id": identifier(client, "/scoreboard/import/"), "day": "2026-02-01", "source": "年度公报"}
    return client.post("/scoreboard/import/", {**given, "text": content, **more})


def publish(client: Client) -> Any:
    return client.post("/scoreboard/publish/", {"id": identifier(client, "/scoreboard/")})


def test_printed_figures_are_brought_in_once_and_ours_stand_beside_them(
    province: Client, now: datetime
) -> None:
    assert "还没有登记印出的数字" in text(html(province, "/scoreboard/"))
    assert bring(province)["Location"] == "/scoreboard/?brought=4"
    assert bring(province)["Location"] == "/scoreboard/?brought=0"  # just the same again: nothing new
    assert "还没有算" in text(html(province, "/scoreboard/"))
    events(now)
    assert analysis.count_printed(MONDAY, now) == 4
    shown = text(html(province, "/scoreboard/"))
    assert "4 个数字：一致 2" in shown
    assert "另一处印作 −9.68%：两处都保留" in shown
    assert "单位应为 ‰" in shown
    assert "3.21%" in shown  # as it was printed, wrong unit and all


def many(scope: str, n: int) -> str:
    """So many printed figures of one place."""
    return "".join(
        f"""
[[figure]]
key = "outreach.events"
label = "第 {at} 个数字"
scope = "{scope}"
from = 2025-01-01
until = 2025-{at % 12 + 1:02d}-{at:02d}
value = {at}
unit = "event"
"""
        for at in range(1, n + 1)
    )


def test_a_long_list_comes_a_page_at_a_time_and_each_place_has_its_anchor(
    province: Client, now: datetime
) -> None:
    assert bring(province, many(COUNTY, 25) + many("469024", 3))["Location"] == "/scoreboard/?brought=28"
    page = html(province, "/scoreboard/")
    first = numbered(page, COUNTY)
    assert len(first) == 20
    anchors = [href for href, _ in links(page) if href.startswith("#unit-")]
    assert anchors == [f"#unit-{COUNTY}", "#unit-469024"]
    assert all(f'id="{href[1:]}"' in page for href in anchors)
    further = next(href for href, _ in links(page) if "place=469023" in href and "page=2" in href)
    second = html(province, further)
    rest = numbered(second, COUNTY)
    assert first | rest == {f"第 {n} 个数字" for n in range(1, 26)}
    assert len(rest) == 5
    assert "unit-469024" not in second
    assert "/scoreboard/" in [href for href, words in links(second) if words == "看全部地区"]
    assert numbered(html(province, f"/scoreboard/?place={COUNTY}&page=0"), COUNTY) == first
    assert numbered(html(province, f"/scoreboard/?place={COUNTY}&page=99"), COUNTY) == rest
    assert province.get("/scoreboard/?place=469025").status_code == 404
    assert province.get("/scoreboard/figures.csv").content.decode("utf-8-sig").count("个数字") == 28
    analysis.count_printed(MONDAY, now)
    publish(province)
    public = html(Client(), "/scoreboard/public/?unit=46")
    assert len(numbered(public, COUNTY)) == 20
    further = next(href for href, _ in links(public) if "page=2" in href)
    assert len(numbered(html(Client(), further), COUNTY)) == 5
    assert Client().get("/scoreboard/public/?unit=46&place=x").status_code == 404


def test_a_period_is_not_broken_between_its_number_and_its_word(province: Client) -> None:
    bring(province)
    page = html(province, "/scoreboard/")
    assert re.search(r'<td class="line" data-label="期间"><span class="nowrap">2025 ?年</span></td>', page)


def numbered(page: str, place: str) -> set[str]:
    """Which figures of a place a page shows."""
    part = page.partition(f'id="figures-{place}"')[2].partition("</table>")[0]
    return set(re.findall(r"第 \d+ 个数字(?=</)", part))


def test_a_share_has_its_denominator_and_every_figure_its_definition(province: Client, now: datetime) -> None:
    bring(province)
    events(now)
    analysis.count_printed(MONDAY, now)
    page = html(province, "/scoreboard/")
    assert "期间内各种宣传活动的场次" in text(page)
    records = [href for href, _ in links(page)]
    assert f"/indicators/outreach.events/?unit={COUNTY}" in records
    assert f"/units/{COUNTY}/file/?kind=outreach_event" in records


def test_a_figure_of_few_people_is_hidden_and_not_compared(province: Client, now: datetime) -> None:
    bring(province, TARGETS.replace("value = 900", "value = 6"))
    events(now, audience=2)
    analysis.count_printed(MONDAY, now)
    shown = text(html(province, "/scoreboard/"))
    assert "※不足10" in shown
    assert "隐去 1" in shown
    taken = json.loads(province.get("/scoreboard/figures.json").content)
    (hidden,) = [f for f in taken["figures"] if f["key"] == "outreach.events_audience"]
    assert (hidden["ours"], hidden["result"]) == ("※不足10", "已隐去")


def test_what_is_published_opens_to_everybody_and_stays_as_it_was(province: Client, now: datetime) -> None:
    anybody = Client()
    assert "还没有公布过" in anybody.get("/scoreboard/public/").content.decode()
    bring(province)
    events(now)
    analysis.count_printed(MONDAY, now)
    assert publish(province).status_code == 302
    page = anybody.get("/scoreboard/public/").content.decode()
    assert "2026-11-23 公布" in text(page)
    assert "4 个数字：一致 2" in text(page)
    assert not [href for href, _ in links(page) if href.startswith(("/units/", "/indicators/", "/people/"))]
    events(now, audience=5, many=2)  # counted later: the edition does not change
    analysis.count_printed(MONDAY, now)
    assert "一致 0" in text(html(province, "/scoreboard/"))
    assert "4 个数字：一致 2" in text(anybody.get("/scoreboard/public/").content.decode())
    assert anybody.get("/scoreboard/public/?unit=469024").status_code == 404


def test_the_edition_hides_what_the_page_hides(province: Client, now: datetime) -> None:
    bring(province)
    events(now, audience=2)
    analysis.count_printed(MONDAY, now)
    publish(province)
    assert "※不足10" in text(Client().get("/scoreboard/public/").content.decode())
    kept = [e for e in unitfiles.unit_file(tree().find("46")).counted() if e.kind == "scoreboard_published"]
    assert len(kept) == 1
    assert "※small" in str(kept[0].get("content"))
    assert "|6|" not in str(kept[0].get("content"))


def test_it_is_taken_along_as_csv_excel_and_json(province: Client, now: datetime) -> None:
    bring(province, TARGETS.replace('label = "受众"', 'label = "=1+1"'))
    events(now)
    analysis.count_printed(MONDAY, now)
    publish(province)
    for root, client in (("/scoreboard/", province), ("/scoreboard/public/", Client())):
        rows = list(csv.DictReader(io.StringIO(client.get(f"{root}figures.csv").content.decode("utf-8-sig"))))
        by = {row["指标代码"]: row for row in rows if row.get("指标代码")}
        assert (by["outreach.events"]["印作"], by["outreach.events"]["本系统"]) == ("3", "3")
        assert by["outreach.events_audience"]["指标（原文）"] == "'=1+1"
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{root}figures.xlsx").content))
        assert book.worksheets[0]["C2"].value is not None
        found = json.loads(client.get(f"{root}figures.json").content)["figures"]
        assert {f["conflict"] for f in found} == {None, -9.68}
        assert client.get(f"{root}figures.pdf").status_code == 404


@pytest.mark.parametrize(
    ("content", "told_"),
    [
        ("", "粘贴内容"),
        ("x = 1", "x"),
        (TARGETS.replace('"469023"', '"990000"'), "990000"),
        (TARGETS.replace("value = 3\n", 'value = "3"\n'), "outreach.events"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_nothing_is_recorded(
    province: Client, content: str, told_: str
) -> None:
    response = bring(province, content)
    assert response.status_code == 422
    assert told_ in response.content.decode()
    assert "年度公报" in response.content.decode()
    assert "还没有登记印出的数字" in text(html(province, "/scoreboard/"))


def test_a_file_may_be_sent_and_a_county_brings_in_its_own_only(province: Client) -> None:
    sent = SimpleUploadedFile("targets.toml", SCOREBOARD.read_bytes())
    assert bring(province, "", file=sent)["Location"] == "/scoreboard/?brought=38"
    county = signed_in("county", "county_supervisor", COUNTY)
    refused = bring(county, SCOREBOARD.read_text())
    assert refused.status_code == 422
    assert "460000" in refused.content.decode()
    assert "示例县" in text(html(county, "/scoreboard/"))
    assert "示例省 3" not in text(html(county, "/scoreboard/"))


def test_who_may_do_what(province: Client, now: datetime) -> None:
    bring(province)
    analysis.count_printed(MONDAY, now)
    outreach = signed_in("outreach", "outreach", "46")
    page = html(outreach, "/scoreboard/")
    assert "导入目标文件" not in page
    assert "公布这一版" not in page
    assert ("/figures/", "印之前先核对") in links(page)
    assert outreach.get("/scoreboard/import/").status_code == 404
    assert "导入目标文件" in html(signed_in("numbers", "statistician", "46"), "/scoreboard/")
    assert (
        outreach.post("/scoreboard/publish/", {"id": identifier(province, "/scoreboard/")}).status_code == 404
    )
    assert signed_in("town", "town_office", TOWN).get("/scoreboard/").status_code == 403
    assert Client().get("/scoreboard/").status_code == 302


def test_counting_again_is_begun_beside_the_request(
    province: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(province)
    begun: list[str] = []
    monkeypatch.setattr("guitu.web.background.begin", lambda work, name: begun.append(name))
    assert province.post("/scoreboard/count/", {}).status_code == 302
    assert begun == ["scoreboard"]
    assert "正在计算" in text(html(province, "/scoreboard/"))


def test_the_outreach_team_checks_a_draft_before_it_is_printed() -> None:
    outreach = signed_in("outreach", "outreach", "46")
    assert outreach.get("/figures/").status_code == 200
    found = outreach.post("/figures/", {"text": "全年宣讲145场，获证率91.5‰。"})
    assert found.status_code == 200
    assert "%" in found.content.decode()
