"""Django's PostgreSQL connection, with the scope of whoever asks set on it before it is asked anything.

A connection outlives a request: what it carries is compared with what is wanted whenever it is used, and set
anew where they differ. After a rollback, which undoes settings too, and on a new connection nothing is taken
for granted.
"""

from __future__ import annotations

import selectors
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from guitu.store import scope


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. `carries` is the scope its settings have; None where that is not known."""

    carries: scope.Scope | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django; a new connection carries nothing."""
        self.carries = None
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """As Django; and what is prepared is planned once for any values: to plan one of our questions under
        row-level security takes longer than to answer it, and the server would plan many anew each time."""
        super().init_connection_state()
        self.connection.execute("SET plan_cache_mode = force_generic_plan")
        if not self.get_autocommit():
            self.connection.commit()

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django, under the wanted scope."""
        self.carry()
        return super().create_cursor(name)

    def carry(self) -> None:
        """See that the connection carries the wanted scope. Also called before psycopg's own cursors are
        used. A transaction that has failed takes nothing but its own rollback, and gives nothing."""
        wanted = scope.wanted()
        if self.carries != wanted and self.connection.info.transaction_status != TransactionStatus.INERROR:
            self.connection.execute(f"SELECT {scope.SET_COLUMNS}", scope.settings_of(wanted))
            self.carries = wanted

    def is_usable(self) -> bool:
        """As Django, which asks something before each request; but a server that went away has closed the
        connection, and that is something to read on it: where there is nothing, it is good."""
        raw = self.connection
        if raw is not None and not raw.closed:
            with selectors.DefaultSelector() as selector:
                selector.register(raw.fileno(), selectors.EVENT_READ)
                if not selector.select(0):
                    return True
        return bool(super().is_usable())

    def _rollback(self) -> None:
        self.carries = None
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self.carries = None
