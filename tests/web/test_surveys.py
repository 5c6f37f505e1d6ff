"""Surveys on their pages: planned, answered without signing in, typed in from paper, closed; and what nobody
can find out."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from guitu.store import engine, unitfiles
from guitu.store.levels import surveys
from guitu.store.units import tree
from tests.store.writing import TOWN
from tests.web.desk import html, links, text
from tests.web.recording import signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
PLAN = {
    "title": "年度群众调查",
    "wave": "after",
    "opens": "2026-11-20",
    "closes": "2026-12-20",
    "method": "random",
    "frame": "2025 年末户册",
    "strata": "城区，4000\n乡镇，6000",
    "favourable": "2",
    "q1_scale": "safety",
    "q1_zh": "您觉得住的地方安全吗？",
    "q1_en": "Do you feel safe?",
    "q2_scale": "satisfaction",
    "q2_zh": "您对禁毒工作满意吗？",
    "q2_en": "",
}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def identifier(client: Client, path: str = "/surveys/new/") -> str:
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', html(client, path))
    assert found is not None
    return found[1]


def plan(client: Client, **more: str) -> str:
    """The address of a survey that was planned."""
    response = client.post("/surveys/new/", {**PLAN, "id": identifier(client), **more})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"]).partition("?")[0]


def codes(client: Client, where: str, stratum: int = 0, count: int = 12) -> list[str]:
    response = client.post(f"{where}codes/", {"stratum": stratum, "count": count, "how": "csv"})
    assert response.status_code == 200, response.content.decode()
    return re.findall(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", response.content.decode("utf-8-sig"))


def said(code: str, *answers: int) -> Any:
    """The answer of somebody who is not signed in."""
    given = {f"q{n}": str(a) for n, a in enumerate(answers, 1)}
    return Client().post("/answer/", {"code": code, "answers": "yes", **given})


def results(unit: str = COUNTY) -> list[Any]:
    return [e for e in unitfiles.unit_file(tree().find(unit)).counted() if e.kind == "survey_result"]


def test_a_survey_is_planned_answered_and_closed(county: Client) -> None:
    assert "还没有调查" in text(html(county, "/surveys/"))
    where = plan(county)
    town, village = codes(county, where), codes(county, where, 1)
    assert len({*town, *village}) == 24
    for n, code in enumerate([*town, *village]):
        assert said(code, 1 if n % 4 else 4, 2 if n % 3 else 5).status_code == 200
    running = text(html(county, where))
    assert "答卷 24 份" in running
    assert "结束以后才显示" in running
    done = county.post(f"{where}close/", {"id": identifier(county, where)})
    assert done.status_code == 302
    shown = text(html(county, where))
    assert "75.00%" in shown
    assert "±" in shown
    both = {e.get("question"): e for e in results()}
    assert set(both) == {"safety", "satisfaction"}  # two entries, never one
    assert (both["safety"].get("sample"), both["safety"].get("favourable")) == (24, 18)
    assert (both["satisfaction"].get("sample"), both["satisfaction"].get("favourable")) == (24, 16)
    assert both["safety"].get("share") == "75.00"
    assert both["safety"].get("population") == 10000


def test_a_code_answers_once_and_says_so(county: Client) -> None:
    code = codes(county, plan(county), count=1)[0]
    assert "您觉得住的地方安全吗" in Client().post("/answer/", {"code": code}).content.decode()
    assert said(code.lower().replace("-", " "), 1, 1).status_code == 200
    again = said(code, 1, 1)
    assert again.status_code == 422
    assert "已经用过" in again.content.decode()
    assert "没有这个答题码" in said("AAAA-BBBB-CCCC-DDDD", 1, 1).content.decode()


def test_a_question_left_open_is_asked_again_with_what_was_chosen(county: Client) -> None:
    code = codes(county, plan(county), count=1)[0]
    response = said(code, 2)
    assert response.status_code == 422
    page = response.content.decode()
    assert "第 2 问请选一项" in page
    assert re.search(r'name="q1" value="2" checked', page)
    assert said(code, 2, 0).status_code == 200


def test_nothing_kept_ties_an_answer_to_a_code_or_a_moment(county: Client) -> None:
    where = plan(county)
    for code in codes(county, where, count=3):
        said(code, 1, 2)
    columns = {}
    with engine.house():
        for name in ("answer", "code"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM store_survey{name}")
                columns[name] = [c[0] for c in cursor.description]
        rows = engine.rows("SELECT id, day, answers FROM store_surveyanswer")
    assert columns["answer"] == ["id", "survey", "stratum", "day", "answers", "sheet"]
    assert columns["code"] == ["digest", "survey", "unit", "stratum", "used"]
    assert {str(day)[:10] for _, day, _ in rows} == {"2026-11-23"}
    assert {answers for _, _, answers in rows} == {"12"}
    numbers = [number for number, _, _ in rows]
    assert max(numbers) - min(numbers) > 1000  # thrown, not counted
    county.post(f"{where}close/", {"id": identifier(county, where)})
    with engine.house():
        assert engine.rows("SELECT 1 FROM store_surveycode") == []


def test_answering_leaves_nothing_of_who_it_was(county: Client) -> None:
    code = codes(county, plan(county), count=1)[0]
    client = Client()
    response = client.post("/answer/", {"code": code, "answers": "yes", "q1": "1", "q2": "1"})
    assert response["Cache-Control"] == "no-store"
    assert "sessionid" not in client.cookies
    assert code not in response.content.decode()


def test_paper_is_entered_once_and_put_right(county: Client) -> None:
    where = plan(county)
    sheet = {"sheet": "17", "stratum": "1", "q1": "1", "q2": "2", "again": "no"}
    assert county.post(f"{where}paper/", sheet).status_code == 302
    twice = county.post(f"{where}paper/", {**sheet, "q1": "3"})
    assert twice.status_code == 422
    assert "已经录过" in twice.content.decode()
    assert re.search(r'name="q1" value="3" checked', twice.content.decode())
    assert county.post(f"{where}paper/", {**sheet, "q1": "3", "again": "yes"}).status_code == 302
    with engine.house():
        assert engine.rows("SELECT answers, stratum FROM store_surveyanswer") == [("32", 1)]
    wrong = county.post(f"{where}paper/", {"sheet": "x", "q1": "9"})
    assert wrong.status_code == 422
    assert "请填写纸上印的编号" in wrong.content.decode()


def test_fewer_than_ten_answers_are_shown_and_recorded_of_nobody(county: Client) -> None:
    where = plan(county, strata="全村，300")
    for code in codes(county, where, count=9):
        said(code, 1, 1)
    county.post(f"{where}close/", {"id": identifier(county, where)})
    page = text(html(county, where))
    assert "不足 10" in page
    assert "100.00%" not in page
    assert results() == []


def test_no_more_codes_than_people(county: Client) -> None:
    where = plan(county, strata="全村，20")
    response = county.post(f"{where}codes/", {"stratum": "0", "count": "21", "how": "page"})
    assert response.status_code == 422
    assert "只能再发 20 个" in response.content.decode()
    assert "只显示这一次" in county.post(
        f"{where}codes/", {"stratum": "0", "count": "20", "how": "page"}
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("q1_zh", "安全感、满意度如何？", "分成两问"),
        ("strata", "城区", "第 1 行"),
        ("closes", "2026-11-01", "不能早于"),
        ("title", "", "名称"),
        ("method", "guess", "选项"),
    ],
)
def test_a_bad_plan_is_told_and_kept_as_typed(county: Client, field: str, typed: str, told: str) -> None:
    response = county.post("/surveys/new/", {**PLAN, "id": identifier(county), field: typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert "2025 年末户册" in page


def test_a_survey_of_another_county_is_not_there(county: Client) -> None:
    where = plan(county)
    assert signed_in("other", "county_supervisor", "469024").get(where).status_code == 404
    assert signed_in("province", "statistician", "46").get(where).status_code == 200


def test_the_list_is_searched_and_has_pages(county: Client) -> None:
    for n in range(21):
        plan(county, title=f"第 {n:02} 次调查", opens=f"2026-10-{n + 1:02}")
    page = text(html(county, "/surveys/"))
    assert "第 20 次调查" in page
    assert "第 00 次调查" not in page
    assert "第 00 次调查" in text(html(county, "/surveys/?page=2"))
    found = text(html(county, "/surveys/?q=第 07"))
    assert "第 07 次调查" in found
    assert "第 08 次调查" not in found
    assert "没有名称含" in text(html(county, "/surveys/?q=没有"))


def test_a_town_reads_and_runs_nothing(county: Client) -> None:
    where = plan(county)
    town = signed_in("town", "town_office", TOWN)
    assert "还没有调查" in text(html(town, "/surveys/"))
    assert town.get(where).status_code == 404  # the county's is not the town's
    assert town.get("/surveys/new/").status_code == 404
    outreach = signed_in("outreach", "outreach", "46")
    assert "codes/" not in "".join(href for href, _ in links(html(outreach, where)))
    assert outreach.post(f"{where}close/", {"id": identifier(county, where)}).status_code == 404


def test_answers_are_taken_on_the_days_of_the_survey_only(
    county: Client, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    code = codes(county, plan(county), count=1)[0]
    monkeypatch.setenv("GUITU_TODAY", "2026-12-21")
    late = said(code, 1, 1)
    assert late.status_code == 422
    assert "2026-11-20 到 2026-12-20" in late.content.decode()


def test_the_interval_is_of_the_whole_frame(county: Client) -> None:
    where = plan(county)
    survey = surveys.surveys(tree().find(COUNTY))[0][0]
    day = date(2026, 11, 21)
    surveys.take_in(survey, [(0, day, (1, 1), None)] * 90 + [(0, day, (5, 0), None)] * 10)
    surveys.take_in(survey, [(1, day, (1, 1), None)] * 50 + [(1, day, (5, 0), None)] * 50)
    county.post(f"{where}close/", {"id": identifier(county, where)})
    page = text(html(county, where))
    assert "66.00%" in page  # 0.4 × 90% + 0.6 × 50%, where plainly 70% of the answers were favourable
    assert "70.00%" in page
