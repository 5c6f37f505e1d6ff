"""The safety centre on its pages: the board, incidents and reports, hazards, meetings, patrol, plans of care;
and who may not look."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.kernel.zone import CHINA
from guitu.store import gate, unitfiles
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen
from tests.web.desk import html, links, text
from tests.web.inside import BRIGADE, held
from tests.web.recording import confirm, hidden, signed_in

MONDAY = date(2026, 11, 23)
RECORD = f"/safety/record/{CENTRE}/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def head() -> Client:
    return signed_in("centre", "centre_head", CENTRE)


@pytest.fixture
def officer() -> Client:
    return signed_in("brigade", "brigade_officer", BRIGADE)


def of_unit(kind: str, code: str = CENTRE) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def hazard(now: datetime, code: str = CENTRE, due: str = "2026-11-20", **more: Any) -> Entry:
    given = {"sort": "fire", "place": "食堂", "what": "灭火器过期", "owner": "符某某", "found_by": "patrol"}
    return told(now, code, "hazard", "2026-11-01", **given, due_on=date.fromisoformat(due), **more)


def save(client: Client, kind: str, code: str = CENTRE, **answers: str) -> Any:
    """Fill in a form of the safety centre as it was opened, and save it."""
    where = f"/safety/record/{code}/{kind}/"
    asked = {k: v for k, v in answers.items() if k in ("to", "meeting")}
    page = html(client, where, **{"data": asked} if asked else {})
    return client.post(where, {"id": hidden(page, "id"), "happened_on": "2026-11-23", **answers})


# ── the board ─────────────────────────────────────────────────────────────────────────────────────


def test_the_board_counts_days_over_the_centre_and_its_brigades_and_near_misses_apart(
    head: Client, now: datetime
) -> None:
    told(now, CENTRE, "incident", "2026-11-03", sort="crime", what="happened")
    told(now, BRIGADE, "incident", "2026-11-13", sort="crime", what="happened")
    told(now, BRIGADE, "incident", "2026-11-20", sort="crime", what="near_miss")
    told(now, CENTRE, "incident", "2026-11-22", sort="other", what="near_miss")
    page = html(head, "/safety/")
    shown = text(page)
    assert "距上一次六类事件 10 天 · 今年 2 起，险些发生 2 起" in shown
    crime = re.search(r"所内案件 (.*?) 重大安全生产事故", shown)
    assert crime is not None
    assert "10 天 上次 2026-11-13 今年 2 起" in crime[1]
    assert "险些发生 1 起" in crime[1]
    assert shown.count("没有登记过") == 5
    (where,) = {href for href, said in links(page, "sort=crime&what=near_miss")}
    assert "2026-11-20" in text(html(head, where))
    assert "2026-11-13" not in text(html(head, where))


def test_a_brigade_officer_sees_the_brigade_and_not_the_centre(officer: Client, now: datetime) -> None:
    told(now, CENTRE, "incident", "2026-11-03", sort="crime", what="happened")
    assert text(html(officer, "/safety/")).count(" 没有登记过 ") == 6
    assert officer.get(f"/safety/?unit={CENTRE}").status_code == 404


def test_a_province_has_a_line_for_each_centre(now: datetime) -> None:
    told(now, CENTRE, "incident", "2026-11-13", sort="escape", what="happened")
    hazard(now)
    province = signed_in("province", "provincial_supervisor", "46")
    page = html(province, "/safety/")
    row = next(row for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL) if f"unit={CENTRE}" in row)
    assert "10 天" in row
    assert "10 天" in text(html(province, f"/safety/?unit={CENTRE}"))


def test_who_reads_no_work_of_units_has_no_safety_centre() -> None:
    assert signed_in("nurse", "nurse", CENTRE).get("/safety/").status_code == 403
    assert signed_in("town", "town_office", "469023100").get("/safety/").status_code == 403


# ── incidents and their reports ───────────────────────────────────────────────────────────────────


def test_a_near_miss_is_recorded_and_stands_beside_what_happened(head: Client) -> None:
    answer = save(head, "incident", sort="escape", what="near_miss", note="脚手架没有拆")
    assert answer.status_code == 302
    shown = text(html(head, answer["Location"]))
    assert "已保存：场所事件" in shown
    assert "六类事件 0 起 · 险些发生 1 起" in shown


def test_a_report_that_was_made_stands_with_its_incident(head: Client, now: datetime) -> None:
    entry = told(now, CENTRE, "incident", "2026-11-13", sort="drugs_inside", what="happened")
    answer = save(head, "incident_reported", to=str(entry.id), to_whom="police", told_at="1405", by="王某某")
    assert answer.status_code == 302
    shown = text(html(head, "/safety/incidents/"))
    assert "公安机关 2026-11-23 14:05 王某某" in shown


def death(pen: Pen) -> Entry:
    entry = pen.entry("death", "2026-11-20")
    gate.record(entry, actor=house(), now=datetime(2026, 11, 23, 9, tzinfo=CHINA))
    return entry


def test_reports_of_an_escape_are_a_duty_until_recorded(head: Client, now: datetime) -> None:
    (pen,) = held(now, names=("符海生",))
    gate.record(pen.entry("escape", "2026-11-20"), actor=house(), now=now)
    page = html(head, "/safety/")
    assert "▲ 立即报告" in text(page)
    (where,) = {href for href, _ in links(page, "/record/escape_reported/")}
    assert where
    gate.record(pen.entry("escape_reported", "2026-11-21"), actor=house(), now=now)
    assert "▲ 立即报告" not in text(html(head, "/safety/"))


@pytest.mark.parametrize(("presets", "late"), [("", 0), ("centre-clocks", 4)])
def test_a_death_is_four_reports_and_duties_only_where_the_office_turned_the_rule_on(
    head: Client, now: datetime, monkeypatch: pytest.MonkeyPatch, presets: str, late: int
) -> None:
    monkeypatch.setenv("GUITU_PRESETS", presets)
    (pen,) = held(now, names=("符海生",))
    event = death(pen)
    shown = text(html(head, "/safety/incidents/"))
    assert shown.count("▲ 立即报告") == late
    assert shown.count("本单位没有启用这条规定") == 4 - late
    for whom in ("主管机关", "家属", "决定机关", "人民检察院"):
        assert whom in shown
    gate.record(
        pen.entry("death_reported", "2026-11-20", to=str(event.id), to_whom="family"), actor=house(), now=now
    )
    assert "没有登记的 3 项" in text(html(head, "/safety/incidents/"))


# ── hazards ───────────────────────────────────────────────────────────────────────────────────────


def test_overdue_hazards_come_first_and_are_closed_by_somebody_else_than_their_owner(
    head: Client, now: datetime
) -> None:
    hazard(now, due="2026-12-20", meanwhile="加派巡查")
    late = hazard(now, BRIGADE, "2026-11-20")
    shown = text(html(head, "/safety/hazards/"))
    assert "没有整改的 2 处，其中逾期 1 处" in shown
    assert shown.index("逾期 3 天") < shown.index("还有 27 天")
    answers = {"to": str(late.id), "done": "换了新的", "checked_by": "符某某"}
    wrong = save(head, "hazard_closed", BRIGADE, **answers)
    assert wrong.status_code == 422
    assert "复核人不能是责任人本人" in text(wrong.content.decode())
    assert "换了新的" in wrong.content.decode()
    assert save(head, "hazard_closed", BRIGADE, **{**answers, "checked_by": "王某某"}).status_code == 302
    shown = text(html(head, "/safety/hazards/"))
    assert "没有整改的 1 处，其中逾期 0 处" in shown
    assert "晚于最初期限 3 天" in shown


def test_a_postponed_hazard_shows_the_day_set_first(officer: Client, now: datetime) -> None:
    entry = hazard(now, BRIGADE)
    answers = {"to": str(entry.id), "due_on": "2026-12-01", "why": "缺件", "meanwhile": "停用"}
    assert save(officer, "hazard_moved", BRIGADE, **answers).status_code == 302
    shown = text(html(officer, "/safety/hazards/"))
    assert "最初 2026-11-20，延期 1 次" in shown
    assert "整改前：停用" in shown


def test_whoever_finds_a_hazard_records_it_in_the_unit_chosen(head: Client) -> None:
    teacher = signed_in("teacher", "teacher", CENTRE)
    given = {"sort": "power", "place": "教室", "what": "插座松", "owner": "符某某", "found_by": "told"}
    assert save(teacher, "hazard", due_on="2026-12-01", **{"in": BRIGADE}, **given).status_code == 302
    assert [e.get("place") for e in of_unit("hazard", BRIGADE)] == ["教室"]
    assert teacher.get(f"{RECORD}hazard_closed/").status_code == 403


# ── risk meetings ─────────────────────────────────────────────────────────────────────────────────


def test_open_tasks_of_the_last_meeting_stand_in_the_form_of_the_next(head: Client, officer: Client) -> None:
    answer = save(head, "meeting", sort="risk", people="9", weighed="节前情绪波动")
    assert answer.status_code == 302
    where = answer["Location"].partition("?")[0]
    meeting = where.rstrip("/").rpartition("/")[2]
    given = {"meeting": meeting, "what": "邮件两人开包", "owner": "符某某", "due_on": "2026-11-30"}
    answer = save(head, "meeting_task", **{"in": BRIGADE}, **given)
    assert answer.status_code == 302
    assert "议定 1 项" in text(html(head, where))
    assert "邮件两人开包（符某某）" in text(html(head, f"{RECORD}meeting/"))
    (task,) = of_unit("meeting_task", BRIGADE)
    assert "邮件两人开包" in text(html(officer, "/safety/meetings/"))
    closed = save(officer, "meeting_task_done", BRIGADE, to=str(task.id), outcome="done", how="已改")
    assert closed.status_code == 302
    assert "邮件两人开包" not in text(html(head, f"{RECORD}meeting/"))


def test_other_meetings_are_no_risk_meetings(head: Client, now: datetime) -> None:
    told(now, CENTRE, "meeting", "2026-11-02", sort="month")
    assert "还没有研判" in text(html(head, "/safety/meetings/"))


# ── patrol ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def codes(now: datetime) -> dict[str, str]:
    """Three checkpoints of the centre and the plan of the brigade that passes them."""
    made = {"大门": "AAAA2222", "食堂": "BBBB3333", "车间": "CCCC4444"}
    for name, code in made.items():
        told(now, CENTRE, "checkpoint", "2026-01-01", name=name, code=code, look="门锁")
    told(
        now, BRIGADE, "patrol_plan", "2026-01-01", name="白天", times="08:00 20:00", within=60,
        points=" ".join(made.values()), state="in_force",
    )  # fmt: skip
    return made


def begin(client: Client) -> None:
    page = html(client, "/safety/patrol/")
    given = {name: hidden(page, name) for name in ("plan", "id")}
    assert client.post("/safety/start/", given)["Location"] == "/safety/round/"


def test_a_round_is_one_entry_with_its_passings_and_what_was_missed_needs_a_reason(
    officer: Client, codes: dict[str, str]
) -> None:
    begin(officer)
    page = html(officer, f"/safety/at/{codes['大门']}/")
    assert "门锁" in text(page)
    assert of_unit("patrol_round", BRIGADE) == []
    assert officer.post(f"/safety/at/{codes['大门']}/").status_code == 302
    answer = officer.post("/safety/at/", {"code": "bbbb-3333"})
    assert "已到：食堂，还有 1 处" in text(html(officer, answer["Location"]))
    wrong = officer.post("/safety/round/", {"act": "finish", "note": "灯不亮"})
    assert wrong.status_code == 422
    assert "漏了 1 处，请写为什么" in text(wrong.content.decode())
    assert "灯不亮" in wrong.content.decode()
    done = officer.post("/safety/round/", {"act": "finish", "why": "车间上锁", "note": "灯不亮"})
    assert done.status_code == 302
    (entry,) = of_unit("patrol_round", BRIGADE)
    numbers = {name: entry.get(name) for name in ("points", "visited", "missed", "typed", "left_out", "why")}
    assert numbers == {
        "points": 3, "visited": 2, "missed": 1, "typed": 1, "left_out": "车间", "why": "车间上锁",
    }  # fmt: skip
    assert [line.split()[0] for line in str(entry.get("passings")).splitlines()] == ["AAAA2222", "BBBB3333"]
    assert officer.get("/safety/round/")["Location"] == "/safety/patrol/"
    assert "漏：车间；车间上锁" in text(html(officer, done["Location"]))


def test_looking_at_a_code_changes_nothing_and_an_unknown_code_is_not_there(
    officer: Client, codes: dict[str, str]
) -> None:
    begin(officer)
    html(officer, f"/safety/at/{codes['大门']}/")
    assert "已到 0 处，还有 3 处" in text(html(officer, "/safety/round/"))
    assert officer.get("/safety/at/ZZZZ9999/").status_code == 404
    wrong = officer.post("/safety/at/", {"code": "ZZZZ9999"})
    assert wrong.status_code == 422
    assert 'value="ZZZZ9999"' in wrong.content.decode()


def test_a_scanned_code_begins_the_round_that_passes_it(officer: Client, codes: dict[str, str]) -> None:
    page = html(officer, f"/safety/at/{codes['食堂']}/")
    given = {name: hidden(page, name) for name in ("plan", "id", "code")}
    answer = officer.post("/safety/start/", given)
    assert "已到：食堂，还有 2 处" in text(html(officer, answer["Location"]))


def test_signing_out_loses_no_passing_and_nobody_else_sees_the_round(
    officer: Client, codes: dict[str, str]
) -> None:
    begin(officer)
    officer.post(f"/safety/at/{codes['大门']}/")
    officer.post("/sign-out/")
    other = signed_in("another", "brigade_officer", BRIGADE)
    assert "您有一次没有结束的巡查" not in text(html(other, "/safety/patrol/"))
    again = Client()
    again.force_login(get_user_model().objects.get(username="brigade"))
    confirm(again)
    assert "您有一次没有结束的巡查：白天，已到 1 处" in text(html(again, "/safety/patrol/"))
    again.post("/safety/at/", {"code": codes["食堂"]})
    again.post("/safety/at/", {"code": codes["车间"]})
    assert again.post("/safety/round/", {"act": "finish"}).status_code == 302
    (entry,) = of_unit("patrol_round", BRIGADE)
    assert (entry.get("visited"), entry.get("missed")) == (3, 0)


def test_a_round_without_passings_is_given_up_and_writes_nothing(officer: Client, codes: object) -> None:
    begin(officer)
    refused = officer.post("/safety/round/", {"act": "finish", "why": "x"})
    assert refused.status_code == 422
    assert officer.post("/safety/round/", {"act": "drop"})["Location"] == "/safety/patrol/"
    assert of_unit("patrol_round", BRIGADE) == []


def test_a_new_checkpoint_has_a_code_of_its_own_and_its_picture_leads_to_it(head: Client) -> None:
    for name in ("大门", "食堂"):
        page = html(head, "/safety/points/new/")
        assert head.post("/safety/points/new/", {"id": hidden(page, "id"), "name": name}).status_code == 302
    made = {str(e.get("code")) for e in of_unit("checkpoint")}
    assert len(made) == 2
    sheet = html(head, "/safety/points/codes/")
    assert sheet.count("<svg") >= 2
    for code in made:
        assert f"http://testserver/safety/at/{code}/" in sheet
        assert f"{code[:4]} {code[4:]}" in text(sheet)


def test_a_checkpoint_taken_down_is_passed_by_nobody(
    head: Client, officer: Client, codes: dict[str, str]
) -> None:
    gone = next(e for e in of_unit("checkpoint") if e.get("name") == "车间")
    assert save(head, "checkpoint_closed", to=str(gone.id), why="拆了").status_code == 302
    begin(officer)
    assert "还有 2 处" in text(html(officer, "/safety/round/"))
    assert officer.get(f"/safety/at/{codes['车间']}/").status_code == 404


def test_rounds_that_overlap_cannot_be_planned(head: Client, codes: dict[str, str]) -> None:
    page = html(head, "/safety/plan/")
    given = {"id": hidden(page, "id"), "name": "夜间", "times": "20:00 20:30", "state": "in_force"}
    given |= {f"p{code}": "yes" for code in codes.values()}
    wrong = head.post("/safety/plan/", {**given, "within": "20"})
    assert wrong.status_code == 422
    assert "两次相隔最少 30 分钟" in text(wrong.content.decode())
    assert head.post("/safety/plan/", {**given, "within": "10"}).status_code == 302
    shown = text(html(head, "/safety/patrol/"))
    assert "20:00 夜间" in shown
    assert "08:00 白天" in shown


# ── plans of care ─────────────────────────────────────────────────────────────────────────────────


def test_plans_stand_by_the_day_of_review_and_only_in_compartments_that_are_open(
    head: Client, officer: Client, now: datetime
) -> None:
    first, second = held(now, names=("符海生", "王小明"))
    gate.record_many(
        [
            first.entry(
                "care_plan", "2026-11-01", state="active", named_staff="林医生", about="癫痫史",
                watch="抽搐", steps="侧卧，叫医生", review_on=date(2026, 11, 20),
            ),
            second.entry(
                "crisis_plan", "2026-11-01", state="active", named_staff="陈心", review_on=date(2026, 11, 30),
                signs="不吃饭", agreed="yes",
            ),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    shown = text(html(head, "/safety/care/"))
    assert "执行中 2 份，其中到期该复核的 1 份" in shown
    assert "2026-11-20 逾期 3 天" in shown
    assert "抽搐" in shown
    seen = text(html(officer, "/safety/care/"))
    assert "王小明" in seen
    assert "陈心" in seen
    assert "抽搐" not in seen
    assert "林医生" not in seen
    assert "符海生" not in seen


def test_a_nurse_comes_to_the_plans_of_care_from_the_medical_centre() -> None:
    nurse = signed_in("hu.shi", "nurse", CENTRE)
    assert 'href="/safety/care/"' in html(nurse, "/medical/")
    html(nurse, "/safety/care/")


def test_today_tells_who_may_review_a_plan_that_its_day_has_come(officer: Client, now: datetime) -> None:
    doctor = signed_in("lin.yi", "doctor", CENTRE)
    (pen,) = held(now, names=("符海生",))

    def plan(on: str, review: date) -> None:
        entry = pen.entry(
            "care_plan", on, state="active", named_staff="林医生", about="癫痫史", watch="抽搐", steps="侧卧",
            review_on=review,
        )  # fmt: skip
        gate.record_many([entry], actor=house(), now=now)

    plan("2026-11-01", date(2026, 11, 24))
    assert "照护计划" not in text(html(doctor, "/"))
    plan("2026-11-02", date(2026, 11, 20))
    shown = text(html(doctor, "/"))
    assert "有 1 份照护计划、危机计划今天前要复核" in shown
    assert "其中 1 份已过复核日" in shown
    assert "照护计划" not in text(html(officer, "/")), "a brigade does not review what a doctor made"
    plan("2026-11-22", date(2026, 12, 20))
    assert "照护计划" not in text(html(doctor, "/")), "it was reviewed"
