"""What happens to every request: security headers, the reader's language and contrast, and who is signed in.

Each is a plain function round the next one: the whole stack must cost well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from guitu.access import may_see_page
from guitu.store import units
from guitu.store.access_log import LogUnavailable
from guitu.store.scope import NOBODY, within
from guitu.web import faults, limits, preferences
from guitu.web.accounts.keys import MOST_HOURS, OPENED_KEY
from guitu.web.clock import ticks
from guitu.web.language import speaking
from guitu.web.noted import noted
from guitu.web.who import who

NOTED_EVERY = 2
"""Minutes between two notes of a session's last use: a write for every page would cost more than the page."""

OWN = "account"
"""The page of one's own account: open to everybody who is signed in, also before a post is chosen."""

BEFORE_FACTOR = frozenset({OWN, "sign_in", "sign_out", "post", "here", "passkey_ask", "preferences", "about"})
"""What opens before a second factor is set up that has to be: nothing that shows anybody else's data."""

Next = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""No inline script and no inline style anywhere, so no nonce is needed."""

HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),  # for browsers older than frame-ancestors
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Permitted-Cross-Domain-Policies", "none"),
    ("Server", "-"),  # else the server names itself
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=()",
    ),
)

METHODS: Final = frozenset({"GET", "HEAD", "POST"})
"""No page is asked for in any other way."""


class Headers:
    """Strict headers on every answer; nothing that shows a case stays in the browser.

    What no page of ours would send gets the page that refuses it, before anything of it is read: a name that
    is not this server's (GUITU_ALLOWED_HOSTS), another method, a null byte in the address, more bytes than a
    form has."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.headers = HEADERS
        if settings.BEHIND_TLS:
            self.headers += (("Strict-Transport-Security", f"max-age={settings.HSTS_DAYS * 86400}"),)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is not already set."""
        response = self._refused(request) or self.get_response(request)
        headers = response.headers
        for name, value in self.headers:
            if name not in headers:
                headers[name] = value
        if "Cache-Control" not in headers:  # static files set their own
            headers["Cache-Control"] = "no-store"
            headers["Vary"] = "HX-Request, Cookie"
        if not response.streaming and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))
        return response

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to what is not let in at all."""
        try:
            request.get_host()
        except DisallowedHost as fault:
            with _spoken(request):
                return response_for_exception(request, fault)
        of_api = request.path_info.startswith(faults.API)  # which says itself how it is called
        if request.method not in METHODS and not of_api:
            with _spoken(request):
                return faults.no_such_method(request, sorted(METHODS))
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            with _spoken(request):
                return faults.bad_request(request)
        if limits.too_large(request):
            with _spoken(request):
                return faults.too_large(request)
        return None


def _spoken(request: HttpRequest) -> AbstractContextManager[None]:
    """Speaking the reader's language where nothing has read the preferences yet."""
    return speaking(preferences.read(request.COOKIES).language)


class Preferences:
    """Reads how this reader likes the pages, and says everything in their language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.preferences` and the active language."""
        request.preferences = preferences.read(request.COOKIES)  # type: ignore[attr-defined]
        language = request.preferences.language  # type: ignore[attr-defined]
        with speaking(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-CN" if language == "zh-hans" else "en")
        return response


class SignedIn:
    """Opens a view only to whom the access table opens its page. A view without a page opens to nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, under one tree of units and as nobody; the decision is made once the view is known, and
        `who` says what the database may give from then on."""
        with units.steady(), within(NOBODY):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view answer; a response is the answer instead."""
        self._end_if_idle(request)
        page = getattr(view, "guitu_page", "")
        if page not in BEFORE_FACTOR and (early := who(request)) is not None and early.must_set_up:
            return redirect_to(request, reverse("account_codes"))
        if getattr(view, "guitu_public", False):
            return None
        if not page:
            raise Http404(view)
        reader = who(request)
        if reader is None:
            return self._sign_in(request)
        if page == OWN:
            return None
        if reader.post is None:
            return redirect_to(request, reverse("post"))
        decision = may_see_page(reader.actor, page)
        return None if decision.allowed else faults.not_allowed(request, decision.reason)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Where leave is needed first, the way to ask for it; a view that could not note what it was about to
        show has shown nothing, and says so. That somebody tried to open what they may not is noted too."""
        if isinstance(fault, faults.Outside):
            try:
                noted(request, "refused", (fault.no,), (), fault.decision, area=fault.area)
            except LogUnavailable as closed:
                fault = closed
        if isinstance(fault, faults.NeedsLeave):
            return redirect_to(request, reverse("minor", args=[fault.case_no]))
        if isinstance(fault, faults.NeedsBasis):
            return redirect_to(request, reverse("sealed", args=[fault.case_no]))
        return faults.unwritten(request) if isinstance(fault, LogUnavailable) else None

    def _end_if_idle(self, request: HttpRequest) -> None:
        """End a session that nobody has used for the minutes its role allows, or that is MOST_HOURS old. The
        last use is noted every few minutes."""
        session = request.session
        if SESSION_KEY not in session:
            return
        reader, seconds = who(request), ticks()
        if reader is None:
            return
        now, most = int(seconds // 60), reader.idle_minutes
        every = NOTED_EVERY if most > 10 * NOTED_EVERY else 1
        idle = now - session.get("used", now - every)
        if idle > most or seconds - session.get(OPENED_KEY, seconds) > MOST_HOURS * 3600:
            session.flush()
            request._guitu_who = None  # type: ignore[attr-defined]
        elif idle >= every:
            session["used"] = now

    def _sign_in(self, request: HttpRequest) -> HttpResponse:
        """To the sign-in page and back here afterwards; from a fragment, with the whole page."""
        htmx = request.htmx  # type: ignore[attr-defined]
        here = (htmx.current_url_abs_path or "/") if htmx else request.get_full_path()
        return redirect_to(
            request, reverse("sign_in") + ("" if here == "/" else "?" + urlencode({"next": here}))
        )


class Limited:
    """Counts what is asked for, and refuses a form that holds null bytes: text never does, and PostgreSQL
    takes none. Stands last, so that only what somebody may see is counted."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the answer is given once the view is known."""
        answer = self.get_response(request)
        if answer.status_code >= 500:
            limits.not_counted(request)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view answer; a response is the answer instead."""
        if (one_too_many := limits.exceeded(request)) is not None:
            return faults.too_often(request, *one_too_many)
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):  # its token was read already
            for values in request.POST.lists():
                if any("\0" in text for text in (values[0], *values[1])):
                    return faults.bad_request(request)
        return None


def redirect_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page there, also when only a fragment was asked for."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)
