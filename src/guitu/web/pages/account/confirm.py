"""Is it still you? The page that `recently_confirmed` sends to."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.kernel.labels import Label
from guitu.web.accounts import attempts, factors, opening, passkeys
from guitu.web.accounts.told import told
from guitu.web.noted import address
from guitu.web.page import show, shows
from guitu.web.pages.account.page import Confirm
from guitu.web.pages.account.view import reader_of
from guitu.web.pages.signin.second import not_right, proved
from guitu.web.pages.signin.view import locked_words, ours
from guitu.web.who import Who


@shows("account")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or for the password of an account that has none; then lead back."""
    reader = reader_of(request)
    wanted = ours(request.POST.get("next") or request.GET.get("next") or "/account/")
    page = Confirm(reader.username, wanted, ways(request, reader))
    if request.method != "POST":
        return show(request, page)
    place = address(request)
    before = attempts.begin(reader.username, place)
    if before.until is not None:
        return show(request, replace(page, fault=locked_words(before.until), locked=True), status=429)
    if _proved(request, reader, page.by):
        attempts.take_back(reader.username, place)
        opening.renew(request, reader.user_id)
        told(request, "confirmed")
        return HttpResponseRedirect(wanted)
    told(request, "wrong_factor")
    after = attempts.failed(reader.username, place)
    if after.until is not None:
        return show(request, replace(page, fault=locked_words(after.until), locked=True), status=429)
    return show(request, replace(page, fault=_fault(request, page, after.left)), status=422)


def ways(request: HttpRequest, reader: Who) -> tuple[str, ...]:
    """By what the account's holder can show to be there: its second factors; without any, the password."""
    has = factors.of(reader.user_id)
    by = (
        "totp" if has.totp else "",
        "passkey" if has.passkeys and passkeys.can_be_used(request) else "",
    )
    if any(by):
        return tuple(way for way in by if way)
    return ("password",) if User.objects.get(pk=reader.user_id).has_usable_password() else ()


def _proved(request: HttpRequest, reader: Who, by: tuple[str, ...]) -> bool:
    if by == ("password",):
        return User.objects.get(pk=reader.user_id).check_password(request.POST.get("code", ""))
    return proved(request, reader.user_id) in by


def _fault(request: HttpRequest, page: Confirm, left: int) -> Label:
    if page.by == ("password",):
        return Label(f"密码不对，还可试 {left} 次", f"The password is wrong, {left} tries left")
    return not_right(request, left)
