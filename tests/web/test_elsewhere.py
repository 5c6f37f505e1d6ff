"""Who need not be with the brigade when its roll is called, because the day's records say where they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import excerpts, unitfiles
from guitu.store.read import PersonLine
from tests.store.writing import CENTRE
from tests.web.brigade import BRIGADE, call, named, of, of_unit, peopled, planned, record
from tests.web.desk import html, text
from tests.web.recording import signed_in

DAY = f"/daily/{BRIGADE}/"
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())
    excerpts.forget()


@pytest.fixture
def lines(now: datetime) -> tuple[PersonLine, ...]:
    return peopled(now)


@pytest.fixture
def officer(lines: object) -> Client:
    return signed_in("brigade", "brigade_officer", BRIGADE)


def opened(kind: str, on: str, code: str, now: datetime, /, **fields: Any) -> Entry:
    """Something that stands in a unit's own file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="teacher")
    unitfiles.record(entry, actor=house(), now=now)
    return entry


@pytest.fixture
def busy(lines: tuple[PersonLine, ...], now: datetime) -> Entry:
    """A morning: one isolated, one with a visitor, one in class, one able to work; the fifth on the unit. The
    class."""
    planned(now)
    opened("ward", "2026-01-02", BRIGADE, now, ward="隔离区", sex="male", purpose="isolation")
    opened("room", "2026-01-02", BRIGADE, now, ward="隔离区", room="101", beds=2)
    place = {"unit": BRIGADE, "ward": "隔离区", "room": "101", "bed": 1, "head_reason": "发热观察"}
    record("bed_placed", named(lines, "李建国"), "2026-11-20", why="illness", **place)
    visit = {"on": MONDAY, "at": "09:00", "visitor": "某某", "relation": "parent"}
    record("visit_booked", named(lines, "陈红"), "2026-11-20", **visit)
    first = date(2026, 11, 2)
    course = opened("course", "2026-11-02", CENTRE, now, title="法律二班", sort="law", first=first)
    opened(
        "course_slot", "2026-11-02", CENTRE, now, course_id=str(course.id), weekday="mon", starts="08:30",
        ends="10:00", room="二教室", since=first,
    )  # fmt: skip
    for name in ("王小明", "陈红"):
        record("course_enrolled", named(lines, name), "2026-11-03", sort="law", course_id=str(course.id))
    record("work_fitness", named(lines, "赵一"), "2026-11-01", fit="full")
    return course


def test_who_has_a_visitor_is_in_class_at_work_or_isolated_is_counted_as_elsewhere(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry
) -> None:
    shown = text(html(officer, f"{DAY}roll/?at=09:00"))
    assert "已登记外出 0 人，在所内别处 4 人" in shown
    lesson = "上课 法律二班，二教室，到 10:00"
    for where in ("隔离病区 隔离区", "会见 09:00", lesson, "劳动（缝纫），到 11:30"):
        assert where in shown
    assert call(officer, lines, at="09:00").status_code == 302
    (entry,) = of_unit("roll_call")
    assert [entry.get(n) for n in ("people", "present", "elsewhere", "out", "missing")] == [5, 1, 4, 0, 0]
    assert [of(line, "roll_exception") for line in lines] == [[]] * 5, "nothing new is said of anybody"


def test_once_class_and_visit_are_over_everybody_is_with_the_brigade_again(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry
) -> None:
    red = named(lines, "陈红")
    record("visit", red, "2026-11-23", visitor="某某", relation="parent", outcome="not_come")
    assert "会见 09:00" not in text(html(officer, f"{DAY}roll/?at=09:00"))
    assert "在所内别处 1 人" in text(html(officer, f"{DAY}roll/?at=17:30"))


def test_who_missed_the_class_is_expected_at_the_roll(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry
) -> None:
    absent = {"course_id": str(busy.id), "starts": "08:30", "why": "ill", "sort": "law"}
    record("class_absence", named(lines, "王小明"), "2026-11-23", **absent)
    assert "在所内别处 3 人" in text(html(officer, f"{DAY}roll/?at=09:00"))


def test_who_is_there_after_all_is_marked_here_and_nothing_is_noted(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry
) -> None:
    assert call(officer, lines, "ch6 ljg5", at="09:00").status_code == 302
    (entry,) = of_unit("roll_call")
    assert [entry.get(n) for n in ("present", "elsewhere", "missing")] == [2, 2, 1]
    assert of(named(lines, "陈红"), "roll_exception") == []


def test_a_roll_called_at_work_finds_the_workers_there(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry
) -> None:
    assert "place=work" in html(officer, DAY)
    page = html(officer, f"{DAY}roll/?at=09:00&place=work")
    assert "在所内别处 3 人" in text(page)
    assert call(officer, lines, at="09:00", place="work").status_code == 302
    assert of_unit("roll_call")[0].get("present") == 2


def test_the_day_lists_what_the_centre_planned_for_the_brigade(
    officer: Client, lines: tuple[PersonLine, ...], busy: Entry, now: datetime
) -> None:
    opened(
        "training_session", "2026-11-23", CENTRE, now, group=BRIGADE, starts="15:00", minutes=40,
        expected=4, present=3, excused=1, unexcused=0,
    )  # fmt: skip
    shown = text(html(officer, DAY))
    plan = shown[shown.index("全所安排里的本大队") :]
    assert "08:30–10:00 法律二班" in plan
    assert "二教室" in plan
    assert "2 人：王小明、陈红" in plan or "2 人：陈红、王小明" in plan
    assert "15:00–15:40" in plan
    assert "已训练，实到 3/4" in plan
    assert "会见" in plan
    assert "已约" in plan
