"""The closed vocabulary of conditions, evaluated on one measure: from which day one holds, why, and until
when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from guitu.casefile import Entry
from guitu.kernel.days import add_days, add_months, days_in, last_day
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Line, Step
from guitu.pathway import steps
from guitu.pathway.counts import covers, days_told, excused, free, matching
from guitu.pathway.course import Course
from guitu.pathway.duties import Lateness
from guitu.pathway.history import History
from guitu.pathway.kinds import CUSTODY_SPAN
from guitu.policy.model import (
    FACTS,
    AllOf,
    AnyOf,
    Bar,
    Clean,
    Compare,
    Condition,
    Count,
    DoneLate,
    Earlier,
    Held,
    LeftLate,
    Overdue,
    Pick,
    PrintedDiffers,
    Recorded,
    Total,
)


class Hit(NamedTuple):
    """A condition that holds (or will, with nothing new recorded) from `since` up to, not including,
    `until`."""

    since: date
    until: date | None = None
    entries: Sequence[Entry] = ()
    steps: tuple[Step, ...] = ()


class Scene(NamedTuple):
    """Where a condition is judged: the measure, the file around it, and how late its duties were."""

    course: Course
    history: History
    late: Mapping[str, Sequence[Lateness]]


Judge = Callable[[Scene], Hit | None]
"""When a condition holds on a measure, or None if it does not."""


def judge_of(condition: Condition) -> Judge:
    """A condition made ready to be judged on many measures."""
    match condition:
        case AnyOf((one,)) | AllOf((one,)):
            return judge_of(one)
        case AnyOf(of):
            return partial(_any, tuple(map(judge_of, of)))
        case AllOf(of):
            return partial(_all, tuple(map(judge_of, of)))
        case Compare():
            return partial(_FACTS[condition.fact], condition)
        case _:
            return partial(_JUDGES[type(condition)], condition)


def barred_by(bar: Bar) -> Judge:
    """Whether entries stand where a bar forbids them: the first of them is the day it began."""
    if bar.after is None:
        return partial(_too_soon, bar.entries, bar.months or 0)
    return partial(_barred, bar.entries, judge_of(bar.after))


def _since(hit: Hit) -> date:
    return hit.since


def _any(parts: tuple[Judge, ...], scene: Scene) -> Hit | None:
    hits = [hit for judge in parts if (hit := judge(scene)) is not None]
    return min(hits, key=_since) if hits else None


def _all(parts: tuple[Judge, ...], scene: Scene) -> Hit | None:
    met = [hit for judge in parts if (hit := judge(scene)) is not None]
    if len(met) < len(parts):
        return None
    ends = [hit.until for hit in met if hit.until is not None]
    since, until = max(hit.since for hit in met), min(ends, default=None)
    if until is not None and until <= since:
        return None
    entries = {entry.id: entry for hit in met for entry in hit.entries}
    return Hit(since, until, tuple(entries.values()), tuple(step for hit in met for step in hit.steps))


def _too_soon(picks: tuple[Pick, ...], months: int, scene: Scene) -> Hit | None:
    course = scene.course
    entries = course.taken(picks)
    if not entries:
        return None
    allowed = add_months(course.ordered_on, months)
    wrong = [e for e in entries if e.happened_on < allowed]
    if not wrong:
        return None
    line = (steps.not_before, (course.ordered_on, months, allowed))
    return Hit(wrong[0].happened_on, None, wrong, (line, _listed(wrong, course)))


def _barred(picks: tuple[Pick, ...], after: Judge, scene: Scene) -> Hit | None:
    entries = scene.course.taken(picks)
    reason = after(scene) if entries else None
    if reason is None:
        return None
    wrong = [e for e in entries if e.happened_on >= reason.since]
    if not wrong:
        return None
    return Hit(
        wrong[0].happened_on,
        None,
        (*reason.entries, *wrong),
        (*reason.steps, _listed(wrong, scene.course)),
    )


# ── counting entries ──────────────────────────────────────────────────────────────────────────────


def _reached(condition: Count | Total, number: int) -> Line:
    return steps.reached, (condition.says, number, condition.word, condition.number)


def _listed(entries: Sequence[Entry], course: Course) -> Line:
    """The entries by kind and day."""
    by_kind: dict[str, list[date]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry.happened_on)
    names = course.plan.names.entries
    return steps.listed, tuple((names[kind], tuple(days)) for kind, days in by_kind.items())


def _needed(word: str, number: int) -> int:
    """The smallest count that a rising counting word accepts."""
    return number if word == "at_least" else number + 1


def _count(condition: Count, scene: Scene) -> Hit | None:
    course = scene.course
    found = matching(condition, course)
    needed = _needed(condition.word, condition.number)
    if len(found) < needed:
        return None
    spans = excused(condition, course)
    days = sorted(free(e, condition.field, course, spans)[0][0] if spans else e.happened_on for e in found)
    return Hit(days[needed - 1], entries=found, steps=_sum(condition, len(found), found, course))


def _total(condition: Total, scene: Scene) -> Hit | None:
    """The day on which the days gone by exceed the number; an absence counts day by day as it passes."""
    course = scene.course
    found = matching(condition, course)
    told = days_told(condition.field, found, course, excused(condition, course))
    total = sum(map(_length, told))
    left = _needed(condition.word, condition.number)
    if total < left:
        return None
    for stretch in told:
        if _length(stretch) >= left:
            break
        left -= _length(stretch)
    day = add_days(stretch[0], left - 1)
    nth = steps.reached_on, (_needed(condition.word, condition.number), day)
    return Hit(day, entries=found, steps=(*_sum(condition, total, found, course), nth))


def _sum(condition: Count | Total, number: int, found: Sequence[Entry], course: Course) -> tuple[Step, ...]:
    """What was reached, by which entries, and which of their days were left out for an excuse."""
    lines = (_reached(condition, number), _listed(found, course))
    of, spans = condition.field, excused(condition, course)
    out = tuple(span for span in spans if any(covers(span, e, of) for e in found))
    return (*lines, (steps.left_out, (out,))) if out else lines


def _length(stretch: tuple[date, date]) -> int:
    return days_in(*stretch)


# ── duties, terms, numbers ────────────────────────────────────────────────────────────────────────


def _overdue(condition: Overdue, scene: Scene) -> Hit | None:
    best: Hit | None = None
    for name in condition.rules:
        for late in scene.late.get(name, ()):
            if late.until is not None and late.until <= late.since:
                continue
            if best is None or late.since < best.since:
                best = Hit(late.since, late.until, (), late.duty.because.sum)
    return best


def _done_late(condition: DoneLate, scene: Scene) -> Hit | None:
    for name in condition.rules:
        for late in scene.late.get(name, ()):
            if late.done_on is not None:
                return Hit(late.done_on, None, (), late.duty.because.sum)
    return None


def _held(_: Held, scene: Scene) -> Hit | None:
    course = scene.course
    if course.ended_on is None or course.ended_by not in ("expiry", "early_release"):
        return None
    lines: tuple[Step, ...] = ((steps.no_release, (course.end,)),)
    for pause in course.pauses:
        if pause.until is None and pause.word.what == CUSTODY_SPAN:
            lines += ((steps.still_elsewhere, (course.moment(pause.begun_by), pause.since)),)
    return Hit(course.ended_on, course.left_on, (), lines)


def _left_late(_: LeftLate, scene: Scene) -> Hit | None:
    course = scene.course
    last, left = course.end, course.left_on
    if course.ended_on is None or left is None or last is None or course.left_by != "release":
        return None
    if left <= last:
        return None
    return Hit(
        left, None, course.entries.get("release", ()), ((steps.left_late, (last, left, (left - last).days)),)
    )


def _printed_differs(_: PrintedDiffers, scene: Scene) -> Hit | None:
    course = scene.course
    printed, computed = course.printed_end, course.computed_end
    if printed is None or computed is None or printed == computed or course.starts_on is None:
        return None
    lines = (*course.steps[:1], (steps.prints, (printed,)))
    return Hit(max(course.ordered_on, course.starts_on), None, (), lines)


# ── named numbers of the measure ──────────────────────────────────────────────────────────────────


def _extension_months(condition: Compare, scene: Scene) -> Hit | None:
    course, needed = scene.course, _needed(condition.word, condition.number)
    total = 0
    for place, (entry, months) in enumerate(course.extensions, start=1):
        total += months
        if total >= needed:
            used = [each for each, _ in course.extensions[:place]]
            return Hit(entry.happened_on, None, used, (_broken(condition, total), _listed(used, course)))
    return None


def _ordered_months(condition: Compare, scene: Scene) -> Hit | None:
    course, needed = scene.course, _needed(condition.word, condition.number)
    stated = course.order.fields.get("months")
    if not isinstance(stated, int) or stated < needed:
        return None
    return Hit(course.ordered_on, steps=(_broken(condition, stated),))


def _printed_months(condition: Compare, scene: Scene) -> Hit | None:
    """A printed last day beyond so many months: with the first day counted, or by the longest reading of the
    article, without."""
    course = scene.course
    start, printed = course.starts_on, course.printed_end
    if start is None or printed is None or printed < start:
        return None
    months = _needed(condition.word, condition.number) - 1
    longest = last_day(start, months) if condition.fact == "printed_months" else add_months(start, months)
    if printed <= longest:
        return None
    return Hit(start, steps=((steps.printed_beyond, (start, months, longest, printed)),))


def _broken(condition: Compare, number: int) -> Line:
    return steps.reached, (FACTS[condition.fact], number, condition.word, condition.number)


# ── the file around the measure ───────────────────────────────────────────────────────────────────


def _recorded(condition: Recorded, scene: Scene) -> Hit | None:
    course = scene.course
    around = scene.history.by_kind if condition.look_back else course.entries
    entries = around.get(condition.pick.kind)
    if not entries:
        return None
    earliest = add_months(course.ordered_on, -condition.look_back)
    left_on = course.left_on or date.max
    found = [e for e in condition.pick.among(entries) if earliest <= e.happened_on < left_on]
    if not found:
        return None
    return Hit(max(found[0].happened_on, course.ordered_on), None, found, (_listed(found, course),))


def _earlier(condition: Earlier, scene: Scene) -> Hit | None:
    course, then = scene.course, condition.then
    for before in scene.history.courses:
        if before is course:
            return None
        if before.name != condition.measure or before.ordered_on > course.ordered_on:
            continue
        broken = _broken_at_end(before, condition.found, course.ordered_on)
        again = [
            e
            for e in then.among(scene.history.by_kind.get(then.kind, ()))
            if before.ordered_on <= e.happened_on <= course.ordered_on
        ]
        if broken is not None and again:
            days = (before.ordered_on, broken, again[0].happened_on, course.ordered_on)
            line = (steps.broken_before, (before.plan.label, *days))
            return Hit(course.ordered_on, None, (before.order, *again, course.order), (line,))
    return None


def _broken_at_end(before: Course, names: tuple[str, ...], by: date) -> date | None:
    """From when one of the findings held, if it still held when the measure ended or when the later one
    was ordered."""
    stop = by if before.ended_on is None else min(by, before.ended_on)
    for name in names:
        for since, until in before.found.get(name, ()):
            if since <= stop and (until is None or until >= stop):
                return since
    return None


_LEFT: Final = Label("措施结束", "the measure ended on")


def _clean(condition: Clean, scene: Scene) -> Hit | None:
    """The day on which the time has passed and nobody is under a measure any longer; until it is recorded
    that it has been acted on."""
    course, history = scene.course, scene.history
    if history.died_on is not None or any(name in course.found for name in condition.unless):
        return None
    start, what, entries = _start(condition, course)
    if start is None:
        return None
    later = [other for other in history.courses if other.ordered_on > course.ordered_on]
    if later or any(other.left_on is None for other in history.courses):
        return None
    for pick in condition.without:
        if any(e.happened_on >= start for e in pick.among(history.by_kind.get(pick.kind, ()))):
            return None
    day = add_months(start, condition.months)
    since = max(day, course.left_on or day)
    until = [
        e
        for e in condition.until.among(history.by_kind.get(condition.until.kind, ()))
        if e.happened_on >= start
    ]
    done = until[0].happened_on if until else None
    line = (steps.clean, (what, start, condition.months, day))
    return Hit(since, done, entries, (line,))


def _start(condition: Clean, course: Course) -> tuple[date | None, Label, Sequence[Entry]]:
    if condition.since is None:
        return course.left_on, _LEFT, ()
    if course.order.kind != "order":  # begun by a change: from the day that took effect
        return course.starts_on, steps.in_effect(course.moment(course.order)), (course.order,)
    found = condition.since.among(course.entries.get(condition.since.kind, ()))[:1]
    if not found:
        return None, _LEFT, ()
    return found[0].happened_on, course.plan.names.entries[condition.since.kind], found


_FACTS: Final[dict[str, Callable[[Compare, Scene], Hit | None]]] = {
    "extension_months": _extension_months,
    "ordered_months": _ordered_months,
    "printed_months": _printed_months,
    "printed_longest": _printed_months,
}

_JUDGES: Final[dict[type, Callable[..., Hit | None]]] = {
    Count: _count,
    Total: _total,
    Overdue: _overdue,
    DoneLate: _done_late,
    Held: _held,
    LeftLate: _left_late,
    PrintedDiffers: _printed_differs,
    Recorded: _recorded,
    Earlier: _earlier,
    Clean: _clean,
}
