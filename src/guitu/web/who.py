"""Who is looking: the signed-in account and the post it acts in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import HttpRequest

from guitu import access
from guitu.kernel.labels import Label
from guitu.store import engine, units

POST_KEY: Final = "post"
"""Where the session keeps the number of the post that was chosen."""


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
    """The account (`username`, and the person's `name`), the post it acts in now, and all it holds."""

    username: str
    name: str
    post: Post | None
    held: tuple[Post, ...] = ()

    @cached_property
    def actor(self) -> access.Actor:
        """Who the access table and the store's gate see: this account in this post only."""
        posts = (access.Post(self.post.role, self.post.unit),) if self.post else ()
        return access.Actor(self.username, posts)


def who(request: HttpRequest) -> Who | None:
    """Who is looking, or None before sign-in. Worked out once per request."""
    if not hasattr(request, "_guitu_who"):
        request._guitu_who = _find(request)  # type: ignore[attr-defined]
    return request._guitu_who  # type: ignore[attr-defined, no-any-return]


def posts_of(user_id: int) -> tuple[Post, ...]:
    """Every post the account holds, in the order they were given."""
    tree = units.tree()
    held = engine.rows("SELECT id, role, unit FROM store_staffpost WHERE user_id = %s ORDER BY id", [user_id])
    return tuple(
        Post(number, unit.code, unit.name, role, access.role(role).label)
        for number, role, no in held
        if (unit := tree.by_no.get(no)) is not None
    )


def _find(request: HttpRequest) -> Who | None:
    user = request.user
    if not user.is_authenticated:
        return None
    held = posts_of(user.pk)
    chosen = request.session.get(POST_KEY)
    post = next((p for p in held if p.id == chosen), None)
    if post is None and len(held) == 1:
        post = held[0]
    return Who(user.get_username(), user.get_full_name() or user.get_username(), post, held)
