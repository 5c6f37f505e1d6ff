"""Work that somebody was helped into, looked at after one, three, six and twelve months; and places that
employers have left.

A milestone is held by what was said on that day or later, and never by silence: nobody asked is `unknown`,
and counts in the denominator like those who left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced
from guitu.kernel.days import add_months

MONTHS: Final = (1, 3, 6, 12)
GRACE: Final = 30
"""Days after a milestone within which it is asked after; later nobody asked in time."""
KINDS: Final = frozenset({"job_placement", "job_check", "follow_up"})

State = Literal["ahead", "due", "held", "left", "unknown"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of the days on which work is asked after. `by` is the entry that settled it, if one did."""

    months: int
    due: date
    state: State
    by: Entry | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `id` is that of its first entry, whatever was corrected since. `left_on` is the last day
    there, None while nothing says that it ended."""

    id: str
    entry: Entry
    left_on: date | None
    milestones: tuple[Milestone, ...]

    @property
    def since(self) -> date:
        """The first day."""
        return self.entry.happened_on

    @property
    def next(self) -> Milestone | None:
        """What is to be asked next: the first that is due, or else the first ahead; None after the last, or
        when the job has ended."""
        if self.left_on is not None:
            return None
        waiting = [m for m in self.milestones if m.state in ("due", "ahead")]
        return waiting[0] if waiting else None

    def at(self, months: int) -> Milestone:
        """The milestone after so many months."""
        return next(m for m in self.milestones if m.months == months)


def jobs(of_file: Iterable[Entry], on: date) -> tuple[Job, ...]:
    """A person's jobs as of a day, the earliest first. `of_file` are the entries with what was corrected or
    withdrawn."""
    traced = Traced(of_file)
    entries = [e for e in traced.counted if e.kind in KINDS and e.happened_on <= on]
    placed = sorted((e for e in entries if e.kind == "job_placement"), key=lambda e: (e.happened_on, e.id))
    found = []
    for n, placement in enumerate(placed):
        after = placed[n + 1].happened_on if n + 1 < len(placed) else date.max
        key = traced.first(placement.id)
        checks = [e for e in entries if e.kind == "job_check" and traced.first(e.get("to")) == key]
        # what was said when somebody was followed up tells of the work they had then
        met = [
            e
            for e in entries
            if e.kind == "follow_up"
            and e.get("at_work") in ("yes", "no")
            and placement.happened_on <= e.happened_on < after
        ]
        left, told, by = _left(placement, checks, met, on)
        yes = [e for e in checks if e.get("still") == "yes"]
        yes += [e for e in met if e.get("at_work") == "yes" and (left is None or e.happened_on <= left)]
        found.append(
            Job(
                key,
                placement,
                left,
                tuple(_milestone(m, placement, yes, (left, told, by), on) for m in MONTHS),
            )
        )
    return tuple(found)


def _left(
    placement: Entry, checks: Iterable[Entry], met: Iterable[Entry], on: date
) -> tuple[date | None, bool, Entry]:
    """The last day there, whether anybody said that day, and by which entry; where nobody said it, the day on
    which it was known that the work had ended. A day still to come has ended nothing yet."""
    said = placement.get("left_on")
    if isinstance(said, date) and said <= on:
        return said, True, placement
    for check in checks:
        if check.get("still") in ("no", "changed"):
            day = check.get("left_on")
            told = isinstance(day, date) and day <= on
            return (day if told else check.happened_on), told, check  # type: ignore[return-value]
    heard = [e.happened_on for e in checks if e.get("still") == "yes"]
    heard += [e.happened_on for e in met if e.get("at_work") == "yes"]
    for one in met:
        if one.get("at_work") == "no" and one.happened_on > max(heard, default=date.min):
            return one.happened_on, False, one
    return None, False, placement


def _milestone(
    months: int, placement: Entry, yes: Iterable[Entry], leaving: tuple[date | None, bool, Entry], on: date
) -> Milestone:
    due = add_months(placement.happened_on, months)
    left, told, by = leaving
    proof = min((e for e in yes if e.happened_on >= due), key=lambda e: e.happened_on, default=None)
    if proof is not None or (left is not None and told and left >= due):
        return Milestone(months, due, "held", proof)
    if left is not None:
        # who is found gone long after it, nobody knows since when, may have been there that day or not
        late = not told and left > due + timedelta(days=GRACE)
        return Milestone(months, due, "unknown" if late else "left", None if late else by)
    if due > on:
        return Milestone(months, due, "ahead")
    if on <= due + timedelta(days=GRACE):
        return Milestone(months, due, "due")
    return Milestone(months, due, "unknown")


@dataclass(frozen=True, slots=True)
class Held:
    """Of the jobs whose milestone has come: how many were still there. `came` is the denominator."""

    months: int
    came: int
    held: int
    left: int
    unknown: int


def held(some: Iterable[Job]) -> tuple[Held, ...]:
    """By milestone, over many people's jobs. What is still within its days of asking has not come yet unless
    it is settled."""
    every = list(some)
    found = []
    for months in MONTHS:
        states = [job.at(months).state for job in every]
        counts = {state: states.count(state) for state in ("held", "left", "unknown")}
        found.append(Held(months, sum(counts.values()), counts["held"], counts["left"], counts["unknown"]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer as registered (`id` as of a job), how many places it offers and how many are taken."""

    id: str
    entry: Entry
    places: int
    taken: int

    @property
    def free(self) -> int:
        """Places that nobody has; never below nothing, if more were taken on than were offered."""
        return max(0, self.places - self.taken)


def employers(registered: Traced, some: Iterable[Job], on: date) -> tuple[Employer, ...]:
    """The employers in use on a day, those with most places free first. `some` are the jobs of everybody whom
    the reader counts."""
    taken: dict[str, int] = {}
    for job in some:
        if job.left_on is None and (at := job.entry.get("employer")):
            key = registered.first(at)
            taken[key] = taken.get(key, 0) + 1
    found = [
        Employer(key, e, int(str(e.get("places") or 0)), taken.get(key, 0))
        for e in registered.counted
        if e.kind == "employer" and e.happened_on <= on and not _over(e, on)
        for key in [registered.first(e.id)]
    ]
    return tuple(sorted(found, key=lambda x: (-x.free, str(x.entry.get("name")))))


def _over(entry: Entry, on: date) -> bool:
    until = entry.get("until")
    return isinstance(until, date) and until < on


def by_state(some: Iterable[Job]) -> Mapping[State, int]:
    """Every milestone of these jobs, counted by state."""
    counts: dict[State, int] = {}
    for job in some:
        for one in job.milestones:
            counts[one.state] = counts.get(one.state, 0) + 1
    return counts
