"""Undoing a merge: what merged them is withdrawn in both files, so each is as it was. What was recorded since
stays in the file in which it was recorded, unless the proposal says which entries go to the other."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.records import MERGED_FROM, MERGED_INTO
from guitu.kernel.labels import Label
from guitu.store import acting
from guitu.store.acts import Doing, Payload
from guitu.store.acts.merge import other_of
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.read import FileView

UNDONE: Final = "撤销合并"
MOVED_AWAY: Final = "撤销合并，改记入另一份档案"


def merge_of(found: FileView, other: UUID) -> tuple[Entry, Entry] | None:
    """The two entries that merge `other` into this file now: its own, and the other's."""
    counted = found.case_file.counted()
    mine = [
        e for e in counted if e.kind == MERGED_FROM and e.file == found.id and e.get("other") == str(other)
    ]
    its = [e for e in counted if e.kind == MERGED_INTO and e.file == other]
    return (mine[-1], its[-1]) if mine and its else None


def since(found: FileView, other: UUID) -> tuple[Entry, ...]:
    """What was recorded in this file after the other was merged into it, and still counts."""
    merged = merge_of(found, other)
    if merged is None:
        return ()
    return tuple(
        e
        for e in found.case_file.counted()
        if e.file == found.id and e.recorded_at > merged[0].recorded_at and e.corrects is None
    )


def _check(payload: Payload, file: UUID | None, _actor: Actor, _now: datetime) -> None:
    (other,) = other_of(payload)
    found = acting.view(file)
    if merge_of(found, other) is None:
        raise CannotPropose(Label("这两份档案没有合并。", "These two files are not merged."))
    known = {str(e.id) for e in since(found, other)}
    if not known.issuperset(payload.get("move", ())):
        raise CannotPropose(
            Label(
                "只能移走合并以后登记在本档案的记录。",
                "Only entries recorded in this file since the merge can be moved.",
            )
        )


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    _check(proposal.payload, proposal.file, proposal.proposer, now)
    (other,) = other_of(proposal.payload)
    found = acting.open_file(proposal.file)
    merged = merge_of(found, other)
    assert merged is not None
    writing = acting.Writing(proposal, second, now)
    entries = [writing.void(one, UNDONE) for one in merged]
    away = set(proposal.payload.get("move", ()))
    for entry in since(found, other):
        if str(entry.id) in away:
            entries += [writing.void(entry, MOVED_AWAY), writing.moved(entry, other)]
    writing.append(entries)
    return None


DOING: Final = Doing(_perform, check=_check, others=other_of)
