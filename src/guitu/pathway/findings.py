"""What a human must look at: each finding rule, bar and ceiling judged for one measure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from guitu.casefile import Entry
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.conditions import Hit, Judge, Scene, barred_by, judge_of
from guitu.pathway.course import Course
from guitu.pathway.duties import Horizon
from guitu.pathway.history import Oddity
from guitu.pathway.kinds import agreed
from guitu.pathway.model import Finding
from guitu.pathway.plan import MeasurePlan
from guitu.pathway.steps import AGREED
from guitu.policy.model import AnyOf, Bar, Ceiling, FindingWhen, Names, Rule, Version

RIGHTS_ODDITIES = frozenset({"overlapping_orders"})


class Findings:
    """The findings of one person on the day asked about."""

    def __init__(self, on: date, names: Names, horizon: Horizon) -> None:
        self.on = on
        self.names = names
        self.horizon = horizon
        self.found: list[Finding] = []
        self.undecided: list[Because] = []

    def of_course(self, scene: Scene) -> None:
        """Judge every finding rule of a measure."""
        course = scene.course
        for judged in _judged(course.plan):
            hit = judged.judge(scene)
            if hit is not None and judged.rule.at(hit.since) is judged.version:
                self._keep(judged, hit, course)
        if course.late_extensions:
            self._late_extension(course)

    def _keep(self, judged: _Judged, hit: Hit, course: Course) -> None:
        """Note from when until when it holds, and show it if that is now."""
        until = _until(judged, course, hit)
        if hit.until is not None and (until is None or hit.until < until):
            until = hit.until
        if until is not None and until <= hit.since:
            return
        course.found.setdefault(judged.name, []).append((hit.since, until))
        self.horizon.at(hit.since)
        self.horizon.at(until)
        if hit.since > self.on or (until is not None and until <= self.on):
            return
        version, order = judged.version, course.order.id
        entries = tuple(dict.fromkeys((*(e.id for e in hit.entries), order))) if hit.entries else (order,)
        if judged.undecided is not None:
            because = Because(
                judged.undecided, hit.since, version.cites, entries, hit.steps, judged.rule.id, version.status
            )
            self.undecided.append(because)
            return
        self.found.append(
            Finding(
                judged.name,
                self.names.findings[judged.name],
                hit.since,
                Because(
                    version.says, hit.since, version.cites, entries, hit.steps, judged.rule.id, version.status
                ),
                order,
                judged.rights,
            )
        )

    def _late_extension(self, course: Course) -> None:
        """An extension decided when the term was over revives nothing; once the person has left, all that
        remains is a record that cannot be right."""
        first = course.late_extensions[0]
        left = course.left_on is not None and course.left_on <= self.on
        name = "out_of_order" if left else "extension_after_expiry"
        self.found.append(
            Finding(
                name=name,
                label=self.names.findings[name],
                since=first.happened_on,
                because=Because(
                    Label(
                        f"{first.happened_on} 决定延长时期限已经届满（最后一日 {course.end}），不能使其恢复",
                        f"the term was over (last day {course.end}) when the extension was decided on "
                        f"{first.happened_on}; it revives nothing",
                    ),
                    first.happened_on,
                    cites=course.cites,
                    entries=tuple(e.id for e in course.late_extensions),
                    steps=tuple(self._line(e) for e in course.late_extensions),
                ),
                measure=course.order.id,
                rights=not left or name in RIGHTS_ODDITIES,
            )
        )

    def _line(self, entry: Entry) -> Label:
        """An entry as one line of a reason."""
        word = AGREED if agreed(entry) else self.names.entries[entry.kind]
        return Label(f"{word.zh} {entry.happened_on}", f"{word.en} {entry.happened_on}")

    def of_record(self, oddities: list[Oddity]) -> None:
        """Findings about the record itself."""
        for odd in oddities:
            self.found.append(
                Finding(
                    name=odd.name,
                    label=self.names.findings[odd.name],
                    since=odd.since,
                    because=Because(
                        odd.label,
                        odd.since,
                        entries=tuple(e.id for e in odd.entries),
                        steps=tuple(self._line(e) for e in odd.entries),
                    ),
                    measure=odd.course.order.id if odd.course is not None else None,
                    rights=odd.name in RIGHTS_ODDITIES,
                )
            )


class _Judged(NamedTuple):
    """One version of a finding rule, with the condition it comes down to and how long it holds."""

    rule: Rule
    version: Version
    name: str
    rights: bool
    judge: Judge
    holds: str
    holds_months: int | None
    undecided: Label | None = None


@lru_cache(maxsize=512)
def _judged(plan: MeasurePlan) -> tuple[_Judged, ...]:
    """The finding rules of a measure, made ready once. A bar and a ceiling hold until the person has left."""
    found = []
    for rule in plan.findings:
        for version in rule.versions:
            match version.word:
                case FindingWhen(name, when, holds, holds_months, rights, undecided):
                    judge = judge_of(when)
                    found.append(_Judged(rule, version, name, rights, judge, holds, holds_months, undecided))
                case Bar(name=name, rights=rights) as bar:
                    found.append(_Judged(rule, version, name, rights, barred_by(bar), "held", None))
                case Ceiling(name, of, rights):
                    found.append(_Judged(rule, version, name, rights, judge_of(AnyOf(of)), "held", None))
    return tuple(found)


def _until(judged: _Judged, course: Course, hit: Hit) -> date | None:
    """The first day on which a finding no longer holds, by its rule."""
    if judged.holds_months is not None:
        return add_months(hit.since, judged.holds_months)
    if judged.holds == "in_force":
        return course.ended_on
    return course.left_on if judged.holds == "held" else None
