"""Taking over what a partner sent: an officer who may record such an entry does so, in their own name; the
source says whose word it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from guitu.access import Actor
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.store.acts import Doing, Payload
from guitu.store.acts.record import DOING as RECORD
from guitu.store.acts.record import entry_of
from guitu.store.proposals import Proposal


def _perform(proposal: Proposal, second: Actor, now: datetime) -> Receipt:
    assert proposal.file is not None
    entry = entry_of(proposal.payload, file=proposal.file, author=second.name, recorded_at=now)
    office = second.posts[0].unit if second.posts else entry.unit
    source = f"partner {proposal.payload['partner']} {proposal.payload['message']}"
    return gate.record(replace(entry, unit=office, source=source), actor=second, now=now)


def _compartment(payload: Payload) -> str:
    return kinds()[payload["kind"]].compartment if payload else "support"


def _label(payload: Payload) -> Label:
    return kinds()[payload["kind"]].label


DOING: Final = Doing(_perform, check=RECORD.check, compartment=_compartment, label=_label)
