"""What the acts of two people have in common: entries appended under the proposer's name with the second
officer's, and what bars an act."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor, house
from guitu.casefile import Entry, Value
from guitu.casefile.file import VOID
from guitu.casefile.second import MOVED, SECOND
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.pathway import Assessment
from guitu.store import casefiles, clock, gate, read
from guitu.store.projections.compute import assess
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.read import FileView

HOUSE: Final = house("proposals")


@dataclass(frozen=True, slots=True)
class Writing:
    """Entries that one approval appends: all under the proposer's name and office, at the moment of the
    approval, their source naming the second officer and the proposal."""

    proposal: Proposal
    second: Actor
    now: datetime

    @property
    def day(self) -> date:
        """The day on the office's calendar."""
        return clock.office_day(self.now)

    def entry(
        self, file: UUID, kind: str, *, on: date | None = None, corrects: UUID | None = None, **fields: Value
    ) -> Entry:
        """One entry of that kind."""
        return self.made(file, kind, fields, on or self.day, corrects=corrects)

    def void(self, entry: Entry, reason: str) -> Entry:
        """The withdrawal of an entry, in its own file."""
        return self.made(entry.file, VOID, {"reason": reason}, self.day, corrects=entry.id)

    def moved(self, entry: Entry, file: UUID) -> Entry:
        """The same fact in another file, under its own author and day; its source says where it stood."""
        return Entry(
            id=self._id(),
            file=file,
            kind=entry.kind,
            version=kinds()[entry.kind].version,
            happened_on=entry.happened_on,
            recorded_at=self.now,
            author=entry.author,
            unit=entry.unit,
            fields=dict(entry.fields),
            source=f"{MOVED}{entry.id}",
        )

    def made(
        self, file: UUID, kind: str, fields: Mapping[str, Value], on: date, *, corrects: UUID | None = None
    ) -> Entry:
        """An entry with these answers."""
        return Entry(
            id=self._id(),
            file=file,
            kind=kind,
            version=kinds()[kind].version,
            happened_on=on,
            recorded_at=self.now,
            author=self.proposal.username,
            unit=self.proposal.office,
            fields=fields,
            corrects=corrects,
            source=f"{SECOND}{self.second.name} {self.proposal.id}",
        )

    def _id(self) -> UUID:
        return uuid7(clock.milliseconds(self.now), os.urandom(10))

    def append(self, entries: Iterable[Entry]) -> None:
        """Record them, those of one file together."""
        gate.record_many(sorted(entries, key=lambda e: e.file.int), actor=HOUSE, now=self.now)


def view(file: UUID | None) -> FileView:
    """The whole file of a person; CannotPropose if there is none."""
    found = read.file_view(file) if file is not None else None
    if found is None or found.about != "person":
        raise CannotPropose(Label("没有这份人员档案。", "There is no such file of a person."))
    return found


def standing(found: FileView, now: datetime) -> Assessment:
    """Where the person stands on the office's day."""
    return assess(found.case_file, found.unit, clock.office_day(now))


def no_measure_runs(found: FileView, now: datetime, what: Label) -> None:
    """Refuse while the person is under a measure: whoever must look after them must see the file."""
    current = standing(found, now).current
    if current is not None and current.state != "ended":
        raise CannotPropose(
            Label(
                f"“{current.label.zh}”仍在执行，不能{what.zh}；期满或者解除后再提出。",
                f"{current.label.en} still runs: it cannot be {what.en}; propose it after the measure has"
                " ended.",
            )
        )


def not_merged(found: FileView) -> None:
    """Refuse what is shown by another file."""
    if found.into is not None:
        raise CannotPropose(Label("该档案已并入另一份档案。", "This file is merged into another one."))


def open_file(file: UUID) -> FileView:
    """The file with everything unsealed, for an act that was approved."""
    found = casefiles.by_ids([file]).get(file)
    assert found is not None, "it was there when the act was proposed"
    return read.files.view_of(found)


__all__ = [
    "HOUSE", "Writing", "no_measure_runs", "not_merged", "open_file", "standing", "view",
]  # fmt: skip
