"""The page of messages: what can go and what cannot, in words; pressed twice it goes once; the person ends it
on their own page."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import excerpts, gate, unitfiles
from guitu.store.read import file_view
from tests.exchange.test_messages import SETTING
from tests.store.writing import NEXT_COUNTY, TOWN, VILLAGE, Pen, day
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.recording import hidden


@pytest.fixture(autouse=True)
def home(
    monkeypatch: pytest.MonkeyPatch, places: object, now: datetime, tmp_path: Path, settings: Any
) -> Path:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.delenv("GUITU_MESSAGES_URL", raising=False)
    settings.HOME = tmp_path
    excerpts.forget()
    return tmp_path / "messages"


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def laid_down(now: datetime, **more: object) -> None:
    fields: dict[str, Any] = {**SETTING, **more}
    entry = unitfiles.new_entry(TOWN, "message_setting", day("2026-09-01"), fields, now=now, author="clerk")
    gate.record(entry, actor=house(), now=now)


def somebody(n: int, name: str, now: datetime, agrees: str = "yes") -> Pen:
    pen = Pen(n)
    said = {"agrees": agrees, "phone": f"198123456{n:02d}"} if agrees == "yes" else {"agrees": agrees}
    gate.record_many(
        [
            *pen.on_community_treatment(name=name, served="2026-02-01"),
            pen.entry("reporting_in", "2026-02-03"),
            *([pen.entry("reminder_consent", "2026-03-01", **said)] if agrees else []),
            pen.entry("visit_agreed", "2026-11-22", for_day=day("2026-11-24"), time=930, place="村委会"),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    return pen


def test_without_a_setting_the_page_says_what_to_write_first(town: Client, now: datetime) -> None:
    somebody(1, "王小明", now)
    page = html(town, "/messages/?view=cannot")
    assert "本单位还没有短信设置" in text(page)
    assert f"/units/{TOWN}/file/record/message_setting/" in dict(links(page))


def test_what_can_go_stands_there_word_for_word_and_goes_once(
    town: Client, now: datetime, home: Path
) -> None:
    laid_down(now)
    pens = [somebody(1, "王小明", now), somebody(2, "李四方", now), somebody(3, "赵不肯", now, "no"),
            somebody(4, "钱未问", now, "")]  # fmt: skip
    page = html(town, "/messages/")
    shown = text(page)
    assert "可发送 2 条；不能发送 2 条" in shown
    assert "【河东便民服务】您好，提醒您：11月24日（周二）9:30约好在村委会见面。" in shown
    assert "198****5601" in shown
    assert "19812345601" not in page
    assert "赵不肯" not in shown
    cannot = html(town, "/messages/?view=cannot")
    assert "本人不同意短信提醒" in text(cannot)
    assert any("/record/reminder_consent/" in href for href, _ in links(cannot))
    answer = town.post("/messages/send/")
    assert answer.status_code == 302
    assert "已发送 2 条" in text(html(town, answer["Location"]))
    assert len(list(home.glob("*.json"))) == 2
    town.post("/messages/send/")
    assert len(list(home.glob("*.json"))) == 2
    sent = text(html(town, "/messages/?view=sent"))
    assert "网关已收下" in sent
    assert "王小明" in sent
    view = file_view(pens[0].file)
    assert view is not None
    assert view.entries[-1].kind == "reminder_sent"
    assert view.entries[-1].author == "town-1"


def test_a_name_finds_its_line_and_nothing_found_says_so(town: Client, now: datetime) -> None:
    laid_down(now)
    somebody(1, "王小明", now)
    somebody(2, "李四方", now)
    found = text(html(town, "/messages/?q=李四"))
    assert "李四方" in found
    assert "王小明" not in found
    assert "没有找到" in text(html(town, "/messages/?q=没有这人"))


def test_outside_the_hours_there_is_no_button_and_the_press_sends_nothing(
    town: Client, now: datetime, home: Path
) -> None:
    laid_down(now, opens=1100)  # the fixed day stands at ten
    somebody(1, "王小明", now)
    shown = text(html(town, "/messages/"))
    assert "11:00 起可以发送" in shown
    assert "发送这" not in shown
    town.post("/messages/send/")
    assert not home.exists()


def test_a_gateway_that_does_not_answer_is_said_and_nothing_is_written(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_down(now)
    pen = somebody(1, "王小明", now)
    monkeypatch.setenv("GUITU_MESSAGES_URL", "http://127.0.0.1:9/sms")
    answer = town.post("/messages/send/")
    assert answer.status_code == 422
    assert "稍后再发，不会重复" in answer.content.decode()
    assert "没有发完；没发出的还在下面" in text(answer.content.decode())
    assert "需要改" not in text(answer.content.decode())  # nothing that was typed is wrong
    view = file_view(pen.file)
    assert view is not None
    assert "reminder_sent" not in {e.kind for e in view.entries}


def test_a_worker_sees_the_own_village_and_another_county_nothing(now: datetime) -> None:
    laid_down(now)
    somebody(1, "王小明", now)
    worker = signed_in("village-1", "village_worker", VILLAGE)
    assert "王小明" in text(html(worker, "/messages/"))
    far = signed_in("county-2", "county_supervisor", NEXT_COUNTY)
    assert "王小明" not in text(html(far, "/messages/"))
    assert far.get(f"/messages/?unit={TOWN}").status_code == 404


def test_the_form_of_a_setting_names_the_word_that_betrays_and_keeps_what_was_typed(town: Client) -> None:
    where = f"/units/{TOWN}/file/record/message_setting/"
    from tests.web.recording import form_of

    answer = town.post(where, {**form_of(town, where), **SETTING, "visit_text": "{day}来{place}做尿检"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不能出现“尿”" in page
    assert "做尿检" in page


def test_the_page_says_whose_setting_counts(town: Client, now: datetime) -> None:
    laid_down(now)
    somebody(1, "王小明", now)
    assert re.search("谁的设置 河东镇", text(html(town, "/messages/")))
    worker = signed_in("village-2", "village_worker", VILLAGE)
    assert re.search("谁的设置 河东镇", text(html(worker, "/messages/")))
    county = signed_in("county-3", "county_supervisor", "469023")
    shown = text(html(county, "/messages/"))
    assert "发送这 1 条" in shown
    assert "按各人责任单位的设置" in shown
    assert "才会发送" not in shown


def test_a_time_that_is_none_stands_in_no_setting_and_no_appointment(town: Client, now: datetime) -> None:
    pen = somebody(1, "王小明", now)
    view = file_view(pen.file)
    assert view is not None
    told = {**SETTING, "opens": "0875", "happened_on": "2026-11-23"}
    at = f"/units/{TOWN}/file/record/message_setting/"
    answer = town.post(at, {"id": hidden(html(town, at), "id"), **told})
    assert answer.status_code == 422
    assert "几点起发“875”不是一天中的时间" in text(answer.content.decode())
    at = f"/files/{view.case_no}/record/visit_agreed/"
    met = {"id": hidden(html(town, at), "id"), "happened_on": "2026-11-23", "for_day": "2026-11-22"}
    answer = town.post(at, {**met, "time": "0990"})
    assert answer.status_code == 422
    page = text(answer.content.decode())
    assert "不是一天中的时间" in page
    assert "见面日期 2026年11月22日 早于约定的日期（2026年11月23日）" in page
