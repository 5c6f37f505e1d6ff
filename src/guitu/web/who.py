"""Who is looking: the signed-in account and the post it acts in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from guitu import access
from guitu.kernel.labels import Label
from guitu.store import engine, grants, personal, units
from guitu.store.scope import NOBODY, Scope
from guitu.web import clock
from guitu.web.accounts.keys import FACTOR_KEY, MUST_KEY, idle_minutes

POST_KEY: Final = "post"
"""Where the session keeps the number of the post that was chosen."""

BEFORE_KEY: Final = "before"
"""Where the session keeps when the account had been opened before, until a page has said it."""


@dataclass(frozen=True, slots=True)
class Post:
    """One office held: its number, where (code and name), and as what."""

    id: int
    unit: str
    unit_name: str
    role: str
    role_label: Label


@dataclass(frozen=True)
class Who:
    """The account (`username`, and the person's `name`), the post it acts in now, and all it holds.

    `granted` False says that it holds no leave for any file now. `second_factor`: the session was opened with
    more than a password. `must_set_up`: it has to get a second factor before any page but its own account's
    opens."""

    username: str
    name: str
    post: Post | None
    held: tuple[Post, ...] = ()
    user_id: int = 0
    granted: bool = True
    second_factor: bool = False
    must_set_up: bool = False

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a request this session is over: fewer for the person's own page."""
        return idle_minutes(self.post.role if self.post else "")

    @cached_property
    def actor(self) -> access.Actor:
        """Who the access table and the store's gate see: this account in this post only."""
        posts = (access.Post(self.post.role, self.post.unit),) if self.post else ()
        return access.Actor(self.username, posts, known_as=self.name)


def who(request: HttpRequest) -> Who | None:
    """Who is looking, or None before sign-in. Worked out once per request."""
    if not hasattr(request, "_guitu_who"):
        request._guitu_who = _find(request)  # type: ignore[attr-defined]
    return request._guitu_who  # type: ignore[attr-defined, no-any-return]


def posts_of(user_id: int) -> tuple[Post, ...]:
    """Every post the account holds, in the order they were given."""
    held = engine.rows_again(
        "SELECT id, role, unit FROM store_staffpost WHERE user_id = %s ORDER BY id", [user_id]
    )
    return posts_in(held)


def posts_in(held: Iterable[engine.Row]) -> tuple[Post, ...]:
    """Posts from their rows: number, role, unit."""
    tree = units.tree()
    return tuple(
        Post(number, unit.code, unit.name, role, access.role(role).label)
        for number, role, no in held
        if number is not None and (unit := tree.by_no.get(no)) is not None
    )


@lru_cache(maxsize=4096)
def opened_with(password: str) -> str:
    """What a session opened with that (hashed) password says, as Django works it out."""
    return User(password=password).get_session_auth_hash()


def _find(request: HttpRequest) -> Who | None:
    """The account that was read with the session. As Django does, a changed password ends every session it
    opened."""
    session = request.session
    user_id = int(session.get(SESSION_KEY, 0))
    rows = [row for row in session.account if row[0] == user_id]  # type: ignore[attr-defined]
    if not rows:
        return None
    _, username, last, first, password, granted = rows[0][:6]
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), opened_with(password)):
        session.flush()
        return None
    held = posts_in(row[6:] for row in rows)
    chosen = session.get(POST_KEY)
    post = next((p for p in held if p.id == chosen), None)
    if post is None and len(held) == 1:
        post = held[0]
    found = Who(
        username,
        f"{last}{first}" or username,
        post,
        held,
        user_id,
        granted=bool(granted),
        second_factor=bool(session.get(FACTOR_KEY)),
        must_set_up=session.get(MUST_KEY) == "factor",
    )
    session.holder_reads(scope_of(found))  # type: ignore[attr-defined]
    return found


def scope_of(reader: Who) -> Scope:
    """What the database gives to a reader: everything under the unit of the post, and single files for which
    there is leave or which are one's own, of the compartments that the role needs at all. It is the second
    lock, wider than the decision that stands before it."""
    post = reader.post
    if post is None:
        return NOBODY
    if post.role in personal.ROLES:
        tie = personal.tie_of(reader.username)
        return Scope((), access.needed_by(post.role), (tie.file,)) if tie else NOBODY
    if not access.role(post.role).reads_counts:
        return NOBODY
    scope = Scope((units.tree().find(post.unit).no,), access.needed_by(post.role))
    return grants.widened(scope, reader.username, clock.now()) if reader.granted else scope
