"""The psychology centre: sheets, alerts on the same day, what stays close, VR and TMS, instruments."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.access import house
from guitu.capabilities.protocols.entries import CONTRAINDICATIONS
from guitu.casefile import Entry, Value
from guitu.kernel.zone import CHINA
from guitu.store import gate, read
from guitu.store.guards import NotAccepted
from tests.store.writing import CENTRE, Pen
from tests.unit.instruments_own import MINE
from tests.web.inside import held
from tests.web.recording import html, signed_in

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
SECRET = "只在咨询室说的一句话"
PHQ9 = "1,1,0,0,0,0,0,0,1"
QUIET = "1,1,0,0,0,0,0,0,0"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    monkeypatch.setenv("GUITU_PRESETS", "safety-check")


@pytest.fixture
def pens(places: object) -> list[Pen]:
    return held(NOW)


@pytest.fixture
def counsellor(places: object) -> Client:
    return signed_in("lin.xin", "counsellor", CENTRE)


def case_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def of_kind(pen: Pen, kind: str) -> list[Entry]:
    view = read.file_view(pen.file)
    assert view is not None
    return [e for e in view.case_file.counted() if e.kind == kind]


def write(*entries: Entry) -> None:
    gate.record_many(list(entries), actor=house(), now=NOW)


def screening(pen: Pen, on: str, answers: str = PHQ9, alert: str = "yes") -> Entry:
    return pen.entry(
        "screening", on, instrument="phq9", instrument_version=1, answers=answers, administered_by="林心",
        way="self", alert=alert,
    )  # fmt: skip


def sheet(client: Client, address: str, answers: dict[str, int], **more: str):
    """The form as it is shown, filled in and sent."""
    page = html(client.get(address))
    token = re.search(r'name="id" value="([^"]+)"', page)
    assert token is not None
    typed = {f"a-{key}": str(value) for key, value in answers.items()}
    usual = {
        "id": token[1],
        "administered_by": "林心",
        "way": "staff",
        "happened_on": "2026-11-23",
        "go": "save",
    }
    return client.post(address, usual | typed | more)


PHQ = {f"q{n}": 0 for n in range(1, 10)}


def test_a_sheet_is_kept_as_digits_and_its_score_is_worked_out(counsellor: Client, pens: list[Pen]) -> None:
    case = case_of(pens[0])
    answer = sheet(counsellor, f"/psychology/{case}/fill/phq9/", PHQ | {"q1": 3, "q2": 2})
    assert answer.status_code == 302
    (kept,) = of_kind(pens[0], "screening")
    assert kept.get("answers") == "3,2,0,0,0,0,0,0,0"
    assert kept.get("alert") == "no"
    page = html(counsellor.get(answer.headers["Location"]))
    assert "轻度" in page
    assert "未经效度检验" in page
    assert "不影响解除" in page


def test_an_answer_about_self_harm_asks_for_somebody_today_wherever_it_is_looked_for(
    counsellor: Client, pens: list[Pen]
) -> None:
    case = case_of(pens[0])
    assert sheet(counsellor, f"/psychology/{case}/fill/phq9/", PHQ | {"q9": 1}).status_code == 302
    person, day, today = (html(counsellor.get(p)) for p in (f"/psychology/{case}/", "/psychology/", "/"))
    assert "今天就要有具名的人当面看望" in person
    assert "今天要有人看望" in day
    assert "符海生" in day
    assert "当天看望" in today


def test_whoever_saw_them_says_so_by_name_and_the_alert_is_answered(
    counsellor: Client, pens: list[Pen]
) -> None:
    write(screening(pens[0], "2026-11-22"))
    case = case_of(pens[0])
    page = html(counsellor.get("/psychology/"))
    link = re.search(r'href="(/files/[^"]+/record/safety_check/\?to=[^"]+)"', page)
    assert link is not None
    form = html(counsellor.get(link[1]))
    token = re.search(r'name="id" value="([^"]+)"', form)
    to = re.search(r"to=([0-9a-f-]+)", link[1])
    assert token is not None
    assert to is not None
    data = {"id": token[1], "happened_on": "2026-11-23", "to": to[1], "outcome": "safe", "checked": "1"}
    refused = counsellor.post(link[1].split("?")[0], data)
    assert refused.status_code == 422  # without a name
    saved = counsellor.post(link[1].split("?")[0], data | {"seen_by": "林心"})
    assert saved.status_code == 302
    assert "今天就要有具名的人" not in html(counsellor.get(f"/psychology/{case}/"))


def test_a_sheet_with_a_question_left_out_is_not_kept_until_it_is_stopped_on_purpose(
    counsellor: Client, pens: list[Pen]
) -> None:
    address = f"/psychology/{case_of(pens[0])}/fill/gad7/"
    some = {"q1": 2, "q2": 1}
    wrong = sheet(counsellor, address, some)
    assert wrong.status_code == 422
    page = html(wrong)
    assert "第 3 题" in page
    assert re.search(r'name="a-q1" value="2" checked', page)
    assert not of_kind(pens[0], "screening")
    assert sheet(counsellor, address, some, go="stop").status_code == 302
    (kept,) = of_kind(pens[0], "screening")
    assert kept.get("answers") == "2,1,-,-,-,-,-"


def test_stopped_before_anything_was_answered_nothing_is_kept(counsellor: Client, pens: list[Pen]) -> None:
    address = f"/psychology/{case_of(pens[0])}/fill/gad7/"
    assert sheet(counsellor, address, {}, go="stop").status_code == 302
    assert not of_kind(pens[0], "screening")


def test_one_question_on_a_screen_carries_the_answers_on_without_script(
    counsellor: Client, pens: list[Pen]
) -> None:
    address = f"/psychology/{case_of(pens[0])}/fill/gad7/"
    page = html(counsellor.get(f"{address}?one=1"))
    for n in range(8):
        shown = re.findall(r'<input type="radio" name="a-(q\d)" value="1"', page)
        assert shown == ([f"q{n}"] if n else [])
        data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        data |= {"administered_by": "林心", "way": "staff", "happened_on": "2026-11-23"} if not n else {}
        data |= {f"a-{key}": "1" for key in shown} | {"go": "save" if n == 7 else "next"}
        answer = counsellor.post(address, data)
        page = html(answer) if answer.status_code == 200 else ""
    assert answer.status_code == 302
    (kept,) = of_kind(pens[0], "screening")
    assert kept.get("answers") == "1,1,1,1,1,1,1"


def test_who_filled_it_in_themselves_sees_thanks_and_no_score(counsellor: Client, pens: list[Pen]) -> None:
    answer = sheet(counsellor, f"/psychology/{case_of(pens[0])}/fill/phq9/", PHQ | {"q1": 3}, way="self")
    page = html(counsellor.get(answer.headers["Location"]))
    assert "谢谢" in page
    assert "总分" not in page


def test_an_answer_that_an_instrument_does_not_have_is_named_with_its_question(
    counsellor: Client, pens: list[Pen]
) -> None:
    address = f"/psychology/{case_of(pens[0])}/fill/dast10/"
    wrong = sheet(counsellor, address, {f"q{n}": 0 for n in range(1, 11)} | {"q4": 7})
    assert wrong.status_code == 422
    assert "没有“7”这个答案" in html(wrong)


def test_a_screening_that_hides_its_alert_is_refused_at_the_gate(pens: list[Pen]) -> None:
    with pytest.raises(NotAccepted, match="does not fit the answers"):
        write(screening(pens[0], "2026-11-20", alert="no"))


def test_what_is_said_in_confidence_is_read_in_the_centre_and_not_in_the_file(
    counsellor: Client, pens: list[Pen]
) -> None:
    write(
        pens[0].entry("counselling", "2026-11-20", mode="individual", note=SECRET),
        screening(pens[0], "2026-11-20", QUIET, "no"),
    )
    case = case_of(pens[0])
    officer = signed_in("da.dui", "brigade_officer", "46J0101")
    file = html(officer.get(f"/files/{case}/history/?size=100"))
    assert "心理咨询" in file
    assert SECRET not in file
    assert QUIET not in file
    assert "phq9" not in file
    assert officer.get(f"/psychology/{case}/").status_code == 403
    assert SECRET in html(counsellor.get(f"/psychology/{case}/"))


def test_a_file_outside_the_centre_is_not_there(pens: list[Pen]) -> None:
    other = signed_in("ta.xin", "counsellor", "469024")
    case = case_of(pens[0])
    for path in ("", "fill/phq9/", "protocol/vr/"):
        assert other.get(f"/psychology/{case}/{path}").status_code == 404
    assert "符海生" not in html(other.get("/psychology/"))


def test_the_crisis_plan_in_force_stands_on_top_and_its_review_on_the_day(
    counsellor: Client, pens: list[Pen]
) -> None:
    plan: dict[str, Value] = {"state": "active", "named_staff": "林心", "signs": SECRET}
    write(pens[0].entry("crisis_plan", "2026-10-20", review_on=date(2026, 11, 20), **plan))
    page = html(counsellor.get(f"/psychology/{case_of(pens[0])}/"))
    assert SECRET in page
    assert "该复核了" in page
    assert "待复核的危机计划" in html(counsellor.get("/psychology/"))
    write(pens[0].entry("crisis_plan", "2026-11-22", state="ended"))
    assert SECRET not in html(counsellor.get(f"/psychology/{case_of(pens[0])}/"))


# ── VR and TMS ────────────────────────────────────────────────────────────────────────────────────


def cleared(pen: Pen, method: str = "vr", **answers: Value) -> list[Entry]:
    held_back: dict[str, Value] = dict.fromkeys([n for n, _, _ in CONTRAINDICATIONS], "no") | answers
    more: dict[str, Value] = {"doctor": "康医生"} if method == "tms" else {}
    return [
        pen.entry("protocol_consent", "2026-11-10", method=method, voluntary="yes", explained_by="康医生"),
        pen.entry(
            "protocol_screen", "2026-11-11", method=method,
            cleared="no" if answers else "yes", **held_back, **more,
        ),
    ]  # fmt: skip


def vr(pen: Pen, on: str, **more: Value) -> Entry:
    usual: dict[str, Value] = {
        "phase": "relax", "minutes": 20, "craving_before": 60, "craving_after": 50, "ended": "completed",
        "adverse": "none", "operator": "林心",
    }  # fmt: skip
    return pen.entry("vr_session", on, **(usual | more))


def test_a_session_without_consent_is_refused_at_the_gate_with_the_reason(pens: list[Pen]) -> None:
    with pytest.raises(NotAccepted, match="no consent"):
        write(vr(pens[0], "2026-11-12"))


def test_a_contraindication_stops_it_on_the_page_and_at_the_gate(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0], epilepsy="yes"))
    page = html(counsellor.get(f"/psychology/{case_of(pens[0])}/protocol/vr/"))
    assert "有禁忌症，不能进行" in page
    assert "登记这次治疗" not in page
    with pytest.raises(NotAccepted, match="contraindication"):
        write(vr(pens[0], "2026-11-12"))


def test_what_sessions_show_is_said_with_its_uncertainty(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    for day, after in zip(range(12, 16), (48, 50, 40, 45), strict=True):
        write(vr(pens[0], f"2026-11-{day}", craving_after=after))
    page = html(counsellor.get(f"/psychology/{case_of(pens[0])}/protocol/vr/"))
    assert "4 次治疗前后平均变化" in page
    assert "95% 置信区间" in page
    assert "证据很弱" in page


def upload(client: Client, address: str, raw: bytes):
    page = html(client.get(address))
    token = re.search(r'name="id" value="([^"]+)"', page)
    assert token is not None
    return client.post(address, {"id": token[1], "file": SimpleUploadedFile("hr.csv", raw)})


def test_a_device_file_is_checked_kept_sealed_and_drawn(counsellor: Client, pens: list[Pen]) -> None:
    session = vr(pens[0], "2026-11-12")
    write(*cleared(pens[0]), session)
    address = f"/psychology/{case_of(pens[0])}/device/{session.id}/"
    wrong = upload(counsellor, address, "时间(s),心率(bpm)\n0,70\n1,--\n".encode())
    assert wrong.status_code == 422
    assert "第 3 行" in html(wrong)
    lines = ["时间(s),心率(bpm),皮肤电导(uS)", *(f"{n},{70 + n % 9},4.2" for n in range(600))]
    answer = upload(counsellor, address, "\n".join(lines).encode())
    assert answer.status_code == 302
    (kept,) = of_kind(pens[0], "device_series")
    assert kept.get("to") == str(session.id)
    page = html(counsellor.get(f"/psychology/{case_of(pens[0])}/protocol/vr/"))
    assert "trend-line" in page
    assert "心率（次/分）" in page


# ── instruments ───────────────────────────────────────────────────────────────────────────────────


def supply(client: Client, text: str, right: str = "本所购买"):
    return client.post(
        "/psychology/instruments/", {"right": right, "file": SimpleUploadedFile("own.yaml", text.encode())}
    )


def test_the_list_says_whose_each_instrument_is(counsellor: Client, pens: list[Pen]) -> None:
    page = html(counsellor.get("/psychology/instruments/"))
    assert "Pearson" in page
    assert "只计分，不含题目" in page


def test_an_office_brings_its_own_instrument_and_fills_it_in(counsellor: Client, pens: list[Pen]) -> None:
    assert supply(counsellor, MINE).status_code == 302
    assert "自备量表" in html(counsellor.get("/psychology/instruments/"))
    answer = sheet(counsellor, f"/psychology/{case_of(pens[0])}/fill/own/", {"a": 1, "b": 1})
    assert answer.status_code == 302
    assert "多" in html(counsellor.get(answer.headers["Location"]))


def test_the_blank_workbook_comes_back_as_an_instrument(counsellor: Client, pens: list[Pen]) -> None:
    page = html(counsellor.get("/psychology/instruments/"))
    assert "下载空白表" in page
    blank = counsellor.get("/psychology/instruments/?blank=xlsx")
    assert blank.headers["Content-Disposition"] == 'attachment; filename="instrument.xlsx"'
    answer = counsellor.post(
        "/psychology/instruments/",
        {"right": "本所自编", "file": SimpleUploadedFile("own.xlsx", blank.content)},
    )
    assert answer.status_code == 302
    assert "睡眠日记" in html(counsellor.get("/psychology/instruments/"))
    case = case_of(pens[0])
    answer = sheet(counsellor, f"/psychology/{case}/fill/sleep_diary/", {"q1": 4, "q2": 3, "q3": 0})
    page = html(counsellor.get(answer.headers["Location"]))
    assert "6 分及以上：谈一谈" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [(MINE.replace("scales:", "scale:"), "scales"), (MINE.replace("key: own", "key: phq9"), "系统自带"),
     (MINE.replace("user_supplied", "bundled"), "每题都要有题目"), ("- 1\n", "应为"), ("a: [", "YAML")],
)  # fmt: skip
def test_a_file_that_is_no_instrument_is_refused_in_one_sentence(
    counsellor: Client, pens: list[Pen], text: str, said: str
) -> None:
    answer = supply(counsellor, text)
    assert answer.status_code == 422
    assert said in html(answer)


def test_a_changed_instrument_is_a_new_version_and_never_drawn_with_the_old_one(
    counsellor: Client, pens: list[Pen]
) -> None:
    supply(counsellor, MINE)
    assert "version 改为 2" in html(supply(counsellor, MINE))
    case = case_of(pens[0])
    sheet(counsellor, f"/psychology/{case}/fill/own/", {"a": 1, "b": 0})
    assert supply(counsellor, MINE.replace("version: 1", "version: 2")).status_code == 302
    answer = sheet(counsellor, f"/psychology/{case}/fill/own/", {"a": 1, "b": 1})
    page = html(counsellor.get(answer.headers["Location"]))
    assert "第 1 版" in page
    assert "第 2 版" in page


def test_without_a_right_to_use_it_no_instrument_is_taken(counsellor: Client, pens: list[Pen]) -> None:
    assert "使用依据" in html(supply(counsellor, MINE, right=" "))
