"""Django's SQLite connection, where whoever is about to write asks every three milliseconds whether it may.

SQLite waits by itself too, but each time it is refused it waits longer, up to a tenth of a second, while
others come and go: of eight who save at once, each ten milliseconds long, some waited a quarter of a second.
"""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep
from typing import Final

from django.db.backends.sqlite3 import base

EVERY: Final = 0.003
"""Seconds between two tries."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    def begin(self) -> None:
        """Begin a transaction, for those who use the driver's own statements."""
        self._start_transaction_under_autocommit()

    def _start_transaction_under_autocommit(self) -> None:
        """As Django; it raises the same OperationalError once the connection's `timeout` is over."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = monotonic() + patience
        raw = self.connection
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            while monotonic() < until:
                try:  # not by Django's cursor, whose errors cost more than the question
                    raw.execute(f"BEGIN {self.transaction_mode or ''}")
                    return
                except sqlite3.OperationalError as refused:
                    if refused.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        break
                sleep(EVERY)
            super()._start_transaction_under_autocommit()
        finally:
            raw.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
