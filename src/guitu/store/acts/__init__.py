"""What is done when a second officer has approved: one module for each act of `access.ACTS`, found by its
name.

A module holds `DOING`. A new act is a row in `access/acts.py` and a module here; nothing else knows of it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Value
from guitu.compose import kinds
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.store.proposals import Proposal

Payload = Mapping[str, Any]
"""What is proposed, in words of JSON."""


def _nobody_else(_payload: Payload) -> tuple[UUID, ...]:
    return ()


def _identity(_payload: Payload) -> str:
    return "identity"


def _nothing_wrong(_payload: Payload, _file: UUID | None, _actor: Actor, _now: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Doing:
    """How one act is done.

    `perform(proposal, second, now)` does it inside the transaction of the decision; what it returns goes back
    to whoever decided. `check(payload, file, actor, now)` raises a GuituError for what cannot be done at all,
    before it is proposed. `others(payload)` are further files it touches: both officers must answer for them.
    `compartment(payload)` is the one under whose key it is sealed; `proposed_by(payload)` who may propose it,
    where that depends on what is proposed.
    """

    perform: Callable[[Proposal, Actor, datetime], object]
    check: Callable[[Payload, UUID | None, Actor, datetime], None] = field(default=_nothing_wrong)
    others: Callable[[Payload], tuple[UUID, ...]] = field(default=_nobody_else)
    compartment: Callable[[Payload], str] = field(default=_identity)
    proposed_by: Callable[[Payload], tuple[str, ...]] | None = None
    label: Callable[[Payload], Label] | None = None


def answers_of(kind: str, payload: Payload) -> dict[str, Value]:
    """The answers of a kind that a payload holds; the fault of the first that is wrong is raised."""
    declared = kinds()[kind]
    fields = {ask.name: payload.get(ask.name) or None for ask in declared.fields}
    faults = declared.faults(fields)
    if faults:
        raise faults[0]
    return fields


@cache
def doing(act: str) -> Doing:
    """How the act of that name is done; an act without a module is a fault in the house."""
    if act not in {m.name for m in pkgutil.iter_modules(__path__)}:
        raise DeclarationError(
            Label(f"事项“{act}”没有办理方法", f"nothing does the act “{act}”"), where="store/acts"
        )
    found: Doing = import_module(f"guitu.store.acts.{act}").DOING
    return found
