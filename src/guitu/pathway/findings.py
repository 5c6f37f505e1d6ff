"""What a human must look at: each finding rule, bar and ceiling judged for one measure."""

from __future__ import annotations

from datetime import date

from guitu.casefile import Entry
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway import steps
from guitu.pathway.conditions import Hit, Scene, compare, judge, listed
from guitu.pathway.course import Course
from guitu.pathway.duties import Horizon
from guitu.pathway.history import Oddity
from guitu.pathway.model import Finding
from guitu.policy.model import Bar, Ceiling, FindingWhen, Names, Rule, Version

RIGHTS_ODDITIES = frozenset({"overlapping_orders"})


class Findings:
    """The findings of one person on the day asked about."""

    def __init__(self, on: date, names: Names, horizon: Horizon) -> None:
        self.on = on
        self.names = names
        self.horizon = horizon
        self.found: list[Finding] = []

    def of_course(self, scene: Scene) -> None:
        """Judge every finding rule of a measure."""
        course = scene.course
        for rule in course.plan.findings:
            for version in rule.versions:
                word = version.word
                if isinstance(word, FindingWhen):
                    hit = judge(word.when, scene)
                    until = _until(word, course, hit)
                    rights = word.rights
                elif isinstance(word, Bar):
                    hit, until, rights = _barred(word, scene), course.left_on, word.rights
                elif isinstance(word, Ceiling):
                    hits = [h for c in word.of if (h := compare(c, course)) is not None]
                    hit = min(hits, key=lambda h: h.since) if hits else None
                    until, rights = course.left_on, word.rights
                else:
                    continue
                if hit is not None and rule.at(hit.since) is version:
                    self._keep(rule, version, word.name, hit, until, rights, course)
        if course.late_extensions:
            self._late_extension(course)

    def _keep(
        self,
        rule: Rule,
        version: Version,
        name: str,
        hit: Hit,
        until: date | None,
        rights: bool,
        course: Course,
    ) -> None:
        if hit.until is not None and (until is None or hit.until < until):
            until = hit.until
        if until is not None and until <= hit.since:
            return
        course.found.setdefault(name, []).append((hit.since, until))
        self.horizon.at(hit.since)
        self.horizon.at(until)
        if hit.since > self.on or (until is not None and until <= self.on):
            return
        entries = tuple(dict.fromkeys((*(e.id for e in hit.entries), *((course.order.id,)))))
        self.found.append(
            Finding(
                name=name,
                label=self.names.findings[name],
                since=hit.since,
                because=Because(
                    version.says,
                    hit.since,
                    cites=version.cites,
                    entries=entries,
                    steps=hit.steps,
                    rule=rule.id,
                    status=version.status,
                ),
                measure=course.order.id,
                rights=rights,
            )
        )

    def _late_extension(self, course: Course) -> None:
        """An extension decided when the term was over revives nothing."""
        first = course.late_extensions[0]
        if course.left_on is not None and course.left_on <= self.on:
            return
        name = "extension_after_expiry"
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
                    cites=tuple(course.cites),
                    entries=tuple(e.id for e in course.late_extensions),
                    steps=tuple(self._line(e) for e in course.late_extensions),
                ),
                measure=course.order.id,
                rights=True,
            )
        )

    def _line(self, entry: Entry) -> Label:
        """An entry as one line of a reason."""
        word = self.names.entries[entry.kind]
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


def _until(word: FindingWhen, course: Course, hit: Hit | None) -> date | None:
    """The first day on which a finding no longer holds, by its rule."""
    if hit is not None and word.holds_months is not None:
        return add_months(hit.since, word.holds_months)
    if word.holds == "in_force":
        return course.ended_on
    return course.left_on if word.holds == "held" else None


def _barred(word: Bar, scene: Scene) -> Hit | None:
    """The entries that stand where the bar forbids them; the first of them is the day it began."""
    course = scene.course
    entries = [
        entry for pick in word.entries for entry in course.entries.get(pick.kind, ()) if pick.takes(entry)
    ]
    if not entries:
        return None
    entries.sort(key=_day)
    if word.months is not None:
        allowed = add_months(course.ordered_on, word.months)
        wrong = [e for e in entries if e.happened_on < allowed]
        if not wrong:
            return None
        length = steps.months(word.months)
        step = Label(
            f"决定 {course.ordered_on} ＋ {length.zh} → {allowed} 起方可提出",
            f"ordered {course.ordered_on} + {length.en} → not before {allowed}",
        )
        return Hit(wrong[0].happened_on, None, tuple(wrong), (step, listed(wrong, course)))
    if word.after is None:
        return None
    reason = judge(word.after, scene)
    if reason is None:
        return None
    wrong = [e for e in entries if e.happened_on >= reason.since]
    if not wrong:
        return None
    return Hit(
        wrong[0].happened_on,
        None,
        (*reason.entries, *wrong),
        (*reason.steps, listed(wrong, course)),
    )


def _day(entry: Entry) -> date:
    return entry.happened_on
