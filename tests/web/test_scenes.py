"""Scenes on their pages: for whom one opens, what is asked on the day, what is kept of it, whose packs."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path

import pytest
from django.test import Client

from guitu.casefile import Entry
from guitu.kernel.zone import CHINA
from guitu.web.pages.scenes import packs
from tests.store.writing import CENTRE, Pen
from tests.unit.test_scenes import MINE
from tests.web.inside import held
from tests.web.recording import hidden, html, signed_in, text
from tests.web.test_psychology import case_of, cleared, of_kind, write

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
BEFORE = {"ask-unwell": "no", "ask-breath": "no", "craving_before": "40", "operator": "林心"}
AFTER = {
    "way": "screen", "minutes": "8", "breaks": "1", "ended": "completed", "craving_after": "30",
    "adverse": "none", "seconds": "481", "step": ["settle", "look", "breathe", "nowhere"],
}  # fmt: skip
SPOKEN = "随时可以停，不用说原因。"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def pens(places: object) -> list[Pen]:
    return held(NOW)


@pytest.fixture
def counsellor(places: object) -> Client:
    return signed_in("lin.xin", "counsellor", CENTRE)


def scene(pen: Pen, key: str = "calm_shore") -> str:
    return f"/psychology/{case_of(pen)}/scene/{key}/"


def opened(client: Client, address: str, **more: str):
    token = hidden(html(client.get(address)), "id")
    return client.post(address, {"id": token, "go": "open"} | BEFORE | more)


def saved(client: Client, address: str, **more: object):
    page = html(opened(client, address))
    data = {"id": hidden(page, "id"), "began": hidden(page, "began"), "go": "save"}
    return client.post(address, data | BEFORE | AFTER | more)


def session(pen: Pen) -> Entry:
    (one,) = of_kind(pen, "vr_session")
    return one


def test_without_consent_and_a_clear_screen_no_scene_opens_and_the_page_says_why(
    counsellor: Client, pens: list[Pen]
) -> None:
    write(*cleared(pens[0], epilepsy="unknown"))
    answer = counsellor.get(scene(pens[0]))
    assert answer.status_code == 302
    assert counsellor.post(scene(pens[0]), BEFORE | AFTER | {"go": "save"}).status_code == 302
    assert not of_kind(pens[0], "vr_session")
    page = html(counsellor.get(answer.headers["Location"]))
    assert "有禁忌症，不能进行" in page
    assert "/scene/" not in page


def test_a_pack_that_asks_for_more_stays_shut_beside_one_that_may_open(
    counsellor: Client, pens: list[Pen]
) -> None:
    entries = cleared(pens[0], seizure_risk="yes")
    fields = dict(entries[1].fields) | {"cleared": "yes"}
    write(entries[0], pens[0].entry("protocol_screen", "2026-11-11", **fields))
    page = html(counsellor.get(f"/psychology/{case_of(pens[0])}/protocol/vr/"))
    assert "另有禁忌" in page
    assert "/scene/short_breath/" in page
    assert "/scene/calm_shore/" not in page
    assert counsellor.get(scene(pens[0])).status_code == 302
    assert counsellor.get(scene(pens[0], "short_breath")).status_code == 200


def test_what_is_told_comes_only_after_the_questions_of_the_day(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    assert SPOKEN not in html(counsellor.get(scene(pens[0])))
    wrong = opened(counsellor, scene(pens[0]), **{"ask-breath": "", "craving_before": "140"})
    assert wrong.status_code == 422
    assert "先问这一题" in html(wrong)
    assert 'value="140"' in html(wrong)
    assert SPOKEN not in html(wrong)
    unwell = html(opened(counsellor, scene(pens[0]), **{"ask-unwell": "yes"}))
    assert "今天不打开" in unwell
    assert SPOKEN not in unwell
    assert SPOKEN in html(opened(counsellor, scene(pens[0])))


def test_the_steps_can_be_read_and_recorded_without_a_script(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    page = html(opened(counsellor, scene(pens[0])))
    assert "吸 4 秒，呼 6 秒，每分钟 6 次" in page
    assert re.search(r'<section class="stage" hidden', page)
    assert page.count('type="checkbox" name="step"') == 6
    assert saved(counsellor, scene(pens[0]), way="text", seconds="").status_code == 302
    assert session(pens[0]).get("way") == "text"


def test_the_session_is_kept_with_pack_version_times_steps_and_breaks(
    counsellor: Client, pens: list[Pen]
) -> None:
    write(*cleared(pens[0]))
    answer = saved(counsellor, scene(pens[0]))
    assert answer.status_code == 302, text(answer)[:600]
    kept = session(pens[0])
    assert (kept.get("scene_pack"), kept.get("scene_version"), kept.get("phase")) == (
        "calm_shore",
        1,
        "relax",
    )
    assert kept.get("steps_done") == "settle,look,breathe"
    assert (kept.get("steps_of"), kept.get("breaks"), kept.get("session_no")) == (6, 1, 1)
    began, finished = (time.fromisoformat(str(kept.get(n))) for n in ("began", "finished"))
    lasted = (finished.hour - began.hour) * 60 + finished.minute - began.minute
    assert lasted % (24 * 60) == 8
    page = html(counsellor.get(answer.headers["Location"]))
    assert "已保存" in page
    assert "傍晚的海边 v1" in page
    assert "3/6 步 · 歇 1 次" in page


def test_a_scene_that_was_stopped_is_kept_with_the_name_of_who_saw_the_person(
    counsellor: Client, pens: list[Pen]
) -> None:
    write(*cleared(pens[0]))
    stopped = {"ended": "stopped", "stop_reason": "request", "step": ["settle"]}
    refused = saved(counsellor, scene(pens[0]), **stopped)
    assert refused.status_code == 422
    page = html(refused)
    assert "须有专人看望" in page
    assert re.search(r'value="settle" checked', page)
    assert saved(counsellor, scene(pens[0]), **stopped, aftercare_by="康医生").status_code == 302
    assert session(pens[0]).get("stop_reason") == "request"


def test_when_the_time_was_up_nobody_has_to_be_named(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    limit = saved(counsellor, scene(pens[0]), ended="stopped", stop_reason="limit", minutes="20")
    assert limit.status_code == 302


def test_what_was_chosen_in_a_scene_is_kept_nowhere(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    address = scene(pens[0], "on_the_way_home")
    page = html(opened(counsellor, address, **{"ask-rather_not": "no"}))
    assert not re.findall(r'name="(?!step|go)[^"]*(choice|answer|invited|pressed)', page)


def test_whoever_may_not_record_it_opens_no_scene(pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    head = signed_in("suo.zhang", "centre_head", CENTRE)
    assert head.get(scene(pens[0])).status_code == 404
    assert signed_in("da.dui", "brigade_officer", "46J0101").get(scene(pens[0])).status_code == 403
    assert signed_in("ta.xin", "counsellor", "469024").get(scene(pens[0])).status_code == 404


def test_an_unknown_pack_is_not_there(counsellor: Client, pens: list[Pen]) -> None:
    write(*cleared(pens[0]))
    assert counsellor.get(scene(pens[0], "no_such_scene")).status_code == 404


def test_an_office_adds_packs_of_its_own_and_is_told_what_is_wrong_with_one(
    counsellor: Client, pens: list[Pen], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(packs, "folder", lambda: tmp_path)
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(MINE.replace("out: 6", "out: 66"), encoding="utf-8")
    page = html(counsellor.get("/scenes/"))
    assert "院子里" in page
    assert "odd.yaml.steps[2].breathe" in page
    write(*cleared(pens[0]))
    address = scene(pens[0], "mine")
    assert "坐好" in html(opened(counsellor, address))
    assert saved(counsellor, address, step=["sit", "breathe"]).status_code == 302
    assert session(pens[0]).get("scene_pack") == "mine"
