"""An import that is killed, runs out of disk, or meets another: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from guitu.store import engine
from guitu.store.engine import StoreUnavailable
from guitu.store.verify import verify
from tests.exchange.filing import COUNTY, TOWN, community, count, done, take
from tests.exchange.sheets import COMMUNITY, TESTS, community_row, fixture, sample_row, xlsx

pytestmark = pytest.mark.usefixtures("lasting_places")

IMPORT = """
import django, os, signal, sys
django.setup()
from pathlib import Path
from tests.exchange.filing import take
kill_at = int(sys.argv[3])
def progress(sheet, done, total):
    if sheet == sys.argv[4] and done >= kill_at:
        os.kill(os.getpid(), signal.SIGKILL)
result = take(Path(sys.argv[1]).read_bytes(), unit=sys.argv[2], progress=progress if kill_at else None)
print([(s.new, s.there, s.held) for s in result.sheets])
"""


def start(
    environment: dict[str, str], path: Path, unit: str = COUNTY, kill_at: int = 0, sheet: str = ""
) -> subprocess.Popen[str]:
    """Another process that imports a file, and kills itself after so many rows of a sheet."""
    return subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), unit, str(kill_at), sheet],
        env={**environment, "PYTHONPATH": os.pathsep.join(["src", "."]), "GUITU_DEMO_IDS": "1"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_killed_in_the_second_sheet_the_first_stays_whole_and_the_rest_follows(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(fixture("community_and_tests"))
    process = start(environment, path, kill_at=1, sheet="尿检")
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    (kinds,) = engine.rows("SELECT count(*) FROM store_entry WHERE kind = 'urine_test'")
    assert kinds == (0,)
    assert engine.rows("SELECT count(*) FROM store_casefile") == [(122,)]
    assert verify().good
    assert done(take(path.read_bytes())) == [(0, 122, 4), (125, 0, 5)]
    assert done(take(path.read_bytes())) == [(0, 122, 4), (0, 125, 5)]
    assert verify().good


def test_killed_in_the_middle_of_a_sheet_nothing_of_it_is_there(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(community(*_many(1200)))
    process = start(environment, path, kill_at=1000, sheet="社戒社康")
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert count() == 0
    assert done(take(path.read_bytes())) == [(1200, 0, 0)]


def _many(rows: int) -> list[list[object]]:
    from datetime import date, timedelta

    from tests.exchange.sheets import id_number

    made = []
    for n in range(rows):
        row = community_row(1)
        row[0], row[3], row[7] = n + 1, f"符{n}", f"示公责字〔2019〕{n:05d}号"
        row[5] = id_number(date(1970, 1, 1) + timedelta(days=n), n % 400)
        made.append(row)
    return made


def test_a_full_disk_is_one_sentence_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xlsx(("人", [COMMUNITY, community_row(1)]), ("尿检", [TESTS, sample_row(1)]))
    insert = engine.insert

    def full(table: str, *arguments: object, **more: object) -> None:
        if table == "store_entry":
            raise OperationalError("database or disk is full")
        insert(table, *arguments, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(engine, "insert", full)
        with pytest.raises(StoreUnavailable) as refused:
            take(data)
    assert refused.value.say("zh") == "磁盘已满，没有写入任何内容；请清理磁盘后重试。"
    assert count() == 0
    assert engine.rows("SELECT count(*) FROM store_casefile") == [(0,)]
    assert done(take(data)) == [(1, 0, 0), (1, 0, 0)]


def test_two_imports_of_the_same_file_at_once_write_it_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(community(*_many(300)))
    running = [start(environment, path, unit) for unit in (COUNTY, TOWN)]
    said = [process.communicate(timeout=120) for process in running]
    assert sorted(out.strip() for out, _ in said) == ["[(0, 300, 0)]", "[(300, 0, 0)]"], said
    assert engine.rows("SELECT count(*) FROM store_casefile") == [(300,)]
    assert verify().good


def test_two_imports_of_overlapping_files_at_once_lose_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    rows = _many(300)
    halves = [tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"]
    halves[0].write_bytes(community(*rows[:200]))
    halves[1].write_bytes(community(*rows[100:]))
    said = [process.communicate(timeout=120)[1] for process in [start(environment, path) for path in halves]]
    assert [word.strip().splitlines()[-1:] for word in said] == [[], []]
    assert done(take(community(*rows))) == [(0, 300, 0)]
    assert verify().good


def test_while_another_import_writes_for_long_the_sentence_says_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def busy(*_: object, **__: object) -> None:
        tried.append(1)
        raise engine.taken()

    monkeypatch.setattr("guitu.exchange.ledgers.importing.record_many", busy)
    monkeypatch.setattr("guitu.exchange.ledgers.importing.time.sleep", lambda _: None)
    with pytest.raises(StoreUnavailable) as refused:
        take(community(community_row(1)))
    assert "请稍后重试" in refused.value.say("zh")
    assert len(tried) > 1
