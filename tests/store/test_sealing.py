"""What is declared sealed lies encrypted, opens only with the right keys, and is gone when its key is."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from guitu.store import blinding, engine, gate, keys, read
from guitu.store.sealing import CIPHERS, FileKeys, bound_to
from guitu.store.verify import verify
from tests.store.lying import bytes_of
from tests.store.tampering import tamper
from tests.store.writing import CLERK, Pen, number

SECRETS = {
    "household_place": "金丝雀家门牌九号",
    "phone": "13700001111",
    "family_phone": "13700002222",
    "id_number": "980101199003050072",
}


@pytest.fixture
def pen(lasting_places: object, now: datetime) -> Pen:
    """The pen of a file that holds secrets."""
    pen = Pen(1)
    entries = [pen.person("王小明", **SECRETS), pen.entry("remark", "2026-01-01", text="金丝雀在备注里唱歌")]
    gate.record_many(entries, actor=CLERK, now=now)
    return pen


def everything_stored() -> str:
    """All tables of the store as text, bytes read as UTF-8 where they can be."""
    texts = []
    for table in connection.introspection.table_names():
        for row in engine.rows(f"SELECT * FROM {table}"):
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                texts.append(raw.decode("utf-8", "replace") + raw.hex())
    return "\n".join(texts)


def test_nothing_sealed_lies_readable_in_any_table(pen: Pen) -> None:
    lying_about = everything_stored()
    for secret in (*SECRETS.values(), "金丝雀在备注里唱歌", "1990-03-05"):
        assert secret not in lying_about
        assert secret.encode().hex() not in lying_about


def test_nothing_sealed_lies_readable_in_the_database_files(pen: Pen) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
            name = Path(connection.settings_dict["NAME"])
        else:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            name = Path(cursor.fetchone()[0])
    stored = bytes_of(name.parent.glob(name.name + "*") if name.is_file() else name.rglob("*"))
    assert "河东镇".encode() in stored or "王小明".encode() in stored
    assert [s for s in SECRETS.values() if s.encode() in stored] == []


def test_what_was_sealed_comes_back_whole(pen: Pen) -> None:
    view = read.file_view(pen.file)
    assert view is not None
    assert {k: view.identity[k] for k in SECRETS} == SECRETS
    assert view.entries[1].get("text") == "金丝雀在备注里唱歌"


def test_each_compartment_of_a_file_has_a_key_of_its_own(pen: Pen) -> None:
    found = engine.rows("SELECT compartment, cipher FROM store_filekey WHERE file = 1 ORDER BY compartment")
    assert found == [("identity", "aes-256-gcm"), ("support", "aes-256-gcm")]


def test_destroying_a_key_erases_what_it_sealed_and_the_chain_still_holds(pen: Pen, now: datetime) -> None:
    engine.execute("DELETE FROM store_filekey WHERE file = 1 AND compartment = 'identity'")
    view = read.file_view(pen.file)
    assert view is not None
    assert dict(view.entries[0].fields) == {"sex": "male"}
    assert view.entries[1].get("text") == "金丝雀在备注里唱歌"
    assert verify().good
    again = Pen(1)
    repeated = gate.record(again.person("王小明", **SECRETS), actor=CLERK, now=now)
    assert repeated.repeated


def test_a_sealed_part_moved_to_another_entry_does_not_open(pen: Pen, now: datetime) -> None:
    gate.record(pen.entry("remark", "2026-01-02", text="第二条"), actor=CLERK, now=now)
    tamper(
        "UPDATE store_entry SET sealed = (SELECT sealed FROM store_entry WHERE file = 1 AND n = 3)"
        " WHERE file = 1 AND n = 2"
    )
    view = read.file_view(pen.file)
    assert view is not None
    assert view.entries[1].get("text") is None
    assert verify().broken[0].n == 2


def test_a_database_with_another_master_key_says_what_to_restore(
    pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guitu.store.casefiles.provider", lambda: keys.MasterKey({1: os.urandom(32)}))
    with pytest.raises(keys.KeyUnusable) as caught:
        read.file_view(pen.file)
    assert "恢复与数据库一同备份的主密钥" in caught.value.say("zh")


def test_the_key_files_are_for_their_owner_only() -> None:
    keys.provider()
    keys.site_key()
    folder = Path(settings.HOME) / "keys"
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()}
    assert modes == {"master.key": 0o600, "index.key": 0o600, "site.key": 0o600}


def test_a_malformed_key_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_MASTER_KEY", "abc")
    with pytest.raises(keys.KeyUnusable) as caught:
        keys.read_provider()
    assert caught.value.say("en").startswith("GUITU_MASTER_KEY: the key should be 32 bytes") or "32" in str(
        caught.value
    )


@pytest.mark.parametrize("cipher", list(CIPHERS))
def test_either_cipher_opens_what_it_sealed_and_nothing_else(cipher: str) -> None:
    guard = keys.MasterKey({1: bytes(32)}, cipher=cipher)
    mine = FileKeys(number(1), guard)
    bound = bound_to(number(2), "remark")
    sealed = mine.seal("support", bound, "密语".encode())
    assert mine.new["support"][0] == cipher
    later = FileKeys(number(1), guard, dict(mine.new))
    assert later.unseal("support", bound, sealed) == "密语".encode()
    assert later.unseal("support", bound_to(number(3), "remark"), sealed) is None
    assert later.unseal("support", bound, sealed[:-1] + bytes([sealed[-1] ^ 1])) is None
    stranger = FileKeys(number(9), guard, dict(mine.new))
    with pytest.raises(keys.KeyUnusable):
        stranger.unseal("support", bound, sealed)


def test_an_unknown_cipher_names_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    from guitu.kernel.errors import GuituError

    monkeypatch.setenv("GUITU_CIPHER", "sm4-gmc")
    with pytest.raises(GuituError, match="sm4-gcm"):
        FileKeys(number(1), keys.read_provider()).seal("support", b"", b"x")


def test_the_blind_index_is_hmac_with_sm3() -> None:
    from cryptography.hazmat.primitives.hashes import SM3
    from cryptography.hazmat.primitives.hmac import HMAC

    for key in (b"k", b"k" * 64, b"k" * 100):
        reference = HMAC(key, SM3())
        reference.update("证件号".encode())
        assert blinding.HmacSm3(key).of("证件号".encode()) == reference.finalize()
