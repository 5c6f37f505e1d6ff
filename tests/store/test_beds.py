"""Beds through the one gate: a placement that the law does not allow is refused wherever it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from guitu.access import Actor, Post, house
from guitu.casefile import Entry, Value
from guitu.store import excerpts, gate, unitfiles
from guitu.store.centre import placements, residents
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen

BRIGADE = "46J0101"
OFFICER = Actor("officer", (Post("brigade_officer", BRIGADE),))
HEAD = Actor("head", (Post("centre_head", CENTRE),))


@pytest.fixture(autouse=True)
def _wards(places: object, now: datetime) -> None:
    wards(now)


def wards(now: datetime) -> None:
    """A men's ward with two beds, a women's and one for isolation."""
    excerpts.forget()
    rooms = (("一区", "male", "ordinary"), ("女区", "female", "ordinary"), ("隔离区", "male", "isolation"))
    for ward, sex, purpose in rooms:
        for kind, fields in (
            ("ward", {"sex": sex, "purpose": purpose}),
            ("room", {"room": "101", "beds": 2}),
        ):
            entry = unitfiles.new_entry(
                BRIGADE, kind, date(2026, 1, 2), {"ward": ward, **fields}, now=now, author="officer"
            )
            unitfiles.record(entry, actor=OFFICER, now=now)


def resident(n: int, now: datetime, **more: Value) -> Pen:
    """Somebody inside the brigade."""
    pen = Pen(n, author="officer", unit=BRIGADE)
    came = [
        pen.person(**more),
        pen.entry(
            "order", "2026-01-05", measure="compulsory_isolation", document_no="示范公强戒决字〔2026〕1号"
        ),
        pen.entry("served", "2026-01-05"),
        pen.entry("transfer", "2026-02-02", place="justice_centre", centre=CENTRE),
        pen.entry("responsible_unit", "2026-02-02", unit=BRIGADE),
    ]
    gate.record_many(came, actor=house(), now=now)
    return pen


def bed(pen: Pen, number: int | None = 1, ward: str = "一区", **more: Value) -> Entry:
    fields: dict[str, Value] = {"unit": BRIGADE, "ward": ward, "room": "101", "why": "entry", **more}
    if number is not None:
        fields["bed"] = number
    return pen.entry("bed_placed", "2026-02-03", **fields)


def by_head(entry: Entry) -> Entry:
    return replace(entry, author="head", unit=CENTRE)


def refused(entry: Entry, now: datetime, actor: Actor = OFFICER) -> str:
    with pytest.raises(gate.NotAccepted) as found:
        gate.record(by_head(entry) if actor is HEAD else entry, actor=actor, now=now)
    return found.value.say("zh")


def lying(now: datetime) -> dict[str, str]:
    """Who lies where, by name, as the page of wards reads it."""
    lines = residents.inside(tree().find(BRIGADE))
    found = excerpts.counted((line.no for line in lines), placements.KINDS)
    places = {line.name: placements.place_of(found[line.no], CENTRE) for line in lines}
    return {name: place.said for name, place in places.items() if place is not None}


def test_somebody_is_given_a_bed_and_it_is_theirs_until_another_one_is(now: datetime) -> None:
    one = resident(1, now, name="王甲")
    gate.record(bed(one), actor=OFFICER, now=now)
    assert lying(now) == {"王甲": "一区 101 1 床"}
    other = resident(2, now, name="李乙")
    assert "这张床已有人" in refused(bed(other), now)
    gate.record(bed(other, 2), actor=OFFICER, now=now)
    assert lying(now) == {"王甲": "一区 101 1 床", "李乙": "一区 101 2 床"}
    third = resident(3, now, name="张丙")
    assert "已住满" in refused(bed(third, None), now)


def test_a_placement_sent_twice_is_one(now: datetime) -> None:
    entry = bed(resident(1, now))
    gate.record(entry, actor=OFFICER, now=now)
    assert gate.record(entry, actor=OFFICER, now=now).repeated


def test_a_woman_is_not_put_among_men_whatever_the_reason(now: datetime) -> None:
    woman = resident(1, now, sex="female")
    entry = bed(woman, head_reason="没有别的床")
    assert "男女必须分开管理" in refused(entry, now)
    assert "禁毒法#44" in refused(bed(woman, head_reason="没有别的床"), now, HEAD)
    gate.record(bed(woman, ward="女区"), actor=OFFICER, now=now)


def test_against_a_doctors_advice_only_the_head_places_and_says_why(now: datetime) -> None:
    pen = resident(1, now, name="王甲")
    told = pen.entry("placement_advice", "2026-02-02", advice="isolation", doctor="某医生")
    gate.record(told, actor=OFFICER, now=now)
    assert "须由所领导写明理由" in refused(bed(pen), now)
    assert "须由所领导写明理由" in refused(bed(pen, head_reason="隔离区已满"), now)
    assert "须由所领导写明理由" in refused(bed(pen), now, HEAD)
    gate.record(by_head(bed(pen, head_reason="隔离区已满，单人居住")), actor=HEAD, now=now)
    assert lying(now) == {"王甲": "一区 101 1 床"}


def test_a_ward_that_is_closed_takes_nobody(now: datetime) -> None:
    pen = resident(1, now)
    gone = unitfiles.new_entry(
        BRIGADE, "ward_closed", date(2026, 2, 1), {"ward": "一区"}, now=now + timedelta(minutes=1),
        author="officer",
    )  # fmt: skip
    unitfiles.record(gone, actor=OFFICER, now=now + timedelta(minutes=1))
    assert "没有“一区”这个病区" in refused(bed(pen), now)


def test_a_bed_is_free_again_when_its_person_has_left(now: datetime) -> None:
    one = resident(1, now)
    gate.record(bed(one), actor=OFFICER, now=now)
    gate.record_many([one.entry("release", "2026-03-02")], actor=house(), now=now)
    other = resident(2, now, name="李乙")
    gate.record(bed(other), actor=OFFICER, now=now)
    assert lying(now) == {"李乙": "一区 101 1 床"}


def test_what_is_withdrawn_leaves_the_bed_free(now: datetime) -> None:
    one = resident(1, now)
    placed = bed(one)
    gate.record(placed, actor=OFFICER, now=now)
    void = one.entry("void", "2026-02-03", corrects=placed.id, reason="录错")
    gate.record_many([void], actor=house(), now=now)
    assert lying(now) == {}


def test_two_who_come_together_do_not_get_one_bed(now: datetime) -> None:
    both = [bed(resident(1, now, name="王甲")), bed(resident(2, now, name="李乙"))]
    with pytest.raises(gate.NotAccepted) as found:
        gate.record_many(both, actor=OFFICER, now=now)
    assert "这张床已有人" in found.value.say("zh")
    assert lying(now) == {}
