"""Who may read the access log: those who answer for an area, those who watch over it, and the auditors.

An auditor sees who looked at which file, and opens none.
"""

from __future__ import annotations

from typing import Final

from guitu.access.people import Actor
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

LOG_READERS: Final = frozenset(
    {"centre_head", "county_supervisor", "provincial_supervisor", "inspector", "auditor", "audit_admin"}
)
"""Roles that see who has seen a file of their area."""

REVIEWERS: Final = frozenset({"auditor", "audit_admin"})
"""Roles that see what an account has seen, ask about a reading, and find it in order."""


def may_read_log(actor: Actor, area: tuple[str, ...], roles: frozenset[str] = LOG_READERS) -> Decision:
    """Whether the actor may see who has seen a file, or what an account has seen, whose unit's path is
    `area`."""
    for post in actor.posts:
        if post.role in roles and post.unit in area:
            return Decision(True, Label("监督查阅的职责", "the duty to watch over reading"))
    return Decision(False, Label("不在本单位辖区内", "outside this unit's area"))
