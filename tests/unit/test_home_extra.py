"""Tests besides the draw: which goes with which decision, and what they weigh beside the drawn ones."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.home.extra import burden, extras, unfounded
from guitu.kernel.zone import CHINA

ON = date(2026, 11, 23)


def entry(n: int, kind: str, day: date, **fields: Value) -> Entry:
    at = datetime(day.year, day.month, day.day, 10, n, tzinfo=CHINA)
    return Entry(
        id=UUID(int=n),
        file=UUID(int=99),
        kind=kind,
        happened_on=day,
        recorded_at=at,
        author="li",
        fields=fields,
    )


def asked(n: int, day: date, for_day: date) -> Entry:
    return entry(n, "extra_test", day, for_day=for_day, reason="sign", text="邻居反映")


def a_test(n: int, day: date, outcome: str = "taken", occasion: str = "extra") -> Entry:
    return entry(n, "urine_test", day, outcome=outcome, occasion=occasion)


FIRST = asked(1, date(2026, 11, 2), date(2026, 11, 3))
SECOND = asked(2, date(2026, 11, 10), date(2026, 11, 12))
AHEAD = asked(3, date(2026, 11, 22), date(2026, 11, 25))


def test_each_test_goes_with_the_first_decision_that_is_open_on_its_day() -> None:
    found = extras(
        [FIRST, SECOND, AHEAD, a_test(4, date(2026, 11, 4)), a_test(5, date(2026, 11, 12), "refused")], ON
    )
    assert [(one.asked.id.int, one.test and one.test.id.int, one.state) for one in found] == [
        (3, None, "ahead"),
        (2, 5, "not_taken"),
        (1, 4, "done"),
    ]


def test_a_drawn_test_is_no_extra_one() -> None:
    (one,) = extras([FIRST, a_test(4, date(2026, 11, 4), occasion="routine")], ON)
    assert one.state == "open"


def test_an_extra_test_needs_a_decision_of_its_own_and_not_before_its_day() -> None:
    test = a_test(4, date(2026, 11, 4))
    assert unfounded(test, [], test.happened_on) is not None
    assert unfounded(test, [FIRST], test.happened_on) is None
    early = a_test(6, date(2026, 11, 2))
    assert unfounded(early, [FIRST], early.happened_on) is not None
    second = a_test(7, date(2026, 11, 5))
    assert unfounded(second, [FIRST, test], second.happened_on) is not None
    assert unfounded(a_test(8, date(2026, 11, 5), occasion="routine"), [], ON) is None


def test_what_was_drawn_and_what_was_chosen_stand_side_by_side() -> None:
    entries = [FIRST, SECOND, AHEAD, a_test(4, date(2026, 11, 4))]
    duties = [("routine_test", True), ("routine_test", False), ("sign_agreement", True)]
    found = burden(entries, duties, date(2026, 9, 1), ON)
    assert (found.due, found.drawn, found.asked, found.taken) == (2, 1, 3, 1)
    assert found.more
    assert not burden(entries[1:], duties, date(2026, 9, 1), ON).more
    assert burden(entries, [], date(2026, 9, 1), ON).due is None
    assert (
        burden(entries, duties, date(2026, 11, 5), ON).asked == 2
    )  # those of an earlier measure are not of this
