"""Checks a bulletin: every number matched to an indicator or pointed out, and what cannot be right in the
text itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guitu.exchange.figures.changes import changes
from guitu.exchange.figures.context import Stated, stated
from guitu.exchange.figures.contradictions import contradictions
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.implausible import implausible
from guitu.exchange.figures.matching import matched
from guitu.exchange.figures.numbers import numbers
from guitu.exchange.figures.sums import sums
from guitu.exchange.figures.tables import table_sums
from guitu.exchange.figures.text import Bulletin, read
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MOST_NUMBERS: Final = 2_000
"""Numbers that are compared with each other; a yearly report has some hundreds."""

_TOO_MANY: Final = Label(
    "稿件里有 {numbers} 个数字，超过 {most} 个，请分几次核对。",
    "The draft has {numbers} numbers, more than {most}; check it in several parts.",
)
_NO_INDICATOR: Final = Label(
    "“{number}”没有对应的指标，系统不能核对；请附上来源。",
    "no indicator says “{number}”, so it cannot be checked here; give its source.",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked bulletin: its text, every number in it, and what was found."""

    bulletin: Bulletin
    numbers: tuple[Stated, ...]
    findings: tuple[Finding, ...]

    def as_json(self, language: str) -> dict[str, object]:
        """What `guitu figures check --json` prints."""
        return {"findings": [found.as_json(language) for found in self.findings]}


def check(raw: str) -> Checked:
    """Check the text of a bulletin. Raises GuituError where it has more numbers than can be compared."""
    bulletin = read(raw)
    seen = numbers(bulletin.text)
    if len(seen) > MOST_NUMBERS:
        raise GuituError(_TOO_MANY.fill(numbers=len(seen), most=MOST_NUMBERS))
    found = matched(stated(bulletin, seen))
    faults = [
        *contradictions(bulletin, found),
        *implausible(bulletin, found),
        *sums(bulletin, found),
        *table_sums(bulletin),
        *changes(bulletin, found),
    ]
    faults.sort(key=lambda fault: min(fault.places))
    return Checked(bulletin, tuple(found), (*faults, *_unmatched(bulletin, found)))


def _unmatched(bulletin: Bulletin, found: Sequence[Stated]) -> list[Finding]:
    """Numbers no indicator is meant by. Lengths of time, changes of what is itself unmatched and single
    Chinese numerals are read, and not asked about."""
    return [
        finding("unmatched", bulletin, [one], _NO_INDICATOR.fill(number=one.number.printed + _unit(one)))
        for one in found
        if not one.key and not one.number.small
    ]


def _unit(one: Stated) -> str:
    return "" if one.number.unit in "%‰" else one.number.unit
