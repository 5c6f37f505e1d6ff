"""What worked cases cannot say: which findings are a matter of rights, from which day a duty can be done, and
which stretches of a measure change nothing about its end."""

from __future__ import annotations

import pytest

from tests.unit.test_assess import ISOLATION, ask, day, duty, file, finding

POLICE_ONLY = ISOLATION[:4]


@pytest.mark.parametrize(
    ("rows", "on", "name"),
    [
        (ISOLATION, "2024-03-10", "held_past_term"),
        ((*ISOLATION, ("2024-03-12", "release")), "2024-03-12", "released_late"),
        ((*ISOLATION, ("2022-11-07", "exempt", {"ground": "pregnant"})), "2022-11-07", "not_applicable"),
        ((*ISOLATION, ("2022-11-07", "exempt", {"ground": "under_16"})), "2022-11-07", "not_applicable"),
        (POLICE_ONLY, "2022-09-15", "transfer_overdue"),
    ],
)
def test_whoever_is_held_too_long_or_where_it_does_not_apply_is_a_matter_of_rights(
    rows: tuple[tuple[str, str], ...], on: str, name: str
) -> None:
    assert finding(ask(file(*rows), on), name).rights


def test_what_an_officer_may_propose_too_early_is_no_matter_of_rights() -> None:
    early = ("2022-12-05", "opinion", {"proposes": "early_release"})
    assert not finding(ask(file(*ISOLATION, early), "2022-12-05"), "early_release_too_soon").rights


def test_the_transfer_can_be_made_from_the_third_month_and_is_due_by_the_sixth() -> None:
    transfer = duty(ask(file(*POLICE_ONLY), "2022-04-01"), "transfer_to_justice")
    assert (transfer.opens_on, transfer.due) == (day("2022-06-14"), day("2022-09-14"))


@pytest.mark.parametrize(
    ("begun", "over", "what"),
    [
        ("detained", "freed", "custody"),
        ("imprisoned", "freed", "custody"),
        ("medical_leave", "medical_leave_end", "medical_leave"),
    ],
)
def test_custody_prison_and_medical_leave_are_shown_and_move_no_last_day(
    begun: str, over: str, what: str
) -> None:
    answer = ask(file(*ISOLATION, ("2022-11-07", begun), ("2023-02-06", over)), "2023-03-01")
    assert answer.current is not None
    spans = [(s.what, s.since, s.until) for s in answer.current.spans]
    assert (what, day("2022-11-07"), day("2023-02-06")) in spans
    assert answer.ends_on == day("2024-03-09")
