"""What a phone asks for. Reads the call, hands it to `exchange/phone`, notes it, and answers; decides
nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guitu import access
from guitu.exchange.phone import answering, bounds, giving, marks, pictures
from guitu.exchange.phone.answering import UNREADABLE
from guitu.exchange.phone.forms import said
from guitu.exchange.phone.giving import Given
from guitu.exchange.phone.marks import Mark
from guitu.exchange.phone.taking import By
from guitu.store import clock as store_clock
from guitu.store.apart import unit_file_id
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.accounts import phones
from guitu.web.accounts.phones import LONGEST_NAME, Phone, Refused
from guitu.web.accounts.told import told as told_log
from guitu.web.noted import LISTED, noted, noted_write
from guitu.web.page import shows
from guitu.web.pages.sync.calling import answer, body_of, by_phone, lines, refusal
from guitu.web.who import Post, who

_CURSOR: Final = "guitu.phone.cursor"
MOST_SMALL: Final = 64 * 1024


@require_POST
@shows("sync")
def register(request: HttpRequest) -> HttpResponse:
    """Register the phone of whoever is signed in."""
    reader = who(request)
    assert reader is not None, "the middleware opens it to nobody who has not signed in"
    assert reader.post is not None, "nor without a post"
    try:
        told = body_of(request, MOST_SMALL)
        name = " ".join(str(told.get("name") or "").split())[:LONGEST_NAME]
        before = _id(told.get("device"))
        token = phones.register(reader, name or reader.name, str(told.get("app") or "")[:20], before)
    except Refused as no:
        return refusal(no.status, no.code, no.said, **no.more)
    told_log(request, "phone")
    return answer({**token.told, "account": reader.username, "office": _office(reader.post)}, 201)


@by_phone
def token(request: HttpRequest, phone: Phone) -> HttpResponse:
    """A new token."""
    _only("POST", request)
    return answer(phones.renew(phone).told)


@by_phone
def push(request: HttpRequest, phone: Phone) -> HttpResponse:
    """Take entries."""
    _only("POST", request)
    told, taken = answering.push(body_of(request, bounds.MOST_BYTES), _by(phone))
    for new in taken:
        noted_write(request, new.file, new.entry.id, new.entry.kind, new.area)
    return answer(told)


@by_phone
def check(request: HttpRequest, phone: Phone) -> HttpResponse:
    """Which entries that the phone holds receipts for are not there."""
    _only("POST", request)
    return answer(answering.check(body_of(request, bounds.MOST_BYTES), _by(phone)))


@by_phone
def attachment(request: HttpRequest, phone: Phone, entry: UUID, sha256: str) -> HttpResponse:
    """Take a picture of an entry that this account wrote."""
    _only("POST", request)
    stored = pictures.stored_entry(entry)
    if stored is None or stored.author != phone.acts_as.username:
        return answer({"state": "refused", "code": "no_such_entry", "said": said(pictures.NO_ENTRY)})
    return answer(pictures.take(stored, sha256, request.body, clock.now()))


@by_phone
def pull(request: HttpRequest, phone: Phone) -> HttpResponse:
    """Give what has changed since the phone asked last."""
    _only("GET", request)
    now = clock.now()
    holds, full, restored = _held(phone, request.GET.get("cursor", ""))
    restored = marks.restored(request.GET.get("mark", ""), now) or restored
    size = _size(request.GET.get("limit", ""))
    unit = tree().find(phone.post.unit)
    actor = phone.acts_as.actor
    given = giving.give(actor, unit, giving.unpacked(holds), now=now, limit=size)
    if given.files:
        decision = access.decide(actor, "list", access.Target(unit.path))
        noted(request, "list", given.files, LISTED, decision, detail=f"phone {unit.code}", area=unit.path)
    number = phones.gave(phone, giving.packed(given.holds), instead_of=holds)
    mark = marks.mark()
    told = [
        _hello(phone, given, now, epoch=f"{mark.epoch:x}", full=full, restored=restored),
        *given.lines,
        {"t": "end", "cursor": _cursor(phone, number, mark), "more": given.more, "mark": mark.text},
    ]
    return lines(giving.written(told))


@csrf_exempt
@shows("sync", public=True)
def wiped(request: HttpRequest) -> HttpResponse:
    """The phone has erased itself."""
    try:
        _only("POST", request)
        phones.wiped(request.headers.get("Authorization", "")[:200])
    except Refused as no:
        return refusal(no.status, no.code, no.said)
    return HttpResponse(status=204)


def _by(phone: Phone) -> By:
    return By(str(phone.id), phone.acts_as.actor, clock.now())


def _held(phone: Phone, cursor: str) -> tuple[bytes, bool, bool]:
    """What the phone holds that brings this cursor, whether it starts anew, and whether the server was
    restored since."""
    try:
        told = Signer(salt=_CURSOR).unsign(cursor[:400])
        device, number, mark = told.split(" ")
        known = phones.held(phone, int(number)) if device == str(phone.id) else None
    except (BadSignature, ValueError):
        return b"", True, False
    if marks.restored(mark, clock.now()):
        return b"", True, True
    return (b"", True, False) if known is None else (known, False, False)


def _cursor(phone: Phone, number: int, mark: Mark) -> str:
    return Signer(salt=_CURSOR).sign(f"{phone.id} {number} {mark.text}")


def _hello(
    phone: Phone, given: Given, now: datetime, *, epoch: str, full: bool, restored: bool
) -> dict[str, Any]:
    return {
        "t": "hello",
        "protocol": bounds.PROTOCOL,
        "now": now.isoformat(timespec="milliseconds"),
        "day": store_clock.office_day(now).isoformat(),
        "epoch": epoch,
        "full": full,
        "restored": restored,
        "account": phone.acts_as.username,
        "office": _office(phone.post),
        "unit_file": str(unit_file_id(phone.post.unit)),
        "keep_sent_days": bounds.KEEP_SENT_DAYS,
        "cache_hours": bounds.CACHE_HOURS,
        "expires": phone.expires.isoformat(timespec="seconds"),
        "renew_from": phone.renew_from.isoformat(timespec="seconds"),
        "total": given.total,
    }


def _office(post: Post) -> dict[str, Any]:
    return {
        "code": post.unit,
        "name": post.unit_name,
        "role": post.role,
        "role_label": said(post.role_label),
    }


def _size(text: str) -> int:
    """How many people a page is to hold."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return min(number, bounds.MOST_PAGE) or bounds.PAGE


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _only(method: str, request: HttpRequest) -> None:
    if request.method != method:
        raise Refused(405, "unreadable", UNREADABLE)
