"""How far a hand-over has come, by when its next step is owed, and to whom it is raised."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from guitu.casefile import CaseFile, Entry, Value
from guitu.home.handover import materials
from guitu.home.handover.baton import STATES, Baton, batons, current, occasion
from guitu.home.handover.clocks import Terms, clocks, late, level, owed, terms_of
from guitu.kernel.zone import CHINA

ON = date(2026, 11, 23)
CENTRE, TOWN, VILLAGE, NEXT = "46J01", "469023100", "469023100200", "469024100"
FILE = UUID(int=1)


def within(code: str, above: str) -> bool:
    return code.startswith(above)


def entry(n: int, kind: str, day: str, office: str, **fields: Value) -> Entry:
    on = date.fromisoformat(day)
    return Entry(
        id=UUID(int=100 + n), file=FILE, kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 9, n, tzinfo=CHINA), author="a", unit=office,
        fields=fields,
    )  # fmt: skip


PREPARED = entry(1, "handover_prepared", "2026-11-10", CENTRE, to_unit=VILLAGE)
SENT = entry(2, "handover_sent", "2026-11-12", CENTRE, to_unit=VILLAGE)
OPENED = entry(3, "handover_opened", "2026-11-13", VILLAGE)
ACCEPTED = entry(4, "handover_accepted", "2026-11-14", VILLAGE, complete="yes")
RELEASED = entry(5, "release", "2026-11-16", CENTRE)
MET = entry(6, "first_contact", "2026-11-18", VILLAGE, how="visit")
REFUSED = entry(7, "handover_refused", "2026-11-14", VILLAGE, reason="not_here", note="不在")


def state(*entries: Entry) -> str:
    found = current(CaseFile(FILE, entries).counted(), within)
    return found.state if found else ""


def baton(*entries: Entry) -> Baton:
    found = current(CaseFile(FILE, entries).counted(), within)
    assert found is not None
    return found


def test_a_hand_over_goes_through_its_five_states_one_after_the_other() -> None:
    steps = (PREPARED, SENT, OPENED, ACCEPTED, MET)
    assert [state(*steps[: n + 1]) for n in range(5)] == [
        "prepared", "sent", "opened", "accepted", "contacted",
    ]  # fmt: skip
    assert state() == ""
    assert set(STATES) >= {"prepared", "sent", "opened", "accepted", "contacted", "refused"}


def test_the_same_entries_give_the_same_state_in_whatever_order_they_arrive() -> None:
    steps = (SENT, OPENED, ACCEPTED, RELEASED, MET)
    assert {state(*order) for order in permutations(steps)} == {"contacted"}


def test_the_sender_answers_until_it_is_accepted_and_each_step_has_one_owner() -> None:
    assert (baton(SENT).holder, baton(SENT).whose) == ("sender", "receiver")
    assert (baton(SENT, OPENED).holder, baton(SENT, OPENED).whose) == ("sender", "receiver")
    assert (baton(SENT, REFUSED).holder, baton(SENT, REFUSED).whose) == ("sender", "sender")
    assert (baton(SENT, ACCEPTED).holder, baton(SENT, ACCEPTED).whose) == ("receiver", "receiver")
    assert baton(SENT, ACCEPTED, MET).whose == ""


def test_what_is_sent_back_may_be_sent_again_to_another_unit() -> None:
    again = entry(8, "handover_sent", "2026-11-15", CENTRE, to_unit=NEXT)
    found = baton(SENT, OPENED, REFUSED, again)
    assert (found.state, found.receiver, found.opened) == ("sent", NEXT, None)


def test_sending_to_another_unit_before_it_is_accepted_settles_the_first() -> None:
    again = entry(8, "handover_sent", "2026-11-15", CENTRE, to_unit=NEXT)
    first, second = batons(CaseFile(FILE, (SENT, OPENED, again)).counted(), within)
    assert (first.state, second.state, second.receiver) == ("overtaken", "sent", NEXT)


def test_reporting_in_at_the_new_place_is_the_first_contact_and_nobody_writes_it_twice() -> None:
    reported = entry(8, "reporting_in", "2026-11-20", TOWN)
    elsewhere = entry(9, "reporting_in", "2026-11-20", NEXT)
    before = entry(10, "reporting_in", "2026-11-01", TOWN)
    assert state(SENT, ACCEPTED, reported) == "contacted"
    assert state(SENT, ACCEPTED, elsewhere) == "accepted"
    assert state(SENT, ACCEPTED, before) == "accepted"


def test_who_reports_before_the_papers_are_accepted_still_has_papers_that_wait() -> None:
    reported = entry(8, "reporting_in", "2026-11-13", TOWN)
    assert state(SENT, reported) == "sent"
    assert state(SENT, reported, ACCEPTED) == "contacted"


def test_a_withdrawn_step_does_not_count() -> None:
    void = Entry(
        id=UUID(int=300), file=FILE, kind="void", happened_on=date(2026, 11, 20),
        recorded_at=datetime(2026, 11, 20, 9, tzinfo=CHINA), unit=CENTRE, corrects=SENT.id,
        fields={"reason": "发错"},
    )  # fmt: skip
    assert state(PREPARED, SENT, void) == "prepared"
    assert state(SENT, void) == ""


def test_naming_the_receiver_as_responsible_is_an_acceptance_and_naming_another_settles_it() -> None:
    named = entry(8, "responsible_unit", "2026-11-14", VILLAGE, unit=VILLAGE, worker="李")
    other = entry(9, "responsible_unit", "2026-11-14", NEXT, unit=NEXT, worker="王")
    assert state(SENT, named) == "accepted"
    assert state(SENT, other) == "overtaken"
    dead = entry(10, "death", "2026-11-14", CENTRE)
    assert state(SENT, dead) == "overtaken"


def test_a_transfer_to_a_justice_centre_is_one_and_a_release_another() -> None:
    assert occasion("police_centre", "justice_centre") == "to_justice"
    assert occasion("justice_centre", "") == "release"
    assert occasion("", "") == "move"


def due(found: Baton, name: str, **more: date) -> date | None:
    clock = next((c for c in clocks(found, "release", Terms(), **more) if c.name == name), None)  # type: ignore[arg-type]
    return clock.due if clock else None


def test_each_step_has_its_clock_with_its_articles() -> None:
    found = baton(SENT, OPENED, ACCEPTED, RELEASED)
    assert due(found, "send") == RELEASED.happened_on
    assert due(found, "accept") == date(2026, 11, 15)
    assert due(found, "contact") == date(2026, 11, 23)  # seven days after the release, which came later
    assert all(clock.cites for clock in clocks(found, "release", Terms()))
    assert all(clock.house for clock in clocks(found, "release", Terms()))  # the law gives no days for these


def test_the_step_owed_is_late_from_the_day_after_and_is_raised_step_by_step() -> None:
    found = baton(SENT)
    every = clocks(found, "release", Terms())
    clock = owed(found, every)
    assert clock is not None
    assert clock.due == date(2026, 11, 15)
    days = {n: late(found, every, clock.due + timedelta(days=n)) for n in (0, 1, 2, 3, 6, 7)}
    assert days == {0: 0, 1: 1, 2: 2, 3: 3, 6: 6, 7: 7}
    assert [level(n, Terms()) for n in (0, 1, 2, 3, 6, 7)] == [
        "", "unit", "unit", "county", "county", "province",
    ]  # fmt: skip


def test_who_was_released_and_nobody_has_is_late_from_the_day_after() -> None:
    nobody = Baton(CENTRE, "", "due", left=RELEASED)
    every = clocks(nobody, "release", Terms())
    assert late(nobody, every, RELEASED.happened_on) == 0
    assert late(nobody, every, RELEASED.happened_on + timedelta(days=1)) == 1


def test_an_office_lays_down_its_own_days_and_the_last_answer_holds() -> None:
    first = entry(1, "handover_setting", "2026-01-01", TOWN, accept=5, county=2)
    second = entry(2, "handover_setting", "2026-06-01", TOWN, accept=2)
    later = entry(3, "handover_setting", "2027-01-01", TOWN, accept=9)
    terms = terms_of((first, second, later), ON)
    assert (terms.accept, terms.county, terms.contact, terms.stated) == (2, 2, 7, True)
    assert terms_of((), ON) == Terms()


@pytest.mark.parametrize("about", ["release", "to_justice", "move"])
def test_the_package_says_what_is_missing_and_hides_what_is_not_for_the_reader(about: str) -> None:
    lines = materials.package((), about, frozenset({"identity", "legal"}))  # type: ignore[arg-type]
    assert {line.found for line in lines} <= {"missing", "hidden"}
    closed = [line for line in lines if line.material.compartment in ("custody", "medical")]
    assert all(line.found == "hidden" for line in closed)
    order = entry(1, "order", "2024-11-24", CENTRE, measure="compulsory_isolation")
    lines = materials.package((order,), about, frozenset({"identity", "legal"}))  # type: ignore[arg-type]
    assert "order" not in {one.name for one in materials.missing(lines)}
