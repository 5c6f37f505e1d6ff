"""The closed vocabulary of conditions, evaluated on one measure: from which day one holds, why, and until
when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.counting import LABELS as COUNTING
from guitu.kernel.days import add_days, add_months, last_day
from guitu.kernel.labels import Label
from guitu.pathway.course import Course
from guitu.pathway.duties import Owed
from guitu.pathway.history import History
from guitu.policy.model import (
    FACTS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Count,
    DoneLate,
    Earlier,
    Held,
    LeftLate,
    Overdue,
    PrintedDiffers,
    Recorded,
    Total,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A condition that holds (or will, with nothing new recorded) from `since` up to, not including,
    `until`."""

    since: date
    until: date | None = None
    entries: tuple[Entry, ...] = ()
    steps: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a condition is judged: the measure, the file around it, and the duties worked out for it."""

    course: Course
    history: History
    owed: Mapping[str, Sequence[Owed]]


def judge(condition: Condition, scene: Scene) -> Hit | None:
    """When the condition holds on this measure, or None if it does not."""
    return _JUDGES[type(condition)](condition, scene)


def _since(hit: Hit) -> date:
    return hit.since


def _any(condition: AnyOf, scene: Scene) -> Hit | None:
    hits = [hit for part in condition.of if (hit := judge(part, scene)) is not None]
    return min(hits, key=_since) if hits else None


def _all(condition: AllOf, scene: Scene) -> Hit | None:
    hits = [judge(part, scene) for part in condition.of]
    met = [hit for hit in hits if hit is not None]
    if len(met) < len(hits):
        return None
    ends = [hit.until for hit in met if hit.until is not None]
    since, until = max(hit.since for hit in met), min(ends, default=None)
    if until is not None and until <= since:
        return None
    return Hit(
        since,
        until,
        tuple(dict.fromkeys(entry for hit in met for entry in hit.entries)),
        tuple(step for hit in met for step in hit.steps),
    )


# ── counting entries ──────────────────────────────────────────────────────────────────────────────


def _matching(condition: Count | Total, course: Course) -> list[Entry]:
    """The entries that count: in the term, picked, and not excused."""
    if course.starts_on is None:
        return []
    entries = course.entries.get(condition.pick.kind)
    if not entries:
        return []
    found = [e for e in entries if e.happened_on >= course.starts_on and condition.pick.takes(e)]
    if found and condition.unless and "excuse" in course.entries:
        found = _without_excused(found, condition.unless, course.entries["excuse"])
    return found


def _without_excused(found: list[Entry], of: str, excuses: list[Entry]) -> list[Entry]:
    """An excuse with a last day covers what lies between; one without covers that day, else the latest one
    before it."""
    left = list(found)
    for excuse in excuses:
        if excuse.fields.get("of") != of:
            continue
        given, until = excuse.happened_on, excuse.fields.get("until")
        if isinstance(until, date):
            left = [e for e in left if not given <= e.happened_on <= until]
        else:
            before = [e for e in left if e.happened_on <= given]
            if before:
                left.remove(before[-1])
    return left


def _reached(says: Label, number: int, word: str, limit: int) -> Label:
    """逃避或者拒绝检测（次）：3，3以上."""
    rule = COUNTING[word]
    zh = rule.zh.format(number=limit, unit="")
    en = " ".join(rule.en.format(number=limit, unit="").split())
    return Label(f"{says.zh}：{number}，达到“{zh}”", f"{says.en}: {number}, which is {en}")


def listed(entries: Sequence[Entry], course: Course) -> Label:
    """The entries by kind and day: 检测 2024-03-01、2024-04-01；追回 2024-05-06."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    zh, en = [], []
    for found in by_kind.values():
        word = course.moment(found[0])
        days = [e.happened_on.isoformat() for e in found]
        zh.append(f"{word.zh} {'、'.join(days)}")
        en.append(f"{word.en} {', '.join(days)}")
    return Label("；".join(zh), "; ".join(en))


def _needed(word: str, number: int) -> int:
    """The smallest count that a rising counting word accepts."""
    return number if word == "at_least" else number + 1


def _count(condition: Count, scene: Scene) -> Hit | None:
    found = _matching(condition, scene.course)
    needed = _needed(condition.word, condition.number)
    if len(found) < needed:
        return None
    return Hit(
        found[needed - 1].happened_on,
        entries=tuple(found),
        steps=(
            _reached(condition.says, len(found), condition.word, condition.number),
            listed(found, scene.course),
        ),
    )


def _total(condition: Total, scene: Scene) -> Hit | None:
    """The day on which the days gone by exceed the number; an absence counts day by day as it passes."""
    found = [e for e in _matching(condition, scene.course) if isinstance(e.fields.get(condition.field), int)]
    needed = _needed(condition.word, condition.number)
    lengths = [_length(e, condition.field) for e in found]
    if sum(lengths) < needed:
        return None
    gone, since = 0, found[0].happened_on
    running: list[date] = []  # the last days of the absences under way
    for day, length in sorted(zip((e.happened_on for e in found), lengths, strict=True)):
        reached = _crossing(running, since, day, gone, needed)
        if reached is not None:
            since = reached
            break
        gone += sum((min(last, add_days(day, -1)) - since).days + 1 for last in running if last >= since)
        since = day
        running = [last for last in running if last >= day] + [add_days(day, length - 1)]
    else:
        reached = _crossing(running, since, date.max, gone, needed)
        if reached is None:
            return None
        since = reached
    return Hit(
        since,
        entries=tuple(found),
        steps=(
            _reached(condition.says, sum(lengths), condition.word, condition.number),
            listed(found, scene.course),
        ),
    )


def _length(entry: Entry, field: str) -> int:
    value = entry.fields.get(field)
    return value if isinstance(value, int) else 0


def _crossing(running: list[date], since: date, before: date, gone: int, needed: int) -> date | None:
    """The day in [since, before) on which the days gone by reach `needed`, if there is one."""
    left = needed - gone
    day = since
    for last in sorted(running):
        if last < day:
            continue
        rate = sum(1 for other in running if other >= day)
        stop = min(last, add_days(before, -1))
        span = (stop - day).days + 1
        if span <= 0:
            return None
        if rate * span >= left:
            return add_days(day, -(-left // rate) - 1)
        left -= rate * span
        day = add_days(stop, 1)
        if day >= before:
            return None
    return None


# ── duties, terms, numbers ────────────────────────────────────────────────────────────────────────


def _overdue(condition: Overdue, scene: Scene) -> Hit | None:
    best: Hit | None = None
    for name in condition.rules:
        for owed in scene.owed.get(name, ()):
            since, until = owed.late_since, owed.late_until
            if since is None or (until is not None and until <= since):
                continue
            if best is None or since < best.since:
                best = Hit(since, until, (), owed.duty.because.steps)
    return best


def _done_late(condition: DoneLate, scene: Scene) -> Hit | None:
    for name in condition.rules:
        for owed in scene.owed.get(name, ()):
            if owed.done_late_on is not None:
                return Hit(owed.done_late_on, None, (), owed.duty.because.steps)
    return None


def _held(_: Held, scene: Scene) -> Hit | None:
    course = scene.course
    if course.ended_on is None or course.ended_by not in ("expiry", "early_release"):
        return None
    last = course.end
    return Hit(
        course.ended_on,
        course.left_on,
        (),
        (Label(f"最后一日 {last}，此后没有解除记录", f"last day {last}, and no release after it"),),
    )


def _left_late(_: LeftLate, scene: Scene) -> Hit | None:
    course = scene.course
    if course.ended_on is None or course.left_on is None or course.left_by != "release" or course.end is None:
        return None
    if course.left_on <= course.end:
        return None
    over = (course.left_on - course.end).days
    return Hit(
        course.left_on,
        None,
        tuple(course.entries.get("release", ())),
        (
            Label(
                f"最后一日 {course.end}，{course.left_on} 解除，晚 {over} 天",
                f"last day {course.end}, released on {course.left_on}: {over} days late",
            ),
        ),
    )


def _printed_differs(_: PrintedDiffers, scene: Scene) -> Hit | None:
    course = scene.course
    printed, computed = course.printed_end, course.computed_end
    if printed is None or computed is None or printed == computed or course.starts_on is None:
        return None
    return Hit(
        max(course.ordered_on, course.starts_on),
        None,
        (),
        (
            *course.steps[:1],
            Label(f"决定书载明 {printed}", f"the order prints {printed}"),
        ),
    )


def compare(condition: Compare, course: Course) -> Hit | None:
    """A named number of the measure against its limit."""
    needed = _needed(condition.word, condition.number)
    says = FACTS[condition.fact]
    match condition.fact:
        case "extension_months":
            total = 0
            for place, (entry, months) in enumerate(course.extensions):
                total += months
                if total >= needed:
                    used = tuple(e for e, _ in course.extensions[: place + 1])
                    return Hit(
                        entry.happened_on,
                        entries=used,
                        steps=(_reached(says, total, condition.word, condition.number), listed(used, course)),
                    )
            return None
        case "ordered_months":
            stated = course.order.fields.get("months")
            if isinstance(stated, int) and stated >= needed:
                return Hit(
                    course.ordered_on,
                    steps=(_reached(says, stated, condition.word, condition.number),),
                )
            return None
        case _:
            if course.starts_on is None or course.printed_end is None:
                return None
            longest = last_day(course.starts_on, needed - 1)
            if course.printed_end <= longest or course.printed_end < course.starts_on:
                return None
            return Hit(
                course.starts_on,
                steps=(
                    Label(
                        f"{course.starts_on} ＋ {needed - 1}个月 → {longest}，载明 {course.printed_end}",
                        f"{course.starts_on} + {needed - 1} months → {longest}, printed {course.printed_end}",
                    ),
                ),
            )


# ── the file around the measure ───────────────────────────────────────────────────────────────────


def _recorded(condition: Recorded, scene: Scene) -> Hit | None:
    course = scene.course
    if condition.look_back:
        earliest = add_months(course.ordered_on, -condition.look_back)
        entries = scene.history.by_kind.get(condition.pick.kind, ())
    else:
        earliest = course.ordered_on
        entries = course.entries.get(condition.pick.kind, ())
    found = [
        e
        for e in entries
        if e.happened_on >= earliest
        and (course.left_on is None or e.happened_on < course.left_on)
        and condition.pick.takes(e)
    ]
    if not found:
        return None
    return Hit(
        max(found[0].happened_on, course.ordered_on), entries=tuple(found), steps=(listed(found, course),)
    )


def _earlier(condition: Earlier, scene: Scene) -> Hit | None:
    course = scene.course
    for before in scene.history.courses:
        if before is course:
            return None
        if before.name != condition.measure or before.ordered_on > course.ordered_on:
            continue
        broken = _broken_at_end(before, condition.found, course.ordered_on)
        again = [
            e
            for e in scene.history.by_kind.get(condition.then.kind, ())
            if before.ordered_on <= e.happened_on <= course.ordered_on and condition.then.takes(e)
        ]
        if broken is not None and again:
            return Hit(
                course.ordered_on,
                None,
                (before.order, *again, course.order),
                (
                    Label(
                        f"{before.ordered_on} 的{before.plan.label.zh}自 {broken} 起有“拒绝”或者“严重违反”，"
                        f"{again[0].happened_on} 复吸，{course.ordered_on} 再次决定",
                        f"{before.plan.label.en} of {before.ordered_on} was refused or broken from {broken}, "
                        f"relapse on {again[0].happened_on}, ordered again on {course.ordered_on}",
                    ),
                ),
            )
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


def _compared(condition: Compare, scene: Scene) -> Hit | None:
    return compare(condition, scene.course)


_JUDGES: Final[dict[type, Callable[..., Hit | None]]] = {
    AnyOf: _any,
    AllOf: _all,
    Count: _count,
    Total: _total,
    Overdue: _overdue,
    DoneLate: _done_late,
    Held: _held,
    LeftLate: _left_late,
    PrintedDiffers: _printed_differs,
    Recorded: _recorded,
    Earlier: _earlier,
    Compare: _compared,
}
