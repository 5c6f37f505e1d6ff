"""Units: what each place has open, who is there, and nothing outside the reader's area."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.test import Client

from guitu.store import read, units
from guitu.store.units import NewUnit
from guitu.web import preferences
from tests.store.writing import CENTRE, OTHER_VILLAGE, TOWN, VILLAGE
from tests.web import desk
from tests.web.calling import Program
from tests.web.desk import HTMX, TODAY, html, links, main, signed_in, text


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def county(places: object, now: datetime) -> Client:
    """The county's supervisor, with busy villages."""
    desk.busy(now)
    return signed_in("chief", "county_supervisor", "469023", name="林县明")


def names(page: str) -> list[str]:
    """The units listed, in order."""
    return re.findall(r'<span class="unit-name"><a[^>]*>([^<]+)</a>', page)


def test_ones_own_unit_comes_first_with_the_way_down_to_it(county: Client) -> None:
    page = html(county, "/units/")
    assert "<h1>示例县</h1>" in page
    assert re.search(r"示例省.*?示例县", text(page))
    assert names(page) == ["河东镇", "河西镇"]
    assert not links(page, "/units/46/")
    deeper = html(county, f"/units/{VILLAGE}/")
    way = [words for href, words in links(deeper, "/units/") if not href.endswith("/file/")]
    assert way == ["示例县", "河东镇"]


@pytest.mark.parametrize("code", ["469023", TOWN, VILLAGE, OTHER_VILLAGE])
def test_every_figure_is_the_length_of_the_list_it_leads_to(county: Client, code: str) -> None:
    page = html(county, f"/units/{code}/")
    figure = re.compile(r"(?:(?:在册|待办|逾期) )?([\d,]+)")
    figures = [(href, figure.fullmatch(words)) for href, words in links(page)]
    counted = [(href, int(found[1].replace(",", ""))) for href, found in figures if found]
    assert len(counted) >= 3
    for href, n in counted:
        listed = html(county, href + ("&" if "?" in href else "?") + "size=100")
        found = re.findall(r'<li class="due" id=|<tr id="', listed)
        assert len(found) == n, href


def test_what_lies_outside_the_area_is_not_there(county: Client) -> None:
    for code in ("46", "469024", "469024100", CENTRE, "nowhere"):
        assert county.get(f"/units/{code}/").status_code == 404
        assert county.get(f"/units/{code}/below/", headers=HTMX).status_code == 404
    assert "邻县" not in html(county, "/units/?q=邻")
    assert "没有找到" in text(html(county, "/units/?q=邻"))


def test_a_branch_unfolds_into_lines_of_its_own(county: Client) -> None:
    page = html(county, "/units/")
    fetched = re.search(r'<details class="unit-below" hx-get="([^"]+)"', page)
    assert fetched is not None
    part = html(county, fetched[1], headers=HTMX)
    assert "<html" not in part
    assert names(part) == ["东坡村", "南园村"]
    assert "unit-below" not in part
    assert county.get(fetched[1])["Location"] == f"/units/{TOWN}/"


@pytest.mark.parametrize(
    ("typed", "lands"),
    [
        ("东坡", VILLAGE),
        ("dongpo", VILLAGE),
        ("dpc", VILLAGE),
        ("469023100200", VILLAGE),
        ("河东镇", TOWN),
        ("hedong", TOWN),
    ],
)
def test_a_search_that_finds_one_unit_goes_there(county: Client, typed: str, lands: str) -> None:
    answer = county.get("/units/", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/units/{lands}/")


def test_a_search_that_finds_several_lists_them_with_their_way(county: Client) -> None:
    page = html(county, "/units/?q=坡村")
    assert set(names(page)) == {"东坡村", "西坡村"}
    assert "找到 2 个单位" in text(page)
    assert "河东镇" in text(page)


def test_who_is_in_post_is_named_and_where_nobody_is_it_says_so(county: Client) -> None:
    signed_in("wang.jg", "village_worker", VILLAGE, name="王建国")
    assert "村级专干 王建国" in text(html(county, f"/units/{VILLAGE}/"))
    assert "空缺" not in text(html(county, f"/units/{VILLAGE}/"))
    assert "◇" in main(html(county, f"/units/{OTHER_VILLAGE}/"))
    assert "空缺" in text(html(county, f"/units/{OTHER_VILLAGE}/"))
    lines = re.findall(r'<div class="unit-line">.*?</div>', html(county, f"/units/{TOWN}/"))
    assert ["空缺" in line for line in lines] == [False, True]


def test_people_stand_by_measure(county: Client) -> None:
    view = read.unit_view(TOWN, TODAY)
    found = {
        words: href for href, words in links(html(county, f"/units/{TOWN}/"), "measure=community_treatment")
    }
    assert str(view.measures["community_treatment"]) in found


def test_institutions_stand_apart_from_divisions(places: object) -> None:
    page = html(signed_in("province", "provincial_supervisor", "46", name="陈省心"), "/units/")
    divisions, institutions = page.split('id="branch-institutions"')
    assert names(divisions) == ["示例县", "邻县"]
    assert names(institutions) == ["示范强制隔离戒毒所"]
    assert 'class="crumbs"' not in page


def test_a_closed_unit_says_so(places: object) -> None:
    units.add([NewUnit("469023102", "旧街镇", "town", "469023", active_until=date(2025, 12, 31))])
    client = signed_in("chief", "county_supervisor", "469023")
    assert "已于 2025-12-31 停用" in text(html(client, "/units/469023102/"))
    assert "已停用" in text(html(client, "/units/"))


def test_who_needs_figures_only_sees_no_lists_and_no_small_numbers(places: object, now: datetime) -> None:
    desk.busy(now, people=24)
    client = signed_in("statistician", "statistician", "46", name="统计员")
    page = html(client, "/units/469023/")
    assert not links(page, "/people/")
    assert not links(page, "due=late")
    assert "不足10" in text(page)
    assert 'class="word veiled"' in page
    assert 'class="word hidden"' not in page, "what is hidden by its class is not seen on the screen"
    people = [
        int(n)
        for n in re.findall(
            r'(?:在册 </span>|<dt>在册人员</dt><dd><span class="unit-count num">)(\d+)<', page
        )
    ]
    assert people
    assert all(n == 0 or n >= 10 for n in people)


def test_what_would_give_a_small_town_away_is_hidden_along_everywhere(places: object, now: datetime) -> None:
    desk.busy(now, people=24)  # the county's 24 less one town's 16 are the other's 8
    reader = signed_in("statistician", "statistician", "46", name="统计员")
    county = html(reader, "/units/469023/")
    lines = re.findall(r'<div class="unit-line">.*?</div>', county)
    east, west = (text(line) for line in lines)
    assert re.search("河东镇.*在册 ※ ?连带不显示", east)
    assert re.search("河西镇.*在册 ※ ?不足10", west)
    assert "不足10" not in west.split("待办")[1], "a number of duties is not under ten because people are"
    for address in ("/units/?q=镇", f"/units/{TOWN}/", f"/units/{TOWN}/below/"):
        said = text(html(reader, address, headers=HTMX if "below" in address else {}))
        assert "16" not in re.findall(r"(?<![\d])\d+(?![\d])", said.replace("2026", "")), address
    table = reader.get("/units/469023/", {"take": "csv", "take-list": "divisions"}).content.decode()
    assert "连带不显示" in table
    assert ",16," not in table
    told = Program("statistician", "statistician", "46", "units").get("units", parent="469023")["items"]
    assert {(one["people"], one["open_duties"], one["hidden"]) for one in told} == {
        (None, None, "also"), (None, None, "small"),
    }  # fmt: skip
    whole = Program("above", "county_supervisor", "469023", "units").get("units")["items"]
    assert sorted((one["people"], one["hidden"]) for one in whole) == [(8, ""), (16, "")]


def test_it_speaks_english_throughout(places: object, now: datetime) -> None:
    desk.busy(now)
    said = text(html(signed_in("en", "county_supervisor", "469023", language="en"), "/units/"))
    for word in ("County", "People on a measure", "Staff in post", "Divisions below", "Vacant", "Overdue"):
        assert word in said
    for word in ("在册", "逾期", "空缺", "区划"):
        assert word not in said
    client = signed_in("above", "provincial_supervisor", "46", language="en")
    staffed = re.findall(r'<span class="unit-staff">(.*?)</span></span>', html(client, "/units/"))
    assert '<span class="unit-label">In post </span>1' in staffed, "on a phone a bare 1 says nothing"


def test_a_town_of_many_villages_shows_twenty_and_leads_to_the_others(county: Client) -> None:
    units.add([NewUnit(f"4690231003{n:02}", f"新村{n}", "village", TOWN) for n in range(23)])
    first = html(county, f"/units/{TOWN}/")
    second = html(county, f"/units/{TOWN}/?list=divisions&page=2")
    assert (len(names(first)), len(names(second))) == (20, 5)
    assert len({*names(first), *names(second)}) == 25
    for page in (first, second):
        assert "下级区划 25 · 第" in text(page)  # on paper, which has no pager, too
    assert (f"/units/{TOWN}/?list=divisions&page=2#branch-divisions", "下一页") in links(first)
    assert len(names(html(county, f"/units/{TOWN}/?size=50"))) == 25
    taken = county.get(f"/units/{TOWN}/", {"take": "csv", "take-list": "divisions"}).content.decode()
    assert all(f"新村{n}" in taken for n in range(23))


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "河东镇：2 个下级单位"), ("en", "河东镇: 2 units below")],
)
def test_a_branch_that_was_fetched_says_aloud_how_much_came(county: Client, language: str, said: str) -> None:
    county.cookies[preferences.COOKIE] = f"{language}.normal.normal.normal"
    part = html(county, f"/units/{TOWN}/below/", headers=HTMX)
    assert f'<li hidden data-say="{said}">' in part


def test_a_figure_is_heard_with_what_it_counts_and_that_once(county: Client) -> None:
    page = main(html(county, f"/units/{TOWN}/"))
    assert re.search(r"<dt>在册人员</dt><dd><span class=\"unit-count num\"><a[^>]*>\d+</a></span></dd>", page)
    assert re.search(r"<dt>社区戒毒</dt><dd><span class=\"unit-count num\"><a[^>]*>\d+</a></span></dd>", page)
    listed = page.partition('class="unit-tree"')[2]
    assert re.search(r'<a[^>]*><span class="unit-label">在册 </span>\d+</a>', listed)
