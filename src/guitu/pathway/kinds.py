"""The legal kinds an assessment reads: in which order they stand on one day, and whose measure they belong
to."""

from __future__ import annotations

from typing import Final, Literal

Concern = Literal["order", "served", "community", "custody", "running", "release", "file", "death"]

LEGAL: Final[dict[str, tuple[int, Concern]]] = {
    # rank on the day, and the measure such an entry belongs to
    "order": (10, "order"),
    "served": (12, "served"),
    "family_notified": (14, "custody"),
    "exempt": (16, "file"),
    "relapse": (18, "file"),
    "admission": (20, "custody"),
    "transfer": (22, "custody"),
    "zone_move": (24, "custody"),
    "medical_leave": (26, "custody"),
    "medical_leave_end": (28, "custody"),
    "escape": (30, "custody"),
    "recaptured": (32, "custody"),
    "detained": (34, "running"),
    "freed": (36, "running"),
    "imprisoned": (38, "running"),
    "assessment": (40, "custody"),
    "opinion": (42, "custody"),
    "decision": (44, "custody"),
    "release_notice": (46, "custody"),
    "release": (50, "release"),
    "change_of_place": (60, "community"),
    "reporting_in": (62, "community"),
    "agreement": (64, "community"),
    "excuse": (66, "community"),
    "urine_test": (68, "running"),
    "absence": (70, "community"),
    "end_notice": (80, "community"),
    "death": (90, "death"),
}
"""On one day an order stands first and a death last; a person leaves one measure (`release`) before
reporting to the next."""

COMMUNITY: Final = frozenset({"community_treatment", "community_recovery"})
CUSTODY: Final = frozenset({"compulsory_isolation"})

NEEDS_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "recaptured": ("escape",),
    "freed": ("detained", "imprisoned"),
    "medical_leave_end": ("medical_leave",),
}
"""An entry of this kind makes sense only while one of those is open."""

PAIRED: Final = frozenset((*NEEDS_BEFORE, *(kind for kinds in NEEDS_BEFORE.values() for kind in kinds)))
"""The kinds that open or close something."""

MOVING: Final = frozenset({"order", "reporting_in", "release", "death"})
"""Kinds that begin or end a measure whatever the rules say."""

NEEDS_COMMUNITY: Final = frozenset({"reporting_in", "agreement", "change_of_place", "end_notice"})
"""Kinds that make no sense while no community measure was ordered."""

WHILE_INSIDE: Final = frozenset(
    {
        "admission",
        "transfer",
        "zone_move",
        "medical_leave",
        "escape",
        "assessment",
        "opinion",
        "decision",
        "release_notice",
    }
)
"""Kinds that make no sense once a person has left compulsory isolation."""

OF_THE_LIVING: Final = frozenset(
    {
        "order",
        "served",
        "reporting_in",
        "agreement",
        "admission",
        "transfer",
        "zone_move",
        "urine_test",
        "absence",
        "detained",
        "imprisoned",
        "escape",
        "recaptured",
        "medical_leave",
        "assessment",
        "relapse",
    }
)
"""Kinds that cannot happen to somebody who has died."""
