"""Units' own files: what a unit did, has and spent. Opened and written through the one gate, like a person's.

The id of such a file follows from the unit's code, so nobody has to look for it; it comes into being with its
first entry, and stands in that unit's area, wherever its entries were written. Whoever may read it, `access`
says (`opens_work`); on PostgreSQL the compartment `work` of units in scope is given by the database itself.

Many files at once go the way of all others: `gate.record_many` and `bulk.load` take entries of unit files,
whose `file` is `file_of(code)`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access import ROLES, Actor, Target, decide, opens_work
from guitu.access.compartments import writes
from guitu.casefile import Entry, Kind, Value
from guitu.casefile.file import VOID
from guitu.casefile.kind import WORK
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.reasons import Decision
from guitu.store import clock, excerpts, gate
from guitu.store.apart import unit_file_id
from guitu.store.read import FileView, file_view
from guitu.store.units import Unit

__all__ = ["UnitFile", "file_of", "may_read", "may_record", "new_entry", "record", "recordable", "unit_file"]


ELSEWHERE: Final = frozenset(
    {
        "pack_fixed", "pack_step", "action_decided", "action_closed",
        "paper_template",
        "roster_published",
        "survey_planned", "survey_closed", "scoreboard_published",
        "draw_committed", "draw_revealed",
    }
)  # fmt: skip
"""Kinds of a unit's file that have pages of their own."""


CHANGES: Final = "units"
"""The source of an entry `unit_change` that changed the tree: it is undone with what it did, nowhere else."""


def altered_elsewhere(entry: Entry) -> bool:
    """Whether an entry of a unit's file is never corrected or withdrawn by itself: it withdraws, has pages
    that do it, was signed by two people, or changed the tree of units."""
    if entry.kind == VOID or entry.kind in ELSEWHERE or kinds()[entry.kind].act:
        return True
    return entry.kind == "unit_change" and entry.source == CHANGES


def file_of(code: str) -> UUID:
    """The id of the file of the unit with that code, whether or not anything stands in it yet."""
    return unit_file_id(code)


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit's own file, opened. `view` is None while nothing stands in it."""

    unit: Unit
    view: FileView | None

    @property
    def id(self) -> UUID:
        """Its id."""
        return file_of(self.unit.code)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order in which they came in."""
        return self.view.entries if self.view else ()

    def counted(self) -> tuple[Entry, ...]:
        """The entries that count now, the latest first."""
        return tuple(reversed(self.view.case_file.counted())) if self.view else ()

    def entry(self, identifier: UUID) -> Entry | None:
        """The entry of that id, whether or not it still counts."""
        return next((e for e in self.entries if e.id == identifier), None)


def unit_file(unit: Unit) -> UnitFile:
    """A unit's file with all that the present scope gives. The caller has asked `may_read`."""
    return UnitFile(unit, file_view(file_of(unit.code)))


def counted(unit: Unit, names: Collection[str]) -> tuple[Entry, ...]:
    """The entries of these kinds that count now, the latest first: a centre's file has ten thousand others in
    a year. The caller has asked `may_read`."""
    return tuple(reversed(excerpts.of_units((unit,), names)[unit.code]))


def work_kinds() -> tuple[Kind, ...]:
    """The kinds that stand in a unit's own file."""
    return tuple(k for k in kinds().values() if k.about == "unit" and k.compartment == WORK)


def may_read(actor: Actor, unit: Unit) -> Decision:
    """Whether this account reads the unit's own file."""
    return opens_work(actor, unit.path)


def may_record(actor: Actor, kind: Kind, unit: Unit) -> Decision:
    """Whether this account may record an entry of the kind in the unit's file. Whoever writes there may
    withdraw; of which kind, that kind says."""
    by = kind.recorded_by if kind.name != VOID else tuple(r for r in ROLES if writes(r, WORK))
    target = Target(unit.path, by, kind.label, compartment=WORK)
    return decide(actor, "record", target)


def recordable(actor: Actor, unit: Unit) -> tuple[Kind, ...]:
    """The kinds that this account may record in the unit's file on its page."""
    return tuple(
        kind
        for kind in work_kinds()
        if not kind.own_page
        and not kind.act
        and kind.name not in ELSEWHERE
        and may_record(actor, kind, unit).allowed
    )


def receipt_of(unit: Unit, identifier: UUID) -> Receipt | None:
    """The receipt of an entry of the unit's file; None where there is no such entry."""
    view = unit_file(unit).view
    return view.receipts.get(identifier) if view is not None else None


def new_entry(
    unit: str,
    kind: str,
    happened_on: date,
    fields: Mapping[str, Value],
    *,
    now: datetime,
    author: str = "",
    office: str = "",
    identifier: UUID | None = None,
    corrects: UUID | None = None,
    reason: str = "",
    source: str = "",
) -> Entry:
    """An entry for the file of the unit with that code, not yet recorded. `office` is the unit that writes
    it, the same one if left out."""
    return Entry(
        id=identifier or uuid7(clock.milliseconds(now), secrets.token_bytes(10)),
        file=file_of(unit),
        kind=kind,
        happened_on=happened_on,
        recorded_at=now,
        version=kinds()[kind].version,
        author=author,
        unit=office or unit,
        fields=fields,
        corrects=corrects,
        reason=reason,
        source=source,
    )


def record(entry: Entry, *, actor: Actor, now: datetime) -> Receipt:
    """Record an entry in a unit's file. Raises NotAllowed and NotAccepted like the gate."""
    return gate.record(entry, actor=actor, now=now)


def record_many(entries: Iterable[Entry], *, actor: Actor, now: datetime) -> gate.Outcome:
    """Record many of them at once, all or none; fastest when those of one unit stand together."""
    return gate.record_many(list(entries), actor=actor, now=now)
