"""What follows from the screenings in a file: who is to be seen today, and how scores went.

An alert asks for a human; it predicts nothing. Scores of different instruments, or of different versions of
one, are never put into one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre.instruments import (
    AnswerFault,
    Instrument,
    Score,
    from_digits,
    instruments,
    score,
)
from guitu.kernel.labels import Label

SCREENING: Final = "screening"
CHECK: Final = "safety_check"

Find = Callable[[str, int], Instrument | None]
"""The instrument of a key and a version, or None if it is not known here."""


def of_house(key: str, version: int) -> Instrument | None:
    """The house's own instrument of that key and version."""
    found = instruments().get(key)
    return found if found is not None and found.version == version else None


def instrument_of(entry: Entry, find: Find = of_house) -> Instrument | None:
    """The instrument of a screening, where it is known."""
    version = entry.get("instrument_version")
    return find(str(entry.get("instrument") or ""), version) if isinstance(version, int) else None


def score_of(entry: Entry, find: Find = of_house) -> Score | None:
    """The score of a screening; None where instrument or answers are not at hand (sealed, erased)."""
    instrument = instrument_of(entry, find)
    answers = entry.get("answers")
    if instrument is None or not isinstance(answers, str):
        return None
    try:
        return score(instrument, from_digits(instrument, answers))
    except AnswerFault:
        return None


def wrong_with(entry: Entry) -> Label | None:
    """Why a screening cannot be as it stands, or None: the answers are not of the instrument, or it says that
    nobody is needed today where the answers say otherwise. Instruments of an office are not known here."""
    instrument = instrument_of(entry)
    answers = entry.get("answers")
    if instrument is None:
        known = instruments().get(str(entry.get("instrument") or ""))
        if known is None:
            return None
        return Label(
            f"“{known.label.zh}”现用第 {known.version} 版",
            f"“{known.label.en}” is now version {known.version}",
        )
    if not isinstance(answers, str):
        return None  # erased, or sealed for whoever asks
    try:
        found = score(instrument, from_digits(instrument, answers))
    except AnswerFault as fault:
        return fault.label
    said = entry.get("alert")
    if said != ("yes" if found.alerts else "no"):
        return Label("“今天需要有人看望”与答案不符", "“Somebody is needed today” does not fit the answers")
    return None


@dataclass(frozen=True, slots=True)
class Alert:
    """A screening that asked for somebody on its day, and who came. `check` is None while nobody did."""

    entry: Entry
    check: Entry | None

    @property
    def same_day(self) -> bool:
        """Whether somebody came on the day itself."""
        return self.check is not None and self.check.happened_on == self.entry.happened_on


def alerts(counted: Iterable[Entry]) -> tuple[Alert, ...]:
    """Every alert among entries that count, the latest first, with the first look that answers it."""
    entries = list(counted)
    checks: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == CHECK:
            checks.setdefault(str(entry.get("to")), entry)
    found = [
        Alert(entry, checks.get(str(entry.id)))
        for entry in entries
        if entry.kind == SCREENING and entry.get("alert") == "yes"
    ]
    return tuple(sorted(found, key=lambda a: a.entry.happened_on, reverse=True))


@dataclass(frozen=True, slots=True)
class Line:
    """One instrument, one version: every time it was filled in, the earliest first."""

    instrument: Instrument
    points: tuple[tuple[Entry, Score], ...]


def lines(counted: Iterable[Entry], find: Find = of_house) -> tuple[Line, ...]:
    """The course of each instrument and version by itself, what was filled in last first."""
    found: dict[str, list[tuple[Entry, Score]]] = {}
    named: dict[str, Instrument] = {}
    for entry in counted:
        if entry.kind != SCREENING or (result := score_of(entry, find)) is None:
            continue
        named[result.instrument.name] = result.instrument
        found.setdefault(result.instrument.name, []).append((entry, result))
    made = [
        Line(named[name], tuple(sorted(points, key=lambda p: (p[0].happened_on, p[0].recorded_at))))
        for name, points in found.items()
    ]
    return tuple(sorted(made, key=lambda line: line.points[-1][0].happened_on, reverse=True))


def plan_in_force(counted: Iterable[Entry]) -> Entry | None:
    """The crisis plan in force: the latest one, unless that ended it."""
    plans = [e for e in counted if e.kind == "crisis_plan"]
    latest = max(plans, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    return latest if latest is not None and latest.get("state") == "active" else None


def review_due(counted: Sequence[Entry], on: date) -> date | None:
    """The day by which the crisis plan in force is to be reviewed, if it has come."""
    plan = plan_in_force(counted)
    due = plan.get("review_on") if plan else None
    return due if isinstance(due, date) and due <= on else None


def next_session(counted: Iterable[Entry]) -> date | None:
    """The day agreed for the next counselling session, if none was held since."""
    sessions = [e for e in counted if e.kind == "counselling"]
    latest = max(sessions, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    agreed = latest.get("next_on") if latest else None
    return agreed if isinstance(agreed, date) else None
