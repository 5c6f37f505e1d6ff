"""What the answers of a sample say of the whole frame: the weighted share of favourable answers of one
question, with its margin of error. Pure.

In a frame of N people in strata of N_h, of which n_h gave a valid answer and the share p_h of these a
favourable one:

    share              p  = Σ (N_h/N) p_h                                  (each answer weighs N_h/n_h)
    standard error     s² = Σ (1 − n_h/N_h) (N_h/N)² p_h (1 − p_h)/(n_h − 1)
    margin of error    1.96 s, at a level of 95%

These are the formulas of stratified random sampling for a proportion: S. L. Lohr, *Sampling: Design and
Analysis*, section on stratified sampling; W. G. Cochran, *Sampling Techniques*, 3rd edition, chapter 5. A
single stratum gives simple random sampling, and asking everybody a margin of nought. The published example
that the tests repeat is Lohr's Table 4.2 (seven learned societies): 24.65% with a standard error of 0.71
points.

Near 0 and 100% "± margin" says too little or leaves the scale. The interval is therefore Wilson's (E. B.
Wilson, JASA 1927) with the sample that would be as exact without strata, p(1 − p)/s²; where everybody or
nobody answered favourably s is 0 and says nothing, and Kish's effective number (Σw)²/Σw² stands for it
(L. Kish, *Survey Sampling*, 1965).

What is assumed, and said on the page: that those asked were drawn at random, and that those of a stratum who
did not answer would have answered like those who did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.levels.surveys.questionnaire import Stratum

Z: Final = 1.959963984540054
"""Half the width of a standard normal distribution that holds 95 in a hundred."""

ENOUGH: Final = 10
"""Fewer valid answers than this, in all or in a stratum that has any, are shown of nobody: a handful of
neighbours would know whose they are."""

Why = Literal["few", "stratum_empty", "one_in_stratum", "not_random"]
"""Why there is no share, or no margin, to state."""

WHY: Final[Mapping[Why, Label]] = {
    "few": Label(f"有效回答不足 {ENOUGH} 份，不显示", f"fewer than {ENOUGH} valid answers: nothing is shown"),
    "stratum_empty": Label(
        "有的层还没有人回答，不能推及全体", "a stratum has no answers: nothing can be said of the whole frame"
    ),
    "one_in_stratum": Label(
        "有的层只有一份回答，误差无法计算", "a stratum has one answer only: the error cannot be worked out"
    ),
    "not_random": Label(
        "不是随机抽取的，没有抽样误差可言；只说明答的人怎么说",
        "those asked were not drawn at random: there is no margin of error, and it says only what they said",
    ),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """The valid answers of one question in one stratum, and how many of them are favourable."""

    valid: int
    favourable: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one question comes to. `valid` and `favourable` are answers counted; `share` is of the whole
    frame, weighted, from 0 to 1; `error` its standard error, `margin` 1.96 of them, `low` to `high` the
    interval of 95%. What cannot be stated is None, and `why` says why."""

    valid: int
    favourable: int
    share: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    why: Why | None = None

    @property
    def margin(self) -> float | None:
        """The margin of error at 95%."""
        return None if self.error is None else Z * self.error

    @property
    def plain(self) -> float | None:
        """The share among those who answered, without weights; None where too few did."""
        return self.favourable / self.valid if self.valid >= ENOUGH else None


def estimate(strata: Sequence[Stratum], tallies: Sequence[Tally], method: str) -> Estimate:
    """The estimate of one question from its valid answers, stratum by stratum in the same order."""
    valid, favourable = sum(t.valid for t in tallies), sum(t.favourable for t in tallies)
    if valid < ENOUGH:
        return Estimate(valid, favourable, why="few")
    if method == "reached":
        return Estimate(valid, favourable, favourable / valid, why="not_random")
    if any(t.valid == 0 for t in tallies):
        return Estimate(valid, favourable, why="stratum_empty")
    total = sum(s.size for s in strata)
    share = sum(s.size / total * t.favourable / t.valid for s, t in zip(strata, tallies, strict=True))
    square = 0.0
    for stratum, tally in zip(strata, tallies, strict=True):
        p, rest = tally.favourable / tally.valid, max(0.0, 1 - tally.valid / stratum.size)
        if rest and tally.valid < 2:
            return Estimate(valid, favourable, share, why="one_in_stratum")
        if rest:
            square += rest * (stratum.size / total) ** 2 * p * (1 - p) / (tally.valid - 1)
    low, high = _interval(share, square, _alike(strata, tallies), _all_answered(strata, tallies))
    return Estimate(valid, favourable, share, sqrt(square), low, high)


def weights(strata: Sequence[Stratum], answered: Sequence[int]) -> tuple[float, ...]:
    """How many people of the frame each answer of a stratum stands for; 0 where nobody answered."""
    return tuple(s.size / n if n else 0.0 for s, n in zip(strata, answered, strict=True))


def _alike(strata: Sequence[Stratum], tallies: Sequence[Tally]) -> float:
    """Kish's effective number of answers."""
    each = weights(strata, [t.valid for t in tallies])
    some = sum(w * t.valid for w, t in zip(each, tallies, strict=True))
    return some * some / sum(w * w * t.valid for w, t in zip(each, tallies, strict=True))


def _all_answered(strata: Sequence[Stratum], tallies: Sequence[Tally]) -> bool:
    return all(t.valid >= s.size for s, t in zip(strata, tallies, strict=True))


def _interval(share: float, square: float, alike: float, everybody: bool) -> tuple[float, float]:
    if everybody:
        return share, share
    n = share * (1 - share) / square if square > 0 else alike
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def sample_size(size: int, margin: float, share: float = 0.5) -> int:
    """How many valid answers a simple random sample of `size` people needs for that margin at 95%, where the
    share may be `share`."""
    if size < 1:
        return 0
    without = Z * Z * share * (1 - share) / (margin * margin)
    needed = without / (1 + (without - 1) / size)
    return min(size, int(-(-needed // 1)))
