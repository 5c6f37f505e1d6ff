"""Two workers who recorded one event differently: both entries stand, and the difference is found again from
the file until somebody settles it.

An event is: one file, one kind, one day, and one time of day where the kind asks for it. Nothing is stored
about a difference, so nothing can fall out of step: it ends when one of the entries is withdrawn or corrected
to say what the other says, or when somebody records that they were two events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Kind, Value
from guitu.casefile.file import VOID
from guitu.centre.doubts import MANY_A_DAY

SETTLED: Final = "two_events"
"""The kind that says of two entries that they are about two events."""

TIME: Final = "time"
"""The question by which events of one day are told apart."""

NO_EVENT: Final = frozenset(
    {
        "person", "responsible_unit", "remark", "help_need", VOID, SETTLED,
        "handover_prepared", "handover_sent", "handover_opened", "handover_accepted", "handover_refused",
        "handover_urged", "reminder_consent", "reminder_sent", "visit_agreed",
    }
)  # fmt: skip
"""Kinds that say how things are and not what happened, and steps that two offices take in turn."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two entries about one event, as they count now, the one recorded first standing first. `fields` are
    those in which they differ, in the order of the kind's questions. `roots` are the entries with which they
    began, by which a difference is named however often one of them is corrected."""

    first: Entry
    second: Entry
    fields: tuple[str, ...]
    roots: tuple[UUID, UUID]

    def holds(self, entry: UUID) -> bool:
        """Whether that entry is one of the two, as it counts now or as it began."""
        return entry in (self.first.id, self.second.id, *self.roots)

    def other_than(self, entry: UUID) -> Entry:
        """The one of the two that is not that entry."""
        return self.second if entry in (self.first.id, self.roots[0]) else self.first


def is_event(kind: Kind) -> bool:
    """Whether two entries of this kind on one day can be about the same event."""
    return kind.name not in NO_EVENT and kind.name not in MANY_A_DAY and not kind.act and not kind.answers


def differences(file: CaseFile, known: Mapping[str, Kind]) -> tuple[Difference, ...]:
    """Every unsettled difference in a file, the latest event first."""
    by_id = {e.id: e for e in file.entries}
    counted = file.counted()
    apart = {frozenset(map(str, (e.get("one"), e.get("other")))) for e in counted if e.kind == SETTLED}
    events: dict[tuple[object, ...], list[tuple[Entry, Entry]]] = {}
    for entry in counted:
        kind = known.get(entry.kind)
        if kind is None or not is_event(kind):
            continue
        events.setdefault((entry.kind, entry.happened_on, entry.get(TIME)), []).append(
            (_root(entry, by_id), entry)
        )
    found: list[Difference] = []
    for told in events.values():
        if len(told) < 2:
            continue
        told.sort(key=lambda pair: (pair[0].recorded_at, pair[0].id.int))
        for place, (root, entry) in enumerate(told):
            for other_root, other in told[place + 1 :]:
                if root.author == other_root.author:
                    continue  # one worker who records two things has two things to record
                if frozenset((str(root.id), str(other_root.id))) in apart:
                    continue
                fields = differing(entry.fields, other.fields, known[entry.kind])
                if fields:
                    found.append(Difference(entry, other, fields, (root.id, other_root.id)))
    found.sort(key=lambda d: (d.first.happened_on, d.first.id.int), reverse=True)
    return tuple(found)


def differing(one: Mapping[str, Value], other: Mapping[str, Value], kind: Kind) -> tuple[str, ...]:
    """The questions that two entries of one kind answer differently; one left empty differs from one that is
    answered."""
    return tuple(ask.name for ask in kind.fields if one.get(ask.name) != other.get(ask.name))


def of_entry(found: Iterable[Difference], entry: UUID) -> tuple[Difference, ...]:
    """Those in which this entry is one of the two."""
    return tuple(d for d in found if d.holds(entry))


def _root(entry: Entry, by_id: Mapping[UUID, Entry]) -> Entry:
    """The entry that a correction goes back to: whose author saw the event."""
    seen: set[UUID] = set()
    while entry.corrects is not None and entry.corrects in by_id and entry.id not in seen:
        seen.add(entry.id)
        entry = by_id[entry.corrects]
    return entry
