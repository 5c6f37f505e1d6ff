"""An entry that restricts or changes liberty, put before a second officer and then appended by the gate.

It is recorded when it is approved, under its proposer's name; its source names who approved it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import ACTS, Actor
from guitu.casefile import Entry, Value
from guitu.casefile.protocol import Receipt
from guitu.casefile.second import SECOND
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import casefiles, gate, preparing
from guitu.store.acts import Doing, Payload
from guitu.store.keys import provider
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.units import tree


def payload_of(entry: Entry) -> dict[str, Any]:
    """An entry in words of JSON, as a proposal keeps it."""
    return {
        "id": str(entry.id),
        "kind": entry.kind,
        "version": entry.version,
        "happened_on": entry.happened_on.isoformat(),
        "unit": entry.unit,
        "fields": {k: v.isoformat() if isinstance(v, date) else v for k, v in entry.fields.items()},
        "corrects": str(entry.corrects) if entry.corrects else None,
        "reason": entry.reason,
    }


def entry_of(payload: Payload, *, file: UUID, author: str, recorded_at: datetime) -> Entry:
    """The entry that was proposed."""
    days = {ask.name for ask in kinds()[payload["kind"]].fields if ask.type == "day"}
    fields: Mapping[str, Value] = {
        k: date.fromisoformat(v) if k in days and isinstance(v, str) else v
        for k, v in payload["fields"].items()
    }
    return Entry(
        id=UUID(payload["id"]),
        file=file,
        kind=payload["kind"],
        version=payload["version"],
        happened_on=date.fromisoformat(payload["happened_on"]),
        recorded_at=recorded_at,
        author=author,
        unit=payload["unit"],
        fields=fields,
        corrects=UUID(payload["corrects"]) if payload["corrects"] else None,
        reason=payload["reason"],
    )


def _check(payload: Payload, file: UUID | None, actor: Actor, now: datetime) -> None:
    """What the gate would refuse is refused before it is proposed."""
    if file is None:
        raise CannotPropose(Label("没有这份档案。", "There is no such file."))
    entry = entry_of(payload, file=file, author=actor.name, recorded_at=now)
    known = kinds()
    held = casefiles.by_ids([file])
    casefiles.fill(held.values())
    about = next((e for h in held.values() for e in h.entries if e.id == entry.corrects), entry)
    for name in (entry.kind, about.kind):
        if known[name].act:
            what = ACTS[known[name].act].label
            raise CannotPropose(
                Label(
                    f"“{known[name].label.zh}”由“{what.zh}”办理。",
                    f"“{known[name].label.en}” is done by: {what.en.lower()}.",
                )
            )
    frame = preparing.Frame.of(now, tree(), provider())
    preparing.check([entry], frame)
    preparing.prepare([entry], held, frame)


def _perform(proposal: Proposal, second: Actor, now: datetime) -> Receipt:
    assert proposal.file is not None
    entry = entry_of(proposal.payload, file=proposal.file, author=proposal.username, recorded_at=now)
    entry = replace(entry, source=f"{SECOND}{second.name} {proposal.id}")
    return gate.record(entry, actor=proposal.proposer, now=now, second=second.name)


def _compartment(payload: Payload) -> str:
    return kinds()[payload["kind"]].compartment if payload else "legal"


def _label(payload: Payload) -> Label:
    return kinds()[payload["kind"]].label


def _proposed_by(payload: Payload) -> tuple[str, ...]:
    return kinds()[payload["kind"]].recorded_by


DOING: Final = Doing(_perform, check=_check, compartment=_compartment, label=_label, proposed_by=_proposed_by)
