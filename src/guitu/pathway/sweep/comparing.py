"""Two sweeps of the same people side by side: whom a draft law would affect, and how."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guitu.pathway.sweep.counting import Counts, as_text, count, of_units
from guitu.pathway.sweep.swept import Swept

ASPECTS: Final = ("measure", "state", "ends_on", "duties", "findings", "notcovered")
_COLUMNS: Final = {
    "duties": ("order_seq", "name", "owed_by", "state", "opens_on", "due", "done_on"),
    "findings": ("order_seq", "name", "since", "rights"),
    "notcovered": ("rule",),
}
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
Numbers = NDArray[Any]


@dataclass(slots=True)
class Changes:
    """Who is answered otherwise: keys of people by what changed, and in all; the counts before and after."""

    people: int = 0
    by_aspect: dict[str, Numbers] = field(default_factory=dict)
    affected: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    ends: Counter[str] = field(default_factory=Counter)
    before: Counts = field(default_factory=Counts)
    after: Counts = field(default_factory=Counts)

    def data(self) -> dict[str, Any]:
        """As JSON, without keys."""
        return {
            "people": self.people,
            "affected": len(self.affected),
            "by": {name: len(keys) for name, keys in self.by_aspect.items()},
            "ends_on": dict(self.ends),
            "before": self.before.data(),
            "after": self.after.data(),
        }


def compare(before: Swept, after: Swept, units: Collection[int] | None = None) -> Changes:
    """What differs between two sweeps of one snapshot, on one day; of everybody, or of some units' files."""
    chosen = None if units is None else pa.array(sorted(units), pa.int32())
    first, second = _status(before, chosen), _status(after, chosen)
    people = first["person"]
    found = Changes(people=len(people), before=count(before, units), after=count(after, units))
    for name in ("measure", "state", "ends_on"):
        found.by_aspect[name] = people[first[name] != second[name]]
    for name in _COLUMNS:
        one, other = _digests(before, name, people, chosen), _digests(after, name, people, chosen)
        found.by_aspect[name] = people[one != other]
    found.affected = np.unique(np.concatenate(list(found.by_aspect.values())))
    moved = first["ends_on"] != second["ends_on"]
    was, now = first["ends_on"][moved], second["ends_on"][moved]
    found.ends = Counter(
        {
            "earlier": int(((now < was) & (now != _EMPTY) & (was != _EMPTY)).sum()),
            "later": int(((now > was) & (now != _EMPTY) & (was != _EMPTY)).sum()),
            "appears": int((was == _EMPTY).sum()),
            "disappears": int((now == _EMPTY).sum()),
        }
    )
    return found


_EMPTY: Final = -(2**62)


def _status(swept: Swept, units: pa.Array | None) -> dict[str, Numbers]:
    """The columns of everybody, by person, words as numbers."""
    parts = [
        {
            "person": part["person"].to_numpy(),
            **{name: _numbers(part[name]) for name in ("measure", "state", "ends_on")},
        }
        for part in (
            of_units(one, units)
            for one in swept.each("status", ["person", "unit", "measure", "state", "ends_on"])
        )
    ]
    if not parts:
        return {name: np.zeros(0, np.int64) for name in ("person", "measure", "state", "ends_on")}
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(whole["person"], kind="stable")
    return {name: column[order] for name, column in whole.items()}


def _numbers(column: pa.ChunkedArray) -> Numbers:
    """A column as whole numbers that mean the same in every table: words by a digest, nothing as _EMPTY."""
    if pa.types.is_dictionary(column.type):
        texts = as_text(column).combine_chunks().dictionary_encode()
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.combine_chunks()
        known = np.array([zlib.crc32(word.as_py().encode()) for word in texts.dictionary] or [0], np.int64)
        codes = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return np.where(codes < 0, _EMPTY, known[np.maximum(codes, 0)])
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    found: Numbers = column.cast(pa.int64()).fill_null(_EMPTY).to_numpy()
    return found


def _digests(swept: Swept, table: str, people: Numbers, units: pa.Array | None) -> Numbers:
    """For each person the sum of a digest of each of their rows: the order of rows says nothing."""
    sums = np.zeros(len(people), np.uint64)
    for part in swept.each(table, ["person", "unit", *_COLUMNS[table]]):
        part = of_units(part, units)
        if not part.num_rows:
            continue
        row = np.full(part.num_rows, _MIX, np.uint64)
        for name in _COLUMNS[table]:
            row ^= _numbers(part[name]).astype(np.uint64)
            row *= _MIX
            row ^= row >> np.uint64(29)
        np.add.at(sums, np.searchsorted(people, part["person"].to_numpy()), row)
    return sums
