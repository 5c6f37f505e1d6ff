"""The one decision: may this actor do this to that, and why (not)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

from guitu.access import articles
from guitu.access.compartments import COMPARTMENTS, HANDED_OVER, ONLY_DOCTORS, WORK, reads, writes
from guitu.access.pages import PAGES
from guitu.access.people import Actor, Post
from guitu.access.roles import PURPOSES, ROLES, Purpose, Role
from guitu.access.target import BREAK_GLASS, WHOLE, Standing, Target, is_read_only, standings
from guitu.kernel.citations import Citation
from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

Action = Literal[
    "list", "find", "open", "read", "record", "correct", "reveal", "print", "export", "approve", "break_glass"
]

LABELS: Final[Mapping[str, Label]] = {
    "identity": Label("身份信息", "identity"),
    "legal": Label("法律文书", "legal papers"),
    "custody": Label("场所管理", "custody"),
    "medical": Label("医疗", "medical"),
    "medical_restricted": Label("特别保密医疗", "restricted medical"),
    "support": Label("帮扶", "support"),
    "work": Label("单位工作", "a unit's work"),
}

_NO_POST: Final = Decision(False, Label("该账号没有岗位", "this account holds no post"), articles.SECRET)
_THE_HOUSE: Final = Decision(True, Label("系统自身的操作", "the service itself"))
_OUTSIDE: Final = Decision(False, Label("不在本单位辖区内", "outside this unit's area"), articles.SECRET)
_SEALED: Final = Decision(False, Label("档案已封存", "the file is sealed"), articles.SEALED)
_MINOR: Final = Decision(
    False,
    Label("未成年人的档案，须经负责人审批后查阅", "a minor's file opens only with a manager's approval"),
    articles.MINOR,
)
_READ_ONLY: Final = Decision(False, Label("此处只能查看", "reading only"), articles.WITHIN_POWERS)

_OPENED: Final[Mapping[Standing, Decision]] = {
    "inside": Decision(True, Label("本单位辖区内", "inside this unit's area"), articles.WITHIN_POWERS),
    "custody": Decision(True, Label("人员在本所", "the person is in this place"), articles.WITHIN_POWERS),
    "own": Decision(True, Label("本人的档案", "one's own file"), articles.OWN),
    "consent": Decision(True, Label("经本人同意", "the person consents"), articles.CONSENT),
    "receiving": Decision(True, Label("移交待接收", "sent here, not yet accepted"), articles.WITHIN_POWERS),
    "emergency": Decision(
        True, Label("应急查阅，已写明理由", "in an emergency, for a stated reason"), articles.EMERGENCY
    ),
    "former": Decision(
        True, Label("曾由本单位负责", "this unit answered for the person before"), articles.WITHIN_POWERS
    ),
}


def decide(actor: Actor, action: Action, target: Target, purpose: Purpose | None = None) -> Decision:
    """Whether `actor` may do `action` to `target` for that purpose. The first post that allows it decides.

    Without a purpose it is that of the post's daily work. With a compartment in the target the answer is
    about everything recorded there; `sees` answers for one entry.
    """
    if actor.is_house:
        return _THE_HOUSE
    refused: Decision | None = None
    for post in actor.posts:
        answer = _by_post(actor, post, action, target, purpose)
        if answer.allowed:
            return answer
        refused = refused or answer
    return refused or _NO_POST


def compartments(
    actor: Actor, target: Target, action: Action = "read", purpose: Purpose | None = None
) -> Mapping[str, Decision]:
    """The answer for each compartment of the file."""
    return {c: decide(actor, action, replace(target, compartment=c), purpose) for c in COMPARTMENTS}


def sees(
    actor: Actor, target: Target, recorded: tuple[str, ...], author: str, purpose: Purpose | None = None
) -> Decision:
    """Whether the actor sees one entry of the target's compartment: `recorded` is the path of the unit that
    recorded it, `author` the account. Beside what the compartment opens, one sees what one wrote oneself,
    and a unit that held the file before what was recorded there."""
    whole = decide(actor, "read", target, purpose)
    if whole.allowed or not decide(actor, "read", replace(target, compartment=""), purpose).allowed:
        return whole
    if author and author == actor.name:
        return Decision(True, Label("自己登记的", "recorded by oneself"), articles.WITHIN_POWERS)
    for post in actor.posts:
        held = "former" in standings(actor, post, target)
        if held and post.unit in recorded and reads(post.role, target.compartment):
            return Decision(True, Label("本单位登记的", "recorded by this unit"), articles.WITHIN_POWERS)
    return whole


def opens_work(actor: Actor, area: tuple[str, ...]) -> Decision:
    """Whether the actor reads what a unit recorded of its own work: `area` is the unit's path. Nobody's file
    is opened by it, so a role that reads none may; it is never the way to one."""
    if actor.is_house:
        return _THE_HOUSE
    refused = _NO_POST
    for post in actor.posts:
        if not reads(post.role, WORK):
            refused = _not_needed(ROLES[post.role]) if refused is _NO_POST else refused
        elif post.unit in area:
            return _OPENED["inside"]
        else:
            refused = _OUTSIDE
    return refused


def _by_post(actor: Actor, post: Post, action: Action, target: Target, purpose: Purpose | None) -> Decision:
    role = ROLES[post.role]
    if purpose is not None and purpose not in role.purposes:
        said = PURPOSES[purpose]
        return Decision(
            False,
            Label(f"{role.label.zh}不以“{said.zh}”为目的查阅", f"“{said.en}” is no purpose of: {_low(role)}"),
            articles.WITHIN_POWERS,
        )
    return _ACTIONS[action](role, standings(actor, post, target), target)


def _opens(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    """The file as such, and one compartment of it where the target names one."""
    if not (role.reads_files or "own" in role.purposes):
        return _not_needed(role)
    if not found:
        return _OUTSIDE
    if target.sealed and "own" not in found and "sealed" not in target.grants:
        return _SEALED
    if target.minor and not _needs_no_approval(role) and "minor" not in target.grants:
        return _MINOR
    if not target.compartment:
        return _OPENED[found[0]]
    return _compartment(role, found, target)


def _compartment(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    name = target.compartment
    if reads(role.name, name):
        for standing in found:
            if standing in WHOLE or (standing == "receiving" and name in HANDED_OVER):
                return _OPENED[standing]
    elif role.breaks_glass and f"{BREAK_GLASS}:{name}" in target.grants and name not in ONLY_DOCTORS:
        return _OPENED["emergency"]
    said = LABELS[name]
    if reads(role.name, name):
        last = found[-1]
        return Decision(
            False,
            Label(
                f"{_OPENED[last].reason.zh}，“{said.zh}”不在其内", f"{_OPENED[last].reason.en}: not {said.en}"
            ),
            articles.WITHIN_POWERS,
        )
    return Decision(
        False,
        Label(
            f"{role.label.zh}的工作不需要“{said.zh}”", f"{said.en}: not needed for the work of: {_low(role)}"
        ),
        _cited(name),
    )


def _cited(compartment: str) -> tuple[Citation, ...]:
    if compartment == "medical_restricted":
        return articles.HIV
    return articles.SENSITIVE if compartment == "medical" else articles.LEAST_RIGHTS


def _needs_no_approval(role: Role) -> bool:
    """The person and whom the person lets read are no staff; whoever watches over the offices asks none."""
    return role.independent or "own" in role.purposes


def _records(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    what = target.what or Label("此项记录", "this entry")
    if role.name not in target.recorded_by or (
        target.compartment and not writes(role.name, target.compartment)
    ):
        return Decision(
            False,
            Label(f"{role.label.zh}不登记“{what.zh}”", f"“{what.en}” is not recorded by: {_low(role)}"),
            articles.WITHIN_POWERS,
        )
    if not found:
        return _OUTSIDE
    if target.sealed and "sealed" not in target.grants:
        return _SEALED
    if target.accepts and "receiving" not in found:
        return Decision(
            False, Label("没有移交给本单位", "it was not sent to this unit"), articles.WITHIN_POWERS
        )
    if is_read_only(found) and not target.accepts:
        return _READ_ONLY
    return Decision(
        True, Label(f"{role.label.zh}职责", f"the work of a {_low(role)}"), articles.WITHIN_POWERS
    )


def _finds(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    """A line in a list: name, measure, days. What is in the file is another question."""
    if not role.reads_files:
        return _not_needed(role)
    near = next((s for s in found if s != "former"), None)
    return _OPENED[near] if near else _OUTSIDE


def _lists(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    if not role.reads_counts:
        return _not_needed(role)
    return _OPENED["inside"] if "inside" in found else _OUTSIDE


def _exports(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    if "own" not in found and not role.exports:
        return _not_needed(role)
    if "own" not in found and "inside" not in found:
        return _OUTSIDE
    return _opens(role, found, target)


def _approves(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    if "inside" not in found and "custody" not in found:
        return _OUTSIDE
    if role.approves or role.name in target.recorded_by:
        return Decision(
            True, Label(f"{role.label.zh}审批", f"approved by a {_low(role)}"), articles.WITHIN_POWERS
        )
    return Decision(
        False, Label(f"{role.label.zh}不审批此事", f"not approved by: {_low(role)}"), articles.WITHIN_POWERS
    )


def _breaks_glass(role: Role, found: tuple[Standing, ...], target: Target) -> Decision:
    """Whether a stated reason may open what is closed: the file to an outsider, a compartment besides."""
    name = target.compartment
    if not role.breaks_glass:
        return _not_needed(role)
    if target.sealed:
        return _SEALED
    if name in ONLY_DOCTORS and not reads(role.name, name):
        return Decision(False, Label("特别保密医疗信息不因应急开放", "no emergency opens this"), articles.HIV)
    if any(s in WHOLE for s in found) and (not name or reads(role.name, name)):
        return Decision(False, Label("本来就可以查阅", "it is open already"), articles.WITHIN_POWERS)
    return Decision(True, Label("写明理由后可以查阅", "it opens for a stated reason"), articles.EMERGENCY)


_ACTIONS: Final[Mapping[str, Callable[[Role, tuple[Standing, ...], Target], Decision]]] = {
    "list": _lists,
    "find": _finds,
    "open": _opens,
    "read": _opens,
    "reveal": _opens,
    "print": _opens,
    "record": _records,
    "correct": _records,
    "export": _exports,
    "approve": _approves,
    "break_glass": _breaks_glass,
}


def _low(role: Role) -> str:
    return role.label.en.lower()


def _not_needed(role: Role) -> Decision:
    return Decision(
        False,
        Label(f"{role.label.zh}的工作不需要查阅", f"not needed for the work of: {_low(role)}"),
        articles.SECRET,
    )


@lru_cache(maxsize=512)
def may_see_page(actor: Actor, page: str) -> Decision:
    """Whether any of the actor's posts opens that page; a page missing from the table is a fault in the
    house."""
    if page not in PAGES:
        raise unknown_key(page, PAGES, where="access.PAGES")
    for post in actor.posts:
        if post.role in PAGES[page]:
            return Decision(True, Label("岗位需要", "needed for the post"))
    return Decision(False, Label("岗位不需要此页", "not needed for the post"))
