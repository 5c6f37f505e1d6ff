"""A partner's file from its bytes to proposals, and the exchange in the unit's own file: the one way for page
and command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from guitu.access import Actor
from guitu.exchange.fhir import check, loaded
from guitu.exchange.fhir.incoming import read_bundle
from guitu.exchange.partners.incoming import Read, read_table
from guitu.exchange.partners.mapping import Partner
from guitu.exchange.partners.outgoing import NotGiven
from guitu.exchange.partners.proposing import Taken, exchange_entry, propose_all
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.units import Unit


class Unreadable(GuituError):
    """The file is none of this partner's: nothing of it was taken."""


def read_file(partner: Partner, raw: bytes, name: str) -> Read:
    """What a file says. Raises Unreadable with the first thing that is wrong with it as a whole."""
    if partner.takes is None:
        raise NotGiven(Label("这个映射不收文件。", "This mapping takes nothing in."))
    if partner.form == "table":
        return read_table(partner, raw, name)  # raises ledgers.Refused
    data, wrong = loaded(raw)
    faults = [*wrong, *(check(data, whole=False) if data is not None else ())]
    if faults or data is None:
        first = faults[0]
        raise Unreadable(
            Label(f"{first.where} {first.label.zh}".strip(), f"{first.where} {first.label.en}".strip())
        )
    return read_bundle(partner, data)


def receive(partner: Partner, raw: bytes, name: str, *, actor: Actor, unit: Unit, now: datetime) -> Taken:
    """Take a file in: proposals for what can be, reasons for what cannot, and the exchange told in the unit's
    own file. Raises Unreadable, ledgers.Refused, and what the gate says of the exchange itself."""
    read = read_file(partner, raw, name)
    taken = propose_all(partner, read, actor=actor, office=unit.code, now=now)
    entry = exchange_entry(
        partner, "in", unit, lines=taken.lines, refused=taken.refused, proposed=len(taken.proposed),
        known=taken.known, content=raw, author=actor.name, now=now,
    )  # fmt: skip
    unitfiles.record(entry, actor=actor, now=now)
    return replace(taken, exchange=entry.id)
