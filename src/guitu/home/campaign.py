"""A campaign of follow-up: who belongs to it, what has been tried, what is to be tried next, and what came of
it for everybody.

Who belongs to it follows from the days of release (or of the order) that the campaign names, so nobody can be
added or dropped while it runs. Every one of them is in exactly one outcome; the shares are of all of them.
Nobody is asked for whom monitoring has ended before the first day, and who died before is told of apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

Way = Literal["phone", "visit"]
Cohort = Literal["released", "community"]
Outcome = Literal[
    "reached", "no_answer", "lost", "refused", "moved", "in_custody", "died", "untried"
]  # fmt: skip

OUTCOMES: Final[Mapping[Outcome, Label]] = {
    "reached": Label("联系到本人", "Spoken to"),
    "no_answer": Label("未联系上", "No answer"),
    "lost": Label("失去联系", "Lost"),
    "refused": Label("拒绝回访", "Refused"),
    "moved": Label("迁往外地", "Moved away"),
    "in_custody": Label("在羁押或者戒毒场所", "In custody"),
    "died": Label("已死亡", "Died"),
    "untried": Label("还没有联系", "Not tried yet"),
}
"""What came of everybody; together they are the cohort."""

GOES_ON: Final = frozenset({"no_answer", "lost", "untried"})
"""Outcomes after which there is another attempt. Who refused is left in peace."""

KINDS: Final = frozenset({"release", "order", "death", "monitoring_ended", "follow_up"})
"""What a file is read for."""
_COMMUNITY: Final = frozenset({"community_treatment", "community_recovery"})
QUESTIONS: Final = ("at_work", "housing", "family_contact", "care", "met", "wants")
"""The questions of the sheet, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign. `since` and `until` are the days of release or of the order between which somebody
    belongs to it; `first` and `last` its own days; all four included. `attempts` for each person at most,
    `gap` days apart, the one of number `visit_from` and later by a visit."""

    id: UUID
    name: str
    unit: str
    cohort: Cohort
    since: date
    until: date
    first: date
    last: date
    attempts: int = 3
    gap: int = 7
    visit_from: int = 3
    settings: Mapping[str, int] = field(default_factory=dict, hash=False)

    def setting(self, name: str, usual: int) -> int:
        """A number of its plan, or the usual one."""
        return self.settings.get(name, usual)

    @property
    def plan_until(self) -> date:
        """The last day for first attempts: after it there is time left for the others."""
        days = (self.attempts - 1) * self.gap
        return max(self.first, self.last - timedelta(days=days))

    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks."""
        monday = self.first - timedelta(days=self.first.weekday())
        return tuple(monday + timedelta(days=7 * n) for n in range((self.last - monday).days // 7 + 1))


_SETTINGS: Final = ("calls", "teams", "minutes", "visit", "speed", "detour", "reserve")


def campaign_of(entry: Entry, unit: str, identifier: UUID | None = None) -> Campaign | None:
    """The campaign that an entry of a unit's file declares; None where its days make none. `identifier` is
    the entry that this one goes back to, if it corrects one."""
    days = [d for name in ("first", "last", "since", "until") if isinstance(d := entry.get(name), date)]
    if len(days) < 4:
        return None
    first, last, since, until = days
    if last < first or until < since:
        return None
    numbers = {n: v for n in _SETTINGS if isinstance(v := entry.get(n), int)}
    return Campaign(
        identifier or entry.id,
        str(entry.get("name") or ""),
        unit,
        "community" if entry.get("cohort") == "community" else "released",
        since,
        until,
        first,
        last,
        _number(entry, "attempts", 3),
        _number(entry, "gap", 7),
        _number(entry, "visit_from", 3),
        numbers,
    )


def _number(entry: Entry, name: str, usual: int) -> int:
    value = entry.get(name)
    return value if isinstance(value, int) else usual


Belongs = Literal["asked", "died_before", "left_alone", "no"]


def belongs(counted: Iterable[Entry], campaign: Campaign) -> Belongs:
    """Whether somebody belongs to it, by the entries of their file that count: `died_before` its first day,
    `left_alone` because monitoring had ended by then, or not at all."""
    inside = dead = ended = False
    for entry in counted:
        if entry.kind == "death":
            dead = dead or entry.happened_on < campaign.first
        elif entry.kind == "monitoring_ended":
            ended = ended or entry.happened_on < campaign.first
        elif campaign.since <= entry.happened_on <= campaign.until:
            if campaign.cohort == "released":
                inside = inside or entry.kind == "release"
            elif entry.kind == "order" and entry.get("measure") in _COMMUNITY:
                inside = True
    if not inside:
        return "no"
    return "died_before" if dead else "left_alone" if ended else "asked"


@dataclass(frozen=True, slots=True)
class Next:
    """The next attempt: its number, how, and the first day on which it makes sense."""

    number: int
    way: Way
    due: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands in a campaign: the attempts so far, what came of them, and what is next."""

    tries: tuple[Entry, ...]
    outcome: Outcome
    next: Next | None


def first_way(counted: Iterable[Entry], campaign: Campaign) -> Way:
    """How somebody is first tried: who did not answer the last time before the campaign, or was lost then, is
    gone to see."""
    before = [e for e in counted if e.kind == "follow_up" and e.happened_on < campaign.first]
    if campaign.visit_from <= 1 or (before and before[-1].get("result") in ("no_answer", "lost")):
        return "visit"
    return "phone"


def standing(
    counted: Sequence[Entry], campaign: Campaign, on: date, planned: date | None = None, way: Way = "phone"
) -> Standing:
    """How somebody stands as of a day. `planned` is the day of the first attempt by the plan and `way` how it
    is made. A death that stands in the file is the outcome, whoever recorded it."""
    last = min(on, campaign.last)
    tries = tuple(e for e in counted if e.kind == "follow_up" and campaign.first <= e.happened_on <= last)
    outcome = _outcome(tries, counted, campaign, last)
    if outcome not in GOES_ON or len(tries) >= campaign.attempts:
        return Standing(tries, outcome, None)
    number = len(tries) + 1
    how: Way = "visit" if number >= campaign.visit_from else way
    due = tries[-1].happened_on + timedelta(days=campaign.gap) if tries else planned or campaign.first
    return Standing(tries, outcome, Next(number, how, min(due, campaign.last)))


def _outcome(tries: Sequence[Entry], counted: Iterable[Entry], campaign: Campaign, last: date) -> Outcome:
    results = [str(e.get("result")) for e in tries]
    if "died" in results or any(
        e.kind == "death" and campaign.first <= e.happened_on <= last for e in counted
    ):
        return "died"
    if "reached" in results:
        return "reached"
    verdicts = [r for r in results if r != "no_answer"]
    if verdicts:
        return verdicts[-1]  # type: ignore[return-value]
    return "no_answer" if results else "untried"


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a number of people: how many in each outcome, how many attempts by way and result, and the
    answers of those who were reached. `apart` are those not asked: died before, left alone."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)

    @property
    def cohort(self) -> int:
        """Everybody who is asked: the denominator."""
        return sum(self.outcomes.values())

    @property
    def attempts(self) -> int:
        """All attempts, those that failed too."""
        return sum(self.tries.values())

    def add(self, some: Standing) -> None:
        """Count one person."""
        self.outcomes[some.outcome] += 1
        for entry in some.tries:
            self.tries[str(entry.get("mode")), str(entry.get("result"))] += 1
        reached = next((e for e in reversed(some.tries) if e.get("result") == "reached"), None)
        if reached is not None and some.outcome == "reached":
            for name in QUESTIONS:
                self.answers[name, str(reached.get(name) or "unknown")] += 1

    def share(self, outcome: Outcome) -> float | None:
        """Per 100 of the cohort; None where there is nobody."""
        return 100 * self.outcomes[outcome] / self.cohort if self.cohort else None


def total(some: Iterable[Results]) -> Results:
    """The sum of parts that have nobody in common."""
    found = Results()
    for one in some:
        found.outcomes.update(one.outcomes)
        found.tries.update(one.tries)
        found.answers.update(one.answers)
        found.apart.update(one.apart)
    return found
