"""Unsealing a record: proposed with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile.records import UNSEALED, sealing
from guitu.kernel.labels import Label
from guitu.store import acting
from guitu.store.acts import Doing, Payload, answers_of
from guitu.store.proposals import CannotPropose, Proposal


def _check(payload: Payload, file: UUID | None, _actor: Actor, _now: datetime) -> None:
    if sealing(acting.view(file).case_file.counted()) is None:
        raise CannotPropose(Label("该档案没有封存。", "This file is not sealed."))
    answers_of(UNSEALED, payload)


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    _check(proposal.payload, proposal.file, proposal.proposer, now)
    writing = acting.Writing(proposal, second, now)
    writing.append([writing.entry(proposal.file, UNSEALED, **answers_of(UNSEALED, proposal.payload))])
    return None


def _legal(_payload: Payload) -> str:
    return "legal"


DOING: Final = Doing(_perform, check=_check, compartment=_legal)
