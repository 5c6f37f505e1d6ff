"""Totals fall on places, days and sorts exactly, whatever they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.simulate.targets.margins import (
    Contradiction,
    Ground,
    Margin,
    denominator,
    numerator,
    parts,
    put_down,
    rounded,
    share,
    totals,
)

UP = {
    "province": ("province",),
    "county": ("province", "county"),
    "other": ("province", "other"),
    "town": ("province", "county", "town"),
}
SORTS = {"all": {"all"}, "sick": {"sick", "all"}, "women": {"women", "all"}}
ROUND = (date(2016, 11, 1), date(2019, 10, 31))
YEAR = (date(2017, 1, 1), date(2017, 12, 31))
MONTH = (date(2017, 3, 1), date(2017, 3, 31))
AFTER = (date(2020, 1, 1), date(2020, 6, 28))
SPANS = (ROUND, YEAR, MONTH, AFTER)
GROUND = Ground(UP.__getitem__, lambda sort, by: by in SORTS[sort])

tokens = st.lists(
    st.tuples(st.sampled_from(sorted(SORTS)), st.sampled_from(sorted(UP)), st.sampled_from(SPANS)),
    max_size=60,
)
asked = st.lists(
    st.tuples(st.sampled_from(sorted(SORTS)), st.sampled_from(sorted(UP)), st.sampled_from(SPANS)),
    min_size=1,
    max_size=12,
    unique=True,
)


@given(tokens, asked)
def test_margins_counted_from_a_world_can_be_put_down_again_exactly(
    world: list[tuple[str, str, tuple[date, date]]], wanted: list[tuple[str, str, tuple[date, date]]]
) -> None:
    def counted(sort: str, place: str, span: tuple[date, date]) -> int:
        return sum(
            sort in SORTS[s] and place in UP[p] and span[0] <= d[0] and d[1] <= span[1] for s, p, d in world
        )

    margins = [Margin(s, p, *d, counted(s, p, d), f"{s} {p}") for s, p, d in wanted]
    made = put_down(margins, GROUND)
    assert totals(made, margins, GROUND) == {m: m.amount for m in margins}
    assert all(p.n > 0 for p in made)


def test_parts_beyond_their_whole_are_refused_with_both_figures() -> None:
    margins = [Margin("sick", "county", *YEAR, 9, "病残"), Margin("all", "province", *ROUND, 7, "收治")]
    with pytest.raises(Contradiction, match="is 7, but its parts already add up to 9"):
        put_down(margins, GROUND)


def test_a_rest_for_which_no_place_is_left_is_refused() -> None:
    no_towns = Ground(UP.__getitem__, GROUND.counts, lambda place, without: 0 if without else 1)
    margins = [Margin("all", "town", *YEAR, 3, "镇"), Margin("all", "county", *YEAR, 4, "县")]
    with pytest.raises(Contradiction, match="“县” still wants 1"):
        put_down(margins, no_towns)


def test_one_figure_given_twice_with_two_values_is_refused() -> None:
    margins = [Margin("all", "county", *YEAR, 3, "甲"), Margin("all", "county", *YEAR, 4, "乙")]
    with pytest.raises(Contradiction, match="given as 4 and 3"):
        put_down(margins, GROUND)
    assert sum(p.n for p in put_down([margins[0], margins[0]], GROUND)) == 3


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any))
def test_a_total_is_shared_to_the_unit_and_never_further_off_than_one(total: int, weights: list[int]) -> None:
    made = share(total, weights)
    assert sum(made) == total
    whole = sum(weights)
    assert all(
        abs(part - total * weight / whole) < 1 + 1e-6 for part, weight in zip(made, weights, strict=True)
    )


@given(st.integers(0, 100_000), st.integers(1, 300))
def test_parts_add_up_and_none_is_empty_where_there_is_enough(total: int, number: int) -> None:
    made = parts(total, number, range(1, number + 1))
    assert (len(made), sum(made)) == (number, total)
    assert min(made) >= (total >= number)


@given(st.integers(0, 20_000), st.integers(1, 20_000), st.integers(0, 4), st.sampled_from([100, 1000]))
def test_a_printed_rate_is_given_back_by_its_numerator(over: int, under: int, places: int, per: int) -> None:
    rate = rounded(min(over, under), under, per, places)
    found = numerator(rate, under, per)
    assert found is not None
    assert rounded(found, under, per, places) == rate


def test_the_scoreboard_s_certificate_rate_has_one_numerator() -> None:
    rate = Decimal("93.91")
    assert numerator(rate, 11350) == 10659
    assert [n for n in range(10650, 10670) if rounded(n, 11350, 100, 2) == rate] == [10659]
    assert numerator(rate, 7) is None
    assert numerator(rate, denominator(rate)) is not None
    assert denominator(Decimal(100)) == 1
