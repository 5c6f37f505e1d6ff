"""How quickly the API answers on a full province, and what streaming a whole list takes of memory: the real
server, a real token, eight programs that never rest."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from guitu.bench import pages
from guitu.bench.load import LOOPBACK, Client, Outcome, press
from guitu.bench.pages import CAREFUL, CLIENTS, PINYIN, WANTED_MS, build, environment, numbers, serving
from guitu.bench.postgres import Server
from guitu.bench.report import Figure, percentile

MOST_MIB: Final = 200
"""What a server process may hold while it streams everybody."""

_TOKEN: Final = """
import sys
from guitu.cli.opening import open_store
open_store()
from guitu.access.scopes import scopes_for
from guitu.store import engine
from guitu.web.accounts import tokens
from guitu.web.who import Who, posts_of
(number, username), = engine.rows("SELECT id, username FROM auth_user WHERE username = %s", [sys.argv[1]])
post = posts_of(number)[0]
holder = Who(username, username, post, (post,), number)
for one in tokens.of_account(number):  # what runs before left; an account may have so many
    if one.name == "bench":
        tokens.end(one.id, number)
_, text = tokens.make(holder, "bench", frozenset(s.name for s in scopes_for(holder.actor)), 1)
print(text)
"""
"""Asked in a process of its own: this one has not opened the store."""


class Program(Client):
    """One program's worth of calls over one connection."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(port)
        self.token = token

    def call(self, method: str, path: str, sent: object = None) -> tuple[int, bytes]:
        """One call; the status and the body."""
        body = b"" if sent is None else json.dumps(sent).encode()
        head = (
            f"{method} /api/v1/{path} HTTP/1.1\r\nHost: {LOOPBACK}:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/json\r\n\r\n"
        )
        try:
            return self._exchange(head.encode() + body)
        except OSError:
            self._close()
            raise


def run(where: str, home: Path, *, people: int, copies: int, requests: int = 400) -> list[Figure]:
    """The figures. `where` is "sqlite" or "postgresql"; `home` keeps the province between runs."""
    server = Server(CAREFUL, home.with_name(f"{home.name}-server")) if where == "postgresql" else None
    try:
        database = server.url if server else ""
        build(home, database, people, copies)
        env = environment(home, database) | {"GUITU_EXPORT_ALONE": "100000000"}
        files = numbers(env, "46", 40, 200)
        tokens = {name: _token(env, name) for name in ("town", "county", "province")}
        note = f"{where}, {people * copies:,} people"
        with serving(env, "--workers", "2", "--threads", "2") as (port, _):
            found = list(_calls(port, tokens, files, requests, note))
        with serving(env, "--workers", "1", "--threads", "1") as (port, process):
            found += _streamed(port, process, tokens["province"], note)
        return found
    finally:
        if server:
            server.stop()


def _token(env: dict[str, str], account: str) -> str:
    command = [sys.executable, "-c", _TOKEN, account]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.strip()


def _calls(
    port: int, tokens: dict[str, str], files: Sequence[str], requests: int, note: str
) -> Iterator[Figure]:
    half = len(files) // 2
    new, known = files[:half], files[half:][: pages.MOST_KNOWN]
    scenes: tuple[tuple[str, str, str, Sequence[tuple[str, object]]], ...] = (
        ("list of 50 county", "county", "GET", [("people?limit=50", None)]),
        ("list of 50 province", "province", "GET", [("people?limit=50", None)]),
        ("overdue list province", "province", "GET", [("people?limit=50&overdue=true", None)]),
        ("search province", "province", "POST", [("people/search", {"q": word}) for word in PINYIN]),
        ("duties county", "county", "GET", [("duties?limit=50", None), ("duties?due=late", None)]),
        ("file first look", "province", "GET", [(f"files/{quote(n)}", None) for n in new]),
        ("file", "province", "GET", [(f"files/{quote(n)}", None) for n in known]),
        ("entries", "province", "GET", [(f"files/{quote(n)}/entries", None) for n in known]),
        ("assessment", "province", "GET", [(f"files/{quote(n)}/assessment", None) for n in known]),
    )
    for name, account, method, calls in scenes:
        clients = [Program(port, tokens[account]) for _ in range(CLIENTS)]

        def ask(
            client: Client, n: int, method: str = method, calls: Sequence[tuple[str, object]] = calls
        ) -> tuple[int, bytes]:
            assert isinstance(client, Program)
            path, sent = calls[n % len(calls)]
            return client.call(method, path, sent)

        once = name.endswith("first look")
        if calls and not once:
            press(clients, 4 * CLIENTS + len(calls), ask, most_seconds=60)
        count = min(requests, len(calls)) if once else requests if calls else 0
        yield _figure(name, press(clients, count, ask, good=(200,), most_seconds=120), note)
    yield from _deep(port, tokens["province"], requests, note)


def _deep(port: int, token: str, requests: int, note: str) -> Iterator[Figure]:
    """Page after page of the whole list: the last costs what the first does."""
    program, times, cursor, failed = Program(port, token), [], "", 0
    began = time.perf_counter()
    for _ in range(requests):
        at = time.perf_counter()
        status, body = program.call("GET", f"people?limit=200{f'&cursor={cursor}' if cursor else ''}")
        times.append((time.perf_counter() - at) * 1000)
        failed += status != 200
        cursor = json.loads(body).get("next") or ""
    yield _figure("page after page of 200", Outcome(times, failed, time.perf_counter() - began, 0), note)


def _figure(name: str, outcome: Outcome, note: str) -> Figure:
    if not outcome.times:
        return Figure(f"api {name} p95", float("nan"), "ms", note=f"{note}; nothing to ask")
    failed = f"; {outcome.failed} of {len(outcome.times)} FAILED" if outcome.failed else ""
    said = (
        f"{note}; p50 {percentile(outcome.times, 0.5):.1f} ms,"
        f" {len(outcome.times) / outcome.seconds:.0f}/s{failed}"
    )
    wanted = f"{WANTED_MS} ms or less"
    return Figure(f"api {name} p95", percentile(outcome.times, 0.95), "ms", wanted=wanted, note=said)


def _streamed(port: int, process: int, token: str, note: str) -> list[Figure]:
    """Everybody, streamed; the rows, the seconds, and the most memory that a server process held."""
    found = []
    for form in ("ndjson", "csv"):
        began, rows, size = time.perf_counter(), 0, 0
        link = http.client.HTTPConnection(LOOPBACK, port, timeout=600)
        link.request(
            "GET", f"/api/v1/people/export?format={form}", headers={"Authorization": f"Bearer {token}"}
        )
        answer = link.getresponse()
        while part := answer.read(1 << 16):
            rows += part.count(b"\n")
            size += len(part)
        seconds = time.perf_counter() - began
        said = f"{note}; status {answer.status}, {rows:,} lines, {size / 1e6:.0f} MB in {seconds:.1f} s"
        wanted = f"{MOST_MIB} MiB or less"
        found.append(Figure(f"api export {form} peak", _peak(process), "MiB", wanted=wanted, note=said))
        link.close()
    return found


def _peak(process: int) -> float:
    """The most memory that the process or one below it has held, in MiB (Linux)."""
    peaks, todo = [0.0], [process]
    while todo:
        one = todo.pop()
        folder = Path("/proc") / str(one)
        try:
            lines = (folder / "status").read_text().splitlines()
            below = (folder / "task" / str(one) / "children").read_text().split()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
        todo += map(int, below)
    return max(peaks)
