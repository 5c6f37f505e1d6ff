"""What a pack tells of what was decided and what came of it: the tasks in the file of the unit that decided
(`levels.tasks`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from guitu.casefile.traced import Traced
from guitu.levels import tasks as rules
from guitu.levels.tasks import Task
from guitu.store import casefiles, engine
from guitu.store.apart import unit_file_id
from guitu.store.packs import fill
from guitu.store.units import Unit, tree

ActionState = Literal["open", "late", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Action:
    """One action: when it was decided, what, whose it is, by when; once closed the day, how, and by what
    that is known."""

    id: UUID
    decided_on: date
    text: str
    owner: Unit | None
    due: date | None
    closed_on: date | None = None
    outcome: str = ""
    evidence: str = ""

    def state(self, on: date) -> ActionState:
        """How far it was at the end of that day."""
        if self.closed_on is not None and self.closed_on <= on:
            return "done" if self.outcome == "done" else "dropped"
        return "late" if self.due is not None and self.due < on else "open"


@engine.house()
def of_unit(unit: Unit) -> tuple[Action, ...]:
    """Everything this unit decided, the oldest first. The caller has asked access."""
    held = casefiles.by_ids([unit_file_id(unit.code)])
    fill(held.values())
    every = rules.tasks(unit.code, Traced(e for one in held.values() for e in one.entries))
    return tuple(_action(task) for task in every)


def _action(task: Task) -> Action:
    end = task.closed
    return Action(
        task.entry.id, task.entry.happened_on, str(task.entry.get("text") or ""), tree().get(task.owner),
        task.due, end.happened_on if end else None, str(end.get("outcome")) if end else "",
        str(end.get("evidence") or "") if end else "",
    )  # fmt: skip


def of_last_time(unit: Unit, first: date, last: date) -> tuple[Action, ...]:
    """What a pack of that period tells of: what was decided before the period's end and was still open when
    it began."""
    return tuple(
        a for a in of_unit(unit) if a.decided_on <= last and (a.closed_on is None or a.closed_on >= first)
    )
