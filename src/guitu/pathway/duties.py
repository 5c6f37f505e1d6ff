"""What somebody must do by when: each duty rule worked out for one measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.days import add_days, add_months, days_between
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because, Step
from guitu.pathway import limits, steps
from guitu.pathway.course import CHANGE, EXPIRY, Course, Pause
from guitu.pathway.deadlines import HOURS_A_DAY, Deadlines
from guitu.pathway.history import History
from guitu.pathway.kinds import CUSTODY, CUSTODY_SPAN
from guitu.pathway.model import Duty, DutyState
from guitu.pathway.plan import DutyRule, Owed
from guitu.policy.model import Before, Every, Moment, Stage, Within


class Horizon:
    """Collects the days on which an answer may change; keeps the first one after the day asked about."""

    __slots__ = ("next", "on")

    def __init__(self, on: date) -> None:
        self.on = on
        self.next: date | None = None

    def at(self, day: date | None) -> None:
        """The answer may change on `day`."""
        if day is not None and day > self.on and (self.next is None or day < self.next):
            self.next = day


class Lateness(NamedTuple):
    """When a duty was late, for the findings that ask: from `since` until `until`, if ever; and the day it
    was done, if that was later than the law allows."""

    since: date
    until: date | None
    done_on: date | None
    duty: Duty


class _Gone(NamedTuple):
    """From which day on a duty need not be done any more, if ever, and why."""

    on: date | None
    why: Label


class Duties:
    """The duties of one measure on the day asked about, by the rule (or the national one it stands in for).
    `late` keeps those that could be late, of the rules that findings watch."""

    __slots__ = ("course", "courses", "deadlines", "died", "found", "gone", "horizon", "late", "on")

    def __init__(self, course: Course, on: date, history: History, horizon: Horizon, years: set[int]) -> None:
        self.course = course
        self.courses = history.courses
        died_on = history.died_on
        self.on = on
        self.horizon = horizon
        self.deadlines = Deadlines(years)
        self.died = _Gone(died_on, _DIED) if died_on is not None else None
        self.gone = self.died or _Gone(course.left_on, _OVER)
        self.found: list[Duty] = []
        self.late: dict[str, list[Lateness]] = {}

    def work_out(self) -> None:
        """Every duty of the measure's rules."""
        course = self.course
        for moment, rule in course.plan.within:
            if moment.pick is None or moment.pick.kind in course.entries:
                self._within(rule, moment)
        if course.end is not None:
            for rule in course.plan.before:
                self._before(rule, course.end)
        if course.starts_on is not None:
            for rule in course.plan.every:
                self._every(rule, course.starts_on)

    # ── duty within ───────────────────────────────────────────────────────────────────────────────

    def _within(self, rule: DutyRule, moment: Moment) -> None:
        for day, entry in self._moments(moment):
            owed = rule[0] if rule[0].first <= day <= rule[0].last else in_force(rule, day)
            if owed is None or not isinstance(word := owed.word, Within):
                continue
            what = self.course.moment(entry) if entry is not None else _EXPIRY
            due, outer, lines = self.deadlines.due(word, what, day)
            opens = day
            if word.opens or word.opens_days:
                opens = add_months(day, word.opens) if word.opens else add_days(day, word.opens_days or 0)
            excuses = _covering(self._excuses(word.excused_by), day, None) if word.excused_by else ()
            excused: date | None = None
            if excuses and due is not None and due < (until := max(map(_until, excuses))) < date.max:
                excused = until
                lines += ((steps.put_off, (until,)),)
            still: Step | None = None
            put_off = self._put_off(word, day, due, excused) if word.excused_by or word.months else None
            if put_off == date.max:
                still = steps.STILL_AWAY if word.months else steps.STILL_HELD
            elif put_off is not None and due is not None and outer is not None:
                moved = days_between(excused or due, put_off)
                outer, due = max(put_off, add_days(outer, moved)), put_off
                say = steps.away if word.months else steps.held
                lines += ((say, (due,)),)
            after = self.course.ordered_on if word.early else opens if word.not_sooner else day
            self._add(
                owed,
                since=day,
                anchor=entry,
                opens=opens,
                due=due,
                outer=outer,
                lines=lines,
                done=_first(self.course.taken(word.done_by), after),
                gone=self.gone if entry is not None else self.died or _NEVER,
                excuses=excuses,
                still=still,
            )

    def _put_off(self, word: Within, day: date, due: date | None, excused: date | None) -> date | None:
        """The last day, where some of the days up to it (or to the last one `excused`) do not count: those on
        which a person was held and could not do what they owe, and of months in a centre those on which they
        were away. The last day of all while that goes on; None where every day counts."""
        if due is None or word.working_days or not (word.excused_by or self.course.pauses):
            return None
        after = excused or (add_months(day, word.months) if word.months else add_days(day, _days(word)))
        may = [self.course] if word.months else self.courses
        for one in may:
            if self._may_hold(one, day, after):
                break
        else:
            return None
        held = [one for one in may if one is self.course or one.name in CUSTODY]
        last = day
        for _ in range(days_between(day, after)):
            last = add_days(last, 1)
            while self._away(last) if word.months else any(self._held(one, last) for one in held):
                if last > self.on:
                    return date.max
                last = add_days(last, 1)
        if last == after:
            return None
        return self.deadlines.roll(last) if word.rolls else last

    def _may_hold(self, course: Course, day: date, after: date) -> bool:
        """Whether a measure shows the person held, or away, on any day after `day` up to `after`: most show
        neither, and then no day need be looked at."""
        if course is self.course:
            return any(_outside(p) and p.since <= after and _lasts(p, day) for p in course.pauses)
        if course.name not in CUSTODY or (course.left_on is not None and course.left_on <= day):
            return False
        admitted = course.entries.get("admission", [])
        return bool(admitted) and admitted[0].happened_on <= after

    def _away(self, day: date) -> bool:
        """Whether the person was not in the centre on a day: at large, in custody or in prison."""
        return any(_outside(p) and p.since <= day and _lasts(p, day) for p in self.course.pauses)

    def _held(self, course: Course, day: date) -> bool:
        """Whether the file shows the person held on a day, or let go on it: detained while this measure
        stood, or in a centre under another one (`course`)."""
        if course is self.course:
            return bool(course.suspended(add_days(day, -1), day))
        admitted = next((e.happened_on for e in course.entries.get("admission", ())), date.max)
        inside = admitted <= day and (course.left_on is None or day <= course.left_on)
        return inside and not course.suspended(day, day)

    def _moments(self, moment: Moment) -> list[tuple[date, Entry | None]]:
        """The days a duty is counted from, with the entries that made them."""
        course = self.course
        if moment.pick is None:
            return [(course.end, None)] if course.end is not None and _ran_out(course) else []
        found = moment.pick.among(course.entries.get(moment.pick.kind, ()))
        match moment.take:
            case "first":
                found = found[:1]
            case "latest":
                found = [e for e in found[:-1] if self._acted(e)] + list(found[-1:])
            case "first_after":
                found = self._resumed(found, moment.after)
        return [(e.happened_on, e) for e in found]

    def _acted(self, entry: Entry) -> bool:
        """Whether somebody reported between this moment and the next of its kind, so that it is not simply
        replaced."""
        kinds = self.course.entries[entry.kind]
        after = next((e.happened_on for e in kinds if e.happened_on > entry.happened_on), date.max)
        reports = self.course.entries.get("reporting_in", ())
        return any(entry.happened_on <= r.happened_on < after for r in reports)

    def _resumed(self, found: Sequence[Entry], after: str) -> list[Entry]:
        """Of the entries, the first one after each entry of the kind `after`, but not the first of all."""
        later: list[Entry] = []
        for start in self.course.entries.get(after, ()):
            first = _first(found, start.happened_on)
            if first is not None and first is not found[0] and first not in later:
                later.append(first)
        return later

    # ── duty before ───────────────────────────────────────────────────────────────────────────────

    def _before(self, rule: DutyRule, last: date) -> None:
        course = self.course
        owed = in_force(rule, last)
        if owed is None or not isinstance(owed.word, Before):
            return
        word = owed.word
        line: Step
        if word.working_days is not None:
            due = self.deadlines.working(last, -word.working_days)
            line = (steps.ahead, (last, steps.in_working_days(word.working_days), due))
        elif word.days:
            due = add_days(last, -word.days)
            line = (steps.ahead, (last, steps.in_days(word.days), due))
        else:
            due, line = last, (steps.on_last_day, (last,))
        lines: tuple[Step, ...] = (line, *course.steps[-1:]) if course.provisional else (line,)
        lines += limits.shorter(course.over, last)
        since = course.lengthened_on if word.anew else course.ordered_on
        gone = self.gone
        if self.died is None and course.end_how == CHANGE and course.next_measure is not None:
            gone = _Gone(course.next_measure[3].happened_on, _CHANGED)
        self._add(
            owed,
            since=since,
            anchor=course.order,
            opens=course.ordered_on,
            due=due,
            outer=due,
            lines=lines,
            done=_first(self.course.taken(word.done_by), since),
            gone=gone,
        )

    # ── duty every ────────────────────────────────────────────────────────────────────────────────

    def _every(self, rule: DutyRule, start: date) -> None:
        course = self.course
        owed = in_force(rule, start)
        if owed is None or not isinstance(owed.word, Every):
            return
        word = owed.word
        doers, excuses = self.course.taken(word.done_by), self._excuses(word.excused_by)
        passed, number = 0, len(doers)
        for first, last, lines in _periods(start, owed):
            if first > self.on:
                self.horizon.at(first)
                break
            if course.end is not None and first > course.end:
                break
            while passed < number and doers[passed].happened_on < first:
                passed += 1
            self._add(
                owed,
                since=first,
                anchor=course.order,
                opens=first,
                due=last,
                outer=last,
                lines=lines,
                done=doers[passed] if passed < number else None,
                gone=self.gone,
                excuses=_covering(excuses, first, last) if excuses else (),
                once=False,
            )

    # ── what became of it ─────────────────────────────────────────────────────────────────────────

    def _add(
        self,
        owed: Owed,
        *,
        since: date,
        anchor: Entry | None,
        opens: date,
        due: date | None,
        outer: date | None,
        lines: tuple[Step, ...],
        done: Entry | None,
        gone: _Gone,
        excuses: Sequence[Entry] = (),
        still: Step | None = None,
        once: bool = True,
    ) -> None:
        """Decide the state of one duty, born on `since`, and keep it. `outer` is the longest the law allows.
        An excuse with a last day puts off a duty that is owed `once`; any other one settles it, as what
        `still` goes on does for as long."""
        limit, word = due, owed.word
        excused_until: date | None = None
        entries: tuple[UUID, ...] = () if anchor is None else (anchor.id,)
        if excuses or still is not None:
            if still is not None:
                excused_until = date.max
                lines += (still,)
            else:
                excused_until = max(_until(excuse) if once else date.max for excuse in excuses)
            limit = None if due is None else max(due, excused_until)
            outer = None if outer is None else max(outer, excused_until)
            entries += tuple(excuse.id for excuse in excuses)
        done_on = done_by = None
        state: DutyState
        if done is not None:
            state, done_on, done_by = "done", done.happened_on, done.id
            lines += ((steps.done, (done_on, limit is not None and done_on > limit)),)
            entries += (done_by,)
        elif gone.on is not None or (excused_until is not None and excused_until >= self.on):
            state = "waived"
            if gone.on is not None or excuses:
                lines += (gone.why if gone.on is not None else _EXCUSED,)
            if gone.on is None and excused_until is not None and excused_until != date.max:
                self.horizon.at(add_days(excused_until, 1))
        elif limit is not None and self.on > limit:
            state = "overdue"
            if outer is not None:
                self.horizon.at(add_days(outer, 1))
        else:
            state = "open"
            if limit is not None:
                self.horizon.at(add_days(limit, 1))
            self.horizon.at(opens)
        duty = Duty(
            word.name,
            owed.label,
            word.owed_by,
            state,
            opens,
            due,
            owed.record,
            Because(owed.says, since, owed.cites, entries, lines, owed.rule, owed.status),
            self.course.order.id,
            done_on,
            done_by,
        )
        self.found.append(duty)
        if owed.watched and outer is not None and outer != date.max:
            late = done_on if done_on is not None and done_on > outer else None
            until = done_on if done_on is not None else gone.on
            self.late.setdefault(owed.stands_for, []).append(Lateness(add_days(outer, 1), until, late, duty))

    def _excuses(self, of: str) -> Sequence[Entry]:
        """The excuses given for a duty of that name."""
        given = self.course.entries.get("excuse", ()) if of else ()
        return [entry for entry in given if entry.fields.get("of") == of] if given else ()


_EXPIRY = Label("期满", "expiry on")
_EXCUSED = Label("有登记的正当理由，免办", "waived: an excuse is recorded")
_DIED = Label("本人已死亡，免办", "waived: the person died")
_CHANGED = Label("措施已决定变更，免办", "waived: a change of measure was decided")
_OVER = Label("措施已结束，免办", "waived: the measure is over")
_NEVER = _Gone(None, _OVER)


def in_force(rule: DutyRule, day: date) -> Owed | None:
    """The version of the rule in force on a day."""
    for owed in rule:
        if owed.first <= day <= owed.last:
            return owed
    return None


def _ran_out(course: Course) -> bool:
    """Whether the measure lasted to its last day."""
    if course.ended_on is None or course.end is None:
        return False
    return course.ended_by == EXPIRY or (course.ended_by == "release" and course.ended_on >= course.end)


def _outside(pause: Pause) -> bool:
    """Whether the person is not where the measure is carried out."""
    return pause.pushes or pause.word.what == CUSTODY_SPAN


def _lasts(pause: Pause, day: date) -> bool:
    """Whether it still goes on on a day."""
    return pause.until is None or day < pause.until


def _days(word: Within) -> int:
    """How many days a term in days or hours is."""
    return word.days or -(-(word.hours or 0) // HOURS_A_DAY)


def _first(entries: Sequence[Entry], since: date) -> Entry | None:
    """The first of the entries, which are in order of days, on or after a day."""
    for entry in entries:
        if entry.happened_on >= since:
            return entry
    return None


def _until(excuse: Entry) -> date:
    """The last day an excuse covers; without one it covers all that follow."""
    until = excuse.fields.get("until")
    return until if isinstance(until, date) else date.max


def _covering(excuses: Sequence[Entry], since: date, last: date | None) -> list[Entry]:
    """The excuses that cover a duty that began on `since`: given on or after it, or still running then. For
    one period of a duty that comes again (`last` is its last day), only those given in it or running into
    it."""
    found = []
    for entry in excuses:
        if last is None or entry.happened_on <= last:
            until = entry.fields.get("until")
            if entry.happened_on >= since or (isinstance(until, date) and until >= since):
                found.append(entry)
    return found


class _Period(NamedTuple):
    """The first and last day of a period, and the line that says so."""

    first: date
    last: date
    lines: tuple[Step, ...]


@lru_cache(maxsize=8192)
def _periods(start: date, owed: Owed) -> tuple[_Period, ...]:
    """The periods of a duty that comes again, from the first day of the term; terms begin on few days."""
    if not isinstance(owed.word, Every):
        return ()
    found = []
    for place, (first, after) in enumerate(pairwise(_points(start, owed.word.stages)), start=1):
        last = add_days(after, -1)
        found.append(_Period(first, last, ((steps.period, (place, first, last)),)))
    return tuple(found)


HALF_MONTH: Final = 15


def _points(start: date, stages: tuple[Stage, ...]) -> list[date]:
    """Where the periods of the stages begin, and where the last one is over: whole months from the first day
    of the term, and half months of fifteen days where there are twice as many."""
    points, begun = [start], 0
    for stage in stages:
        for place in range(1, stage.times + 1):
            whole, rest = divmod((stage.until - begun) * place, stage.times)
            day = add_months(start, begun + whole)
            points.append(add_days(day, HALF_MONTH * rest * 2 // stage.times) if rest else day)
        begun = stage.until
    return points
