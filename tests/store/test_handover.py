"""A hand-over through the one gate: who may send and accept, and what it does to lists and to who records."""

from __future__ import annotations

from datetime import datetime

import pytest

from guitu.access import Actor, Post, house
from guitu.store import engine, gate, grants, read, units
from guitu.store.gate import NotAllowed
from tests.store.writing import CENTRE, CLERK, TOWN, VILLAGE, Pen

NEXT_TOWN = "469024100"
NEXT_CLERK = Actor("next", (Post("town_office", NEXT_TOWN),))
HEAD = Actor("head", (Post("centre_head", CENTRE),))


def unit_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    assert view.unit is not None
    return view.unit.code


def pens(place: int) -> tuple[Pen, Pen]:
    """One file: the town that has it, and the next town."""
    mine, theirs = Pen(place), Pen(place, author="next", unit=NEXT_TOWN)
    theirs.next += 500
    return mine, theirs


def test_only_whom_it_was_sent_to_accepts_and_then_answers_for_the_person(
    places: object, now: datetime
) -> None:
    mine, theirs = pens(1)
    gate.record_many(mine.on_community_treatment(served="2026-02-01"), actor=CLERK, now=now)
    with pytest.raises(NotAllowed, match=r"not sent to this unit|outside"):
        gate.record(theirs.entry("handover_accepted", "2026-11-02"), actor=NEXT_CLERK, now=now)
    gate.record(mine.entry("handover_sent", "2026-11-01", to_unit=NEXT_TOWN), actor=CLERK, now=now)
    assert unit_of(mine) == VILLAGE
    with pytest.raises(NotAllowed):
        gate.record(mine.entry("handover_accepted", "2026-11-02"), actor=CLERK, now=now)
    with pytest.raises(NotAllowed, match="reading only"):
        gate.record(theirs.entry("remark", "2026-11-02", text="早了"), actor=NEXT_CLERK, now=now)
    gate.record(theirs.entry("handover_accepted", "2026-11-02"), actor=NEXT_CLERK, now=now)
    assert unit_of(mine) == NEXT_TOWN
    assert [line.case_no for line in read.search("469024", "wangxiaoming").rows]
    assert not read.search("469023", "wangxiaoming").rows
    with pytest.raises(NotAllowed):
        gate.record(mine.entry("remark", "2026-11-03", text="晚了"), actor=CLERK, now=now)
    gate.record(theirs.entry("remark", "2026-11-03", text="接上了"), actor=NEXT_CLERK, now=now)


def test_an_acceptance_that_is_withdrawn_gives_the_person_back_to_the_sender(
    places: object, now: datetime
) -> None:
    mine, theirs = pens(2)
    gate.record_many(
        [
            *mine.on_community_treatment(served="2026-02-01"),
            mine.entry("handover_sent", "2026-11-01", to_unit=NEXT_TOWN),
        ],
        actor=CLERK,
        now=now,
    )
    accepted = theirs.entry("handover_accepted", "2026-11-02")
    gate.record(accepted, actor=NEXT_CLERK, now=now)
    void = theirs.entry("void", "2026-11-03", corrects=accepted.id, reason="接错了人")
    gate.record(void, actor=house(), now=now)
    assert unit_of(mine) == VILLAGE


def test_the_place_of_custody_records_until_the_release_though_the_town_has_accepted(
    places: object, now: datetime
) -> None:
    pen = Pen(3, author="head", unit=CENTRE)
    theirs = Pen(3, author="clerk", unit=TOWN)
    theirs.next += 500
    gate.record_many(
        [
            pen.person(),
            pen.entry("order", "2024-11-25", measure="compulsory_isolation"),
            pen.entry("admission", "2024-11-26", place="justice_centre", centre=CENTRE),
            pen.entry("handover_sent", "2026-11-10", to_unit=TOWN),
        ],
        actor=HEAD,
        now=now,
    )
    gate.record(theirs.entry("handover_accepted", "2026-11-12"), actor=CLERK, now=now)
    assert unit_of(pen) == TOWN
    gate.record(pen.entry("release_notice", "2026-11-20"), actor=HEAD, now=now)
    gate.record(pen.entry("release", "2026-11-22"), actor=HEAD, now=now)
    with pytest.raises(NotAllowed):
        gate.record(pen.entry("remark", "2026-11-23", text="晚了"), actor=HEAD, now=now)


def test_nobody_withdraws_what_their_role_could_not_have_recorded(places: object, now: datetime) -> None:
    pen = Pen(4)
    order = pen.entry("order", "2026-02-01", measure="community_treatment")
    served = pen.entry("served", "2026-02-02")
    gate.record_many([pen.person(), pen.held_by(VILLAGE), order, served], actor=CLERK, now=now)
    village = Actor("clerk", (Post("village_worker", VILLAGE),))
    mine = Pen(4, unit=VILLAGE)
    mine.next += 500
    with pytest.raises(NotAllowed, match="not recorded by"):
        gate.record(
            mine.entry("void", "2026-02-03", corrects=served.id, reason="不对"), actor=village, now=now
        )


def test_a_notice_is_left_for_the_unit_to_which_a_file_is_sent(places: object, now: datetime) -> None:
    mine, _ = pens(5)
    gate.record_many(mine.on_community_treatment(served="2026-02-01"), actor=CLERK, now=now)
    gate.record(mine.entry("handover_sent", "2026-11-01", to_unit=NEXT_TOWN), actor=CLERK, now=now)
    found = engine.rows("SELECT u.code FROM store_notice n JOIN store_unit u ON u.no = n.unit")
    assert found == [(NEXT_TOWN,)]


@pytest.mark.parametrize("ends", ["withdrawn", "refused", "sent elsewhere", "accepted", "placed"])
def test_whoever_is_no_longer_to_accept_a_file_is_no_longer_told_of_it(
    places: object, now: datetime, ends: str
) -> None:
    next_town = units.tree().find(NEXT_TOWN)
    mine, theirs = pens(6)
    gate.record_many(mine.on_community_treatment(served="2026-02-01"), actor=CLERK, now=now)
    sent = mine.entry("handover_sent", "2026-11-01", to_unit=NEXT_TOWN)
    gate.record(sent, actor=CLERK, now=now)
    assert len(grants.handed_over(next_town, now)) == 1
    entry = {
        "withdrawn": lambda: mine.entry("void", "2026-11-02", corrects=sent.id, reason="发错"),
        "refused": lambda: theirs.entry("handover_refused", "2026-11-02", reason="not_here", note="不在"),
        "sent elsewhere": lambda: mine.entry("handover_sent", "2026-11-02", to_unit="469023101"),
        "accepted": lambda: theirs.entry("handover_accepted", "2026-11-02"),
        "placed": lambda: mine.held_by(NEXT_TOWN, "2026-11-02"),
    }[ends]()
    gate.record(entry, actor=house(), now=now)
    assert grants.handed_over(next_town, now) == []


@pytest.mark.parametrize("ends", ["refused", "withdrawn"])
def test_a_town_to_which_its_village_sends_a_file_is_told_until_it_has_answered(
    places: object, now: datetime, ends: str
) -> None:
    town = units.tree().find(TOWN)
    pen = Pen(7)
    whole = [*pen.on_community_treatment(served="2026-02-01"), pen.held_by(VILLAGE, "2026-02-02")]
    visit = pen.entry("remark", "2026-02-03", text="一句话")
    gate.record_many([*whole, visit], actor=CLERK, now=now)
    sent = pen.entry("handover_sent", "2026-11-01", to_unit=TOWN)
    gate.record(sent, actor=house(), now=now)
    gate.record(pen.entry("void", "2026-11-01", corrects=visit.id, reason="重"), actor=house(), now=now)
    assert len(grants.handed_over(town, now)) == 1
    entry = (
        pen.entry("handover_refused", "2026-11-02", reason="other", note="不") if ends == "refused"
        else pen.entry("void", "2026-11-02", corrects=sent.id, reason="发错")
    )  # fmt: skip
    gate.record(entry, actor=house(), now=now)
    assert grants.handed_over(town, now) == []
