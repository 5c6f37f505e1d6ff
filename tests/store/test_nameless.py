"""Rewards, rounds and inspections have no room for anybody: no answer, no reason, no source and nothing that
two officers say about an informant holds a name. And a reward is collected once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from guitu.access import ACTS, Actor, Post, house
from guitu.casefile import Entry, Kind, Value
from guitu.casefile.fields import TYPED
from guitu.casefile.kind import REASONS, WORK
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.errors import DeclarationError
from guitu.levels import ground, informant, shapes
from guitu.store import engine, gate, proposals, unitfiles
from guitu.store.acts.reward import payload_of
from guitu.store.gate import NeedsSecond, NotAccepted
from guitu.store.levels import rewards
from guitu.store.levels.work import Work, work
from guitu.store.proposals import CannotPropose, NotYours
from guitu.store.units import tree
from tests.store.writing import CLERK, COUNTY, TOWN, VILLAGE

PROVINCE = Actor("province", (Post("provincial_supervisor", "46"),))
CASHIER = Actor("cashier", (Post("county_supervisor", "469023"),))
COUNTY_CODE = "469023"
ON = date(2026, 11, 20)
NAMES = (
    "王小明", "欧阳小明", "符某某", "买买提·艾力", "Zhang San", "ZHANGSAN", "ADA", "ada", "13800138000",
    "98010119900101001X", "J13800138000", "second:王小明", "文字",
)  # fmt: skip
"""Names and numbers of people who do not exist, and a free word."""
POLICING = ground.KINDS | {"published_figure"}
"""The kinds of policing and patrol."""

pytestmark = pytest.mark.usefixtures("places")


def nameless() -> list[Kind]:
    return [kind for kind in kinds().values() if kind.nameless]


def fit(kind: Kind) -> dict[str, Value]:
    """Answers that fit."""
    some: dict[str, Value] = {}
    shapes = {
        "code": "J000000000", "digest": "0" * 64, "to": "01900000-0000-7000-8000-000000000001",
        "document_no": "示例〔2026〕1号", "section": "01900000-0000-7000-8000-000000000001",
        "seen": "01900000-0000-7000-8000-000000000001 01900000-0000-7000-8000-000000000002",
    }  # fmt: skip
    for ask in kind.fields:
        if not ask.applies(some):
            continue
        match ask.type:
            case "choice":
                some[ask.name] = ask.choices[0].value
            case "whole":
                some[ask.name] = ask.least or 0
            case "decimal":
                some[ask.name] = "1.5"
            case "day":
                some[ask.name] = ON
            case "unit":
                some[ask.name] = TOWN
            case _:
                some[ask.name] = shapes[ask.name]
    assert not kind.faults(some), [f.label.zh for f in kind.faults(some)]
    return some


def test_these_kinds_are_without_names() -> None:
    assert {k.name for k in nameless()} >= {
        "reward", "informant_reward", "informant_reward_ended", "place_round", "venue_inspection",
        "venue_closure", "venue_reopened",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", nameless(), ids=lambda kind: kind.name)
def test_no_answer_of_such_a_kind_holds_a_name(kind: Kind, name: str) -> None:
    good = fit(kind)
    for ask in kind.fields:
        faults = kind.faults({**good, ask.name: name})
        assert any(f.field == ask.name for f in faults), ask.name
    assert kind.faults({**good, "name": name})  # and no answer of another name is taken along


def test_a_kind_with_a_free_answer_cannot_be_declared_without_names() -> None:
    some = kinds()["outreach_event"]
    with pytest.raises(DeclarationError):
        replace(some, nameless=True, _by_name={})
    assert all(a.check for k in nameless() for a in k.fields if a.type in TYPED)


def told(unit: str, kind: str, now: datetime, /, **fields: Any) -> Entry:
    return unitfiles.new_entry(unit, kind, ON, fields, now=now, author="x", office=unit)


def a_round(now: datetime) -> Entry:
    more = {
        "by": "village_team",
        "started": 2000,
        "minutes": 40,
        "people": 3,
        "places": 0,
        "found": "nothing",
    }
    return told(VILLAGE, "place_round", now, **more)


@pytest.mark.parametrize("name", NAMES)
def test_neither_reason_nor_source_nor_withdrawal_holds_one(name: str, now: datetime) -> None:
    first = a_round(now)
    unitfiles.record(first, actor=house(), now=now)
    for wrong in (
        replace(a_round(now), source=name),
        replace(a_round(now), corrects=first.id, reason=name),
        unitfiles.new_entry(VILLAGE, "void", ON, {"reason": name}, now=now, corrects=first.id),
        unitfiles.new_entry(VILLAGE, "void", ON, {"reason": "重复"}, now=now, corrects=first.id, reason=name),
    ):
        with pytest.raises(NotAccepted, match="no room for names"):
            unitfiles.record_many([wrong], actor=house(), now=now)
    assert [e.id for e in unitfiles.unit_file(tree().find(VILLAGE)).entries] == [first.id]


@pytest.mark.parametrize("reason", [r.zh for r in REASONS])
def test_it_is_withdrawn_for_one_of_a_few_reasons(reason: str, now: datetime) -> None:
    first = a_round(now)
    unitfiles.record(first, actor=house(), now=now)
    gone = unitfiles.new_entry(VILLAGE, "void", ON, {"reason": reason}, now=now, corrects=first.id)
    unitfiles.record(gone, actor=house(), now=now)
    assert unitfiles.unit_file(tree().find(VILLAGE)).counted() == ()


# ── policing and patrol ───────────────────────────────────────────────────────────────────────────


def test_policing_and_patrol_hold_no_persons_data() -> None:
    for name in POLICING:
        kind = kinds()[name]
        assert (kind.about, kind.compartment) == ("unit", WORK), name
        for ask in kind.fields:
            assert ask.type not in ("identity_number", "phone"), (name, ask.name)
            if ask.type in TYPED:
                assert ask.check is not None, (name, ask.name)
                for number in ("13800138000", "98010119900101001X", "9801 0119 9001 0100 1X"):
                    assert ask.check(number) is not None, (name, ask.name)


def test_no_kind_of_policing_or_patrol_leads_to_a_persons_file() -> None:
    """What such an entry names is another entry of the same unit's file, or a unit."""
    for name in POLICING:
        kind = kinds()[name]
        named = {a.name for a in kind.fields if a.check in (shapes.an_id, shapes.ids)}
        assert named <= {"to", "section", "seen"}, name
        assert {a.name for a in kind.fields if "person" in a.name or a.name == "name"} <= {"name"}
        assert name in ("coast_section", "round_place", "venue") or "name" not in {
            a.name for a in kind.fields
        }


# ── rewards ───────────────────────────────────────────────────────────────────────────────────────


def number(n: int) -> UUID:
    return UUID(f"01900000-0000-7000-8000-{n:012x}")


def area() -> Work:
    return work(tree().subtree(tree().find(COUNTY_CODE)), {"reward", *informant.KINDS})


def proposed(now: datetime, n: int = 1, actor: Actor = COUNTY) -> rewards.Slip:
    unit = tree().find(COUNTY_CODE)
    slip = rewards.propose_informant(unit, ON, 2000, "verified", actor=actor, now=now, identifier=number(n))
    assert slip is not None
    return slip


def approved(now: datetime, n: int = 1) -> rewards.Slip:
    slip = proposed(now, n)
    proposals.decide_proposal(slip.proposal, actor=PROVINCE, approve=True, reason="符合规定", now=now)
    return slip


def test_a_reward_to_a_unit_is_recorded_once_a_second_officer_approved_it(now: datetime) -> None:
    fields: dict[str, Value] = {"sort": "money", "given_to": "unit", "awards": 1, "amount": 5000}
    unit = tree().find(TOWN)
    alone = unitfiles.new_entry(TOWN, "reward", ON, fields, now=now, author="clerk")
    with pytest.raises(NeedsSecond):
        unitfiles.record(alone, actor=CLERK, now=now)
    it = rewards.propose(unit, ON, fields, actor=CLERK, now=now, identifier=number(9))
    assert rewards.propose(unit, ON, fields, actor=CLERK, now=now, identifier=number(9)) == it
    assert [p.id for p in rewards.waiting(tree().find(COUNTY_CODE), now)] == [it]
    with pytest.raises(NotYours):
        proposals.decide_proposal(it, actor=CLERK, approve=True, reason="", now=now)
    proposals.decide_proposal(it, actor=COUNTY, approve=True, reason="", now=now)
    (entry,) = area().of("reward")
    assert (entry.author, entry.get("amount"), entry.source) == ("clerk", 5000, f"second:- {it}")
    assert rewards.waiting(tree().find(COUNTY_CODE), now) == ()
    mend = {**fields, "amount": 500}
    other = rewards.propose(
        unit, ON, mend, actor=CLERK, now=now, identifier=number(10), corrects=entry.id, why="数量有误"
    )
    proposals.decide_proposal(other, actor=COUNTY, approve=True, reason="", now=now)
    assert [e.get("amount") for e in area().of("reward")] == [500]


def test_the_phrase_is_in_no_table_and_is_shown_once(now: datetime) -> None:
    slip = approved(now)
    unit = tree().find(COUNTY_CODE)
    again = rewards.propose_informant(unit, ON, 2000, "verified", actor=COUNTY, now=now, identifier=number(1))
    assert again is None
    (entry,) = area().of(informant.REWARD)
    assert entry.fields.keys() == {"code", "digest", "amount", "ground"}
    held = proposals.find(slip.proposal)
    assert held is not None
    everything = json.dumps([dict(entry.fields), dict(held.payload), [s.reason for s in held.steps]])
    plain = slip.phrase.replace("-", "")
    assert slip.phrase not in everything
    assert plain not in everything
    assert informant.digest_of(slip.code, slip.phrase) in everything
    for table in ("store_entry", "store_proposal", "store_proposalstep"):
        rows = engine.rows(f"SELECT * FROM {table}")
        assert slip.phrase not in repr(rows)
        assert plain not in repr(rows)


@pytest.mark.parametrize("name", NAMES)
def test_two_officers_say_nothing_free_about_an_informant(name: str, now: datetime) -> None:
    slip = proposed(now)
    unit = tree().find(COUNTY_CODE)
    fields: dict[str, Value] = {"code": "J000000000", "digest": "0" * 64, "amount": 5, "ground": "other"}
    entry = unitfiles.new_entry(COUNTY_CODE, informant.REWARD, ON, fields, now=now, identifier=number(2))
    payload = payload_of(entry, unit.code)
    with pytest.raises(CannotPropose, match="chosen from its list"):
        proposals.propose("informant_reward", payload, file=None, actor=COUNTY, reason=name, now=now)
    with pytest.raises((CannotPropose, NotAccepted)):
        proposals.propose(
            "informant_reward", {**payload, "why": name}, file=None, actor=COUNTY, reason="", now=now
        )
    for field in fields:
        bad = {**payload, "fields": {**payload["fields"], field: name}}
        with pytest.raises((CannotPropose, NotAccepted)):
            proposals.propose("informant_reward", bad, file=None, actor=COUNTY, reason="", now=now)
    for approve in (True, False):
        with pytest.raises(CannotPropose, match="chosen from its list"):
            proposals.decide_proposal(slip.proposal, actor=PROVINCE, approve=approve, reason=name, now=now)
    with pytest.raises(CannotPropose, match="chosen from its list"):
        proposals.withdraw(slip.proposal, actor=COUNTY, reason=name, now=now)
    assert {r.zh for r in ACTS["informant_reward"].reasons} >= {"线索不属实"}


def test_only_what_the_payload_declares_is_kept(now: datetime) -> None:
    """A word more in a proposal is no way round: it is refused, or falls away."""
    entry = unitfiles.new_entry(
        COUNTY_CODE, informant.REWARD, ON,
        {"code": "J000000000", "digest": "0" * 64, "amount": 5, "ground": "other"},
        now=now, identifier=number(3),
    )  # fmt: skip
    payload = {**payload_of(entry, COUNTY_CODE), "note": "王小明"}
    with pytest.raises(CannotPropose):
        proposals.propose("informant_reward", payload, file=None, actor=COUNTY, reason="", now=now)


def test_a_reward_is_collected_once_by_code_and_phrase(now: datetime) -> None:
    slip = approved(now)
    later = now + timedelta(hours=1)
    wrong = slip.phrase[:-1] + ("A" if slip.phrase[-1] != "A" else "B")
    for code, phrase in ((slip.code, wrong), ("J000000000", slip.phrase), ("王小明", slip.phrase)):
        with pytest.raises(CannotPropose, match="do not belong together"):
            rewards.collect(area(), code, phrase, ON, actor=CASHIER, now=later)
    with pytest.raises(CannotPropose, match="somebody else pays"):
        rewards.collect(area(), slip.code, slip.phrase, ON, actor=COUNTY, now=later)
    before = area()
    _, amount = rewards.collect(before, slip.code, slip.phrase.lower(), ON, actor=CASHIER, now=later)
    assert amount == 2000
    with pytest.raises(CannotPropose, match="do not belong together"):
        rewards.collect(area(), slip.code, slip.phrase, ON, actor=CASHIER, now=later)
    much_later = later + timedelta(seconds=1)
    for other in (CASHIER, replace(CASHIER, name="cashier2")):  # two at one moment: one is refused
        with pytest.raises((CannotPropose, NotAccepted, DifferentContent)):
            rewards.collect(before, slip.code, slip.phrase, ON, actor=other, now=much_later)
    assert [e.get("outcome") for e in area().of(informant.ENDED)] == ["collected"]


def test_nobody_collects_before_it_is_approved_or_after_it_is_cancelled(now: datetime) -> None:
    slip = proposed(now)
    with pytest.raises(CannotPropose, match="do not belong together"):
        rewards.collect(area(), slip.code, slip.phrase, ON, actor=CASHIER, now=now)
    proposals.decide_proposal(slip.proposal, actor=PROVINCE, approve=True, reason="", now=now)
    (reward,) = area().of(informant.REWARD)
    rewards.cancel(area(), reward, "unclaimed", ON, actor=CASHIER, now=now)
    with pytest.raises(CannotPropose, match="do not belong together"):
        rewards.collect(area(), slip.code, slip.phrase, ON, actor=CASHIER, now=now)


def test_neither_a_reward_nor_its_end_is_altered_and_none_comes_from_one_officer(now: datetime) -> None:
    slip = approved(now)
    (reward,) = area().of(informant.REWARD)
    rewards.collect(area(), slip.code, slip.phrase, ON, actor=CASHIER, now=now)
    (end,) = area().of(informant.ENDED)
    by: dict[str, Any] = {"now": now, "author": "cashier", "office": COUNTY_CODE}
    for about in (reward, end):
        for entry in (
            unitfiles.new_entry(COUNTY_CODE, "void", ON, {"reason": "录错"}, **by, corrects=about.id),
            unitfiles.new_entry(
                COUNTY_CODE, about.kind, ON, about.fields, **by, corrects=about.id, reason="录错"
            ),
        ):
            with pytest.raises((NotAccepted, NeedsSecond)):
                gate.record(entry, actor=CASHIER, now=now)
            with pytest.raises(NotAccepted):
                gate.record_many([entry], actor=house(), now=now)
    alone = {"code": "J118200457", "digest": "0" * 64, "amount": 5, "ground": "other"}
    if informant.a_code("J118200457") is not None:
        alone["code"] = "J000000000"
    single = unitfiles.new_entry(COUNTY_CODE, informant.REWARD, ON, alone, now=now)
    with pytest.raises(NotAccepted, match="two officers"):
        gate.record_many([single], actor=house(), now=now)
    assert len(area().of(informant.REWARD)) == 1
