"""How quickly the pages of a centre answer after a year of it: 2,000 residents, every page that a role of
the centre comes to by its links, eight clients that never rest, the real server with the workers it starts by
itself, while somebody records something about one resident after the other.

The pages are found as people find them, by following links from Today; a page that is added later is measured
without anybody naming it here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Final

from guitu.bench.load import Client, Outcome, press
from guitu.bench.pages import CAREFUL, CLIENTS, WANTED_MS, eight, environment, serving, signed_in
from guitu.bench.postgres import Server
from guitu.bench.processor import spent
from guitu.bench.report import Figure, percentile

ROLES: Final = (
    "centre", "intake", "brigade", "doctor", "nurse", "counsellor", "teacher", "coach", "panel", "planner",
)  # fmt: skip
"""The accounts of the centre's own roles."""
MOST_PATHS: Final = 4
"""Addresses of one page that are asked in turn: other people, other days, other filters."""
MOST_LOOKED: Final = 250
"""Pages that are opened to find links, for one account."""
_START: Final = ("/", "/people/", "/roster/")
_ELSEWHERE: Final = (
    "/about/", "/account/", "/accounts/", "/approvals/", "/gallery/", "/handover/", "/indicators/",
    "/ledgers/", "/packs/", "/preferences/", "/proposals/", "/readings/", "/remedies/", "/sign", "/units/",
    "/figures", "/log",
)  # fmt: skip
"""Not of the centre: these are measured elsewhere."""
_LINK: Final = re.compile(rb'<a\b[^>]*?\bhref="(/[^"#]*)')

_PATTERNS: Final = """
import json
from guitu.cli.opening import open_store
open_store()
from django.urls import get_resolver
def walk(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from walk(one.url_patterns)
        elif one.name:
            yield one.pattern.regex.pattern, one.name
print(json.dumps(list(walk(get_resolver().url_patterns))))
"""


@dataclass(slots=True)
class Found:
    """What a role finds: by the page's name, addresses of it."""

    account: str
    paths: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """One page as one role asks it. `first` are the times of each address asked for the first time; `cpu` is
    the server's processor time for a request in ms, `queries` how many it asks of the database."""

    page: str
    account: str
    paths: int
    outcome: Outcome
    first: Sequence[float]
    cpu: float
    queries: float

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return percentile(self.outcome.times, 0.95)


def build(home: Path, database: str, residents: int, days: int) -> dict[str, Any]:
    """Make the centre, unless the folder holds it; what it has and how long it took."""
    done = home / f"centre-{residents}-{days}.json"
    env = environment(home, database)
    if done.exists():
        subprocess.run([sys.executable, "-m", "guitu", "migrate"], env=env, check=True, stdout=sys.stderr)
        return dict(json.loads(done.read_text()))
    home.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "guitu.bench.build", "--residents", str(residents), "--days", str(days)]
    made = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    size = sum(f.stat().st_size for f in home.glob("guitu.sqlite3*"))
    known = json.loads(made.strip().splitlines()[-1])
    known |= {"seconds": round(time.monotonic() - began), "megabytes": round(size / 1e6)}
    done.write_text(json.dumps(known))
    return dict(known)


def run(
    where: str, home: Path, *, residents: int, days: int, requests: int, only: Sequence[str] = ()
) -> list[Figure]:
    """The figures of every page, the slowest first. `only` are words of the pages' names; all without."""
    server = Server(CAREFUL, home.with_name(f"{home.name}-server")) if where == "postgresql" else None
    try:
        database = server.url if server else ""
        known = build(home, database, residents, days)
        env = environment(home, database)
        patterns = _patterns(env)
        with serving(env) as (port, process):
            found = _all_found(port, patterns, home / "addresses.json")
            asked = _queries(env, found, only)
            with working(env):
                measured = list(_measure(port, process, found, asked, requests, only))
    finally:
        if server:
            server.stop()
    note = f"{where}, {residents:,} residents, {days} days"
    return [*_built(known, note), *_figures(measured, note)]


@contextmanager
def working(env: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile somebody records something about one resident after the other (`guitu.bench.working`)."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "guitu.bench.working"], env=dict(env), stdout=subprocess.DEVNULL
    )
    try:
        yield
        if writer.poll() is not None:
            raise RuntimeError("who records meanwhile has stopped")
    finally:
        writer.terminate()
        writer.wait(30)


def _patterns(env: Mapping[str, str]) -> list[tuple[re.Pattern[str], str]]:
    """The addresses of the house's pages, in the order in which they are tried."""
    said = subprocess.run([sys.executable, "-c", _PATTERNS], env=dict(env), check=True, capture_output=True)
    given = json.loads(said.stdout.decode().strip().splitlines()[-1])
    return [(re.compile(regex), name) for regex, name in given]


def named(path: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """The name of the page at an address; nothing for an address of none."""
    bare = path.partition("?")[0].lstrip("/")
    return next((name for regex, name in patterns if regex.match(bare)), "")


def _all_found(port: int, patterns: Sequence[tuple[re.Pattern[str], str]], kept: Path) -> list[Found]:
    """What every role finds; kept beside the centre while the house has the same pages."""
    names = [name for _, name in patterns]
    if kept.exists():
        known = json.loads(kept.read_text())
        if known["pages"] == names:
            return [Found(account, paths) for account, paths in known["found"].items()]
    found = [_found(port, account, patterns) for account in ROLES]
    kept.write_text(json.dumps({"pages": names, "found": {f.account: f.paths for f in found}}))
    return found


def _found(port: int, account: str, patterns: Sequence[tuple[re.Pattern[str], str]]) -> Found:
    """Follow links from Today, and keep some addresses of every page."""
    client, found = signed_in(port, account), Found(account)
    waiting, met = deque(_START), set(_START)
    for _ in range(MOST_LOOKED):
        if not waiting:
            break
        path = waiting.popleft()
        status, page = client.ask("GET", path)
        if status != 200:
            continue
        found.paths.setdefault(named(path, patterns), []).append(path)
        for raw in _LINK.findall(page):
            link = unescape(raw.decode())
            name = named(link, patterns)
            if link in met or link.startswith(_ELSEWHERE) or not name:
                continue
            if sum(named(other, patterns) == name for other in waiting) + len(
                found.paths.get(name, ())
            ) < MOST_PATHS:  # fmt: skip
                met.add(link)
                waiting.append(link)
    return found


def _chosen(found: Sequence[Found], only: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    for one in found:
        for name, paths in sorted(one.paths.items()):
            if not only or any(word in name for word in only):
                yield one.account, name, paths


def _queries(
    env: Mapping[str, str], found: Sequence[Found], only: Sequence[str]
) -> dict[tuple[str, str], float]:
    """How many queries a request asks, by account and page: counted in a process of its own, each address
    asked twice and the second counted."""
    wanted = [[account, name, paths] for account, name, paths in _chosen(found, only)]
    said = subprocess.run(
        [sys.executable, "-m", "guitu.bench.asked"], input=json.dumps(wanted), env=dict(env), check=True,
        stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    return {(account, name): count for account, name, count in json.loads(said.strip().splitlines()[-1])}


def _measure(
    port: int, process: int, found: Sequence[Found], asked: Mapping[tuple[str, str], float], requests: int,
    only: Sequence[str],
) -> Iterator[Measured]:  # fmt: skip
    clients: dict[str, list[Client]] = {}
    for account, name, paths in _chosen(found, only):
        here = clients.setdefault(account, []) or clients[account]
        if not here:
            here += eight(port, account)

        def ask(client: Client, number: int, paths: list[str] = paths) -> tuple[int, bytes]:
            return client.ask("GET", paths[number % len(paths)])

        first = press(here, len(paths), ask, most_seconds=60, good=(200,))
        press(here, 2 * len(paths) + CLIENTS, ask, most_seconds=60, good=(200,))
        before = spent(process)
        outcome = press(here, requests, ask, most_seconds=60, good=(200,))
        cpu = (spent(process) - before) * 1000 / max(1, len(outcome.times))
        yield Measured(
            name, account, len(paths), outcome, first.times, cpu, asked.get((account, name), float("nan"))
        )
        print(f"  {name} {account}: {percentile(outcome.times, 0.95):.0f} ms", file=sys.stderr, flush=True)


def _built(known: Mapping[str, Any], note: str) -> Iterator[Figure]:
    said = (
        f"{note}; {known['people']:,} people were inside at some time of it, {known['came']:,} came,"
        f" {known['left']:,} left; built in {known['seconds']:,} s"
        + (f", {known['megabytes']:,} MB" if known["megabytes"] else "")
    )
    yield Figure("centre entries", float(known["entries"]), "entries", note=said)


def _figures(measured: Sequence[Measured], note: str) -> Iterator[Figure]:
    """One figure for each page: as the role asks it for whom it is slowest."""
    worst: dict[str, Measured] = {}
    for one in measured:
        if one.page not in worst or one.p95 > worst[one.page].p95:
            worst[one.page] = one
    for one in sorted(worst.values(), key=lambda m: -m.p95):
        failed = f"; {one.outcome.failed} of {len(one.outcome.times)} FAILED" if one.outcome.failed else ""
        yield Figure(
            f"centre {one.page} p95", one.p95, "ms", wanted=f"{WANTED_MS} ms or less",
            note=f"{note}; {one.account}, {CLIENTS} clients, {one.paths} addresses,"
            f" p50 {percentile(one.outcome.times, 0.5):.1f} ms, processor {one.cpu:.1f} ms,"
            f" {one.queries:.0f} queries, first look p95 {percentile(list(one.first), 0.95):.0f} ms,"
            f" {one.outcome.bytes / max(1, len(one.outcome.times)) / 1000:.0f} kB{failed}",
        )  # fmt: skip
    slow = sum(m.p95 > WANTED_MS for m in worst.values())
    yield Figure("centre pages over the wanted time", float(slow), f"of {len(worst)} pages", wanted="0")
