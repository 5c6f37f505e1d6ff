"""One measure while the file is read through: its clock, and what each entry does to it.

A course is worked on entry by entry, in order of days, and then read off. Nothing outside the assessment
sees one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.citations import Citation
from guitu.kernel.days import add_days, add_months, days_between, last_day
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because, Line, Step
from guitu.pathway import limits, steps
from guitu.pathway.kinds import VOLUNTARY
from guitu.pathway.model import Measure, Span, State
from guitu.pathway.plan import MeasurePlan
from guitu.policy.model import Becomes, Counted, Ended, Lengthened, Paused, Pick, Rule, Runs, RunsOn, Version

_day = attrgetter("happened_on")

EXPIRY = "expiry"
CHANGE = "change"


class Pause:
    """A stretch that stops the clock, or one that is only shown."""

    __slots__ = ("begun_by", "rule", "since", "until", "word")

    def __init__(self, rule: Rule, word: Paused | RunsOn, begun_by: Entry) -> None:
        self.rule = rule
        self.word = word
        self.since = begun_by.happened_on
        self.begun_by = begun_by
        self.until: date | None = None

    @property
    def pushes(self) -> bool:
        """Whether its days are added after the last day."""
        return isinstance(self.word, Paused)


class Course:
    """A measure in the making. Days are as in `Measure`; `left_on` is the first day the person was out of
    it for good."""

    __slots__ = (
        "computed_end",
        "end",
        "end_how",
        "ended_by",
        "ended_on",
        "entries",
        "extensions",
        "found",
        "inclusive",
        "late_extensions",
        "leave",
        "left_by",
        "left_on",
        "lengthened_on",
        "name",
        "next_measure",
        "order",
        "ordered_on",
        "out_since",
        "over",
        "pause",
        "pauses",
        "plan",
        "printed_end",
        "provisional",
        "served",
        "starts_on",
        "state",
        "steps",
        "sum_entries",
        "terms",
        "uncovered",
    )

    def __init__(self, plan: MeasurePlan, order: Entry, ordered_on: date) -> None:
        self.plan = plan
        self.name = plan.name
        self.order = order
        self.ordered_on = ordered_on
        self.served = False
        self.starts_on: date | None = None
        self.end: date | None = None
        self.end_how = EXPIRY
        self.computed_end: date | None = None
        self.printed_end: date | None = None
        self.ended_on: date | None = None
        self.ended_by = ""
        self.left_on: date | None = None
        self.left_by = ""
        self.out_since: date | None = None
        self.lengthened_on = ordered_on
        self.pause: Pause | None = None
        self.pauses: list[Pause] = []
        self.extensions: list[tuple[Entry, int]] = []
        self.late_extensions: list[Entry] = []
        self.next_measure: tuple[date, str, Rule, Entry] | None = None
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list, {order.kind: [order]})
        self.found: dict[str, list[tuple[date, date | None]]] = {}
        self.steps: list[Step] = []
        self.over: list[Line] = []
        self.sum_entries: list[UUID] = [order.id]
        self.terms: list[tuple[Rule, Version]] = []
        self.uncovered: list[Because] = []
        self.provisional = False
        self.state: State = "awaiting_report"
        runs = self._version(plan.runs, ordered_on)
        self.leave = runs.leave if isinstance(runs, Runs) else EXPIRY
        counted = plan.counted.at(ordered_on) if plan.counted is not None else None
        self.inclusive = (
            counted.word.first_day
            if counted is not None and isinstance(counted.word, Counted)
            else counted is not None
        )
        if isinstance(runs, Runs) and runs.start == "order":
            self.begin(ordered_on, order)

    # ── the clock ─────────────────────────────────────────────────────────────────────────────────

    def _version(self, rule: Rule | None, day: date) -> object:
        """The term word of a rule on a day, or None; the reason is kept when there is none."""
        version = rule.at(day) if rule is not None else None
        if version is not None:
            return version.word
        if rule is None:
            label = steps.no_rule(self.plan.label)
        else:
            label = steps.not_in_force(rule.label, rule.id, day, rule.standing(day) == "not_yet")
        self.uncovered.append(
            Because(label, day, entries=(self.order.id,), rule=rule.id if rule is not None else "")
        )
        return None

    def _use(self, rule: Rule | None, day: date) -> Version | None:
        """Note that the sum rests on a rule."""
        version = rule.at(day) if rule is not None else None
        if rule is not None and version is not None and (rule, version) not in self.terms:
            self.terms.append((rule, version))
        return version

    @property
    def cites(self) -> tuple[Citation, ...]:
        """The articles that the sum rests on."""
        return _cites(tuple(version for _, version in self.terms))

    def begin(self, day: date, by: Entry, served_days: int = 0, served_since: date | None = None) -> None:
        """The first day of the term. `served_days` of an earlier measure are set off."""
        self.starts_on = day
        rule = self.plan.runs
        version = self._use(rule, self.ordered_on)
        if version is None or rule is None or not isinstance(version.word, Runs):
            return
        if by is not self.order:
            self.sum_entries.append(by.id)
        length = version.word.months
        if length is None:
            stated = self.order.fields.get("months")
            length = stated if isinstance(stated, int) else None
        if length is not None:
            self._use(self.plan.counted, self.ordered_on)
            end = last_day(day, length) if self.inclusive else add_months(day, length)
            what = self.moment(by) if by.happened_on == day else steps.in_effect(self.moment(by))
            self.steps.append((steps.term, (what, day, length, end, self.inclusive)))
            if version.word.months is None:
                self.over += limits.stated(self.plan, self.ordered_on, day, length)
            if served_days and served_since is not None:
                end = add_days(end, -served_days)
                self.steps.append((steps.credited, (served_days, served_since, day, end)))
            self.computed_end = self.end = end
        self._print(day)
        if self.end is None and version.word.unstated is not None:
            self.uncovered.append(
                Because(
                    version.word.unstated,
                    self.ordered_on,
                    cites=version.cites,
                    entries=(self.order.id,),
                    rule=rule.id,
                    status=version.status,
                )
            )

    def _print(self, first: date) -> None:
        """Let the last day that the order prints stand, unless the term begins after it."""
        printed = self.order.fields.get("printed_end")
        if not isinstance(printed, date):
            return
        self.printed_end = printed
        if printed < first:
            self.steps.append((steps.printed_unusable, (printed, first)))
        else:
            self.end = printed
            self.steps.append((steps.agreed if self.name == VOLUNTARY else steps.printed, (printed,)))
            self.over += limits.printed(self.plan, self.ordered_on, first, printed)

    def expire(self, day: date) -> bool:
        """End the measure if its last day is before `day`; True if that just happened."""
        if self.ended_on is not None or self.pause is not None or self.end is None or self.end >= day:
            return False
        self.ended_on = add_days(self.end, 1)
        self.ended_by = self.end_how
        if self.leave == EXPIRY or self.end_how == CHANGE:
            self.left_on = self.ended_on
        elif self.out_since is not None:
            self.left_on, self.left_by = max(self.ended_on, self.out_since), "reported"
        return True

    @property
    def live(self) -> bool:
        """Whether it still applies as far as the file has been read."""
        return self.ended_on is None

    @property
    def open(self) -> bool:
        """Whether it still applies or, though over, the person has not left."""
        return self.ended_on is None or self.left_on is None

    def taken(self, picks: tuple[Pick, ...]) -> Sequence[Entry]:
        """Its entries that one of the picks takes, in order of days."""
        found: Sequence[Entry] = ()
        for pick in picks:
            if pick.kind in self.entries:
                more = pick.among(self.entries[pick.kind])
                found = sorted((*found, *more), key=_day) if found else more
        return found

    # ── what entries do ───────────────────────────────────────────────────────────────────────────

    def attach(self, entry: Entry) -> None:
        """Take an entry that belongs to the measure, and let it act."""
        self.entries[entry.kind].append(entry)
        if entry.kind in self.plan.actions:
            self.offer(entry)

    def offer(self, entry: Entry) -> None:
        """Let an entry act on the clock, as far as a rule says so."""
        for action in self.plan.actions.get(entry.kind, ()):
            version = action.rule.at(entry.happened_on)
            if version is None:
                continue
            word = version.word
            match action.verb:
                case "pause" | "span":
                    self._pause(action.rule, entry, word)
                case "resume" | "span_end":
                    self._resume(entry)
                case "end":
                    if isinstance(word, Ended) and word.by.takes(entry):
                        self._end(action.rule, word, entry)
                case "lengthen":
                    if isinstance(word, Lengthened) and word.by.takes(entry):
                        self._lengthen(action.rule, word, entry)
                case "become":
                    if isinstance(word, Becomes) and word.by.takes(entry):
                        self._become(action.rule, word, entry)

    def _pause(self, rule: Rule, entry: Entry, word: object) -> None:
        if self.ended_on is not None:
            return
        if isinstance(word, Paused):
            if self.pause is None:
                self.pause = Pause(rule, word, entry)
                self.pauses.append(self.pause)
        elif isinstance(word, RunsOn) and not any(
            p.until is None and p.word.what == word.what for p in self.pauses
        ):
            self.pauses.append(Pause(rule, word, entry))

    def _resume(self, entry: Entry) -> None:
        for pause in self.pauses:
            if pause.until is None and pause.word.until == entry.kind:
                pause.until = entry.happened_on
                if pause is self.pause:
                    self.pause = None
                    self._push(pause, entry)
                again = self.entries[pause.begun_by.kind][-1]
                if again.happened_on == entry.happened_on > pause.since:
                    self._pause(pause.rule, again, pause.word)  # let out and taken in again on one day
                return

    def _push(self, pause: Pause, entry: Entry) -> None:
        """Add the days of a pause that is over after the last day."""
        if self.starts_on is None or self.end is None or pause.until is None:
            return
        since = max(pause.since, self.starts_on)
        number = days_between(since, pause.until)
        if number == 0:
            return
        self.end = add_days(self.end, number)
        self.over = limits.moved(self.over, number)
        self.lengthened_on = pause.until
        self._use(pause.rule, pause.since)
        self.sum_entries += (pause.begun_by.id, entry.id)
        self.steps.append((steps.pushed, (self.moment(pause.begun_by), since, pause.until, number, self.end)))

    def paused_days(self, until: date) -> int:
        """Days up to, not including, `until` on which the clock stood."""
        if self.starts_on is None:
            return 0
        total = 0
        for pause in self.pauses:
            if pause.pushes:
                stop = until if pause.until is None else min(pause.until, until)
                total += days_between(max(pause.since, self.starts_on), stop)
        return total

    def suspended(self, first: date, last: date) -> list[tuple[date, date]]:
        """The stretches of days, from `first` to `last`, on which the clock stood."""
        found = []
        for pause in self.pauses:
            until = date.max if pause.until is None else add_days(pause.until, -1)
            if pause.pushes and pause.since <= last and until >= first and pause.since <= until:
                found.append((max(first, pause.since), min(last, until)))
        return found

    def _end(self, rule: Rule, word: Ended, entry: Entry) -> None:
        if self.ended_on is not None:
            return
        if not word.last_day:
            self._use(rule, entry.happened_on)
            self.finish(entry.happened_on, word.how, entry)
            return
        effect = _effect(entry, word.day)
        if self.starts_on is None or (self.end is not None and effect > self.end):
            return
        self.end = max(effect, self.starts_on)
        self.end_how = word.how
        self._use(rule, entry.happened_on)
        self.sum_entries.append(entry.id)
        self.steps.append((steps.shortened, (entry.happened_on, self.end)))

    def _lengthen(self, rule: Rule, word: Lengthened, entry: Entry) -> None:
        if self.ended_on is not None:
            self.late_extensions += () if self.left_on else (entry,)
            return
        length = entry.fields.get(word.months)
        version = rule.at(entry.happened_on)
        if not isinstance(length, int):
            cites = version.cites if version else ()
            reason = Because(steps.UNSTATED_EXTENSION, entry.happened_on, cites, (entry.id,), rule=rule.id)
            self.uncovered.append(reason)
            return
        self.extensions.append((entry, length))
        if self.end is None:
            return
        before, self.end = self.end, add_months(self.end, length)
        self.end_how = EXPIRY
        self.lengthened_on = entry.happened_on
        self._use(rule, entry.happened_on)
        self.sum_entries.append(entry.id)
        self.steps.append((steps.extended, (entry.happened_on, length, self.end)))
        self.over += limits.extended(self.plan, [n for _, n in self.extensions], entry.happened_on, before)

    def _become(self, rule: Rule, word: Becomes, entry: Entry) -> None:
        if self.ended_on is not None or self.starts_on is None:
            return
        effect = max(_effect(entry, word.day), self.starts_on)
        if self.end is not None and effect > self.end:
            return
        self.next_measure = (effect, word.measure, rule, entry)
        self.end = add_days(effect, -1)
        self.end_how = CHANGE
        self._close_pause(effect)
        self._use(rule, entry.happened_on)
        self.sum_entries.append(entry.id)
        self.steps.append((steps.changed, (entry.happened_on, effect, self.end)))

    def finish(self, day: date, how: str, entry: Entry) -> None:
        """End it on `day` (the first day it no longer applies), or record that the person left it."""
        if self.ended_on is None:
            early = how == "release" and self.end_how == "early_release"
            self._close_pause(day)
            self.ended_on = day
            self.ended_by = "early_release" if early else how
        if self.left_on is None:
            self.left_on, self.left_by = day, how

    def _close_pause(self, day: date) -> None:
        for pause in self.pauses:
            if pause.until is None:
                pause.until = day
        self.pause = None

    def settle(self, on: date) -> None:
        """Read the clock off on the day asked about."""
        if self.ended_on is not None:
            self.state = "ended"
        elif self.starts_on is None:
            self.state = "awaiting_report"
        elif self.pause is not None:
            self.state = "suspended"
            since = max(self.pause.since, self.starts_on)
            if self.end is not None:
                number = days_between(since, on)
                self.end = add_days(self.end, number)
                self.over = limits.moved(self.over, number)
                self.provisional = True
                self.lengthened_on = on
                self._use(self.pause.rule, self.pause.since)
                self.sum_entries.append(self.pause.begun_by.id)
                what = self.moment(self.pause.begun_by)
                self.steps.append((steps.provisional, (what, since, on, number, self.end)))
        else:
            self.state = "in_force"

    def moment(self, entry: Entry) -> Label:
        """The word for an entry in a sum."""
        agreed = self.name == VOLUNTARY and entry is self.order
        return steps.AGREED if agreed else self.plan.names.entries[entry.kind]

    # ── the answer ────────────────────────────────────────────────────────────────────────────────

    def answer(self) -> Measure:
        """The measure as the assessment shows it."""
        term: Because | None = None
        if self.starts_on is not None and self.terms:
            term = Because(
                self.terms[0][1].says,
                self.starts_on,
                cites=self.cites,
                entries=tuple(dict.fromkeys(self.sum_entries)),
                steps=(*self.steps, *limits.shorter(self.over, self.end)),
                rule=self.plan.runs.id if self.plan.runs is not None else "",
                status="inferred" if self.inferred() else "verified",
            )
        return Measure(
            name=self.name,
            label=self.plan.label,
            state=self.state,
            order=self.order.id,
            ordered_on=self.ordered_on,
            starts_on=self.starts_on,
            ends_on=self.end,
            printed_end=self.printed_end,
            term=term,
            spans=self._spans(),
            ended_on=self.ended_on,
            ended_by=self.ended_by,
            left_on=self.left_on,
            provisional=self.provisional,
        )

    def inferred(self) -> list[str]:
        """The rules behind the term that are not verified."""
        return [rule.id for rule, version in self.terms if version.status != "verified"]

    def _spans(self) -> tuple[Span, ...]:
        labels = self.plan.names.spans
        spans = [
            Span(p.word.what, labels[p.word.what], p.since, p.until, (p.begun_by.id,)) for p in self.pauses
        ]
        places = [*self.entries.get("admission", ()), *self.entries.get("transfer", ())]
        if places:
            places.sort(key=_day)
            spans += self._stretches("place", "place", places)
        zones = self.entries.get("zone_move")
        if zones:
            spans += self._stretches("zone", "zone", zones)
        if len(spans) > 1:
            spans.sort(key=attrgetter("since", "what"))
        return tuple(spans)

    def _stretches(self, what: str, field: str, entries: list[Entry]) -> list[Span]:
        """One after another, each until the next begins; the last until the person left."""
        found = []
        for place, entry in enumerate(entries):
            label = self.plan.names.spans.get(str(entry.fields.get(field)))
            if label is None:
                continue
            until = entries[place + 1].happened_on if place + 1 < len(entries) else self.left_on
            until = until and max(until, entry.happened_on)
            found.append(Span(what, label, entry.happened_on, until, (entry.id,)))
        return found


@lru_cache(maxsize=1024)
def _cites(versions: tuple[Version, ...]) -> tuple[Citation, ...]:
    """Each article once; few sets of rules make up the sums of everybody."""
    return tuple(dict.fromkeys(cite for version in versions for cite in version.cites))


def _effect(entry: Entry, field: str) -> date:
    """The day a decision takes effect: its field, else the day it was made."""
    day = entry.fields.get(field) if field else None
    return day if isinstance(day, date) else entry.happened_on
