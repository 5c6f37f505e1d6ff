"""A reward to an informant: a code and the digest of a phrase, put before a second officer. The phrase
itself is shown once, to whoever proposes it, and is nowhere in the payload."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.levels import informant
from guitu.store.acts import Doing, Payload
from guitu.store.acts.reward import check, no_compartment, perform


def _check(payload: Payload, _file: UUID | None, actor: Actor, now: datetime) -> None:
    check(payload, actor, now, informant.REWARD)


DOING: Final = Doing(perform, check=_check, compartment=no_compartment)
