"""People under a unit, one after the other, for lists without end: by the number of the file, the newest
first, so that the thousandth page costs what the first does."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from guitu.store.read import finding
from guitu.store.read.finding import PersonLine, lines_at, narrowed
from guitu.store.units import Unit

LAST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a list is narrowed by, in the words of `finding.people`."""

    measure: str = ""
    state: str = ""
    rights: bool = False
    overdue: bool = False
    current: bool = False

    @property
    def where(self) -> tuple[str, list[str]]:
        """The same as a condition on statuses and its values."""
        where, values = narrowed(measure=self.measure, state=self.state, current=self.current)
        return f"{where}{' AND rights' if self.rights else ''}{' AND overdue_n > 0' * self.overdue}", values


def people_after(unit: Unit, narrow: Narrow, *, before: int = 0, size: int = 50) -> tuple[PersonLine, ...]:
    """The next people under the unit: those whose file has a number below `before`, without it the first."""
    where, values = narrow.where
    return lines_at(
        f"{unit.column} = %s AND file < %s{where}", [unit.no, before or LAST, *values], "file DESC", size
    )


def how_many(unit: Unit, narrow: Narrow) -> int:
    """How many there are."""
    return finding.how_many(unit, **asdict(narrow))
