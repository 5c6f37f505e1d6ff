"""A person's counted entries read through in order of days: which measures there were, and which entries
belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from guitu.casefile import Entry
from guitu.kernel.days import days_between
from guitu.kernel.labels import Label
from guitu.pathway.course import Course
from guitu.pathway.kinds import (
    COMMUNITY,
    CUSTODY,
    LEGAL,
    NEEDS_BEFORE,
    NEEDS_COMMUNITY,
    OF_THE_LIVING,
    PAIRED,
    WHILE_INSIDE,
    Concern,
)
from guitu.pathway.plan import Plan


@dataclass(slots=True)
class Oddity:
    """Something about the record itself that cannot be right: a finding on data, not on the person."""

    name: str
    since: date
    label: Label
    entries: tuple[Entry, ...]
    course: Course | None = None


@dataclass(slots=True)
class History:
    """What the file says up to the day asked about. `by_kind` holds the entries that rules look for in
    the whole file."""

    courses: list[Course] = field(default_factory=list)
    by_kind: dict[str, list[Entry]] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)
    died_on: date | None = None
    born_on: date | None = None
    next_entry_on: date | None = None


def read(counted: Sequence[Entry], plan: Plan, on: date) -> History:
    """Read the entries that count, ordered by day, up to and including `on`; the day of the next one after
    it is noted."""
    reader = _Reader(plan)
    legal: list[tuple[int, Concern, Entry]] = []
    history = reader.history
    for entry in counted:
        place = LEGAL.get(entry.kind)
        if place is None:
            if entry.kind == "person":
                born = entry.fields.get("birth")
                if isinstance(born, date):
                    history.born_on = born
            continue
        day = entry.happened_on
        if day > on:
            if history.next_entry_on is None or day < history.next_entry_on:
                history.next_entry_on = day
            continue
        legal.append((day.toordinal() * _RANKS + place[0], place[1], entry))
    legal.sort(key=_place)
    for _, concern, entry in legal:
        reader.take(concern, entry)
    reader.advance(on)
    reader.overlaps()
    if history.born_on is not None:
        _before_birth(history, history.born_on, (entry for _, _, entry in legal))
    return history


_RANKS = 100
_place = itemgetter(0)


class _Reader:
    """The state of reading: the courses so far, and what is open in the file."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.history = History()
        self.courses = self.history.courses
        self.openings: set[str] = set()
        self.next_end = date.max
        self.handlers = {
            "order": self._order,
            "served": self._served,
            "custody": self._custody,
            "community": self._community,
            "release": self._release,
            "death": self._death,
        }

    def advance(self, day: date) -> None:
        """Let the measures whose last day is before `day` end, and the ones that follow from a change
        begin."""
        self.next_end = date.max
        for course in tuple(self.courses):
            if course.expire(day) and course.next_measure is not None and course.ended_by == "change":
                self._change(course, day)
        for course in self.courses:
            if course.ended_on is None and course.end is not None and course.end < self.next_end:
                self.next_end = course.end

    def take(self, concern: Concern, entry: Entry) -> None:
        """Read one entry."""
        day, kind = entry.happened_on, entry.kind
        if day > self.next_end:
            self.advance(day)
        history = self.history
        if kind in self.plan.anywhere:
            history.by_kind.setdefault(kind, []).append(entry)
        if history.died_on is not None and kind in OF_THE_LIVING and day > history.died_on:
            self._odd(
                entry,
                Label(f"登记于死亡（{history.died_on}）之后", f"dated after the death on {history.died_on}"),
            )
            return
        if kind in PAIRED:
            self._pairs(entry)
        handler = self.handlers.get(concern)
        if handler is not None:
            handler(entry)
        elif concern == "running":
            for course in self.courses:
                if course.ended_on is None:
                    _attach(course, entry)
        if kind in self.plan.moving:
            self.advance(day)

    # ── one concern each ──────────────────────────────────────────────────────────────────────────

    def _order(self, entry: Entry) -> None:
        plan = self.plan.measures.get(str(entry.fields.get("measure")))
        if plan is None:
            return
        for course in self.courses:
            course.offer(entry)
        self.courses.append(Course(plan, entry, entry.happened_on))

    def _change(self, course: Course, day: date) -> None:
        """Begin the measure that a change leads to, with the time served set off."""
        if course.next_measure is None:
            return
        effect, name, _, entry = course.next_measure
        follower = Course(self.plan.measures[name], entry, entry.happened_on)
        since = course.starts_on or course.ordered_on
        served = days_between(since, effect) - course.paused_days(effect)
        follower.begin(effect, entry, served, since)
        self.courses.append(follower)
        follower.expire(day)

    def _death(self, entry: Entry) -> None:
        if self.history.died_on is not None:
            return
        self.history.died_on = entry.happened_on
        for course in self.courses:
            course.offer(entry)
            if course.ended_on is not None and course.left_on is None:
                course.finish(entry.happened_on, "death", entry)

    def _served(self, entry: Entry) -> None:
        for course in reversed(self.courses):
            if not course.served and course.order.kind == "order":
                course.served = True
                _attach(course, entry)
                return
        if not self.courses:
            self._odd(entry, Label("送达之前没有决定", "served before any order was made"))

    def _custody(self, entry: Entry) -> None:
        target: Course | None = None
        for course in reversed(self.courses):
            if course.name in CUSTODY:
                if course.open:
                    target = course
                    break
                target = target or course
        if target is None:
            for course in reversed(self.courses):
                if course.name == "voluntary" and course.open:
                    target = course
                    break
        if target is None:
            if entry.kind == "family_notified":  # a family may be told of any order
                return
            self._odd(
                entry,
                Label("此前没有强制隔离戒毒决定", "there is no order of compulsory isolation before it"),
            )
            return
        if target.left_on is not None and entry.kind in WHILE_INSIDE:
            self._odd(
                entry,
                Label(
                    f"本人已于 {target.left_on} 离开强制隔离戒毒",
                    f"the person left compulsory isolation on {target.left_on}",
                ),
                target,
            )
        elif (
            target.ended_on is not None and entry.kind == "decision" and entry.fields.get("effect") in _MOVES
        ):
            self._odd(
                entry,
                Label(
                    f"决定时期限已经届满（最后一日 {target.end}），不起作用",
                    f"the term was over (last day {target.end}) when it was decided; it changes nothing",
                ),
                target,
            )
        _attach(target, entry)

    def _community(self, entry: Entry) -> None:
        target: Course | None = None
        if entry.kind == "reporting_in":
            target = self._awaiting() or self._latest(COMMUNITY, live=True)
        else:
            target = self._latest(COMMUNITY, live=True) or self._latest(COMMUNITY, live=False)
        if target is None and entry.kind == "agreement":
            target = next((c for c in self.courses if c.name == "voluntary" and c.open), None)
        if target is None:
            if entry.kind in NEEDS_COMMUNITY:
                self._odd(
                    entry,
                    Label(
                        "当日没有在执行的社区戒毒或者社区康复决定",
                        "no order of community treatment or recovery stands on that day",
                    ),
                )
            return
        _attach(target, entry)
        if entry.kind == "reporting_in":
            if target.starts_on is None:
                target.begin(entry.happened_on, entry)
            self._is_out(target, entry.happened_on)

    def _is_out(self, reported: Course, day: date) -> None:
        """Somebody who reports to a town under a later order is out of the centre, whatever paper is
        missing."""
        for course in self.courses:
            if course.name in CUSTODY and course.left_on is None and course.ordered_on < reported.ordered_on:
                if course.ended_on is not None:
                    course.left_on, course.left_by = max(course.ended_on, day), "reported"
                elif course.out_since is None:
                    course.out_since = day

    def _awaiting(self) -> Course | None:
        for course in reversed(self.courses):
            if course.name in COMMUNITY and course.live and course.starts_on is None:
                return course
        return None

    def _latest(self, names: frozenset[str], *, live: bool) -> Course | None:
        for course in reversed(self.courses):
            if course.name in names and (course.live or not live):
                return course
        return None

    def _release(self, entry: Entry) -> None:
        day = entry.happened_on
        held = [c for c in self.courses if c.name in CUSTODY and c.open]
        targets = held or [c for c in self.courses if c.live]
        before = [c for c in targets if c.ordered_on < day]
        for course in before or targets:
            if course.name in CUSTODY and course.live and "admission" not in course.entries:
                self._odd(
                    entry,
                    Label("解除之前没有入所记录", "released before any admission was recorded"),
                    course,
                )
            _attach(course, entry)
            course.finish(day, "release", entry)
        if not targets:
            if self.courses:
                _attach(self.courses[-1], entry)
            else:
                self._odd(entry, Label("解除之前没有任何决定", "released before any order was made"))

    # ── what cannot be right ──────────────────────────────────────────────────────────────────────

    def _pairs(self, entry: Entry) -> None:
        needs = NEEDS_BEFORE.get(entry.kind)
        if needs is None:
            self.openings.add(entry.kind)
            return
        if not any(kind in self.openings for kind in needs):
            word = self.plan.policy.names.entries[needs[0]]
            self._odd(entry, Label(f"此前没有“{word.zh}”记录", f"there is no entry “{word.en}” before it"))
        for kind in needs:
            opened = self.history.by_kind.get(kind)
            if opened and opened[-1].happened_on < entry.happened_on:
                self.openings.discard(kind)

    def _odd(self, entry: Entry, why: Label, course: Course | None = None) -> None:
        word = self.plan.policy.names.entries[entry.kind]
        self.history.oddities.append(
            Oddity(
                "out_of_order",
                entry.happened_on,
                Label(
                    f"{entry.happened_on} “{word.zh}”：{why.zh}；请核对记录",
                    f"“{word.en}” on {entry.happened_on}: {why.en}; check the record",
                ),
                (entry,),
                course,
            )
        )

    def overlaps(self) -> None:
        """Orders made while another that excludes them still stood."""
        for place, later in enumerate(self.courses):
            if later.order.kind != "order":
                continue
            for earlier in self.courses[:place]:
                if not _excludes(earlier, later):
                    continue
                if earlier.ended_on is not None and earlier.ended_on <= later.ordered_on:
                    continue
                self.history.oddities.append(
                    Oddity(
                        "overlapping_orders",
                        later.ordered_on,
                        Label(
                            f"{later.ordered_on} 作出{later.plan.label.zh}决定时，"
                            f"{earlier.ordered_on} 的{earlier.plan.label.zh}决定尚未结束；请核对以哪一份为准",
                            f"when {later.plan.label.en} was ordered on {later.ordered_on}, the order of "
                            f"{earlier.plan.label.en} of {earlier.ordered_on} still stood; "
                            "check which one applies",
                        ),
                        (earlier.order, later.order),
                        later,
                    )
                )
                break


_MOVES = frozenset({"early_release", "change_to_community"})


def _excludes(earlier: Course, later: Course) -> bool:
    """Whether two measures cannot both stand: the same one twice, two in the community, or community
    treatment ordered while the person is in compulsory isolation. A recovery order made before release
    simply waits."""
    if earlier.name == later.name:
        return True
    if earlier.name in COMMUNITY and later.name in COMMUNITY:
        return True
    return earlier.name in CUSTODY and later.name == "community_treatment"


def _attach(course: Course, entry: Entry) -> None:
    """Give an entry to the measure it belongs to, and let it act there."""
    kept = course.entries.get(entry.kind)
    if kept is None:
        course.entries[entry.kind] = [entry]
    else:
        kept.append(entry)
    if entry.kind in course.plan.actions:
        course.offer(entry)


def _before_birth(history: History, born: date, entries: Iterable[Entry]) -> None:
    wrong = tuple(entry for entry in entries if entry.happened_on < born)
    if wrong:
        history.oddities.append(
            Oddity(
                "out_of_order",
                wrong[0].happened_on,
                Label(
                    f"有记录早于出生日期 {born}；请核对",
                    f"an entry is dated before the birth on {born}; check it",
                ),
                wrong,
            )
        )
