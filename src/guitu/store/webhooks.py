"""Who is told of new entries, and the outbox: one row for each thing that is still to be told.

A subscription belongs to an account in one post, as a token does, and is told of an entry only if that post
may read it: the file's unit in the area, the compartment open, the file neither sealed nor a minor's without
leave. What is told is that there is an entry, and ids; never what it says.

Nothing is written when an entry is recorded: whoever delivers looks along the entries from where they
stopped. On PostgreSQL a writer with an earlier number may finish after a later one, so a look goes only as
far as every writer of the look before has finished.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID, uuid4

from guitu.access import Actor, Post, Target, decide, opens_work
from guitu.access.scopes import SCOPES, scopes_for
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.store import clock, engine, read
from guitu.store.keys import provider
from guitu.store.read.sight import seen_by
from guitu.store.read.targets import target_of
from guitu.store.units import Unit, tree

State = Literal["asked", "open", "refused", "stopped", "ended"]

AT_ONCE: Final = 2000
"""Entries that are looked at together."""
BACKOFF: Final = tuple(
    timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long after the first, second … failure a message is tried again: the schedule of Standard Webhooks.
After the last one it is dead, and its subscription stopped."""
KEPT: Final = timedelta(days=30)
"""How long the outbox keeps what was told, for whoever looks after it."""
SCOPE: Final = "webhooks"


@dataclass(frozen=True, slots=True)
class Hook:
    """One subscription."""

    id: UUID
    user_id: int
    account: str
    post: int
    name: str
    address: str
    state: State
    made: datetime
    allowed_by: str
    due: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One message that is due: where to, what, how often it was tried."""

    id: UUID
    hook: UUID
    address: str
    secret: str
    body: str
    tried: int


_HOOK: Final = (
    "SELECT h.id, h.user_id, u.username, h.post, h.name, h.address, h.state, h.made_ms, h.allowed_by,"
    " (SELECT count(*) FROM store_webhookcall c WHERE c.hook = h.id AND c.state = 'due'),"
    " (SELECT count(*) FROM store_webhookcall c WHERE c.hook = h.id AND c.state = 'dead')"
    " FROM store_webhook h JOIN auth_user u ON u.id = h.user_id WHERE h.state <> 'ended'"
)


def ask(user_id: int, post: int, name: str, address: str, secret: str, now: datetime) -> UUID:
    """Ask for a subscription: it is told nothing before an administrator has allowed its address."""
    identifier = uuid4()
    engine.insert(
        "store_webhook",
        (
            "id", "user_id", "post", "name", "address", "state", "secret", "made_ms", "allowed_by", "seq",
            "ahead_seq", "ahead_xid",
        ),
        [
            (
                identifier.hex, user_id, post, name, address, "asked",
                provider().wrap(secret.encode(), identifier.bytes), clock.milliseconds(now), "", 0, 0, 0,
            )
        ],
    )  # fmt: skip
    return identifier


def of_account(user_id: int) -> tuple[Hook, ...]:
    """The account's subscriptions that nobody has ended, the newest first."""
    return _hooks(f"{_HOOK} AND h.user_id = %s ORDER BY h.made_ms DESC, h.id", [user_id])


def of_area(area: Unit) -> tuple[Hook, ...]:
    """The same of every post in this area."""
    return _hooks(
        f"{_HOOK} AND h.post IN (SELECT p.id FROM store_staffpost p JOIN store_unit n ON n.no = p.unit"
        f" WHERE n.{area.column} = %s) ORDER BY h.made_ms DESC, h.id",
        [area.no],
    )


def every() -> tuple[Hook, ...]:
    """Every subscription of this site."""
    return _hooks(f"{_HOOK} ORDER BY h.made_ms DESC, h.id", [])


def allow(identifier: UUID, by: str, *, yes: bool) -> bool:
    """An administrator allows this very address, or refuses it. It is told of what is recorded from now on;
    one that was stopped goes on where it stood."""
    with engine.house():
        seq = engine.last_seq()
        state = "open" if yes else "refused"
        return bool(
            engine.execute(
                "UPDATE store_webhook SET state = %s, allowed_by = %s,"
                " seq = CASE WHEN state IN ('asked', 'refused') THEN %s ELSE seq END"
                " WHERE id = %s AND state IN ('asked', 'stopped', 'refused', 'open')",
                [state, by, seq, engine.key(identifier)],
            )
        )


def end(identifier: UUID, user_id: int) -> bool:
    """End a subscription of this account; what was still to be told is not."""
    done = engine.execute(
        "UPDATE store_webhook SET state = 'ended' WHERE id = %s AND user_id = %s AND state <> 'ended'",
        [engine.key(identifier), user_id],
    )
    if done:
        engine.execute(
            "UPDATE store_webhookcall SET state = 'dead' WHERE hook = %s AND state = 'due'",
            [engine.key(identifier)],
        )
    return bool(done)


# ── filling the outbox ────────────────────────────────────────────────────────────────────────────


@engine.house()
def fill(now: datetime) -> int:
    """Look along the new entries for every open subscription; how many messages are new."""
    made = 0
    for row in engine.rows(
        "SELECT h.id, h.seq, h.ahead_seq, h.ahead_xid, h.user_id, h.post FROM store_webhook h"
        " WHERE h.state = 'open' ORDER BY h.id"
    ):
        made += _fill_one(engine.uuid_of(row[0]), *row[1:], now)
    return made


def _fill_one(
    hook: UUID, seq: int, ahead_seq: int, ahead_xid: int, user_id: int, post: int, now: datetime
) -> int:
    actor = _actor(user_id, post)
    if actor is None:  # the account or the post is closed, or may not subscribe any more
        engine.execute("UPDATE store_webhook SET state = 'stopped' WHERE id = %s", [engine.key(hook)])
        return 0
    sure, ahead_seq, ahead_xid = _horizon(seq, ahead_seq, ahead_xid)
    made = 0
    while seq < sure:
        found = engine.rows(
            "SELECT e.seq, e.id, e.kind, e.corrects, e.n, f.id, f.about, f.case_no FROM store_entry e"
            " JOIN store_casefile f ON f.no = e.file WHERE e.seq > %s AND e.seq <= %s"
            f" ORDER BY e.seq LIMIT {AT_ONCE}",
            [seq, sure],
        )
        may = _judge(actor, now)
        rows = [_message(hook, row, now) for row in found if may(row)]
        with engine.writing():
            engine.insert("store_webhookcall", _CALL, rows, more="ON CONFLICT (hook, entry) DO NOTHING")
            seq = found[-1][0] if len(found) == AT_ONCE else sure
            _stand(hook, seq, ahead_seq, ahead_xid)
        made += len(rows)
    _stand(hook, seq, ahead_seq, ahead_xid)
    return made


def _stand(hook: UUID, seq: int, ahead_seq: int, ahead_xid: int) -> None:
    engine.execute(
        "UPDATE store_webhook SET seq = %s, ahead_seq = %s, ahead_xid = %s WHERE id = %s",
        [seq, ahead_seq, ahead_xid, engine.key(hook)],
    )


def _horizon(seq: int, ahead_seq: int, ahead_xid: int) -> tuple[int, int, int]:
    """How far every writer has finished, and how far the next look may go once those of now have."""
    last = engine.last_seq()
    if not engine.is_postgresql():
        return last, 0, 0
    row = engine.row(
        "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,"
        " coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0) FROM pg_current_snapshot() s"
    )
    assert row is not None
    oldest, following, own = row
    if own and oldest == own:  # whoever looks is no other writer
        oldest = own + 1
    sure = ahead_seq if ahead_xid and oldest >= ahead_xid else seq
    if oldest >= following:  # nobody writes at this moment
        return last, last, following
    return max(sure, seq), *((last, following) if sure == ahead_seq else (ahead_seq, ahead_xid))


_CALL: Final = ("id", "hook", "entry", "body", "state", "made_ms", "due_ms", "tried", "status", "told_ms")


def _message(hook: UUID, row: engine.Row, now: datetime) -> engine.Row:
    _seq, entry, kind, corrects, n, file, about, case_no = row
    what = "withdrawn" if kind == "void" else "corrected" if corrects else "recorded"
    at = clock.milliseconds(now)
    told: dict[str, Any] = {
        "type": f"entry.{what}",
        "timestamp": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": {
            "entry": str(engine.uuid_of(entry)),
            "file": str(engine.uuid_of(file)),
            "about": about,
            "n": n,
            **({"case_no": case_no} if about == "person" else {}),
        },
    }
    identifier = uuid7(at, secrets.token_bytes(10))
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return identifier.hex, hook.hex, engine.key(engine.uuid_of(entry)), body, "due", at, at, 0, 0, 0


def _judge(actor: Actor, now: datetime) -> Callable[[engine.Row], bool]:
    """Whether this actor may read the entry of a row; a file is looked at once for all its entries."""
    seen: dict[UUID, Any] = {}

    def may(row: engine.Row) -> bool:
        entry, file, about = engine.uuid_of(row[1]), engine.uuid_of(row[5]), row[6]
        if file not in seen:
            seen[file] = read.opened(str(file))
        view = seen[file]
        if view is None:
            return False
        if about == "unit":
            return view.unit is not None and opens_work(actor, view.unit.path).allowed
        if not decide(actor, "find", Target(view.area, worker=view.worker)).allowed:
            return False
        sight = seen_by(actor, target_of(view, actor, now), tree())
        found = next((e for e in view.entries if e.id == entry), None)
        return (
            sight.decision.allowed
            and found is not None
            and sight.shows(kinds()[found.kind].compartment, found.unit, found.author)
        )

    return may


def _actor(user_id: int, post: int) -> Actor | None:
    """The account in that post, while both are open and it may subscribe."""
    row = engine.row(
        "SELECT u.username, u.last_name, u.first_name, p.role, p.unit FROM auth_user u"
        " JOIN store_staffpost p ON p.user_id = u.id WHERE u.id = %s AND p.id = %s AND u.is_active",
        [user_id, post],
    )
    unit = tree().by_no.get(row[4]) if row else None
    if row is None or unit is None:
        return None
    actor = Actor(row[0], (Post(row[3], unit.code),), known_as=f"{row[1]}{row[2]}")
    return actor if SCOPES[SCOPE] in scopes_for(actor) else None


# ── delivering ────────────────────────────────────────────────────────────────────────────────────


def due(now: datetime, most: int = 200) -> tuple[Call, ...]:
    """The messages to be sent now, the longest waiting first."""
    found = engine.rows(
        "SELECT c.id, c.hook, h.address, h.secret, c.body, c.tried FROM store_webhookcall c"
        " JOIN store_webhook h ON h.id = c.hook WHERE c.state = 'due' AND h.state = 'open'"
        f" AND c.due_ms <= %s ORDER BY c.due_ms, c.id LIMIT {int(most)}",
        [clock.milliseconds(now)],
    )
    guard = provider()
    return tuple(
        Call(engine.uuid_of(i), hook, address, guard.unwrap(bytes(sealed), hook.bytes).decode(), body, tried)
        for i, hook, address, sealed, body, tried in ((i, engine.uuid_of(h), *rest) for i, h, *rest in found)
    )


def answered(call: Call, status: int, now: datetime) -> bool:
    """What came of sending: taken (2xx), or to be tried again later, or given up; whether it was taken. A
    receiver that answers 410 wants nothing more."""
    at, taken = clock.milliseconds(now), 200 <= status < 300
    gone = status == 410
    dead = gone or (not taken and call.tried >= len(BACKOFF))
    wait = timedelta() if taken or dead else BACKOFF[call.tried]
    engine.execute(
        "UPDATE store_webhookcall SET state = %s, status = %s, tried = %s, told_ms = %s, due_ms = %s"
        " WHERE id = %s AND state = 'due'",
        [
            "done" if taken else "dead" if dead else "due", status, call.tried + 1, at,
            clock.milliseconds(now + wait), engine.key(call.id),
        ],
    )  # fmt: skip
    if dead:
        engine.execute(
            "UPDATE store_webhook SET state = 'stopped' WHERE id = %s AND state = 'open'",
            [engine.key(call.hook)],
        )
    return taken


def sweep(now: datetime) -> int:
    """Throw away what was told, or given up, long ago; how many."""
    before = clock.milliseconds(now - KEPT)
    return engine.execute("DELETE FROM store_webhookcall WHERE state <> 'due' AND made_ms < %s", [before])


def _hooks(sql: str, values: Sequence[object]) -> tuple[Hook, ...]:
    return tuple(_hook(row) for row in engine.rows(sql, values))


def _hook(row: Iterable[Any]) -> Hook:
    i, user, account, post, name, address, state, made, by, waiting, dead = row
    at = datetime.fromtimestamp(made / 1000, UTC)
    return Hook(engine.uuid_of(i), user, account, post, name, address, state, at, by, waiting, dead)
