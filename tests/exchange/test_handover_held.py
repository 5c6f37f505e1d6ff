"""What the other system says of a file that it holds: the reason, and another one once that has changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from guitu.access import house
from guitu.compose import kinds
from guitu.exchange.handover import held, parcels, taking
from guitu.exchange.handover.peers import Peer, card
from guitu.exchange.handover.sealed import Header, seal
from guitu.kernel.ids import uuid7
from guitu.store import erasure, read, units
from guitu.store.units import NewUnit
from tests.exchange import test_handover_bundles as bundles
from tests.exchange.test_handover_bundles import THEIR_SIGN, answered, files, from_there, sent
from tests.store.writing import Pen

_home, there = bundles._home, bundles.there
NO_UNIT, KNOWN = "没有代码为“469024100”的单位", "号码已属于另一份档案"


def said(pen: Pen, now: datetime, there: Peer, reason: str, at: int, state: str = "held") -> None:
    """The other system answers, at a moment of its own clock."""
    digest = next((one.digest for one in parcels.pending(there, now) if one.file == pen.file), "")
    why = {"zh": reason, "en": reason} if reason else None
    told = {"answers": [{"file": pen.file.hex, "digest": digest, "state": state, "reason": why}]}
    header = Header("answers", uuid7(at, bytes(10)).hex, "there", "here", at)
    taking.answer(seal(header, told, THEIR_SIGN, card().box), now)


def reasons(pen: Pen) -> list[str]:
    """What the sender's file says of it, the latest last."""
    view = read.file_view(pen.file)
    assert view is not None
    return [str(e.get("reason") or e.get("state")) for e in view.entries if e.kind == "handover_exchanged"]


def test_another_reason_for_which_a_file_is_held_reaches_whoever_sent_it(now: datetime, there: Peer) -> None:
    pen = sent(31, now)
    for at in (1000, 2000):
        said(pen, now, there, NO_UNIT, at)
    assert reasons(pen) == [NO_UNIT], "the same reason is noted once"
    said(pen, now, there, KNOWN, 3000)
    assert reasons(pen) == [NO_UNIT, KNOWN]
    said(pen, now, there, NO_UNIT, 4000)
    assert reasons(pen) == [NO_UNIT, KNOWN, NO_UNIT], "it may be the first one again"
    said(pen, now, there, "", 5000, state="delivered")
    assert reasons(pen)[3:] == ["delivered"]


def test_an_answer_of_long_ago_changes_nothing_of_what_was_said_since(now: datetime, there: Peer) -> None:
    pen = sent(32, now)
    said(pen, now, there, KNOWN, 3000)
    said(pen, now, there, NO_UNIT, 1000)
    assert reasons(pen) == [KNOWN]
    digest = parcels.pending(there, now)[0].digest
    said(pen, now, there, "", 4000, state="delivered")
    told = {"answers": [{"file": pen.file.hex, "digest": digest, "state": "held",
                         "reason": {"zh": NO_UNIT, "en": NO_UNIT}}]}  # fmt: skip
    taking.answer(from_there("answers", told), now)
    assert reasons(pen) == [KNOWN, "delivered"], "what was taken in since is held no more"


def test_a_reason_that_can_no_longer_be_read_is_not_taken_for_another(now: datetime, there: Peer) -> None:
    pen = sent(33, now)
    said(pen, now, there, NO_UNIT, 1000)
    compartment = kinds()["handover_exchanged"].compartment
    erasure.erase(pen.file, [compartment], actor=house(), reason="到期", now=now)
    before = len(bundles.kinds_in(pen))
    for at in (2000, 3000):
        said(pen, now, there, NO_UNIT, at)
    assert len(bundles.kinds_in(pen)) == before


def test_here_too_the_note_and_the_answer_follow_the_reason(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = Pen(34, author="they", unit="469024300")
    whole = [
        *pen.on_community_treatment(unit="469024300", served="2026-02-01"),
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]
    state, why = answered(pen, now, *whole)
    assert (state, "469024300" in why) == ("held", True)
    (before,) = held.notes()
    units.add([NewUnit("469024300", "第三镇", "town", "469024")])
    told = files(pen, *whole)
    told["files"][0]["entries"][0]["kind"] = "of_tomorrow"  # type: ignore[index]
    (one,) = bundles.heard(taking.answer(from_there("files", told), now)).content["answers"]
    assert (one["state"], "of_tomorrow" in one["reason"]["en"]) == ("held", True)
    (after,) = held.notes()
    assert (before.code, after.code, after.times) == ("not_accepted", "unknown_kind", 2)
    assert answered(pen, now, *whole) == ("delivered", "")
    assert held.notes() == ()


def test_a_file_of_a_unit_that_is_not_on_the_card_of_its_system_says_so(now: datetime) -> None:
    pen = Pen(35, author="they", unit="33")
    units.add([NewUnit("33", "另省", "province")])
    whole = [
        *pen.on_community_treatment(unit="33", served="2026-02-01"),
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]
    state, why = answered(pen, now, *whole)
    assert (state, "(code 33) is not on the card" in why) == ("held", True), why
    (note,) = held.notes()
    assert (note.code, note.unit) == ("not_accepted", "469023100")
    stranger = Pen(36, author="they", unit=bundles.NEXT_TOWN)
    state, why = answered(stranger, now, *stranger.on_community_treatment(served="2026-02-01"))
    assert (state, "never handed over" in why) == ("held", True), why
