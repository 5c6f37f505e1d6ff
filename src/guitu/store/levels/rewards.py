"""Rewards as they are proposed, approved and collected. A phrase is handed back once to whoever proposes, and
only its digest goes on from here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.casefile.protocol import Receipt
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.levels import informant
from guitu.store import clock, engine, proposals, unitfiles
from guitu.store.acts.reward import payload_of
from guitu.store.levels.work import Work
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.units import Unit, tree

ACTS: Final = ("reward", "informant_reward")
_TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to an informant: the code, and the phrase, which is known only here and now."""

    proposal: UUID
    code: str
    phrase: str
    amount: int


def propose(
    unit: Unit,
    on: date,
    fields: dict[str, Value],
    *,
    actor: Actor,
    now: datetime,
    identifier: UUID,
    corrects: UUID | None = None,
    why: str = "",
) -> UUID:
    """Put a reward to units, officers or the public before a second officer. Pressed twice, there is one."""
    entry = unitfiles.new_entry(
        unit.code, "reward", on, fields, now=now, author=actor.name, corrects=corrects, reason=why,
        identifier=identifier,
    )  # fmt: skip
    payload = payload_of(entry, unit.code)
    return proposals.propose("reward", payload, file=None, actor=actor, reason="", now=now, id=identifier)


def propose_informant(
    unit: Unit, on: date, amount: int, ground: str, *, actor: Actor, now: datetime, identifier: UUID
) -> Slip | None:
    """Put a reward to an informant before a second officer; the slip, or None if this was proposed already:
    then the phrase is gone and is not made again."""
    if proposals.find(identifier) is not None:
        return None
    code, phrase = (
        informant.code_of(secrets.token_bytes(8)),
        informant.phrase_of(secrets.token_bytes(informant.DICE)),
    )
    fields: dict[str, Value] = {
        "code": code, "digest": informant.digest_of(code, phrase), "amount": amount, "ground": ground,
    }  # fmt: skip
    entry = unitfiles.new_entry(
        unit.code, informant.REWARD, on, fields, now=now, author=actor.name, identifier=identifier
    )
    payload = payload_of(entry, unit.code)
    proposals.propose("informant_reward", payload, file=None, actor=actor, reason="", now=now, id=identifier)
    return Slip(identifier, code, phrase, amount)


@engine.house()
def waiting(unit: Unit, now: datetime) -> tuple[Proposal, ...]:
    """The rewards that offices in this area have proposed and nobody has decided yet, the oldest first."""
    columns = ", ".join(f"p.{c}" for c in proposals.COLUMNS)
    rows = engine.rows(
        f"SELECT {columns} FROM store_proposal p JOIN store_unit u ON u.no = p.unit"
        f" WHERE p.act IN ({engine.marks(len(ACTS))}) AND p.state = 'proposed' AND p.until_ms >= %s"
        f" AND u.{unit.column} = %s ORDER BY p.at_ms",
        [*ACTS, clock.milliseconds(now), unit.no],
    )
    return tuple(p for p in proposals.opened(rows) if p.payload) if rows else ()


def by_code(found: Work, code: str) -> Entry | None:
    """The reward with that code, among those of an area."""
    return next((e for e in found.of(informant.REWARD) if e.get("code") == code), None)


def end_of(reward: Entry) -> UUID:
    """The id of what ends a reward: always the same, so that it cannot end twice, not even at one moment."""
    return uuid7(clock.milliseconds(reward.recorded_at), informant.ending(str(reward.id)))


WRONG: Final = Label(
    "编号和口令对不上，或者奖励已经领取、取消。没有付款。",
    "Code and phrase do not belong together, or the reward was collected or cancelled. Nothing is paid.",
)


def collect(
    found: Work, code: str, phrase: str, on: date, *, actor: Actor, now: datetime
) -> tuple[Receipt, int]:
    """Write down that a reward was collected, and how much it is. Raises CannotPropose with one and the same
    sentence for a wrong code, a wrong phrase and a reward that has ended, and where the reader proposed it:
    whoever made the phrase does not pay it out."""
    reward = by_code(found, informant.read_code(code))
    ended = found.of(informant.ENDED)
    if reward is None or not informant.opens(reward, phrase) or informant.ended(reward, ended) is not None:
        raise CannotPropose(WRONG)
    if reward.author == actor.name:
        raise CannotPropose(
            Label(
                "这份奖励是您提出的，须由另一人付款。",
                "You proposed this reward; somebody else pays it out.",
            )
        )
    amount = reward.get("amount")
    assert isinstance(amount, int)
    receipt = _end(found, reward, on, {"outcome": "collected", "amount": amount}, actor, now)
    if receipt.repeated:  # somebody was a moment earlier
        raise CannotPropose(WRONG)
    return receipt, amount


def cancel(found: Work, reward: Entry, why: str, on: date, *, actor: Actor, now: datetime) -> Receipt:
    """Write down that a reward is paid no more."""
    return _end(found, reward, on, {"outcome": "cancelled", "why": why}, actor, now)


def _end(
    found: Work, reward: Entry, on: date, fields: dict[str, Any], actor: Actor, now: datetime
) -> Receipt:
    unit = found.unit(reward)
    mine = [post.unit for post in actor.posts if post.unit in unit.path]
    entry = unitfiles.new_entry(
        unit.code,
        informant.ENDED,
        on,
        {"to": str(reward.id), **fields},
        now=now,
        author=actor.name,
        office=mine[0] if mine else unit.code,
        identifier=end_of(reward),
    )
    return unitfiles.record(entry, actor=actor, now=now)


def unit_of(proposal: Proposal) -> Unit | None:
    """In whose file a proposed reward would stand."""
    return tree().get(str(proposal.payload.get("unit")))
