"""Files that may be one and the same person: the same identity number in its old and new form, or the same
name, sex and birthday. Looked for under one unit, on request; nothing about it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from guitu.store import casefiles, engine
from guitu.store.projections.compute import identity
from guitu.store.units import Unit

Why = Literal["number", "name"]
MOST: Final = 100
"""Pairs shown at once."""


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
    for name, sex, year, file in engine.rows(
        "SELECT p.name, s.sex, s.birth_year, s.file FROM store_casestatus s"
        " JOIN store_person p ON p.file = s.file JOIN ("
        " SELECT q.name, t.sex, t.birth_year FROM store_casestatus t JOIN store_person q ON q.file = t.file"
        f" WHERE t.{unit.column} = %s AND q.name <> '' AND t.birth_year IS NOT NULL"
        f" GROUP BY q.name, t.sex, t.birth_year HAVING count(*) > 1 LIMIT {MOST}) g"
        " ON g.name = p.name AND g.sex = s.sex AND g.birth_year = s.birth_year"
        f" WHERE s.{unit.column} = %s",
        [unit.no, unit.no],
    ):
        groups.setdefault((name, sex, year), []).append(file)
    found = []
    for files in groups.values():
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
        no: One(no, case_no, name)
        for no, case_no, name in engine.rows_for(
            "SELECT f.no, f.case_no, p.name FROM store_casefile f JOIN store_person p ON p.file = f.no"
            " WHERE f.no IN ({})",
            files,
        )
    }
