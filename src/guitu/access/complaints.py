"""Who receives a complaint, and who may open it: never the unit complained of, nor anybody under it.

Complaints are no part of a person's file. They go to the inspector of the place, who stands outside the line
of command, and to the supervisors above the unit complained of; each opens only what came to them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guitu.access.people import Actor, Post
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

RECEIVERS: Final = {
    "inspector": frozenset({"inspector"}),
    "supervisor": frozenset({"county_supervisor", "provincial_supervisor"}),
}
"""The roles behind each word of a complaint's `receiver_role`."""


def receivers(against: tuple[str, ...], held: Iterable[Post]) -> tuple[tuple[str, str], ...]:
    """Who receives a complaint about the unit with this path: pairs of a unit's code and a word of
    RECEIVERS, the inspector first. `held` are the posts there are. Of each word the nearest unit above the
    one complained of that has such a post; where nobody holds one, the top of the tree is the inspector's."""
    posts = [(post.role, post.unit) for post in held]
    found: list[tuple[str, str]] = []
    for word, roles in RECEIVERS.items():
        for unit in reversed(against[:-1]):
            if any(role in roles and where == unit for role, where in posts):
                found.append((unit, word))
                break
    if not any(word == "inspector" for _, word in found) and len(against) > 1:
        found.insert(0, (against[0], "inspector"))
    return tuple(found)


def may_open(actor: Actor, receiver: str, word: str, against: tuple[str, ...]) -> Decision:
    """Whether the actor may read and answer a complaint that came to that unit under that word."""
    for post in actor.posts:
        if post.role in RECEIVERS.get(word, frozenset()) and post.unit == receiver != against[-1]:
            return Decision(True, Label("投诉由本岗位受理", "the complaint came to this post"))
    return Decision(False, Label("投诉不由本岗位受理", "the complaint did not come to this post"))
