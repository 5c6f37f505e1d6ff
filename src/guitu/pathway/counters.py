"""The counts that matter to the person: what a rule counts against them, how far it has come, what was
excused, long before anything is reached. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from guitu.casefile import CaseFile, Entry
from guitu.kernel.citations import Citation
from guitu.kernel.days import days_in
from guitu.kernel.labels import Label
from guitu.pathway.counts import covered_in_part, days_told, excused, matching
from guitu.pathway.course import Course
from guitu.pathway.history import read
from guitu.pathway.plan import plan_of
from guitu.policy import Policy
from guitu.policy.model import Count, FindingWhen, Total
from guitu.policy.uses import conditions_of


class Counter(NamedTuple):
    """One count of the measure that runs: `number` so far, `word` (at_least, more_than) and `limit` of the
    rule, the entries that count, those that a good reason takes out, and of the counted ones those of which
    it takes some days out."""

    says: Label
    number: int
    word: str
    limit: int
    counted: tuple[Entry, ...]
    excused: tuple[Entry, ...]
    cites: tuple[Citation, ...]
    in_part: tuple[Entry, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the number is one that the rule speaks of."""
        return self.number >= self.limit if self.word == "at_least" else self.number > self.limit


def counters(file: CaseFile, policy: Policy, on: date) -> tuple[Counter, ...]:
    """The counts of every measure that has begun and not ended, also those that are still zero."""
    history = read(file.standing(), plan_of(policy), on)
    return tuple(
        counter
        for course in history.courses
        if course.live and course.starts_on is not None
        for counter in _of(course, policy, on)
    )


def _of(course: Course, policy: Policy, on: date) -> Iterator[Counter]:
    for rule in policy.applied:
        version = rule.at(on)
        if course.name not in rule.measures or version is None or not isinstance(version.word, FindingWhen):
            continue
        for condition in conditions_of(version.word):
            if isinstance(condition, Count | Total):
                every = matching(condition, course, excused_too=True)
                counted = matching(condition, course)
                standing = {entry.id for entry in counted}
                yield Counter(
                    condition.says,
                    _number(condition, counted, course),
                    condition.word,
                    condition.number,
                    tuple(counted),
                    tuple(entry for entry in every if entry.id not in standing),
                    version.cites,
                    covered_in_part(condition, counted, course),
                )


def _number(condition: Count | Total, counted: Sequence[Entry], course: Course) -> int:
    if isinstance(condition, Count):
        return len(counted)
    spans = excused(condition, course)
    return sum(days_in(*stretch) for stretch in days_told(condition.field, counted, course, spans))
