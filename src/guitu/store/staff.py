"""Accounts, their passwords and the posts they hold."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guitu.access import Actor, Post, Role, kept_apart, role
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.models import OneTimePassword, StaffPost
from guitu.store.units import Unit, tree


@dataclass(frozen=True, slots=True)
class Held:
    """A post as it is held: its number, its role and its unit."""

    id: int
    role: Role
    unit: Unit

    def actor(self, username: str) -> Actor:
        """The account acting in this post alone."""
        return Actor(username, (Post(self.role.name, self.unit.code),))


LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of one-time passwords: none that is taken for another when it is read out."""

WEAK: Final = {
    "password_too_short": Label(
        "密码至少 {min_length} 个字符。", "A password has at least {min_length} characters."
    ),
    "password_too_common": Label(
        "这个密码太常见，容易被猜到；请换一个。", "This password is too common; choose another."
    ),
}
"""What the validators of the settings find, in our words."""


def fault_of(password: str, user: User | None = None) -> Label | None:
    """What is wrong with a password that somebody chose, or None."""
    try:
        validate_password(password, user)
    except ValidationError as found:
        first = found.error_list[0]
        own = WEAK.get(first.code or "")
        return own.fill(**(first.params or {})) if own else Label(first.message, first.message)
    return None


def one_time_password() -> str:
    """A new one, in three groups of five to be read out: some 74 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def give_password(username: str, password: str) -> None:
    """Give the account a one-time password: it ends its sessions, and whoever holds it sets their own first.
    Raises GuituError for an account that does not exist."""
    with engine.writing():
        user = User.objects.filter(username=username).first()
        if user is None:
            raise GuituError(Label(f"没有账号“{username}”。", f"there is no account “{username}”."))
        user.set_password(password)
        user.save(update_fields=["password"])
        OneTimePassword.objects.get_or_create(user=user)


def must_set_own(user: User) -> bool:
    """Whether the account still has a one-time password."""
    return OneTimePassword.objects.filter(user=user).exists()


def set_own(user: User, password: str) -> None:
    """Give the account the password that its holder chose; `fault_of` has found nothing wrong with it."""
    with engine.writing():
        user.set_password(password)
        user.save(update_fields=["password"])
        OneTimePassword.objects.filter(user=user).delete()


def add(
    username: str,
    password: str | None,
    name: str,
    posts: Iterable[tuple[str, str]],
    *,
    one_time: bool = False,
) -> None:
    """Make an account with these posts (role, unit code), or give an existing one the posts it lacks.

    Without a password nobody can sign in with it; a `one_time` one lets its holder set their own. Raises
    UnknownName (role), UnknownUnit, or GuituError for a malformed username, and for posts that no account
    may hold together.
    """
    model = get_user_model()
    wanted = [(role(r).name, tree().find(u).no) for r, u in posts]
    if not username or any(c.isspace() for c in username) or len(username) > 150:
        raise GuituError(
            Label("账号不能为空、不能含空格", "an account's name must not be empty or hold blanks"),
            where=username,
        )
    with engine.writing():
        user, made = model.objects.get_or_create(username=username, defaults={"first_name": name})
        there = StaffPost.objects.filter(user=user).values_list("role", flat=True)
        if wrong := kept_apart([*there, *(name for name, _ in wanted)]):
            raise GuituError(wrong, where=username)
        if made:
            user.set_password(password)
            user.save()
            if one_time:
                OneTimePassword.objects.create(user=user)
        for role_name, unit in wanted:
            StaffPost.objects.get_or_create(user=user, role=role_name, unit_id=unit)


def posts(username: str) -> list[Held]:
    """The posts of an account, in the order in which they were given. One query."""
    units = tree()
    return [
        Held(r[0], role(r[1]), units.by_no[r[2]])
        for r in engine.rows(
            "SELECT p.id, p.role, p.unit FROM store_staffpost p JOIN auth_user u ON u.id = p.user_id"
            " WHERE u.username = %s AND u.is_active ORDER BY p.id",
            [username],
        )
    ]


def exists(username: str) -> bool:
    """Whether there is an account of that name."""
    return engine.row("SELECT 1 FROM auth_user WHERE username = %s", [username]) is not None


def everybody() -> list[tuple[str, str, Held]]:
    """Every post with its account and the name behind it, by account."""
    units = tree()
    return [
        (r[0], f"{r[1]}{r[2]}", Held(r[3], role(r[4]), units.by_no[r[5]]))
        for r in engine.rows(
            "SELECT u.username, u.last_name, u.first_name, p.id, p.role, p.unit FROM auth_user u"
            " JOIN store_staffpost p ON p.user_id = u.id ORDER BY u.username, p.id"
        )
    ]


def actor(username: str) -> Actor:
    """The account acting in all its posts."""
    held = tuple(Post(h.role.name, h.unit.code) for h in posts(username))
    row = engine.row("SELECT last_name, first_name FROM auth_user WHERE username = %s", [username])
    return Actor(username, held, known_as=f"{row[0]}{row[1]}" if row else "")
