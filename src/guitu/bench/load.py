"""A small bounded load on one server of this machine: so many clients, each asking again as soon as it is
answered.

The clients share the machine with what they measure, so each speaks HTTP on a plain socket: it sends what a
browser sends and reads of the answer only its status, its length and its cookies.
"""

from __future__ import annotations

import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 30.0
"""Seconds after which an answer counts as lost."""

BROWSER: Final = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: zh-CN,zh;q=0.8,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-User: ?1\r\n"
)
"""What a browser says with every request for a page."""

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE: Final = re.compile(rb"\r\nset-cookie: *([^=\r\n]+)=([^;\r\n]*)", re.IGNORECASE)
_PACKED: Final = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)
_LAST: Final = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Times of the requests in milliseconds, how many of them failed, and how long it all took."""

    times: list[float]
    failed: int
    seconds: float
    bytes: int


class Client:
    """One browser's worth of requests over one connection, with its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._socket: socket.socket | None = None

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request; the status and the body. Raises OSError where there is no answer."""
        body = urlencode(form).encode() if form is not None else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: {LOOPBACK}:{self.port}\r\n{BROWSER}"
        if self.cookies:
            head += f"Cookie: {'; '.join([f'{k}={v}' for k, v in self.cookies.items()])}\r\n"
        if form is not None:
            head += (
                f"Origin: http://{LOOPBACK}:{self.port}\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
            )
        try:
            return self._exchange(f"{head}\r\n".encode() + body)
        except OSError:
            self._close()
            raise

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection((LOOPBACK, self.port), timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = self._more()
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, end = got[: end + 2], end + 4
        length = _LENGTH.search(head)
        if length is None:
            raise ConnectionError("an answer without its length")
        parts, missing = [got[end:]], int(length[1]) - (len(got) - end)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        if b"ookie:" in head:
            for name, value in _COOKIE.findall(head):
                self.cookies[name.decode()] = value.decode()
        if _LAST.search(head):
            self._close()
        content = b"".join(parts)
        return int(head[9:12]), zlib.decompress(content, 31) if _PACKED.search(head) else content

    def _more(self) -> bytes:
        assert self._socket is not None
        got = self._socket.recv(262_144)
        if not got:
            raise ConnectionError("the server hung up")
        return got

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

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
    good: Sequence[int] = (200, 302, 303),
) -> Outcome:
    """`requests` in all, shared by the clients, each of which waits for its answer before it asks again;
    stops after `most_seconds` whatever happens. An answer that is not `good` has failed."""
    times: list[list[float]] = [[] for _ in clients]
    failed = [0] * len(clients)
    sizes = [0] * len(clients)
    stop_at = time.monotonic() + most_seconds

    def work(who: int) -> None:
        for number in range(who, requests, len(clients)):
            if time.monotonic() > stop_at:
                return
            began = time.perf_counter()
            try:
                status, content = ask(clients[who], number)
            except OSError:
                status, content = 0, b""
            times[who].append((time.perf_counter() - began) * 1000)
            sizes[who] += len(content)
            if status not in good:
                failed[who] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    return Outcome([t for some in times for t in some], sum(failed), spent, sum(sizes))
