"""Sessions in the database, so that signing out ends them everywhere at once. One plain query reads with a
session the account that opened it and the edition of the unit tree, because every request needs them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from guitu.store import engine, units
from guitu.store.clock import milliseconds
from guitu.store.read import asked
from guitu.web import clock

OPENED_BY: Final[dict[str, int]] = {}
"""Whose a session was when this process last read it: a guess that saves a query, never an answer."""

MANY: Final = 10_000

_SESSION: Final = (
    f"SELECT {units.EDITION}, s.session_data,"
    " u.id, u.username, u.last_name, u.first_name, u.password,"
    ' EXISTS (SELECT 1 FROM store_grant g WHERE g."user" = u.username AND g.until_ms > %s),'
    " p.id, p.role, p.unit"
    " FROM django_session s LEFT JOIN auth_user u ON u.id = %s AND u.is_active"
    " LEFT JOIN store_staffpost p ON p.user_id = u.id"
    " WHERE s.session_key = %s AND s.expire_date > %s ORDER BY p.id"
)


class SessionStore(DatabaseSessions):
    """Django's own. `account` was read with it: a row for each post of the account (its id, username, last
    and first name, password, whether it holds any leave for a file; post, role, unit), one row where it has
    no post, none where it is closed."""

    account: tuple[engine.Row, ...] = ()

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, where it has ended."""
        key, user = self.session_key, OPENED_BY.get(self.session_key, 0)
        data, self.account = _read(key, user)
        if (opened_by := int(data.get(SESSION_KEY, 0))) != user:
            if len(OPENED_BY) >= MANY:
                OPENED_BY.clear()
            OPENED_BY[key] = opened_by
            data, self.account = _read(key, opened_by)
        if not data:
            self._session_key = None
        return dict(data)


def _read(key: str, user: int) -> tuple[dict[str, Any], tuple[engine.Row, ...]]:
    found = asked.rows(_SESSION, [milliseconds(clock.now()), user, key, timezone.now()])
    if not found:
        return {}, ()
    units.looked(found[0][0])
    return _decoded(found[0][1]), tuple(row[2:] for row in found if row[2] is not None)


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """What a session's text says, its signature checked. The same text always says the same."""
    return DatabaseSessions().decode(data)  # type: ignore[no-any-return]
