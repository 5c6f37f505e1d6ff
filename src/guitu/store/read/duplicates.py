"""Files that may be one and the same person: the same identity number in its old and new form, or the same
name, sex and birthday. Looked for under one unit, on request; nothing about it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from guitu.store import casefiles, engine
from guitu.store.names import normalised
from guitu.store.projections.compute import identity
from guitu.store.shown import shown
from guitu.store.units import Unit

Why = Literal["number", "name"]
MOST: Final = 100
"""Pairs shown at once."""
LOOKED_THROUGH: Final = 50_000
"""People whose names are compared: more than any county or centre has. Names are sealed, so each is
opened."""


@dataclass(frozen=True, slots=True)
class One:
    """One of a pair: the file's number, its case number, and the name."""

    no: int
    case_no: str
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files, the older first, and what is the same."""

    first: One
    second: One
    why: tuple[Why, ...]


@engine.house()
def pairs(unit: Unit) -> tuple[Pair, ...]:
    """The pairs under a unit, at most MOST, by their numbers."""
    found: dict[tuple[int, int], set[Why]] = {}
    for old, new in engine.rows(
        "SELECT o.file, p.file FROM store_oldnumber o JOIN store_person p ON p.id_blind = o.blind"
        f" JOIN store_casestatus s ON s.file = o.file AND s.{unit.column} = %s"
        f" JOIN store_casestatus t ON t.file = p.file AND t.{unit.column} = %s LIMIT {MOST}",
        [unit.no, unit.no],
    ):
        found.setdefault(_pair(old, new), set()).add("number")
    for pair in _alike(unit):
        found.setdefault(pair, set()).add("name")
    ordered = sorted(found)[:MOST]
    lines = _lines({no for pair in ordered for no in pair})
    return tuple(
        Pair(lines[a], lines[b], tuple(w for w in ("number", "name") if w in found[a, b]))
        for a, b in ordered
        if a in lines and b in lines
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (min(one, other), max(one, other))


def _alike(unit: Unit) -> list[tuple[int, int]]:
    """Those whose name, sex and year of birth are the same, and whose birthday proves to be."""
    groups: dict[tuple[str, str, int], list[int]] = {}
    for sealed, sex, file in engine.rows(
        "SELECT p.sealed, s.sex, s.file FROM store_casestatus s JOIN store_person p ON p.file = s.file"
        f" WHERE s.{unit.column} = %s LIMIT {LOOKED_THROUGH}",
        [unit.no],
    ):
        about = shown(sealed)
        if about.name and about.birth_year is not None:
            groups.setdefault((normalised(about.name), sex, about.birth_year), []).append(file)
    found = []
    for files in [some for some in groups.values() if len(some) > 1][:MOST]:
        births = _births(files)
        found += [
            _pair(a, b)
            for a, b in combinations(sorted(files), 2)
            if births.get(a) is not None and births.get(a) == births.get(b)
        ]
    return found


def _births(files: Sequence[int]) -> dict[int, object]:
    held = casefiles.by_numbers(files)
    casefiles.fill(held)
    return {h.no: identity(h.id, h.case_file.counted()).get("birth") for h in held}


def _lines(files: set[int]) -> dict[int, One]:
    return {
        no: One(no, case_no, shown(sealed).name)
        for no, case_no, sealed in engine.rows_for(
            "SELECT f.no, f.case_no, p.sealed FROM store_casefile f JOIN store_person p ON p.file = f.no"
            " WHERE f.no IN ({})",
            files,
        )
    }
