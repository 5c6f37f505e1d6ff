"""What becomes of records: sealed, erased, corrected where somebody was listed in error, merged and split."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from guitu.access import Actor, Post, house
from guitu.casefile import CaseFile, Entry
from guitu.casefile.fields import FieldFault
from guitu.exchange.documents.certificate import Certificate
from guitu.store import certificates, engine, gate, proposals, read, verify
from guitu.store.acts.merge import other_of
from guitu.store.proposals import CannotPropose, NotYours
from guitu.store.read import desk
from guitu.store.rebuild import rebuild
from tests.store.dumping import projections
from tests.store.writing import COUNTY, NEXT_COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, Pen, day, id_number

pytestmark = pytest.mark.usefixtures("places")

SECOND = Actor("chief2", (Post("county_supervisor", "469023"),))
PROVINCE = Actor("province", (Post("provincial_supervisor", "46"),))
HOUSE = house()


def ended(now: datetime, place: int = 1, **more: Any) -> Pen:
    """A person whose community treatment has run out."""
    pen = Pen(place)
    entries = [
        pen.person(**more),
        pen.held_by(VILLAGE),
        pen.entry("order", "2020-01-03", measure="community_treatment"),
        pen.entry("served", "2020-01-04"),
        pen.entry("reporting_in", "2020-01-08"),
    ]
    gate.record_many(entries, actor=HOUSE, now=now)
    return pen


def two_people(
    act: str,
    payload: Mapping[str, Any],
    file: UUID,
    now: datetime,
    *,
    by: Actor = COUNTY,
    second: Actor = SECOND,
) -> object:
    """Propose and approve."""
    identifier = proposals.propose(act, payload, file=file, actor=by, reason="核实无误", now=now)
    return proposals.decide_proposal(identifier, actor=second, approve=True, reason="", now=now)


def entries_of(file: UUID) -> tuple[Entry, ...]:
    view = read.file_view(file)
    assert view is not None
    return view.entries


def listed(unit: str = "469023") -> list[str]:
    return [line.case_no for line in read.people(unit)[0]]


def case_no(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


# sealing


def test_a_sealed_file_is_in_no_list_no_search_and_no_count(now: datetime) -> None:
    pen, other = ended(now), ended(now, 2, name="李四光", born="1980-01-01")
    number = case_no(pen)
    two_people("seal", {"basis": "public_security"}, pen.file, now)
    assert listed() == [case_no(other)]
    for text in ("王小明", "wangxm", number, id_number(day("1990-03-05"), 1)):
        assert read.search("469023", text).rows == ()
    file = engine.row("SELECT no FROM store_casefile WHERE case_no = %s", [number])[0]
    assert engine.row("SELECT keys, length(sealed) FROM store_person WHERE file = %s", [file]) == ("", 0)
    assert engine.row("SELECT count(*) FROM store_personkey WHERE file = %s", [file]) == (0,)
    assert engine.row(
        "SELECT sum(n) FROM store_filetally t JOIN store_unit u ON u.no = t.unit WHERE u.code = '469023'"
    ) == (1,)


def test_nobody_opens_a_second_file_for_a_sealed_person(now: datetime) -> None:
    pen = ended(now)
    two_people("seal", {"basis": "public_security"}, pen.file, now)
    assert desk.holder_of_number(id_number(day("1990-03-05"), 1)).file == pen.file
    again = Pen(9)
    same = again.person(id_number=id_number(day("1990-03-05"), 1))
    with pytest.raises(gate.SameIdentity):
        gate.record(same, actor=HOUSE, now=now)


def test_unsealing_brings_everything_back_as_it_was(now: datetime) -> None:
    pen = ended(now)
    before = projections(ignore=("n", "last_ms"))
    two_people("seal", {"basis": "public_security"}, pen.file, now)
    assert projections(ignore=("n", "last_ms")) != before
    two_people("unseal", {"note": "依法查询后恢复"}, pen.file, now + timedelta(days=1))
    assert projections(ignore=("n", "last_ms")) == before


def test_a_new_order_brings_a_sealed_file_back_into_every_list(now: datetime) -> None:
    pen = ended(now)
    two_people("seal", {"basis": "public_security"}, pen.file, now)
    later = now + timedelta(days=2)
    order = Entry(
        id=UUID("019ab000-0000-7000-8000-000000000001"), file=pen.file, kind="order",
        happened_on=date(2026, 11, 24), recorded_at=later, author="clerk", unit=TOWN,
        fields={"measure": "community_treatment"},
    )  # fmt: skip
    gate.record_many([order], actor=HOUSE, now=later)
    assert listed() == [case_no(pen)]


def test_a_file_is_not_sealed_while_a_measure_runs(now: datetime) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-01"), actor=HOUSE, now=now)
    with pytest.raises(CannotPropose, match="still runs"):
        proposals.propose("seal", {"basis": "minor"}, file=pen.file, actor=COUNTY, reason="x", now=now)


def test_sealing_needs_a_basis_and_is_proposed_once(now: datetime) -> None:
    pen = ended(now)
    with pytest.raises(FieldFault):
        proposals.propose("seal", {}, file=pen.file, actor=COUNTY, reason="x", now=now)
    proposals.propose("seal", {"basis": "minor"}, file=pen.file, actor=COUNTY, reason="x", now=now)
    with pytest.raises(CannotPropose):
        proposals.propose("seal", {"basis": "minor"}, file=pen.file, actor=COUNTY, reason="x", now=now)


def test_no_officer_alone_records_that_a_file_is_sealed(now: datetime) -> None:
    pen = ended(now)
    sealing = pen.entry("record_sealed", "2026-11-01", basis="minor")
    with pytest.raises(gate.NeedsSecond):
        gate.record(sealing, actor=COUNTY, now=now)
    two_people("seal", {"basis": "minor"}, pen.file, now)
    sealed = entries_of(pen.file)[-1]
    with pytest.raises(gate.NeedsSecond):
        gate.record(pen.entry("void", "2026-11-23", corrects=sealed.id, reason="x"), actor=COUNTY, now=now)


# erasure


def test_erasing_leaves_nothing_to_read_and_a_chain_that_verifies(now: datetime) -> None:
    pen = ended(now)
    two_people("erase", {"why": "retention"}, pen.file, now, second=PROVINCE)
    view = read.file_view(pen.file)
    assert view is not None
    assert "name" not in view.identity
    assert view.entries[-1].kind == "record_erased"
    assert engine.row("SELECT count(*) FROM store_filekey") == (0,)
    assert engine.row("SELECT length(sealed), keys, id_blind FROM store_person") == (0, "", None)
    assert listed() == []
    assert verify.verify().good
    told = proposals.find(UUID(str(engine.uuid_of(engine.row("SELECT id FROM store_proposal")[0]))))
    assert told.reason == "核实无误"


def test_two_people_of_one_county_may_not_erase_without_the_table_naming_both(now: datetime) -> None:
    pen = ended(now)
    identifier = proposals.propose("erase", {"why": "x"}, file=pen.file, actor=COUNTY, reason="x", now=now)
    head = Actor("head", (Post("centre_head", "46J01"),))
    with pytest.raises(NotYours):
        proposals.decide_proposal(identifier, actor=head, approve=True, reason="", now=now)
    assert engine.row("SELECT count(*) FROM store_filekey WHERE compartment = 'identity'") == (1,)


# listed in error


def wrong_entries(pen: Pen) -> list[str]:
    return [str(e.id) for e in entries_of(pen.file) if e.kind in {"order", "served", "reporting_in"}]


def test_a_person_listed_in_error_is_cleared_and_the_entries_go_where_they_belong(now: datetime) -> None:
    wrong, right = ended(now), Pen(2)
    gate.record_many([right.person("王小民", "1988-02-02"), right.held_by(VILLAGE)], actor=HOUSE, now=now)
    payload = {
        "found_on": "2026-11-20", "found": "核对照片发现同名", "wrong": wrong_entries(wrong),
        "right": str(right.file), "then": "seal", "told": "示例县公安局",
    }  # fmt: skip
    entry = two_people("identity_error", payload, wrong.file, now)
    counted = CaseFile(wrong.file, entries_of(wrong.file)).counted()
    assert {e.kind for e in counted} == {"person", "responsible_unit", "identity_error", "record_sealed"}
    assert entry == next(e.id for e in counted if e.kind == "identity_error")
    moved = [e for e in entries_of(right.file) if e.source.startswith("moved:")]
    assert [(e.kind, e.happened_on.isoformat(), e.author) for e in moved] == [
        ("order", "2020-01-03", "clerk"),
        ("served", "2020-01-04", "clerk"),
        ("reporting_in", "2020-01-08", "clerk"),
    ]
    assert listed() == [case_no(right)]


def test_entries_of_another_file_or_none_are_not_withdrawn_in_error(now: datetime) -> None:
    wrong, other = ended(now), ended(now, 2)
    payload = {"found_on": "2026-11-20", "found": "x", "wrong": wrong_entries(other), "then": "seal"}
    with pytest.raises(CannotPropose):
        proposals.propose("identity_error", payload, file=wrong.file, actor=COUNTY, reason="x", now=now)
    with pytest.raises(CannotPropose):
        proposals.propose(
            "identity_error", {**payload, "wrong": []}, file=wrong.file, actor=COUNTY, reason="x", now=now
        )


def test_after_the_certificate_the_erasure_is_a_proposal_of_its_own(now: datetime) -> None:
    pen = ended(now)
    payload = {"found_on": "2026-11-20", "found": "x", "wrong": wrong_entries(pen), "then": "erase"}
    two_people("identity_error", payload, pen.file, now)
    assert engine.row("SELECT act, state FROM store_proposal WHERE state = 'proposed'") == (
        "erase",
        "proposed",
    )
    assert engine.row("SELECT count(*) FROM store_filekey WHERE compartment = 'identity'") == (1,)


# two files of one person


def pair(now: datetime) -> tuple[Pen, Pen]:
    """The same person twice: once with a measure that ran out, once as they reported again."""
    first = ended(now)
    second = Pen(2)
    gate.record_many(
        [
            second.person(id_number="980000900305001"),
            second.held_by(OTHER_VILLAGE, "2026-01-02"),
            second.entry("order", "2026-11-01", measure="community_treatment"),
            second.entry("served", "2026-11-02"),
        ],
        actor=HOUSE,
        now=now,
    )
    return first, second


def merge(now: datetime, into: Pen, other: Pen) -> None:
    two_people("merge", {"other": str(other.file)}, into.file, now)


def test_a_merged_file_shows_the_entries_of_both_as_one_person(now: datetime) -> None:
    first, second = pair(now)
    numbers = case_no(first), case_no(second)
    merge(now, second, first)
    assert listed() == [numbers[1]]
    for text in (*numbers, id_number(day("1990-03-05"), 1), "980000900305001"):
        assert [line.case_no for line in read.search("469023", text).rows] == [numbers[1]], text
    view = read.opened(numbers[0])
    assert view is not None
    assert view.case_no == numbers[1]
    assert sorted(e.kind for e in view.entries) == sorted(
        ["person", "responsible_unit", "order", "served"] * 2 + ["reporting_in", "merged_into", "merged_from"]
    )
    assert view.case_nos == {second.file: numbers[1], first.file: numbers[0]}
    answer = read.assessment(view, date(2026, 11, 23))
    assert [m.name for m in answer.measures] == ["community_treatment"] * 2
    assert desk.holder_of_number(id_number(day("1990-03-05"), 1)).case_no == numbers[1]
    assert verify.verify().good


def test_what_is_recorded_in_the_merged_file_is_seen_in_the_one_that_shows_it(now: datetime) -> None:
    first, second = pair(now)
    merge(now, first, second)
    assert read.today("469023", date(2026, 11, 23)).duties.get("report_in") == 1
    second.next += 100
    gate.record_many([second.entry("reporting_in", "2026-11-20")], actor=HOUSE, now=now)
    assert "report_in" not in read.today("469023", date(2026, 11, 23)).duties
    view = read.opened(case_no(first))
    assert view is not None
    assert [e.happened_on.isoformat() for e in view.entries if e.kind == "reporting_in"] == [
        "2020-01-08",
        "2026-11-20",
    ]


def test_rebuilding_gives_merged_and_sealed_files_as_they_stand(now: datetime) -> None:
    first, second = pair(now)
    merge(now, first, second)
    sealed = ended(now, 3)
    two_people("seal", {"basis": "minor"}, sealed.file, now)
    before = projections()
    rebuild(date(2026, 11, 23))
    assert projections() == before


def test_both_officers_answer_for_both_files(now: datetime) -> None:
    first = ended(now)
    far = Pen(5, unit="469024100")
    gate.record_many([far.person(born="1991-01-01"), far.held_by("469024100200")], actor=HOUSE, now=now)
    with pytest.raises(CannotPropose):
        proposals.propose(
            "merge", {"other": str(far.file)}, file=first.file, actor=COUNTY, reason="x", now=now
        )
    identifier = proposals.propose(
        "merge", {"other": str(far.file)}, file=first.file, actor=PROVINCE, reason="x", now=now
    )
    with pytest.raises(NotYours):
        proposals.decide_proposal(identifier, actor=COUNTY, approve=True, reason="", now=now)
    other = Actor("province2", PROVINCE.posts)
    proposals.decide_proposal(identifier, actor=other, approve=True, reason="", now=now)
    assert other_of({"other": str(far.file)}) == (far.file,)


def test_what_was_recorded_since_stays_or_goes_as_the_proposal_says(now: datetime) -> None:
    first, second = pair(now)
    merge(now, first, second)
    first.next += 100
    later = now + timedelta(days=1)
    kept, away = (
        Entry(
            id=UUID(int=(first.file.int & ~0xFFFF) | n), file=first.file, kind="remark",
            happened_on=date(2026, 11, 23), recorded_at=later, author="clerk", unit=TOWN,
            fields={"text": text},
        )
        for n, text in ((1, "留下"), (2, "移走"))
    )  # fmt: skip
    gate.record_many([kept, away], actor=HOUSE, now=later)
    payload = {"other": str(second.file), "move": [str(away.id)]}
    two_people("split", payload, first.file, later + timedelta(hours=1))
    here = [
        e.get("text") for e in CaseFile(first.file, entries_of(first.file)).counted() if e.kind == "remark"
    ]
    there = [
        e.get("text") for e in CaseFile(second.file, entries_of(second.file)).counted() if e.kind == "remark"
    ]
    assert (here, there) == (["留下"], ["移走"])


def test_files_of_another_county_are_not_reached_by_naming_them(now: datetime) -> None:
    first, second = pair(now)
    stranger = Actor("next", (Post("county_supervisor", NEXT_COUNTY),))
    with pytest.raises(CannotPropose):
        proposals.propose(
            "merge", {"other": str(second.file)}, file=first.file, actor=stranger, reason="x", now=now
        )


def test_a_certificate_says_what_was_corrected_and_its_code_can_be_checked_by_anybody(now: datetime) -> None:
    pen = ended(now)
    wrong = wrong_entries(pen)
    payload = {
        "found_on": "2026-11-20", "found": "同名", "wrong": wrong, "then": "erase", "told": "示例县公安局",
    }  # fmt: skip
    entry = two_people("identity_error", payload, pen.file, now)
    view = read.file_view(pen.file)
    facts = certificates.facts(view, entry)
    assert (facts.name, facts.withdrawn, facts.sealed, facts.told) == ("王小明", 3, True, "示例县公安局")
    text = "".join(Certificate(facts, "示例县禁毒办", date(2026, 11, 23)).lines())
    for words in ("王小明", "2026年11月20日", "2026年11月23日", "错列的 3 条", "示例县公安局"):
        assert words in text
    assert certificates.check(facts.code) == certificates.Checked(view.case_no, date(2026, 11, 23), True)
    assert certificates.check(facts.code[:-1] + ("0" if facts.code[-1] != "0" else "1")) is None
    assert certificates.check("469023-2026-00001-ABCD") is None
    waiting = engine.uuid_of(engine.row("SELECT id FROM store_proposal WHERE state = 'proposed'")[0])
    proposals.decide_proposal(waiting, actor=PROVINCE, approve=True, reason="", now=now)
    assert certificates.facts(read.file_view(pen.file), entry) is None
    assert certificates.check(facts.code).good, "it can be checked when everything else is erased"


def test_the_certificate_is_a_document(now: datetime) -> None:
    facts = certificates.Facts(
        "王小明", "98", "469023-2026-00001", date(2026, 11, 1), date(2026, 11, 2), 3, True, "", "X"
    )
    assert Certificate(facts, "示例县", date(2026, 11, 3)).pdf().startswith(b"%PDF")
