"""A last day beyond what the law allows says so where it stands."""

from __future__ import annotations

import pytest

from guitu.casefile import Value
from guitu.pathway import assess
from tests.unit.test_assess import ISOLATION, NATIONAL, day, file


@pytest.mark.parametrize(
    ("months", "allowed"), [((12,), ""), ((13,), "2025-03-09"), ((6, 6), ""), ((6, 7), "2025-03-09")]
)
def test_a_last_day_beyond_what_an_extension_may_reach_says_so_where_it_stands(
    months: tuple[int, ...], allowed: str
) -> None:
    decided = [
        (f"2024-0{n}-22", "decision", {"effect": "extension", "months": more})
        for n, more in enumerate(months, 2)
    ]
    answer = assess(file(*ISOLATION, *decided), NATIONAL, day("2024-04-01"))
    assert answer.current is not None
    assert answer.current.term is not None
    release = next(duty for duty in answer.duties if duty.name == "release")
    for because in (answer.current.term, release.because):
        told = [step.zh for step in because.steps if "超过上限" in step.zh]
        assert len(told) == bool(allowed)
        assert all(f"按条文最迟到 {allowed}" in line for line in told)


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ({"measure": "community_recovery", "months": 36}, ""),
        ({"measure": "community_recovery", "months": 40}, "2027-02-06"),
        ({"measure": "community_recovery", "months": 36, "printed_end": day("2027-02-07")}, "2027-02-06"),
        ({"measure": "community_treatment", "printed_end": day("2027-02-07")}, ""),
        ({"measure": "community_treatment", "printed_end": day("2027-02-08")}, "2027-02-07"),
    ],
)
def test_a_term_longer_than_the_law_allows_says_so_where_it_stands(
    order: dict[str, Value], says: str
) -> None:
    rows = (("2024-02-01", "order", order), ("2024-02-05", "served"), ("2024-02-07", "reporting_in"))
    answer = assess(file(*rows), NATIONAL, day("2024-08-01"))
    assert answer.current is not None
    assert answer.current.term is not None
    told = [step.zh for step in answer.current.term.steps if "超过上限" in step.zh]
    assert len(told) == bool(says)
    assert all(f"按条文最迟到 {says}" in line for line in told)
    assert any(f.name == "term_over_limit" for f in answer.findings) == bool(says)


def test_what_the_law_allows_moves_with_days_that_do_not_count() -> None:
    rows = (
        *ISOLATION,
        ("2024-02-22", "decision", {"effect": "extension", "months": 13}),
        ("2024-04-01", "escape"),
        ("2024-04-11", "recaptured"),
    )
    answer = assess(file(*rows), NATIONAL, day("2024-05-01"))
    assert answer.current is not None
    assert answer.current.term is not None
    assert answer.current.ends_on == day("2025-04-19")
    assert "按条文最迟到 2025-03-19" in answer.current.term.steps[-1].zh


def test_nothing_is_said_once_the_last_day_is_one_that_the_law_allows() -> None:
    early = {"effect": "early_release", "takes_effect_on": day("2024-06-01")}
    rows = (
        *ISOLATION,
        ("2024-02-22", "decision", {"effect": "extension", "months": 13}),
        ("2024-05-20", "decision", early),
    )
    answer = assess(file(*rows), NATIONAL, day("2024-05-21"))
    assert answer.current is not None
    assert answer.current.term is not None
    assert not any("超过上限" in step.zh for step in answer.current.term.steps)
