"""What is counted is shown from zero on, with what counts and what a good reason takes out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Value
from guitu.compose import policy
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.pathway.counters import Counter, counters

FILE = UUID(int=3)


def file_of(*rows: tuple[str, str, dict[str, Value]]) -> CaseFile:
    entries = []
    for place, (day, kind, fields) in enumerate(rows):
        on = date.fromisoformat(day)
        at = datetime.combine(on, time(9), CHINA) + timedelta(minutes=place)
        identifier = uuid7(int(at.timestamp() * 1000), place.to_bytes(10, "big"))
        entries.append(
            Entry(id=identifier, file=FILE, kind=kind, happened_on=on, recorded_at=at, fields=fields)
        )
    return CaseFile(FILE, tuple(entries))


BEGUN: tuple[tuple[str, str, dict[str, Value]], ...] = (
    ("2024-01-03", "order", {"measure": "community_treatment"}),
    ("2024-01-04", "served", {}),
    ("2024-01-08", "reporting_in", {}),
)


def counted(*rows: tuple[str, str, dict[str, Value]]) -> list[Counter]:
    return list(counters(file_of(*BEGUN, *rows), policy(), date(2024, 8, 1)))


def test_nothing_counted_is_a_zero_that_is_shown() -> None:
    assert [c.number for c in counted()] == [0, 0, 0]


def test_an_excused_test_is_shown_and_does_not_count() -> None:
    tests, absences, days = counted(
        ("2024-03-01", "urine_test", {"outcome": "evaded"}),
        ("2024-04-01", "urine_test", {"outcome": "refused"}),
        ("2024-04-01", "excuse", {"of": "urine_test"}),
        ("2024-05-01", "absence", {"authorised": "no", "days": 31}),
    )
    assert (tests.number, len(tests.counted), len(tests.excused), tests.reached) == (1, 1, 1, False)
    assert (absences.number, absences.reached) == (1, False)
    assert (days.number, days.reached) == (31, True)


def test_thirty_days_are_not_more_than_thirty() -> None:
    assert not counted(("2024-05-01", "absence", {"authorised": "no", "days": 30}))[2].reached


def test_before_reporting_and_after_the_end_nothing_is_counted() -> None:
    assert counters(file_of(*BEGUN[:2]), policy(), date(2024, 8, 1)) == ()
    assert counters(file_of(*BEGUN), policy(), date(2027, 8, 1)) == ()


def test_a_day_that_two_tell_of_is_one_day_and_a_day_in_custody_is_none() -> None:
    tests, absences, days = counted(
        ("2024-03-01", "absence", {"authorised": "no", "days": 20}),
        ("2024-03-11", "absence", {"authorised": "no", "days": 20}),
        ("2024-03-26", "detained", {}),
        ("2024-03-27", "urine_test", {"outcome": "evaded"}),
        ("2024-06-01", "freed", {}),
    )
    assert (tests.number, tests.counted, tests.excused) == (0, (), ())
    assert absences.number == 2
    assert (days.number, days.reached) == (25, False)


def test_days_that_no_excuse_covers_count_and_the_absence_with_them() -> None:
    _, absences, days = counted(
        ("2024-03-01", "absence", {"authorised": "no", "days": 12}),
        ("2024-03-04", "excuse", {"of": "absence", "until": date(2024, 3, 9)}),
        ("2024-05-01", "absence", {"authorised": "no", "days": 2}),
        ("2024-05-01", "excuse", {"of": "absence", "until": date(2024, 5, 2)}),
    )
    for one in (absences, days):
        assert [e.happened_on for e in one.counted] == [date(2024, 3, 1)]
        assert one.in_part == one.counted
        assert [e.happened_on for e in one.excused] == [date(2024, 5, 1)]
    assert (absences.number, days.number) == (1, 6)
