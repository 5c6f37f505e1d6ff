"""A store of an earlier edition is brought up to date where it stands, with everything that is in it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from guitu.store import engine, gate, setup
from guitu.store.verify import verify
from tests.store.dumping import PROJECTIONS, WRITTEN, dump
from tests.store.writing import CLERK, VILLAGE, Pen

TABLES = {
    **PROJECTIONS,
    **WRITTEN,
    "casestatus": PROJECTIONS["casestatus"].replace(" done_on, done_n,", ""),  # since 0007
    "filekey": "file, compartment, cipher, wrapped",
}

FEWER = {"filetally": "unit, measure, state, n"}
"""What the edition gone back to knew of a table: the rest is since 0030."""

SINCE = {"person", "personkey", "oldnumber", "merged"}
"""What was made of other parts in the edition gone back to, and is worked out anew on the way forward."""


@pytest.mark.parametrize("edition", ["0004"])
def test_nothing_is_lost_between_editions(lasting_places: object, now: datetime, edition: str) -> None:
    for number in (1, 2, 3):
        entries = Pen(number).on_community_treatment(
            name=f"赵{number}", unit=VILLAGE, served=f"2026-1{number % 2}-10"
        )
        gate.record_many(entries, actor=CLERK, now=now)
    before = dump(TABLES)
    assert any(int(late) for *_, late, _ in before["filetally"])
    readable_then = {name: columns for name, columns in TABLES.items() if name not in SINCE} | FEWER
    there = dump(readable_then)
    try:
        call_command("migrate", "store", edition, verbosity=0)
        assert dump(readable_then) == there
    finally:
        setup.migrate()
    assert dump(TABLES) == before
    assert verify().good
    gate.record(Pen(4).person(), actor=CLERK, now=now)
    if connection.vendor == "sqlite":  # each of these is its own index again
        made = engine.rows("SELECT name FROM sqlite_master WHERE sql LIKE %s", ["%WITHOUT ROWID%"])
        assert {r[0] for r in made} == {
            "store_filekey", "store_personkey", "store_dutytally", "store_filetally",
        }  # fmt: skip
