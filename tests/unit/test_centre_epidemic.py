"""Observation, supplies, checklists and imported cases, worked out from entries alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.centre import imported, observation, supplies
from guitu.compose import kinds
from guitu.kernel.zone import CHINA
from guitu.levels import checklists

FILE = UUID(int=1)
ON = date(2026, 11, 23)


def entry(n: int, kind: str, on: date, corrects: int = 0, **fields: Value) -> Entry:
    assert kind == "void" or kinds()[kind].faults(fields) == []
    return Entry(
        id=UUID(int=n), file=FILE, kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 8, tzinfo=CHINA) + timedelta(minutes=n),
        author="lin", unit="46J01", fields=fields, corrects=UUID(int=corrects) if corrects else None,
        reason="错" if corrects else "",
    )  # fmt: skip


def back(days: int) -> date:
    return ON - timedelta(days=days)


def begun(n: int, days: int, until: int) -> Entry:
    return entry(n, "health_observation", back(days), ground="arrival", place="观察区", until=back(until),
                 told="yes", reason="新收")  # fmt: skip


def check(n: int, days: int, advice: str = "go_on") -> Entry:
    return entry(n, "observation_check", back(days), symptoms="no", advice=advice, temperature="36.6")


def test_an_observation_is_late_only_past_the_day_that_was_written_down() -> None:
    on_its_day = observation.running((begun(1, 6, 0),))
    assert on_its_day is not None
    assert (on_its_day.day(ON), on_its_day.over(ON)) == (7, 0)
    past = observation.running((begun(1, 7, 1),))
    assert past is not None
    assert past.over(ON) == 1


def test_recorded_again_it_goes_on_with_a_new_day_and_the_old_beginning() -> None:
    (one,) = observation.observations((begun(1, 9, 3), check(2, 4), begun(3, 3, -2), check(4, 0, "may_end")))
    assert (one.began, one.until, one.renewed) == (back(9), back(-2), 1)
    assert [c.happened_on for c in one.checks] == [back(4), ON]
    assert one.advice == "may_end"
    assert one.checked(back(1)) is None


def test_after_its_end_another_one_begins_anew_and_stray_checks_belong_to_none() -> None:
    ended = entry(3, "health_observation_end", back(10), outcome="back")
    later, first = observation.observations((begun(1, 16, 10), ended, check(4, 8), begun(5, 2, -3)))
    assert (first.ended, first.outcome, first.checks) == (back(10), "back", ())
    assert later.running
    assert observation.running((begun(1, 16, 10), ended)) is None


def test_who_came_in_without_a_screening_since_is_told_and_nobody_else() -> None:
    came = entry(1, "transfer", back(3), place="justice_centre")
    screened = entry(2, "entry_screening", back(2), occasion="arrival", symptoms="no", outcome="inside")
    returned = entry(3, "home_leave_back", back(1), outcome="in_time")
    since = back(14)
    assert observation.unscreened((came,), since, ON) == came
    assert observation.unscreened((came, screened), since, ON) is None
    assert observation.unscreened((came, screened, returned), since, ON) == returned
    stayed = entry(5, "home_leave_back", back(1), outcome="not_gone")
    assert observation.unscreened((came, screened, stayed), since, ON) is None
    long_ago = entry(4, "transfer", back(15), place="justice_centre")
    assert observation.unscreened((long_ago,), since, ON) is None


def supply(n: int = 1, corrects: int = 0, **more: Value) -> Entry:
    return entry(n, "epidemic_supply", back(60), corrects, name="口罩", measure="只", **more)


def moved(n: int, days: int, way: str, amount: str) -> Entry:
    return entry(n, "supply_moved", back(days), supply=str(UUID(int=1)), name="口罩", way=way, amount=amount)


def test_a_supply_lasts_what_is_in_store_divided_by_the_use_of_four_weeks() -> None:
    moves = (moved(2, 40, "count", "1000"), moved(3, 30, "out", "500"), moved(4, 27, "out", "100"),
             moved(5, 0, "out", "40.5"), moved(6, 1, "in", "21"))  # fmt: skip
    (one,) = supplies.supplies((supply(keep_days=77), *moves), ON)
    assert one.stock == Decimal("380.5")
    assert one.a_day == Decimal("140.5") / 28  # what went out 30 days ago is not of these four weeks
    assert one.lasts == 75
    assert one.state == "short"
    (enough,) = supplies.supplies((supply(keep_days=75), *moves), ON)
    assert enough.state == "enough"


def test_what_a_count_finds_missing_was_used_and_the_count_stands() -> None:
    (one,) = supplies.supplies((supply(), moved(2, 9, "count", "100"), moved(3, 0, "count", "60")), ON)
    assert (one.stock, one.moves[-1].missing, one.a_day) == (60, 40, 4)
    assert one.lasts == 15
    (more,) = supplies.supplies((supply(), moved(2, 9, "count", "100"), moved(3, 0, "count", "160")), ON)
    assert (more.stock, more.moves[-1].missing, more.lasts, more.state) == (160, 0, None, "enough")


def test_nothing_left_more_out_than_in_and_never_counted_are_told_apart() -> None:
    states = {
        "unknown": (),
        "out": (moved(2, 2, "in", "5"), moved(3, 1, "out", "5")),
        "below_nothing": (moved(2, 1, "out", "5"),),
    }
    for state, moves in states.items():
        (one,) = supplies.supplies((supply(), *moves), ON)
        assert one.state == state
    assert one.lasts == 0


def test_a_corrected_supply_keeps_its_movements_and_a_withdrawn_movement_does_not_count() -> None:
    gone = entry(9, "void", ON, 3)
    (one,) = supplies.supplies(
        (supply(), moved(2, 3, "in", "10"), moved(3, 2, "out", "4"), supply(8, 1, keep_days=3), gone), ON
    )
    assert (one.stock, one.keep_days) == (10, 3)


def listed(n: int = 1, corrects: int = 0, *, every: str = "day", since: int = 5, **more: Value) -> Entry:
    fields: dict[str, Value] = {"items": "甲\n 乙 \n\n乙\n丙", **more}
    return entry(n, "checklist", back(since), corrects, name="本所检查表", every=every, from_day=back(since),
                 **fields)  # fmt: skip


def filled(n: int, period: date, done: int = 3, gaps: str = "") -> Entry:
    return entry(n, "checklist_filled", period, checklist=str(UUID(int=1)), name="本所检查表", period=period,
                 asked=3, done=done, **({"gaps": gaps} if gaps else {}))  # fmt: skip


def test_items_are_the_offices_lines_and_a_day_without_a_sheet_is_a_gap() -> None:
    (one,) = checklists.checklists((listed(), filled(2, back(1), 2, "丙"), filled(3, back(4))))
    assert one.items == ("甲", "乙", "丙")
    assert one.missed(ON) == (back(2), back(3), back(5))
    assert one.owed(ON)
    assert one.sheets[0].gaps == ("丙",)


def test_a_weekly_list_counts_weeks_by_their_monday_and_ends_when_the_office_says() -> None:
    monday = date(2026, 11, 16)
    (one,) = checklists.checklists((listed(every="week", since=12), filled(2, monday)))
    assert checklists.period_of("week", date(2026, 11, 22)) == monday
    assert one.missed(ON) == (date(2026, 11, 9),)
    assert one.owed(ON)  # the 23rd is a Monday
    (over,) = checklists.checklists((listed(since=12, until=back(3)),))
    assert not over.owed(ON)
    assert over.missed(ON)[0] == back(3)


def test_changed_items_leave_earlier_sheets_as_they_were() -> None:
    (one,) = checklists.checklists((listed(), filled(2, back(1)), listed(8, 1, items="丁")))
    assert one.items == ("丁",)
    assert (one.sheets[0].asked, one.sheets[0].done) == (3, 3)


def case(n: int, found: str, origin: str, people: int = 1, days: int = 3) -> Entry:
    return entry(n, "epidemic_case", back(days), disease="流感", people=people, sort="resident", found=found,
                 origin=origin)  # fmt: skip


def test_imported_are_those_from_outside_that_were_found_only_inside() -> None:
    entries = (
        case(1, "entry", "outside", 2), case(2, "observation", "outside"), case(3, "inside", "outside", 4),
        case(4, "inside", "unknown"), case(5, "inside", "inside", 3), case(6, "inside", "outside", days=400),
    )  # fmt: skip
    found = imported.cases(entries, date(2026, 1, 1), ON)
    assert (found.imported, found.intercepted, found.inside, found.unknown) == (4, 3, 3, 1)
    assert len(found.unreported) == 5
