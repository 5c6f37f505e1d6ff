"""The rows of some people, from the snapshot's tables: as plain arrays for the kernel, and as case files for
whoever is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final
from uuid import UUID

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.columns import PERSON
from guitu.casefile.file import VOID
from guitu.kernel.days import EPOCH
from guitu.pathway.sweep.kernel.layout import NONE
from guitu.pathway.sweep.model import Model

EMPTY: Final = 255
"""A choice left empty."""
BIRTH: Final = "birth"
_READ: Final = frozenset({"choice", "whole", "day"})
"""The types of fields that rules read; others say nothing to them."""
_1970: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the codes of a snapshot mean: kinds and choices; `kinds` are the declared ones."""

    codes: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Kind]


class Block:
    """All rows of some people, sorted by person and entry, of which those count that counted at `known_ms`
    (None: now). `people` are the keys, `starts` where the rows of each begin, `born` up to which day the
    legal entries of each lie before the birth."""

    def __init__(
        self,
        spine: pa.Table,
        fates: pa.Table | None,
        before_birth: pa.Table | None,
        meaning: Meaning,
        known_ms: int | None,
    ) -> None:
        self.meaning = meaning
        self.spine = spine.combine_chunks()
        self.person: NDArray[np.int64] = self.column("person")
        self.seq: NDArray[np.int64] = self.column("seq")
        self.day: NDArray[np.int32] = self.column("day")
        self.recorded: NDArray[np.int64] = self.column("recorded")
        self.high: NDArray[np.uint64] = self.column("id_hi")
        self.low: NDArray[np.uint64] = self.column("id_lo")
        self.kind: NDArray[np.uint16] = self.column("kind")
        edges = np.flatnonzero(np.diff(self.person)) + 1 if len(self.person) else np.empty(0, np.int64)
        first = np.concatenate([np.zeros(min(1, len(self.person)), np.int64), edges])
        self.people: NDArray[np.int64] = self.person[first]
        self.starts: NDArray[np.int64] = np.append(first, len(self.person)).astype(np.int64)
        self._names = {code: name for name, code in meaning.codes.items()}
        self._seen = 0, 0
        self._rows: dict[str, list[Any]] = {}
        self.known = np.ones(len(self.seq), np.bool_) if known_ms is None else self.recorded <= known_ms
        self.fates = fates if fates is not None and fates.num_rows else None
        self.counts = self._counts(self.fates, known_ms)
        self.born = self._born(before_birth)

    def column(self, name: str) -> NDArray[Any]:
        """A column without empty cells, of our own: the kernel is made once for arrays that may be written
        to, and would be made anew for others."""
        found: NDArray[Any] = np.array(self.spine[name].to_numpy())
        return found

    def filled(self, name: str, empty: int) -> NDArray[Any]:
        """A column with empty cells, and what stands in them."""
        column = self.spine[name]
        found: NDArray[Any] = (column.fill_null(empty) if column.null_count else column).to_numpy()
        return found

    def rows_of(self, person: NDArray[np.int64], seq: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of some entries by person and sequence number, -1 for those that are not here."""
        if not len(self.seq):
            return np.full(len(seq), -1, np.int64)
        order = np.argsort(self.seq, kind="stable")
        place = np.minimum(np.searchsorted(self.seq[order], seq), len(order) - 1)
        rows = order[place]
        return np.where((self.seq[rows] == seq) & (self.person[rows] == person), rows, -1)

    def _counts(self, fates: pa.Table | None, known_ms: int | None) -> NDArray[np.uint8]:
        """Which rows count: those recorded by then, but for the ones whose fate says otherwise."""
        counts = self.kind != self.meaning.codes.get(VOID, -1)
        if known_ms is not None:
            counts = counts & (self.recorded <= known_ms)
        if fates is not None:
            person, entry, at = (fates[name].to_numpy() for name in ("person", "entry_seq", "at_ms"))
            told = fates["counts"].to_numpy(zero_copy_only=False)
            keep = _newest(person, fates["set_seq"].to_numpy())
            if known_ms is not None:
                keep &= at <= known_ms
            person, entry, at, told = person[keep], entry[keep], at[keep], told[keep]
            rows = self.rows_of(person, entry)
            order = np.lexsort((at, rows))
            rows, told = rows[order], told[order]
            last = np.append(rows[1:] != rows[:-1], True) & (rows >= 0)
            counts[rows[last]] = told[last]
        found: NDArray[np.uint8] = counts.astype(np.uint8)
        return found

    def _born(self, before_birth: pa.Table | None) -> NDArray[np.int32]:
        born = np.full(len(self.people), NONE, np.int32)
        if before_birth is None or not before_birth.num_rows:
            return born
        keep = _newest(before_birth["person"].to_numpy(), before_birth["set_seq"].to_numpy())
        people = before_birth["person"].to_numpy()[keep]
        found = self.rows_of(people, before_birth["seq"].to_numpy()[keep])
        days = before_birth["day"].fill_null(NONE).to_numpy()[keep]
        best: dict[int, tuple[int, int, int, int]] = {}
        for person, row, day in zip(people.tolist(), found.tolist(), days.tolist(), strict=True):
            if row < 0 or not self.counts[row]:
                continue
            rank = (
                int(self.day[row]),
                int(self.recorded[row]),
                int(self.high[row]) << 64 | int(self.low[row]),
                day,
            )
            if person not in best or rank > best[person]:
                best[person] = rank
        for person, rank in best.items():
            born[np.searchsorted(self.people, person)] = rank[-1]
        return born

    @cached_property
    def answers(self) -> NDArray[np.int32]:
        """For an entry that answers another: the row that counts for that one (the last correction of it), or
        NONE where it was withdrawn; else -1; of one that is not there a number below that, the same for all
        that name it."""
        found = np.full(len(self.person), -1, np.int32)
        absent: dict[tuple[int, int, int], int] = {}
        counting: dict[int, int] = {}
        corrected = self._corrected
        for row in np.flatnonzero((corrected >= 0) & (self.counts == 1)).tolist():
            counting[self._first(row)] = row
        voids = np.flatnonzero((self.kind == self.meaning.codes.get(VOID, -1)) & self.known)
        voided = {self._first(row) for row in voids.tolist()}
        for name in self._answer_fields():
            high = self.spine[f"{name}_hi"]
            if high.null_count == len(high):
                continue
            rows = np.flatnonzero(high.is_valid().to_numpy(zero_copy_only=False))
            highs = high.fill_null(0).to_numpy()[rows]
            lows = self.spine[f"{name}_lo"].fill_null(0).to_numpy()[rows]
            place = np.searchsorted(self.people, self.person[rows])
            for row, who, hi, lo in zip(rows.tolist(), place.tolist(), highs, lows, strict=True):
                begin, end = self.starts[who], self.starts[who + 1]
                same = np.flatnonzero((self.high[begin:end] == hi) & (self.low[begin:end] == lo))
                if not len(same):
                    found[row] = -2 - absent.setdefault((who, int(hi), int(lo)), row)
                    continue
                named = int(begin + same[0])
                first = self._first(named)
                found[row] = first if self.counts[first] else counting.get(first, first)
                if first in voided and not self.counts[found[row]] and self.known[named]:
                    found[row] = NONE
        return found

    @cached_property
    def _corrected(self) -> NDArray[np.int64]:
        """The row that each row corrects, -1 where it corrects none that is here; the spine names what came
        before it, the fates what came after."""
        found = np.full(len(self.person), -1, np.int64)
        seqs = self.spine["corrects_seq"]
        if seqs.null_count < len(seqs):
            seq = seqs.fill_null(0).to_numpy()
            rows = np.flatnonzero((seq > 0) & self.known)
            found[rows] = self.rows_of(self.person[rows], seq[rows])
        if self.fates is not None:
            person, seq = self.fates["person"].to_numpy(), self.fates["corrects_seq"].fill_null(0).to_numpy()
            keep = _newest(person, self.fates["set_seq"].to_numpy()) & (seq > 0)
            rows = self.rows_of(person[keep], self.fates["entry_seq"].to_numpy()[keep])
            here = rows >= 0
            here[here] = self.known[rows[here]]
            found[rows[here]] = self.rows_of(person[keep][here], seq[keep][here])
        return found

    def _first(self, row: int) -> int:
        """The row that this one goes back to: the same for all its corrections."""
        seen = {row}
        while (before := int(self._corrected[row])) >= 0 and before not in seen:
            seen.add(row := before)
        return row

    def _answer_fields(self) -> list[str]:
        names = {kind.answers for kind in self.meaning.kinds.values() if kind.answers}
        return [name for name in sorted(names) if f"{name}_hi" in self.spine.column_names]

    # ── for the kernel ────────────────────────────────────────────────────────────────────────────

    def columns(self, model: Model) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]:
        """The fields that a model reads: choices, numbers, and where each field stands (below zero: among the
        numbers)."""
        rows = len(self.person)
        small: list[NDArray[np.uint8]] = []
        large: list[NDArray[np.int32]] = []
        place = np.zeros(max(1, len(model.fields)), np.int32)
        for number, name in enumerate(model.fields):
            if name in self.meaning.words and name in self.spine.column_names:
                place[number] = len(small)
                small.append(self.filled(name, EMPTY))
            else:
                place[number] = -1 - len(large)
                there = name in self.spine.column_names
                large.append(self.filled(name, NONE) if there else np.full(rows, NONE, np.int32))
        return (
            np.stack(small) if small else np.empty((0, rows), np.uint8),
            np.stack(large) if large else np.empty((0, rows), np.int32),
            place,
        )

    # ── for `assess` ──────────────────────────────────────────────────────────────────────────────

    def case_file(self, place: int, ahead: int = 0) -> tuple[CaseFile, dict[UUID, int]]:
        """One person's file, of the entries that count, with the sequence number of each by its id. Of what
        rules do not read nothing is there; of the birth only as much as its finding needs. `ahead` says how
        many rows will be asked for after these, for whoever asks for one person after another."""
        low, high = int(self.starts[place]), int(self.starts[place + 1])
        if not (self._seen[0] <= low and high <= self._seen[1]):
            self._seen = low, max(high, min(low + ahead, len(self.person)))
            self._rows = self.spine.slice(low, self._seen[1] - low).to_pydict()
        file = UUID(int=int(self.people[place]))
        seqs: dict[UUID, int] = {}
        entries = []
        for row in range(low, high):
            kind = self._names[int(self.kind[row])]
            if self.counts[row] and kind != PERSON:
                entry = self._entry(row - self._seen[0], self.meaning.kinds[kind], file, self.answers[row])
                seqs[entry.id] = int(self.seq[row])
                entries.append(entry)
                if self.answers[row] == NONE:
                    entries += _withdrawn(entry, self.meaning.kinds[kind])
        if self.born[place] != NONE:
            born = date.fromordinal(int(self.born[place]) + 1 + EPOCH)
            entries.append(
                Entry(
                    id=UUID(int=0), file=file, kind=PERSON, happened_on=born, recorded_at=_1970,
                    fields={BIRTH: born},
                )
            )  # fmt: skip
        return CaseFile(file, tuple(entries)), seqs

    def _entry(self, row: int, kind: Kind, file: UUID, answers: int) -> Entry:
        """An entry from the rows in hand; one that answers another names what counts for that one."""
        rows = self._rows
        fields: dict[str, Any] = {}
        for ask in kind.fields:
            if ask.name == kind.answers:
                high, low = (rows.get(f"{ask.name}_{half}") for half in ("hi", "lo"))
                if answers >= 0:
                    fields[ask.name] = str(UUID(int=int(self.high[answers]) << 64 | int(self.low[answers])))
                elif high is not None and low is not None and high[row] is not None and low[row] is not None:
                    fields[ask.name] = str(UUID(int=high[row] << 64 | low[row]))
                continue
            column = rows.get(ask.name)
            value = column[row] if column is not None and ask.type in _READ else None
            if value is None:
                continue
            if ask.type == "choice":
                value = self.meaning.words[ask.name][value]
            elif ask.type == "day":
                value = date.fromordinal(value + EPOCH)
            fields[ask.name] = value
        return Entry(
            id=UUID(int=rows["id_hi"][row] << 64 | rows["id_lo"][row]),
            file=file,
            kind=kind.name,
            happened_on=date.fromordinal(rows["day"][row] + EPOCH),
            recorded_at=_1970 + timedelta(milliseconds=rows["recorded"][row]),
            version=rows["version"][row],
            fields=fields,
        )


def _withdrawn(entry: Entry, kind: Kind) -> tuple[Entry, Entry]:
    """What this one names, as something that was there and was withdrawn."""
    named = replace(entry, id=UUID(str(entry.fields[kind.answers])), fields={})
    return named, replace(named, id=UUID(int=named.id.int ^ 1 << 127), kind=VOID, corrects=named.id)


def _newest(person: NDArray[np.int64], set_seq: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The rows with the largest set number of each person."""
    people, place = np.unique(person, return_inverse=True)
    newest = np.zeros(len(people), np.int64)
    np.maximum.at(newest, place, set_seq)
    found: NDArray[np.bool_] = newest[place] == set_seq
    return found
