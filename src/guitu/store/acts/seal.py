"""Sealing a record 封存: proposed with its basis, once no measure runs any longer."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile.records import SEALED, sealing
from guitu.kernel.labels import Label
from guitu.store import acting
from guitu.store.acts import Doing, Payload, answers_of
from guitu.store.proposals import CannotPropose, Proposal


def _check(payload: Payload, file: UUID | None, _actor: Actor, now: datetime) -> None:
    found = acting.view(file)
    acting.not_merged(found)
    if sealing(found.case_file.counted()) is not None:
        raise CannotPropose(Label("该档案已经封存。", "This file is sealed already."))
    acting.no_measure_runs(found, now, Label("封存", "sealed"))
    answers_of(SEALED, payload)


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    _check(proposal.payload, proposal.file, proposal.proposer, now)
    writing = acting.Writing(proposal, second, now)
    fields = answers_of(SEALED, proposal.payload)
    writing.append([writing.entry(proposal.file, SEALED, **fields)])
    return None


def _legal(_payload: Payload) -> str:
    return "legal"


DOING: Final = Doing(_perform, check=_check, compartment=_legal)
