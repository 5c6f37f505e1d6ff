"""What a session remembers about how it was opened, and the offices' choices about signing in.

A session is opened by `auth.login`, whose keys are Django's. The rest is written only by accounts/opening.py.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings

from guitu import access

FACTOR_KEY: Final = "factor"
"""By which second factor: `totp`, `passkey`, `recovery` or `sso`. Absent: by the password alone."""

CONFIRMED_KEY: Final = "confirmed"
"""When (seconds that really pass) the account's holder last proved to be there."""

OPENED_KEY: Final = "opened"
"""When the session was opened: MOST_HOURS later it is over, however busy."""

MUST_KEY: Final = "must"
"""What has to be done before anything else opens: `factor`, to set up a second factor."""

PENDING_KEY: Final = "pending"
"""Of somebody who has shown a password and not yet a second factor: the account's number, what proves that
the password is still the same, when, and where to go. Such a session is signed in to nothing."""

CHALLENGE_KEY: Final = "challenge"
"""What a passkey was asked to sign: used once."""

NEW_TOTP_KEY: Final = "totp"
"""The secret of a second factor that is being set up, sealed as in its table; nothing until a code of it has
been typed."""

SSO_KEY: Final = "sso"
"""State, nonce and verifier of a single sign-on under way: used once."""

MOST_HOURS: Final = 12
FRESH_MINUTES: Final = 15
"""For so long after a proof of presence `recently_confirmed` asks for no other."""

PERSON_IDLE_MINUTES: Final = 5
"""The person's own page is read on telephones that others pick up."""

NO_FACTOR: Final = frozenset({"person", "family"})
"""Roles that read only what is theirs: a second factor is offered to them, never demanded."""


def needs_factor(role: str) -> bool:
    """Whether that role may act only with a second factor."""
    declared = access.role(role)
    return bool(getattr(declared, "second_factor", role not in NO_FACTOR))


def factor_demanded() -> bool:
    """Whether this installation demands second factors at all: every one does, except a demonstration and an
    office that only offers them (GUITU_SECOND_FACTOR=offered)."""
    return not settings.DEMO and settings.SECOND_FACTOR != "offered"


def idle_minutes(role: str) -> int:
    """After how many minutes without a request a session in that role is over."""
    return min(PERSON_IDLE_MINUTES, settings.IDLE_MINUTES) if role in NO_FACTOR else settings.IDLE_MINUTES
