"""My account: shows it, and changes the password, the second factors and the sessions."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from guitu import access
from guitu.store import staff
from guitu.web.accounts import attempts, factors, opening, passkeys, phones, recovery, totp
from guitu.web.accounts.keys import NEW_TOTP_KEY, factor_demanded, needs_factor
from guitu.web.accounts.recent import recently_confirmed
from guitu.web.accounts.told import told
from guitu.web.clock import now, ticks
from guitu.web.noted import address
from guitu.web.page import show, shows
from guitu.web.pages.account import words
from guitu.web.pages.account.page import (
    Account,
    ChangePassword,
    Codes,
    KeyLine,
    PhoneLine,
    PostLine,
    SessionLine,
    SetUp,
)
from guitu.web.pages.signin.view import locked_words, ours
from guitu.web.who import Who, who

HOME: Final = "/account/"


def reader_of(request: HttpRequest) -> Who:
    """Who is signed in: somebody is, wherever these views are reached."""
    reader = who(request)
    assert reader is not None  # the middleware has seen to it
    return reader


@shows("account")
def account(request: HttpRequest) -> HttpResponse:
    """The page itself."""
    reader = reader_of(request)
    has = factors.of(reader.user_id)
    sessions = opening.open_sessions(reader.user_id, request.session.session_key or "")
    page = Account(
        reader.username,
        reader.name,
        tuple(PostLine(access.role(p.role).label, p.unit_name) for p in reader.held),
        has.totp,
        tuple(
            KeyLine(k.id, k.name, _at(k.made_ms), _at(k.used_ms) if k.used_ms else None)
            for k in passkeys.kept(reader.user_id)
        ),
        has.recovery,
        demanded(reader),
        passkeys.can_be_used(request),
        tuple(SessionLine(s.id, s.device, s.address, s.factor, s.opened, s.used, s.this) for s in sessions),
        phones_of(reader.user_id),
        words.NOTICES.get(request.GET.get("done", "")),
        access.may_see_page(reader.actor, "api").allowed,
    )
    return show(request, page)


def phones_of(user_id: int) -> tuple[PhoneLine, ...]:
    """An account's work phones, as a page shows them."""
    return tuple(
        PhoneLine(str(p.id), p.name, p.state, p.opened, p.seen, p.waiting) for p in phones.of_account(user_id)
    )


def demanded(reader: Who) -> bool:
    """Whether one of the posts needs a second factor here."""
    return factor_demanded() and any(needs_factor(p.role) for p in reader.held)


@shows("account")
def password(request: HttpRequest) -> HttpResponse:
    """Change the password: with the present one, and never to one of the last."""
    reader = reader_of(request)
    if request.method != "POST":
        return show(request, ChangePassword(reader.username))
    place = address(request)
    before = attempts.begin(reader.username, place)
    if before.until is not None:
        fault = locked_words(before.until)
        return show(request, ChangePassword(reader.username, fault), status=429)
    user = User.objects.get(pk=reader.user_id)
    if not user.check_password(request.POST.get("current", "")):
        told(request, "wrong")
        after = attempts.failed(reader.username, place)
        fault = (
            words.WRONG_PASSWORD.fill(left=after.left) if after.until is None else locked_words(after.until)
        )
        return show(request, ChangePassword(reader.username, fault), status=422)
    attempts.take_back(reader.username, place)
    own, box = request.POST.get("own", ""), "own"
    wrong = staff.fault_of(own, user)
    if wrong is None and own != request.POST.get("again", ""):
        wrong, box = words.DIFFERS, "again"
    if wrong is not None:
        return show(request, ChangePassword(reader.username, wrong, box), status=422)
    told(request, "password")
    staff.set_own(user, own)
    opening.end(user.pk, but=request.session.session_key or "")
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    opening.renew(request, user.pk)
    return _done("password")


@shows("account")
@recently_confirmed
def codes(request: HttpRequest) -> HttpResponse:
    """Set up a second factor: the picture and the secret; and the first code."""
    reader = reader_of(request)
    wanted = ours(request.POST.get("next") or "/") if reader.must_set_up else HOME
    sealed = request.session.get(NEW_TOTP_KEY)
    if request.method != "POST" or not sealed:
        return show(request, set_up(request, reader, wanted))
    if not totp.confirm(reader.user_id, sealed, request.POST.get("code", "")[:40], ticks()):
        return show(request, set_up(request, reader, wanted, fault=words.WRONG_CODE), status=422)
    request.session.pop(NEW_TOTP_KEY, None)
    return added(request, reader, "totp", wanted)


def set_up(request: HttpRequest, reader: Who, wanted: str, **fault: object) -> SetUp:
    """The page on which a second factor is set up. The secret stays the same until it is in use, else a page
    that was opened twice would show one that does not count."""
    sealed = request.session.get(NEW_TOTP_KEY)
    if not sealed:
        sealed = request.session[NEW_TOTP_KEY] = totp.new_secret(reader.user_id)
    secret = totp.opened(reader.user_id, sealed)
    office = os.environ.get("GUITU_OFFICE") or "归途"
    return SetUp(
        reader.username,
        picture_of(totp.address(secret, reader.username, office)),
        " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        reader.must_set_up,
        factors.of(reader.user_id).totp,
        passkeys.can_be_used(request),
        next=wanted,
        **fault,  # type: ignore[arg-type]
    )


def picture_of(text: str) -> SafeString:
    """A text as a picture to be scanned, black on white whatever the page's colours."""
    drawn = segno.make(text, error="m", micro=False)
    said = "把这幅图扫进验证器；密钥写在旁边 / Scan this into the authenticator; the secret stands beside it"
    return SafeString(
        drawn.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True, title=said)
    )


def added(request: HttpRequest, reader: Who, factor: str, wanted: str) -> HttpResponse:
    """A second factor was added: the session goes on under a new key, and whoever has no recovery codes yet
    gets them."""
    opening.renew(request, reader.user_id, factor)
    told(request, "factor_added", detail=factor)
    if factors.of(reader.user_id).recovery:
        return _done("key") if factor == "passkey" else HttpResponseRedirect(wanted)
    return _codes(request, reader, wanted)


@shows("account")
@require_POST
@recently_confirmed
def remove_codes(request: HttpRequest) -> HttpResponse:
    """Turn codes by time off."""
    reader = reader_of(request)
    if demanded(reader) and not factors.of(reader.user_id).passkeys:
        return _done("last")
    told(request, "factor_removed", detail="totp")
    totp.remove(reader.user_id)
    return _done("codes_off")


@shows("account")
@require_POST
@recently_confirmed
def new_recovery(request: HttpRequest) -> HttpResponse:
    """Make recovery codes anew and show them, this once."""
    return _codes(request, reader_of(request), HOME)


def _codes(request: HttpRequest, reader: Who, wanted: str) -> HttpResponse:
    told(request, "recovery_codes")
    made = recovery.make(reader.user_id)
    office = os.environ.get("GUITU_OFFICE", "")
    return show(request, Codes(reader.username, office, made, now(), wanted))


@shows("account")
@require_POST
@recently_confirmed
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser has made."""
    reader = reader_of(request)
    wanted = ours(request.POST.get("next") or "/") if reader.must_set_up else HOME
    name = request.POST.get("name", "").strip()[: passkeys.NAME_LENGTH] or f"{now():%Y-%m-%d}"
    if not passkeys.add(request, reader.user_id, name, request.POST.get("credential", "")):
        return show(request, set_up(request, reader, wanted, passkey_fault=words.NO_KEY), status=422)
    return added(request, reader, "passkey", wanted)


@shows("account")
@require_POST
@recently_confirmed
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey from the account."""
    reader = reader_of(request)
    has = factors.of(reader.user_id)
    if demanded(reader) and not has.totp and has.passkeys < 2:
        return _done("last")
    number = request.POST.get("id", "")
    if any(str(key.id) == number for key in passkeys.kept(reader.user_id)):
        told(request, "factor_removed", detail="passkey")
        passkeys.remove(reader.user_id, int(number))
        return _done("key_gone")
    return HttpResponseRedirect(HOME)


@shows("account")
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of my other sessions, or all of them. It makes nothing less safe, and asks for nothing."""
    reader, chosen = reader_of(request), request.POST.get("id", "")
    if not chosen:
        return HttpResponseRedirect(HOME)
    this = request.session.session_key or ""
    only = "" if chosen == "others" else chosen
    told(request, "sessions_ended", detail="others" if not only else "one")
    opening.end(reader.user_id, only=only, but=this)
    return _done("others" if not only else "ended")


@shows("account")
@require_POST
def phone(request: HttpRequest) -> HttpResponse:
    """Tell one of my work phones to erase itself, or end it. It makes nothing less safe, and asks for
    nothing."""
    reader, what = reader_of(request), request.POST.get("what", "")
    try:
        chosen = UUID(request.POST.get("id", ""))
    except ValueError:
        return HttpResponseRedirect(HOME)
    if what not in (*phones.WIPES, "ended"):
        return HttpResponseRedirect(HOME)
    told(request, "phone_ended" if what == "ended" else "phone_wiped", detail=what)
    if not phones.order(reader.user_id, chosen, what):
        return HttpResponseRedirect(HOME)
    return _done("phone_ended" if what == "ended" else "wipe")


def _done(word: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("account") + "?" + urlencode({"done": word}))


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
