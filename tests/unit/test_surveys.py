"""What a sample says of everybody, checked against a published example; and questionnaires that ask one thing
at a time."""

from __future__ import annotations

from math import sqrt

import pytest

from guitu.levels.surveys import estimate as sampling
from guitu.levels.surveys.estimate import Tally, estimate, sample_size, weights
from guitu.levels.surveys.questionnaire import BadDesign, Stratum, check_questions, joined, strata_of

SOCIETIES = (
    ("Literature", 9100, 636, 38),
    ("Classics", 1950, 451, 27),
    ("Philosophy", 5500, 481, 18),
    ("History", 10850, 611, 19),
    ("Linguistics", 2100, 493, 36),
    ("Political science", 5500, 575, 13),
    ("Sociology", 9000, 588, 26),
)
"""Lohr, Sampling: Design and Analysis, table 4.2: members, valid returns, per cent of women among them."""


def scaled(factor: int) -> tuple[list[Stratum], list[Tally]]:
    """The table as whole answers: its shares are printed in per cent, so answers are counted in hundreds."""
    strata = [Stratum(name, size * factor) for name, size, _, _ in SOCIETIES]
    return strata, [Tally(n * factor, n * share * factor // 100) for _, _, n, share in SOCIETIES]


def test_the_share_of_the_published_example_is_24_65_per_cent() -> None:
    found = estimate(*scaled(100), "random")
    assert found.share is not None
    assert round(100 * found.share, 2) == 24.65


def test_the_standard_error_of_the_published_example_is_0_0071() -> None:
    strata, tallies = scaled(1)
    whole = [Tally(t.valid, t.favourable) for t in tallies]
    found = estimate(strata, whole, "random")
    assert found.error is not None
    assert round(found.error, 4) == 0.0071
    # to more places with the printed shares themselves, which are of no whole answers
    exact = sqrt(
        sum(
            (1 - n / size) * (size / 44_000) ** 2 * (p / 100) * (1 - p / 100) / (n - 1)
            for _, size, n, p in SOCIETIES
        )
    )
    assert round(exact, 9) == 0.007118622
    assert found.error == pytest.approx(exact, rel=5e-3)
    assert found.margin == pytest.approx(1.96 * found.error, rel=1e-4)


def test_one_stratum_is_a_simple_random_sample() -> None:
    found = estimate([Stratum("全部", 10**9)], [Tally(1001, 500)], "random")
    p = 500 / 1001
    assert found.error == pytest.approx(sqrt(p * (1 - p) / 1000), rel=1e-5)
    assert found.margin == pytest.approx(0.031, abs=1e-3)  # "about ±3.1 points with a thousand answers"


def test_whoever_asks_everybody_has_no_margin() -> None:
    found = estimate([Stratum("全村", 40)], [Tally(40, 31)], "everyone")
    assert (found.share, found.error, found.low, found.high) == (31 / 40, 0.0, 31 / 40, 31 / 40)


def test_when_all_agree_the_interval_still_has_a_width() -> None:
    found = estimate([Stratum("全部", 5000)], [Tally(50, 50)], "random")
    assert found.error == 0
    assert found.low is not None
    assert found.high == pytest.approx(1.0)
    assert found.low == pytest.approx(0.9286, abs=1e-3)  # Wilson's interval of 50 of 50


def test_weights_make_up_for_a_stratum_that_was_asked_more() -> None:
    strata = [Stratum("城", 1000), Stratum("乡", 9000)]
    found = estimate(strata, [Tally(100, 90), Tally(100, 50)], "random")
    assert found.plain == 0.70
    assert found.share == pytest.approx(0.54)
    assert weights(strata, [100, 100]) == (10.0, 90.0)


@pytest.mark.parametrize(
    ("tallies", "method", "why"),
    [
        ([Tally(4, 4), Tally(5, 1)], "random", "few"),
        ([Tally(40, 4), Tally(0, 0)], "random", "stratum_empty"),
        ([Tally(40, 4), Tally(1, 0)], "random", "one_in_stratum"),
        ([Tally(40, 4), Tally(0, 0)], "reached", "not_random"),
    ],
)
def test_what_cannot_be_said_is_not_said(tallies: list[Tally], method: str, why: str) -> None:
    found = estimate([Stratum("城", 500), Stratum("乡", 500)], tallies, method)
    assert found.why == why
    assert found.margin is None
    assert found.low is None
    assert (found.share is None) == (why in ("few", "stratum_empty"))


def test_so_many_answers_are_needed_for_a_margin() -> None:
    assert sample_size(10**8, 0.03) == 1068
    assert sample_size(1000, 0.03) == 517
    assert sample_size(20, 0.03) == 20


def test_two_questions_in_one_are_refused() -> None:
    assert joined("您对治安的安全感、满意度如何？")
    assert not joined("您觉得住的地方安全吗？")
    wrong = check_questions("safety|您对治安的安全感、满意度如何？|x")
    assert wrong is not None
    assert "分成两问" in wrong.zh
    assert check_questions("safety|安全吗？|a\nsatisfaction|满意吗？|b") is None
    twice = check_questions("safety|安全吗？|a\nsafety|晚上安全吗？|b")
    assert twice is not None
    assert "只能有一问" in twice.zh


@pytest.mark.parametrize("text", ["城区，12000", "城区 12000人", "城区\t12,000", "城区｜１２０００"])
def test_a_stratum_is_read_however_it_is_typed(text: str) -> None:
    assert strata_of(text) == (Stratum("城区", 12000),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "抽样框"),
        ("城区", "第 1 行"),
        ("城，5\n乡，很多", "第 2 行"),
        ("城，5\n城，6", "已经有了"),
        ("城，0", "至少"),
    ],
)
def test_a_frame_that_cannot_be_read_is_one_sentence(text: str, told: str) -> None:
    with pytest.raises(BadDesign) as wrong:
        strata_of(text)
    assert told in wrong.value.label.zh


def test_ten_answers_are_the_least_that_is_shown() -> None:
    assert sampling.ENOUGH == 10
    assert estimate([Stratum("全部", 500)], [Tally(9, 9)], "random").plain is None
    assert estimate([Stratum("全部", 500)], [Tally(10, 9)], "random").plain == 0.9
