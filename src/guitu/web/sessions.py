"""Sessions in the database, so that signing out ends them everywhere at once; read with one plain query."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from guitu.store import engine


class SessionStore(DatabaseSessions):
    """Django's own, but each request reads its row without building a query."""

    def _get_session_from_db(self) -> SimpleNamespace | None:
        found = engine.row(
            "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
            [self.session_key, timezone.now()],
        )
        if found is None:
            self._session_key = None
            return None
        return SimpleNamespace(session_data=found[0])
