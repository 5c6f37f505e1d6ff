"""Assess one person: the measure in force, its term, what is due, what was found, and why. Pure: no clock,
no store."""

from __future__ import annotations

from datetime import date, datetime

from guitu.casefile import CaseFile
from guitu.kernel.days import add_days
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.conditions import Scene
from guitu.pathway.course import Course
from guitu.pathway.duties import Duties, Horizon
from guitu.pathway.findings import Findings
from guitu.pathway.history import read
from guitu.pathway.kinds import CUSTODY
from guitu.pathway.model import Assessment, Duty, Finding
from guitu.pathway.plan import plan_of
from guitu.pathway.requests import requested
from guitu.policy import holidays
from guitu.policy.load import Policy

_PROVISIONAL = Label(
    "中止或者脱逃仍在继续，期满日为推算，逐日后延",
    "a suspension or escape goes on: the last day is provisional and moves on with every day",
)


def assess(file: CaseFile, policy: Policy, on: date, known_at: datetime | None = None) -> Assessment:
    """Where the person stands on `on`, by the entries known at `known_at` (all, without it), under a policy.

    Entries dated after `on` have not happened yet. The answer stays the same up to, not including, its
    `next_change_on` as long as nothing is recorded. A file that makes no sense gets findings that say so;
    it never fails.
    """
    plan = plan_of(policy)
    history = read(file.standing(known_at), plan, on)
    horizon = Horizon(on)
    horizon.at(history.next_entry_on)
    findings = Findings(on, policy.names, horizon)
    years: set[int] = set()
    duties: list[Duty] = []
    uncovered: list[Because] = []
    provisional = False
    for course in history.courses:
        if course.ended_on is None and course.end is not None and course.pause is None:
            horizon.at(add_days(course.end, 1))
        course.settle(on)
        if course.provisional:
            provisional = True
            horizon.at(add_days(on, 1))
        worked = Duties(course, on, history, horizon, years)
        worked.work_out()
        duties += worked.found
        findings.of_course(Scene(course, history, worked.late))
        if course.ended_on is None:
            uncovered += course.uncovered
    uncovered += findings.undecided
    duties += requested(plan, history, horizon, years, file, known_at)
    findings.of_record(history.oddities)
    measures = tuple(course.answer() for course in history.courses)
    current = _current(history.courses)
    duties.sort(key=_duty_order)
    findings.found.sort(key=_finding_order)
    notes = [holidays.unknown_year(year) for year in sorted(years)]
    if provisional:
        notes.append(_PROVISIONAL)
    notes += _inferred(plan.inferred, history.courses, duties, findings.found, uncovered)
    return Assessment(
        on=on,
        known_at=known_at,
        current=measures[current] if current is not None else None,
        measures=measures,
        duties=tuple(duties),
        findings=tuple(findings.found),
        not_covered=tuple(uncovered),
        next_change_on=horizon.next,
        notes=tuple(notes),
    )


def _current(courses: list[Course]) -> int | None:
    """Which measure answers "what applies now": compulsory isolation first, then one that has begun, then
    the latest order; when all have ended, the one that ended last."""
    best: int | None = None
    best_rank: tuple[int, int, date, int] | None = None
    for place, course in enumerate(courses):
        if course.ended_on is None:
            begun = course.starts_on is not None
            rank = (2 if course.name in CUSTODY else 1, int(begun), course.ordered_on, place)
        else:
            rank = (0, 0, course.ended_on, place)
        if best_rank is None or rank > best_rank:
            best, best_rank = place, rank
    return best


def _duty_order(duty: Duty) -> tuple[bool, date, str]:
    return duty.owed_by == "person", duty.due or date.max, duty.name


def _finding_order(finding: Finding) -> tuple[bool, date, str]:
    return not finding.rights, finding.since, finding.name


def _inferred(
    labels: dict[str, Label],
    courses: list[Course],
    duties: list[Duty],
    findings: list[Finding],
    uncovered: list[Because],
) -> list[Label]:
    """The inferred rules that this answer rests on, each named once."""
    used = [rule for course in courses for rule in course.inferred()]
    for owner in (duties, findings):
        for each in owner:
            if each.because.status != "verified":
                used.append(each.because.rule)
    for reason in uncovered:
        if reason.status != "verified":
            used.append(reason.rule)
    return [labels[rule] for rule in dict.fromkeys(used) if rule in labels] if used else []
