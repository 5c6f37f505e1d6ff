"""Remembers how a reader likes the pages, in a cookie and with the account, and goes back where they were."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guitu.web.models import Preference
from guitu.web.page import shows
from guitu.web.preferences import CHOICES, COOKIE, KEEP_FOR, View
from guitu.web.who import who


def back(request: HttpRequest) -> str:
    """The page to go back to: the one the form names, else the one it stood on; only ever one of ours."""
    wanted = request.POST.get("next")
    if wanted is None:
        came = urlsplit(request.META.get("HTTP_REFERER", ""))
        wanted = f"{came.path}?{came.query}" if came.netloc == request.get_host() else "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/") else "/"


def remember(response: HttpResponse, view: View) -> None:
    """Put the choices into the cookie."""
    response.set_cookie(
        COOKIE, view.cookie, max_age=KEEP_FOR, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS
    )


@shows("preferences", public=True)
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Change whatever was pressed."""
    view: View = request.preferences  # type: ignore[attr-defined]
    for name in CHOICES:
        if name in request.POST:
            view = view.with_(name, request.POST[name])
    reader = who(request)
    if reader is not None:
        Preference.objects.update_or_create(
            user_id=reader.user_id,
            defaults={
                "language": view.language,
                "contrast": view.contrast,
                "size": view.size,
                "rows": view.rows,
            },
        )
    response = HttpResponseRedirect(back(request))
    remember(response, view)
    return response
