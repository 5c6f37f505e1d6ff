"""Letting a phone in and answering it: whose it is, how often it may call, and refusals in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt

from guitu.exchange.phone.answering import UNREADABLE, CannotRead
from guitu.exchange.phone.bounds import CALLS_A_MINUTE
from guitu.exchange.phone.forms import said
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.access_log import LogUnavailable
from guitu.store.engine import StoreUnavailable
from guitu.store.scope import enter
from guitu.web import clock, limits
from guitu.web.accounts import phones
from guitu.web.accounts.phones import PAGE, Phone, Refused
from guitu.web.page import shows
from guitu.web.who import scope_of

P = ParamSpec("P")

TYPE: Final = "application/json; charset=utf-8"
WAIT: Final = 30
"""Seconds after which a phone tries again where the store cannot be used."""

TOO_OFTEN: Final = Label("一分钟内请求太多，请稍后再试。", "Too many calls in a minute; wait a little.")
TOO_LARGE: Final = Label("一次送来的内容太多，请分几次发送。", "Too much at once; send it in parts.")


def by_phone(view: Callable[Concatenate[HttpRequest, Phone, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that a phone calls: it gets the phone that was let in. No session, no cookie, so nothing that
    another site could send along."""

    @wraps(view)
    def answering(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, let_in(request), *args, **kwargs)
        except Refused as no:
            return refusal(no.status, no.code, no.said, **no.more)
        except CannotRead as wrong:
            return refusal(400, "unreadable", wrong.label)
        except (StoreUnavailable, LogUnavailable) as busy:
            return refusal(503, "unavailable", busy.label, retry_after=WAIT)

    return csrf_exempt(shows(PAGE, public=True)(answering))


def let_in(request: HttpRequest) -> Phone:
    """Whose phone it is; from here on the request is that account's. Raises Refused."""
    waiting = request.headers.get("X-Guitu-Waiting", "")
    number = int(waiting) if waiting.isascii() and waiting.isdigit() and len(waiting) < 7 else None
    phone = phones.known(
        request.headers.get("Authorization", "")[:200],
        number,
        request.headers.get("X-Guitu-App", "")[:20],
        now_ms=store_clock.milliseconds(clock.now()),
    )
    if seconds := limits.one_more(f"sync\0{phone.id}", CALLS_A_MINUTE):
        raise Refused(429, "too_often", TOO_OFTEN, retry_after=seconds)
    request._guitu_who = phone.acts_as  # type: ignore[attr-defined]
    enter(scope_of(phone.acts_as))
    return phone


def body_of(request: HttpRequest, most: int) -> Mapping[str, Any]:
    """The JSON object that was sent. Raises Refused."""
    try:
        content = request.body
    except RawPostDataException:  # sent as a form, and read as one already
        raise Refused(400, "unreadable", UNREADABLE) from None
    if len(content) > most:
        raise Refused(413, "too_large", TOO_LARGE)
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or "\\u0000" in content.decode("utf-8", "replace"):
        raise Refused(400, "unreadable", UNREADABLE)
    return told


def answer(told: object, status: int = 200) -> HttpResponse:
    """An answer in JSON, with the server's moment."""
    return _stamped(HttpResponse(json.dumps(told, ensure_ascii=False), content_type=TYPE, status=status))


def lines(content: bytes) -> HttpResponse:
    """An answer of many lines, compressed already."""
    made = HttpResponse(content, content_type="application/x-ndjson; charset=utf-8")
    made.headers["Content-Encoding"] = "gzip"
    return _stamped(made)


def refusal(status: int, code: str, label: Label, **more: Any) -> HttpResponse:
    """An answer that is not about one entry."""
    made = answer({"code": code, "said": said(label), **more}, status)
    if "retry_after" in more:
        made.headers["Retry-After"] = str(more["retry_after"])
    return made


def _stamped(made: HttpResponse) -> HttpResponse:
    made.headers["X-Guitu-Now"] = clock.now().isoformat(timespec="milliseconds")
    return made
