"""What a run has to work out beside the rows: for whom, and for most people from a few rows of theirs
alone.

Most files hold nothing that corrects, withdraws, seals or merges, and one entry about the person: what
the snapshot says of them follows from the first entry and from those that name who answers. Everybody
else is worked out from the whole file, by the same functions that everything else uses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
import pyarrow as pa

from guitu.casefile import records
from guitu.casefile.columns import PERSON
from guitu.casefile.file import VOID
from guitu.store.placing import PLACED_BY, PLACING, SENT, homes
from guitu.store.snapshot import arrow

Numbers = np.ndarray[Any, Any]
ALWAYS: Final = frozenset({VOID, *records.TELLING, records.UNSEALED})
"""Kinds that make the whole file be read."""
_EPOCH: Final = date(1970, 1, 1)


@dataclass(slots=True)
class Known:
    """What the snapshot knows already of each person, by key, in the order of the keys."""

    persons: Numbers
    latest_birth: Numbers
    hidden: Numbers
    since: Numbers
    """The day of the first entry that counts; after any day where there is none."""

    @classmethod
    def of(cls, files: pa.Table | None, of_homes: pa.Table | None) -> Known:
        """From the tables `files` and `homes`."""
        if files is None or not files.num_rows:
            none = np.zeros(0, np.int64)
            return cls(none, none, none.astype(bool), none)
        persons = arrow.plain(files.column("person"))
        births = files.column("latest_birth").combine_chunks().fill_null(-32768)
        since = np.full(len(persons), 2**31 - 1, np.int64)
        if of_homes is not None and of_homes.num_rows:
            whose, first = np.unique(arrow.plain(of_homes.column("person")), return_index=True)
            place = np.searchsorted(persons, whose)
            place[place == len(persons)] = 0
            right = persons[place] == whose
            since[place[right]] = arrow.plain(of_homes.column("from_day"))[first][right]
        hidden = arrow.plain(files.column("hidden"))
        return cls(persons, arrow.plain(births), hidden, since)

    def place(self, persons: Numbers) -> tuple[Numbers, Numbers]:
        """Where these people stand, and which of them do."""
        if not len(self.persons):
            return np.zeros(len(persons), np.int64), np.zeros(len(persons), bool)
        place = np.searchsorted(self.persons, persons)
        place[place == len(self.persons)] = 0
        return place, self.persons[place] == persons


@dataclass(slots=True)
class Chunk:
    """Some entries of people's files: the number of the file that shows them, the person's key, and what
    stands of each. `kind` are codes of `words`, `named` the number of the unit that an entry names, -1
    for none."""

    file: Numbers
    person: Numbers
    day: Numbers
    recorded: Numbers
    hi: Numbers
    lo: Numbers
    at: Numbers
    corrects: Numbers
    kind: Numbers
    words: list[str]
    named: Numbers

    def only(self, rows: Numbers) -> Chunk:
        """Some of these entries."""
        return Chunk(
            self.file[rows], self.person[rows], self.day[rows], self.recorded[rows], self.hi[rows],
            self.lo[rows], self.at[rows], self.corrects[rows], self.kind[rows], self.words, self.named[rows],
        )  # fmt: skip

    def of(self, kinds: frozenset[str]) -> Numbers:
        """Which entries are of these kinds."""
        return np.isin(self.kind, [n for n, word in enumerate(self.words) if word in kinds])


@dataclass(slots=True)
class Gathered:
    """What a run's chunks say. `legal` are the kinds that an assessment reads."""

    known: Known
    legal: frozenset[str]
    whole: set[int] = field(default_factory=set)
    """Files that have to be read whole."""
    _new: list[Numbers] = field(default_factory=list)
    _first: list[Numbers] = field(default_factory=list)
    _placed: list[Numbers] = field(default_factory=list)
    _told: list[Numbers] = field(default_factory=list)
    _legal: list[Numbers] = field(default_factory=list)

    def add(self, chunk: Chunk) -> None:
        """Take in a chunk."""
        place, there = self.known.place(chunk.person)
        always = chunk.corrects | chunk.of(ALWAYS)
        legal = chunk.of(self.legal)
        if there.any():
            births, since, hidden = self.known.latest_birth, self.known.since, self.known.hidden
            years = chunk.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
            moving = chunk.of(PLACING | {PERSON})
            moving |= chunk.day <= since[place]
            moving |= legal & (years <= births[place])
            moving |= hidden[place] & chunk.of(records.WAKES)
            always = np.where(there, always | moving, always)
        self.whole.update(np.unique(chunk.file[always]).tolist())
        new = ~there
        if new.any():
            self._take(chunk, new, legal)

    def _take(self, chunk: Chunk, new: Numbers, legal: Numbers) -> None:
        """What is needed of people who are new."""
        files = chunk.file[new]
        order = np.argsort(files, kind="stable")
        sorted_files = files[order]
        starts = np.flatnonzero(np.r_[True, sorted_files[1:] != sorted_files[:-1]])
        self._new.append(sorted_files[starts])
        days = chunk.day[new][order]
        earliest = np.repeat(np.minimum.reduceat(days, starts), np.diff(np.r_[starts, len(days)]))
        rows = np.flatnonzero(new)[order][days == earliest]
        self._first.append(_rows(chunk, rows, np.full(len(rows), -2), chunk.at[rows]))
        placing = np.flatnonzero(new & chunk.of(PLACING))
        codes = np.array([_code(word) for word in chunk.words], np.int64)
        if len(placing):
            self._placed.append(_rows(chunk, placing, codes[chunk.kind[placing]], chunk.named[placing]))
        self._told.append(chunk.file[new & chunk.of(frozenset({PERSON}))])
        read = np.flatnonzero(new & legal)
        if len(read):
            self._legal.append(np.stack([chunk.file[read], chunk.day[read]]))

    def simple(self) -> Simple:
        """The new people who need not be read whole."""
        new = np.unique(_joined(self._new))
        told, often = np.unique(_joined(self._told), return_counts=True)
        self.whole.update(told[often > 1].tolist())
        files = new[~np.isin(new, np.fromiter(self.whole, np.int64, len(self.whole)))]
        legal = np.concatenate(self._legal, axis=1) if self._legal else np.zeros((2, 0), np.int64)
        first_read = np.full(len(files), 2**31 - 1, np.int64)
        if len(files) and legal.shape[1]:
            place = np.searchsorted(files, legal[0])
            place[place == len(files)] = 0
            mine = files[place] == legal[0]
            np.minimum.at(first_read, place[mine], legal[1][mine])
        return Simple(files, first_read, _ordered(self._first, files), _ordered(self._placed, files))


@dataclass(slots=True)
class Simple:
    """New people of whom a few rows tell all: their files, the first day of an entry that an assessment
    reads, and the rows that say who answers."""

    files: Numbers
    first_read: Numbers
    _first: Numbers
    _placed: Numbers

    def homes(self) -> Mapping[int, list[tuple[int, int | None]]]:
        """Who answered from which day on, by file."""
        firsts: dict[int, tuple[int, ...]] = {}
        for row in self._first.tolist():
            firsts.setdefault(row[0], tuple(row[1:]))
        found: dict[int, list[tuple[int, int | None]]] = {}
        placed = {
            file: [tuple(row[1:]) for row in rows]
            for file, rows in groupby(self._placed.tolist(), key=itemgetter(0))
        }
        for file, first in firsts.items():
            rows = placed.get(file, [])
            moves = [] if rows and rows[0][:4] == first[:4] else [(first[0], first[5], "", None)]
            for day, *_, kind, wrote, named in rows:
                moves.append((day, wrote, _KINDS[kind], named if named >= 0 else None))
            days = dict(homes(_moved(moves)))
            found[file] = [((day - _EPOCH).days, unit) for day, unit in days.items()]
        return found


_KINDS: Final = (*PLACED_BY, SENT, *sorted(PLACING - {*PLACED_BY, SENT}))


def _code(word: str) -> int:
    return _KINDS.index(word) if word in _KINDS else -1


def _moved(moves: list[Any]) -> Any:
    for day, wrote, kind, named in moves:
        yield _EPOCH + timedelta(days=day), wrote if wrote >= 0 else None, kind, named


def _rows(chunk: Chunk, rows: Numbers, kinds: Numbers, units: Numbers) -> Numbers:
    """file, day, recorded, id (both halves, in order as signed numbers), kind, office, unit named."""
    sign = np.uint64(1 << 63)
    return np.stack(
        [
            chunk.file[rows], chunk.day[rows], chunk.recorded[rows],
            (chunk.hi[rows] ^ sign).view(np.int64), (chunk.lo[rows] ^ sign).view(np.int64),
            kinds.astype(np.int64), chunk.at[rows].astype(np.int64), units.astype(np.int64),
        ]
    )  # fmt: skip


def _ordered(pieces: list[Numbers], files: Numbers) -> Numbers:
    """The rows of these files by file, then as they count; one row a line."""
    if not pieces:
        return np.zeros((0, 8), np.int64)
    rows = np.concatenate(pieces, axis=1)
    rows = rows[:, np.isin(rows[0], files)]
    return rows[:, np.lexsort(rows[4::-1])].T


def _joined(pieces: list[Numbers]) -> Numbers:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def named_units(kind: Numbers, words: list[str], bodies: pa.Array, units: Mapping[str, int]) -> Numbers:
    """The number of the unit that each entry names, if it is of a kind that says who answers; else -1."""
    found = np.full(len(kind), -1, np.int64)
    for code, word in enumerate(words):
        field_name = "to_unit" if word == SENT else PLACED_BY.get(word)
        if field_name is None:
            continue
        rows = np.flatnonzero(kind == code)
        if not len(rows):
            continue
        texts = bodies.take(pa.array(rows)).dictionary_encode()
        numbers = np.array(
            [
                units.get(str(json.loads(text).get(field_name) or ""), -1)
                for text in texts.dictionary.to_pylist()
            ],
            np.int64,
        )
        found[rows] = numbers[arrow.plain(texts.indices)]
    return found
