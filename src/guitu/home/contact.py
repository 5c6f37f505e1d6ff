"""Whether somebody is in touch, and if not, how they were lost sight of: derived from entries, stored
nowhere.

A state says what is known, and from which entry; it judges nobody. No number of failed attempts makes anybody
lost: the law names none. A worker says after an attempt that nobody knows where the person is, and that entry
is the ground; before it the attempts are counted and shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.labels import Label

State = Literal["unknown", "awaited", "in_touch", "trying", "lost", "moved", "held", "died"]

STATES: Final[dict[State, Label]] = {
    "lost": Label("失联", "Lost to contact"),
    "trying": Label("联系不上", "Not reached"),
    "unknown": Label("没有联系记录", "No contact on record"),
    "awaited": Label("待首次联系", "First contact awaited"),
    "moved": Label("已离开本地", "Moved away"),
    "held": Label("羁押或者在所", "In custody"),
    "died": Label("已故", "Died"),
    "in_touch": Label("在联系", "In touch"),
}
"""Every state, those first of whom something is to be done."""

ATTEMPTS: Final = frozenset({"contact_attempt", "follow_up"})
"""Kinds that say that somebody tried, and what came of it."""
MET: Final = frozenset({"first_contact", "reporting_in", "agreement", "urine_test", "plan_review"})
"""Kinds that are made with the person there."""
HELD: Final = frozenset(
    {"detained", "imprisoned", "admission", "transfer", "recaptured", "medical_leave_end"}
)
AWAITED: Final = frozenset({"order", "served", "release", "freed", "change_of_place", "handover_accepted"})
"""Kinds after which somebody has to make contact anew."""
DIED: Final = "death"
ESCAPED: Final = "escape"
KINDS: Final = ATTEMPTS | MET | HELD | AWAITED | {DIED, ESCAPED}
"""Everything the state is derived from."""

_RESULTS: Final[dict[str, State]] = {
    "reached": "in_touch",
    "refused": "in_touch",  # whoever refuses was spoken to
    "lost": "lost",
    "moved": "moved",
    "in_custody": "held",
    "died": "died",
}
_ABSENT: Final = frozenset({"evaded", "excused"})
"""Outcomes of a test at which nobody was met."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody stands on a day. `since` is the day the state began, `ground` the entry that made it;
    `met` the last day the person was spoken to or seen; `tried` the attempts since then that reached nobody,
    oldest first. `certain` is False where a death was only heard of."""

    state: State
    since: date | None = None
    ground: Entry | None = None
    met: date | None = None
    tried: tuple[Entry, ...] = ()
    certain: bool = True

    @property
    def label(self) -> Label:
        """The state in words."""
        if self.state == "died" and not self.certain:
            return Label("据告已故，待核实", "Said to have died; to be confirmed")
        return STATES[self.state]

    @property
    def open(self) -> bool:
        """Whether somebody is to be looked for."""
        return self.state in ("unknown", "awaited", "trying", "lost")

    @property
    def alive(self) -> bool:
        """Whether nothing certain says that the person died: what was only heard is still to be confirmed."""
        return self.state != "died" or not self.certain

    def silent(self, on: date) -> int | None:
        """Days since the person was last met; None if never."""
        return (on - self.met).days if self.met else None


def contact_of(counted: Iterable[Entry], on: date) -> Contact:
    """The state on a day, from the entries of a file that count. Entries of the same day stand in the order
    in which they were recorded."""
    known = [e for e in counted if e.kind in KINDS and e.happened_on <= on]
    known.sort(key=lambda e: (e.happened_on, e.recorded_at))
    now = Contact("unknown")
    for entry in known:
        now = _after(now, entry)
        if now.state == "died" and now.certain:
            break
    return now


def _after(now: Contact, entry: Entry) -> Contact:
    for kinds, step in _STEPS:
        if entry.kind in kinds:
            return step(now, entry)
    return now


def _attempt(now: Contact, entry: Entry) -> Contact:
    result = str(entry.get("result"))
    state = _RESULTS.get(result)
    if state == "in_touch":
        return _met(now, entry)
    tried = (*now.tried, entry)
    if state is None:  # no answer: whoever is lost, away or held already stays so
        if now.state in ("lost", "moved", "held", "died"):
            return Contact(now.state, now.since, now.ground, now.met, tried, now.certain)
        since = now.since if now.state == "trying" else entry.happened_on
        return Contact("trying", since, entry, now.met, tried)
    if now.state == state:
        return Contact(state, now.since, now.ground, now.met, tried, now.certain)
    return Contact(state, entry.happened_on, entry, now.met, tried, certain=state != "died")


def _met(now: Contact, entry: Entry) -> Contact:
    if entry.kind == "urine_test" and str(entry.get("outcome")) in _ABSENT:
        return now
    if entry.kind == "plan_review" and entry.get("person_there") != "yes":
        return now
    since = now.since if now.state == "in_touch" else entry.happened_on
    return Contact("in_touch", since, entry, entry.happened_on)


def _held(now: Contact, entry: Entry) -> Contact:
    since = now.since if now.state == "held" else entry.happened_on
    return Contact("held", since, entry, now.met)


def _awaited(now: Contact, entry: Entry) -> Contact:
    if entry.kind in ("order", "served") and now.state in ("in_touch", "trying", "lost", "held", "moved"):
        return now  # what is decided about somebody says nothing of where they are
    if entry.kind in ("change_of_place", "handover_accepted") and now.state in ("held", "died"):
        return now
    return Contact("awaited", entry.happened_on, entry, now.met)


def _escaped(now: Contact, entry: Entry) -> Contact:
    return Contact("lost", entry.happened_on, entry, now.met)


def _died(now: Contact, entry: Entry) -> Contact:
    return Contact("died", entry.happened_on, entry, now.met)


_STEPS: Final[tuple[tuple[frozenset[str], Callable[[Contact, Entry], Contact]], ...]] = (
    (ATTEMPTS, _attempt),
    (MET, _met),
    (HELD, _held),
    (AWAITED, _awaited),
    (frozenset({ESCAPED}), _escaped),
    (frozenset({DIED}), _died),
)
