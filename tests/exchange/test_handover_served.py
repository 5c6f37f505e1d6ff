"""Two real servers (`guitu serve`), each with a data folder of its own, that speak HTTP with one another
through a line that is cut at every point: nobody is lost, doubled or in two states, and no duty is left
behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from guitu.kernel.zone import CHINA
from guitu.trials.handover.running import Cut, Trial
from tests.web.test_frame_serve import free_port, get, start

PEOPLE: Final = 12
NOON: Final = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
"""Before ten, at which a server stands whose day is fixed."""
WAYS: Final = (
    "no connection", "cut in the request", "cut in the body", "answer lost", "answer cut", "twice",
    "server killed before", "server killed after", "no server", "damaged",
)  # fmt: skip
"""What happens to one call on its way."""


class Server:
    """`guitu serve` on a data folder, which may die at any moment."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.process: subprocess.Popen[str] | None = None
        self.begin()

    def begin(self) -> None:
        self.process = start(
            self.home, "--port", str(self.port), "--workers", "1",
            GUITU_TODAY="2026-11-23", GUITU_DEMO_IDS="1", GUITU_RATES="off",
        )  # fmt: skip
        assert get(f"http://127.0.0.1:{self.port}/about/")[0] in (200, 302, 404)

    def die(self) -> None:
        """As in a power cut: its children too."""
        assert self.process is not None
        for child in self.children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.communicate()

    def children(self) -> list[int]:
        assert self.process is not None
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in listed.read_text().split()] if listed.exists() else []

    def end(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                self.die()


class Line:
    """The way to a server: carries each call over, or does to it what is planned next."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.planned: list[str] = []
        self.met: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def end(self) -> None:
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                self._carry(caller, self.planned.pop(0) if self.planned else "")

    def _carry(self, caller: socket.socket, way: str) -> None:
        if way:
            self.met.append(way)
        if way == "no connection":
            return
        call = _whole(caller)
        head = call.index(b"\r\n\r\n") + 4
        if way in ("server killed before", "no server"):
            self.server.die()
        if way == "no server":
            self.server.begin()
            return
        if way == "server killed before":
            self.server.begin()
        if way == "cut in the request":
            self._give(call[: head // 2])
            return
        if way == "cut in the body":
            self._give(call[: head + (len(call) - head) // 2])
            return
        if way == "damaged":
            place = head + (len(call) - head) // 2
            call = call[:place] + bytes((call[place] ^ 0x20,)) + call[place + 1 :]
        answer = self._give(call)
        if way == "twice":
            answer = self._give(call)
        if way == "server killed after":
            self.server.die()
            self.server.begin()
            return
        if way != "answer lost":
            caller.sendall(answer[: len(answer) // 2] if way == "answer cut" else answer)

    def _give(self, call: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as to:
            to.sendall(call)
            if not _is_whole(call):
                return b""
            return b"".join(iter(lambda: to.recv(65536), b""))


def _is_whole(call: bytes) -> bool:
    head, found, body = call.partition(b"\r\n\r\n")
    told = [line.split(b":") for line in head.split(b"\r\n")]
    lengths = [int(line[1]) for line in told if line[0].lower() == b"content-length"]
    return bool(found) and len(body) >= (lengths[0] if lengths else 0)


def _whole(caller: socket.socket) -> bytes:
    call = b""
    while not _is_whole(call):
        more = caller.recv(65536)
        if not more:
            raise OSError("the caller went away")
        call += more
    return call


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Trial, dict[str, Line]]]:
    """Two servers, the line to each, and the officers at either place, who work on the same folders."""
    trial = Trial(tmp_path, PEOPLE, 11)
    servers: dict[str, Server] = {}
    lines: dict[str, Line] = {}
    try:
        for name in trial.sites:
            servers[name] = Server(tmp_path / name)
            lines[name] = Line(servers[name])
        trial.sites["sender"].ask("peer", trial.sites["receiver"].card, lines["receiver"].url)
        trial.sites["receiver"].ask("peer", trial.sites["sender"].card, lines["sender"].url)
        yield trial, lines
    finally:
        for line in lines.values():
            line.end()
        for server in servers.values():
            server.end()
        trial.end()


def tried(trial: Trial, name: str, now: datetime) -> bool:
    """Let a site exchange with the other's server; whether it came to its end."""
    try:
        trial.sites[name].ask("exchange_served", now)
    except Cut:
        return False
    return True


@pytest.mark.slow
def test_two_servers_hand_people_over_through_a_line_that_is_cut_at_every_point(
    world: tuple[Trial, dict[str, Line]],
) -> None:
    trial, lines = world
    moments = iter(NOON + timedelta(seconds=n) for n in range(1, 1700))
    trial.sites["sender"].ask("seed", PEOPLE, 11, next(moments))
    for number, way in enumerate(WAYS):
        for name, other in (("sender", "receiver"), ("receiver", "sender")):
            trial.sites[name].ask("act", f"{number}/{name}", next(moments))
            lines[other].planned = ["", way] if number % 2 else [way]
            tried(trial, name, next(moments))
            lines[other].planned = []
            tried(trial, name, next(moments))
    assert {one for line in lines.values() for one in line.met} == set(WAYS)
    end = time.monotonic() + 120
    while any(site.ask("pending", next(moments)) for site in trial.sites.values()):
        assert time.monotonic() < end, "something is owed for ever"
        for name in trial.sites:
            tried(trial, name, next(moments))
    found = trial.count()
    assert found.good, found
    assert sum(found.states.values()) == PEOPLE
    assert found.states.get("contacted"), found.states
