"""Django's SQLite connection, where whoever is about to write asks every two milliseconds whether it may.

SQLite waits by itself too, but each time it is refused it waits longer, up to a tenth of a second, while
others come and go: of eight who save at once, each ten milliseconds long, some waited a quarter of a second.
"""

from __future__ import annotations

from time import monotonic, sleep
from typing import Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

EVERY: Final = 0.002
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
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()
                    return
                except OperationalError as refused:
                    if "locked" not in str(refused) or monotonic() >= until:
                        raise
                sleep(EVERY)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
