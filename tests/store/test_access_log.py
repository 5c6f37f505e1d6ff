"""What is noted in the access log stays as it was written, and whoever alters it is found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, connections, transaction

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.access_log import LogUnavailable, Reading, note
from guitu.store.readings import database, roots, strands
from guitu.store.readings.check import LogReport, verify_log
from guitu.store.readings.prune import latest, prune
from guitu.store.readings.stretches import rows_between
from tests.store.tampering import tamper_with_log

WHY = Label("本单位辖区内", "inside this unit's area")


def reading(*files: int, what: str = "open", who: str = "li", **more: object) -> Reading:
    """One reading by a town's clerk."""
    return Reading(who, "town_office", "469023100", what, files, ("identity",), WHY, **more)  # type: ignore[arg-type]


@pytest.fixture
def noted(transactional_db: None, now: datetime) -> None:
    """Six readings of two files, one minute apart, all in one strand."""
    for minute in range(6):
        note(reading(7 + minute % 2), now + timedelta(minutes=minute))


def refused(sql: str) -> bool:
    """Whether the database refuses to run this."""
    try:
        with transaction.atomic(using=database.alias()):
            database.execute(sql)
    except DatabaseError as problem:
        return "append-only" in str(problem) or "six months" in str(problem)
    return False


def only(report: LogReport) -> tuple[str, int]:
    """The one fault found: its sort and place."""
    (broken,) = report.broken
    return broken.fault, broken.n


def test_a_reading_is_there_as_it_was_noted(transactional_db: None, now: datetime) -> None:
    note(reading(7), now)
    note(reading(7, 8, what="list"), now + timedelta(seconds=1))
    assert database.rows("SELECT n, what, files, shown, source FROM store_reading ORDER BY n") == [
        (1, "open", "7", 1, "cli"), (2, "list", "7,8", 2, "cli"),
    ]  # fmt: skip
    assert database.rows("SELECT file, n FROM store_readingfile ORDER BY file, n") == [(7, 1), (7, 2), (8, 2)]
    assert verify_log().good


def test_who_was_seen_in_a_list_is_noted_once_a_day_but_every_look_is(
    transactional_db: None, now: datetime
) -> None:
    for _ in range(3):
        note(reading(1, 2, 3, what="list"), now)
    note(reading(3, 4, what="list"), now)
    note(reading(1, 2, what="list", who="wang"), now)
    note(reading(1, what="list"), now + timedelta(days=1))
    found = database.rows("SELECT files, shown FROM store_reading ORDER BY n")
    assert found == [("1,2,3", 3), ("", 3), ("", 3), ("4", 2), ("1,2", 2), ("1", 1)]
    assert verify_log().good


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE store_reading SET post = 2",
        "UPDATE store_reading SET at_ms = at_ms - 1 WHERE n = 1",
        "DELETE FROM store_reading",
        "DELETE FROM store_reading WHERE n = 1",
        "UPDATE store_readingfile SET file = 9",
        "DELETE FROM store_readingfile WHERE file = 7",
        "UPDATE store_readingpost SET who = 'somebody'",
        "DELETE FROM store_readingwhy",
        "DELETE FROM store_readingstrand",
        "UPDATE store_readingroot SET strands = 0",
        "DELETE FROM store_readingleaf",
    ],
)
def test_no_reading_can_be_changed_or_deleted(noted: None, now: datetime, sql: str) -> None:
    roots.sign(now.date())
    assert refused(sql)


def test_no_reading_can_be_replaced_or_all_swept_away_at_once(noted: None) -> None:
    if database.is_postgresql():
        statements = ["TRUNCATE store_reading", "TRUNCATE store_readingfile", "TRUNCATE store_readingpost"]
    else:
        tables = ("store_reading", "store_readingfile", "store_readingpost", "store_readingstrand")
        statements = [f"REPLACE INTO {table} SELECT * FROM {table}" for table in tables]
    assert [sql for sql in statements if not refused(sql)] == []


@pytest.mark.parametrize(
    "change",
    [
        "at_ms = at_ms + 1",
        "what = 'list'",
        "files = '8'",
        "shown = 2",
        "compartments = 'legal'",
        "purpose = 'own'",
        "source = '10.0.0.1'",
        "detail = 'x'",
        "digest = (SELECT digest FROM store_reading x WHERE x.n = 2)",
    ],
)
def test_an_altered_reading_is_named(noted: None, change: str) -> None:
    tamper_with_log(f"UPDATE store_reading SET {change} WHERE n = 3")
    found = {(b.fault, b.n) for b in verify_log().broken}
    assert ("altered", 3) in found
    assert all(fault == "unindexed" for fault, n in found - {("altered", 3)})


@pytest.mark.parametrize("change", ["who = 'somebody'", "role = 'auditor'", "unit = '46'"])
def test_another_reader_put_in_the_place_of_the_first_is_noticed(noted: None, change: str) -> None:
    tamper_with_log(f"UPDATE store_readingpost SET {change}")
    assert only(verify_log()) == ("altered", 1)


def test_another_reason_put_in_its_place_is_noticed(noted: None) -> None:
    tamper_with_log("UPDATE store_readingwhy SET zh = '另一个理由'")
    assert only(verify_log()) == ("altered", 1)


def test_a_reading_removed_from_the_middle_is_named(noted: None) -> None:
    tamper_with_log("DELETE FROM store_reading WHERE n = 3", "DELETE FROM store_readingfile WHERE n = 3")
    assert only(verify_log()) == ("missing", 3)


def test_two_readings_that_changed_places_are_named(noted: None) -> None:
    for table in ("store_reading", "store_readingfile"):
        tamper_with_log(
            f"UPDATE {table} SET n = 99 WHERE n = 2",
            f"UPDATE {table} SET n = 4 WHERE n = 4 AND 1 = 0",
            f"UPDATE {table} SET n = 2 WHERE n = 4",
            f"UPDATE {table} SET n = 4 WHERE n = 99",
        )
    found = {(b.fault, b.n) for b in verify_log().broken}
    assert ("reordered", 2) in found


def test_a_person_hidden_from_who_has_seen_is_noticed(noted: None) -> None:
    tamper_with_log("DELETE FROM store_readingfile WHERE file = 8 AND n = 4")
    (broken,) = verify_log().broken
    assert (broken.fault, broken.n) == ("unindexed", 4)
    assert "档案 8" in broken.label.zh


def test_readings_cut_off_at_the_end_are_betrayed_by_the_signed_root(noted: None, now: datetime) -> None:
    root = roots.sign(now.date())
    assert root is not None
    assert (root.strands, verify_log().good, verify_log().roots) == (1, True, 1)
    assert roots.sign(now.date()) is None
    tamper_with_log("DELETE FROM store_reading WHERE n > 4", "DELETE FROM store_readingfile WHERE n > 4")
    assert {b.fault for b in verify_log().broken} == {"missing", "root"}


@pytest.mark.parametrize(
    "change", ["strands = 2", "signature = root", "previous = root", "public_key = root"]
)
def test_a_forged_root_is_noticed(noted: None, now: datetime, change: str) -> None:
    roots.sign(now.date())
    tamper_with_log(f"UPDATE store_readingroot SET {change}")
    assert [b.fault for b in verify_log().broken] == ["root"]


def test_each_writer_has_a_strand_of_its_own_and_they_do_not_wait(
    transactional_db: None, now: datetime
) -> None:
    def write(who: str) -> None:
        for _ in range(20):
            note(reading(1, who=who), now)
        connections.close_all()

    held = strands.take(0)  # somebody is in the middle of writing
    writers = [Thread(target=write, args=(f"w{n}",)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    strands.give_back(held)
    report = verify_log()
    assert (report.good, report.readings) == (True, 80)
    assert report.strands >= 2


def test_a_reading_whose_transaction_was_undone_leaves_no_gap(transactional_db: None, now: datetime) -> None:
    note(reading(1), now)
    with transaction.atomic(using=database.alias()):
        note(reading(2), now)
        transaction.set_rollback(True, using=database.alias())
    note(reading(3), now)
    assert [r[0] for r in database.rows("SELECT files FROM store_reading ORDER BY strand, n")] == ["1", "3"]
    assert verify_log().good


def test_what_somebody_typed_is_not_taken_into_the_log() -> None:
    for detail in ("王小明", "981010198506030010", "x" * 201, "line\nbreak"):
        with pytest.raises(ValueError, match="word of the program"):
            reading(1, detail=detail)


def test_a_log_that_cannot_be_written_says_so(
    transactional_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(reading(1), now)

    def full(*_: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("guitu.store.readings.write._sqlite", full)
    monkeypatch.setattr("guitu.store.readings.write._postgresql", full)
    with pytest.raises(LogUnavailable, match="cannot be written"):
        note(reading(2), now)
    monkeypatch.undo()
    note(reading(2), now)
    assert verify_log().good


def old(now: datetime) -> Callable[[int], datetime]:
    """A moment so many months of thirty days ago."""
    return lambda months: now - timedelta(days=30 * months)


def test_months_that_need_not_be_kept_go_and_the_rest_still_verifies(
    transactional_db: None, now: datetime
) -> None:
    ago = old(now)
    for months in (10, 9, 8, 7, 3, 1):
        note(reading(months), ago(months))
        roots.sign(ago(months).date())
    done = prune(ago(8).date(), who="root", now=now)
    assert (done.readings, done.strands, done.before) == (2, 1, ago(8).date().replace(day=1))
    assert database.rows("SELECT files FROM store_reading ORDER BY n") == [("8",), ("7",), ("3",), ("1",)]
    assert database.rows("SELECT DISTINCT file FROM store_readingfile ORDER BY file") == [
        (1,), (3,), (7,), (8,),
    ]  # fmt: skip
    report = verify_log()
    assert (report.good, report.roots) == (True, 6)
    note(reading(2), now)
    prune(latest(now.date()), who="root", now=now)
    assert verify_log().good


def test_six_months_are_kept_whoever_asks(transactional_db: None, now: datetime) -> None:
    recent = datetime.now(now.tzinfo) - timedelta(days=100)
    note(reading(1), recent)
    with pytest.raises(GuituError, match="six months at least"):
        prune(recent.date() + timedelta(days=40), who="root", now=now)
    digest = "(SELECT digest FROM store_reading WHERE n = 1)"
    until = round(recent.timestamp() * 1000) + 1
    for span in (until, until - 90 * 86_400_000):
        assert refused(
            "INSERT INTO store_readingstub"
            " (strand, n, digest, until_ms, pruned_ms, who, public_key, signature)"
            f" VALUES ((SELECT strand FROM store_reading), 1, {digest}, {span}, 0, 'x', {digest}, {digest})"
        )


def test_a_stub_that_this_site_did_not_sign_is_named(transactional_db: None, now: datetime) -> None:
    for months in (10, 1):
        note(reading(months), old(now)(months))
    prune(old(now)(8).date(), who="root", now=now)
    tamper_with_log("UPDATE store_readingstub SET who = 'somebody'")
    assert [b.fault for b in verify_log().broken] == ["stub"]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2026, 5, 23)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2025, 9, 1)),
    ],
)
def test_six_months_are_counted_by_the_calendar(today: date, first: date) -> None:
    assert latest(today) == first


@pytest.mark.parametrize(("since", "until"), [(0, 99), (2, 5), (5, 5), (-9, 0), (3, 3.5), (7, 99), (0, 1)])
def test_a_stretch_of_time_is_found_in_every_strand(
    transactional_db: None, now: datetime, since: float, until: float
) -> None:
    held = None
    for minute in range(8):
        note(reading(minute + 1), now + timedelta(minutes=minute))
        if minute == 3:
            held = strands.take(0)  # from here on another strand
    assert held is not None
    moments = [round((now + timedelta(minutes=m)).timestamp() * 1000) for m in (since, until)]
    found = sorted(int(r[0]) for r in rows_between("files", *moments, "what = 'open'"))
    assert found == [m + 1 for m in range(8) if since <= m < until]
