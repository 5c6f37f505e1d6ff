"""What a few sessions show, and how little: the change within one person, with its uncertainty.

The mean of after − before over a person's own sessions, and the 95 % confidence interval of that mean by
Student's t. No control, no blinding, no other person: it is adjunct evidence and is never a score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.labels import Label, spanned

FEWEST: Final = 3
"""Under so many sessions no interval is given: it would only look like knowledge."""

WEAK: Final = Label(
    "证据很弱：只是本人前后相比，没有对照；系统综述认为 VR 的临床价值尚未证实，"
    "TMS 的最佳靶点和频率仍不清楚。不用于评价本人，也不影响任何决定。",
    "This is weak evidence: one person before and after, without a control. Reviews find the clinical value"
    " of VR unproven, and the best target and frequency of TMS unclear. It judges nobody and bears on no"
    " decision.",
)

_T: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""The 97.5 % points of Student's t for 1 to 30 degrees of freedom, from the usual table."""


def t_point(freedom: int) -> float:
    """The 97.5 % point of Student's t; beyond the table the value for 30, which is a little wide."""
    return _T[min(freedom, len(_T)) - 1]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one rating over sessions. `low` and `high` are the interval, None with too few."""

    sessions: int
    mean: float
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves no change out."""
        return self.low is not None and self.high is not None and (self.high < 0 or self.low > 0)


def change(pairs: Iterable[tuple[int, int]]) -> Change | None:
    """The change over (before, after) pairs, or None without any."""
    gaps = [after - before for before, after in pairs]
    n = len(gaps)
    if not n:
        return None
    mean = sum(gaps) / n
    if n < FEWEST:
        return Change(n, mean, None, None)
    spread = sqrt(sum((gap - mean) ** 2 for gap in gaps) / (n - 1))
    half = t_point(n - 1) * spread / sqrt(n)
    return Change(n, mean, mean - half, mean + half)


def pairs(sessions: Iterable[Entry], what: str) -> list[tuple[int, int]]:
    """The (before, after) of a rating in sessions that have both."""
    found = []
    for entry in sessions:
        before, after = entry.get(f"{what}_before"), entry.get(f"{what}_after")
        if isinstance(before, int) and isinstance(after, int):
            found.append((before, after))
    return found


def said(found: Change | None, what: Label) -> Label:
    """The change in one sentence, with what it rests on."""
    if found is None:
        return Label(
            f"{what.zh}：还没有前后都评的治疗。", f"{what.en}: no session was rated before and after yet."
        )
    n, mean = found.sessions, f"{found.mean:+.1f}"
    if found.low is None or found.high is None:
        return Label(
            f"{what.zh}：{n} 次治疗前后平均变化 {mean} 分；不足 {FEWEST} 次，不给区间。",
            f"{what.en}: mean change {mean} over {n} sessions; under {FEWEST} no interval is given.",
        )
    span = spanned(f"{found.low:+.1f}", f"{found.high:+.1f}")
    clear_zh = "" if found.clear else "；区间包含 0，不能说有变化"
    clear_en = "" if found.clear else "; the interval holds 0, so no change can be claimed"
    return Label(
        f"{what.zh}：{n} 次治疗前后平均变化 {mean} 分，95% 置信区间 {span.zh}{clear_zh}。",
        f"{what.en}: mean change {mean} over {n} sessions, 95% confidence interval {span.en}{clear_en}.",
    )
