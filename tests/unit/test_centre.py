"""What a centre works out: codes of conditions, 病残, beds, and what is missing on the way out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from guitu.capabilities.health.indicators import SICK_OR_DISABLED
from guitu.casefile import CaseFile, Entry, Value
from guitu.centre import beds, gate, icd
from guitu.centre.beds import Place, Resident, Room, Ward
from guitu.centre.conditions import sick_or_disabled
from guitu.centre.way_out import ITEMS, PAPERS, package
from guitu.compose import kinds
from guitu.indicators import Any_, Is
from guitu.kernel.zone import CHINA
from tests.unit.moments import noon

FILE = UUID(int=7)
ON = date(2026, 11, 23)
EVERYTHING = frozenset({"identity", "legal", "custody", "medical", "support"})


def entry(kind: str, on: str, **fields: Value) -> Entry:
    day = date.fromisoformat(on)
    return Entry(
        id=uuid4(), file=FILE, kind=kind, happened_on=day, recorded_at=noon(day).astimezone(CHINA),
        author="someone", unit="46J0101", fields=fields,
    )  # fmt: skip


# ── codes ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "code", ["I10", "i10", "E11.9", "B18.1", "F15.202", "I10.X00", " K74.6 ", "U07.1", "Z99.9"]
)
def test_a_code_that_can_be_one_is_taken_however_it_is_typed(code: str) -> None:
    assert icd.fault(code) is None


@pytest.mark.parametrize(
    "code", ["", "高血压", "I1", "10I", "I10.", "II0", "I10.12345", "I10-I15", "D49", "H96", "T99"]
)
def test_what_is_no_code_of_any_chapter_is_refused_in_a_sentence(code: str) -> None:
    said = icd.fault(code)
    assert said is not None
    assert "ICD-10" in said.zh
    assert "ICD-10" in said.en


@pytest.mark.parametrize("code", ["B20", "B24", "b22.0", "Z21", "Z21.x00", "R75", "O98.7", "F02.4"])
def test_a_specially_secret_condition_is_not_coded_where_more_people_read(code: str) -> None:
    said = icd.fault(code)
    assert said is not None
    assert "特别保密" in said.zh


@pytest.mark.parametrize("code", ["B19", "B25", "Z20", "Z22", "R74", "R76", "O98.6", "F02.3"])
def test_the_codes_beside_it_are_ordinary(code: str) -> None:
    assert icd.fault(code) is None


def test_chapters_follow_one_another_and_never_overlap() -> None:
    ordered = sorted(icd.CHAPTERS, key=lambda span: span.first)
    assert all(a.last < b.first for a, b in pairwise(ordered))
    assert len(icd.CHAPTERS) == 22


@pytest.mark.parametrize(
    ("code", "group"),
    [("A15", "tuberculosis"), ("A19", "tuberculosis"), ("A20", "infectious"), ("B18.1", "hepatitis"),
     ("F10", "drug"), ("F19.2", "drug"), ("F20", "mental"), ("I10", "hypertension"), ("I20", "heart"),
     ("I64", "stroke"), ("E14", "diabetes"), ("E15", "other"), ("G40", "epilepsy"), ("S06", "injury")],
)  # fmt: skip
def test_the_narrower_heading_comes_before_the_wider(code: str, group: str) -> None:
    found = icd.group(code)
    assert found is not None
    assert found.name == group


def test_the_form_of_a_condition_refuses_a_code_that_is_none() -> None:
    kind = kinds()["health_condition"]
    assert kind.faults({"effect": "treatment", "code": "I10"}) == []
    wrong = kind.faults({"effect": "treatment", "code": "高血压"})
    assert [fault.field for fault in wrong] == ["code"]


# ── 病残 ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "counts"),
    [({"effect": "none"}, False), ({"effect": "treatment"}, True), ({"effect": "dependent"}, True),
     ({"effect": "danger"}, True), ({"effect": "none", "disability": "yes"}, True),
     ({"effect": "none", "disability": "no"}, False)],
)  # fmt: skip
def test_of_one_person_it_is_worked_out_by_the_rule_that_the_indicator_counts_by(
    fields: dict[str, Value], counts: bool
) -> None:
    found = sick_or_disabled([entry("health_condition", "2026-01-02", **fields)])
    assert (found is not None) == counts
    assert isinstance(SICK_OR_DISABLED, Any_)
    words = [one for one in SICK_OR_DISABLED.parts if isinstance(one, Is)]
    assert any(fields.get(word.field) in word.values for word in words) == counts
    if found is not None:
        assert "第 1 版" in found.sentence.zh


def test_a_condition_that_was_withdrawn_makes_nobody_sick() -> None:
    found = entry("health_condition", "2026-01-02", effect="danger")
    void = Entry(
        id=uuid4(), file=FILE, kind="void", happened_on=ON, recorded_at=noon(ON), author="someone",
        unit="46J0101", fields={"reason": "录错"}, corrects=found.id,
    )  # fmt: skip
    assert sick_or_disabled(CaseFile(FILE, (found, void)).counted()) is None


# ── beds ──────────────────────────────────────────────────────────────────────────────────────────

MEN = Ward("46J0101", "一区", "male", "ordinary", rooms=(Room("101", 2), Room("102", 1)))


def said(who: Resident, ward: Ward) -> list[tuple[bool, str]]:
    return [(objection.barred, objection.says.zh) for objection in beds.objections(who, ward, ON)]


def test_men_and_women_are_never_put_together() -> None:
    woman = Resident("female", date(1990, 1, 1))
    assert said(woman, MEN) == [(True, "男女必须分开管理：这是男病区")]
    assert said(Resident("male", date(1990, 1, 1)), MEN) == []


def test_a_minor_is_not_put_among_adults_until_the_day_of_coming_of_age() -> None:
    eighteen_tomorrow = Resident("male", date(2008, 11, 24))
    eighteen_today = Resident("male", date(2008, 11, 23))
    assert said(eighteen_tomorrow, MEN) == [(True, "未成年人不得与成年人同住")]
    assert said(eighteen_today, MEN) == []
    minors = Ward("46J0101", "少年区", "male", "ordinary", minors=True)
    assert said(eighteen_tomorrow, minors) == []
    assert said(eighteen_today, minors) == [(True, "这是未成年人病区")]


def test_against_a_doctors_advice_the_head_may_place_with_a_reason() -> None:
    isolated = Resident("male", date(1990, 1, 1), "isolation")
    assert [barred for barred, _ in said(isolated, MEN)] == [False]
    ward = Ward("46J0101", "隔离区", "male", "isolation")
    assert said(isolated, ward) == []
    assert said(Resident("male", date(1990, 1, 1)), ward) == [(False, "没有医生意见要求隔离")]
    sick = Ward("46J0101", "病残区", "male", "illness")
    assert said(Resident("male", date(1990, 1, 1), "illness"), sick) == []
    assert [barred for barred, _ in said(Resident("male", date(1990, 1, 1), "illness"), MEN)] == [False]


def test_a_refusal_stands_before_what_the_head_may_allow() -> None:
    both = beds.objections(Resident("female", date(1990, 1, 1), "isolation"), MEN, ON)
    assert [objection.barred for objection in both] == [True, False]
    assert all(objection.cites == ("禁毒法#44", "戒毒条例#30") for objection in both)


def where(room: str, bed: int | None) -> Place:
    return Place("46J0101", "一区", room, bed, ON)


def test_a_bed_is_there_once_and_a_room_takes_no_more_than_it_has() -> None:
    one = Counter({("101", 1): 1})
    assert beds.room_objection(MEN, where("101", 2), one) is None
    taken = beds.room_objection(MEN, where("101", 1), one)
    assert taken is not None
    assert taken.says.zh == "这张床已有人"
    nobed = beds.room_objection(MEN, where("101", 3), one)
    assert nobed is not None
    assert "1 到 2" in nobed.says.zh
    full = beds.room_objection(MEN, where("102", None), Counter({("102", None): 1}))
    assert full is not None
    assert full.says.zh == "102 已住满"
    assert beds.room_objection(MEN, where("103", None), one) is not None


def test_wards_are_what_was_said_of_them_last_up_to_the_day() -> None:
    said = [
        entry("ward", "2026-01-01", ward="一区", sex="male", purpose="ordinary"),
        entry("room", "2026-01-01", ward="一区", room="101", beds=4),
        entry("room", "2026-01-01", ward="一区", room="102", beds=4),
        entry("room", "2026-03-01", ward="一区", room="102", beds=0),
        entry("ward", "2026-06-01", ward="一区", sex="male", purpose="illness"),
        entry("ward", "2026-01-01", ward="二区", sex="male", purpose="ordinary"),
        entry("ward_closed", "2026-02-01", ward="二区"),
    ]
    now = beds.wards("46J0101", said, ON)
    assert [(ward.name, ward.purpose, ward.beds) for ward in now] == [("一区", "illness", 4)]
    then = beds.wards("46J0101", said, date(2026, 1, 15))
    assert [(ward.name, ward.purpose, ward.beds) for ward in then] == [
        ("一区", "ordinary", 8),
        ("二区", "ordinary", 0),
    ]


def test_a_bed_of_an_earlier_stay_is_no_bed_now_and_advice_ends_on_its_day() -> None:
    old = entry("bed_placed", "2024-01-01", unit="46J0101", ward="一区", room="101", bed=1, why="entry")
    assert beds.place([old], date(2026, 1, 1)) is None
    assert beds.place([old]) is not None
    told = entry("placement_advice", "2026-11-01", advice="isolation", until=ON, doctor="某医生")
    assert beds.advice([told], ON) == "isolation"
    assert beds.advice([told], date(2026, 11, 24)) == "ordinary"
    assert beds.advice([told], date(2026, 10, 31)) == "ordinary"


# ── the gate ──────────────────────────────────────────────────────────────────────────────────────

ORDER = entry("order", "2026-07-01", measure="compulsory_isolation", document_no="一号")
ARRIVED = entry("transfer", "2026-11-20", place="justice_centre", centre="46J01")


def at_gate(*entries: Entry, sex: str = "male", born: date = date(1990, 1, 1)) -> gate.Coming:
    return gate.coming(
        (ORDER, *entries), centre="46J01", place="justice_centre", arrived=ARRIVED, sex=sex, born=born, on=ON,
        sees=EVERYTHING,
    )  # fmt: skip


@pytest.mark.parametrize(("born", "exempt"), [(date(2010, 11, 24), True), (date(2010, 11, 23), False)])
def test_under_sixteen_it_need_not_apply_up_to_the_day_before_the_birthday(born: date, exempt: bool) -> None:
    found = at_gate(born=born).way_out
    assert (found is not None) == exempt
    if found is not None:
        assert (found.must, found.ground) == (False, "under_16")


def test_pregnant_or_nursing_she_is_not_to_be_admitted_and_a_man_is_asked_neither() -> None:
    for ground in ("pregnant", "nursing"):
        check = entry("intake_check", "2026-11-20", result="ordinary", **{ground: "yes"})
        found = at_gate(check, sex="female").way_out
        assert found is not None
        assert (found.must, found.ground, found.ordered) == (True, ground, None)
        assert at_gate(check, sex="male").way_out is None
        assert (
            at_gate(
                entry("intake_check", "2026-11-20", result="ordinary", **{ground: "no"}), sex="female"
            ).way_out
            is None
        )


def test_what_happens_instead_is_seen_when_it_is_ordered() -> None:
    exempt = entry("exempt", "2026-11-20", ground="pregnant")
    instead = entry("order", "2026-11-22", measure="community_treatment")
    found = at_gate(exempt, instead, sex="female").way_out
    assert found is not None
    assert found.ordered is instead
    changed = at_gate(exempt, entry("decision", "2026-11-22", effect="change_to_community"), sex="female")
    assert changed.way_out is not None
    assert changed.way_out.ordered is not None


def test_a_deferral_runs_until_the_person_comes_in() -> None:
    before = entry("admission_deferred", "2026-11-18", why="hospital", review_on=ON)
    after = entry("admission_deferred", "2026-11-21", why="hospital", review_on=ON)
    assert at_gate(before).deferred is None
    assert at_gate(after).deferred is after


def test_what_the_police_centre_did_on_admission_is_not_done_by_the_centre() -> None:
    theirs = replace(entry("rights_told", "2026-11-20", written="yes", person_signed="yes"), unit="469023P01")
    states = {step.name: step.state for step in at_gate(theirs).steps}
    assert states["rights"] == "missing"
    ours = replace(theirs, unit="46J0101")
    assert {step.name: step.state for step in at_gate(ours).steps}["rights"] == "done"


def test_a_file_that_was_sent_here_is_first_taken_over() -> None:
    sent = entry("handover_sent", "2026-11-19", to_unit="46J01")
    assert {s.name: s.state for s in at_gate(sent).steps}["received"] == "missing"
    accepted = entry("handover_accepted", "2026-11-20")
    assert {s.name: s.state for s in at_gate(sent, accepted).steps}["received"] == "done"
    assert "received" not in {s.name for s in at_gate().steps}


# ── the way out ───────────────────────────────────────────────────────────────────────────────────

CAME = date(2025, 6, 1)
ENDS = date(2026, 11, 30)


def lines(*entries: Entry, on: date = ON, sees: frozenset[str] = EVERYTHING) -> dict[str, str]:
    made = package(entries, CAME, ENDS, on, centre="46J01", sees=sees)
    return {line.name: line.state for line in made.lines}


def whole() -> list[Entry]:
    return [
        entry("release_notice", "2026-11-20"),
        entry("assessment", "2026-10-01", stage="before_expiry"),
        *(entry("paper_made", "2026-11-20", paper=name) for name in PAPERS),
        entry("belongings_kept", "2025-06-01", anything="yes"),
        entry("belongings_returned", "2026-11-22", complete="yes", to="person"),
        *(entry("leaving_item", "2026-11-20", item=name, state="ready") for name in ITEMS),
        entry("handover_sent", "2026-11-20", to_unit="469023100"),
        entry("handover_accepted", "2026-11-21", complete="yes"),
    ]


def test_a_package_with_everything_in_it_is_complete_and_without_any_one_thing_is_not() -> None:
    every = whole()
    assert package(every, CAME, ENDS, ON, centre="46J01", sees=EVERYTHING).complete
    for left_out in every:
        if left_out.kind == "belongings_kept":
            continue
        rest = [one for one in every if one is not left_out]
        assert not package(rest, CAME, ENDS, ON, centre="46J01", sees=EVERYTHING).complete, left_out.kind


def test_notice_is_late_from_the_day_after_the_third_before_the_end() -> None:
    assert lines(on=date(2026, 11, 27))["release_notice"] == "missing"
    assert lines(on=date(2026, 11, 28))["release_notice"] == "late"


def test_who_had_nothing_with_them_has_nothing_returned() -> None:
    assert lines(entry("belongings_kept", "2025-06-01", anything="no"))["belongings"] == "not_needed"
    part = entry("belongings_returned", "2026-11-22", complete="no", missing="手表", to="person")
    assert lines(part)["belongings"] == "missing"


def test_sent_is_not_accepted_and_what_the_police_centre_sent_here_is_no_hand_over_home() -> None:
    sent = entry("handover_sent", "2026-11-20", to_unit="469023100")
    assert lines(sent)["handover"] == "missing"
    assert lines(sent, entry("handover_accepted", "2026-11-21"))["handover"] == "done"
    came = entry("handover_sent", "2025-06-01", to_unit="46J0101")
    assert lines(came, entry("handover_accepted", "2025-06-01"))["handover"] == "missing"


def test_what_the_reader_does_not_see_is_neither_there_nor_missing() -> None:
    seen = package(whole(), CAME, ENDS, ON, centre="46J01", sees=frozenset({"legal", "support"}))
    assert {line.name for line in seen.lines if line.state == "hidden"} == {"belongings"}
