"""From when an entry counts, as rows that a set-wise evaluation can join: nothing is decided here,
`CaseFile` is asked at every moment at which its answer may change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guitu.casefile.entry import Entry
from guitu.casefile.file import VOID, CaseFile


@dataclass(frozen=True, slots=True)
class Fate:
    """From `at` on (as known then), this entry counts, or no longer."""

    entry: Entry
    at: datetime
    counts: bool


def entangled(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that correct or withdraw others, and those that are corrected or withdrawn. All others
    count from when they were recorded."""
    known = tuple(entries)
    correcting = [e for e in known if e.corrects is not None or e.kind == VOID]
    if not correcting:
        return ()
    meant = {e.id for e in correcting} | {e.corrects for e in correcting}
    return tuple(e for e in known if e.id in meant)


def fates(entries: Iterable[Entry]) -> tuple[Fate, ...]:
    """Each moment at which an entry of one person's file begins or ceases to count otherwise than by
    being recorded, in the order of the moments. Without a fate an entry counts from when it was
    recorded; one of kind `void` never does."""
    some = entangled(entries)
    if not some:
        return ()
    file = CaseFile(some[0].file, some)
    judged = [e for e in some if e.kind != VOID]
    now: dict[UUID, bool] = {}
    found: list[Fate] = []
    for moment in sorted({e.recorded_at for e in some}):
        standing = {e.id for e in file.standing(moment)}
        for entry in judged:
            if entry.recorded_at > moment:
                continue
            counts = entry.id in standing
            if counts != now.get(entry.id, True):
                found.append(Fate(entry, moment, counts))
            now[entry.id] = counts
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stated:
    """An entry of kind `person` that states a birth, and the last day of a legal entry before that birth."""

    entry: Entry
    day: date | None


def before_birth(
    entries: Iterable[Entry], births: Mapping[UUID, date], legal: Collection[str]
) -> tuple[tuple[Stated, ...], tuple[Entry, ...]]:
    """What is needed to find legal entries dated before a birth without telling the birth: every entry
    that states one, if any is later than a legal entry, and those legal entries. `births` are the births
    stated, by the id of the entry that states them; `legal` the kinds that an assessment reads."""
    known = tuple(entries)
    if not births:
        return (), ()
    days = [e for e in known if e.kind in legal]
    latest = max(births.values())
    early = tuple(e for e in days if e.happened_on < latest)
    if not early:
        return (), ()
    stated = []
    for entry in known:
        born = births.get(entry.id)
        if born is not None:
            before = [e.happened_on for e in early if e.happened_on < born]
            stated.append(Stated(entry, max(before) if before else None))
    return tuple(stated), early
