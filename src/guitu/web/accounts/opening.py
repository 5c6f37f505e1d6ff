"""Sessions: how one is opened, which an account has open, and how they are ended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.web.accounts import attempts, factors
from guitu.web.accounts.device import device_of, words_of
from guitu.web.accounts.keys import (
    CHALLENGE_KEY,
    CONFIRMED_KEY,
    FACTOR_KEY,
    MUST_KEY,
    NEW_TOTP_KEY,
    OPENED_KEY,
    PENDING_KEY,
    SSO_KEY,
)
from guitu.web.clock import ticks
from guitu.web.noted import address
from guitu.web.who import BEFORE_KEY, POST_KEY, Post

BACKEND: Final = "guitu.web.accounts.backend.Accounts"

FACTOR_WORDS: Final = {
    "totp": Label("密码与动态口令", "Password and code"),
    "passkey": Label("通行密钥", "Passkey"),
    "recovery": Label("密码与备用码", "Password and recovery code"),
    "sso": Label("单点登录", "Single sign-on"),
    "": Label("密码", "Password"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """An open session: on what, from where, how it was opened, since when, used last when; `this` one or
    another. `id` stands for its key, which is in nobody's page."""

    id: str
    device: Label
    address: str
    factor: Label
    opened: datetime
    used: datetime
    this: bool


def enter(request: HttpRequest, user: User, factor: str, post: Post | None) -> None:
    """Open a session under a new key; `post` is the one that the account acts in, if it need not choose.

    `factor` is how it was opened beside the password; empty, and the account must have a second factor: then
    nothing opens but the page that sets one up.
    """
    before = user.last_login
    if auth.SESSION_KEY in request.session:  # somebody was in already: that is over, and so is its key
        request.session.flush()
    auth.login(request, user, backend=BACKEND)
    session = request.session
    for key in (PENDING_KEY, CHALLENGE_KEY, SSO_KEY, NEW_TOTP_KEY, MUST_KEY, FACTOR_KEY, POST_KEY, "used"):
        session.pop(key, None)
    session.set_expiry(None)  # the time that a half-opened one has does not hold any more
    session[OPENED_KEY] = round(ticks(), 3)  # a phone asks whether it was before or after a moment
    session[CONFIRMED_KEY] = int(ticks())
    if factor:
        session[FACTOR_KEY] = factor
    elif factors.must_have(user.pk):
        session[MUST_KEY] = "factor"
    if before is not None:
        session[BEFORE_KEY] = before.isoformat()
    attempts.succeeded(user.username)
    _list(request, user.pk, factor)
    _tidy()
    if post is not None:
        session[POST_KEY] = post.id


def renew(request: HttpRequest, user_id: int, factor: str = "") -> None:
    """The session goes on under a new key: after a second factor was set up, or proved once more."""
    session = request.session
    engine.execute("DELETE FROM web_opensession WHERE key = %s", [session.session_key])
    session.cycle_key()
    if factor:
        session[FACTOR_KEY] = factor
        session.pop(MUST_KEY, None)
    session[CONFIRMED_KEY] = int(ticks())
    _list(request, user_id, str(session.get(FACTOR_KEY, "")))


def open_sessions(user_id: int, this: str = "") -> tuple[Open, ...]:
    """The account's sessions that are not over, the one used last first; `this` is the reader's own key."""
    found = engine.rows(
        "SELECT o.key, o.device, o.address, o.factor, o.opened_ms, s.session_data"
        " FROM web_opensession o JOIN django_session s ON s.session_key = o.key"
        " WHERE o.user_id = %s AND s.expire_date > %s",
        [user_id, timezone.now()],
    )
    listed = []
    for key, device, place, factor, opened_ms, data in found:
        used = max(int(_data(data).get("used", 0)) * 60, opened_ms // 1000)
        if ticks() - used > (settings.IDLE_MINUTES + 2) * 60:
            continue
        words = FACTOR_WORDS.get(factor, FACTOR_WORDS[""])
        listed.append(
            Open(id_of(key), words_of(device), place, words, _at(opened_ms / 1000), _at(used), key == this)
        )
    return tuple(sorted(listed, key=lambda each: (each.this, each.used), reverse=True))


def id_of(key: str) -> str:
    """What stands for a session's key in pages."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def end(user_id: int, *, only: str = "", but: str = "") -> int:
    """End the account's sessions: all, or `only` the one of that id, or all `but` the one of that key; how
    many they were."""
    with engine.writing():
        listed = engine.rows("SELECT key FROM web_opensession WHERE user_id = %s", [user_id])
        over = [key for (key,) in listed if key != but and (not only or id_of(key) == only)]
        for each in over:
            engine.execute("DELETE FROM django_session WHERE session_key = %s", [each])
            engine.execute("DELETE FROM web_opensession WHERE key = %s", [each])
    return len(over)


def _list(request: HttpRequest, user_id: int, factor: str) -> None:
    engine.insert(
        "web_opensession",
        ("key", "user_id", "device", "address", "opened_ms", "factor"),
        [
            (
                request.session.session_key,
                user_id,
                device_of(request.META.get("HTTP_USER_AGENT", "")),
                address(request),
                int(request.session.get(OPENED_KEY, ticks())) * 1000,
                factor,
            )
        ],
    )


def _tidy() -> None:
    """Forget what is over: with each sign-in, so that no clock work is needed."""
    with engine.writing():
        engine.execute("DELETE FROM django_session WHERE expire_date < %s", [timezone.now()])
        engine.execute(
            "DELETE FROM web_opensession WHERE NOT EXISTS"
            " (SELECT 1 FROM django_session s WHERE s.session_key = web_opensession.key)"
        )
        attempts.tidy()


def _data(text: str) -> dict[str, object]:
    data: dict[str, object] = Session(session_data=text).get_decoded()
    return data


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
