"""Acts that are asked to be confirmed once more: revealing keys, exporting, changing factors.

@shows("export")
@recently_confirmed
def export(request): …
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guitu.web.accounts.keys import CONFIRMED_KEY, FRESH_MINUTES
from guitu.web.clock import ticks

View = TypeVar("View", bound=Callable[..., HttpResponse])


def is_fresh(request: HttpRequest) -> bool:
    """Whether the account's holder proved to be there within FRESH_MINUTES, by signing in or since. In a
    demonstration nobody is asked: its passwords are on its sign-in page."""
    if settings.DEMO:
        return True
    confirmed = float(request.session.get(CONFIRMED_KEY, 0))
    return 0 <= ticks() - confirmed <= FRESH_MINUTES * 60


def recently_confirmed(view: View) -> View:
    """The view answers only shortly after a proof of presence; else the page that asks for one comes first,
    and leads back: to this address, or to the page on which the form stood, to be sent again. Nothing was
    done until then."""
    return _asking(view, _back)


def confirmed_download(view: View) -> View:
    """The same for what a browser saves and does not show: it leads back to the page with the link, to be
    pressed again."""
    return _asking(view, _stood_on)


def _asking(view: View, back: Callable[[HttpRequest], str]) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        return _way(request, back) or view(request, *args, **more)

    return asked  # type: ignore[return-value]


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """For what a browser saves and does not show, in the middle of a view: the page that asks for a proof of
    presence, or None where there was one lately."""
    return _way(request, _stood_on)


def _way(request: HttpRequest, back: Callable[[HttpRequest], str]) -> HttpResponse | None:
    if is_fresh(request):
        return None
    from guitu.web.middleware import redirect_to

    return redirect_to(request, reverse("confirm") + "?" + urlencode({"next": back(request)}))


def _back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else _stood_on(request)


def _stood_on(request: HttpRequest) -> str:
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came.netloc != request.get_host():
        return "/"
    return came.path + (f"?{came.query}" if came.query else "")
