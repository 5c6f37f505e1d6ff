"""Single sign-on: to the provider, and back from it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from guitu.kernel.labels import Label
from guitu.web.accounts import factors, oidc
from guitu.web.accounts.backend import kept_out
from guitu.web.accounts.keys import SSO_KEY
from guitu.web.accounts.told import told
from guitu.web.clock import ticks
from guitu.web.page import show, shows
from guitu.web.pages.signin.view import after_password, enter, form, ours

WITHIN: Final = 10 * 60
"""Seconds that signing in at the provider may take."""
NOT_LINKED: Final = Label(
    "您在统一认证的身份还没有对应本系统的账号；请本单位管理员关联",
    "No account here is linked to your identity there; ask your administrator to link it",
)
TOO_LATE: Final = Label(
    "单点登录等得太久，或不是从这里开始的；请再试一次",
    "Single sign-on took too long, or did not begin here; try again",
)


@shows("sso", public=True)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    provider, wanted = _provider(), ours(request.GET.get("next") or "/")
    try:
        address, asked = oidc.begin(provider, _back(request))
    except oidc.Refused as refused:
        told(request, "sso_refused", detail=refused.where)
        return show(request, form(request, next=wanted, fault=refused.label), status=502)
    request.session[SSO_KEY] = {**asdict(asked), "next": wanted, "at": ticks()}
    return HttpResponseRedirect(address)


@shows("sso_back", public=True)
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Whoever comes back from the provider: in, if an administrator has linked them to an open account."""
    provider = _provider()
    kept = request.session.pop(SSO_KEY, None)
    if not kept or ticks() - kept["at"] > WITHIN:
        return show(request, form(request, fault=TOO_LATE), status=422)
    wanted = ours(kept["next"])
    asked = oidc.Asked(kept["state"], kept["nonce"], kept["verifier"])
    try:
        answer = oidc.finish(provider, _back(request), asked, request.GET.dict())
    except oidc.Refused as refused:
        told(request, "sso_refused", detail=refused.where)
        return show(request, form(request, next=wanted, fault=refused.label), status=422)
    number = oidc.account_of(answer)
    user = User.objects.filter(pk=number, is_active=True).first() if number else None
    if user is None or kept_out(user):
        told(request, "not_linked")
        return show(request, form(request, next=wanted, fault=NOT_LINKED), status=422)
    if answer.second_factor:
        return enter(request, user, wanted, "sso")
    if factors.of(user.pk).any:
        return after_password(request, user, wanted)
    return enter(request, user, wanted, "")


def _provider() -> oidc.Provider:
    provider = oidc.provider()
    if provider is None:
        raise Http404("no provider")
    return provider


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sso_back"))
