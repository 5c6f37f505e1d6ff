"""Which assessment is due when; what two people signed; and that nothing altered can be hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu import compose
from guitu.casefile import CaseFile, Entry
from guitu.centre import assessing, evidence, sheets
from guitu.centre.assessing import UNSET, Facts, Settings
from guitu.kernel.zone import CHINA

FILE = UUID(int=7)
ORDERED = date(2025, 11, 24)
YEAR = date(2026, 11, 24)
END = date(2027, 11, 23)
BOTH = "second:zhang 0190a0a0-0000-7000-8000-000000000001"


def entry(n: int, kind: str, on: str, *, source: str = "", by: str = "li", **fields: object) -> Entry:
    at = datetime.fromisoformat(f"{on}T09:00:00").replace(tzinfo=CHINA) + timedelta(minutes=n)
    corrects = fields.pop("corrects", None)
    reason = str(fields.pop("why", ""))
    return Entry(
        id=UUID(int=n), file=FILE, kind=kind, happened_on=date.fromisoformat(on), recorded_at=at, author=by,
        source=source, fields=fields, corrects=corrects, reason=reason,  # type: ignore[arg-type]
    )  # fmt: skip


def due(stage: str, on: date, settings: Settings = UNSET, **done: date) -> assessing.StageDue:
    facts = Facts(ORDERED, date(2026, 3, 1), END, done)
    return next(s for s in assessing.stages(facts, settings, on) if s.stage == stage)


def test_the_words_are_those_of_the_legal_result() -> None:
    legal = compose.kind("assessment")
    sheet = compose.kind("assessment_sheet")
    assert {c.value: c.label for c in legal.ask("stage").choices} == assessing.STAGES
    for name in sheets.RESULTS:
        assert sheet.ask(name).choices == legal.ask(name).choices
    assert {a.name for a in sheet.fields} == {*sheets.SIGNED, "digest"}


def test_without_the_centre_s_own_days_only_the_law_s_last_day_is_a_day() -> None:
    on = date(2026, 11, 23)
    assert due("intake", on).due is None
    assert due("intake", on).state == "open"
    assert due("physiological", on).due is None
    assert (due("one_year", YEAR).due, due("one_year", YEAR).state) == (None, "open")
    assert (due("before_expiry", on).due, due("before_expiry", on).by_law) == (END, True)


def test_one_year_opens_on_the_corresponding_day_and_not_the_day_before() -> None:
    assert due("one_year", YEAR - timedelta(days=1)).state == "not_yet"
    assert due("one_year", YEAR).state == "open"
    ten = Settings(one_year=10)
    assert due("one_year", YEAR, ten).state == "due"
    assert due("one_year", YEAR + timedelta(days=10), ten).state == "due"
    assert due("one_year", YEAR + timedelta(days=11), ten).state == "late"
    assert due("one_year", YEAR + timedelta(days=11), ten, one_year=YEAR).state == "done"


def test_the_day_before_expiry_is_the_law_s_or_an_earlier_one_of_the_centre() -> None:
    assert due("before_expiry", END).state == "due"
    assert due("before_expiry", END + timedelta(days=1)).state == "late"
    lead = Settings(lead=60)
    found = due("before_expiry", END - timedelta(days=59), lead)
    assert (found.due, found.state, found.by_law) == (END - timedelta(days=60), "late", False)


@pytest.mark.parametrize(("days", "state"), [(7, "due"), (8, "late")])
def test_a_day_after_arrival_is_counted_from_the_arrival(days: int, state: str) -> None:
    on = date(2026, 3, 1) + timedelta(days=days)
    assert due("intake", on, Settings(intake=7)).state == state


def test_facts_are_of_the_measure_in_force_and_arrival_is_at_this_centre() -> None:
    entries = [
        entry(1, "order", "2020-01-01", measure="compulsory_isolation"),
        entry(2, "assessment", "2020-02-01", stage="intake"),
        entry(3, "order", "2025-11-24", measure="compulsory_isolation"),
        entry(4, "admission", "2025-11-25", place="police_centre"),
        entry(5, "transfer", "2026-03-01", place="justice_centre"),
        entry(6, "assessment", "2026-03-05", stage="physiological"),
    ]
    found = assessing.facts_of(entries, END)
    assert found == Facts(ORDERED, date(2026, 3, 1), END, {"physiological": date(2026, 3, 5)})
    assert assessing.facts_of(entries[:0], END) is None


def test_settings_have_versions_in_time() -> None:
    old = entry(1, "assessment_plan", "2026-01-01", objection_days=5)
    new = entry(2, "assessment_plan", "2026-06-01", before_expiry_lead=30, conduct_list="守纪律\n 参加教育 ")
    assert assessing.settings_of((new, old), date(2025, 12, 31)) == UNSET
    assert assessing.settings_of((new, old), date(2026, 5, 31)).objection == 5
    now = assessing.settings_of((new, old), date(2026, 6, 1))
    assert (now.objection, now.lead) == (None, 30)
    assert now.checklist("conduct") == ("守纪律", "参加教育")


# ── evidence ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_drawn_is_declared_and_nothing_of_care_or_restricted_is() -> None:
    kinds = compose.kinds()
    assert {name for some in evidence.DRAWN.values() for name in some} <= set(kinds)
    assert set(evidence.DRAWN) == set(assessing.DOMAINS)
    care = ("screening", "counselling", "crisis_plan", "vr_session", "tms_session", "restraint", "care_note",
            "withdrawal_score", "safety_check", "help_request", "complaint")  # fmt: skip
    for name in care:
        assert evidence.domain_of(kinds[name]) == "", name
    assert not [k for k in kinds.values() if k.compartment == "medical_restricted" and evidence.domain_of(k)]


def test_evidence_is_of_this_measure_up_to_the_day_assessed_and_the_latest_of_many() -> None:
    kinds = compose.kinds()
    before = entry(1, "urine_test", "2025-11-23")
    first = entry(2, "urine_test", "2025-11-24")
    last = entry(3, "urine_test", "2026-11-20")
    after = entry(4, "urine_test", "2026-11-21")
    found = evidence.drawn((after, before, last, first), kinds, ORDERED, date(2026, 11, 20))
    assert found["physiological"] == (last, first)
    many = [entry(n, "call", f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}") for n in range(30)]
    assert evidence.drawn(many, kinds, ORDERED, date(2026, 11, 20))["social"] == tuple(many[:9:-1])


# ── the digest ────────────────────────────────────────────────────────────────────────────────────

FIELDS = {"stage": "one_year"} | {
    part: value
    for name in assessing.DOMAINS
    for part, value in ((name, "good" if name == "social" else "pass"), (f"{name}_reason", "依据充分"))
}


def sheet(n: int = 20, on: str = "2026-11-24", **more: object) -> Entry:
    fields = {**FIELDS, **more}
    made = entry(n, "assessment_sheet", on, source=BOTH, **fields)
    signed = sheets.sheet_digest(FILE, made.happened_on, made.fields, made.corrects)
    return replace(made, fields={**made.fields, "digest": signed})


@pytest.mark.parametrize("name", [n for n in sheets.SIGNED if n not in ("evidence", "objection", "members")])
def test_a_changed_word_of_a_sheet_is_not_what_was_signed(name: str) -> None:
    good = sheet()
    assert sheets.is_as_signed(good)
    assert not sheets.is_as_signed(replace(good, fields={**good.fields, name: "另一句话"}))
    assert not sheets.is_as_signed(replace(good, fields={k: v for k, v in good.fields.items() if k != name}))


def test_another_day_another_person_or_another_target_is_not_what_was_signed() -> None:
    good = sheet()
    assert not sheets.is_as_signed(replace(good, happened_on=date(2026, 11, 23)))
    assert not sheets.is_as_signed(replace(good, file=UUID(int=8)))
    assert not sheets.is_as_signed(replace(good, corrects=UUID(int=9)))


def test_a_sheet_lacks_the_results_its_stage_needs_and_the_reason_of_every_result() -> None:
    assert sheets.missing(FIELDS) == []
    assert [n for n, _ in sheets.missing({"stage": "intake"})] == []
    assert [n for n, _ in sheets.missing({"stage": "physiological"})] == ["physiological"]
    lacking = sheets.missing({**FIELDS, "conduct": "", "social_reason": "  "})
    assert [n for n, _ in lacking] == ["conduct", "social_reason"]


def test_evidence_comes_back_as_it_was_written() -> None:
    by_domain = {"conduct": (UUID(int=3), UUID(int=4)), "social": (), "recovery": (UUID(int=5),)}
    written = sheets.written_evidence(by_domain)
    assert sheets.read_evidence(written) == {
        "conduct": by_domain["conduct"],
        "recovery": by_domain["recovery"],
    }
    assert sheets.read_evidence("conduct:nonsense;what") == {"conduct": ()}


# ── nothing is hidden ─────────────────────────────────────────────────────────────────────────────


def result(n: int = 21, on: str = "2026-11-24", **more: object) -> Entry:
    fields = {k: v for k, v in FIELDS.items() if k in sheets.RESULTS}
    return entry(n, "assessment", on, **{"source": BOTH, **fields, **more})  # type: ignore[arg-type]


def only(*entries: Entry) -> sheets.History:
    (found,) = sheets.histories(CaseFile(FILE, entries))
    return found


def test_a_result_by_two_people_stands_with_the_sheet_it_rests_on() -> None:
    found = only(sheet(), result())
    assert found.as_signed
    assert not found.altered
    assert (found.links[0].by, found.links[0].second) == ("li", "zhang")


def test_a_result_that_one_wrote_alone_has_no_sheet_behind_it() -> None:
    found = only(sheet(), result(source=""))
    assert found.sheet is None
    assert not found.as_signed


def test_a_forged_result_that_names_the_proposal_but_says_something_else_is_not_as_signed() -> None:
    found = only(sheet(), result(conduct="fail"))
    assert found.sheet is not None
    assert not found.as_signed


def test_a_correction_is_shown_with_who_when_why_and_what_stood_before() -> None:
    later = entry(
        30, "assessment", "2026-11-25", by="chen", corrects=UUID(int=21), why="抄错",
        **{**result().fields, "conduct": "fail"},
    )  # fmt: skip
    found = only(sheet(), result(), later)
    assert found.altered
    assert [x.did for x in found.links] == ["written", "corrected"]
    link = found.links[1]
    assert (link.by, link.second, link.reason, link.at) == ("chen", "", "抄错", later.recorded_at)
    assert ("conduct", "pass", "fail") in link.before
    assert ("happened_on", date(2026, 11, 24), date(2026, 11, 25)) in link.before
    assert not found.as_signed
    assert found.now == later


def test_a_withdrawal_is_shown_and_what_was_withdrawn_stays_readable() -> None:
    void = entry(31, "void", "2026-11-26", by="chen", corrects=UUID(int=21), reason="登错人")
    found = only(sheet(), result(), void)
    assert found.now is None
    assert [x.did for x in found.links] == ["written", "withdrawn"]
    assert found.links[1].reason == "登错人"
    assert found.first.get("conduct") == "pass"
    assert not found.as_signed


def test_a_withdrawal_of_a_correction_gives_the_first_answer_back_and_all_three_stay() -> None:
    first = result()
    later = entry(
        30, "assessment", "2026-11-24", corrects=first.id, why="抄错", **{**first.fields, "social": "fair"}
    )
    void = entry(32, "void", "2026-11-27", corrects=later.id, reason="没有抄错")
    found = only(sheet(), first, later, void)
    assert [x.did for x in found.links] == ["written", "corrected", "withdrawn"]
    assert found.now == first
    assert found.as_signed


def test_whoever_signed_the_sheet_takes_no_part_in_its_re_check() -> None:
    assert not sheets.may_recheck(sheet(), "li")
    assert not sheets.may_recheck(sheet(), "zhang")
    assert sheets.may_recheck(sheet(), "wang")


def test_the_time_for_an_objection_does_not_run_before_the_copy_is_given() -> None:
    one = sheet()
    five = Settings(objection=5, recheck=10)
    assert assessing.objection_until(None, five) is None
    given = entry(40, "assessment_copy", "2026-12-01", to=str(one.id), receipt="signed", told="yes")
    assert assessing.copy_given((given,), one) == given
    assert assessing.objection_until(given, five) == date(2026, 12, 6)
    assert assessing.objection_until(given, UNSET) is None
    said = entry(41, "assessment_objection", "2026-12-02", to=str(one.id), text="不符")
    other = entry(42, "assessment_objection", "2026-12-02", to=str(UUID(int=99)), text="别的")
    (open_,) = assessing.objections((said, other), five, (one.id,))
    assert (open_.answer, open_.due) == (None, date(2026, 12, 12))
    answer = entry(43, "assessment_recheck", "2026-12-09", to=str(said.id), outcome="upheld")
    (done,) = assessing.objections((said, other, answer), five, (one.id,))
    assert done.answer == answer
