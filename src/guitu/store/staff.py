"""Accounts and the posts they hold. What a password must be is in passwords.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from guitu.access import Actor, Post, Role, kept_apart, role
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, passwords
from guitu.store.models import DemoAccount, OneTimePassword, StaffPost
from guitu.store.passwords import fault_of, one_time_password
from guitu.store.units import Unit, tree

__all__ = [
    "Held",
    "actor",
    "add",
    "demo_accounts",
    "everybody",
    "exists",
    "fault_of",
    "find",
    "give_password",
    "holders",
    "let_in",
    "mark_demo",
    "must_set_own",
    "one_time_password",
    "posts",
    "refuse_demo",
    "set_own",
    "take_post",
]


@dataclass(frozen=True, slots=True)
class Held:
    """A post as it is held: its number, its role and its unit."""

    id: int
    role: Role
    unit: Unit

    def actor(self, username: str) -> Actor:
        """The account acting in this post alone."""
        return Actor(username, (Post(self.role.name, self.unit.code),))


NO_ACCOUNT: Final = Label("没有账号“{username}”。", "there is no account “{username}”.")


def give_password(username: str, password: str) -> None:
    """Give the account a one-time password: it ends its sessions, and whoever holds it sets their own first.
    Raises GuituError for an account that does not exist."""
    with engine.writing():
        user = find(username)
        user.set_password(password)
        user.save(update_fields=["password"])
        OneTimePassword.objects.get_or_create(user=user)


def must_set_own(user: User) -> bool:
    """Whether the account still has a one-time password."""
    return OneTimePassword.objects.filter(user=user).exists()


def set_own(user: User, password: str) -> None:
    """Give the account the password that its holder chose; `fault_of` has found nothing wrong with it. Every
    session that another password opened is over."""
    with engine.writing():
        user.set_password(password)
        user.save(update_fields=["password"])
        passwords.keep(user)
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
            elif password is not None:
                passwords.keep(user)
        for role_name, unit in wanted:
            StaffPost.objects.get_or_create(user=user, role=role_name, unit_id=unit)


def find(username: str) -> User:
    """The account of that name. Raises GuituError where there is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise GuituError(NO_ACCOUNT.fill(username=username))
    return user


def let_in(username: str, *, active: bool) -> None:
    """Close an account, or open it again. A closed one signs in nowhere; its sessions are over at once."""
    with engine.writing():
        user = find(username)
        user.is_active = active
        user.save(update_fields=["is_active"])


def holders(role_name: str) -> list[str]:
    """The open accounts that hold a post in that role, by name."""
    found = engine.rows(
        "SELECT DISTINCT u.username FROM store_staffpost p JOIN auth_user u ON u.id = p.user_id"
        " WHERE p.role = %s AND u.is_active ORDER BY u.username",
        [role_name],
    )
    return [each[0] for each in found]


def mark_demo(usernames: Iterable[str]) -> None:
    """Say of these accounts that they are a demonstration's."""
    for user in User.objects.filter(username__in=list(usernames)):
        DemoAccount.objects.get_or_create(user=user)


def demo_accounts() -> list[str]:
    """The accounts that are a demonstration's, by name."""
    found = engine.rows(
        "SELECT u.username FROM store_demoaccount d JOIN auth_user u ON u.id = d.user_id ORDER BY u.username"
    )
    return [each[0] for each in found]


def refuse_demo() -> None:
    """Outside a demonstration nothing is served from a store that holds a demonstration's accounts: their
    password stands on a sign-in page. Raises GuituError if there are any."""
    if settings.DEMO:
        return
    held = demo_accounts()
    if held:
        raise GuituError(
            Label(
                f"这个库里有 {len(held)} 个演示账号（如 {held[0]}），密码人人知道：正式系统不启动。"
                "请换一个库，或用 guitu demo 打开演示。",
                f"This store holds {len(held)} demonstration accounts (such as {held[0]}) whose password"
                " anybody knows: it is not served. Use another store, or open the demonstration with guitu"
                " demo.",
            )
        )


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


def take_post(username: str, number: int) -> bool:
    """Take that post from the account; whether it held it."""
    with engine.writing():
        return bool(
            engine.execute(
                "DELETE FROM store_staffpost WHERE id = %s"
                " AND user_id = (SELECT id FROM auth_user WHERE username = %s)",
                [number, username],
            )
        )


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


def staff_names(accounts: Collection[str]) -> dict[str, str]:
    """The names behind accounts that exist."""
    return {
        username: f"{last}{first}"
        for username, first, last in engine.rows_for(
            "SELECT username, first_name, last_name FROM auth_user WHERE username IN ({})", sorted(accounts)
        )
        if first or last
    }
