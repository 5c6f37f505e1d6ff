"""A person's counted entries read through in order of days: which measures there were, and which entries
belong to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import RANKS, Concern
from guitu.kernel.days import days_between
from guitu.kernel.labels import Label
from guitu.pathway.course import EXPIRY, Course
from guitu.pathway.kinds import (
    COMMUNITY,
    CUSTODY,
    NEEDS_BEFORE,
    NEEDS_COMMUNITY,
    VOLUNTARY,
    WHILE_INSIDE,
    agreed,
)
from guitu.pathway.plan import Plan, Reading
from guitu.pathway.steps import AGREED
from guitu.policy.model import Pick


@dataclass(slots=True)
class Oddity:
    """Something about the record itself that cannot be right: a finding on data, not on the person."""

    name: str
    since: date
    label: Label
    entries: tuple[Entry, ...]
    course: Course | None = None


class History:
    """What the file says up to the day asked about. `by_kind` holds the entries that rules look for in
    the whole file."""

    __slots__ = ("by_kind", "courses", "died_on", "next_entry_on", "oddities")

    def __init__(self) -> None:
        self.courses: list[Course] = []
        self.by_kind: dict[str, list[Entry]] = {}
        self.oddities: list[Oddity] = []
        self.died_on: date | None = None
        self.next_entry_on: date | None = None


def read(standing: Iterable[Entry], plan: Plan, on: date) -> History:
    """Read the entries that count, in whatever order they come, up to and including `on`; the day of the next
    one after it is noted."""
    history = History()
    people: list[Entry] = []
    legal: list[_Placed] = []
    reading_of, place_it = plan.readings.get, legal.append
    for number, entry in enumerate(standing):
        reading = reading_of(entry.kind)
        if reading is None:
            if entry.kind == "person":
                people.append(entry)
            continue
        day = entry.happened_on
        if day <= on:
            place = day.toordinal() * RANKS + reading.rank
            place_it((place, entry.recorded_at, entry.id.int, number, reading, entry))
        elif history.next_entry_on is None or day < history.next_entry_on:
            history.next_entry_on = day
    legal.sort()
    reader = _Reader(plan, history)
    reader.read(legal)
    reader.advance(on)
    reader.overlaps()
    born = _born_on(people)
    if born is not None and legal and legal[0][-1].happened_on < born:
        _before_birth(history, born, [placed[-1] for placed in legal])
    return history


_Placed = tuple[int, datetime, int, int, Reading, Entry]
"""An entry in its place: by day and rank, then by when it was recorded; its number tells copies apart."""


def _born_on(people: list[Entry]) -> date | None:
    """The birth by the last entry about the person that states one."""
    born: date | None = None
    for entry in sorted(people, key=_happened) if len(people) > 1 else people:
        stated = entry.fields.get("birth")
        if isinstance(stated, date):
            born = stated
    return born


_happened = attrgetter("happened_on", "recorded_at", "id.int")


class _Reader:
    """The state of reading: the courses so far, and what is open in the file."""

    __slots__ = ("courses", "history", "next_end", "openings", "plan")

    def __init__(self, plan: Plan, history: History) -> None:
        self.plan = plan
        self.history = history
        self.courses = history.courses
        self.openings: set[str] = set()
        self.next_end = date.max

    def advance(self, day: date) -> None:
        """Let the measures whose last day is before `day` end, and the ones that follow from a change
        begin."""
        self.next_end = date.max
        for course in tuple(self.courses):
            if course.end is not None and course.end < day and course.expire(day):
                self._change(course, day)
        for course in self.courses:
            if course.ended_on is None and course.end is not None and course.end < self.next_end:
                self.next_end = course.end

    def read(self, legal: list[_Placed]) -> None:
        """Read the entries one after another. Most are tests, which only have to be kept."""
        history, courses = self.history, self.courses
        kept: dict[str, list[Callable[[Entry], None]]] = {}
        for placed in legal:
            entry = placed[5]
            if entry.happened_on > self.next_end:
                self.advance(entry.happened_on)
                kept.clear()
            kind = entry.kind
            keep = kept.get(kind)
            if keep is None:
                reading = placed[4]
                if not reading.quiet or history.died_on is not None:
                    self._take(entry, reading)
                    kept.clear()
                    continue
                lists = [c.entries[kind] for c in courses if c.ended_on is None]
                if reading.anywhere:
                    lists.append(history.by_kind.setdefault(kind, []))
                keep = kept[kind] = [one.append for one in lists]  # until something begins or ends
            for add in keep:
                add(entry)

    def _take(self, entry: Entry, reading: Reading) -> None:
        """Read one entry that may change something."""
        day, history = entry.happened_on, self.history
        if reading.anywhere:
            history.by_kind.setdefault(entry.kind, []).append(entry)
        if reading.of_the_living and history.died_on is not None and day > history.died_on:
            self._after_death(entry, history.died_on)
            return
        if reading.paired:
            self._pairs(entry)
        if reading.concern == "running":
            for course in self.courses:
                if course.ended_on is None:
                    course.attach(entry)
                elif course.left_on is None:
                    course.offer(entry)  # freed after the last day: no longer held elsewhere
        else:
            _HANDLERS[reading.concern](self, entry)
        if reading.moving:
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
        """Begin the measure that a change leads to, if one does, with the time served set off."""
        if course.next_measure is None or course.ended_by != "change":
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
                course.attach(entry)
                return
        if not self.courses:
            self._odd(entry, Label("送达之前没有决定", "served before any order was made"))

    def _custody(self, entry: Entry) -> None:
        target = self._waiting_for(entry) if entry.kind in NEEDS_BEFORE else None
        if target is None:
            for course in reversed(self.courses):
                if course.name in CUSTODY:
                    if course.open:
                        target = course
                        break
                    target = target or course
        if target is None:
            for course in reversed(self.courses):
                if course.name == VOLUNTARY and course.open:
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
        elif target.ended_on is not None and entry.kind == "decision" and entry.fields.get("effect") in MOVES:
            self._odd(
                entry,
                Label(
                    f"决定时期限已经届满（最后一日 {target.end}），不起作用",
                    f"the term was over (last day {target.end}) when it was decided; it changes nothing",
                ),
                target,
            )
        elif target.end_how != EXPIRY and target.live and MOVES_AGAIN.takes(entry):
            self._odd(
                entry,
                Label(
                    f"此前已经决定提前解除或者变更措施（最后一日 {target.end}），与之不符",
                    f"early release or a change was decided before it (last day {target.end}), "
                    "which it contradicts",
                ),
                target,
            )
        target.attach(entry)

    def _waiting_for(self, entry: Entry) -> Course | None:
        """The measure with an open stretch that such an entry ends: an escape from an earlier order is over
        for that one."""
        for course in reversed(self.courses):
            if course.open and any(p.until is None and p.word.until == entry.kind for p in course.pauses):
                return course
        return None

    def _community(self, entry: Entry) -> None:
        target: Course | None = None
        if entry.kind == "reporting_in":
            target = self._awaiting() or self._latest(COMMUNITY, live=True)
        else:
            target = self._latest(COMMUNITY, live=True) or self._latest(COMMUNITY, live=False)
        if target is None and entry.kind == "agreement":
            target = next((c for c in self.courses if c.name == VOLUNTARY and c.open), None)
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
        target.attach(entry)
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
            if course.name in CUSTODY and self._early(course, day):
                self._odd(
                    entry,
                    Label(
                        f"最后一日是 {course.end}，此前没有提前解除的决定",
                        f"the last day is {course.end}, and no early release was decided before it",
                    ),
                    course,
                )
            course.attach(entry)
            course.finish(day, "release", entry)
        if not targets:
            if self.courses:
                self.courses[-1].attach(entry)
            else:
                self._odd(entry, Label("解除之前没有任何决定", "released before any order was made"))

    def _early(self, course: Course, day: date) -> bool:
        """Whether somebody was released before the last day, and the file does not say why. One day before it
        may be the last day by the other reading: months added to each other first, or the first day counted.
        """
        if not course.live or course.pause is not None or course.end_how != EXPIRY:
            return False
        known = self.history.by_kind
        return (
            course.end is not None
            and days_between(day, course.end) > 1
            and not any(pick.among(known.get(pick.kind, ())) for pick in LETS_GO)
        )

    # ── what cannot be right ──────────────────────────────────────────────────────────────────────

    def _pairs(self, entry: Entry) -> None:
        needs = NEEDS_BEFORE.get(entry.kind)
        if needs is None:
            self.openings.add(entry.kind)
            return
        if not any(kind in self.openings for kind in needs):
            word = self.plan.names.entries[needs[0]]
            self._odd(entry, Label(f"此前没有“{word.zh}”记录", f"there is no entry “{word.en}” before it"))
        for kind in needs:
            opened = self.history.by_kind.get(kind)
            if opened and opened[-1].happened_on < entry.happened_on:
                self.openings.discard(kind)

    def _after_death(self, entry: Entry, died_on: date) -> None:
        self._odd(entry, Label(f"登记于死亡（{died_on}）之后", f"dated after the death on {died_on}"))

    def _odd(self, entry: Entry, why: Label, course: Course | None = None) -> None:
        word = AGREED if agreed(entry) else self.plan.names.entries[entry.kind]
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
                        _both_stand(earlier, later),
                        (earlier.order, later.order),
                        later,
                    )
                )
                break


_HANDLERS: Final[dict[Concern, Callable[[_Reader, Entry], None]]] = {
    "order": _Reader._order,
    "served": _Reader._served,
    "custody": _Reader._custody,
    "community": _Reader._community,
    "release": _Reader._release,
    "death": _Reader._death,
    "file": lambda _, __: None,
}

MOVES = frozenset({"early_release", "change_to_community"})
MOVES_AGAIN: Final = Pick("decision", (("effect", MOVES | {"extension"}),))
"""What contradicts an early release or a change that is decided and not yet in effect."""
LETS_GO: Final = (Pick("exempt"), Pick("remedy_outcome", (("outcome", frozenset({"changed"})),)))
"""Why somebody may be let go before the last day without a decision of early release."""


def _both_stand(earlier: Course, later: Course) -> Label:
    """That a measure began while another that excludes it still stood."""
    was, now = earlier.plan.label, later.plan.label
    if later.name == VOLUNTARY:
        return Label(
            f"{later.ordered_on} 签订{now.zh}协议时，{earlier.ordered_on} 的{was.zh}协议尚未结束；"
            "请核对以哪一份为准",
            f"when {now.en} was agreed on {later.ordered_on}, the agreement of {earlier.ordered_on} "
            "still stood; check which one applies",
        )
    return Label(
        f"{later.ordered_on} 作出{now.zh}决定时，{earlier.ordered_on} 的{was.zh}决定尚未结束；"
        "请核对以哪一份为准",
        f"when {now.en} was ordered on {later.ordered_on}, the order of {was.en} of {earlier.ordered_on} "
        "still stood; check which one applies",
    )


def _excludes(earlier: Course, later: Course) -> bool:
    """Whether two measures cannot both stand: the same one twice, two in the community, or community
    treatment ordered while the person is in compulsory isolation. A recovery order made before release
    simply waits."""
    if earlier.name == later.name:
        return True
    if earlier.name in COMMUNITY and later.name in COMMUNITY:
        return True
    return earlier.name in CUSTODY and later.name == "community_treatment"


def _before_birth(history: History, born: date, entries: list[Entry]) -> None:
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
