"""The page that a device keeps, what belongs to it, and how a phone puts it on its first screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static

from guitu.web.accounts.keys import OPENED_KEY
from guitu.web.clock import ticks
from guitu.web.page import show, shows
from guitu.web.pages.phone import shell
from guitu.web.pages.phone.page import Phone
from guitu.web.who import who


@shows("phone", public=True)
def phone(request: HttpRequest) -> HttpResponse:
    """The page. Open to everybody: it shows nothing of anybody until its device has fetched something."""
    return show(request, Phone(shell.version()))


@shows("phone", public=True)
def files(request: HttpRequest) -> HttpResponse:
    """What a device has to keep, and the version that this makes; and, for binding the device, who is signed
    in in this browser, since how many seconds, and the token of its forms."""
    reader = who(request)
    since = ticks() - request.session.get(OPENED_KEY, 0) if reader else 0
    told = {
        "version": shell.version(),
        "files": ["/phone/", *shell.addresses()],
        "token": get_token(request),
        "account": reader.username if reader else "",
        "name": reader.name if reader else "",
        "since": round(since, 3),
    }
    return JsonResponse(told)


@shows("phone", public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers while there is no network."""
    return HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")


@shows("phone", public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """How the phone shows it among its own. A neutral name: others see the screen too."""
    told = {
        "id": "/phone/",
        "name": "归途",
        "short_name": "归途",
        "lang": "zh-CN",
        "start_url": "/phone/",
        "scope": "/phone/",
        "display": "standalone",
        "background_color": "#FBFAF6",
        "theme_color": "#0B5563",
        "icons": [{"src": static("guitu/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")
