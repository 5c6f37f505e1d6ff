"""What was found and may not travel in an address: kept in the session under a token, for a few minutes."""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest

from guitu.web.clock import ticks

FOUND: Final = "found"
"""Where the session keeps it, and the name it has in a form or an address."""

MINUTES: Final = 15
MOST: Final = 5


def keep(request: HttpRequest, what: str) -> str:
    """Keep a text in the session; the token by which it is found again."""
    known: dict[str, list[object]] = _live(request)
    for token, (there, _) in known.items():
        if there == what:
            return token
    token = secrets.token_urlsafe(12)
    while len(known) >= MOST:
        known.pop(next(iter(known)))
    known[token] = [what, int(ticks()) + MINUTES * 60]
    request.session[FOUND] = known
    return token


def found_file(request: HttpRequest, token: str) -> str:
    """What was kept under that token; "" if nothing, or too long ago."""
    found = _live(request).get(token)
    return str(found[0]) if found else ""


def _live(request: HttpRequest) -> dict[str, list[object]]:
    now = int(ticks())
    kept = request.session.get(FOUND, {})
    return {token: pair for token, pair in kept.items() if int(pair[1]) > now}
