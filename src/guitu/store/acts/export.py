"""Taking many people's lines along: what was approved may be downloaded by its proposer for a day. No entry
is written; every download is a step of the proposal."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.kernel.labels import Label
from guitu.store import proposals
from guitu.store.acts import Doing, Payload
from guitu.store.proposals import CannotPropose, Proposal

ALONE: Final = 100
"""How many people's lines one officer takes along alone, unless the office says otherwise
(GUITU_EXPORT_ALONE). A house rule, not law."""

GOOD_FOR: Final = timedelta(hours=24)


def alone() -> int:
    """How many lines need no second officer here."""
    text = os.environ.get("GUITU_EXPORT_ALONE", "").strip()
    return int(text) if text.isdigit() else ALONE


def good_until(proposal: Proposal) -> datetime | None:
    """Until when it may be downloaded; None if it was not approved."""
    if proposal.state != "approved" or proposal.decided is None:
        return None
    return proposal.decided.at + GOOD_FOR


def downloaded(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Write down that the proposer took it along."""
    proposals.note(proposal, "used", actor, now)


def _check(payload: Payload, _file: UUID | None, _actor: Actor, _now: datetime) -> None:
    if not {"what", "query", "rows"} <= payload.keys():
        raise CannotPropose(Label("没有说明导出什么。", "It does not say what is to be exported."))


def _perform(_proposal: Proposal, _second: Actor, _now: datetime) -> object:
    return None


DOING: Final = Doing(_perform, check=_check)
