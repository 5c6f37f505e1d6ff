"""Boards of a centre that are kept while nothing happens in it: never an old one, never another's, and every
look is in the log."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guitu.access import house
from guitu.store import excerpts, gate, unitfiles, units
from guitu.store.readings import database
from guitu.store.units import NewUnit
from guitu.web import kept
from tests.store.writing import CENTRE, Pen
from tests.web.desk import TODAY, html, main, signed_in
from tests.web.recording import hidden
from tests.web.test_gate import BRIGADE, came, case_of

BOARDS = ("/gate/", "/wards/", "/zones/", "/assessments/", "/way-out/", "/safety/")
NOT_THERE = "王新来"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object, now: datetime) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()
    kept.forget()
    came(now, name="王甲")


@pytest.fixture
def head() -> Client:
    return signed_in("head-1", "centre_head", CENTRE, name="叶所长")


@pytest.mark.parametrize("address", BOARDS)
def test_a_board_that_nobody_has_changed_is_not_worked_out_again(head: Client, address: str) -> None:
    first = html(head, address)
    excerpts.forget()  # made anew it would read entries
    with CaptureQueriesContext(connection) as queries:
        again = html(head, address)
    assert not [q["sql"] for q in queries.captured_queries if ".body" in q["sql"] or " body" in q["sql"]]
    assert main(again) == main(first)


@pytest.mark.parametrize("address", ["/gate/", "/wards/"])
def test_who_came_since_is_on_the_board(head: Client, now: datetime, address: str) -> None:
    before = html(head, address)
    came(now, 2, name=NOT_THERE)
    after = html(head, address)
    assert NOT_THERE not in before
    assert NOT_THERE in after


def test_a_new_room_is_on_the_board(head: Client, now: datetime) -> None:
    before = html(head, "/wards/")
    _room("临时房", now)
    after = html(head, f"/wards/?unit={BRIGADE}")
    assert "临时房" not in before
    assert "临时房" in after


def _room(name: str, now: datetime) -> None:
    for kind, more in (("ward", {"sex": "male", "purpose": "ordinary"}), ("room", {"room": name, "beds": 1})):
        entry = unitfiles.new_entry(BRIGADE, kind, TODAY.replace(day=1), {"ward": "新区", **more}, now=now)
        gate.record_many([entry], actor=house(), now=now)


def test_who_is_sent_here_from_elsewhere_is_on_the_board(head: Client, now: datetime) -> None:
    units.add([NewUnit("46G09", "示范第九公安强制隔离戒毒所", "police_centre", "46")])
    pen = Pen(7, author="police-1", unit="46G09")
    gate.record_many(
        [
            pen.person(name=NOT_THERE),
            pen.entry("order", "2026-07-01", measure="compulsory_isolation"),
            pen.entry("served", "2026-07-01"),
            pen.entry("responsible_unit", "2026-07-02", unit="46G09"),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    before = html(head, "/gate/")
    sent = pen.entry("handover_sent", TODAY.isoformat(), to_unit=CENTRE)
    gate.record_many([sent], actor=house(), now=now)
    after = html(head, "/gate/")
    assert NOT_THERE not in before
    assert NOT_THERE in after


def test_a_kept_board_is_nobody_elses(head: Client) -> None:
    html(head, "/wards/")
    officer = signed_in("officer-2", "brigade_officer", BRIGADE, name="别人")
    theirs = html(officer, "/wards/")
    assert "别人" in theirs
    assert "叶所长" not in theirs


def test_every_look_at_a_kept_board_is_in_the_log(head: Client) -> None:
    def looked() -> int:
        return int(database.rows("SELECT count(*) FROM store_reading WHERE what = 'list'")[0][0])

    html(head, "/wards/")
    before = looked()
    html(head, "/wards/")
    html(head, "/wards/")
    assert looked() == before + 2


def test_a_kept_board_has_the_form_token_of_who_asks(head: Client) -> None:
    html(head, "/wards/")
    again = html(head, "/wards/")
    assert kept.MARK not in again
    assert kept.MADE not in again


CARE = {
    "state": "active", "named_staff": "林医生", "about": "癫痫史", "watch": "抽搐", "steps": "侧卧",
    "review_on": TODAY,
}  # fmt: skip


def test_a_kept_form_has_another_id_each_time_and_both_are_taken(head: Client, now: datetime) -> None:
    address = f"/wards/{case_of(came(now, 3, name='王丙'))}/"
    pages = [html(head, address) for _ in range(3)]
    ids = [hidden(page, "id") for page in pages]
    assert len(set(ids)) == 3
    assert all(UUID(one).version == 7 for one in ids)
    bare = [re.sub(r'value="[A-Za-z0-9]{64}"', "", main(page)) for page in pages]  # without form tokens
    assert bare[1].replace(ids[1], ids[2]) == bare[2], "the second was kept for the third"


def test_today_tells_of_a_plan_of_care_that_was_made_since(now: datetime) -> None:
    doctor = signed_in("doctor-1", "doctor", CENTRE, name="林医生")
    pen = came(now, 4, name="王丁")
    assert "照护计划" not in html(doctor, "/")
    gate.record_many([pen.entry("care_plan", TODAY.isoformat(), **CARE)], actor=house(), now=now)
    assert "有 1 份照护计划" in html(doctor, "/")
    assert "有 1 份照护计划" in html(doctor, "/")
