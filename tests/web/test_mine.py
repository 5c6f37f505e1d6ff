"""The person's own page: what it shows and to whom, asking and being answered, a copy, the way out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.store import complaints, gate, personal, read, staff
from guitu.store.units import NewUnit
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.desk import PASSWORD, html, signed_in

pytestmark = pytest.mark.django_db

SECRET_WORKER, SECRET_TESTER, SECRET_NOTE = "李专干", "检测员某某", "邻居某某举报"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setenv("GUITU_TODAY", today.isoformat())


@dataclass
class Own:
    """A file with its person's account."""

    case_no: str
    file: UUID
    username: str
    client: Client

    @property
    def view(self) -> read.FileView:
        found = read.opened(self.case_no)
        assert found is not None
        return found

    def page(self, address: str = "/mine/", status: int = 200) -> str:
        return html(self.client, address, status)

    def ask(self, form: str, status: int = 302, **answers: str) -> str:
        """Fill in a form as the browser would; where it led, or the page that came back."""
        found = re.search(r'name="id" value="([^"]+)"', self.page(f"/mine/ask/{form}/"))
        answer = self.client.post(f"/mine/ask/{form}/", {"id": found[1] if found else "", **answers})
        assert answer.status_code == status, answer.content.decode()
        return answer["Location"] if status == 302 else answer.content.decode()



def enter(username: str, password: str) -> Client:
    """A browser in which that account has set its own password and signed in."""
    user = staff.User.objects.get(username=username)
    assert user.check_password(password)
    staff.set_own(user, PASSWORD)
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def file_of(pen: Pen, now: datetime, *more: Entry) -> str:
    entries = [
        *pen.on_community_treatment(name="赵一甲", served="2026-03-02"),
        pen.entry("reporting_in", "2026-03-09"),
        pen.entry("remark", "2026-04-01", text=SECRET_NOTE),
        pen.entry(
            "urine_test", "2026-11-20", outcome="taken", result="positive", tester_1=SECRET_TESTER,
            note=SECRET_NOTE,
        ),
        *more,
    ]  # fmt: skip
    gate.record_many(entries, actor=house(), now=now)
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


@pytest.fixture
def own(places: tuple[NewUnit, ...], now: datetime) -> Own:
    pen = Pen(1)
    case_no = file_of(pen, now)
    view = read.opened(case_no)
    assert view is not None
    given = personal.give_access(view)
    return Own(case_no, pen.file, given.username, enter(given.username, given.password))


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# ── what it shows ─────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_where_the_person_is_and_how_the_end_was_counted(own: Own) -> None:
    page = own.page()
    assert "您现在：社区戒毒，到2029年3月8日为止" in page
    assert "2026-03-09 ＋ 3年 → 2029-03-08" in text(page)
    assert "<title>我的事项</title>" in page
    assert "乡镇与您签协议" in page  # owed by the authority, without a day


def test_the_page_is_small_and_has_no_word_that_labels_anybody(own: Own) -> None:
    page = own.page()
    assert len(page.encode()) < 20_000
    folded = re.sub(r'<details class="why">.*?</details>', "", page, flags=re.DOTALL)
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
        {"id": identifier[1], "to": to[1], "happened_on": "2026-11-23", "outcome": "given", "text": "已报名。"},
    )
    assert answer.status_code == 302, answer.content.decode()
    page = own.page()
    assert "已报名。" in page
    assert "已答复" in page
    assert "等待答复" not in page


def test_an_answer_to_nothing_is_refused(own: Own, now: datetime) -> None:
    pen = Pen(1)
    pen.next += 500
    entry = pen.entry("help_answer", "2026-11-20", to="3f2504e0-4f89-41d3-9a0c-0305e82c3301", outcome="given", text="x")
    with pytest.raises(gate.NotAccepted):
        gate.record(entry, actor=house(), now=now)


def test_a_refused_correction_shows_its_reason_to_the_person(own: Own, now: datetime) -> None:
    own.ask("correct", text="出生日期错了")
    request = next(e for e in own.view.entries if e.kind == "correction_request")
    pen = Pen(1)
    pen.next += 600
    gate.record(
        pen.entry("correction_reply", "2026-11-23", to=str(request.id), outcome="refused", text="与户口簿一致。"),
        actor=house(), now=now,
    )  # fmt: skip
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


@pytest.mark.parametrize(("day", "is_open"), [("2026-11-23", True), ("2026-11-24", False)])
def test_where_the_office_has_set_three_days_the_button_goes_after_them_and_says_why(
    own: Own, monkeypatch: pytest.MonkeyPatch, day: str, is_open: bool
) -> None:
    from guitu.store.projections import compute

    monkeypatch.setenv("GUITU_PRESETS", "objection-3")
    monkeypatch.setenv("GUITU_TODAY", day)
    compute._policy.cache_clear()
    try:
        page = own.page("/mine/ask/object/")
    finally:
        monkeypatch.delenv("GUITU_PRESETS")
        compute._policy.cache_clear()
    assert ("提出异议</button>" in page) == is_open
    assert ("异议期限到2026年11月23日，已过" in page) != is_open


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


# ── complaints ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def inspector(places: tuple[NewUnit, ...]) -> Client:
    return signed_in("inspector", "inspector", "46", "何检察")


@pytest.fixture
def county(places: tuple[NewUnit, ...]) -> Client:
    return signed_in("county", "county_supervisor", "469023", "林县明")


def lodged(own: Own, against: str = TOWN, **more: str) -> str:
    return own.ask("complain", against=against, text="报到那天没有人在", named="no", **more)


def test_a_complaint_reaches_the_inspector_and_the_unit_above_and_is_answered(
    own: Own, inspector: Client, county: Client
) -> None:
    lodged(own)
    found = html(inspector, "/remedies/")
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', found)
    assert href is not None
    complaint = html(inspector, href[1])
    assert "报到那天没有人在" in complaint
    assert "不愿具名" in complaint
    assert "赵一甲" not in complaint
    assert html(county, "/remedies/").count("/remedies/0") == 1
    assert county.get(href[1]).status_code == 404  # it came to the inspector
    answer = inspector.post(
        href[1], {"kind": "complaint_answer", "outcome": "upheld", "text": "已责令改正。"}
    )
    assert answer.status_code == 302
    page = own.page()
    assert "已责令改正。" in page
    assert "投诉属实，已处理" in page


def test_the_unit_complained_of_finds_nothing_anywhere(own: Own, inspector: Client) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    before = {address: html(town, address) for address in (f"/files/{own.case_no}/history/", "/")}
    lodged(own)
    apart = complaints.file_id(own.file)
    assert town.get(f"/files/{apart}/").status_code == 404
    assert town.get("/remedies/").status_code == 403
    for address in before:
        assert "投诉" not in text(html(town, address)).replace("投诉与救济", "")
    assert "报到那天" not in html(town, f"/people/{own.case_no}/requests/")
    assert all(e.kind != "complaint" for e in own.view.entries)


def test_a_supervisor_who_is_complained_of_does_not_receive_it(own: Own, inspector: Client, county: Client) -> None:
    lodged(own, against="469023")
    assert "没有投诉" in html(county, "/remedies/")
    assert "/remedies/0" in html(inspector, "/remedies/")


def test_a_complaint_that_may_be_named_says_who(own: Own, inspector: Client) -> None:
    own.ask("complain", against=TOWN, text="没有人在", named="yes")
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', html(inspector, "/remedies/"))
    assert href is not None
    assert "赵一甲" in html(inspector, href[1])


def test_a_complaint_is_received_and_the_person_reads_that(own: Own, inspector: Client) -> None:
    lodged(own)
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', html(inspector, "/remedies/"))
    assert href is not None
    assert inspector.post(href[1], {"kind": "complaint_received"}).status_code == 302
    assert "2026年11月23日已收到" in own.page()
    assert inspector.post(href[1], {"kind": "complaint_answer", "outcome": "", "text": "x"}).status_code == 422


def test_a_forwarded_complaint_is_waited_for_where_it_went(own: Own, county: Client) -> None:
    signed_in("province", "provincial_supervisor", "46")
    lodged(own)
    line = next(x for x in complaints.of_person(own.view.no) if x.word == "supervisor")
    assert line.receiver.code == "469023"
    answer = county.post(f"/remedies/{line.id}/", {"kind": "complaint_forwarded", "receiver": "46"})
    assert answer.status_code == 302
    lines = complaints.of_person(own.view.no)
    assert {(x.receiver.code, x.forwarded_on is not None) for x in lines if x.word == "supervisor"} == {
        ("469023", True),
        ("46", False),
    }


def test_a_complaint_handed_in_on_paper_cannot_be_opened_by_who_wrote_it_down(own: Own, inspector: Client) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    answer = town.post(
        f"/people/{own.case_no}/requests/complain/",
        {"id": "", "against": TOWN, "text": "书面投诉的内容", "named": "no", "source": "paper"},
    )
    assert answer.status_code == 302
    (line,) = complaints.of_person(own.view.no)
    assert town.get(f"/remedies/{line.id}/").status_code == 403
    assert "书面投诉的内容" not in html(town, f"/people/{own.case_no}/requests/")
    shown = html(inspector, f"/remedies/{line.id}/")
    assert "书面投诉的内容" in shown
    assert "本人的书面材料" in shown


def test_the_list_of_complaints_can_be_worked_out_again(own: Own, inspector: Client) -> None:
    lodged(own)
    line = complaints.of_person(own.view.no)[0]
    inspector.post(f"/remedies/{line.id}/", {"kind": "complaint_received"})
    before = complaints.of_person(own.view.no)
    assert complaints.rebuild() == len(before)
    assert complaints.of_person(own.view.no) == before


# ── family ────────────────────────────────────────────────────────────────────────────────────────


def consent(own: Own, parts: str = "duties", until: str = "2026-12-31") -> Entry:
    own.ask("family", who="赵母", relation="母亲", parts=parts, until=until)
    return next(e for e in own.view.entries if e.kind == "family_consent")


def relative(own: Own, entry: Entry) -> Client:
    given = personal.give_family(own.view, entry.id)
    return enter(given.username, given.password)


def test_the_family_sees_only_what_the_consent_names(own: Own) -> None:
    own.ask("help", need="work")
    mother = relative(own, consent(own, "term"))
    page = html(mother, "/mine/")
    assert "您现在：社区戒毒" in page
    assert "他们应当为我做的" not in page
    assert "请求帮助" not in page
    assert "谁看过我的资料" not in page
    assert mother.get("/mine/ask/help/").status_code == 404
    assert mother.post("/mine/copy/", {"form": "json"}).status_code == 404


def test_taking_the_consent_back_closes_the_page_at_once(own: Own) -> None:
    entry = consent(own)
    mother = relative(own, entry)
    assert mother.get("/mine/").status_code == 200
    assert own.client.post("/mine/family/end/", {"to": str(entry.id)}).status_code == 302
    closed = mother.get("/mine/")
    assert closed.status_code == 403
    assert "社区戒毒" not in closed.content.decode()


@pytest.mark.parametrize(("day", "status"), [("2026-12-31", 200), ("2027-01-01", 403)])
def test_a_consent_ends_by_itself_after_its_last_day(
    own: Own, monkeypatch: pytest.MonkeyPatch, day: str, status: int
) -> None:
    mother = relative(own, consent(own))
    monkeypatch.setenv("GUITU_TODAY", day)
    assert mother.get("/mine/").status_code == status


def test_no_account_without_a_consent_that_stands(own: Own) -> None:
    from guitu.kernel.errors import GuituError

    entry = consent(own)
    own.client.post("/mine/family/end/", {"to": str(entry.id)})
    with pytest.raises(GuituError):
        personal.give_family(own.view, entry.id)


# ── a copy ────────────────────────────────────────────────────────────────────────────────────────


def test_the_copy_holds_everything_but_what_tells_of_others(own: Own) -> None:
    answer = own.client.post("/mine/copy/", {"form": "json"})
    copy: dict[str, Any] = json.loads(answer.content)
    assert {e["kind"] for e in copy["entries"]} >= {"person", "order", "served", "urine_test", "remark"}
    whole = answer.content.decode()
    for secret in (SECRET_WORKER, SECRET_TESTER, SECRET_NOTE, "clerk"):
        assert secret not in whole, secret
    test = next(e for e in copy["entries"] if e["kind"] == "urine_test")
    assert test["answers"]["检测结果"] == "阳性"
    assert test["left_out"] == {"检测人1": "涉及他人", "备注": "工作人员的文字备注，核对不涉及他人后可以提供"}
    assert [e.kind for e in own.view.entries].count("own_copy_given") == 1


def test_the_copy_can_be_read_as_a_document(own: Own) -> None:
    answer = own.client.post("/mine/copy/", {"form": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_without_a_chinese_typeface_one_sentence_says_so(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    from guitu.exchange.documents import own_copy

    own_copy.chinese_font.cache_clear()
    monkeypatch.setattr(own_copy, "FONTS", ("No Such Typeface",))
    try:
        answer = own.client.post("/mine/copy/", {"form": "pdf"})
    finally:
        own_copy.chinese_font.cache_clear()
    assert answer.status_code == 422
    assert "没有中文字体" in answer.content.decode()
    assert not [e for e in own.view.entries if e.kind == "own_copy_given"]


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


def test_every_kind_the_person_may_write_is_a_request_or_a_consent() -> None:
    assert {k.name for k in kinds().values() if "person" in k.recorded_by} == {
        "correction_request", "objection", "help_request", "remedy_request", "remedy_outcome", "complaint",
        "family_consent", "family_consent_withdrawn", "own_copy_given",
    }  # fmt: skip


def test_a_person_is_no_member_of_staff_on_the_units_page(own: Own) -> None:
    page = html(signed_in("clerk", "town_office", TOWN), f"/units/{VILLAGE}/")
    assert own.username not in page
