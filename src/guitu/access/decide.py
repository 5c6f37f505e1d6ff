"""The one decision: may this actor do this to that, and why (not)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guitu.access.pages import PAGES
from guitu.access.people import Actor, Post
from guitu.access.roles import ROLES
from guitu.kernel.citations import Citation
from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

Action = Literal["record", "read", "list", "approve"]

_DUTY = (Citation("戒毒条例", "7"),)


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on. `area` is the codes of the responsible unit and all above it; empty if nobody has the
    file yet. For `record`, `recorded_by` is the kind's list of roles and `what` its label."""

    area: tuple[str, ...] = ()
    recorded_by: tuple[str, ...] = ()
    what: Label | None = None


def decide(actor: Actor, action: Action, target: Target) -> Decision:
    """Whether `actor` may do `action` to `target`. The first post that allows it decides.

    `record` needs a role the kind names, `approve` one that the act names (`acts.ACTS`); `read` (a file) and `list` (counts of an area) need a role whose
    work requires it. Each needs the target inside the post's area.
    """
    if actor.is_house:
        return Decision(True, Label("系统自身的操作", "the service itself"))
    refusals = []
    for post in actor.posts:
        answer = _by_post(post, action, target)
        if answer.allowed:
            return answer
        refusals.append(answer)
    if not refusals:
        return Decision(False, Label("该账号没有岗位", "this account holds no post"))
    return refusals[0]


def _by_post(post: Post, action: Action, target: Target) -> Decision:
    role = ROLES[post.role]
    if target.area and post.unit not in target.area:
        return Decision(False, Label("不在本单位辖区内", "outside this unit's area"), _DUTY)
    if action in ("record", "approve"):
        what = target.what or Label("此项记录", "this entry")
        if role.name not in target.recorded_by:
            zh, en = ("不登记", "recorded") if action == "record" else ("不复核", "approved")
            return Decision(
                False,
                Label(
                    f"{role.label.zh}{zh}“{what.zh}”", f"“{what.en}” is not {en} by: {role.label.en.lower()}"
                ),
            )
        return Decision(True, Label(f"{role.label.zh}职责", f"the work of a {role.label.en.lower()}"))
    needed = role.reads_files if action == "read" else role.reads_counts
    if not needed:
        return Decision(
            False,
            Label(f"{role.label.zh}的工作不需要查阅", f"not needed for the work of: {role.label.en.lower()}"),
            _DUTY,
        )
    return Decision(True, Label("本单位辖区内", "inside this unit's area"))


def may_see_page(actor: Actor, page: str) -> Decision:
    """Whether any of the actor's posts opens that page; a page missing from the table is a fault in the
    house."""
    if page not in PAGES:
        raise unknown_key(page, PAGES, where="access.PAGES")
    for post in actor.posts:
        if post.role in PAGES[page]:
            return Decision(True, Label("岗位需要", "needed for the post"))
    return Decision(False, Label("岗位不需要此页", "not needed for the post"))
