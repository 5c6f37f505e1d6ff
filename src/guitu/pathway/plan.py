"""A policy's rules sorted by measure and by the entries that move them, once per policy, so that one
person costs little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final, Literal

from guitu.casefile.kind import Concern, ReadAs
from guitu.kernel.citations import Citation
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.pathway.kinds import MOVING, OF_THE_LIVING, PAIRED
from guitu.policy.load import Policy
from guitu.policy.model import (
    FILE,
    MEASURES,
    Bar,
    Becomes,
    Before,
    Ceiling,
    Clean,
    Condition,
    Counted,
    DoneLate,
    DutyWord,
    Earlier,
    Ended,
    Every,
    FindingWhen,
    Lengthened,
    Moment,
    Names,
    Overdue,
    Paused,
    Pick,
    Recorded,
    RightWithin,
    Rule,
    Runs,
    RunsOn,
    Status,
    Within,
)
from guitu.policy.uses import conditions_of

Verb = Literal["pause", "resume", "end", "lengthen", "become", "span", "span_end"]


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """What an entry of some kind may do to a measure under a rule."""

    verb: Verb
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False)
class Owed:
    """What all duties of one version of a rule have in common. It is in force from `first` to `last`.
    `stands_for` is the rule, or the national one it replaces; `watched` says whether a finding asks how late
    they are."""

    word: DutyWord
    first: date
    last: date
    rule: str
    stands_for: str
    watched: bool
    label: Label
    record: str
    says: Label
    cites: tuple[Citation, ...]
    status: Status


DutyRule = tuple[Owed, ...]
"""The versions of a rule that make duties."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasurePlan:
    """The applied rules of one measure: its clock, what moves it, its duties (a duty within with the moment
    its newest version is counted from) and its findings."""

    name: str
    label: Label
    names: Names
    runs: Rule | None
    counted: Rule | None
    actions: dict[str, tuple[Action, ...]]
    within: tuple[tuple[Moment, DutyRule], ...]
    before: tuple[DutyRule, ...]
    every: tuple[DutyRule, ...]
    findings: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How entries of one kind are read: their rank among those of a day, whose measure they belong to,
    whether rules look for them beyond it (`anywhere`), whether they need somebody alive, whether they open or
    close something (`paired`), whether they can begin, end or move a measure; and whether they do none of
    that and only have to be kept, with every measure that runs (`quiet`)."""

    rank: int
    concern: Concern
    anywhere: bool
    of_the_living: bool
    paired: bool
    moving: bool
    quiet: bool


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A rule by which each request, an entry of `asks`, is to be answered; only while one of the measures
    stands, unless the file as such is meant. With `beside` what answers it belongs to the same as it."""

    measures: tuple[str, ...]
    asks: Pick
    rule: DutyRule
    beside: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The plans of all measures, the requests that are to be answered, how each legal kind is read, and the
    note by which an answer names each inferred rule."""

    measures: dict[str, MeasurePlan]
    requests: tuple[Request, ...]
    readings: dict[str, Reading]
    inferred: dict[str, Label]
    names: Names


_CACHED_POLICIES: Final = 128


@lru_cache(maxsize=_CACHED_POLICIES)
def plan_of(policy: Policy) -> Plan:
    """The plan of a policy (policies are told apart by identity; `guitu.compose.policy` gives the same one
    each time). Raises DeclarationError for rules alone: nothing can be read without the kinds."""
    if not policy.kinds:
        raise DeclarationError(
            Label(
                "这套规则没有配上记录类型；请用 compose.policy 取得",
                "rules without kinds; take them from compose.policy",
            )
        )
    inferred = {
        rule.id: Label(f"推定规则 {rule.id}：{rule.label.zh}", f"inferred rule {rule.id}: {rule.label.en}")
        for rule in policy.applied
        if any(version.status == "inferred" for version in rule.versions)
    }
    measures = {name: _measure(policy, name) for name in MEASURES}
    requests = tuple(_requests(policy))
    anywhere = PAIRED | _looked_for(policy) | {each.asks.kind for each in requests}
    moving = MOVING.union(*(each.actions for each in measures.values()))
    readings = {
        name: _reading(name, kind.read_as, name in anywhere, name in moving)
        for name, kind in policy.kinds.items()
        if kind.read_as is not None
    }
    return Plan(measures, requests, readings, inferred, policy.names)


def _reading(kind: str, read_as: ReadAs, anywhere: bool, moving: bool) -> Reading:
    paired = kind in PAIRED
    quiet = read_as.concern == "running" and not (paired or moving)
    return Reading(read_as.rank, read_as.concern, anywhere, kind in OF_THE_LIVING, paired, moving, quiet)


def _requests(policy: Policy) -> Iterator[Request]:
    for rule in policy.applied:
        word = rule.versions[-1].word
        if isinstance(word, Within) and word.answers and word.since.pick is not None:
            owed = _duty_rule(rule, policy.names, frozenset())
            yield Request(rule.measures, word.since.pick, owed, word.beside)


def _looked_for(policy: Policy) -> set[str]:
    """The kinds that rules look for beyond the measure they judge."""
    found: set[str] = set()
    for rule in policy.applied:
        for version in rule.versions:
            word = version.word
            if isinstance(word, Within) and word.answers:
                found.update(pick.kind for pick in word.done_by)
            elif isinstance(word, RightWithin) and (word.of is not None or rule.measures == (FILE,)):
                found.update(pick.kind for pick in (word.since, word.of) if pick is not None)
            elif word is not None:
                found.update(pick.kind for condition in conditions_of(word) for pick in _anywhere(condition))
    return found


def _anywhere(condition: Condition) -> tuple[Pick, ...]:
    match condition:
        case Recorded():
            return (condition.pick,)
        case Earlier():
            return (condition.then,)
        case Clean():
            return (*condition.without, condition.until)
    return ()


def _measure(policy: Policy, name: str) -> MeasurePlan:
    runs: Rule | None = None
    counted: Rule | None = None
    actions: dict[str, list[Action]] = {}
    within: list[tuple[Rule, Moment]] = []
    before: list[Rule] = []
    every: list[Rule] = []
    findings: list[Rule] = []

    def act(kind: str, verb: Verb, rule: Rule) -> None:
        actions.setdefault(kind, []).append(Action(verb, rule))

    for rule in policy.applied:
        if name not in rule.measures:
            continue
        word = rule.versions[-1].word
        match word:
            case Runs():
                runs = rule
            case Counted():
                counted = rule
            case Paused():
                act(word.since, "pause", rule)
                act(word.until, "resume", rule)
            case RunsOn():
                act(word.since, "span", rule)
                act(word.until, "span_end", rule)
            case Ended():
                act(word.by.kind, "end", rule)
            case Lengthened():
                act(word.by.kind, "lengthen", rule)
            case Becomes():
                act(word.by.kind, "become", rule)
            case Within() if not word.answers:
                within.append((rule, word.since))
            case Before():
                before.append(rule)
            case Every():
                every.append(rule)
            case FindingWhen() | Bar() | Ceiling():
                findings.append(rule)
    duty = partial(_duty_rule, names=policy.names, watched=frozenset(_watched(findings)))
    return MeasurePlan(
        name=name,
        label=policy.names.measures[name],
        names=policy.names,
        runs=runs,
        counted=counted,
        actions={kind: tuple(found) for kind, found in actions.items()},
        within=tuple((moment, duty(rule)) for rule, moment in within),
        before=tuple(map(duty, before)),
        every=tuple(map(duty, every)),
        findings=tuple(findings),
    )


def _watched(findings: list[Rule]) -> Iterator[str]:
    """The duty rules that these finding rules ask about."""
    for rule in findings:
        for version in rule.versions:
            if version.word is not None:
                for condition in conditions_of(version.word):
                    if isinstance(condition, Overdue | DoneLate):
                        yield from condition.rules


def _duty_rule(rule: Rule, names: Names, watched: frozenset[str]) -> DutyRule:
    stands_for = rule.replaces or rule.id
    return tuple(
        Owed(
            word=version.word,
            first=version.in_force_from,
            last=version.in_force_until or date.max,
            rule=rule.id,
            stands_for=stands_for,
            watched=stands_for in watched,
            label=names.duties[version.word.name],
            record=version.word.done_by[0].kind,
            says=version.says,
            cites=version.cites,
            status=version.status,
        )
        for version in rule.versions
        if isinstance(version.word, Within | Before | Every)
    )
