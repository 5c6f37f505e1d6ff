"""Destroying a file's keys: what is gone, what remains, and that nothing of it stays in memory."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from guitu.access import house
from guitu.store import engine, erasure, gate, memory, read
from guitu.store.read import desk
from guitu.store.rebuild import rebuild
from guitu.store.shown import shown
from guitu.store.verify import verify
from tests.store.lying import bytes_of
from tests.store.test_sealing import SECRETS, everything_stored
from tests.store.writing import CLERK, VILLAGE, Pen

REASON = "依当事人申请删除，超过保存期限"


@pytest.fixture
def pen(lasting_places: object, now: datetime) -> Pen:
    """The pen of a file that holds secrets; another stands beside it."""
    for number, name in ((1, "王小明"), (2, "李小红")):
        pen = Pen(number)
        more = SECRETS if number == 1 else {}
        entries = [
            pen.person(name, **more),
            pen.held_by(VILLAGE),
            pen.entry("intake_health", "2026-01-03", drug="海洛因"),
            pen.entry("remark", "2026-01-01", text="金丝雀在备注里唱歌"),
        ]
        gate.record_many(entries, actor=house(), now=now)
    return Pen(1)


def test_everything_sealed_is_gone_with_its_keys_and_the_chain_still_holds(pen: Pen, now: datetime) -> None:
    assert erasure.erase(pen.file, actor=CLERK, reason=REASON, now=now) == ("identity", "medical", "support")
    view = read.file_view(pen.file)
    assert view is not None
    assert view.erased == {"identity", "medical", "support"}
    assert [dict(e.fields) for e in view.entries] == [
        {"sex": "male"}, {"unit": VILLAGE, "worker": "李专干"}, {}, {},
    ]  # fmt: skip
    assert verify().good
    assert not any(view.erased for view in [read.file_view(Pen(2).file)] if view)


def test_nobody_finds_the_person_any_more_and_a_rebuild_does_not_bring_them_back(
    pen: Pen, now: datetime
) -> None:
    assert read.search("46", "王小明").found == 1
    erasure.erase(pen.file, actor=CLERK, reason=REASON, now=now)
    for _ in range(2):
        for words in ("王小明", "wxm", SECRETS["id_number"]):
            assert read.search("46", words).found == 0
        assert read.search("46", "李小红").found == 1
        sealed, keys, blind = engine.rows(
            "SELECT sealed, keys, id_blind FROM store_person ORDER BY file LIMIT 1"
        )[0]
        assert (shown(sealed).name, keys, blind) == ("", "", None)
        rebuild(now.date())
    assert desk.holder_of_number(SECRETS["id_number"]) is None


def test_one_compartment_can_go_alone(pen: Pen, now: datetime) -> None:
    assert erasure.erase(pen.file, ["medical"], actor=CLERK, reason=REASON, now=now) == ("medical",)
    view = read.file_view(pen.file)
    assert view is not None
    assert view.erased == {"medical"}
    assert view.identity["name"] == "王小明"
    assert read.search("46", "王小明").found == 1


def test_that_it_was_destroyed_stays_with_who_and_why(pen: Pen, now: datetime) -> None:
    erasure.erase(pen.file, ["medical"], actor=CLERK, reason=REASON, now=now)
    found = erasure.destroyed(pen.file)
    assert [(d.compartment, d.actor, d.reason, d.at) for d in found] == [("medical", "clerk", REASON, now)]
    for statement in ("DELETE FROM store_keydestroyed", "UPDATE store_keydestroyed SET actor = 'x'"):
        with pytest.raises(DatabaseError, match="append-only"):
            engine.execute(statement)
    assert REASON not in everything_stored()


def test_what_was_planned_and_not_done_leaves_everything_as_it_was(pen: Pen, now: datetime) -> None:
    with transaction.atomic():
        erasure.erase(pen.file, actor=CLERK, reason=REASON, now=now)
        transaction.set_rollback(True)
    view = read.file_view(pen.file)
    assert view is not None
    assert view.identity["name"] == "王小明"
    assert erasure.destroyed(pen.file) == ()


def test_no_process_keeps_anything_once_it_hears_of_it(pen: Pen, now: datetime) -> None:
    from guitu.store.read import finding, kept
    from guitu.web import kept as pages

    def remembered() -> tuple[int, int, int]:
        return len(kept._kept), len(pages._pages), finding._line.cache_info().currsize

    def look() -> None:
        kept.opened(str(pen.file))
        pages.keep("page", "王小明".encode())
        read.search("46", "小")

    look()
    assert all(remembered())
    erasure.erase(pen.file, actor=CLERK, reason=REASON, now=now)
    assert remembered() == (0, 0, 0), "where it was destroyed"
    look()
    found = engine.row(f"SELECT {memory.EDITION}")
    assert found is not None
    memory.looked(found[0])
    look()
    memory.looked(found[0])
    assert all(remembered()), "as long as nothing else is destroyed"
    memory.looked(found[0] + 1)
    assert remembered() == (0, 0, 0), "where a request has heard of it"


def test_on_sqlite_the_key_is_overwritten_in_the_file(pen: Pen, now: datetime) -> None:
    if connection.vendor != "sqlite":
        return  # its pages are cleaned by VACUUM, its log goes with its archive
    from pathlib import Path

    wrapped = [bytes(r[0]) for r in engine.rows("SELECT wrapped FROM store_filekey WHERE file = 1")]
    name = Path(connection.settings_dict["NAME"])

    def lying() -> bytes:
        return bytes_of(name.parent.glob(name.name + "*"))

    assert all(key in lying() for key in wrapped)
    erasure.erase(pen.file, actor=CLERK, reason=REASON, now=now)
    assert not any(key in lying() for key in wrapped)
