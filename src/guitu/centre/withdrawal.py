"""Withdrawal scales: CIWA-Ar added up from its items, others by the total that was recorded; their bands.

CIWA-Ar (Sullivan and others, 1989) is not under copyright. Its published cut-offs differ from source to
source, so the centre chooses a set. COWS has one set of bands. A stimulant scale is the office's own: no
bands are known here. They describe care that is needed; none of them decides about anybody's liberty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guitu.casefile import Entry
from guitu.centre.times import moment_of
from guitu.kernel.labels import Label

NINE: Final = (
    "nausea",
    "tremor",
    "sweats",
    "anxiety",
    "agitation",
    "tactile",
    "auditory",
    "visual",
    "headache",
)
ORIENTATION: Final = "orientation"
CIWA_MOST: Final = 67

MILD, MODERATE, SEVERE = (
    Label("轻度", "Mild"),
    Label("中度", "Moderate"),
    Label("重度", "Severe"),
)
NONE: Final = Label("未达轻度", "Below mild")
MODERATELY_SEVERE: Final = Label("中重度", "Moderately severe")

CIWA_BANDS: Final = {"8_15": (8, 15), "10_19": (10, 19)}
"""From which total a withdrawal is moderate, and severe, in two published sources."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One scoring: which scale, when, the total, its highest value where known, and its band where one is."""

    scale: str
    at: datetime
    score: int
    most: int | None
    band: Label | None
    which: str = ""


def ciwa_total(answers: Iterable[int], orientation: int) -> int:
    """The total of the nine items of 0 to 7 and orientation of 0 to 4. Raises ValueError outside them."""
    nine = list(answers)
    if len(nine) != len(NINE) or any(not 0 <= n <= 7 for n in nine) or not 0 <= orientation <= 4:
        raise ValueError("nine items of 0 to 7 and orientation of 0 to 4")
    return sum(nine) + orientation


def ciwa_band(total: int, source: str) -> Label:
    """Its band by one of the published sources."""
    moderate, severe = CIWA_BANDS.get(source, CIWA_BANDS["8_15"])
    return SEVERE if total >= severe else MODERATE if total >= moderate else MILD


def cows_band(total: int) -> Label:
    """5–12 mild, 13–24 moderate, 25–36 moderately severe, above 36 severe."""
    if total > 36:
        return SEVERE
    if total >= 25:
        return MODERATELY_SEVERE
    if total >= 13:
        return MODERATE
    return MILD if total >= 5 else NONE


def scored(counted: Iterable[Entry], source: str) -> tuple[Scored, ...]:
    """Every scoring of a file, of its entries that count, the earliest first."""
    found = []
    for entry in counted:
        at = moment_of(entry.happened_on, entry.get("time"))
        if entry.kind == "ciwa_ar":
            total = ciwa_total([_number(entry, name) for name in NINE], _number(entry, ORIENTATION))
            found.append(Scored("ciwa_ar", at, total, CIWA_MOST, ciwa_band(total, source)))
        elif entry.kind == "withdrawal_score":
            total = _number(entry, "score")
            if entry.get("scale") == "cows":
                found.append(Scored("cows", at, total, 48, cows_band(total)))
            else:
                found.append(Scored("stimulant", at, total, None, None, str(entry.get("which") or "")))
    return tuple(sorted(found, key=lambda s: s.at))


def _number(entry: Entry, name: str) -> int:
    value = entry.get(name)
    return value if isinstance(value, int) else 0
