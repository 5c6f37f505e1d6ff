"""What came after a pack was counted and belongs to its period: late records, corrections, withdrawals, of
the people and units of an area. Counts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guitu.casefile.file import VOID
from guitu.store import engine
from guitu.store.packs import KINDS
from guitu.store.units import Unit


@dataclass(frozen=True, slots=True)
class Since:
    """Entries stored after a number that happened by a day, by kind: new ones; corrections and withdrawals by
    the kind of what they correct or withdraw."""

    late: Mapping[str, int] = field(default_factory=dict)
    corrected: Mapping[str, int] = field(default_factory=dict)
    withdrawn: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(sum(part.values()) for part in (self.late, self.corrected, self.withdrawn))


@engine.house()
def since(unit: Unit, seq: int, last: date) -> Since:
    """What came after entry `seq` about people whom the unit's area answers for, or into unit files from
    there, and had happened by `last`. The caller has asked access."""
    late: dict[str, int] = {}
    corrected: dict[str, int] = {}
    withdrawn: dict[str, int] = {}
    for kind, target, n in [*_of_people(unit, seq, last), *_of_units(unit, seq, last)]:
        if kind in KINDS or target in KINDS:
            continue
        into, name = (
            (late, kind) if target is None else (withdrawn, target) if kind == VOID else (corrected, target)
        )
        into[name] = into.get(name, 0) + int(n)
    return Since(late, corrected, withdrawn)


_COLUMNS = "e.kind, t.kind, count(*) FROM store_entry e LEFT JOIN store_entry t ON t.id = e.corrects"
_WHEN = "e.seq > %s AND coalesce(t.happened_on, e.happened_on) <= %s GROUP BY e.kind, t.kind"


def _of_people(unit: Unit, seq: int, last: date) -> list[engine.Row]:
    return engine.rows(
        f"SELECT {_COLUMNS} JOIN store_casefile f ON f.no = e.file AND f.about = 'person'"
        " JOIN store_casestatus s ON s.file = e.file"
        f" WHERE s.{unit.column} = %s AND {_WHEN}",
        [unit.no, seq, last.isoformat()],
    )


def _of_units(unit: Unit, seq: int, last: date) -> list[engine.Row]:
    return engine.rows(
        f"SELECT {_COLUMNS} JOIN store_casefile f ON f.no = e.file AND f.about = 'unit'"
        f" JOIN store_unit u ON u.no = f.unit WHERE u.{unit.column} = %s AND {_WHEN}",
        [unit.no, seq, last.isoformat()],
    )
