"""Which entries of a file speak to which of the four domains of an assessment. Drawn from the file, never
weighed: a panel reads them and says why.

Kinds are placed by name where that is plain and else by their compartment, so that what another capability
records is found without being named here. Restricted medical entries are never drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from guitu.casefile import Entry, Kind

BY_KIND: Final[Mapping[str, str]] = {
    "urine_test": "physiological",
    "zone_move": "conduct",
    "zone_review": "conduct",
    "absence": "conduct",
    "escape": "conduct",
    "recaptured": "conduct",
    "training_enrolled": "recovery",
    "training_exam": "recovery",
    "training_certificate": "social",
    "job_placement": "social",
    "help_request": "social",
    "service": "social",
    "agreement": "social",
}
BY_WORD: Final = (
    ("visit", "social"),
    ("family", "social"),
    ("call", "social"),
    ("leave", "social"),
    ("conduct", "conduct"),
    ("work", "conduct"),
    ("roll", "conduct"),
    ("fitness", "recovery"),
    ("session", "recovery"),
    ("class", "recovery"),
    ("course", "recovery"),
)
"""Words in a kind's name that place it."""
BY_COMPARTMENT: Final[Mapping[str, str]] = {
    "medical": "physiological",
    "custody": "conduct",
    "support": "recovery",
}
NEVER: Final = frozenset(
    {
        "admission", "transfer", "delivery", "identity_check", "belongings_kept", "belongings_returned",
        "bed_placed", "placement_advice", "intake_check", "injury_record", "admission_deferred",
        "family_notified", "remark", "void", "responsible_unit", "family_consent",
        "family_consent_withdrawn", "own_copy_given", "correction_request", "correction_reply",
        "help_answer", "follow_up", "recovery_place_stay", "excuse",
    }
)  # fmt: skip
"""Kinds that say nothing of the four domains."""
MOST: Final = 20
"""The latest so many of each domain are drawn; the file has the others."""


def domain_of(kind: Kind) -> str:
    """The domain that entries of a kind speak to; empty for none."""
    if kind.name in NEVER or kind.about != "person" or kind.compartment == "medical_restricted":
        return ""
    if kind.name in BY_KIND:
        return BY_KIND[kind.name]
    if kind.compartment not in BY_COMPARTMENT:
        return ""
    word = next((domain for word, domain in BY_WORD if word in kind.name), "")
    return word or BY_COMPARTMENT[kind.compartment]


def drawn(
    entries: Iterable[Entry], kinds: Mapping[str, Kind], since: date, until: date
) -> dict[str, tuple[Entry, ...]]:
    """The evidence for each domain among these counted entries, from `since` (the order) to `until` (the day
    assessed), the latest first and at most MOST of each."""
    found: dict[str, list[Entry]] = {"physiological": [], "recovery": [], "conduct": [], "social": []}
    for entry in entries:
        kind = kinds.get(entry.kind)
        domain = domain_of(kind) if kind is not None else ""
        if domain and since <= entry.happened_on <= until:
            found[domain].append(entry)
    return {
        domain: tuple(sorted(some, key=lambda e: (e.happened_on, e.recorded_at), reverse=True)[:MOST])
        for domain, some in found.items()
    }
