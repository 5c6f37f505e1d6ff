"""The second lock: what PostgreSQL gives to a role that is neither superuser nor above row-level security,
past the application. Collected where the tests run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from guitu.access import house
from guitu.store import engine, gate, scope
from guitu.store.scope import NOBODY, Scope
from guitu.store.units import tree
from tests.store.writing import VILLAGE, WEST_VILLAGE, Pen

SEEN = import_module("guitu.store.migrations.0010_row_security").SEEN
LOG = import_module("guitu.store.migrations.0008_access_log").KEYS
OPEN = {
    "store_unit": "where work happens, nothing about a person",
    "store_unitabove": "which unit is under which",
    "store_kind": "the declared kinds",
    "store_counter": "last numbers given out",
    "store_dayroot": "signed digests",
    "store_staffpost": "who holds which office",
    "store_onetimepassword": "that an account has one",
    "store_stafftie": "keyed digests of staff, not of people",
    "store_passwordused": "digests of passwords",
    "store_papertemplate": "Word templates of papers, with places and nobody's data",
    "store_apitoken": "digests of tokens, whose they are and what for",
    "store_webhook": "who is told where; the secret is sealed",
    "store_webhookcall": "ids of entries and files that somebody is to be told of",
    "store_demoaccount": "which accounts are a demonstration's",
    "store_personaccount": "that an account opens a file number",
    "store_grant": "who holds leave for which file number; the reason is sealed",
    "store_notice": "that a unit is told of a file number",
    **dict.fromkeys(LOG, "the access log: numbers of files, no names"),
    "store_oldnumber": "keyed digests of numbers that no longer count",
    "store_merged": "which file number is merged into which",
    "store_proposal": "what takes two people, by file number; what and why are sealed",
    "store_proposalstep": "how far it is; reasons are sealed",
    "store_refusedentry": "ids of entries that are nowhere",
    "store_personkey": "keyed words and file numbers: whose they are is behind the lock",
}
"""Tables that the lock leaves open, each with the reason."""
ALL = ("identity", "legal", "custody", "medical", "medical_restricted", "support")
HERE, THERE, MOVED = 1, 2, 3
"""Three people: one in the village, one in a village of another town, one who moved from here to there."""


@pytest.fixture
def people(lasting_places: object, now: datetime) -> dict[int, int]:
    """Their file numbers, committed, with entries of several compartments."""
    for place, unit in ((HERE, VILLAGE), (THERE, WEST_VILLAGE), (MOVED, VILLAGE)):
        pen = Pen(place)
        entries = [
            *pen.on_community_treatment(name=f"王小明{place}", unit=unit, served="2026-01-02"),
            pen.entry("intake_health", "2026-01-03", drug="海洛因"),
            pen.entry("remark", "2026-01-03", text="备注"),
        ]
        if place == MOVED:
            entries.append(pen.held_by(WEST_VILLAGE, "2026-02-01"))
        gate.record_many(entries, actor=house(), now=now)
    found = engine.rows("SELECT no, id FROM store_casefile")
    return {p: next(no for no, i in found if i == Pen(p).file) for p in (HERE, THERE, MOVED)}


@pytest.fixture
def stranger(people: object) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, past the application, for the role that the service uses."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"], autocommit=True
    ) as found:
        yield found


def carry(there: psycopg.Connection[Any], wanted: Scope) -> None:
    there.execute(f"SELECT {scope.SET_COLUMNS}", scope.settings_of(wanted))


def files(there: psycopg.Connection[Any], table: str) -> set[int]:
    column = "no" if table == "store_casefile" else "file"
    return {r[0] for r in there.execute(f"SELECT {column} FROM {table}").fetchall()}


def at(code: str) -> int:
    return tree().find(code).no


def test_the_tests_run_as_a_role_that_the_lock_holds(stranger: psycopg.Connection[Any]) -> None:
    found = stranger.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    assert found.fetchone() == (False, False)


def test_every_table_of_the_store_is_under_the_lock_or_named_as_open(db: None) -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    locked = {
        r[0]
        for r in engine.rows(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
        )
    }
    assert locked >= SEEN.keys()
    assert tables - locked == OPEN.keys() & tables
    assert not locked & OPEN.keys()


@pytest.mark.parametrize("table", SEEN)
def test_without_a_scope_a_table_is_empty(stranger: psycopg.Connection[Any], table: str) -> None:
    assert stranger.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    carry(stranger, NOBODY)
    assert stranger.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize("table", SEEN)
def test_after_a_setting_that_ended_with_its_transaction_a_table_is_empty(
    stranger: psycopg.Connection[Any], table: str
) -> None:
    with stranger.transaction():
        stranger.execute("SELECT set_config('guitu.units', '*', true)")
        stranger.execute("SELECT set_config('guitu.compartments', 'identity', true)")
    assert stranger.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize("table", sorted(SEEN.keys() - {"store_dutytally", "store_filetally"}))
def test_a_village_gets_its_own_files_and_no_other_from_every_table(
    stranger: psycopg.Connection[Any], people: dict[int, int], table: str
) -> None:
    carry(stranger, Scope((at(VILLAGE),), ALL))
    expected = {people[HERE], people[MOVED]}
    if table == "store_filearea":
        expected = {people[MOVED]}
    elif table in {"store_recentfile", "store_complaintline"}:
        expected = set()
    assert files(stranger, table) == expected


@pytest.mark.parametrize("table", ["store_dutytally", "store_filetally"])
def test_a_village_gets_its_own_figures_and_no_other(stranger: psycopg.Connection[Any], table: str) -> None:
    carry(stranger, Scope((at(VILLAGE),), ALL))
    assert {r[0] for r in stranger.execute(f"SELECT unit FROM {table}").fetchall()} == {at(VILLAGE)}


def test_a_town_gets_what_stands_under_it(stranger: psycopg.Connection[Any], people: dict[int, int]) -> None:
    carry(stranger, Scope((at("469023101"),), ALL))
    assert files(stranger, "store_casestatus") == {people[THERE], people[MOVED]}


def test_a_single_file_can_be_opened_besides(
    stranger: psycopg.Connection[Any], people: dict[int, int]
) -> None:
    carry(stranger, Scope((), ALL, (people[THERE],)))
    for table in ("store_casefile", "store_entry", "store_filekey", "store_person", "store_casestatus"):
        assert files(stranger, table) == {people[THERE]}


def test_keys_and_entries_of_a_compartment_not_held_are_not_there(
    stranger: psycopg.Connection[Any], people: dict[int, int]
) -> None:
    carry(stranger, Scope((at(VILLAGE),), ("identity", "support")))
    keys = {r[0] for r in stranger.execute("SELECT compartment FROM store_filekey").fetchall()}
    assert keys == {"identity", "support"}
    kinds = {r[0] for r in stranger.execute("SELECT kind FROM store_entry").fetchall()}
    assert {"order", "served", "person", "remark"} <= kinds, (
        "what an assessment reads belongs to the skeleton"
    )
    assert "intake_health" not in kinds
    carry(stranger, Scope((at(VILLAGE),), ("medical",)))
    kinds = {r[0] for r in stranger.execute("SELECT kind FROM store_entry").fetchall()}
    assert "intake_health" in kinds
    assert "remark" not in kinds


def test_what_is_left_out_is_counted_and_nothing_of_it_given(
    stranger: psycopg.Connection[Any], people: dict[int, int]
) -> None:
    carry(stranger, Scope((at(VILLAGE),), ("identity", "support")))
    kinds = "SELECT kind, count(*) FROM store_entry WHERE file = %s GROUP BY kind"
    given = dict(stranger.execute(kinds, [people[HERE]]).fetchall())
    counted = dict(stranger.execute("SELECT kind, n FROM store_kinds_of(%s)", [people[HERE]]).fetchall())
    assert "intake_health" not in given
    assert counted == {**given, "intake_health": 1}
    assert dict(stranger.execute(kinds, [people[HERE]]).fetchall()) == given, "the lock is on as before"
    with stranger.transaction():
        stranger.execute("SELECT kind FROM store_kinds_of(%s)", [people[HERE]])
        assert dict(stranger.execute(kinds, [people[HERE]]).fetchall()) == given
    assert dict(stranger.execute(kinds, [people[THERE]]).fetchall()) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_casefile SET unit = NULL",
        "UPDATE store_casestatus SET at5 = 0",
        "DELETE FROM store_filekey",
        "DELETE FROM store_person",
        "DELETE FROM store_filearea",
    ],
)
def test_nobody_but_the_house_changes_anything(stranger: psycopg.Connection[Any], statement: str) -> None:
    carry(stranger, Scope((at(VILLAGE),), ALL))
    assert stranger.execute(statement).rowcount == 0


def test_nobody_but_the_house_adds_a_file(stranger: psycopg.Connection[Any]) -> None:
    carry(stranger, Scope((at(VILLAGE),), ALL))
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        stranger.execute("INSERT INTO store_filearea (file, unit, how) VALUES (1, 1, 'former')")


def test_a_setting_that_makes_no_sense_opens_nothing(stranger: psycopg.Connection[Any]) -> None:
    stranger.execute("SELECT set_config('guitu.units', '1 or true', false)")
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        stranger.execute("SELECT count(*) FROM store_casestatus")
    stranger.execute("SELECT set_config('guitu.units', '{*}', false)")
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        stranger.execute("SELECT count(*) FROM store_casestatus")


def test_a_scope_ends_where_it_ends_and_a_rollback_leaves_none_behind(people: dict[int, int]) -> None:
    def seen() -> int:
        found = engine.row("SELECT count(*) FROM store_casefile")
        assert found is not None
        return int(found[0])

    with engine.scope([at(VILLAGE)], ALL):
        assert seen() == 2
        with engine.house():
            assert seen() == 3
        assert seen() == 2
        with engine.scope([], []):
            assert seen() == 0
        with pytest.raises(IntegrityError), engine.house(), transaction.atomic():
            engine.execute("INSERT INTO store_counter (name, last) VALUES ('x', 1), ('x', 1)")
        assert seen() == 2
        with transaction.atomic():
            with pytest.raises(IntegrityError), engine.house(), engine.attempt():
                engine.execute("INSERT INTO store_counter (name, last) VALUES ('x', 1), ('x', 1)")
            assert seen() == 2
    assert seen() == 3, "the house again"


def test_a_new_connection_carries_nothing_of_the_one_before(people: dict[int, int]) -> None:
    with engine.scope([at(VILLAGE)], ALL):
        engine.row("SELECT 1")
        connection.close()
        assert engine.row("SELECT count(*) FROM store_casefile") == (2,)
    connection.close()
    with engine.scope([], []):
        assert engine.row("SELECT count(*) FROM store_casefile") == (0,)
