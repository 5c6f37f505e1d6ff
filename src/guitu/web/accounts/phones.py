"""Workers' phones: registering one, knowing it again by its token, wiping it, and what it was given.

A phone acts as the account that registered it, in the post it was registered in, and nothing else. Its token
ends with the account, the post, the account's password, and by itself after some weeks without a renewal.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils.crypto import constant_time_compare

from guitu.access import may_see_page
from guitu.exchange.phone import giving
from guitu.exchange.phone.bounds import RENEWED_AFTER, TOKEN_LASTS
from guitu.kernel.labels import Label
from guitu.store import engine, memory
from guitu.web import who as whose
from guitu.web.clock import ticks
from guitu.web.who import Post, Who

PAGE: Final = "sync"
"""The page's row in the access table: whoever may register a phone."""
SCHEME: Final = "Guitu "
LONGEST_NAME: Final = 60
MOST: Final = 5
"""Phones that one account may have open."""

WIPES: Final = {"wipe_keep": "keep", "wipe_erase": "erase"}
"""States in which a phone is to erase itself, and what it does with what it has not sent."""

SIGN_IN: Final = Label(
    "手机的登录已失效，请联网重新登录；没有发送的记录都还在。",
    "This phone is not signed in any more: sign in online. What was not sent is still there.",
)
CLOSED: Final = Label(
    "账号或岗位已停用；没有发送的记录仍加密保存在手机上。",
    "The account or its post is closed. What was not sent stays encrypted on the phone.",
)
WIPE: Final = Label("这部手机被要求清除数据。", "This phone was told to erase its data.")
TOO_MANY: Final = Label(
    "一个账号最多登记 5 部手机；请先在“我的账号”里停用一部。",
    "An account has five phones at most: end one on the page of your account first.",
)


class Refused(Exception):
    """A phone that is not let in: the status, the code and the sentence of the answer, and more of it."""

    def __init__(self, status: int, code: str, said: Label, **more: Any) -> None:
        self.status, self.code, self.said, self.more = status, code, said, more
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that was let in, and as whom it acts. `pull`, `holds` and `before` as in the table."""

    id: UUID
    acts_as: Who
    post: Post
    token_ms: int
    pull: int
    holds: bytes
    before: bytes

    @property
    def expires(self) -> datetime:
        """When its token ends."""
        return _at(self.token_ms) + TOKEN_LASTS

    @property
    def renew_from(self) -> datetime:
        """From when on it had better ask for a new one."""
        return _at(self.token_ms) + RENEWED_AFTER


@dataclass(frozen=True, slots=True)
class Line:
    """A phone on the page of its account."""

    id: UUID
    name: str
    state: str
    opened: datetime
    seen: datetime
    waiting: int
    post: int


@dataclass(frozen=True, slots=True)
class Token:
    """A token, told once, and its days."""

    phone: UUID
    text: str
    made_ms: int

    @property
    def told(self) -> dict[str, str]:
        """As an answer says it."""
        made = _at(self.made_ms)
        return {
            "device": str(self.phone),
            "token": self.text,
            "expires": (made + TOKEN_LASTS).isoformat(timespec="seconds"),
            "renew_from": (made + RENEWED_AFTER).isoformat(timespec="seconds"),
        }


def register(reader: Who, name: str, app: str, known: UUID | None) -> Token:
    """Register a phone for whoever is signed in, or bind one again that this account registered before.
    Raises Refused where the account has too many."""
    assert reader.post is not None
    text, at = secrets.token_urlsafe(32), _ms()
    row = engine.row("SELECT password FROM auth_user WHERE id = %s", [reader.user_id])
    assert row is not None
    password = whose.opened_with(row[0])
    with engine.writing():
        again = known is not None and engine.execute(
            "UPDATE web_workphone SET state = 'open', post = %s, name = %s, app = %s, seen_ms = %s,"
            " token = %s, token_ms = %s, next = %s, next_ms = 0, password = %s, pull = pull + 2,"
            " holds = %s, before = %s"
            " WHERE id = %s AND user_id = %s AND state <> 'ended'",
            [
                reader.post.id, name, app, at, _digest(text), at, b"", password, b"", b"",
                engine.key(known), reader.user_id,
            ],
        )  # fmt: skip
        if again and known is not None:
            return Token(known, text, at)
        open_now = engine.row(
            "SELECT count(*) FROM web_workphone WHERE user_id = %s AND state = 'open'", [reader.user_id]
        )
        if open_now is not None and open_now[0] >= MOST:
            raise Refused(403, "too_many", TOO_MANY)
        new = uuid4()
        engine.insert(
            "web_workphone",
            (
                "id", "user_id", "post", "name", "app", "state", "opened_ms", "seen_ms", "waiting", "token",
                "token_ms", "next", "next_ms", "password", "pull", "holds", "before",
            ),
            [
                (
                    new.hex, reader.user_id, reader.post.id, name, app, "open", at, at, 0, _digest(text), at,
                    b"", 0, password, 0, b"", b"",
                )
            ],
        )  # fmt: skip
    return Token(new, text, at)


_KNOWN: Final = (
    f"SELECT {memory.EDITION}, p.user_id, p.post, p.state, p.token, p.token_ms, p.next, p.next_ms,"
    " p.password, p.pull, p.holds, p.before, u.username, u.last_name, u.first_name, u.password, u.is_active,"
    ' EXISTS (SELECT 1 FROM store_grant g WHERE g."user" = u.username AND g.until_ms > %s)'
    " FROM web_workphone p JOIN auth_user u ON u.id = p.user_id WHERE p.id = %s"
)


def known(header: str, waiting: int | None, app: str, *, now_ms: int) -> Phone:
    """The phone of this Authorization header. Raises Refused where it is not let in."""
    identifier, secret = _parted(header)
    row = engine.row(_KNOWN, [now_ms, engine.key(identifier)])
    if row is None:
        raise Refused(401, "sign_in", SIGN_IN)
    memory.looked(row[0])
    (user, post_id, state, token, token_ms, coming, next_ms, password, pull, holds, before,
     username, last, first, hashed, active, granted) = row[1:]  # fmt: skip
    given, fresh = _digest(secret), False
    if coming and constant_time_compare(bytes(coming), given):
        token_ms, fresh = next_ms, True
    elif not constant_time_compare(bytes(token), given):
        raise Refused(401, "sign_in", SIGN_IN)
    if state in WIPES:
        raise Refused(410, "wipe", WIPE, outbox=WIPES[state])
    if state != "open" or _ms() > token_ms + TOKEN_LASTS.total_seconds() * 1000:
        raise Refused(401, "sign_in", SIGN_IN)
    posts = {post.id: post for post in whose.posts_of(user)}
    if not active or post_id not in posts:
        raise Refused(403, "closed", CLOSED)
    if not constant_time_compare(password, whose.opened_with(hashed)):
        raise Refused(401, "sign_in", SIGN_IN)
    post = posts[post_id]
    found = Who(username, f"{last}{first}" or username, post, (post,), user, granted=bool(granted),
                second_factor=True)  # fmt: skip
    if not may_see_page(found.actor, PAGE).allowed:
        raise Refused(403, "closed", CLOSED)
    used = ", token = next, token_ms = next_ms, next = %s, next_ms = 0" if fresh else ""
    engine.execute(
        f"UPDATE web_workphone SET seen_ms = %s, app = %s, waiting = coalesce(%s, waiting){used}"
        " WHERE id = %s",
        [_ms(), app, waiting, *([b""] if fresh else []), engine.key(identifier)],
    )
    return Phone(identifier, found, post, token_ms, pull, bytes(holds), bytes(before))


def renew(phone: Phone) -> Token:
    """A new token beside the one in use, which stays good until the new one is used."""
    text, at = secrets.token_urlsafe(32), _ms()
    engine.execute(
        "UPDATE web_workphone SET next = %s, next_ms = %s WHERE id = %s",
        [_digest(text), at, engine.key(phone.id)],
    )
    return Token(phone.id, text, at)


def gave(phone: Phone, holds: bytes, *, instead_of: bytes) -> int:
    """Remember what the phone holds with the answer it is given now, and what it held before it; the number
    of this load."""
    number = giving.numbered(phone.pull)
    engine.execute(
        "UPDATE web_workphone SET pull = %s, holds = %s, before = %s WHERE id = %s",
        [number, holds, instead_of, engine.key(phone.id)],
    )
    return number


def held(phone: Phone, number: int) -> bytes | None:
    """What the phone held after its load of that number; None where that is not known any more."""
    return giving.held_then(number, phone.pull, phone.holds, phone.before)


def wiped(header: str) -> None:
    """A phone says that it has erased itself: as ordered, or by its holder, and then it does not come back.
    Raises Refused for one that is not known."""
    identifier, secret = _parted(header)
    row = engine.row("SELECT token, next FROM web_workphone WHERE id = %s", [engine.key(identifier)])
    given = _digest(secret)
    if row is None or not any(constant_time_compare(bytes(one), given) for one in row if one):
        raise Refused(401, "sign_in", SIGN_IN)
    engine.execute(
        "UPDATE web_workphone SET state = CASE state WHEN 'open' THEN 'ended' ELSE 'wiped' END,"
        " holds = %s, before = %s, seen_ms = %s"
        " WHERE id = %s AND state IN ('open', 'wipe_keep', 'wipe_erase')",
        [b"", b"", _ms(), engine.key(identifier)],
    )


def of_account(user_id: int) -> tuple[Line, ...]:
    """The account's phones that are not ended, the one heard of last first."""
    return tuple(
        Line(engine.uuid_of(i), name, state, _at(opened), _at(seen), waiting, post)
        for i, name, state, opened, seen, waiting, post in engine.rows(
            "SELECT id, name, state, opened_ms, seen_ms, waiting, post FROM web_workphone"
            " WHERE user_id = %s AND state <> 'ended' ORDER BY seen_ms DESC, id",
            [user_id],
        )
    )


def order(user_id: int, phone: UUID, state: str) -> bool:
    """Order a phone of this account to erase itself (a state of WIPES), or end it (`ended`); whether it is
    one of the account's. What a wiped one has not sent stays on it, or goes, as the state says."""
    assert state in WIPES or state == "ended"
    return bool(
        engine.execute(
            "UPDATE web_workphone SET state = %s WHERE id = %s AND user_id = %s AND state <> 'ended'",
            [state, engine.key(phone), user_id],
        )
    )


def _parted(header: str) -> tuple[UUID, str]:
    """The id and the secret of an Authorization header."""
    if not header.startswith(SCHEME):
        raise Refused(401, "sign_in", SIGN_IN)
    identifier, _, secret = header.removeprefix(SCHEME).strip().partition(".")
    try:
        return UUID(identifier), secret
    except ValueError:
        raise Refused(401, "sign_in", SIGN_IN) from None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _ms() -> int:
    """Milliseconds that really passed: a token ends also where the day stands still."""
    return int(ticks() * 1000)


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
