"""`guitu doctor` names each unsafe thing with its reason and what to do, and ends with 1 if one is grave."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import override_settings

from guitu.cli.doctor_checks import Finding, accounts, configuration, database, files, look, packages, records
from guitu.cli.main import main
from guitu.store import engine, staff
from guitu.store.retention import CATEGORIES
from tests.store.writing import TOWN
from tests.web.recording import PASSWORD


def found(check: Any) -> dict[str, Finding]:
    """What one check found, by name."""
    return {one.check: one for one in check()}


def states(check: Any) -> dict[str, str]:
    return {name: one.state for name, one in found(check).items()}


OUTSIDE = {"ALLOWED_HOSTS": ["guitu.example.gov.cn"]}


@pytest.mark.parametrize(
    ("check", "settings", "name", "state"),
    [
        (configuration.debug, {"DEBUG": True}, "debug", "grave"),
        (configuration.debug, {"DEBUG": False}, "debug", "good"),
        (configuration.demonstration, {"DEMO": True, **OUTSIDE}, "demonstration", "grave"),
        (
            configuration.demonstration,
            {"DEMO": True, "ALLOWED_HOSTS": ["127.0.0.1"]},
            "demonstration",
            "warning",
        ),
        (configuration.demonstration, OUTSIDE, "demonstration_numbers", "grave"),
        (configuration.transport, {"BEHIND_TLS": False, **OUTSIDE}, "tls", "grave"),
        (configuration.transport, {"BEHIND_TLS": True, **OUTSIDE}, "tls", "good"),
        (configuration.transport, {"ALLOWED_HOSTS": ["localhost", "[::1]", "127.0.0.1"]}, "tls", "good"),
        (configuration.transport, {"BEHIND_TLS": True, "ALLOWED_HOSTS": ["*"]}, "hosts", "grave"),
        (
            configuration.transport,
            {"CSRF_TRUSTED_ORIGINS": ["http://x.cn"], "BEHIND_TLS": True, **OUTSIDE},
            "origins",
            "warning",
        ),
        (configuration.secret, {"SECRET_KEY": "short"}, "secret", "grave"),
        (configuration.secret, {"SECRET_KEY": "a" * 80}, "secret", "grave"),
        (
            configuration.secret,
            {"SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"},
            "secret",
            "good",
        ),
        (configuration.habits, {"RATES": {"search": 0}}, "rates", "warning"),
        (configuration.habits, {"IDLE_MINUTES": 600}, "idle", "warning"),
        (configuration.habits, {"SECOND_FACTOR": "offered", **OUTSIDE}, "second_factor", "grave"),
    ],
)
def test_unsafe_settings_are_named(check: Any, settings: dict[str, Any], name: str, state: str) -> None:
    with override_settings(**settings):
        assert states(check)[name] == state


def test_a_fixed_day_is_grave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    assert states(configuration.demonstration)["fixed_day"] == "grave"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder as it should be."""
    (tmp_path / "keys").mkdir(mode=0o700)
    for name in ("secret_key", "keys/master.key", "keys/site.key", "guitu.sqlite3"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o600)
    tmp_path.chmod(0o700)
    return tmp_path


def test_files_that_others_may_read_are_grave_and_keys_are_named_as_keys(home: Path) -> None:
    with override_settings(HOME=home, STATIC_ROOT=home / "static"):
        assert states(files.readable_by_others) == {"data_files": "good"}
        (home / "keys" / "master.key").chmod(0o640)
        assert states(files.readable_by_others) == {"key_files": "grave"}
        (home / "guitu.sqlite3").chmod(0o604)
        assert states(files.readable_by_others) == {"key_files": "grave", "data_files": "grave"}


def test_what_this_service_writes_is_its_owners_alone(home: Path) -> None:
    from guitu.web.home import home as make

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUITU_HOME", str(home))
        make()
        (home / "written").write_text("x")
    assert not (home / "written").stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_keys_beside_the_database_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUITU_MASTER_KEY", raising=False)
    sqlite = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "guitu.sqlite3"}}
    monkeypatch.setattr(files, "settings", _Settings(HOME=home, DATABASES=sqlite))
    assert states(files.keys_beside_data) == {"keys_apart": "warning"}
    monkeypatch.setenv("GUITU_MASTER_KEY", "x")
    assert states(files.keys_beside_data) == {"keys_apart": "good"}


class _Settings:
    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


def test_sqlite_on_a_network_disk_is_grave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    sqlite = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "guitu.sqlite3"}}
    monkeypatch.setattr(files, "MOUNTS", mounts)
    monkeypatch.setattr(files, "settings", _Settings(DATABASES=sqlite))
    assert states(files.on_a_network_disk) == {"network_disk": "grave"}
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    assert states(files.on_a_network_disk) == {"network_disk": "good"}


def test_old_missing_and_open_backups_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUITU_BACKUPS", raising=False)
    assert states(files.backups) == {"backups": "unknown"}
    tmp_path.chmod(0o700)
    monkeypatch.setenv("GUITU_BACKUPS", str(tmp_path))
    assert states(files.backups) == {"backups": "grave"}
    copy = tmp_path / "copy"
    copy.write_text("x")
    copy.chmod(0o600)
    assert states(files.backups) == {"backups": "good"}
    long_ago = (datetime.now(UTC) - timedelta(days=9)).timestamp()
    os.utime(copy, (long_ago, long_ago))
    copy.chmod(0o644)
    assert states(files.backups) == {"backups": "grave", "backup_files": "grave"}
    monkeypatch.setenv("GUITU_BACKUP_DAYS", "30")
    assert states(files.backups)["backups"] == "good"


@pytest.mark.usefixtures("places")
def test_the_database_of_the_tests_is_as_it_should_be() -> None:
    assert states(database.edition) == {"edition": "good"}
    assert states(database.append_only) == {"append_only": "good"}
    assert set(states(database.clocks).values()) == {"good"}
    if not engine.is_postgresql():
        assert states(database.embedded) == {"journal": "good"}


@pytest.mark.usefixtures("lasting_places")
def test_triggers_that_are_gone_are_grave() -> None:
    from tests.store.tampering import triggers_off

    with triggers_off():
        assert states(database.append_only) == {"append_only": "grave"}
    assert states(database.append_only) == {"append_only": "good"}


@pytest.mark.usefixtures("lasting_places")
@pytest.mark.parametrize("table", ["store_entry", "store_dayroot", "store_reading", "store_proposal"])
def test_a_table_put_in_the_place_of_a_guarded_one_is_grave(table: str) -> None:
    from guitu.store.readings import database as log

    alias = log.alias() if table in database.LOGGED else connection.alias
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        try:
            cursor.execute(f"CREATE TABLE {table} AS SELECT * FROM {table}_before")
            (found,) = list(database.append_only())
            assert (found.check, found.state) == ("append_only", "grave")
            assert table in found.what.zh
        finally:
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"ALTER TABLE {table}_before RENAME TO {table}")
    assert states(database.append_only) == {"append_only": "good"}


@pytest.mark.usefixtures("places")
def test_a_mighty_login_and_a_connection_without_certificate_are_grave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"HOST": "db.example", "OPTIONS": {}}
    monkeypatch.setattr(database.engine, "is_postgresql", lambda: True)
    monkeypatch.setattr(database.engine, "rows", lambda *_: [(True, False, "postgres")])
    monkeypatch.setattr(database, "connection", _Settings(settings_dict=told))
    assert states(database.server_login) == {"server_login": "grave", "server_tls": "grave"}
    told["OPTIONS"] = {"sslmode": "verify-full"}
    monkeypatch.setattr(database.engine, "rows", lambda *_: [(False, False, "guitu")])
    assert states(database.server_login) == {"server_login": "good"}
    monkeypatch.setattr(
        database.engine, "rows_for", lambda *_: [("store_entry", False), ("store_person", True)]
    )
    monkeypatch.setattr(database, "tables", lambda: frozenset(database.LOCKED))
    assert states(database.second_lock) == {"row_security": "grave"}
    monkeypatch.setattr(database.engine, "rows_for", lambda *_: [("store_entry", True)])
    assert states(database.second_lock) == {"row_security": "good"}


@pytest.mark.usefixtures("places")
def test_one_account_in_two_of_the_three_administrators_posts_is_grave() -> None:
    staff.add("one", PASSWORD, "一", [("system_admin", "46")])
    assert states(accounts.apart)["administrators"] == "good"
    user = User.objects.get(username="one")
    engine.execute(
        "INSERT INTO store_staffpost (user_id, role, unit)"
        " SELECT %s, 'audit_admin', no FROM store_unit WHERE code = '46'",
        [user.pk],
    )
    assert states(accounts.apart) == {"administrators": "grave", "administrators_missing": "warning"}
    assert "one" in found(accounts.apart)["administrators"].what.zh


@pytest.mark.usefixtures("places")
def test_idle_accounts_and_first_passwords_are_told() -> None:
    staff.add("idle", PASSWORD, "闲", [("town_office", TOWN)])
    staff.add("given", "abcde-fghjk-mnpqr", "新", [("town_office", TOWN)], one_time=True)
    assert states(accounts.asleep) == {"dormant": "good"}
    long_ago = datetime.now(UTC) - timedelta(days=120)
    User.objects.update(date_joined=long_ago)
    assert states(accounts.asleep) == {"dormant": "warning", "one_time_passwords": "warning"}
    assert "idle" in found(accounts.asleep)["dormant"].what.zh
    assert "given" in found(accounts.asleep)["one_time_passwords"].what.zh


@pytest.mark.usefixtures("places")
def test_an_account_of_the_demonstration_outside_it_is_grave(settings: Any) -> None:
    from guitu.simulate.accounts import accounts as known

    assert states(accounts.known_passwords) == {"demo_accounts": "good"}
    staff.add(known()[0].username, settings.DEMO_PASSWORD, "演示", [("town_office", TOWN)])
    assert states(accounts.known_passwords) == {"demo_accounts": "grave"}


@pytest.mark.usefixtures("places")
def test_missing_roots_and_a_verification_that_failed_are_told(tmp_path: Path) -> None:
    from tests.security.world import build

    assert states(records.roots) == {}
    build()
    assert states(records.roots) == {"roots": "warning"}
    with override_settings(HOME=tmp_path):
        assert states(records.verified) == {"verified": "warning"}
        today = datetime.now(UTC).date().isoformat()
        (tmp_path / records.VERIFIED).write_text(json.dumps({"day": today, "good": True}))
        assert states(records.verified) == {"verified": "good"}
        (tmp_path / records.VERIFIED).write_text(json.dumps({"day": today, "good": False}))
        assert states(records.verified) == {"verified": "grave"}


def test_an_office_that_has_not_said_how_long_it_keeps_things_is_told(tmp_path: Path) -> None:
    with override_settings(HOME=tmp_path):
        assert states(records.retention) == {"retention": "warning"}
        term = "{months: 12, decided_by: 示例〔2026〕5号, decided_on: 2026-11-01}"
        (tmp_path / records.RETENTION).write_text(f"identity: {term}\n", encoding="utf-8")
        assert states(records.retention) == {"retention": "warning"}
        every = "".join(f"{name}: {term}\n" for name in CATEGORIES)
        (tmp_path / records.RETENTION).write_text(every, encoding="utf-8")
        assert states(records.retention) == {"retention": "good"}


def test_a_library_that_is_not_the_locked_one_is_grave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(packages.as_locked) == {"packages": "good"}
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==1.0 ; python_version < '3' \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(packages, "LOCK", lock)
    assert states(packages.as_locked) == {"packages": "good"}, "one version for each Python"
    lock.write_text("django==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(packages, "LOCK", lock)
    assert states(packages.as_locked) == {"packages": "grave"}
    monkeypatch.setattr(packages, "LOCK", tmp_path / "none")
    assert states(packages.as_locked) == {"packages": "unknown"}


@pytest.mark.usefixtures("places")
def test_everything_bad_says_what_why_and_what_to_do_in_both_languages() -> None:
    with override_settings(DEBUG=True, DEMO=True, SECRET_KEY="x", **OUTSIDE):
        for one in look():
            if one.state == "good":
                continue
            assert one.why is not None
            assert one.do is not None
            for label in (one.what, one.why, one.do):
                assert label.zh
                assert label.en
                assert "\n" not in label.zh


@pytest.mark.usefixtures("places")
def test_a_check_that_breaks_is_unknown_and_tells_nothing_of_the_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> Any:
        raise RuntimeError("secret /srv/keys")

    monkeypatch.setattr(packages, "CHECKS", (broken,))
    said = [one for one in look() if one.check == "broken"]
    assert [one.state for one in said] == ["unknown"]
    assert "secret" not in said[0].what.zh


@pytest.mark.usefixtures("places")
def test_the_command_ends_with_one_only_if_something_is_grave(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(DEBUG=True):
        assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["grave"] >= 1
    assert {"check", "state", "what", "why", "do"} == set(told["checks"][0])
    from guitu.cli import doctor_checks

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            doctor_checks,
            "look",
            lambda: [Finding("x", "warning", *[found(configuration.debug)["debug"].what] * 3)],
        )
        assert main(["--lang", "en", "doctor"]) == 0
    assert "▲ warning" in capsys.readouterr().out
    assert sys.modules["guitu.cli.doctor"]
