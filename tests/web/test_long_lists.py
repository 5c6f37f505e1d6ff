"""Lists that grow long show twenty rows and lead to the others; what is counted above them is of all."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import excerpts, gate, rebuild, unitfiles
from guitu.store.names import reading
from guitu.web.components.pager.component import Pager
from guitu.web.taking import collecting
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.desk import TODAY, asked, busy, html, links, main, signed_in, text
from tests.web.recording import confirm, form_of

NEXT_TOWN = "469024100"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def rows(page: str, list_id: str = "list") -> list[str]:
    """The rows of one list, by their anchors."""
    here = main(page).partition(f'id="{list_id}"')[2].partition("</table>")[0]
    return re.findall(r'<tr id="([^"]+)"', here)


def counted(page: str) -> list[str]:
    """The choices above a list, each with how many it gives."""
    return [words for _, words in links(page) if re.fullmatch(r"[^第].* \d+", words)]


def over(now: datetime, people: int, years: int = 3) -> None:
    """People whose measure ended lately by law, and whose towns were not told."""
    files = []
    for n in range(1, people + 1):
        pen, since = Pen(n), (TODAY - timedelta(days=years * 366 + 3)).isoformat()
        files += [
            pen.person(f"周{n}"),
            pen.held_by(VILLAGE),
            pen.entry("order", since, measure="community_treatment", document_no=f"示例〔2023〕{n}号"),
            pen.entry("served", since),
            pen.entry("reporting_in", since),
        ]
    gate.record_many(files, actor=house(), now=now)


@pytest.mark.parametrize("path", ["/order/", "/contact/"])
def test_the_twenty_first_stands_on_the_second_page_and_the_counts_are_of_all(
    town: Client, now: datetime, path: str
) -> None:
    busy(now, 36)  # of them 24 in the town
    first, second = html(town, path), html(town, f"{path}?page=2")
    assert (len(rows(first)), len(rows(second))) == (20, 4)
    assert len({*rows(first), *rows(second)}) == 24
    for page in (first, second):
        assert "社区戒毒、社区康复 24 人" in text(page)
        assert "共 24 人" in text(page)
    assert "第 1–20 条" in text(first)
    assert "第 21–24 条" in text(second)
    assert [href for href, _ in links(first, "page=2")]
    assert rows(html(town, f"{path}?page=9")) == rows(second)  # beyond the last is the last
    assert len(rows(html(town, f"{path}?size=50"))) == 24
    assert counted(first) == counted(second)


@pytest.mark.parametrize(
    ("path", "filter_"), [("/order/", ("step", "agreement")), ("/contact/", ("state", "awaited"))]
)
def test_a_filter_and_a_page_go_together(
    town: Client, now: datetime, path: str, filter_: tuple[str, str]
) -> None:
    busy(now, 48)  # of them 32 in the town, every fifth reported
    name, value = filter_
    narrowed = f"{path}?{name}={value}"
    first = html(town, narrowed)
    (href, *_) = {href for href, words in links(first, "page=2") if words.isdigit()}
    assert asked(href) == {name: value, "page": "2"}
    second = html(town, path + href.partition(path)[2])
    assert len(rows(first)) == 20
    assert rows(second)
    assert not {*rows(first)} & {*rows(second)}
    (without,) = {h for h, words in links(second) if "去掉" in words}
    assert "page" not in asked(without)
    sized = html(town, f"{narrowed}&size=50")
    assert {asked(h).get("size") for h, _ in links(sized, f"{path}?") if "page" not in asked(h)} >= {"50"}


def test_a_chosen_step_and_a_chosen_unit_are_named_with_the_way_back(now: datetime) -> None:
    busy(now, 6)
    county = signed_in("chief", "county_supervisor", "469023")
    page = html(county, f"/order/?unit={TOWN}&step=working_group")
    assert "还差 报到" in text(html(county, "/order/"))  # else it reads as if they had
    gone = [words for _, words in links(page) if "去掉" in words]
    assert [words.split()[0] for words in gone] == ["工作小组", "河东镇"]
    assert ("/order/", "全部清除") in links(page)


def test_those_whose_measure_has_ended_are_paged_list_by_list(town: Client, now: datetime) -> None:
    over(now, 23)
    page = html(town, "/contact/ended/")
    assert (len(rows(page, "notices")), len(rows(page, "lately"))) == (20, 20)
    assert "待告知乡镇 23 人" in text(page)
    assert text(page).count("共 23 人") == 2
    alone = html(town, "/contact/ended/?list=lately&page=2")
    assert (len(rows(alone, "lately")), len(rows(alone, "notices"))) == (3, 0)
    assert "待告知乡镇 23 人" in text(alone)
    assert ("/contact/ended/", "近 90 天期满 × 去掉") in links(alone)
    taken = {asked(h)["take-list"] for h, _ in links(page, "take=csv")}
    assert taken <= {"notices", "alone", "lately"}


def test_a_notice_recorded_from_the_list_leads_back_to_its_page(town: Client, now: datetime) -> None:
    over(now, 1)
    (href, _), *_ = links(html(town, "/contact/ended/?list=notices"), "/record/end_notice/")
    path, _, query = href.partition("?")
    given = dict(parse_qsl(query))
    assert given == {"from": "list", "row": "/contact/ended/?list=notices"}
    answer = town.post(path, {**form_of(town, path, **given), **given})
    assert answer.status_code == 302, text(answer.content.decode())
    said = text(html(town, answer["Location"]))
    assert "已保存" in said
    assert "待告知乡镇 0 人" in said


def test_who_was_drawn_is_paged_and_people_are_counted_whole(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_PRESETS", "FRQ-A")
    monkeypatch.setenv("GUITU_TODAY", "2026-10-25")
    files = []
    for n in range(1, 24):
        pen = Pen(n)
        files += [
            pen.person(f"符{n}"),
            pen.held_by(VILLAGE),
            pen.entry("order", "2026-03-01", measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
            pen.entry("served", "2026-03-02"),
            pen.entry("reporting_in", "2026-03-10"),
            pen.entry("agreement", "2026-03-10"),
        ]
    gate.record_many(files, actor=house(), now=now)
    assert town.post("/draw/publish/", {"unit": TOWN, "month": "2026-11"}).status_code == 302
    late = date(2027, 1, 2)
    monkeypatch.setenv("GUITU_TODAY", late.isoformat())
    rebuild.refresh(late)
    first, second = html(town, "/draw/"), html(town, "/draw/?page=2")
    assert (len(rows(first, "come")), len(rows(second, "come"))) == (20, 3)
    for page in (first, second):
        assert "到日子未检 23 人" in text(page)
        assert "共 23 人" in text(page)
    assert rows(html(town, "/draw/?list=draws&page=2"), "come") == rows(first, "come")  # of the other list


def test_the_draws_of_two_years_have_pages_that_lead_to_where_they_stand(town: Client, now: datetime) -> None:
    entries = []
    for n in range(23):
        first = date(2024 + n // 12, n % 12 + 1, 1)
        fields = {"first": first, "last": first.replace(day=28), "weekends": "yes", "commitment": "0" * 64}
        on = first - timedelta(days=3)
        entries.append(unitfiles.new_entry(TOWN, "draw_committed", on, fields, now=now, author="town-1"))
    gate.record_many(entries, actor=house(), now=now)
    page = html(town, "/draw/")
    assert "共 23 次" in text(page)
    assert len(rows(page, "draws")) == 20
    assert ("/draw/?list=draws&page=2#draws-title", "下一页") in links(page)
    assert len(rows(html(town, "/draw/?list=draws&page=2"), "draws")) == 3


def test_a_board_of_hand_overs_has_pages_and_a_choice_of_how_many_rows(town: Client, now: datetime) -> None:
    files = []
    for n in range(1, 24):
        pen = Pen(n)
        files += [
            pen.person(f"陈{n}"),
            pen.held_by(VILLAGE),
            pen.entry("handover_sent", "2026-11-10", to_unit=NEXT_TOWN),
        ]
    gate.record_many(files, actor=house(), now=now)
    first, second = html(town, "/handover/?side=sent"), html(town, "/handover/?side=sent&page=2")
    assert (len(rows(first, "board")), len(rows(second, "board"))) == (20, 3)
    assert text(first).count("共 23 件") == text(second).count("共 23 件") == 1
    assert "在途 23 件" in text(second)
    assert len(rows(html(town, "/handover/?side=sent&size=50"), "board")) == 23
    assert rows(html(town, "/handover/?side=sent&page=7"), "board") == rows(second, "board")


def test_a_list_of_a_fixed_length_offers_no_other() -> None:
    one = Pager(2, 12, 45, path="/pictures/", fixed=True)
    assert one.sizes == ()
    assert (one.next, one.previous) == ("/pictures/?page=3", "/pictures/")
    assert Pager(2, 50, 145, path="/order/").next == "/order/?page=3&size=50"


def test_the_lists_of_help_are_paged_each_by_itself_and_nobody_is_cut_off(
    town: Client, now: datetime
) -> None:
    files = []
    for n in range(1, 24):
        pen = Pen(n)
        files += [
            *pen.on_community_treatment(name=f"吴{n}", served="2026-03-01"),
            pen.entry("help_need", "2026-08-01", line="work"),
        ]
    gate.record_many(files, actor=house(), now=now)
    page = html(town, "/help/")
    assert "共 23 项" in text(page)
    assert len(re.findall("<tr", main(page).partition('id="waiting-list"')[2].partition("</table>")[0])) == 21
    assert ("/help/?list=waiting-list&page=2#waiting-list", "下一页") in links(page)
    further = main(html(town, "/help/?list=waiting-list&page=2"))
    assert len(re.findall("<tr", further.partition('id="waiting-list"')[2].partition("</table>")[0])) == 4


def test_a_list_under_a_heading_of_its_name_does_not_say_it_twice(town: Client) -> None:
    page = main(html(town, "/contact/ended/"))
    assert '<h2 id="lately-title">近 90 天期满</h2>' in page
    assert '<strong class="hidden">近 90 天期满</strong>' in page


def test_a_case_number_under_a_name_stays_in_one_piece(town: Client, now: datetime) -> None:
    busy(now, 1)
    assert re.search(r'<span class="sub"><span class="nowrap">[\d-]+</span></span>', html(town, "/order/"))


def test_the_heads_of_both_lists_sort_and_keep_the_filter(town: Client, now: datetime) -> None:
    busy(now, 36)
    for path, name in (
        ("/order/", "ends"),
        ("/contact/", "tried"),
        ("/order/", "name"),
        ("/contact/", "met"),
    ):
        page = html(town, f"{path}?sort={name}&page=2")
        assert 'aria-sort="ascending"' in page
        assert f"{path}?sort=-{name}" in {href for href, _ in links(page)}
        up = [r for n in (1, 2) for r in rows(html(town, f"{path}?sort={name}&page={n}"))]
        down = [r for n in (1, 2) for r in rows(html(town, f"{path}?sort=-{name}&page={n}"))]
        assert len({*up}) == len({*down}) == 24
        assert rows(html(town, f"{path}?sort=nonsense")) == rows(html(town, path))
    listed = main(html(town, "/order/?sort=name&size=50"))
    names = re.findall(r'<a href="/order/[^"]+">(赵[^<]+)</a>', listed)
    assert len(names) == 24
    assert names == sorted(names, key=reading)
    narrowed = html(town, "/order/?step=agreement&sort=name")
    assert "/order/?step=agreement&sort=-name" in {href for href, _ in links(narrowed)}


def test_a_list_of_several_pages_is_taken_along_whole(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "LARGE", 20)  # else the second page begins after a hundred
    over(now, 23)
    chief = signed_in("chief", "county_supervisor", "469023")
    confirm(chief)
    for path, list_id in (("/contact/ended/", "notices"), ("/contact/ended/", "lately")):
        answer = chief.get(path, {"take": "csv", "take-list": list_id})
        assert answer.status_code == 200, (path, list_id)
        lines = b"".join(answer).decode("utf-8-sig").splitlines()
        assert len({line for line in lines if re.search(r"周\d+", line)}) == 23


@pytest.mark.parametrize("path", ["/order/", "/contact/"])
def test_somebody_is_found_in_a_list_by_what_people_finds_them_by(
    town: Client, now: datetime, path: str
) -> None:
    busy(now, 36)
    whole = html(town, path)
    case = rows(whole)[3]
    name = re.search(rf">([^<]+)</a><span class=\"sub\"><span class=\"nowrap\">{case}<", whole)
    assert name is not None
    for words in (name[1], "".join(s[0] for s in reading(name[1])[:-1]), case):
        answer = town.post(path, {"q": words})
        assert answer.status_code == 302
        found = html(town, answer["Location"])
        assert case in rows(found), words
        assert len(rows(found)) < 20
        assert "社区戒毒、社区康复 24 人" in text(found)  # what is counted above is of all
        assert (path, "全部清除") in links(found)
        assert f'value="{words}"' in main(found)
    everybody = html(town, town.post(path, {"q": "zhao"})["Location"])
    assert len(rows(everybody)) == 20
    assert {asked(href).get("q") for href, _ in links(everybody, "page=2")} == {"zhao"}
    assert {asked(href).get("q") for href, _ in links(everybody, "sort=name")} == {"zhao"}
    none = html(town, town.post(path, {"q": "无此人"})["Location"])
    assert "这份名单里没有“无此人”" in text(none)
    assert [href for href, words in links(none) if words == "在全部人员里找"]


@pytest.mark.parametrize("path", ["/order/", "/contact/"])
def test_a_number_sought_in_a_list_stands_in_no_address(town: Client, now: datetime, path: str) -> None:
    busy(now, 3)
    for answer in (
        town.post(path, {"q": "980101199001010010", "sort": "name"}),
        town.get(path, {"q": "980101199001010010", "sort": "name"}),
    ):
        assert answer.status_code == 302
        assert "9801" not in answer["Location"]
        assert asked(answer["Location"])["sort"] == "name"
        assert 'value="980101199001010010"' in html(town, answer["Location"])
