"""The law as a small frozen model: instruments, rules, their dated versions, and the closed vocabulary of
rule words.

Evaluators (the assessment of one person, the sweep over many) see this model and nothing else. No rule
carries code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label

Status = Literal["verified", "inferred", "recalled"]
Standing = Literal["in_force", "not_yet", "repealed", "unknown"]
OwedBy = Literal["authority", "person"]

STATUSES: Final = ("verified", "inferred", "recalled")
"""verified: read in the law itself. inferred: our reading of what was read, or of what everybody does.
recalled: seen only in a secondary page, or remembered."""
MARKS: Final = ("P", "S", "S weak", "RECALLED", "INFERENCE")
"""How the research note vouches for a rule: read in the law itself, in a secondary page, remembered, or
our reading."""

MEASURES: Final = ("voluntary", "community_treatment", "compulsory_isolation", "community_recovery")
FILE: Final = "file"
"""Stands for the measures of a rule about the file as a whole, whatever measure runs or none."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Entries of one kind whose choice fields hold one of the named values (`where`), and none of those that
    `unless` names: what is not answered is not named either."""

    kind: str
    where: tuple[tuple[str, frozenset[str]], ...] = ()
    unless: tuple[tuple[str, frozenset[str]], ...] = ()

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is one of these."""
        return entry.kind == self.kind and bool(self.among((entry,)))

    def among(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Which of some entries of its kind hold the values: those that are sorted by kind need not be asked
        one by one."""
        for name, values in self.where:
            entries = [entry for entry in entries if entry.fields.get(name) in values]
        for name, values in self.unless:
            entries = [entry for entry in entries if entry.fields.get(name) not in values]
        return entries


# ── terms ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Runs:
    """*term runs*: the clock starts on the day of the order or of reporting and runs `months` calendar
    months; None means the number stated on the order, and `unstated` says what to answer when it states
    none. `leave` says what sets the person free: the last day itself, or a release that somebody must
    carry out by then."""

    start: Literal["order", "reporting_in"]
    months: int | None
    leave: Literal["expiry", "release"]
    unstated: Label | None


@dataclass(frozen=True, slots=True)
class Counted:
    """*term counted*: whether the first day of a term is its first counted day."""

    first_day: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """*term paused*: days from an entry of `since` up to, not including, one of `until` are added after
    the last day."""

    since: str
    until: str
    what: str


@dataclass(frozen=True, slots=True)
class RunsOn:
    """*term runs on*: the clock goes on between these entries; they are shown and move nothing."""

    since: str
    until: str
    what: str


@dataclass(frozen=True, slots=True)
class Ended:
    """*term ended*: such an entry ends the measure. With `last_day` its day (or its field `day`) is still
    in force, without it the measure no longer applies from that day. `how` is the word the answer uses."""

    by: Pick
    how: str
    last_day: bool
    day: str


@dataclass(frozen=True, slots=True)
class Lengthened:
    """*term lengthened*: such an entry, made before expiry, adds its `months` after the last day."""

    by: Pick
    months: str


@dataclass(frozen=True, slots=True)
class Becomes:
    """*term becomes*: from the day in field `day` the measure is replaced by `measure`, less the days
    already served."""

    by: Pick
    measure: str
    day: str


# ── duties ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Moment:
    """What a duty is counted from: entries of `pick`, or the day the measure expires (`pick` is None).

    `take` says which of several entries start one: each, the latest (which replaces an earlier one not yet
    done), only the first, or, besides the first, the first after each entry of `after`."""

    pick: Pick | None
    take: Literal["each", "latest", "first", "first_after"] = "each"
    after: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """*duty within*: to be done within so many days, working days, hours or months of a moment; with none of
    them, promptly.

    `rolls` moves a last day that is a holiday to the next working day. `opens` is the number of months
    before which it cannot be done, `opens_days` the same in days. `outer` is the longest time the law allows
    where `days` is a stricter local one: only past it does a finding follow. `early` says that an entry of
    the measure before the moment does it too. `excused_by` is what an `excuse` entry must be of. `answers`
    names the field in which the entry that does it holds the id of the one that asked: each request then is a
    duty of its own, which outlasts the measure. With `beside` it holds instead the id that the one that asked
    holds there itself: both belong to the same third entry (two steps with one sample). `not_sooner` says
    that what was done before it opened does not do it."""

    name: str
    owed_by: OwedBy
    since: Moment
    done_by: tuple[Pick, ...]
    days: int | None = None
    working_days: int | None = None
    hours: int | None = None
    months: int | None = None
    rolls: bool = True
    opens: int | None = None
    opens_days: int | None = None
    outer: int | None = None
    early: bool = False
    excused_by: str = ""
    answers: str = ""
    beside: bool = False
    not_sooner: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """*duty before*: to be done so many days (or working days) before the last day of the measure, or on it.
    Never rolls. With `anew` it must be done again when the last day moves later."""

    name: str
    owed_by: OwedBy
    done_by: tuple[Pick, ...]
    days: int = 0
    working_days: int | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Up to month `until` of a term, `times` even periods from where the stage before ended."""

    until: int
    times: int


@dataclass(frozen=True, slots=True)
class Every:
    """*duty every*: once in each period of the stages of a running term. A later entry also does what was
    missed."""

    name: str
    owed_by: OwedBy
    stages: tuple[Stage, ...]
    done_by: tuple[Pick, ...]
    excused_by: str = ""


# ── rights ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RightWithin:
    """*right within*: what the person may do until so many days or months after an entry of `since` (or,
    with None, after leaving a measure later than its last day). Nobody owes it, so it is no duty.

    `of` narrows `since` to answers to such an entry. `after` names the right that must have passed first."""

    name: str
    since: Pick | None
    days: int | None = None
    months: int | None = None
    rolls: bool = True
    of: Pick | None = None
    after: str = ""


# ── conditions ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """So many such entries while the measure runs, without those that excuses of `unless` cover entirely."""

    pick: Pick
    word: str
    number: int
    says: Label
    unless: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """So many days in all, from the field `field` of such entries, counted as they pass."""

    pick: Pick
    field: str
    word: str
    number: int
    says: Label
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A duty of one of these rules is past its day, with no excuse, and not done."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoneLate:
    """A duty of one of these rules was done, without excuse, after its day."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The last day has passed and the person has not left."""


@dataclass(frozen=True, slots=True)
class LeftLate:
    """The person left after the last day."""


@dataclass(frozen=True, slots=True)
class PrintedDiffers:
    """The end printed on the order is not the computed one."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Such an entry is in the file, from `look_back` months before the order at the earliest."""

    pick: Pick
    look_back: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier measure of that name ended with one of these findings, and `then` was recorded between
    its order and this one."""

    measure: str
    found: tuple[str, ...]
    then: Pick


@dataclass(frozen=True, slots=True)
class Compare:
    """A named number of the measure against a limit. `FACTS` lists the numbers."""

    fact: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class Clean:
    """So many months have passed since the first entry of `since` (None: since the person left the measure)
    with none of `without`, and neither a new order nor a running measure. Never for a measure in which one of
    the findings `unless` held. It is over once an entry of `until` is recorded."""

    since: Pick | None
    months: int
    without: tuple[Pick, ...]
    unless: tuple[str, ...]
    until: Pick


Condition = (
    AnyOf
    | AllOf
    | Count
    | Total
    | Overdue
    | DoneLate
    | Held
    | LeftLate
    | PrintedDiffers
    | Recorded
    | Earlier
    | Compare
    | Clean
)

FACTS: Final[dict[str, Label]] = {
    "extension_months": Label("延长的月数合计", "months of extension in all"),
    "ordered_months": Label("决定书写明的月数", "months stated on the order"),
    "printed_months": Label("到载明期满日为止的月数", "months up to the printed last day"),
    "printed_longest": Label("到载明期满日为止的月数（首日不计）", "months printed (first day not counted)"),
}


# ── findings ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FindingWhen:
    """*finding when*: something a human must look at. `holds` says how long: while the measure is in
    force, until the person has left, always, or for `holds_months` from its first day. With `undecided` it
    is no finding but something the rules do not cover, in these words."""

    name: str
    when: Condition
    holds: Literal["in_force", "held", "always"] = "in_force"
    holds_months: int | None = None
    rights: bool = False
    undecided: Label | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """*bar*: such entries are not allowed before `months` from the order, or once `after` holds; one of
    them is a finding."""

    name: str
    entries: tuple[Pick, ...]
    months: int | None = None
    after: Condition | None = None
    rights: bool = False


@dataclass(frozen=True, slots=True)
class Ceiling:
    """*ceiling*: named numbers of the measure may not break their limit; breaking one is a finding."""

    name: str
    of: tuple[Compare, ...]
    rights: bool = True


TermWord = Runs | Counted | Paused | RunsOn | Ended | Lengthened | Becomes
DutyWord = Within | Before | Every
FindingWord = FindingWhen | Bar | Ceiling
Word = TermWord | DutyWord | RightWithin | FindingWord


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Version:
    """A rule as it reads between two days, told apart by identity. `says` is the sentence shown as the
    reason. `word` is None where the rule is known and cannot be evaluated; `unevaluated` then says why."""

    in_force_from: date
    in_force_until: date | None
    cites: tuple[Citation, ...]
    status: Status
    last_checked: date
    says: Label
    word: Word | None
    unevaluated: Label | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of law or of an office, told apart by identity. `mark` is the research note's own mark;
    `region` a GB/T 2260 prefix, empty for the whole country; `preset` the name under which an office turns it
    on; `replaces` the national rule that a local one stands in for. `needed` puts an inferred rule on by
    default: the answer then names it. With `own_number` an office may turn its preset on with a number of
    days of its own (`lab-report=5`), which takes the place of the rule's."""

    id: str
    label: Label
    measures: tuple[str, ...]
    mark: str
    versions: tuple[Version, ...]
    region: str = ""
    preset: str = ""
    replaces: str = ""
    needed: bool = False
    own_number: bool = False
    note: Label | None = None
    source: str = ""

    def at(self, day: date) -> Version | None:
        """The version in force on `day`, or None."""
        for version in self.versions:
            if version.in_force_from <= day and (
                version.in_force_until is None or day <= version.in_force_until
            ):
                return version
        return None

    def standing(self, day: date) -> Standing:
        """Whether the rule is in force on `day`, not yet, or no longer."""
        if self.at(day) is not None:
            return "in_force"
        return "not_yet" if all(v.in_force_from > day for v in self.versions) else "repealed"

    @property
    def on(self) -> bool:
        """Whether the rule is applied where its region and preset are: verified ones, and inferred ones
        that are needed."""
        newest = self.versions[-1]
        if newest.word is None:
            return False
        return newest.status == "verified" or self.needed or bool(self.preset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation or rule that is cited. `articles` is how many it has, None where the text was not
    seen whole."""

    key: str
    title: Label
    issuer: Label
    adopted: date | None
    in_force_from: date | None
    in_force_until: date | None
    articles: int | None
    seen: str
    region: str = ""
    note: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The labels of everything an answer names; those of entries come from their declared kinds."""

    measures: Mapping[str, Label]
    states: Mapping[str, Label]
    duties: Mapping[str, Label]
    duty_states: Mapping[str, Label]
    findings: Mapping[str, Label]
    spans: Mapping[str, Label]
    endings: Mapping[str, Label]
    remedies: Mapping[str, Label]
    entries: Mapping[str, Label] = field(default_factory=dict)
