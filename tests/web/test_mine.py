"""The person's own page: what it shows and to whom, asking and being answered, the account, the way out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.store import gate, personal, read, staff
from guitu.store.units import NewUnit
from guitu.web import clock
from guitu.web.pages.mine import build
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.desk import html, signed_in
from tests.web.own import SECRET_NOTE, SECRET_TESTER, SECRET_WORKER, Own, file_of, own_of, text

NEXT_TOWN = "469024100"
ON = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setenv("GUITU_TODAY", today.isoformat())


@pytest.fixture
def own(places: tuple[NewUnit, ...], now: datetime) -> Own:
    return own_of(now)


# ── what it shows ─────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_where_the_person_is_and_how_the_end_was_counted(own: Own) -> None:
    page = own.page()
    assert "您现在：社区戒毒，到2029年3月8日为止" in page
    assert "2026-03-09 ＋ 3年 → 2029-03-08" in text(page)
    assert "<title>我的事项</title>" in page
    assert "乡镇与您签协议" in page  # owed by the authority, without a day
    folded = re.sub(r'<details class="because">.*?</details>|<footer.*', "", page, flags=re.DOTALL)
    assert not re.findall(r"\d{4}-\d\d-\d\d", text(folded)), "days are said in words"


def test_an_ended_measure_is_shown_up_to_its_last_day(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2029-03-09")
    page = own.page()
    assert "已依法解除，无需再报到" in page
    assert "2026年3月9日至2029年3月8日" in page


def test_the_page_is_small_and_has_no_word_that_labels_anybody(own: Own) -> None:
    page = own.page()
    assert len(page.encode()) < 20_000
    folded = re.sub(r'<details class="because">.*?</details>', "", page, flags=re.DOTALL)
    for word in ("对象", "管控", "吸毒", "人员"):
        assert word not in folded, word


def test_nothing_of_anybody_else_is_on_the_page(own: Own) -> None:
    page = own.page()
    for secret in (SECRET_WORKER, SECRET_TESTER, SECRET_NOTE, "clerk"):
        assert secret not in page, secret


def test_it_speaks_english_too(own: Own) -> None:
    own.client.cookies["guitu_view"] = "en.normal.normal.normal"
    page = own.page()
    assert "You are now in: Community treatment, until 8 March 2029" in page
    assert "<title>My matters</title>" in page


def test_the_first_page_of_the_person_is_their_own_and_no_other_opens(own: Own) -> None:
    assert own.client.get("/")["Location"] == "/mine/"
    for address in (f"/files/{own.case_no}/", "/people/", f"/people/{own.case_no}/requests/", "/remedies/"):
        assert own.client.get(address).status_code in (403, 404), address


def test_staff_have_no_own_page(places: tuple[NewUnit, ...]) -> None:
    assert signed_in("clerk", "town_office", TOWN).get("/mine/").status_code == 403


# ── the account ───────────────────────────────────────────────────────────────────────────────────


def test_there_is_one_account_for_a_person_and_a_second_is_refused(own: Own) -> None:
    with pytest.raises(personal.AlreadyGiven, match=own.username):
        personal.give_access(own.view)


def test_the_account_says_nothing_about_the_person(own: Own) -> None:
    user = staff.User.objects.get(username=own.username)
    assert (user.first_name, user.last_name, user.email) == ("", "", "")
    assert re.fullmatch(r"my-[a-z0-9]{6}", own.username)


def test_the_worker_hands_out_access_on_a_slip_that_is_shown_once(
    places: tuple[NewUnit, ...], now: datetime
) -> None:
    case_no = file_of(Pen(2), now)
    worker = signed_in("clerk", "town_office", TOWN)
    assert "开通账号" in html(worker, f"/people/{case_no}/access/")
    slip = worker.post(f"/people/{case_no}/access/").content.decode()
    password = re.search(r"[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}", slip)
    assert password is not None
    assert "我的事项" in slip
    again = worker.post(f"/people/{case_no}/access/")
    assert again.status_code == 422
    assert password[0] not in again.content.decode()
    assert "开通账号" not in html(worker, f"/people/{case_no}/access/")


def test_who_works_elsewhere_hands_out_nothing(own: Own) -> None:
    other = signed_in("other", "town_office", "469024100")
    assert other.get(f"/people/{own.case_no}/access/").status_code == 404


# ── asking and being answered ─────────────────────────────────────────────────────────────────────


def test_a_request_for_help_gets_a_number_waits_on_today_and_its_answer_is_read(own: Own) -> None:
    led = own.ask("help", need="work", text="想学修车")
    assert re.fullmatch(r"/mine/\?saved=[0-9A-F]{6}", led)
    page = own.page(led)
    number = led[-6:]
    assert f"已收到，编号 {number}" in page
    assert "等待答复" in page
    worker = signed_in("clerk", "town_office", TOWN)
    today = html(worker, "/")
    assert "答复帮助请求" in today
    href = re.search(r'href="(/files/[^"]+/record/help_answer/[^"]+)"', today)
    assert href is not None
    form = html(worker, href[1].replace("&amp;", "&"))
    assert "想学修车" in form
    to = re.search(r'type="hidden" name="to" value="([^"]+)"', form)
    assert to is not None
    identifier = re.search(r'name="id" value="([^"]+)"', form)
    assert identifier is not None
    answer = worker.post(
        f"/files/{own.case_no}/record/help_answer/",
        {
            "id": identifier[1],
            "to": to[1],
            "happened_on": "2026-11-23",
            "outcome": "given",
            "text": "已报名。",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    page = own.page()
    assert "已报名。" in page
    assert "已答复" in page
    assert "等待答复" not in page


def test_an_answer_to_nothing_is_refused(own: Own, now: datetime) -> None:
    pen = Pen(1)
    pen.next += 500
    entry = pen.entry(
        "help_answer", "2026-11-20", to="3f2504e0-4f89-41d3-9a0c-0305e82c3301", outcome="given", text="x"
    )
    with pytest.raises(gate.NotAccepted):
        gate.record(entry, actor=house(), now=now)


def test_a_refused_correction_shows_its_reason_to_the_person(own: Own, now: datetime) -> None:
    own.ask("correct", text="出生日期错了")
    request = next(e for e in own.view.entries if e.kind == "correction_request")
    pen = Pen(1)
    pen.next += 600
    to, text = str(request.id), "与户口簿一致。"
    reply = pen.entry("correction_reply", "2026-11-23", to=to, outcome="refused", text=text)
    gate.record(reply, actor=house(), now=now)
    page = own.page()
    assert "不更正" in page
    assert "与户口簿一致。" in page


def test_a_form_sent_twice_asks_once(own: Own) -> None:
    identifier = "0192f1a0-0000-7000-8000-00000000abcd"
    for _ in range(2):
        answer = own.client.post("/mine/ask/help/", {"id": identifier, "need": "work", "text": ""})
        assert answer.status_code == 302
    assert [e.kind for e in own.view.entries].count("help_request") == 1


def test_what_was_typed_is_kept_when_something_is_wrong(own: Own) -> None:
    page = own.ask("family", 422, who="赵母", relation="", parts="term", until="2028-01-01")
    assert "有误：" in page
    assert 'value="赵母"' in page
    assert "最长一年" in page
    assert not [e for e in own.view.entries if e.kind == "family_consent"]


def test_a_positive_test_can_be_objected_to_once(own: Own) -> None:
    test = next(e for e in own.view.entries if e.kind == "urine_test")
    own.ask("object", entry=str(test.id), text="药物")
    assert "没有可以提出异议的检测" in own.page("/mine/ask/object/")
    page = own.ask("object", 422, entry=str(test.id))
    assert "没有可以提出异议的检测" in page


def test_a_retest_may_be_asked_for_again_when_the_sample_could_not_be_tested(own: Own, now: datetime) -> None:
    test = next(e for e in own.view.entries if e.kind == "urine_test")
    pen = Pen(8)
    pen.file = own.file
    steps = [
        pen.entry("lab_report", "2026-11-21", test=str(test.id), stage="laboratory", which="a",
                  body="县检测中心", result="positive"),
        pen.entry("lab_result_told", "2026-11-21", test=str(test.id), stage="laboratory", signed="yes"),
    ]  # fmt: skip
    gate.record_many(steps, actor=house(), now=now)
    own.ask("object", entry=str(test.id), text="申请复检")
    assert "没有可以提出异议的检测" in own.page("/mine/ask/object/")
    last = [
        pen.entry("lab_report", "2026-11-23", test=str(test.id), stage="retest", which="b",
                  body="省检测中心", result="unusable"),
        pen.entry("lab_result_told", "2026-11-23", test=str(test.id), stage="retest", signed="yes"),
    ]  # fmt: skip
    later = [replace(e, recorded_at=clock.now() + timedelta(minutes=1)) for e in last]
    gate.record_many(later, actor=house(), now=clock.now())
    own.ask("object", entry=str(test.id), text="再次申请复检")


@pytest.mark.parametrize(("day", "is_open"), [("2026-11-23", True), ("2026-11-24", False)])
def test_where_the_office_has_set_three_days_the_button_goes_after_them_and_says_why(
    own: Own, monkeypatch: pytest.MonkeyPatch, day: str, is_open: bool
) -> None:
    monkeypatch.setenv("GUITU_PRESETS", "objection-3")
    monkeypatch.setenv("GUITU_TODAY", day)
    page = own.page("/mine/ask/object/")
    assert ("提出异议</button>" in page) == is_open
    assert ("异议期限到2026年11月23日，已过" in page) != is_open


def test_nothing_is_owed_but_the_answer_that_is_waited_for(own: Own, now: datetime) -> None:
    pen = Pen(8)
    pen.file = own.file
    gate.record_many([pen.entry("agreement", "2026-11-01")], actor=house(), now=now)
    own.ask("help", need="medical", text="牙疼")
    answer = read.assessment(own.view, ON)._replace(duties=())
    page = build.mine(build.About(own.view, answer, ON))
    assert (page.owed, page.waits) == ((), False)  # nothing is counted, and what is noted waits for nothing
    waiting = read.assessment(own.view, ON)
    answer = waiting._replace(duties=tuple(d for d in waiting.duties if d.name == "answer_help"))
    page = build.mine(build.About(own.view, answer, ON))
    assert (page.owed, page.waits) == ((), True)


@pytest.mark.parametrize("freely", ["yes", "no"])
def test_only_who_signed_of_their_own_will_is_told_that_they_did(
    own: Own, now: datetime, freely: str
) -> None:
    pen = Pen(8)
    pen.file = own.file
    stay = pen.entry(
        "recovery_place_stay", "2026-07-01", voluntary=freely, copy_given="yes", place=str(own.file)
    )
    gate.record_many([stay], actor=house(), now=now)
    page = own.page()
    assert "随时可以离开" in page
    assert ("您是自愿住在这里的" in page) == (freely == "yes")


def test_what_is_counted_begins_with_a_capital_in_english(own: Own) -> None:
    own.client.cookies["guitu_view"] = "en.normal.normal.normal"
    for address in ("/mine/", "/mine/counts/"):
        page = own.page(address)
        heads = re.findall(r'<h2 id="count-[^>]*>([^<]+)', page) or re.findall(
            r'id="counts">.*?class="what">([^<]+)', page, re.DOTALL
        )
        assert heads
        assert all(head[0].isupper() for head in heads), heads


def test_a_remedy_is_noted_on_the_day_it_was_filed(own: Own) -> None:
    own.ask("remedy", what="reconsideration", happened_on="2026-11-01", filed_with="示例县人民政府")
    entry = next(e for e in own.view.entries if e.kind == "remedy_request")
    assert entry.happened_on == date(2026, 11, 1)
    assert entry.author == own.username


def test_a_remedy_cannot_be_filed_tomorrow(own: Own) -> None:
    assert "日期不能晚于今天" in own.ask("remedy", 422, what="litigation", happened_on="2026-11-24")


def test_what_only_staff_record_a_person_cannot_write(own: Own, now: datetime) -> None:
    actor = staff.actor(own.username)
    entry = Entry(
        id=UUID("0192f1a0-0000-7000-8000-00000000abce"), file=own.file, kind="release",
        happened_on=date(2026, 11, 23), recorded_at=now, author=own.username,
    )  # fmt: skip
    with pytest.raises(gate.NotAllowed):
        personal.write_own(entry, actor=actor, view=own.view, now=now)


def test_nobody_writes_into_somebody_elses_file(own: Own, now: datetime) -> None:
    other_case = file_of(Pen(3), now)
    other = read.opened(other_case)
    assert other is not None
    assert not personal.may_write(staff.actor(own.username), "help_request", other).allowed
    assert not personal.may_lodge(staff.actor(own.username), other).allowed


# ── sheet, source, leaving ────────────────────────────────────────────────────────────────────────


def test_the_printed_sheet_says_the_same_under_a_neutral_title(own: Own) -> None:
    page = html(signed_in("clerk", "town_office", TOWN), f"/people/{own.case_no}/sheet/")
    assert "<title>我的事项</title>" in page
    assert "您现在：社区戒毒，到2029年3月8日为止" in page
    assert SECRET_NOTE not in page
    assert SECRET_WORKER not in page


def test_a_request_written_down_says_how_it_came(own: Own) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    address = f"/people/{own.case_no}/requests/help/"
    assert town.post(address, {"id": "", "need": "medical"}).status_code == 422
    assert town.post(address, {"id": "", "need": "medical", "source": "spoken"}).status_code == 302
    entry = next(e for e in own.view.entries if e.kind == "help_request")
    assert (entry.author, entry.unit, entry.source) == ("clerk", TOWN, "本人口头提出，已读给本人听")
    assert "请求帮助：看病" in own.page()


def test_leaving_ends_the_session_and_shows_a_page_that_says_nothing(own: Own) -> None:
    answer = own.client.post("/away/", follow=True)
    page = answer.content.decode()
    assert "<title>日历</title>" in page
    assert "归途" not in page
    assert own.client.get("/mine/").status_code == 302


def test_five_minutes_without_a_touch_end_the_persons_session(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guitu.web import clock, middleware

    start = clock.ticks()
    own.page()
    monkeypatch.setattr(middleware, "ticks", lambda: start + timedelta(minutes=3).total_seconds())
    assert own.client.get("/mine/").status_code == 200
    monkeypatch.setattr(middleware, "ticks", lambda: start + timedelta(minutes=12).total_seconds())
    assert own.client.get("/mine/").status_code == 302


def test_every_plain_word_is_short_and_calls_nobody_names() -> None:
    from guitu.kernel.labels import Label
    from guitu.web.pages.mine import words

    said = [w for table in vars(words).values() if isinstance(table, dict) for w in table.values()]
    said += [w for w in vars(words).values() if isinstance(w, Label)]
    for label in said:
        if not isinstance(label, Label):
            continue
        assert not re.search("对象|管控|吸毒|人员", label.zh), label.zh
        for clause in re.split("[，。；：？！]", label.zh):
            assert len(clause) <= 20, label.zh


def test_every_kind_the_person_may_write_is_a_request_a_consent_or_leaving() -> None:
    assert {k.name for k in kinds().values() if "person" in k.recorded_by} == {
        "correction_request", "objection", "assessment_objection", "help_request",
        "remedy_request", "remedy_outcome", "complaint",
        "family_consent", "family_consent_withdrawn", "recovery_place_left",
        "sealing_asked", "own_copy_given", "reminder_consent", "account_given",
    }  # fmt: skip


def test_a_person_is_no_member_of_staff_on_the_units_page(own: Own) -> None:
    page = html(signed_in("clerk", "town_office", TOWN), f"/units/{VILLAGE}/")
    assert own.username not in page


# ── where the file has got to, and messages ───────────────────────────────────────────────────────


def test_the_person_reads_where_the_file_has_got_to_and_who_answers_for_them(own: Own, now: datetime) -> None:
    assert "我的档案交到哪里了" not in own.page()
    pen = Pen(1, unit=TOWN)
    pen.file = own.file
    pen.next += 800
    gate.record(
        pen.entry("handover_sent", "2026-11-16", to_unit=NEXT_TOWN, note=SECRET_NOTE), actor=house(), now=now
    )
    page = own.page()
    shown = text(page)
    assert "交给邻镇：已发出，等对方打开" in shown
    assert "现在由河东镇负责" in shown
    assert "发出：2026年11月16日" in shown
    assert "对方接收 ▲" in shown
    assert "最迟 2026年11月19日" in shown
    assert "晚了不是您的责任" in shown
    assert SECRET_NOTE not in page
    pen.unit = NEXT_TOWN
    gate.record_many(
        [
            pen.entry("handover_refused", "2026-11-20", reason="not_here", note=SECRET_NOTE),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    page = own.page()
    assert "被退回，原单位要重新办" in text(page)
    assert "对方认为您不住在那里" in text(page)
    assert SECRET_NOTE not in page


def test_after_acceptance_the_new_office_answers_and_the_tale_ends_after_a_while(
    own: Own, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = Pen(1, unit=TOWN)
    pen.file = own.file
    pen.next += 800
    sent = pen.entry("handover_sent", "2026-11-16", to_unit=NEXT_TOWN)
    pen.unit = NEXT_TOWN
    gate.record_many(
        [
            sent,
            pen.entry("handover_accepted", "2026-11-18", complete="yes"),
            pen.entry("first_contact", "2026-11-20", how="visit"),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    shown = text(own.page())
    assert "交给邻镇：已办完" in shown
    assert "现在由邻镇负责" in shown
    monkeypatch.setenv("GUITU_TODAY", "2027-01-10")
    assert "我的档案交到哪里了" not in own.page()


def test_messages_are_ended_with_one_press_and_pressed_twice_it_stands_once(own: Own, now: datetime) -> None:
    pen = Pen(1)
    pen.file = own.file
    pen.next += 800
    assert "提醒短信" not in own.page()
    said = pen.entry("reminder_consent", "2026-11-01", agrees="yes", phone="19812345678")
    gate.record(said, actor=house(), now=now)
    page = own.page()
    assert "发到 198****5678" in text(page)
    assert "19812345678" not in page
    for _ in range(2):
        answer = own.client.post("/mine/reminders/stop/", {"to": str(said.id)})
        assert answer.status_code == 302
    assert "不会给您发短信" in text(own.page())
    written = [e for e in own.view.entries if e.kind == "reminder_consent"]
    assert [e.get("agrees") for e in written] == ["yes", "no"]
    assert written[-1].author == own.username


def test_an_appointment_stands_among_the_days_ahead_until_it_is_past(own: Own, now: datetime) -> None:
    pen = Pen(1)
    pen.file = own.file
    pen.next += 800
    gate.record_many(
        [
            pen.entry("visit_agreed", "2026-11-20", for_day=date(2026, 11, 25), time=930, place="村委会"),
            pen.entry("visit_agreed", "2026-11-01", for_day=date(2026, 11, 3), time=1000, place="旧地方"),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    shown = text(own.page())
    assert "2026年11月25日 ○ 还有 2 天 约好见面 9:30，村委会" in shown
    assert "旧地方" not in shown
