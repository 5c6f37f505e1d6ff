"""What an assessment says: measures, terms, duties and findings, each with its reasons. No logic.

Named tuples: values like frozen dataclasses, at a fifth of the cost; a sweep makes some twenty a person.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because

State = Literal["awaiting_report", "in_force", "suspended", "ended"]
DutyState = Literal["open", "overdue", "done", "waived"]


class Span(NamedTuple):
    """A stretch of days inside a measure: a zone, a place, a suspension, an escape, a medical leave.

    `until` is the first day after it, None while it lasts."""

    what: str
    label: Label
    since: date
    until: date | None
    entries: tuple[UUID, ...] = ()


class Measure(NamedTuple):
    """One measure on the way home, as it stands on the day asked about.

    `starts_on` is the first day of its term (None before reporting), `ends_on` the last day in force (None
    where it cannot be known), `printed_end` the day printed on the order. `ended_on` is the first day it no
    longer applies, once that has come; `ended_by` says how: expiry, release, early_release, change,
    imprisoned, superseded or death. `left_on` is the first day the person was out of it for good."""

    name: str
    label: Label
    state: State
    order: UUID
    ordered_on: date
    starts_on: date | None
    ends_on: date | None
    printed_end: date | None
    term: Because | None
    spans: tuple[Span, ...] = ()
    ended_on: date | None = None
    ended_by: str = ""
    left_on: date | None = None
    provisional: bool = False


class Duty(NamedTuple):
    """Something somebody must do by a day.

    `owed_by` is "authority" or "person"; the authorities' duties to the person come first in every list.
    `opens_on` is the first day it can be done. `due` is None where the law says only "promptly". `record` is
    the kind of entry that does it; `done_on` and `done_by` name the entry that did. `measure` is the order it
    belongs to; for the answer to a request, the request."""

    name: str
    label: Label
    owed_by: Literal["authority", "person"]
    state: DutyState
    opens_on: date | None
    due: date | None
    record: str
    because: Because
    measure: UUID | None = None
    done_on: date | None = None
    done_by: UUID | None = None


class Finding(NamedTuple):
    """A conclusion of the rules that a human must look at; `since` is the first day it holds."""

    name: str
    label: Label
    since: date
    because: Because
    measure: UUID | None = None
    rights: bool = False


class Remedy(NamedTuple):
    """What the person may do against a decision or for a wrong, and until when.

    `later` means that its time has not begun (nobody has recorded that the order was handed over; the person
    is still held), `open` that it runs up to and including `until`, `closed` that the day has passed. `entry`
    is what it is counted from, `measure` the order it belongs to."""

    name: str
    label: Label
    state: Literal["later", "open", "closed"]
    until: date | None
    because: Because
    measure: UUID | None = None
    entry: UUID | None = None


class Assessment(NamedTuple):
    """Where one person stands on `on`, as known at `known_at`.

    `current` is the measure that answers "what applies now" (the last one when all have ended).
    `next_change_on` is the next day on which the answer may differ although nothing new is recorded; until
    then this answer stays valid."""

    on: date
    known_at: datetime | None
    current: Measure | None
    measures: tuple[Measure, ...] = ()
    duties: tuple[Duty, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_covered: tuple[Because, ...] = ()
    next_change_on: date | None = None
    notes: tuple[Label, ...] = ()

    @property
    def measure(self) -> str | None:
        """The current measure's name."""
        return self.current.name if self.current else None

    @property
    def state(self) -> State | None:
        """The current measure's state."""
        return self.current.state if self.current else None

    @property
    def ends_on(self) -> date | None:
        """The current measure's last day in force."""
        return self.current.ends_on if self.current else None
