"""What was printed, put down as it was printed: the figures of the targets file in the files of the units
they are about, so that the scoreboard shows them beside what is counted from the records."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Final

from guitu.indicators.targets import Targets
from guitu.simulate.targets.unitwork import Made
from guitu.store.levels.scoreboard import PRINTED, fields_of

_ROLES: Final[Mapping[int, str]] = {2: "provincial_supervisor", 6: "county_supervisor"}
"""Who records it, by the length of the unit's code."""


def printed(targets: Targets, units: Container[str], day: date) -> list[Made]:
    """The printed figures as entries, in the order of the file."""
    found = []
    for target in targets.figures:
        code = next((code for code in target.codes if code in units), None)
        if code is not None:
            role = _ROLES.get(len(code), "county_supervisor")
            found.append(Made(PRINTED, day, code, role, fields_of(target, "")))
    return found
