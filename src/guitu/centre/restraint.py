"""One protective restraint after another: who is restrained now, for how long, and which look is late.

The law gives a reason and no length (禁毒法 art. 44; 司法行政机关强制隔离戒毒工作规定 art. 40): the
intervals are the centre's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.settings import Settings
from guitu.centre.times import minutes_between, moment_of

KINDS: Final = frozenset(
    {"restraint", "restraint_approval", "restraint_check", "restraint_medical_check", "restraint_end"}
)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw. `danger` False: the danger is over, and the restraint has to end."""

    at: datetime
    by: str
    medic: bool
    state: str
    danger: bool


@dataclass(frozen=True, slots=True)
class Episode:
    """One restraint. `approved` None: the head has not said yet; `approver` who did. `decided` is when the
    head last said so: each review is another approval."""

    id: UUID
    began: datetime
    by: str
    approved: bool | None
    approver: str
    decided: datetime | None
    looks: tuple[Look, ...]
    ended: datetime | None
    minutes: int | None = None

    @property
    def running(self) -> bool:
        """Whether it lasts."""
        return self.ended is None

    def lasted(self, now: datetime) -> int:
        """Minutes so far, or in all."""
        return minutes_between(self.began, self.ended or now)

    @property
    def must_end(self) -> bool:
        """Whether somebody has seen that the danger is over, or the head has refused, and it goes on."""
        last = self.looks[-1] if self.looks else None
        return self.running and (self.approved is False or (last is not None and not last.danger))


@dataclass(frozen=True, slots=True)
class Clock:
    """The next moment something is owed; `over` by how many minutes it is late, 0 if it is not."""

    at: datetime
    over: int


@dataclass(frozen=True, slots=True)
class Timer:
    """The clocks of a restraint that lasts, each from what was last done."""

    officers: Clock
    medics: Clock
    review: Clock

    @property
    def late(self) -> bool:
        """Whether any of them is."""
        return any(clock.over for clock in (self.officers, self.medics, self.review))


def episodes(counted: Iterable[Entry]) -> tuple[Episode, ...]:
    """Every restraint of a file, of its entries that count, the latest first. What is recorded of one belongs
    to the last one begun before it."""
    entries = sorted(
        (e for e in counted if e.kind in KINDS),
        key=lambda e: (moment_of(e.happened_on, e.get("time")), e.kind != "restraint", e.recorded_at),
    )
    found: list[list[Entry]] = []
    for entry in entries:
        if entry.kind == "restraint":
            found.append([entry])
        elif found:
            found[-1].append(entry)
    return tuple(_episode(some) for some in reversed(found))


def _episode(some: list[Entry]) -> Episode:
    first, *more = some
    answers = [e for e in more if e.kind == "restraint_approval"]
    answer = answers[-1] if answers else None
    end = next((e for e in more if e.kind == "restraint_end"), None)
    minutes = end.get("minutes") if end else None
    looks = tuple(
        Look(
            moment_of(e.happened_on, e.get("time")),
            e.author,
            e.kind == "restraint_medical_check",
            str(e.get("state") or ""),
            e.get("danger") != "no",
        )
        for e in more
        if e.kind in ("restraint_check", "restraint_medical_check")
    )
    return Episode(
        first.id,
        moment_of(first.happened_on, first.get("time")),
        first.author,
        None if answer is None else answer.get("approved") == "yes",
        answer.author if answer else "",
        moment_of(answer.happened_on, answer.get("time")) if answer else None,
        looks,
        moment_of(end.happened_on, end.get("time")) if end else None,
        minutes if isinstance(minutes, int) else None,
    )


def timer(episode: Episode, now: datetime, settings: Settings) -> Timer:
    """When the next look of officers, of medics, and the head's next review are owed."""
    watched = [look.at for look in episode.looks if not look.medic]
    nursed = [look.at for look in episode.looks if look.medic]
    return Timer(
        _after(watched[-1] if watched else episode.began, settings.watch_every, now),
        _after(nursed[-1] if nursed else episode.began, settings.medics_every, now),
        _after(episode.decided or episode.began, settings.review_every, now),
    )


def _after(since: datetime, minutes: int, now: datetime) -> Clock:
    due = since + timedelta(minutes=minutes)
    return Clock(due, minutes_between(due, now) if now > due else 0)
