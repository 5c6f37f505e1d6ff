"""Asking the database by the driver's own cursor: the same answers, the same faults, and whoever listens
hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guitu.access import house
from guitu.store import engine, gate
from tests.store.writing import Pen


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


def test_many_values_are_found_whatever_they_are(places: object, now: datetime) -> None:
    odd = ["", "a,b", 'say "b"', "back\\slash", "{c}", "NULL", "é 文", "100%"]
    engine.execute_many(
        "INSERT INTO store_counter (name, last) VALUES (%s, %s)",
        [(name, 10 ** (2 * n)) for n, name in enumerate(odd)],
    )
    by_name = engine.rows_for("SELECT name FROM store_counter WHERE name IN ({})", [*odd, "none"])
    assert {name for (name,) in by_name} == set(odd)
    sizes = [1, 10**14, 7]
    by_number = engine.rows_for(
        "SELECT last FROM store_counter WHERE name <> %s AND last IN ({})", sizes, ["x"]
    )
    assert sorted(by_number) == [(1,), (10**14,)]
    pens = [Pen(1), Pen(2)]
    gate.record_many(
        [e for pen in pens for e in pen.on_community_treatment(served="2026-01-02")], actor=house(), now=now
    )
    found = engine.rows_for("SELECT id FROM store_casefile WHERE id IN ({})", [pen.file.hex for pen in pens])
    assert {engine.uuid_of(i) for (i,) in found} == {pen.file for pen in pens}
    days = engine.rows_for(
        "SELECT DISTINCT happened_on FROM store_entry WHERE happened_on IN ({})", ["2026-01-02"]
    )
    assert len(days) == 1
    blind = [bytes(b) for (b,) in engine.rows("SELECT id_blind FROM store_person WHERE id_blind IS NOT NULL")]
    assert blind
    assert len(engine.rows_for("SELECT file FROM store_person WHERE id_blind IN ({})", blind)) == len(blind)


def test_a_question_for_many_values_is_planned_once(db: None) -> None:
    if not engine.is_postgresql():  # SQLite keeps statements by their text
        return
    ask = "SELECT name FROM store_counter WHERE last > %s AND name IN ({}) -- planned once"
    for names in (["a"], ["a", "b"], ["x"] * 50):
        for least in (0, 10**6, 10**12):
            engine.rows_for(ask, names, [least])
    planned = engine.rows(
        "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
        " WHERE statement LIKE '%%planned once'"
    )
    assert sum(generic for _, generic, _ in planned) == 9
    assert sum(custom for _, _, custom in planned) == 0
    assert len({statement for statement, _, _ in planned}) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    if not engine.is_postgresql():  # SQLite has none to lose
        return
    connection.ensure_connection()
    assert connection.is_usable()
    (process,) = engine.row("SELECT pg_backend_pid()") or (0,)
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"], autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    assert not connection.is_usable()
    connection.close()
    assert engine.row("SELECT 1") == (1,)


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
