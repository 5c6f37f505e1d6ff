"""Sending what is due: to the gateway first, then into the file. Who dies in between sends it again with the
same key, and the gateway knows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.exchange.messages.gateway import Gateway, Outgoing, Refused, Unreachable
from guitu.home.messages import SENT
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock, gate
from guitu.store.home.messages import Waiting


@dataclass(slots=True)
class Outcome:
    """What came of it: how many the gateway took and refused, how many were not due at this hour, how many
    could not go, and why it stopped, if it did."""

    taken: int = 0
    refused: int = 0
    quiet: int = 0
    cannot: int = 0
    stopped: Label | None = None
    wrong: list[Label] = field(default_factory=list)


def send(
    some: Sequence[Waiting],
    gateway: Gateway,
    *,
    actor: Actor,
    office: str,
    now: datetime,
    written: Callable[[Waiting, Entry], None] = lambda one, entry: None,
) -> Outcome:
    """Send these. Stops at the first message that the gateway does not answer: the rest would wait as long.
    Nothing goes outside the hours that the office of each person laid down. `office` is the unit in whose
    name it is recorded, "" for the person's own; `written` is told of each entry."""
    found = Outcome()
    for one in some:
        if one.why_not is not None:
            found.cannot += 1
        elif not one.setting.may_send(now):
            found.quiet += 1
        elif not _send(one, gateway, actor, office or one.line.unit, now, written, found):
            break
    return found


def _send(
    one: Waiting,
    gateway: Gateway,
    actor: Actor,
    office: str,
    now: datetime,
    written: Callable[[Waiting, Entry], None],
    found: Outcome,
) -> bool:
    """Send one; whether to go on."""
    reason = ""
    try:
        gateway.take(Outgoing(one.key, one.phone, one.text))
    except Refused as no:
        reason = no.label.zh[:200]
    except Unreachable as away:
        found.stopped = away.label
        return False
    entry = _entry(one, gateway.name, actor.name, office, now, reason)
    try:
        gate.record(entry, actor=actor, now=now)
    except GuituError as wrong:
        found.wrong.append(wrong.label)
        return True
    written(one, entry)
    if reason:
        found.refused += 1
    else:
        found.taken += 1
    return True


def _entry(one: Waiting, gateway: str, author: str, office: str, now: datetime, reason: str) -> Entry:
    fields: dict[str, Value] = {
        "what": one.due.what, "for_day": one.due.on, "state": "refused" if reason else "taken",
        "text": one.text, "gateway": gateway, "key": one.key,
    }  # fmt: skip
    if reason:
        fields["reason"] = reason
    return Entry(
        id=uuid7(clock.milliseconds(now), os.urandom(10)), file=one.line.file, kind=SENT,
        version=kinds()[SENT].version, happened_on=clock.office_day(now), recorded_at=now, author=author,
        unit=office, source="messages", fields=fields,
    )  # fmt: skip
