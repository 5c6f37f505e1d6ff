"""The checker: reads a roster cell by cell and says in a sentence what goes against which rule.

Written from the rules as they are said, and slowly rather than cleverly: it shares nothing with what looks
for rosters. No roster is published before it has been through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guitu.centre.roster.model import OFF, Demand, Person, Problem, Roster, Shift
from guitu.kernel.labels import Label

RULES: Final[dict[str, Label]] = {
    "unknown": Label("名称", "Names"),
    "gap": Label("空缺", "Gap"),
    "crowd": Label("超员", "Too many"),
    "skill": Label("技能", "Skill"),
    "unasked": Label("无此需求", "Not asked for"),
    "post": Label("岗位条件", "Who may hold a post"),
    "leave": Label("请假", "Leave"),
    "closed": Label("封闭执勤轮换", "Turn of closed duty"),
    "closed_row": Label("连续封闭天数", "Closed duty in a row"),
    "closed_sum": Label("累计封闭天数", "Closed duty in all"),
    "rest": Label("班间休息", "Rest between shifts"),
    "days_row": Label("连续上班天数", "Days in a row"),
    "nights_row": Label("连续夜班", "Nights in a row"),
    "week": Label("每周工时", "Hours in a week"),
    "period": Label("周期工时", "Hours in a period"),
    "contract": Label("个人限额", "Contract"),
    "days_off": Label("休息日", "Days off"),
    "forward": Label("顺向轮班", "Forward rotation"),
    "forbidden": Label("禁止的衔接", "Shifts that may not follow"),
    "least_row": Label("最少连续上班", "Fewest days in a row"),
    "least_off": Label("最少连续休息", "Fewest days off in a row"),
}
"""Every rule by its code, as it is called at a cell."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is not as it should be: the rule, whose, on which days (first and last), at which post
    and shift, and the sentence."""

    rule: str
    says: Label
    person: str = ""
    first: int = 0
    last: int = 0
    post: str = ""
    shift: str = ""

    @property
    def days(self) -> range:
        """The days it is about."""
        return range(self.first, self.last + 1)


def check(roster: Roster, problem: Problem) -> list[Breach]:
    """Everything in the roster that goes against the rules, people first, then posts."""
    found = list(_names(roster, problem))
    if found:
        return found
    for person in problem.people:
        found += _Line(roster, problem, person).breaches()
    found += _posts(roster, problem)
    return found


def around(roster: Roster, problem: Problem, person: Person, day: int) -> list[Breach]:
    """The part of `check` that one cell can change: what is said of this person, and of the posts that
    day."""
    found = list(_names(roster, problem))
    return found or [*_Line(roster, problem, person).breaches(), *_posts(roster, problem, day)]


def _names(roster: Roster, problem: Problem) -> Iterator[Breach]:
    for (person, day), slot in sorted(roster.cells.items()):
        wrong = ""
        if person not in problem.person:
            wrong = person
        elif slot.post not in problem.post:
            wrong = slot.post
        elif slot.shift not in problem.shift:
            wrong = slot.shift
        elif not 0 <= day < problem.days:
            wrong = problem.day(day).isoformat()
        if wrong:
            says = Label(f"没有“{wrong}”，不能排进去。", f"there is no “{wrong}” to put into the roster.")
            yield Breach("unknown", says, person, day, day, slot.post, slot.shift)


# ── one person ────────────────────────────────────────────────────────────────────────────────────


class _Line:
    """One person's days, those before the roster included: `shifts[0]` is the earliest known."""

    def __init__(self, roster: Roster, problem: Problem, person: Person) -> None:
        self.roster, self.problem, self.person, self.rules = roster, problem, person, problem.rules
        self.past = len(person.before)
        codes = [*person.before, *(roster.shift(person.id, d) for d in range(problem.days))]
        self.shifts: list[Shift | None] = [problem.shift.get(c) if c != OFF else None for c in codes]
        self.days = range(-self.past, problem.days)

    def on(self, day: int) -> Shift | None:
        """The shift of a day; days before the first are negative."""
        return self.shifts[day + self.past]

    def name(self) -> str:
        """The name by which the sentences call the person."""
        return self.person.name

    def iso(self, day: int) -> str:
        """A day as it is written in a sentence."""
        return self.problem.day(day).isoformat()

    def breach(self, rule: str, zh: str, en: str, first: int, last: int | None = None) -> Breach:
        """A breach of this person's."""
        last = first if last is None else last
        slot = self.roster.cells.get((self.person.id, last))
        return Breach(
            rule,
            Label(f"{self.name()}：{zh}", f"{self.name()}: {en}"),
            self.person.id,
            max(first, 0),
            max(last, 0),
            slot.post if slot else "",
            slot.shift if slot else "",
        )

    def breaches(self) -> list[Breach]:
        """All of them."""
        return [
            *self.cells(),
            *self.closed(),
            *self.pairs(),
            *self.rows(),
            *self.sums(),
            *self.windows(),
            *self.sequences(),
            *self.fewest(),
        ]

    def cells(self) -> Iterator[Breach]:
        """Who may hold what, and leave."""
        for day in range(self.problem.days):
            slot = self.roster.cells.get((self.person.id, day))
            if slot is None:
                continue
            post = self.problem.post[slot.post]
            if not post.may(self.person):
                yield self.breach(
                    "post",
                    f"{self.iso(day)} 不能在{post.label.zh}值班（性别、技能或所属大队不符）。",
                    f"may not hold {post.label.en} on {self.iso(day)} (sex, skill or brigade).",
                    day,
                )
            if day in self.person.leave:
                yield self.breach(
                    "leave",
                    f"{self.iso(day)} 请假，却排了班。",
                    f"is on leave on {self.iso(day)} and has a shift.",
                    day,
                )

    def closed(self) -> Iterator[Breach]:
        """The turn of closed duty; in a row and in all."""
        closed = self.rules.closed
        if closed is None:
            return
        batch = self.roster.batch(self.person)
        inside = []
        for day in range(self.problem.days):
            extra = any(first <= day <= last for first, last in self.person.stays)
            duty = extra or (batch is not None and closed.phase(batch, day) == "duty")
            inside.append(duty)
            if self.on(day) is not None and not duty:
                yield self.breach(
                    "closed",
                    f"{self.iso(day)} 不在封闭执勤阶段，不能上班。",
                    f"is not in the phase of closed duty on {self.iso(day)}.",
                    day,
                )
        yield from self.closed_limits(inside)

    def closed_limits(self, inside: list[bool]) -> Iterator[Breach]:
        """Days of closed duty one after the other, and all of them: two different limits."""
        closed = self.rules.closed
        assert closed is not None
        row = self.person.closed_row
        began = 0
        for day, duty in enumerate([*inside, False]):
            if duty:
                began = day if row == 0 else began
                row += 1
                continue
            if closed.most_row is not None and row > closed.most_row:
                yield self.breach(
                    "closed_row",
                    f"连续封闭 {row} 天，最多 {closed.most_row} 天。",
                    f"{row} days of closed duty in a row; at most {closed.most_row}.",
                    began,
                    max(day - 1, 0),
                )
            row = 0
        total = self.person.closed_sum + sum(inside)
        if closed.most_sum is not None and total > closed.most_sum:
            yield self.breach(
                "closed_sum",
                f"累计封闭 {total} 天，最多 {closed.most_sum} 天。",
                f"{total} days of closed duty in all; at most {closed.most_sum}.",
                0,
                self.problem.days - 1,
            )

    def pairs(self) -> Iterator[Breach]:
        """Rest between two shifts, and forward rotation."""
        for day in self.days:
            here = self.on(day)
            if here is None:
                continue
            for later in (1, 2):
                if day + later not in self.days or day + later < 0:
                    continue
                there = self.on(day + later)
                if there is None:
                    continue
                gap = there.start + later * 1440 - here.end
                if self.rules.rest is not None and gap < self.rules.rest:
                    yield self.breach(
                        "rest",
                        f"{self.iso(day)} {here.label.zh}后只休息 {_hours(gap)} 小时就上"
                        f" {self.iso(day + later)} {there.label.zh}，至少 {_hours(self.rules.rest)} 小时。",
                        f"rests {_hours(gap)} h between {here.label.en} of {self.iso(day)} and"
                        f" {there.label.en} of {self.iso(day + later)}; at least"
                        f" {_hours(self.rules.rest)} h.",
                        day,
                        day + later,
                    )
                if later == 1 and self.rules.forward and there.start < here.start:
                    yield self.breach(
                        "forward",
                        f"{self.iso(day)} {here.label.zh}之后，次日倒排{there.label.zh}。",
                        f"goes backwards from {here.label.en} on {self.iso(day)} to {there.label.en} the next"
                        " day.",
                        day,
                        day + 1,
                    )

    def runs(self, kind: str) -> Iterator[tuple[int, int]]:
        """First and last day of each run of days that are worked, nights, or off."""
        began: int | None = None
        for day in [*self.days, self.problem.days]:
            shift = self.on(day) if day < self.problem.days else None
            here = {
                "worked": shift is not None,
                "night": shift is not None and shift.night,
                "off": shift is None,
            }[kind]
            if here and day < self.problem.days:
                began = day if began is None else began
            elif began is not None:
                yield began, day - 1
                began = None

    def rows(self) -> Iterator[Breach]:
        """Days and nights one after the other."""
        limits = self.person.limits
        most = limits.most_row if limits.most_row is not None else self.rules.most_days_row
        for kind, rule, least, zh, en in (
            ("worked", "days_row", most, "连续上班", "days in a row"),
            ("night", "nights_row", self.rules.most_nights_row, "连续夜班", "nights in a row"),
        ):
            for first, last in self.runs(kind):
                if least is not None and last - first + 1 > least and last >= 0:
                    yield self.breach(
                        rule,
                        f"{self.iso(first)} 至 {self.iso(last)} {zh} {last - first + 1} 天，"
                        f"最多 {least} 天。",
                        f"{last - first + 1} {en}, {self.iso(first)} to {self.iso(last)}; at most {least}.",
                        first,
                        last,
                    )

    def minutes(self, first: int, last: int) -> int:
        """Minutes worked from one day to another, both included."""
        found = [self.on(d) for d in range(max(first, self.days[0]), min(last, self.problem.days - 1) + 1)]
        return sum(s.minutes for s in found if s is not None)

    def sums(self) -> Iterator[Breach]:
        """What adds up: a calendar week, a period, the whole roster."""
        rules, limits, days = self.rules, self.person.limits, self.problem.days
        monday = -self.problem.first.weekday()
        spans = [("week", rules.most_minutes_week, m, m + 6) for m in range(monday, days, 7)]
        spans += [
            ("period", rules.most_minutes_period, d, d + rules.period - 1)
            for d in range(0, days, rules.period)
        ]
        spans.append(("contract", limits.most_minutes, 0, days - 1))
        for rule, most, first, last in spans:
            if rule != "week":
                first = max(first, 0)
            worked = self.minutes(first, last)
            if most is not None and worked > most:
                until = min(last, days - 1)
                yield self.breach(
                    rule,
                    f"{self.iso(first)} 至 {self.iso(until)} 累计 {_hours(worked)} 小时，最多"
                    f" {_hours(most)} 小时。",
                    f"{_hours(worked)} h in all, {self.iso(first)} to {self.iso(until)}; at most"
                    f" {_hours(most)} h.",
                    first,
                    until,
                )
        worked = self.minutes(0, days - 1)
        if limits.least_minutes is not None and worked < limits.least_minutes:
            yield self.breach(
                "contract",
                f"共 {_hours(worked)} 小时，至少 {_hours(limits.least_minutes)} 小时。",
                f"{_hours(worked)} h in all; at least {_hours(limits.least_minutes)} h.",
                0,
                days - 1,
            )
        yield from self.counts()

    def counts(self) -> Iterator[Breach]:
        """How often, by contract: nights, weekends, one shift."""
        limits, days = self.person.limits, self.problem.days
        worked = [s for s in (self.on(d) for d in range(days)) if s is not None]
        weekends = {
            self.problem.day(d).isocalendar()[:2]
            for d in range(days)
            if self.on(d) is not None and self.problem.weekend(d)
        }
        asked = [
            (Label("夜班", "nights"), sum(s.night for s in worked), limits.most_nights),
            (Label("周末", "weekends"), len(weekends), limits.most_weekends),
        ]
        for code, most in limits.most_of:
            label = self.problem.shift[code].label if code in self.problem.shift else Label(code, code)
            asked.append((label, sum(s.code == code for s in worked), most))
        for what, number, limit in asked:
            if limit is not None and number > limit:
                yield self.breach(
                    "contract",
                    f"{what.zh} {number} 个，最多 {limit} 个。",
                    f"{number} {what.en}; at most {limit}.",
                    0,
                    days - 1,
                )

    def windows(self) -> Iterator[Breach]:
        """Days off in every so many days."""
        if self.rules.days_off is None:
            return
        least, within = self.rules.days_off
        for first in range(self.days[0], self.problem.days - within + 1):
            off = sum(self.on(d) is None for d in range(first, first + within))
            if off < least and first + within > 0:
                last = first + within - 1
                yield self.breach(
                    "days_off",
                    f"{self.iso(first)} 至 {self.iso(last)} 只休息 {off} 天，至少 {least} 天。",
                    f"{off} days off, {self.iso(first)} to {self.iso(last)}; at least {least}.",
                    first,
                    last,
                )

    def sequences(self) -> Iterator[Breach]:
        """Shifts that may not follow one another."""
        codes = [s.code if s else OFF for s in self.shifts]
        for pattern in self.rules.forbidden:
            for at in range(len(codes) - len(pattern) + 1):
                first, last = at - self.past, at - self.past + len(pattern) - 1
                if tuple(codes[at : at + len(pattern)]) == pattern and last >= 0:
                    shown = "→".join(self._called(c).zh for c in pattern)
                    english = " → ".join(self._called(c).en for c in pattern)
                    yield self.breach(
                        "forbidden",
                        f"{self.iso(first)} 起不允许{shown}。",
                        f"{english} is not allowed, from {self.iso(first)}.",
                        first,
                        last,
                    )

    def _called(self, code: str) -> Label:
        return Label("休", "off") if code == OFF else self.problem.shift[code].label

    def fewest(self) -> Iterator[Breach]:
        """Runs that are too short. One that reaches the end of what is known may be longer than it looks."""
        limits = self.person.limits
        least_row = limits.least_row if limits.least_row is not None else self.rules.least_row
        least_off = limits.least_off_row if limits.least_off_row is not None else self.rules.least_off_row
        for kind, rule, least, zh, en in (
            ("worked", "least_row", least_row, "连续上班", "days in a row"),
            ("off", "least_off", least_off, "连续休息", "days off in a row"),
        ):
            for first, last in self.runs(kind):
                whole = first > self.days[0] and last < self.problem.days - 1
                if least is not None and whole and last - first + 1 < least and last >= 0:
                    yield self.breach(
                        rule,
                        f"{self.iso(first)} 起只{zh} {last - first + 1} 天，至少 {least} 天。",
                        f"only {last - first + 1} {en} from {self.iso(first)}; at least {least}.",
                        first,
                        last,
                    )


# ── the posts ─────────────────────────────────────────────────────────────────────────────────────


def _posts(roster: Roster, problem: Problem, only: int | None = None) -> Iterator[Breach]:
    """Whether every post is held as it was asked; on one day only, where that is given."""
    there: dict[tuple[str, int, str], list[Person]] = {}
    for (person, day), slot in roster.cells.items():
        if only is None or day == only:
            there.setdefault((slot.post, day, slot.shift), []).append(problem.person[person])
    wanted = [d for d in problem.demand if only is None or d.day == only]
    asked = {(d.post, d.day, d.shift) for d in wanted}
    for demand in wanted:
        yield from _held(problem, demand, there.get((demand.post, demand.day, demand.shift), []))
    for post, day, shift in sorted(there.keys() - asked):
        who = "、".join(p.name for p in there[post, day, shift])
        where, when = problem.post[post].label, problem.shift[shift].label
        yield Breach(
            "unasked",
            Label(
                f"{problem.day(day)} {where.zh}{when.zh}没有用人需求，却排了 {who}。",
                f"{who} at {where.en}, {when.en}, {problem.day(day)}: nobody is asked for there.",
            ),
            there[post, day, shift][0].id,
            day,
            day,
            post,
            shift,
        )


def _held(problem: Problem, demand: Demand, people: list[Person]) -> Iterator[Breach]:
    where, when = problem.post[demand.post].label, problem.shift[demand.shift].label
    zh, en = (
        f"{problem.day(demand.day)} {where.zh}{when.zh}",
        f"{where.en}, {when.en}, {problem.day(demand.day)}",
    )
    place = ("", demand.day, demand.day, demand.post, demand.shift)
    if demand.hard and len(people) < demand.heads:
        lack = demand.heads - len(people)
        yield Breach(
            "gap",
            Label(
                f"{zh}需 {demand.heads} 人，空缺 {lack} 人。", f"{en}: {demand.heads} wanted, {lack} missing."
            ),
            *place,
        )
    if demand.most is not None and len(people) > demand.most:
        yield Breach(
            "crowd",
            Label(
                f"{zh}最多 {demand.most} 人，排了 {len(people)} 人。",
                f"{en}: at most {demand.most}, there are {len(people)}.",
            ),
            *place,
        )
    for skill, least in demand.skilled:
        has = sum(skill in p.skills for p in people)
        if has < least:
            yield Breach(
                "skill",
                Label(
                    f"{zh}须有 {least} 人具备“{skill}”，只有 {has} 人。",
                    f"{en}: {least} must have “{skill}”, {has} do.",
                ),
                *place,
            )


def _hours(minutes: int) -> str:
    """Minutes as hours, with a half where there is one."""
    return f"{minutes / 60:g}" if minutes % 6 == 0 else f"{minutes / 60:.1f}"
