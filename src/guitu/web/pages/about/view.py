"""Collects what the page About says."""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse

from guitu import __version__
from guitu.web.page import show, shows
from guitu.web.pages.about.page import About


@shows("about", public=True)
def about(request: HttpRequest) -> HttpResponse:
    """The page."""
    page = About(__version__, os.environ.get("GUITU_OFFICE", ""), os.environ.get("GUITU_PHONE", ""))
    return show(request, page)
