"""What the snapshot says of a person beside the entries themselves, worked out from the whole file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from guitu.casefile import CaseFile, Entry, records
from guitu.casefile.columns import PERSON
from guitu.casefile.fates import Fate, before_birth, entangled, fates
from guitu.casefile.file import VOID
from guitu.kernel.days import day_number
from guitu.store.placing import homes, named
from guitu.store.snapshot import arrow

Row = tuple[Any, ...]


@dataclass(slots=True)
class Facts:
    """Rows of people for the tables of that name, in the order of their columns; a row of `files`
    without the levels of its unit, which follow from the unit."""

    fates: list[Row] = field(default_factory=list)
    before_birth: list[Row] = field(default_factory=list)
    homes: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)

    def add(
        self,
        person: int,
        file: UUID,
        entries: Mapping[Entry, int] | Iterable[tuple[Entry, int]],
        *,
        opened: date,
        units: Mapping[str, int],
        legal: Collection[str],
    ) -> None:
        """Work out one person from all entries of their file with their numbers. The entries of kind
        `person` must be unsealed; `legal` are the kinds that an assessment reads."""
        pairs = list(entries.items()) if isinstance(entries, Mapping) else list(entries)
        seqs = {entry.id: seq for entry, seq in pairs}
        whole = CaseFile(file, tuple(entry for entry, _ in pairs))
        counted = whole.counted()
        self._fates(person, whole.entries, seqs)
        births = _births(whole.entries)
        self._before_birth(person, whole.entries, seqs, births, legal)
        moves = (
            (e.happened_on, units.get(e.unit), e.kind, units.get(named(e)) if named(e) else None)
            for e in counted
        )
        at = {day_number(day): unit for day, unit in homes(moves)}
        self.homes += [(person, day, unit) for day, unit in at.items()]
        about = _about(file, counted)
        born = about.get("birth")
        self.files.append(
            (
                person,
                list(at.values())[-1] if at else None,
                about.get("sex"),
                born.year if isinstance(born, date) else None,
                max(born.year for born in births.values()) if births else None,
                opened,
                records.hidden(file, counted),
            )
        )

    def _fates(self, person: int, entries: tuple[Entry, ...], seqs: Mapping[UUID, int]) -> None:
        found = list(fates(entries))
        later = {
            e.id: seqs[e.corrects] for e in entries if e.corrects in seqs and seqs[e.corrects] > seqs[e.id]
        }
        if later:  # a correction before its entry is named, also where nothing else is to be said
            told = {f.entry.id for f in found}
            found += [
                Fate(e, e.recorded_at, e.kind != VOID) for e in entries if e.id in later and e.id not in told
            ]
        if not found:
            return
        last = max(seqs[e.id] for e in entangled(entries))
        self.fates += [
            (person, last, seqs[f.entry.id], arrow.milliseconds(f.at), f.counts, later.get(f.entry.id))
            for f in sorted(found, key=lambda f: (seqs[f.entry.id], f.at))
        ]

    def _before_birth(
        self,
        person: int,
        entries: tuple[Entry, ...],
        seqs: Mapping[UUID, int],
        births: Mapping[UUID, date],
        legal: Collection[str],
    ) -> None:
        stated, early = before_birth(entries, births, legal)
        if not stated:
            return
        last = max(seqs[e.id] for e in (*early, *(s.entry for s in stated)))
        self.before_birth += sorted(
            (person, last, seqs[s.entry.id], day_number(s.day) if s.day else None) for s in stated
        )


def _births(entries: Iterable[Entry]) -> dict[UUID, date]:
    """The births that entries state, by the id of the entry."""
    found = {}
    for entry in entries:
        if entry.kind == PERSON:
            stated = entry.get("birth")
            if isinstance(stated, date):
                found[entry.id] = stated
    return found


def _about(file: UUID, counted: tuple[Entry, ...]) -> dict[str, Any]:
    """The fields of the last person entry that counts, the file's own before those of files merged into
    it."""
    other: dict[str, Any] = {}
    for entry in reversed(counted):
        if entry.kind == PERSON:
            if entry.file == file:
                return dict(entry.fields)
            other = other or dict(entry.fields)
    return other
