"""What follows from incidents, hazards, tasks, reports and plans of care; and from rounds of patrol."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.centre import patrol, safety
from guitu.centre.patrol import Passing, Plan, Point
from guitu.centre.safety import Traced
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA

TODAY = date(2026, 11, 23)
FILE = UUID(int=1)


def entry(n: int, kind: str, on: str, /, **fields: object) -> Entry:
    day = date.fromisoformat(on)
    return Entry(
        id=UUID(int=n), file=FILE, kind=kind, happened_on=day, recorded_at=datetime(2026, 1, 1, tzinfo=CHINA)
        + timedelta(minutes=n), author="a", unit="46J01", fields=fields,
    )  # type: ignore[arg-type]  # fmt: skip


def incident(n: int, on: str, sort: str, what: str = "happened") -> Entry:
    return entry(n, "incident", on, sort=sort, what=what)


# ── the six classes ───────────────────────────────────────────────────────────────────────────────


def test_days_are_counted_since_the_last_that_happened_and_a_near_miss_stands_beside_it() -> None:
    told = [
        incident(1, "2025-03-01", "escape"),
        incident(2, "2026-11-20", "escape"),
        incident(3, "2026-11-22", "escape", "near_miss"),
        incident(4, "2026-11-22", "other"),
    ]
    escape, death, *_ = safety.six(told, TODAY)
    assert (escape.days, escape.last, escape.year) == (3, date(2026, 11, 20), 1)
    assert (escape.near_year, escape.near_last) == (1, date(2026, 11, 22))
    assert (death.sort, death.days, death.last, death.year, death.near_year) == (
        "unnatural_death", None, None, 0, 0,
    )  # fmt: skip
    assert [one.sort for one in safety.six(told, TODAY)] == list(safety.SIX)


def test_a_near_miss_does_not_begin_the_count_anew() -> None:
    told = [incident(1, "2026-01-01", "crime"), incident(2, "2026-11-20", "crime", "near_miss")]
    crime = next(one for one in safety.six(told, TODAY) if one.sort == "crime")
    assert crime.days == (TODAY - date(2026, 1, 1)).days


# ── hazards and tasks ─────────────────────────────────────────────────────────────────────────────

HAZARD = entry(10, "hazard", "2026-11-01", owner="符某某", due_on=date(2026, 11, 10), place="食堂")


def closing(n: int, on: str, by: str = "王某某", to: int = 10) -> Entry:
    return entry(n, "hazard_closed", on, to=str(UUID(int=to)), done="换了", checked_by=by)


def moving(n: int, on: str, due: date, to: int = 10) -> Entry:
    return entry(n, "hazard_moved", on, to=str(UUID(int=to)), due_on=due, why="缺件", meanwhile="停用")


@pytest.mark.parametrize(
    ("on", "state"), [("2026-11-09", "open"), ("2026-11-10", "open"), ("2026-11-11", "late")]
)
def test_a_hazard_is_overdue_from_the_day_after_its_day(on: str, state: str) -> None:
    (owed,) = safety.hazards(Traced([HAZARD]))
    assert owed.state(date.fromisoformat(on)) == state


def test_a_postponed_hazard_keeps_the_day_set_first_in_sight() -> None:
    (owed,) = safety.hazards(Traced([HAZARD, moving(11, "2026-11-09", date(2026, 12, 1))]))
    assert (owed.first_due, owed.due, owed.state(TODAY)) == (date(2026, 11, 10), date(2026, 12, 1), "open")


def test_what_answered_a_hazard_still_does_after_the_hazard_was_corrected_twice() -> None:
    once = replace(entry(12, "hazard", "2026-11-01", owner="符某某", due_on=date(2026, 11, 12)),
                   corrects=HAZARD.id, reason="错字")  # fmt: skip
    twice = replace(entry(13, "hazard", "2026-11-01", owner="符某某", due_on=date(2026, 11, 13)),
                    corrects=once.id, reason="错字")  # fmt: skip
    every = [
        HAZARD,
        moving(11, "2026-11-09", date(2026, 12, 1)),
        once,
        twice,
        closing(14, "2026-11-20", to=12),
    ]
    (owed,) = safety.hazards(Traced(every))
    assert (owed.first_due, owed.due, owed.state(TODAY)) == (date(2026, 11, 13), date(2026, 12, 1), "done")


def test_whoever_answers_for_a_hazard_does_not_check_it_themselves() -> None:
    wrong = safety.refused(closing(11, "2026-11-09", "符 某某"), [HAZARD])
    assert wrong is not None
    assert wrong[0] == "checked_by"
    assert safety.refused(closing(11, "2026-11-09"), [HAZARD]) is None


def test_a_hazard_is_removed_once_but_its_removal_can_be_corrected() -> None:
    first = closing(11, "2026-11-09")
    assert safety.refused(closing(12, "2026-11-10"), [HAZARD, first]) is not None
    corrected = replace(closing(13, "2026-11-08"), corrects=first.id, reason="日期")
    assert safety.refused(corrected, [HAZARD, first]) is None


def test_a_new_day_lies_after_the_one_before_and_the_first_not_before_it_was_found() -> None:
    assert safety.refused(moving(11, "2026-11-05", date(2026, 11, 10)), [HAZARD]) is not None
    assert safety.refused(moving(11, "2026-11-05", date(2026, 11, 11)), [HAZARD]) is None
    early = entry(12, "hazard", "2026-11-01", owner="符某某", due_on=date(2026, 10, 31))
    assert safety.refused(early, []) is not None


def test_a_task_is_no_hazard_and_what_is_not_in_the_file_cannot_be_closed() -> None:
    task = entry(20, "meeting_task", "2026-11-01", meeting="x", owner="甲", due_on=date(2026, 11, 9))
    assert safety.refused(closing(21, "2026-11-02", to=20), [HAZARD, task]) is not None
    assert safety.refused(closing(21, "2026-11-02", to=99), [HAZARD, task]) is not None


def test_open_tasks_go_to_the_next_meeting_and_closed_ones_do_not() -> None:
    first, second = (
        entry(30, "meeting", "2026-11-01", sort="risk"),
        entry(31, "meeting", "2026-11-15", sort="risk"),
    )
    open_, done, own = (
        entry(n, "meeting_task", on, meeting=str(UUID(int=of)), owner="甲", due_on=date(2026, 11, 9))
        for n, on, of in ((32, "2026-11-01", 30), (33, "2026-11-01", 30), (34, "2026-11-15", 31))
    )
    closed = entry(35, "meeting_task_done", "2026-11-08", to=str(done.id), outcome="done", how="办了")
    traced = Traced([first, second, open_, done, own, closed])
    assert [t.entry.id for t in safety.carried(traced, second)] == [open_.id]
    assert [t.entry.id for t in safety.of_meeting(traced, second)] == [own.id]
    assert safety.carried(traced, first) == ()


# ── reports of a death, of an escape ──────────────────────────────────────────────────────────────


def test_a_death_is_reported_to_four_each_by_an_entry_of_its_own() -> None:
    death = entry(40, "death", "2026-11-01")
    told = entry(41, "death_reported", "2026-11-01", to=str(death.id), to_whom="family")
    other = entry(42, "death_reported", "2026-11-01", to=str(UUID(int=7)), to_whom="superior")
    (chain,) = safety.chains([death, told, other])
    assert [r.to_whom for r in chain.reports] == ["superior", "family", "deciding_organ", "procuratorate"]
    assert [r.to_whom for r in chain.missing] == ["superior", "deciding_organ", "procuratorate"]


def test_each_escape_has_a_report_of_its_own() -> None:
    first, second = entry(50, "escape", "2026-03-01"), entry(52, "escape", "2026-09-01")
    chains = safety.chains([first, entry(51, "escape_reported", "2026-03-01"), second])
    assert [(c.event.id, len(c.missing)) for c in chains] == [(second.id, 1), (first.id, 0)]


# ── plans of care ─────────────────────────────────────────────────────────────────────────────────


def test_a_review_takes_the_place_of_a_plan_and_an_ended_one_is_in_force_no_more() -> None:
    first = entry(60, "care_plan", "2026-09-01", state="active", review_on=date(2026, 10, 1))
    again = entry(61, "care_plan", "2026-10-01", state="active", review_on=date(2026, 12, 1))
    crisis = entry(62, "crisis_plan", "2026-10-01", state="active", review_on=date(2026, 11, 1))
    ended = entry(63, "crisis_plan", "2026-10-20", state="ended")
    assert [p.id for p in safety.plans([first, again, crisis])] == [crisis.id, again.id]
    assert [p.id for p in safety.plans([first, again, crisis, ended])] == [again.id]


# ── patrol ────────────────────────────────────────────────────────────────────────────────────────

PLAN = Plan("夜间", (7 * 60, 20 * 60, 23 * 60), 20, ("AAAA2222", "BBBB3333", "CCCC4444"), "x")
HANGING = {
    code: Point(code, name, "", "", entry(70 + n, "checkpoint", "2026-01-01"))
    for n, (code, name) in enumerate((("AAAA2222", "大门"), ("BBBB3333", "食堂"), ("DDDD5555", "车间")))
}


def moment(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=CHINA)


def walked(n: int, on: str, at: int) -> Entry:
    return entry(n, "patrol_round", on, plan="夜间", planned="yes", planned_at=at)


def test_a_code_is_made_of_what_cannot_be_misread_and_is_found_however_it_is_typed() -> None:
    code = patrol.code_of(bytes(range(200, 216)))
    assert len(code) == patrol.LENGTH
    assert not set(code) & set("01ILOU")
    assert patrol.typed_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert patrol.typed_code("ａａａａ２２２２") == "AAAA2222"


def test_a_taken_down_checkpoint_is_not_missed_and_one_reached_twice_counts_once() -> None:
    passings = [
        Passing("AAAA2222", moment(7, 1), "scanned"),
        Passing("AAAA2222", moment(7, 9), "typed"),
        Passing("DDDD5555", moment(7, 4), "scanned"),
    ]
    assert [p.name for p in patrol.missed(PLAN, passings, HANGING)] == ["食堂"]
    assert patrol.counts(PLAN, passings, HANGING) == {
        "points": 2, "visited": 1, "missed": 1, "typed": 0, "minutes": 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("minute", "at"),
    [(6 * 60 + 39, None), (6 * 60 + 40, 420), (7 * 60 + 20, 420), (7 * 60 + 21, None), (1380, 1380)],
)
def test_a_round_belongs_to_the_planned_one_within_its_minutes(minute: int, at: int | None) -> None:
    assert PLAN.time_of(minute) == at


def test_a_day_says_what_was_walked_what_is_due_and_what_was_left_out() -> None:
    def states(minute: int, on: date = TODAY) -> list[str]:
        rounds = [walked(80, "2026-11-23", 700)]
        return [slot.state for slot in patrol.day(PLAN, rounds, on, TODAY, minute)]

    assert states(19 * 60) == ["held", "later", "later"]
    assert states(20 * 60 + 20) == ["held", "now", "later"]
    assert states(20 * 60 + 21) == ["held", "left_out", "later"]
    assert states(0, TODAY - timedelta(days=1)) == ["left_out"] * 3
    assert states(0, TODAY + timedelta(days=1)) == ["later"] * 3


@pytest.mark.parametrize(
    ("before", "due"),
    [([], 1), ([("2026-11-23", 700)], 1), ([("2026-11-22", 2300)], 2), ([("2026-11-22", 700)], 4)],
)
def test_what_was_left_out_is_due_with_the_next_round(before: list[tuple[str, int]], due: int) -> None:
    rounds = [walked(90 + n, on, at) for n, (on, at) in enumerate(before)]
    assert patrol.due_since(PLAN, rounds, TODAY, 20 * 60) == due


def test_times_are_read_as_they_are_typed_or_said_to_be_none() -> None:
    assert patrol.read_times("23:00、0700，20:00 7:00") == (420, 1200, 1380)
    for wrong in ("25:00", "晚上", "", "24:00"):
        assert isinstance(patrol.read_times(wrong), Label)


def test_marks_are_kept_with_their_second_and_read_back() -> None:
    text = patrol.kept([Passing("AAAA2222", moment(7, 1), "scanned")])
    assert patrol.read_passings(text) == (patrol.Kept("AAAA2222", "07:01:00", "scanned"),)


def test_the_latest_plan_of_a_name_holds_and_an_ended_one_does_not() -> None:
    def planned(n: int, on: str, times: str, state: str = "in_force") -> Entry:
        return entry(
            n, "patrol_plan", on, name="夜间", times=times, within=20, points="AAAA2222", state=state
        )

    every = [planned(100, "2026-01-01", "07:00"), planned(101, "2026-06-01", "08:00")]
    (one,) = patrol.plans(every, TODAY)
    assert one.times == (480,)
    (before,) = patrol.plans(every, date(2026, 5, 31))
    assert before.times == (420,)
    assert patrol.plans([*every, planned(102, "2026-11-01", "08:00", "ended")], TODAY) == ()
