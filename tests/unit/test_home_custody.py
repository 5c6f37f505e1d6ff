"""A positive and its chain: who confirms it, what refutes it, what the chain lacks; and the steps of an
order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from guitu import compose
from guitu.casefile import Entry
from guitu.home import custody, order
from guitu.home.custody import chain_of, next_step
from guitu.kernel.zone import CHINA

ON = date(2026, 11, 23)


def entry(n: int, kind: str, day: str, **fields: object) -> Entry:
    on = date.fromisoformat(day)
    at = datetime(on.year, on.month, on.day, 9, n % 60, tzinfo=CHINA)
    return Entry(id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on, recorded_at=at, fields=fields)  # type: ignore[arg-type]


TEST = entry(
    1,
    "urine_test",
    "2026-11-02",
    outcome="taken",
    result="positive",
    confirmed="no",
    tester_1="李",
    tester_2="王",
)
T = str(TEST.id)
SEALED = entry(
    2,
    "sample_sealed",
    "2026-11-02",
    test=T,
    specimen="urine",
    a_no="A1",
    b_no="B1",
    taker_1="李",
    taker_2="王",
    taker_sex="male",
    told="yes",
    signed="yes",
    kept_at="镇冷柜",
)
SENT = entry(
    3,
    "sample_moved",
    "2026-11-04",
    test=T,
    which="a",
    why="laboratory",
    from_whom="李",
    to_whom="赵",
    to_place="县检测中心",
    seal="whole",
)


def report(n: int, stage: str, result: str, body: str = "县检测中心", which: str = "a") -> Entry:
    return entry(n, "lab_report", "2026-11-06", test=T, stage=stage, which=which, body=body, result=result)


def told(n: int, stage: str) -> Entry:
    return entry(n, "lab_result_told", "2026-11-07", test=T, stage=stage, signed="yes")


def codes(*entries: Entry, sex: str = "male") -> set[str]:
    return {gap.code for gap in chain_of(TEST, (TEST, *entries), ON, sex=sex).gaps}


def test_an_unconfirmed_positive_counts_for_nothing_whatever_was_typed() -> None:
    found = chain_of(TEST, (TEST, SEALED), ON)
    assert found.outcome == "unconfirmed"
    assert not found.counts
    typed = entry(1, "urine_test", "2026-11-02", outcome="taken", result="positive", confirmed="yes")
    assert chain_of(typed, (typed,), ON).outcome == "unconfirmed"
    assert not chain_of(typed, (typed,), ON).standing


def test_only_a_laboratory_confirms_and_a_retest_has_the_last_word() -> None:
    first = (TEST, SEALED, SENT, report(4, "laboratory", "positive"))
    assert chain_of(TEST, first, ON).outcome == "confirmed"
    assert (
        chain_of(TEST, (*first, report(5, "retest", "negative", "省检测中心", "b")), ON).outcome == "refuted"
    )
    assert (
        chain_of(TEST, (*first, report(5, "retest", "unusable", "省检测中心", "b")), ON).outcome
        == "confirmed"
    )
    assert chain_of(TEST, (TEST, SEALED, SENT, report(4, "laboratory", "negative")), ON).outcome == "refuted"


def test_the_chain_is_followed_step_by_step() -> None:
    steps = [TEST]
    expected = (
        ("sample_sealed", SEALED),
        ("sample_moved", SENT),
        ("lab_report", report(4, "laboratory", "positive")),
        ("lab_result_told", told(5, "laboratory")),
    )
    for kind, made in expected:
        assert next_step(chain_of(TEST, steps, ON))[0] == kind
        steps.append(made)
    assert next_step(chain_of(TEST, steps, ON)) == ("", ())
    assert chain_of(TEST, steps, ON).gaps == ()


def test_the_steps_after_a_correction_name_the_test_as_those_before_it_did() -> None:
    corrected = replace(TEST, id=UUID(int=40), corrects=TEST.id)
    chain = chain_of(corrected, (corrected, SEALED, SENT), ON, names=frozenset({T, str(corrected.id)}))
    kind, known = next_step(chain)
    assert kind == "lab_report"
    assert dict(known)["test"] == T


def test_the_report_that_is_awaited_is_of_the_sample_that_was_sent_not_of_one_kept_elsewhere() -> None:
    stored = entry(
        41, "sample_moved", "2026-11-05", test=T, which="b", why="store", to_whom="赵", seal="whole"
    )
    kind, known = next_step(chain_of(TEST, (TEST, SEALED, SENT, stored), ON))
    assert kind == "lab_report"
    assert (dict(known)["stage"], dict(known)["which"]) == (SENT.get("why"), SENT.get("which"))


def test_the_next_press_after_an_objection_is_its_answer_before_and_after_the_laboratory() -> None:
    raised = entry(42, "objection", "2026-11-20", entry=T)
    reported = (SEALED, SENT, report(4, "laboratory", "positive"), told(5, "laboratory"))
    for steps in ((SEALED,), reported):
        chain = chain_of(TEST, (TEST, *steps, raised), ON)
        assert next_step(chain) == ("objection_answer", (("to", str(raised.id)),))


def test_an_objection_waits_for_its_answer_and_leads_to_the_laboratory() -> None:
    raised = entry(6, "objection", "2026-11-03", entry=T)
    other = entry(7, "objection", "2026-11-03", entry=str(UUID(int=99)))
    assert chain_of(TEST, (TEST, SEALED, raised, other), ON).outcome == "objected"
    answer = entry(8, "objection_answer", "2026-11-04", to=str(raised.id), outcome="retest", text="送复检")
    found = chain_of(TEST, (TEST, SEALED, raised, answer), ON)
    assert found.outcome == "unconfirmed"
    assert next_step(found) == ("sample_moved", (("test", T), ("why", "retest")))


def test_a_retest_whose_sample_could_not_be_tested_is_still_to_be_made() -> None:
    raised = entry(60, "objection", "2026-11-08", entry=T)
    granted = entry(61, "objection_answer", "2026-11-09", to=str(raised.id), outcome="retest", text="送复检")
    sent = entry(62, "sample_moved", "2026-11-10", test=T, which="b", why="retest", seal="whole")
    nothing = entry(63, "lab_report", "2026-11-12", test=T, stage="retest", which="b", result="unusable")
    heard = entry(64, "lab_result_told", "2026-11-13", test=T, stage="retest", signed="yes")
    again = entry(65, "sample_moved", "2026-11-13", test=T, which="a", why="retest", seal="whole")
    steps = [TEST, SEALED, SENT, report(4, "laboratory", "positive"), told(5, "laboratory"), raised, granted]
    expected = (
        (sent, "lab_report"), (nothing, "lab_result_told"), (heard, "sample_moved"), (again, "lab_report"),
        (replace(nothing, id=UUID(int=66)), "lab_result_told"),
    )  # fmt: skip
    for made, then in expected:
        steps.append(made)
        kind, known = next_step(chain_of(TEST, steps, ON))
        assert (kind, dict(known).get("stage", dict(known).get("why"))) == (then, "retest")


def test_a_first_sample_that_could_not_be_tested_leaves_it_unconfirmed_and_another_is_sent() -> None:
    steps = (TEST, SEALED, SENT, report(4, "laboratory", "unusable"), told(5, "laboratory"))
    found = chain_of(TEST, steps, ON)
    assert found.outcome == "unconfirmed"
    assert next_step(found) == ("sample_moved", (("test", T), ("why", "laboratory")))


def test_an_objection_that_was_corrected_keeps_its_answer() -> None:
    raised = entry(6, "objection", "2026-11-03", entry=T)
    answer = entry(8, "objection_answer", "2026-11-04", to=str(raised.id), outcome="retest", text="送复检")
    corrected = replace(raised, id=UUID(int=60), corrects=raised.id)
    again = replace(raised, id=UUID(int=61), corrects=corrected.id)
    every = (TEST, SEALED, raised, answer, corrected, again)
    found = chain_of(TEST, (TEST, SEALED, again, answer), ON, every=every)
    assert found.unanswered is None
    assert next_step(found) == ("sample_moved", (("test", T), ("why", "retest")))


@pytest.mark.parametrize(
    ("made", "sex", "code"),
    [
        ((), "male", "not_sealed"),
        ((SEALED,), "female", "not_by_a_woman"),
        (
            (
                SEALED,
                SENT,
                report(4, "laboratory", "positive"),
                report(5, "retest", "positive", " 县检测 中心"),
            ),
            "male",
            "same_body",
        ),
        ((SEALED, SENT, report(4, "laboratory", "positive")), "male", "laboratory_not_told"),
        ((SEALED, report(4, "laboratory", "positive")), "male", "not_sent"),
        (
            (
                SEALED,
                entry(9, "sample_moved", "2026-11-20", test=T, which="b", why="destroyed", seal="whole"),
            ),
            "male",
            "destroyed_early",
        ),
        (
            (SEALED, entry(9, "sample_moved", "2026-11-20", test=T, which="b", why="store", seal="broken")),
            "male",
            "broken",
        ),
    ],
)
def test_what_the_chain_lacks_is_named(made: tuple[Entry, ...], sex: str, code: str) -> None:
    assert code in codes(*made, sex=sex)
    assert code not in codes(SEALED, SENT, sex="male")


def test_samples_are_where_they_were_handed_to_and_may_go_after_six_months() -> None:
    found = chain_of(TEST, (TEST, SEALED, SENT), ON)
    assert [(s.which, s.number, s.place) for s in found.samples] == [
        ("a", "A1", "县检测中心"),
        ("b", "B1", "镇冷柜"),
    ]
    assert found.keep_until == date(2027, 5, 2)


def test_one_tester_is_one_too_few() -> None:
    alone = entry(
        1, "urine_test", "2026-11-02", outcome="taken", result="negative", tester_1="李", tester_2=" 李 "
    )
    assert {g.code for g in chain_of(alone, (alone,), ON).gaps} == {"one_tester"}


def test_every_kind_that_is_read_exists() -> None:
    assert set(compose.kinds()) >= custody.KINDS | order.KINDS


ORDER = entry(20, "order", "2026-10-01", measure="community_treatment")
PLAN = entry(21, "recovery_plan", "2026-10-20", with_person="yes", review_on=date(2026, 11, 20))


def states(*entries: Entry, on: date = ON) -> dict[str, str]:
    return {s.name: s.state for s in order.standing((ORDER, *entries), on).steps}


def test_the_steps_of_an_order_are_missing_until_they_are_recorded() -> None:
    assert set(states().values()) == {"missing", "later"}
    done = states(entry(22, "served", "2026-10-02"), entry(23, "agreement", "2026-10-05"))
    assert (done["served"], done["agreement"], done["working_group"]) == ("done", "done", "missing")


def test_what_belongs_to_an_earlier_order_does_not_count_for_this_one() -> None:
    assert states(entry(22, "agreement", "2024-10-05"))["agreement"] == "missing"


def test_a_group_without_all_its_members_and_rights_not_told_are_half_done() -> None:
    found = states(
        entry(22, "working_group", "2026-10-05", worker="李"),
        entry(23, "agreement_terms", "2026-10-05", rights="no"),
    )
    assert (found["working_group"], found["agreement_terms"]) == ("part", "part")


def test_a_plan_is_looked_at_again_when_it_says_so() -> None:
    assert states(PLAN, on=date(2026, 11, 19))["plan_review"] == "later"
    assert states(PLAN)["plan_review"] == "missing"
    again = entry(24, "plan_review", "2026-11-20", outcome="goes_on", next_on=date(2027, 2, 20))
    assert states(PLAN, again)["plan_review"] == "later"
    assert states(PLAN, entry(24, "plan_review", "2026-11-20", outcome="reached"))["plan_review"] == "done"


def test_what_the_reader_may_not_see_is_hidden_and_not_missing() -> None:
    found = order.standing((ORDER,), ON, sees=("legal",))
    assert {s.state for s in found.steps if s.kind == "agreement"} == {"hidden"}
    assert all(s.state != "hidden" for s in found.steps if s.kind == "served")
