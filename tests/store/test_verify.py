"""Whoever alters, removes or moves a stored row is found out, and the row is named."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from guitu.casefile.chain import GENESIS, digest
from guitu.cli.main import main
from guitu.store import engine, gate, roots
from guitu.store.encoding import READ, link_read
from guitu.store.verify import Report, verify
from tests.store.tampering import tamper
from tests.store.writing import CLERK, Pen

FIVE = 5


@pytest.fixture(autouse=True)
def three_files(lasting_places: object, now: datetime) -> None:
    """Three files of five entries each."""
    for number in (1, 2, 3):
        pen = Pen(number)
        entries = [pen.person(f"赵{number}")]
        entries += [pen.entry("remark", f"2026-01-0{d}", text=f"第{d}天") for d in range(1, FIVE)]
        gate.record_many(entries, actor=CLERK, now=now)


def only(report: Report) -> tuple[str, str, int]:
    """The one fault found: its sort, the case number, the place."""
    (broken,) = report.broken
    return broken.fault, broken.case_no, broken.n


def test_an_untouched_store_is_found_good() -> None:
    report = verify()
    assert (report.good, report.files, report.entries) == (True, 3, 15)


@pytest.mark.parametrize(
    "change",
    [
        "happened_on = '2026-02-02'",
        'body = \'{"sex":"female"}\'',
        "author = 'somebody'",
        "unit = '469024'",
        "recorded_ms = recorded_ms + 1",
        "stored_ms = stored_ms - 1",
        "kind = 'void'",
        "source = 'x'",
        "version = 2",
    ],
)
def test_an_altered_row_is_named(change: str) -> None:
    tamper(f"UPDATE store_entry SET {change} WHERE file = 2 AND n = 3")
    assert only(verify()) == ("altered", "469023-2026-00002", 3)
    assert "469023-2026-00002 第 3 条" in verify().broken[0].label.zh
    row = engine.row("SELECT id FROM store_entry WHERE file = 2 AND n = 3")
    assert row is not None
    assert verify().broken[0].id == engine.uuid_of(row[0])


@pytest.mark.parametrize(
    "change",
    [
        "happened_on = '2026-02-31'",
        "happened_on = happened_on || ' '",
        "happened_on = replace(happened_on, '-', '')",
        "id = 'zz'",
        "id = upper(id)",
        "corrects = 'zz'",
        "recorded_ms = recorded_ms + 0.5",
        "recorded_ms = 'yesterday'",
        "stored_ms = 'yesterday'",
        "stored_ms = stored_ms + 0.5",
        "recorded_ms = 9000000000000000000",
        "sealed = 'x'",
        "digest = 'x'",
        "digest = 5000000000000",
        "body = CAST(x'7bff7d' AS text)",
        "kind = CAST(x'ff' AS text)",
        "author = x'41'",
    ],
)
def test_a_row_is_named_also_when_what_was_put_there_cannot_be_read(change: str) -> None:
    if engine.is_postgresql():  # its columns take nothing of the sort
        return
    tamper(f"UPDATE store_entry SET {change} WHERE file = 2 AND n = 3")
    assert only(verify()) == ("altered", "469023-2026-00002", 3)


def test_a_place_that_is_no_place_and_a_file_that_is_no_number_are_found_at_once() -> None:
    tamper("UPDATE store_entry SET n = 1000000000 WHERE file = 1 AND n = 3")
    if not engine.is_postgresql():
        tamper(
            "UPDATE store_entry SET n = 'x' WHERE file = 2 AND n = 3",
            "UPDATE store_entry SET file = 'x' WHERE file = 3 AND n = 3",
        )
    found = [(b.fault, b.case_no, b.n) for b in verify().broken]
    assert ("missing", "469023-2026-00001", 3) in found
    if not engine.is_postgresql():
        assert ("missing", "469023-2026-00002", 3) in found
        assert ("no_file", "x", 3) in found


def test_an_altered_sealed_part_is_named() -> None:
    blob = "sealed = decode('00', 'hex')" if engine.is_postgresql() else "sealed = x'00'"
    tamper(f"UPDATE store_entry SET {blob} WHERE file = 1 AND n = 1")
    assert only(verify()) == ("altered", "469023-2026-00001", 1)


@pytest.mark.parametrize(
    "change", ["case_no = '469023-2026-00009'", "about = 'unit'", "opened_ms = opened_ms - 86400000"]
)
def test_a_file_that_is_registered_otherwise_than_it_was_opened_is_named(change: str) -> None:
    tamper(f"UPDATE store_casefile SET {change} WHERE no = 2")
    fault, case_no, n = only(verify())
    assert (fault, case_no[:12], n) == ("altered", "469023-2026-", 1)
    assert "登记（编号、类别、开档时间）" in verify().broken[0].label.zh


def test_a_registration_that_cannot_be_read_is_named() -> None:
    if engine.is_postgresql():  # its columns take nothing of the sort
        return
    tamper("UPDATE store_casefile SET opened_ms = 'x', case_no = CAST(x'ff' AS text) WHERE no = 2")
    fault, _, n = only(verify())
    assert (fault, n) == ("altered", 1)


def test_rows_that_stand_otherwise_in_the_order_of_storing_are_named() -> None:
    tamper(
        "UPDATE store_entry SET seq = 999 WHERE file = 2 AND n = 2",
        "UPDATE store_entry SET seq = seq - 2 WHERE file = 2 AND n = 4",
        "UPDATE store_entry SET seq = (SELECT seq + 1 FROM store_entry WHERE file = 2 AND n = 3)"
        " WHERE file = 2 AND n = 2",
    )
    fault, case_no, n = only(verify())
    assert (fault, case_no, n) == ("order", "469023-2026-00002", 3)
    assert "入库次序" in verify().broken[0].label.zh


def test_a_chain_of_the_earlier_format_holds_and_goes_on_in_todays(now: datetime) -> None:
    _as_it_was_before()
    assert verify().good
    pen = Pen(2)
    pen.next += 100
    gate.record(pen.entry("remark", "2026-02-01", text="新"), actor=CLERK, now=now + timedelta(days=1))
    assert verify().good
    tamper("UPDATE store_entry SET stored_ms = stored_ms - 1 WHERE file = 2 AND n = 6")
    assert only(verify()) == ("altered", "469023-2026-00002", 6)
    tamper("UPDATE store_entry SET author = 'x' WHERE file = 1 AND n = 1")
    assert [(b.case_no, b.n) for b in verify().broken] == [("469023-2026-00001", 1), ("469023-2026-00002", 6)]


def _as_it_was_before() -> None:
    """The digests as they were written when they covered neither the moment of storing nor the file's row."""
    for no, identifier in engine.rows("SELECT no, id FROM store_casefile"):
        before = GENESIS
        for row in engine.rows(f"SELECT {READ} FROM store_entry WHERE file = %s ORDER BY n", [no]):
            link = link_read(row, engine.uuid_of(identifier))._replace(stored_ms=None)
            before = digest(link, before)
            blob = f"decode('{before.hex()}', 'hex')" if engine.is_postgresql() else f"x'{before.hex()}'"
            tamper(
                f"UPDATE store_entry SET digest = {blob} WHERE file = {no} AND n = {row[1]}",
                f"UPDATE store_casefile SET head = {blob} WHERE no = {no}",
            )


def test_a_row_removed_from_the_middle_is_named() -> None:
    tamper("DELETE FROM store_entry WHERE file = 2 AND n = 2")
    assert only(verify()) == ("missing", "469023-2026-00002", 2)


def test_a_row_removed_and_the_others_renumbered_is_named() -> None:
    tamper(
        "DELETE FROM store_entry WHERE file = 2 AND n = 2",
        *(f"UPDATE store_entry SET n = {n - 1} WHERE file = 2 AND n = {n}" for n in range(3, FIVE + 1)),
        "UPDATE store_casefile SET n = 4 WHERE no = 2",
    )
    fault, case_no, n = only(verify())
    assert (fault, case_no, n) == ("reordered", "469023-2026-00002", 2)
    assert "原为第 3 条" in verify().broken[0].label.zh


def test_the_last_row_removed_is_named() -> None:
    tamper("DELETE FROM store_entry WHERE file = 3 AND n = 5")
    assert only(verify()) == ("missing", "469023-2026-00003", 5)


def test_two_rows_that_changed_places_are_named() -> None:
    tamper(
        "UPDATE store_entry SET n = 99 WHERE file = 1 AND n = 2",
        "UPDATE store_entry SET n = 2 WHERE file = 1 AND n = 4",
        "UPDATE store_entry SET n = 4 WHERE file = 1 AND n = 99",
    )
    assert only(verify()) == ("reordered", "469023-2026-00001", 2)


def test_a_row_moved_to_another_file_is_named_in_both() -> None:
    tamper("UPDATE store_entry SET file = 3, n = 6 WHERE file = 2 AND n = 5")
    found = {(b.fault, b.case_no, b.n) for b in verify().broken}
    assert ("missing", "469023-2026-00002", 5) in found
    assert ("altered", "469023-2026-00003", 6) in found


def test_a_file_that_vanished_is_noticed() -> None:
    tamper("DELETE FROM store_casefile WHERE no = 2")
    assert only(verify())[0] == "no_file"


def test_one_fault_in_each_of_two_files_names_both() -> None:
    tamper("UPDATE store_entry SET author = 'x' WHERE n = 2 AND file IN (1, 3)")
    assert [(b.case_no, b.n) for b in verify().broken] == [("469023-2026-00001", 2), ("469023-2026-00003", 2)]


def test_a_chain_rewritten_as_a_whole_is_betrayed_by_the_signed_root(now: datetime) -> None:
    root = roots.sign(now.date())
    assert root is not None
    assert root.files == 3
    assert verify().good
    tamper(
        "DELETE FROM store_entry WHERE file = 2 AND n = 5",
        "UPDATE store_casefile SET n = 4, head = (SELECT digest FROM store_entry WHERE file = 2 AND n = 4)"
        " WHERE no = 2",
    )
    assert only(verify()) == ("root", "2026-11-23", 0)


def test_roots_follow_one_another_and_cover_only_what_is_new(now: datetime) -> None:
    first = roots.sign(now.date())
    assert roots.sign(now.date()) is None
    pen = Pen(2)
    pen.next += 100
    gate.record(pen.entry("remark", "2026-02-01", text="新"), actor=CLERK, now=now + timedelta(days=1))
    second = roots.sign(now.date() + timedelta(days=1))
    assert first is not None
    assert second is not None
    assert (first.files, second.files) == (3, 1)
    assert roots.sign(now.date() + timedelta(days=2)) is None
    report = verify()
    assert (report.good, report.roots) == (True, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("files = 2", "不符"),
        ("signature = root", "签名无效"),
        ("previous = root", "不相接"),
        ("public_key = root", "签名无效"),
    ],
)
def test_a_forged_root_is_noticed(now: datetime, change: str, words: str) -> None:
    roots.sign(now.date())
    tamper(f"UPDATE store_dayroot SET {change}")
    fault, day, _ = only(verify())
    assert (fault, day) == ("root", "2026-11-23")
    assert words in verify().broken[0].label.zh


@pytest.mark.parametrize("change", ["day = '2026-02-31'", "upto_seq = 'x'", "root = 'x'"])
def test_a_root_that_cannot_be_read_is_noticed(now: datetime, change: str) -> None:
    roots.sign(now.date())
    if engine.is_postgresql():  # its columns take nothing of the sort
        return
    tamper(f"UPDATE store_dayroot SET {change}")
    (broken,) = verify().broken
    assert broken.fault == "root"


def test_a_root_that_stood_at_the_last_verification_and_is_gone_is_named(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr("guitu.cli.opening.open_store", lambda: None)
    assert main(["--lang", "en", "verify"]) == 0
    assert "what was removed together with its root cannot be seen" in capsys.readouterr().out
    roots.sign(now.date())
    assert main(["--lang", "en", "verify"]) == 0
    assert "cannot be seen" not in capsys.readouterr().out
    tamper("DELETE FROM store_dayroot")
    for _ in range(2):  # it is not forgotten by looking once
        assert main(["--lang", "en", "verify"]) == 1
        assert "it was there at the last verification and is gone" in capsys.readouterr().out
