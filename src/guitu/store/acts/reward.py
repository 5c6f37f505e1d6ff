"""A reward, put before a second officer and then recorded in a unit's own file under its proposer's name.

The payload: `unit` whose file it goes into, `kind`, `on`, the answers under `fields`, `id` of the entry,
and `corrects` (a reward that it takes the place of) with its `why`, one of the closed reasons of such a
kind. It is about no person's file, so it is sealed under the site's key. `informant_reward` does the same
for informants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.casefile.kind import REASONS
from guitu.casefile.protocol import Receipt
from guitu.casefile.second import SECOND
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import casefiles, gate, preparing, unitfiles
from guitu.store.acts import Doing, Payload
from guitu.store.keys import provider
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.units import tree

KIND: Final = "reward"
KEYS: Final = frozenset({"unit", "kind", "id", "on", "fields", "corrects", "why"})
"""All that a payload holds: no word stands beside what the kind declares."""


def payload_of(entry: Entry, unit: str) -> dict[str, Any]:
    """An entry for the file of that unit, in words of JSON."""
    return {
        "unit": unit,
        "kind": entry.kind,
        "id": str(entry.id),
        "on": entry.happened_on.isoformat(),
        "fields": {k: v.isoformat() if isinstance(v, date) else v for k, v in entry.fields.items()},
        "corrects": str(entry.corrects) if entry.corrects else None,
        "why": entry.reason,
    }


def entry_of(payload: Payload, *, author: str, office: str, at: datetime, source: str) -> Entry:
    """The entry that is proposed."""
    kind = kinds()[payload["kind"]]
    days = {ask.name for ask in kind.fields if ask.type == "day"}
    fields: Mapping[str, Value] = {
        k: date.fromisoformat(v) if k in days and isinstance(v, str) else v
        for k, v in payload["fields"].items()
    }
    return unitfiles.new_entry(
        payload["unit"],
        kind.name,
        date.fromisoformat(payload["on"]),
        fields,
        now=at,
        author=author,
        office=office,
        identifier=UUID(payload["id"]),
        corrects=UUID(payload["corrects"]) if payload.get("corrects") else None,
        reason=payload.get("why") or "",
        source=source,
    )


def check(payload: Payload, actor: Actor, now: datetime, kind: str) -> None:
    """What the gate would refuse is refused before it is proposed."""
    unit = tree().get(str(payload.get("unit")))
    if unit is None or payload.get("kind") != kind or payload.keys() - KEYS:
        raise CannotPropose(Label("没有这个单位，或者不是奖励。", "No such unit, or no reward."))
    why, corrects = payload.get("why") or "", payload.get("corrects")
    if why not in ({r.zh for r in REASONS} if corrects else {""}):
        raise CannotPropose(
            Label("更正的原因只能从所列各项中选。", "Why it is corrected is chosen from the list.")
        )
    allowed = unitfiles.may_record(actor, kinds()[kind], unit)
    if not allowed.allowed:
        raise CannotPropose(
            Label(f"不能提出：{allowed.reason.zh}。", f"It cannot be proposed: {allowed.reason.en}.")
        )
    office = actor.posts[0].unit if actor.posts else unit.code
    entry = entry_of(payload, author=actor.name, office=office, at=now, source=_source(payload["id"]))
    frame = preparing.Frame.of(now, tree(), provider())
    preparing.check([entry], frame)
    held = casefiles.by_ids([entry.file])
    casefiles.fill(held.values())
    if held:
        preparing.prepare([entry], held, frame)
    elif entry.corrects is not None:
        raise CannotPropose(Label("要更正的奖励不在。", "That reward is not there."))


def perform(proposal: Proposal, second: Actor, now: datetime) -> Receipt:
    """Record it, under its proposer's name; its source names the proposal, which says who approved it."""
    entry = entry_of(
        proposal.payload,
        author=proposal.username,
        office=proposal.office,
        at=now,
        source=_source(str(proposal.id)),
    )
    return gate.record(entry, actor=proposal.proposer, now=now, second=second.name)


def _source(proposal: str) -> str:
    """Without the account of the second officer: beside an entry without names stands none."""
    return f"{SECOND}- {proposal}"


def _check(payload: Payload, _file: UUID | None, actor: Actor, now: datetime) -> None:
    check(payload, actor, now, KIND)


def no_compartment(_payload: Payload) -> str:
    """It is about no person's file: the site's own key seals it."""
    return ""


DOING: Final = Doing(perform, check=_check, compartment=no_compartment)
