"""A policy compiled for the kernel: the plan that `assess` follows, as one array of whole numbers.

Nothing is stated here that the plan does not state; months, days, kinds, conditions and days in force all
come out of it. `kernel/layout.py` says what stands where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from guitu.kernel.days import day_number
from guitu.pathway.deadlines import HOURS_A_DAY
from guitu.pathway.findings import RIGHTS_ODDITIES
from guitu.pathway.history import LETS_GO, MOVES, MOVES_AGAIN
from guitu.pathway.kinds import (
    COMMUNITY,
    CUSTODY,
    CUSTODY_SPAN,
    DEATH,
    NEEDS_BEFORE,
    NEEDS_COMMUNITY,
    VOLUNTARY,
    WHILE_INSIDE,
)
from guitu.pathway.plan import Action, DutyRule, MeasurePlan, Owed, Plan, Request, plan_of
from guitu.pathway.sweep import program
from guitu.pathway.sweep.calendar import working_days
from guitu.pathway.sweep.kernel import layout as at
from guitu.pathway.sweep.kernel.arrays import Kinds, Numbers
from guitu.policy import Policy
from guitu.policy.holidays import LONGEST_HOLIDAY
from guitu.policy.model import (
    FILE,
    AnyOf,
    Bar,
    Becomes,
    Before,
    Ceiling,
    Counted,
    DutyWord,
    Ended,
    Every,
    FindingWhen,
    Lengthened,
    Moment,
    Paused,
    Pick,
    Rule,
    Runs,
    RunsOn,
    Version,
    Within,
    Word,
)

LATE_EXTENSION: Final = "extension_after_expiry"
OUT_OF_ORDER: Final = "out_of_order"
OVERLAP: Final = "overlapping_orders"
BITS: Final = 32
BIT_WORDS: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The compiled law, and what its numbers mean: names by code, and the columns it reads by place."""

    numbers: Numbers
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    measures: tuple[str, ...]
    endings: tuple[str, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...]
    duties: tuple[Owed, ...]
    policy: Policy

    def kind_table(self, codes: Mapping[str, int]) -> Kinds:
        """The model's kind for each code of the spine, -1 where rules do not read it."""
        table = np.full(max(codes.values(), default=0) + 1, -1, np.int16)
        for place, name in enumerate(self.kinds):
            if name in codes:
                table[codes[name]] = place
        return table


@dataclass(slots=True)
class _Codes:
    """Names given numbers as they come."""

    found: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        return self.found.setdefault(name, len(self.found))

    def names(self) -> tuple[str, ...]:
        return tuple(self.found)


def compile_model(policy: Policy, words: Mapping[str, tuple[str, ...]]) -> Model:
    """The model of a policy for a snapshot whose choice columns mean these words. Raises DeclarationError
    for a rule word that the kernel does not know, or for more kinds and fields than it has room for."""
    return _compiled(policy, tuple(sorted(words.items())))


@lru_cache(maxsize=256)
def _compiled(policy: Policy, words: tuple[tuple[str, tuple[str, ...]], ...]) -> Model:
    """Policies are told apart by identity; there is one of each province."""
    return _Compiler(policy, dict(words)).model()


class _Compiler:
    """Writes the numbers one after another; what they refer to is written before them."""

    def __init__(self, policy: Policy, words: Mapping[str, tuple[str, ...]]) -> None:
        self.policy = policy
        self.plan: Plan = plan_of(policy)
        self.words = words
        self.numbers: list[int] = [0] * at.HEAD
        self.kinds = tuple(sorted(self.plan.readings))
        self.kind_code = {name: place for place, name in enumerate(self.kinds)}
        self.measures = tuple(self.plan.measures)
        self.fields = _Codes()
        self.rules = _Codes()
        self.names = _Codes()
        self.spans = _Codes()
        self.standing = _Codes()
        self.endings = _Codes({name: place for place, name in enumerate(at.HOWS)})
        self.duties: list[Owed] = []
        self._rules_at: dict[Rule, int] = {}
        self._picks_at: dict[Pick, int] = {}

    def model(self) -> Model:
        head = self.numbers
        head[at.SILENT] = self.rules.of("")
        head[at.KINDS], head[at.N_KINDS] = self._kinds(), len(self.kinds)
        plans = [number for name in self.measures for number in self._plan(self.plan.measures[name])]
        head[at.PLANS], head[at.N_PLANS] = self.put(plans), len(self.measures)
        requests = [number for request in self.plan.requests for number in self._request(request)]
        head[at.REQUESTS], head[at.N_REQUESTS] = self.put(requests), len(self.plan.requests)
        measure = {name: place for place, name in enumerate(self.measures)}
        head[at.MEASURE_OF] = self.put([measure.get(word, -1) for word in self.words.get("measure", ())])
        for place, name in (
            (at.F_MEASURE, "measure"),
            (at.F_MONTHS, "months"),
            (at.F_PRINTED, "printed_end"),
            (at.F_OF, "of"),
            (at.F_UNTIL, "until"),
        ):
            head[place] = self.field(name)
        for place, name in (
            (at.K_ORDER, "order"),
            (at.K_REPORTING, "reporting_in"),
            (at.K_ADMISSION, "admission"),
            (at.K_EXCUSE, "excuse"),
            (at.K_AGREEMENT, "agreement"),
            (at.K_FAMILY, "family_notified"),
        ):
            head[place] = self.kind_code.get(name, -1)
        head[at.MOVES] = self.pick(Pick("decision", (("effect", MOVES),)))
        head[at.LETS_GO] = self.picks(LETS_GO)
        head[at.MOVES_AGAIN] = self.pick(MOVES_AGAIN)
        head[at.SPAN_CUSTODY] = self.spans.of(CUSTODY_SPAN)
        head[at.FIND_ORDER] = self.finding(OUT_OF_ORDER)
        head[at.FIND_OVERLAP] = self.finding(OVERLAP)
        head[at.FIND_LATE] = self.finding(LATE_EXTENSION)
        head[at.RIGHTS_ORDER] = int(OUT_OF_ORDER in RIGHTS_ODDITIES)
        head[at.RIGHTS_OVERLAP] = int(OVERLAP in RIGHTS_ODDITIES)
        first, working, rolled = working_days()
        head[at.CAL_FIRST], head[at.CAL_DAYS] = first, len(working) - LONGEST_HOLIDAY
        head[at.CAL_WORKING] = self.put([int(one) for one in working])
        head[at.CAL_ROLL] = self.put(list(rolled))
        head[at.N_FIELDS] = len(self.fields.found)
        for what, many, most in (
            ("kinds", len(self.kinds), at.MOST_KINDS),
            ("fields", len(self.fields.found), at.MOST_FIELDS),
        ):
            if many > most:
                raise program.unknown(f"{many} {what}")
        return Model(
            np.array(self.numbers, np.int64), self.kinds, self.fields.names(), self.measures,
            self.endings.names(), self.names.names(), self.rules.names(), tuple(self.duties), self.policy,
        )  # fmt: skip

    # ── words and numbers ─────────────────────────────────────────────────────────────────────────

    def put(self, numbers: list[int]) -> int:
        """Write numbers down; where they stand."""
        place = len(self.numbers)
        self.numbers += numbers
        return place

    def field(self, name: str) -> int:
        """The place of a field among the columns that rules read."""
        return self.fields.of(name)

    def finding(self, name: str) -> int:
        """The code of a finding."""
        return self.names.of(name)

    def measure(self, name: str) -> int:
        """The place of a measure's plan, -1 for one that there is not."""
        return self.measures.index(name) if name in self.measures else -1

    def stands_for(self, rule: str) -> int:
        """The code of a duty rule that findings ask about."""
        return self.standing.of(rule)

    def excuse(self, of: str) -> int:
        """The code of what an excuse is for, -1 for none."""
        known = self.words.get("of", ())
        return known.index(of) if of in known else -1

    def pick(self, pick: Pick) -> int:
        """A pick: its kind, how many conditions, and of each the field and a bit for each choice taken; of
        one that must not hold, -1 less the field."""
        if pick not in self._picks_at:
            asked = [(name, values, False) for name, values in pick.where]
            asked += [(name, values, True) for name, values in pick.unless]
            numbers = [self.kind_code.get(pick.kind, -1), len(asked)]
            for name, values, barred in asked:
                bits = [0] * BIT_WORDS
                for code, word in enumerate(self.words.get(name, ())):
                    if word in values:
                        bits[code // BITS] |= 1 << code % BITS
                field = self.field(name)
                numbers += [-1 - field if barred else field, *bits]
            self._picks_at[pick] = self.put(numbers)
        return self._picks_at[pick]

    def picks(self, picks: tuple[Pick, ...]) -> int:
        """Several picks: how many, then each."""
        found = [self.pick(pick) for pick in picks]
        return self.put([len(found), *found])

    def _kinds(self) -> int:
        numbers: list[int] = []
        for name in self.kinds:
            reading = self.plan.readings[name]
            needs = [self.kind_code.get(kind, -1) for kind in NEEDS_BEFORE.get(name, ())]
            numbers += [
                reading.rank,
                at.CONCERNS.index(reading.concern),
                int(reading.anywhere),
                int(reading.of_the_living),
                int(reading.paired),
                int(reading.moving),
                int(reading.quiet),
                int(name in NEEDS_COMMUNITY),
                int(name in WHILE_INSIDE),
                len(needs),
                *(*needs, -1, -1)[:2],
            ]
        return self.put(numbers)

    # ── rules ─────────────────────────────────────────────────────────────────────────────────────

    def _plan(self, plan: MeasurePlan) -> list[int]:
        actions = [self._actions(plan.actions.get(kind, ())) for kind in self.kinds]
        within = [
            number for moment, rule in plan.within for number in (self._moment(moment), self._owed(rule))
        ]
        before = [self._owed(rule) for rule in plan.before]
        every = [self._owed(rule) for rule in plan.every]
        judged = [number for rule in plan.findings for number in self._judged(rule)]
        return [
            self._rule(plan.runs) if plan.runs is not None else -1,
            self._rule(plan.counted) if plan.counted is not None else -1,
            self.put(actions),
            self.put(within),
            len(plan.within),
            self.put(before),
            len(before),
            self.put(every),
            len(every),
            self.put(judged),
            len(judged) // at.J_WIDTH,
            int(plan.name in COMMUNITY),
            int(plan.name in CUSTODY),
            int(plan.name == VOLUNTARY),
            int(plan.name == "community_treatment"),
        ]

    def _actions(self, actions: tuple[Action, ...]) -> int:
        if not actions:
            return -1
        numbers = [(at.VERBS.index(action.verb), self._rule(action.rule)) for action in actions]
        return self.put([len(numbers), *(number for pair in numbers for number in pair)])

    def _rule(self, rule: Rule) -> int:
        if rule not in self._rules_at:
            numbers = [self.rules.of(rule.id), len(rule.versions)]
            for version in rule.versions:
                kind, word = self._term(version.word)
                numbers += [*_days(version), kind, word]
            self._rules_at[rule] = self.put(numbers)
        return self._rules_at[rule]

    def _term(self, word: Word | None) -> tuple[int, int]:
        """The type of a rule word, and where its numbers stand: those of words about a term."""
        match word:
            case Runs(start, months, leave, unstated):
                numbers = [
                    ("order", "reporting_in").index(start),
                    at.NONE if months is None else months,
                    at.LEAVES.index(leave),
                    int(unstated is not None),
                ]
            case Counted(first_day):
                numbers = [int(first_day)]
            case Paused() | RunsOn():
                numbers = [
                    self.kind_code.get(word.since, -1),
                    self.kind_code.get(word.until, -1),
                    self.spans.of(word.what),
                ]
            case Ended():
                day = self.field(word.day) if word.day else -1
                numbers = [self.pick(word.by), self.endings.of(word.how), int(word.last_day), day]
            case Lengthened():
                numbers = [self.pick(word.by), self.field(word.months)]
            case Becomes():
                day = self.field(word.day) if word.day else -1
                numbers = [self.pick(word.by), self.measure(word.measure), day]
            case _:
                return (at.WORDS.index(_name(word)) if word is not None else 0), 0
        return at.WORDS.index(type(word).__name__), self.put(numbers)

    # ── duties ────────────────────────────────────────────────────────────────────────────────────

    def _moment(self, moment: Moment) -> int:
        pick = self.pick(moment.pick) if moment.pick is not None else -1
        after = self.kind_code.get(moment.after, -1)
        return self.put([pick, at.TAKES.index(moment.take), after])

    def _owed(self, rule: DutyRule) -> int:
        numbers = [len(rule)]
        for owed in rule:
            kind, word = self._duty(owed.word)
            numbers += [
                day_number(owed.first), day_number(owed.last), kind, word, len(self.duties),
                int(owed.watched), self.stands_for(owed.stands_for),
            ]  # fmt: skip
            self.duties.append(owed)
        return self.put(numbers)

    def _duty(self, word: DutyWord) -> tuple[int, int]:
        match word:
            case Within():
                numbers = [
                    *_length(word),
                    int(word.rolls),
                    word.opens or -(word.opens_days or 0),  # days below zero
                    at.NONE if word.outer is None else word.outer,
                    at.SINCE_ORDER if word.early else at.SINCE_OPENING if word.not_sooner else at.SINCE_DAY,
                    self.excuse(word.excused_by),
                    self.picks(word.done_by),
                ]
            case Before():
                length, amount = (
                    (at.L_WORKING, word.working_days)
                    if word.working_days is not None
                    else (at.L_DAYS if word.days else at.L_PROMPTLY, word.days)
                )
                numbers = [length, amount, int(word.anew), self.picks(word.done_by)]
            case Every():
                stages = [number for stage in word.stages for number in (stage.until, stage.times)]
                excuse, done_by = self.excuse(word.excused_by), self.picks(word.done_by)
                numbers = [excuse, done_by, len(word.stages), *stages]
            case _:
                raise program.unknown(word)
        return at.WORDS.index(type(word).__name__), self.put(numbers)

    def _request(self, request: Request) -> list[int]:
        """A request: its pick, its rule, whether it is of a death, whether what answers it belongs to the
        same as it, and the measures of which one must stand (-1: none)."""
        measures = [] if request.measures == (FILE,) else [self.measure(name) for name in request.measures]
        many = -1 if request.measures == (FILE,) else len(measures)
        dead = int(request.asks.kind == DEATH)
        return [self.pick(request.asks), self._owed(request.rule), dead, int(request.beside), many, *measures]

    # ── findings ──────────────────────────────────────────────────────────────────────────────────

    def _judged(self, rule: Rule) -> list[int]:
        place = self._rule(rule)
        numbers: list[int] = []
        for number, version in enumerate(rule.versions):
            word = version.word
            holds, months, undecided = at.H_HELD, at.NONE, 0
            match word:
                case FindingWhen():
                    steps = list(program.of_condition(word.when, self))
                    holds = ("in_force", "held", "always").index(word.holds)
                    months = at.NONE if word.holds_months is None else word.holds_months
                    undecided = int(word.undecided is not None)
                case Bar():
                    steps = list(program.of_bar(word, self))
                case Ceiling():
                    steps = list(program.of_condition(AnyOf(word.of), self))
                case _:
                    continue
            numbers += [
                place,
                place + at.R_VERSIONS + number * at.V_WIDTH,
                self.finding(word.name),
                int(word.rights),
                holds,
                months,
                undecided,
                self._program(steps),
                at.WORDS.index(type(word).__name__),
            ]
        return numbers

    def _program(self, steps: list[program.Step]) -> int:
        numbers = [len(steps)]
        for step in steps:
            numbers += [*step, *[0] * (at.OP_WIDTH - len(step))]
        return self.put(numbers)


def _name(word: object) -> str:
    name = type(word).__name__
    return name if name in at.WORDS else ""


def _days(version: Version) -> tuple[int, int]:
    return day_number(version.in_force_from), day_number(version.in_force_until or date.max)


def _length(word: Within) -> tuple[int, int]:
    """How a duty within is counted, and how much; hours as the days they take."""
    if word.days is not None:
        return at.L_DAYS, word.days
    if word.hours is not None:
        return at.L_DAYS, -(-word.hours // HOURS_A_DAY)
    if word.months is not None:
        return at.L_MONTHS, word.months
    if word.working_days is not None:
        return at.L_WORKING, word.working_days
    return at.L_PROMPTLY, 0
