"""Withdrawal scales on a ward: CIWA-Ar added up from its items, others by the total that was recorded.

Items, totals and the bands of COWS are those of `centre.instruments`. The published cut-offs of CIWA-Ar
differ from source to source, so the centre chooses a set. A stimulant scale is the office's own: no bands are
known here. They describe care that is needed; none of them decides about anybody's liberty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from guitu.casefile import Entry
from guitu.centre.instruments.registry import instrument
from guitu.centre.instruments.scoring import score
from guitu.centre.times import moment_of
from guitu.kernel.labels import Label

CIWA: Final = "ciwa_ar"
COWS: Final = "cows"
CIWA_MOST: Final = 67
COWS_MOST: Final = 48

MILD, MODERATE, SEVERE = (
    Label("轻度", "Mild"),
    Label("中度", "Moderate"),
    Label("重度", "Severe"),
)

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


def ciwa_total(answers: Mapping[str, int]) -> int | None:
    """The total, None while an item is missing. Raises AnswerFault for an answer that is not to be had."""
    made = score(instrument(CIWA), answers)
    return None if made.total is None or made.missing else int(made.total)


def ciwa_band(total: int, source: str) -> Label:
    """Its band by one of the published sources."""
    moderate, severe = CIWA_BANDS.get(source, CIWA_BANDS["8_15"])
    return SEVERE if total >= severe else MODERATE if total >= moderate else MILD


def cows_band(total: int) -> Label | None:
    """5–12 mild, 13–24 moderate, 25–36 moderately severe, above 36 severe."""
    band = instrument(COWS).scales[0].band(Decimal(total))
    return band.label if band else None


def scored(counted: Iterable[Entry], source: str) -> tuple[Scored, ...]:
    """Every scoring of a file, of its entries that count, the earliest first."""
    found = []
    for entry in counted:
        at = moment_of(entry.happened_on, entry.get("time"))
        if entry.kind == "ciwa_ar":
            answers = {i.key: v for i in instrument(CIWA).items if isinstance(v := entry.get(i.key), int)}
            total = ciwa_total(answers)
            if total is not None:
                found.append(Scored(CIWA, at, total, CIWA_MOST, ciwa_band(total, source)))
        elif entry.kind == "withdrawal_score":
            number = entry.get("score")
            total = number if isinstance(number, int) else 0
            if entry.get("scale") == COWS:
                found.append(Scored(COWS, at, total, COWS_MOST, cows_band(total)))
            else:
                found.append(Scored("stimulant", at, total, None, None, str(entry.get("which") or "")))
    return tuple(sorted(found, key=lambda s: s.at))
