"""Asking the database by the driver's own cursor: the same answers, the same faults, and whoever listens
hears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guitu.store import engine


def test_what_is_asked_is_what_stands_there(db: None) -> None:
    engine.execute("INSERT INTO store_counter (name, last) VALUES (%s, %s)", ["100% a", 1])
    engine.execute_many("INSERT INTO store_counter (name, last) VALUES (%s, %s)", [("b", 2), ("c", 3)])
    assert engine.row("SELECT last FROM store_counter WHERE name LIKE %s", ["100%"]) == (1,)
    assert engine.row("SELECT last FROM store_counter WHERE name LIKE '100%%'") == (1,)
    assert engine.row("SELECT last FROM store_counter WHERE name = %s", ["none"]) is None
    found = engine.rows_for("SELECT name FROM store_counter WHERE last > %s AND name IN ({})", "abc", [0])
    assert sorted(found) == [("b",), ("c",)]
    assert engine.rows_for("SELECT name FROM store_counter WHERE name IN ({})", []) == []
    assert engine.execute("UPDATE store_counter SET last = last + 1 WHERE name IN (%s, %s)", ["b", "c"]) == 2


def test_a_fault_is_the_one_that_everybody_knows(db: None) -> None:
    engine.execute("INSERT INTO store_counter (name, last) VALUES (%s, %s)", ["a", 1])
    with pytest.raises(IntegrityError), transaction.atomic():
        engine.execute("INSERT INTO store_counter (name, last) VALUES (%s, %s)", ["a", 2])
    with pytest.raises(IntegrityError), transaction.atomic():
        engine.execute_many("INSERT INTO store_counter (name, last) VALUES (%s, %s)", [("a", 2)])
    assert engine.row("SELECT last FROM store_counter WHERE name = %s", ["a"]) == (1,)
    if not engine.is_postgresql():
        with pytest.raises(OperationalError), transaction.atomic():
            engine.rows("SELECT nothing FROM nowhere")


def test_in_a_broken_transaction_nothing_is_asked(db: None) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            engine.row("SELECT 1")


def test_whoever_counts_statements_hears_them(db: None) -> None:
    with CaptureQueriesContext(connection) as heard:
        engine.row("SELECT 1")
        engine.execute("UPDATE store_counter SET last = 1 WHERE name = %s", ["none"])
    assert len(heard) == 2
    asked: list[str] = []

    def heeds(go: Callable[..., Any], sql: str, *more: Any) -> Any:
        asked.append(sql)
        return go(sql, *more)

    with connection.execute_wrapper(heeds):
        engine.rows("SELECT 2")
    assert asked == ["SELECT 2"]
