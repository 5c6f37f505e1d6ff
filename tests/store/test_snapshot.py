"""The analysis snapshot: everything that was entered, nothing that is sealed, and the same however often
it was brought up to date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from guitu.access import house
from guitu.casefile import columns
from guitu.casefile.snapshot import NoSnapshot, Snapshot
from guitu.kernel.errors import GuituError
from guitu.store import engine, erasure, gate
from guitu.store.apart import file_id
from guitu.store.snapshot import folder as folders
from guitu.store.snapshot.keys import files_of, keys_of
from tests.store.snapshots import contents, referee, run, table
from tests.store.test_records import two_people
from tests.store.test_sealing import SECRETS
from tests.store.writing import CLERK, OTHER_VILLAGE, VILLAGE, WEST_VILLAGE, Pen, day

pytestmark = pytest.mark.usefixtures("places")

FREE = "金丝雀在备注里唱歌"
UNLIKE = ("opened",)
"""What the referee does not know: when the store opened a file."""


def record(now: datetime, *entries: Any) -> None:
    gate.record_many(entries, actor=house(), now=now)


def patient(place: int, now: datetime, unit: str = VILLAGE) -> Pen:
    """Somebody with entries of all compartments."""
    pen = Pen(place)
    record(
        now,
        *pen.on_community_treatment(unit=unit, served="2026-01-02"),
        pen.entry("intake_health", "2026-01-03", drug="海洛因", conditions=FREE),
        pen.entry("remark", "2026-01-03", text=FREE),
        pen.entry(
            "urine_test", "2026-02-01", outcome="taken", result="negative", tester_1="李晓梅", note=FREE
        ),
    )
    return pen


def key(pen: Pen) -> int:
    (no,) = engine.rows("SELECT no FROM store_casefile WHERE id = %s", [engine.key(pen.file)])
    return keys_of([no[0]])[no[0]]


def of(snapshot: Snapshot, name: str, pen: Pen) -> list[dict[str, Any]]:
    return [row for row in table(snapshot, name).to_pylist() if row["person"] == key(pen)]


# what is in it


def test_each_entry_stands_once_in_its_kinds_table_with_its_open_answers(
    tmp_path: Path, now: datetime
) -> None:
    pen = patient(1, now)
    taken = run(tmp_path)
    (test,) = of(taken.snapshot, "urine_test@1", pen)
    assert (test["outcome"], test["result"], test["confirmed"]) == ("taken", "negative", None)
    assert "tester_1" not in test
    assert "note" not in test
    assert str(test["day"]) == "2026-02-01"
    (home,) = of(taken.snapshot, "responsible_unit@1", pen)
    assert home["unit"] == VILLAGE
    assert "worker" not in home
    assert taken.new == 7
    assert sum(t.rows for n, t in taken.snapshot.tables.items() if "@" in n) == 7


def test_the_spine_holds_what_rules_read_as_codes(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    snapshot = run(tmp_path).snapshot
    rows = of(snapshot, "spine", pen)
    names = {code: name for name, code in snapshot.kinds.items()}
    assert [names[row["kind"]] for row in rows] == ["person", "order", "served", "urine_test"]
    assert snapshot.words["measure"][rows[1]["measure"]] == "community_treatment"
    assert snapshot.words["outcome"][rows[3]["outcome"]] == "taken"
    assert rows[0]["outcome"] is None


def test_the_table_of_files_says_who_answers_and_what_breakdowns_need(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    (row,) = of(run(tmp_path).snapshot, "files", pen)
    units = {code: no for no, code in engine.rows("SELECT no, code FROM store_unit")}
    assert (row["unit"], row["at1"], row["at4"]) == (units[VILLAGE], units["46"], units[VILLAGE])
    assert (row["sex"], row["birth_year"], row["hidden"]) == ("male", 1990, False)
    assert row["opened"] == now.date()


def test_a_key_leads_back_to_the_file_and_the_snapshot_alone_does_not(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    (no,) = engine.rows("SELECT no FROM store_casefile")[0]
    assert files_of([key(pen)]) == {key(pen): no}
    assert files_of([5]) == {}
    run(tmp_path)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert pen.file.bytes not in stored
    assert pen.file.hex.encode() not in stored


def test_complaints_stand_under_the_unit_and_lead_to_nobody(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    lodge_one(pen, now)
    snapshot = run(tmp_path).snapshot
    rows = table(snapshot, "complaint@1").to_pylist()
    assert len(rows) == 1
    assert rows[0]["person"] != key(pen)
    assert contents(snapshot, without=UNLIKE) == contents(referee(tmp_path / "other"), without=UNLIKE)


def lodge_one(pen: Pen, now: datetime) -> None:
    """A complaint about the village, lying in a file apart."""
    entry = Pen(77).entry(
        "complaint", "2026-03-01", against=VILLAGE, receiver="469023", receiver_role="supervisor",
        text=FREE, named="yes",
    )  # fmt: skip
    record(now, replace(entry, file=file_id(pen.file)))


def test_no_sealed_value_no_name_no_number_and_nothing_typed_freely_is_anywhere_in_it(
    tmp_path: Path, now: datetime
) -> None:
    pen = Pen(1)
    remark = pen.entry("remark", "2026-01-03", text=FREE)
    record(
        now,
        pen.person("王小明", **SECRETS),
        pen.held_by(VILLAGE, worker="李专干"),
        pen.entry(
            "order", "2026-01-02", measure="community_treatment", document_no="示例〔2026〕1号", note=FREE
        ),
        pen.entry("served", "2026-01-02"),
        pen.entry("intake_health", "2026-01-03", drug="海洛因", conditions=FREE),
        remark,
        pen.entry("void", "2026-01-02", corrects=remark.id, reason=FREE),
    )
    lodge_one(pen, now)
    run(tmp_path)
    record(now, pen.entry("urine_test", "2026-02-01", outcome="refused", tester_1="李晓梅", note=FREE))
    run(tmp_path)
    secrets = [
        *map(str, SECRETS.values()),
        "王小明",
        "李专干",
        "李晓梅",
        "示例〔2026〕1号",
        "海洛因",
        FREE,
        "1990-03-05",
    ]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            stored = path.read_bytes() + readable(path)
            for secret in secrets:
                assert secret.encode() not in stored, (path.name, secret)


def readable(path: Path) -> bytes:
    """A Parquet file's values, unpacked."""
    if path.suffix != ".parquet":
        return b""
    return repr(pq.read_table(path).to_pydict()).encode()


# bringing it up to date


def test_a_second_run_writes_only_what_is_new(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    first = run(tmp_path)
    before = {p.path.name for t in first.snapshot.tables.values() for p in t.parts}
    record(now, pen.entry("urine_test", "2026-03-01", outcome="refused"))
    second = run(tmp_path)
    assert (second.new, second.whole, second.anew) == (1, 0, None)
    after = {p.path.name for t in second.snapshot.tables.values() for p in t.parts}
    assert {name.split("-")[0] for name in after - before} == {"spine", "urine_test.1"}
    assert len(of(second.snapshot, "urine_test@1", pen)) == 2
    assert run(tmp_path).new == 0


@pytest.fixture
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that lets in what an older one, or a merge, may have brought together."""
    monkeypatch.setattr("guitu.store.guards.correction", lambda *_: None)
    monkeypatch.setattr("guitu.store.guards.lifetime", lambda *_: None)


@pytest.mark.usefixtures("lenient")
def test_a_correction_of_an_entry_that_comes_later_is_made_good_when_it_comes(
    tmp_path: Path, now: datetime
) -> None:
    pen = patient(1, now)
    late = pen.entry("absence", "2026-03-01", authorised="no", days=2)
    correction = pen.entry("absence", "2026-03-01", authorised="no", days=3, corrects=late.id)
    record(now, correction)
    assert of(run(tmp_path).snapshot, "fates", pen) == []
    record(now, late)
    snapshot = run(tmp_path).snapshot
    first, second = of(snapshot, "fates", pen)
    assert (first["counts"], first["corrects_seq"]) == (True, second["entry_seq"]), "it says what it corrects"
    assert (second["counts"], second["corrects_seq"]) == (False, None)
    assert contents(snapshot, without=UNLIKE) == contents(referee(tmp_path / "other"), without=UNLIKE)


@pytest.mark.usefixtures("lenient")
def test_a_birth_that_is_corrected_shows_what_was_dated_before_it_and_never_the_birth(
    tmp_path: Path, now: datetime
) -> None:
    pen = Pen(1)
    who = pen.person(born="1990-03-05")
    record(now, who, pen.entry("order", "1999-05-01", measure="community_treatment"))
    assert of(run(tmp_path).snapshot, "before_birth", pen) == []
    wrong = pen.entry("person", "2025-01-02", corrects=who.id, **{**who.fields, "birth": day("2001-03-05")})
    record(now, wrong)
    snapshot = run(tmp_path).snapshot
    stated = of(snapshot, "before_birth", pen)
    assert [row["day"] for row in stated] == [None, 10712]
    record(now, pen.entry("served", "2000-01-01"))
    snapshot = run(tmp_path).snapshot
    assert [row["day"] for row in of(snapshot, "before_birth", pen)] == [None, 10957]
    assert contents(snapshot, without=UNLIKE) == contents(referee(tmp_path / "other"), without=UNLIKE)


# who is erased, sealed, merged


def test_an_erased_persons_rows_are_gone_after_the_next_run_even_from_the_files(
    tmp_path: Path, now: datetime
) -> None:
    gone, stays = patient(1, now), patient(2, now)
    lodge_one(gone, now)
    run(tmp_path)
    whose = key(gone)
    erasure.erase(gone.file, actor=CLERK, reason="依申请删除", now=now)
    record(now, gone.entry("record_erased", "2026-11-23"))
    taken = run(tmp_path)
    assert taken.dropped > 0
    for path in (tmp_path / "parts").iterdir():
        rows = pq.read_table(path)
        if "person" in rows.schema.names:
            assert whose not in rows.column("person").to_pylist(), path.name
    assert table(taken.snapshot, "complaint@1").num_rows == 0
    assert len(of(taken.snapshot, "files", stays)) == 1
    again = run(tmp_path, full=True)
    assert contents(again.snapshot) == contents(taken.snapshot)
    record(now, gone.entry("urine_test", "2026-11-23", outcome="refused"))
    assert of(run(tmp_path).snapshot, "spine", gone) == []


def test_erasing_one_compartment_leaves_what_was_never_sealed(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    before = contents(run(tmp_path).snapshot)
    erasure.erase(pen.file, ["medical"], actor=CLERK, reason="依申请删除", now=now)
    assert contents(run(tmp_path).snapshot) == before


def test_a_sealed_person_is_still_counted_and_marked_as_hidden(tmp_path: Path, now: datetime) -> None:
    pen = Pen(1)
    record(
        now, pen.person(), pen.held_by(VILLAGE),
        pen.entry("order", "2020-01-03", measure="community_treatment"),
        pen.entry("served", "2020-01-04"), pen.entry("reporting_in", "2020-01-08"),
    )  # fmt: skip
    before = run(tmp_path).snapshot
    assert [row["hidden"] for row in of(before, "files", pen)] == [False]
    record(now, pen.entry("record_sealed", "2026-01-01", basis="minor"))
    after = run(tmp_path).snapshot
    assert [row["hidden"] for row in of(after, "files", pen)] == [True]
    assert len(of(after, "order@1", pen)) == 1
    record(now, pen.entry("relapse", "2026-02-01"))
    assert [row["hidden"] for row in of(run(tmp_path).snapshot, "files", pen)] == [False]


def test_merged_files_are_one_person_and_two_again_when_it_is_undone(tmp_path: Path, now: datetime) -> None:
    one, other = patient(1, now), patient(2, now, WEST_VILLAGE)
    before = contents(run(tmp_path).snapshot)
    two_people("merge", {"other": str(other.file)}, one.file, now)
    merged = run(tmp_path)
    assert merged.dropped > 0
    assert of(merged.snapshot, "spine", other) == []
    assert len(of(merged.snapshot, "files", one)) == 1
    assert of(merged.snapshot, "files", other) == []
    assert contents(merged.snapshot, without=UNLIKE) == contents(referee(tmp_path / "a"), without=UNLIKE)
    record(now, other.entry("urine_test", "2026-04-01", outcome="refused"))
    assert len(of(run(tmp_path).snapshot, "urine_test@1", one)) == 3
    two_people("split", {"other": str(other.file)}, one.file, now + timedelta(hours=1))
    parted = run(tmp_path).snapshot
    assert contents(parted, without=UNLIKE) == contents(referee(tmp_path / "b"), without=UNLIKE)
    assert len(contents(parted)["files"]) == len(before["files"])


# what may go wrong


def test_without_a_snapshot_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="guitu snapshot"):
        Snapshot.open(tmp_path)
    (tmp_path / "manifest.json").write_text('{"seq": 1', encoding="utf-8")
    with pytest.raises(NoSnapshot, match="--full"):
        Snapshot.open(tmp_path)


def test_an_interrupted_run_leaves_the_old_snapshot_and_is_cleaned_up(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = patient(1, now)
    old = contents(run(tmp_path).snapshot)
    record(now, pen.entry("urine_test", "2026-03-01", outcome="refused"))
    with monkeypatch.context() as patch:
        patch.setattr(folders.Draft, "publish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
    assert contents(Snapshot.open(tmp_path)) == old
    taken = run(tmp_path)
    assert taken.new == 1
    named = {p.path.name for t in taken.snapshot.tables.values() for p in t.parts}
    run(tmp_path)
    assert {path.name for path in (tmp_path / "parts").iterdir()} == named


def test_a_reader_of_the_snapshot_before_can_go_on_reading(tmp_path: Path, now: datetime) -> None:
    pen = patient(1, now)
    old = run(tmp_path).snapshot
    before = contents(old)
    for n in range(12):
        record(now, pen.entry("urine_test", f"2026-03-{n + 1:02d}", outcome="refused"))
        before_last, old = old, run(tmp_path).snapshot
        assert contents(before_last) == before
        before = contents(old)


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with folders.locked(tmp_path), pytest.raises(folders.Busy):
        run(tmp_path)


def test_another_database_is_not_continued(tmp_path: Path, now: datetime) -> None:
    patient(1, now)
    run(tmp_path)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**told, "mark": "another"}), encoding="utf-8")
    taken = run(tmp_path)
    assert taken.anew is not None
    assert "database" in taken.anew.en
    assert taken.new == 7
    assert run(tmp_path).anew is None


def test_a_changed_declaration_makes_everything_anew(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(1, now)
    before = contents(run(tmp_path).snapshot)
    with monkeypatch.context() as patch:
        patch.setattr(columns, "shape", lambda _: "another")
        taken = run(tmp_path)
    assert taken.anew is not None
    assert "kinds" in taken.anew.en
    assert contents(taken.snapshot) == before


def test_keys_that_meet_are_an_error(tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    patient(1, now)
    patient(2, now, OTHER_VILLAGE)
    monkeypatch.setattr("guitu.store.snapshot.keys.key_of", lambda *_: 7)
    with pytest.raises(GuituError, match="same key"):
        run(tmp_path)


def test_an_empty_store_has_a_snapshot_with_every_table(tmp_path: Path) -> None:
    snapshot = run(tmp_path).snapshot
    assert snapshot.seq == 0
    assert "order@1" in snapshot.tables
    assert all(table(snapshot, name).num_rows == 0 for name in snapshot.tables if name != "units")
