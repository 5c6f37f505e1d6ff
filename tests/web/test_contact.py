"""The board of contact: the lost are seen and counted, nobody drops off, nobody stays on after the law's
end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Value
from guitu.compose import kinds
from guitu.store import excerpts, gate
from guitu.store.read import file_view
from tests.store.writing import NEXT_COUNTY, TOWN, VILLAGE, Pen
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.recording import form_of


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object, now: datetime) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def treated(
    now: datetime, n: int, name: str, *more: tuple[str, str, dict[str, Value]], since: int = 300
) -> str:
    """Somebody in community treatment, with more entries; the case number."""
    pen = Pen(n)
    entries = [
        pen.person(name),
        pen.held_by(VILLAGE),
        pen.entry("order", days_ago(since), measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
        pen.entry("served", days_ago(since)),
        pen.entry("reporting_in", days_ago(since - 2)),
        pen.entry("agreement", days_ago(since - 2)),
        *(pen.entry(kind, day, **fields) for kind, day, fields in more),
    ]
    gate.record_many(entries, actor=house(), now=now)
    view = file_view(pen.file)
    assert view is not None
    return view.case_no


def tried(days: int, result: str) -> tuple[str, str, dict[str, Value]]:
    return "contact_attempt", days_ago(days), {"how": "phone", "result": result}


def test_the_lost_come_first_with_the_days_and_the_attempts(town: Client, now: datetime) -> None:
    treated(now, 1, "王在联", tried(3, "reached"))
    treated(now, 2, "陈失联", tried(20, "no_answer"), tried(15, "no_answer"), tried(9, "lost"))
    treated(now, 3, "林难找", tried(2, "no_answer"))
    said = text(html(town, "/contact/"))
    assert "社区戒毒、社区康复 3 人 · 失联 1 人 · 联系不上 1 人" in said
    assert said.index("陈失联") < said.index("林难找") < said.index("王在联")
    assert f"{days_ago(9)} 起" in said
    only = text(html(town, "/contact/?state=lost"))
    assert "陈失联" in only
    assert "王在联" not in only


def test_an_attempt_is_recorded_from_the_board_and_changes_the_state_at_once(
    town: Client, now: datetime
) -> None:
    case = treated(now, 1, "陈失联", tried(9, "lost"))
    assert "失联" in text(html(town, f"/contact/{case}/"))
    where = f"/files/{case}/record/contact_attempt/"
    form = form_of(town, where, **{"from": "contact"})
    answer = town.post(where, {**form, "from": "contact", "how": "visit", "result": "reached"})
    assert answer["Location"] == f"/contact/{case}/?saved={form['id']}"
    said = text(html(town, answer["Location"]))
    assert "在联系" in said
    assert "共 2 次" in said  # what failed stays
    assert "失联 0 人" in text(html(town, "/contact/"))


def test_the_file_and_the_list_of_people_say_it(town: Client, now: datetime) -> None:
    case = treated(now, 1, "陈失联", tried(9, "no_answer"), tried(8, "lost"))
    page = html(town, f"/files/{case}/")
    assert "失联" in text(page)
    assert "此后联系 2 次" in text(page)
    assert links(page, f"/contact/{case}/")
    assert "失联" in text(html(town, "/people/?list=current"))
    assert "失联" in text(html(town, "/people/?q=陈失联"))


def test_whoever_is_in_touch_is_told_nothing_of(town: Client, now: datetime) -> None:
    case = treated(now, 1, "王在联", tried(3, "reached"))
    assert "联系经过" not in text(html(town, f"/files/{case}/"))


def test_nobody_stays_on_the_board_after_the_last_day_paper_or_no_paper(town: Client, now: datetime) -> None:
    treated(now, 1, "周期满", since=3 * 366 + 3)
    assert "社区戒毒、社区康复 0 人" in text(html(town, "/contact/"))
    said = text(html(town, "/contact/ended/"))
    assert "周期满" in said
    assert "待告知乡镇 1 人" in said
    assert "不等文书" in said


def test_the_notice_is_offered_to_whoever_may_record_it(town: Client, now: datetime) -> None:
    treated(now, 1, "周期满", since=3 * 366 + 3)
    village = signed_in("zhang.s", "village_worker", VILLAGE)
    page = html(village, "/contact/ended/")
    assert "周期满" in text(page)
    assert not links(page, "/record/end_notice/")
    centre = html(town, "/contact/ended/")
    assert bool(links(centre, "/record/end_notice/")) == ("town_office" in kinds()["end_notice"].recorded_by)


def test_the_reminder_to_end_control_stands_until_it_is_recorded(town: Client, now: datetime) -> None:
    case = treated(now, 1, "吴三年", ("end_notice", days_ago(3 * 366 + 3), {}), since=6 * 366 + 30)
    page = html(town, "/contact/ended/")
    assert "待决定不再管控 1 人" in text(page)
    assert links(page, f"/files/{case}/record/monitoring_ended/")
    where = f"/files/{case}/record/monitoring_ended/"
    assert town.post(where, form_of(town, where)).status_code == 302
    assert "待决定不再管控 0 人" in text(html(town, "/contact/ended/"))


def test_the_next_county_sees_none_of_them(now: datetime) -> None:
    case = treated(now, 1, "陈失联", tried(9, "lost"))
    other = signed_in("chief-2", "county_supervisor", NEXT_COUNTY)
    assert "陈失联" not in html(other, "/contact/")
    html(other, f"/contact/{case}/", 404)
    html(other, f"/contact/?unit={TOWN}", 404)


def test_whoever_works_in_a_centre_has_no_such_page(now: datetime) -> None:
    html(signed_in("doctor-1", "doctor", "46J01"), "/contact/", 403)


def test_who_is_only_said_to_have_died_can_still_be_looked_for_and_the_death_recorded(
    town: Client, now: datetime
) -> None:
    case = treated(now, 1, "林据告", tried(3, "died"))
    listed = html(town, "/contact/")
    assert "据告已故，待核实" in text(listed)
    assert links(listed, f"/files/{case}/record/contact_attempt/")
    page = html(town, f"/contact/{case}/")
    assert links(page, f"/files/{case}/record/contact_attempt/")
    assert links(page, f"/files/{case}/record/death/")
    where = f"/files/{case}/record/death/"
    sent = {**form_of(town, where, **{"from": "contact"}), "from": "contact"}
    answer = town.post(where, sent)
    if answer.status_code == 200:  # read back before it is saved
        answer = town.post(where, {**sent, "checked": "1"})
    page = html(town, answer["Location"])
    assert "已故" in text(page)
    assert not links(page, f"/files/{case}/record/contact_attempt/")
    assert not links(page, f"/files/{case}/record/death/")


def test_a_chosen_unit_is_named_and_not_numbered(now: datetime) -> None:
    treated(now, 1, "陈失联", tried(9, "lost"))
    said = text(html(signed_in("chief", "county_supervisor", "469023"), f"/contact/?unit={TOWN}&state=lost"))
    assert "河东镇" in said
    assert TOWN not in said


def test_the_province_chooses_a_county_for_the_list_that_it_looks_at(now: datetime) -> None:
    treated(now, 1, "周期满", since=3 * 366 + 3)
    treated(now, 2, "陈失联", tried(9, "lost"))
    province = signed_in("prov", "provincial_supervisor", "46")
    page = html(province, "/contact/ended/")
    assert links(page, "/contact/ended/?unit=469023")
    assert "已结束 （人）" in text(page)
    assert "在执行 （人）" not in text(page)
    page = html(province, "/contact/")
    assert links(page, "/contact/?unit=469023")
    assert "在执行 （人）" in text(page)


def test_a_day_ago_is_one_day_and_the_same_day_is_today(town: Client, now: datetime) -> None:
    today = treated(now, 1, "王今天", tried(0, "reached"))
    before = treated(now, 2, "陈昨天", tried(1, "reached"), tried(0, "no_answer"))
    assert "，今天" in text(html(town, f"/contact/{today}/"))
    assert "0 天前" not in text(html(town, "/contact/"))
    town.cookies["guitu_view"] = "en.normal.normal.normal"
    assert "1 day ago; 1 attempt since" in text(html(town, f"/contact/{before}/"))
