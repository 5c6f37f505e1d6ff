"""零输入: the cases that a centre recorded, by where they came from and where they were found.

The source that names the figure does not define it. Here a case is imported if its source lies outside and it
was found only inside; what the entrance or an observation caught is intercepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry

CASE: Final = "epidemic_case"
CAUGHT: Final = frozenset({"entry", "observation"})


@dataclass(frozen=True, slots=True)
class Cases:
    """Numbers of cases, and the entries they are counted from, latest first."""

    imported: int
    intercepted: int
    inside: int
    unknown: int
    entries: tuple[Entry, ...]

    @property
    def unreported(self) -> tuple[Entry, ...]:
        """Entries without the day of the report that 传染病防治法 art. 47 asks for."""
        return tuple(e for e in self.entries if not isinstance(e.get("reported"), date))


def cases(counted: Iterable[Entry], first: date, last: date) -> Cases:
    """The cases found between two days, both included."""
    found = sorted(
        (e for e in counted if e.kind == CASE and first <= e.happened_on <= last),
        key=lambda e: (e.happened_on, e.recorded_at),
        reverse=True,
    )

    def total(origin: str, where: frozenset[str] | None = None) -> int:
        return sum(
            number
            for e in found
            if e.get("origin") == origin
            and (where is None or e.get("found") in where)
            and isinstance(number := e.get("people"), int)
        )

    return Cases(
        total("outside", frozenset({"inside"})), total("outside", CAUGHT), total("inside"), total("unknown"),
        tuple(found),
    )  # fmt: skip
