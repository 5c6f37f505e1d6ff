"""What happens to every request: security headers, the reader's language and contrast, and who is signed in.

Each is a plain function round the next one: the whole stack must cost well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
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
from guitu.web import faults, preferences
from guitu.web.clock import ticks
from guitu.web.language import speaking
from guitu.web.who import who

NOTED_EVERY = 2
"""Minutes between two notes of a session's last use: a write for every page would cost more than the page."""

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
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


class Headers:
    """Strict headers on every answer; nothing that shows a case stays in the browser. A request under a name
    that is not this server's (GUITU_ALLOWED_HOSTS) gets no page but the one that refuses it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is not already set."""
        try:
            request.get_host()
        except DisallowedHost as fault:
            with speaking(preferences.read(request.COOKIES).language):
                response = response_for_exception(request, fault)
        else:
            response = self.get_response(request)
        headers = response.headers
        for name, value in HEADERS:
            if name not in headers:
                headers[name] = value
        if "Cache-Control" not in headers:  # static files set their own
            headers["Cache-Control"] = "no-store"
            headers["Vary"] = "HX-Request, Cookie"
        if not response.streaming and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))
        return response


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
        if getattr(view, "guitu_public", False):
            return None
        page = getattr(view, "guitu_page", "")
        if not page:
            raise Http404(view)
        reader = who(request)
        if reader is None:
            return self._sign_in(request)
        if reader.post is None:
            return redirect_to(request, reverse("post"))
        decision = may_see_page(reader.actor, page)
        return None if decision.allowed else faults.not_allowed(request, decision.reason)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Where leave is needed first, the way to ask for it; a view that could not note what it was about to
        show has shown nothing, and says so."""
        if isinstance(fault, faults.NeedsLeave):
            return redirect_to(request, reverse("minor", args=[fault.case_no]))
        if isinstance(fault, faults.NeedsBasis):
            return redirect_to(request, reverse("sealed", args=[fault.case_no]))
        return faults.unwritten(request) if isinstance(fault, LogUnavailable) else None

    def _end_if_idle(self, request: HttpRequest) -> None:
        """End a session that nobody has used for IDLE_MINUTES. The last use is noted every few minutes."""
        session = request.session
        if SESSION_KEY not in session:
            return
        now = int(ticks() // 60)
        idle = now - session.get("used", now - NOTED_EVERY)
        if idle > settings.IDLE_MINUTES:
            session.flush()
        elif idle >= NOTED_EVERY:
            session["used"] = now

    def _sign_in(self, request: HttpRequest) -> HttpResponse:
        """To the sign-in page and back here afterwards; from a fragment, with the whole page."""
        htmx = request.htmx  # type: ignore[attr-defined]
        here = (htmx.current_url_abs_path or "/") if htmx else request.get_full_path()
        return redirect_to(
            request, reverse("sign_in") + ("" if here == "/" else "?" + urlencode({"next": here}))
        )


def redirect_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page there, also when only a fragment was asked for."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)
