"""What a centre has laid down for its medical work, by the latest `medical_setting` of its own file.

The law sets no interval for reviewing a restraint (司法行政机关强制隔离戒毒工作规定 art. 40 says only that
it ends in time): these are the house's defaults, and the centre's to change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre.times import clock_of

SETTING: Final = "medical_setting"
ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """`rounds` are the times of the four rounds in four digits; the others are minutes. `ciwa` names which
    of two published sets of bands is used. `stated` says that the centre has laid anything down at all."""

    rounds: tuple[int, int, int, int] = (800, 1200, 1800, 2100)
    late_after: int = 60
    watch_every: int = 15
    medics_every: int = 30
    review_every: int = 60
    ciwa: str = "8_15"
    stated: bool = False


def settings_of(counted: Iterable[Entry], on: date) -> Settings:
    """What holds on that day, from the entries of the centre's own file that count: of each answer the last
    one given up to that day."""
    found = Settings()
    given = [e for e in counted if e.kind == SETTING and e.happened_on <= on]
    for entry in sorted(given, key=lambda e: (e.happened_on, e.recorded_at)):
        rounds = list(found.rounds)
        for n in range(ROUNDS):
            digits = entry.get(f"round_{n + 1}")
            if isinstance(digits, int) and clock_of(digits) is not None:
                rounds[n] = digits
        found = replace(found, rounds=tuple(rounds), stated=True)  # type: ignore[arg-type]
        found = replace(
            found,
            late_after=_minutes(entry, "late_after", found.late_after),
            watch_every=_minutes(entry, "watch_every", found.watch_every),
            medics_every=_minutes(entry, "medics_every", found.medics_every),
            review_every=_minutes(entry, "review_every", found.review_every),
        )
        if isinstance(bands := entry.get("ciwa"), str):
            found = replace(found, ciwa=bands)
    return found


def _minutes(entry: Entry, name: str, before: int) -> int:
    value = entry.get(name)
    return value if isinstance(value, int) else before
