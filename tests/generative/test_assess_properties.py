"""What holds of every history, however odd: the assessment is steady, explained, and never fails."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st

from guitu import compose, policy
from guitu.casefile import CaseFile, Entry
from guitu.pathway import Assessment, assess
from guitu.pathway.explain import as_data, explain
from tests.generative.histories import EXAMPLES, FILE, asked, days, entries, entry, plausible, wild

Case = tuple[CaseFile, date]

NATIONAL = compose.policy("")
EVERYWHERE = [compose.policy(region, ("FRQ-A",)) for region in ("", "31", "33", "37", "46", "50")]


def said(answer: Assessment) -> tuple[Any, ...]:
    """Everything an answer says, without the day it was asked for."""
    return (
        answer.current,
        answer.measures,
        answer.duties,
        answer.findings,
        answer.not_covered,
        answer.notes,
    )


@EXAMPLES
@given(asked(), st.randoms(use_true_random=False))
def test_the_order_of_entries_in_the_file_does_not_matter(case: Case, dice: Any) -> None:
    file, on = case
    shuffled = list(file.entries)
    dice.shuffle(shuffled)
    assert assess(CaseFile(FILE, tuple(shuffled)), NATIONAL, on) == assess(file, NATIONAL, on)


@EXAMPLES
@given(asked(), entries(300))
def test_an_entry_that_is_withdrawn_leaves_the_answer_as_it_was(case: Case, added: Entry) -> None:
    file, on = case
    void = replace(
        added,
        id=entry(301, "death", on).id,
        kind="void",
        fields={},
        corrects=added.id,
        recorded_at=added.recorded_at + timedelta(days=1),
    )
    restored = CaseFile(FILE, (*file.entries, added, void))
    assert said(assess(restored, NATIONAL, on)) == said(assess(file, NATIONAL, on))


@EXAMPLES
@given(asked(), st.lists(entries(400), max_size=3), days)
def test_what_becomes_known_later_does_not_move_an_earlier_answer(
    case: Case, later: list[Entry], known_on: date
) -> None:
    file, on = case
    known_at = entry(0, "death", known_on).recorded_at
    news = [
        replace(
            e,
            id=entry(400 + place, "death", on).id,
            recorded_at=max(e.recorded_at, known_at + timedelta(seconds=1)),
        )
        for place, e in enumerate(later)
    ]
    grown = CaseFile(FILE, (*file.entries, *news))
    assert assess(grown, NATIONAL, on, known_at) == assess(file, NATIONAL, on, known_at)


@EXAMPLES
@given(plausible(), days, st.integers(1, 400))
def test_a_suspension_never_shortens_a_term(file: CaseFile, begun: date, length: int) -> None:
    on = max(begun + timedelta(days=length), max((e.happened_on for e in file.entries), default=begun))
    community = any(e.kind == "order" and str(e.get("measure")).startswith("community") for e in file.entries)
    stop, resume = ("detained", "freed") if community else ("escape", "recaptured")
    assume(not any(e.kind in (stop, resume) for e in file.entries))
    before = assess(file, NATIONAL, on)
    after = assess(
        CaseFile(
            FILE,
            (
                *file.entries,
                entry(600, stop, begun),
                entry(601, resume, begun + timedelta(days=length)),
            ),
        ),
        NATIONAL,
        on,
    )
    ends = {m.order: m.ends_on for m in after.measures}
    for measure in before.measures:
        if measure.ends_on is not None and measure.ended_by in ("", "expiry"):
            assert ends[measure.order] is not None
            assert ends[measure.order] >= measure.ends_on  # type: ignore[operator]


@EXAMPLES
@given(asked(), st.sampled_from(EVERYWHERE))
def test_every_conclusion_carries_its_reasons(case: Case, rules: policy.Policy) -> None:
    file, on = case
    answer = assess(file, rules, on)
    known = {e.id for e in file.entries}
    for reason in (
        *(f.because for f in answer.findings),
        *(d.because for d in answer.duties),
        *answer.not_covered,
        *(m.term for m in answer.measures if m.term is not None),
    ):
        assert reason.cites or reason.entries
        assert set(reason.entries) <= known
        assert all(cite.instrument in rules.instruments for cite in reason.cites)
    for finding in answer.findings:
        assert finding.since <= on
        assert finding.because.steps


@EXAMPLES
@given(asked(), st.sampled_from(EVERYWHERE))
def test_an_answer_is_a_value(case: Case, rules: policy.Policy) -> None:
    """Equal when asked again, whether its reasons have been read or not, and when it was stored between."""
    file, on = case
    answer = assess(file, rules, on)
    told = as_data(answer, "zh"), as_data(answer, "en")
    again = assess(file, rules, on)
    assert again == answer
    assert hash(again) == hash(answer)
    stored = pickle.loads(pickle.dumps(again))
    assert stored == answer
    assert (as_data(stored, "zh"), as_data(stored, "en")) == told


@EXAMPLES
@given(asked(), days)
def test_what_counts_does_not_depend_on_the_order_asked_for(case: Case, known_on: date) -> None:
    file, _ = case
    for at in (None, entry(0, "death", known_on).recorded_at):
        standing = sorted(file.standing(at), key=lambda e: (e.happened_on, e.recorded_at, e.id.int))
        assert tuple(standing) == file.counted(at)


@EXAMPLES
@given(asked(wild()), st.sampled_from(EVERYWHERE))
def test_no_history_makes_it_fail_and_every_answer_can_be_told(case: Case, rules: policy.Policy) -> None:
    file, on = case
    answer = assess(file, rules, on)
    for language in ("zh", "en"):
        assert explain(file, answer, rules, compose.kinds(), language)
        assert as_data(answer, language)["on"] == on.isoformat()


@EXAMPLES
@given(asked(), st.sampled_from(EVERYWHERE), st.integers(0, 5000))
def test_nothing_changes_before_the_day_the_answer_names(
    case: Case, rules: policy.Policy, ahead: int
) -> None:
    file, on = case
    answer = assess(file, rules, on)
    change = answer.next_change_on
    if change is not None:
        assert change > on
        assume(change > on + timedelta(days=1))
    last = ahead if change is None else (change - on).days - 1
    for day in {on + timedelta(days=step) for step in (1, last // 2, ahead % (last + 1), last) if step}:
        assert said(assess(file, rules, day)) == said(answer), f"{on} → {day}, named {change}"


@EXAMPLES
@given(asked())
def test_duties_are_settled_once_the_person_has_died(case: Case) -> None:
    file, on = case
    died = CaseFile(FILE, (*file.entries, entry(700, "death", on)))
    answer = assess(died, NATIONAL, on)
    assert all(m.state == "ended" for m in answer.measures)
    assert {d.state for d in answer.duties} <= {"done", "waived"}


@EXAMPLES
@given(asked())
def test_the_authorities_duties_come_first_and_rights_before_other_findings(case: Case) -> None:
    file, on = case
    answer = assess(file, NATIONAL, on)
    owed = [d.owed_by for d in answer.duties]
    assert owed == sorted(owed)
    rights = [f.rights for f in answer.findings]
    assert rights == sorted(rights, reverse=True)


REACHED = {
    *("awaiting_report", "in_force", "suspended", "ended"),
    *("expiry", "release", "early_release", "change", "superseded"),
    *("deemed_refusal", "reported_late", "serious_breach", "held_past_term", "released_late"),
    *("printed_end_differs", "early_release_too_soon", "early_release_barred", "term_over_limit"),
    *("not_applicable", "transfer_overdue", "overlapping_orders", "out_of_order"),
    *("report_in open", "report_in overdue", "report_in done", "report_in waived"),
    *("transfer_to_justice open", "transfer_to_justice overdue", "transfer_to_justice done"),
    *("release open", "release overdue", "release done", "release waived"),
    *("release_notice open", "release_notice overdue", "release_notice done", "release_notice waived"),
    *("sign_agreement open", "sign_agreement done", "sign_agreement waived"),
    *("notify_town_of_end overdue", "notify_family done", "decide_opinion done", "routine_test overdue"),
}
"""What the random histories must touch, for the properties above to mean something."""


ROUNDS = 8
"""Rounds of examples; most runs need two."""


def test_the_random_histories_reach_every_state_and_the_rules_that_matter() -> None:
    seen: set[str] = set()

    def look(case: Case) -> None:
        file, on = case
        answer = assess(file, EVERYWHERE[0], on)
        seen.update(f.name for f in answer.findings)
        seen.update(f"{d.name} {d.state}" for d in answer.duties)
        seen.update(m.state for m in answer.measures)
        seen.update(m.ended_by for m in answer.measures)

    for number in range(ROUNDS):
        examples = settings(EXAMPLES, derandomize=False, max_examples=400)
        examples(seed(number)(given(asked(plausible()))(look)))()
        if seen >= REACHED:
            break
    assert seen >= REACHED, sorted(REACHED - seen)
