"""Two who write to one embedded file: the second gets in as soon as the first is done, or is told that it
waited in vain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.db.utils import ConnectionHandler

from guitu.store.sqlite3 import base
from guitu.web import database

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(db: None, tmp_path: Path) -> Iterator[Any]:
    """A connection as the product opens it, to a file with one empty table."""
    handler = ConnectionHandler({"default": database.sqlite(tmp_path / "shared.sqlite3")})
    connection = handler["default"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (text)")
    yield connection
    connection.close()


@pytest.fixture
def other(ours: Any) -> Iterator[sqlite3.Connection]:
    """Somebody else who is in the middle of writing."""
    there = sqlite3.connect(ours.settings_dict["NAME"], isolation_level=None)
    there.execute("BEGIN IMMEDIATE")
    yield there
    there.close()


def write(connection: Any) -> None:
    connection.ensure_connection()
    connection.begin()
    connection.connection.execute("INSERT INTO line VALUES ('ours')")
    connection.connection.execute("COMMIT")


def test_whoever_waits_asks_at_short_and_equal_intervals_and_gets_in(
    ours: Any, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 30:
            other.execute("COMMIT")

    monkeypatch.setattr(base, "sleep", sleep)
    write(ours)
    assert waited == [base.EVERY] * 30
    assert base.EVERY <= 0.005
    assert other.execute("SELECT text FROM line").fetchall() == [("ours",)]


def test_nobody_waits_for_ever(ours: Any, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(base, "monotonic", lambda: next(clock))
    monkeypatch.setattr(base, "sleep", lambda _: None)
    with pytest.raises(OperationalError, match="locked"):
        write(ours)
    assert 5 < next(clock) < 20, "as long as the settings say"
    other.execute("COMMIT")
    write(ours)
    assert other.execute("SELECT text FROM line").fetchall() == [("ours",)]


def test_other_statements_wait_as_the_settings_say_afterwards(ours: Any) -> None:
    write(ours)
    seconds = database.SQLITE_OPTIONS["timeout"]
    assert ours.connection.execute("PRAGMA busy_timeout").fetchone() == (seconds * 1000,)


def test_a_transaction_of_django_takes_its_turn_the_same_way(
    ours: Any, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "sleep", lambda _: other.execute("COMMIT"))
    monkeypatch.setattr(transaction, "get_connection", lambda _: ours)
    with transaction.atomic(), ours.cursor() as cursor:
        cursor.execute("INSERT INTO line VALUES ('ours')")
    assert other.execute("SELECT text FROM line").fetchall() == [("ours",)]
