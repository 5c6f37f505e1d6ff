"""What is noted in the access log stays as it was written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from guitu.kernel.labels import Label
from guitu.store.access_log import LogUnavailable, Reading, note
from guitu.store.readings import database

WHY = Label("本单位辖区内", "inside this unit's area")


def reading(*files: int, what: str = "open", who: str = "li", **more: object) -> Reading:
    """One reading by a town's clerk."""
    return Reading(who, "town_office", "469023100", what, files, ("identity",), WHY, **more)  # type: ignore[arg-type]


def test_a_reading_is_there_as_it_was_noted(transactional_db: None, now: datetime) -> None:
    note(reading(7), now)
    note(reading(7, 8, what="list"), now + timedelta(seconds=1))
    assert database.rows("SELECT n, what, files, shown, source FROM store_reading ORDER BY n") == [
        (1, "open", "7", 1, "cli"), (2, "list", "7,8", 2, "cli"),
    ]  # fmt: skip
    assert database.rows("SELECT file, n FROM store_readingfile ORDER BY file, n") == [(7, 1), (7, 2), (8, 2)]
