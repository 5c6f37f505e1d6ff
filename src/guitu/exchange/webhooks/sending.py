"""Delivering what is due: one POST each, signed anew at every attempt, and the answer noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from guitu.exchange.webhooks import signing
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, webhooks
from guitu.store.webhooks import Call

SECONDS: Final = 15
"""How long a receiver may take. It is to answer at once and work afterwards."""
LONGEST_ADDRESS: Final = 400

NOT_AN_ADDRESS: Final = Label(
    "地址应写成 https://主机/路径（内网可用 http），不含账号和片段",
    "An address is written https://host/path (http inside the house), without account or fragment",
)

Send = Callable[[Call, dict[str, str], bytes], int]
"""Carries a message to its address; the status of the answer, 0 where nobody answered."""


class NotAnAddress(GuituError):
    """What was given is no address that a message can be sent to."""


@dataclass(slots=True)
class Outcome:
    """What a round did: messages new in the outbox, taken by their receivers, and not taken."""

    new: int = 0
    taken: int = 0
    failed: int = 0


def address(text: str) -> str:
    """The address as it is kept and allowed. Raises NotAnAddress."""
    text = text.strip()
    try:
        found = urlsplit(text)
        right = (
            found.scheme in ("https", "http")
            and bool(found.hostname)
            and found.username is None
            and not found.fragment
            and (found.port is None or 0 < found.port < 65536)
        )
    except ValueError:
        right = False
    plain = text.isascii() and text.isprintable() and " " not in text
    if not (right and plain and len(text) <= LONGEST_ADDRESS):
        raise NotAnAddress(NOT_AN_ADDRESS)
    return text


@engine.house()
def deliver(now: datetime, send: Send | None = None) -> Outcome:
    """One round: look for new entries, send what is due, note every answer. Safe to be cut anywhere: what was
    sent and not noted is sent again under the same id, by which a receiver knows it."""
    found = Outcome(new=webhooks.fill(now))
    carry = send or post
    while True:
        some = webhooks.due(now)
        for call in some:
            body = call.body.encode()
            headers = signing.headers(call.secret, str(call.id), int(now.timestamp()), body)
            if webhooks.answered(call, carry(call, headers, body), now):
                found.taken += 1
            else:
                found.failed += 1
        if not some:
            break
    webhooks.sweep(now)
    return found


class _Stay(HTTPRedirectHandler):
    """Follows nobody elsewhere: only the very address that was allowed is told anything."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(_Stay, ProxyHandler({}))


def post(call: Call, headers: dict[str, str], body: bytes) -> int:
    """Send over HTTP."""
    request = Request(
        call.address,
        data=body,
        headers={**headers, "Content-Type": "application/json", "User-Agent": "guitu-webhooks/1"},
    )
    try:
        with _opener().open(request, timeout=SECONDS) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code
    except (URLError, OSError, HTTPException, ValueError):
        return 0
