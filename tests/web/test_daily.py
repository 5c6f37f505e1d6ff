"""The day of a brigade on its pages: roll, timetable, work and pay, visits and leave, the box; and who may
not look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guitu.access import house
from guitu.store import unitfiles
from guitu.store.read import PersonLine, file_view
from tests.store.writing import CENTRE
from tests.web.brigade import BRIGADE, call, named, of, of_unit, peopled, planned, record
from tests.web.desk import html, text
from tests.web.recording import hidden, signed_in

DAY = f"/daily/{BRIGADE}/"
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def lines(now: datetime) -> tuple[PersonLine, ...]:
    return peopled(now)


@pytest.fixture
def officer(lines: object) -> Client:
    return signed_in("brigade", "brigade_officer", BRIGADE)


@pytest.fixture
def head(lines: object) -> Client:
    return signed_in("centre", "centre_head", CENTRE)


# ── the roll ──────────────────────────────────────────────────────────────────────────────────────


def test_the_day_says_who_is_here_and_offers_the_roll_that_is_due(officer: Client, now: datetime) -> None:
    planned(now)
    page = html(officer, "/daily/")
    shown = text(page)
    assert "在册 5，在位 5，外出 0，不明 0" in shown
    assert "现在：劳动（缝纫）" in shown
    assert "接着 11:30 用餐（午餐）" in shown
    assert "点名（06:40）" in shown
    assert f'href="{DAY}roll/?at=06:40"' in page
    assert "▲" not in shown


def test_a_roll_is_one_entry_of_the_brigade_and_entries_only_of_whom_something_is_said(
    officer: Client, lines: tuple[PersonLine, ...], now: datetime
) -> None:
    planned(now)
    answer = call(officer, lines, "ljg1 ch2")
    assert answer.status_code == 302
    (entry,) = of_unit("roll_call")
    told = {
        name: entry.get(name)
        for name in ("at", "scheduled", "due", "people", "present", "late", "unwell", "missing")
    }
    assert told == {
        "at": "06:40",
        "scheduled": "yes",
        "due": 1,
        "people": 5,
        "present": 5,
        "late": 1,
        "unwell": 1,
        "missing": 0,
    }
    assert [e.get("what") for e in of(named(lines, "李建国"), "roll_exception")] == ["late"]
    assert of(named(lines, "王小明"), "roll_exception") == []
    shown = text(html(officer, answer["Location"]))
    assert "应到 5，实到 5，外出 0，迟到 1，身体不适 1" in shown
    assert "李建国" in shown


def test_choosing_in_the_list_says_the_same_as_typing(officer: Client, lines: tuple[PersonLine, ...]) -> None:
    red = named(lines, "陈红")
    assert call(officer, lines, **{f"p{red.no}": "unwell"}).status_code == 302
    assert [e.get("what") for e in of(red, "roll_exception")] == ["unwell"]


def test_two_of_the_same_initials_are_asked_about_and_what_was_typed_stays(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    answer = call(officer, lines, "wxm1 ch2")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "有 2 人" in text(page)
    assert 'value="wxm1 ch2"' in page
    assert of_unit("roll_call") == []


def test_the_same_roll_is_not_recorded_twice(officer: Client, lines: tuple[PersonLine, ...]) -> None:
    assert call(officer, lines, "ch2").status_code == 302
    assert call(officer, lines, "ch2").status_code == 302, "the same form sent again"
    again = call(officer, lines, "ljg1")
    assert again.status_code == 409
    page = again.content.decode()
    assert "06:40 的点名已经登记过，这一次没有写入" in text(page)
    (entry,) = of_unit("roll_call")
    assert f"/units/{BRIGADE}/file/correct/{entry.id}/" in page
    assert html(officer, f"/units/{BRIGADE}/file/correct/{entry.id}/")
    assert of(named(lines, "李建国"), "roll_exception") == []


def test_a_list_that_changed_meanwhile_is_shown_anew(officer: Client, lines: tuple[PersonLine, ...]) -> None:
    answer = call(officer, lines[:4], "1.1")
    assert answer.status_code == 422
    assert "名单在您点名时变了" in text(answer.content.decode())


def test_somebody_missing_raises_the_steps_and_no_escape(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    gone = named(lines, "赵一")
    assert call(officer, lines, "zy5").status_code == 302
    page = html(officer, DAY)
    shown = text(page)
    assert "有人不在位、原因不明" in shown
    assert "戒毒条例第32条" in shown
    assert f"/files/{gone.case_no}/record/escape/" in page
    assert of(gone, "escape") == []
    assert "不明 1" in shown
    assert officer.post(f"{DAY}found/", {f"p{gone.no}": "found"}).status_code == 302
    assert "有人不在位" not in text(html(officer, DAY))
    assert [e.get("what") for e in of(gone, "roll_exception")] == ["missing", "found"]


def test_whoever_is_out_is_known_to_be_out_and_why_only_to_whose_work_it_is(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    record("medical_leave", named(lines, "陈红"), "2026-11-10")
    doctor = signed_in("doctor", "doctor", CENTRE)
    assert "所外就医" in text(html(doctor, DAY))
    shown = text(html(officer, DAY))
    assert "所外就医" not in shown
    assert "原因在您看不到的分区" in shown
    assert "外出 1" in shown
    call(officer, lines)
    assert of_unit("roll_call")[0].get("out") == 1


def test_the_rolls_left_out_are_due_with_the_next(
    officer: Client, lines: tuple[PersonLine, ...], now: datetime
) -> None:
    planned(now)
    call(officer, lines)
    assert "漏点" not in text(html(officer, DAY))
    call(officer, lines, at="17:30")
    assert [e.get("due") for e in of_unit("roll_call")] == [1, 1]


@pytest.mark.parametrize("role", ["doctor", "intake_officer"])
def test_others_look_and_do_not_call_the_roll(role: str, lines: tuple[PersonLine, ...]) -> None:
    client = signed_in("other", role, CENTRE)
    assert "临时点名" not in text(html(client, DAY))
    assert call(client, lines).status_code == 302
    assert of_unit("roll_call") == []


def test_a_brigade_of_another_place_is_not_there(lines: object) -> None:
    from guitu.store import units
    from guitu.store.units import NewUnit

    units.add(
        [
            NewUnit("46J02", "另一戒毒所", "justice_centre", "46"),
            NewUnit("46J0201", "另一大队", "brigade", "46J02"),
        ]
    )
    client = signed_in("other", "brigade_officer", "46J0201")
    for part in ("", "roll/", "timetable/", "timetable/new/", "work/", "pay/", "contact/", "leave/"):
        assert client.get(f"{DAY}{part}").status_code == 404
    assert client.get(f"/daily/{CENTRE}/").status_code == 404
    assert "王小明" not in text(html(client, "/daily/"))


def test_a_centre_sees_its_brigades(head: Client) -> None:
    page = html(head, "/daily/")
    assert "一大队" in text(page) or "在册 5" in text(page)


# ── the timetable ─────────────────────────────────────────────────────────────────────────────────

SIX = "08:00-11:00 劳动 缝纫\n14:00-17:00 劳动 缝纫\n06:40-06:50 点名"


def draw(client: Client, **typed: str) -> Any:
    return client.post(f"{DAY}timetable/new/", {"from_day": "2026-12-01", "workdays": SIX, **typed})


def test_a_new_version_takes_over_from_its_day(officer: Client, now: datetime) -> None:
    planned(now)
    answer = draw(officer)
    assert answer.status_code == 302
    assert "执行 2026-01-05 起的一版 · 2026-12-01 起换新版" in text(html(officer, f"{DAY}timetable/"))
    shown = text(html(officer, f"{DAY}timetable/?on=2026-12-01"))
    assert "执行 2026-12-01 起的一版" in shown
    assert "08:00–11:00" in shown
    assert "30" in shown  # hours of work in the week


def test_a_timetable_over_six_hours_is_not_saved_and_the_sentence_names_the_article(officer: Client) -> None:
    answer = draw(officer, workdays=SIX + "\n19:00-20:00 劳动 加班")
    assert answer.status_code == 422
    page = answer.content.decode()
    said = "工作日劳动 7 小时，超出上限：每天不超过六小时（《司法行政机关强制隔离戒毒工作规定》第43条）"
    assert said in text(page)
    assert "加班" in page
    assert of_unit("timetable") == []
    assert draw(officer, holidays="09:00-10:00 劳动").status_code == 422
    assert draw(officer, rest_days="09:00-10:00 劳动").status_code == 422
    assert of_unit("timetable") == []


def test_lines_that_cannot_be_read_come_back_as_they_were(officer: Client) -> None:
    answer = draw(officer, workdays="早上劳动")
    assert answer.status_code == 422
    assert "第 1 行“早上劳动”读不出来" in text(answer.content.decode())


def test_the_gate_itself_refuses_a_plan_over_the_ceiling(lines: object, now: datetime) -> None:
    from guitu.store.gate import NotAccepted

    entry = unitfiles.new_entry(
        BRIGADE,
        "work_plan",
        MONDAY,
        {"on": date(2026, 11, 24), "hours": "8", "what": "缝纫", "safety": "yes"},
        now=now,
        author="brigade",
        office=BRIGADE,
    )
    with pytest.raises(NotAccepted, match="six hours a day at most"):
        unitfiles.record(entry, actor=house(), now=now)


# ── work and pay ──────────────────────────────────────────────────────────────────────────────────


def plan(client: Client, on: str, hours: str = "6", **more: str) -> Any:
    return client.post(f"{DAY}work/", {"on": on, "hours": hours, "what": "缝纫", "safety": "yes", **more})


def test_five_days_can_be_planned_and_the_sixth_cannot(officer: Client) -> None:
    for n in range(23, 28):
        assert plan(officer, f"2026-11-{n}").status_code == 302
    answer = plan(officer, "2026-11-28", "2")
    assert answer.status_code == 422
    shown = text(answer.content.decode())
    assert "2026年11月28日（周六）是这一周的第 6 个劳动日，超出上限：每周不超过五天" in shown
    assert len(of_unit("work_plan")) == 5
    assert plan(officer, "2026-11-27", "4").status_code == 302, "a day planned anew"
    assert len(of_unit("work_plan")) == 5


def test_a_year_without_known_holidays_has_to_be_checked(officer: Client) -> None:
    answer = plan(officer, "2027-01-01")
    assert answer.status_code == 422
    assert "2027年的放假安排尚未收录" in text(answer.content.decode())
    assert plan(officer, "2027-01-04", not_holiday="yes").status_code == 302


def test_closing_a_day_writes_the_counts_that_the_figures_use(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    for line in lines[:4]:
        record("work_fitness", line, "2026-11-02", fit="full")
    plan(officer, "2026-11-23")
    page = text(html(officer, f"{DAY}work/2026-11-23/"))
    assert "没有医生意见" in page
    first = lines[0]
    wrong = officer.post(f"{DAY}work/2026-11-23/", {f"h{first.no}": "许多", f"p{first.no}": "longer"})
    assert wrong.status_code == 422
    answer = officer.post(f"{DAY}work/2026-11-23/", {f"h{first.no}": "7", f"p{first.no}": "longer"})
    assert answer.status_code == 302
    (day,) = of_unit("work_day")
    assert (day.get("worked"), day.get("within")) == (4, 3)
    assert [e.get("hours") for e in of(first, "work_exception")] == ["7"]
    assert officer.post(f"{DAY}work/2026-11-23/", {}).status_code == 302
    assert len(of_unit("work_day")) == 1


def test_a_month_is_paid_once_and_the_slip_is_for_the_person(
    officer: Client,
    head: Client,
    lines: tuple[PersonLine, ...],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for line in lines:
        record("work_fitness", line, "2026-11-02", fit="full")
    rate = unitfiles.new_entry(
        CENTRE,
        "work_rate",
        date(2026, 1, 1),
        {"rate": "2.5", "basis": "本所规定"},
        now=now,
        author="centre",
        office=CENTRE,
    )
    unitfiles.record(rate, actor=house(), now=now)
    plan(officer, "2026-11-23")
    officer.post(f"{DAY}work/2026-11-23/", {})
    assert ">入账 5 人" not in html(officer, f"{DAY}pay/?month=2026-11"), "the month is not over"
    monkeypatch.setenv("GUITU_TODAY", "2026-12-01")
    shown = text(html(officer, f"{DAY}pay/"))
    assert "2026年11月：5 人，合计 75 元，未入账 5 人 · 每小时 2.5 元" in shown
    for _ in range(2):
        assert officer.post(f"{DAY}pay/?month=2026-11").status_code == 302
    assert [e.get("amount") for e in of(lines[0], "work_pay")] == ["15"]
    slip = text(html(officer, f"{DAY}pay/2026-11/{lines[0].case_no}/"))
    assert "6 × 2.5 ＝ 15" in slip
    from guitu.store import personal

    view = file_view(lines[0].file)
    assert view is not None
    personal.give_access(view, "me")
    own = Client()
    own.force_login(get_user_model().objects.get(username="me"))
    shown = text(html(own, "/mine/"))
    assert "2026年11月：15 元" in shown
    assert "1 天，6 小时 × 2.5 元；2026年12月1日入账" in shown
    assert lines[0].name in slip


# ── visits, leave, the box ────────────────────────────────────────────────────────────────────────


def test_visits_of_a_day_and_the_way_to_recording_them(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    red = named(lines, "陈红")
    record("visit_booked", red, "2026-11-20", on=MONDAY, at="14:30", visitor="某某", relation="parent")
    page = html(officer, f"{DAY}contact/")
    shown = text(page)
    assert "14:30" in shown
    assert "父母" in shown
    assert "某某" not in shown
    to = officer.get(f"{DAY}contact/", {"who": "ch", "kind": "letter"})
    assert (to.status_code, to["Location"]) == (302, f"/files/{red.case_no}/record/letter/")
    assert officer.get(f"{DAY}contact/", {"who": "wxm", "kind": "visit"}).status_code == 422


def test_leave_that_is_over_is_shown_late(officer: Client, lines: tuple[PersonLine, ...]) -> None:
    red = named(lines, "陈红")
    record(
        "home_leave",
        red,
        "2026-11-10",
        going=date(2026, 11, 15),
        back_by=date(2026, 11, 20),
        relation="parent",
        cause="父亲病重",
    )
    shown = text(html(officer, f"{DAY}leave/"))
    assert "逾期未回，逾期 3 天" in shown
    assert "父亲病重" not in shown
    record("home_leave_back", red, "2026-11-22", outcome="late")
    assert "逾期返回" in text(html(officer, f"{DAY}leave/"))


def test_leave_is_asked_for_by_one_and_approved_by_another(
    officer: Client, lines: tuple[PersonLine, ...]
) -> None:
    to = officer.get(f"{DAY}leave/ask/", {"who": "ch"})
    assert to["Location"].endswith("/record/home_leave/")
    from guitu.compose import kinds

    assert kinds()["home_leave"].countersigned


OPENED = {
    "happened_on": "2026-11-23",
    "opener_1": "张三某",
    "opener_2": "李四某",
    "papers": "3",
    "unsigned": "1",
}


def test_the_box_is_opened_by_two_people(head: Client) -> None:
    assert head.post("/daily/box/", {**OPENED, "opener_2": "张三某"}).status_code == 422
    assert head.post("/daily/box/", {**OPENED, "unsigned": "5"}).status_code == 422
    assert head.post("/daily/box/", OPENED).status_code == 302
    (entry,) = of_unit("box_opened", CENTRE)
    assert (entry.get("papers"), entry.get("registered")) == (3, None)
    assert "2026-11-23" in text(html(head, "/daily/box/"))


def test_each_paper_of_the_box_leads_to_a_complaint_of_its_own_that_the_centre_cannot_read(
    head: Client, lines: tuple[PersonLine, ...]
) -> None:
    signed_in("jiancha", "inspector", "46")  # somebody who receives complaints
    head.post("/daily/box/", OPENED)
    for paper, line in ((1, lines[0]), (2, lines[1])):
        page = html(head, "/daily/box/")
        assert f"登记第 {paper} 份" in text(page)
        box = {name: hidden(page[page.index("paper-") :], name) for name in ("box", "paper")}
        to = head.get("/daily/box/find/", {"case": line.case_no, **box})["Location"]
        form = html(head, to)
        said = {"against": CENTRE, "text": "伙食", "named": "no", "source": "paper", "id": hidden(form, "id")}
        assert 'value="paper" checked' in form or 'value="paper" selected' in form
        sent = head.post(to, said)
        assert sent["Location"] == f"/daily/box/?paper={paper}", sent.content.decode()
        assert f"第 {paper} 份已登记" in text(html(head, sent["Location"]))
        again = head.post(to, said)
        assert again.status_code == 302, "the same form sent again lodges nothing more"
    shown = text(html(head, "/daily/box/"))
    assert "登记第" not in shown
    assert "3 2 1 张三某、李四某" in shown
    view = file_view(lines[0].file)
    assert view is not None
    assert all(e.kind != "complaint" for e in view.entries), "nothing of it stands in the person's file"
    from guitu.store import complaints

    (line,) = complaints.of_person(lines[0].no)
    assert line.against.code == CENTRE
    assert head.get(f"/remedies/{line.id}/").status_code in (403, 404)
    assert head.get("/daily/box/find/", {"case": "无此编号"}).status_code == 422


def test_the_brigade_does_not_look_into_the_box(officer: Client) -> None:
    assert officer.get("/daily/box/").status_code == 403
    assert "意见箱" not in text(html(officer, DAY))


def test_an_objection_to_a_note_of_conduct_waits_for_somebody_else(
    officer: Client, head: Client, lines: tuple[PersonLine, ...]
) -> None:
    record(
        "conduct_note",
        lines[0],
        "2026-11-20",
        sort="reminder",
        what="未整理内务",
        reason="规范",
        objects="objects",
        answer="那天我值日",
    )
    shown = html(head, DAY)
    assert "待复核的异议" in text(shown)
    assert f"/files/{lines[0].case_no}/record/conduct_review/?to=" in shown
    assert "待复核的异议" in text(html(officer, DAY))
    assert "conduct_review" not in html(officer, DAY)
