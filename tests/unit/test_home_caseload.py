"""Sharing people out among workers: nobody above the norm where that can be, and as few moved as can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.home.caseload import Move, share

LOADS = st.lists(st.integers(0, 200), max_size=8).map(
    lambda loads: dict(zip("甲乙丙丁戊己庚辛", loads, strict=False))
)


def test_what_is_above_the_norm_goes_to_whoever_has_fewest() -> None:
    shared = share({"符": 44, "王": 17, "陈": 10}, 30)
    assert shared.moves == (Move("符", "陈", 14),) or sum(m.people for m in shared.moves) == 14
    assert {m.giver for m in shared.moves} == {"符"}
    assert shared.lacking == 0


def test_nobody_moves_where_nobody_is_above_the_norm() -> None:
    assert share({"符": 30, "王": 1}, 30).moves == ()


def test_too_few_workers_share_alike_and_the_number_that_lacks_is_told() -> None:
    shared = share({"符": 100, "王": 20}, 30)
    assert shared.most == 60
    assert shared.moves == (Move("符", "王", 40),)
    assert shared.lacking == 2


def test_without_workers_nothing_is_proposed() -> None:
    assert share({}).moves == ()


def test_a_norm_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="norm"):
        share({"符": 1}, 0)


@given(LOADS, st.integers(1, 60))
def test_afterwards_nobody_has_more_than_was_said_and_nobody_is_lost(
    people: dict[str, int], norm: int
) -> None:
    shared = share(people, norm)
    after = dict(people)
    for move in shared.moves:
        assert move.people > 0
        after[move.giver] -= move.people
        after[move.taker] += move.people
    assert sum(after.values()) == sum(people.values())
    assert all(0 <= many <= shared.most for many in after.values())
    # whoever is above the bound gives exactly what is above it
    assert sum(m.people for m in shared.moves) == sum(max(0, n - shared.most) for n in people.values())
