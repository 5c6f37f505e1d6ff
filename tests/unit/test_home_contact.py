"""In touch, not reached, lost, moved, held, died: what a file says of it, and what it never says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from guitu import compose
from guitu.casefile import Entry
from guitu.home import contact
from guitu.home.contact import contact_of
from guitu.kernel.zone import CHINA

ON = date(2026, 11, 23)


def entry(kind: str, day: str, n: int = 0, **fields: object) -> Entry:
    on = date.fromisoformat(day)
    at = datetime(on.year, on.month, on.day, 9, n, tzinfo=CHINA)
    return Entry(
        id=UUID(int=on.toordinal() * 100 + n),
        file=UUID(int=1),
        kind=kind,
        happened_on=on,
        recorded_at=at,
        fields=fields,
    )  # type: ignore[arg-type]


def tried(day: str, result: str, n: int = 0) -> Entry:
    return entry("contact_attempt", day, n, how="phone", result=result)


MET = entry("urine_test", "2026-09-01", outcome="taken", result="negative")


def test_every_kind_that_it_reads_exists_and_every_result_has_its_state() -> None:
    known = set(compose.kinds())
    assert known >= contact.KINDS
    results = {c.value for c in compose.kind("contact_attempt").ask("result").choices}
    results |= {c.value for c in compose.kind("follow_up").ask("result").choices}
    assert results - {"no_answer"} == set(contact._RESULTS)


def test_an_empty_file_says_that_nothing_is_known() -> None:
    assert contact_of((), ON).state == "unknown"
    assert contact_of((), ON).open


def test_no_number_of_attempts_makes_anybody_lost() -> None:
    attempts = [tried(f"2026-10-{day:02}", "no_answer") for day in range(1, 29)]
    found = contact_of([MET, *attempts], ON)
    assert found.state == "trying"
    assert found.since == date(2026, 10, 1)
    assert len(found.tried) == 28
    assert found.met == MET.happened_on
    assert found.silent(ON) == 83


def test_lost_is_said_by_an_entry_and_undone_by_one() -> None:
    lost = [
        MET,
        tried("2026-10-01", "no_answer"),
        tried("2026-10-09", "lost"),
        tried("2026-10-20", "no_answer"),
    ]
    found = contact_of(lost, ON)
    assert (found.state, found.since) == ("lost", date(2026, 10, 9))
    assert found.ground is lost[2]
    assert len(found.tried) == 3  # attempts go on and are counted
    assert contact_of([*lost, tried("2026-11-02", "reached")], ON).state == "in_touch"
    assert contact_of([*lost, entry("reporting_in", "2026-11-02")], ON).state == "in_touch"


def test_a_test_that_was_evaded_meets_nobody_and_one_that_was_refused_does() -> None:
    gone = [MET, tried("2026-10-01", "no_answer")]
    assert contact_of([*gone, entry("urine_test", "2026-10-08", outcome="evaded")], ON).state == "trying"
    assert contact_of([*gone, entry("urine_test", "2026-10-08", outcome="refused")], ON).state == "in_touch"


def test_whoever_is_released_or_moves_is_awaited_until_somebody_has_met_them() -> None:
    released = [entry("admission", "2024-11-01"), entry("release", "2026-11-01")]
    assert contact_of(released, date(2026, 10, 31)).state == "held"
    assert contact_of(released, ON).state == "awaited"
    assert contact_of([MET, entry("change_of_place", "2026-11-01")], ON).state == "awaited"
    assert contact_of([*released, entry("reporting_in", "2026-11-05")], ON).state == "in_touch"


def test_a_new_decision_about_somebody_lost_does_not_find_them() -> None:
    lost = [MET, tried("2026-10-09", "lost")]
    assert (
        contact_of([*lost, entry("order", "2026-10-20"), entry("served", "2026-10-21")], ON).state == "lost"
    )


def test_detained_and_moved_stay_so_while_nobody_answers() -> None:
    for known, state in ((entry("detained", "2026-10-01"), "held"), (tried("2026-10-01", "moved"), "moved")):
        found = contact_of([MET, known, tried("2026-10-10", "no_answer")], ON)
        assert (found.state, len(found.tried) >= 1) == (state, True)


def test_a_death_that_was_heard_of_is_not_yet_a_death() -> None:
    heard = [MET, tried("2026-10-01", "died")]
    found = contact_of(heard, ON)
    assert (found.state, found.certain) == ("died", False)
    assert "待核实" in found.label.zh
    assert contact_of([*heard, tried("2026-10-05", "reached")], ON).state == "in_touch"
    certain = contact_of([*heard, entry("death", "2026-09-30"), tried("2026-10-05", "reached")], ON)
    assert (certain.state, certain.certain) == ("died", True)


def test_the_day_asked_about_is_the_day_answered_for() -> None:
    lost = [MET, tried("2026-10-09", "lost")]
    assert contact_of(lost, date(2026, 10, 8)).state == "in_touch"
    assert contact_of(lost, date(2026, 8, 31)).state == "unknown"


def test_of_two_entries_of_one_day_the_later_recorded_stands() -> None:
    assert (
        contact_of([tried("2026-10-09", "lost", 5), tried("2026-10-09", "reached", 9)], ON).state
        == "in_touch"
    )
    assert contact_of([tried("2026-10-09", "lost", 9), tried("2026-10-09", "reached", 5)], ON).state == "lost"
