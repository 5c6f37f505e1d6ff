"""The sweep answers as `assess` does, person by person and field by field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guitu import compose, policy
from guitu.casefile import CaseFile
from guitu.kernel.zone import CHINA
from guitu.pathway.cases import WorkedCase, read_cases
from guitu.pathway.sweep.kernel.layout import WORDS
from guitu.simulate.province import population
from guitu.store.divisions import load_province
from tests.generative.histories import FIRST, SPAN, files
from tests.sweep.beside import as_person, differences

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.cases.yaml"))
POLICIES = [compose.policy(region, ("FRQ-A",)) for region in ("", "31", "33", "37", "50")]
used: Counter[str] = Counter()
"""How often each rule word did something in the kernel, over all tests of this module."""


def asked_together() -> Iterator[tuple[str, tuple[str, ...], date, datetime | None, list[WorkedCase]]]:
    """The worked cases that are asked for one place, day and moment."""
    found: dict[tuple[str, tuple[str, ...], date, datetime | None], list[WorkedCase]] = defaultdict(list)
    for path in CASES:
        for case in read_cases(path, compose.kinds(), policy.names()):
            found[case.region, case.presets, case.on, case.known_at].append(case)
    for (region, presets, on, known_at), cases in found.items():
        yield region, presets, on, known_at, cases


def test_every_worked_case_on_every_day_asked(tmp_path: Path) -> None:
    told: list[str] = []
    people = handed = 0
    for number, (region, presets, on, known_at, cases) in enumerate(asked_together()):
        people_of = [as_person(case.file, n) for n, case in enumerate(cases, 1)]
        wrong, swept = differences(
            people_of, compose.policy(region, presets), on, known_at, tmp_path / str(number)
        )
        told += wrong
        used.update(swept.tally.used)
        people += swept.tally.people
        handed += swept.tally.by_hand
    assert not told, "\n".join(told[:10])
    assert people > 300
    assert handed == 0


def test_a_simulated_province_on_several_days_and_as_known_earlier(tmp_path: Path) -> None:
    on = date(2026, 11, 23)
    people_of = [CaseFile(h.file, tuple(h.entries)) for h in population(60, 11, on, load_province("46"))]
    for number, (day, known) in enumerate(
        [(on, None), (on - timedelta(days=400), None), (on, datetime(2025, 6, 1, tzinfo=CHINA))]
    ):
        told, swept = differences(people_of, compose.policy("46"), day, known, tmp_path / str(number))
        assert not told, "\n".join(told[:10])
        assert swept.tally.by_hand <= swept.tally.people / 100
        used.update(swept.tally.used)


moments = st.none() | st.integers(0, SPAN + 400).map(
    lambda n: datetime.combine(FIRST, datetime.min.time(), CHINA) + timedelta(days=n, hours=10)
)


@settings(derandomize=True, deadline=None, max_examples=40, database=None)
@given(
    st.lists(files, min_size=4, max_size=12),
    st.integers(0, SPAN + 400).map(lambda n: FIRST + timedelta(days=n)),
    moments,
    st.sampled_from(POLICIES),
)
def test_any_population_whatever_was_corrected(
    population_: list[CaseFile], on: date, known_at: datetime | None, rules: policy.Policy
) -> None:
    people_of = [as_person(file, n) for n, file in enumerate(population_, 1)]
    with TemporaryDirectory() as folder:
        told, swept = differences(people_of, rules, on, known_at, Path(folder))
    assert not told, "\n".join(told[:5])
    used.update(swept.tally.used)


@pytest.mark.slow
@pytest.mark.skip(reason="an hour: run by hand or at night, with -m slow and without this mark")
def test_nothing() -> None:  # pragma: no cover
    """Kept out: see `guitu bench sweep --people N --check`."""


def test_every_rule_word_did_something_in_the_kernel() -> None:
    """Rights are no part of a sweep: nobody owes them, so no duty and no finding follows."""
    idle = [word for word in WORDS if word and not used[word]]
    assert not idle
