"""Whose figures a post may see, and how exactly: figures are of an area, never of a person.

A village has so few people that its figures tell who somebody is: they open to those who answer for its cases
and to nobody else. Above a post's own caseload small figures are hidden
(`guitu.indicators.disclosure`); whoever holds the cases knows them anyway, and sees them on the page as they
are. What leaves the office is always protected.
"""

from __future__ import annotations

from typing import Final

from guitu.access import articles
from guitu.access.people import Actor
from guitu.access.roles import ROLES
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

VILLAGE: Final = "village"

ABOVE_CASES: Final = frozenset({"province", "prefecture", "county"})
"""Levels of a post that supervise others' cases and hold none."""

VILLAGES: Final = Label("村级数据仅责任人可见", "Village figures are for those who answer for the cases")

_OUTSIDE: Final = Decision(False, Label("不在本单位辖区内", "outside this unit's area"), articles.SECRET)
_NO_FIGURES: Final = Decision(
    False, Label("这个岗位的工作不需要数据", "the work of this post needs no figures"), articles.WITHIN_POWERS
)
_INSIDE: Final = Decision(True, Label("本单位辖区内", "inside this unit's area"), articles.WITHIN_POWERS)
_OWN: Final = Decision(
    True, Label("本单位负责的个案", "the unit answers for the cases"), articles.WITHIN_POWERS
)
_VILLAGE: Final = Decision(False, VILLAGES, articles.SECRET)


def may_see_figures(actor: Actor, path: tuple[str, ...], level: str) -> Decision:
    """Whether the figures of the unit with that path (codes from the province down) and level are shown."""
    refused = _NO_FIGURES
    for post in actor.posts:
        role = ROLES[post.role]
        if not role.reads_counts:
            continue
        if post.unit not in path:
            refused = _OUTSIDE
        elif level != VILLAGE:
            return _INSIDE
        elif role.reads_files and post.unit in path[-2:]:
            return _OWN
        else:
            refused = _VILLAGE
    return refused


def sees_small_figures(actor: Actor, path: tuple[str, ...], home_level: str) -> bool:
    """Whether figures about fewer than ten people stand on the page as they are: the post (at a unit of
    `home_level`) reads files, and its unit holds cases itself."""
    return home_level not in ABOVE_CASES and any(
        ROLES[post.role].reads_files and post.unit in path for post in actor.posts
    )
