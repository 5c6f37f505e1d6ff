"""Today: counts that are the lists behind them, at every level, under every filter, on every page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guitu.access import house
from guitu.store import engine, gate, read
from guitu.store.units import UnknownUnit, tree
from tests.store.writing import CLERK, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen

LAST = date(2026, 11, 23) + timedelta(days=7)


@pytest.fixture
def busy(places: object, now: datetime) -> None:
    """Sixty people ordered to report between three weeks ago and yesterday, in three villages."""
    villages = (VILLAGE, OTHER_VILLAGE, WEST_VILLAGE)
    files = []
    for number in range(60):
        pen = Pen(number + 1)
        served = date(2026, 11, 1) + timedelta(days=number % 21)
        files.append(
            pen.on_community_treatment(name=f"赵{number}", unit=villages[number % 3], served=str(served))
        )
        if number % 5 == 0:
            files.append([pen.entry("reporting_in", str(served + timedelta(days=1)))])
    gate.record_many(chain.from_iterable(files), actor=house(), now=now)


def everything(unit: str, day: date, **filters: object) -> list[read.DutyLine]:
    """All pages, one after another."""
    first = read.today(unit, day, size=7, **filters)  # type: ignore[arg-type]
    found = list(first.rows)
    for page in range(2, first.pages + 1):
        found += read.today(unit, day, size=7, page=page, **filters).rows  # type: ignore[arg-type]
    assert len(found) == first.total
    return found


@pytest.mark.parametrize("unit", ["46", "469023", TOWN, VILLAGE, WEST_VILLAGE])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"duty": "report_in"},
        {"duty": "sign_agreement"},
        {"worker": "李专干"},
        {"worker": "李专干", "duty": "report_in"},
    ],
    ids=str,
)
def test_counts_equal_the_lists_behind_them(
    busy: None, today: date, unit: str, filters: dict[str, str]
) -> None:
    page = read.today(unit, today, **filters)  # type: ignore[arg-type]
    assert page.total == sum(page.counts.values()) > 0
    rows = everything(unit, today, **filters)
    assert len({(r.file, r.duty) for r in rows}) == len(rows) == page.total
    assert read.total(unit, today, **filters) == page.total  # type: ignore[arg-type]
    for bucket in read.BUCKETS:
        listed = everything(unit, today, bucket=bucket, **filters)
        assert len(listed) == page.counts[bucket]
        assert read.total(unit, today, bucket=bucket, **filters) == len(listed)  # type: ignore[arg-type]
        assert {r.bucket for r in listed} <= {bucket}
    if "duty" in filters:
        assert {r.duty for r in rows} == {filters["duty"]}
    else:
        assert sum(page.duties.values()) == page.total


def test_late_comes_first_then_today_then_the_week_and_inside_by_day(busy: None, today: date) -> None:
    rows = everything("46", today)
    order = [read.BUCKETS.index(r.bucket) for r in rows]
    assert order == sorted(order)
    for bucket in ("late", "week"):
        days = [r.due for r in rows if r.bucket == bucket]
        assert days == sorted(d for d in days if d is not None)
    assert all(r.days is not None and r.days < 0 for r in rows if r.bucket == "late")
    assert all(r.due is not None and r.due <= LAST for r in rows if r.bucket == "week")


def test_what_is_due_promptly_stands_with_today_after_what_has_a_day(busy: None, today: date) -> None:
    rows = [r for r in everything("46", today) if r.bucket == "today"]
    assert {r.duty for r in rows if r.due is None} == {"sign_agreement"}
    without_a_day = [r.due is None for r in rows]
    assert without_a_day == sorted(without_a_day)
    assert {r.days for r in rows if r.due is None} == {None}


def test_a_page_past_the_end_is_the_last_one(busy: None, today: date) -> None:
    page = read.today("46", today, size=7, page=999)
    assert page.page == page.pages
    assert page.rows


def test_a_unit_without_duties_has_an_empty_page(busy: None, today: date) -> None:
    page = read.today("469024", today)
    assert (page.total, page.rows, page.pages, page.counts) == (0, (), 1, {"late": 0, "today": 0, "week": 0})


def test_an_unknown_unit_is_a_sentence_that_names_the_nearest(busy: None, today: date) -> None:
    with pytest.raises(UnknownUnit) as caught:
        read.today("46J0102", today)
    assert "46J0101" in caught.value.say("zh")


def test_a_line_says_enough_to_act_on(places: object, now: datetime, today: date) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(name="欧阳丽", served="2026-11-05"), actor=CLERK, now=now)
    (line,) = read.today(VILLAGE, today).rows
    assert (line.name, line.sex, line.duty, line.owed_by, line.record) == (
        "欧阳丽",
        "male",
        "report_in",
        "person",
        "reporting_in",
    )
    assert (line.due, line.days, line.bucket) == (date(2026, 11, 20), -3, "late")
    assert line.file == pen.file
    assert line.unit_name == "东坡村"
    assert line.measure is not None
    assert line.label.zh
    assert line.cites[0] == "戒毒条例#14"


def test_today_and_the_units_above_count_the_same(busy: None, today: date) -> None:
    view = read.unit_view("469023", today)
    counted = read.today("469023", today)
    assert view.here.overdue == counted.counts["late"] == sum(x.overdue for x in view.below)
    assert view.here.people == sum(x.people for x in view.below) == 60
    assert [u.code for u in view.above] == ["46", "469023"]
    assert view.measures == {"community_treatment": 60}
    assert [x.unit.code for x in read.unit_lines(None, today)] == ["46"]


def test_the_page_asks_a_few_questions_however_long_the_list(
    busy: None, today: date, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        read.today("46", today, size=50)


def test_every_page_is_the_same_however_the_list_is_walked(
    busy: None, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows passed over one by one, or days counted off first."""
    for unit in ("46", TOWN, VILLAGE):
        walked = everything(unit, today)
        monkeypatch.setattr(import_module("guitu.store.read.today"), "DEEP", 0)
        assert everything(unit, today) == walked
        monkeypatch.undo()


def test_the_figures_beside_the_list_are_those_of_their_own_lists(busy: None, today: date) -> None:
    page = read.today("469023", today, me="李专干")
    assert page.mine == read.today("469023", today, worker="李专干").total > 0
    assert page.below
    for no, n in page.below.items():
        assert read.today(tree().by_no[no].code, today).total == n
    only = read.today("469023", today, duty="report_in")
    for no, n in only.below.items():
        assert read.today(tree().by_no[no].code, today, duty="report_in").total == n


def test_a_province_is_counted_along_the_indexes_made_for_it(places: object, now: datetime) -> None:
    if connection.vendor != "sqlite":  # PostgreSQL reads tables this small as a whole
        return
    entries = [e for n in range(1, 700) for e in Pen(n).on_community_treatment(served="2026-11-20")]
    gate.record_many(entries, actor=house(), now=now)
    with CaptureQueriesContext(connection) as asked:
        read.today("46", date(2026, 11, 23), me="李专干")
    (sql,) = (one["sql"] for one in asked if "done_n" in one["sql"])
    plan = " ".join(row[-1] for row in engine.rows("EXPLAIN QUERY PLAN " + sql))
    for index in ("duty_worker", "status_rights_at1", "status_done"):
        assert f"INDEX {index} " in plan
