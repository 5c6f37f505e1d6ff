"""`guitu serve` starts on an empty data folder, answers, and stops cleanly; what hinders it is a sentence."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from guitu.cli.serve import see_that_it_is_free
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith("GUITU_") and k != "DJANGO_SETTINGS_MODULE"
    }
    return subprocess.Popen(
        [sys.executable, "-m", "guitu.cli.main", "--lang", "en", "serve", *arguments],
        cwd=ROOT,
        env={**kept, "GUITU_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def get(url: str) -> tuple[int, str]:
    end = time.monotonic() + WAIT
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as problem:
            return problem.code, problem.read().decode()
        except (URLError, OSError):
            assert time.monotonic() < end, "the server did not answer"
            time.sleep(0.1)


def test_it_serves_from_an_empty_folder_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_port()
    server = start(tmp_path, "--port", str(port), "--workers", "1")
    try:
        status, html = get(f"http://127.0.0.1:{port}/")
        assert status == 200
        assert "登录" in html
        style = html.split('rel="stylesheet" href="')[1].split('"')[0]
        assert re.fullmatch(r"/static/guitu/guitu\.[0-9a-f]{12}\.css", style)
        assert "--paper" in get(f"http://127.0.0.1:{port}{style}")[1]
        assert get(f"http://127.0.0.1:{port}/nothing/")[0] == 404
        assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
        time.sleep(1)  # it looks ten times a second whether somebody answers, and says so then
    finally:
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=WAIT)[1]
    assert server.returncode == 0
    assert f"Serving http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_port_that_cannot_be_is_one_sentence(tmp_path: Path, port: str) -> None:
    server = start(tmp_path, "--port", port)
    said = server.communicate(timeout=WAIT)[1]
    assert server.returncode == 2
    assert said.strip().splitlines() == [f"a port is from 1 to 65535, not {port}"]


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = start(tmp_path, "--port", str(port))
        said = server.communicate(timeout=WAIT)[1]
    assert server.returncode == 2
    assert said.strip().splitlines() == [
        f"127.0.0.1:{port} cannot be used (it is taken); choose another with --port."
    ]
    assert "Traceback" not in said


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b"])
def test_an_address_that_is_another_machines_advises_no_other_port(host: str) -> None:
    with pytest.raises(GuituError) as refused:
        see_that_it_is_free(host, free_port())
    assert refused.value.label == Label(
        f"本机没有地址“{host}”；请用 --host 写本机的一个地址，不写则只限本机。",
        f"this machine has no address “{host}”; give one of its own with --host, or none for this computer"
        " only.",
    )


def test_a_malformed_database_address_is_one_sentence(tmp_path: Path) -> None:
    server = start(tmp_path, "--port", str(free_port()), GUITU_DATABASE_URL="mysql://somewhere")
    said = server.communicate(timeout=WAIT)[1]
    assert server.returncode == 2
    assert "GUITU_DATABASE_URL must read postgresql://" in said
    assert "Traceback" not in said


IMPORTED = """
import gc
import sys
from guitu.cli import serve
before = set(sys.modules)
serve._answers("127.0.0.1", 9)
print(sorted(set(sys.modules) - before))
import guitu.web.wsgi
print("guitu.web.pages.signin.view" in sys.modules)
print(gc.get_freeze_count() > 100_000, gc.isenabled())
"""


def test_nothing_is_imported_while_processes_are_split_off_or_requests_come_in(tmp_path: Path) -> None:
    """A process split off in the middle of an import, and two threads that import the same, wait for ever.
    And what was imported is not looked through for cycles with every page."""
    found = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        env={**os.environ, "GUITU_HOME": str(tmp_path / "office"), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert found.stdout.split("\n")[:3] == ["[]", "True", "True True"], found.stderr
