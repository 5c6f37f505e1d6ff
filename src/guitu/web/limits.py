"""Whether a request is one too many, or too large: by the table in bounds.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from guitu.web.bounds import COUNTED, RATES, SEARCHES, Rate, most_sent
from guitu.web.clock import ticks
from guitu.web.counters import Counters
from guitu.web.taking.offered import asked_for
from guitu.web.who import who

WINDOW: Final = 60
"""Seconds."""


def too_large(request: HttpRequest) -> bool:
    """Whether a request announces more than its address takes. Nothing of it has been read yet."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isascii() or not announced.isdigit():
        return True
    return len(announced) > 15 or int(announced) > most_sent(request.path_info)


def exceeded(request: HttpRequest) -> tuple[Rate, int, int] | None:
    """Count this request. If it is one too many: the rate, how many a minute are allowed, and the seconds
    until it may be asked again."""
    allowed: dict[str, int] = settings.RATES
    if not any(allowed.values()):
        return None
    moment = ticks()
    window = int(moment // WINDOW)
    for name in _names(request):
        most = allowed[name]
        if most and _counters().count(_what(request, name), window) > most:
            return _BY_NAME[name], most, max(1, WINDOW - int(moment % WINDOW))
    return None


def not_counted(request: HttpRequest) -> None:
    """A file that could not be taken in for a fault of ours was no upload: it may be sent again at once."""
    if "upload" in _names(request) and settings.RATES["upload"]:
        _counters().count(_what(request, "upload"), int(ticks() // WINDOW), by=-1)


def _what(request: HttpRequest, name: str) -> str:
    """Whose requests under this rate are counted together: an account's, else an address's."""
    reader = who(request)
    account = f"u{reader.user_id}" if reader is not None and not _BY_NAME[name].by_address else ""
    return f"{name}\0{account or f'a{address(request)}'}"


def one_more(what: str, most: int) -> int:
    """Count one more of something that is allowed `most` times a minute: 0, or the seconds until it may be
    done again. Where all limits are lifted nothing is counted."""
    if not any(settings.RATES.values()):
        return 0
    moment = ticks()
    if _counters().count(what, int(moment // WINDOW)) <= most:
        return 0
    return max(1, WINDOW - int(moment % WINDOW))


def _names(request: HttpRequest) -> tuple[str, ...]:
    """The rates that a request counts under."""
    match = request.resolver_match
    url = (match.url_name if match else "") or ""
    found: tuple[str, ...] = ("pages",) if who(request) is not None else ()
    if url in SEARCHES and request.GET.get("q"):
        return (*found, "search")
    if asked_for(request.META.get("QUERY_STRING", "")):
        return (*found, "export")
    name, method = COUNTED.get(url, ("", ""))
    return (*found, name) if name and method in ("", request.method) else found


def address(request: HttpRequest) -> str:
    """Where a request comes from. Behind a proxy that speaks https (GUITU_TLS=1) it is the last address that
    the proxy names, which is the one it saw itself; else the connection's own."""
    if settings.BEHIND_TLS and (told := request.META.get("HTTP_X_FORWARDED_FOR")):
        return str(told).rpartition(",")[2].strip()[:64]
    return str(request.META.get("REMOTE_ADDR") or "")[:64]


_BY_NAME: Final = {rate.name: rate for rate in RATES}


@cache
def _counters() -> Counters:
    return Counters(Path(settings.HOME) / "rates", settings.SECRET_KEY)
