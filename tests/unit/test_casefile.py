"""Entries and their chain: what is worked out the quick way is what the slow way gives."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from guitu.casefile import YES_NO, Ask, CaseFile, Entry, Kind
from guitu.casefile.chain import GENESIS, Link, beginning, digest, follows
from guitu.casefile.fields import time_of_day
from guitu.kernel.labels import Label

CHINA = timezone(timedelta(hours=8))

LINK = Link(
    3, UUID(int=1 << 100), UUID(int=7), "order", 2, date(2026, 1, 31),
    datetime(2026, 2, 1, 8, 0, 0, 123456, tzinfo=CHINA), "李专干", "469023100", UUID(int=9),
    "名册.xlsx · 表 · 17", '{"measure":"community_treatment"}', b"\x00\x01sealed",
)  # fmt: skip


def entry(number: int = 1, **more: object) -> Entry:
    """An invented entry."""
    parts: dict[str, object] = {
        "id": UUID(int=number),
        "file": UUID(int=7),
        "kind": "order",
        "happened_on": date(2026, 1, 31),
        "recorded_at": datetime(2026, 2, 1, 8, tzinfo=CHINA),
        "fields": {"measure": "community_treatment", "printed_end": date(2029, 1, 30), "months": 36},
        **more,
    }
    return Entry(**parts)  # type: ignore[arg-type]


def test_digests_are_those_that_are_stored_already() -> None:
    assert digest(LINK, GENESIS).hex() == "8e7ba9251680677933853c75094057bfe4dd891aa4c2abc7f366441c15b0d526"
    bare = LINK._replace(corrects=None, sealed=b"", source="")
    assert (
        digest(bare, b"\xff" * 32).hex() == "d8a9929c84244ab60059c3c4af9cd23426d45d985e328c136338c9989cad0915"
    )
    now = LINK._replace(stored_ms=1_769_904_000_321)
    assert digest(now, GENESIS).hex() == "6409583c254d4db6eb70511dd25da13eac83b4417babc2504f4e9da994ee8878"
    first = beginning(UUID(int=7), "person", "469023-2026-00001", 1_769_904_000_321)
    assert first.hex() == "e485300b2833b58874edc537cc1c6251c0ae417673a29c76039771ab27040e49"


@pytest.mark.parametrize(
    "changed",
    [
        {"n": 2}, {"id": UUID(int=1)}, {"file": UUID(int=8)}, {"kind": "void"}, {"version": 3},
        {"happened_on": date(2026, 1, 30)}, {"recorded_at": datetime(2026, 2, 1, 8, 0, 1, tzinfo=CHINA)},
        {"author": ""}, {"unit": "46"}, {"corrects": None}, {"source": "x"}, {"body": "{}"}, {"sealed": b""},
        {"stored_ms": 6}, {"stored_ms": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_link_of_which_anything_is_changed_follows_no_more(changed: dict[str, object]) -> None:
    link, first = LINK._replace(n=1, stored_ms=5), beginning(LINK.file, "person", "1", 5)
    stored = digest(link, first)
    assert follows(link, first, stored)
    assert not follows(link._replace(**changed), first, stored)  # type: ignore[arg-type]


def test_a_file_that_is_registered_otherwise_begins_otherwise() -> None:
    file = UUID(int=7)
    told = [("person", "1", 5), ("unit", "1", 5), ("person", "2", 5), ("person", "1", 6), ("person1", "", 5)]
    assert len({beginning(file, *one) for one in told} | {beginning(UUID(int=8), *told[0])}) == 6


def test_an_entry_that_travelled_is_the_one_that_set_out() -> None:
    whole = entry(version=2, author="li", unit="46", corrects=UUID(int=5), source="名册 / 3", reason="抄错")
    for one in (entry(), whole):
        arrived = pickle.loads(pickle.dumps(one))
        assert arrived == one
        assert arrived.fields == one.fields
        assert type(arrived.fields) is type(one.fields)


def test_what_counts_is_ordered_by_day_then_by_when_it_was_recorded() -> None:
    late = datetime(2026, 3, 1, tzinfo=CHINA)
    entries = (
        entry(1, happened_on=date(2026, 2, 2)),
        entry(2, recorded_at=late),
        entry(4),
        entry(3),
        entry(5, kind="void"),
    )
    assert [e.id.int for e in CaseFile(UUID(int=7), entries).counted()] == [3, 4, 2, 1]


def test_faults_stand_in_the_order_of_the_questions() -> None:
    label = Label("问", "question")
    kind = Kind(
        name="visit",
        label=label,
        compartment="support",
        fields=(
            Ask(name="done", label=label, type="choice", choices=YES_NO, required=True),
            Ask(name="why", label=label, required=True, only_when={"done": ("no",)}),
            Ask(name="times", label=label, type="whole", least=1),
        ),
    )
    assert [(f.field, f.code) for f in kind.faults({"times": 0, "other": "x", "why": "", "done": "no"})] == [
        ("other", "choice_unknown"),
        ("why", "required_missing"),
        ("times", "choice_unknown"),
    ]
    assert [(f.field, f.code) for f in kind.faults({"times": "3", "why": "x"})] == [
        ("done", "required_missing"),
        ("why", "contradiction"),
        ("times", "choice_unknown"),
    ]
    assert kind.faults({"done": "yes", "times": 2, "why": None}) == []


def test_a_time_of_day_is_shown_as_one_and_a_number_as_a_number() -> None:
    told = time_of_day(Label("时间", "Time"))
    assert (told.show(1500), told.show(905, "en"), told.show(None)) == ("15:00", "09:05", "")
    assert Ask(name="n", label=Label("次数", "Times"), type="whole").show(1500) == "1500"
