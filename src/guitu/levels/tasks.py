"""What a meeting decided, as somebody's task: whose, by when, how far, closed by what; who has to look at it
when it is late.

A task stands in the file of the unit that decided it, reports of its owner in the owner's own file. It is
late the day after its day. A late one climbs: after so many days each (`Terms`, the office's own, from no
article) it also stands on the board of one unit more above the one that decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced

DECIDED: Final = "action_decided"
CLOSED: Final = "action_closed"
REPORT: Final = "action_report"
TERMS: Final = "dispatch_terms"
KINDS: Final = frozenset({DECIDED, CLOSED, REPORT, TERMS})

State = Literal["open", "late", "done", "dropped"]
Way = Literal["none", "going", "stuck", "claimed"]


@dataclass(frozen=True, slots=True)
class Terms:
    """So many days before its day a task is reminded of; after so many days late each it climbs one unit
    more. `of` is the unit that set them; "" where nobody did, and the house's own hold."""

    remind: int = 3
    climb: int = 7
    of: str = ""


HOUSE: Final = Terms()


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `at` is the code of the unit that decided it, `id` that of its first entry; `entry` what it
    says now, `written` what it said first; `reports` the owner's, in the order of their days."""

    at: str
    id: str
    entry: Entry
    written: Entry
    reports: tuple[Entry, ...] = ()
    closed: Entry | None = None

    @property
    def owner(self) -> str:
        """The code of the unit whose task it is."""
        return str(self.entry.get("owner") or "")

    @property
    def due(self) -> date | None:
        """By when."""
        due = self.entry.get("due")
        return due if isinstance(due, date) else None

    @property
    def first_due(self) -> date | None:
        """By when it was to be done at first, where that day was moved since."""
        due = self.written.get("due")
        return due if isinstance(due, date) and due != self.due else None

    def open(self, on: date) -> bool:
        """Whether it was decided and not closed by the end of that day."""
        ended = self.closed.happened_on if self.closed is not None else None
        return self.entry.happened_on <= on and (ended is None or ended > on)

    def days_late(self, on: date) -> int:
        """Days past its day; 0 where it is in time, closed, or has no day."""
        return max(0, (on - self.due).days) if self.due is not None and self.open(on) else 0

    def state(self, on: date) -> State:
        """How it stands at the end of that day."""
        if self.closed is not None and not self.open(on):
            return "done" if self.closed.get("outcome") == "done" else "dropped"
        return "late" if self.days_late(on) else "open"

    @property
    def way(self) -> Way:
        """What its owner said last: nothing, going on, stuck, or done and to be looked at."""
        said = str(self.reports[-1].get("how")) if self.reports else ""
        return {"going": "going", "stuck": "stuck", "done": "claimed"}.get(said, "none")  # type: ignore[return-value]

    def near(self, on: date, terms: Terms) -> bool:
        """Whether its day is so near that its owner is reminded."""
        return self.open(on) and self.due is not None and 0 <= (self.due - on).days <= terms.remind

    def climbed(self, on: date, terms: Terms) -> int:
        """So many units above the one that decided it have to look at it."""
        return self.days_late(on) // terms.climb if terms.climb > 0 else 0


def terms_of(counted: Iterable[Entry], unit: str) -> Terms | None:
    """What a unit set for itself and those below it, by its last entry; None where it set nothing."""
    found = [e for e in counted if e.kind == TERMS]
    if not found:
        return None
    last = max(found, key=lambda e: (e.happened_on, e.recorded_at))
    remind, climb = last.get("remind"), last.get("climb")
    return Terms(
        remind if isinstance(remind, int) else HOUSE.remind,
        climb if isinstance(climb, int) else HOUSE.climb,
        unit,
    )


def tasks(at: str, decided: Traced, reports: Iterable[Entry] = ()) -> tuple[Task, ...]:
    """The tasks that the unit of that code decided, the oldest first. `decided` are the entries of its file;
    `reports` those of owners that count, of whatever file."""
    closed = {decided.first(e.get("to")): e for e in decided.counted if e.kind == CLOSED}
    said: dict[str, list[Entry]] = {}
    for report in reports:
        if report.kind == REPORT:
            said.setdefault(decided.first(report.get("to")), []).append(report)
    found = []
    for entry in decided.counted:
        if entry.kind != DECIDED:
            continue
        root = decided.first(entry.id)
        mine = sorted(said.get(root, ()), key=lambda e: (e.happened_on, e.recorded_at))
        found.append(Task(at, root, entry, decided.as_written(entry), tuple(mine), closed.get(root)))
    return tuple(sorted(found, key=lambda t: (t.entry.happened_on, t.entry.recorded_at)))


def most_pressing(some: Iterable[Task], on: date) -> tuple[Task, ...]:
    """The open ones: the longest late first, then by their day, those without a day last."""
    return tuple(
        sorted(
            (t for t in some if t.open(on)),
            key=lambda t: (-t.days_late(on), t.due or date.max, t.entry.recorded_at),
        )
    )
