"""The kinds that an assessment itself knows by name. How every kind is read stands in its declaration
(`ReadAs`)."""

from __future__ import annotations

from typing import Final

from guitu.casefile import Entry

DEATH: Final = "death"
COMMUNITY: Final = frozenset({"community_treatment", "community_recovery"})
CUSTODY: Final = frozenset({"compulsory_isolation"})
VOLUNTARY: Final = "voluntary"
"""The measure that an agreement begins (戒毒条例 art. 10), not an order of the police."""
CUSTODY_SPAN: Final = "custody"
"""A stretch on which a person is held elsewhere: detained, or in prison."""

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

BY_NAME: Final = PAIRED | MOVING | NEEDS_COMMUNITY | WHILE_INSIDE | OF_THE_LIVING
"""All of them."""


def agreed(entry: Entry) -> bool:
    """Whether an entry of the kind “order” is an agreement on voluntary treatment."""
    return entry.kind == "order" and entry.fields.get("measure") == VOLUNTARY
