"""Of many units' own files the entries of a few kinds, by the units' codes, with their corrections settled.

What an office above decided for a unit, or asks of it, stands in the file of that office, which those below
do not read. Of it they are shown exactly what is theirs to do: it names nobody (as `store.home.guidance`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from guitu.casefile.traced import Traced
from guitu.store import engine, excerpts
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

NOTHING: Final = Traced(())


@engine.house()
def traced(units: Iterable[Unit], kinds: Collection[str]) -> dict[str, Traced]:
    """The files of these units that hold anything of these kinds, opened, by code."""
    codes = {file_of(unit.code): unit.code for unit in units}
    found = {}
    for file, one in excerpts.of_ids(codes, kinds, unseal=excerpts.EVERY).items():
        if one.case_file.entries:
            key = ("traced", frozenset(kinds))
            made = one.worked_out.get(key)
            if made is None:
                made = one.worked_out[key] = Traced(one.case_file.entries)
            found[codes[file]] = made
    return found


def of_one(unit: Unit, kinds: Collection[str]) -> Traced:
    """The same of one unit; of one without any, one that is empty."""
    return traced([unit], kinds).get(unit.code, NOTHING)


def above(unit: Unit) -> list[Unit]:
    """The units above one, from the province down, itself left out."""
    return tree().ancestors(unit)[:-1]
