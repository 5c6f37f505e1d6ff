"""Correcting and withdrawing what was recorded, and recording from inside Today."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client

from guitu.access import Actor, Post
from guitu.casefile import Entry
from guitu.store import gate
from tests.browser.casefiles import people
from tests.store.writing import TOWN, Pen, number
from tests.web.calling import Program
from tests.web.own import own_of
from tests.web.phoning import WorkPhone
from tests.web.phoning import entry as on_phone
from tests.web.recording import HTMX, TAKEN, entries, form_of, hidden, html, signed_in, text

INLINE = {"from": "today", "row": "d-1"}

Cases = dict[str, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    """The invented files, in the store."""
    return people()


@pytest.fixture
def town(cases: Cases) -> Client:
    return signed_in("li.xm", "town_office", "469023101")


# correcting and withdrawing


def refusal(case_no: str) -> Entry:
    return next(e for e in entries(case_no) if e.get("outcome") in ("refused", "evaded"))


def test_a_correction_starts_from_what_was_recorded_and_needs_a_reason(town: Client, cases: Cases) -> None:
    case = cases["late"]
    wrong = refusal(case)
    where = f"/files/{case}/entries/{wrong.id}/correct/"
    page = html(town.get(where))
    assert 'value="2026-03-02"' in page
    assert re.search(r'value="refused" checked', page)
    data = {**form_of(town, where), **TAKEN}
    refused = town.post(where, data)
    assert refused.status_code == 422
    assert "请写明更正的原因" in text(refused)
    saved = town.post(where, {**data, "correction_reason": "录错人，当天已检测"})
    said = text(town.get(saved["Location"]))
    assert "已更正：检测" in said
    assert "提示“严重违反协议”撤销" in said
    assert "<s>检测：拒检</s>" in html(town.get(f"/files/{case}/history/"))
    correction = entries(case)[-1]
    assert (correction.corrects, correction.reason) == (wrong.id, "录错人，当天已检测")
    assert wrong in entries(case), "the first entry is still there, unchanged"


def test_the_reason_of_a_correction_is_sealed_in_the_store(town: Client, cases: Cases) -> None:
    case = cases["late"]
    where = f"/files/{case}/entries/{refusal(case).id}/correct/"
    town.post(where, {**form_of(town, where), **TAKEN, "correction_reason": "邻居王某某看错了人"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_entry")
        everything = repr(cursor.fetchall())
    assert "邻居王某某" not in everything
    assert "\\xe9\\x82\\xbb\\xe5\\xb1\\x85" not in everything


def test_a_withdrawn_entry_stays_readable_and_no_longer_counts(town: Client, cases: Cases) -> None:
    case = cases["late"]
    wrong = refusal(case)
    where = f"/files/{case}/entries/{wrong.id}/withdraw/"
    assert "不再计算" in text(town.get(where))
    data = form_of(town, where)
    assert town.post(where, data).status_code == 422
    saved = town.post(where, {**data, "reason": "登错了人"})
    said = text(town.get(saved["Location"]))
    assert "已作废" in said
    assert "提示“严重违反协议”撤销" in said
    page = html(town.get(f"/files/{case}/history/"))
    assert "<s>检测：拒检</s>" in page
    assert "登错了人" in page


def test_an_entry_that_no_longer_counts_is_not_corrected_again(town: Client, cases: Cases) -> None:
    case = cases["corrected"]
    known = entries(case)
    correction = next(e for e in known if e.corrects and e.kind == "urine_test")
    for act in ("correct", "withdraw"):
        answer = town.get(f"/files/{case}/entries/{correction.corrects}/{act}/")
        assert answer.status_code == 409
        assert "已经更正过" in text(answer)
        assert f"/entries/{correction.id}/correct/" in html(answer)


def test_a_correction_sent_twice_is_saved_once(town: Client, cases: Cases) -> None:
    case = cases["late"]
    where = f"/files/{case}/entries/{refusal(case).id}/correct/"
    data = {**form_of(town, where), **TAKEN, "correction_reason": "录错"}
    first, second = town.post(where, data), town.post(where, data)
    assert first["Location"] == second["Location"]
    assert sum(e.corrects is not None for e in entries(case)) == 1


def test_only_who_may_record_a_kind_may_correct_or_withdraw_it(town: Client, cases: Cases) -> None:
    move = next(e for e in entries(cases["rights"]) if e.kind == "zone_move")
    for act in ("correct", "withdraw"):
        assert town.get(f"/files/{cases['rights']}/entries/{move.id}/{act}/").status_code == 403


def test_what_the_person_handed_in_no_office_corrects_or_withdraws_on_any_way(
    places: object, now: datetime
) -> None:
    own = own_of(now)
    own.ask("help", need="medical", text="牙疼")
    asked = next(e for e in own.view.entries if e.kind == "help_request")
    town = signed_in("clerk", "town_office", TOWN)
    pen = Pen(7)
    pen.file = own.file
    for way in ("correct", "withdraw"):
        where = f"/files/{own.case_no}/entries/{asked.id}/{way}/"
        page = town.get(where)
        assert page.status_code == 403
        assert "这是本人交的，单位不能更正、作废" in text(page)
        assert town.post(where, {"id": str(number(9001))}).status_code == 403
    assert f"entries/{asked.id}/correct/" not in html(town.get(f"/files/{own.case_no}/history/"))
    taken_back = pen.entry("void", "2026-11-23", corrects=asked.id, reason="不需要")
    reworded = replace(asked, id=number(9002), corrects=asked.id, recorded_at=now, author="clerk", unit=TOWN)
    for one in (taken_back, reworded):
        with pytest.raises(gate.NotAccepted, match="handed in by the person"):
            gate.record(one, actor=Actor("clerk", (Post("town_office", TOWN),)), now=now)
    program = Program("caller", "town_office", TOWN)
    sent = {"kind": "void", "happened_on": "2026-11-23", "corrects": str(asked.id)}
    answer = program.post(f"files/{own.case_no}/entries", {**sent, "fields": {"reason": "不需要"}}, 422)
    assert "这是本人交的" in answer["said"]["zh"]
    typed = {"fields": {"reason": "不需要"}, "corrects": str(asked.id)}
    refused = WorkPhone().send(on_phone(own.file, "void", "2026-11-23", **typed))[0]
    assert (refused["state"], "这是本人交的" in refused["said"]["zh"]) == ("refused", True)
    assert own.view.case_file.status() == {}


def test_what_an_office_wrote_down_for_the_person_it_may_put_right(places: object, now: datetime) -> None:
    own = own_of(now)
    town = signed_in("clerk", "town_office", TOWN)
    town.post(f"/people/{own.case_no}/requests/help/", {"id": "", "need": "medical", "source": "spoken"})
    noted = next(e for e in own.view.entries if e.kind == "help_request")
    where = f"/files/{own.case_no}/entries/{noted.id}/withdraw/"
    found = re.search(r'name="id" value="([^"]+)"', html(town.get(where)))
    assert found is not None
    answer = town.post(where, {"id": found[1], "happened_on": "2026-11-23", "reason": "登错人"})
    assert answer.status_code == 302, text(answer)


# inside Today


def test_inside_today_the_form_comes_alone_and_saving_tells_the_page(town: Client, cases: Cases) -> None:
    case = cases["awaiting_report"]
    where = f"/files/{case}/record/reporting_in/"
    opened = town.get(where, INLINE, headers=HTMX)
    page = html(opened)
    assert "<html" not in page
    assert "record-inline" in page
    assert "符某某" in page
    data = {"id": hidden(page, "id"), "from": hidden(page, "from"), "row": hidden(page, "row")}
    wrong = town.post(where, {**data, "happened_on": "2026-13-01"}, headers=HTMX)
    assert wrong.status_code == 422
    assert "<html" not in html(wrong)
    saved = town.post(where, {**data, "happened_on": "今天"}, headers=HTMX)
    assert saved.status_code == 200
    told = json.loads(saved["HX-Trigger"])["guitu:recorded"]
    assert told["row"] == "d-1"
    assert told["case_no"] == case
    assert "已保存：报到" in told["said"]
    assert entries(case)[-1].kind == "reporting_in"


def test_inside_today_a_refusal_stands_where_the_form_stood(town: Client, cases: Cases) -> None:
    answer = town.get(f"/files/{cases['rights']}/record/zone_move/", INLINE, headers=HTMX)
    assert answer.status_code == 422, "HTMX puts no other refusal in its place"
    assert "<html" not in html(answer)
    assert "不登记“分区流转”" in text(answer)


def test_without_script_saving_from_today_leads_back_there(town: Client, cases: Cases) -> None:
    case = cases["awaiting_report"]
    where = f"/files/{case}/record/reporting_in/"
    page = html(town.get(where, INLINE))
    assert "保存并登下一人" in page
    data = {"id": hidden(page, "id"), "happened_on": "2026-11-23", **INLINE, "next": "1"}
    saved = town.post(where, data)
    assert saved.status_code == 302
    assert saved["Location"].startswith(f"/?recorded={case}&entry=")
