"""From one master key to the next: nothing is lost, nobody waits, and it can be stopped anywhere."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from guitu.cli.main import main
from guitu.store import engine, gate, keys, read, rotation
from guitu.web.pages.ledgers.kept import Kept
from tests.store.test_sealing import SECRETS
from tests.store.writing import CLERK, VILLAGE, Pen, number

PEOPLE = 4


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, with keys of its own."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    yield tmp_path
    monkeypatch.undo()
    keys.forget()


@pytest.fixture
def people(home: Path, lasting_places: object, now: datetime) -> None:
    for n in range(1, PEOPLE + 1):
        pen = Pen(n)
        person = pen.person("王小明", **(SECRETS if n == 1 else {}))
        gate.record_many([person, pen.held_by(VILLAGE)], actor=CLERK, now=now)


def opened() -> bool:
    views = [read.file_view(Pen(n).file) for n in range(1, PEOPLE + 1)]
    return all(view is not None and view.identity.get("name") == "王小明" for view in views)


def test_every_key_goes_to_the_new_master_and_opens_what_it_did(people: None, home: Path) -> None:
    before = {bytes(r[0]) for r in engine.rows("SELECT wrapped FROM store_filekey")}
    assert rotation.rotate() == PEOPLE
    found = rotation.standing()
    assert (found.wrapped, found.newest, found.waiting, found.missing) == ({2: PEOPLE}, 2, 0, frozenset())
    after = {bytes(r[0]) for r in engine.rows("SELECT wrapped FROM store_filekey")}
    assert before.isdisjoint(after)
    assert opened()
    assert read.search("46", SECRETS["id_number"]).found == 1, "people are found as before"
    assert read.search("46", "wxm").found == PEOPLE
    (home / "keys" / "master.key").unlink()
    keys.forget()
    assert opened(), "the old master key is needed no more"
    assert read.search("46", SECRETS["id_number"]).found == 1


def test_a_stopped_change_is_finished_by_the_next_and_both_keys_open_meanwhile(
    people: None, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)

    def stop(done: int, total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(progress=stop)
    assert rotation.standing().wrapped == {1: PEOPLE - 2, 2: 2}
    assert opened()
    gate.record(Pen(9).person(), actor=CLERK, now=now)
    assert rotation.standing().wrapped == {1: PEOPLE - 2, 2: 3}, "what is new is wrapped by the new key"
    assert rotation.rotate() == PEOPLE - 2
    assert rotation.standing().wrapped == {2: PEOPLE + 1}
    assert opened()


def test_a_running_process_knows_a_new_master_key_at_once(home: Path) -> None:
    first = keys.provider()
    old = first.wrap(b"x" * 32, b"context")
    keys.add_master()
    second = keys.provider()
    assert second is not first
    new = second.wrap(b"x" * 32, b"context")
    assert (old[0], new[0]) == (1, 2)
    assert second.unwrap(old, b"context") == second.unwrap(new, b"context") == b"x" * 32


def test_what_was_wrapped_before_versions_were_written_down_still_opens() -> None:
    guard = keys.MasterKey({1: bytes(32)})
    old = guard.wrap(b"key", b"context")[1:]
    both = keys.MasterKey({1: bytes(32), 2: b"2" * 32})
    assert both.unwrap(old, b"context") == b"key"
    anew = both.rewrap(old, b"context")
    assert anew is not None
    assert anew[0] == 2
    assert both.rewrap(anew, b"context") is None


def test_a_key_destroyed_meanwhile_stays_destroyed(people: None) -> None:
    lots = rotation._lots(rotation.HOLDERS[0])
    lot = next(lots)
    keys.add_master()
    engine.execute("DELETE FROM store_filekey WHERE file = %s", [lot[0][0]])
    rotation._wrapped_anew(rotation.HOLDERS[0], lot, keys.provider())
    assert rotation.standing().wrapped == {2: PEOPLE - 1}


def test_an_upload_on_its_way_is_opened_after_the_change(home: Path, db: None) -> None:
    upload = Kept(number(5))
    upload.write("file", "花名册".encode())
    rotation.rotate()
    assert upload.read("file") == "花名册".encode()
    assert (upload.folder / "key").read_bytes()[0] == 2


def test_keys_from_the_environment_may_be_several(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    monkeypatch.setenv("GUITU_MASTER_KEY", one)
    first = keys.read_provider()
    wrapped = first.wrap(b"key", b"")
    monkeypatch.setenv("GUITU_MASTER_KEY", f"1:{one},2:{two}")
    assert keys.read_provider().unwrap(wrapped, b"") == b"key"
    assert keys.read_provider().blind("1") == first.blind("1")
    monkeypatch.setenv("GUITU_MASTER_KEY", f"x:{one}")
    with pytest.raises(keys.KeyUnusable, match="GUITU_MASTER_KEY"):
        keys.read_provider()


def test_the_command_says_what_stands_changes_the_key_and_asks_for_a_backup(
    people: None, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_LANG", "zh")
    assert main(["keys", "status"]) == 0
    assert f"主密钥 1：{PEOPLE} 个数据密钥" in capsys.readouterr().out
    assert main(["keys", "rotate"]) == 0
    said = capsys.readouterr().out
    assert "主密钥 2" in said
    assert "备份" in said
    (home / "keys" / "master-2.key").unlink()
    assert main(["keys", "status", "--lang", "en"]) == 1
    assert "this site does not have it" in capsys.readouterr().out
