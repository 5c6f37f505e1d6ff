"""The sweep answers as `assess` does, person by person and field by field."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from guitu import compose, policy
from guitu.casefile import CaseFile
from guitu.casefile.kind import APART
from guitu.kernel.zone import CHINA
from guitu.pathway.cases import WorkedCase, read_cases
from guitu.pathway.sweep.kernel.layout import WORDS
from guitu.pathway.sweep.kernel.person import sweep as kernel
from guitu.policy.model import AllOf, FindingWhen, Pick, Recorded, Rule
from guitu.simulate.province import population
from guitu.store.divisions import load_province
from tests.generative.histories import FIRST, SPAN, files
from tests.sweep.beside import Beside, as_person

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.cases.yaml"))
PRESETS = ("FRQ-A", "safety-check", "sample-sent", "lab-report=5")
POLICIES = [compose.policy(region, PRESETS) for region in ("", "31", "33", "37", "50")]
used: Counter[str] = Counter()
"""How often each rule word did something in the kernel, over all tests of this module."""


def test_every_worked_case_on_the_day_asked(tmp_path: Path) -> None:
    places: dict[tuple[str, tuple[str, ...]], list[WorkedCase]] = defaultdict(list)
    for path in CASES:
        for case in read_cases(path, compose.kinds(), policy.names()):
            if not any(compose.kinds()[e.kind].compartment in APART for e in case.file.entries):
                places[case.region, case.presets].append(case)  # what stands apart is in no snapshot
    told: list[str] = []
    compared = handed = 0
    for number, ((region, presets), cases) in enumerate(places.items()):
        files_of = [as_person(case.file, n) for n, case in enumerate(cases, 1)]
        beside = Beside(files_of, tmp_path / str(number))
        asked: dict[tuple[date, datetime | None], list[CaseFile]] = defaultdict(list)
        for case, file in zip(cases, files_of, strict=True):
            asked[case.on, case.known_at].append(file)
        for (on, known_at), some in asked.items():
            wrong, swept = beside.differences(compose.policy(region, presets), on, known_at, some)
            told += wrong
            used.update(swept.tally.used)
            compared += len(some)
            handed += swept.tally.by_hand
    assert not told, "\n".join(told[:10])
    assert compared > 300
    assert handed == 0


def test_answers_to_what_was_corrected_or_withdrawn_without_the_kernel_too(tmp_path: Path) -> None:
    asked = [path for path in CASES if path.name in ("requests.cases.yaml", "sample_clocks.cases.yaml")]
    cases = [case for path in asked for case in read_cases(path, compose.kinds(), policy.names())]
    files_of = [as_person(case.file, n) for n, case in enumerate(cases, 1)]
    beside = Beside(files_of, tmp_path)
    rules = compose.policy("", ("sample-sent", "lab-report"))
    for known_at in (None, datetime(2026, 3, 19, tzinfo=CHINA)):
        told, _ = beside.differences(rules, date(2026, 3, 21), known_at, engine="assess")
        assert not told, "\n".join(told[:10])


def test_a_correction_that_was_stored_before_its_entry(tmp_path: Path) -> None:
    """A handover may bring them in any order: what answers either still finds it."""
    asked = [path for path in CASES if path.name in ("requests.cases.yaml", "sample_clocks.cases.yaml")]
    cases = [case for path in asked for case in read_cases(path, compose.kinds(), policy.names())]
    files_of = [as_person(case.file, n) for n, case in enumerate(cases, 1)]
    turned = [CaseFile(file.id, tuple(reversed(file.entries))) for file in files_of]
    beside = Beside(turned, tmp_path)
    rules = compose.policy("", ("sample-sent", "lab-report"))
    for on in sorted({case.on for case in cases}):
        for known_at in (None, datetime.combine(on, datetime.min.time(), CHINA) - timedelta(days=3)):
            told, _ = beside.differences(rules, on, known_at)
            assert not told, "\n".join(told[:10])


def test_a_simulated_province_on_several_days_and_as_known_earlier(tmp_path: Path) -> None:
    on = date(2026, 11, 23)
    lives = [CaseFile(h.file, tuple(h.entries)) for h in population(60, 11, on, load_province("46"))]
    beside = Beside(lives, tmp_path)
    for day, known in (
        (on, None),
        (on - timedelta(days=400), None),
        (on, datetime(2025, 6, 1, tzinfo=CHINA)),
    ):
        told, swept = beside.differences(compose.policy("46"), day, known)
        assert not told, "\n".join(told[:10])
        assert swept.tally.by_hand <= swept.tally.people / 100
        used.update(swept.tally.used)


moments = st.none() | st.integers(0, SPAN + 400).map(
    lambda n: datetime.combine(FIRST, datetime.min.time(), CHINA) + timedelta(days=n, hours=10)
)


EXAMPLES = int(os.environ.get("GUITU_SWEEP_EXAMPLES", "25"))
"""A nightly run asks for thousands."""


@settings(derandomize=EXAMPLES < 100, deadline=None, max_examples=EXAMPLES, database=None)
@given(
    st.lists(files, min_size=4, max_size=12),
    st.integers(0, SPAN + 400).map(lambda n: FIRST + timedelta(days=n)),
    moments,
    st.sampled_from(POLICIES),
    st.booleans(),
)
def test_any_population_whatever_was_corrected(
    population_: list[CaseFile], on: date, known_at: datetime | None, rules: policy.Policy, turned: bool
) -> None:
    step = -1 if turned else 1
    files_of = [CaseFile(file.id, file.entries[::step]) for file in population_]
    with TemporaryDirectory() as folder:
        beside = Beside([as_person(file, n) for n, file in enumerate(files_of, 1)], Path(folder))
        told, swept = beside.differences(rules, on, known_at)
    assert not told, "\n".join(told[:5])
    used.update(swept.tally.used)


def all_of(rule: Rule) -> Rule:
    """The finding rule with another condition beside its own: the house's rules join none."""
    return replace(
        rule,
        versions=tuple(
            replace(v, word=replace(v.word, when=AllOf((v.word.when, Recorded(Pick("served"), 0)))))
            if isinstance(v.word, FindingWhen)
            else v
            for v in rule.versions
        ),
    )


def test_conditions_that_must_hold_together(tmp_path: Path) -> None:
    rules = compose.policy("46")
    joined = replace(rules, applied=tuple(map(all_of, rules.applied)))
    on = date(2026, 11, 23)
    lives = [CaseFile(h.file, tuple(h.entries)) for h in population(80, 3, on, load_province("46"))]
    beside = Beside(lives, tmp_path)
    found = 0
    for days in (0, 250, 500):
        told, swept = beside.differences(joined, on - timedelta(days=days), None)
        assert not told, "\n".join(told[:10])
        used.update(swept.tally.used)
        found += swept.table("findings").num_rows
    assert found


def test_the_kernel_was_made_only_once() -> None:
    """Made anew for arrays of another sort, it would cost a minute each time."""
    assert len(getattr(kernel, "signatures", (1,))) <= 1


def test_every_rule_word_did_something_in_the_kernel() -> None:
    """Rights are no part of a sweep: nobody owes them, so no duty and no finding follows."""
    idle = [word for word in WORDS if word and not used[word]]
    assert not idle
