"""What education and training centres work out: weeks that clash, places on a list, heart rates, fitness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.centre import classes, exercise, fitness, times
from guitu.centre.classes import Course, Slot
from guitu.kernel.errors import DeclarationError
from guitu.kernel.zone import CHINA

FILE = UUID(int=7)
START = datetime(2026, 11, 1, 9, 0, tzinfo=CHINA)
ONE, TWO = (Course(UUID(int=n), title, "law", date(2026, 11, 2)) for n, title in ((1, "电工"), (2, "焊工")))
KNOWN = {ONE.id: ONE, TWO.id: TWO}


def entry(n: int, kind: str, on: str, /, **fields: Any) -> Entry:
    return Entry(
        id=UUID(int=1000 + n),
        file=FILE,
        kind=kind,
        happened_on=date.fromisoformat(on),
        recorded_at=START + timedelta(minutes=n),
        fields=fields,
    )


def slot(course: Course, starts: str, ends: str, **more: Any) -> Slot:
    at = [times.minutes_of(text) for text in (starts, ends)]
    made = Slot(UUID(int=50), course.id, 0, at[0] or 0, at[1] or 0, date(2026, 11, 2))
    return replace(made, **more)


OTHER = slot(ONE, "08:30", "10:10", id=UUID(int=51), room="一教室", teacher="周")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (slot(TWO, "10:10", "11:00", room="一教室"), ""),  # one begins as the other ends
        (slot(TWO, "10:09", "11:00", room="一教室"), "一教室 08:30–10:10 已安排"),
        (slot(TWO, "08:00", "12:00", room=" 一教室 "), "一教室"),
        (slot(TWO, "08:30", "10:10", teacher="周"), "周 08:30–10:10 要上"),
        (slot(TWO, "08:30", "10:10"), ""),
        (slot(TWO, "08:30", "10:10", room="一教室", weekday=1), ""),
        (slot(ONE, "09:00", "09:30"), "这个班 08:30–10:10 已有课"),
        (slot(TWO, "08:30", "10:10", room="一教室", last=date(2026, 11, 1)), ""),
        (slot(TWO, "08:30", "10:10", room="一教室", first=date(2026, 12, 1)), "一教室"),
    ],
)
def test_what_clashes_is_said_and_what_does_not_is_not(new: Slot, words: str) -> None:
    told = "；".join(label.zh for label in classes.clashes(new, [OTHER], KNOWN))
    assert words in told
    assert bool(told) == bool(words)


def test_two_spans_that_share_no_monday_do_not_clash() -> None:
    ended = replace(OTHER, last=date(2026, 11, 15))  # a Sunday
    later = slot(TWO, "08:30", "10:10", room="一教室", first=date(2026, 11, 10))
    assert classes.clashes(later, [ended], KNOWN) == ()
    assert classes.clashes(replace(later, first=date(2026, 11, 9)), [ended], KNOWN) != ()


def test_people_on_both_lists_clash() -> None:
    (told,) = classes.clashes(slot(TWO, "09:00", "10:00"), [OTHER], KNOWN, {ONE.id: 3})
    assert told.zh == "本班 3 人 08:30–10:10 在“电工”上课"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("8:30", 510), ("0830", 510), ("８：３０", 510), ("24:00", None), ("8", None), ("", None)],
)
def test_times_are_read_as_they_are_typed(typed: str, minutes: int | None) -> None:
    assert times.minutes_of(typed) == minutes


def test_a_corrected_class_keeps_the_id_that_others_name_it_by() -> None:
    first = entry(1, "course", "2026-11-01", title="电工", sort="vocational", first=date(2026, 11, 2))
    better = replace(
        entry(2, "course", "2026-11-01", title="电工（初级）", sort="vocational", first=date(2026, 11, 2)),
        corrects=first.id,
    )
    week = entry(
        3, "course_slot", "2026-11-01", course_id=str(first.id), weekday="tue", starts="08:30", ends="10:10"
    )
    known = classes.courses([first, better, week])
    assert [c.title for c in known.values()] == ["电工（初级）"]
    (found,) = classes.slots([first, better, week], known)
    assert (found.course, found.weekday, found.minutes, found.first) == (first.id, 1, 100, date(2026, 11, 2))
    assert not found.on(date(2026, 11, 2))
    assert found.on(date(2026, 11, 3))


def test_a_place_on_a_list_ends_with_leaving_and_may_begin_again() -> None:
    told = [
        entry(1, "course_enrolled", "2026-11-02", course_id=str(ONE.id), sort="law"),
        entry(2, "course_left", "2026-11-10", course_id=str(ONE.id), sort="law", why="health"),
        entry(3, "course_enrolled", "2026-11-20", course_id=str(ONE.id), sort="law"),
    ]
    first, second = classes.places(told)
    assert [first.on(date(2026, 11, d)) for d in (1, 2, 10, 11)] == [False, True, True, False]
    assert second.on(date(2026, 11, 20))
    assert classes.places([entry(4, "training_enrolled", "2026-01-01", course="vocational")]) == ()


@pytest.mark.parametrize(
    ("formula", "age", "rate"), [("fox", 40, 180), ("tanaka", 40, 180), ("tanaka", 25, 191), ("fox", 50, 170)]
)
def test_the_highest_heart_rate_is_as_the_formula_says(formula: str, age: int, rate: int) -> None:
    assert exercise.highest_rate(formula, age) == rate


def test_the_target_is_karvonens_worked_example() -> None:
    """50 years, 65 at rest, three quarters of the reserve: 65 + 0.75 × (170 − 65) = 143.75, about 144."""
    assert exercise.target(65, exercise.highest_rate("fox", 50), 50, 75) == exercise.Target(118, 144, 170)


def test_a_doctors_limit_cuts_the_target_and_never_lifts_it() -> None:
    assert exercise.target(70, 180, 40, 60, 130) == exercise.Target(114, 130, 180, capped=True)
    assert exercise.target(70, 180, 40, 60, 110) == exercise.Target(110, 110, 180, capped=True)
    assert exercise.target(70, 180, 40, 60, 190) == exercise.target(70, 180, 40, 60)


@pytest.mark.parametrize(
    "wrong", [(180, 170, 40, 60), (70, 180, 60, 40), (70, 180, 10, 60), (70, 180, 40, 95)]
)
def test_what_gives_no_target_is_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        exercise.target(*wrong)
    with pytest.raises(ValueError, match="no reserve"):
        exercise.target(180, 180, 40, 60)
    with pytest.raises(ValueError, match="the limit"):
        exercise.target(70, 180, 40, 60, 70)


GIVEN = entry(1, "training_clearance", "2026-11-01", conclusion="cleared", until=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("on", "holds"),
    [("2026-10-31", False), ("2026-11-01", True), ("2026-12-01", True), ("2026-12-02", False)],
)
def test_a_clearance_holds_from_its_day_to_its_last(on: str, holds: bool) -> None:
    day = date.fromisoformat(on)
    found = exercise.clearance([GIVEN], day)
    assert (found is not None and found.holds(day)) == holds
    assert exercise.may_prescribe([GIVEN], day).allowed == holds


def test_a_stop_ends_it_on_the_day_until_the_doctor_examines_anew() -> None:
    stop = entry(2, "training_exception", "2026-11-10", what="stopped")
    again = entry(3, "training_clearance", "2026-11-10", conclusion="cleared", until=date(2027, 1, 1))
    on = date(2026, 11, 10)
    assert exercise.may_prescribe([GIVEN, stop], date(2026, 11, 9)).allowed
    assert not exercise.may_prescribe([GIVEN, stop], on).allowed
    assert exercise.may_prescribe([GIVEN, stop, again], on).allowed
    told = ((on, START + timedelta(minutes=9)),)  # a sign of which no more is known
    assert not exercise.may_prescribe([GIVEN], on, stops=told).allowed
    assert exercise.may_prescribe(
        [GIVEN, replace(again, recorded_at=START + timedelta(minutes=20))], on, stops=told
    ).allowed


def test_a_prescription_is_in_force_only_while_the_clearance_holds() -> None:
    written = entry(2, "exercise_prescription", "2026-11-02", form="walking", low=110, high=128)
    assert exercise.prescription([GIVEN, written], date(2026, 11, 20)) == written
    assert exercise.prescription([GIVEN, written], date(2026, 12, 2)) is None
    assert exercise.prescription([written], date(2026, 11, 20)) is None
    limited = entry(
        3, "training_clearance", "2026-11-15", conclusion="limited", until=date(2027, 1, 1), highest=120
    )
    assert (
        exercise.prescription([GIVEN, written, limited], date(2026, 11, 20)) is None
    )  # 128 is over the limit now
    assert (
        "128 超过医生定的 120" in exercise.may_prescribe([GIVEN, limited], date(2026, 11, 20), 128).reason.zh
    )


def test_results_come_back_as_they_were_typed() -> None:
    battery = fitness.own()[0]
    read = fitness.read_typed(
        battery, {"grip": "38.50", "height": "１７０", "reaction": "0.45", "push_ups": ""}
    )
    assert read.faults.keys() == {"grip"}  # one place, as the battery says
    read = fitness.read_typed(battery, {"grip": "38.5", "height": "１７０", "reaction": "0.45"})
    assert fitness.values_of(fitness.kept(battery, read.values)) == read.values
    assert fitness.kept(battery, read.values) == "height=170\ngrip=38.5\nreaction=0.45"


@pytest.mark.parametrize(
    ("weight", "band"),
    [("53.4", "体重过低"), ("53.5", "正常"), ("69.3", "正常"), ("69.4", "超重"), ("81", "肥胖")],
)
def test_the_body_mass_index_is_named_as_published(weight: str, band: str) -> None:
    (bmi,) = fitness.own()[0].derived
    found = bmi.band({"weight": Decimal(weight), "height": Decimal(170)})
    assert found is not None
    assert found.zh == band


def test_the_step_index_is_seconds_by_hundred_over_twice_the_pulses() -> None:
    assert fitness.step_index(180, (60, 55, 50)) == Decimal("54.5")
    with pytest.raises(ValueError, match="nothing"):
        fitness.step_index(0, (60, 55, 50))


@pytest.mark.parametrize(
    ("better", "first", "last", "word"),
    [
        ("more", 30, 35, "好转"),
        ("less", 80, 70, "好转"),
        ("less", 70, 80, "变差"),
        ("none", 60, 65, "有变化"),
        ("more", 5, 5, "不变"),
    ],
)
def test_which_way_is_better_stands_in_the_battery(
    better: fitness.Better, first: int, last: int, word: str
) -> None:
    assert fitness.direction(better, Decimal(first), Decimal(last)).zh == word


@pytest.mark.parametrize("broken", [{}, None, {"name": "a", "version": 1, "itmes": []}])
def test_a_battery_that_is_not_written_rightly_says_so(broken: Any) -> None:
    with pytest.raises(DeclarationError):
        fitness.read_battery(broken, "own.yaml")


def test_no_battery_of_the_house_gives_marks() -> None:
    for battery in fitness.own():
        assert "评分" not in battery.label.zh
        assert len({item.name for item in battery.items}) == len(battery.items) >= 8
