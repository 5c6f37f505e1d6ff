"""What a centre has set up in its own file: its zones, and the days and checklists of its assessments. No
person stands there; whoever works in the centre works by it, whatever else of the file they may read."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.casefile.kind import WORK
from guitu.centre import assessing, zones
from guitu.store import casefiles, engine
from guitu.store.apart import unit_file_id
from guitu.store.encoding import READ, entry_read
from guitu.store.units import Unit

KINDS: Final = ("zone_plan", "assessment_plan", VOID)

_kept: dict[int, tuple[bytes, tuple[Entry, ...]]] = {}
"""By the number of a unit's file: the end of its chain, and the entries of KINDS that count."""


@engine.house()
def entries(centre: Unit | None) -> tuple[Entry, ...]:
    """The entries of KINDS of the centre's own file that count, corrections and withdrawals settled."""
    if centre is None:
        return ()
    held = casefiles.by_ids([unit_file_id(centre.code)]).get(unit_file_id(centre.code))
    if held is None:
        return ()
    kept = _kept.get(held.no)
    if kept is not None and kept[0] == held.head:
        return kept[1]
    for _, compartment, cipher, wrapped in engine.rows_for(
        "SELECT file, compartment, cipher, wrapped FROM store_filekey WHERE file IN ({})", [held.no]
    ):
        if compartment == WORK:
            held.keys.known[compartment] = (cipher, bytes(wrapped))
    rows = engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE kind IN ({engine.marks(len(KINDS))}) AND file IN ({{}})"
        " ORDER BY n",
        [held.no],
        list(KINDS),
    )
    found = CaseFile(held.id, tuple(entry_read(row, held.id, held.keys) for row in rows)).counted()
    _kept[held.no] = (held.head, found)
    return found


def zone_plan(centre: Unit | None, on: date) -> zones.Plan:
    """The plan of the zones in force on a day."""
    return zones.plan_of(entries(centre), on)


def settings(centre: Unit | None, on: date) -> assessing.Settings:
    """The centre's own days and checklists for assessments, in force on a day."""
    return assessing.settings_of(entries(centre), on)
