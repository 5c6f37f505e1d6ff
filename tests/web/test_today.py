"""Today: what is late, due and coming, for whom, under which article, and one press to record it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import engine, gate, read, units
from guitu.store.units import NewUnit
from guitu.web.pages.today import fresh
from guitu.web.pages.today.build import path, row_id
from tests.browser.casefiles import people
from tests.store import reading_log
from tests.store.writing import CENTRE, OTHER_VILLAGE, TOWN, VILLAGE, Pen
from tests.web import desk
from tests.web.desk import HTMX, TODAY, html, links, main, number, signed_in, text

WEST_TOWN = "469023101"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def town(places: object, now: datetime) -> Client:
    """The town office of 河东镇, with two busy villages under it."""
    desk.busy(now)
    return signed_in("li.xm", "town_office", TOWN)


def rows(page: str) -> list[str]:
    """The lines of the list, in order."""
    return re.findall(r'<li class="due" id="([^"]+)"', page)


def all_rows(client: Client, href: str) -> list[str]:
    """The lines of every page of a list."""
    first = html(client, href)
    found = rows(first)
    for step, words in links(first, "page="):
        if words.isdigit() and int(words) > 1:
            found += rows(html(client, step))
    return found


def test_the_first_line_says_which_day_whose_work_and_how_much(town: Client) -> None:
    said = text(html(town, "/"))
    counts = read.today(TOWN, TODAY).counts
    assert "今日" in said
    assert "2026-11-23 周一 · 河东镇 · 乡镇禁毒办" in said
    assert f"已逾期 {counts['late']} 项" in said
    assert f"一周内还有 {counts['week']} 项" in said


def test_every_number_on_the_page_is_the_length_of_the_list_it_leads_to(town: Client) -> None:
    page = html(town, "/?size=100").partition('<nav class="pager"')[0]
    counted = [(href, n) for href, words in links(page + "</main>", "?") if (n := number(words)) is not None]
    assert len(counted) >= 7
    for href, n in counted:
        assert len(all_rows(town, href)) == n, href


@pytest.mark.parametrize("due", ["late", "today", "week"])
def test_numbers_stay_the_length_of_their_lists_when_narrowed(town: Client, due: str) -> None:
    for address in (f"/?due={due}", f"/?duty=report_in&due={due}", f"/?unit={VILLAGE}&size=100"):
        for href, words in links(html(town, address), "due="):
            if "page=" not in href and "size=" not in href and (n := number(words)) is not None:
                assert len(all_rows(town, href)) == n, (address, href)


def test_late_stands_before_today_and_today_before_the_week_inside_by_day(town: Client) -> None:
    page = html(town, "/?size=100")
    heads = re.findall(r'id="due-(late|today|open)"', page)
    assert heads == [h for h in ("late", "today", "open") if h in heads]
    for group in re.split(r'<section class="due-group"', page)[1:]:
        days = re.findall(r'due-day num">(\d{4}-\d\d-\d\d)', group)
        assert days == sorted(days)


def test_pages_follow_one_another_without_gap_or_repetition(town: Client) -> None:
    found = all_rows(town, "/")
    assert len(found) == len(set(found)) == read.today(TOWN, TODAY).total
    assert found == rows(html(town, "/?size=100"))


def test_a_line_names_person_number_ending_place_duty_day_and_how_late(town: Client) -> None:
    line = read.today(TOWN, TODAY).rows[0]
    first = re.search(r'<li class="due".*?</li>', html(town, "/"), re.DOTALL)
    assert first is not None
    said = text(first[0])
    assert f"逾期 {-(line.days or 0)} 天" in said
    assert line.name in said
    assert f"…{line.id_tail}" in said
    assert "报到 本人应办" in said
    assert line.unit_name in said
    assert f"{line.due} 周" in said
    assert f'href="/files/{line.case_no}/"' in first[0]


def test_the_article_and_the_sentence_of_the_rule_are_one_press_away_and_on_hover(town: Client) -> None:
    page = html(town, "/?duty=report_in")
    assert "《戒毒条例》第14条" in text(page)
    assert "自收到责令社区戒毒决定书之日起十五日内" in text(page)
    assert re.search(r'<summary title="《戒毒条例》第14条：自收到', page)


def test_an_opened_basis_shows_how_the_day_was_counted(town: Client) -> None:
    href = re.search(r'<details class="due-why" hx-get="([^"]+)"', html(town, "/?duty=report_in"))
    assert href is not None
    part = html(town, href[1], headers=HTMX)
    assert "<html" not in part
    assert "送达 2026-11-01 ＋ 15天 → 2026-11-16" in text(part)
    plain = town.get(href[1])
    assert (plain.status_code, plain["Location"][-8:]) == (302, "/duties/")
    assert town.get(href[1].replace("report_in", "no_such"), headers=HTMX).status_code == 404


def test_one_press_opens_the_form_of_the_right_kind_with_a_plain_link_behind_it(town: Client) -> None:
    press = re.search(r'<a class="button small due-do"[^>]*>', html(town, "/?duty=report_in"))
    assert press is not None
    assert "/record/reporting_in/" in press[0]
    href = re.search(r'href="([^"]+)"', press[0])
    assert href is not None
    assert town.get(href[1].replace("&amp;", "&")).status_code == 200


def more_of(page: str) -> list[tuple[str, str]]:
    """What the first line offers under 更多: address and words."""
    folded = re.search(r'<details class="due-more".*?</details>', page, re.DOTALL)
    return links(f"<main>{folded[0]}</main>") if folded else []


def test_under_more_the_reason_is_given_and_the_work_reassigned_with_the_form_filled_in(
    town: Client,
) -> None:
    line = read.today(TOWN, TODAY, duty="report_in").rows[0]
    (excuse, why), (reassign, who) = more_of(html(town, "/?duty=report_in"))
    assert why.startswith("说明原因")
    assert who.startswith("转交")
    assert f"/files/{line.case_no}/record/excuse/" in excuse
    assert re.search(r'name="of" value="report_in" checked', html(town, excuse))
    form = html(town, reassign)
    assert f'name="unit" value="{line.unit}" checked' in form
    assert re.search(rf'name="worker"[^>]* value="{line.worker}"', form)
    assert 'name="from" value="today"' in form


def test_a_reason_is_asked_only_for_what_the_person_owes(town: Client) -> None:
    offered = [href for href, _ in more_of(html(town, "/?duty=sign_agreement"))]
    assert offered
    assert not [href for href in offered if "/record/excuse/" in href]


def test_more_is_shown_only_to_who_may_record_it(town: Client) -> None:
    assert "due-more" not in html(signed_in("inspector", "inspector", "46", name="郑检察"), "/")
    english = html(signed_in("en2", "town_office", TOWN, language="en"), "/?duty=report_in")
    assert [words.partition(":")[0].strip() for _, words in more_of(english)] == ["Give reason", "Reassign"]


def test_what_is_done_today_is_said_beside_what_is_left(places: object, now: datetime) -> None:
    pen, before = Pen(6000), now - timedelta(days=3)
    for entry in pen.on_community_treatment(served="2026-11-20"):
        gate.record(replace(entry, recorded_at=before), actor=house(), now=before)
    client = signed_in("li.xm", "town_office", TOWN)
    assert "今天已办" not in text(html(client, "/"))
    reported = replace(pen.entry("reporting_in", "2026-11-23"), recorded_at=now)
    gate.record(reported, actor=house(), now=now)
    assert "今天已办 1 项。" in text(html(client, "/"))
    assert "今天已办" not in text(html(client, "/?due=week"))


def test_after_recording_the_line_is_done_in_its_place_and_says_how_many_are_left(
    town: Client, now: datetime
) -> None:
    line = read.today(TOWN, TODAY, duty="report_in").rows[0]
    row = row_id(line.case_no, line.duty, line.due, line.measure)
    address = f"/today/done/{line.case_no}/{row}/?duty=report_in"
    still = html(town, address, headers=HTMX)
    assert "仍待办" in still
    pen = Pen(5000)
    pen.file = line.file
    gate.record(pen.entry("reporting_in", "2026-11-23"), actor=house(), now=now)
    now_there = read.today(TOWN, TODAY, duty="report_in")
    left = sum(now_there.counts.values())
    part = html(town, address, headers=HTMX)
    assert f'<li class="due done" id="{row}">' in part
    assert "✓" in part
    assert "回执" in part
    assert f'data-say="已登记，还剩 {left} 项"' in part
    assert 'id="due-filters" hx-swap-oob="innerHTML"' in part
    assert f'<p id="due-span" hx-swap-oob="innerHTML">共 {now_there.total} 项' in part
    assert town.get(address)["Location"] == "/?duty=report_in"


def test_other_lines_of_the_person_that_the_entry_did_are_done_with_it(town: Client, now: datetime) -> None:
    line = read.today(TOWN, TODAY, duty="sign_agreement").rows[0]
    row = row_id(line.case_no, line.duty, line.due, line.measure)
    pen = Pen(5001)
    pen.file = line.file
    gate.record(pen.entry("agreement", "2026-11-23"), actor=house(), now=now)
    other = html(town, f"/today/done/{line.case_no}/elsewhere/?shown={row}", headers=HTMX)
    assert f'<li class="due done" id="{row}" hx-swap-oob="true">' in other


def test_recording_without_script_comes_back_with_the_receipt(town: Client, now: datetime) -> None:
    line = read.today(TOWN, TODAY, duty="report_in").rows[0]
    pen = Pen(5002)
    pen.file = line.file
    entry = pen.entry("reporting_in", "2026-11-23")
    gate.record(entry, actor=house(), now=now)
    said = text(html(town, f"/?recorded={line.case_no}&entry={entry.id}"))
    assert "已保存：报到" in said
    assert "回执" in said


def test_a_unit_outside_the_area_is_not_there(town: Client) -> None:
    assert town.get("/?unit=469024").status_code == 404
    assert town.get("/?unit=46").status_code == 404
    assert town.get("/?unit=nowhere").status_code == 404
    assert town.get("/today/print/?unit=469024100").status_code == 404
    assert town.get(f"/?unit={VILLAGE}").status_code == 200


def test_a_file_outside_the_area_tells_nothing(town: Client) -> None:
    west = read.today(WEST_TOWN, TODAY).rows[0]
    row = row_id(west.case_no, west.duty, west.due, west.measure)
    for address in (f"/today/why/{west.case_no}/{row}/", f"/today/done/{west.case_no}/{row}/"):
        assert town.get(address, headers=HTMX).status_code == 404
    assert town.get(f"/?recorded={west.case_no}&entry={UUID(int=1)}").status_code == 404
    assert west.case_no not in html(town, "/?size=100")


def test_narrowing_to_a_village_shows_that_village_alone(town: Client) -> None:
    page = html(town, f"/?unit={OTHER_VILLAGE}&size=100")
    expected = read.today(OTHER_VILLAGE, TODAY, size=100)
    assert len(rows(page)) == expected.total > 0
    assert "东坡村" not in "".join(re.findall(r'<span class="due-unit"[^>]*>.*?</span>', page))
    assert "全部清除" in page


def test_the_way_down_does_not_say_a_name_that_the_next_begins_with(places: object) -> None:
    units.add([NewUnit(f"{CENTRE}09", "示范强制隔离戒毒所九大队", "brigade", CENTRE)])
    every = units.tree()
    assert path(every.find(f"{CENTRE}09"), every.find("46"), every) == ("示范强制隔离戒毒所九大队",)
    assert path(every.find(VILLAGE), every.find("46"), every) == ("示例县", "河东镇", "东坡村")


def test_mine_are_the_duties_that_name_me(places: object, now: datetime) -> None:
    desk.busy(now)
    worker = signed_in("wang.jg", "village_worker", VILLAGE, name="王建国")
    page = html(worker, "/?scope=mine&size=100")
    mine = read.today(VILLAGE, TODAY, worker="王建国", size=100)
    assert len(rows(page)) == mine.total > 0
    assert 0 < mine.total < read.today(VILLAGE, TODAY).total
    stranger = signed_in("no.duties", "village_worker", VILLAGE, name="新来的")
    assert "scope=mine" not in html(stranger, "/")


@pytest.mark.parametrize(
    "address", ["/?due=never", "/?duty=nothing", "/?page=999999", "/?size=7", "/?worker=", "/?page=x"]
)
def test_what_an_address_says_wrongly_is_left_out(town: Client, address: str) -> None:
    assert rows(html(town, address))


@pytest.mark.parametrize(
    ("role", "lands"), [("statistician", "/units/"), ("duty_planner", "/roster/"), ("auditor", "/readings/")]
)
def test_a_post_without_use_for_today_lands_on_the_first_page_it_has(
    places: object, role: str, lands: str
) -> None:
    client = signed_in(role, role, "46")
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, lands)
    assert client.get("/today/print/").status_code == 403


def test_before_signing_in_today_leads_there_and_back(client: Client, places: object) -> None:
    assert client.get("/")["Location"] == "/sign-in/"
    assert client.get("/?due=late")["Location"] == "/sign-in/?next=%2F%3Fdue%3Dlate"


def test_who_may_not_record_sees_the_list_and_no_press(town: Client) -> None:
    inspector = signed_in("inspector", "inspector", "46", name="郑检察")
    page = html(inspector, "/")
    assert rows(page)
    assert "due-do" not in page
    assert "due-do" in html(town, "/")


def test_the_sheet_is_neutral_masked_and_written_down(town: Client) -> None:
    page = html(town, "/today/print/")
    (line,) = reading_log.lines("li.xm", "print")
    assert line.files
    assert "<title>外出单</title>" in page
    assert "戒毒" not in main(page)
    line = read.today(TOWN, TODAY).rows[0]
    assert f"…{line.id_tail}" in main(page)
    assert not re.search(r"98\d{12}", page)
    assert len(re.findall(r"<tr>", main(page))) == read.today(TOWN, TODAY, size=100).total + 1


def test_the_sheet_of_an_office_whose_name_tells_leaves_the_name_out(places: object) -> None:
    people()
    centre = signed_in("centre", "centre_head", "46J01", name="赵所长")
    page = html(centre, "/today/print/")
    assert "赵所长" in text(page)
    assert "戒毒" not in page.partition("<h1>")[2].partition("<tbody>")[0]


def test_nothing_due_says_so_and_what_next(places: object) -> None:
    said = text(html(signed_in("quiet", "town_office", "469024100"), "/"))
    assert "今天没有必办事项，一周内也没有。" in said
    assert "看人员名单" in said


def test_nothing_that_matches_says_so_and_offers_everything(town: Client) -> None:
    page = html(town, "/?duty=routine_test")
    assert "没有符合筛选条件的事项" in text(page)
    assert ("/", "看全部事项") in links(page)


def test_rights_at_risk_stand_on_top_and_lead_to_exactly_those_people(places: object) -> None:
    people()
    chief = signed_in("chief", "county_supervisor", "469023", name="林县明")
    page = html(chief, "/")
    found = re.search(r"权利有风险 (\d+) 人", text(page))
    assert found is not None
    href = next(href for href, words in links(page, "rights=1") if words == "看是哪些人")
    listed = html(chief, href)
    assert len(re.findall(r"<tr id=", listed)) == int(found[1]) > 0


def test_it_speaks_english_throughout(places: object, now: datetime) -> None:
    desk.busy(now)
    page = html(signed_in("en", "town_office", TOWN, language="en"), "/")
    said = text(page)
    assert "days overdue" in said
    assert "Report in" in said
    assert "Report to the town within fifteen days" in said
    assert "逾期" not in said


def test_names_are_never_read_as_marks(places: object, now: datetime) -> None:
    pen = Pen(7000)
    evil = "<b>\"'&"
    gate.record_many(pen.on_community_treatment(name=evil, served="2026-11-01"), actor=house(), now=now)
    page = html(signed_in("li.xm", "town_office", TOWN), "/")
    assert evil not in page
    assert "&lt;b&gt;" in page


@pytest.mark.django_db(transaction=True)
def test_the_first_to_open_today_brings_answers_up_to_the_day(
    lasting_places: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = Pen(1)
    gate.record_many(
        pen.on_community_treatment(served="2026-11-10"), actor=house(), now=now - timedelta(days=1)
    )
    later = TODAY + timedelta(days=10)
    monkeypatch.setattr(fresh, "_looked", {})
    monkeypatch.setenv("GUITU_TODAY", later.isoformat())
    client = signed_in("li.xm", "town_office", TOWN)
    before = engine.row("SELECT overdue_n FROM store_casestatus")
    html(client, "/")
    fresh.wait()
    after = engine.row("SELECT overdue_n FROM store_casestatus")
    assert before == (0,)
    assert after == (1,)


@pytest.mark.django_db(transaction=True)
def test_it_is_looked_at_once_a_minute_and_not_when_nothing_is_due(
    lasting_places: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "_looked", {})
    asked: list[date] = []

    def stale(day: date) -> bool:
        asked.append(day)
        return False

    monkeypatch.setattr(fresh, "stale", stale)
    times = iter([0.0, 1.0, 59.0, 61.0])
    assert [fresh.see_to(TODAY, clock=lambda: next(times)) for _ in range(4)] == [False] * 4
    assert len(asked) == 2
