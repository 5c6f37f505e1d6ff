"""What a medical centre works out: rounds and doses, restraints, reports, scales, doubts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.casefile import CaseFile, Entry, Value
from guitu.centre import reporting, restraint, withdrawal
from guitu.centre.doubts import doubts
from guitu.centre.instruments.registry import instrument
from guitu.centre.instruments.scoring import AnswerFault
from guitu.centre.medication import allergic_to, dose_id, doses, prescriptions, round_now, slots, tally
from guitu.centre.settings import Settings, settings_of
from guitu.centre.times import clock_of, moment_of, words
from guitu.compose import kinds
from guitu.kernel.zone import CHINA

DAY = date(2026, 11, 23)
FILE = UUID(int=7)
RULES = Settings()


def entry(n: int, kind: str, day: date = DAY, **fields: Value) -> Entry:
    at = datetime(2026, 11, 23, 7, n % 60, tzinfo=CHINA)
    return Entry(
        id=UUID(int=n), file=FILE, kind=kind, happened_on=day, recorded_at=at, author="a", fields=fields
    )


def at(digits: int, day: date = DAY) -> datetime:
    return moment_of(day, digits)


def prescribed(n: int = 1, often: str = "twice", first: date = DAY, **more: Value) -> Entry:
    return entry(
        n,
        "prescription",
        first,
        drug="二甲双胍片",
        dose="1",
        dose_unit="片",
        route="oral",
        often=often,
        **more,
    )


def given(n: int, of: int, number: int, outcome: str = "given", day: date = DAY, time: int = 805) -> Entry:
    return entry(n, "dose", day, prescription=str(UUID(int=of)), round=number, time=time, outcome=outcome)


def states(entries: list[Entry], now: datetime, day: date = DAY) -> list[tuple[int, str]]:
    return [(s.round, s.state) for s in slots(prescriptions(entries), doses(entries), day, now, RULES)]


def test_four_digits_are_a_time_and_what_is_none_is_said_to_be_none() -> None:
    assert words(805) == "08:05"
    assert words(0) == "00:00"
    assert [clock_of(n) for n in (1475, 2400, -1, "805", True, None)] == [None] * 6


@pytest.mark.parametrize(
    ("now", "first"),
    [(659, "later"), (700, "due"), (859, "due"), (900, "late"), (2359, "late")],
)
def test_a_dose_is_due_from_an_hour_before_and_late_an_hour_after(now: int, first: str) -> None:
    assert states([prescribed()], at(now))[0] == (1, first)


def test_what_was_not_given_by_midnight_was_missed() -> None:
    tomorrow = at(1, DAY + timedelta(days=1))
    assert states([prescribed()], tomorrow) == [(1, "missed"), (3, "missed")]


def test_a_dose_given_stands_at_its_own_round_only() -> None:
    entries = [prescribed(), given(2, of=1, number=1)]
    assert states(entries, at(1000)) == [(1, "given"), (3, "later")]
    assert tally(slots(prescriptions(entries), doses(entries), DAY, at(1000), RULES)).given == 1


def test_nothing_is_due_before_the_first_day_or_after_the_last_or_when_needed() -> None:
    assert states([prescribed(first=DAY + timedelta(days=1))], at(900)) == []
    assert states([prescribed(first=DAY - timedelta(days=9), until=DAY - timedelta(days=1))], at(900)) == []
    assert states([prescribed(until=DAY)], at(800)) == [(1, "due"), (3, "later")]
    assert states([prescribed(often="needed")], at(800)) == []


def test_stopping_ends_it_from_that_day_and_a_dose_given_before_stays() -> None:
    stop = entry(3, "prescription_end", prescription=str(UUID(int=1)), why="皮疹")
    entries = [prescribed(first=DAY - timedelta(days=3)), given(2, of=1, number=1), stop]
    assert states(entries, at(1000)) == [(1, "given")]
    assert prescriptions(entries)[0].why == "皮疹"


def test_a_withdrawn_dose_is_to_be_given_again() -> None:
    wrong = given(2, of=1, number=1)
    gone = replace(entry(3, "void", reason="给错人"), corrects=wrong.id)
    counted = list(CaseFile(FILE, (prescribed(), wrong, gone)).counted())
    assert states(counted, at(830))[0] == (1, "due")


def test_a_dose_has_one_id_however_often_it_is_given() -> None:
    one = UUID(int=1)
    assert dose_id(one, DAY, 1) == dose_id(one, DAY, 1)
    others = {
        dose_id(one, DAY, 2),
        dose_id(one, DAY + timedelta(days=1), 1),
        dose_id(one, DAY, 1, 1),
        dose_id(UUID(int=2), DAY, 1),
    }
    assert dose_id(one, DAY, 1) not in others
    assert len(others) == 4
    assert dose_id(one, DAY, 1).version == 7


@pytest.mark.parametrize(("now", "number"), [(600, 1), (800, 1), (1030, 1), (1100, 2), (1730, 3), (2330, 4)])
def test_the_round_that_opens_is_the_last_one_begun(now: int, number: int) -> None:
    assert round_now(at(now), RULES) == number


def test_an_allergy_is_met_in_the_drugs_name_and_one_letter_meets_nothing() -> None:
    assert allergic_to("注射用青霉素钠", ["磺胺", "青霉素"]) == "青霉素"
    assert allergic_to("氨氯地平片", ["青霉素"]) == ""
    assert allergic_to("片", ["片"]) == ""


def asked(kind: str, counted: list[Entry] = [], **fields: Value) -> str:  # noqa: B006 - never changed
    return " ".join(label.zh for label in doubts(entry(99, kind, **fields), kinds()[kind], counted))


def test_what_is_unusual_is_asked_about_and_what_is_usual_is_not() -> None:
    assert "体温 40.1" in asked("vitals", time=805, temperature="40.1")
    assert asked("vitals", time=805, temperature="36.6", pulse=72) == ""
    assert "写反" in asked("vitals", time=805, systolic=90, diastolic=95)
    assert "不是一天中的时间" in asked("vitals", time=1475)


def test_what_is_impossible_is_refused_by_the_declaration() -> None:
    kind = kinds()["vitals"]
    assert kind.faults({"time": 805, "temperature": "46"})
    assert kind.faults({"time": 805, "oxygen": 101})
    assert not kind.faults({"time": 805, "oxygen": 88})


def test_a_prescription_warns_of_an_allergy_and_asks_where_nobody_has() -> None:
    rx = {"drug": "青霉素V钾片", "dose": "1", "dose_unit": "片", "route": "oral", "often": "three"}
    assert "已经问过本人了吗" in asked("prescription", **rx)
    known = [entry(1, "allergy", known="yes", substance="青霉素")]
    assert "过敏" in asked("prescription", known, **rx)
    assert asked("prescription", [entry(1, "allergy", known="none")], **rx) == ""


@pytest.mark.parametrize("word", ["艾滋病", "HIV 阳性", "肺结核", "乙型肝炎"])
def test_a_care_note_that_names_an_illness_is_asked_about(word: str) -> None:
    assert "病名" in asked("care_note", need="watch", say=f"注意，{word}")
    assert asked("care_note", need="watch", say="发热时立即叫医生") == ""


# ── restraint ─────────────────────────────────────────────────────────────────────────────────────


def restrained(*more: Entry) -> restraint.Episode:
    first = entry(1, "restraint", time=2210, reason="self_harm")
    return restraint.episodes([first, *more])[0]


def test_a_restraint_runs_until_its_end_and_is_timed_to_the_minute() -> None:
    one = restrained()
    assert one.running
    assert one.lasted(at(2252)) == 42
    over = restrained(entry(2, "restraint_end", time=2300, minutes=50))
    assert not over.running
    assert over.lasted(at(2359)) == 50


def test_a_restraint_over_midnight_counts_on() -> None:
    over = restrained(entry(2, "restraint_end", DAY + timedelta(days=1), time=30, minutes=140))
    assert over.lasted(at(2359)) == 140


def test_each_look_sets_its_own_clock_and_a_late_one_says_by_how_much() -> None:
    looked = entry(2, "restraint_check", time=2220, state="calm", danger="yes")
    clocks = restraint.timer(restrained(looked), at(2240), RULES)
    assert (clocks.officers.at, clocks.officers.over) == (at(2235), 5)
    assert (clocks.medics.at, clocks.medics.over) == (at(2240), 0)
    assert (clocks.review.at, clocks.review.over) == (at(2310), 0)
    assert clocks.late


def test_a_danger_that_is_over_or_a_refusal_must_end_it() -> None:
    assert not restrained().must_end
    assert restrained(entry(2, "restraint_check", time=2230, state="calm", danger="no")).must_end
    assert restrained(entry(2, "restraint_approval", time=2230, approved="no")).must_end
    assert not restrained(
        entry(2, "restraint_check", time=2230, state="calm", danger="no"),
        entry(3, "restraint_end", time=2231, minutes=21),
    ).must_end


def test_two_restraints_of_a_day_are_two() -> None:
    second = entry(3, "restraint", time=2330, reason="self_harm")
    every = restraint.episodes(
        [
            entry(1, "restraint", time=2210),
            entry(2, "restraint_end", time=2300, minutes=50),
            second,
        ]
    )
    assert [one.running for one in every] == [True, False]


# ── reports, scales, settings ─────────────────────────────────────────────────────────────────────


def report(hours: str, *more: Entry, now: int = 1700) -> reporting.Report:
    found = entry(1, "restricted_condition", time=1640, what="hiv", state="confirmed", report=hours)
    return reporting.reports([found, *more], at(now))[0]


def test_twenty_four_hours_run_to_the_same_minute_of_the_next_day() -> None:
    one = report("day")
    assert one.due == at(1640, DAY + timedelta(days=1))
    assert (one.state, one.left) == ("open", 23 * 60 + 40)


def test_two_hours_are_two_hours() -> None:
    assert report("two_hours", now=1840).state == "open"
    late = report("two_hours", now=1841)
    assert (late.state, late.left) == ("overdue", -1)


def test_a_report_in_time_and_one_too_late_are_told_apart() -> None:
    first = str(UUID(int=1))
    assert report("two_hours", entry(2, "restricted_report", to=first, time=1840)).state == "done"
    assert report("two_hours", entry(2, "restricted_report", to=first, time=1841)).state == "done_late"
    assert report("known").state == "not_owed"


def test_a_months_numbers_hold_nobody() -> None:
    some = [
        report("day"),
        report("known"),
        report("two_hours", entry(2, "restricted_report", to=str(UUID(int=1)), time=1700)),
    ]
    assert reporting.of_month(some, DAY) == (2, 1)


@pytest.mark.parametrize(
    ("total", "source", "band"),
    [
        (7, "8_15", "轻度"),
        (8, "8_15", "中度"),
        (15, "8_15", "重度"),
        (9, "10_19", "轻度"),
        (18, "10_19", "中度"),
        (19, "10_19", "重度"),
    ],
)
def test_ciwa_has_the_bands_of_the_source_the_centre_chose(total: int, source: str, band: str) -> None:
    assert withdrawal.ciwa_band(total, source).zh == band


def test_ciwa_adds_up_to_sixty_seven_and_refuses_an_item_outside_its_range() -> None:
    most = {item.key: 7 for item in instrument("ciwa_ar").items} | {"orientation": 4}
    assert withdrawal.ciwa_total(most) == withdrawal.CIWA_MOST == 67
    assert withdrawal.ciwa_total({"nausea": 3}) is None
    with pytest.raises(AnswerFault):
        withdrawal.ciwa_total({**most, "orientation": 5})


def test_the_ward_asks_the_items_of_the_instrument_and_within_their_range() -> None:
    asked = {ask.name: ask.most for ask in kinds()["ciwa_ar"].fields if ask.name != "time"}
    assert asked == {i.key: 4 if i.key == "orientation" else 7 for i in instrument("ciwa_ar").items}


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (4, "未达轻度"),
        (5, "轻度"),
        (12, "轻度"),
        (13, "中度"),
        (24, "中度"),
        (25, "中重度"),
        (36, "中重度"),
        (37, "重度"),
    ],
)
def test_cows_has_its_published_bands(total: int, band: str) -> None:
    found = withdrawal.cows_band(total)
    assert found is not None
    assert found.zh == band


def test_a_centre_changes_only_what_it_lays_down_and_from_its_day() -> None:
    said = entry(1, "medical_setting", DAY, round_1=730, review_every=30)
    assert settings_of([said], DAY - timedelta(days=1)) == Settings()
    found = settings_of([said], DAY)
    assert (found.rounds, found.review_every, found.watch_every, found.stated) == (
        (730, 1200, 1800, 2100),
        30,
        15,
        True,
    )
