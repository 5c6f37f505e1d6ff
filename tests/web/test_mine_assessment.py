"""The person's own objection to an assessment: within its term, re-checked by others, with reasons that come
back to the person; and how the desk sees it arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate, personal, read
from tests.store.writing import CENTRE, Pen
from tests.web.own import Own, enter, text
from tests.web.recording import signed_in
from tests.web.test_zones_and_assessments import case_of, plan, resident, sign, write

pytestmark = pytest.mark.usefixtures("places")
WHY = "九月只有一次，不是两次"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@dataclass
class Judged:
    """Somebody assessed by li and zhang, signed in, and the sheet."""

    own: Own
    pen: Pen
    sheet: Entry

    def given(self, now: datetime, on: str = "2026-11-21") -> None:
        """The copy is handed over."""
        made = self.pen.entry("assessment_copy", on, to=str(self.sheet.id), receipt="signed", told="yes")
        gate.record(made, actor=house(), now=now)

    def entries(self, kind: str) -> list[Entry]:
        """What counts of that kind."""
        return [e for e in self.own.view.case_file.counted() if e.kind == kind]


@pytest.fixture
def judged(now: datetime) -> Judged:
    pen = resident(now)
    write(signed_in("li.p", "assessment_panel", CENTRE), pen)
    sign(signed_in("zhang.p", "assessment_panel", CENTRE))
    view = read.file_view(pen.file)
    assert view is not None
    given = personal.give_access(view)
    own = Own(view.case_no, pen.file, given.username, enter(given.username, given.password))
    return Judged(own, pen, next(e for e in view.entries if e.kind == "assessment_sheet"))


def objected(judged: Judged) -> Entry:
    judged.own.ask("assessment", to=str(judged.sheet.id), text=WHY)
    (said,) = judged.entries("assessment_objection")
    return said


def test_the_person_reads_results_and_reasons_and_nobodys_name(judged: Judged) -> None:
    page = text(judged.own.page())
    assert "我的诊断评估" in page
    assert "一年后综合评估（2026年11月20日）" in page
    assert "结论和理由 生理脱毒：合格" in page
    assert "行为表现的理由：没有违纪" in page
    assert "评估表还没有交给您。异议的时间还没有起算" in page
    for name in ("陈医生", "li.p", "zhang.p"):
        assert name not in judged.own.page()


def test_the_last_day_is_the_centres_and_counts_from_the_copy(judged: Judged, now: datetime) -> None:
    plan(now, "assessment_plan", "2026-01-01", objection_days=2, recheck_days=7)
    judged.given(now, "2026-11-21")
    assert "提异议的最后一天：2026年11月23日" in text(judged.own.page())
    form = text(judged.own.page("/mine/ask/assessment/"))
    assert "由没有在原评估上签过字的人复核" in form
    assert "应在2026年11月30日前答复" in form
    objected(judged)


def test_a_day_later_the_button_is_gone_and_a_form_sent_all_the_same_is_refused(
    judged: Judged, now: datetime
) -> None:
    plan(now, "assessment_plan", "2026-01-01", objection_days=1)
    judged.given(now, "2026-11-21")
    page = judged.own.page()
    assert "提异议的最后一天是2026年11月22日" in text(page)
    assert "/mine/ask/assessment/?to=" not in page
    form = judged.own.page("/mine/ask/assessment/")
    assert "提异议的最后一天是2026年11月22日，已过" in text(form)
    assert '<button class="button primary"' not in form
    judged.own.ask("assessment", 422, to=str(judged.sheet.id), text=WHY)
    assert judged.entries("assessment_objection") == []


def test_without_a_rule_of_the_centre_one_may_object_at_any_time(judged: Judged, now: datetime) -> None:
    judged.given(now, "2026-11-20")
    assert "随时可以提出" in text(judged.own.page())
    assert "答复期限由本单位规定，目前没有规定" in text(judged.own.page("/mine/ask/assessment/"))
    objected(judged)


def test_grounds_are_asked_for_and_what_was_typed_stays(judged: Judged) -> None:
    page = judged.own.ask("assessment", 422, to=str(judged.sheet.id), text="")
    assert "请填写理由" in text(page)
    assert re.search(rf'value="{judged.sheet.id}"[^>]*checked', page)
    page = judged.own.ask("assessment", 422, to=str(judged.pen.file), text=WHY)
    assert "请选一项" in text(page)
    assert WHY in page


def test_an_objection_is_shown_as_waiting_and_the_same_sheet_takes_no_second_one(
    judged: Judged, now: datetime
) -> None:
    plan(now, "assessment_plan", "2026-01-01", recheck_days=7)
    said = objected(judged)
    assert (said.author, said.get("to"), said.get("text")) == (judged.own.username, str(judged.sheet.id), WHY)
    page = text(judged.own.page())
    assert "复核中" in page
    assert "应在2026年11月30日前答复" in page
    assert "您已经提出异议，正在复核" in text(judged.own.page("/mine/ask/assessment/"))
    judged.own.ask("assessment", 422, to=str(judged.sheet.id), text="再提一次")


def test_it_arrives_at_the_desk_as_a_duty_that_leads_to_the_re_check(judged: Judged) -> None:
    said = objected(judged)
    wang = signed_in("wang.p", "assessment_panel", CENTRE)
    today = wang.get("/").content.decode()
    assert "复核诊断评估异议" in text(today)
    address = f"/assessments/{judged.own.case_no}/new/?objection={said.id}"
    assert f'href="{address}"' in today
    assert f'hx-get="{address}"' not in today
    assert wang.get(address).status_code == 200
    requests = wang.get(f"/people/{judged.own.case_no}/requests/").content.decode()
    assert WHY in requests
    assert address in requests


@pytest.mark.parametrize(("conduct", "outcome"), [("pass", "维持原评估"), ("fail", "改变原评估")])
def test_the_outcome_and_the_reasons_come_back_to_the_person(
    judged: Judged, conduct: str, outcome: str
) -> None:
    said = objected(judged)
    query = f"objection={said.id}"
    li = enter_again("li.p")
    assert write(li, judged.pen, query).status_code == 422  # who signed it takes no part
    wang = signed_in("wang.p", "assessment_panel", CENTRE)
    zhao = signed_in("zhao.p", "centre_head", CENTRE)
    assert write(wang, judged.pen, query, conduct=conduct, conduct_reason="核实记录").status_code == 302
    assert sign(zhao).status_code == 302
    page = text(judged.own.page())
    assert outcome in page
    assert "行为表现的理由：核实记录" in page
    assert "复核中" not in page
    assert "wang.p" not in judged.own.page()
    assert "复核诊断评估异议" not in text(wang.get("/").content.decode())


def enter_again(username: str) -> Client:
    """A browser in which an account that is there already signs in."""
    client = Client()
    from tests.web.recording import PASSWORD

    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def test_staff_write_one_down_from_paper_and_the_person_sees_it(judged: Judged) -> None:
    officer = signed_in("chen", "brigade_officer", "46J0101")
    address = f"/people/{judged.own.case_no}/requests/assessment/"
    page = officer.get(address).content.decode()
    found = re.search(r'name="id" value="([^"]+)"', page)
    assert found is not None
    sent = {"id": found[1], "to": str(judged.sheet.id), "text": WHY}
    assert officer.post(address, sent).status_code == 422  # how it came is asked for
    assert officer.post(address, {**sent, "source": "paper"}).status_code == 302
    assert "复核中" in text(judged.own.page())


def test_a_family_member_sees_no_assessment_and_objects_to_none(judged: Judged, now: datetime) -> None:
    consent = judged.pen.entry(
        "family_consent", "2026-11-20", who="王母", relation="母亲", parts="all", until=date(2027, 5, 1)
    )
    gate.record(consent, actor=house(), now=now)
    given = personal.give_family(judged.own.view, consent.id)
    mother = enter(given.username, given.password)
    assert "我的诊断评估" not in text(mother.get("/mine/").content.decode())
    assert mother.get("/mine/ask/assessment/").status_code == 404


def test_another_persons_sheet_is_none_of_this_one(judged: Judged, now: datetime) -> None:
    other = resident(now, 2, "李大山")
    write(enter_again("li.p"), other)
    sign(enter_again("zhang.p"))
    view = read.file_view(other.file)
    assert view is not None
    sheet = next(e for e in view.entries if e.kind == "assessment_sheet")
    judged.own.ask("assessment", 422, to=str(sheet.id), text=WHY)
    assert judged.entries("assessment_objection") == []
    assert case_of(other) != judged.own.case_no


def test_it_is_said_in_english(judged: Judged) -> None:
    from guitu.web import preferences

    judged.own.client.cookies[preferences.COOKIE] = "en.normal.normal.normal"
    page = text(judged.own.page())
    assert "My assessments" in page
    assert "You have not been given the sheet" in page
    assert "I object to an assessment" in text(judged.own.page("/mine/ask/assessment/"))
