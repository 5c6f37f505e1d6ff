"""What a centre has set up in its own file: its zones, and the days and checklists of its assessments. No
person stands there; whoever works in the centre works by it, whatever else of the file they may read."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre import assessing, zones
from guitu.store import engine, excerpts
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit

KINDS: Final = ("zone_plan", "assessment_plan")


@engine.house()
def entries(centre: Unit | None) -> tuple[Entry, ...]:
    """The entries of KINDS of the centre's own file that count, corrections and withdrawals settled."""
    if centre is None:
        return ()
    found = excerpts.of_file(unit_file_id(centre.code), KINDS, unseal=KINDS)
    return found.counted if found else ()


def zone_plan(centre: Unit | None, on: date) -> zones.Plan:
    """The plan of the zones in force on a day."""
    return zones.plan_of(entries(centre), on)


def settings(centre: Unit | None, on: date) -> assessing.Settings:
    """The centre's own days and checklists for assessments, in force on a day."""
    return assessing.settings_of(entries(centre), on)
