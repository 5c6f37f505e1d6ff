"""Complaints: where they go, who can open them, and that the unit complained of finds nothing."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.test import Client

from guitu.store import complaints
from guitu.store.units import NewUnit
from tests.store.writing import TOWN
from tests.web.desk import html, signed_in
from tests.web.own import Own, own_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setenv("GUITU_TODAY", today.isoformat())


@pytest.fixture
def own(places: tuple[NewUnit, ...], now: datetime) -> Own:
    return own_of(now)


# ── complaints ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def inspector(places: tuple[NewUnit, ...]) -> Client:
    return signed_in("inspector", "inspector", "46", "何检察")


@pytest.fixture
def county(places: tuple[NewUnit, ...]) -> Client:
    return signed_in("county", "county_supervisor", "469023", "林县明")


def lodged(own: Own, against: str = TOWN, **more: str) -> str:
    return own.ask("complain", against=against, text="报到那天没有人在", named="no", **more)


def test_a_complaint_reaches_the_inspector_and_the_unit_above_and_is_answered(
    own: Own, inspector: Client, county: Client
) -> None:
    lodged(own)
    found = html(inspector, "/remedies/")
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', found)
    assert href is not None
    complaint = html(inspector, href[1])
    assert "报到那天没有人在" in complaint
    assert "不愿具名" in complaint
    assert "赵一甲" not in complaint
    assert html(county, "/remedies/").count("/remedies/0") == 1
    assert county.get(href[1]).status_code == 404  # it came to the inspector
    answer = inspector.post(
        href[1], {"kind": "complaint_answer", "outcome": "upheld", "text": "已责令改正。"}
    )
    assert answer.status_code == 302
    page = own.page()
    assert "已责令改正。" in page
    assert "投诉属实，已处理" in page


def test_the_unit_complained_of_finds_nothing_anywhere(own: Own, inspector: Client) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    before = {address: html(town, address) for address in (f"/files/{own.case_no}/history/", "/")}
    lodged(own)
    apart = complaints.file_id(own.file)
    assert town.get(f"/files/{apart}/").status_code == 404
    assert town.get("/remedies/").status_code == 403
    for address in before:
        assert "投诉" not in text(html(town, address)).replace("投诉与救济", "")
    assert "报到那天" not in html(town, f"/people/{own.case_no}/requests/")
    assert all(e.kind != "complaint" for e in own.view.entries)


def test_a_supervisor_who_is_complained_of_does_not_receive_it(
    own: Own, inspector: Client, county: Client
) -> None:
    lodged(own, against="469023")
    assert "没有投诉" in html(county, "/remedies/")
    assert "/remedies/0" in html(inspector, "/remedies/")


def test_a_complaint_that_may_be_named_says_who(own: Own, inspector: Client) -> None:
    own.ask("complain", against=TOWN, text="没有人在", named="yes")
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', html(inspector, "/remedies/"))
    assert href is not None
    assert "赵一甲" in html(inspector, href[1])


def test_a_complaint_is_received_and_the_person_reads_that(own: Own, inspector: Client) -> None:
    lodged(own)
    href = re.search(r'href="(/remedies/[0-9a-f-]+/)"', html(inspector, "/remedies/"))
    assert href is not None
    assert inspector.post(href[1], {"kind": "complaint_received"}).status_code == 302
    assert "2026年11月23日已收到" in own.page()
    assert (
        inspector.post(href[1], {"kind": "complaint_answer", "outcome": "", "text": "x"}).status_code == 422
    )


def test_a_forwarded_complaint_is_waited_for_where_it_went(own: Own, county: Client) -> None:
    signed_in("province", "provincial_supervisor", "46")
    lodged(own)
    line = next(x for x in complaints.of_person(own.view.no) if x.word == "supervisor")
    assert line.receiver.code == "469023"
    answer = county.post(f"/remedies/{line.id}/", {"kind": "complaint_forwarded", "receiver": "46"})
    assert answer.status_code == 302
    lines = complaints.of_person(own.view.no)
    assert {(x.receiver.code, x.forwarded_on is not None) for x in lines if x.word == "supervisor"} == {
        ("469023", True),
        ("46", False),
    }


def test_a_complaint_handed_in_on_paper_cannot_be_opened_by_who_wrote_it_down(
    own: Own, inspector: Client
) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    answer = town.post(
        f"/people/{own.case_no}/requests/complain/",
        {"id": "", "against": TOWN, "text": "书面投诉的内容", "named": "no", "source": "paper"},
    )
    assert answer.status_code == 302
    (line,) = complaints.of_person(own.view.no)
    assert town.get(f"/remedies/{line.id}/").status_code == 403
    assert "书面投诉的内容" not in html(town, f"/people/{own.case_no}/requests/")
    shown = html(inspector, f"/remedies/{line.id}/")
    assert "书面投诉的内容" in shown
    assert "本人的书面材料" in shown


def test_the_list_of_complaints_can_be_worked_out_again(own: Own, inspector: Client) -> None:
    lodged(own)
    line = next(x for x in complaints.of_person(own.view.no) if x.word == "inspector")
    assert inspector.post(f"/remedies/{line.id}/", {"kind": "complaint_received"}).status_code == 302
    before = complaints.of_person(own.view.no)
    assert complaints.rebuild() == len(before)
    assert complaints.of_person(own.view.no) == before
