"""Where units lie, as they recorded it in their own files. A unit that has not said so lies where the nearest
unit above it does; one of which no unit above has said so lies nowhere known."""

from __future__ import annotations

from collections.abc import Iterable

from guitu.home.geography import Point
from guitu.store import engine, excerpts
from guitu.store.units import Unit, tree

KIND = "unit_position"


@engine.house()
def points(units: Iterable[Unit]) -> dict[str, Point]:
    """By code. Where an office stands is no secret: it is read whoever asks."""
    wanted = list(units)
    by_no = tree().by_no
    every = {no: by_no[no] for unit in wanted for no in unit.at if no is not None}
    said = {
        code: Point(float(str(entries[-1].get("lat"))), float(str(entries[-1].get("lon"))))
        for code, entries in excerpts.of_units(every.values(), {KIND}).items()
        if entries
    }
    found: dict[str, Point] = {}
    for unit in wanted:
        near = next((said[code] for code in reversed(unit.path) if code in said), None)
        if near is not None:
            found[unit.code] = near
    return found
