"""The steps of a hand-over through the one gate: who may take which, and what lists and duties make of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from guitu.access import Actor, Post
from guitu.pathway import Assessment
from guitu.store import engine, gate, read
from guitu.store.gate import NotAllowed
from guitu.store.home import handover
from guitu.store.units import tree
from tests.conftest import TODAY
from tests.store.writing import CENTRE, CLERK, TOWN, VILLAGE, Pen

NEXT_TOWN = "469024100"
NEXT_CLERK = Actor("next", (Post("town_office", NEXT_TOWN),))
HEAD = Actor("head", (Post("centre_head", CENTRE),))
COUNTY = Actor("chief", (Post("county_supervisor", "469023"),))
NEXT_COUNTY = Actor("chief2", (Post("county_supervisor", "469024"),))
PROVINCE = Actor("p", (Post("provincial_supervisor", "46"),))


def pens(place: int) -> tuple[Pen, Pen]:
    mine, theirs = Pen(place), Pen(place, author="next", unit=NEXT_TOWN)
    theirs.next += 500
    return mine, theirs


def moved(place: int, now: datetime) -> tuple[Pen, Pen]:
    """Somebody in community treatment whose file has been sent to the next town."""
    mine, theirs = pens(place)
    gate.record_many(
        [
            *mine.on_community_treatment(served="2026-02-01"),
            mine.entry("reporting_in", "2026-02-05"),
            mine.entry("handover_sent", "2026-11-10", to_unit=NEXT_TOWN),
        ],
        actor=CLERK,
        now=now,
    )
    return mine, theirs


def unit_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    assert view.unit is not None
    return view.unit.code


def assessed(pen: Pen) -> Assessment:
    view = read.file_view(pen.file)
    assert view is not None
    return read.assessment(view, TODAY)


def duties(pen: Pen) -> set[tuple[str, str]]:
    """The open duties of a file, and the units in whose lists they stand."""
    units = tree()
    found = engine.rows(
        "SELECT d.name, d.unit FROM store_duty d JOIN store_casefile f ON f.no = d.file WHERE f.id = %s",
        [engine.key(pen.file)],
    )
    return {(name, units.by_no[no].code) for name, no in found}


def lines(code: str, actor: Actor) -> dict[str, handover.Line]:
    return {one.baton.state: one for one in handover.board(tree().find(code), actor, TODAY)}


def test_only_whom_it_was_sent_to_opens_it_and_sends_it_back(places: object, now: datetime) -> None:
    mine, theirs = moved(1, now)
    with pytest.raises(NotAllowed):
        gate.record(mine.entry("handover_opened", "2026-11-11"), actor=CLERK, now=now)
    gate.record(theirs.entry("handover_opened", "2026-11-11"), actor=NEXT_CLERK, now=now)
    back = theirs.entry("handover_refused", "2026-11-12", reason="not_here", note="不在本镇")
    gate.record(back, actor=NEXT_CLERK, now=now)
    assert unit_of(mine) == VILLAGE
    with pytest.raises(NotAllowed):  # what was sent back waits for nobody any more
        gate.record(theirs.entry("handover_accepted", "2026-11-13"), actor=NEXT_CLERK, now=now)
    found = lines(TOWN, CLERK)["refused"]
    assert found.baton.whose == "sender"
    assert "refused" not in lines(NEXT_TOWN, NEXT_CLERK)  # nothing is left there to see


def test_every_duty_moves_with_the_person_and_the_term_runs_on(places: object, now: datetime) -> None:
    mine, theirs = moved(2, now)
    before = assessed(mine)
    assert {unit for _, unit in duties(mine)} == {VILLAGE}
    gate.record(theirs.entry("handover_accepted", "2026-11-14"), actor=NEXT_CLERK, now=now)
    gate.record(theirs.entry("change_of_place", "2026-11-14", to_unit=NEXT_TOWN), actor=NEXT_CLERK, now=now)
    after = assessed(mine)
    assert {unit for _, unit in duties(mine)} == {NEXT_TOWN}
    assert "report_in" in {name for name, _ in duties(mine)}
    assert (after.ends_on, after.current.starts_on) == (  # type: ignore[union-attr]
        before.ends_on, before.current.starts_on,  # type: ignore[union-attr]
    )  # fmt: skip
    gate.record(theirs.entry("reporting_in", "2026-11-20"), actor=NEXT_CLERK, now=now)
    assert assessed(mine).ends_on == before.ends_on


def test_both_sides_and_those_above_see_the_same_hand_over(places: object, now: datetime) -> None:
    _, theirs = moved(3, now)
    sent, waiting = lines(TOWN, CLERK)["sent"], lines(NEXT_TOWN, NEXT_CLERK)["sent"]
    assert (sent.side, waiting.side) == ("sent", "received")
    assert sent.name == waiting.name == "王小明"
    assert sent.late == waiting.late == 10  # three days to accept from the tenth, and it is the twenty-third
    assert sent.level == "province"
    assert lines("469023", COUNTY)["sent"].side == "sent"
    assert lines("469024", NEXT_COUNTY)["sent"].side == "received"
    assert lines("46", PROVINCE)["sent"].side == "above"
    gate.record(theirs.entry("handover_accepted", "2026-11-14"), actor=NEXT_CLERK, now=now)
    gone = lines(TOWN, CLERK)["accepted"]
    assert gone.name == gone.case_no  # who it is, is no longer for the sender's lists
    assert not gone.known
    assert lines(NEXT_TOWN, NEXT_CLERK)["accepted"].name == "王小明"
    gate.record(theirs.entry("first_contact", "2026-11-20", how="visit"), actor=NEXT_CLERK, now=now)
    assert lines(TOWN, CLERK)["contacted"].baton.over


def test_another_office_sees_nothing_of_it(places: object, now: datetime) -> None:
    moved(4, now)
    other = Actor("o", (Post("town_office", "469023101"),))
    assert handover.board(tree().find("469023101"), other, TODAY) == ()


def held(place: int, now: datetime, ordered: str, *, centre: str = CENTRE) -> tuple[Pen, Pen]:
    pen, theirs = Pen(place, author="head", unit=CENTRE), Pen(place, author="clerk", unit=TOWN)
    theirs.next += 500
    gate.record_many(
        [
            pen.person(),
            pen.entry("order", ordered, measure="compulsory_isolation"),
            pen.entry("admission", ordered, place="justice_centre", centre=centre),
        ],
        actor=HEAD,
        now=now,
    )
    return pen, theirs


def test_who_leaves_soon_stands_on_the_centres_board_before_anything_is_done(
    places: object, now: datetime
) -> None:
    held(5, now, "2024-12-01")  # ends on the thirtieth of November
    (line,) = handover.board(tree().find(CENTRE), HEAD, TODAY)
    assert (line.baton.state, line.about, line.baton.receiver) == ("due", "release", "")
    assert {"notice", "certificate"} <= {one.name for one in line.missing}
    assert line.owed is not None
    assert line.owed.due == line.leaves


def test_who_was_released_and_nobody_has_never_leaves_the_board(places: object, now: datetime) -> None:
    pen, theirs = held(6, now, "2024-11-01")
    gate.record(pen.entry("release", "2026-10-31"), actor=HEAD, now=now)
    (line,) = handover.board(tree().find(CENTRE), HEAD, TODAY)
    assert (line.baton.state, line.late, line.level) == ("due", 23, "province")
    gate.record(pen.entry("handover_sent", "2026-11-20", to_unit=TOWN), actor=HEAD, now=now)
    (line,) = handover.board(tree().find(CENTRE), HEAD, TODAY)
    assert (line.baton.state, line.late) == ("sent", 0)
    gate.record(theirs.entry("handover_accepted", "2026-11-21"), actor=CLERK, now=now)
    assert unit_of(pen) == TOWN
    assert lines(TOWN, CLERK)["accepted"].name == "王小明"


def test_a_transfer_from_the_police_centre_goes_the_same_way(places: object, now: datetime) -> None:
    from guitu.store.units import NewUnit, add

    add([NewUnit("469023P01", "示例县公安强戒所", "police_centre", "469023")])
    police = Actor("po", (Post("intake_officer", "469023P01"),))
    pen, justice = Pen(7, author="po", unit="469023P01"), Pen(7, author="head", unit=CENTRE)
    justice.next += 500
    gate.record_many(
        [
            pen.person(),
            pen.entry("order", "2026-05-01", measure="compulsory_isolation"),
            pen.entry("admission", "2026-05-02", place="police_centre", centre="469023P01"),
        ],
        actor=police,
        now=now,
    )
    (line,) = handover.board(tree().find("469023P01"), police, TODAY)
    assert (line.about, line.baton.state) == ("to_justice", "due")
    law = next(clock for clock in line.clocks if clock.name == "transfer_to_justice")
    assert line.owed is not None
    assert (line.owed.name, line.owed.due, line.owed.house) == ("send", law.due, False)
    gate.record(pen.entry("handover_sent", "2026-11-20", to_unit=CENTRE), actor=police, now=now)
    (line,) = handover.board(tree().find(CENTRE), HEAD, TODAY)
    assert (line.about, line.baton.state) == ("to_justice", "sent")
    gate.record(justice.entry("handover_accepted", "2026-11-21"), actor=HEAD, now=now)
    transfer = justice.entry("transfer", "2026-11-21", place="justice_centre", centre=CENTRE)
    gate.record(transfer, actor=HEAD, now=now)
    (line,) = handover.board(tree().find(CENTRE), HEAD, TODAY)
    assert line.baton.state == "contacted"
    assert {unit for _, unit in duties(pen)} <= {CENTRE}
