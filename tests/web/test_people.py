"""People: found by whatever one has, listed so that numbers are lists, added once, screened, taken along."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from uuid import UUID

import openpyxl
import pytest
from django.test import Client

from guitu.access import Actor, Post, house
from guitu.store import engine, gate, names, read
from guitu.store.read import desk as store_desk
from guitu.store.read import listing as after
from guitu.store.units import tree
from guitu.web.pages.people import listing
from tests.browser.casefiles import people
from tests.store import reading_log
from tests.store.writing import CENTRE, OTHER_VILLAGE, TOWN, VILLAGE, Pen, id_number
from tests.web import desk
from tests.web.desk import TODAY, asked, html, links, main, number, signed_in, text

COUNTY = "469023"
WEST_TOWN = "469023101"
BORN = date(1990, 3, 5)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def town(places: object, now: datetime) -> Client:
    """The town office of 河东镇, with two busy villages under it."""
    desk.busy(now)
    return signed_in("li.xm", "town_office", TOWN)


@pytest.fixture
def county(places: object, now: datetime) -> Client:
    """The county, with people in every state."""
    desk.busy(now, people=12)
    people()
    return signed_in("chief", "county_supervisor", "469023", name="林县明")


def rows(page: str) -> list[str]:
    """The case numbers of the list, in order."""
    return re.findall(r'<tr id="([^"]+)"', page)


def all_rows(client: Client, href: str) -> list[str]:
    """The case numbers of every page of a list."""
    first = html(client, href)
    found = rows(first)
    for step, words in links(first, "page="):
        if words.isdigit() and int(words) > 1:
            found += rows(html(client, step))
    return found


def form_of(page: str) -> dict[str, str]:
    """The hidden and typed values of the form that adds a person."""
    inside = page.partition('action="/people/new/"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', inside))


def one(now: datetime, name: str, place: int, unit: str = VILLAGE, born: str = "1990-03-05") -> Pen:
    """One person in the store."""
    pen = Pen(place)
    gate.record_many([pen.person(name, born), pen.held_by(unit)], actor=house(), now=now)
    return pen


@pytest.mark.parametrize(
    "typed", ["王小明", "小明", "wangxiaoming", "xiaoming", "wxm", "WXM", "王 明", "ｗｘｍ"]
)
def test_a_person_is_found_by_name_pinyin_initials_and_any_part(
    town: Client, now: datetime, typed: str
) -> None:
    pen = one(now, "王小明", 900)
    case_no = read.file_view(pen.file).case_no  # type: ignore[union-attr]
    page = town.get("/people/", {"q": typed}).content.decode()
    assert rows(page) == [case_no]
    assert "找到 1 人" in text(page)


def test_a_person_is_found_by_number_its_ending_and_the_case_number(town: Client, now: datetime) -> None:
    pen = one(now, "王小明", 901)
    case_no = read.file_view(pen.file).case_no  # type: ignore[union-attr]
    whole = id_number(BORN, 901)
    for typed in (whole, whole.lower(), f" {whole[:6]} {whole[6:]} ", case_no):
        assert rows(html(town, f"/people/?q={typed}")) == [case_no]
    assert case_no in rows(html(town, f"/people/?q={whole[-4:]}"))


def test_a_name_is_never_looked_for_outside_the_area(town: Client, now: datetime) -> None:
    one(now, "欧阳修远", 902, unit="469024100200")
    assert rows(html(town, "/people/?q=欧阳")) == []
    assert town.get("/people/?unit=469024").status_code == 404
    assert town.get("/people/?unit=46&q=欧阳").status_code == 404
    assert town.get("/people/list.xlsx?unit=469024").status_code == 404


def test_nobody_found_says_so_and_offers_to_add_them_by_name(town: Client) -> None:
    page = html(town, "/people/?q=阿不都")
    assert "没有找到“阿不都”" in text(page)
    href = next(href for href, words in links(page, "/people/new/") if words == "新建人员")
    assert asked(href) == {"name": "阿不都"}
    assert form_of(html(town, href))["name"] == "阿不都"


def test_too_many_says_so_and_shows_twenty(places: object, now: datetime) -> None:
    desk.busy(now, people=90)
    page = html(signed_in("li.xm", "county_supervisor", "469023"), "/people/?q=zhao")
    assert "超过 50 人，请再加一项" in text(page)
    assert len(rows(page)) == 20


def test_a_number_that_another_unit_holds_is_said_to_exist_and_nothing_more(
    town: Client, now: datetime
) -> None:
    pen = one(now, "欧阳修远", 903, unit="469024100200")
    page = html(town, f"/people/?q={id_number(BORN, 903)}")
    assert "由其他单位负责" in text(page)
    view = read.file_view(pen.file)
    assert view is not None
    for secret in ("欧阳修远", view.case_no, "邻村", "邻镇", "邻县"):
        assert secret not in page


def test_a_wrong_check_digit_is_named_and_the_search_made_all_the_same(town: Client) -> None:
    right = id_number(BORN, 904)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    said = text(html(town, f"/people/?q={wrong}"))
    assert "校验码不对" in said
    assert "仍按所填号码查过" in said
    assert "没有找到" in said


def test_before_searching_stand_the_ten_worked_on_last(town: Client, now: datetime) -> None:
    assert links(html(town, "/people/"), "list=current")
    assert "最近办理" not in text(html(town, "/people/"))
    clerk = Actor("li.xm", (Post("town_office", TOWN),))
    lines = read.today(TOWN, TODAY, duty="report_in").rows[:3]
    for n, line in enumerate(lines):
        pen = Pen(6000 + n, author="li.xm")
        pen.file = line.file
        gate.record(pen.entry("remark", "2026-11-23", text="来访"), actor=clerk, now=now)
    page = html(town, "/people/")
    assert "最近办理" in text(page)
    assert set(rows(page)) == {line.case_no for line in lines}


def test_every_number_is_the_length_of_the_list_it_leads_to(county: Client) -> None:
    for address in (
        "/people/?list=current",
        "/people/?list=all",
        "/people/?list=all&measure=community_treatment",
    ):
        page = html(county, address).partition('<div class="list"')[0] + "</main>"
        counted = [(href, n) for href, words in links(page, "?") if (n := number(words)) is not None]
        assert len(counted) >= 3, address
        for href, n in counted:
            assert len(all_rows(county, href)) == n, (address, href)


@pytest.mark.parametrize("flags", [["rights"], ["overdue"], ["rights", "overdue"]])
def test_programs_are_told_the_same_number(county: Client, flags: list[str]) -> None:
    unit, query = tree().find(COUNTY), "&".join(f"{flag}=1" for flag in flags)
    whole = after.Narrow(rights="rights" in flags, overdue="overdue" in flags)
    measures = {line.measure for line in after.people_after(unit, whole, size=200)}
    assert measures
    for narrow in (whole, *(replace(whole, measure=measure) for measure in measures)):
        found = all_rows(county, f"/people/?list=all&measure={narrow.measure}&{query}")
        assert after.how_many(unit, narrow) == len(found) > 0


def test_filters_keep_only_those_they_name(county: Client) -> None:
    page = html(county, "/people/?measure=compulsory_isolation&size=100")
    assert rows(page)
    assert len(rows(page)) == len(re.findall(r'<td class="bare">强制隔离戒毒', page))
    page = html(county, "/people/?overdue=1&size=100")
    assert (
        len(rows(page)) == len(re.findall(r'class="word (?:late|right)"', page.partition("<tbody>")[2])) > 0
    )
    page = html(county, "/people/?rights=1&size=100")
    pressed = re.search(r'aria-current="true"><i[^>]*>▲</i>权利有风险 <span class="num">(\d+)', page)
    assert pressed is not None
    assert len(rows(page)) == int(pressed[1]) > 0
    assert "清除" in text(html(county, "/people/?measure=voluntary&state=suspended"))


def test_who_is_under_no_measure_is_not_among_the_current(county: Client, now: datetime) -> None:
    pen = one(now, "王小明", 905)
    case_no = read.file_view(pen.file).case_no  # type: ignore[union-attr]
    assert case_no in rows(html(county, "/people/?list=all&size=100"))
    assert case_no not in rows(html(county, "/people/?list=current&size=100"))


def test_pages_follow_one_another(town: Client) -> None:
    found = all_rows(town, "/people/?list=all")
    assert len(found) == len(set(found)) == 40
    assert rows(html(town, "/people/?list=all&page=999")) == found[20:]


def test_screening_hides_names_and_measures_and_is_remembered(town: Client) -> None:
    name = read.people(TOWN)[0][0].name
    assert name in html(town, "/people/?list=all")
    answer = town.post("/people/screen/", {"next": "/people/?list=all"})
    assert answer["Location"] == "/people/?list=all"
    for address in ("/people/?list=all", "/people/?q=zhao", "/people/?list=current&page=2"):
        page = main(html(town, address))
        assert name not in page
        assert "赵＊" in page
        assert "社区戒毒 · 待报到" not in text(page)
        assert "已遮挡" in page
    taken = town.get("/people/list.csv?list=all").content.decode("utf-8-sig")
    assert name not in taken
    town.post("/people/screen/", {"next": "/people/?list=all"})
    assert name in html(town, "/people/?list=all")
    assert town.post("/people/screen/", {"next": "https://example.org/"})["Location"] == "/"


def test_the_list_can_be_taken_along_as_a_workbook_and_as_csv_without_numbers(
    town: Client,
) -> None:
    answer = town.get("/people/list.xlsx?list=all")
    (line,) = reading_log.lines("li.xm", "export")
    assert line.shown == len(line.files) > 0
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0][:3] == ["档案号", "姓名", "性别"]
    assert [r[0] for r in table[1:]] == all_rows(town, "/people/?list=all")
    plain = list(csv.reader(io.StringIO(town.get("/people/list.csv?list=all").content.decode("utf-8-sig"))))
    assert [r[:2] for r in plain] == [r[:2] for r in table]
    assert not re.search(r"98\d{12}", str(table))
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_a_list_is_cut_at_its_limit(town: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 7)
    assert len(town.get("/people/list.csv?list=all").content.decode().splitlines()) == 8


def test_a_name_that_looks_like_a_formula_stays_a_name(town: Client, now: datetime) -> None:
    one(now, "=1+1", 906)
    assert "'=1+1" in town.get("/people/list.csv?list=all").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(town.get("/people/list.xlsx?list=all").content)).active
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("role", "unit"), [("village_worker", VILLAGE), ("doctor", CENTRE), ("inspector", "46")]
)
def test_who_does_not_need_the_list_cannot_take_it_along(town: Client, role: str, unit: str) -> None:
    client = signed_in(role, role, unit, name="别人")
    assert client.get("/people/list.xlsx").status_code == 403
    assert "list.xlsx" not in html(client, "/people/?list=all")


def test_adding_a_person_opens_a_file_with_who_answers_for_them(town: Client) -> None:
    first = form_of(html(town, "/people/new/?name=王小明"))
    data = {**first, "sex": "male", "id_number": id_number(BORN, 907)}
    answer = town.post("/people/new/", data)
    assert answer.status_code == 302
    holder = store_desk.holder_of_number(id_number(BORN, 907))
    assert holder is not None
    assert answer["Location"].startswith(f"/files/{holder.case_no}/?saved=")
    view = read.file_view(holder.file)
    assert view is not None
    assert [e.kind for e in view.entries] == ["person", "responsible_unit"]
    assert view.identity["birth"] == BORN
    assert view.unit is not None
    assert view.unit.code == TOWN
    assert town.get(answer["Location"]).status_code == 200


def test_sending_the_form_twice_adds_one_person(town: Client) -> None:
    data = {
        **form_of(html(town, "/people/new/?name=王小明")),
        "sex": "male",
        "id_number": id_number(BORN, 917),
    }
    first = town.post("/people/new/", data)
    before = engine.row("SELECT count(*) FROM store_entry")
    assert town.post("/people/new/", data)["Location"] == first["Location"]
    assert engine.row("SELECT count(*) FROM store_entry") == before


def test_a_number_that_has_a_file_here_leads_to_it(town: Client, now: datetime) -> None:
    pen = one(now, "王小明", 909)
    case_no = read.file_view(pen.file).case_no  # type: ignore[union-attr]
    data = {
        **form_of(html(town, "/people/new/?name=王晓明")),
        "sex": "male",
        "id_number": id_number(BORN, 909),
    }
    answer = town.post("/people/new/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>有误：" in page
    assert (f"/files/{case_no}/", "打开档案") in links(page)
    assert 'value="王晓明"' in page


def test_a_number_that_another_unit_holds_opens_no_second_file(town: Client, now: datetime) -> None:
    one(now, "欧阳修远", 919, unit="469024100200")
    before = engine.row("SELECT count(*) FROM store_casefile")
    data = {**form_of(html(town, "/people/new/?name=某人")), "sex": "male", "id_number": id_number(BORN, 919)}
    answer = town.post("/people/new/", data)
    assert answer.status_code == 422
    assert "由其他单位负责" in text(answer.content.decode())
    assert "欧阳" not in answer.content.decode()
    assert engine.row("SELECT count(*) FROM store_casefile") == before


def test_somebody_of_the_same_name_is_asked_about_once(town: Client, now: datetime) -> None:
    one(now, "王小明", 911)
    other = {**form_of(html(town, "/people/new/?name=王小明")), "sex": "male", "birth": "1951-01-01"}
    assert town.post("/people/new/", other).status_code == 302
    data = {**form_of(html(town, "/people/new/?name=王小明")), "sex": "male"}
    answer = town.post("/people/new/", data)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "可能重复" in text(page)
    assert "不是同一人，新建档案" in text(page)
    assert town.post("/people/new/", {**form_of(page), "sex": "male", "certain": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"sex": ""}, "请填写性别"),
        ({"id_number": "123"}, "不是18位公民身份号码"),
        (
            {"id_number": id_number(BORN, 912), "birth": "1990-03-06"},
            "出生日期与身份号码中的 1990-03-05 不一致",
        ),
        ({"id_number": id_number(BORN, 912), "sex": "female"}, "性别与身份号码不一致"),
        ({"happened_on": "2026-11-24"}, "晚于今天"),
        ({"happened_on": ""}, "请填写登记日期"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_what_was_typed_is_kept(
    town: Client, typed: dict[str, str], said: str
) -> None:
    sex = "male" if int(id_number(BORN, 912)[16]) % 2 else "female"
    if typed.get("sex") == "female" and sex == "female":
        typed = {**typed, "sex": "male"}
    first = form_of(html(town, "/people/new/?name=独孤求"))
    answer = town.post("/people/new/", {**first, "sex": sex, "household_place": "某地", **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in text(page)
    assert 'value="某地"' in page


@pytest.mark.parametrize(
    ("role", "said", "leads"),
    [
        ("town_office", "导入台账，或新建人员。", {"/ledgers/", "/people/new/"}),
        ("inspector", "本单位还没有档案。", set()),
    ],
)
def test_a_unit_without_files_is_told_what_its_post_can_do_about_it(
    places: object, role: str, said: str, leads: set[str]
) -> None:
    page = html(signed_in("first", role, TOWN if role == "town_office" else "46"), "/people/?list=current")
    assert said in text(page)
    assert {href for href, _ in links(page) if href in ("/ledgers/", "/people/new/")} == leads


def test_an_inspector_adds_nobody_and_is_told_why(places: object) -> None:
    client = signed_in("inspector", "inspector", "46")
    page = html(client, "/people/new/", status=403)
    assert "检察监督不登记" in page
    assert "/people/new/" not in html(client, "/people/?q=zzz")


@pytest.mark.parametrize("sent", [{}, {"id": "x", "file": "y", "place": "z"}, {"id": str(UUID(int=1))}])
def test_a_form_without_its_ids_is_refused(town: Client, sent: dict[str, str]) -> None:
    assert town.post("/people/new/", {"name": "王小明", "sex": "male", **sent}).status_code == 400


def test_a_village_of_the_town_can_be_listed_alone(town: Client) -> None:
    assert len(rows(html(town, f"/people/?unit={OTHER_VILLAGE}&size=100"))) == 20
    assert "范围：南园村" in text(html(town, f"/people/?unit={OTHER_VILLAGE}"))


def test_it_speaks_english_throughout(places: object, now: datetime) -> None:
    desk.busy(now)
    client = signed_in("en", "town_office", TOWN, language="en")
    said = text(html(client, "/people/?list=current"))
    assert "Community treatment · awaiting report" in said
    assert "Nobody" not in said
    assert not re.search(r"[措施状态]{2}", said)
    assert "No match for" in text(html(client, "/people/?q=zzz"))
    heads = client.get("/people/list.csv?list=all").content.decode("utf-8-sig").splitlines()[0]
    assert heads.startswith("Case number,Name,Sex")


def heads(page: str) -> dict[str, tuple[str, str]]:
    """Each head of the list that can be pressed: how it is sorted, and where it leads."""
    found = re.findall(
        r'<th scope="col"[^>]*?(?: aria-sort="(\w+)")?>\s*<a href="([^"]+)">(.*?)<i', page, re.DOTALL
    )
    return {text(words): (way, unescape(href)) for way, href, words in found}


def test_a_list_is_sorted_by_name_number_last_day_and_next_duty(places: object, now: datetime) -> None:
    desk.busy(now, people=30)
    client = signed_in("chief", "county_supervisor", "469023")
    page = html(client, "/people/?list=all&size=50")
    newest = rows(page)
    assert set(heads(page)) == {"姓名", "档案号", "期满", "下次事项"}
    assert heads(page)["档案号"][0] == "descending"
    by_number = html(client, heads(page)["档案号"][1])
    assert rows(by_number) == newest[::-1]
    assert heads(by_number)["档案号"][0] == "ascending"
    every = {line.case_no: line for line in read.people("469023", size=100)[0]}
    for head, key in (
        ("姓名", lambda line: names.reading(line.name)),
        ("期满", lambda line: line.ends_on),
        ("下次事项", lambda line: line.next_due),
    ):
        up = html(client, heads(page)[head][1])
        down = html(client, heads(up)[head][1])
        assert (heads(up)[head][0], heads(down)[head][0]) == ("ascending", "descending")
        for shown, turned in ((up, False), (down, True)):
            assert set(rows(shown)) == set(newest)
            keys = [key(every[case_no]) for case_no in rows(shown)]
            known = [k for k in keys if k is not None]
            assert known == sorted(known, reverse=turned)
            assert keys[len(known) :] == [None] * (len(keys) - len(known))
    assert re.search(r'<i aria-hidden="true"><span class="can-sort">▴', page)


def test_names_are_sorted_as_they_are_read(places: object, now: datetime) -> None:
    for place, name in enumerate(("朱一", "曾一", "王一", "安一"), start=910):
        one(now, name, place)
    page = html(signed_in("chief", "county_supervisor", "469023"), "/people/?list=all&sort=name")
    assert re.findall(r"(安一|曾一|王一|朱一)</a>", page) == ["安一", "王一", "曾一", "朱一"]


def test_what_a_search_found_is_sorted_unless_it_is_too_much(places: object, now: datetime) -> None:
    desk.busy(now, people=90)
    client = signed_in("chief", "county_supervisor", "469023")
    page = html(client, "/people/?q=zhaoyi")
    found = html(client, heads(page)["姓名"][1])
    assert "q=zhaoyi" in heads(page)["姓名"][1]
    assert sorted(rows(found)) == sorted(rows(page))
    assert heads(found)["姓名"][0] == "ascending"
    assert heads(html(client, "/people/?q=zhao")) == {}


def test_a_long_list_is_sorted_by_number_only(
    places: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.busy(now, people=30)
    client = signed_in("chief", "county_supervisor", "469023")
    newest = rows(html(client, "/people/?list=all"))
    monkeypatch.setattr(read, "FEW_FILES", 10)
    monkeypatch.setattr("guitu.store.read.finding.FEW_FILES", 10)
    page = html(client, "/people/?list=all&sort=name")
    assert set(heads(page)) == {"档案号"}
    assert rows(page) == newest
    assert "新档案在前" in text(page)


def test_heads_say_in_english_how_the_list_is_sorted(places: object, now: datetime) -> None:
    desk.busy(now, people=10)
    page = html(
        signed_in("chief", "county_supervisor", "469023", language="en"), "/people/?list=all&sort=-ends"
    )
    assert heads(page)["Last day"][0] == "descending"
    assert "by last day, latest first" in text(page)
