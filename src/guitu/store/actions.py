"""What was decided when a pack was looked at, and what came of it: kept in the file of the unit that decided
(`store.packs`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from guitu.access import Actor
from guitu.access.packs import may
from guitu.casefile import Value
from guitu.kernel.labels import Label
from guitu.store import casefiles, engine, gate
from guitu.store.apart import unit_file_id
from guitu.store.packs import PackRefused, fill, in_order, new_entry
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
    counted = [e for one in held.values() for e in in_order(one)]
    closed = {str(e.get("to")): e for e in counted if e.kind == "action_closed"}
    found = []
    for e in counted:
        if e.kind != "action_decided":
            continue
        end, due = closed.get(str(e.id)), e.get("due")
        found.append(
            Action(
                e.id, e.happened_on, str(e.get("text") or ""), tree().get(str(e.get("owner"))),
                due if isinstance(due, date) else None, end.happened_on if end else None,
                str(end.get("outcome")) if end else "", str(end.get("evidence") or "") if end else "",
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda a: a.decided_on))


def of_last_time(unit: Unit, first: date, last: date) -> tuple[Action, ...]:
    """What a pack of that period tells of: what was decided before the period's end and was still open when
    it began."""
    return tuple(
        a for a in of_unit(unit) if a.decided_on <= last and (a.closed_on is None or a.closed_on >= first)
    )


@engine.house()
def decide(unit: Unit, text: str, owner: str, due: date | None, *, actor: Actor, now: datetime) -> UUID:
    """Write down that this unit decided something; the action's id. Raises PackRefused for an owner that is
    not under the unit, and NotAccepted and NotAllowed as the gate does."""
    whose = tree().get(owner)
    if whose is None or not tree().within(whose, unit):
        raise PackRefused(
            Label("责任单位应在本单位辖区内。", "Whose it is must lie within this unit's area.")
        )
    fields: dict[str, Value] = {"about": unit.code, "text": text, "owner": owner}
    if due is not None:
        fields["due"] = due
    entry = new_entry(unit, "action_decided", fields, actor, now)
    gate.record(entry, actor=actor, now=now, decided=may(actor, "prepare", unit.path))
    return entry.id


@engine.house()
def close(unit: Unit, id: UUID, outcome: str, evidence: str, *, actor: Actor, now: datetime) -> None:
    """Write down what came of an action. Raises PackRefused if it is closed already."""
    action = next((a for a in of_unit(unit) if a.id == id), None)
    if action is None or action.closed_on is not None:
        raise PackRefused(Label("没有这件未办结的事项。", "There is no such open action."))
    fields: dict[str, Value] = {"to": str(id), "outcome": outcome, "evidence": evidence}
    entry = new_entry(unit, "action_closed", fields, actor, now)
    gate.record(entry, actor=actor, now=now, decided=may(actor, "prepare", unit.path))
