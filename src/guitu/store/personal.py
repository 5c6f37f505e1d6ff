"""Accounts that open one file: the person's own, and a family member's by the person's consent.

Such an account holds a post (`person`, `family`) like any other, and a line that says whose file it opens. It
carries no name: the name stands in the file, sealed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.contrib.auth import get_user_model

from guitu import access
from guitu.access import Actor, Target
from guitu.casefile import Entry
from guitu.casefile.protocol import Receipt
from guitu.centre.assessing import Settings
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import engine, gate, passwords, staff
from guitu.store.centre import plans, stays
from guitu.store.models import PersonAccount
from guitu.store.read import FileView, opened
from guitu.store.read.asked import row
from guitu.store.read.targets import holders_of_file
from guitu.store.units import path_in, tree

ROLES: Final = frozenset({"person", "family"})
"""The roles of these accounts."""

_NOT_YOURS: Final = Decision(False, Label("这不是您的档案", "this is not your file"))


@dataclass(frozen=True, slots=True)
class Tie:
    """Whose file an account opens: its number and id. `consent` is the family_consent entry by which a family
    member looks; None for the person."""

    file: int
    file_id: UUID
    consent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An account that was just made: its name and its one-time password, which is kept nowhere."""

    username: str
    password: str


class AlreadyGiven(GuituError):
    """The person has an account already; `username` is its name."""

    def __init__(self, username: str) -> None:
        self.username = username
        super().__init__(
            Label(
                f"本人已有账号“{username}”；忘记密码请用 guitu staff password {username}",
                f"the person has an account already, “{username}”; for a new password use"
                f" guitu staff password {username}",
            )
        )


@engine.house()
def tie_of(username: str) -> Tie | None:
    """Whose file this account opens, or None for everybody else's account. One query."""
    found = row(
        "SELECT a.file, f.id, a.consent FROM store_personaccount a JOIN auth_user u ON u.id = a.user_id"
        " JOIN store_casefile f ON f.no = a.file WHERE u.username = %s AND u.is_active",
        [username],
    )
    if found is None:
        return None
    return Tie(found[0], engine.uuid_of(found[1]), engine.uuid_of(found[2]) if found[2] else None)


def own_file(username: str) -> int | None:
    """The number of the file whose person has this account; None for a family member's or any other."""
    tie = tie_of(username)
    return tie.file if tie and tie.consent is None else None


@engine.house()
def account_of(file: int) -> str:
    """The name of the account of a file's person; empty if there is none."""
    found = row(
        "SELECT u.username FROM store_personaccount a JOIN auth_user u ON u.id = a.user_id"
        " WHERE a.file = %s AND a.consent IS NULL",
        [file],
    )
    return str(found[0]) if found else ""


def give_access(view: FileView, username: str = "") -> Given:
    """Make the account of a file's person, with a one-time password. Raises AlreadyGiven for a second one,
    and GuituError where the name is taken or malformed."""
    if have := account_of(view.no):
        raise AlreadyGiven(have)
    return _make(view, "person", username, None)


def give_family(view: FileView, consent: UUID, username: str = "") -> Given:
    """Make the account of the family member named in a consent that stands. Raises GuituError otherwise, and
    for a second account by the same consent."""
    if consent not in {entry.id for entry in consents(view)}:
        raise GuituError(Label("没有这样一项仍有效的同意", "there is no such consent that still stands"))
    if row("SELECT 1 FROM store_personaccount WHERE consent = %s", [consent.hex]):
        raise GuituError(Label("这项同意已经有一个账号", "this consent has an account already"))
    return _make(view, "family", username, consent)


@engine.house()
def _make(view: FileView, role_name: str, username: str, consent: UUID | None) -> Given:
    if view.unit is None:
        raise GuituError(Label("这份档案还没有责任单位", "nobody answers for this file yet"))
    name, password = username or _invented(), passwords.one_time_password()
    if staff.exists(name):
        raise GuituError(Label(f"账号“{name}”已经有人用", f"the account “{name}” is taken"))
    with engine.writing():
        staff.add(name, password, "", [(role_name, view.unit.code)], one_time=True)
        user = get_user_model().objects.get(username=name)
        PersonAccount.objects.create(user=user, file=view.no, consent=consent)
    return Given(name, password)


def _invented() -> str:
    """An account's name that says nothing about anybody."""
    return "my-" + "".join(secrets.choice(passwords.LETTERS) for _ in range(6))


# ── what a family may see ─────────────────────────────────────────────────────────────────────────


def consents(view: FileView, on: date | None = None) -> tuple[Entry, ...]:
    """The consents that were not withdrawn; with a day, only those that still run on it."""
    counted = view.case_file.counted()
    gone = {e.get("to") for e in counted if e.kind == "family_consent_withdrawn"}
    return tuple(
        e for e in counted
        if e.kind == "family_consent" and str(e.id) not in gone
        and (on is None or (isinstance(until := e.get("until"), date) and e.happened_on <= on <= until))
    )  # fmt: skip


def family_may_see(view: FileView, consent: UUID, on: date) -> str:
    """Which part of the person's page a family member may see on a day: a choice of the consent; empty when
    it was withdrawn, corrected away or is over."""
    for entry in consents(view, on):
        if entry.id == consent:
            parts = str(entry.get("parts"))
            return parts if kinds()["family_consent"].ask("parts").choice(parts) else ""
    return ""


# ── what the person writes ────────────────────────────────────────────────────────────────────────


def open_own(username: str) -> tuple[FileView, Tie] | None:
    """The file this account opens, and by what right; None for an account that opens none."""
    tie = tie_of(username)
    view = opened(str(tie.file_id)) if tie else None
    return (view, tie) if view and tie else None


def may_write(actor: Actor, kind: str, view: FileView) -> Decision:
    """Whether this account may write an entry of the kind into its own file: the person the kinds that name
    the role; a family member nothing."""
    declared = kinds()[kind]
    tie = tie_of(actor.name)
    if tie is None or tie.file != view.no:
        return _NOT_YOURS
    target = Target(
        area=view.area, recorded_by=declared.recorded_by, what=declared.label,
        compartment=declared.compartment, own=tie.consent is None,
    )  # fmt: skip
    return access.decide(actor, "record", target, "own")


def write_own(entry: Entry, *, actor: Actor, view: FileView, now: datetime) -> Receipt:
    """Record what the person writes into the own file. Raises NotAllowed and NotAccepted like the gate."""
    return gate.record(entry, actor=actor, now=now, decided=may_write(actor, entry.kind, view))


def assessment_days(view: FileView, on: date) -> Settings:
    """The days that the centre which holds the person, or answers for them, has set for assessments."""
    units = tree()
    held = units.get(holders_of_file(view, units).custody) or view.unit
    return plans.settings(stays.centre_of(held, units) if held is not None else None, on)


def may_lodge(actor: Actor, view: FileView) -> Decision:
    """Whether this account may complain: the person of the file."""
    tie = tie_of(actor.name)
    if tie is None or tie.file != view.no or tie.consent is not None:
        return _NOT_YOURS
    return may_write(actor, "complaint", view)


def may_write_down(actor: Actor, kind: str, view: FileView) -> Decision:
    """Whether a member of staff may write down what the person says or hands in on paper."""
    declared = kinds()[kind]
    held = holders_of_file(view, tree())
    target = Target(
        area=view.area, recorded_by=declared.recorded_by, what=declared.label,
        compartment=declared.compartment, custody=path_in(held.custody, tree()), worker=view.worker,
    )  # fmt: skip
    return access.decide(actor, "record", target)
