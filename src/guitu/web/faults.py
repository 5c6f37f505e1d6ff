"""The pages shown when something is not found, not allowed, expired or broken: neutral, in both languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that is too old."""
    return HttpResponse("expired", status=403)
