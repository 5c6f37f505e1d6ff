"""Who prepares, signs and returns a month, quarter or year pack, as seen from the unit it is of. Pure.

Figures of an area are for those whose work is that area. Who prepares checks what was counted; who answers
for an area signs, and is never who checked; only those above the unit return what was sent to them.
"""

from __future__ import annotations

from typing import Final, Literal

from guitu.access import articles
from guitu.access.people import Actor
from guitu.access.roles import ROLES
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

PREPARES: Final = frozenset(
    {
        "statistician", "guidance_station", "town_office", "centre_head", "county_supervisor",
        "provincial_supervisor",
    }
)  # fmt: skip
SIGNS: Final = frozenset({"town_office", "centre_head", "county_supervisor", "provincial_supervisor"})
READS: Final = PREPARES | {"inspector"}

PackAct = Literal["read", "prepare", "sign", "send_back"]

_WHO: Final = {"read": READS, "prepare": PREPARES, "sign": SIGNS, "send_back": SIGNS}
_DONE: Final[dict[str, Label]] = {
    "read": Label("查看月报", "read packs"),
    "prepare": Label("办理月报", "prepare packs"),
    "sign": Label("审签月报", "sign packs"),
    "send_back": Label("退回已报送的月报", "return a pack that was sent"),
}


def may(actor: Actor, act: PackAct, path: tuple[str, ...]) -> Decision:
    """Whether the actor may do that with a pack of the unit with this path. `send_back` is for a unit above
    it."""
    if actor.is_house:
        return Decision(True, Label("系统自身的操作", "the service itself"))
    outside = False
    for post in actor.posts:
        if post.role not in _WHO[act]:
            continue
        if post.unit in (path[:-1] if act == "send_back" else path):
            return Decision(True, Label("本单位辖区内", "inside this unit's area"), articles.WITHIN_POWERS)
        outside = True
    if outside:
        return Decision(False, Label("不在本单位辖区内", "outside this unit's area"), articles.SECRET)
    role = ROLES[actor.posts[0].role].label if actor.posts else Label("该账号", "this account")
    what = _DONE[act]
    return Decision(
        False,
        Label(f"{role.zh}不{what.zh}", f"not for this post: {what.en} ({role.en.lower()})"),
        articles.WITHIN_POWERS,
    )
