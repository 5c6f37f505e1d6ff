"""How safe a place has been and what is owed for it: days since the last incident of each of the six classes,
hazards and tasks with their days, and whom a death or an escape has been reported to.

Days are calendar days. Nothing here counts towards anybody's liberty, and nothing predicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced as Traced
from guitu.kernel.labels import Label

SIX: Final = ("escape", "unnatural_death", "crime", "production_accident", "drugs_inside", "epidemic")
"""The six classes of 六无, as `incident` has them."""

OF_HAZARDS: Final = frozenset({"hazard", "hazard_moved", "hazard_closed"})
OF_TASKS: Final = frozenset({"meeting_task", "meeting_task_done"})

State = Literal["open", "late", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the six: the last incident, days since, how many in the year, and the near misses."""

    sort: str
    last: date | None
    days: int | None
    year: int
    near_last: date | None
    near_year: int


def six(entries: Iterable[Entry], on: date) -> tuple[Class, ...]:
    """The six classes from the incidents of a place that count, as of a day. Without any incident of a class
    there are no days since: nobody knows from when nothing happened."""
    told = [e for e in entries if e.kind == "incident" and e.happened_on <= on]
    found = []
    for sort in SIX:
        of = [e for e in told if e.get("sort") == sort]
        happened = [e.happened_on for e in of if e.get("what") == "happened"]
        near = [e.happened_on for e in of if e.get("what") == "near_miss"]
        last = max(happened, default=None)
        found.append(
            Class(
                sort,
                last,
                (on - last).days if last is not None else None,
                sum(day.year == on.year for day in happened),
                max(near, default=None),
                sum(day.year == on.year for day in near),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something somebody has to do by a day: a hazard to remove, a task of a meeting. `moved` are the entries
    that postponed it, in their order; `closed` the one that ended it."""

    entry: Entry
    moved: tuple[Entry, ...] = ()
    closed: Entry | None = None

    @property
    def first_due(self) -> date:
        """The day set first."""
        due = self.entry.get("due_on")
        return due if isinstance(due, date) else self.entry.happened_on

    @property
    def due(self) -> date:
        """The day that holds now."""
        days = [day for e in self.moved if isinstance(day := e.get("due_on"), date)]
        return days[-1] if days else self.first_due

    def state(self, on: date) -> State:
        """How far it is at the end of a day."""
        if self.closed is not None and self.closed.happened_on <= on:
            return "dropped" if self.closed.get("outcome") == "dropped" else "done"
        return "late" if self.due < on else "open"

    def open_on(self, on: date) -> bool:
        """Whether it was decided by then and not ended."""
        return self.entry.happened_on <= on and self.state(on) in ("open", "late")


def _owed(traced: Traced, begins: str, moves: str, ends: str) -> tuple[Owed, ...]:
    moved: dict[str, list[Entry]] = {}
    closed: dict[str, Entry] = {}
    for entry in traced.counted:
        if entry.kind == moves:
            moved.setdefault(traced.first(entry.get("to")), []).append(entry)
        elif entry.kind == ends:
            closed.setdefault(traced.first(entry.get("to")), entry)
    return tuple(
        Owed(e, tuple(moved.get(key, ())), closed.get(key))
        for e in traced.counted
        if e.kind == begins
        for key in [traced.first(e.id)]
    )


def hazards(traced: Traced) -> tuple[Owed, ...]:
    """Every hazard with what became of it, in the order in which they were found."""
    return _owed(traced, "hazard", "hazard_moved", "hazard_closed")


def tasks(traced: Traced) -> tuple[Owed, ...]:
    """Every task of the risk meetings."""
    return _owed(traced, "meeting_task", "", "meeting_task_done")


def first_due(some: Iterable[Owed], on: date) -> tuple[Owed, ...]:
    """The open ones, the longest overdue first."""
    return tuple(sorted((o for o in some if o.open_on(on)), key=lambda o: (o.due, o.entry.recorded_at)))


def of_meeting(traced: Traced, meeting: Entry) -> tuple[Owed, ...]:
    """The tasks that a meeting decided."""
    key = traced.first(meeting.id)
    return tuple(t for t in tasks(traced) if traced.first(t.entry.get("meeting")) == key)


def carried(traced: Traced, meeting: Entry) -> tuple[Owed, ...]:
    """The tasks of earlier meetings that were open when this one met: it has to look at each."""
    own = {t.entry.id for t in of_meeting(traced, meeting)}
    return tuple(
        task
        for task in tasks(traced)
        if task.entry.id not in own
        and task.entry.happened_on <= meeting.happened_on
        and (task.closed is None or task.closed.happened_on >= meeting.happened_on)
    )


_SAME: Final = Label(
    "复核人不能是责任人本人：换一个人到现场看。",
    "Who checks must not be whose it was: somebody else goes and looks.",
)
_ENDED: Final = Label("这一件已经了结。", "This has been closed already.")
_NOT_LATER: Final = Label("新的期限应在原来的期限之后。", "The new day must lie after the one before.")
_NOTHING: Final = Label("要了结的事项不在这份档案里。", "What is to be closed is not in this file.")
_BEFORE: Final = Label("期限早于发现的日子。", "The day lies before it was found.")


def refused(entry: Entry, there: Iterable[Entry]) -> tuple[str, Label] | None:
    """What is wrong with an entry about a hazard or a task, as field and sentence; None where nothing is.
    `there` are the entries of the same file, those that were corrected among them."""
    if entry.kind in ("hazard", "meeting_task"):
        due = entry.get("due_on")
        return ("due_on", _BEFORE) if isinstance(due, date) and due < entry.happened_on else None
    if entry.kind not in ("hazard_moved", "hazard_closed", "meeting_task_done"):
        return None
    traced = Traced(there)
    some = tasks(traced) if entry.kind == "meeting_task_done" else hazards(traced)
    to = traced.first(entry.get("to"))
    found = next((o for o in some if traced.first(o.entry.id) == to), None)
    if found is None:
        return "to", _NOTHING
    corrected = traced.first(entry.corrects) if entry.corrects else ""
    if found.closed is not None and traced.first(found.closed.id) != corrected:
        return "", _ENDED
    if entry.kind == "hazard_closed" and _name(entry.get("checked_by")) == _name(found.entry.get("owner")):
        return "checked_by", _SAME
    new = entry.get("due_on")
    earlier = [m for m in found.moved if traced.first(m.id) != corrected]
    if (
        entry.kind == "hazard_moved"
        and isinstance(new, date)
        and new <= Owed(found.entry, tuple(earlier)).due
    ):
        return "due_on", _NOT_LATER
    return None


def _name(value: object) -> str:
    return "".join(str(value or "").split())


# ── reports of a death, of an escape ──────────────────────────────────────────────────────────────

OF_REPORTS: Final = frozenset({"death", "death_reported", "escape", "escape_reported", "recaptured"})
DEATH: Final = ("superior", "family", "deciding_organ", "procuratorate")
"""Whom a death in a centre is reported to, as `death_reported` has them."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report that is owed after an event: to whom, the kind that records it, and the entry if it was
    made."""

    to_whom: str
    kind: str
    made: Entry | None


@dataclass(frozen=True, slots=True)
class Chain:
    """One death or escape with everybody who is to be told."""

    event: Entry
    reports: tuple[Report, ...]

    @property
    def missing(self) -> tuple[Report, ...]:
        """The reports that nobody has recorded."""
        return tuple(report for report in self.reports if report.made is None)


def chains(counted: Iterable[Entry]) -> tuple[Chain, ...]:
    """The deaths and escapes in one person's file, the latest first."""
    some = sorted(counted, key=lambda e: (e.happened_on, e.recorded_at))
    told = [e for e in some if e.kind == "death_reported"]
    police = [e for e in some if e.kind == "escape_reported"]
    found = []
    for event in some:
        if event.kind == "death":
            made = {str(e.get("to_whom")): e for e in told if str(e.get("to")) == str(event.id)}
            found.append(Chain(event, tuple(Report(to, "death_reported", made.get(to)) for to in DEATH)))
        elif event.kind == "escape":
            first = next((e for e in police if e.happened_on >= event.happened_on), None)
            found.append(Chain(event, (Report("police", "escape_reported", first),)))
            if first is not None:
                police.remove(first)
    return tuple(reversed(found))


# ── plans of care ─────────────────────────────────────────────────────────────────────────────────

OF_CARE: Final = ("crisis_plan", "care_plan")


def plans(counted: Iterable[Entry]) -> tuple[Entry, ...]:
    """The plans in force in one person's file: of each kind the latest, unless that ended it."""
    some = sorted(counted, key=lambda e: (e.happened_on, e.recorded_at))
    last = {e.kind: e for e in some if e.kind in OF_CARE}
    return tuple(last[kind] for kind in OF_CARE if kind in last and last[kind].get("state") == "active")


def review_on(plan: Entry) -> date | None:
    """The day by which a plan is reviewed."""
    due = plan.get("review_on")
    return due if isinstance(due, date) else None
