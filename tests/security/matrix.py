"""The access matrix: what is expected of every address, command, kind and compartment, in one table.

Written by hand and apart from `guitu.access`, so that a slip there is noticed here. A new page needs one line
in ROUTES (matrix_routes.py), a new kind its name in KINDS (matrix_kinds.py); without it the matrix fails.
Commands have a table of their own (matrix_commands.py).
"""

from __future__ import annotations

from typing import Final

COMPARTMENTS: Final = {
    "I": "identity",
    "L": "legal",
    "C": "custody",
    "M": "medical",
    "R": "medical_restricted",
    "S": "support",
}
"""The letters of the tables below."""

SITUATIONS: Final = ("home", "custody", "receiving", "former", "outside", "emergency", "centre", "sender")
"""Which file, and where the reader's post is as seen from it (world.POSTED):

home       the town above the village that answers for a person (a village worker: that village)
custody    the centre that holds a person for whom a village answers
receiving  the town that a file was sent to and that has not accepted it
former     the centre that answered for the person before, and recorded nothing
outside    another county
emergency  another county, after a stated reason
centre     the centre that holds the person and answers for them
sender     the town that answered before and recorded what there is
"""

SEES: Final = {
    #                         home      custody   receiving former    outside   emergency centre    sender
    "intake_officer":        "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "brigade_officer":       "ILCS      ILCS      IL        .         -         ILCS      ILCS      ILCS",
    "doctor":                "ICMRS     ICMRS     I         .         -         ICMRS     ICMRS     ICMRS",
    "nurse":                 "ICMS      ICMS      I         .         -         ICMS      ICMS      ICMS",
    "counsellor":            "IS        IS        I         .         -         IS        IS        IS",
    "teacher":               "IS        IS        I         .         -         IS        IS        IS",
    "coach":                 "IS        IS        I         .         -         IS        IS        IS",
    "assessment_panel":      "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "duty_planner":          "-         -         -         -         -         -         -         -",
    "centre_head":           "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "town_office":           "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "village_worker":        "ILS       .         IL        .         -         ILS       ILS       ILS",
    "guidance_station":      "ILS       .         IL        .         -         ILS       ILS       ILS",
    "county_supervisor":     "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "provincial_supervisor": "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "outreach":              "-         -         -         -         -         -         -         -",
    "statistician":          "-         -         -         -         -         -         -         -",
    "inspector":             "ILCMS     ILCMS     IL        .         -         -         ILCMS     ILCMS",
    "hospital_doctor":       "-         -         -         -         -         -         -         -",
    "auditor":               "-         -         -         -         -         -         -         -",
    "system_admin":          "-         -         -         -         -         -         -         -",
    "security_admin":        "-         -         -         -         -         -         -         -",
    "audit_admin":           "-         -         -         -         -         -         -         -",
    "person":                "-         -         -         -         -         -         -         -",
    "family":                "-         -         -         -         -         -         -         -",
}  # fmt: skip
"""Role × situation: the compartments that are shown. `.` opens the file and shows none of them; `-`: the file
is not there at all."""

WRITES: Final = {
    "intake_officer": "ILCMS",
    "brigade_officer": "LCMS",
    "doctor": "LMRS",
    "nurse": "LMS",
    "counsellor": "LS",
    "teacher": "LS",
    "coach": "MS",
    "assessment_panel": "LS",
    "centre_head": "ILCMS",
    "town_office": "ILMS",
    "village_worker": "ILS",
    "guidance_station": "LS",
    "county_supervisor": "ILMS",
}
"""The compartments a role may record in, the kinds that name it; a role that is not here records nothing."""

EXPORTS: Final = frozenset(
    {"intake_officer", "centre_head", "town_office", "county_supervisor", "provincial_supervisor"}
)
"""Roles that take lists out of the house."""


def sees(role: str, situation: str) -> frozenset[str]:
    """The compartments that this role sees from there."""
    letters = SEES[role].split()[SITUATIONS.index(situation)]
    return frozenset(COMPARTMENTS[letter] for letter in letters if letter in COMPARTMENTS)


def opens(role: str, situation: str) -> bool:
    """Whether the file is there for this role from there."""
    return SEES[role].split()[SITUATIONS.index(situation)] != "-"
