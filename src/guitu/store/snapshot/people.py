"""What the snapshot says of people, from the database: from the whole file where that is needed, else
from the few rows that tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np

from guitu.casefile import Entry
from guitu.kernel.days import day_number
from guitu.kernel.zone import CHINA
from guitu.store import casefiles, clock, engine
from guitu.store.casefiles import UNSEALED_TO_PROJECT, Held
from guitu.store.keys import provider
from guitu.store.shown import shown
from guitu.store.snapshot.derived import Facts
from guitu.store.snapshot.gather import Simple
from guitu.store.snapshot.keys import People

AT_ONCE: Final = 300
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Which files show others' entries as their own (`shown_by`: the file that shows them, by file), and
    which are `gone`: who they were about was erased, and what that person complained of with them."""

    shown_by: Mapping[int, int]
    gone: frozenset[int]

    def shown(self, files: Numbers) -> Numbers:
        """For each file the one that shows it."""
        if not self.shown_by:
            return files
        found = files.copy()
        for file in np.unique(files[np.isin(files, list(self.shown_by))]).tolist():
            found[files == file] = self.shown_by[file]
        return found

    def group(self, files: Iterable[int]) -> set[int]:
        """These files and all that they show or that show them."""
        tops = {self.shown_by.get(file, file) for file in files}
        return tops | {file for file, top in self.shown_by.items() if top in tops}


def standing() -> Standing:
    """As the tables say now."""
    rows = engine.rows("SELECT m.file, f.no FROM store_merged m JOIN store_casefile f ON f.id = m.into_id")
    into = dict(rows)
    shown_by = {}
    for file in into:
        above, seen = into[file], {file}
        while above in into and above not in seen:
            seen.add(above)
            above = into[above]
        if above not in seen:
            shown_by[file] = above
    gone = engine.rows(
        "SELECT DISTINCT d.file FROM store_keydestroyed d JOIN store_casefile f ON f.no = d.file"
        " WHERE d.compartment = 'identity' OR (f.about = 'unit' AND f.unit IS NULL)"
    )
    return Standing(shown_by, frozenset(row[0] for row in gone))


def whole(
    files: Collection[int],
    upto: int,
    people: People,
    units: Mapping[str, int],
    legal: Collection[str],
    facts: Facts,
) -> Iterator[int]:
    """Work these people out from their whole files, up to the entry numbered `upto`, telling how many
    are done. Files are those that show."""
    done = 0
    for chunk in engine.in_chunks(sorted(files), AT_ONCE):
        held = casefiles.by_numbers(chunk)
        casefiles.fill(held, unseal=UNSEALED_TO_PROJECT)
        every = [one for file in held for one in _with_merged(file)]
        seqs = {
            engine.uuid_of(i): seq
            for i, seq in engine.rows_for(
                "SELECT id, seq FROM store_entry WHERE file IN ({})", {one.no for one in every}
            )
            if seq <= upto
        }
        keys = people.of(np.array([file.no for file in held], np.int64)).tolist()
        for file, key in zip(held, keys, strict=True):
            pairs = _known(file, seqs)
            if pairs:
                facts.add(key, file.id, pairs, opened=_day(file.opened_ms), units=units, legal=legal)
        done += len(chunk)
        yield done


def _with_merged(file: Held) -> Iterator[Held]:
    yield file
    for other in file.joined:
        yield from _with_merged(other)


def _known(file: Held, seqs: Mapping[UUID, int]) -> list[tuple[Entry, int]]:
    """The entries that the file shows, its own and those of files merged into it now, as far as numbered."""
    found = [file, *file.merged]
    return [(e, seqs[e.id]) for one in found for e in one.entries if e.id in seqs]


def simple(new: Simple, people: People, facts: Facts) -> set[int]:
    """Work out the people of whom a few rows tell all; the files that have to be read whole after all,
    because something in them may be dated before the birth."""
    again: set[int] = set()
    homes = new.homes()
    first = dict(zip(new.files.tolist(), new.first_read.tolist(), strict=True))
    guard = provider()
    keys = dict(zip(new.files.tolist(), people.of(new.files).tolist(), strict=True)) if len(new.files) else {}
    for no, opened_ms, sex, sealed in _told(new.files.tolist()):
        year = shown(sealed, guard).birth_year
        if year is not None and first[no] <= _last_day(year):
            again.add(no)
            continue
        at = homes.get(no, [])
        person = keys[no]
        facts.homes += [(person, day, unit) for day, unit in at]
        unit = at[-1][1] if at else None
        facts.files.append((person, unit, sex or None, year, year, _day(opened_ms), False))
    return again


def _told(files: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """What lists show of these people."""
    sql = (
        "SELECT f.no, f.opened_ms, s.sex, p.sealed FROM store_casefile f"
        " LEFT JOIN store_casestatus s ON s.file = f.no LEFT JOIN store_person p ON p.file = f.no"
    )
    if len(files) < 50_000:
        yield from engine.rows_for(f"{sql} WHERE f.no IN ({{}})", files)
        return
    wanted = set(files)
    for row in engine.stream(f"{sql} WHERE f.no >= %s AND f.no <= %s", [min(files), max(files)]):
        if row[0] in wanted:
            yield row


def _last_day(year: int) -> int:
    return day_number(date(year, 12, 31))


def _day(ms: int) -> date:
    return clock.moment(ms).astimezone(CHINA).date()
