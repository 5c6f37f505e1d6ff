"""Sessions in the database, so that signing out ends them everywhere at once. One plain query reads with a
session the account that opened it and the edition of the unit tree, because every request needs them.

The same query puts on the connection what whoever holds the session may read (`guitu.web.carrying`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from guitu.kernel.lately import Lately
from guitu.store import engine, memory, units
from guitu.store.clock import milliseconds
from guitu.store.scope import Scope
from guitu.web import carrying, clock

OPENED_BY: Final = Lately[str, int](carrying.MANY)
"""Whose a session was when this process last read it: a guess that saves a query, never an answer."""

_SESSION: Final = (
    f"{units.EDITION}, {memory.EDITION}, s.session_data, u.id, u.username, u.last_name, u.first_name,"
    " u.password,"
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
        key, user = self.session_key, OPENED_BY.get(self.session_key) or 0
        data, self.account = _read(key, user)
        if (opened_by := int(data.get(SESSION_KEY, 0))) != user:
            OPENED_BY.keep(key, opened_by)
            data, self.account = _read(key, opened_by)
        if not data:
            self._session_key = None
        return dict(data)

    def holder_reads(self, scope: Scope) -> None:
        """Whoever holds this session may read that, for the rest of this request."""
        carrying.reads(self.session_key, scope)


def _read(key: str, user: int) -> tuple[dict[str, Any], tuple[engine.Row, ...]]:
    values = [milliseconds(clock.now()), user, key, timezone.now()]
    found = carrying.rows(key, _SESSION, values)
    if not found:
        return {}, ()
    units.looked(found[0][0])
    memory.looked(found[0][1])
    return _decoded(found[0][2]), tuple(row[3:] for row in found if row[3] is not None)


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """What a session's text says, its signature checked. The same text always says the same."""
    return DatabaseSessions().decode(data)  # type: ignore[no-any-return]
