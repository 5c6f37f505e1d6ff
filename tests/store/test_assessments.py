"""A panel's assessment: two people, one digest; re-checks take others; nobody alters it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.access import Actor, Post, house
from guitu.casefile import Entry
from guitu.centre import sheets
from guitu.kernel.errors import GuituError
from guitu.store import gate, proposals, read
from guitu.store.acts import assess
from guitu.store.acts.record import payload_of
from guitu.store.gate import NeedsSecond
from guitu.store.proposals import CannotPropose, NotYours
from tests.store.writing import CENTRE, Pen

pytestmark = pytest.mark.usefixtures("places")

LI = Actor("li", (Post("assessment_panel", CENTRE),))
ZHANG = Actor("zhang", (Post("assessment_panel", CENTRE),))
WANG = Actor("wang", (Post("assessment_panel", CENTRE),))
ZHAO = Actor("zhao", (Post("assessment_panel", CENTRE),))
HEAD = Actor("head", (Post("centre_head", CENTRE),))
TEACHER = Actor("teacher", (Post("teacher", CENTRE),))
DAY = date(2026, 11, 20)
FIELDS = {
    "stage": "one_year", "physiological": "pass", "physiological_reason": "检测均为阴性", "recovery": "pass",
    "recovery_reason": "训练达标", "conduct": "fail", "conduct_reason": "九月两次违纪", "social": "good",
    "social_reason": "家属每月探视", "members": "陈医生",
}  # fmt: skip


@pytest.fixture
def resident(now: datetime) -> Pen:
    pen = Pen(1, author="li", unit=CENTRE)
    gate.record_many(
        [
            pen.person(),
            pen.held_by(CENTRE),
            pen.entry("order", "2025-10-01", measure="compulsory_isolation", document_no="示例〔2025〕1号"),
            pen.entry("served", "2025-10-01"),
            pen.entry("admission", "2025-10-02", place="justice_centre", centre=CENTRE),
        ],
        actor=house(),
        now=now,
    )
    return pen


def propose(pen: Pen, now: datetime, actor: Actor = LI, **more: object) -> UUID:
    changed = {k: v for k, v in more.items() if k not in ("corrects", "objection")}
    payload = assess.payload_of(
        pen.file,
        DAY,
        {**FIELDS, **changed},
        corrects=more.get("corrects"),
        objection=more.get("objection"),  # type: ignore[arg-type]
    )
    return proposals.propose("assess", payload, file=pen.file, actor=actor, reason="", now=now)


def sign(identifier: UUID, now: datetime, actor: Actor = ZHANG) -> None:
    proposals.decide_proposal(identifier, actor=actor, approve=True, reason="", now=now)


def entries(pen: Pen) -> tuple[Entry, ...]:
    view = read.file_view(pen.file)
    assert view is not None
    return view.entries


def signed(pen: Pen, now: datetime) -> Entry:
    sign(propose(pen, now), now)
    return next(e for e in entries(pen) if e.kind == "assessment_sheet")


def test_a_sheet_counts_only_when_a_second_has_signed_the_same_words(resident: Pen, now: datetime) -> None:
    identifier = propose(resident, now)
    assert not [e for e in entries(resident) if e.kind.startswith("assessment")]
    sign(identifier, now + timedelta(hours=1))
    sheet, result = entries(resident)[-2:]
    assert (sheet.kind, sheet.author, result.kind) == ("assessment_sheet", "li", "assessment")
    assert sheets.is_as_signed(sheet)
    assert sheets.signers(sheet) == {"li", "zhang"}
    assert sheets.proposal_of(sheet) == sheets.proposal_of(result) == str(identifier)
    assert {n: result.get(n) for n in sheets.RESULTS} == {n: FIELDS[n] for n in sheets.RESULTS}
    (history,) = sheets.histories(read.file_view(resident.file).case_file)  # type: ignore[union-attr]
    assert history.as_signed


def test_nobody_signs_as_second_what_they_wrote_and_a_teacher_not_at_all(
    resident: Pen, now: datetime
) -> None:
    identifier = propose(resident, now)
    for actor in (LI, Actor("li", HEAD.posts), TEACHER, house()):
        with pytest.raises(NotYours):
            sign(identifier, now, actor)


def test_nobody_records_a_sheet_alone(resident: Pen, now: datetime) -> None:
    alone = resident.entry("assessment_sheet", "2026-11-20", **FIELDS)
    with pytest.raises(NeedsSecond):
        gate.record(alone, actor=LI, now=now)


def test_a_sheet_whose_words_are_not_those_of_its_digest_is_refused(resident: Pen, now: datetime) -> None:
    payload = assess.payload_of(resident.file, DAY, FIELDS)
    forged = {**payload, "fields": {**payload["fields"], "conduct": "pass"}}
    with pytest.raises(CannotPropose, match="digest"):
        proposals.propose("assess", forged, file=resident.file, actor=LI, reason="", now=now)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"conduct": ""}, "needs a result"),
        ({"social_reason": " "}, "state the reasons"),
        ({"conduct": "good"}, "good"),
    ],
)
def test_a_sheet_without_a_result_or_a_reason_is_refused(
    resident: Pen, now: datetime, change: dict[str, str], said: str
) -> None:
    with pytest.raises(GuituError, match=said):
        propose(resident, now, **change)


def test_an_assessment_is_of_somebody_under_compulsory_isolation(now: datetime) -> None:
    pen = Pen(2)
    gate.record_many([pen.person(), pen.held_by(CENTRE)], actor=house(), now=now)
    with pytest.raises(CannotPropose, match="compulsory isolation"):
        propose(pen, now)


def test_what_two_signed_is_not_corrected_or_withdrawn_by_one(resident: Pen, now: datetime) -> None:
    signed(resident, now)
    result = entries(resident)[-1]
    better = resident.entry(
        "assessment", "2026-11-20", corrects=result.id, **{**result.fields, "conduct": "pass"}
    )
    gone = resident.entry("void", "2026-11-21", corrects=result.id, reason="登错")
    for one in (better, gone):
        with pytest.raises(NeedsSecond):
            gate.record(replace(one, reason="抄错"), actor=HEAD, now=now)
    asked = proposals.propose(
        "record", payload_of(replace(better, reason="抄错")), file=resident.file, actor=LI, reason="", now=now
    )
    sign(asked, now, HEAD)
    (history,) = sheets.histories(read.file_view(resident.file).case_file)  # type: ignore[union-attr]
    assert [x.did for x in history.links] == ["written", "corrected"]
    assert ("conduct", "fail", "pass") in history.links[1].before
    assert not history.as_signed  # the sheet still says fail, and both are shown


def test_a_corrected_sheet_takes_two_again_and_the_old_one_stays_in_the_chain(
    resident: Pen, now: datetime
) -> None:
    old = signed(resident, now)
    sign(propose(resident, now, corrects=old.id, conduct_reason="九月三次违纪"), now)
    (history,) = sheets.histories(read.file_view(resident.file).case_file)  # type: ignore[union-attr]
    assert history.as_signed
    assert [x.did for x in history.links] == ["written", "corrected"]
    (papers,) = sheets.histories(read.file_view(resident.file).case_file, "assessment_sheet")  # type: ignore[union-attr]
    assert ("conduct_reason", "九月两次违纪", "九月三次违纪") in papers.links[1].before
    with pytest.raises(CannotPropose):
        propose(resident, now, corrects=old.id, conduct_reason="又改")


def objected(pen: Pen, sheet: Entry, now: datetime) -> Entry:
    said = pen.entry("assessment_objection", "2026-11-22", to=str(sheet.id), text="九月只有一次")
    gate.record(said, actor=house(), now=now)
    return said


def test_a_re_check_is_made_by_others_than_the_first_panel(resident: Pen, now: datetime) -> None:
    said = objected(resident, signed(resident, now), now)
    for actor in (LI, ZHANG):
        with pytest.raises(CannotPropose, match="no part"):
            propose(resident, now, actor, objection=said.id)
    again = propose(resident, now, WANG, objection=said.id, conduct="pass", conduct_reason="核实只有一次")
    with pytest.raises(CannotPropose, match="no part"):
        sign(again, now, ZHANG)
    sign(again, now, ZHAO)
    answer = entries(resident)[-1]
    assert (answer.kind, answer.get("to"), answer.get("outcome")) == (
        "assessment_recheck", str(said.id), "changed",
    )  # fmt: skip
    (history,) = sheets.histories(read.file_view(resident.file).case_file)  # type: ignore[union-attr]
    assert history.now is not None
    assert history.now.get("conduct") == "pass"
    assert history.as_signed
    with pytest.raises(CannotPropose, match="objection"):
        propose(resident, now, WANG, objection=said.id)


def test_a_re_check_that_finds_the_same_upholds(resident: Pen, now: datetime) -> None:
    said = objected(resident, signed(resident, now), now)
    sign(propose(resident, now, WANG, objection=said.id, conduct_reason="核实无误"), now, ZHAO)
    assert entries(resident)[-1].get("outcome") == "upheld"


def test_an_assessment_is_no_decision(resident: Pen, now: datetime) -> None:
    before = read.assessment(read.file_view(resident.file), DAY)  # type: ignore[arg-type]
    signed(resident, now)
    after = read.assessment(read.file_view(resident.file), DAY)  # type: ignore[arg-type]
    assert before.current is not None
    assert after.current is not None
    assert (before.current.state, before.current.ends_on) == (after.current.state, after.current.ends_on)
