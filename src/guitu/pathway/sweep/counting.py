"""How many, from the answers of a sweep: people by measure and state, duties by state, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from guitu.pathway.sweep.swept import Swept

STANDING: Final = ("open", "overdue")


@dataclass(slots=True)
class Counts:
    """People by measure and state ("" without any measure), duties that stand by name and state, people by
    finding, and how many rest on something that no rule decides."""

    people: int = 0
    status: Counter[tuple[str, str]] = field(default_factory=Counter)
    duties: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    not_covered: int = 0
    provisional: int = 0

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "people": self.people,
            "status": [
                {"measure": m or None, "state": s or None, "people": n}
                for (m, s), n in sorted(self.status.items())
            ],
            "duties": [{"duty": d, "state": s, "n": n} for (d, s), n in sorted(self.duties.items())],
            "findings": [{"finding": f, "people": n} for f, n in sorted(self.findings.items())],
            "not_covered": self.not_covered,
            "provisional": self.provisional,
        }


def count(swept: Swept, units: Collection[int] | None = None) -> Counts:
    """Count everybody, or those whose file is in one of these units."""
    found = Counts()
    chosen = None if units is None else pa.array(sorted(units), pa.int32())
    for part in swept.each("status", ["unit", "measure", "state", "provisional"]):
        part = of_units(part, chosen)
        found.people += part.num_rows
        found.provisional += pc.sum(part["provisional"].cast(pa.int64())).as_py() or 0
        _tally(found.status, part, "measure", "state")
    for part in swept.each("duties", ["unit", "name", "state"]):
        part = of_units(part, chosen)
        _tally(found.duties, part.filter(_in(part["state"], STANDING)), "name", "state")
    for part in swept.each("findings", ["person", "unit", "name"]):
        part = of_units(part, chosen)
        for (name,), n in _grouped(part, "name", distinct="person"):
            found.findings[name] += n
    for part in swept.each("notcovered", ["person", "unit"]):
        found.not_covered += len(pc.unique(of_units(part, chosen)["person"]))
    return found


def of_units(part: pa.Table, units: pa.Array | None) -> pa.Table:
    """The rows of people whose file is in one of the units; all without any given."""
    return part if units is None else part.filter(pc.is_in(part["unit"], value_set=units))


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Words as text."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _in(column: pa.ChunkedArray, words: tuple[str, ...]) -> pa.ChunkedArray:
    return pc.is_in(as_text(column), value_set=pa.array(words))


def _tally(into: Counter[tuple[str, str]], part: pa.Table, first: str, second: str) -> None:
    for (one, other), n in _grouped(part, first, second):
        into[one or "", other or ""] += n


def _grouped(part: pa.Table, *by: str, distinct: str = "") -> list[tuple[tuple[Any, ...], int]]:
    texts = {name: as_text(part[name]) for name in by}
    if distinct:
        texts[distinct] = part[distinct]
        counted = pa.table(texts).group_by(list(by)).aggregate([(distinct, "count_distinct")])
        number = f"{distinct}_count_distinct"
    else:
        counted = pa.table(texts).group_by(list(by)).aggregate([([], "count_all")])
        number = "count_all"
    return [(tuple(row[name] for name in by), row[number]) for row in counted.to_pylist()]
