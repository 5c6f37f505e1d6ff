"""What takes two people: proposing, deciding, and that nobody does both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.access import Actor, Post, house
from guitu.casefile.second import second_of
from guitu.store import engine, gate, proposals, read
from guitu.store.acts.record import payload_of
from guitu.store.engine import DatabaseError
from guitu.store.proposals import AlreadyDecided, CannotPropose, NotYours
from tests.store.writing import CLERK, COUNTY, NEXT_COUNTY, TOWN, Pen

pytestmark = pytest.mark.usefixtures("places")

OTHER_CHIEF = Actor("chief2", (Post("county_supervisor", "469023"),))
NEXT_CHIEF = Actor("next", (Post("county_supervisor", NEXT_COUNTY),))


def _open(now: datetime, place: int = 1) -> Pen:
    """A person of the town, whose order is not recorded yet."""
    pen = Pen(place)
    gate.record_many([pen.person(), pen.held_by("469023100200")], actor=house(), now=now)
    return pen


def _order(pen: Pen, now: datetime, actor: Actor = CLERK) -> UUID:
    entry = pen.entry("order", "2026-11-20", measure="community_treatment", document_no="示例〔2026〕9号")
    return proposals.propose(
        "record", payload_of(entry), file=entry.file, actor=actor, reason="决定书已核对", now=now
    )


def test_an_order_waits_until_a_second_officer_has_approved_it(now: datetime) -> None:
    pen = _open(now)
    identifier = _order(pen, now)
    view = read.file_view(pen.file)
    assert view is not None
    assert [e.kind for e in view.entries] == ["person", "responsible_unit"]
    later = now + timedelta(hours=3)
    proposals.decide_proposal(identifier, actor=COUNTY, approve=True, reason="", now=later)
    view = read.file_view(pen.file)
    assert view is not None
    entry = view.entries[-1]
    assert (entry.kind, entry.author, entry.unit) == ("order", "clerk", TOWN)
    assert entry.happened_on.isoformat() == "2026-11-20"
    assert entry.recorded_at == later
    assert second_of(entry.source) == "chief"
    found = proposals.find(identifier)
    assert found is not None
    assert found.state == "approved"


def test_nobody_approves_what_they_proposed_not_even_in_another_post(now: datetime) -> None:
    identifier = _order(_open(now), now)
    twice = Actor("clerk", (Post("county_supervisor", "469023"),))
    with pytest.raises(NotYours):
        proposals.decide_proposal(identifier, actor=twice, approve=True, reason="", now=now)
    with pytest.raises(NotYours):
        proposals.decide_proposal(identifier, actor=house(), approve=True, reason="", now=now)


@pytest.mark.parametrize(
    "actor",
    [NEXT_CHIEF, Actor("other", (Post("town_office", TOWN),)), Actor("nurse", (Post("nurse", "46J01"),))],
    ids=["another county", "a role that approves nothing", "a nurse"],
)
def test_only_a_role_of_the_table_in_the_persons_area_approves(now: datetime, actor: Actor) -> None:
    pen = _open(now)
    identifier = _order(pen, now)
    with pytest.raises(NotYours):
        proposals.decide_proposal(identifier, actor=actor, approve=True, reason="", now=now)
    assert proposals.find(identifier).state == "proposed"


def test_a_refusal_needs_a_reason_and_records_nothing(now: datetime) -> None:
    pen = _open(now)
    identifier = _order(pen, now)
    with pytest.raises(CannotPropose):
        proposals.decide_proposal(identifier, actor=COUNTY, approve=False, reason=" ", now=now)
    proposals.decide_proposal(identifier, actor=COUNTY, approve=False, reason="文书号不符", now=now)
    found = proposals.find(identifier)
    assert (found.state, found.decided.reason) == ("refused", "文书号不符")
    assert len(read.file_view(pen.file).entries) == 2


def test_what_is_decided_is_not_decided_again(now: datetime) -> None:
    identifier = _order(_open(now), now)
    proposals.decide_proposal(identifier, actor=COUNTY, approve=True, reason="", now=now)
    with pytest.raises(AlreadyDecided):
        proposals.decide_proposal(identifier, actor=OTHER_CHIEF, approve=False, reason="不", now=now)
    with pytest.raises(AlreadyDecided):
        proposals.withdraw(identifier, actor=CLERK, reason="", now=now)


def test_only_the_proposer_takes_it_back(now: datetime) -> None:
    identifier = _order(_open(now), now)
    with pytest.raises(NotYours):
        proposals.withdraw(identifier, actor=COUNTY, reason="", now=now)
    proposals.withdraw(identifier, actor=CLERK, reason="重复", now=now)
    assert proposals.find(identifier).state == "withdrawn"


def test_a_proposal_that_waited_too_long_has_expired(now: datetime) -> None:
    identifier = _order(_open(now), now)
    last = now + timedelta(days=proposals.DAYS)
    assert proposals.expire(last) == 0
    after = last + timedelta(seconds=1)
    with pytest.raises(AlreadyDecided):
        proposals.decide_proposal(identifier, actor=COUNTY, approve=True, reason="", now=after)
    assert proposals.expire(after) == 1
    assert proposals.find(identifier).state == "expired"


def test_pressing_twice_proposes_once(now: datetime) -> None:
    pen = _open(now)
    entry = pen.entry("order", "2026-11-20", measure="community_treatment")
    mine = [
        proposals.propose(
            "record", payload_of(entry), file=pen.file, actor=CLERK, reason="", now=now, id=entry.id
        )
        for _ in range(2)
    ]
    assert mine == [entry.id, entry.id]
    assert engine.row("SELECT count(*) FROM store_proposal") == (1,)


def test_what_the_gate_would_refuse_is_not_proposed(now: datetime) -> None:
    pen = _open(now)
    entry = pen.entry("order", "2027-01-01", measure="community_treatment")
    with pytest.raises(gate.NotAccepted):
        proposals.propose("record", payload_of(entry), file=pen.file, actor=CLERK, reason="", now=now)
    nurse = Actor("nurse", (Post("nurse", TOWN),))
    with pytest.raises(CannotPropose):
        _order(pen, now, nurse)


def test_the_gate_records_no_such_entry_of_one_officer_alone(now: datetime) -> None:
    pen = _open(now)
    order = pen.entry("order", "2026-11-20", measure="community_treatment")
    with pytest.raises(gate.NeedsSecond):
        gate.record(order, actor=CLERK, now=now)
    with pytest.raises(gate.NeedsSecond):
        gate.record(order, actor=CLERK, now=now, second="clerk")
    gate.record_many([order], actor=house(), now=now)
    void = pen.entry("void", "2026-11-21", corrects=order.id, reason="误登")
    with pytest.raises(gate.NeedsSecond):
        gate.record(void, actor=CLERK, now=now)


def test_what_sets_a_person_free_never_waits_but_taking_it_back_does(now: datetime) -> None:
    pen = _open(now)
    gate.record_many(
        [pen.entry("order", "2026-11-01", measure="community_treatment")], actor=house(), now=now
    )
    release = pen.entry("release", "2026-11-20")
    early = pen.entry("decision", "2026-11-20", effect="early_release")
    assert gate.record(release, actor=CLERK, now=now).n
    assert not gate.waits(early)
    assert gate.waits(pen.entry("decision", "2026-11-20", effect="extension", months=3))
    assert gate.waits(pen.entry("void", "2026-11-21", corrects=release.id, reason="误登"))


def test_nobody_is_let_go_early_from_a_day_before_it_was_decided(now: datetime) -> None:
    pen = Pen(1, author=COUNTY.name, unit="469023")
    gate.record_many([pen.person(), pen.held_by("469023100200")], actor=house(), now=now)
    past = {"effect": "early_release", "takes_effect_on": date(2026, 10, 21)}
    early = pen.entry("decision", "2026-11-20", **past)  # type: ignore[arg-type]
    with pytest.raises(
        gate.NotAccepted, match="early release cannot take effect before the day it was decided"
    ) as refused:
        gate.record(early, actor=COUNTY, now=now)
    assert [fault.field for fault in refused.value.faults] == ["takes_effect_on"]
    gate.record(replace(early, source="台账.xlsx · 表1 · 3"), actor=COUNTY, now=now)  # as the paper says
    same_day = {**past, "takes_effect_on": date(2026, 11, 20)}
    gate.record(pen.entry("decision", "2026-11-20", **same_day), actor=COUNTY, now=now)  # type: ignore[arg-type]


def test_no_measure_changes_from_a_day_before_that_was_decided(now: datetime) -> None:
    pen = Pen(1, author=COUNTY.name, unit="469023")
    gate.record_many([pen.person(), pen.held_by("469023100200")], actor=house(), now=now)
    for on, refused in ((date(2026, 11, 19), True), (date(2026, 11, 20), False)):
        change = pen.entry("decision", "2026-11-20", effect="change_to_community", takes_effect_on=on)
        if refused:
            with pytest.raises(
                gate.NotAccepted, match="community treatment cannot take effect before the day"
            ):
                gate.record(change, actor=COUNTY, now=now)
        else:
            gate.record(change, actor=COUNTY, now=now)


def test_the_database_keeps_proposals_and_steps_as_they_were(now: datetime) -> None:
    identifier = _order(_open(now), now).hex
    for sql in (
        "UPDATE store_proposal SET username = 'x' WHERE id = %s",
        "DELETE FROM store_proposal WHERE id = %s",
        "UPDATE store_proposalstep SET username = 'x' WHERE proposal = %s",
        "DELETE FROM store_proposalstep WHERE proposal = %s",
    ):
        with pytest.raises(DatabaseError), engine.attempt():
            engine.execute(sql, [identifier])
    engine.execute("UPDATE store_proposal SET state = 'refused' WHERE id = %s", [identifier])
    with pytest.raises(DatabaseError), engine.attempt():
        engine.execute("UPDATE store_proposal SET state = 'approved' WHERE id = %s", [identifier])


def test_nothing_of_a_proposal_can_be_read_once_the_files_keys_are_gone(now: datetime) -> None:
    identifier = _order(_open(now), now)
    row = engine.row("SELECT sealed FROM store_proposal")
    assert "示例" not in bytes(row[0]).decode("utf-8", "replace")
    engine.execute("DELETE FROM store_filekey")
    found = proposals.find(identifier)
    assert (dict(found.payload), found.reason) == ({}, "")
