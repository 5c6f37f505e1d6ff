"""Merging two files of one person: each says so, chains stay apart, and one shows the entries of both."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile.records import MERGED_FROM, MERGED_INTO, erased, sealing
from guitu.kernel.labels import Label
from guitu.store import acting
from guitu.store.acts import Doing, Payload
from guitu.store.proposals import CannotPropose, Proposal


def other_of(payload: Payload) -> tuple[UUID, ...]:
    """The file that is merged into the one the proposal is about."""
    return (UUID(payload["other"]),) if payload else ()


def _check(payload: Payload, file: UUID | None, _actor: Actor, _now: datetime) -> None:
    (other,) = other_of(payload)
    if other == file:
        raise CannotPropose(Label("这是同一份档案。", "This is one and the same file."))
    for found in (acting.view(file), acting.view(other)):
        acting.not_merged(found)
        counted = found.case_file.counted()
        if sealing(counted) is not None or erased(counted) is not None:
            raise CannotPropose(
                Label(
                    f"档案 {found.case_no} 已封存或者已销毁，不能合并。",
                    f"File {found.case_no} is sealed or erased and cannot be merged.",
                )
            )


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    _check(proposal.payload, proposal.file, proposal.proposer, now)
    (other,) = other_of(proposal.payload)
    number = acting.open_file(other).case_no
    writing = acting.Writing(proposal, second, now)
    writing.append(
        [
            writing.entry(other, MERGED_INTO, other=str(proposal.file), other_no=proposal.case_no),
            writing.entry(proposal.file, MERGED_FROM, other=str(other), other_no=number),
        ]
    )
    return None


DOING: Final = Doing(_perform, check=_check, others=other_of)
