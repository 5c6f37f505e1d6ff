"""How far a hand-over has come: prepared, sent, opened, accepted, first contact; or sent back.

A baton begins when somebody prepares or sends a file, and is over with the first contact at the new place.
Until it is accepted the sender answers for the person (`store.placing` says the same for lists). Nothing here
is a status that somebody sets: the same entries give the same state on every site and in every order in
which they arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.labels import Label

State = Literal["due", "prepared", "sent", "opened", "refused", "accepted", "contacted", "overtaken"]
Occasion = Literal["release", "to_justice", "move"]
Side = Literal["sender", "receiver", ""]
Within = Callable[[str, str], bool]
"""Whether the unit of the first code is that of the second, or lies below it."""

PREPARED: Final = "handover_prepared"
SENT: Final = "handover_sent"
OPENED: Final = "handover_opened"
ACCEPTED: Final = "handover_accepted"
REFUSED: Final = "handover_refused"
CONTACT: Final = "first_contact"
URGED: Final = "handover_urged"
EXCHANGED: Final = "handover_exchanged"
STEPS: Final = frozenset({PREPARED, SENT, OPENED, ACCEPTED, REFUSED, CONTACT, URGED, EXCHANGED})
"""Kinds of the hand-over's own. Whoever sees the file sees that they happened, and when."""

TRANSFER: Final = "transfer"
ARRIVES: Final = frozenset({"admission", TRANSFER})
MEETS: Final = frozenset({CONTACT, "reporting_in", *ARRIVES})
"""Kinds by which the new place has seen the person: a fact that is there already is not asked for again."""
PLACES: Final[Mapping[str, str]] = {
    "responsible_unit": "unit", "change_of_place": "to_unit", "admission": "centre", "transfer": "centre",
}  # fmt: skip
"""Kinds that name who answers for the person, and the field; they end the waiting for an acceptance."""
LEAVES: Final = "release"
DIES: Final = "death"
KINDS: Final = STEPS | MEETS | PLACES.keys() | {LEAVES, DIES}
"""Every kind that `batons` reads."""

STATES: Final[Mapping[State, Label]] = {
    "due": Label("未准备", "Not begun"),
    "prepared": Label("已准备", "Prepared"),
    "sent": Label("已发送", "Sent"),
    "opened": Label("已打开", "Opened"),
    "refused": Label("已退回", "Sent back"),
    "accepted": Label("已接收", "Accepted"),
    "contacted": Label("已首次联系", "First contact made"),
    "overtaken": Label("已另行安排", "Settled otherwise"),
}
OCCASIONS: Final[Mapping[Occasion, Label]] = {
    "release": Label("出所", "Release"),
    "to_justice": Label("转司法所", "To a justice centre"),
    "move": Label("变更执行地", "Change of place"),
}
OVER: Final = frozenset({"contacted", "overtaken"})
"""States after which nobody owes anything."""


@dataclass(frozen=True, slots=True)
class Baton:
    """One hand-over. `sender` and `receiver` are the codes of the units; the entries are those of its steps,
    None for a step that was not made. `urged` are the reminders, the earliest first; `exchanged` what another
    system has said of the bundle. `left` is the release that it follows, `placed` what settled it otherwise.
    """

    sender: str
    receiver: str
    state: State
    prepared: Entry | None = None
    sent: Entry | None = None
    opened: Entry | None = None
    accepted: Entry | None = None
    refused: Entry | None = None
    contact: Entry | None = None
    urged: tuple[Entry, ...] = ()
    exchanged: tuple[Entry, ...] = ()
    left: Entry | None = None
    placed: Entry | None = None

    @property
    def over(self) -> bool:
        """Whether nobody owes anything any more."""
        return self.state in OVER

    @property
    def whose(self) -> Side:
        """Whose the next step is."""
        if self.state in ("due", "prepared", "refused"):
            return "sender"
        return "" if self.over else "receiver"

    @property
    def holder(self) -> Side:
        """Who answers for the person: the sender, until it is accepted."""
        return "receiver" if self.state in ("accepted", "contacted") else "sender"

    @property
    def last(self) -> Entry | None:
        """The step that was made last."""
        steps = (self.contact, self.accepted, self.refused, self.opened, self.sent, self.prepared)
        return next((step for step in steps if step is not None), None)


def batons(counted: Iterable[Entry], within: Within) -> tuple[Baton, ...]:
    """The hand-overs of one file, the earliest first. `counted` are its entries that count, in the order in
    which they count; those of other kinds may be left out. There is at most one that is not over, the last:
    what is sent anew takes the place of what was waiting."""
    found: list[Baton] = []
    for entry in counted:
        now = found[-1] if found else None
        if now is not None and not now.over:
            if (after := _step(now, entry, within)) is not None:
                found[-1] = after
                continue
            if entry.kind in (SENT, PREPARED):
                found[-1] = replace(now, state="overtaken", placed=entry)
        if entry.kind == PREPARED:
            found.append(Baton(entry.unit, _named(entry), "prepared", prepared=entry))
        elif entry.kind == SENT:
            found.append(Baton(entry.unit, _named(entry), "sent", sent=entry))
    return tuple(found)


def current(counted: Iterable[Entry], within: Within) -> Baton | None:
    """The last hand-over of a file, whether or not it is over."""
    every = batons(counted, within)
    return every[-1] if every else None


def occasion(sender: str, receiver: str) -> Occasion:
    """What it is about, from what the sender's and the receiver's units belong to: `justice_centre`,
    `police_centre`, or anything else for a place in the community."""
    if sender == "police_centre" and receiver == "justice_centre":
        return "to_justice"
    return "release" if sender in ("justice_centre", "police_centre") else "move"


def _step(now: Baton, entry: Entry, within: Within) -> Baton | None:
    """The baton after an entry that belongs to it; None if it does not."""
    kind = entry.kind
    if kind == SENT and now.state in ("prepared", "refused"):
        return replace(now, state="sent", sender=entry.unit, receiver=_named(entry), sent=entry, opened=None)
    if kind == PREPARED and now.state in ("prepared", "refused"):
        return replace(now, state="prepared", receiver=_named(entry), prepared=entry, opened=None)
    if kind == EXCHANGED:
        return replace(now, exchanged=(*now.exchanged, entry))
    if kind == URGED:
        return replace(now, urged=(*now.urged, entry))
    waiting = now.state in ("sent", "opened")
    if kind == OPENED and waiting:
        return replace(now, state="opened", opened=now.opened or entry)
    if kind == ACCEPTED and waiting:
        return _met(replace(now, state="accepted", accepted=entry))
    if kind == REFUSED and waiting:
        return replace(now, state="refused", refused=entry)
    if kind == LEAVES:
        return replace(now, left=entry)
    if kind == DIES:
        return replace(now, state="overtaken", placed=entry)
    meets = kind in MEETS and now.sent is not None and _there(entry, now, within)
    if meets and now.contact is None and entry.happened_on >= _day(now.sent):
        now = replace(now, contact=entry)
        if now.state == "accepted":
            return _met(now)
    if kind in PLACES and waiting:
        return _placed(now, entry, within)
    return now if meets else None


def _met(now: Baton) -> Baton:
    return replace(now, state="contacted") if now.contact is not None else now


def _placed(now: Baton, entry: Entry, within: Within) -> Baton | None:
    """Somebody was named while the file waits: whom it was sent to has then taken it; anybody else means that
    it was settled otherwise."""
    unit = str(entry.get(PLACES[entry.kind]) or "")
    if not unit or unit == now.sender:
        return now
    if within(unit, now.receiver) or within(now.receiver, unit):
        return _met(replace(now, state="accepted", accepted=entry))
    return replace(now, state="overtaken", placed=entry)


def _there(entry: Entry, now: Baton, within: Within) -> bool:
    """Whether the entry was written at the new place, or leads there."""
    at = str(entry.get("centre") or "") if entry.kind in ARRIVES else ""
    at = at or entry.unit
    return within(at, now.receiver) or within(now.receiver, at)


def _named(entry: Entry) -> str:
    return str(entry.get("to_unit") or "")


def _day(entry: Entry | None) -> date:
    return entry.happened_on if entry is not None else date.min


def missing_steps(baton: Baton) -> Sequence[State]:
    """The steps that are still to be made, in their order."""
    order: tuple[State, ...] = ("prepared", "sent", "opened", "accepted", "contacted")
    if baton.over:
        return ()
    if baton.state == "refused":
        return order[1:]
    at = order.index(baton.state) + 1 if baton.state in order else 0
    return order[at:]
