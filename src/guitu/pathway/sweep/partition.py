"""Everybody of one part of the snapshot, assessed: a function of Arrow tables, the same wherever it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guitu.kernel.days import day_number
from guitu.pathway.assess import assess
from guitu.pathway.sweep import answers, tables
from guitu.pathway.sweep.block import Block
from guitu.pathway.sweep.kernel import layout as at
from guitu.pathway.sweep.law import Law, Under

AHEAD: Final = 20_000
"""Rows that are read at once where everybody is assessed one after another."""
NOWHERE: Final = -1
"""The unit of a file that nobody answers for."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some people, whole: everything the snapshot has about each of them. `regions` gives the
    province (two digits, or nothing) of each unit number that stands at the top of a path."""

    spine: pa.Table
    fates: pa.Table | None
    before_birth: pa.Table | None
    files: pa.Table
    regions: dict[int, str]


@dataclass(slots=True)
class Tally:
    """How it went: people in all, those handed over to `assess` by reason, and how often each rule word did
    something in the kernel."""

    people: int = 0
    rows: int = 0
    handed_over: dict[int, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    @property
    def by_hand(self) -> int:
        """How many people were handed over."""
        return sum(self.handed_over.values())

    def add(self, other: Tally) -> None:
        """Count another part's in."""
        self.people += other.people
        self.rows += other.rows
        for why, number in other.handed_over.items():
            self.handed_over[why] = self.handed_over.get(why, 0) + number
        for word, number in other.used.items():
            self.used[word] = self.used.get(word, 0) + number


def sweep_batch(
    part: Part, law: Law, on: date, known_ms: int | None = None, *, by_hand: bool = False
) -> tuple[dict[str, pa.Table], Tally]:
    """Assess everybody in a part on a day, by the entries known at a moment: the five tables
    (`tables.SCHEMAS`), and how it went. With `by_hand` nobody is left to the kernel."""
    block = Block(part.spine, part.fates, part.before_birth, law.meaning(), known_ms)
    units, regions = _homes(block, part)
    tally = Tally(people=len(block.people), rows=len(block.person))
    found: dict[str, list[pa.Table]] = {name: [] for name in tables.SCHEMAS}
    fault = np.zeros(len(block.people), np.uint8)
    if by_hand:
        fault[:] = at.FAULT_ODD
    for region in sorted(set(regions)):
        here = np.array([n for n, one in enumerate(regions) if one == region], np.int32)
        if by_hand or not len(here):
            continue
        under = law.under(region)
        made, used = answers.of_people(block, under, units, here, day_number(on), fault)
        for name, table in made.items():
            found[name].append(table)
        for word, number in zip(at.WORDS, used.tolist(), strict=True):
            if word:
                tally.used[word] = tally.used.get(word, 0) + number
    handed = np.flatnonzero(fault)
    if len(handed):
        rows = tables.no_rows()
        for place in handed.tolist():
            _by_hand(block, law.under(regions[place]), place, units, on, rows, AHEAD if by_hand else 0)
            why = int(fault[place])
            tally.handed_over[why] = tally.handed_over.get(why, 0) + 1
        for name in found:
            found[name].append(tables.of_rows(name, rows[name], law.under("").words))
    return {name: _together(name, some) for name, some in found.items()}, tally


def _by_hand(
    block: Block,
    under: Under,
    place: int,
    units: NDArray[np.int32],
    on: date,
    rows: tables.Rows,
    ahead: int,
) -> None:
    """One person by `assess` itself, from the same rows."""
    file, seqs = block.case_file(place, ahead)
    answer = assess(file, under.model.policy, on)
    unit = int(units[place])
    tables.add(rows, int(block.people[place]), None if unit == NOWHERE else unit, answer, seqs)


def _homes(block: Block, part: Part) -> tuple[NDArray[np.int32], list[str]]:
    """The unit of each person's file, and the province whose rules apply there."""
    units = np.full(len(block.people), NOWHERE, np.int32)
    tops = np.full(len(block.people), NOWHERE, np.int32)
    if part.files.num_rows and len(block.people):
        people = part.files["person"].to_numpy()
        place = np.searchsorted(block.people, people)
        place[place == len(block.people)] = 0
        there = block.people[place] == people
        for column, into in (("unit", units), ("at1", tops)):
            into[place[there]] = part.files[column].fill_null(NOWHERE).to_numpy()[there]
    names = {int(top): part.regions.get(int(top), "") for top in np.unique(tops)}
    return units, [names[top] for top in tops.tolist()]


def _together(name: str, some: list[pa.Table]) -> pa.Table:
    """One table of several, by person."""
    some = [one for one in some if one.num_rows]
    if not some:
        return tables.SCHEMAS[name].empty_table()
    if len(some) == 1:
        return some[0]
    whole = pa.concat_tables(some).unify_dictionaries().combine_chunks()
    return whole.take(pa.array(np.argsort(whole["person"].to_numpy(), kind="stable")))


def regions_of(units: pa.Table) -> dict[int, str]:
    """The province of each unit that stands at the top of a path: two digits, or nothing."""
    found: dict[int, str] = {}
    for row in _tops(units):
        code = str(row["code"])[:2]
        found[int(row["unit"])] = code if code.isdigit() else ""
    return found


def _tops(units: pa.Table) -> list[dict[str, Any]]:
    named = units.select(["unit", "code", "at1"]).to_pylist()
    return [row for row in named if row["at1"] == row["unit"]]
