"""How quickly pages answer on a full province: the real server, real pages, eight clients that never rest."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import quote

from guitu.bench.build import DAY, PASSWORD
from guitu.bench.load import Client, Outcome, press, wait_for
from guitu.bench.postgres import Server
from guitu.bench.report import Figure, percentile
from guitu.bench.scale import STRIDE
from guitu.store.divisions import load_province

CLIENTS = 8
WANTED_MS = 50
ENTRIES = 60
MOST_KNOWN = 100
"""Case files asked for again and again."""
WARMING = 4 * CLIENTS
"""Forms opened and saved, and other files, towns and words looked at for the first time, before it counts: a
connection plans each of its statements once."""
CAREFUL = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
}
"""PostgreSQL as an office would run it: every acknowledged entry is on disk."""

GNU_HEALTH_LIST_P95_MS = 107
GNU_HEALTH_SEARCH_PER_S = 33
"""GNU Health on 10,000-13,000 people, list of 50 and name search, measured on two cores like these."""

COUNTY = "469023"
"""Where the account `county` works."""

PINYIN = ("wang", "lxm", "chenj", "fu", "zhangw", "huang", "wxh", "linm", "zhengy", "sunl", "mg", "hongb")
SURNAMES = ("wang", "li", "chen", "fu", "zhang", "huang", "wu", "lin", "zheng", "sun", "zhou", "xu")
INFIX = ("小", "明", "海", "建国", "桂", "晓", "秀英", "志", "伟", "丽", "东", "平")


_NUMBERS = """
import sys
from guitu.cli.opening import open_store
open_store()
from guitu.store import engine
from guitu.store.units import tree
area, day, *numbers = sys.argv[1:]
unit = tree().find(area)
for (case_no,) in engine.rows(
    "SELECT f.case_no FROM store_casefile f JOIN store_casestatus s ON s.file = f.no"
    " WHERE f.no < %s AND f.n BETWEEN %s AND %s AND s.state = 'in_force'"
    f" AND s.{unit.column} = %s AND NOT EXISTS (SELECT 1 FROM store_entry e WHERE e.file = f.no"
    " AND e.kind = 'urine_test' AND e.happened_on = %s) ORDER BY f.no LIMIT 400",
    [*map(int, numbers), unit.no, day],
):
    print(case_no)
"""
"""Asked in a process of its own: this one has not opened the store."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One page asked by one account; `paths` are taken in turn. `first` asks each of them once, of a server
    that has not been asked for it before."""

    name: str
    account: str
    paths: tuple[str, ...]
    first: bool = False


class _Form(HTMLParser):
    """The values a browser would send for the page's entry form, and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "form":
            self._inside = "data-entry" in given
            if self._inside:
                self.action = given.get("action", "")
        elif tag == "input" and self._inside and (name := given.get("name")):
            kind = given.get("type", "text")
            if kind not in {"radio", "checkbox", "submit"} or "checked" in given:
                self.values[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def _filled(address: str, page: bytes) -> tuple[str, dict[str, str]]:
    """Where the form of a test is sent, and its answers."""
    form = _Form()
    form.feed(page.decode())
    answers = {"happened_on": DAY.isoformat(), "outcome": "taken", "result": "negative"}
    return form.action or address, form.values | answers


def environment(home: Path, database: str) -> dict[str, str]:
    """What the server and the builder run under."""
    given = {
        **os.environ,
        "GUITU_HOME": str(home),
        "GUITU_DEMO": "1",
        "GUITU_DEMO_IDS": "1",
        "GUITU_RATES": "off",  # its clients ask a hundred times faster than people
        "GUITU_PRESETS": "FRQ-A",
        "GUITU_TODAY": DAY.isoformat(),
        "GUITU_LANG": "zh",
    }
    given.pop("GUITU_DATABASE_URL", None)
    if database:
        given["GUITU_DATABASE_URL"] = database
    return given


def build(home: Path, database: str, people: int, copies: int) -> None:
    """Make the province, unless the folder holds it already."""
    done = home / f"built-{people}-{copies}"
    if done.exists():
        subprocess.run(
            [sys.executable, "-m", "guitu", "migrate"], env=environment(home, database), check=True
        )
        return
    home.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "guitu.bench.build", "--people", str(people), "--copies", str(copies)],
        env=environment(home, database),
        check=True,
    )
    done.touch()


@contextmanager
def serving(env: dict[str, str], *options: str) -> Iterator[tuple[int, int]]:
    """The server on a free port of this machine, and its process, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "guitu", "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, env=env)
    try:
        wait_for(port, 180)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    """The server with as many workers on any machine, ended afterwards."""
    with serving(env, "--workers", "2", "--threads", "2") as (port, _):
        yield port


def numbers(env: dict[str, str], area: str, least: int, most: int) -> list[str]:
    """Case numbers of original files under a unit, of people in a measure who have that many entries and no
    test today."""
    command = [sys.executable, "-c", _NUMBERS, area, DAY.isoformat(), str(STRIDE), str(least), str(most)]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.split()


def run(where: str, home: Path, *, people: int, copies: int, requests: int = 400) -> list[Figure]:
    """The figures for every scene. `where` is "sqlite" or "postgresql"; `home` keeps the province between
    runs."""
    server = Server(CAREFUL, home.with_name(f"{home.name}-server")) if where == "postgresql" else None
    try:
        database = server.url if server else ""
        build(home, database, people, copies)
        env = environment(home, database)
        files = numbers(env, "46", ENTRIES - 5, ENTRIES + 15) or numbers(env, "46", 40, 200)
        recordable = numbers(env, COUNTY, 10, 60)
        with served(env) as port:
            return list(_measure(port, files, recordable, requests, f"{where}, {people * copies:,} people"))
    finally:
        if server:
            server.stop()


def _scenes(files: Sequence[str]) -> tuple[Scene, ...]:
    pages = ("/", "/?page=2", "/?due=late", "/?due=today", "/?due=week", "/?page=3")
    asked = tuple(f"/people/?q={quote(w)}" for w in PINYIN)
    inside = tuple(f"/people/?q={quote(w)}" for w in INFIX)
    fifty = tuple(f"/people/?list=current&size=50{more}" for more in ("", "&page=2", "&page=5"))
    whole = tuple(f"/files/{n}/" for n in files)
    new, known = whole[: len(whole) // 2], whole[len(whole) // 2 :][:MOST_KNOWN]
    towns = tuple(f"/?unit={d.code}" for d in load_province("46") if d.level == "town")
    words = tuple(f"/people/?q={quote(surname + given)}" for given in ascii_lowercase for surname in SURNAMES)
    return (
        *(Scene(f"today {level}", level, pages) for level in ("village", "town", "county", "province")),
        *(Scene(f"search pinyin {level}", level, asked) for level in ("county", "province")),
        *(Scene(f"search infix {level}", level, inside) for level in ("county", "province")),
        *(Scene(f"list of 50 {level}", level, fifty) for level in ("county", "province")),
        Scene("today of a town first look", "province", towns, first=True),
        Scene("search pinyin province first look", "province", words, first=True),
        Scene(f"case file {ENTRIES} entries first look", "province", new, first=True),
        Scene(f"case file {ENTRIES} entries", "province", known),
    )


def signed_in(port: int, account: str) -> Client:
    """A browser in which that account of the demonstration is signed in."""
    client = Client(port)
    client.sign_in(account, PASSWORD)
    return client


def eight(port: int, account: str) -> list[Client]:
    """Eight browsers in which that account is signed in."""
    first = signed_in(port, account)
    clients = [first]
    for _ in range(CLIENTS - 1):
        client = Client(port)
        client.cookies = dict(first.cookies)
        clients.append(client)
    return clients


def _measure(
    port: int, files: Sequence[str], recordable: Sequence[str], requests: int, note: str
) -> Iterator[Figure]:
    for scene in _scenes(files):
        clients, paths = eight(port, scene.account), scene.paths
        if scene.first:
            others, paths = paths[:WARMING], paths[WARMING:]
            press(clients, len(others), _asking(others), most_seconds=60)
        elif paths:
            press(clients, max(4 * CLIENTS, 6 * len(paths)), _asking(paths), most_seconds=60)
        count = min(requests, len(paths)) if scene.first else requests
        outcome = press(clients, count if paths else 0, _asking(paths), good=(200,), most_seconds=120)
        yield from _figures(scene.name, outcome, note)
    yield from _recording(port, recordable, requests // 2, note)


def _asking(paths: Sequence[str]) -> Callable[[Client, int], tuple[int, bytes]]:
    """Asks for these pages one after the other, and again."""
    return lambda client, number: client.ask("GET", paths[number % len(paths)])


def _recording(port: int, recordable: Sequence[str], requests: int, note: str) -> Iterator[Figure]:
    """Opening the form of a test, and saving it: one person each, some of them to warm up."""
    clients = eight(port, "county")
    addresses = [f"/files/{number}/record/urine_test/" for number in recordable[: requests + WARMING]]
    pages: dict[str, bytes] = {}

    def open_form(client: Client, number: int) -> tuple[int, bytes]:
        status, pages[addresses[number]] = client.ask("GET", addresses[number])
        return status, pages[addresses[number]]

    filled = cache(lambda address: _filled(address, pages[address]))

    def save(client: Client, number: int) -> tuple[int, bytes]:
        return client.ask("POST", *filled(addresses[number]))

    for name, ask, good in (("record form", open_form, (200,)), ("record save", save, (302, 303))):

        def later(
            client: Client, number: int, ask: Callable[[Client, int], tuple[int, bytes]] = ask
        ) -> tuple[int, bytes]:
            return ask(client, number + WARMING)

        press(clients, min(WARMING, len(addresses)), ask, most_seconds=60)
        if ask is save:  # reading the forms is not the server's time
            deque(map(filled, addresses), maxlen=0)
        outcome = press(clients, max(0, len(addresses) - WARMING), later, good=good, most_seconds=120)
        yield from _figures(name, outcome, note)


def _figures(name: str, outcome: Outcome, note: str) -> Iterator[Figure]:
    if not outcome.times:
        yield Figure(f"{name} p95", float("nan"), "ms", note=f"{note}; nothing to ask")
        return
    p95 = percentile(outcome.times, 0.95)
    rate = len(outcome.times) / outcome.seconds
    failed = f"; {outcome.failed} of {len(outcome.times)} FAILED" if outcome.failed else ""
    size = outcome.bytes / len(outcome.times) / 1000
    said = (
        f"{note}; {CLIENTS} clients, p50 {percentile(outcome.times, 0.5):.1f} ms, {rate:.0f}/s,"
        f" {size:.0f} kB{failed}"
    )
    peer = "GNU Health, 10,000-13,000 people"
    if name.startswith("search"):
        yield Figure(
            f"{name} rate",
            rate,
            "requests/s",
            GNU_HEALTH_SEARCH_PER_S,
            f"{peer}, name search",
            rate / GNU_HEALTH_SEARCH_PER_S,
            "20x",
            note,
        )
    elif not name.startswith("record"):
        yield Figure(
            f"{name} p95 beside",
            p95,
            "ms",
            GNU_HEALTH_LIST_P95_MS,
            f"{peer}, list of 50",
            GNU_HEALTH_LIST_P95_MS / p95,
            "8x",
            note,
        )
    yield Figure(f"{name} p95", p95, "ms", wanted=f"{WANTED_MS} ms or less", note=said)
