"""`guitu demo` makes its own province apart from any real data, finds it again, and ends when asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

TODAY = "2026-11-23"
FEW = "25"
COMMAND = (sys.executable, "-m", "guitu.cli.main", "demo")


def environment(**more: str) -> dict[str, str]:
    """The test run's own settings, without its store, its keys and its data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUITU_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "GUITU_TODAY": TODAY, "GUITU_LANG": "en", **more}


REAL = "real.sqlite3"
"""What an office's own database is called here."""


def demo(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command until it ends."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(**more), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a small finished demonstration, made where one was not finished and while the settings
    name an office's own database and keys; and what was said. Making one takes longest here."""
    home = tmp_path_factory.mktemp("demo")
    (home / "demo.json").write_text(json.dumps({"people": 10, "day": TODAY, "finished": False}))
    (home / "guitu.sqlite3").write_bytes(b"half of something")
    real = {"GUITU_DATABASE_URL": f"sqlite://{home.parent}/{REAL}", "GUITU_MASTER_KEY": "not a key"}
    ran = demo("--home", str(home), "--people", FEW, "--build-only", **real)
    assert ran.returncode == 0, ran.stderr
    assert "25 people" in ran.stderr
    return home, ran.stderr


@pytest.fixture
def made(building: tuple[Path, str]) -> Path:
    """The folder."""
    return building[0]


def test_it_is_made_once_and_found_again(made: Path) -> None:
    before = (made / "guitu.sqlite3").stat().st_mtime_ns
    ran = demo("--home", str(made), "--build-only")
    assert ran.returncode == 0
    assert "Found the demonstration: 25 people, made on 2026-11-23" in ran.stderr
    assert (made / "guitu.sqlite3").stat().st_mtime_ns == before


def test_its_chains_hold_and_a_root_is_signed(made: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "guitu.cli.main", "verify"],
        env=environment(GUITU_HOME=str(made)), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("518 files, ")  # 25 people, and units with where they lie and what they do
    assert " 0 readings, 1 signed daily roots" in ran.stdout


def test_it_never_writes_where_other_data_lives(tmp_path: Path) -> None:
    (tmp_path / "guitu.sqlite3").write_bytes(b"an office's own store")
    for arguments, more in ((("--home", str(tmp_path)), {}), ((), {"GUITU_HOME": str(tmp_path)})):
        ran = demo(*arguments, "--fresh", "--build-only", **more)
        assert ran.returncode == 2
        assert "holds something else than a demonstration" in ran.stderr
        assert len(ran.stderr.strip().splitlines()) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["guitu.sqlite3"]


def test_the_database_and_keys_of_a_real_office_are_left_alone(made: Path) -> None:
    assert not (made.parent / REAL).exists()
    assert (made / "keys" / "master.key").is_file()


def test_one_that_was_not_finished_is_made_again(building: tuple[Path, str]) -> None:
    home, said = building
    assert "was not finished; making it again" in said
    assert json.loads((home / "demo.json").read_text())["finished"] is True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--people", "0"), "people must be from 1 to"),
        (("--people", "200001"), "people must be from 1 to"),
    ],
)
def test_a_number_of_people_that_cannot_be_is_one_sentence(
    arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    ran = demo("--home", str(tmp_path), *arguments)
    assert ran.returncode == 2
    assert says in ran.stderr


def test_a_malformed_day_is_one_sentence(tmp_path: Path) -> None:
    ran = demo("--home", str(tmp_path), GUITU_TODAY="23.11.2026")
    assert ran.returncode == 2
    assert ran.stderr.strip() == "GUITU_TODAY must read like 2026-11-23, not “23.11.2026”"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield int(held.getsockname()[1])


def test_it_takes_the_next_port_lists_the_accounts_and_ends_on_ctrl_c(made: Path, taken: int) -> None:
    with subprocess.Popen(
        [*COMMAND, "--home", str(made), "--no-open", "--port", str(taken)],
        env=environment(), stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stderr is not None
        said: list[str] = []
        end = time.monotonic() + 60
        while time.monotonic() < end and not any(line.startswith("Serving ") for line in said):
            said.append(running.stderr.readline())
        assert f"Port {taken} is taken" in "".join(said)
        address = next(line for line in said if line.startswith("Serving ")).split()[1]
        with urlopen(address + "sign-in/", timeout=10) as answer:
            shown = answer.read().decode()
        assert "guitu-demo" in shown
        assert "金江镇" in shown

        again = demo("--home", str(made), "--fresh", "--build-only")
        assert again.returncode == 2
        assert "stop it first" in again.stderr

        running.send_signal(signal.SIGINT)
        said.append(running.stderr.read())
        assert running.wait(30) == 0
    assert "Stopped." in "".join(said)
    assert "Traceback" not in "".join(said)
