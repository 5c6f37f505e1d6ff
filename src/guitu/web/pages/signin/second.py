"""The second step: a code or a passkey after the password; and a passkey alone, which is both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST

from guitu.kernel.labels import Label
from guitu.web.accounts import attempts, factors, passkeys, recovery, totp
from guitu.web.accounts.backend import kept_out
from guitu.web.accounts.keys import PENDING_KEY
from guitu.web.accounts.recent import is_fresh
from guitu.web.accounts.told import told
from guitu.web.clock import ticks
from guitu.web.noted import address
from guitu.web.page import show, shows
from guitu.web.pages.signin.page import SecondStep
from guitu.web.pages.signin.view import SECOND_STEP_WITHIN, enter, form, locked_words, ours
from guitu.web.who import who

TOO_LATE: Final = Label("等得太久，请再登录一次", "That took too long; sign in once more")
NO_PASSKEY: Final = Label(
    "这个通行密钥没有登录成功；请再试一次，或用账号和密码",
    "This passkey did not sign in; try again, or use account and password",
)


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """Whose password was right a moment ago, and where they want to go; nobody if it has changed since, or
    the account was closed."""
    kept: dict[str, Any] = request.session.get(PENDING_KEY) or {}
    if not kept or ticks() - kept["at"] > SECOND_STEP_WITHIN:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["proof"], user.get_session_auth_hash()):
        return None
    return user, ours(kept["next"])


@shows("second_step", public=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """The page that asks for a code or a passkey; and the answer."""
    found = pending(request)
    if found is None:
        if request.method == "POST":
            return show(request, form(request, fault=TOO_LATE), status=422)
        return HttpResponseRedirect(reverse("sign_in"))
    user, wanted = found
    has = factors.of(user.pk)
    on_paper = "recovery" in (request.POST.get("with"), request.GET.get("with"))
    page = SecondStep(
        user.username,
        has.totp,
        has.passkeys > 0 and passkeys.can_be_used(request),
        recovery=on_paper,
        has_recovery=has.recovery > 0,
    )
    if request.method != "POST":
        return show(request, page)
    place = address(request)
    before = attempts.begin(user.username, place)
    if before.until is not None:
        told(request, "locked", username=user.username)
        return show(request, replace(page, fault=locked_words(before.until), locked=True), status=429)
    factor = proved(request, user.pk)
    if factor:
        attempts.take_back(user.username, place)
        return enter(request, user, wanted, factor)
    told(request, "wrong_factor", username=user.username)
    after = attempts.failed(user.username, place)
    if after.until is not None:
        return show(request, replace(page, fault=locked_words(after.until), locked=True), status=429)
    return show(request, replace(page, fault=not_right(request, after.left)), status=422)


def proved(request: HttpRequest, user_id: int) -> str:
    """By which second factor the form that was sent proves that it is the account's holder; empty: none."""
    if response := request.POST.get("credential"):
        return "passkey" if passkeys.use(request, user_id, response) == user_id else ""
    code = request.POST.get("code", "")[:40]
    if request.POST.get("with") == "recovery":
        return "recovery" if recovery.take(user_id, code) else ""
    return "totp" if totp.take(user_id, code, ticks()) else ""


def not_right(request: HttpRequest, left: int) -> Label:
    """What is said of a code or passkey that was not right."""
    if request.POST.get("credential"):
        return Label(f"通行密钥不对，还可试 {left} 次", f"The passkey is wrong, {left} tries left")
    if request.POST.get("with") == "recovery":
        return Label(f"备用码不对或已用过，还可试 {left} 次", f"The code is wrong or used, {left} tries left")
    return Label(f"动态口令不对或已用过，还可试 {left} 次", f"The code is wrong or used, {left} tries left")


@shows("passkey_ask", public=True)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What a passkey is to sign, for the page that asks: JSON as browsers take it. 401 where the password,
    the sign-in or the confirmation that it belongs to has run out."""
    purpose, reader = request.POST.get("for"), who(request)
    if not passkeys.can_be_used(request):
        return HttpResponse(status=404)
    if purpose == "sign_in" and reader is None:
        options = passkeys.ask_to_use(request, None)
        if not request.session.session_key:
            request.session.set_expiry(passkeys.LASTS)
        return JsonResponse(options)
    if purpose == "second" and (found := pending(request)) is not None:
        return JsonResponse(passkeys.ask_to_use(request, found[0].pk))
    if purpose == "confirm" and reader is not None:
        return JsonResponse(passkeys.ask_to_use(request, reader.user_id))
    if purpose == "add" and reader is not None and is_fresh(request):
        return JsonResponse(passkeys.ask_to_add(request, reader.user_id, reader.username, reader.name))
    return HttpResponse(status=401)


@shows("passkey_sign_in", public=True)
@require_POST
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey and nothing else: the device has verified whose hand it is in."""
    wanted = ours(request.POST.get("next", ""))
    place = address(request)
    before = attempts.begin("", place)
    if before.until is not None:
        return show(request, form(request, next=wanted, fault=locked_words(before.until)), status=429)
    number = passkeys.use(request, None, request.POST.get("credential", ""))
    user = User.objects.filter(pk=number, is_active=True).first() if number else None
    if user is None or kept_out(user):
        told(request, "wrong_factor")
        return show(request, form(request, next=wanted, fault=NO_PASSKEY), status=422)
    attempts.take_back("", place)
    return enter(request, user, wanted, "passkey")
