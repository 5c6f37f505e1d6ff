"""Who of a unit's people in community measures is in touch, who is lost; and whose measure has ended by law.

Whether the reader may list a unit, and whom of its people, the caller asks of access.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from guitu.compose import kinds
from guitu.home.contact import KINDS, Contact, contact_of
from guitu.kernel.days import add_months
from guitu.pathway import assess
from guitu.pathway.kinds import COMMUNITY
from guitu.policy.model import FindingWhen
from guitu.store import engine, excerpts
from guitu.store.read import PersonLine, asked, lines_of_files, rules
from guitu.store.units import Unit, tree

MEASURES: Final = tuple(sorted(COMMUNITY))
NOTICE: Final = "notify_town_of_end"
REMINDER: Final = "end_monitoring"
MONTHS_CLEAN: Final = 36
"""How long ago a measure must have ended for the rules to be asked: they say 三年 (戒毒条例 art. 7)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One person of a list and where they stand. `no` is the number of the file."""

    line: PersonLine
    contact: Contact

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no


def numbers(unit: Unit, measures: Collection[str] = MEASURES) -> tuple[int, ...]:
    """The files of everybody under the unit whose community measure (one of these) is ordered and has not
    ended."""
    some = sorted(set(MEASURES) & set(measures))
    if not some:
        return ()
    found = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s"
        f" AND measure IN ({engine.marks(len(some))}) AND state NOT IN ('', 'ended') ORDER BY file",
        [unit.no, *some],
    )
    return tuple(row[0] for row in found)


def of_files(files: Iterable[int], on: date) -> dict[int, Contact]:
    """By number of file, where each person stands on a day; worked out once for as long as a file stays as it
    is."""
    known: dict[int, Contact] = {}
    for no, one in excerpts.of_files(files, KINDS).items():
        found = one.worked_out.get("contact")
        if found is None or found[0] != on:
            found = one.worked_out["contact"] = on, contact_of(one.counted, on)
        known[no] = found[1]
    return known


def reached(lines: Sequence[PersonLine], on: date) -> tuple[Reached, ...]:
    """These people with where they stand, in the order given."""
    known = of_files((line.no for line in lines), on)
    return tuple(Reached(line, known.get(line.no, Contact("unknown"))) for line in lines)


def current(unit: Unit) -> tuple[PersonLine, ...]:
    """Everybody under the unit in a community measure that has not ended."""
    return lines_of_files(list(numbers(unit)))


def notices_due(unit: Unit) -> tuple[tuple[PersonLine, date], ...]:
    """Whose community measure has ended by law and whose town was not told yet, with the last day to tell it;
    the earliest first."""
    found = asked.rows(
        f"SELECT file, due_key FROM store_duty WHERE {unit.column} = %s AND name = %s ORDER BY due_key, file",
        [unit.no, NOTICE],
    )
    due = {no: day if isinstance(day, date) else date.fromisoformat(str(day)) for no, day in found}
    return tuple((line, due[line.no]) for line in lines_of_files(list(due)))


def to_be_left_alone(unit: Unit, on: date) -> tuple[PersonLine, ...]:
    """Who has been without a measure and without use for three years: the rules remind the office to decide
    whether dynamic control ends (戒毒条例 art. 7). The rules answer, file by file; only measures that ended
    so long ago are asked about."""
    found = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND state = 'ended'"
        " AND (ends_on <= %s OR findings LIKE %s) ORDER BY ends_on, file",
        [unit.no, add_months(on, -MONTHS_CLEAN).isoformat(), f'%"{REMINDER}"%'],
    )
    read = excerpts.of_files((row[0] for row in found), read_by_rules())
    return lines_of_files([row[0] for row in found if row[0] in read and _reminded(read[row[0]], on)])


@cache
def read_by_rules() -> frozenset[str]:
    """The kinds that rules read of a file."""
    return frozenset(kind.name for kind in kinds().values() if kind.general)


def _reminded(one: excerpts.Excerpt, on: date) -> bool:
    """Whether the rules say so of a file, or say that somebody has to decide it."""
    policy = rules(tree().by_no.get(one.held.unit) if one.held.unit is not None else None)
    known = one.worked_out.get(REMINDER)
    if known is not None and known[:2] == (on, policy):
        return bool(known[2])
    answer = assess(one.case_file, policy, on)
    said = any(f.name == REMINDER for f in answer.findings) or any(
        isinstance(version.word, FindingWhen) and version.word.name == REMINDER
        for because in answer.not_covered
        if (rule := policy.rules.get(because.rule)) is not None
        for version in rule.versions
    )
    one.worked_out[REMINDER] = on, policy, said
    return said


def how_many_ended(unit: Unit) -> int:
    """How many there are under the unit whose last measure is over: the lists of the ended are of them."""
    found = asked.rows(
        f"SELECT COUNT(*) FROM store_casestatus WHERE {unit.column} = %s AND state = 'ended'", [unit.no]
    )
    return int(found[0][0])


def ended_since(unit: Unit, day: date) -> tuple[PersonLine, ...]:
    """Whose community measure has ended by law since that day: nobody is to be looked for any more."""
    found = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND measure IN (%s, %s)"
        " AND state = 'ended' AND ends_on >= %s ORDER BY ends_on DESC, file",
        [unit.no, *MEASURES, day.isoformat()],
    )
    return lines_of_files([row[0] for row in found])
