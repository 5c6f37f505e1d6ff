"""Which entries of a file speak to which of the four domains of an assessment. Drawn from the file, never
weighed: a panel reads them and says why.

A closed list. What is care stays care: psychological screening and counselling, adjunct treatment, crisis
plans, restraint, care notes and scales of withdrawal are never drawn, for an instrument of care decides no
liberty; nor is anything of the restricted medical compartment, nor what somebody asked for or complained of.
Of the body a doctor's five answers, tests and whether medicine is still given speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from guitu.casefile import Entry, Kind

DRAWN: Final[Mapping[str, tuple[str, ...]]] = {
    "physiological": (
        "urine_test", "physiological_check", "lab_result", "prescription", "prescription_end",
        "health_condition", "intake_health",
    ),
    "recovery": (
        "entry_education_begun", "entry_education_done", "literacy_level", "course_enrolled", "course_left",
        "class_absence", "course_exam", "training_enrolled", "training_exam", "training_certificate",
        "fitness_test", "exercise_prescription", "training_exception",
    ),
    "conduct": (
        "zone_move", "zone_review", "roll_exception", "conduct_note", "conduct_review", "work_exception",
        "absence", "escape", "recaptured", "home_leave_back",
    ),
    "social": ("visit", "call", "home_leave", "service", "job_placement", "agreement"),
}  # fmt: skip
"""The kinds drawn for each domain."""
_DOMAIN: Final = {kind: domain for domain, kinds in DRAWN.items() for kind in kinds}
MOST: Final = 20
"""The latest so many of each domain are drawn; the file has the others."""


def domain_of(kind: Kind) -> str:
    """The domain that entries of a kind speak to; empty for none."""
    return _DOMAIN.get(kind.name, "")


def drawn(
    entries: Iterable[Entry], kinds: Mapping[str, Kind], since: date, until: date
) -> dict[str, tuple[Entry, ...]]:
    """The evidence for each domain among these counted entries, from `since` (the order) to `until` (the day
    assessed), the latest first and at most MOST of each."""
    found: dict[str, list[Entry]] = {domain: [] for domain in DRAWN}
    for entry in entries:
        kind = kinds.get(entry.kind)
        domain = domain_of(kind) if kind is not None else ""
        if domain and since <= entry.happened_on <= until:
            found[domain].append(entry)
    return {
        domain: tuple(sorted(some, key=lambda e: (e.happened_on, e.recorded_at), reverse=True)[:MOST])
        for domain, some in found.items()
    }
