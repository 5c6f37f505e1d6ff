"""The training centre in a browser without script: clearance first, then prescription, session and test."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import gate, unitfiles
from guitu.store.units import tree
from guitu.web.pages.training import batteries
from tests.store.writing import CENTRE, Pen
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.inside import BRIGADE, NAMES, held
from tests.web.test_education import boxes, entries, send

ROOT = "/training/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def people(now: datetime) -> list[Pen]:
    return held(now)


@pytest.fixture
def coach(people: list[Pen]) -> Client:
    return signed_in("coach", "coach", CENTRE, name="郑教练")


def told(pens: list[Pen], now: datetime, *facts: tuple[int, str, str, dict[str, object]]) -> None:
    """Record these facts in the house's name."""
    made = [pens[n].entry(kind, on, **fields) for n, kind, on, fields in facts]  # type: ignore[arg-type]
    gate.record_many(sorted(made, key=lambda e: str(e.file)), actor=house(), now=now)


CLEARED = {"conclusion": "cleared", "until": date(2027, 2, 1)}
LIMITED = {"conclusion": "limited", "until": date(2027, 2, 1), "highest": 120, "avoid": "跳跃"}


def person(client: Client, name: str = NAMES[0]) -> str:
    return next(href for href, n in links(html(client, ROOT), f"{ROOT}people/") if n == name)


PRESCRIPTION = {
    "form": "walking",
    "formula": "tanaka",
    "highest": "",
    "resting": "70",
    "from_percent": "40",
    "to_percent": "60",
    "times": "3",
    "minutes": "30",
    "until": "",
    "goal": "",
}


def test_the_page_says_who_may_train_and_who_waits_for_the_doctor(
    coach: Client, people: list[Pen], now: datetime
) -> None:
    told(
        people,
        now,
        (0, "training_clearance", "2026-11-01", CLEARED),
        (1, "training_clearance", "2026-06-12", {**CLEARED, "until": date(2026, 11, 22)}),
        (2, "training_clearance", "2026-11-01", {"conclusion": "not_cleared"}),
    )
    page = text(html(coach, ROOT))
    assert "一大队 4 人：可以训练 1，待医生 3，处方有效 0，90 天没有测试 4" in page
    assert "2026-11-22 到期" in page
    assert "暂不能训练" in page
    assert "待医生检查" in page


def test_no_prescription_without_a_clearance_in_force(
    coach: Client, people: list[Pen], now: datetime
) -> None:
    at = person(coach)
    assert "没有医生的训练许可：先请医生检查" in text(html(coach, at))
    refused = send(coach, f"{at}prescribe/", 422, **PRESCRIPTION)
    assert "没有医生的训练许可" in text(refused)
    assert 'value="70"' in refused
    told(people, now, (0, "training_clearance", "2026-11-01", CLEARED))
    send(coach, f"{at}prescribe/", **PRESCRIPTION)
    (given,) = entries(people[0], "exercise_prescription")
    assert (given["highest"], given["low"], given["high"]) == (183, 115, 138)  # 36 years: 208 − 25.2
    page = text(html(coach, at))
    assert "115–138 次/分" in page
    assert "健步走，每周 3 次" in page


def test_the_doctors_limit_goes_before_the_sum(coach: Client, people: list[Pen], now: datetime) -> None:
    told(people, now, (0, "training_clearance", "2026-11-01", LIMITED))
    at = person(coach)
    form = boxes(html(coach, f"{at}prescribe/"))
    look = coach.post(f"{at}prescribe/", {**form, **PRESCRIPTION, "look": "yes"})
    assert look.status_code == 200
    assert "115–120 次/分（按医生的上限）" in text(look.content.decode())
    assert entries(people[0], "exercise_prescription") == []
    send(coach, f"{at}prescribe/", **PRESCRIPTION)
    assert entries(people[0], "exercise_prescription")[0]["high"] == 120
    assert "跳跃" in text(html(coach, at))


def test_a_stop_sign_that_a_coach_may_not_read_ends_the_clearance_all_the_same(
    coach: Client, people: list[Pen], now: datetime
) -> None:
    told(
        people,
        now,
        (0, "training_clearance", "2026-11-01", CLEARED),
        (0, "training_stop", "2026-11-20", {"sign": "chest_pain", "done": "送医务室"}),
    )
    at = person(coach)
    page = text(html(coach, at))
    assert "2026-11-20 出现停训情况，要医生重新检查" in page
    assert "胸痛" not in page
    assert "送医务室" not in page
    assert "2026-11-20 停训情况" in text(send(coach, f"{at}prescribe/", 422, **PRESCRIPTION)).replace(
        "出现", ""
    )
    told(people, now, (0, "training_clearance", "2026-11-21", CLEARED))
    send(coach, f"{at}prescribe/", **PRESCRIPTION)


def test_a_session_lists_only_who_may_train_and_only_exceptions_get_an_entry(
    coach: Client, people: list[Pen], now: datetime
) -> None:
    told(people, now, *((n, "training_clearance", "2026-11-01", CLEARED) for n in (0, 1, 2)))
    address = f"{ROOT}session/?brigade={BRIGADE}"
    page = html(coach, address)
    assert "1 人没有有效的训练许可，不在名单上" in text(page)
    assert NAMES[3] not in text(page)
    rows = {n: b for b, n in re.findall(r'name="p(\d+)" aria-label="情况：([^"]+)"', page)}
    wrong = send(coach, address, 422, starts="25:00", minutes="0", **{f"e{rows[NAMES[0]]}": "31"})
    assert "开始时间请写成 08:30" in text(wrong)
    assert "用力程度是 6 到 20 的数" in text(wrong)
    assert 'value="31"' in wrong
    send(
        coach,
        address,
        starts="830",
        minutes="45",
        content="八段锦",
        **{f"p{rows[NAMES[0]]}": "stopped", f"e{rows[NAMES[0]]}": "17", f"e{rows[NAMES[1]]}": "12"},
    )
    (stopped,) = entries(people[0], "training_exception")
    assert (stopped["what"], stopped["exertion"], stopped["starts"]) == ("stopped", 17, "08:30")
    assert [e["what"] for e in entries(people[1], "training_exception")] == ["told"]
    assert entries(people[2], "training_exception") == []
    (kept,) = [e for e in unitfiles.unit_file(tree().find(CENTRE)).counted() if e.kind == "training_session"]
    assert [kept.get(n) for n in ("expected", "present", "stopped", "less")] == [3, 3, 1, 0]
    assert "停训" in text(html(coach, person(coach)))
    assert "2 人可以训练" in text(html(coach, address))


def test_a_test_is_kept_with_raw_values_and_what_is_unusual_is_asked_once_more(
    coach: Client, people: list[Pen]
) -> None:
    at = person(coach)
    address = f"{at}test/"
    wrong = send(coach, address, 422, occasion="entry", grip="三十", height="170.25")
    assert "握力“三十”不是数字" in text(wrong)
    assert "身高最多 1 位小数" in text(wrong)
    odd = send(coach, address, 422, occasion="entry", grip="385", weight="60", height="170")
    assert "握力 385 不常见" in text(odd)
    assert "数值属实，保存" in text(odd)
    send(coach, address, occasion="entry", happened_on="2026-08-01", grip="32.5", weight="60", height="170")
    send(coach, address, occasion="regular", grip="38.5", weight="63.5", height="170")
    assert [e["results"] for e in entries(people[0], "fitness_test")] == [
        "height=170\nweight=60\ngrip=32.5",
        "height=170\nweight=63.5\ngrip=38.5",
    ]
    page = html(coach, at)
    assert "+6.0（好转）" in text(page)
    assert "22.0" in text(page)
    assert "正常" in text(page)
    assert "只与本人以前比" in text(page)
    svg = coach.get(f"{at}picture/?item=grip")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"38.5" in svg.content


def test_an_offices_own_battery_comes_first_and_a_wrong_one_is_said(
    coach: Client, people: list[Pen], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path
    monkeypatch.setattr(batteries, "FOLDER", str(folder))
    (folder / "own.yaml").write_text(
        "name: own\nversion: 2\nlabel: {zh: 本所方案, en: Our own}\nsource: {zh: 本所, en: Ours}\nitems:\n"
        "  - {name: plank, label: {zh: 平板支撑, en: Plank}, unit: {zh: 秒, en: s}, places: 0,"
        " plausible: [0, 600], better: more}\n",
        encoding="utf-8",
    )
    at = person(coach)
    assert "平板支撑" in text(html(coach, f"{at}test/"))
    send(coach, f"{at}test/", occasion="entry", plank="45")
    assert entries(people[0], "fitness_test")[0]["battery"] == "own@2"
    (folder / "own.yaml").write_text("name: own\nversion: 2\n", encoding="utf-8")
    assert "本单位的测试方案没有读成" in text(html(coach, ROOT))


def test_the_doctor_comes_to_record_examinations_and_no_sessions(people: list[Pen]) -> None:
    doctor = signed_in("doctor", "doctor", CENTRE, name="林医生")
    page = html(doctor, ROOT)
    assert "登集体训练" not in text(page)
    record = next(href for href, _ in links(page, "/record/training_clearance/"))
    assert "训练许可" in text(html(doctor, record))


@pytest.mark.parametrize(("role", "status"), [("teacher", 403), ("counsellor", 403), ("centre_head", 200)])
def test_for_whom_the_pages_are_there(role: str, status: int, people: list[Pen]) -> None:
    assert signed_in("somebody", role, CENTRE, name="某某").get(ROOT).status_code == status


def test_a_coach_sees_no_law_no_custody_and_no_illness(
    coach: Client, people: list[Pen], now: datetime
) -> None:
    told(people, now, (0, "intake_health", "2026-03-02", {"drug": "海洛因", "conditions": "高血压"}))
    case = person(coach).split("/")[3]
    page = text(html(coach, f"/files/{case}/"))
    assert "高血压" not in page
    assert coach.get(f"/files/{case}/record/training_clearance/").status_code == 403
    assert coach.get(f"/files/{case}/record/zone_move/").status_code == 403
