"""What the person may do, and until when: reconsideration, a lawsuit, compensation, an objection to a test.
Pure.

The days are rules (`right within`); this works them out for one file. A right that nobody has used is never
a duty, so nothing here appears in a worklist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.traced import Traced
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because, Step
from guitu.pathway import steps
from guitu.pathway.course import Course
from guitu.pathway.deadlines import Deadlines
from guitu.pathway.history import History, read
from guitu.pathway.model import Remedy
from guitu.pathway.plan import plan_of
from guitu.policy import Policy
from guitu.policy.model import FILE, Pick, RightWithin, Rule, Version

STILL_HELD: Final = Label(
    "还没有离开；被限制自由的日子不计入时效，从离开之日起算",
    "not yet left: days in custody do not count, the time runs from the day of leaving",
)
NOT_SERVED: Final = Label(
    "没有登记送达日期；从收到决定书之日起算",
    "no day of service is recorded: the time runs from the day the order was received",
)
_LEFT: Final = Label("离开", "left on")


@dataclass(frozen=True, slots=True)
class _Start:
    """What a right is counted from: its word, its day (None: not yet, and `why_not` says why), its entry."""

    what: Label
    day: date | None
    course: Course | None
    entry: Entry | None
    why_not: Label | None = None


def remedies(
    file: CaseFile, policy: Policy, on: date, known_at: datetime | None = None
) -> tuple[Remedy, ...]:
    """Every right with a last day in this file: those that are open first, by their last day. A right that
    comes with the passing of another is left out until then."""
    history = read(file.standing(known_at), plan_of(policy), on)
    traced = Traced(file.known(known_at))
    found: dict[tuple[str, UUID | None], Remedy] = {}
    needs: dict[str, str] = {}
    for rule in policy.applied:
        word = rule.versions[-1].word
        if isinstance(word, RightWithin):
            needs[word.name] = word.after
            for start in _starts(rule, word, policy, history, traced):
                remedy = _remedy(rule, start, policy, on)
                if remedy is not None:
                    found.setdefault((remedy.name, remedy.entry or remedy.measure), remedy)
    kept = [
        remedy
        for (name, about), remedy in found.items()
        if not needs[name] or _passed(found.get((needs[name], about)))
    ]
    return tuple(sorted(kept, key=_order))


def _passed(before: Remedy | None) -> bool:
    return before is not None and before.state == "closed"


def _order(remedy: Remedy) -> tuple[int, date, str]:
    return ("open", "later", "closed").index(remedy.state), remedy.until or date.max, remedy.name


def _remedy(rule: Rule, start: _Start, policy: Policy, on: date) -> Remedy | None:
    """The right as it stands on the day; None where no version of the rule was in force when it began."""
    version: Version | None = rule.at(start.day or on)
    if version is None or not isinstance(version.word, RightWithin):
        return None
    state: Literal["later", "open", "closed"] = "later"
    lines: tuple[Step, ...] = (start.why_not,) if start.why_not else ()
    until: date | None = None
    if start.day is not None:
        until, lines = Deadlines(set()).until(version.word, start.what, start.day)
        state = "open" if on <= until else "closed"
        if state == "closed":
            lines += ((steps.passed, (until,)),)
    entry = start.entry.id if start.entry else None
    return Remedy(
        version.word.name,
        policy.names.remedies[version.word.name],
        state,
        until,
        Because(
            version.says, start.day or on, version.cites, (entry,) if entry else (), lines, rule.id,
            version.status,
        ),
        start.course.order.id if start.course else None,
        entry,
    )  # fmt: skip


def _starts(
    rule: Rule, word: RightWithin, policy: Policy, history: History, traced: Traced
) -> Iterator[_Start]:
    """The days from which the right runs in this file."""
    if rule.measures == (FILE,):
        if word.since is not None:
            yield from _answers(word.since, word.of, policy, history, traced)
        return
    for course in history.courses:
        if course.name not in rule.measures or course.order.kind != "order":
            continue
        if word.since is None:
            yield from _late(course)
            continue
        what = policy.names.entries[word.since.kind]
        taken = word.since.among(course.entries.get(word.since.kind, ()))
        for entry in taken:
            told = _served(entry, taken, history)
            if told is None:
                yield _Start(what, entry.happened_on, course, entry)
            else:
                yield _Start(policy.names.entries[told.kind], told.happened_on, course, entry)
        if not taken and word.since.kind == "served":
            yield _Start(what, None, course, None, NOT_SERVED)


def _served(decision: Entry, every: Sequence[Entry], history: History) -> Entry | None:
    """When a later decision was handed over, where that is recorded: before the next one of its kind was
    made."""
    if decision.kind != "decision":
        return None
    following = [e.happened_on for e in every if e.happened_on > decision.happened_on]
    for entry in history.by_kind.get("decision_served", ()):
        if entry.fields.get("effect") == decision.fields.get("effect") and (
            decision.happened_on <= entry.happened_on < min(following, default=date.max)
        ):
            return entry
    return None


def _answers(
    since: Pick, of: Pick | None, policy: Policy, history: History, traced: Traced
) -> Iterator[_Start]:
    """Entries of the file; with `of`, only answers to such an entry, whichever correction of it they name."""
    asked = {traced.first(e.id) for e in of.among(history.by_kind.get(of.kind, ()))} if of else set()
    field = policy.kinds[since.kind].answers
    for entry in since.among(history.by_kind.get(since.kind, ())):
        if of is None or traced.first(entry.fields.get(field)) in asked:
            yield _Start(policy.names.entries[since.kind], entry.happened_on, None, entry)


def _late(course: Course) -> Iterator[_Start]:
    """The day the person left, where that was after the last day; no day while they are still held."""
    if course.end is None or course.ended_on is None:
        return
    if course.left_on is None:
        yield _Start(_LEFT, None, course, None, STILL_HELD)
    elif course.left_by == "release" and course.left_on > course.end:
        yield _Start(_LEFT, course.left_on, course, None)
