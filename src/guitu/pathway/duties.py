"""What somebody must do by when: each duty rule worked out for one measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guitu.casefile import Entry
from guitu.kernel.days import add_days, add_months
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway import steps
from guitu.pathway.course import CHANGE, EXPIRY, Course
from guitu.pathway.model import Duty, DutyState
from guitu.policy import holidays
from guitu.policy.model import Before, Every, Moment, Pick, Rule, Version, Within

HOURS_A_DAY = 24


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


@dataclass(slots=True)
class Owed:
    """A duty worked out, with what findings need to know: from when and until when it was late, and
    whether done late."""

    duty: Duty
    late_since: date | None
    late_until: date | None
    done_late_on: date | None


class Duties:
    """The duties of one measure on the day asked about."""

    def __init__(
        self, course: Course, on: date, died_on: date | None, horizon: Horizon, years: set[int]
    ) -> None:
        self.course = course
        self.on = on
        self.died_on = died_on
        self.horizon = horizon
        self.years = years
        self.by_rule: dict[str, list[Owed]] = {}

    def work_out(self) -> None:
        """Every duty of the measure's rules."""
        for rule in self.course.plan.within:
            self._within(rule)
        if self.course.end is not None:
            for rule in self.course.plan.before:
                self._before(rule)
        for rule in self.course.plan.every:
            self._every(rule)

    # ── duty within ───────────────────────────────────────────────────────────────────────────────

    def _within(self, rule: Rule) -> None:
        newest = rule.versions[-1].word
        if not isinstance(newest, Within):
            return
        pick = newest.since.pick
        if pick is not None and pick.kind not in self.course.entries:
            return
        for day, entry in self._moments(newest.since):
            version = rule.at(day)
            if version is None or not isinstance(version.word, Within):
                continue
            word = version.word
            what = self.course.moment(entry) if entry is not None else _EXPIRY
            lines: list[Label] = []
            due, outer = self._due(word, what, day, lines)
            self._add(
                rule,
                version,
                word,
                since=day,
                anchor=entry,
                opens=add_months(day, word.opens) if word.opens else day,
                due=due,
                outer=outer,
                lines=lines,
                excused_by=word.excused_by,
                lapses=entry is not None,
                doable_from=self.course.ordered_on if word.early else day,
            )

    def _moments(self, moment: Moment) -> list[tuple[date, Entry | None]]:
        """The days a duty is counted from, with the entries that made them."""
        course = self.course
        if moment.pick is None:
            return [(course.end, None)] if course.end is not None and _ran_out(course) else []
        pick = moment.pick
        found = [e for e in course.entries.get(pick.kind, ()) if pick.takes(e)]
        if not found:
            return []
        match moment.take:
            case "first":
                found = found[:1]
            case "latest":
                done = found[:-1]
                found = [e for e in done if self._acted(e, moment)] + found[-1:]
            case "first_after":
                later = []
                for start in course.entries.get(moment.after, ()):
                    first = next((e for e in found if e.happened_on >= start.happened_on), None)
                    if first is not None and first is not found[0] and first not in later:
                        later.append(first)
                found = later
        return [(e.happened_on, e) for e in found]

    def _acted(self, entry: Entry, moment: Moment) -> bool:
        """Whether somebody reported between this moment and the next of its kind, so that it is not simply
        replaced."""
        kinds = self.course.entries.get(entry.kind, [])
        after = next((e.happened_on for e in kinds if e.happened_on > entry.happened_on), None)
        reports = self.course.entries.get("reporting_in", ())
        return any(
            entry.happened_on <= r.happened_on and (after is None or r.happened_on < after) for r in reports
        )

    def _due(
        self, word: Within, what: Label, day: date, lines: list[Label]
    ) -> tuple[date | None, date | None]:
        """The last day for it and the longest the law allows, with the sum written into `lines`."""
        if word.days is not None:
            length, due = steps.in_days(word.days), add_days(day, word.days)
        elif word.hours is not None:
            length = steps.in_hours(word.hours)
            due = add_days(day, -(-word.hours // HOURS_A_DAY))
        elif word.months is not None:
            length, due = steps.months(word.months), add_months(day, word.months)
        elif word.working_days is not None:
            due, known = holidays.add_working_days(day, word.working_days)
            self._known(due, known)
            lines.append(steps.deadline(what, day, steps.in_working_days(word.working_days), due))
            return due, due
        else:
            return None, None
        lines.append(steps.deadline(what, day, length, due))
        due = self._roll(due, lines) if word.rolls else due
        outer = due
        if word.outer is not None:
            outer = add_days(day, word.outer)
            outer = max(due, self._roll(outer, None) if word.rolls else outer)
        return due, outer

    def _roll(self, day: date, lines: list[Label] | None) -> date:
        to, known = holidays.roll(day)
        self._known(day, known)
        if to != day and lines is not None:
            lines.append(steps.rolled(day, to))
        return to

    def _known(self, day: date, known: bool) -> None:
        if not known:
            self.years.add(day.year)

    # ── duty before ───────────────────────────────────────────────────────────────────────────────

    def _before(self, rule: Rule) -> None:
        course = self.course
        version = rule.at(course.end) if course.end is not None else None
        if version is None or course.end is None or not isinstance(version.word, Before):
            return
        word, last = version.word, course.end
        lines: list[Label] = []
        if word.working_days is not None:
            due, known = holidays.add_working_days(last, -word.working_days)
            self._known(due, known)
            lines.append(steps.ahead(last, steps.in_working_days(word.working_days), due))
        else:
            due = add_days(last, -word.days)
            lines.append(
                steps.ahead(last, steps.in_days(word.days), due) if word.days else steps.on_last_day(last)
            )
        if course.provisional:
            lines += course.steps[-1:]
        self._add(
            rule,
            version,
            word,
            since=course.lengthened_on if word.anew else course.ordered_on,
            anchor=course.order,
            opens=course.ordered_on,
            due=due,
            outer=due,
            lines=lines,
            excused_by="",
            lapses=True,
        )

    # ── duty every ────────────────────────────────────────────────────────────────────────────────

    def _every(self, rule: Rule) -> None:
        course = self.course
        if course.starts_on is None:
            return
        version = rule.at(course.starts_on)
        if version is None or not isinstance(version.word, Every):
            return
        for place, (first, last) in enumerate(_periods(course.starts_on, version.word), start=1):
            if first > self.on:
                self.horizon.at(first)
                break
            if course.end is not None and first > course.end:
                break
            line = Label(f"第{place}期 {first} 至 {last}", f"period {place}: {first} to {last}")
            self._add(
                rule,
                version,
                version.word,
                since=first,
                anchor=course.order,
                opens=first,
                due=last,
                outer=last,
                lines=[line],
                excused_by=version.word.excused_by,
                lapses=True,
            )

    # ── what became of it ─────────────────────────────────────────────────────────────────────────

    def _add(
        self,
        rule: Rule,
        version: Version,
        word: Within | Before | Every,
        *,
        since: date,
        anchor: Entry | None,
        opens: date,
        due: date | None,
        outer: date | None,
        lines: list[Label],
        excused_by: str,
        lapses: bool,
        doable_from: date | None = None,
    ) -> None:
        """Decide the state of one duty and keep it. It was born on `since`; entries before that do it only
        from `doable_from`."""
        course, on = self.course, self.on
        done = _first(course, word.done_by, doable_from or since)
        window = due if isinstance(word, Every) else None
        excuses = self._excuses(excused_by, since, window) if excused_by else ()
        limit = due
        waived_on, why = self._waived(lapses, isinstance(word, Before))
        excused_until: date | None = None
        for excuse in excuses:
            until = excuse.fields.get("until")
            if not isinstance(until, date) or window is not None:
                excused_until = date.max
                break
            excused_until = until if excused_until is None else max(excused_until, until)
        if excused_until is not None:
            limit = None if due is None else max(due, excused_until)
            outer = None if outer is None else max(outer, excused_until)
        state: DutyState
        if done is not None:
            state = "done"
        elif waived_on is not None:
            state = "waived"
        elif excused_until is not None and excused_until >= on:
            state = "waived"
            why = _EXCUSED
            if excused_until != date.max:
                self.horizon.at(add_days(excused_until, 1))
        elif limit is not None and on > limit:
            state = "overdue"
        else:
            state = "open"
            if limit is not None:
                self.horizon.at(add_days(limit, 1))
            self.horizon.at(opens)
        entries = [] if anchor is None else [anchor.id]
        late_since = late_until = done_late_on = None
        if outer is not None and outer != date.max:
            late_since = add_days(outer, 1)
            if done is not None:
                late_until = done.happened_on
                if done.happened_on > outer:
                    done_late_on = done.happened_on
            elif waived_on is not None:
                late_until = waived_on
        if done is not None:
            lines.append(steps.done(done.happened_on, limit is not None and done.happened_on > limit))
            entries.append(done.id)
        elif state == "waived":
            lines.append(why)
            entries += [e.id for e in excuses]
        elif state == "overdue" and outer is not None:
            self.horizon.at(add_days(outer, 1))
        self.by_rule.setdefault(rule.replaces or rule.id, []).append(
            Owed(
                Duty(
                    name=word.name,
                    label=course.plan.names.duties[word.name],
                    owed_by=word.owed_by,
                    state=state,
                    opens_on=opens,
                    due=due,
                    record=word.done_by[0].kind,
                    because=Because(
                        version.says,
                        since,
                        cites=version.cites,
                        entries=tuple(entries),
                        steps=tuple(lines),
                        rule=rule.id,
                        status=version.status,
                    ),
                    measure=course.order.id,
                    done_on=done.happened_on if done is not None else None,
                    done_by=done.id if done is not None else None,
                ),
                late_since,
                late_until,
                done_late_on,
            )
        )

    def _excuses(self, of: str, since: date, window: date | None) -> tuple[Entry, ...]:
        """The excuses that cover a duty that began on `since`: given on or after it, or still running
        then. For one period of a duty that comes again (`window` is its last day), only those given in it
        or running into it."""
        found = []
        for entry in self.course.entries.get("excuse", ()):
            if entry.fields.get("of") == of and (window is None or entry.happened_on <= window):
                until = entry.fields.get("until")
                if entry.happened_on >= since or (isinstance(until, date) and until >= since):
                    found.append(entry)
        return tuple(found)

    def _waived(self, lapses: bool, before_end: bool) -> tuple[date | None, Label]:
        """From which day the duty need not be done any more, and why."""
        course = self.course
        if self.died_on is not None:
            return self.died_on, _DIED
        if not lapses:
            return None, _OVER
        if before_end and course.end_how == CHANGE and course.next_measure is not None:
            return course.next_measure[3].happened_on, _CHANGED
        return course.left_on, _OVER


_EXPIRY = Label("期满", "expiry on")
_EXCUSED = Label("有登记的正当理由，免办", "waived: an excuse is recorded")
_DIED = Label("本人已死亡，免办", "waived: the person died")
_CHANGED = Label("措施已决定变更，免办", "waived: a change of measure was decided")
_OVER = Label("措施已结束，免办", "waived: the measure is over")


def _ran_out(course: Course) -> bool:
    """Whether the measure lasted to its last day."""
    if course.ended_on is None or course.end is None:
        return False
    return course.ended_by == EXPIRY or (course.ended_by == "release" and course.ended_on >= course.end)


def _first(course: Course, picks: tuple[Pick, ...], since: date) -> Entry | None:
    """The first entry of the measure that one of the picks takes, on or after a day."""
    best: Entry | None = None
    for pick in picks:
        for entry in course.entries.get(pick.kind, ()):
            if entry.happened_on >= since and pick.takes(entry):
                if best is None or entry.happened_on < best.happened_on:
                    best = entry
                break
    return best


def _periods(start: date, word: Every) -> list[tuple[date, date]]:
    """First and last days of the periods of a duty that comes again, from the first day of the term."""
    found = []
    begun = 0
    for stage in word.stages:
        months = stage.until - begun
        for place in range(stage.times):
            found.append(
                (
                    _point(start, begun, months, place, stage.times),
                    _point(start, begun, months, place + 1, stage.times),
                )
            )
        begun = stage.until
    return [(first, add_days(after, -1)) for first, after in found]


HALF_MONTH = 15


def _point(start: date, begun: int, months: int, place: int, times: int) -> date:
    """Where period `place` of a stage begins: whole months, and half months of fifteen days where there
    are twice as many."""
    whole, rest = divmod(months * place, times)
    day = add_months(start, begun + whole)
    return add_days(day, HALF_MONTH * rest * 2 // times) if rest else day
