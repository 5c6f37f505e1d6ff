"""What is asked about: the file as far as access needs to know it, and how a post stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from guitu.access.people import Actor, Post
from guitu.access.roles import ROLES
from guitu.kernel.labels import Label

Standing = Literal["inside", "custody", "own", "consent", "receiving", "emergency", "former"]
"""How a post comes to a file. `inside`: its area answers for the person. `custody`: the person is held there.
`own`, `consent`: the person, and whom the person lets read. `receiving`: the file was sent there and is not
accepted yet. `emergency`: somebody has stated why. `former`: it answered for the person before."""

WHOLE: Final[frozenset[Standing]] = frozenset({"inside", "custody", "own", "consent", "emergency"})
"""Standings under which a compartment opens as the table says; `receiving` opens two, `former` none."""

BREAK_GLASS: Final = "break_glass"


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked about; everything may be left out.

    `area` is the codes of the responsible unit and all above it, () while nobody has the file. For `record`,
    `recorded_by` is the kind's list of roles and `accepts` says that the kind is how a receiver takes a file
    over; `what` is the label of the kind or thing. `compartment` "" is the file as such. `custody` is the
    path of the place of custody, while the person is held there; `worker` whose caseload the file is on, an
    account or the name it is known by; `receiving` the path of a unit it was sent to that has not accepted
    yet; `former` the paths of units that held it before. `minor`: under 18 on the day. `sealed`: 已封存.
    `own`: the actor is the person in the file. `grants` are the live grants of this actor for this file:
    "minor", "sealed", "family", "break_glass" for the compartments of one's work and
    "break_glass:<compartment>" for one more."""

    area: tuple[str, ...] = ()
    recorded_by: tuple[str, ...] = ()
    what: Label | None = None
    compartment: str = ""
    custody: tuple[str, ...] = ()
    worker: str = ""
    receiving: tuple[str, ...] = ()
    former: tuple[tuple[str, ...], ...] = ()
    minor: bool = False
    sealed: bool = False
    own: bool = False
    grants: frozenset[str] = frozenset()
    accepts: bool = False


def standings(actor: Actor, post: Post, target: Target) -> tuple[Standing, ...]:
    """Every way in which this post comes to the file, the nearest first; none for an outsider."""
    role = ROLES[post.role]
    found: list[Standing] = []
    if "own" in role.reach:
        return ("own",) if target.own else ()
    if "consent" in role.reach:
        return ("consent",) if "family" in target.grants else ()
    if not role.reach:
        return ()
    if _inside(actor, post, target):
        found.append("inside")
    if "custody" in role.reach and post.unit in target.custody:
        found.append("custody")
    if post.unit in target.receiving:
        found.append("receiving")
    if role.breaks_glass and BREAK_GLASS in target.grants:
        found.append("emergency")
    if any(post.unit in path for path in target.former):
        found.append("former")
    return tuple(found)


def _inside(actor: Actor, post: Post, target: Target) -> bool:
    """Whether the file lies in the post's area; for a role with a caseload above its own unit, on that."""
    if not target.area:
        return True
    if post.unit not in target.area:
        return False
    if "unit" in ROLES[post.role].reach:
        return True
    named = bool(target.worker) and target.worker in (actor.name, actor.known_as)
    return target.area[-1] == post.unit or named


def is_narrow(found: tuple[Standing, ...]) -> bool:
    """Whether nothing is left of a file but what one's own unit recorded."""
    return found == ("former",)


def is_read_only(found: tuple[Standing, ...]) -> bool:
    """Whether nothing may be written, whatever the role. Into their own file people write requests."""
    return not {"inside", "custody", "own"} & set(found)
