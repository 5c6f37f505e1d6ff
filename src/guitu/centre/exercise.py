"""How hard somebody may train: the heart rate to aim at, and whether a doctor lets them train at all.

Formulas, by name:

- `fox`: highest heart rate = 220 − age, the common age prediction (Fox, Naughton and Haskell 1971).
- `tanaka`: 208 − 0.7 × age (Tanaka, Monahan and Seals, J Am Coll Cardiol 2001).
- target by heart-rate reserve (Karvonen 1957): resting + intensity × (highest − resting).

Beats a minute, whole numbers, rounded half up. They predict an average; a doctor's limit always goes
before them. Not for somebody under medicine that slows the heart: the doctor then sets the limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.casefile import CaseFile, Entry
from guitu.kernel.days import add_days
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

KINDS: Final = frozenset(
    {
        "fitness_test",
        "training_clearance",
        "exercise_prescription",
        "training_exception",
        "training_stop",
        "void",
    }
)
FORMULAS: Final = {
    "fox": Label("220 − 年龄", "220 − age"),
    "tanaka": Label("208 − 0.7 × 年龄（Tanaka 等 2001）", "208 − 0.7 × age (Tanaka et al. 2001)"),
}
LIGHTEST: Final = 20
HARDEST: Final = 90
"""Percent of the reserve that may be asked for."""
YOUNGEST: Final = 14
OLDEST: Final = 100
SOON: Final = 14
"""Days before a clearance runs out from which the doctor is reminded."""


@dataclass(frozen=True, slots=True)
class Target:
    """The heart rates to keep between, and the highest they were worked out from."""

    low: int
    high: int
    highest: int
    capped: bool = False


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def highest_rate(formula: str, age: int) -> int:
    """The highest heart rate that the formula predicts for that age. Raises ValueError for an unknown
    formula, and for an age that it is not for."""
    if not YOUNGEST <= age <= OLDEST:
        raise ValueError(f"no prediction for the age {age}")
    match formula:
        case "fox":
            return 220 - age
        case "tanaka":
            return _round(Decimal(208) - Decimal("0.7") * age)
        case _:
            raise ValueError(f"no formula “{formula}”")


def target(resting: int, highest: int, low: int, high: int, limit: int | None = None) -> Target:
    """The target between `low` and `high` percent of the heart-rate reserve (Karvonen), never over a doctor's
    `limit`. Raises ValueError for what cannot be: no reserve, percents that are none, a limit at rest."""
    if not LIGHTEST <= low < high <= HARDEST:
        raise ValueError(f"intensity {low}–{high} %")
    if highest <= resting:
        raise ValueError(f"no reserve between {resting} and {highest}")
    reserve = highest - resting
    rates = [_round(Decimal(resting) + Decimal(reserve) * percent / 100) for percent in (low, high)]
    if limit is None or rates[1] <= limit:
        return Target(rates[0], rates[1], highest)
    if limit <= resting:
        raise ValueError(f"the limit {limit} is not above {resting} at rest")
    return Target(min(rates[0], limit), limit, highest, capped=True)


@dataclass(frozen=True, slots=True)
class Clearance:
    """A doctor's conclusion as it stands on a day. `until` is its last day."""

    entry: Entry
    conclusion: str
    until: date | None
    highest: int | None
    stopped_on: date | None = None
    """The day of a stop sign after it: it no longer holds."""

    def holds(self, on: date) -> bool:
        """Whether somebody may train on that day."""
        if self.conclusion == "not_cleared" or self.until is None or self.entry.happened_on > on:
            return False
        return on <= self.until and (self.stopped_on is None or on < self.stopped_on)

    def runs_out(self, on: date) -> bool:
        """Whether it holds and the doctor should see the person again soon."""
        return self.holds(on) and self.until is not None and self.until <= add_days(on, SOON)


Stop = tuple[date, datetime]
"""A stop sign: its day, and when it was recorded."""


def clearance(entries: Iterable[Entry], on: date, stops: Iterable[Stop] = ()) -> Clearance | None:
    """The last clearance given up to that day, or None. A stop sign after it ends it, until a doctor examines
    again. `stops` are signs of which the reader may know no more than that they were: they end it too."""
    last: Entry | None = None
    signs: list[Stop] = list(stops)
    for entry in _counted(entries):
        if entry.happened_on > on:
            break
        if entry.kind == "training_clearance":
            last = entry
        elif _stops(entry):
            signs.append((entry.happened_on, entry.recorded_at))
    if last is None:
        return None
    given = (last.happened_on, last.recorded_at)
    after = [day for day, at in signs if (day, at) > given and day <= on]
    until, highest = last.get("until"), last.get("highest")
    return Clearance(
        last,
        str(last.get("conclusion")),
        until if isinstance(until, date) else None,
        highest if isinstance(highest, int) else None,
        min(after, default=None),
    )


def _stops(entry: Entry) -> bool:
    """A stop sign; or that the person was stopped, which is told to whoever does not read the medical
    part."""
    return entry.kind == "training_stop" or (
        entry.kind == "training_exception" and entry.get("what") == "stopped"
    )


NO_CLEARANCE: Final = Label(
    "没有医生的训练许可：先请医生检查", "no doctor's clearance: the doctor has to examine first"
)


def may_prescribe(
    entries: Iterable[Entry], on: date, high: int | None = None, stops: Iterable[Stop] = ()
) -> Decision:
    """Whether a prescription that starts on that day may be written, its upper heart rate being `high`; with
    the reason, and what to do."""
    given = clearance(entries, on, stops)
    if given is None:
        return Decision(False, NO_CLEARANCE)
    if given.conclusion == "not_cleared":
        return Decision(
            False,
            Label(
                f"医生 {given.entry.happened_on} 的结论是暂不能训练",
                f"the doctor's conclusion of {given.entry.happened_on}: may not train now",
            ),
        )
    if given.stopped_on is not None:
        return Decision(
            False,
            Label(
                f"{given.stopped_on} 出现停训情况，要医生重新检查",
                f"training was stopped on {given.stopped_on}: the doctor has to examine anew",
            ),
        )
    if not given.holds(on):
        return Decision(
            False,
            Label(
                f"训练许可 {given.until} 到期，要医生重新检查",
                f"the clearance ran out on {given.until}: the doctor has to examine anew",
            ),
        )
    if high is not None and given.highest is not None and high > given.highest:
        return Decision(
            False,
            Label(
                f"目标心率上限 {high} 超过医生定的 {given.highest}",
                f"the target up to {high} is over the doctor's limit of {given.highest}",
            ),
        )
    return Decision(True, Label(f"训练许可有效至 {given.until}", f"cleared until {given.until}"))


def prescription(entries: Iterable[Entry], on: date, stops: Iterable[Stop] = ()) -> Entry | None:
    """The prescription in force on that day: the last one begun, while it runs and the clearance holds."""
    every = tuple(entries)
    last: Entry | None = None
    for entry in _counted(every):
        if entry.kind == "exercise_prescription" and entry.happened_on <= on:
            last = entry
    if last is None:
        return None
    until, high = last.get("until"), last.get("high")
    if isinstance(until, date) and until < on:
        return None
    allowed = may_prescribe(every, on, high if isinstance(high, int) else None, stops).allowed
    return last if allowed else None


def _counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    every = tuple(entries)
    return CaseFile(every[0].file, every).counted() if every else ()
