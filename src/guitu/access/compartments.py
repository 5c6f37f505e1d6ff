"""Role × compartment: what a role's work needs of a file. Data; `decide` reads it, nothing else decides.

`r` reads everything recorded in the compartment, `w` may write the kinds that name the role. A role with `w`
alone sees of the compartment what its own account wrote. Nobody writes a kind that does not name the role.
"""

from __future__ import annotations

from typing import Final

from guitu.access.roles import ROLES
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

COMPARTMENTS: Final = ("identity", "legal", "custody", "medical", "medical_restricted", "support")
"""The compartments of a person's file, as each kind declares its own."""

WORK: Final = "work"
"""The compartment of a unit's own file: talks, posts, money, incidents counted. Nobody's case stands in it,
so roles that read no person's file work here."""

_TABLE: Final = """
role                  identity  legal  custody  medical  medical_restricted  support  work
intake_officer        rw        rw     rw       rw       -                   rw       r
brigade_officer       r         rw     rw       w        -                   rw       rw
doctor                r         w      r        rw       rw                  rw       r
nurse                 r         w      r        rw       -                   rw       -
counsellor            r         w      -        -        -                   rw       rw
teacher               r         w      -        -        -                   rw       rw
coach                 r         -      -        w        -                   rw       rw
assessment_panel      r         rw     r        r        -                   rw       -
duty_planner          -         -      -        -        -                   -        rw
centre_head           rw        rw     rw       rw       -                   rw       rw
town_office           rw        rw     r        w        -                   rw       rw
village_worker        rw        rw     -        -        -                   rw       rw
guidance_station      r         rw     -        -        -                   rw       rw
county_supervisor     rw        rw     r        w        -                   rw       rw
provincial_supervisor r         r      r        -        -                   r        rw
outreach              -         -      -        -        -                   -        rw
statistician          -         -      -        -        -                   -        rw
inspector             r         r      r        r        -                   r        r
hospital_doctor       -         -      -        w        -                   -        -
auditor               -         -      -        -        -                   -        -
system_admin          -         -      -        -        -                   -        -
security_admin        -         -      -        -        -                   -        -
audit_admin           -         -      -        -        -                   -        -
person                r         rw     r        r        r                   rw       -
family                r         rw     r        -        -                   rw       -
"""


def _read(text: str) -> dict[str, dict[str, str]]:
    head, *lines = (line.split() for line in text.strip().splitlines())
    table = {line[0]: dict(zip(head[1:], line[1:], strict=True)) for line in lines}
    if tuple(head[1:]) != (*COMPARTMENTS, WORK) or table.keys() != ROLES.keys():
        raise DeclarationError(Label("权限表不完整", "the table of access is not complete"), where=__name__)
    return {name: {c: may.replace("-", "") for c, may in row.items()} for name, row in table.items()}


TABLE: Final = _read(_TABLE)
"""By role, then by compartment: some of `r` and `w`, or nothing."""

HANDED_OVER: Final = frozenset({"identity", "legal"})
"""What a receiver may read before it accepts: enough to decide."""

ONLY_DOCTORS: Final = frozenset({"medical_restricted"})
"""Compartments that no emergency opens but to those whose table row reads them."""


def reads(role: str, compartment: str) -> bool:
    """Whether the work of that role needs what is recorded there."""
    return "r" in TABLE[role][compartment]


def writes(role: str, compartment: str) -> bool:
    """Whether that role may record there at all; each kind names its own recorders besides."""
    return "w" in TABLE[role][compartment]


def needed_by(role: str) -> tuple[str, ...]:
    """The compartments of which that role may come to see anything: the widest that a lock beneath the
    decision may be set to."""
    return tuple(name for name in (*COMPARTMENTS, WORK) if TABLE[role][name])
