"""A test besides the drawn days: only with its reason, apart from the drawn ones, and told to the person."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from guitu.store import excerpts, personal
from guitu.store.read import file_view
from guitu.store.units import tree
from tests.store.writing import TOWN
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.own import enter
from tests.web.recording import form_of
from tests.web.test_explaining import said
from tests.web.test_order import days_ago, treated


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_PRESETS", "FRQ-A")
    excerpts.forget()


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def decided(town: Client, case: str, **more: str) -> None:
    ((where, _),) = links(html(town, f"/order/{case}/"), f"/files/{case}/record/extra_test/")
    said(town, where, **{"reason": "sign", "text": "邻居反映夜间有人聚集。", "checked": "1", **more})


def test_without_a_decision_and_its_reason_no_extra_test_is_recorded(town: Client, now: datetime) -> None:
    case, _ = treated(now)
    where = f"/files/{case}/record/urine_test/?occasion=extra"
    form = {**form_of(town, where), "occasion": "extra", "outcome": "taken", "result": "negative"}
    refused = town.post(where, form)
    assert refused.status_code == 422
    assert "加测要先登记加测决定和理由" in text(refused.content.decode())
    where = f"/files/{case}/record/extra_test/"
    lacking = town.post(where, {**form_of(town, where), "for_day": TODAY.isoformat()})
    assert "请填写理由" in text(lacking.content.decode())
    decided(town, case)
    assert town.post(f"/files/{case}/record/urine_test/", form).status_code == 302


def test_both_pages_show_drawn_and_extra_side_by_side_with_the_reason_and_an_office(
    town: Client, now: datetime
) -> None:
    case, (test,) = treated(now, ("urine_test", days_ago(290), {"outcome": "taken", "result": "negative"}))
    decided(town, case)
    view = file_view(test.file)
    assert view is not None
    given = personal.give_access(view)
    mine = enter(given.username, given.password)
    office = tree().get(TOWN)
    assert office is not None
    for page in (html(town, f"/order/{case}/"), html(mine, "/mine/counts/"), html(mine, "/mine/")):
        words = text(page)
        assert "按频次到今天 10 次，已检 1 次" in words
        assert "加测：决定 1 次，已检 0 次" in words
        assert "出现需要核实的情况" in words
        assert "邻居反映夜间有人聚集。" in words
        assert office.name in words
    for page in (html(mine, "/mine/counts/"), html(mine, "/mine/")):
        assert "town-1" not in page
    mine.cookies["guitu_view"] = "en.normal.normal.normal"
    assert "Extra: 1 asked for, 0 tested" in text(html(mine, "/mine/counts/"))


def test_an_extra_test_leaves_the_drawn_one_to_be_done(town: Client, now: datetime) -> None:
    case, _ = treated(now)
    before = text(html(town, f"/order/{case}/"))
    decided(town, case)
    ((where, _),) = links(html(town, f"/order/{case}/"), f"/files/{case}/record/urine_test/?occasion=extra")
    said(town, where, outcome="taken", result="negative", tester_1="甲", tester_2="乙", checked="1")
    words = text(html(town, f"/order/{case}/"))
    assert "已检 0 次" in before
    assert "按频次到今天 10 次，已检 0 次" in words
    assert "加测：决定 1 次，已检 1 次" in words
    assert "定期检测" in text(html(town, f"/files/{case}/duties/"))


def test_more_extra_tests_than_the_preset_asks_for_is_said(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = treated(now)
    for _ in range(10):
        decided(town, case)
    assert "加测已经比定期检测多" not in text(html(town, f"/order/{case}/"))
    decided(town, case)
    assert "加测已经比定期检测多" in text(html(town, f"/order/{case}/"))


def test_a_drawn_test_that_was_evaded_is_none_that_was_taken(town: Client, now: datetime) -> None:
    case, _ = treated(now, ("urine_test", days_ago(290), {"outcome": "evaded"}))
    assert "按频次到今天 10 次，已检 0 次" in text(html(town, f"/order/{case}/"))
