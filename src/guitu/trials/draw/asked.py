"""The questions put to drawn days, each answered by a probability: how often chance alone would look at least
as odd. Positions in a period are numbers from 0 to below 1; people are the first index, periods the
second."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

Array = np.ndarray[Any, Any]
BINS: Final = 6
WAYS: Final = 32


def chi_square(seen: Array, expected: Array) -> float:
    """The probability of a chi-square statistic at least as large (Wilson and Hilferty's cube root)."""
    n = int(seen.size) - 1
    if n < 1:
        return 1.0
    value = float((((seen - expected) ** 2) / expected).sum())
    z = ((value / n) ** (1 / 3) - (1 - 2 / (9 * n))) / math.sqrt(2 / (9 * n))
    return 0.5 * math.erfc(z / math.sqrt(2))


def two_sided(z: float) -> float:
    """The probability of a normal deviate at least as far from nought."""
    return math.erfc(abs(z) / math.sqrt(2))


def uniform(at: Array, length: Array) -> float:
    """Whether every day of a period is drawn equally often; periods of each length by themselves, and the
    answers put together (Fisher)."""
    total, n = 0.0, 0
    for days in np.unique(length):
        seen = np.bincount(at[length == days], minlength=int(days)).astype(float)
        if seen.sum() < 5 * days:
            continue
        p = chi_square(seen, np.full(int(days), seen.sum() / days))
        total += -2 * math.log(max(p, 1e-300))
        n += 2
    return _fisher(total, n)


def _fisher(total: float, n: int) -> float:
    if not n:
        return 1.0
    z = ((total / n) ** (1 / 3) - (1 - 2 / (9 * n))) / math.sqrt(2 / (9 * n))
    return 0.5 * math.erfc(z / math.sqrt(2))


def weekdays(day: Array, first: Array, length: Array) -> float:
    """Whether each weekday is drawn as often as it stands in the periods."""
    seen = np.bincount(day % 7, minlength=7).astype(float)
    expected = np.zeros(7)
    for name in range(7):
        ahead = (name - first) % 7
        expected[name] = float((((length - ahead + 6) // 7).clip(0) / length).sum())
    return chi_square(seen, expected)


def serial(place: Array) -> float:
    """Whether where one day lay says anything of where the next lies: the correlation of neighbours."""
    one, next_ = place[:, :-1].ravel() - 0.5, place[:, 1:].ravel() - 0.5
    n = one.size
    r = float((one * next_).sum() / math.sqrt((one**2).sum() * (next_**2).sum()))
    return two_sided(r * math.sqrt(n))


def table(place: Array, lag: int) -> float:
    """The same without supposing that it would be a straight line: sixths of a period against sixths of the
    one `lag` before."""
    bins = np.minimum((place * BINS).astype(int), BINS - 1)
    one, next_ = bins[:, :-lag].ravel(), bins[:, lag:].ravel()
    seen = np.zeros((BINS, BINS))
    np.add.at(seen, (one, next_), 1)
    expected = np.outer(seen.sum(1), seen.sum(0)) / seen.sum()
    value = float((((seen - expected) ** 2) / expected).sum())
    n = (BINS - 1) ** 2
    z = ((value / n) ** (1 / 3) - (1 - 2 / (9 * n))) / math.sqrt(2 / (9 * n))
    return 0.5 * math.erfc(z / math.sqrt(2))


def guess(hits: Array, chance: Array) -> float:
    """Whether a way to guess hits more often (or more seldom) than chance: the sum of single chances."""
    expected, spread = float(chance.sum()), float((chance * (1 - chance)).sum())
    return two_sided((float(hits.sum()) - expected) / math.sqrt(spread)) if spread else 1.0


def learned(at: Array, length: Array) -> float:
    """Whether half of the people teach anything about the other half: what followed most often after each
    pair of earlier places is guessed for those it was not learned from."""
    half = at.shape[0] // 2
    place = np.minimum((at / length * WAYS).astype(int), WAYS - 1)
    before = place[:, :-2] * WAYS + place[:, 1:-1]
    counts = np.zeros((WAYS * WAYS, WAYS))
    np.add.at(counts, (before[:half].ravel(), place[:half, 2:].ravel()), 1)
    best = counts.argmax(1)
    told = (best[before[half:]] * length[half:, 2:] + WAYS - 1) // WAYS  # the first day of that part
    told = np.minimum(told, length[half:, 2:] - 1)
    return guess(told == at[half:, 2:], 1 / length[half:, 2:])
