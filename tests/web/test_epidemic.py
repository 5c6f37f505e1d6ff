"""The page 防疫 in a browser without script: who is apart, counts at the entrance, supplies, lists, cases."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Value
from guitu.compose import indicators, kinds
from guitu.store import gate, read, unitfiles
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.inside import BRIGADE, NAMES, held
from tests.web.test_education import boxes, send

ROOT = "/epidemic/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def people(now: datetime) -> list[Pen]:
    return held(now)


@pytest.fixture
def head(people: list[Pen]) -> Client:
    return signed_in("head", "centre_head", CENTRE, name="陈所长")


@pytest.fixture
def nurse(people: list[Pen]) -> Client:
    return signed_in("nurse", "nurse", CENTRE, name="周护士")


def told(pens: list[Pen], now: datetime, *facts: tuple[int, str, int, dict[str, Value]]) -> None:
    """Record these facts of so many days ago in the house's name."""
    made = [pens[n].entry(kind, str(TODAY - timedelta(days=back)), **more) for n, kind, back, more in facts]
    gate.record_many(sorted(made, key=lambda e: str(e.file)), actor=house(), now=now)


def apart(until: int) -> dict[str, Value]:
    return {
        "ground": "arrival", "place": "观察区 102", "until": TODAY - timedelta(days=until), "told": "yes",
        "reason": "新收人员先观察",
    }  # fmt: skip


CAME: dict[str, Value] = {"place": "justice_centre", "centre": CENTRE}
WELL: dict[str, Value] = {"temperature": "36.6", "symptoms": "no", "advice": "go_on"}


def in_file(kind: str) -> list[dict[str, object]]:
    """What counts in the centre's own file of that kind."""
    return [dict(e.fields) for e in unitfiles.unit_file(tree().find(CENTRE)).counted() if e.kind == kind]


def test_who_is_over_their_day_comes_first_and_who_was_not_screened_is_named(
    nurse: Client, people: list[Pen], now: datetime
) -> None:
    told(
        people, now, (0, "health_observation", 3, apart(-2)), (0, "observation_check", 0, WELL),
        (1, "health_observation", 9, apart(2)), (2, "transfer", 4, CAME),
    )  # fmt: skip
    page = text(html(nurse, ROOT))
    assert "隔离观察 2 人，其中过期 1 人；今天还没检查 1 人；进所没有筛查 1 人" in page
    assert page.index(NAMES[1]) < page.index(NAMES[0])
    assert "2026-11-21，过期 2 天" in page
    assert "36.6 ℃，无不适，继续观察" in page
    record = next(href for href, _ in links(html(nurse, ROOT), "/record/entry_screening/"))
    assert "occasion=arrival" in record
    assert "检查表" not in page  # the centre's own file is not a nurse's


def test_a_check_leads_back_to_the_persons_page_and_is_shown_there(
    nurse: Client, people: list[Pen], now: datetime
) -> None:
    told(people, now, (0, "health_observation", 3, apart(-2)))
    address = next(href for href, _ in links(html(nurse, ROOT), "/record/observation_check/"))
    form = boxes(html(nurse, address))
    answer = nurse.post(
        address.partition("?")[0],
        {**form, "happened_on": "今天", "temperature": "37.9", "symptoms": "yes", "which": "咽痛",
         "advice": "may_end"},
    )  # fmt: skip
    asked_once = answer.status_code == 200
    assert answer.status_code == 302 or asked_once, text(answer.content.decode())
    assert answer["Location"].startswith(f"{ROOT}people/")
    page = text(html(nurse, answer["Location"]))
    assert "37.9 ℃，有不适，可以解除" in page
    assert "咽痛" in page
    assert "隔离观察第 4 天，到 2026-11-25" in page


def test_a_brigades_officer_sees_the_brigades_people_without_what_was_measured(
    people: list[Pen], now: datetime
) -> None:
    told(people, now, (0, "health_observation", 3, apart(-2)), (0, "observation_check", 0, WELL),
         (1, "transfer", 4, CAME))  # fmt: skip
    officer = signed_in("officer", "brigade_officer", BRIGADE, name="符民警")
    page = html(officer, ROOT)
    assert "隔离观察 1 人" in text(page)
    assert "36.6" not in page
    assert "没有筛查" not in text(page)
    end = next(href for href, words in links(page, "/record/health_observation_end/"))
    assert "解除隔离观察" in text(html(officer, end))
    assert "36.6" not in html(officer, next(href for href, _ in links(page, f"{ROOT}people/")))
    for part in ("entries/", "record/checklist/"):
        assert officer.get(f"{ROOT}{part}").status_code == 404


def test_putting_somebody_under_observation_is_read_back_before_it_is_saved(people: list[Pen]) -> None:
    assert kinds()["health_observation"].touches_liberty
    intake = signed_in("intake", "intake_officer", CENTRE, name="林民警")
    view = read.file_view(people[0].file)
    assert view is not None
    page = html(intake, f"{ROOT}people/{view.case_no}/")
    address = next(href for href, _ in links(page, "/record/health_observation/"))
    refused = intake.post(address.partition("?")[0], {**boxes(html(intake, address)), "happened_on": "今天"})
    assert refused.status_code == 422
    assert "请填写观察到哪天" in text(refused.content.decode())


def test_counts_at_the_entrance_are_one_sheet_without_names(head: Client) -> None:
    address = f"{ROOT}entries/"
    wrong = send(
        head, address, 422, happened_on="今天", staff_came="六十", visitor_came="3", visitor_screened="9"
    )
    assert "“六十”不是人次" in text(wrong)
    assert "查验 9，多于进所和未准进入的人次" in text(wrong)
    assert 'value="六十"' in wrong
    assert "一个数也没有填" in text(send(head, address, 422, happened_on="今天"))
    assert "日期不能晚于今天" in text(send(head, address, 422, happened_on="+1", staff_came="3"))
    assert in_file("entry_counted") == []
    send(head, address, happened_on="今天", staff_came="６２", staff_screened="62", visitor_came="3",
         visitor_screened="4", visitor_turned_away="1")  # fmt: skip
    assert sorted(
        (e["sort"], e["came"], e["screened"], e["turned_away"]) for e in in_file("entry_counted")
    ) == [
        ("staff", 62, 62, 0),
        ("visitor", 3, 4, 1),
    ]
    page = text(html(head, ROOT))
    assert "工作人员 62、会见、来访人员 3 65 66 1" in page
    assert page.count("没有登记 — — —") == 6  # the six days before


def test_the_same_sheet_sent_twice_counts_once(head: Client) -> None:
    address = f"{ROOT}entries/"
    form = {**boxes(html(head, address)), "happened_on": "今天", "staff_came": "5"}
    assert [head.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert len(in_file("entry_counted")) == 1


SUPPLY = {"happened_on": "2026-11-01", "name": "口罩", "measure": "只", "keep_days": "30"}


def supply(client: Client) -> str:
    send(client, f"{ROOT}record/epidemic_supply/", **SUPPLY)
    return next(href for href, _ in links(html(client, ROOT), f"{ROOT}supplies/"))


def test_a_supply_says_how_long_it_lasts_and_when_it_is_short(head: Client) -> None:
    at = supply(head)
    assert "还没有盘点" in text(html(head, ROOT))
    send(head, at, happened_on="2026-11-14", way="count", amount="1000")
    send(head, at, happened_on="2026-11-23", way="out", amount="500")
    page = text(html(head, ROOT))
    assert "物资短缺 1 种" in page
    assert "500 只 50 10 天" in page
    assert "不足：要够 30 天" in page
    wrong = send(head, at, 422, happened_on="今天", way="in", amount="许多")
    assert "数量“许多”不是数字" in text(wrong)
    assert 'value="许多"' in wrong
    send(head, at, happened_on="今天", way="in", amount="1,500.5")
    assert "结存 2,000.5 只，还够用 40 天" in text(html(head, at))
    send(head, at, happened_on="今天", way="count", amount="1900")
    assert "盘点实数，比账面少 100.5 只" in text(html(head, at))


def test_a_supply_is_put_right_and_keeps_its_movements(head: Client) -> None:
    at = supply(head)
    send(head, at, happened_on="2026-11-14", way="count", amount="1000")
    change = next(href for href, _ in links(html(head, at), f"{ROOT}change/"))
    assert "请写明更正的原因" in text(send(head, change, 422, **{**SUPPLY, "name": "医用口罩"}))
    send(head, change, **{**SUPPLY, "name": "医用口罩"}, correction_reason="品名写全")
    page = text(html(head, ROOT))
    assert "医用口罩 1,000 只" in page
    assert html(head, at)


CHECKLIST = {
    "happened_on": "2026-11-20", "name": "本所检查表", "every": "day",
    "items": "门口测温\n场所消毒\n\n场所消毒", "from_day": "2026-11-20",
}  # fmt: skip


def checklist(client: Client) -> str:
    send(client, f"{ROOT}record/checklist/", **CHECKLIST)
    return next(href for href, _ in links(html(client, ROOT), f"{ROOT}lists/"))


def test_a_checklist_has_the_offices_items_and_shows_what_was_not_done(head: Client) -> None:
    empty = text(html(head, ROOT))
    assert "名称和事项由本单位写，本系统不代拟" in empty
    assert "请填写事项" in text(send(head, f"{ROOT}record/checklist/", 422, **{**CHECKLIST, "items": " "}))
    at = checklist(head)
    assert "检查表待填 1 张" in text(html(head, ROOT))
    assert "3 次未填" in text(html(head, ROOT))
    fill = f"{at}fill/"
    nothing = send(head, fill, 422, note="停电")
    assert "一项也没有勾" in text(nothing)
    assert "停电" in nothing
    send(head, fill, i0="yes", note="消毒液用完")
    (kept,) = in_file("checklist_filled")
    assert (kept["asked"], kept["done"], kept["gaps"], kept["period"]) == (2, 1, "场所消毒", TODAY)
    assert "1/2，1 项没做到" in text(html(head, ROOT))
    page = html(head, at)
    assert "消毒液用完" in text(page)
    late = next(href for href, words in links(page, "fill/?on=") if "2026-11-21" in href)
    send(head, late, empty="yes")
    assert sorted(e["period"] for e in in_file("checklist_filled")) == [date(2026, 11, 21), TODAY]  # type: ignore[type-var]
    assert head.get(fill).status_code == 302  # today's is there already


def test_a_changed_checklist_asks_anew_and_its_old_sheets_stay(head: Client) -> None:
    at = checklist(head)
    send(head, f"{at}fill/", i0="yes", i1="yes")
    change = next(href for href, _ in links(html(head, at), f"{ROOT}change/"))
    send(head, change, **{**CHECKLIST, "items": "只剩一项"}, correction_reason="上级新要求")
    page = text(html(head, at))
    assert "1 只剩一项" in page
    assert "2/2" in page


def test_zero_import_is_counted_from_the_cases_and_says_what_it_counts(head: Client) -> None:
    case = {"happened_on": "2026-11-10", "disease": "流行性感冒", "people": "2", "sort": "staff",
            "found": "entry", "origin": "outside", "reported": "2026-11-10"}  # fmt: skip
    page = text(html(head, ROOT))
    assert "今年输入病例 0 例" in page
    assert indicators()["epidemic.imported"].definition.zh in page
    send(head, f"{ROOT}record/epidemic_case/", **case)
    send(head, f"{ROOT}record/epidemic_case/", **{**case, "found": "inside", "people": "1", "reported": ""})
    send(head, f"{ROOT}record/epidemic_case/", **{**case, "happened_on": "2025-11-10", "found": "inside"})
    page = html(head, ROOT)
    assert "今年输入病例 1 例" in text(page)
    assert "拦截 2 例" in text(page)
    assert "没有登记上报" in text(page)
    assert links(page, "/indicators/epidemic.imported/") == [("/indicators/epidemic.imported/", "1 例")]


@pytest.mark.parametrize(
    ("role", "status"),
    [("doctor", 200), ("centre_head", 200), ("counsellor", 403), ("teacher", 403), ("inspector", 403)],
)
def test_for_whom_the_page_is_there(role: str, status: int, people: list[Pen]) -> None:
    assert signed_in("somebody", role, CENTRE, name="某某").get(ROOT).status_code == status


def test_a_doctor_reads_the_stores_and_records_none(people: list[Pen]) -> None:
    doctor = signed_in("doctor", "doctor", CENTRE, name="林医生")
    page = html(doctor, ROOT)
    assert "防疫物资" in text(page)
    assert not re.search(r"/epidemic/(record|entries)/", page)
    assert doctor.get(f"{ROOT}entries/").status_code == 404


def test_the_page_is_said_in_english(people: list[Pen], now: datetime) -> None:
    told(people, now, (0, "health_observation", 3, apart(-2)))
    client = signed_in("head", "centre_head", CENTRE, name="陈所长", language="en")
    assert "1 under observation; 1 not checked today; 0 came in without a screening" in text(
        html(client, ROOT)
    )
