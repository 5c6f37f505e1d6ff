"""The medical centre's pages: one key a dose, never twice; what only doctors may know is nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guitu.access import house
from guitu.casefile import Value
from guitu.casefile.kind import APART
from guitu.centre.medication import doses
from guitu.compose import kinds
from guitu.kernel.zone import CHINA
from guitu.store import engine, gate, personal, read, unitfiles
from guitu.store.kinds import skeleton
from guitu.store.projections import compute
from tests.store.writing import Pen
from tests.web.recording import entries, html, record, signed_in, text

CENTRE = "46J01"
BRIGADE = "46J0101"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
LATER = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
SECRET = "只有医生知道的一句话"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")  # ten in the morning


class Ward:
    """A brigade's people, written with one pen each."""

    def __init__(self) -> None:
        self.pens: dict[str, Pen] = {}
        self.cases: dict[str, str] = {}

    def admit(self, name: str, born: str = "1990-03-05") -> Pen:
        """Somebody who is inside."""
        pen = Pen(len(self.pens) + 1, author="kang", unit=BRIGADE)
        self.pens[name] = pen
        self.write(
            pen.person(name, born=born),
            pen.entry("order", "2026-01-05", measure="compulsory_isolation"),
            pen.entry("served", "2026-01-05"),
            pen.entry("admission", "2026-01-06", place="justice_centre", centre=CENTRE),
            pen.entry("responsible_unit", "2026-01-06", unit=BRIGADE),
        )
        view = read.file_view(pen.file)
        assert view is not None
        self.cases[name] = view.case_no
        return pen

    def write(self, *some: object) -> None:
        """Record these."""
        gate.record_many(list(some), actor=house(), now=NOW)  # type: ignore[arg-type]

    def prescribe(self, pen: Pen, drug: str = "氨氯地平片", kind: str = "prescription", **more: Value):
        """A medicine, once a day in the morning unless said otherwise."""
        fields: dict[str, Value] = {"dose": "1", "dose_unit": "片", "route": "oral", "often": "once", **more}
        entry = pen.entry(kind, "2026-11-20", drug=drug, **fields)
        self.write(entry)
        return entry


@pytest.fixture
def ward(places: object) -> Ward:
    return Ward()


@pytest.fixture
def nurse(places: object) -> Client:
    return signed_in("hu.shi", "nurse", CENTRE)


@pytest.fixture
def doctor(places: object) -> Client:
    return signed_in("chen.yf", "doctor", CENTRE)


@pytest.fixture
def officer(places: object) -> Client:
    return signed_in("wang.mj", "brigade_officer", BRIGADE)


def give(client: Client, ward: Ward, name: str, rx: object, number: str = "1"):
    """Press the key of that line."""
    sent = {"given": f"{ward.cases[name]}|{rx.id}", "unit": BRIGADE, "round": number}  # type: ignore[attr-defined]
    return client.post("/medical/rounds/", sent)


def taken(ward: Ward, name: str):
    return doses(entries(ward.cases[name]))


# ── the round ─────────────────────────────────────────────────────────────────────────────────────


def test_a_round_lists_who_is_due_and_the_keyboard_stands_on_the_first(ward: Ward, nurse: Client) -> None:
    ward.prescribe(ward.admit("安大明"))
    ward.prescribe(ward.admit("白小林"), "二甲双胍片")
    ward.admit("没有药的人")
    page = html(nurse.get("/medical/rounds/"))
    assert page.count(" autofocus") == 1
    assert "安大明" in page
    assert "二甲双胍片" in page
    assert "没有药的人" not in page
    assert "应发 2" in text(nurse.get("/medical/rounds/"))


def test_one_key_gives_a_dose_and_goes_on_to_the_next(ward: Ward, nurse: Client) -> None:
    first = ward.prescribe(ward.admit("安大明"))
    second = ward.prescribe(ward.admit("白小林"))
    answer = give(nurse, ward, "安大明", first)
    assert answer.status_code == 302
    assert "#" not in answer["Location"], "with a fragment a browser focuses nothing by itself"
    page = html(nurse.get(answer["Location"]))
    focused = re.search(r'value="([^"]+)"[^>]* autofocus', page)
    assert focused is not None
    assert focused[1].endswith(str(second.id))
    assert "已登记：安大明，还有 1 份" in text(nurse.get(answer["Location"]))
    (dose,) = taken(ward, "安大明")
    assert (dose.outcome, dose.round, dose.at, dose.by) == ("given", 1, 1000, "hu.shi")


def test_a_second_nurse_cannot_give_it_again(ward: Ward, nurse: Client) -> None:
    rx = ward.prescribe(ward.admit("安大明"))
    give(nurse, ward, "安大明", rx)
    other = signed_in("another", "nurse", CENTRE)
    again = give(other, ward, "安大明", rx)
    assert again.status_code == 409
    assert "10:00 登记为“已服”，不能再发" in text(again)
    assert len(taken(ward, "安大明")) == 1


def test_the_store_itself_refuses_the_same_dose_said_otherwise(ward: Ward, nurse: Client) -> None:
    pen = ward.admit("安大明")
    rx = ward.prescribe(pen)
    give(nurse, ward, "安大明", rx)
    (first,) = [e for e in entries(ward.cases["安大明"]) if e.kind == "dose"]
    said = {**first.fields, "outcome": "refused", "why": "不想吃"}
    with pytest.raises(gate.DifferentContent):
        gate.record(replace(first, fields=said), actor=house(), now=LATER)


def test_a_refusal_asks_why_and_keeps_what_was_typed(ward: Ward, nurse: Client) -> None:
    rx = ward.prescribe(ward.admit("安大明"))
    case = ward.cases["安大明"]
    sent = {
        "unit": BRIGADE,
        "round": "1",
        "case": case,
        "rx": str(rx.id),
        "outcome": "refused",
        "why": "",
        "time": "2575",
    }
    wrong = nurse.post("/medical/rounds/say/", sent)
    assert wrong.status_code == 422
    assert "请写明原因" in text(wrong)
    assert "四位数字" in text(wrong)
    assert 'value="2575"' in html(wrong)
    answer = nurse.post("/medical/rounds/say/", {**sent, "why": "本人说恶心", "time": "0935"})
    assert answer.status_code == 302
    (dose,) = taken(ward, "安大明")
    assert (dose.outcome, dose.why, dose.at) == ("refused", "本人说恶心", 935)


def test_a_dose_of_a_later_round_is_not_given_early(ward: Ward, nurse: Client) -> None:
    rx = ward.prescribe(ward.admit("安大明"), often="night")
    assert give(nurse, ward, "安大明", rx, "4").status_code == 409
    assert taken(ward, "安大明") == ()


def test_a_withdrawn_dose_can_be_given_anew(ward: Ward, nurse: Client) -> None:
    pen = ward.admit("安大明")
    rx = ward.prescribe(pen)
    give(nurse, ward, "安大明", rx)
    (first,) = [e for e in entries(ward.cases["安大明"]) if e.kind == "dose"]
    ward.write(pen.entry("void", "2026-11-22", corrects=first.id, reason="给错了人"))
    assert give(nurse, ward, "安大明", rx).status_code == 302
    assert len([e for e in entries(ward.cases["安大明"]) if e.kind == "dose"]) == 2


def test_what_is_taken_when_needed_may_be_given_more_than_once(ward: Ward, nurse: Client) -> None:
    rx = ward.prescribe(ward.admit("安大明"), "布洛芬", often="needed")
    case = ward.cases["安大明"]
    for time in ("0900", "0955"):
        sent = {"unit": BRIGADE, "round": "0", "case": case, "rx": str(rx.id), "time": time}
        assert nurse.post("/medical/rounds/say/", sent).status_code == 302
    assert [d.at for d in taken(ward, "安大明")] == [900, 955]
    assert "今天 2 次，最近 09:55" in text(nurse.get("/medical/rounds/"))


def test_what_is_given_when_needed_is_recorded_once_though_it_is_pressed_twice(
    ward: Ward, nurse: Client
) -> None:
    rx = ward.prescribe(ward.admit("安大明"), "布洛芬", often="needed")
    asked = {"unit": BRIGADE, "round": "0", "case": ward.cases["安大明"], "rx": str(rx.id)}
    form = html(nurse.get("/medical/rounds/say/", asked))
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', form)
    assert found is not None
    for _ in range(2):
        nurse.post("/medical/rounds/say/", {**asked, "time": "0900", "id": found[1]})
    assert [d.at for d in taken(ward, "安大明")] == [900]


def test_a_round_of_another_centre_is_not_there(nurse: Client, ward: Ward) -> None:
    assert nurse.get("/medical/rounds/", {"unit": "469023"}).status_code == 404


def test_somebody_under_age_is_not_listed_without_leave(ward: Ward, nurse: Client) -> None:
    ward.prescribe(ward.admit("小朋友", born="2009-05-05"))
    shown = text(nurse.get("/medical/rounds/"))
    assert "氨氯地平片" not in shown
    assert "1 人须经批准才能查看" in shown


def test_a_doctor_stops_a_prescription_and_says_why(ward: Ward, doctor: Client, nurse: Client) -> None:
    rx = ward.prescribe(ward.admit("安大明"))
    where = f"/medical/people/{ward.cases['安大明']}/stop/{rx.id}/"
    assert doctor.post(where, {"why": ""}).status_code == 422
    assert nurse.get(where).status_code == 403
    assert doctor.post(where, {"why": "皮疹"}).status_code == 302
    assert "应发 0" in text(nurse.get("/medical/rounds/"))
    assert "皮疹" in text(doctor.get(f"/medical/people/{ward.cases['安大明']}/"))
    assert doctor.post(where, {"why": "又一次"}).status_code == 409


# ── one person, the day ───────────────────────────────────────────────────────────────────────────


def test_impossible_numbers_are_refused_and_unusual_ones_asked_about_once(ward: Ward, nurse: Client) -> None:
    ward.admit("安大明")
    case = ward.cases["安大明"]
    assert record(nurse, case, "vitals", time="0830", temperature="51").status_code == 422
    asked = record(nurse, case, "vitals", time="0830", temperature="40.2")
    assert asked.status_code == 200
    assert "不常见" in text(asked)
    assert record(nurse, case, "vitals", time="0830", temperature="36.7").status_code == 302


def test_a_prescription_against_an_allergy_is_asked_about(ward: Ward, doctor: Client) -> None:
    pen = ward.admit("安大明")
    ward.write(pen.entry("allergy", "2026-01-07", known="yes", substance="青霉素"))
    answers = {"dose": "1", "dose_unit": "片", "route": "oral", "often": "three"}
    asked = record(doctor, ward.cases["安大明"], "prescription", drug="青霉素V钾片", **answers)
    assert asked.status_code == 200
    assert "对“青霉素”过敏" in text(asked)


def test_who_asked_for_a_doctor_waits_until_seen(ward: Ward, doctor: Client, officer: Client) -> None:
    ward.admit("安大明")
    assert record(officer, ward.cases["安大明"], "sick_call", urgency="today", says="头晕").status_code == 302
    assert "头晕" in text(doctor.get("/medical/"))
    seen = {"form": "clinic", "complaint": "头晕", "assessment": "无异常", "plan": "休息"}
    assert record(doctor, ward.cases["安大明"], "encounter", **seen).status_code == 302
    assert "头晕" not in text(doctor.get("/medical/"))


def test_a_brigade_sees_what_to_do_and_never_why(ward: Ward, officer: Client) -> None:
    pen = ward.admit("安大明")
    ward.write(
        pen.entry(
            "encounter", "2026-11-20", form="clinic", complaint="胸闷", assessment="心绞痛", plan="休息"
        ),
        pen.entry("care_note", "2026-11-20", need="no_heavy_work", say="走路要慢"),
        pen.entry("care_note", "2026-11-01", need="diet", until=date(2026, 11, 10)),
    )
    shown = text(officer.get("/medical/"))
    assert "不安排重体力劳动" in shown
    assert "走路要慢" in shown
    assert "按病号饭供餐" not in shown
    assert "心绞痛" not in shown
    assert officer.get(f"/medical/people/{ward.cases['安大明']}/").status_code == 403
    assert officer.get("/medical/rounds/").status_code == 403


def test_the_course_of_numbers_is_a_picture_with_its_table(ward: Ward, doctor: Client) -> None:
    pen = ward.admit("安大明")
    ward.write(
        pen.entry("vitals", "2026-11-20", time=830, systolic=150, diastolic=95),
        pen.entry("vitals", "2026-11-21", time=830, systolic=185, diastolic=96),
    )
    where = f"/medical/people/{ward.cases['安大明']}/"
    shown = text(doctor.get(where))
    assert "2026-11-21 08:30" in shown
    assert "185 异常" in shown
    picture = doctor.get(f"{where}pressure.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert doctor.get(f"{where}weight.svg").status_code == 404


# ── restraint, leave ──────────────────────────────────────────────────────────────────────────────


def restrain(ward: Ward, pen: Pen, *more: object) -> None:
    ward.write(
        pen.entry(
            "restraint", "2026-11-22", time=815, reason="self_harm", means="约束带", medic="yes", note="撞墙"
        ),
        *more,
    )


def test_a_restraint_shows_its_timer_on_its_page_and_on_today(
    ward: Ward, officer: Client, doctor: Client
) -> None:
    restrain(ward, ward.admit("安大明"))
    shown = text(officer.get("/medical/restraint/"))
    assert "25 小时 45 分" in shown
    assert "所领导尚未批准" in shown
    assert "法律没有规定时长" in shown
    for client in (officer, doctor):
        assert "正在保护性约束 1 人，最长已 25 小时 45 分" in text(client.get("/"))


def test_when_the_danger_is_over_the_page_says_end_it_now(ward: Ward, officer: Client) -> None:
    pen = ward.admit("安大明")
    restrain(ward, pen, pen.entry("restraint_check", "2026-11-22", time=830, state="calm", danger="no"))
    page = html(officer.get("/medical/restraint/"))
    assert "应立即解除" in page
    assert "record/restraint_end/?time=1000&amp;minutes=1545" in page


def test_the_head_approves_and_nobody_else(ward: Ward, officer: Client) -> None:
    restrain(ward, ward.admit("安大明"))
    head = signed_in("li.sz", "centre_head", CENTRE)
    case = ward.cases["安大明"]
    assert f"/files/{case}/record/restraint_approval/" in html(head.get("/medical/restraint/"))
    assert record(head, case, "restraint_approval", time="0820", approved="yes").status_code == 302
    assert "已批准" in text(officer.get("/medical/restraint/"))
    assert officer.get(f"/files/{case}/record/restraint_approval/").status_code == 403


def test_medical_leave_says_what_is_missing(ward: Ward, doctor: Client) -> None:
    pen = ward.admit("安大明")
    ward.write(pen.entry("medical_leave", "2026-11-12"))
    shown = text(doctor.get("/medical/away/"))
    assert "第 12 天" in shown
    assert "没有批准的记录" in shown
    assert "没有备案的记录" in shown
    ward.write(
        pen.entry(
            "medical_leave_approval",
            "2026-11-11",
            approved="yes",
            authority="示范省戒毒管理局",
            filed_on=date(2026, 11, 12),
        ),
        pen.entry("medical_leave_check", "2026-11-19", state="好转", next_on=date(2026, 11, 26)),
    )
    shown = text(doctor.get("/medical/away/"))
    assert "没有" not in shown.partition("等待主管机关批复")[0]
    assert "2026-11-26" in shown


def test_a_centre_lays_down_its_own_rounds(ward: Ward, nurse: Client) -> None:
    said = unitfiles.new_entry(CENTRE, "medical_setting", date(2026, 11, 1), {"round_1": 730}, now=NOW)
    unitfiles.record(said, actor=house(), now=NOW)
    ward.prescribe(ward.admit("安大明"))
    assert "2026-11-23 07:30" in text(nurse.get("/medical/rounds/", {"round": "1"}))


# ── what only doctors may know ────────────────────────────────────────────────────────────────────


@pytest.fixture
def secret(ward: Ward) -> Ward:
    """Somebody with a restricted condition, its medicine, and an overdue report."""
    pen = ward.admit("安大明")
    ward.write(
        pen.entry(
            "restricted_condition",
            "2026-11-21",
            time=900,
            what="hiv",
            state="confirmed",
            report="day",
            findings=SECRET,
        ),
    )
    ward.prescribe(pen, "抗病毒药甲", "restricted_prescription")
    return ward


def test_a_doctor_sees_the_clock_to_the_minute_and_reports(secret: Ward, doctor: Client) -> None:
    shown = text(doctor.get("/medical/restricted/"))
    assert "应于 2026-11-22 09:00，已迟 25 小时 0 分" in shown
    assert "按日计最迟 2026-11-22" in shown
    assert "应报告 1 例，按时报告 0 例" in shown
    found = re.search(
        r'href="(/files/[^"]+/record/restricted_report/\?to=[^"]+)"', html(doctor.get("/medical/restricted/"))
    )
    assert found is not None
    form = html(doctor.get(found[1]))
    to = re.search(r'name="to"[^>]* value="([^"]+)"', form)
    assert to is not None
    saved = record(doctor, secret.cases["安大明"], "restricted_report", to=to[1], time="0950")
    assert saved.status_code == 302
    assert "迟报" in text(doctor.get("/medical/restricted/"))


OTHERS = (
    "nurse",
    "centre_head",
    "intake_officer",
    "assessment_panel",
    "brigade_officer",
    "counsellor",
    "inspector",
)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_learns_of_it_on_any_page(secret: Ward, role: str) -> None:
    client = signed_in("somebody", role, "46" if role == "inspector" else CENTRE)
    case = secret.cases["安大明"]
    for where in (
        "/",
        "/people/",
        "/people/?q=an",
        f"/files/{case}/",
        f"/files/{case}/duties/",
        f"/files/{case}/history/",
        f"/files/{case}/record/",
        "/medical/",
        "/medical/rounds/",
        f"/medical/people/{case}/",
        f"/medical/people/{case}/card/",
        "/medical/restricted/",
    ):
        page = html(client.get(where))
        for word in (SECRET, "抗病毒药甲", "艾滋病病毒", "特别保密病情上报", "report_restricted"):
            assert word not in page, (where, word)
    assert client.get("/medical/restricted/").status_code == 403


def test_the_card_leaves_it_out_whoever_prints_it(secret: Ward, doctor: Client) -> None:
    case = secret.cases["安大明"]
    card = text(doctor.get(f"/medical/people/{case}/card/"))
    assert "抗病毒药甲" not in card
    assert "另有药品由医生单独发给" in card
    assert "抗病毒药甲" in text(doctor.get("/medical/rounds/", {"unit": BRIGADE}))
    line = re.search(
        r'<li id="[^"]+" class="([^"]+)">.{0,400}抗病毒药甲', html(doctor.get("/medical/rounds/")), re.S
    )
    assert line is not None
    assert "no-print" in line[1]
    shown = html(doctor.get("/medical/rounds/"))
    assert "应发 0" in shown, "nor do the counts on paper tell of it"
    assert '<p class="meta no-print">另有特别保密的药 1 份' in shown
    assert '<p class="meta no-print">另有药品由医生单独发给' in html(
        doctor.get(f"/medical/people/{case}/card/")
    )


def test_no_list_tally_or_skeleton_is_worked_out_from_it(
    secret: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_PRESETS", "medical-restricted, restraint")
    assert compute.presets() == ["restraint"]
    apart = {k.name for k in kinds().values() if k.compartment in APART}
    assert apart
    assert not apart & skeleton()
    told = engine.rows("SELECT name FROM store_duty") + engine.rows("SELECT duty FROM store_dutytally")
    assert not [row for row in told if "restricted" in row[0]]
    bodies = engine.rows("SELECT body FROM store_entry WHERE kind LIKE 'restricted%%'")
    assert len(bodies) == 2
    assert all("hiv" not in body and "day" not in body for (body,) in bodies), "even choices lie encrypted"


# ── the person's own page ─────────────────────────────────────────────────────────────────────────


def test_my_own_page_has_my_medicines_and_results_and_nothing_that_must_not_be_read_over_a_shoulder(
    secret: Ward,
) -> None:
    pen = secret.pens["安大明"]
    secret.prescribe(pen, often="twice", until=date(2026, 12, 1))
    secret.prescribe(pen, "停了的药", until=date(2026, 11, 21))
    secret.write(pen.entry("lab_result", "2026-11-20", test="血常规", result="未见异常", reading="normal"))
    view = read.opened(secret.cases["安大明"])
    assert view is not None
    assert personal.give_access(view, "anda").password
    client = Client()
    client.force_login(get_user_model().objects.get(username="anda"))
    shown = text(client.get("/mine/"))
    assert "氨氯地平片" in shown
    assert "每次 1 片 · 口服 · 每日两次（早、晚） · 用到2026年12月1日" in shown
    assert "血常规：未见异常" in shown
    assert "停了的药" not in shown
    assert "抗病毒药甲" not in shown
    assert SECRET not in shown
