"""Who acts: an account and the post it acts in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """An office held: in which role, for which unit (a code); everything under that unit is its area."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An account and the posts it acts in now. `is_house` marks the service itself: restoring a backup,
    filling a demonstration, taking over entries that others have written. `known_as` is the name of whoever
    holds the account, as ledgers write it."""

    name: str
    posts: tuple[Post, ...] = ()
    is_house: bool = False
    known_as: str = ""


def house(name: str = "guitu") -> Actor:
    """The service itself. It may write entries under their authors' names; never used for a person's
    request."""
    return Actor(name, (), True)
