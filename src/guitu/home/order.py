"""Where a community order stands, step by step: served, reported, agreed, accompanied, planned, looked at
again. What is known of each step comes from entries; dates and breaches are the pathway's and are not
repeated here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.labels import Label

State = Literal["done", "missing", "part", "later", "hidden"]

MEMBERS: Final = ("worker", "police", "medic", "family", "volunteer")
"""Who belongs to a working group (戒毒条例 art. 17)."""
MEASURES: Final = ("community_treatment", "community_recovery")
STEPS: Final = (
    ("served", Label("送达决定", "Order served"), "served", ("戒毒条例#13",)),
    ("reporting_in", Label("报到", "Reported in"), "reporting_in", ("戒毒条例#14", "戒毒条例#38")),
    (
        "agreement_terms",
        Label("约定权利、帮助和义务", "Rights, help and duties agreed"),
        "agreement_terms",
        ("戒毒条例#16",),
    ),
    ("agreement", Label("签订协议", "Agreement signed"), "agreement", ("戒毒条例#16", "戒毒条例#38")),
    ("working_group", Label("工作小组", "Working group"), "working_group", ("戒毒条例#17",)),
    (
        "recovery_plan",
        Label("戒毒康复计划", "Plan of recovery"),
        "recovery_plan",
        ("戒毒条例#15", "戒毒条例#18"),
    ),
    ("plan_review", Label("计划回顾", "Plan looked at again"), "plan_review", ("戒毒条例#18",)),
)
KINDS: Final = frozenset({"order", *(kind for _, _, kind, _ in STEPS)})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, how it stands, what is known, which kind records it, on which day it is due."""

    name: str
    label: Label
    state: State
    kind: str
    says: Label | None
    cites: tuple[str, ...]
    due: date | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The order that runs, and its steps."""

    order: Entry | None
    steps: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Step, ...]:
        """What is to be done now."""
        return tuple(s for s in self.steps if s.state in ("missing", "part"))


def standing(counted: Iterable[Entry], on: date, *, sees: Iterable[str] = ("legal", "support")) -> Standing:
    """Where the community order that was made last stands on a day. `sees` are the compartments that the
    reader opens: what lies in others is hidden and not missing."""
    entries = [e for e in counted if e.kind in KINDS and e.happened_on <= on]
    entries.sort(key=lambda e: (e.happened_on, e.recorded_at))
    orders = [e for e in entries if e.kind == "order" and e.get("measure") in MEASURES]
    order = orders[-1] if orders else None
    since = order.happened_on if order is not None else date.min
    opened = frozenset(sees)
    latest = {e.kind: e for e in entries if e.happened_on >= since and e.kind != "order"}
    return Standing(
        order,
        tuple(
            _step(name, label, kind, cites, latest, on, "legal" if kind in _LEGAL else "support", opened)
            for name, label, kind, cites in STEPS
        ),
    )


_LEGAL: Final = frozenset({"served", "reporting_in"})


def _step(
    name: str,
    label: Label,
    kind: str,
    cites: tuple[str, ...],
    latest: dict[str, Entry],
    on: date,
    compartment: str,
    opened: frozenset[str],
) -> Step:
    if compartment not in opened:
        return Step(name, label, "hidden", kind, None, cites)
    entry = latest.get(kind)
    if kind == "plan_review":
        return _review(name, label, cites, latest, on)
    if entry is None:
        return Step(name, label, "missing", kind, None, cites)
    day = entry.happened_on.isoformat()
    says, state = Label(day, day), "done"
    if kind == "working_group":
        there = [m for m in MEMBERS if str(entry.get(m) or "").strip()]
        says = Label(
            f"{day}，{len(there)} / {len(MEMBERS)} 类人员", f"{day}, {len(there)} of {len(MEMBERS)} members"
        )
        state = "done" if len(there) == len(MEMBERS) else "part"
    if kind == "agreement_terms" and entry.get("rights") != "yes":
        says, state = Label(f"{day}，权利还没有告知", f"{day}, rights not told yet"), "part"
    if kind == "recovery_plan" and entry.get("with_person") != "yes":
        says, state = Label(f"{day}，没有与本人一起制定", f"{day}, not made with the person"), "part"
    return Step(name, label, state, kind, says, cites, entry=entry)  # type: ignore[arg-type]


def _review(name: str, label: Label, cites: tuple[str, ...], latest: dict[str, Entry], on: date) -> Step:
    """The plan says when it is looked at again; no law names a number of months."""
    plan, last = latest.get("recovery_plan"), latest.get("plan_review")
    if plan is None:
        return Step(name, label, "later", "plan_review", Label("先有计划", "There is no plan yet"), cites)
    due = plan.get("review_on")
    if last is not None and last.happened_on >= plan.happened_on:
        due = last.get("next_on") or (None if last.get("outcome") == "reached" else due)
        if isinstance(due, date) and due <= last.happened_on:
            due = None
    if not isinstance(due, date):
        day = last.happened_on.isoformat() if last is not None else ""
        return Step(name, label, "done", "plan_review", Label(day or "—", day or "—"), cites, entry=last)
    said = Label(f"{due} 回顾", f"looked at again on {due}")
    return Step(name, label, "missing" if due <= on else "later", "plan_review", said, cites, due, last)
