"""Assessments: which stage is due when, by the law and by a centre's own days; the copy and objections. It
advises: no result is worked out here. What two people signed, and what became of it: `sheets`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label

Stage = Literal["intake", "physiological", "one_year", "before_expiry"]
STAGES: Final[Mapping[Stage, Label]] = {
    "intake": Label("入所调查评估", "Intake"),
    "physiological": Label("生理脱毒评价", "Physiological"),
    "one_year": Label("一年后综合评估", "One year"),
    "before_expiry": Label("期满前综合评估", "Before expiry"),
}
DOMAINS: Final = ("physiological", "recovery", "conduct", "social")
NEEDED: Final[Mapping[Stage, tuple[str, ...]]] = {
    "intake": (),
    "physiological": ("physiological",),
    "one_year": DOMAINS,
    "before_expiry": DOMAINS,
}
"""The domains that an assessment of a stage must answer. An intake survey has no result."""


# ── what is due ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Settings:
    """A centre's own days, all unset by default: no law that was read sets them."""

    intake: int | None = None
    physiological: int | None = None
    one_year: int | None = None
    lead: int | None = None
    objection: int | None = None
    recheck: int | None = None
    lists: Mapping[str, tuple[str, ...]] | None = None
    since: date | None = None
    basis: str = ""

    def checklist(self, domain: str) -> tuple[str, ...]:
        """The office's list for a domain, empty without one."""
        return (self.lists or {}).get(domain, ())


UNSET: Final = Settings()


def settings_of(entries: Iterable[Entry], on: date) -> Settings:
    """The settings in force on a day, of the counted `assessment_plan` entries of a centre's own file."""
    found = [e for e in entries if e.kind == "assessment_plan" and e.happened_on <= on]
    if not found:
        return UNSET
    entry = max(found, key=lambda e: (e.happened_on, e.recorded_at))

    def days(name: str) -> int | None:
        value = entry.get(name)
        return value if isinstance(value, int) else None

    def items(name: str) -> tuple[str, ...]:
        text = str(entry.get(f"{name}_list") or "")
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    return Settings(
        days("intake_days"), days("physiological_days"), days("one_year_days"), days("before_expiry_lead"),
        days("objection_days"), days("recheck_days"), {name: items(name) for name in DOMAINS},
        entry.happened_on, str(entry.get("basis") or ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the days of assessments are counted from: the order, the arrival in this centre, the last day in
    force, and when each stage was last assessed in this measure."""

    ordered: date
    arrived: date | None
    ends_on: date | None
    done: Mapping[str, date]


def facts_of(entries: Sequence[Entry], ends_on: date | None) -> Facts | None:
    """The facts of these counted entries of a file; None without an order of compulsory isolation. Arrival is
    the last transfer to a justice centre, else the first admission since the order."""
    ordered = max(
        (e.happened_on for e in entries if e.kind == "order" and e.get("measure") == "compulsory_isolation"),
        default=None,
    )
    if ordered is None:
        return None
    admitted = [e.happened_on for e in entries if e.kind == "admission" and e.happened_on >= ordered]
    transfers = [e.happened_on for e in entries if e.kind == "transfer" and e.happened_on >= ordered]
    done: dict[str, date] = {}
    for entry in entries:
        if entry.kind == "assessment" and entry.happened_on >= ordered:
            stage = str(entry.get("stage"))
            done[stage] = max(done.get(stage, entry.happened_on), entry.happened_on)
    return Facts(ordered, max(transfers) if transfers else min(admitted, default=None), ends_on, done)


State = Literal["done", "late", "due", "open", "not_yet"]
"""Done; its day is past; its day is near or today (`SOON`); it may be done and has no day, or one further
off; it may not be done yet."""
SOON: Final = 30
EARLY: Final = timedelta(days=90)
"""How long before its day the assessment before expiry is something to do."""


@dataclass(frozen=True, slots=True)
class StageDue:
    """One stage of one person: when it opens, by when it is due (None: no day is set), when it was done."""

    stage: Stage
    state: State
    opens: date | None
    due: date | None
    done: date | None = None
    by_law: bool = False
    """Whether the day is the law's own (the last day of the measure) and not a setting of the centre."""

    def days(self, on: date) -> int | None:
        """Days left on a day, below zero once late."""
        return None if self.due is None else (self.due - on).days


def stages(facts: Facts, settings: Settings, on: date) -> tuple[StageDue, ...]:
    """Every stage, in order. One year opens twelve months after the decision (禁毒法 art. 47: an opinion on
    early release "may" follow then); a day for it there is only where the centre set one. Before the expiry
    the last day is the law's limit and an earlier one the centre's."""
    year = add_months(facts.ordered, 12)
    end = facts.ends_on
    lead = end - timedelta(days=settings.lead or 0) if end is not None else None
    days: tuple[tuple[Stage, date | None, date | None, bool], ...] = (
        ("intake", facts.arrived, _after(facts.arrived, settings.intake), False),
        ("physiological", facts.arrived, _after(facts.arrived, settings.physiological), False),
        ("one_year", year, _after(year, settings.one_year), False),
        (
            "before_expiry",
            max(year, lead - EARLY) if lead else year,
            lead,
            settings.lead is None and end is not None,
        ),
    )
    found = []
    for stage, opens, due, by_law in days:
        done = facts.done.get(stage)
        found.append(StageDue(stage, _state(done, opens, due, on), opens, due, done, by_law))
    return tuple(found)


def _after(start: date | None, days: int | None) -> date | None:
    return start + timedelta(days=days) if start is not None and days is not None else None


def _state(done: date | None, opens: date | None, due: date | None, on: date) -> State:
    if done is not None:
        return "done"
    if due is not None and due < on:
        return "late"
    if opens is not None and on < opens:
        return "not_yet"
    if due is not None and (due - on).days <= SOON:
        return "due"
    return "open"


# ── the copy, and objections ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection to a sheet, its answer if there is one, and by when it is answered (None: promptly)."""

    entry: Entry
    answer: Entry | None
    due: date | None


def objections(
    counted: Iterable[Entry], settings: Settings, papers: Collection[UUID] | None = None
) -> tuple[Objection, ...]:
    """The objections to these sheets (by id; to any, without) with their answers."""
    some = [e for e in counted if e.kind in ("assessment_objection", "assessment_recheck")]
    answers = {str(e.get("to")): e for e in some if e.kind == "assessment_recheck"}
    wanted = None if papers is None else {str(i) for i in papers}
    return tuple(
        Objection(e, answers.get(str(e.id)), _after(e.happened_on, settings.recheck))
        for e in some
        if e.kind == "assessment_objection" and (wanted is None or e.get("to") in wanted)
    )


def copy_given(counted: Iterable[Entry], sheet: Entry) -> Entry | None:
    """The entry that the sheet was given to the resident, the first one."""
    given = [e for e in counted if e.kind == "assessment_copy" and e.get("to") == str(sheet.id)]
    return min(given, key=lambda e: e.happened_on, default=None)


def objection_until(copy: Entry | None, settings: Settings) -> date | None:
    """The last day for an objection: the centre's days after the copy; None where none are set, or no copy
    was given: then the time does not run."""
    return _after(copy.happened_on, settings.objection) if copy is not None else None
