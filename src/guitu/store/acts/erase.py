"""Erasing personal information: the file's keys are destroyed, or those of the compartments named. What is
proposed and why is kept under the site's key, for the file's own is gone afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile.kind import COMPARTMENTS
from guitu.casefile.records import ERASED, erased
from guitu.kernel.labels import Label
from guitu.store import acting, erasure
from guitu.store.acts import Doing, Payload
from guitu.store.proposals import CannotPropose, Proposal


def _check(payload: Payload, file: UUID | None, _actor: Actor, now: datetime) -> None:
    found = acting.view(file)
    acting.not_merged(found)
    if found.joined:
        raise CannotPropose(
            Label(
                "该档案并有其他档案；请先撤销合并，再逐份办理。",
                "Other files are merged into this one: undo that first, then erase each.",
            )
        )
    if erased(found.case_file.counted()) is not None:
        raise CannotPropose(Label("该档案的个人信息已经销毁。", "This file's information is erased already."))
    unknown = set(payload.get("compartments") or ()) - set(COMPARTMENTS)
    if unknown:
        raise CannotPropose(Label("没有这个保密分区。", "There is no such compartment."))
    acting.no_measure_runs(found, now, Label("销毁", "erased"))


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    _check(proposal.payload, proposal.file, proposal.proposer, now)
    wanted = proposal.payload.get("compartments") or None
    gone = erasure.erase(proposal.file, wanted, actor=second, reason=proposal.reason, now=now)
    writing = acting.Writing(proposal, second, now)
    parts = ",".join(wanted) if wanted else ""
    writing.append([writing.entry(proposal.file, ERASED, parts=parts)])
    return gone


def _site(_payload: Payload) -> str:
    return ""


DOING: Final = Doing(_perform, check=_check, compartment=_site)
