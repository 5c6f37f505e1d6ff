"""What the three levels organise, decide and check, counted from a handful of rows."""

from __future__ import annotations

from decimal import Decimal

from guitu.indicators import Period
from tests.indicators.small import COUNTY, PROVINCE, TOWN, VILLAGE, Small, day


def test_tasks_are_counted_where_they_were_decided_and_closed_ones_that_were_done() -> None:
    small = Small()
    for on, at in (("03-01", COUNTY), ("03-02", COUNTY), ("04-01", TOWN), ("2024-04-01", TOWN)):
        small.work("action_decided", on, at, about="x", text="甲", owner="y")
    small.work("action_closed", "05-01", COUNTY, to="a", outcome="done", evidence="台账")
    small.work("action_closed", "05-02", COUNTY, to="b", outcome="dropped", evidence="并入")
    assert small.value("dispatch.tasks_decided") == 3
    assert small.value("dispatch.tasks_decided", TOWN) == 1
    assert small.value("dispatch.tasks_closed") == 1


def test_groups_are_stocks_and_a_place_is_watched_by_its_last_entry() -> None:
    small = Small()
    small.work("leading_group", "2020-01-01", COUNTY, name="甲")
    small.work("leading_group", "2020-01-01", TOWN, name="乙", until=day("06-01"))
    small.work("leading_group", "07-01", VILLAGE, name="丙")
    assert small.value("organisation.leading_groups") == 2
    assert small.value("organisation.leading_groups", period=Period.year(2024)) == 2
    small.work("watch_status", "2017-04-01", COUNTY, which="national", status="listed")
    small.work("watch_status", "2018-12-01", COUNTY, which="national", status="removed")
    small.work("watch_status", "2019-01-01", COUNTY, which="province", status="listed")
    small.work("watch_status", "02-01", TOWN, which="county", status="listed")
    assert small.value("organisation.watched_places") == 2
    assert small.value("organisation.watched_places", period=Period.year(2017)) == 1
    assert small.value("organisation.watched_places", period=Period.day(day("2018-12-31"))) == 0


def test_models_named_and_withdrawn_are_events_of_the_period() -> None:
    small = Small()
    for on, outcome in (
        ("03-01", "visited"),
        ("04-01", "granted"),
        ("05-01", "granted"),
        ("09-01", "withdrawn"),
    ):
        small.work("model_judged", on, TOWN, programme="p", place="甲", outcome=outcome)
    assert small.value("organisation.models_named", PROVINCE) == 2
    assert small.value("organisation.models_withdrawn") == 1


def test_sheets_of_any_sort_are_counted_and_those_against_infection_stay_apart() -> None:
    small = Small()
    small.work("checklist_filled", "03-01", TOWN, checklist="a", name="甲", period=day("03-01"), asked=4,
               done=3, use="community")  # fmt: skip
    small.work(
        "checklist_filled", "03-02", TOWN, checklist="b", name="乙", period=day("03-02"), asked=6, done=6
    )
    small.work("checklist_filled", "03-03", TOWN, checklist="b", name="乙", period=day("03-03"), asked=4,
               done=3, use="epidemic")  # fmt: skip
    assert small.value("checklists.filled") == 3
    assert small.value("checklists.done_rate") == Decimal("85.71")
    assert small.value("epidemic.checklist_done") == Decimal("90.00")
