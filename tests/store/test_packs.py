"""Packs in the store: fixed once, never changed, two people, returned with a reason, corrected openly."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from guitu.access import Actor, Post, house
from guitu.casefile import Value
from guitu.casefile.chain import sm3
from guitu.store import actions, engine, packs, unitfiles
from guitu.store.appending import NotAllowed
from guitu.store.packs import Content, Fixed, PackRefused
from guitu.store.units import tree
from guitu.store.verify import verify

pytestmark = pytest.mark.usefixtures("places")

COUNTER = Actor("counter", (Post("statistician", "469023"),))
CHIEF = Actor("chief", (Post("county_supervisor", "469023"),))
NEXT = Actor("next", (Post("county_supervisor", "469024"),))
PROVINCE = Actor("province", (Post("provincial_supervisor", "46"),))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def made(text: str = '{"n":128}', breaks: int = 0) -> Content:
    return Content(text, sm3(text.encode()), 1204, "2026-11-02T06:00:00+08:00", "5f0c", breaks)


def fixed(now: datetime, *, actor: Actor = COUNTER, breaks: int = 0) -> Fixed:
    return packs.fix(
        tree().find("469023"), "month", *OCTOBER, lambda *_: made(breaks=breaks), actor=actor, now=now
    )


def again(pack: Fixed) -> Fixed:
    found = packs.find(pack.id)
    assert found is not None
    return found


def go(pack: Fixed, now: datetime, *steps: tuple[packs.What, Actor]) -> Fixed:
    for what, actor in steps:
        packs.step(pack, what, actor=actor, now=now, reason="数字与台账不符")
        pack = again(pack)
    return pack


SENT: tuple[tuple[packs.What, Actor], ...] = (
    ("checked", COUNTER),
    ("signed", CHIEF),
    ("submitted", COUNTER),
)


def test_what_was_fixed_comes_back_word_for_word_with_its_number_and_digest(now: datetime) -> None:
    pack = fixed(now)
    assert packs.content(pack) == '{"n":128}'
    assert (pack.number, pack.state, pack.by, pack.seq) == ("469023-202610-1", "fixed", "counter", 1204)
    assert pack.digest == sm3(b'{"n":128}').hex()


def test_the_content_lies_sealed_in_the_database(now: datetime) -> None:
    pack = fixed(now)
    row = engine.row("SELECT sealed FROM store_pack WHERE id = %s", [engine.key(pack.id)])
    assert row is not None
    assert b"128" not in bytes(row[0])


@pytest.mark.parametrize("sql", ["UPDATE store_pack SET unit = 1", "DELETE FROM store_pack"])
def test_the_database_refuses_to_change_a_pack(now: datetime, sql: str) -> None:
    fixed(now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as c:
        c.execute(sql)


def test_a_pack_goes_from_hand_to_hand_and_says_who_did_what(now: datetime) -> None:
    pack = go(fixed(now), now, *SENT)
    assert pack.state == "submitted"
    assert [(s.what, s.by, s.office) for s in pack.steps] == [
        ("checked", "counter", "469023"),
        ("signed", "chief", "469023"),
        ("submitted", "counter", "469023"),
    ]


def test_whoever_checked_does_not_sign(now: datetime) -> None:
    pack = go(fixed(now, actor=CHIEF), now, ("checked", CHIEF))
    with pytest.raises(PackRefused, match="somebody else"):
        packs.step(pack, "signed", actor=CHIEF, now=now)
    assert go(pack, now, ("signed", PROVINCE)).state == "signed"


def test_the_service_itself_signs_nothing(now: datetime) -> None:
    pack = go(fixed(now), now, ("checked", COUNTER))
    with pytest.raises(PackRefused):
        packs.step(pack, "signed", actor=house(), now=now)


def test_a_statistician_prepares_and_does_not_sign(now: datetime) -> None:
    other = Actor("other", (Post("statistician", "469023"),))
    pack = go(fixed(now), now, ("checked", other))
    with pytest.raises(PackRefused):
        packs.step(pack, "signed", actor=COUNTER, now=now)


def test_another_county_can_do_nothing_with_it(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        fixed(now, actor=NEXT)
    pack = fixed(now)
    for what in ("checked", "returned"):
        with pytest.raises(PackRefused):
            packs.step(pack, what, actor=NEXT, now=now, reason="原因")


@pytest.mark.parametrize("what", ["signed", "submitted"])
def test_no_step_is_left_out(now: datetime, what: packs.What) -> None:
    pack = fixed(now)
    with pytest.raises(PackRefused, match="to be checked"):
        packs.step(pack, what, actor=CHIEF, now=now)


def test_sums_that_do_not_come_out_stop_it_before_it_is_sent_and_not_earlier(now: datetime) -> None:
    pack = go(fixed(now, breaks=1), now, *SENT[:2])
    with pytest.raises(PackRefused, match="do not come out"):
        packs.step(pack, "submitted", actor=COUNTER, now=now)


def test_one_pack_of_a_period_is_on_its_way_at_a_time_and_a_returned_one_makes_room(now: datetime) -> None:
    first = fixed(now)
    with pytest.raises(PackRefused, match="469023-202610-1"):
        fixed(now)
    first = go(first, now, ("returned", COUNTER))
    assert (first.state, first.steps[-1].reason) == ("returned", "数字与台账不符")
    assert fixed(now + timedelta(hours=1)).number == "469023-202610-2"


def test_a_return_needs_a_reason(now: datetime) -> None:
    with pytest.raises(PackRefused, match="why it is returned"):
        packs.step(fixed(now), "returned", actor=COUNTER, now=now, reason=" ")


def test_what_was_sent_is_returned_only_from_above(now: datetime) -> None:
    pack = go(fixed(now), now, *SENT)
    with pytest.raises(PackRefused):
        packs.step(pack, "returned", actor=CHIEF, now=now, reason="原因")
    assert go(pack, now, ("returned", PROVINCE)).state == "returned"


def test_a_correction_replaces_what_was_sent_once_it_is_sent_itself(now: datetime) -> None:
    old = go(fixed(now), now, *SENT)
    told: list[str] = []

    def make(number: str, corrects: str) -> Content:
        told.extend([number, corrects])
        return made('{"n":130}')

    new = packs.fix(
        old.unit, "month", *OCTOBER, make, actor=COUNTER, now=now, replaces=old.id, why="补录两人"
    )
    assert told == ["469023-202610-2", "469023-202610-1"]
    assert (again(old).state, new.why, new.replaces) == ("submitted", "补录两人", old.id)
    go(new, now, *SENT)
    assert (again(old).state, again(old).replaced_by) == ("replaced", new.id)
    assert packs.content(again(old)) == '{"n":128}'


def test_only_what_was_sent_is_corrected_and_never_without_a_reason(now: datetime) -> None:
    pack = fixed(now)

    def correct(replaces: UUID, why: str) -> None:
        packs.fix(
            pack.unit,
            "month",
            *OCTOBER,
            lambda *_: made(),
            actor=COUNTER,
            now=now,
            replaces=replaces,
            why=why,
        )

    with pytest.raises(PackRefused):
        correct(pack.id, "原因")
    go(pack, now, *SENT)
    with pytest.raises(PackRefused, match="why it is corrected"):
        correct(pack.id, "")


@pytest.mark.django_db(transaction=True)
def test_content_that_was_swapped_is_not_used(now: datetime) -> None:
    from tests.store.tampering import triggers_off

    pack = fixed(now)
    other = packs.fix(
        tree().find("469023"), "year", date(2026, 1, 1), date(2026, 12, 31), lambda *_: made("{}"),
        actor=COUNTER, now=now,
    )  # fmt: skip
    with triggers_off():
        engine.execute(
            "UPDATE store_pack SET sealed = (SELECT sealed FROM store_pack WHERE id = %s) WHERE id = %s",
            [engine.key(other.id), engine.key(pack.id)],
        )
    with pytest.raises(PackRefused, match="guitu verify"):
        packs.content(pack)
    assert [(b.fault, b.case_no) for b in verify().broken] == [("pack", pack.number)]


def test_a_unit_lists_the_packs_of_those_below_and_of_nobody_else(now: datetime) -> None:
    pack = fixed(now)
    assert packs.with_packs(tree().find("46")) == [pack.unit]
    assert packs.with_packs(tree().find("469024")) == []
    assert [p.id for p in packs.of_units([pack.unit])] == [pack.id]


def test_what_was_decided_is_late_after_its_day_and_closed_with_evidence(now: datetime) -> None:
    county = tree().find("469023")

    def told(kind: str, **fields: Value) -> UUID:
        entry = unitfiles.new_entry(county.code, kind, date(2026, 11, 1), fields, now=now, author="x")
        unitfiles.record(entry, actor=house(), now=now)
        return entry.id

    done = told("action_decided", about=county.code, text="核查去向", owner="469023100",
                due=date(2026, 11, 20))  # fmt: skip
    told("action_decided", about=county.code, text="补齐文书", owner="469023101")

    def known(text: str) -> actions.Action:
        return next(a for a in actions.of_unit(county) if a.text == text)

    first, second = known("核查去向"), known("补齐文书")
    assert (first.state(date(2026, 11, 20)), first.state(date(2026, 11, 21))) == ("open", "late")
    assert second.state(date(2027, 1, 1)) == "open"
    told("action_closed", to=str(done), outcome="done", evidence="走访记录 12 份")
    first = known("核查去向")
    assert (first.state(date(2026, 11, 23)), first.evidence) == ("done", "走访记录 12 份")
