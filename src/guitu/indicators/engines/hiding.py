"""What must stay hidden on a board, worked out beforehand, so that a page need not.

`marks-….parquet` beside the figures holds the marks of every unit above the counties and those directly
below it, for every indicator and year (`indicators.shown`); what may be shown has no row. Every page needs
those of the units above its own, and they have the largest tables. One county, town or centre is worked out
in a quarter of a second, all of them together in minutes: they are left to the page. A tree of units in which
one has moved since is another question, and answered by the page too (`fits`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from guitu.indicators.board import Board
from guitu.indicators.disclosure import Mark
from guitu.indicators.engines.reading import engine
from guitu.indicators.indicator import Indicator
from guitu.indicators.periods import Place
from guitu.indicators.shown import Counted, Span, marks, of_people

FILE: Final = "marks-{made_ms}.parquet"
MANIFEST: Final = "marks.json"
AHEAD: Final = frozenset({"province", "prefecture"})
"""Levels whose own tables are worked out beforehand."""

Marks = Mapping[tuple[int, Span], Mark]
Progress = Callable[[int, int], None]

_ROWS: Final = """
SELECT indicator, year(period_from), unit, period_kind, period_from, coalesce(over, figure), under, n,
  CAST(CAST(json_extract(parts, '$."over.n"') AS DOUBLE) AS BIGINT)
FROM read_parquet($file)
WHERE list_contains($units, unit) AND unit BETWEEN $low AND $high AND list_contains($keys, indicator)
  AND dim = ''
ORDER BY 1, 2, unit, period_from, period_until
"""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The marks of a board that are there. `tree` says of which tree of units, up to the unit `upto`."""

    file: Path
    made_ms: int
    tree: str
    upto: int

    def fits(self, parents: Mapping[int, int | None]) -> bool:
        """Whether the units that stood in the tree then stand where they stood; new ones have no figures."""
        return self.tree == _tree({no: above for no, above in parents.items() if no <= self.upto})


def write(
    board: Board,
    places: Sequence[Place],
    versions: Mapping[str, Sequence[Indicator]],
    progress: Progress | None = None,
) -> int:
    """Work out the marks of a board and put them beside it; how many there are. Those of the board before
    stay for whoever is reading it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    indicators = {key: them[-1] for key, them in versions.items() if of_people(them[-1])}
    below: dict[int | None, list[int]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place.no)
    wholes = sorted((p for p in places if p.level in AHEAD), key=lambda p: (p.depth, p.no))
    known: dict[tuple[str, int, int], dict[Span, Mark]] = {}  # of a unit, as the table above it has them
    found: list[tuple[bool, int, str, int, int, str, date, str]] = []
    for n, place in enumerate(wholes, 1):
        children = below.get(place.no, [])
        for key, year, rows in _groups(board, list(indicators), (place.no, *children)):
            indicator = indicators[key]
            if progress is not None:  # the whole province alone takes seconds: say that it has begun
                progress(n - 1, len(wholes))
            if place.parent is None:
                own = marks(indicator, [row for row in rows if row.unit == place.no], place.no, ())
                found += _rows(True, place.no, key, year, own)
                known[key, year, place.no] = {span: mark for (_, span), mark in own.items()}
            given = known.pop((key, year, place.no), {})
            table = marks(indicator, rows, place.no, children, given=given)
            found += _rows(False, place.no, key, year, table)
            for (unit, span), mark in table.items():
                if unit != place.no:
                    known.setdefault((key, year, unit), {})[span] = mark
    if progress is not None:
        progress(len(wholes), len(wholes))
    columns = ("own", "whole", "indicator", "year", "unit", "kind", "first", "mark")
    across = list(zip(*found, strict=True)) if found else [()] * len(columns)
    types = (
        pa.bool_(), pa.int64(), pa.string(), pa.int32(), pa.int64(), pa.string(), pa.date32(), pa.string(),
    )  # fmt: skip
    table = pa.table({n: pa.array(v, t) for n, v, t in zip(columns, across, types, strict=True)})
    file = board.folder / FILE.format(made_ms=board.made_ms)
    pq.write_table(table.sort_by([("whole", "ascending"), ("indicator", "ascending")]), file)
    parents = {place.no: place.parent for place in places}
    told = {"made_ms": board.made_ms, "tree": _tree(parents), "upto": max(parents, default=0)}
    fresh = board.folder / f".{MANIFEST}"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    os.replace(fresh, board.folder / MANIFEST)
    old = sorted(board.folder.glob(FILE.format(made_ms="*")), key=lambda path: path.stat().st_mtime_ns)
    for path in old[:-2]:
        path.unlink(missing_ok=True)
    return len(found)


def of(board: Board) -> Hidden | None:
    """The marks of this board; None where none are worked out yet."""
    try:
        said = json.loads((board.folder / MANIFEST).read_text(encoding="utf-8"))
        file = board.folder / FILE.format(made_ms=board.made_ms)
        if said["made_ms"] != board.made_ms or not file.exists():
            return None
        return Hidden(file, board.made_ms, said["tree"], said["upto"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read(hidden: Hidden, key: str, whole: int, year: int, *, own: bool = False) -> Marks:
    """The marks of one table: of the unit `whole` and those below it over a year; or, `own`, of a unit that
    nothing stands above."""
    return _of_whole(hidden.file, whole).get((key, year, own), {})


@lru_cache(maxsize=64)
def _of_whole(file: Path, whole: int) -> Mapping[tuple[str, int, bool], Marks]:
    rows = engine().cursor().execute(
        'SELECT indicator, year, own, unit, kind, "first", mark FROM read_parquet($file) WHERE whole = $no',
        {"file": file.as_posix(), "no": whole},
    ).fetchall()  # fmt: skip
    found: dict[tuple[str, int, bool], dict[tuple[int, Span], Mark]] = {}
    for indicator, year, own, unit, kind, first, mark in rows:
        found.setdefault((indicator, year, own), {})[unit, (kind, first)] = mark
    return found


def _groups(
    board: Board, keys: list[str], units: tuple[int, ...]
) -> Iterable[tuple[str, int, list[Counted]]]:
    """The counts of these units by indicator and year."""
    rows = engine().cursor().execute(
        _ROWS,
        {
            "file": board.figures.as_posix(), "units": list(units), "low": min(units), "high": max(units),
            "keys": keys,
        },
    ).fetchall()  # fmt: skip
    here: tuple[str, int] | None = None
    group: list[Counted] = []
    for key, year, unit, kind, first, over, under, n, over_n in rows:
        if here != (key, year):
            if here is not None:
                yield *here, group
            here, group = (key, year), []
        whole = round(under) if under is not None else None
        group.append(Counted(unit, kind, first, round(over or 0), whole, n, over_n))
    if here is not None:
        yield *here, group


def _rows(
    own: bool, whole: int, key: str, year: int, table: Marks
) -> Iterable[tuple[bool, int, str, int, int, str, date, str]]:
    return ((own, whole, key, year, unit, kind, first, mark) for (unit, (kind, first)), mark in table.items())


def _tree(parents: Mapping[int, int | None]) -> str:
    said = ",".join(f"{no}:{above or ''}" for no, above in sorted(parents.items()))
    return hashlib.sha256(said.encode()).hexdigest()
