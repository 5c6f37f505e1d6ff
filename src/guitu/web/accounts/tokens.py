"""Tokens of the API: making one, preparing one for somebody else, knowing it again, ending it.

A token acts as its account in one post, within its scopes, and nothing else. It ends by its day, with the
account, the post or the account's password, or when its holder or a system administrator ends it. The secret
is shown once and kept as a digest. An administrator who reads no files prepares a token without ever holding
its secret: the account that it is for collects it.
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
from guitu.access.scopes import SCOPES, scopes_for
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, memory, units
from guitu.store.units import Unit
from guitu.web import carrying
from guitu.web import who as whose
from guitu.web.clock import ticks
from guitu.web.who import Post, Who

PREFIX: Final = "guitu_"
"""What every token begins with, so that one that got lost is recognised."""
MOST_DAYS: Final = 366
USUAL_DAYS: Final = 90
LONGEST_NAME: Final = 60
MOST: Final = 20
"""Tokens that one account may have open or offered."""
NOTED_EVERY_MS: Final = 60_000
"""Between two notes of a token's last use: a write for every call would cost more than the call."""

UNKNOWN: Final = Label(
    "没有这个令牌，或已失效；请在“接口令牌”页面换一个。",
    "There is no such token, or it has ended: make another on the page of tokens.",
)
CLOSED: Final = Label("账号或岗位已停用。", "The account or its post is closed.")
NO_NAME: Final = Label("请写明令牌给什么程序用", "Say which program the token is for")
NO_SCOPE: Final = Label("请至少选择一个范围", "Choose at least one scope")
WRONG_SCOPE: Final = Label("岗位不开放所选的范围：{names}", "The post does not open what was chosen: {names}")
WRONG_DAYS: Final = Label(f"有效期应为 1 到 {MOST_DAYS} 天", f"A token lasts from 1 to {MOST_DAYS} days")
TOO_MANY: Final = Label(
    f"一个账号最多 {MOST} 个令牌；请先停用一个", f"An account has {MOST} tokens at most: end one first"
)


class Refused(Exception):
    """A call that is not let in: the status, the code and the sentence of the answer, and more of it."""

    def __init__(self, status: int, code: str, said: Label, **more: Any) -> None:
        self.status, self.code, self.said, self.more = status, code, said, more
        super().__init__(code)


class NotMade(GuituError):
    """No token was made: what is wrong with what was asked. `box` is the box it is about."""

    def __init__(self, label: Label, box: str = "") -> None:
        self.box = box
        super().__init__(label)


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was let in: as whom it acts, and for what it is good."""

    id: UUID
    name: str
    scopes: frozenset[str]
    acts_as: Who
    post: Post
    until: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A token on a page. `used` is None where it was never used."""

    id: UUID
    user_id: int
    account: str
    holder: str
    post: int
    name: str
    scopes: tuple[str, ...]
    state: str
    made_by: str
    made: datetime
    until: datetime
    used: datetime | None

    def stands(self, now: datetime) -> str:
        """`offered`, `open`, `over` (its day has passed) or `ended`."""
        return "over" if self.state != "ended" and self.until <= now else self.state


def make(reader: Who, name: str, scopes: frozenset[str], days: int) -> tuple[UUID, str]:
    """A token for whoever is signed in, in the post they act in: its id, and what is shown this once. Raises
    NotMade."""
    assert reader.post is not None
    identifier = _insert(reader, reader.post, reader.username, name, scopes, days)
    return identifier, collect(reader, identifier)


def prepare(holder: Who, by: str, name: str, scopes: frozenset[str], days: int) -> UUID:
    """Prepare a token for another account in the post that `holder` has; nobody holds its secret before that
    account collects it. Raises NotMade."""
    assert holder.post is not None
    return _insert(holder, holder.post, by, name, scopes, days)


def _insert(holder: Who, post: Post, by: str, name: str, scopes: frozenset[str], days: int) -> UUID:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise NotMade(NO_NAME, "name")
    if not scopes:
        raise NotMade(NO_SCOPE, "scope")
    allowed = {scope.name for scope in scopes_for(holder.actor)}
    if beyond := sorted(scopes - allowed):
        raise NotMade(WRONG_SCOPE.fill(names="、".join(beyond)), "scope")
    if not 1 <= days <= MOST_DAYS:
        raise NotMade(WRONG_DAYS, "days")
    at, identifier = _ms(), uuid4()
    with engine.writing():
        there = engine.row(
            "SELECT count(*) FROM store_apitoken WHERE user_id = %s AND state <> 'ended' AND until_ms > %s",
            [holder.user_id, at],
        )
        if there is not None and there[0] >= MOST:
            raise NotMade(TOO_MANY)
        engine.insert(
            "store_apitoken",
            (
                "id", "user_id", "post", "name", "scopes", "state", "digest", "password", "made_by",
                "made_ms", "until_ms", "used_ms",
            ),
            [
                (
                    identifier.hex, holder.user_id, post.id, name, " ".join(s for s in SCOPES if s in scopes),
                    "offered", b"", "", by, at, at + days * 86_400_000, 0,
                )
            ],
        )  # fmt: skip
    return identifier


def collect(reader: Who, identifier: UUID) -> str:
    """The whole token, told this once, of one that was prepared for this account. Raises NotMade where there
    is none to collect."""
    text = secrets.token_urlsafe(32)
    row = engine.row("SELECT password FROM auth_user WHERE id = %s", [reader.user_id])
    done = row is not None and engine.execute(
        "UPDATE store_apitoken SET state = 'open', digest = %s, password = %s"
        " WHERE id = %s AND user_id = %s AND state = 'offered' AND until_ms > %s",
        [_digest(text), whose.opened_with(row[0]), engine.key(identifier), reader.user_id, _ms()],
    )
    if not done:
        raise NotMade(UNKNOWN)
    return f"{PREFIX}{identifier.hex}_{text}"


_KNOWN: Final = (
    f"{units.EDITION}, {memory.EDITION}, p.id, p.role, p.unit, t.user_id, t.name, t.scopes, t.state,"
    " t.digest, t.password, t.until_ms, t.used_ms, u.username, u.last_name, u.first_name, u.password,"
    " u.is_active,"
    ' EXISTS (SELECT 1 FROM store_grant g WHERE g."user" = u.username AND g.until_ms > %s)'
    " FROM store_apitoken t JOIN auth_user u ON u.id = t.user_id"
    " LEFT JOIN store_staffpost p ON p.id = t.post AND p.user_id = t.user_id WHERE t.id = %s"
)


def known(text: str, *, now_ms: int) -> Token:
    """The token of this text; what its account may read in its post can be read for the rest of the request.
    Raises Refused where it is not let in."""
    identifier, secret = _parted(text)
    rows = carrying.rows(identifier, _KNOWN, [now_ms, engine.key(identifier)])
    if not rows:
        raise Refused(401, "unknown_token", UNKNOWN)
    row = rows[0]
    units.looked(row[0])
    memory.looked(row[1])
    (user, name, scopes, state, digest, password, until, used,
     username, last, first, hashed, active, granted) = row[5:]  # fmt: skip
    at = _ms()
    if not constant_time_compare(bytes(digest), _digest(secret)) or state != "open" or at >= until:
        raise Refused(401, "unknown_token", UNKNOWN)
    if not constant_time_compare(password, whose.opened_with(hashed)):
        raise Refused(401, "unknown_token", UNKNOWN)
    held = whose.posts_in([row[2:5]])
    if not active or not held:
        raise Refused(403, "closed", CLOSED)
    if at - used > NOTED_EVERY_MS:
        engine.execute("UPDATE store_apitoken SET used_ms = %s WHERE id = %s", [at, engine.key(identifier)])
    post = held[0]
    found = Who(username, f"{last}{first}" or username, post, (post,), user, granted=bool(granted),
                second_factor=True)  # fmt: skip
    carrying.reads(identifier, whose.scope_of(found))
    return Token(identifier, name, frozenset(scopes.split()), found, post, _at(until))


def may_use(token: Token, scope: str) -> bool:
    """Whether the token is for that, and its post still opens the page that goes with it."""
    return scope in token.scopes and may_see_page(token.acts_as.actor, SCOPES[scope].page).allowed


_LINE: Final = (
    "SELECT t.id, t.user_id, u.username, u.last_name, u.first_name, t.post, t.name, t.scopes, t.state,"
    " t.made_by, t.made_ms, t.until_ms, t.used_ms FROM store_apitoken t JOIN auth_user u ON u.id = t.user_id"
)


def of_account(user_id: int) -> tuple[Line, ...]:
    """The account's tokens that nobody has ended, the newest first."""
    return _lines(
        f"{_LINE} WHERE t.user_id = %s AND t.state <> 'ended' ORDER BY t.made_ms DESC, t.id", user_id
    )


def of_area(area: Unit) -> tuple[Line, ...]:
    """The same of every post in this area."""
    return _lines(
        f"{_LINE} JOIN store_staffpost p ON p.id = t.post JOIN store_unit n ON n.no = p.unit"
        f" WHERE n.{area.column} = %s AND t.state <> 'ended' ORDER BY t.made_ms DESC, t.id",
        area.no,
    )


def end(identifier: UUID, user_id: int) -> bool:
    """End a token of this account; whether there was one."""
    return bool(
        engine.execute(
            "UPDATE store_apitoken SET state = 'ended', digest = %s"
            " WHERE id = %s AND user_id = %s AND state <> 'ended'",
            [b"", engine.key(identifier), user_id],
        )
    )


def _lines(sql: str, *values: object) -> tuple[Line, ...]:
    return tuple(
        Line(
            engine.uuid_of(i), user, username, f"{last}{first}" or username, post, name,
            tuple(scopes.split()), state, by, _at(made), _at(until), _at(used) if used else None,
        )
        for i, user, username, last, first, post, name, scopes, state, by, made, until, used
        in engine.rows(sql, values)
    )  # fmt: skip


def _parted(text: str) -> tuple[UUID, str]:
    identifier, _, secret = text.removeprefix(PREFIX).partition("_")
    try:
        if not text.startswith(PREFIX) or len(identifier) != 32:
            raise ValueError(text)
        return UUID(identifier), secret
    except ValueError:
        raise Refused(401, "unknown_token", UNKNOWN) from None


def now() -> datetime:
    """The moment that tokens are counted by: they end also where the day stands still."""
    return _at(_ms())


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _ms() -> int:
    return int(ticks() * 1000)


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
