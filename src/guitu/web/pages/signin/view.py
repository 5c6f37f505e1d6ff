"""Signs in, signs out, lets a new account set its own password, and lets one with two posts say which it acts
in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guitu import access
from guitu.kernel.labels import Label
from guitu.store import passwords, staff
from guitu.web.accounts import attempts, factors, oidc, opening, passkeys
from guitu.web.accounts.keys import PENDING_KEY
from guitu.web.accounts.told import told
from guitu.web.clock import ticks
from guitu.web.components.frame.component import address as address_of
from guitu.web.models import Preference
from guitu.web.noted import address
from guitu.web.page import show, shows
from guitu.web.pages.signin.page import ChoosePost, DemoAccount, SetPassword, SignIn
from guitu.web.pages.view.view import remember
from guitu.web.preferences import View
from guitu.web.who import POST_KEY, posts_of, who

PROOF: Final = "one-time password"
PROVEN_FOR: Final = 15 * 60
"""Seconds between typing the one-time password and having chosen one's own."""
SECOND_STEP_WITHIN: Final = 5 * 60
"""Seconds between the password and the second step."""

PROVEN_TOO_LONG_AGO: Final = Label(
    "等得太久，密码没有保存；请再用一次性密码登录",
    "That took too long and no password was saved; sign in with the one-time password again",
)
SAME: Final = Label("请设一个不同于一次性密码的密码", "Choose a password other than the one-time password")
DIFFERS: Final = Label("两次输入的密码不同", "The two passwords differ")


def ours(wanted: str) -> str:
    """The address if it is one of ours, else the first page."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if safe else "/"


def form(request: HttpRequest, **known: object) -> SignIn:
    """The sign-in form, with what the installation adds to it."""
    provider = oidc.provider()
    return SignIn(
        office=os.environ.get("GUITU_OFFICE", ""),
        phone=os.environ.get("GUITU_PHONE", ""),
        demo=_demo() if settings.DEMO else (),
        demo_password=settings.DEMO_PASSWORD if settings.DEMO else "",
        passkeys=passkeys.can_be_used(request),
        sso=sso_words(provider) if provider else "",
        **known,  # type: ignore[arg-type]
    )


def sso_words(provider: oidc.Provider) -> Label:
    """What stands on the button of the single sign-on."""
    name = provider.name
    return Label(
        f"用{name or '单点登录'}登录" if name else "用单点登录", f"Sign in with {name or 'single sign-on'}"
    )


def _demo() -> tuple[DemoAccount, ...]:
    from guitu.simulate.accounts import OWN, accounts
    from guitu.store import personal
    from guitu.store.units import tree

    found = []
    for one in accounts():
        unit = tree().get(one.unit)
        if unit is not None and one.role in access.ROLES:
            found.append(DemoAccount(one.username, access.role(one.role).label, unit.name, one.purpose))
    for own in OWN:
        if (tie := personal.tie_of(own.username)) is not None:
            unit = tree().get(own.unit)
            role = access.role("person" if tie.consent is None else "family")
            found.append(DemoAccount(own.username, role.label, unit.name if unit else "", own.purpose))
    return tuple(found)


@shows("sign_in", public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; and what was typed into it."""
    wanted = ours(request.POST.get("next") or request.GET.get("next") or "/")
    if request.method != "POST":
        if request.GET.get("again"):
            request.session.pop(PENDING_KEY, None)
        if who(request) is not None:
            return HttpResponseRedirect(wanted)
        return show(request, form(request, next=wanted))
    username = request.POST.get("username", "").strip()[:150]
    place = address(request)
    before = attempts.begin(username, place)
    if before.until is not None:
        told(request, "locked", username=_known(username))
        return _locked(request, username, wanted, before.until)
    user = auth.authenticate(request, username=username, password=request.POST.get("password", ""))
    known = _known(username)
    if user is None:
        told(request, "wrong", username=known)
        after = attempts.failed(username, place)
        if after.until is not None:
            return _locked(request, username, wanted, after.until)
        fault = Label(
            f"账号或密码不对，还可试 {after.left} 次",
            f"Account or password is wrong, {after.left} tries left",
        )
        return show(request, form(request, username=username, next=wanted, fault=fault), status=422)
    attempts.take_back(username, place)
    if staff.must_set_own(user):
        return show(request, SetPassword(user.username, _proof(user), wanted))
    if passwords.too_old(user, timezone.now()):
        return show(request, SetPassword(user.username, _proof(user), wanted, expired=True))
    return after_password(request, user, wanted)


def _known(username: str) -> str:
    """The name of an account; of what was typed and is none, nothing is kept: it may be a password."""
    return username if staff.exists(username) else ""


def after_password(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """The password was right: to the second step if the account has one, else in."""
    if factors.of(user.pk).any:
        request.session.flush()  # whoever had opened something here has left
        request.session[PENDING_KEY] = {
            "user": user.pk,
            "proof": user.get_session_auth_hash(),
            "at": ticks(),
            "next": wanted,
        }
        request.session.set_expiry(SECOND_STEP_WITHIN)
        return HttpResponseRedirect(reverse("second_step"))
    return enter(request, user, wanted, "")


def _proof(user: User) -> str:
    """That somebody knew this account's password; worth nothing once it has another."""
    return signing.dumps([user.pk, user.get_session_auth_hash()], salt=PROOF)


def _proven(proof: str) -> User | None:
    try:
        number, known = signing.loads(proof, salt=PROOF, max_age=PROVEN_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None or not constant_time_compare(known, user.get_session_auth_hash()):
        return None
    return user if staff.must_set_own(user) or passwords.too_old(user, timezone.now()) else None


@shows("set_password", public=True)
def set_password(request: HttpRequest) -> HttpResponse:
    """Set one's own password in place of the one-time one, and sign in with it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("sign_in"))
    wanted = ours(request.POST.get("next", ""))
    user = _proven(request.POST.get("proof", ""))
    if user is None:
        return show(request, form(request, next=wanted, fault=PROVEN_TOO_LONG_AGO), status=422)
    own, box = request.POST.get("own", ""), "own"
    fault = SAME if user.check_password(own) else staff.fault_of(own, user)
    if fault is None and own != request.POST.get("again", ""):
        fault, box = DIFFERS, "again"
    if fault is not None:
        expired = not staff.must_set_own(user)
        page = SetPassword(user.username, _proof(user), wanted, fault=fault, box=box, expired=expired)
        return show(request, page, status=422)
    told(request, "password", username=user.username)
    staff.set_own(user, own)
    return after_password(request, user, wanted)


def enter(request: HttpRequest, user: User, wanted: str, factor: str) -> HttpResponse:
    """Open the session, and go to the page that was wanted, or first to the choice of a post."""
    held = posts_of(user.pk)
    alone = held[0] if len(held) == 1 else None
    told(request, "signed_in", username=user.username, post=alone, detail=factor)
    opening.enter(request, user, factor, alone)
    if alone is not None:
        response = HttpResponseRedirect(wanted)
    else:
        response = HttpResponseRedirect(reverse("post"))
        request.session["then"] = wanted
    kept = Preference.objects.filter(user_id=user.pk).values("language", "contrast", "size", "rows").first()
    if kept:
        remember(response, View(**kept))
    return response


def locked_words(until: float) -> Label:
    """The sentence for a pause that ends then."""
    at = timezone.localtime(datetime.fromtimestamp(until, UTC)).strftime("%H:%M")
    minutes = attempts.PAUSE_MINUTES
    return Label(f"已锁定 {minutes} 分钟，{at} 可再试", f"Locked for {minutes} minutes; try again at {at}")


def _locked(request: HttpRequest, username: str, wanted: str, until: float) -> HttpResponse:
    page = form(request, username=username, next=wanted, fault=locked_words(until), locked=True)
    return show(request, page, status=429)


@shows("sign_out", public=True)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server, and go to the sign-in page."""
    if who(request) is not None:
        told(request, "signed_out")
    auth.logout(request)
    response = HttpResponseRedirect(reverse("sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@shows("here", public=True)
def here(request: HttpRequest) -> HttpResponse:
    """Somebody is still there: the session goes on. Says 401 where it has already ended."""
    return HttpResponse(status=204 if who(request) else 401)


@shows("post", public=True)
def choose_post(request: HttpRequest) -> HttpResponse:
    """Which of my posts do I act in now?"""
    reader = who(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign_in"))
    wanted = ours(str(request.session.get("then", "/")))
    if request.method == "POST":
        chosen = next((p for p in reader.held if str(p.id) == request.POST.get("post")), None)
        if chosen is not None:
            request.session[POST_KEY] = chosen.id
            request.session.pop("then", None)
            return HttpResponseRedirect(wanted)
    return show(request, ChoosePost(reader.held, reader.post.id if reader.post else None, wanted))


@shows("first", public=True)
def first_page(request: HttpRequest) -> HttpResponse:
    """The first page this post uses: where Today sends whoever has no use for it."""
    reader = who(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign_in"))
    if reader.post is None:
        return HttpResponseRedirect(reverse("post"))
    first = (
        "today", "mine", "remedies", "people", "roster", "units", "ledgers", "accounts", "access_log",
        "remote",
    )  # fmt: skip
    for page in first:
        if (href := address_of(page)) and access.may_see_page(reader.actor, page).allowed:
            return HttpResponseRedirect(href)
    return HttpResponseRedirect(reverse("about"))
