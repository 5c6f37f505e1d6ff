"""A small bounded load on one server of this machine: so many clients, each asking again as soon as it is
answered."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Times of the requests in milliseconds, those that did not answer 200 or 303 apart, and how long it
    all took."""

    times: list[float]
    failed: int
    seconds: float
    bytes: int


class Client:
    """One browser's worth of requests over one connection, with its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request; the status and the body."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.partition(";")[0]
                key, _, text = pair.partition("=")
                self.cookies[key] = text
        return answer.status, content

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as a browser does. Raises RuntimeError if that is refused."""
        _, page = self.ask("GET", "/sign-in/")
        status, _ = self.ask(
            "POST",
            "/sign-in/",
            {"csrfmiddlewaretoken": token(page), "username": username, "password": password, "next": "/"},
        )
        if status not in {302, 303}:
            raise RuntimeError(f"signing in as {username} answered {status}")


def token(page: bytes) -> str:
    """The form's token in a page."""
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1].decode() if found else ""


def wait_for(port: int, seconds: float = 60) -> None:
    """Until the server answers. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            Client(port).ask("GET", "/about/")
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer on port {port} within {seconds} s")


def press(
    clients: Sequence[Client],
    requests: int,
    ask: Callable[[Client, int], tuple[int, bytes]],
    *,
    most_seconds: float,
) -> Outcome:
    """`requests` in all, shared by the clients, each of which waits for its answer before it asks again;
    stops after `most_seconds` whatever happens."""
    times: list[list[float]] = [[] for _ in clients]
    failed = [0] * len(clients)
    sizes = [0] * len(clients)
    stop_at = time.monotonic() + most_seconds

    def work(who: int) -> None:
        for number in range(who, requests, len(clients)):
            if time.monotonic() > stop_at:
                return
            began = time.perf_counter()
            status, content = ask(clients[who], number)
            times[who].append((time.perf_counter() - began) * 1000)
            sizes[who] += len(content)
            if status not in {200, 302, 303}:
                failed[who] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    return Outcome([t for some in times for t in some], sum(failed), spent, sum(sizes))
